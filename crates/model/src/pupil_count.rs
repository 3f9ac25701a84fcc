//! How many pupils and adults come to a shift, and how far the adults reach: counted anew with whatever changes it (ADR 51).

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Change, Decision, Facts, Feed, Guest, Id, List, Post, PupilFill, PupilTake, PupilTerms, Row, Shift, Stop,
    Take, TakeState, limits,
    pupil_take::{not_over, with_adult},
};

/// Counts anew, for everybody, where a decision changes who comes or on what terms.
pub(crate) fn follow(facts: &Facts, mut changes: Vec<Change>) -> Decision {
    // The counts are the school's: a replica has them from there.
    if !facts.complete() {
        return Ok(changes);
    }
    let rows = || {
        changes
            .iter()
            .filter_map(|change| if let Change::Put { row, .. } = change { Some(row) } else { None })
    };
    let posts: BTreeMap<_, _> = rows()
        .filter_map(|row| if let Row::Post(post) = row { Some((post.id, post)) } else { None })
        .collect();
    let mut shifts: BTreeMap<Id<Shift>, Id<Post>> = rows()
        .filter_map(|row| match row {
            Row::Take(take) => Some((take.shift, take.post)),
            Row::PupilTake(take) => Some((take.shift, take.post)),
            _ => None,
        })
        .collect();
    for (id, post) in &posts {
        let before = facts.find(*id)?;
        if before.is_some_and(|before| before.terms.pupils != post.terms.pupils) {
            let counted = |shift: &&Shift| facts.find(PupilFill::of(shift.id)).map(|fill| fill.is_some());
            let shown = not_over(facts, *id)?;
            let has = Facts::each(&shown, counted)?;
            let shown = shown.into_iter().zip(has).filter(|(_, has)| *has);
            shifts.extend(shown.map(|(shift, _)| (shift.id, *id)));
        }
    }
    let counted = Facts::each(shifts, |(shift, id)| {
        let post = match posts.get(&id) {
            Some(post) => *post,
            None => facts.get(id)?,
        };
        let Some(terms) = &post.terms.pupils else { return Ok(None) };
        count(facts, rows(), (shift, id), terms)
    })?;
    changes.extend(counted.into_iter().flatten());
    Ok(changes)
}

/// The counts of a shift as they read once these rows are written; `None` if they read so already.
fn count<'r>(
    facts: &'r Facts,
    rows: impl Iterator<Item = &'r Row> + Clone,
    (shift, post): (Id<Shift>, Id<Post>),
    terms: &PupilTerms,
) -> Result<Option<Change>, Stop> {
    let takes = facts.list::<Take>(List::TakesOf(shift), limits::ROWS_PER_LIST)?;
    let pupils = facts.list::<PupilTake>(List::PupilTakesOf(shift), limits::ROWS_PER_LIST)?;
    let before = facts.find(PupilFill::of(shift))?;
    let mut takes: BTreeMap<_, _> = takes.into_iter().map(|take| (take.id, take)).collect();
    let mut pupils: BTreeMap<_, _> = pupils.into_iter().map(|pupil| (pupil.id, pupil)).collect();
    let mut from_outside = BTreeSet::new();
    for row in rows {
        match row {
            Row::Guest(guest) => {
                from_outside.insert(guest.person);
            }
            Row::Take(take) if take.shift == shift => drop(takes.insert(take.id, take)),
            Row::PupilTake(pupil) if pupil.shift == shift => drop(pupils.insert(pupil.id, pupil)),
            _ => {}
        }
    }
    let count = |number| u32::try_from(number).unwrap_or(u32::MAX);
    // Pupils are in the care of people of the school: a guest from outside is in nobody's place.
    let coming: Vec<_> = takes.into_values().filter(|take| take.state == TakeState::Taken).collect();
    let guests = Facts::each(&coming, |take| facts.find(Guest::of(take.person)))?;
    let ours = coming.iter().zip(guests).filter(|(_, guest)| guest.is_none());
    let adults = count(ours.filter(|(take, _)| !from_outside.contains(&take.person)).count());
    let down: Vec<_> = pupils.into_values().filter(|pupil| pupil.is_down()).collect();
    let all = count(down.len());
    // Before the first pupil there is nothing to count.
    if all == 0 && before.is_none() {
        return Ok(None);
    }
    let reaches = with_adult(terms, down, adults).last().map_or(0, |pupil| pupil.seq);
    let as_before = before.filter(|before| before.reaches == reaches);
    let reached = as_before.map_or(Some(facts.now()), |before| before.reached);
    let fill = PupilFill { id: PupilFill::of(shift), shift, post, pupils: all, adults, reaches, reached };
    Ok((before != Some(&fill)).then(|| Change::put(fill, [Feed::School, Feed::Desk(post.uuid())])))
}
