//! Seats that are given back, and offers that are taken, passed on or not answered in time.

use crate::{
    Actor, Allotment, Booking, BookingState, Change, Event, Facts, Id, Proxy, Refusal, Session, Stop,
    booking::{entered, own, put},
    draw_entry,
    facts::Decision,
    release,
    waitlist::promote,
};

pub(crate) fn withdraw(
    facts: &Facts,
    actor: &Actor,
    on_behalf_of: Option<&Proxy>,
    id: Id<Booking>,
) -> Decision {
    let (booking, event, session) = own(facts, actor, on_behalf_of, id)?;
    if booking.state.is_over() {
        return Err(Refusal::BookingGone.into());
    }
    if session.has_begun(facts.now()) {
        return Err(Refusal::Started { since: session.starts.clone() }.into());
    }
    // What is drawn is fixed at the close, also where the roll is late: nobody leaves it who may know the value.
    let rolled = event.draw.as_ref().is_none_or(|draw| draw.rolled.is_some());
    if booking.state == BookingState::Entered && !rolled && facts.now() >= event.closes.timestamp() {
        return Err(Refusal::DrawPending.into());
    }
    if booking.state == BookingState::Confirmed {
        release::check_nobody_came(facts, id)?;
        booking.check_in_time(facts.now(), event, session, on_behalf_of)?;
    }
    give_back(facts, &entered(facts, actor, on_behalf_of, booking)?, event, session, BookingState::Withdrawn)
}

pub(crate) fn accept_offer(
    facts: &Facts,
    actor: &Actor,
    on_behalf_of: Option<&Proxy>,
    id: Id<Booking>,
) -> Decision {
    let (booking, event, session) = own(facts, actor, on_behalf_of, id)?;
    if matches!(booking.state, BookingState::Offered { .. }) {
        // Nobody is promised a seat in what was called off.
        session.check_takes_place(event)?;
    }
    match booking.state {
        state if state.may_accept(facts.now()) => {
            // A replica may have it from the server that the offer stands, but not that it still does.
            if !facts.complete() {
                return Err(Stop::Unknown);
            }
            Ok(vec![put(
                &entered(facts, actor, on_behalf_of, booking)?,
                BookingState::Confirmed,
                booking.generation,
            )])
        }
        BookingState::Confirmed => Ok(Vec::new()),
        _ => Err(Refusal::BookingGone.into()),
    }
}

pub(crate) fn decline_offer(
    facts: &Facts,
    actor: &Actor,
    on_behalf_of: Option<&Proxy>,
    id: Id<Booking>,
) -> Decision {
    let (booking, event, session) = own(facts, actor, on_behalf_of, id)?;
    match booking.state {
        BookingState::Offered { .. } => give_back(
            facts,
            &entered(facts, actor, on_behalf_of, booking)?,
            event,
            session,
            BookingState::Lapsed,
        ),
        _ => Err(Refusal::BookingGone.into()),
    }
}

/// The time to answer an offer is over. A timer of an earlier offer, or one that fires twice, changes nothing.
pub(crate) fn expire_offer(facts: &Facts, id: Id<Booking>, generation: u32) -> Decision {
    let booking = facts.get(id)?;
    match booking.state {
        BookingState::Offered { .. }
            if booking.generation == generation && !booking.state.may_accept(facts.now()) =>
        {
            let session = facts.get(booking.session)?;
            let event = facts.get(session.event)?;
            // In what was called off it stays as it was: its family reads why, not that it was too slow.
            if !session.takes_place(event) {
                return Ok(Vec::new());
            }
            give_back(facts, booking, event, session, BookingState::Lapsed)
        }
        _ => Ok(Vec::new()),
    }
}

/// Ends a booking and passes its seats on.
fn give_back(
    facts: &Facts,
    booking: &Booking,
    event: &Event,
    session: &Session,
    state: BookingState,
) -> Decision {
    let ended = put(booking, state, booking.generation);
    if !facts.complete() {
        return Ok(vec![ended]);
    }
    // What was called off took no seats of its pool any more, and nobody waits for it.
    if booking.state != BookingState::Entered && !booking.is_counted(session, facts.now()) {
        return Ok(vec![ended]);
    }
    if let Some(held) = release::hold_back(facts, booking)? {
        return Ok([ended].into_iter().chain(held).collect());
    }
    if booking.state == BookingState::Entered {
        return Ok([vec![ended], draw_entry::leave(facts, booking)?].concat());
    }
    let mut allotment = facts.get(Allotment::of(session.counted_with().uuid()))?.clone();
    allotment.give_back(booking.state, booking.size, booking.hold);
    let mut changes = vec![ended];
    let leaves = |line: &mut Vec<Booking>| line.retain(|one| one.id != booking.id);
    changes.extend(promote(facts, event, session, &mut allotment, 1, leaves)?);
    changes.push(Change::put(allotment, []));
    Ok(changes)
}
