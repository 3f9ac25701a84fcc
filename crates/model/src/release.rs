//! Seats nobody came for. A gate without a network may have let their family in, so they are free only once every open gate has
//! heard that they are taken back: the round of each gate is the proof.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Actor, Allotment, Arrival, Booking, BookingState, Change, CheckIn, Event, Facts, Gate, Id, List, Pass,
    PassState, Refusal, Session, Stop, check_in, facts::Decision, limits, pass, trip_mark, waitlist,
};

/// Takes back the seats of everybody on the list who has not come; as many families as whoever says it has seen.
pub(crate) fn release(facts: &Facts, actor: &Actor, id: Id<Session>, families: u32) -> Decision {
    let session = facts.get(id)?;
    let event = facts.get(session.event)?;
    check_in::require_supervisor(facts, actor, event)?;
    session.check_takes_place(event)?;
    if !session.has_begun(facts.now()) {
        return Err(Refusal::NotOpenYet { opens: session.starts.clone() }.into());
    }
    let check_in = facts.get(CheckIn::of(event.id))?;
    if !facts.complete() {
        return Err(Stop::Unknown);
    }
    let absent = absent(facts, id)?;
    let now = u32::try_from(absent.len()).unwrap_or(u32::MAX);
    if now != families {
        return Err(Refusal::AudienceChanged { seen: families, now }.into());
    }
    if absent.is_empty() {
        return Ok(Vec::new());
    }
    let mut check_in = check_in.clone();
    let mut changes = Vec::new();
    check_in.round += 1;
    let absent: Vec<_> = absent.into_iter().map(|pass| pass.booking).collect();
    let releasing = PassState::Releasing { round: check_in.round };
    let passes = Facts::each(&absent, |booking| pass::become_all(facts, *booking, releasing))?;
    changes.extend(passes.into_iter().flatten());
    let heard = !check_in.has_gates();
    changes.push(check_in.put());
    if heard {
        // Nobody has to hear.
        changes.extend(free(facts, event, &absent, BTreeMap::new())?);
    }
    Ok(changes)
}

/// One pass of each booking that lets in and with which nobody came.
fn absent(facts: &Facts, session: Id<Session>) -> Result<Vec<&Pass>, Stop> {
    let passes = facts.list::<Pass>(List::PassesOfSession(session), limits::ROWS_PER_LIST)?;
    let mut parties: BTreeMap<_, &Pass> = BTreeMap::new();
    for pass in passes.into_iter().filter(|pass| pass.state == PassState::Valid) {
        parties.entry(pass.booking).or_insert(pass);
    }
    let arrivals = Facts::each(parties.keys(), |booking| {
        facts.list::<Arrival>(List::ArrivalsOf(*booking), limits::ROWS_PER_LIST)
    })?;
    // Of a trip whoever was called on the bus came, too.
    let called = trip_mark::came(facts, session)?;
    let called: BTreeSet<_> = called.into_iter().map(|(booking, ..)| booking).collect();
    let came = |pass: &Pass, arrivals: &[&Arrival]| {
        called.contains(&pass.booking) || arrivals.iter().any(|arrival| arrival.counts())
    };
    let all = parties.into_values().zip(arrivals);
    Ok(all.filter(|(pass, arrivals)| !came(pass, arrivals)).map(|(pass, _)| pass).collect())
}

/// A family gives back what a gate may have let in with: the seats stay taken until every gate has heard. `None` where no
/// gate is open, and they are free at once.
pub(crate) fn hold_back(facts: &Facts, booking: &Booking) -> Result<Option<Vec<Change>>, Stop> {
    if booking.state != BookingState::Confirmed {
        return Ok(None);
    }
    let Some(check_in) = facts.find(CheckIn::of(booking.event))?.filter(|it| it.has_gates()) else {
        return Ok(None);
    };
    let mut check_in = check_in.clone();
    check_in.round += 1;
    let round = check_in.round;
    let mut changes = pass::become_all(facts, booking.id, PassState::Releasing { round })?;
    changes.push(check_in.put());
    Ok(Some(changes))
}

/// Frees what every open gate has heard of. `agreed` is a gate as it reads after this act.
pub(crate) fn settle(facts: &Facts, event: &Event, check_in: &CheckIn, agreed: Option<&Gate>) -> Decision {
    settle_with(facts, event, check_in, agreed, BTreeMap::new())
}

/// The same, with seats that a gate returns.
pub(crate) fn settle_with(
    facts: &Facts,
    event: &Event,
    check_in: &CheckIn,
    agreed: Option<&Gate>,
    returned: BTreeMap<Id<Session>, u32>,
) -> Decision {
    let gates = Facts::each(&check_in.gates, |gate| match agreed {
        Some(own) if own.id == *gate => Ok(own),
        _ => facts.get(*gate),
    })?;
    let heard = gates.iter().map(|gate| gate.agreed).min().unwrap_or(check_in.round);
    let waiting = facts.list::<Pass>(List::ReleasingAt(event.id), limits::ROWS_PER_LIST)?;
    let is_heard = |pass: &&Pass| matches!(pass.state, PassState::Releasing { round } if round <= heard);
    let mut bookings: Vec<_> = waiting.into_iter().filter(is_heard).map(|pass| pass.booking).collect();
    bookings.sort_unstable();
    bookings.dedup();
    free(facts, event, &bookings, returned)
}

/// Nobody comes with these bookings: their seats, and what a gate returned, are the session's again.
fn free(
    facts: &Facts,
    event: &Event,
    bookings: &[Id<Booking>],
    returned: BTreeMap<Id<Session>, u32>,
) -> Decision {
    let rows = Facts::each(bookings, |booking| facts.get(*booking))?;
    let passes = Facts::each(bookings, |id| pass::become_all(facts, *id, PassState::Released))?;
    let mut changes = passes.concat();
    let mut seats: BTreeMap<Id<Session>, (Vec<&Booking>, u32)> = BTreeMap::new();
    let gates = Facts::each(returned, |(session, back)| Ok((facts.get(session)?.counted_with(), back)))?;
    for (counted, back) in gates {
        seats.entry(counted).or_default().1 += back;
    }
    for booking in rows {
        seats.entry(booking.counted_with()).or_default().0.push(booking);
        if booking.state == BookingState::Confirmed {
            let generation = booking.generation.saturating_add(1);
            let booking = Booking { released: Some(facts.now()), ..booking.clone() };
            changes.push(crate::booking::put(&booking, BookingState::Released, generation));
        }
    }
    let promoted = Facts::each(seats, |(id, (freed, back))| {
        let session = facts.get(id)?;
        let mut allotment = facts.get(Allotment::of(id.uuid()))?.clone();
        for booking in freed {
            allotment.unseat(booking.hold, booking.size);
        }
        allotment.take_back(back);
        let mut changes = pass_on(facts, event, session, &mut allotment)?;
        changes.push(Change::put(allotment, []));
        Ok(changes)
    })?;
    changes.extend(promoted.into_iter().flatten());
    Ok(changes)
}

/// Offers what is free to who waits.
pub(crate) fn pass_on(
    facts: &Facts,
    event: &Event,
    session: &Session,
    allotment: &mut Allotment,
) -> Decision {
    waitlist::promote(facts, event, session, allotment, 0, |_| {})
}

/// Somebody came with a booking whose seats were to be taken back, at a gate that had not heard: they stay. A family that had
/// given it back and comes all the same has it again.
pub(crate) fn keep(facts: &Facts, booking: Id<Booking>) -> Decision {
    let passes = pass::of_booking(facts, booking)?;
    if !passes.iter().any(|pass| matches!(pass.state, PassState::Releasing { .. })) {
        return Ok(Vec::new());
    }
    let mut changes = pass::become_all(facts, booking, PassState::Valid)?;
    let booking = facts.get(booking)?;
    if booking.state == BookingState::Withdrawn {
        let generation = booking.generation.saturating_add(1);
        changes.push(crate::booking::put(booking, BookingState::Confirmed, generation));
    }
    Ok(changes)
}

/// Refuses where somebody came with a booking: who is inside has the seat.
pub(crate) fn check_nobody_came(facts: &Facts, booking: Id<Booking>) -> Result<(), Stop> {
    let arrivals = facts.list::<Arrival>(List::ArrivalsOf(booking), limits::ROWS_PER_LIST)?;
    if let Some(first) = arrivals.into_iter().find(|arrival| arrival.counts()) {
        return Err(Refusal::AlreadyIn { gate_name: first.gate_name.clone(), at: first.at }.into());
    }
    let Some(session) = facts.find(booking)?.map(|booking| booking.session) else { return Ok(()) };
    match trip_mark::came(facts, session)?.into_iter().find(|(called, ..)| *called == booking) {
        Some((_, gate_name, at)) => Err(Refusal::AlreadyIn { gate_name, at }.into()),
        None => Ok(()),
    }
}

/// Refuses to change what a gate without a network counts on.
pub(crate) fn check_no_gates(facts: &Facts, event: Id<Event>) -> Result<(), Stop> {
    let open = facts.find(CheckIn::of(event))?.map_or(0, |check_in| check_in.gates.len());
    if open == 0 {
        return Ok(());
    }
    Err(Refusal::GatesOpen { gates: u32::try_from(open).unwrap_or(u32::MAX) }.into())
}
