//! The pupils of a shift, for whoever marks who came.

use std::collections::{BTreeMap, BTreeSet};

use xinmei_model::{
    DutySaid, Id, List, OnDuty, Person, Place, Post, Power, PupilMark, PupilTake, Shift, limits,
};

use super::{adults_at, adults_coming, counts, fill_of, is_guest, marks_in};
use crate::{
    Client,
    api::{
        Ask, Fault,
        profile::ChildName,
        pupil::{PupilLine, PupilRoll, Roll},
        sync::ItemState,
    },
    fault::invalid,
    view::{
        ask::{no_power, read},
        hours::duty_said,
        reading::{Reading, count},
        wishes,
    },
};

impl Ask for Roll {
    type Reply = PupilRoll;

    async fn answer(self, client: &Client) -> Result<PupilRoll, Fault> {
        read(client, move |reading| roll(reading, self.shift)).await
    }
}

pub(super) fn roll(reading: &Reading<'_>, id: Id<Shift>) -> Result<PupilRoll, Fault> {
    let shift: Shift = reading.snapshot.get(id)?.ok_or_else(|| invalid("shift"))?;
    let post: Post = reading.snapshot.get(shift.post)?.ok_or_else(|| invalid("shift"))?;
    if !reading.marks_duty_of(&post) {
        return Err(no_power(Power::ManageShifts));
    }
    let fill = fill_of(reading, &shift)?;
    let coming = adults_at(reading, (&post, &shift), fill.as_ref())?;
    let takes: Vec<PupilTake> = reading.snapshot.list(List::PupilTakesOf(shift.id))?;
    let shown: Vec<_> = takes.iter().filter(|take| take.is_down() || take.holds.is_some()).collect();
    let mut alike: BTreeMap<(Option<Id<Place>>, &str), u32> = BTreeMap::new();
    for take in &shown {
        let same = alike.entry((take.class, take.child_name.as_str())).or_default();
        *same = same.saturating_add(1);
    }
    let mut pupils = Vec::with_capacity(shown.len());
    for take in &shown {
        let two = alike.get(&(take.class, take.child_name.as_str())).is_some_and(|same| *same > 1);
        let (said, waits) = said_of(reading, take);
        let held = PupilTake { holds: said.clone(), ..(*take).clone() };
        pupils.push(PupilLine {
            child: ChildName {
                id: take.child,
                name: take.child_name.clone(),
                tail: if two { take.tail.clone() } else { String::new() },
                class: take.class.map(|class| reading.place_name(class)),
            },
            has_adult: fill.as_ref().is_some_and(|fill| take.has_adult(fill)),
            gone: !take.is_down(),
            consent: take.consent.clone(),
            entered: take.entered.clone(),
            overstays: held.overstays(&shift, reading.now),
            minutes: held.minutes(&shift, reading.now),
            said,
            seen: take.count,
            marks: take.marks.clone(),
            disputed: take.disputed,
            waits,
        });
    }
    pupils.sort_by_cached_key(|line| {
        let class = line.child.class.as_ref().and_then(|class| reading.places.get(&class.id));
        (class.map(|class| reading.place_order(class)), line.child.name.clone(), line.child.tail.clone())
    });
    let inside = |said: Option<&DutySaid>| matches!(said, Some(DutySaid::Came { until: None, .. }));
    let pupils_in = count(pupils.iter().filter(|line| inside(line.said.as_ref())));
    let mut adults_in = 0_u32;
    for person in adults(reading, &shift)? {
        adults_in = adults_in.saturating_add(u32::from(inside(duty_said(reading, &shift, person)?.as_ref())));
    }
    let opens = shift.starts.saturating_sub(limits::CHECK_IN_BEFORE).timestamp();
    let edges = [opens, shift.starts.timestamp(), shift.ends.timestamp()];
    let terms = post.terms.pupils.as_ref();
    let ahead = shift.is_on() && reading.now < shift.starts.timestamp();
    Ok(PupilRoll {
        counts: counts(terms, fill.as_ref(), coming),
        may_mark: shift.takes_marks_at(reading.now).is_ok(),
        may_enter: ahead && reading.may(Power::ActForFamilies, &post.held_at),
        may_take_out: ahead && reading.may(Power::ManageShifts, &post.held_at),
        adults_short: terms.map_or(0, |terms| terms.adults_wanted(pupils_in, adults_in)),
        terms: post.terms.pupils.clone(),
        now: reading.now,
        pupils_in,
        adults_in,
        pupils,
        turns: edges.into_iter().filter(|at| *at > reading.now).min(),
        starts: shift.starts,
        ends: shift.ends,
    })
}

/// Adults of the school who come, and of whom something was said.
fn adults(reading: &Reading<'_>, shift: &Shift) -> Result<BTreeSet<Id<Person>>, Fault> {
    let mut adults = adults_coming(reading, shift)?;
    for row in reading.snapshot.list::<OnDuty>(List::DutyOf(shift.id))? {
        if !is_guest(reading, row.person)? {
            adults.insert(row.person);
        }
    }
    Ok(adults)
}

/// What holds of a pupil, with what waits on this computer; and how that stands.
fn said_of(reading: &Reading<'_>, take: &PupilTake) -> (Option<DutySaid>, Option<ItemState>) {
    let newest = reading.wishes.newest(|act| {
        let of = |mark: &&PupilMark| mark.child == take.child;
        marks_in(act, take.shift)?.iter().find(of).map(|mark| mark.said.clone())
    });
    let waiting = newest.map(|(said, entry)| (said, entry.state.clone()));
    let said = waiting.as_ref().filter(|(_, state)| wishes::waits(state)).map(|(said, _)| said.clone());
    (said.or_else(|| take.holds.clone()), waiting.map(|(_, state)| state))
}
