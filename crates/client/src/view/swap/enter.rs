//! 代办: with whom somebody who telephoned could swap, and what speaks against it, said of both before it is sent.

use xinmei_model::{Actor, Id, List, Post, Power, Refusal, Shift, SwapSide, Take, TakeState, swap_why_not};

use super::by_time;
use crate::{
    Client,
    api::{
        Ask, Fault,
        swap::{SwapChecked, SwapPartner, SwapPartners, SwapWith},
    },
    view::{ask::read, reading::Reading, shift::children_of},
};

impl Ask for SwapWith {
    type Reply = SwapPartners;

    async fn answer(self, client: &Client) -> Result<SwapPartners, Fault> {
        read(client, move |reading| partners(reading, &self)).await
    }
}

pub(super) fn partners(reading: &Reading<'_>, ask: &SwapWith) -> Result<SwapPartners, Fault> {
    let mut partners = Vec::new();
    let Some(gives): Option<Shift> = reading.snapshot.get(ask.shift)? else {
        return Ok(SwapPartners { partners });
    };
    let Some(post): Option<Post> = reading.snapshot.get(gives.post)? else {
        return Ok(SwapPartners { partners });
    };
    let desk = reading.may(Power::ManageShifts, &post.held_at);
    let here = people_at(reading, gives.id)?;
    // Whom the hat does not enter shifts for it reads nothing of.
    if !desk || !here.iter().any(|take| take.person == ask.person) {
        return Ok(SwapPartners { partners });
    }
    let shifts: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
    let ahead = shifts.iter().filter(|one| one.is_on() && reading.now < one.starts.timestamp());
    for shift in ahead.filter(|one| one.id != gives.id) {
        let there = people_at(reading, shift.id)?;
        // Who comes to both has nothing to swap there.
        if there.iter().any(|take| take.person == ask.person) {
            continue;
        }
        let comes = checked(reading, (ask.person, gives.id), shift.id)?;
        for take in there.into_iter().filter(|take| here.iter().all(|one| one.person != take.person)) {
            if reading.guest_of(take.person)?.is_some() {
                continue;
            }
            partners.push(SwapPartner {
                person: take.person,
                of: children_of(reading, take.person)?,
                name: take.person_name,
                gives: by_time(shift),
                one: comes.clone(),
                other: checked(reading, (take.person, shift.id), gives.id)?,
            });
        }
    }
    partners.sort_by(|a, b| {
        let (first, second) = (a.gives.starts.timestamp(), b.gives.starts.timestamp());
        first.cmp(&second).then_with(|| a.name.cmp(&b.name)).then_with(|| a.person.cmp(&b.person))
    });
    Ok(SwapPartners { partners })
}

fn people_at(reading: &Reading<'_>, shift: Id<Shift>) -> Result<Vec<Take>, Fault> {
    let mut takes: Vec<Take> = reading.snapshot.list(List::TakesOf(shift))?;
    takes.retain(|take| take.state == TakeState::Taken);
    Ok(takes)
}

/// As far as this computer knows.
fn checked(
    reading: &Reading<'_>,
    (person, shift): (Id<xinmei_model::Person>, Id<Shift>),
    gets: Id<Shift>,
) -> Result<SwapChecked, Fault> {
    let actor = Actor::Person { person: reading.me, hat: reading.hat };
    let side = SwapSide { person, shift };
    let found: Option<Option<Refusal>> =
        reading.snapshot.settle(|facts| swap_why_not(facts, &actor, side, gets))?;
    Ok(SwapChecked { known: found.is_some(), why_not: found.flatten() })
}
