//! A family's booking of a session: its seats, and what must hold before it takes any.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, BookingAnswer, Change, Child, Entered, Event, Facts, Feed, Hold, Id, Link, List, Person, Proxy,
    PutBack, Refusal, Right, Session, Stop, derived, limits, rights,
};

/// Where a booking is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum BookingState {
    /// 在抽签中: it holds no seats and waits for the draw.
    Entered,
    /// 未抽中: the draw left it without a seat, and there is no waitlist.
    NotDrawn,
    /// 报名成功
    Confirmed,
    /// 候补
    Waiting,
    /// 有名额了: held for this family until then.
    Offered {
        /// The family must say by then; never after the session's start.
        until: Timestamp,
    },
    /// Given back.
    Withdrawn,
    /// An offer that was declined or not answered in time.
    Lapsed,
    /// The session has fewer seats now than this party takes; see [`Booking::put_back`].
    Displaced,
    /// Nobody came in time, and the seats went to others.
    Released,
}

impl BookingState {
    /// Whether it holds seats.
    #[must_use]
    pub fn holds_seats(self) -> bool {
        matches!(self, Self::Confirmed | Self::Offered { .. })
    }

    /// Whether it is an offer that still may be accepted.
    #[must_use]
    pub fn may_accept(self, now: Timestamp) -> bool {
        matches!(self, Self::Offered { until } if now < until)
    }

    /// Whether it is over.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Withdrawn | Self::Lapsed | Self::Displaced | Self::Released | Self::NotDrawn)
    }
}

/// A family's booking of one session. It names no child: the children are its [`Seat`]s.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Booking {
    /// Identity, made by the device that composed it.
    pub id: Id<Booking>,
    /// Which session.
    pub session: Id<Session>,
    /// Of which event.
    pub event: Id<Event>,
    /// The guardian whose booking it is.
    pub guardian: Id<Person>,
    /// That guardian's name.
    pub guardian_name: String,
    /// 代办: who entered what it says now, and why.
    pub entered: Option<Entered>,
    /// How many children come.
    pub children: u32,
    /// How many adults come.
    pub adults: u32,
    /// Seats it takes, by the event's rule.
    pub size: u32,
    /// Where it is in its life.
    pub state: BookingState,
    /// Its place in the order of acceptance by the server; the waitlist is served in this order.
    pub seq: u32,
    /// The first session of the pool its seats are of, if they are of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<Id<Session>>,
    /// The hold of its session it is of, as long as that keeps seats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hold: Option<Id<Hold>>,
    /// When the server took it.
    pub at: Timestamp,
    /// Counts offers and changes, so that a late timer of an earlier offer changes nothing.
    pub generation: u32,
    /// The feeds it stands in, kept here so that a timer needs no look-up of the family.
    pub seen_by: Vec<Feed>,
    /// What was asked, and what the family answered.
    #[serde(default)]
    pub answers: Vec<BookingAnswer>,
    /// It held seats, or waited, until there were fewer.
    #[serde(default)]
    pub put_back: Option<PutBack>,
    /// In a draw: the sessions wished for, the best first. Until it is drawn the first of them is `session`.
    #[serde(default)]
    pub wishes: Vec<Id<Session>>,
    /// When it was drawn.
    #[serde(default)]
    pub drawn: Option<Timestamp>,
    /// The draw left it without a seat, and it was offered none since: that weighs in the next draw.
    #[serde(default)]
    pub missed: bool,
    /// Nobody had come, and its seats went to others: when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub released: Option<Timestamp>,
}

impl Booking {
    /// The feeds of the desk, and of staff who entered it.
    pub(crate) fn staff_feeds(&self) -> impl Iterator<Item = Feed> {
        self.seen_by.iter().copied().filter(|feed| !matches!(feed, Feed::ChildRight(..)))
    }

    /// Whether the family may still give seats back on its own. One that phoned after that is helped by staff, and who
    /// booked another time than it is now may leave until it begins.
    pub(crate) fn check_in_time(
        &self,
        now: Timestamp,
        event: &Event,
        session: &Session,
        proxy: Option<&Proxy>,
    ) -> Result<(), Stop> {
        if !event.takes_back_at(now) && proxy.is_none() && session.was_at(self.at).is_none() {
            return Err(Refusal::Closed { since: event.withdraw_until.clone() }.into());
        }
        Ok(())
    }
}

/// One child's seat in a booking. One row for each child: a row names at most one child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Follows from session and child.
    pub id: Id<Seat>,
    /// Whose.
    pub child: Id<Child>,
    /// The child's name, for the desk.
    pub child_name: String,
    /// Of which booking.
    pub booking: Id<Booking>,
    /// In which session.
    pub session: Id<Session>,
    /// Of which event.
    pub event: Id<Event>,
    /// The child comes no more: it stands on no list and in no feed.
    #[serde(default)]
    pub gone: bool,
}

/// A child's seat in a booking, for its family and for staff who see the booking.
pub(crate) fn seat(booking: &Booking, child: &Child, staff: &[Feed]) -> Change {
    let seat = Seat {
        id: derived("seat", booking.session.uuid(), child.id.uuid()),
        child: child.id,
        child_name: child.name.clone(),
        booking: booking.id,
        session: booking.session,
        event: booking.event,
        gone: false,
    };
    let family = Feed::ChildRight(child.id, Right::Decide);
    Change::put(seat, staff.iter().copied().chain([family]).collect::<Vec<_>>())
}

/// The party is well formed and somebody may decide for every child in it.
pub(crate) fn check_party(
    facts: &Facts,
    actor: &Actor,
    children: &[Id<Child>],
    adults: u32,
    on_behalf_of: Option<&Proxy>,
) -> Result<Id<Person>, Stop> {
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    if children.is_empty() {
        return malformed("children");
    }
    if children.len() > limits::CHILDREN_PER_BOOKING {
        let limit = u32::try_from(limits::CHILDREN_PER_BOOKING).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "children".into(), limit }.into());
    }
    if adults > limits::ADULTS_PER_BOOKING {
        return Err(Refusal::TooMany { field: "adults".into(), limit: limits::ADULTS_PER_BOOKING }.into());
    }
    if children.iter().collect::<BTreeSet<_>>().len() != children.len() {
        return malformed("children");
    }
    let guardians = Facts::each(children, |child| {
        rights::require_right(facts, actor, on_behalf_of, *child, Right::Decide)
    })?;
    guardians.first().copied().map_or_else(|| malformed("children"), Ok)
}

pub(crate) fn check_open(facts: &Facts, event: &Event, session: &Session) -> Result<(), Stop> {
    match event.open_at(facts.now()) {
        // Of the two reasons the session's says more.
        Ok(()) | Err(Refusal::Closed { .. }) if session.has_begun(facts.now()) => {
            Err(Refusal::Started { since: session.starts.clone() }.into())
        }
        open => Ok(open?),
    }
}

/// What a family asks for.
pub(crate) struct Wanted<'w> {
    /// For whom.
    pub(crate) children: &'w [Id<Child>],
    /// Seats.
    pub(crate) size: u32,
    /// The booking this takes the place of.
    pub(crate) instead_of: Option<Id<Booking>>,
}

/// No child twice in one session nor more often in one event than it says, and no family over its limit. A family is the
/// guardian's children: what the other guardian booked for them counts too. What was called off does not count, but an entry
/// in a draw does: it has other wishes, or can be given some.
pub(crate) fn check_family(
    facts: &Facts,
    event: &Event,
    session: &Session,
    guardian: Id<Person>,
    wanted: &Wanted<'_>,
) -> Result<(), Stop> {
    let links = facts.list::<Link>(List::LinksBy(guardian), limits::ROWS_PER_LIST)?;
    let today = facts.today()?;
    let own = links.iter().filter(|link| link.counts(today)).map(|link| link.child);
    // Of several guardians each may know other children of one booking.
    let children: BTreeSet<_> = own.chain(wanted.children.iter().copied()).collect();
    let seats =
        Facts::each(&children, |child| facts.list::<Seat>(List::SeatsFor(*child), limits::ROWS_PER_LIST))?;
    let seats: Vec<_> = seats.into_iter().flatten().filter(|seat| seat.event == event.id).collect();
    let bookings = Facts::each(&seats, |seat| facts.find(seat.booking));
    let sessions = Facts::each(&seats, |seat| facts.find(seat.session));
    let (mut held, mut times) = (BTreeMap::new(), BTreeMap::new());
    for ((seat, booking), at) in seats.iter().zip(bookings?).zip(sessions?) {
        let counts = |booking: &&Booking| !booking.state.is_over() && Some(booking.id) != wanted.instead_of;
        let Some(booking) = booking.filter(counts) else { continue };
        if at.is_some_and(Session::is_cancelled) && booking.state != BookingState::Entered {
            continue;
        }
        if wanted.children.contains(&seat.child) {
            if event.child_limit <= 1 || seat.session == session.id {
                return Err(Refusal::AlreadyBooked { booking: booking.id.uuid() }.into());
            }
            let sessions: &mut u32 = times.entry(seat.child).or_default();
            *sessions += 1;
            if *sessions >= event.child_limit {
                return Err(Refusal::ChildLimit { limit: event.child_limit }.into());
            }
        }
        held.insert(booking.id, booking.size);
    }
    if wanted.size > event.seats_left(held.values().sum()) {
        return Err(Refusal::FamilyLimit { limit: event.family_limit }.into());
    }
    Ok(())
}

/// Loads a booking that the actor may act on, with its surroundings.
pub(crate) fn own<'f>(
    facts: &'f Facts,
    actor: &Actor,
    on_behalf_of: Option<&Proxy>,
    id: Id<Booking>,
) -> Result<(&'f Booking, &'f Event, &'f Session), Stop> {
    let booking = facts.get(id)?;
    let seats = facts.list::<Seat>(List::SeatsOf(id), limits::ROWS_PER_LIST)?;
    // All or none: whoever gives back or accepts may decide for every child in it.
    let _ = Facts::each(&seats, |seat| {
        rights::require_right(facts, actor, on_behalf_of, seat.child, Right::Decide).map_err(
            |stop| match stop {
                // Another family's booking does not exist for you.
                Stop::Refused(Refusal::NotFound { .. }) => facts.missing(crate::Kind::Booking),
                stop => stop,
            },
        )
    })?;
    if seats.is_empty() && facts.complete() {
        return Err(facts.missing(crate::Kind::Booking));
    }
    let session = facts.get(booking.session)?;
    Ok((booking, facts.get(session.event)?, session))
}

pub(crate) fn put(booking: &Booking, state: BookingState, generation: u32) -> Change {
    let feeds = booking.seen_by.clone();
    // Why seats were taken back is told until there are seats again.
    let put_back = booking.put_back.clone().filter(|_| !state.holds_seats());
    let missed = booking.missed && !state.holds_seats();
    Change::put(Booking { state, generation, put_back, missed, ..booking.clone() }, feeds)
}

/// The booking as this actor leaves it.
pub(crate) fn entered(
    facts: &Facts,
    actor: &Actor,
    on_behalf_of: Option<&Proxy>,
    booking: &Booking,
) -> Result<Booking, Stop> {
    let entered = actor.entered(facts, on_behalf_of)?;
    Ok(Booking { entered, ..booking.clone() })
}

/// No booking has more seats than the children who come give it.
pub(crate) fn check_child_seats(event: &Event, children: &[Id<Child>], size: u32) -> Result<(), Stop> {
    match event.child_seats {
        Some(limit) if size > limit.saturating_mul(count(children)) => {
            Err(Refusal::ChildSeats { limit }.into())
        }
        _ => Ok(()),
    }
}

pub(crate) fn count<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}

/// Whoever booked must be able to give all of it back: another guardian's own child comes in a booking of its own.
pub(crate) fn check_booker(facts: &Facts, booker: Id<Person>, joining: &[&Child]) -> Result<(), Stop> {
    let links = facts.list::<Link>(List::LinksBy(booker), limits::ROWS_PER_LIST)?;
    let today = facts.today()?;
    let decides =
        |child: &&Child| links.iter().any(|it| it.child == child.id && it.allows(Right::Decide, today));
    if facts.complete() && !joining.iter().all(decides) {
        return Err(Refusal::NoRight { right: Right::Decide }.into());
    }
    Ok(())
}
