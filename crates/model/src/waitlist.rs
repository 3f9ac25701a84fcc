//! The waitlist: a newcomer has a seat or a place in line, and free seats go to it strictly in order of acceptance.

use jiff::SignedDuration;

use crate::{
    Allotment, Booking, BookingState, Change, Due, DueKind, Event, Facts, Hold, Id, List, Refusal, Session,
    Stop, booking::put, facts::Decision, limits, pool,
};

/// A newcomer's seats, or a place in line.
pub(crate) fn seat_or_line(
    facts: &Facts,
    event: &Event,
    session: &Session,
    size: u32,
    hold: Option<Id<Hold>>,
) -> Result<(Allotment, BookingState), Stop> {
    let mut allotment = facts.get(Allotment::of(session.counted_with().uuid()))?.clone();
    // Behind a line nothing is let go by who comes: the timer does, and serves the line.
    if allotment.waiting == 0 {
        allotment.keep(&session.holds, facts.now());
    }
    let state = allotment.admit(size, hold, event.waitlist).ok_or(Refusal::Full)?;
    Ok((allotment, state))
}

/// Offers free seats to the waitlist, strictly in order of acceptance: a party that does not fit yet is waited
/// for, never overtaken. Only what is kept for others goes past it, to the first of theirs. Nobody is promoted once the session
/// began or was called off. What the same act changes in the line, `becomes` does to it first; `leaving` of its heads may leave by it.
pub(crate) fn promote(
    facts: &Facts,
    event: &Event,
    session: &Session,
    allotment: &mut Allotment,
    leaving: u32,
    becomes: impl FnOnce(&mut Vec<Booking>),
) -> Decision {
    allotment.keep(&session.holds, facts.now());
    if allotment.waiting == 0 || allotment.free() == 0 {
        return Ok(Vec::new());
    }
    let members = pool::members(facts, session)?;
    if !members.iter().any(|session| session.is_ahead(event, facts.now())) {
        return Ok(Vec::new());
    }
    let think = SignedDuration::from_mins(i64::from(facts.school()?.offer_min));
    // Nobody has to answer at night.
    let awake = facts.school()?.awake_for(facts.now(), think);
    // Everyone in line takes a seat or more, so that no more than these can be served; but past seats that are kept, and past who
    // waits for what has begun, anybody.
    let served = allotment.free().saturating_add(leaving);
    let passes = allotment.keeps_some() || session.pool.is_some();
    let most = if passes { limits::ROWS_PER_LIST } else { served };
    let line = facts.list::<Booking>(List::WaitingFor(session.counted_with()), most)?;
    let mut line: Vec<Booking> = line.into_iter().cloned().collect();
    becomes(&mut line);
    line.sort_by_key(|next| next.seq);
    let mut changes = Vec::new();
    let line = pool::in_line(&line, &members, event, facts.now());
    for (next, session) in allotment.serve(line, |(next, _)| (next.size, next.hold)) {
        let generation = next.generation + 1;
        let until = awake.min(session.starts.timestamp());
        changes.push(put(next, BookingState::Offered { until }, generation));
        changes.push(Change::Set(Due::new(DueKind::ExpireOffer, next.id.uuid(), until, generation)));
    }
    Ok(changes)
}
