//! Holds: seats of a session that are kept for some families until a moment, then free for everybody.
//!
//! A hold is a floor, not a wall. Whoever it is for takes its seats first, and may have any other seat as everybody may; nobody
//! else comes below what is left of it. So no booking has to say which chair it sits on, and the sum is that of the
//! session, whatever is held. A hold that is over keeps nothing; where somebody waits,
//! its timer lets go what was left, so that the line has it first.

use jiff::{Timestamp, Zoned};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Allotment, Change, Child, Due, DueKind, Event, EventDraft, Facts, Fill, Id, Link, List, Person,
    Place, Power, Proxy, Refusal, Right, Role, Session, SessionDraft, Stop, limits, rights,
};

/// For whom seats are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum HeldFor {
    /// 教职工家庭: the guardian works at the school.
    Staff,
    /// 多子女家庭: the guardian decides for two or more children whom the session is for.
    Siblings,
    /// All the children of the party are in one of these grades or classes.
    Places {
        /// At most [`limits::TARGETS_PER_AUDIENCE`].
        places: Vec<Id<Place>>,
    },
    /// 代办: families who telephoned, entered by the event's desk.
    Phoned,
}

/// Seats of a session that are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Hold {
    /// Made by the coordinator's device.
    pub id: Id<Hold>,
    /// For whom.
    pub of: HeldFor,
    /// How many.
    pub seats: u32,
    /// Then they are free for everybody: before the session begins, and without a waitlist before sign-up closes.
    #[schemars(with = "String")]
    #[ts(type = "string")]
    pub until: Zoned,
}

/// How a hold is counted. Server only, within the session's [`Allotment`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Which.
    pub hold: Id<Hold>,
    /// Seats it keeps.
    pub seats: u32,
    /// Seats that those have it is for.
    pub used: u32,
    /// Of their bookings, those that wait.
    pub waiting: u32,
}

/// What is left of a hold, as everybody sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Which.
    pub hold: Id<Hold>,
    /// Seats.
    pub seats: u32,
    /// Bookings that wait for them.
    pub waiting: u32,
}

impl Held {
    fn left(&self) -> u32 {
        self.seats.saturating_sub(self.used)
    }

    /// As it is shown, and asked.
    #[must_use]
    pub fn kept(&self) -> Kept {
        Kept { hold: self.hold, seats: self.left(), waiting: self.waiting }
    }
}

/// Seats for one who is of this hold, or of none, where `free` are not taken, `waiting` bookings wait, and `kept` is left of
/// each hold. Whoever waits is served first: of the seats that are for everybody, and of those of one's own hold.
pub(crate) fn open_for(
    free: u32,
    waiting: u32,
    kept: impl Iterator<Item = Kept>,
    own: Option<Id<Hold>>,
) -> u32 {
    let (mut all, mut left, mut mine) = (free, free, None);
    for one in kept {
        // Where less is free than is kept, the first of the session's holds has it: nobody stands before seats that are nobody's.
        let seats = one.seats.min(left);
        left = left.saturating_sub(seats);
        if Some(one.hold) == own {
            mine = Some(one);
        } else {
            all = all.saturating_sub(seats);
        }
    }
    match mine {
        _ if waiting == 0 => all,
        Some(mine) if mine.waiting == 0 => all.min(mine.seats),
        _ => 0,
    }
}

impl Allotment {
    /// How a hold is counted; `None` of none, and of one the session does not have any more.
    pub(crate) fn held_mut(&mut self, hold: Option<Id<Hold>>) -> Option<&mut Held> {
        self.holds.iter_mut().find(|held| Some(held.hold) == hold)
    }

    /// What is left of a hold; 0 of none.
    #[must_use]
    pub fn left_of(&self, hold: Option<Id<Hold>>) -> u32 {
        self.holds.iter().find(|held| Some(held.hold) == hold).map_or(0, Held::left)
    }

    /// Seats not given that are not kept for others, whoever waits.
    #[must_use]
    pub fn free_for(&self, hold: Option<Id<Hold>>) -> u32 {
        open_for(self.free(), 0, self.holds.iter().map(Held::kept), hold)
    }

    /// Seats a newcomer of this hold, or of none, may have.
    #[must_use]
    pub fn open_for(&self, hold: Option<Id<Hold>>) -> u32 {
        open_for(self.free(), self.waiting, self.holds.iter().map(Held::kept), hold)
    }

    /// Keeps seats as a session says it, from now on. What was counted of a hold that stays is counted on, and of one that is over
    /// too, which may be made longer; who signed up before there was one counts for none.
    pub(crate) fn keep(&mut self, holds: &[Hold], now: Timestamp) {
        let old = std::mem::take(&mut self.holds);
        for hold in holds {
            let before = old.iter().find(|held| held.hold == hold.id);
            let (used, waiting) = before.map_or((0, 0), |held| (held.used, held.waiting));
            let seats = if hold.is_kept(now) { hold.seats } else { 0 };
            self.holds.push(Held { hold: hold.id, seats, used, waiting });
        }
    }

    /// Whether seats are kept that are still free.
    #[must_use]
    pub fn keeps_some(&self) -> bool {
        self.holds.iter().any(|held| held.left() > 0)
    }
}

impl Fill {
    /// Seats a newcomer of this hold, or of none, could get, as last heard.
    #[must_use]
    pub fn open_for(&self, hold: Option<Id<Hold>>) -> u32 {
        open_for(self.capacity.saturating_sub(self.used), self.waiting, self.kept.iter().copied(), hold)
    }

    /// What is left of a hold, as last heard.
    #[must_use]
    pub fn left_of(&self, hold: Id<Hold>) -> Option<u32> {
        self.kept.iter().find(|kept| kept.hold == hold).map(|kept| kept.seats)
    }
}

impl Hold {
    /// Whether it still keeps its seats.
    #[must_use]
    pub fn is_kept(&self, now: Timestamp) -> bool {
        now < self.until.timestamp()
    }

    /// The grades or classes it is for, if it is for some.
    #[must_use]
    pub fn places(&self) -> Option<&[Id<Place>]> {
        if let HeldFor::Places { places } = &self.of { Some(places) } else { None }
    }

    fn is_for(&self, party: &Traits<'_>) -> bool {
        match &self.of {
            HeldFor::Phoned => party.phoned,
            HeldFor::Staff => party.staff,
            HeldFor::Siblings => party.decides_for > 1,
            HeldFor::Places { places } => {
                let within = |path: &&[Id<Place>]| places.iter().any(|place| path.contains(place));
                !party.paths.is_empty() && party.paths.iter().all(within)
            }
        }
    }

    fn due(&self, session: Id<Session>) -> Due {
        Due::new(DueKind::ReleaseHold, session.uuid(), self.until.timestamp(), 0)
    }
}

/// A party that asks for seats.
#[derive(Clone, Copy, Debug)]
pub struct Asking<'a> {
    /// Whose booking it is.
    pub guardian: Id<Person>,
    /// Who comes.
    pub children: &'a [&'a Child],
    /// The desk enters it for a family that telephoned.
    pub phoned: bool,
}

/// What a hold asks of a party.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traits<'a> {
    /// The guardian works at the school.
    pub(crate) staff: bool,
    /// The guardian decides for so many children whom the session is for.
    pub(crate) decides_for: usize,
    /// Where the children are.
    pub(crate) paths: Vec<&'a [Id<Place>]>,
    /// The desk enters it for a family that telephoned.
    pub(crate) phoned: bool,
}

impl Session {
    /// The hold a party is of: the first in their order that is for it and is still kept.
    pub(crate) fn hold_for(&self, party: &Traits<'_>, now: Timestamp) -> Option<Id<Hold>> {
        self.holds.iter().find(|hold| hold.is_kept(now) && hold.is_for(party)).map(|hold| hold.id)
    }
}

/// The hold a party is of: the first of the session's, in their order, that is for it and is still kept.
///
/// # Errors
/// [`Stop::Needs`] until the rows were loaded.
pub fn hold_of(
    facts: &Facts,
    event: &Event,
    session: &Session,
    asking: Asking<'_>,
) -> Result<Option<Id<Hold>>, Stop> {
    let today = facts.today()?;
    let asks = |of: &HeldFor| session.holds.iter().any(|hold| hold.of == *of && hold.is_kept(facts.now()));
    let mut party = Traits {
        phoned: asking.phoned,
        paths: asking.children.iter().map(|child| child.path.as_slice()).collect(),
        ..Traits::default()
    };
    if asks(&HeldFor::Staff) {
        let roles = facts.list::<Role>(List::RolesOf(asking.guardian), limits::ROWS_PER_LIST)?;
        party.staff = roles.iter().any(|role| role.holds(today));
    }
    if asks(&HeldFor::Siblings) {
        let links = facts.list::<Link>(List::LinksBy(asking.guardian), limits::ROWS_PER_LIST)?;
        let decides = links.into_iter().filter(|link| link.allows(Right::Decide, today));
        let children = Facts::each(decides, |link| facts.find(link.child))?;
        let comes = |child: &&Child| event.is_for(&child.path) && session.is_for(&child.path);
        party.decides_for = children.into_iter().flatten().filter(comes).count();
    }
    Ok(session.hold_for(&party, facts.now()))
}

/// The hold of a party that signs up or changes who comes.
pub(crate) fn of_party(
    facts: &Facts,
    actor: &Actor,
    (event, session): (&Event, &Session),
    guardian: Id<Person>,
    children: &[&Child],
    proxy: Option<&Proxy>,
) -> Result<Option<Id<Hold>>, Stop> {
    if session.holds.is_empty() {
        return Ok(None);
    }
    let phoned = proxy.is_some() && may_plan(facts, actor, event)?;
    hold_of(facts, event, session, Asking { guardian, children, phoned })
}

fn may_plan(facts: &Facts, actor: &Actor, event: &Event) -> Result<bool, Stop> {
    match rights::require_power(facts, actor, Power::ManageEvents, &event.held_at) {
        Ok(_) => Ok(true),
        Err(Stop::Refused(_)) => Ok(false),
        Err(stop) => Err(stop),
    }
}

/// Whether the holds of a planned session make sense.
pub(crate) fn check(event: &EventDraft, draft: &SessionDraft) -> Result<(), Stop> {
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    let too_many = |field: &str, limit: usize| {
        let limit = u32::try_from(limit).unwrap_or(u32::MAX);
        Err(Refusal::TooMany { field: field.into(), limit }.into())
    };
    if draft.holds.len() > limits::HOLDS_PER_SESSION {
        return too_many("sessions.holds", limits::HOLDS_PER_SESSION);
    }
    let mut ids = std::collections::BTreeSet::new();
    let mut sum = 0_u32;
    for hold in &draft.holds {
        sum = sum.saturating_add(hold.seats);
        if hold.seats == 0 || !ids.insert(hold.id) {
            return malformed("sessions.holds");
        }
        // What is let go as nobody can sign up any more is let go for nobody.
        let too_late = if event.waitlist { &draft.starts } else { (&draft.starts).min(&event.closes) };
        if hold.until >= *too_late {
            return malformed("sessions.holds.until");
        }
        if let Some(places) = hold.places() {
            if places.is_empty() {
                return malformed("sessions.holds.places");
            }
            if places.len() > limits::TARGETS_PER_AUDIENCE {
                return too_many("sessions.holds.places", limits::TARGETS_PER_AUDIENCE);
            }
        }
    }
    if sum > draft.capacity { malformed("sessions.holds.seats") } else { Ok(()) }
}

/// A new session's seats, with the timers of what is kept of them.
pub(crate) fn opened(draft: &SessionDraft, now: Timestamp) -> (Allotment, Vec<Change>) {
    let mut allotment = Allotment::new(draft.id.uuid(), draft.capacity);
    allotment.keep(&draft.holds, now);
    (allotment, timers(draft.id, &draft.holds, now))
}

/// Timers for what is kept.
pub(crate) fn timers(session: Id<Session>, holds: &[Hold], now: Timestamp) -> Vec<Change> {
    holds.iter().filter(|hold| hold.is_kept(now)).map(|hold| Change::Set(hold.due(session))).collect()
}
