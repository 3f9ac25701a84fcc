//! Whom a session is for.

use crate::{
    Booking, BookingState, Child, Event, Facts, Id, List, Place, Refusal, Seat, Session, Stop, limits,
};

impl Session {
    /// Whether children of a class with this path may come, if the event is for them.
    #[must_use]
    pub fn is_for(&self, path: &[Id<Place>]) -> bool {
        self.eligible.is_empty() || self.eligible.iter().any(|place| path.contains(place))
    }
}

impl Event {
    /// Whether a child of a class with this path, who has these sessions of it, may have this one too. Whether it comes for
    /// the first time is asked apart: [`been_before`].
    #[must_use]
    pub fn may_join(&self, session: &Session, path: &[Id<Place>], has: &[Id<Session>]) -> bool {
        let once_more = !has.contains(&session.id) && has.len() < self.child_limit as usize;
        once_more && session.takes_place(self) && self.is_for(path) && session.is_for(path)
    }
}

/// Refuses children whom a session is not for.
pub(crate) fn check_eligible(
    facts: &Facts,
    event: &Event,
    session: &Session,
    children: &[&Child],
) -> Result<(), Stop> {
    if children.iter().any(|child| !event.is_for(&child.path) || !session.is_for(&child.path)) {
        return Err(Refusal::NotEligible.into());
    }
    if session.first_timers
        && Facts::each(children, |child| been_before(facts, event, child.id))?.contains(&true)
    {
        return Err(Refusal::NotFirstTime.into());
    }
    Ok(())
}

/// Whether a child has had a seat, in a session that has begun, of this event or of another of the same programme.
///
/// # Errors
/// [`Stop::Needs`] until the rows were loaded.
pub fn been_before(facts: &Facts, event: &Event, child: Id<Child>) -> Result<bool, Stop> {
    let seats = facts.list::<Seat>(List::SeatsFor(child), limits::ROWS_PER_LIST)?;
    let (bookings, sessions, events) = (
        Facts::each(&seats, |seat| facts.find(seat.booking)),
        Facts::each(&seats, |seat| facts.find(seat.session)),
        Facts::each(&seats, |seat| facts.find(seat.event)),
    );
    let came = |(booking, (session, other)): (Option<&Booking>, (Option<&Session>, Option<&Event>))| {
        let (Some(booking), Some(session), Some(other)) = (booking, session, other) else { return false };
        let same = other.id == event.id || !event.programme.is_empty() && other.programme == event.programme;
        let took_place = session.takes_place(other) && session.has_begun(facts.now());
        same && took_place && booking.state == BookingState::Confirmed
    };
    Ok(bookings?.into_iter().zip(sessions?.into_iter().zip(events?)).any(came))
}
