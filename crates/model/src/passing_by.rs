//! A line in which some cannot be served any more: in a pool a session begins or is called off while others are still to come.

use crate::{
    Allotment, Booking, Change, Event, Facts, Id, List, Session, facts::Decision, limits, pool, waitlist,
};

/// A session of a pool has begun: who waits for it is passed by. A timer that is late, early or fires twice changes nothing else.
pub(crate) fn begun(facts: &Facts, id: Id<Session>) -> Decision {
    let session = facts.get(id)?;
    let event = facts.get(session.event)?;
    if session.pool.is_none() || !session.has_begun(facts.now()) {
        return Ok(Vec::new());
    }
    let before = facts.get(Allotment::of(session.counted_with().uuid()))?;
    pass_by(facts, event, session, before, before.clone())
}

/// A session of a pool is called off: the others have its seats. `session` is as it reads from now on.
pub(crate) fn called_off(facts: &Facts, event: &Event, session: &Session) -> Decision {
    if session.pool.is_none() || !facts.complete() {
        return Ok(Vec::new());
    }
    let own = facts.list::<Booking>(List::BookingsOf(session.id), limits::ROWS_PER_LIST)?;
    let before = facts.get(Allotment::of(session.counted_with().uuid()))?;
    let mut allotment = before.clone();
    for booking in own.into_iter().filter(|booking| booking.state.holds_seats()) {
        allotment.unseat(booking.hold, booking.size);
    }
    pass_by(facts, event, session, before, allotment)
}

/// Counts the line anew without those who wait for what has begun or was called off, and serves who is left.
fn pass_by(
    facts: &Facts,
    event: &Event,
    session: &Session,
    before: &Allotment,
    mut allotment: Allotment,
) -> Decision {
    let line = facts.list::<Booking>(List::WaitingFor(session.counted_with()), limits::ROWS_PER_LIST)?;
    let members = pool::members(facts, session)?;
    let of = |booking: &Booking| members.iter().find(|session| session.id == booking.session);
    let waits = |booking: &&Booking| of(booking).is_some_and(|of| booking.is_counted(of, facts.now()));
    let waiting = line.into_iter().filter(waits).count();
    allotment.waiting = u32::try_from(waiting).unwrap_or(u32::MAX);
    let mut changes = waitlist::promote(facts, event, session, &mut allotment, 0, |_| {})?;
    if allotment != *before {
        changes.push(Change::put(allotment, []));
    }
    Ok(changes)
}
