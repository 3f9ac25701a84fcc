//! Events and their sessions.

use jiff::{Timestamp, Zoned};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Allotment, Booking, Change, Facts, Feed, Id, List, Place, Power, Refusal, Stop, facts::Decision,
    limits, limits::check_text, rights, waitlist,
};

/// Whom a seat is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum SeatRule {
    /// The adults of a family sit; the child is in school anyway (an open day).
    Adults,
    /// The children sit (a club performance without parents).
    Children,
    /// Everybody who comes (a museum trip, a ceremony).
    Everyone,
}

/// Where an event is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum EventState {
    /// Only the desk sees it.
    Draft,
    /// Everyone sees it.
    Published,
    /// Called off; everyone still sees it, with the reason.
    Cancelled {
        /// In the organiser's words.
        reason: String,
    },
}

/// An event as a coordinator plans it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct EventDraft {
    /// Made by the coordinator's device.
    pub id: Id<Event>,
    /// The place whose desk runs it: a campus, or the school.
    pub place: Id<Place>,
    /// 家长开放日“牵手同前行，相遇见美好”
    pub title: String,
    /// Plain text.
    pub about: String,
    /// Where on the campus: 校史馆.
    pub venue: String,
    /// A programme tag: 家长开放日, 馆校合作.
    pub programme: String,
    /// Grades and classes it is for; empty means everyone at `place`.
    pub eligible: Vec<Id<Place>>,
    /// Whom a seat is for.
    pub seat_rule: SeatRule,
    /// Seats one family may hold over all sessions.
    pub family_limit: u32,
    /// Whether a full session has a waitlist.
    pub waitlist: bool,
    /// When sign-up opens.
    #[schemars(with = "String")]
    pub opens: Zoned,
    /// When sign-up closes.
    #[schemars(with = "String")]
    pub closes: Zoned,
    /// Until when a family may give its seats back on its own.
    #[schemars(with = "String")]
    pub withdraw_until: Zoned,
    /// The sessions, in order.
    pub sessions: Vec<SessionDraft>,
}

/// A session as a coordinator plans it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct SessionDraft {
    /// Made by the coordinator's device.
    pub id: Id<Session>,
    /// 第 1 场
    pub name: String,
    /// Wall time and zone.
    #[schemars(with = "String")]
    pub starts: Zoned,
    /// Wall time and zone.
    #[schemars(with = "String")]
    pub ends: Zoned,
    /// Seats.
    pub capacity: u32,
}

/// An event. Public once published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Identity.
    pub id: Id<Event>,
    /// The place whose desk runs it.
    pub place: Id<Place>,
    /// That place and everything above it.
    pub held_at: Vec<Id<Place>>,
    /// Title.
    pub title: String,
    /// Plain text.
    pub about: String,
    /// Where on the campus.
    pub venue: String,
    /// A programme tag.
    pub programme: String,
    /// Grades and classes it is for; empty means everyone at `place`.
    pub eligible: Vec<Id<Place>>,
    /// Whom a seat is for.
    pub seat_rule: SeatRule,
    /// Seats one family may hold over all sessions.
    pub family_limit: u32,
    /// Whether a full session has a waitlist.
    pub waitlist: bool,
    /// When sign-up opens.
    pub opens: Zoned,
    /// When sign-up closes.
    pub closes: Zoned,
    /// Until when a family may give its seats back on its own.
    pub withdraw_until: Zoned,
    /// Where it is in its life.
    pub state: EventState,
}

impl Event {
    /// Whether children of a class with this path may come.
    #[must_use]
    pub fn is_for(&self, path: &[Id<Place>]) -> bool {
        path.contains(&self.place)
            && (self.eligible.is_empty() || self.eligible.iter().any(|place| path.contains(place)))
    }

    /// Whether families may sign up at this moment.
    ///
    /// # Errors
    /// Why not: [`Refusal::EventNotOpen`], [`Refusal::NotOpenYet`], [`Refusal::Closed`].
    pub fn open_at(&self, now: Timestamp) -> Result<(), Refusal> {
        if self.state != EventState::Published {
            Err(Refusal::EventNotOpen)
        } else if now < self.opens.timestamp() {
            Err(Refusal::NotOpenYet { opens: self.opens.clone() })
        } else if now >= self.closes.timestamp() {
            Err(Refusal::Closed { since: self.closes.clone() })
        } else {
            Ok(())
        }
    }

    /// Seats a party of this size takes.
    #[must_use]
    pub fn seats_for(&self, children: u32, adults: u32) -> u32 {
        match self.seat_rule {
            SeatRule::Adults => adults,
            SeatRule::Children => children,
            SeatRule::Everyone => children.saturating_add(adults),
        }
    }
}

/// A session of an event. Public once the event is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Identity.
    pub id: Id<Session>,
    /// Of which event.
    pub event: Id<Event>,
    /// 第 1 场
    pub name: String,
    /// Wall time and zone.
    pub starts: Zoned,
    /// Wall time and zone.
    pub ends: Zoned,
    /// Seats.
    pub capacity: u32,
}

impl Session {
    /// Whether it has begun: from then on nobody signs up and nobody gives back.
    #[must_use]
    pub fn has_begun(&self, now: Timestamp) -> bool {
        now >= self.starts.timestamp()
    }
}

impl Event {
    /// Seats a family may still take that holds so many here.
    #[must_use]
    pub fn seats_left(&self, held: u32) -> u32 {
        self.family_limit.saturating_sub(held)
    }
}

fn event_feeds(event: &Event) -> Vec<Feed> {
    let mut feeds = vec![Feed::Desk(event.id.uuid())];
    if event.state != EventState::Draft {
        feeds.push(Feed::School);
    }
    feeds
}

/// Publishes a new event with its sessions.
pub(crate) fn publish(facts: &Facts, actor: &Actor, draft: &EventDraft) -> Decision {
    let path = facts.get(draft.place)?.path.clone();
    rights::require_power(facts, actor, Power::ManageEvents, &path)?;
    check(draft)?;
    let known = Facts::each(&draft.eligible, |place| facts.get(*place).map(|place| place.path.clone()))?;
    if known.iter().any(|below| !below.contains(&draft.place)) {
        return Err(Refusal::Malformed { field: "eligible".into() }.into());
    }
    if facts.taken(draft.id)? {
        return Err(Refusal::Malformed { field: "id".into() }.into());
    }
    for taken in Facts::each(&draft.sessions, |session| facts.taken(session.id))? {
        if taken {
            return Err(Refusal::Malformed { field: "sessions.id".into() }.into());
        }
    }
    let event = Event {
        id: draft.id,
        place: draft.place,
        held_at: path,
        title: draft.title.trim().to_owned(),
        about: draft.about.trim().to_owned(),
        venue: draft.venue.trim().to_owned(),
        programme: draft.programme.trim().to_owned(),
        eligible: draft.eligible.clone(),
        seat_rule: draft.seat_rule,
        family_limit: draft.family_limit,
        waitlist: draft.waitlist,
        opens: draft.opens.clone(),
        closes: draft.closes.clone(),
        withdraw_until: draft.withdraw_until.clone(),
        state: EventState::Published,
    };
    let feeds = event_feeds(&event);
    let mut changes = vec![Change::put(event, feeds.clone())];
    for session in &draft.sessions {
        let row = Session {
            id: session.id,
            event: draft.id,
            name: session.name.trim().to_owned(),
            starts: session.starts.clone(),
            ends: session.ends.clone(),
            capacity: session.capacity,
        };
        changes.push(Change::put(row, feeds.clone()));
        changes.push(Change::put(Allotment::new(session.id.uuid(), session.capacity), []));
        changes.push(Change::put(crate::Fill::empty(session.id.uuid(), session.capacity), feeds.clone()));
    }
    Ok(changes)
}

fn check(draft: &EventDraft) -> Result<(), Stop> {
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    let too_many = |field: &str, limit| Err(Refusal::TooMany { field: field.into(), limit }.into());
    check_text("title", &draft.title, 1, limits::TITLE_CHARS)?;
    check_text("about", &draft.about, 0, limits::BODY_CHARS)?;
    check_text("venue", &draft.venue, 0, limits::TITLE_CHARS)?;
    check_text("programme", &draft.programme, 0, limits::TITLE_CHARS)?;
    if draft.sessions.is_empty() {
        return malformed("sessions");
    }
    if draft.sessions.len() > limits::SESSIONS_PER_EVENT {
        return too_many("sessions", u32::try_from(limits::SESSIONS_PER_EVENT).unwrap_or(u32::MAX));
    }
    if draft.eligible.len() > limits::TARGETS_PER_AUDIENCE {
        return too_many("eligible", u32::try_from(limits::TARGETS_PER_AUDIENCE).unwrap_or(u32::MAX));
    }
    if draft.family_limit == 0 || draft.family_limit > limits::SEATS_PER_SESSION {
        return malformed("family_limit");
    }
    if draft.opens >= draft.closes {
        return malformed("closes");
    }
    let mut ids = std::collections::BTreeSet::new();
    for session in &draft.sessions {
        check_text("sessions.name", &session.name, 0, limits::TITLE_CHARS)?;
        if session.starts >= session.ends || !ids.insert(session.id) || session.id.uuid() == draft.id.uuid() {
            return malformed("sessions");
        }
        if session.capacity == 0 {
            return malformed("sessions.capacity");
        }
        if session.capacity > limits::SEATS_PER_SESSION {
            return too_many("sessions.capacity", limits::SEATS_PER_SESSION);
        }
    }
    Ok(())
}

/// Calls an event off. Bookings stay as they are, so that nobody is dropped silently; the reason is public.
pub(crate) fn cancel(facts: &Facts, actor: &Actor, id: Id<Event>, reason: &str) -> Decision {
    let event = facts.get(id)?;
    rights::require_power(facts, actor, Power::ManageEvents, &event.held_at)?;
    check_text("reason", reason, 1, limits::NOTE_CHARS)?;
    let event = Event { state: EventState::Cancelled { reason: reason.trim().to_owned() }, ..event.clone() };
    let feeds = event_feeds(&event);
    Ok(vec![Change::put(event, feeds)])
}

/// Changes the number of seats, never below what is held; new seats are offered to the waitlist at once.
pub(crate) fn set_capacity(facts: &Facts, actor: &Actor, id: Id<Session>, capacity: u32) -> Decision {
    let session = facts.get(id)?;
    let event = facts.get(session.event)?;
    rights::require_power(facts, actor, Power::ManageEvents, &event.held_at)?;
    if capacity == 0 {
        return Err(Refusal::Malformed { field: "capacity".into() }.into());
    }
    if capacity > limits::SEATS_PER_SESSION {
        return Err(Refusal::TooMany { field: "capacity".into(), limit: limits::SEATS_PER_SESSION }.into());
    }
    let mut allotment = facts.get(Allotment::of(id.uuid()))?.clone();
    if capacity < allotment.used {
        return Err(Refusal::SeatsHeld { used: allotment.used }.into());
    }
    // A party that no longer fits at all would hold up everybody behind it for ever.
    let line = facts.list::<Booking>(List::WaitingFor(id), limits::ROWS_PER_LIST)?;
    if let Some(size) = line.iter().map(|booking| booking.size).filter(|size| *size > capacity).max() {
        return Err(Refusal::PartyWaits { size }.into());
    }
    allotment.seats = capacity;
    let session = Session { capacity, ..session.clone() };
    let mut changes = vec![Change::put(session.clone(), event_feeds(event))];
    changes.extend(waitlist::promote(facts, event, &session, &mut allotment)?);
    changes.push(Change::put(allotment, []));
    Ok(changes)
}
