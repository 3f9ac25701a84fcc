//! How a guest's visit ends: they do not come, the day is over, or nothing of them can be proven any more. See ADR 52.

use jiff::Timestamp;

use crate::{
    Actor, Change, Decision, Facts, Guest, HoursEntry, HoursState, Id, Kind, List, OnDuty, Refusal, Shift,
    Take, TakeState, class_turn::places_now, guest::received, hours_book, limits, shift_take::take_id,
    stand_in,
};

/// In place of the name of a guest whose day is long over, and for whom no hours were proven.
const FORGOTTEN: &str = "—";

/// A guest does not come: what has not begun is given back. Of whom nothing was said yet, nothing is kept.
pub(crate) fn remove(facts: &Facts, actor: &Actor, id: Id<Guest>) -> Decision {
    let (guest, post) = received(facts, actor, id)?;
    // Taken out already, and kept for what was said of them.
    if guest.shifts.is_empty() {
        return Err(facts.missing(Kind::Guest));
    }
    let shifts = Facts::each(&guest.shifts, |shift| facts.get(*shift))?;
    let began = |shift: &&&Shift| shift.starts.timestamp() <= facts.now();
    let ahead: Vec<_> = shifts.iter().filter(|shift| !began(shift)).copied().collect();
    if ahead.is_empty()
        && let Some(shift) = shifts.first()
    {
        return Err(Refusal::Started { since: shift.starts.clone() }.into());
    }
    let nobody_saw = guest.marks(facts)?.is_empty();
    let mut changes = Vec::new();
    for shift in &ahead {
        let Some(take) = facts.find(take_id(shift.id, guest.person))? else { continue };
        let person_name = if nobody_saw { FORGOTTEN.to_owned() } else { take.person_name.clone() };
        let entered = take.entered.clone().filter(|_| !nobody_saw);
        let stood = take.state == TakeState::Taken;
        let state = if stood { TakeState::Dropped } else { take.state };
        changes.push(Take { state, person_name, entered, at: facts.now(), ..take.clone() }.put());
        if facts.complete() && stood {
            let mut allotment = places_now(facts, shift)?;
            allotment.unseat(shift.hold_of_take(take), 1);
            changes.push(Change::put(allotment, []));
            changes.extend(stand_in::by_itself(facts, shift, post)?);
        }
    }
    if ahead.len() == shifts.len() && nobody_saw {
        let gone = guest.clone().forgotten();
        changes.extend([Change::put(gone.as_person(), []), gone.put()]);
    } else {
        let kept = |id: &Id<Shift>| ahead.iter().all(|shift| shift.id != *id);
        let shifts = guest.shifts.iter().copied().filter(kept).collect::<Vec<_>>();
        // Of whom nothing is left to be received, nobody is told anew.
        let at = if shifts.is_empty() { guest.at } else { facts.now() };
        changes.push(Guest { shifts, at, ..guest.clone() }.put());
    }
    Ok(changes)
}

impl Guest {
    fn forgotten(self) -> Self {
        let none = String::new;
        Self {
            name: FORGOTTEN.into(),
            organisation: none(),
            phone: none(),
            agreed: none(),
            gone: true,
            ..self
        }
    }
}

/// The day is over: the telephone goes. Long after it the name does, unless it stands with hours that were proven.
pub(crate) fn over(facts: &Facts, id: Id<Guest>, generation: u32) -> Decision {
    let Some(guest) = facts.find(id)? else { return Ok(Vec::new()) };
    if guest.gone {
        return Ok(Vec::new());
    }
    let shifts = Facts::each(&guest.shifts, |shift| facts.find(*shift))?;
    let shifts: Vec<_> = shifts.into_iter().flatten().collect();
    // A shift that was moved, or goes on into the next day, ends later than was thought.
    let ends = guest.ends(&shifts, facts.school()?.time_zone());
    if let Some(ends) = ends.filter(|ends| facts.now() < *ends) {
        return Ok(vec![guest.due(ends, generation)]);
    }
    let later = |generation| {
        let at = facts.now().saturating_add(limits::GUEST_KEPT).unwrap_or(Timestamp::MAX);
        guest.due(at, generation)
    };
    if generation == 0 {
        return Ok(vec![Guest { phone: String::new(), ..guest.clone() }.put(), later(1)]);
    }
    let entries = facts.list::<HoursEntry>(List::HoursBy(guest.person), limits::ROWS_PER_LIST)?;
    if entries.iter().any(|entry| matches!(entry.state, HoursState::Approved(_))) {
        return Ok(Vec::new());
    }
    // What somebody still has to answer may yet be proven.
    if entries.iter().any(|entry| entry.waits()) {
        return Ok(vec![later(generation.saturating_add(1))]);
    }
    let gone = guest.clone().forgotten();
    let mut changes = vec![Change::put(gone.as_person(), [])];
    let name = || FORGOTTEN.to_owned();
    for take in facts.list::<Take>(List::TakesBy(guest.person), limits::ROWS_PER_LIST)? {
        changes.push(Take { person_name: name(), entered: None, ..take.clone() }.put());
    }
    for row in guest.marks(facts)? {
        changes.push(OnDuty { person_name: name(), ..row.clone() }.put());
    }
    for entry in entries {
        changes.push(hours_book::put(HoursEntry { person_name: name(), ..entry.clone() }));
    }
    changes.push(gone.put());
    Ok(changes)
}
