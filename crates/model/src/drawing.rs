//! The draw of an event as it goes: planned with it, closed by time, drawn by its desk. What is drawn from what is in
//! [`draw`](crate::draw).

use std::collections::{BTreeMap, BTreeSet};

use jiff::Zoned;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Allotment, Booking, BookingState, Change, Child, DRAW_RULES, Draw, DrawResult, DrawRoll,
    DrawSecret, DrawnEntry, Due, DueKind, Event, EventDraft, EventState, Facts, Fill, Id, List, Power,
    Refusal, RollEntry, RollSession, Seat, Secret, Session, Stop, draw, draw_entry::moved_seats,
    event::event_feeds, facts::Decision, is_value, limits, limits::check_text, rights, waitlist::promote,
};

/// How the seats of an event are to be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DrawDraft {
    /// Made by the coordinator's device; families see what it hashes to.
    pub secret: Secret,
    /// Which public value decides, in words: 2026-12-04 上证指数收盘价. Up to [`limits::TITLE_CHARS`].
    pub public_value: String,
    /// With how many decimals it is published; at most [`limits::VALUE_DECIMALS`].
    pub decimals: u32,
    /// When it will be known; after sign-up has closed.
    #[schemars(with = "String")]
    pub known: Zoned,
}

impl DrawDraft {
    pub(crate) fn draw(&self) -> Draw {
        Draw {
            commitment: self.secret.commitment(),
            public_value: self.public_value.trim().to_owned(),
            decimals: self.decimals,
            known: self.known.clone(),
            rolled: None,
            drawn: None,
        }
    }
}

/// Whether the plan of an event whose seats are drawn makes sense.
pub(crate) fn check(event: &EventDraft, draw: &Draw) -> Result<(), Stop> {
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    let Draw { public_value, decimals, known, .. } = draw;
    check_words(public_value)?;
    if *decimals > limits::VALUE_DECIMALS {
        return malformed("draw.decimals");
    }
    // Who knew the value while entries were taken could choose them by it; and nobody is given a seat in what has begun.
    if *known <= event.closes || event.sessions.iter().any(|session| session.starts <= *known) {
        return malformed("draw.known");
    }
    // Who is given a seat must have the time to give it back.
    if event.withdraw_until < *known {
        return malformed("withdraw_until");
    }
    // A draw is by tickets alone.
    if event.sessions.iter().any(|session| !session.holds.is_empty()) {
        return malformed("sessions.holds");
    }
    // Nor can it say whose seats are given that several sessions share.
    if event.sessions.iter().any(|session| session.pool.is_some()) {
        return malformed("sessions.pool");
    }
    // A child's second entry could be drawn into the same session.
    if event.child_limit != 1 {
        return malformed("child_limit");
    }
    Ok(())
}

/// What names a value is one line: it is read out, and copied by hand.
fn check_words(public_value: &str) -> Result<(), Stop> {
    let field = "draw.public_value";
    check_text(field, public_value, 1, limits::TITLE_CHARS)?;
    if public_value.trim().chars().any(char::is_control) {
        return Err(Refusal::Malformed { field: field.into() }.into());
    }
    Ok(())
}

/// What a draw needs beside its event: the secret, the places on the roll, and a timer for its close.
pub(crate) fn planned(event: &Event, draft: &DrawDraft) -> Vec<Change> {
    let (id, of) = (DrawSecret::of(event.id), event.id.uuid());
    vec![
        Change::put(DrawSecret { id, event: event.id, secret: draft.secret }, []),
        Change::put(Allotment::new(of, limits::DRAW_ENTRIES), []),
        Change::put(Fill::empty(of, limits::DRAW_ENTRIES), event_feeds(event)),
        closes(event),
    ]
}

/// The timer for the close of sign-up.
pub(crate) fn closes(event: &Event) -> Change {
    Change::Set(Due::new(DueKind::CloseDraw, event.id.uuid(), event.closes.timestamp(), event.version))
}

/// Sign-up has closed: what is drawn is fixed and published. A timer of an earlier close changes nothing.
pub(crate) fn close(facts: &Facts, id: Id<Event>) -> Decision {
    let event = facts.get(id)?;
    let Some(plan) = event.draw.as_ref().filter(|plan| plan.rolled.is_none()) else { return Ok(Vec::new()) };
    if event.state != EventState::Published || facts.now() < event.closes.timestamp() {
        return Ok(Vec::new());
    }
    let mut sessions = facts.list::<Session>(List::SessionsOf(id), limits::ROWS_PER_LIST)?;
    sessions.sort_by_key(|session| (session.starts.timestamp(), session.id));
    let mut bookings = entered(facts, sessions.iter().map(|session| session.id))?;
    bookings.sort_by_key(|booking| RollEntry::of(booking.id));
    let misses = Facts::each(&bookings, |booking| misses_of(facts, booking))?;
    let place = |wish: &Id<Session>| sessions.iter().position(|session| session.id == *wish);
    let entries = bookings.iter().zip(misses).map(|(booking, misses)| RollEntry {
        id: RollEntry::of(booking.id),
        size: booking.size,
        misses,
        wishes: booking.wishes.iter().filter_map(|wish| u32::try_from(place(wish)?).ok()).collect(),
    });
    let seats = |session: &Session| if session.is_cancelled() { 0 } else { session.capacity };
    let mut roll = DrawRoll {
        id: DrawRoll::of(id),
        event: id,
        rules: DRAW_RULES,
        commitment: plan.commitment,
        public_value: plan.public_value.clone(),
        decimals: plan.decimals,
        entries: entries.collect(),
        sessions: sessions.iter().map(|it| RollSession { id: it.id, seats: seats(it) }).collect(),
        sha256: plan.commitment,
    };
    roll.sha256 = roll.hash();
    let event = with_draw(event, Draw { rolled: Some(roll.sha256), ..plan.clone() });
    let feeds = event_feeds(&event);
    Ok(vec![Change::put(roll, feeds.clone()), Change::put(event, feeds)])
}

/// Bookings that are entries, of the sessions they wish for first. They have a list of their own: those that were withdrawn must
/// not crowd them out.
fn entered(facts: &Facts, sessions: impl Iterator<Item = Id<Session>>) -> Result<Vec<&Booking>, Stop> {
    let bookings = Facts::each(sessions, |session| {
        facts.list::<Booking>(List::EntriesOf(session), limits::ROWS_PER_LIST)
    })?;
    Ok(bookings.concat())
}

fn with_draw(event: &Event, draw: Draw) -> Event {
    Event { draw: Some(draw), ..event.clone() }
}

/// Draws of this school that left one of the children without a seat; at most [`limits::MISSES`].
fn misses_of(facts: &Facts, booking: &Booking) -> Result<u32, Stop> {
    let own = facts.list::<Seat>(List::SeatsOf(booking.id), limits::ROWS_PER_LIST)?;
    let missed = Facts::each(own, |seat| missed_by(facts, seat.child))?;
    Ok(misses(&missed.into_iter().flatten().collect()))
}

/// Draws of this school that left this child without a seat.
pub(crate) fn missed_by(facts: &Facts, child: Id<Child>) -> Result<BTreeSet<Id<Event>>, Stop> {
    let seats = facts.list::<Seat>(List::SeatsFor(child), limits::ROWS_PER_LIST)?;
    let earlier = Facts::each(seats, |seat| facts.find(seat.booking))?;
    let missed = earlier.into_iter().flatten().filter(|booking| booking.missed);
    Ok(missed.map(|booking| booking.event).collect())
}

/// How much draws that were missed weigh.
pub(crate) fn misses(missed: &BTreeSet<Id<Event>>) -> u32 {
    u32::try_from(missed.len()).unwrap_or(u32::MAX).min(limits::MISSES)
}

/// Draws, with the public value that everybody knows by now. Where the timer left the roll open it is closed instead: it is to
/// be seen before it is drawn.
pub(crate) fn by_hand(facts: &Facts, actor: &Actor, id: Id<Event>, value: &str) -> Decision {
    let event = facts.get(id)?;
    rights::require_power(facts, actor, Power::ManageEvents, &event.held_at)?;
    let Some(plan) = &event.draw else { return Err(Refusal::Malformed { field: "draw".into() }.into()) };
    if !is_value(value, plan.decimals) {
        return Err(Refusal::Malformed { field: "value".into() }.into());
    }
    if event.state != EventState::Published {
        return Err(Refusal::EventNotOpen.into());
    }
    if plan.drawn.is_some() {
        return Err(Refusal::DrawDone.into());
    }
    if facts.now() < plan.known.timestamp() {
        return Err(Refusal::DrawNotYet { from: plan.known.clone() }.into());
    }
    let secret = facts.get(DrawSecret::of(id));
    let roll = facts.find(DrawRoll::of(id));
    let secret = secret?.secret;
    let Some(roll) = roll? else { return close(facts, id) };
    let result = DrawResult {
        id: DrawResult::of(id),
        event: id,
        secret,
        value: value.to_owned(),
        at: facts.now(),
        outcome: draw(roll, &secret, value),
    };
    let mut changes = seated(facts, event, roll, &result.outcome)?;
    let event = with_draw(event, Draw { drawn: Some(facts.now()), ..plan.clone() });
    let feeds = event_feeds(&event);
    changes.extend([Change::put(result, feeds.clone()), Change::put(event, feeds)]);
    Ok(changes)
}

/// A session while entries come to sit in it.
struct Room<'f> {
    session: &'f Session,
    allotment: Allotment,
    /// Who waits for it from now on.
    waits: Vec<Booking>,
}

/// Gives everybody what was drawn. Who left the draw after the close stands on the roll, and the seats it would have had go
/// to the waitlist.
fn seated(facts: &Facts, event: &Event, roll: &DrawRoll, outcome: &[DrawnEntry]) -> Decision {
    let sessions = Facts::each(&roll.sessions, |session| facts.get(session.id))?;
    if let Some(begun) = sessions.iter().find(|it| !it.is_cancelled() && it.has_begun(facts.now())) {
        return Err(Refusal::Started { since: begun.starts.clone() }.into());
    }
    let allotments = Facts::each(&roll.sessions, |session| facts.get(Allotment::of(session.id.uuid())));
    let bookings = entered(facts, roll.sessions.iter().map(|session| session.id));
    let mut rooms: BTreeMap<Id<Session>, Room<'_>> = (sessions.into_iter().zip(allotments?))
        .map(|(session, all)| (session.id, Room { session, allotment: all.clone(), waits: Vec::new() }))
        .collect();
    let mut after = Vec::new();
    let bookings: BTreeMap<_, _> = bookings?.into_iter().map(|one| (RollEntry::of(one.id), one)).collect();
    for drawn in outcome {
        let Some(booking) = bookings.get(&drawn.entry) else { continue };
        after.push(became(facts, event, &mut rooms, booking, drawn.session));
    }
    let mut changes = Vec::new();
    let seats = Facts::each(&after, |booking| moved_seats(facts, booking))?;
    for (booking, seats) in after.into_iter().zip(seats) {
        let feeds = booking.seen_by.clone();
        changes.push(Change::put(booking, feeds));
        changes.extend(seats);
    }
    let promoted = Facts::each(rooms.into_values(), |room| {
        let Room { session, mut allotment, waits } = room;
        // Nothing is oversold, whatever the roll says.
        if allotment.used > allotment.seats {
            return Err(Refusal::SeatsHeld { used: allotment.used }.into());
        }
        let mut changes = promote(facts, event, session, &mut allotment, 0, |line| line.extend(waits))?;
        changes.push(Change::put(allotment, []));
        Ok(changes)
    })?;
    changes.extend(promoted.into_iter().flatten());
    Ok(changes)
}

/// An entry after the draw: in the session it got, or in line for the first of its wishes that could hold it, or out.
fn became(
    facts: &Facts,
    event: &Event,
    rooms: &mut BTreeMap<Id<Session>, Room<'_>>,
    entry: &Booking,
    got: Option<Id<Session>>,
) -> Booking {
    let could_hold = |wish: &&Id<Session>| {
        let room = rooms.get(*wish);
        room.is_some_and(|it| !it.session.is_cancelled() && it.allotment.could_hold(entry.size))
    };
    let line = entry.wishes.iter().find(could_hold).copied().filter(|_| event.waitlist);
    let mut booking = Booking {
        state: BookingState::NotDrawn,
        generation: entry.generation.saturating_add(1),
        drawn: Some(facts.now()),
        missed: got.is_none(),
        ..entry.clone()
    };
    let Some(room) = got.or(line).and_then(|session| rooms.get_mut(&session)) else { return booking };
    booking.session = room.session.id;
    // Those who wait are served in the order of the tickets.
    booking.seq = room.allotment.next_seq;
    room.allotment.next_seq = room.allotment.next_seq.saturating_add(1);
    if got.is_some() {
        booking.state = BookingState::Confirmed;
        room.allotment.seat(None, booking.size);
    } else {
        booking.state = BookingState::Waiting;
        room.allotment.line_up(None);
        room.waits.push(booking.clone());
    }
    booking
}
