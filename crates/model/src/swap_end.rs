//! A swap ends by itself with what it was about: a shift that is given back or called off, at which its giver is already, that has
//! other times, or whose post was ended.

use std::collections::BTreeMap;

use crate::{
    Change, Decision, DutySaid, Facts, Id, List, Noun, Person, Post, Row, Shift, Stop, SwapOffer, SwapPart,
    SwapState, TakeState, limits,
};

/// Whose swaps with a shift end.
#[derive(Clone, Copy)]
enum Whose {
    /// Of one person, who no longer comes, or is there.
    One(Id<Person>),
    /// Of everybody.
    All,
}

/// What becomes of swaps with what changes.
pub(crate) fn follow(facts: &Facts, mut changes: Vec<Change>) -> Decision {
    let touched = touched(facts, &changes)?;
    if touched.is_empty() {
        return Ok(changes);
    }
    let lists = Facts::each(&touched, |(shift, _)| {
        facts.list::<SwapPart>(List::SwapPartsAt(*shift), limits::ROWS_PER_LIST)
    })?;
    let settled: Vec<_> = changes.iter().filter_map(put::<SwapPart>).map(|part| part.id).collect();
    let mut ending = BTreeMap::new();
    for ((_, whose), parts) in touched.iter().zip(lists) {
        let concerned = |part: &&SwapPart| match whose {
            Whose::One(person) => part.person == *person,
            Whose::All => true,
        };
        let parts = parts.into_iter().filter(concerned);
        ending.extend(
            parts.filter(|part| part.is_live() && !settled.contains(&part.id)).map(|part| (part.id, part)),
        );
    }
    let mut over: BTreeMap<Id<SwapOffer>, bool> = BTreeMap::new();
    for part in ending.values() {
        *over.entry(part.offer).or_default() |= part.began;
    }
    let ended = Facts::each(&over, |(offer, began)| ended(facts, *offer, *began, &ending))?;
    changes.extend(ended.into_iter().flatten());
    Ok(changes)
}

/// One offer ends; where only who answered it is gone, it is open again.
fn ended(
    facts: &Facts,
    id: Id<SwapOffer>,
    whole: bool,
    ending: &BTreeMap<Id<SwapPart>, &SwapPart>,
) -> Decision {
    let parts = facts.list::<SwapPart>(List::SwapPartsOf(id), limits::ROWS_PER_LIST)?;
    let lapses = |part: &SwapPart| whole || ending.contains_key(&part.id);
    let parts = parts.into_iter().filter(|part| part.is_live()).map(|part| {
        if lapses(part) {
            return part.now(facts, SwapState::Lapsed).put();
        }
        SwapPart { gets: None, ..part.now(facts, SwapState::Open) }.put()
    });
    let offer = facts.find(id)?.map(|offer| offer.opened(!whole));
    Ok(offer.into_iter().chain(parts).collect())
}

fn put<T: Noun>(change: &Change) -> Option<&T> {
    match change {
        Change::Put { row, .. } => T::of(row),
        Change::Set(_) => None,
    }
}

/// Shifts people came to and come to no longer, or not at that time; or are at.
fn touched(facts: &Facts, changes: &[Change]) -> Result<Vec<(Id<Shift>, Whose)>, Stop> {
    let found = Facts::each(changes, |change| {
        let Change::Put { row, .. } = change else { return Ok(Vec::new()) };
        Ok(match row {
            Row::Take(take) if matches!(take.state, TakeState::Dropped | TakeState::CalledOff) => {
                vec![(take.shift, Whose::One(take.person))]
            }
            Row::OnDuty(row) if matches!(row.holds, DutySaid::Came { .. }) => {
                vec![(row.shift, Whose::One(row.person))]
            }
            Row::Shift(shift) => {
                let moved = |before: &Shift| (&before.starts, &before.ends) != (&shift.starts, &shift.ends);
                let gone = facts.find(shift.id)?.is_some_and(|before| moved(before) || !shift.is_on());
                gone.then_some((shift.id, Whose::All)).into_iter().collect()
            }
            Row::Post(post) if post.ended.is_some() => to_come(facts, post)?,
            _ => Vec::new(),
        })
    })?;
    Ok(found.into_iter().flatten().collect())
}

fn to_come(facts: &Facts, post: &Post) -> Result<Vec<(Id<Shift>, Whose)>, Stop> {
    let shifts = facts.list::<Shift>(List::ShiftsOf(post.id), limits::ROWS_PER_LIST)?;
    let to_come = shifts.into_iter().filter(|shift| facts.now() < shift.starts.timestamp());
    Ok(to_come.map(|shift| (shift.id, Whose::All)).collect())
}
