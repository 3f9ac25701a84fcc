//! What carries the class of a child, where the child changes class: lines and marks of trips, candidates and their turns. They go
//! to the staff of the new class at once, and not with the next thing that touches them.

use crate::{
    Candidate, Change, Child, Contest, Decision, Facts, Id, Kind, Link, List, Place, Seat, ShownCandidate,
    Stop, TripChild, TripMark, Turn, candidate, class_contact, limits,
};

/// The rows that follow a child to the class it is in now. Of a child that left the school a contest keeps the class: its desk takes
/// the child out.
///
/// # Errors
/// [`Stop::Needs`] until the rows were loaded.
pub fn class_moved(facts: &Facts, child: &Child) -> Decision {
    let seats = facts.list::<Seat>(List::SeatsFor(child.id), limits::ROWS_PER_LIST)?;
    let mut changes = Facts::each(&seats, |seat| on_trip(facts, seat, child))?.concat();
    let links = facts.list::<Link>(List::LinksOf(child.id), limits::ROWS_PER_LIST)?;
    let ended =
        Facts::each(&links, |link| class_contact::left(facts, link.guardian, child.id, child.class()))?;
    changes.extend(ended.into_iter().flatten());
    if let Some(class) = child.class() {
        let contests = facts.list::<Contest>(List::All(Kind::Contest), limits::ROWS_PER_LIST)?;
        let moved = Facts::each(contests, |contest| in_contest(facts, contest, child, class))?;
        changes.extend(moved.into_iter().flatten());
    }
    Ok(changes)
}

/// The line of a child on a trip, with what was said of it at each stop.
fn on_trip(facts: &Facts, seat: &Seat, child: &Child) -> Result<Vec<Change>, Stop> {
    let line = facts.find(TripChild::of(seat.session, child.id))?;
    let Some(line) = line.filter(|line| !line.gone && line.class != child.class()) else {
        return Ok(Vec::new());
    };
    let line = TripChild { class: child.class(), ..line.clone() };
    let stops = u32::try_from(limits::TRIP_STOPS).unwrap_or(0);
    let marks = Facts::each(0..stops, |stop| facts.find(TripMark::of(seat.session, stop, child.id)))?;
    let feeds = line.feeds();
    let marks = marks.into_iter().flatten().map(|mark| Change::put(mark.clone(), feeds.clone()));
    let mut changes: Vec<_> = marks.collect();
    changes.insert(0, line.put());
    Ok(changes)
}

/// A candidate, its turns, and what the school sees of it.
fn in_contest(
    facts: &Facts,
    contest: &Contest,
    child: &Child,
    class: Id<Place>,
) -> Result<Vec<Change>, Stop> {
    let found = facts.find(Candidate::of(contest.id, child.id))?;
    let Some(before) = found.filter(|candidate| candidate.class != class) else { return Ok(Vec::new()) };
    let candidate = Candidate { class, ..before.clone() };
    let turns = Facts::each(&contest.plan.stages, |stage| facts.find(Turn::of(stage.id, candidate.id)))?;
    let turns = turns.into_iter().flatten().filter(|turn| !turn.gone);
    let turns: Vec<_> = turns.map(|turn| Turn { class, ..turn.clone() }).collect();
    let mut changes = Vec::new();
    if facts.find(ShownCandidate::of(candidate.id))?.is_some() {
        changes.push(candidate::shown(facts, contest, &candidate, (&turns, &[]))?);
    }
    // The family's rows come before what everybody sees.
    changes.splice(0..0, turns.into_iter().map(Turn::put));
    changes.insert(0, candidate.put());
    Ok(changes)
}
