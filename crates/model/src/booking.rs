//! Sign-up: seats ≤ capacity, all of a family or none, the waitlist in order of acceptance.
//!
//! Whether a seat is left is read from the session's [`Allotment`], which never leaves the server: a replica that
//! reaches that question answers "unknown" and promises nothing.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Actor, Change, Child, Due, DueKind, Event, EventState, Facts, Feed, Id, Link, List, Person, Refusal,
    Right, Session, Stop, derived, limits, mutation::Done, rights,
};

/// Seats one holder may give away, and how many it has given. The server is the only holder so far; the sum over
/// holders never exceeds the session's capacity. Server only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allotment {
    /// Follows from what it is of.
    pub id: Id<Allotment>,
    /// A session or a shift.
    pub of: Uuid,
    /// Seats it may give.
    pub seats: u32,
    /// Seats confirmed or offered.
    pub used: u32,
    /// Bookings that wait.
    pub waiting: u32,
    /// The next place in the order of acceptance.
    pub next_seq: u32,
}

impl Allotment {
    /// The server's allotment of all seats.
    #[must_use]
    pub fn new(of: Uuid, seats: u32) -> Self {
        Self { id: Self::of(of), of, seats, used: 0, waiting: 0, next_seq: 1 }
    }

    /// Where the server's allotment of a session's or shift's seats is kept.
    #[must_use]
    pub fn of(of: Uuid) -> Id<Self> {
        derived("allotment", of, of)
    }

    /// Seats not given.
    #[must_use]
    pub fn free(&self) -> u32 {
        self.seats.saturating_sub(self.used)
    }

    /// Seats a newcomer may have.
    #[must_use]
    pub fn open(&self) -> u32 {
        open_seats(self.seats, self.used, self.waiting)
    }
}

/// Whoever waits is served first: free seats behind a waitlist are not for the newcomer.
fn open_seats(seats: u32, used: u32, waiting: u32) -> u32 {
    if waiting == 0 { seats.saturating_sub(used) } else { 0 }
}

/// How full a session or shift is. Derived: the latest wins, and no rule reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    /// Follows from what it is of.
    pub id: Id<Fill>,
    /// A session or a shift.
    pub of: Uuid,
    /// Seats.
    pub capacity: u32,
    /// Seats confirmed or offered.
    pub used: u32,
    /// Bookings that wait.
    pub waiting: u32,
}

impl Fill {
    /// Nobody yet.
    #[must_use]
    pub fn empty(of: Uuid, capacity: u32) -> Self {
        Self { id: derived("fill", of, of), of, capacity, used: 0, waiting: 0 }
    }

    /// As an allotment stands.
    #[must_use]
    pub fn of(allotment: &Allotment) -> Self {
        let Allotment { of, seats, used, waiting, .. } = *allotment;
        Self { capacity: seats, used, waiting, ..Self::empty(of, seats) }
    }

    /// Seats a newcomer could get, as last heard.
    #[must_use]
    pub fn open(&self) -> u32 {
        open_seats(self.capacity, self.used, self.waiting)
    }
}

/// A booking's place in line, 1 being next. Derived: the latest wins, and no rule reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Follows from the booking.
    pub id: Id<Standing>,
    /// Whose place.
    pub booking: Id<Booking>,
    /// 1 is next.
    pub place: u32,
}

impl Standing {
    /// The place of a booking.
    #[must_use]
    pub fn new(booking: Id<Booking>, place: u32) -> Self {
        Self { id: derived("standing", booking.uuid(), booking.uuid()), booking, place }
    }
}

/// Where a booking is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum BookingState {
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
        matches!(self, Self::Withdrawn | Self::Lapsed)
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
    /// 代办: the member of staff who entered what it says now.
    pub entered_by: Option<String>,
    /// In the words of who booked it: 妈妈来电.
    pub note: String,
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
    /// When the server took it.
    pub at: Timestamp,
    /// Counts offers, so that a late timer of an earlier offer changes nothing.
    pub generation: u32,
    /// The feeds it stands in, kept here so that a timer needs no look-up of the family.
    pub seen_by: Vec<Feed>,
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
}

/// A family's wish for seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SignUp {
    /// Made by the device that composed it.
    pub booking: Id<Booking>,
    /// Which session.
    pub session: Id<Session>,
    /// All of them or none.
    pub children: Vec<Id<Child>>,
    /// Adults who come along.
    pub adults: u32,
    /// 代办: the guardian it is entered for.
    pub on_behalf_of: Option<Id<Person>>,
    /// In the words of who enters it.
    pub note: String,
}

pub(crate) fn sign_up(facts: &Facts, actor: &Actor, wish: &SignUp) -> Done {
    let guardian = check_party(facts, actor, wish)?;
    let session = facts.get(wish.session)?;
    let event = facts.get(session.event)?;
    check_open(facts, event, session)?;
    let children = Facts::each(&wish.children, |child| facts.get(*child))?;
    if children.iter().any(|child| !event.is_for(&child.path)) {
        return Err(Refusal::NotEligible.into());
    }
    let size = event.seats_for(count(&wish.children), wish.adults);
    if size == 0 {
        return Err(Refusal::Malformed { field: "adults".into() }.into());
    }
    check_family(facts, event, guardian, wish, size)?;
    if facts.taken(wish.booking)? {
        return Err(Refusal::Malformed { field: "booking".into() }.into());
    }

    // From here on only the server knows.
    let mut allotment = facts.get(Allotment::of(session.id.uuid()))?.clone();
    let state = if size <= allotment.open() {
        allotment.used += size;
        BookingState::Confirmed
    } else if event.waitlist && size <= allotment.seats {
        // A party larger than the whole session would hold up the line for ever.
        allotment.waiting += 1;
        BookingState::Waiting
    } else {
        return Err(Refusal::Full.into());
    };
    let seq = allotment.next_seq;
    allotment.next_seq += 1;

    // 代办 stays in sight of who entered it, who may not be of the desk.
    let enterer = wish.on_behalf_of.and_then(|_| actor.person()).map(Feed::Author);
    let staff: Vec<_> = std::iter::once(Feed::Desk(event.id.uuid())).chain(enterer).collect();
    let mut seen_by = staff.clone();
    seen_by.extend(wish.children.iter().map(|child| Feed::ChildRight(*child, Right::Decide)));
    let booking = Booking {
        id: wish.booking,
        session: session.id,
        event: event.id,
        guardian,
        guardian_name: facts.get(guardian)?.name.clone(),
        entered_by: actor.entered_by(facts)?,
        note: wish.note.trim().to_owned(),
        children: count(&wish.children),
        adults: wish.adults,
        size,
        state,
        seq,
        at: facts.now(),
        generation: 0,
        seen_by: seen_by.clone(),
    };
    let mut changes = vec![Change::put(allotment, []), Change::put(booking, seen_by)];
    changes.extend(children.into_iter().map(|child| {
        let seat = Seat {
            id: derived("seat", session.id.uuid(), child.id.uuid()),
            child: child.id,
            child_name: child.name.clone(),
            booking: wish.booking,
            session: session.id,
            event: event.id,
        };
        let family = Feed::ChildRight(child.id, Right::Decide);
        Change::put(seat, staff.iter().copied().chain([family]).collect::<Vec<_>>())
    }));
    Ok(changes)
}

/// The party is well formed and somebody may decide for every child in it.
fn check_party(facts: &Facts, actor: &Actor, wish: &SignUp) -> Result<Id<Person>, Stop> {
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    if wish.children.is_empty() {
        return malformed("children");
    }
    if wish.children.len() > limits::CHILDREN_PER_BOOKING {
        let limit = u32::try_from(limits::CHILDREN_PER_BOOKING).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "children".into(), limit }.into());
    }
    if wish.adults > limits::ADULTS_PER_BOOKING {
        return Err(Refusal::TooMany { field: "adults".into(), limit: limits::ADULTS_PER_BOOKING }.into());
    }
    if wish.children.iter().collect::<BTreeSet<_>>().len() != wish.children.len() {
        return malformed("children");
    }
    crate::notice::check_text("note", &wish.note, 0, limits::NOTE_CHARS)?;
    let guardians = Facts::each(&wish.children, |child| {
        rights::require_right(facts, actor, wish.on_behalf_of, *child, Right::Decide)
    })?;
    guardians.first().copied().map_or_else(|| malformed("children"), Ok)
}

fn check_open(facts: &Facts, event: &Event, session: &Session) -> Result<(), Stop> {
    match event.open_at(facts.now()) {
        // Of the two reasons the session's says more.
        Ok(()) | Err(Refusal::Closed { .. }) if facts.now() >= session.starts.timestamp() => {
            Err(Refusal::Started { since: session.starts.clone() }.into())
        }
        open => Ok(open?),
    }
}

/// No child twice in one event, and no family over its limit. A family is the guardian's children: what the
/// other guardian booked for them counts too.
fn check_family(
    facts: &Facts,
    event: &Event,
    guardian: Id<Person>,
    wish: &SignUp,
    size: u32,
) -> Result<(), Stop> {
    let links = facts.list::<Link>(List::LinksBy(guardian), limits::ROWS_PER_LIST)?;
    let today = facts.today()?;
    let children: BTreeSet<_> =
        links.iter().filter(|link| link.counts(today)).map(|link| link.child).collect();
    let seats =
        Facts::each(&children, |child| facts.list::<Seat>(List::SeatsFor(*child), limits::ROWS_PER_LIST))?;
    let seats: Vec<_> = seats.into_iter().flatten().filter(|seat| seat.event == event.id).collect();
    let bookings = Facts::each(&seats, |seat| facts.find(seat.booking))?;
    let mut held = std::collections::BTreeMap::new();
    for (seat, booking) in seats.iter().zip(bookings) {
        let Some(booking) = booking.filter(|booking| !booking.state.is_over()) else { continue };
        if wish.children.contains(&seat.child) {
            return Err(Refusal::AlreadyBooked { booking: booking.id.uuid() }.into());
        }
        held.insert(booking.id, booking.size);
    }
    if held.values().sum::<u32>() + size > event.family_limit {
        return Err(Refusal::FamilyLimit { limit: event.family_limit }.into());
    }
    Ok(())
}

/// Loads a booking that the actor may act on, with its surroundings.
fn own<'f>(
    facts: &'f Facts,
    actor: &Actor,
    on_behalf_of: Option<Id<Person>>,
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

fn put(booking: &Booking, state: BookingState, generation: u32) -> Change {
    let feeds = booking.seen_by.clone();
    Change::put(Booking { state, generation, ..booking.clone() }, feeds)
}

/// The booking as this actor leaves it.
fn entered(facts: &Facts, actor: &Actor, booking: &Booking) -> Result<Booking, Stop> {
    Ok(Booking { entered_by: actor.entered_by(facts)?, ..booking.clone() })
}

pub(crate) fn withdraw(
    facts: &Facts,
    actor: &Actor,
    on_behalf_of: Option<Id<Person>>,
    id: Id<Booking>,
) -> Done {
    let (booking, event, session) = own(facts, actor, on_behalf_of, id)?;
    if booking.state.is_over() {
        return Err(Refusal::BookingGone.into());
    }
    if facts.now() >= session.starts.timestamp() {
        return Err(Refusal::Started { since: session.starts.clone() }.into());
    }
    // A family that phoned after that is helped by staff.
    let late = on_behalf_of.is_none() && facts.now() >= event.withdraw_until.timestamp();
    if booking.state == BookingState::Confirmed && late {
        return Err(Refusal::Closed { since: event.withdraw_until.clone() }.into());
    }
    give_back(facts, &entered(facts, actor, booking)?, event, session, BookingState::Withdrawn)
}

pub(crate) fn accept_offer(
    facts: &Facts,
    actor: &Actor,
    on_behalf_of: Option<Id<Person>>,
    id: Id<Booking>,
) -> Done {
    let (booking, event, _) = own(facts, actor, on_behalf_of, id)?;
    match booking.state {
        // Nobody is promised a seat in what was called off.
        BookingState::Offered { .. } if event.state != EventState::Published => {
            Err(Refusal::EventNotOpen.into())
        }
        state if state.may_accept(facts.now()) => {
            // A replica may have it from the server that the offer stands, but not that it still does.
            if !facts.complete() {
                return Err(Stop::Unknown);
            }
            Ok(vec![put(&entered(facts, actor, booking)?, BookingState::Confirmed, booking.generation)])
        }
        BookingState::Confirmed => Ok(Vec::new()),
        _ => Err(Refusal::BookingGone.into()),
    }
}

pub(crate) fn decline_offer(
    facts: &Facts,
    actor: &Actor,
    on_behalf_of: Option<Id<Person>>,
    id: Id<Booking>,
) -> Done {
    let (booking, event, session) = own(facts, actor, on_behalf_of, id)?;
    match booking.state {
        BookingState::Offered { .. } => {
            give_back(facts, &entered(facts, actor, booking)?, event, session, BookingState::Lapsed)
        }
        _ => Err(Refusal::BookingGone.into()),
    }
}

/// The time to answer an offer is over. A timer of an earlier offer, or one that fires twice, changes nothing.
pub(crate) fn expire_offer(facts: &Facts, id: Id<Booking>, generation: u32) -> Done {
    let booking = facts.get(id)?;
    match booking.state {
        BookingState::Offered { .. }
            if booking.generation == generation && !booking.state.may_accept(facts.now()) =>
        {
            let session = facts.get(booking.session)?;
            give_back(facts, booking, facts.get(session.event)?, session, BookingState::Lapsed)
        }
        _ => Ok(Vec::new()),
    }
}

/// Ends a booking and passes its seats on.
fn give_back(
    facts: &Facts,
    booking: &Booking,
    event: &Event,
    session: &Session,
    state: BookingState,
) -> Done {
    let ended = put(booking, state, booking.generation);
    if !facts.complete() {
        return Ok(vec![ended]);
    }
    let mut allotment = facts.get(Allotment::of(session.id.uuid()))?.clone();
    if booking.state.holds_seats() {
        allotment.used = allotment.used.saturating_sub(booking.size);
    } else {
        allotment.waiting = allotment.waiting.saturating_sub(1);
    }
    let mut changes = vec![ended];
    changes.extend(promote_but(facts, event, session, &mut allotment, Some(booking.id))?);
    changes.push(Change::put(allotment, []));
    Ok(changes)
}

/// Offers free seats to the waitlist, strictly in order of acceptance: a party that does not fit yet is waited
/// for, never overtaken. Nobody is promoted once the session began or the event was called off.
pub(crate) fn promote(facts: &Facts, event: &Event, session: &Session, allotment: &mut Allotment) -> Done {
    promote_but(facts, event, session, allotment, None)
}

fn promote_but(
    facts: &Facts,
    event: &Event,
    session: &Session,
    allotment: &mut Allotment,
    leaving: Option<Id<Booking>>,
) -> Done {
    let starts = session.starts.timestamp();
    let over = facts.now() >= starts || event.state != EventState::Published;
    if over || allotment.waiting == 0 || allotment.free() == 0 {
        return Ok(Vec::new());
    }
    let think = SignedDuration::from_mins(i64::from(facts.school()?.offer_min));
    let until = facts.now().saturating_add(think).unwrap_or(starts).min(starts);
    // Everyone in line takes a seat or more, so that no more than these can be served; one may be leaving.
    let most = allotment.free().saturating_add(1);
    let line = facts.list::<Booking>(List::WaitingFor(session.id), most)?;
    let mut changes = Vec::new();
    for next in line.into_iter().filter(|next| Some(next.id) != leaving) {
        if next.size > allotment.free() {
            break;
        }
        allotment.used += next.size;
        allotment.waiting = allotment.waiting.saturating_sub(1);
        let generation = next.generation + 1;
        changes.push(put(next, BookingState::Offered { until }, generation));
        changes.push(Change::Set(Due::new(DueKind::ExpireOffer, next.id.uuid(), until, generation)));
    }
    Ok(changes)
}

fn count<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}
