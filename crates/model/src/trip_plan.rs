//! 出行: an event that goes somewhere. Where from and to, how many children one adult looks after, the buses, the stops at
//! which the children are called, and whether a signed slip is needed.

use std::collections::BTreeSet;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Booking, Change, Decision, Event, EventState, Facts, Id, List, Notice, Power, Refusal, Row,
    Session, Stop, TripEnded,
    event::event_feeds,
    limits,
    limits::check_text,
    rights, trip_child,
    trip_slip::{self, After},
};

/// A bus.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Bus {
    /// 1 号车
    pub name: String,
    /// Seats beside the driver's; at most [`limits::BUS_SEATS`].
    pub seats: u32,
}

/// A trip as its desk plans it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct TripPlan {
    /// Where it begins: 学校东门.
    pub from: String,
    /// Where it goes: 重庆科技馆.
    pub to: String,
    /// Where one meets; may be empty.
    pub meeting_point: String,
    /// Children one adult looks after at most.
    pub children_per_adult: u32,
    /// Buses, in order; at most [`limits::BUSES`]. None where everybody walks.
    pub buses: Vec<Bus>,
    /// Whether a guardian signs for each child.
    pub slip: bool,
    /// Where the children are called, in order: 出发前, 到馆; at most [`limits::TRIP_STOPS`].
    pub stops: Vec<String>,
}

/// A slip that went out to who comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipSent {
    /// The notice that asks to sign.
    pub notice: Id<Notice>,
    /// When it went out: who signed up later has not got it.
    pub at: Timestamp,
}

/// A trip.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trip {
    /// As planned.
    #[serde(flatten)]
    pub plan: TripPlan,
    /// Slips that are with families, the last one last: notices to the event that ask to sign.
    #[serde(default)]
    pub slips: Vec<SlipSent>,
    /// Sessions of which everybody is back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ended: Vec<TripEnded>,
}

impl TripPlan {
    /// Adults that so many children need.
    #[must_use]
    pub fn adults_for(&self, children: u32) -> u32 {
        children.div_ceil(self.children_per_adult.max(1))
    }

    /// Adults that are missing where so many come with so many children.
    #[must_use]
    pub fn adults_short(&self, children: u32, adults: u32) -> u32 {
        self.adults_for(children).saturating_sub(adults)
    }

    /// A trip nobody has gone on yet.
    #[must_use]
    pub fn begun(&self) -> Trip {
        Trip { plan: self.tidy(), slips: Vec::new(), ended: Vec::new() }
    }

    pub(crate) fn tidy(&self) -> Self {
        let trim = |text: &String| text.trim().to_owned();
        let bus = |bus: &Bus| Bus { name: trim(&bus.name), seats: bus.seats };
        Self {
            from: trim(&self.from),
            to: trim(&self.to),
            meeting_point: trim(&self.meeting_point),
            buses: self.buses.iter().map(bus).collect(),
            stops: self.stops.iter().map(trim).collect(),
            ..self.clone()
        }
    }

    pub(crate) fn check(&self) -> Result<(), Stop> {
        let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
        let too_many = |field: &str, limit: usize| {
            let limit = u32::try_from(limit).unwrap_or(u32::MAX);
            Err(Refusal::TooMany { field: field.into(), limit }.into())
        };
        check_text("from", &self.from, 1, limits::TITLE_CHARS)?;
        check_text("to", &self.to, 1, limits::TITLE_CHARS)?;
        check_text("meeting_point", &self.meeting_point, 0, limits::TITLE_CHARS)?;
        if !(1..=limits::CHILDREN_PER_ADULT).contains(&self.children_per_adult) {
            return malformed("children_per_adult");
        }
        if self.buses.len() > limits::BUSES {
            return too_many("buses", limits::BUSES);
        }
        for bus in &self.buses {
            check_text("buses.name", &bus.name, 1, limits::GATE_NAME_CHARS)?;
            if !(1..=limits::BUS_SEATS).contains(&bus.seats) {
                return malformed("buses.seats");
            }
        }
        if self.stops.is_empty() {
            return malformed("stops");
        }
        if self.stops.len() > limits::TRIP_STOPS {
            return too_many("stops", limits::TRIP_STOPS);
        }
        for stop in &self.stops {
            check_text("stops", stop, 1, limits::GATE_NAME_CHARS)?;
        }
        let twice = |names: Vec<&str>| {
            let all = names.len();
            names.into_iter().map(str::trim).collect::<std::collections::BTreeSet<_>>().len() < all
        };
        if twice(self.buses.iter().map(|bus| bus.name.as_str()).collect()) {
            return malformed("buses.name");
        }
        if twice(self.stops.iter().map(String::as_str).collect()) {
            return malformed("stops");
        }
        Ok(())
    }
}

/// Makes a trip of an event, or changes what is planned of one. What was called at a stop stays: stops get other names, and
/// new ones come after them.
pub(crate) fn plan(facts: &Facts, actor: &Actor, id: Id<Event>, plan: &TripPlan) -> Decision {
    let event = facts.get(id)?;
    rights::require_power(facts, actor, Power::ManageEvents, &event.held_at)?;
    plan.check()?;
    if event.state != EventState::Published {
        return Err(Refusal::EventNotOpen.into());
    }
    let before = event.trip.as_ref();
    if before.is_some_and(|trip| plan.stops.len() < trip.plan.stops.len()) {
        return Err(Refusal::Malformed { field: "stops".into() }.into());
    }
    let slips = match before {
        Some(trip) => trip.slips.clone(),
        None if facts.complete() => trip_slip::sent_before(facts, id)?,
        None => Vec::new(),
    };
    let ended = before.map(|trip| trip.ended.clone()).unwrap_or_default();
    let trip = Trip { plan: plan.tidy(), slips, ended };
    if before == Some(&trip) {
        return Ok(Vec::new());
    }
    let new = before.is_none();
    let buses = trip.plan.buses.clone();
    let event = Event { trip: Some(trip), ..event.clone() };
    let feeds = event_feeds(&event);
    let mut changes = vec![Change::put(event.clone(), feeds)];
    // Who has signed up already comes along.
    if new && facts.complete() {
        let sessions = facts.list::<Session>(List::SessionsOf(id), limits::ROWS_PER_LIST)?;
        let bookings = Facts::each(&sessions, |session| {
            facts.list::<Booking>(List::BookingsOf(session.id), limits::ROWS_PER_LIST)
        })?;
        let after = After::new(facts, &changes);
        let parties = Facts::each(bookings.iter().flatten(), |booking| {
            trip_child::party(&after, &event, booking, booking.at)
        })?;
        changes.extend(parties.into_iter().flatten());
    }
    if let Some(before) = before.filter(|_| facts.complete())
        && before.plan.buses != buses
    {
        changes.extend(trip_child::move_along(facts, id, &moves(&before.plan.buses, &buses))?);
    }
    Ok(changes)
}

/// Where each bus that was planned is now. One that has its name is itself, wherever it stands; one at whose place a new name
/// stands got another name, unless there are fewer than before; any other is planned no more.
fn moves(before: &[Bus], now: &[Bus]) -> Vec<Option<u32>> {
    let place = |buses: &[Bus], name: &str| buses.iter().position(|bus| bus.name == name);
    let new = |at: usize| now.get(at).is_some_and(|bus| place(before, &bus.name).is_none());
    let moved = |(at, bus): (usize, &Bus)| {
        let renamed = (now.len() >= before.len() && new(at)).then_some(at);
        place(now, &bus.name).or(renamed).and_then(|at| u32::try_from(at).ok())
    };
    before.iter().enumerate().map(moved).collect()
}

/// What a decision changes on the trips it touches. Asked of every decision, so that no rule about seats, notices, answers or
/// rights has to know of trips.
pub(crate) fn follow(facts: &Facts, mut changes: Vec<Change>) -> Decision {
    if !facts.complete() {
        return Ok(changes);
    }
    let mut after = After::new(facts, &changes);
    let events = after.slips()?;
    let parties = Facts::each(after.written::<Booking>(), |booking| match after.find(booking.event)? {
        Some(event) if event.trip.is_some() => trip_child::party(&after, event, booking, facts.now()),
        _ => Ok(Vec::new()),
    })?
    .concat();
    let put = |change: &Change| if let Change::Put { row, .. } = change { Some(row.id()) } else { None };
    let followed: BTreeSet<_> = parties.iter().filter_map(put).collect();
    let lines = after.touched(&events)?;
    let others = lines.into_iter().filter(|line| !followed.contains(&line.id.uuid()));
    let others = Facts::each(others, |line| trip_child::said_anew(&after, line))?;
    for event in events {
        let stands = changes.iter_mut().find_map(|change| match change {
            Change::Put { row: Row::Event(stands), .. } if stands.id == event.id => Some(stands),
            _ => None,
        });
        match stands {
            Some(stands) => *stands = event,
            None => {
                let feeds = event_feeds(&event);
                changes.push(Change::put(event, feeds));
            }
        }
    }
    changes.extend(parties);
    changes.extend(others.into_iter().flatten());
    Ok(changes)
}
