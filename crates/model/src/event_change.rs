//! An event that was published and is not as it was: changed, or called off, whole or in one session. Nobody is dropped
//! silently: bookings stay, rows say what was before, and whoever booked another time may leave.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Actor, Allotment, Booking, BookingState, Change, Due, DueKind, Event, EventDraft, EventField, EventState,
    Facts, HeldInWas, Id, List, Moved, Power, Refusal, Session, SessionDraft, SessionState, Stop, VenueWas,
    booking::put,
    course, drawing,
    event::event_feeds,
    event_draft::{check, check_new, check_places},
    facts::Decision,
    hold_change, limits,
    limits::check_text,
    material, passing_by, pool, rights, venue_use,
};

/// Changes an event: what `draft` says replaces what stood, and what it leaves open stands unless `clears` names it; sessions it
/// does not name stay, new ones open. Seats are changed by [`Act::SetCapacity`](crate::Act::SetCapacity) alone, which minds those
/// who hold them.
pub(crate) fn change(
    facts: &Facts,
    actor: &Actor,
    draft: &EventDraft,
    version: u32,
    clears: &[EventField],
) -> Decision {
    let before = facts.get(draft.id)?;
    rights::require_power(facts, actor, Power::ManageEvents, &before.held_at)?;
    if draft.place != before.place {
        return Err(Refusal::Malformed { field: "place".into() }.into());
    }
    // Neither is of a plan's own: who changes it says nothing of them.
    if draft.partner.is_some() {
        return Err(Refusal::Malformed { field: "partner".into() }.into());
    }
    if draft.trip.is_some() {
        return Err(Refusal::Malformed { field: "trip".into() }.into());
    }
    let known = sessions_of(facts, before.id)?;
    let draft = &draft.over(clears, before, &known, facts.now());
    check(draft)?;
    check_places(facts, draft)?;
    course::check_lesson(facts, draft.place, draft.lesson.as_ref(), before.lesson.as_ref())?;
    if before.state != EventState::Published {
        return Err(Refusal::EventNotOpen.into());
    }
    if before.version != version {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    material::check_stays(facts, before, draft.lesson.as_ref(), known.keys().copied())?;
    check_draw(facts, before, draft, &known)?;
    let opened = draft.sessions.iter().filter(|session| !known.contains_key(&session.id));
    check_new(facts, opened.clone())?;
    pool::check_named(draft, &known)?;
    let count = known.len().saturating_add(opened.clone().count());
    if count > limits::SESSIONS_PER_EVENT {
        let limit = u32::try_from(limits::SESSIONS_PER_EVENT).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "sessions".into(), limit }.into());
    }
    if draft.seat_rule != before.seat_rule {
        check_nobody(facts, known.values().copied())?;
    }
    venue_use::check_named(facts, draft, Some(before))?;
    venue_use::check_fits(facts, draft)?;

    let venue = venue_use::words(facts, draft, Some(before))?;
    let mut venues = before.venues.clone();
    if (&venue, draft.held_in) != (&before.venue, before.held_in) {
        let was = VenueWas { venue: before.venue.clone(), held_in: before.held_in, at: facts.now() };
        keep(&mut venues, was);
    }
    let (version, draw, theme) = (version.saturating_add(1), before.draw.clone(), before.theme);
    let (partner, trip) = (before.partner.clone(), before.trip.clone());
    let event =
        Event { version, venue, venues, draw, theme, partner, trip, ..draft.event(before.held_at.clone()) };
    let feeds = event_feeds(&event);
    let mut changes = vec![Change::put(event.clone(), feeds.clone())];
    if event.is_drawing() && event.closes != before.closes {
        changes.push(drawing::closes(&event));
    }
    let again = draft.sessions.iter().filter_map(|one| known.get(&one.id).map(|session| (one, *session)));
    for changed in Facts::each(again, |(one, session)| change_session(facts, &event, session, one))?
        .into_iter()
        .flatten()
    {
        changes.push(Change::put(changed.0, feeds.clone()));
        changes.extend(changed.1);
    }
    for session in opened {
        let pool = pool::of(session, |id| known.get(&id).copied());
        changes.extend(session.opened(&event, pool, &feeds, facts.now()));
    }
    if event.lesson.is_some() {
        changes.extend(follow_materials(facts, before, draft, &known)?);
    }
    Ok(changes)
}

/// The materials of a lesson that is over at another time than before wait for that.
fn follow_materials(
    facts: &Facts,
    before: &Event,
    draft: &EventDraft,
    known: &BTreeMap<Id<Session>, &Session>,
) -> Decision {
    let off = |id| known.get(&id).is_some_and(|session| session.is_cancelled());
    let said = draft.sessions.iter().filter(|one| !off(one.id)).map(|one| one.ends.timestamp());
    let named = |session: &Session| draft.sessions.iter().any(|one| one.id == session.id);
    let kept = known.values().filter(|session| !named(session) && !session.is_cancelled());
    let over = said.chain(kept.map(|session| session.ends.timestamp())).max();
    match over.filter(|_| over != course::lesson_over(before, known.values().copied())) {
        Some(over) => material::wait_until(facts, before.id, over),
        None => Ok(Vec::new()),
    }
}

/// How seats are drawn stands as it was published; what families enter for stands from when they may; and once sign-up has closed
/// everything does that they entered for or by, until it is drawn.
fn check_draw(
    facts: &Facts,
    before: &Event,
    draft: &EventDraft,
    known: &BTreeMap<Id<Session>, &Session>,
) -> Result<(), Stop> {
    if draft.draw.is_some() {
        return Err(Refusal::Malformed { field: "draw".into() }.into());
    }
    let Some(plan) = before.draw.as_ref().filter(|_| before.is_drawing()) else { return Ok(()) };
    drawing::check(draft, plan)?;
    if draft.seat_rule != before.seat_rule && facts.now() >= before.opens.timestamp() {
        return Err(Refusal::DrawPending.into());
    }
    let stands = |session: &SessionDraft| {
        known.get(&session.id).is_some_and(|it| (&it.starts, &it.ends) == (&session.starts, &session.ends))
    };
    let same = (&draft.opens, &draft.closes) == (&before.opens, &before.closes)
        && (draft.waitlist, draft.family_limit) == (before.waitlist, before.family_limit)
        && draft.sessions.iter().all(stands);
    if !same {
        before.check_not_closing(facts)?;
    }
    Ok(())
}

fn sessions_of(facts: &Facts, event: Id<Event>) -> Result<BTreeMap<Id<Session>, &Session>, Stop> {
    let rows = facts.list::<Session>(List::SessionsOf(event), limits::ROWS_PER_LIST)?;
    Ok(rows.into_iter().map(|session| (session.id, session)).collect())
}

/// Whom a seat is for is settled once somebody has one or waits for one.
fn check_nobody<'s>(facts: &Facts, sessions: impl Iterator<Item = &'s Session>) -> Result<(), Stop> {
    let counted: BTreeSet<_> = sessions.map(Session::counted_with).collect();
    let allotments = Facts::each(counted, |session| facts.get(Allotment::of(session.uuid())))?;
    let used: u32 = allotments.iter().map(|allotment| allotment.used + allotment.waiting).sum();
    if used > 0 { Err(Refusal::SeatsHeld { used }.into()) } else { Ok(()) }
}

/// The session as it reads from now on, with the offers that would outlive its new start and what holds keep no more; `None` if nothing changes.
fn change_session(
    facts: &Facts,
    event: &Event,
    before: &Session,
    draft: &SessionDraft,
) -> Result<Option<(Session, Vec<Change>)>, Stop> {
    if draft.capacity != before.capacity {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let moves_it = draft.starts != before.starts || draft.ends != before.ends;
    let name = draft.name.trim();
    let holds = hold_change::after(before, draft, facts.now());
    let held_in = venue_use::venue_of(draft, event.held_in, Some(before), facts.now());
    let elsewhere = held_in != before.held_in;
    if !moves_it
        && !elsewhere
        && name == before.name
        && draft.eligible == before.eligible
        && draft.first_timers == before.first_timers
        && holds == before.holds
    {
        return Ok(None);
    }
    if let SessionState::Cancelled { reason, .. } = &before.state {
        return Err(Refusal::SessionCancelled { reason: reason.clone() }.into());
    }
    if (moves_it || elsewhere) && before.has_begun(facts.now()) {
        return Err(Refusal::Started { since: before.starts.clone() }.into());
    }
    if moves_it && facts.past(draft.starts.timestamp()) {
        return Err(Refusal::Malformed { field: "sessions.starts".into() }.into());
    }
    let mut moves = before.moves.clone();
    if moves_it {
        keep(&mut moves, Moved { starts: before.starts.clone(), ends: before.ends.clone(), at: facts.now() });
    }
    let mut venues = before.venues.clone();
    if elsewhere {
        keep(&mut venues, HeldInWas { held_in: before.held_in, at: facts.now() });
    }
    let session = Session {
        name: name.to_owned(),
        held_in,
        venues,
        starts: draft.starts.clone(),
        ends: draft.ends.clone(),
        eligible: draft.eligible.clone(),
        first_timers: draft.first_timers,
        holds,
        moves,
        ..before.clone()
    };
    let mut follow = if draft.starts < before.starts { shorten_offers(facts, &session)? } else { Vec::new() };
    if moves_it {
        follow.extend(session.passing());
    }
    if session.holds != before.holds {
        follow.extend(hold_change::changed(facts, event, &session)?);
    }
    Ok(Some((session, follow)))
}

/// What was, as long as it is worth knowing.
fn keep<T>(past: &mut Vec<T>, was: T) {
    past.push(was);
    let old = past.len().saturating_sub(limits::CHANGES_KEPT);
    past.drain(..old);
}

/// An offer ends with the start of its session at the latest.
fn shorten_offers(facts: &Facts, session: &Session) -> Decision {
    if !facts.complete() {
        return Ok(Vec::new());
    }
    let starts = session.starts.timestamp();
    let bookings = facts.list::<Booking>(List::BookingsOf(session.id), limits::ROWS_PER_LIST)?;
    let mut changes = Vec::new();
    for booking in bookings {
        if matches!(booking.state, BookingState::Offered { until } if until > starts) {
            let generation = booking.generation.saturating_add(1);
            changes.push(put(booking, BookingState::Offered { until: starts }, generation));
            changes.push(Change::Set(Due::new(DueKind::ExpireOffer, booking.id.uuid(), starts, generation)));
        }
    }
    Ok(changes)
}

/// Calls an event off. Bookings stay as they are, so that nobody is dropped silently; the reason is public.
pub(crate) fn cancel(facts: &Facts, actor: &Actor, id: Id<Event>, reason: &str) -> Decision {
    let event = facts.get(id)?;
    rights::require_power(facts, actor, Power::ManageEvents, &event.held_at)?;
    check_text("reason", reason, 1, limits::NOTE_CHARS)?;
    if event.is_cancelled() {
        return Ok(Vec::new());
    }
    let state = EventState::Cancelled { reason: reason.trim().to_owned(), at: Some(facts.now()) };
    let event = Event { state, ..event.clone() };
    let feeds = event_feeds(&event);
    Ok(vec![Change::put(event, feeds)])
}

/// Calls one session off. Its bookings stay as they are and count no more: their families may take another session.
pub(crate) fn cancel_session(facts: &Facts, actor: &Actor, id: Id<Session>, reason: &str) -> Decision {
    let session = facts.get(id)?;
    let event = facts.get(session.event)?;
    rights::require_power(facts, actor, Power::ManageEvents, &event.held_at)?;
    check_text("reason", reason, 1, limits::NOTE_CHARS)?;
    if event.state != EventState::Published {
        return Err(Refusal::EventNotOpen.into());
    }
    if session.is_cancelled() {
        return Ok(Vec::new());
    }
    if session.has_begun(facts.now()) {
        return Err(Refusal::Started { since: session.starts.clone() }.into());
    }
    event.check_not_closing(facts)?;
    let state = SessionState::Cancelled { reason: reason.trim().to_owned(), at: facts.now() };
    let session = Session { state, ..session.clone() };
    let mut changes = passing_by::called_off(facts, event, &session)?;
    changes.push(Change::put(session, event_feeds(event)));
    Ok(changes)
}
