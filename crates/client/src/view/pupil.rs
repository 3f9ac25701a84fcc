//! Pupils in shifts, under an adult's care.

mod acts;
mod coming;
mod roll;
#[cfg(test)]
mod tests;

pub(super) use coming::PupilsShift;

use std::collections::{BTreeMap, BTreeSet};

use xinmei_model::{
    Act, Child, Guest, Id, Kind, List, Person, Post, PupilFill, PupilTake, PupilTerms, Shift, Take,
    TakeState, VolunteerAct, why_no_pupil,
};

use super::{
    ask::read,
    commitment::Commitment,
    family::{Family, Own},
    reading::{Reading, count},
};
use crate::{
    Client,
    api::{
        Ask, Fault,
        pupil::{
            PupilChild, PupilCounts, PupilOwn, PupilServed, PupilService, PupilShift, PupilShifts, Shifts,
        },
        sync::ItemState,
    },
};

impl Ask for Shifts {
    type Reply = PupilShifts;

    async fn answer(self, client: &Client) -> Result<PupilShifts, Fault> {
        read(client, shifts).await
    }
}

fn shifts(reading: &Reading<'_>) -> Result<PupilShifts, Fault> {
    let family = Family::of_hat(reading)?;
    let posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    let mut own: BTreeMap<Id<Child>, Vec<PupilTake>> = BTreeMap::new();
    for child in family.children() {
        own.insert(child.child.id, reading.snapshot.list(List::PupilTakesFor(child.child.id))?);
    }
    let committed = reading.committed(&family)?;
    let concerned: BTreeSet<_> = own.values().flatten().map(|take| take.post).collect();
    let mut found = Vec::new();
    for post in posts.iter().filter(|post| post.terms.pupils.is_some() || concerned.contains(&post.id)) {
        let of_post: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
        for shift in of_post.iter().filter(|shift| reading.now < shift.ends.timestamp()) {
            found.push(shift_of(reading, post, shift, (&family, &committed), &own)?);
        }
    }
    found.sort_by(|a, b| a.starts.cmp(&b.starts).then_with(|| a.title.cmp(&b.title)));
    let mut served = Vec::new();
    for child in family.children() {
        let takes = own.remove(&child.child.id).unwrap_or_default();
        served.extend(served_by(reading, child, &takes)?);
    }
    let edges = found.iter().flat_map(|one| [one.starts.timestamp(), one.ends.timestamp()]);
    let turns = edges.filter(|at| *at > reading.now).min();
    Ok(PupilShifts { turns, shifts: found, served })
}

fn shift_of(
    reading: &Reading<'_>,
    post: &Post,
    shift: &Shift,
    (family, committed): (&Family, &[Commitment]),
    takes: &BTreeMap<Id<Child>, Vec<PupilTake>>,
) -> Result<PupilShift, Fault> {
    let fill = fill_of(reading, shift)?;
    let adults = adults_at(reading, (post, shift), fill.as_ref())?;
    let mut children = Vec::new();
    for child in family.children() {
        let of_child = takes.get(&child.child.id).into_iter().flatten();
        let take = of_child.into_iter().find(|take| take.shift == shift.id);
        children.push(child_in(reading, (post, shift, committed), child, take, fill.as_ref())?);
    }
    Ok(PupilShift {
        shift: shift.id,
        title: post.title.clone(),
        starts: shift.starts.clone(),
        ends: shift.ends.clone(),
        counts: counts(post.terms.pupils.as_ref(), fill.as_ref(), adults),
        terms: post.terms.pupils.clone(),
        called_off: shift.called_off.clone(),
        children,
    })
}

fn child_in(
    reading: &Reading<'_>,
    (post, shift, committed): (&Post, &Shift, &[Commitment]),
    own: &Own,
    take: Option<&PupilTake>,
    fill: Option<&PupilFill>,
) -> Result<PupilChild, Fault> {
    let why_not = if own.decides && !take.is_some_and(PupilTake::is_down) {
        let actor = xinmei_model::Actor::Person { person: reading.me, hat: reading.hat };
        let why = |facts: &xinmei_model::Facts| why_no_pupil(facts, &actor, shift.id, own.child.id);
        reading.snapshot.settle(why)?.flatten()
    } else {
        None
    };
    let met = reading.met_of(post, shift, committed, |one| one.children.contains(&own.child.id))?;
    let (clash_far, clash) = met.map_or((false, None), |(far, title)| (far, Some(title)));
    Ok(PupilChild {
        clash,
        clash_far,
        child: own.name.clone(),
        decides: own.decides,
        own: take.map(|take| PupilOwn {
            state: take.state,
            has_adult: fill.is_some_and(|fill| take.has_adult(fill)),
            consent: take.consent.clone(),
            entered: take.entered.clone(),
        }),
        why_not,
        pending: reading.pupil_wish(shift.id, own.child.id),
    })
}

/// What everybody reads of a shift; before the first pupil `None`.
fn fill_of(reading: &Reading<'_>, shift: &Shift) -> Result<Option<PupilFill>, Fault> {
    reading.snapshot.get(PupilFill::of(shift.id))
}

/// How many adults of the school come, as far as it is known here; `None` where some who come may be guests and nobody here reads who.
fn adults_at(
    reading: &Reading<'_>,
    (post, shift): (&Post, &Shift),
    fill: Option<&PupilFill>,
) -> Result<Option<u32>, Fault> {
    if let Some(fill) = fill {
        return Ok(Some(fill.adults));
    }
    if reading.marks_duty_of(post) {
        return Ok(Some(count(&adults_coming(reading, shift)?)));
    }
    // How many come says nothing of who: where nobody comes, no guest does.
    let all = reading.people_at(shift)?;
    Ok((all == 0 || !post.terms.guests).then_some(all))
}

/// Adults of the school who come, as far as they are known here: pupils are in no guest's care.
fn adults_coming(reading: &Reading<'_>, shift: &Shift) -> Result<BTreeSet<Id<Person>>, Fault> {
    let mut adults = BTreeSet::new();
    for take in reading.snapshot.list::<Take>(List::TakesOf(shift.id))? {
        if take.state == TakeState::Taken && !is_guest(reading, take.person)? {
            adults.insert(take.person);
        }
    }
    Ok(adults)
}

fn is_guest(reading: &Reading<'_>, person: Id<Person>) -> Result<bool, Fault> {
    let guest: Option<Guest> = reading.snapshot.get(Guest::of(person))?;
    Ok(guest.is_some())
}

fn counts(terms: Option<&PupilTerms>, fill: Option<&PupilFill>, adults: Option<u32>) -> PupilCounts {
    let pupils = fill.map_or(0, |fill| fill.pupils);
    let covered = fill.map_or(0, |fill| terms.map_or(0, |terms| terms.covered(pupils, fill.adults)));
    PupilCounts {
        pupils,
        waiting: pupils.saturating_sub(covered),
        adults,
        adults_wanted: fill.map_or(0, |fill| fill.adults_wanted(terms)),
        left: terms.map_or(0, |terms| terms.places.saturating_sub(pupils)),
    }
}

/// What a child did, by what was said of it.
fn served_by(reading: &Reading<'_>, own: &Own, takes: &[PupilTake]) -> Result<Option<PupilServed>, Fault> {
    let mut services = Vec::new();
    for take in takes {
        let Some(said) = take.holds.clone() else { continue };
        let Some(shift): Option<Shift> = reading.snapshot.get(take.shift)? else { continue };
        let post: Option<Post> = reading.snapshot.get(take.post)?;
        services.push(PupilService {
            shift: shift.id,
            post: shift.post,
            title: post.map(|post| post.title).unwrap_or_default(),
            minutes: take.minutes(&shift, reading.now),
            by: take.marks.last().map(|mark| mark.by_name.clone()).unwrap_or_default(),
            starts: shift.starts,
            said,
        });
    }
    services.sort_by_key(|service| std::cmp::Reverse(service.starts.timestamp()));
    let minutes = services.iter().filter_map(|service| service.minutes).fold(0, u32::saturating_add);
    Ok((!services.is_empty()).then(|| PupilServed { child: own.name.clone(), minutes, services }))
}

impl Reading<'_> {
    /// How many adults are missing for the pupils of a shift: before the first pupil there is nobody to be missing for.
    pub(super) fn adults_wanted_at(&self, post: &Post, shift: &Shift) -> Result<u32, Fault> {
        let fill: Option<PupilFill> = self.snapshot.get(PupilFill::of(shift.id))?;
        Ok(fill.map_or(0, |fill| fill.adults_wanted(post.terms.pupils.as_ref())))
    }

    /// The newest wish about a child in a shift that waits on this computer, or was refused.
    pub(super) fn pupil_wish(&self, id: Id<Shift>, who: Id<Child>) -> Option<ItemState> {
        self.wishes.volunteering(|step| match step {
            VolunteerAct::EnterPupil(wish) | VolunteerAct::WithdrawPupil(wish) => {
                (wish.shift, wish.child) == (id, who)
            }
            _ => false,
        })
    }
}

/// Whether an act marks pupils of this shift.
fn marks_in(act: &Act, id: Id<Shift>) -> Option<&[xinmei_model::PupilMark]> {
    match act {
        Act::Volunteer(VolunteerAct::MarkPupils { shift, pupils }) if *shift == id => Some(pupils),
        _ => None,
    }
}
