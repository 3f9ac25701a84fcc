//! Events and their sessions.

use jiff::{Timestamp, Zoned};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

#[cfg(doc)]
use crate::limits;
use crate::{
    Draw, EventPartner, Feed, FormField, Hold, Id, Lesson, Look, Place, Refusal, Theme, Trip, Venue,
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
        /// Since when.
        #[serde(default)]
        at: Option<Timestamp>,
    },
}

/// Where a session is in its life.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum SessionState {
    /// It takes place.
    #[default]
    Planned,
    /// Called off; everyone still sees it, with the reason.
    Cancelled {
        /// In the organiser's words.
        reason: String,
        /// Since when.
        at: Timestamp,
    },
}

/// One session for each child: what most events are.
pub(crate) const fn once() -> u32 {
    1
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
    /// Where on the campus, as families read it.
    pub venue: String,
    /// In which venue, if in one of the school's.
    #[serde(default)]
    pub held_in: Option<Id<Venue>>,
    /// A programme tag.
    pub programme: String,
    /// Further tags it counts for: 六大工程, 五项创新. Tidy, see [`tidy_tags`](crate::tidy_tags).
    #[serde(default)]
    pub tags: Vec<String>,
    /// Grades and classes it is for; empty means everyone at `place`.
    pub eligible: Vec<Id<Place>>,
    /// Whom a seat is for.
    pub seat_rule: SeatRule,
    /// Seats one family may hold over all sessions.
    pub family_limit: u32,
    /// Sessions a child may have.
    #[serde(default = "once")]
    pub child_limit: u32,
    /// Seats a booking may take for each child that comes; as many as the family may have if `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub child_seats: Option<u32>,
    /// What a family is asked as it signs up.
    #[serde(default)]
    pub questions: Vec<FormField>,
    /// How it looks.
    #[serde(default, skip_serializing_if = "Look::is_plain")]
    pub look: Look,
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
    /// Counts its changes, so that two who change it at once notice.
    #[serde(default)]
    pub version: u32,
    /// Where it was to be before that was changed, the last of it last; at most [`limits::CHANGES_KEPT`].
    #[serde(default)]
    pub venues: Vec<VenueWas>,
    /// Seats are drawn, not given to whoever comes first.
    #[serde(default)]
    pub draw: Option<Draw>,
    /// The theme it was planned from: what it asks for beside the event is offered at the desk.
    #[serde(default)]
    pub theme: Option<Id<Theme>>,
    /// With whom it is held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<EventPartner>,
    /// It goes somewhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trip: Option<Trip>,
    /// It is a lesson of a course.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lesson: Option<Lesson>,
}

/// Where an event was to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct VenueWas {
    /// Where on the campus, as families read it.
    pub venue: String,
    /// In which venue, if in one of the school's.
    #[serde(default)]
    pub held_in: Option<Id<Venue>>,
    /// When that was changed.
    pub at: Timestamp,
}

/// In which venue a session was to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeldInWas {
    /// In none of the school's if `None`.
    pub held_in: Option<Id<Venue>>,
    /// When that was changed.
    pub at: Timestamp,
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

    /// Whether a family may still give seats back on its own at this moment.
    #[must_use]
    pub fn takes_back_at(&self, now: Timestamp) -> bool {
        now < self.withdraw_until.timestamp()
    }

    /// When what may be done changes next by time alone: sign-up opens or closes, giving back ends, or the value
    /// that decides a draw is known.
    #[must_use]
    pub fn turns_after(&self, now: Timestamp) -> Option<Timestamp> {
        let moments = [&self.opens, &self.closes, &self.withdraw_until];
        let known = self.draw.as_ref().map(|draw| &draw.known);
        moments.into_iter().chain(known).map(Zoned::timestamp).filter(|at| *at > now).min()
    }

    /// The programme tags it counts for, each once, its programme first.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        let further = self.tags.iter().map(String::as_str).filter(|tag| *tag != self.programme);
        std::iter::once(self.programme.as_str()).filter(|tag| !tag.is_empty()).chain(further)
    }

    /// Whether it was called off.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        matches!(self.state, EventState::Cancelled { .. })
    }

    /// The most seats a party with so many children may take.
    #[must_use]
    pub fn most_seats(&self, children: u32) -> u32 {
        self.child_seats
            .map_or(self.family_limit, |each| each.saturating_mul(children).min(self.family_limit))
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
    /// The first of the sessions that share these seats, if they are shared: then `capacity` is that of all of them together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Id<Session>>,
    /// In which venue: its own, or its event's.
    #[serde(default)]
    pub held_in: Option<Id<Venue>>,
    /// Grades and classes it is for; empty means whoever the event is for.
    #[serde(default)]
    pub eligible: Vec<Id<Place>>,
    /// Only for children who have not come to anything of the same programme before.
    #[serde(default)]
    pub first_timers: bool,
    /// Seats that are kept for some families; together at most `capacity` as it was planned.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<Hold>,
    /// Where it is in its life.
    #[serde(default)]
    pub state: SessionState,
    /// When it was to be before that was changed, the last of it last; at most [`limits::CHANGES_KEPT`].
    #[serde(default)]
    pub moves: Vec<Moved>,
    /// In which venue it was to be before that was changed, the last of it last; at most [`limits::CHANGES_KEPT`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub venues: Vec<HeldInWas>,
}

/// When a session was to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Moved {
    /// Wall time and zone.
    pub starts: Zoned,
    /// Wall time and zone.
    pub ends: Zoned,
    /// When that was changed.
    pub at: Timestamp,
}

impl Session {
    /// Whether it was called off.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.state != SessionState::Planned
    }

    /// Whether it takes place, as far as the school has said.
    #[must_use]
    pub fn takes_place(&self, event: &Event) -> bool {
        event.state == EventState::Published && !self.is_cancelled()
    }

    /// When it was to be at this moment, if that is another time than now: who booked then booked that.
    #[must_use]
    pub fn was_at(&self, at: Timestamp) -> Option<&Moved> {
        let then = self.moves.iter().find(|moved| moved.at > at);
        then.filter(|then| (&then.starts, &then.ends) != (&self.starts, &self.ends))
    }

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

pub(crate) fn event_feeds(event: &Event) -> Vec<Feed> {
    let mut feeds = vec![Feed::Desk(event.id.uuid())];
    if event.state != EventState::Draft {
        feeds.push(Feed::School);
    }
    feeds
}
