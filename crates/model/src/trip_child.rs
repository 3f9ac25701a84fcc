//! Who goes on a trip: a line for each child, for the desk, for who goes along, and for the staff of its class. It says what
//! became of the slip and on which bus somebody put the child, and nothing else of the family.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Booking, BookingState, Change, Child, Decision, Event, Facts, Feed, Id, List, Notice, Place,
    Refusal, Seat, Session, Stop, Trip, TripLeft, check_in::require_steward, derived, limits,
    trip_slip::After,
};

/// What became of the slip of a child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum SlipState {
    /// Everybody who has to has signed it.
    Signed,
    /// One of two guardians has signed it.
    Half,
    /// Somebody said no.
    Refused,
}

/// What a family said to a slip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipSaid {
    /// To which.
    pub notice: Id<Notice>,
    /// What became of it.
    pub state: SlipState,
    /// Who said so.
    pub by_name: String,
    /// When.
    pub at: Timestamp,
}

/// A child on a trip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TripChild {
    /// Follows from session and child.
    pub id: Id<TripChild>,
    /// In which session.
    pub session: Id<Session>,
    /// Of which event.
    pub event: Id<Event>,
    /// Who.
    pub child: Id<Child>,
    /// The name.
    pub child_name: String,
    /// The last four of 学号: two of one name are told apart.
    pub tail: String,
    /// The class, if there is one now.
    pub class: Option<Id<Place>>,
    /// With whom: siblings come in one booking.
    pub booking: Id<Booking>,
    /// Adults of that booking.
    pub adults: u32,
    /// Since when it comes along.
    pub since: Timestamp,
    /// The bus somebody put it on, by its place in the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bus: Option<u32>,
    /// What the family said, as far as it holds: a no to any slip, else what became of the newest one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slip: Option<SlipSaid>,
    /// It was not accounted for as the trip was ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub left: Option<TripLeft>,
    /// It does not come any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gone: bool,
}

/// A wish to put a child on a bus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BusMove {
    /// In which session.
    pub session: Id<Session>,
    /// Who.
    pub child: Id<Child>,
    /// On which, by its place in the plan; where it fits if `None`.
    pub bus: Option<u32>,
}

impl TripChild {
    /// Where the line of a child is kept.
    #[must_use]
    pub fn of(session: Id<Session>, child: Id<Child>) -> Id<Self> {
        derived("trip-child", session.uuid(), child.uuid())
    }

    /// What was said to a slip that stands.
    #[must_use]
    pub fn said(&self, trip: &Trip) -> Option<&SlipSaid> {
        self.slip.as_ref().filter(|said| trip.slips.iter().any(|slip| slip.notice == said.notice))
    }

    /// Whether it came along after the last slip went out, so that nobody has asked its family yet.
    #[must_use]
    pub fn came_late(&self, trip: &Trip) -> bool {
        trip.slips.last().is_some_and(|slip| slip.at < self.since) && self.said(trip).is_none()
    }

    /// Who may know: the desk, who goes along, and the staff of the class.
    pub(crate) fn feeds(&self) -> Vec<Feed> {
        let all = [Feed::Desk(self.event.uuid()), Feed::CheckIn(self.event)];
        all.into_iter().chain(self.class.map(Feed::Class)).collect()
    }

    pub(crate) fn put(self) -> Change {
        let feeds = if self.gone { Vec::new() } else { self.feeds() };
        Change::put(self, feeds)
    }
}

/// The lines of one booking once a decision is written; who comes along anew does since then.
pub(crate) fn party(after: &After<'_>, event: &Event, booking: &Booking, since: Timestamp) -> Decision {
    let Some(trip) = &event.trip else { return Ok(Vec::new()) };
    let list = List::TripChildrenOf(booking.session);
    let before = after.facts.list::<TripChild>(list, limits::ROWS_PER_LIST)?;
    let before: Vec<_> = before.into_iter().filter(|line| line.booking == booking.id).collect();
    let confirmed = booking.state == BookingState::Confirmed;
    let seats = if confirmed { after.seats(booking.id)? } else { Vec::new() };
    let leave = before.iter().filter(|line| !seats.iter().any(|seat| seat.child == line.child));
    let mut changes: Vec<_> = leave
        .map(|line| TripChild { gone: true, bus: None, slip: None, left: None, ..(*line).clone() }.put())
        .collect();
    let lines = Facts::each(&seats, |seat| line(after, trip, booking, seat, since))?;
    changes.extend(lines.into_iter().flatten());
    Ok(changes)
}

/// The line of one child; `None` if it reads so already.
fn line(
    after: &After<'_>,
    trip: &Trip,
    booking: &Booking,
    seat: &Seat,
    since: Timestamp,
) -> Result<Option<Change>, Stop> {
    let id = TripChild::of(booking.session, seat.child);
    let child: Option<&Child> = after.find(seat.child)?;
    let before: Option<&TripChild> = after.find(id)?;
    let there = before.filter(|before| !before.gone);
    let line = TripChild {
        id,
        session: booking.session,
        event: booking.event,
        child: seat.child,
        child_name: seat.child_name.clone(),
        tail: child.map(Child::number_tail).unwrap_or_default(),
        class: child.and_then(Child::class),
        booking: booking.id,
        adults: booking.adults,
        since: there.map_or(since, |before| before.since),
        bus: there.and_then(|before| before.bus),
        slip: None,
        left: there.and_then(|before| before.left.clone()),
        gone: false,
    };
    let line = TripChild { slip: after.said(trip, &line)?, ..line };
    Ok((before != Some(&line)).then(|| line.put()))
}

/// A line whose slip may read otherwise once a decision is written; `None` if it reads so already.
pub(crate) fn said_anew(after: &After<'_>, line: &TripChild) -> Result<Option<Change>, Stop> {
    let event = after.find(line.event)?;
    let Some(trip) = event.and_then(|event| event.trip.as_ref()) else { return Ok(None) };
    let slip = after.said(trip, line)?;
    let class = after.find(line.child)?.map_or(line.class, Child::class);
    let new = TripChild { slip, class, ..line.clone() };
    Ok((new != *line).then(|| new.put()))
}

/// The event of a session, which must be a trip.
pub(crate) fn trip_of(facts: &Facts, session: Id<Session>) -> Result<(&Session, &Event, &Trip), Stop> {
    let session = facts.get(session)?;
    let event = facts.get(session.event)?;
    let trip = event.trip.as_ref().ok_or(Refusal::NothingAsked)?;
    Ok((session, event, trip))
}

/// Puts a child on a bus, or lets it sit where it fits.
pub(crate) fn move_bus(facts: &Facts, actor: &Actor, wish: &BusMove) -> Decision {
    let (session, event, trip) = trip_of(facts, wish.session)?;
    require_steward(facts, actor, event)?;
    session.check_takes_place(event)?;
    let line = facts.get(TripChild::of(session.id, wish.child))?;
    if line.gone {
        return Err(facts.missing(crate::Kind::TripChild));
    }
    if line.bus == wish.bus {
        return Ok(Vec::new());
    }
    if let Some(place) = wish.bus {
        let Some(bus) = trip.plan.buses.get(place as usize) else {
            return Err(Refusal::Malformed { field: "bus".into() }.into());
        };
        let lines = facts.list::<TripChild>(List::TripChildrenOf(session.id), limits::ROWS_PER_LIST)?;
        let put = lines.iter().filter(|other| other.bus == Some(place) && other.id != line.id).count();
        if put >= bus.seats as usize {
            return Err(Refusal::TooMany { field: "bus".into(), limit: bus.seats }.into());
        }
    }
    Ok(vec![TripChild { bus: wish.bus, ..line.clone() }.put()])
}

/// Whom somebody put on a bus stays on it where the buses are planned otherwise; whose bus is planned no more sits where it fits.
pub(crate) fn move_along(facts: &Facts, event: Id<Event>, moves: &[Option<u32>]) -> Decision {
    let sessions = facts.list::<Session>(List::SessionsOf(event), limits::ROWS_PER_LIST)?;
    let lines = Facts::each(sessions, |session| {
        facts.list::<TripChild>(List::TripChildrenOf(session.id), limits::ROWS_PER_LIST)
    })?;
    let moved = lines.into_iter().flatten().filter_map(|line| {
        let bus = line.bus.and_then(|bus| moves.get(bus as usize).copied().flatten());
        (bus != line.bus).then(|| TripChild { bus, ..line.clone() }.put())
    });
    Ok(moved.collect())
}
