//! Seats nobody came for. A gate without a network may have let their family in, so they are free only once every open gate has
//! heard that they are taken back: the round of each gate is the proof.

use std::collections::BTreeMap;

use crate::{
    Actor, Allotment, Arrival, Booking, BookingState, Change, CheckIn, Event, Facts, Gate, Id, List, Pass,
    PassState, Refusal, Releasing, Session, Stop, check_in, facts::Decision, limits, pass, waitlist,
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
    for pass in absent {
        check_in.releasing.push(releasing(pass.booking, pass, check_in.round));
        changes.extend(pass::become_all(
            facts,
            pass.booking,
            PassState::Releasing { round: check_in.round },
        )?);
    }
    changes.extend(settle(facts, event, check_in, None)?);
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
    let came = |arrivals: &Vec<&Arrival>| arrivals.iter().any(|arrival| arrival.counts());
    Ok(parties.into_values().zip(arrivals).filter(|(_, all)| !came(all)).map(|(pass, _)| pass).collect())
}

fn releasing(booking: Id<Booking>, pass: &Pass, round: u32) -> Releasing {
    Releasing { booking, session: pass.session, size: pass.size, round }
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
    let Booking { session, size, .. } = *booking;
    check_in.releasing.push(Releasing { booking: booking.id, session, size, round });
    let mut changes = pass::become_all(facts, booking.id, PassState::Releasing { round })?;
    changes.push(check_in.put());
    Ok(Some(changes))
}

/// Frees what every open gate has heard of. `agreed` is a gate as it reads after this act.
pub(crate) fn settle(facts: &Facts, event: &Event, check_in: CheckIn, agreed: Option<&Gate>) -> Decision {
    settle_with(facts, event, check_in, agreed, BTreeMap::new())
}

/// The same, with seats that a gate returns.
pub(crate) fn settle_with(
    facts: &Facts,
    event: &Event,
    mut check_in: CheckIn,
    agreed: Option<&Gate>,
    returned: BTreeMap<Id<Session>, u32>,
) -> Decision {
    let gates = Facts::each(&check_in.gates, |gate| match agreed {
        Some(own) if own.id == *gate => Ok(own),
        _ => facts.get(*gate),
    })?;
    let heard = gates.iter().map(|gate| gate.agreed).min().unwrap_or(check_in.round);
    let (free, still): (Vec<_>, Vec<_>) =
        check_in.releasing.drain(..).partition(|releasing| releasing.round <= heard);
    check_in.releasing = still;
    let mut changes = vec![check_in.put()];
    let mut seats: BTreeMap<Id<Session>, u32> = BTreeMap::new();
    for one in free {
        *seats.entry(one.session).or_default() += one.size;
        changes.extend(pass::become_all(facts, one.booking, PassState::Released)?);
        let booking = facts.get(one.booking)?;
        if booking.state == BookingState::Confirmed {
            let generation = booking.generation.saturating_add(1);
            changes.push(crate::booking::put(booking, BookingState::Released, generation));
        }
    }
    let mut sessions: Vec<_> = seats.keys().chain(returned.keys()).copied().collect();
    sessions.sort_unstable();
    sessions.dedup();
    for id in sessions {
        let session = facts.get(id)?;
        let mut allotment = facts.get(Allotment::of(id.uuid()))?.clone();
        let freed = seats.get(&id).copied().unwrap_or_default();
        allotment.used = allotment.used.saturating_sub(freed);
        allotment.take_back(returned.get(&id).copied().unwrap_or_default());
        changes.extend(pass_on(facts, event, session, &mut allotment)?);
        changes.push(Change::put(allotment, []));
    }
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

/// Somebody came with a booking whose seats were to be taken back, at a gate that had not heard: they stay.
pub(crate) fn keep(facts: &Facts, booking: Id<Booking>, event: Id<Event>) -> Decision {
    let check_in = facts.get(CheckIn::of(event))?;
    if !check_in.releasing.iter().any(|one| one.booking == booking) {
        return Ok(Vec::new());
    }
    let mut check_in = check_in.clone();
    check_in.releasing.retain(|one| one.booking != booking);
    let mut changes = pass::become_all(facts, booking, PassState::Valid)?;
    changes.push(check_in.put());
    Ok(changes)
}

/// Refuses to change what a gate without a network counts on.
pub(crate) fn check_no_gates(facts: &Facts, event: Id<Event>) -> Result<(), Stop> {
    let open = facts.find(CheckIn::of(event))?.map_or(0, |check_in| check_in.gates.len());
    if open == 0 {
        return Ok(());
    }
    Err(Refusal::GatesOpen { gates: u32::try_from(open).unwrap_or(u32::MAX) }.into())
}
