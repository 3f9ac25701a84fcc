//! A gate: one computer at one door, with seats of its own to give to who walks in. What it says without a network stands:
//! nobody else may give those seats.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Allotment, Change, CheckIn, Due, DueKind, Event, Facts, Feed, Id, List, Person, Refusal, Session,
    Stop, check_in, facts::Decision, limits, limits::check_text, release,
};

/// One computer at one door. Only who opened it speaks for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    /// Identity, made by the device that stands there.
    pub id: Id<Gate>,
    /// Of which event.
    pub event: Id<Event>,
    /// 北门
    pub name: String,
    /// Who opened it.
    pub person: Id<Person>,
    /// That person's name.
    pub person_name: String,
    /// Since when.
    pub opened: Timestamp,
    /// Where it is in its life.
    pub state: GateState,
    /// Up to which round it has heard what was taken back; see [`CheckIn::round`].
    pub agreed: u32,
    /// Seats it may give to who walks in, for each session.
    pub leases: Vec<Lease>,
}

/// Where a gate is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum GateState {
    /// It lets in.
    Open,
    /// It said itself that it is over, or its time was; its seats went back.
    Closed {
        /// When.
        at: Timestamp,
    },
    /// It did not come back, and somebody took its seats. What it gave away after that is shown as a conflict.
    Revoked {
        /// When.
        at: Timestamp,
    },
}

/// Seats of one session that one gate may give away: its slice of the session's ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Lease {
    /// Of which session.
    pub session: Id<Session>,
    /// Seats it may give.
    pub seats: u32,
    /// Seats it gave.
    pub used: u32,
}

/// To stand at a door.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct GateDraft {
    /// Made by the device.
    pub id: Id<Gate>,
    /// Of which event.
    pub event: Id<Event>,
    /// 北门; up to [`limits::GATE_NAME_CHARS`].
    pub name: String,
}

impl Gate {
    /// What it may give of a session.
    #[must_use]
    pub fn lease(&self, session: Id<Session>) -> Lease {
        let found = self.leases.iter().find(|lease| lease.session == session);
        found.copied().unwrap_or(Lease { session, seats: 0, used: 0 })
    }

    pub(crate) fn with(&self, lease: Lease) -> Self {
        let mut leases: Vec<_> =
            self.leases.iter().filter(|old| old.session != lease.session).copied().collect();
        leases.push(lease);
        Self { leases, ..self.clone() }
    }

    pub(crate) fn put(self) -> Change {
        let feed = Feed::CheckIn(self.event);
        Change::put(self, [feed])
    }
}

impl Lease {
    /// Seats it may still give.
    #[must_use]
    pub fn left(&self) -> u32 {
        self.seats.saturating_sub(self.used)
    }
}

/// Opens a gate on the device that made its id.
pub(crate) fn open(facts: &Facts, actor: &Actor, draft: &GateDraft) -> Decision {
    let event = facts.get(draft.event)?;
    let person = check_in::require_steward(facts, actor, event)?;
    check_text("name", &draft.name, 1, limits::GATE_NAME_CHARS)?;
    let check_in = facts.get(CheckIn::of(event.id))?;
    if facts.taken(draft.id)? {
        return Err(Refusal::Malformed { field: "gate".into() }.into());
    }
    if check_in.gates.len() >= limits::GATES {
        let limit = u32::try_from(limits::GATES).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "gates".into(), limit }.into());
    }
    let sessions = facts.list::<Session>(List::SessionsOf(event.id), limits::ROWS_PER_LIST)?;
    check_some_time(facts, event, &sessions)?;
    // Whom it may let in is known only once the school knows that it is there.
    if !facts.complete() {
        return Err(Stop::Unknown);
    }
    let gate = Gate {
        id: draft.id,
        event: event.id,
        name: draft.name.trim().to_owned(),
        person,
        person_name: facts.get(person)?.name.clone(),
        opened: facts.now(),
        state: GateState::Open,
        agreed: check_in.round,
        leases: Vec::new(),
    };
    let mut check_in = check_in.clone();
    check_in.gates.push(gate.id);
    let closes = closes(facts.now(), &sessions);
    let due = Due::new(DueKind::CloseGate, gate.id.uuid(), closes, 0);
    Ok(vec![check_in.put(), gate.put(), Change::Set(due)])
}

/// A gate that nobody closed ends some hours after the sessions it was opened for: what others wait for must not stand still.
fn closes(now: Timestamp, sessions: &[&Session]) -> Timestamp {
    let day = now.saturating_add(limits::GATE_HOURS).unwrap_or(now);
    let soon = sessions.iter().filter(|session| session.starts.timestamp() <= day);
    let last = soon.map(|session| session.ends.timestamp()).max().unwrap_or(now).max(now);
    last.saturating_add(limits::CHECK_IN_BEFORE).unwrap_or(last)
}

/// Whether somebody may come to one of the sessions now; else why not to the first that is to come.
fn check_some_time(facts: &Facts, event: &Event, sessions: &[&Session]) -> Result<(), Stop> {
    let ahead = |session: &&&Session| session.ends.timestamp() > facts.now() && !session.is_cancelled();
    if sessions.iter().any(|session| check_in::check_time(facts, event, session).is_ok()) {
        return Ok(());
    }
    match sessions.iter().filter(ahead).min_by_key(|session| session.starts.timestamp()) {
        Some(next) => check_in::check_time(facts, event, next),
        None => Err(Refusal::EventNotOpen.into()),
    }
}

/// The time of a gate is over. One that was closed or revoked before stays so.
pub(crate) fn close_by_time(facts: &Facts, id: Id<Gate>) -> Decision {
    let gate = facts.get(id)?;
    if gate.state != GateState::Open {
        return Ok(Vec::new());
    }
    end(facts, facts.get(gate.event)?, gate, GateState::Closed { at: facts.now() })
}

impl CheckIn {
    /// Takes the seats of every gate somebody has open.
    pub(crate) fn end_gates_of(&self, facts: &Facts, event: &Event, person: Id<Person>) -> Decision {
        let gates = Facts::each(&self.gates, |gate| facts.get(*gate))?;
        let own: Vec<_> = gates.into_iter().filter(|gate| gate.person == person).collect();
        if own.is_empty() {
            return Ok(Vec::new());
        }
        end_of(facts, event, &own, GateState::Revoked { at: facts.now() })
    }
}

/// Gives a gate so many seats of a session for who walks in, as far as there are any; or takes back what it has not given.
pub(crate) fn lease(
    facts: &Facts,
    actor: &Actor,
    id: Id<Gate>,
    session: Id<Session>,
    seats: u32,
) -> Decision {
    let (gate, event) = own(facts, actor, id)?;
    let session = facts.get(session)?;
    if session.event != event.id {
        return Err(Refusal::Malformed { field: "session".into() }.into());
    }
    let mut lease = gate.lease(session.id);
    // Seats come back at any time, also of what was called off: of a pool others wait for them.
    if seats > lease.seats {
        check_in::check_time(facts, event, session)?;
        if event.is_drawing() {
            return Err(Refusal::DrawPending.into());
        }
    }
    if seats < lease.used {
        return Err(Refusal::SeatsHeld { used: lease.used }.into());
    }
    if seats == lease.seats {
        return Ok(Vec::new());
    }
    if seats < lease.seats && !facts.complete() {
        // From here on it gives no more than that, whenever the school hears of it.
        lease.seats = seats;
        return Ok(vec![gate.with(lease).put()]);
    }
    let mut allotment = facts.get(Allotment::of(session.counted_with().uuid()))?.clone();
    if seats > lease.seats {
        // Who waits is served first, until it begins.
        // Of a pool somebody may wait for another session.
        let alone = session.has_begun(facts.now()) && session.pool.is_none();
        let free = if alone { allotment.free() } else { allotment.open_seats() };
        let more = (seats - lease.seats).min(free);
        if more == 0 {
            return Err(Refusal::Full.into());
        }
        allotment.lend(more);
        lease.seats = lease.seats.saturating_add(more);
        return Ok(vec![gate.with(lease).put(), Change::put(allotment, [])]);
    }
    allotment.take_back(lease.seats - seats);
    lease.seats = seats;
    let mut changes = vec![gate.with(lease).put()];
    changes.extend(release::pass_on(facts, event, session, &mut allotment)?);
    changes.push(Change::put(allotment, []));
    Ok(changes)
}

/// The gate has heard what was taken back, and lets nobody in with it from now on.
pub(crate) fn agree(facts: &Facts, actor: &Actor, id: Id<Gate>, round: u32) -> Decision {
    let (gate, event) = own(facts, actor, id)?;
    let check_in = facts.get(CheckIn::of(event.id))?;
    if round <= gate.agreed {
        return Ok(Vec::new());
    }
    if round > check_in.round {
        return Err(Refusal::Malformed { field: "round".into() }.into());
    }
    let gate = Gate { agreed: round, ..gate.clone() };
    let mut changes = vec![gate.clone().put()];
    if facts.complete() {
        changes.extend(release::settle(facts, event, check_in, Some(&gate))?);
    }
    Ok(changes)
}

/// Closes a gate: its seats go back, and nobody waits for it any more.
pub(crate) fn close(facts: &Facts, actor: &Actor, id: Id<Gate>) -> Decision {
    let (gate, event) = own(facts, actor, id)?;
    let state = GateState::Closed { at: facts.now() };
    end(facts, event, gate, state)
}

/// Takes the seats of a gate that did not come back. What it let in meanwhile is shown as a conflict.
pub(crate) fn revoke(facts: &Facts, actor: &Actor, id: Id<Gate>) -> Decision {
    let gate = facts.get(id)?;
    let event = facts.get(gate.event)?;
    check_in::require_supervisor(facts, actor, event)?;
    if gate.state != GateState::Open {
        return Ok(Vec::new());
    }
    // What it gave meanwhile, only it knows.
    if !facts.complete() {
        return Err(Stop::Unknown);
    }
    end(facts, event, gate, GateState::Revoked { at: facts.now() })
}

fn end(facts: &Facts, event: &Event, gate: &Gate, state: GateState) -> Decision {
    end_of(facts, event, &[gate], state)
}

fn end_of(facts: &Facts, event: &Event, gates: &[&Gate], state: GateState) -> Decision {
    let kept = |lease: &Lease| Lease { seats: lease.used, ..*lease };
    let ended = gates.iter().map(|gate| {
        let leases = gate.leases.iter().map(kept).collect();
        Gate { state, leases, ..(*gate).clone() }.put()
    });
    let mut changes: Vec<_> = ended.collect();
    if !facts.complete() {
        return Ok(changes);
    }
    let mut check_in = facts.get(CheckIn::of(event.id))?.clone();
    check_in.gates.retain(|open| !gates.iter().any(|gate| gate.id == *open));
    // Seats that nobody walked in for are the session's again.
    let mut returned: BTreeMap<Id<Session>, u32> = BTreeMap::new();
    for lease in gates.iter().flat_map(|gate| &gate.leases).filter(|lease| lease.left() > 0) {
        *returned.entry(lease.session).or_default() += lease.left();
    }
    changes.extend(release::settle_with(facts, event, &check_in, None, returned)?);
    changes.push(check_in.put());
    Ok(changes)
}

/// A gate that is open, with its event; only who opened it speaks for it.
pub(crate) fn own<'f>(facts: &'f Facts, actor: &Actor, id: Id<Gate>) -> Result<(&'f Gate, &'f Event), Stop> {
    let gate = facts.get(id)?;
    let event = facts.get(gate.event)?;
    let person = check_in::require_steward(facts, actor, event)?;
    if gate.person != person {
        return Err(facts.missing(crate::Kind::Gate));
    }
    match gate.state {
        GateState::Open => Ok((gate, event)),
        GateState::Closed { .. } | GateState::Revoked { .. } => Err(Refusal::GateClosed.into()),
    }
}
