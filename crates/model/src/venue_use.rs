//! What is held in a venue, and whether it fits there: no session has more seats than its venue takes people, and sessions at
//! one time share it only as far as it reaches (`docs/adr/0037-a-venue-is-full-by-the-moment.md`).

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{
    Event, EventDraft, Facts, Id, Kind, List, Place, Refusal, Session, SessionDraft, Stop, Venue, VenueWas,
    clash::overlap, limits, pool,
};

/// Sessions of a venue that are read at first: more than are planned ahead in most.
const FIRST_LOOK: u32 = 256;

/// A session of a plan that does not fit where it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VenueTrouble {
    /// Which of the plan's sessions, counted from 0.
    pub session: usize,
    /// Why: [`Refusal::VenueTooSmall`], [`Refusal::VenueTaken`], [`Refusal::TooMany`] at one moment, or [`Refusal::NotFound`]
    /// where the venue was dropped.
    pub refusal: Refusal,
}

/// Where a session is to be: in a venue of its own, or where its event is. What was called off, has begun or is over stays where
/// it was, whatever becomes of the event.
pub(crate) fn venue_of(
    draft: &SessionDraft,
    event: Option<Id<Venue>>,
    before: Option<&Session>,
    now: Timestamp,
) -> Option<Id<Venue>> {
    match before {
        Some(before) if before.is_cancelled() || before.has_begun(now) => draft.held_in.or(before.held_in),
        _ => draft.held_in.or(event),
    }
}

/// What families read of where an event is: a venue's name as it is when the event is planned there, or free words.
pub(crate) fn words(facts: &Facts, draft: &EventDraft, before: Option<&Event>) -> Result<String, Stop> {
    match (draft.held_in, before) {
        (None, _) => Ok(draft.venue.trim().to_owned()),
        (Some(venue), Some(before)) if before.held_in == Some(venue) => Ok(before.venue.clone()),
        (Some(venue), _) => Ok(facts.get(venue)?.draft.name.clone()),
    }
}

/// No event is put in a venue that was dropped; what is there stays. Its sessions are looked at one by one, wherever they are to be
/// ([`check_fits`]).
pub(crate) fn check_named(facts: &Facts, draft: &EventDraft, before: Option<&Event>) -> Result<(), Stop> {
    let of_event = draft.held_in.filter(|_| draft.held_in != before.and_then(|before| before.held_in));
    match of_event.map(|venue| facts.get(venue)).transpose()? {
        Some(venue) if venue.dropped => Err(facts.missing(Kind::Venue)),
        _ => Ok(()),
    }
}

/// Sessions of a plan that would not fit where they are to be. Only those that are new, or are to be elsewhere, at another time or
/// with more seats: what stands already stays, also where its venue has become smaller.
///
/// # Errors
/// [`Stop::Needs`] until the rows were loaded, [`Refusal::NotFound`] for a venue that is not there.
pub fn venue_troubles(facts: &Facts, draft: &EventDraft) -> Result<Vec<VenueTrouble>, Stop> {
    let known: Vec<&Session> = match facts.find(draft.id)? {
        Some(event) => facts.list(List::SessionsOf(event.id), limits::ROWS_PER_LIST)?,
        None => Vec::new(),
    };
    let planned: Vec<(Session, bool)> = draft
        .sessions
        .iter()
        .map(|session| {
            let before = known.iter().find(|known| known.id == session.id).copied();
            let held_in = venue_of(session, draft.held_in, before, facts.now());
            let pool = pool::of(session, |id| known.iter().find(|known| known.id == id).copied());
            let planned = Session { held_in, pool, ..session.session(draft.id) };
            let asks = match before {
                Some(before) => asks_more(before, &planned),
                None => true,
            };
            (planned, asks && before.is_none_or(|before| !before.is_cancelled()))
        })
        .collect();
    let off = |id| known.iter().any(|known| known.id == id && known.is_cancelled());
    let there = |one: &&Session| !off(one.id);
    let all: Vec<&Session> = planned.iter().map(|(session, _)| session).filter(there).collect();
    let asking = planned.iter().enumerate().filter(|(_, (_, asks))| *asks);
    let found = Facts::each(asking, |(at, (session, _))| {
        Ok(trouble(facts, &draft.title, session, &all)?.map(|refusal| VenueTrouble { session: at, refusal }))
    })?;
    Ok(found.into_iter().flatten().collect())
}

/// Refuses a plan that does not fit where it is to be.
pub(crate) fn check_fits(facts: &Facts, draft: &EventDraft) -> Result<(), Stop> {
    match venue_troubles(facts, draft)?.into_iter().next() {
        Some(trouble) => Err(trouble.refusal.into()),
        None => Ok(()),
    }
}

/// Refuses more seats than fit where a session is.
pub(crate) fn check_seats(facts: &Facts, event: &Event, session: &Session) -> Result<(), Stop> {
    if !session.takes_place(event) {
        return Ok(());
    }
    match trouble(facts, &event.title, session, &[session])? {
        Some(refusal) => Err(refusal.into()),
        None => Ok(()),
    }
}

/// Whether a session asks something of its venue that it did not ask before.
fn asks_more(before: &Session, after: &Session) -> bool {
    after.held_in != before.held_in
        || (&after.starts, &after.ends) != (&before.starts, &before.ends)
        || after.capacity > before.capacity
}

/// Why a session does not fit where it is, beside `planned`, which stand for whatever is kept under their ids.
fn trouble(
    facts: &Facts,
    title: &str,
    session: &Session,
    planned: &[&Session],
) -> Result<Option<Refusal>, Stop> {
    let Some(held_in) = session.held_in else { return Ok(None) };
    let venue = facts.get(held_in)?;
    if venue.dropped {
        return Ok(Some(Refusal::NotFound { what: Kind::Venue.name().into() }));
    }
    let (name, capacity) = (&venue.draft.name, venue.draft.capacity);
    if session.capacity > capacity {
        let seats = session.capacity;
        return Ok(Some(Refusal::VenueTooSmall { venue: name.clone(), capacity, seats }));
    }
    let meets = |other: &Session| {
        other.held_in == Some(held_in)
            && other.id != session.id
            && overlap((&other.starts, &other.ends), (&session.starts, &session.ends))
    };
    let kept: Vec<_> = ending_after(facts, held_in, session.starts.timestamp())?
        .into_iter()
        .filter(|kept| meets(kept) && planned.iter().all(|planned| planned.id != kept.id))
        .collect();
    let events = Facts::each(&kept, |kept| facts.find(kept.event))?;
    let others = kept.into_iter().zip(events).filter_map(|(kept, event)| {
        event.filter(|event| kept.takes_place(event)).map(|event| (kept, event.title.as_str()))
    });
    let own = planned.iter().filter(|other| meets(other)).map(|other| (*other, title));
    let others: Vec<(&Session, &str)> = others.chain(own).collect();
    let (taken, sessions) = most_at_once(session, others.iter().map(|(other, _)| *other));
    if sessions >= limits::SESSIONS_AT_ONCE {
        let limit = u32::try_from(limits::SESSIONS_AT_ONCE).unwrap_or(u32::MAX);
        return Ok(Some(Refusal::TooMany { field: "sessions.held_in".into(), limit }));
    }
    let left = capacity.saturating_sub(taken);
    // Who shares its seats takes none of the room it needs.
    let largest = others.iter().filter(|(other, _)| !other.shares_seats_with(session));
    let largest = largest.max_by_key(|(other, _)| (other.capacity, other.id));
    Ok(largest.filter(|_| session.capacity > left).map(|(other, title)| Refusal::VenueTaken {
        venue: name.clone(),
        title: (*title).to_owned(),
        starts: other.starts.clone(),
        left,
        seats: session.capacity,
    }))
}

/// What is kept of a venue that ends after a moment, and perhaps more: its list begins with what ends last, so that of a venue of
/// many years no more is read than what is still to come then.
fn ending_after(facts: &Facts, venue: Id<Venue>, moment: Timestamp) -> Result<Vec<&Session>, Stop> {
    let mut limit = FIRST_LOOK;
    loop {
        let found = facts.list::<Session>(List::SessionsAt(venue), limit)?;
        let over = found.last().is_none_or(|last| last.ends.timestamp() <= moment);
        let all = found.len() < usize::try_from(limit).unwrap_or(usize::MAX);
        if over || all || limit >= limits::ROWS_PER_LIST {
            return Ok(found);
        }
        limit = limit.saturating_mul(4).min(limits::ROWS_PER_LIST);
    }
}

/// The most seats and the most sessions of others at one moment of this one: what begins and ends is gone through once, in order.
/// Seats that several share are counted once, and those it shares itself not at all.
fn most_at_once<'s>(session: &Session, others: impl Iterator<Item = &'s Session>) -> (u32, usize) {
    let from = session.starts.timestamp();
    // What ends as another begins has made room for it.
    let mut turns: Vec<(Timestamp, bool, u32, Id<Session>)> = others
        .flat_map(|other| {
            let (starts, ends) = (other.starts.timestamp().max(from), other.ends.timestamp());
            let (capacity, counted) = (other.capacity, other.counted_with());
            [(starts, true, capacity, counted), (ends, false, capacity, counted)]
        })
        .collect();
    turns.sort_unstable();
    let (mut seats, mut sessions, mut most) = (0_u32, 0_usize, (0, 0));
    let mut on = BTreeMap::from([(session.counted_with(), 1_u32)]);
    for (_, begins, capacity, counted) in turns {
        let sharing = on.entry(counted).or_default();
        if begins {
            seats = seats.saturating_add(if *sharing == 0 { capacity } else { 0 });
            (*sharing, sessions) = (*sharing + 1, sessions.saturating_add(1));
        } else {
            *sharing = sharing.saturating_sub(1);
            seats = seats.saturating_sub(if *sharing == 0 { capacity } else { 0 });
            sessions = sessions.saturating_sub(1);
        }
        most = (seats.max(most.0), sessions.max(most.1));
    }
    most
}

impl Venue {
    /// Sessions that are still to begin and have more seats than it takes people, as it is or would be: nobody of them is
    /// dropped, and whoever keeps it is told which they are.
    pub fn exceeding<'s>(
        capacity: u32,
        coming: impl IntoIterator<Item = &'s Session>,
        now: Timestamp,
    ) -> impl Iterator<Item = &'s Session> {
        let there = move |session: &&Session| session.capacity > capacity && !session.has_begun(now);
        coming.into_iter().filter(there)
    }

    /// What it was called at this moment.
    #[must_use]
    pub fn name_at(&self, at: Timestamp) -> &str {
        self.names.iter().find(|was| was.at > at).map_or(&self.draft.name, |was| &was.name)
    }
}

impl Session {
    /// Its venue, where that is not its event's.
    #[must_use]
    pub fn own_venue(&self, event: &Event) -> Option<Id<Venue>> {
        self.held_in.filter(|_| self.held_in != event.held_in)
    }

    /// Where it is, as families read it: what the event says, or the name of a venue of its own (`venue`, the one it is in). Of one
    /// that has begun, as both were then: what was held is where it was held, whatever is renamed or put elsewhere later.
    #[must_use]
    pub fn venue_words(&self, event: &Event, venue: Option<&Venue>, now: Timestamp) -> String {
        let at = self.starts.timestamp().min(now);
        let was = if self.has_begun(now) { event.venues.iter().find(|was| was.at > at) } else { None };
        let (words, of_event) = was.map_or((&event.venue, event.held_in), |was| (&was.venue, was.held_in));
        match venue.filter(|venue| self.held_in == Some(venue.id) && self.held_in != of_event) {
            Some(venue) if self.has_begun(now) => venue.name_at(at).to_owned(),
            Some(venue) => venue.draft.name.clone(),
            None => words.clone(),
        }
    }

    /// The place on whose ground it is, and everything above: its venue's, or its event's.
    #[must_use]
    pub fn stands_at<'p>(&self, event: &'p Event, venue: Option<&'p Venue>) -> &'p [Id<Place>] {
        let venue = venue.filter(|venue| self.held_in == Some(venue.id));
        venue.map_or(&event.held_at, |venue| &venue.held_at)
    }

    /// The venue it was to be in at this moment, and what the event said then, if it is another than now: who booked then
    /// booked that.
    #[must_use]
    pub fn venue_was_at(
        &self,
        event: &Event,
        at: Timestamp,
        name: impl Fn(Id<Venue>) -> Option<String>,
    ) -> Option<VenueWas> {
        let of_event = event.venues.iter().find(|was| was.at > at);
        let of_session = self.venues.iter().find(|was| was.at > at);
        let changed =
            [of_event.map(|was| was.at), of_session.map(|was| was.at)].into_iter().flatten().min()?;
        let (words, event_then) =
            of_event.map_or((&event.venue, event.held_in), |was| (&was.venue, was.held_in));
        let then = of_session.map_or(self.held_in, |was| was.held_in);
        let said = |held_in: Option<Id<Venue>>, of: Option<Id<Venue>>, words: &str| {
            held_in.filter(|_| held_in != of).and_then(&name).unwrap_or_else(|| words.to_owned())
        };
        let was = said(then, event_then, words);
        let now = said(self.held_in, event.held_in, &event.venue);
        (was != now).then_some(VenueWas { venue: was, held_in: then, at: changed })
    }
}
