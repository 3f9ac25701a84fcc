//! 签到: who is at the door. One row says that it goes on, one of each gate what it may give away, one of each arrival what
//! happened, so that a gate without a network decides finally and no seat is given twice.

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Booking, BookingState, Change, Event, Facts, Feed, Gate, Id, List, Person, Power, Refusal, Role,
    Seat, Session, Stop, derived, facts::Decision, limits, pass, rights,
};

/// Check-in of an event. Its id follows from the event. For who runs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckIn {
    /// Follows from the event.
    pub id: Id<CheckIn>,
    /// Of which event.
    pub event: Id<Event>,
    /// When it was set up.
    pub opened: Timestamp,
    /// Gates that are open: what each of them may have let in without a network is not known.
    pub gates: Vec<Id<Gate>>,
    /// Counts what was taken back from who did not come; each gate says up to where it has heard.
    pub round: u32,
}

impl CheckIn {
    /// Where that of an event is kept.
    #[must_use]
    pub fn of(event: Id<Event>) -> Id<Self> {
        derived("check-in", event.uuid(), event.uuid())
    }

    /// Whether a gate may have let somebody in that nobody has heard of.
    #[must_use]
    pub fn has_gates(&self) -> bool {
        !self.gates.is_empty()
    }

    pub(crate) fn put(self) -> Change {
        let feed = Feed::CheckIn(self.event);
        Change::put(self, [feed])
    }
}

/// Somebody who checks in at an event. For itself, for who runs it, and for its desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Steward {
    /// Follows from event and person.
    pub id: Id<Steward>,
    /// At which event.
    pub event: Id<Event>,
    /// Who.
    pub person: Id<Person>,
    /// In which hat: who works here no more checks in no more.
    pub role: Id<Role>,
    /// The name, as everybody reads it.
    pub person_name: String,
    /// No more.
    pub ended: bool,
}

/// To let somebody check in at an event, or to end that.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Appointing {
    /// At which event.
    pub event: Id<Event>,
    /// Whom: one of the hats of who works here.
    pub role: Id<Role>,
    /// From now on no more; gates they have open are revoked.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub ends: bool,
}

/// Sets check-in up: from now on those who run it hold the list of who comes, and it follows what families change.
pub(crate) fn open(facts: &Facts, actor: &Actor, id: Id<Event>) -> Decision {
    let event = facts.get(id)?;
    require_supervisor(facts, actor, event)?;
    if event.state != crate::EventState::Published {
        return Err(Refusal::EventNotOpen.into());
    }
    if facts.find(CheckIn::of(id))?.is_some() {
        return Ok(Vec::new());
    }
    if !facts.complete() {
        return Err(Stop::Unknown);
    }
    let sessions = facts.list::<Session>(List::SessionsOf(id), limits::ROWS_PER_LIST)?;
    let bookings = Facts::each(&sessions, |session| {
        facts.list::<Booking>(List::BookingsOf(session.id), limits::ROWS_PER_LIST)
    })?;
    let comes = |booking: &&&Booking| booking.state == BookingState::Confirmed;
    let bookings: Vec<_> = bookings.iter().flatten().filter(comes).copied().collect();
    let seats = Facts::each(&bookings, |booking| {
        facts.list::<Seat>(List::SeatsOf(booking.id), limits::ROWS_PER_LIST)
    })?;
    let mut changes = vec![
        CheckIn { id: CheckIn::of(id), event: id, opened: facts.now(), gates: Vec::new(), round: 0 }.put(),
    ];
    let parties: Vec<_> = bookings.into_iter().zip(&seats).collect();
    let passes =
        Facts::each(parties, |(booking, seats)| pass::of_party(facts, booking, seats.iter().copied()))?;
    changes.extend(passes.into_iter().flatten());
    Ok(changes)
}

/// Says who checks in, or ends that and takes the seats of the gates they have open.
pub(crate) fn appoint(facts: &Facts, actor: &Actor, wish: &Appointing) -> Decision {
    let event = facts.get(wish.event)?;
    require_supervisor(facts, actor, event)?;
    let role = facts.get(wish.role)?;
    let id = Steward::of(event.id, role.person);
    let before: Option<&Steward> = facts.find(id)?;
    if wish.ends && before.is_none_or(|steward| steward.ended) {
        return Ok(Vec::new());
    }
    if !wish.ends && !role.holds(facts.today()?) {
        return Err(facts.missing(crate::Kind::Role));
    }
    let others = facts.list::<Steward>(List::StewardsOf(event.id), limits::ROWS_PER_LIST)?;
    if !wish.ends && others.iter().filter(|other| other.id != id).count() >= limits::STEWARDS {
        let limit = u32::try_from(limits::STEWARDS).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "stewards".into(), limit }.into());
    }
    let mut changes = Vec::new();
    if let (true, Some(check_in)) = (wish.ends && facts.complete(), facts.find(CheckIn::of(event.id))?) {
        changes.extend(check_in.end_gates_of(facts, event, role.person)?);
    }
    let steward = Steward {
        id,
        event: event.id,
        person: role.person,
        role: role.id,
        person_name: role.person_name.clone(),
        ended: wish.ends,
    };
    let feeds = [Feed::CheckIn(event.id), Feed::Desk(event.id.uuid()), Feed::Person(role.person)];
    changes.push(Change::put(steward, feeds));
    Ok(changes)
}

impl Steward {
    /// Where a person's is kept.
    #[must_use]
    pub fn of(event: Id<Event>, person: Id<Person>) -> Id<Self> {
        derived("steward", event.uuid(), person.uuid())
    }
}

/// Whoever plans the event sees the whole list.
pub(crate) fn require_supervisor(facts: &Facts, actor: &Actor, event: &Event) -> Result<(), Stop> {
    rights::require_power(facts, actor, Power::ManageEvents, &event.held_at)
}

/// Whoever checks in: who plans the event, and who was asked to.
pub(crate) fn require_steward(facts: &Facts, actor: &Actor, event: &Event) -> Result<Id<Person>, Stop> {
    let person = actor.person().ok_or(Refusal::NoPower { power: Power::ManageEvents })?;
    let asked = facts.find(Steward::of(event.id, person))?;
    if asked.map_or(Ok(false), |steward| stands(facts, steward))? {
        return Ok(person);
    }
    require_supervisor(facts, actor, event).map(|()| person)
}

/// Whether somebody checks in still: not ended, and works here.
pub(crate) fn stands(facts: &Facts, steward: &Steward) -> Result<bool, Stop> {
    let today = facts.today()?;
    Ok(!steward.ended && facts.find(steward.role)?.is_some_and(|role| role.holds(today)))
}

/// Whether anything may be written down about who came at this moment: from some hours before until a week after.
pub(crate) fn check_time(facts: &Facts, event: &Event, session: &Session) -> Result<(), Stop> {
    session.check_takes_place(event)?;
    let from = session.doors_open();
    if facts.now() < from.timestamp() {
        return Err(Refusal::NotOpenYet { opens: from }.into());
    }
    let until = session.written_until();
    if facts.now() >= until.timestamp() {
        return Err(Refusal::Closed { since: until }.into());
    }
    Ok(())
}

impl Session {
    /// From when on somebody may be let in.
    #[must_use]
    pub fn doors_open(&self) -> jiff::Zoned {
        self.starts.saturating_sub(limits::CHECK_IN_BEFORE)
    }

    /// Whether anything may be written down about who came at this moment.
    #[must_use]
    pub fn is_written_down(&self, now: Timestamp) -> bool {
        self.doors_open().timestamp() <= now && now < self.written_until().timestamp()
    }

    /// Until when who came may be written down.
    fn written_until(&self) -> jiff::Zoned {
        self.ends.saturating_add(limits::CHECK_IN_AFTER)
    }

    /// Whether somebody is let in at this moment; what was on paper may be written down longer.
    #[must_use]
    pub fn admits(&self, now: Timestamp) -> bool {
        self.doors_open().timestamp() <= now && now < self.ends.timestamp()
    }
}

/// No device knows the time better than the school: what it says is kept for people to read, and is never in the future.
pub(crate) fn when(facts: &Facts, told: Timestamp) -> Timestamp {
    let oldest = facts.now().saturating_sub(SignedDuration::from_hours(24 * 14));
    told.min(facts.now()).max(oldest.unwrap_or(facts.now()))
}

/// Whether whoever was asked to check in has the list: as long as something may still be written down, and no longer than they
/// work here.
pub(crate) fn has_list(facts: &Facts, steward: &Steward) -> Result<bool, Stop> {
    if !stands(facts, steward)? {
        return Ok(false);
    }
    let event = steward.event;
    let sessions = facts.list::<Session>(List::SessionsOf(event), limits::ROWS_PER_LIST)?;
    let last = sessions.into_iter().map(|session| session.ends.timestamp()).max();
    Ok(last.is_some_and(|last| facts.now() < last.saturating_add(limits::CHECK_IN_AFTER).unwrap_or(last)))
}
