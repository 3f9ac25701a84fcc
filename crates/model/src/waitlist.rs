//! Seats that are given back: they go to the waitlist strictly in order of acceptance, and pass on when nobody answers.

use jiff::SignedDuration;

use crate::{
    Actor, Allotment, Booking, BookingState, Change, Due, DueKind, Event, Facts, Id, List, Proxy, Refusal,
    Session, Stop,
    booking::{entered, own, put},
    draw_entry,
    facts::Decision,
    release,
};

/// A newcomer's seats, or a place in line.
pub(crate) fn seat_or_line(
    facts: &Facts,
    event: &Event,
    session: &Session,
    size: u32,
) -> Result<(Allotment, BookingState), Stop> {
    let mut allotment = facts.get(Allotment::of(session.id.uuid()))?.clone();
    let state = if size <= allotment.open_seats() {
        allotment.used += size;
        BookingState::Confirmed
    } else if event.waitlist && size <= allotment.seats {
        // A party larger than the whole session would hold up the line for ever.
        allotment.waiting += 1;
        BookingState::Waiting
    } else {
        return Err(Refusal::Full.into());
    };
    Ok((allotment, state))
}

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
    if let Some(held) = release::hold_back(facts, booking)? {
        return Ok([ended].into_iter().chain(held).collect());
    }
    if booking.state == BookingState::Entered {
        return Ok([vec![ended], draw_entry::leave(facts, booking)?].concat());
    }
    let mut allotment = facts.get(Allotment::of(session.id.uuid()))?.clone();
    if booking.state.holds_seats() {
        allotment.used = allotment.used.saturating_sub(booking.size);
    } else {
        allotment.waiting = allotment.waiting.saturating_sub(1);
    }
    let mut changes = vec![ended];
    let leaves = |line: &mut Vec<Booking>| line.retain(|one| one.id != booking.id);
    changes.extend(promote(facts, event, session, &mut allotment, 1, leaves)?);
    changes.push(Change::put(allotment, []));
    Ok(changes)
}

/// Offers free seats to the waitlist, strictly in order of acceptance: a party that does not fit yet is waited
/// for, never overtaken. Nobody is promoted once the session began or was called off. What the same act changes in the
/// line, `becomes` does to it first; `leaving` of its heads may leave by it.
pub(crate) fn promote(
    facts: &Facts,
    event: &Event,
    session: &Session,
    allotment: &mut Allotment,
    leaving: u32,
    becomes: impl FnOnce(&mut Vec<Booking>),
) -> Decision {
    let starts = session.starts.timestamp();
    let over = session.has_begun(facts.now()) || !session.takes_place(event);
    if over || allotment.waiting == 0 || allotment.free() == 0 {
        return Ok(Vec::new());
    }
    let think = SignedDuration::from_mins(i64::from(facts.school()?.offer_min));
    // Nobody has to answer at night.
    let until = facts.school()?.awake_for(facts.now(), think).min(starts);
    // Everyone in line takes a seat or more, so that no more than these can be served.
    let most = allotment.free().saturating_add(leaving);
    let line = facts.list::<Booking>(List::WaitingFor(session.id), most)?;
    let mut line: Vec<Booking> = line.into_iter().cloned().collect();
    becomes(&mut line);
    line.sort_by_key(|next| next.seq);
    let mut changes = Vec::new();
    for next in line {
        if next.size > allotment.free() {
            break;
        }
        allotment.used += next.size;
        allotment.waiting = allotment.waiting.saturating_sub(1);
        let generation = next.generation + 1;
        changes.push(put(&next, BookingState::Offered { until }, generation));
        changes.push(Change::Set(Due::new(DueKind::ExpireOffer, next.id.uuid(), until, generation)));
    }
    Ok(changes)
}
