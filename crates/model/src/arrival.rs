//! Who came: one row of each time somebody was let in, with exactly one state to be seen. Two gates that let the same party in
//! while they could not hear each other are settled by one rule when they meet again: whom the school hears of first is in,
//! the other is a second time, and both gates see it.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Booking, Change, Event, Facts, Feed, Gate, GateState, Id, Lease, List, Pass, PassState, Person,
    Refusal, Session, Stop, check_in, facts::Decision, limits, limits::check_text, pass, release,
};

/// Somebody was let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrival {
    /// Identity, made by the gate's device.
    pub id: Id<Arrival>,
    /// At which event.
    pub event: Id<Event>,
    /// In which session.
    pub session: Id<Session>,
    /// At which gate.
    pub gate: Id<Gate>,
    /// That gate's name.
    pub gate_name: String,
    /// Who let them in.
    pub person: Id<Person>,
    /// With which booking; none walked in.
    pub booking: Option<Id<Booking>>,
    /// Who walked in, as the gate wrote it; empty with a booking.
    pub name: String,
    /// Seats of the booking.
    pub seats: u32,
    /// Seats of the gate's own.
    pub extra: u32,
    /// When, as the gate's clock says; for people to read.
    pub at: Timestamp,
    /// Entered afterwards, from paper.
    pub on_paper: bool,
    /// What became of it.
    pub state: ArrivalState,
    /// Gates that let the same party in as well, each with its time; at most [`limits::AGAIN`].
    pub again: Vec<Again>,
}

/// What became of who was let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum ArrivalState {
    /// On site.
    In,
    /// Left again.
    Out {
        /// When.
        at: Timestamp,
    },
    /// Was a slip of the hand.
    Undone,
    /// Another gate let the same party in, and the school heard of that first.
    Again {
        /// Which gate.
        gate_name: String,
        /// When, as that gate's clock says.
        at: Timestamp,
    },
    /// The gate's seats had been taken back when it let them in.
    Conflict,
}

/// The same party at another gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Again {
    /// The other row.
    pub arrival: Id<Arrival>,
    /// Which gate.
    pub gate_name: String,
    /// When.
    pub at: Timestamp,
}

impl Arrival {
    /// Whether its seats are taken: whoever left may come back.
    #[must_use]
    pub fn counts(&self) -> bool {
        matches!(self.state, ArrivalState::In | ArrivalState::Out { .. })
    }

    fn put(self, family: impl IntoIterator<Item = Feed>) -> Change {
        let feeds: Vec<_> = [Feed::CheckIn(self.event)].into_iter().chain(family).collect();
        Change::put(self, feeds)
    }
}

/// To let somebody in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Arriving {
    /// Made by the gate's device.
    pub arrival: Id<Arrival>,
    /// At which gate.
    pub gate: Id<Gate>,
    /// To which session.
    pub session: Id<Session>,
    /// With which booking; none walks in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub booking: Option<Id<Booking>>,
    /// Who walks in, for people to read; up to [`limits::WALK_IN_CHARS`].
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Seats of the booking that are taken now.
    pub seats: u32,
    /// Seats of the gate's own.
    #[serde(default)]
    pub extra: u32,
    /// When, as the gate's clock says.
    #[schemars(with = "String")]
    pub at: Timestamp,
    /// Entered afterwards, from paper.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub on_paper: bool,
}

/// What is corrected about an arrival.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum ArrivalMove {
    /// They left.
    Left,
    /// They are back.
    Back,
    /// It was a slip of the hand.
    Undo,
}

/// What a gate says of a party, from what it has: the one rule the screen, the command line and the school share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Admission {
    /// 可入场
    May {
        /// Seats of the booking that nobody has taken.
        seats: u32,
    },
    /// 已签过: everybody of the booking is in.
    Already {
        /// At which gate.
        gate_name: String,
        /// When, as that gate's clock says.
        at: Timestamp,
    },
    /// 不在本场: it is for another session.
    OtherSession {
        /// Which.
        session: Id<Session>,
    },
    /// Nobody came in time and the seats went to others; there may be some left for who walks in.
    Released,
    /// The booking was given back.
    Gone,
}

/// What a gate that has heard everything up to a round says of a party with this pass.
#[must_use]
pub fn admission(agreed: u32, session: Id<Session>, pass: &Pass, arrivals: &[&Arrival]) -> Admission {
    let heard = |round: u32| agreed >= round;
    let counted = || arrivals.iter().filter(|arrival| arrival.counts());
    let taken: u32 = counted().map(|arrival| arrival.seats).sum();
    let left = pass.size.saturating_sub(taken);
    match pass.state {
        PassState::Gone => Admission::Gone,
        _ if pass.session != session => Admission::OtherSession { session: pass.session },
        PassState::Released => Admission::Released,
        PassState::Releasing { round } if heard(round) => Admission::Released,
        PassState::Valid | PassState::Releasing { .. } if left > 0 => Admission::May { seats: left },
        PassState::Valid | PassState::Releasing { .. } => match counted().min_by_key(|arrival| arrival.at) {
            Some(first) => Admission::Already { gate_name: first.gate_name.clone(), at: first.at },
            None => Admission::May { seats: 0 },
        },
    }
}

/// Lets somebody in. What a gate wrote down while it was cut off is never lost, whatever became of it meanwhile.
pub(crate) fn arrive(facts: &Facts, actor: &Actor, wish: &Arriving) -> Decision {
    let gate = facts.get(wish.gate)?;
    let event = facts.get(gate.event)?;
    if actor.person() != Some(gate.person) {
        return Err(facts.missing(crate::Kind::Gate));
    }
    if !facts.complete() {
        check_in::require_steward(facts, actor, event)?;
        if gate.state != GateState::Open {
            return Err(Refusal::GateClosed.into());
        }
    }
    let session = facts.get(wish.session)?;
    check_wish(facts, event, session, wish)?;
    let mut arrival = arriving(facts, gate, wish);
    let mut changes = Vec::new();
    let mut family = Vec::new();
    let mut first = None;
    if let Some(booking) = wish.booking {
        first = with_booking(facts, gate, booking, wish, &mut arrival)?;
        if let Some(row) = facts.find(booking)?.filter(|_| facts.complete()) {
            family.extend(row.seen_by.iter().copied());
        }
        if first.is_none() && arrival.counts() && wish.seats > 0 && facts.complete() {
            changes.extend(release::keep(facts, booking)?);
        }
    }
    if let Some(first) = first {
        arrival.state = ArrivalState::Again { gate_name: first.gate_name.clone(), at: first.at };
        changes.extend(told(facts, first, &arrival)?);
    } else if arrival.counts() && wish.extra > 0 {
        let lease = gate.lease(session.id);
        if wish.extra > lease.left() {
            // Where its seats were taken back meanwhile, what it did stands to be seen and takes nobody's seat.
            if gate.state == GateState::Open {
                return Err(Refusal::NoWalkInSeats { left: lease.left() }.into());
            }
            arrival.state = ArrivalState::Conflict;
        } else {
            changes.push(gate.with(Lease { used: lease.used + wish.extra, ..lease }).put());
        }
    }
    changes.push(arrival.put(family));
    Ok(changes)
}

fn check_wish(facts: &Facts, event: &Event, session: &Session, wish: &Arriving) -> Result<(), Stop> {
    if session.event != event.id {
        return Err(Refusal::Malformed { field: "session".into() }.into());
    }
    check_in::check_time(facts, event, session)?;
    check_text("name", &wish.name, 0, limits::WALK_IN_CHARS)?;
    let people = wish.seats.saturating_add(wish.extra);
    if people == 0 || people > limits::SEATS_PER_SESSION || (wish.booking.is_none() && wish.seats > 0) {
        return Err(Refusal::Malformed { field: "seats".into() }.into());
    }
    // Who walks in has a name; a family has its own.
    if wish.booking.is_none() == wish.name.trim().is_empty() {
        return Err(Refusal::Malformed { field: "name".into() }.into());
    }
    if facts.taken(wish.arrival)? {
        return Err(Refusal::Malformed { field: "arrival".into() }.into());
    }
    Ok(())
}

fn arriving(facts: &Facts, gate: &Gate, wish: &Arriving) -> Arrival {
    Arrival {
        id: wish.arrival,
        event: gate.event,
        session: wish.session,
        gate: gate.id,
        gate_name: gate.name.clone(),
        person: gate.person,
        booking: wish.booking,
        name: wish.name.trim().to_owned(),
        seats: wish.seats,
        extra: wish.extra,
        at: check_in::when(facts, wish.at),
        on_paper: wish.on_paper,
        state: ArrivalState::In,
        again: Vec::new(),
    }
}

/// Judges a party with a booking; the arrival that was first, if another gate let them in.
fn with_booking<'f>(
    facts: &'f Facts,
    gate: &Gate,
    booking: Id<Booking>,
    wish: &Arriving,
    arrival: &mut Arrival,
) -> Result<Option<&'f Arrival>, Stop> {
    let passes = pass::of_booking(facts, booking)?;
    let before = facts.list::<Arrival>(List::ArrivalsOf(booking), limits::ROWS_PER_LIST)?;
    // A child that was taken out of the booking does not take its family's place.
    let pass = passes.iter().find(|pass| pass.state != PassState::Gone).or(passes.first());
    let Some(pass) = pass.filter(|pass| pass.event == gate.event) else {
        return Err(facts.missing(crate::Kind::Pass));
    };
    let revoked = gate.state != GateState::Open;
    match admission(gate.agreed, wish.session, pass, &before) {
        // Only seats of the gate's own are asked for: whatever became of the booking.
        Admission::Released | Admission::Gone | Admission::Already { .. } if wish.seats == 0 => Ok(None),
        Admission::May { seats } if wish.seats <= seats => Ok(None),
        Admission::May { .. } | Admission::Already { .. } => {
            let first = before.into_iter().filter(|one| one.counts()).min_by_key(|one| one.at);
            match first {
                Some(first) if facts.complete() => Ok(Some(first)),
                Some(first) => {
                    Err(Refusal::AlreadyIn { gate_name: first.gate_name.clone(), at: first.at }.into())
                }
                None => Err(Refusal::Malformed { field: "seats".into() }.into()),
            }
        }
        Admission::Released if revoked => {
            arrival.state = ArrivalState::Conflict;
            Ok(None)
        }
        Admission::Released => Err(Refusal::SeatReleased.into()),
        Admission::OtherSession { session } => Err(Refusal::OtherSession { session: session.uuid() }.into()),
        Admission::Gone => Err(Refusal::BookingGone.into()),
    }
}

/// The gate that was first is told of the second.
fn told(facts: &Facts, first: &Arrival, second: &Arrival) -> Decision {
    if first.again.len() >= limits::AGAIN {
        return Ok(Vec::new());
    }
    let mut first = first.clone();
    first.again.push(Again { arrival: second.id, gate_name: second.gate_name.clone(), at: second.at });
    let family = family_of(facts, &first)?;
    Ok(vec![first.put(family)])
}

/// The feeds of whose booking it is.
fn family_of(facts: &Facts, arrival: &Arrival) -> Result<Vec<Feed>, Stop> {
    match arrival.booking {
        Some(booking) if facts.complete() => Ok(facts.get(booking)?.seen_by.clone()),
        _ => Ok(Vec::new()),
    }
}

/// Corrects what was written down.
pub(crate) fn correct(facts: &Facts, actor: &Actor, id: Id<Arrival>, to: ArrivalMove) -> Decision {
    let arrival = facts.get(id)?;
    let event = facts.get(arrival.event)?;
    let person = check_in::require_steward(facts, actor, event)?;
    if arrival.person != person && to == ArrivalMove::Undo {
        check_in::require_supervisor(facts, actor, event)?;
    }
    let session = facts.get(arrival.session)?;
    check_in::check_time(facts, event, session)?;
    let state = match (to, &arrival.state) {
        (ArrivalMove::Left, ArrivalState::In) => ArrivalState::Out { at: facts.now() },
        (ArrivalMove::Back, ArrivalState::Out { .. }) => ArrivalState::In,
        (ArrivalMove::Undo, ArrivalState::Undone) => return Ok(Vec::new()),
        (ArrivalMove::Undo, _) => ArrivalState::Undone,
        (ArrivalMove::Left | ArrivalMove::Back, _) => return Ok(Vec::new()),
    };
    let undone = state == ArrivalState::Undone;
    let mut changes = Vec::new();
    if undone && arrival.counts() {
        changes.extend(give_back(facts, arrival)?);
        changes.extend(next(facts, arrival)?);
    }
    let family = family_of(facts, arrival)?;
    changes.push(Arrival { state, ..arrival.clone() }.put(family));
    Ok(changes)
}

/// A gate that is open may give the seats of a slip of the hand again; of one that is not they stay given.
fn give_back(facts: &Facts, arrival: &Arrival) -> Decision {
    if arrival.extra == 0 {
        return Ok(Vec::new());
    }
    let gate = facts.get(arrival.gate)?;
    if gate.state != GateState::Open {
        return Ok(Vec::new());
    }
    let lease = gate.lease(arrival.session);
    let used = lease.used.saturating_sub(arrival.extra);
    Ok(vec![gate.with(Lease { used, ..lease }).put()])
}

/// Where the first of two was a slip, the second is who came.
fn next(facts: &Facts, undone: &Arrival) -> Decision {
    let Some(booking) = undone.booking.filter(|_| undone.extra == 0) else { return Ok(Vec::new()) };
    let others = facts.list::<Arrival>(List::ArrivalsOf(booking), limits::ROWS_PER_LIST)?;
    let second = others.into_iter().find(|one| {
        matches!(one.state, ArrivalState::Again { .. }) && one.extra == 0 && one.seats <= undone.seats
    });
    let Some(second) = second else { return Ok(Vec::new()) };
    let family = family_of(facts, second)?;
    Ok(vec![Arrival { state: ArrivalState::In, ..second.clone() }.put(family)])
}
