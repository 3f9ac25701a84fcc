//! Seats that several sessions of an event share: 40 kits for the morning or the afternoon. What is counted of them is counted once,
//! with the first session of the pool, and whoever waits for any of them stands in one line
//! (`docs/adr/0042-a-pool-is-counted-with-its-first-session.md`).

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{
    Booking, Change, Due, DueKind, Event, EventDraft, Facts, Id, List, Refusal, Session, SessionDraft, Stop,
    limits,
};

impl Session {
    /// The session its seats are counted with: the first of its pool, or itself.
    #[must_use]
    pub fn counted_with(&self) -> Id<Self> {
        self.pool.unwrap_or(self.id)
    }

    /// Whether its seats are those of the other too.
    #[must_use]
    pub fn shares_seats_with(&self, other: &Self) -> bool {
        self.counted_with() == other.counted_with()
    }

    /// Whether whoever waits for it may still be served.
    pub(crate) fn is_ahead(&self, event: &Event, now: Timestamp) -> bool {
        self.takes_place(event) && !self.has_begun(now)
    }

    /// Its start as a timer: who waits for another session of its pool waits behind nobody who cannot come any more.
    pub(crate) fn passing(&self) -> Option<Change> {
        let due = || Due::new(DueKind::PassPool, self.id.uuid(), self.starts.timestamp(), 0);
        self.pool.map(|_| Change::Set(due()))
    }
}

impl Booking {
    /// The session its seats are counted with.
    #[must_use]
    pub fn counted_with(&self) -> Id<Session> {
        self.pool.unwrap_or(self.session)
    }

    /// Whether its seats, or its place in line, are counted: in a pool nobody waits for what has begun or was called off, and what
    /// was called off takes no seats of the others.
    #[must_use]
    pub fn is_counted(&self, session: &Session, now: Timestamp) -> bool {
        session.pool.is_none()
            || !session.is_cancelled() && (self.state.holds_seats() || !session.has_begun(now))
    }
}

/// The sessions that share their seats, `session` as it is given among them.
pub(crate) fn members<'f>(facts: &'f Facts, session: &'f Session) -> Result<Vec<&'f Session>, Stop> {
    if session.pool.is_none() {
        return Ok(vec![session]);
    }
    let all = facts.list::<Session>(List::SessionsOf(session.event), limits::ROWS_PER_LIST)?;
    let shares = all.into_iter().filter(|other| other.id != session.id && other.shares_seats_with(session));
    Ok(std::iter::once(session).chain(shares).collect())
}

/// The bookings whose seats are counted together, each of a session of `members`.
pub(crate) fn bookings<'f>(facts: &'f Facts, members: &[&Session]) -> Result<Vec<&'f Booking>, Stop> {
    let lists = Facts::each(members, |session| {
        facts.list::<Booking>(List::BookingsOf(session.id), limits::ROWS_PER_LIST)
    })?;
    let counted = lists.into_iter().zip(members).flat_map(|(list, session)| {
        list.into_iter().filter(|booking| booking.is_counted(session, facts.now()))
    });
    Ok(counted.collect())
}

/// Who of a line may still be served, in its order, each with the session waited for. `members` are the sessions of the pool.
pub(crate) fn in_line<'b, 's>(
    line: impl IntoIterator<Item = &'b Booking>,
    members: &[&'s Session],
    event: &Event,
    now: Timestamp,
) -> Vec<(&'b Booking, &'s Session)> {
    let ahead = members.iter().filter(|session| session.is_ahead(event, now));
    let ahead: BTreeMap<_, _> = ahead.map(|session| (session.id, *session)).collect();
    let waits = |booking: &'b Booking| ahead.get(&booking.session).map(|session| (booking, *session));
    line.into_iter().filter_map(waits).collect()
}

/// Whether what a plan shares makes sense by itself: as many seats in all of a pool, and none of them kept for some. That none is
/// drawn is said with the draw.
pub(crate) fn check(draft: &EventDraft) -> Result<(), Stop> {
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    let mut seats = BTreeMap::new();
    for session in &draft.sessions {
        let Some(pool) = session.pool else { continue };
        if !session.holds.is_empty() {
            return malformed("sessions.holds");
        }
        if *seats.entry(pool).or_insert(session.capacity) != session.capacity {
            return malformed("sessions.capacity");
        }
    }
    Ok(())
}

/// The pool a planned session is of: one that was published stays in its own, a new one joins that of the session it names.
/// `known` are the event's sessions.
pub(crate) fn of<'s>(
    draft: &SessionDraft,
    known: impl Fn(Id<Session>) -> Option<&'s Session>,
) -> Option<Id<Session>> {
    match known(draft.id) {
        Some(before) => before.pool,
        None => draft.pool.map(|named| known(named).and_then(|session| session.pool).unwrap_or(named)),
    }
}

/// Whether each pool that is named is there, or is made by this plan. `known` are the event's sessions.
pub(crate) fn check_named(draft: &EventDraft, known: &BTreeMap<Id<Session>, &Session>) -> Result<(), Stop> {
    let is_new = |pool| draft.sessions.iter().any(|first| first.id == pool && first.pool == Some(pool));
    for session in draft.sessions.iter().filter(|session| session.pool.is_some()) {
        let Some(named) = session.pool else { continue };
        let pool = known.get(&named).map_or(Some(named), |named| named.pool);
        let there = match known.get(&session.id) {
            // What was published stays counted as it was.
            Some(before) => before.pool == pool,
            None => pool.is_some_and(|pool| known.contains_key(&pool) || is_new(pool)),
        };
        if !there {
            return Err(Refusal::Malformed { field: "sessions.pool".into() }.into());
        }
        let seats = pool.and_then(|pool| known.get(&pool)).map(|first| first.capacity);
        if seats.is_some_and(|seats| seats != session.capacity) {
            return Err(Refusal::ChangedMeanwhile.into());
        }
    }
    Ok(())
}
