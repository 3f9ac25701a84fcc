//! The gates of an event: what each has, what they count together, and what they settled.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use xinmei_model::{
    Arrival, ArrivalState, CheckIn, Event, EventState, Gate, GateState, Id, Kind, List, Person, Role,
    Session, Steward, limits,
};

use super::Roll;
use crate::{
    Client,
    api::{
        Ask, Fault,
        check_in::{self, Board, BoardView, CheckInLine, CheckIns, GateView, StewardView},
    },
    view::{ask::read, reading::Reading},
};

/// Scans the window shows.
const RECENT: usize = 10;
/// Events are set up so long before.
const AHEAD: SignedDuration = SignedDuration::from_hours(14 * 24);

impl Ask for check_in::List {
    type Reply = CheckIns;

    async fn answer(self, client: &Client) -> Result<CheckIns, Fault> {
        read(client, list).await
    }
}

impl Ask for Board {
    type Reply = BoardView;

    async fn answer(self, client: &Client) -> Result<BoardView, Fault> {
        read(client, move |reading| board(reading, self.event)).await
    }
}

fn list(reading: &Reading<'_>) -> Result<CheckIns, Fault> {
    let mut events = Vec::new();
    for event in reading.snapshot.list::<Event>(List::All(Kind::Event))? {
        if event.state == EventState::Published && reading.stewards(&event)? && is_near(reading, &event)? {
            events.push(line(reading, &event, &reading.rolls_of(&event)?)?);
        }
    }
    events.sort_by(|a, b| {
        let starts = |line: &CheckInLine| line.next.as_ref().map(|session| session.starts.timestamp());
        starts(a).cmp(&starts(b))
    });
    Ok(CheckIns { events })
}

/// Whether a session begins soon, or is not so long ago that nothing may be written down any more.
fn is_near(reading: &Reading<'_>, event: &Event) -> Result<bool, Fault> {
    let sessions: Vec<Session> = reading.snapshot.list(List::SessionsOf(event.id))?;
    let until = reading.now.saturating_add(AHEAD).unwrap_or(Timestamp::MAX);
    let from = reading.now.saturating_sub(limits::CHECK_IN_AFTER).unwrap_or(Timestamp::MIN);
    Ok(sessions.iter().any(|session| session.ends.timestamp() > from && session.starts.timestamp() < until))
}

fn line(reading: &Reading<'_>, event: &Event, rolls: &[Roll]) -> Result<CheckInLine, Fault> {
    let ahead = rolls.iter().find(|roll| roll.session.ends.timestamp() > reading.now);
    let next = ahead.or(rolls.last());
    Ok(CheckInLine {
        event: event.id,
        title: event.title.clone(),
        venue: match next {
            Some(roll) => reading.venue_words(event, &roll.session)?,
            None => event.venue.clone(),
        },
        next: next.map(|roll| roll.counts(reading)),
        open: reading.snapshot.get(CheckIn::of(event.id))?.is_some(),
        supervises: reading.supervises(event),
    })
}

fn board(reading: &Reading<'_>, id: Id<Event>) -> Result<BoardView, Fault> {
    let event = reading.checked_in(id)?;
    let rolls = reading.rolls_of(&event)?;
    let supervises = reading.supervises(&event);
    let check_in = reading.snapshot.get(CheckIn::of(id))?;
    let round = check_in.map_or(0, |check_in| check_in.round);
    let own = reading.own_gate(id)?;
    let revoked = reading.last_gate(id)?.filter(|gate| matches!(gate.state, GateState::Revoked { .. }));
    let gates: Vec<Gate> = if supervises { reading.snapshot.list(List::GatesOf(id))? } else { Vec::new() };
    let (mut recent, mut conflicts) = (Vec::new(), Vec::new());
    for roll in &rolls {
        let here = roll.arrivals.iter().filter(|one| own.as_ref().is_some_and(|gate| gate.id == one.gate));
        recent.extend(reading.arrivals(here, roll)?);
        let mine = |one: &&Arrival| supervises || own.as_ref().is_some_and(|gate| gate.id == one.gate);
        conflicts.extend(
            reading.arrivals(roll.arrivals.iter().filter(mine).filter(|one| is_conflict(one)), roll)?,
        );
    }
    recent.sort_by_key(|arrival| std::cmp::Reverse(arrival.at));
    recent.truncate(RECENT);
    let turns = rolls.iter().flat_map(|roll| {
        [
            roll.session.doors_open().timestamp(),
            roll.session.starts.timestamp(),
            roll.session.ends.timestamp(),
        ]
    });
    Ok(BoardView {
        line: line(reading, &event, &rolls)?,
        sessions: rolls.iter().map(|roll| roll.counts(reading)).collect(),
        pending: reading.wishes.about_check_in(id),
        gates: gates.iter().map(|gate| gate_view(gate, round, &rolls)).collect(),
        stewards: if supervises { stewards(reading, id)? } else { Vec::new() },
        staff: if supervises { staff(reading, id)? } else { Vec::new() },
        to_agree: own.as_ref().filter(|gate| gate.agreed < round).map(|_| round),
        waiting: own.as_ref().map_or(0, |gate| reading.wishes.at_gate(gate.id)),
        own: own.as_ref().map(|gate| gate_view(gate, round, &rolls)),
        revoked: revoked.as_ref().map(|gate| gate_view(gate, round, &rolls)),
        turns: turns.filter(|at| *at > reading.now).min(),
        recent,
        conflicts,
    })
}

/// The same party twice: the row that is not in. And what was given away that was not the gate's any more.
fn is_conflict(arrival: &Arrival) -> bool {
    matches!(arrival.state, ArrivalState::Again { .. } | ArrivalState::Conflict)
        || (arrival.counts() && !arrival.again.is_empty())
}

fn gate_view(gate: &Gate, round: u32, rolls: &[Roll]) -> GateView {
    let let_in = || rolls.iter().flat_map(Roll::came).filter(|arrival| arrival.gate == gate.id);
    GateView {
        id: gate.id,
        name: gate.name.clone(),
        person_name: gate.person_name.clone(),
        opened: gate.opened,
        state: gate.state,
        leases: gate.leases.clone(),
        heard: gate.agreed >= round || gate.state != GateState::Open,
        came: let_in().map(|arrival| arrival.seats.saturating_add(arrival.extra)).sum(),
        last: let_in().map(|arrival| arrival.at).max(),
    }
}

/// Who works here and was not asked yet, each once, by name.
fn staff(reading: &Reading<'_>, event: Id<Event>) -> Result<Vec<StewardView>, Fault> {
    let asked: Vec<Steward> = reading.snapshot.list(List::StewardsOf(event))?;
    let mut people: BTreeMap<Id<Person>, StewardView> = BTreeMap::new();
    for role in reading.snapshot.list::<Role>(List::All(Kind::Role))? {
        if role.holds(reading.day) && !asked.iter().any(|steward| steward.person == role.person) {
            let Role { id, person, person_name: name, title, .. } = role;
            people.entry(person).or_insert(StewardView { role: id, name, title });
        }
    }
    let mut people: Vec<_> = people.into_values().collect();
    people.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(people)
}

fn stewards(reading: &Reading<'_>, event: Id<Event>) -> Result<Vec<StewardView>, Fault> {
    let rows: Vec<Steward> = reading.snapshot.list(List::StewardsOf(event))?;
    let view = |row: Steward| {
        let role: Option<Role> =
            reading.snapshot.get(row.role)?.filter(|role: &Role| role.holds(reading.day));
        let title = role.map(|role| role.title).unwrap_or_default();
        Ok(StewardView { role: row.role, name: row.person_name, title })
    };
    rows.into_iter().map(view).collect()
}
