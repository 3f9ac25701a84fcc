//! Seats that become more or fewer. A seat that was promised is taken back only with a reason, from those who came last, and
//! each of them is told: they stand first in line where they can, and are free for another session where they cannot.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Allotment, Booking, BookingState, Change, Facts, Id, Power, Refusal, Session, Stop, booking::put,
    event::event_feeds, facts::Decision, limits, limits::check_text, pool, release, rights, venue_use,
    waitlist,
};

/// Fewer seats than are held, meant so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Cut {
    /// For families to read; up to [`limits::NOTE_CHARS`].
    pub reason: String,
    /// Families it costs a seat or a place in line, as the coordinator saw them.
    pub families: u32,
}

/// Why a booking holds no seats any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct PutBack {
    /// In the organiser's words.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// Whom fewer seats cost something; in the order of acceptance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losing<'b> {
    /// They stand first in line again.
    pub back: Vec<&'b Booking>,
    /// Their party is larger than all seats: it could wait for ever.
    pub out: Vec<&'b Booking>,
}

impl Losing<'_> {
    /// How many families.
    #[must_use]
    pub fn families(&self) -> u32 {
        u32::try_from(self.back.len().saturating_add(self.out.len())).unwrap_or(u32::MAX)
    }
}

/// Whom a session of so many seats would cost something. A party larger than all of them cannot stay; of the others, offers
/// go before what was confirmed, and of each who came last goes first, until the rest fits.
pub fn losing<'b>(bookings: impl IntoIterator<Item = &'b Booking>, capacity: u32) -> Losing<'b> {
    let live = bookings
        .into_iter()
        .filter(|booking| booking.state.holds_seats() || booking.state == BookingState::Waiting);
    let (mut out, rest): (Vec<_>, Vec<_>) = live.partition(|booking| booking.size > capacity);
    let mut holding: Vec<_> = rest.into_iter().filter(|booking| booking.state.holds_seats()).collect();
    holding.sort_by_key(|booking| (booking.state != BookingState::Confirmed, booking.seq));
    let mut used: u32 = holding.iter().map(|booking| booking.size).sum();
    let mut back = Vec::new();
    while used > capacity
        && let Some(last) = holding.pop()
    {
        used = used.saturating_sub(last.size);
        back.push(last);
    }
    out.sort_by_key(|booking| booking.seq);
    back.sort_by_key(|booking| booking.seq);
    // An offer went before a later party of several that had to go too: what is free then is enough for it.
    let stays = back.iter().take_while(|next| {
        let fits = used + next.size <= capacity;
        used += if fits { next.size } else { 0 };
        fits
    });
    let stays = stays.count();
    Losing { back: back.split_off(stays), out }
}

/// The fewest seats that cost nobody anything: as many as are held, and as the largest party that waits takes.
pub fn painless<'b>(bookings: impl IntoIterator<Item = &'b Booking>) -> u32 {
    let (mut held, mut largest) = (0_u32, 1);
    for booking in bookings {
        if booking.state.holds_seats() {
            held = held.saturating_add(booking.size);
        } else if booking.state == BookingState::Waiting {
            largest = booking.size.max(largest);
        }
    }
    held.max(largest)
}

/// Changes the number of seats, of a session or of all its pool. New ones are offered to the waitlist at once; below what is held, only with a [`Cut`].
pub(crate) fn set(
    facts: &Facts,
    actor: &Actor,
    id: Id<Session>,
    capacity: u32,
    cut: Option<&Cut>,
) -> Decision {
    let session = facts.get(id)?;
    let event = facts.get(session.event)?;
    rights::require_power(facts, actor, Power::ManageEvents, &event.held_at)?;
    if capacity == 0 {
        return Err(Refusal::Malformed { field: "capacity".into() }.into());
    }
    if capacity > limits::SEATS_PER_SESSION {
        return Err(Refusal::TooMany { field: "capacity".into(), limit: limits::SEATS_PER_SESSION }.into());
    }
    event.check_not_closing(facts)?;
    if let Some(cut) = cut {
        check_text("reason", &cut.reason, 1, limits::NOTE_CHARS)?;
    }
    let members = pool::members(facts, session)?;
    if capacity > session.capacity {
        // A pool has more seats for those that are to come.
        let ahead = members.iter().filter(|one| one.id == session.id || !one.has_begun(facts.now()));
        Facts::each(ahead, |session| {
            venue_use::check_seats(facts, event, &Session { capacity, ..(*session).clone() })
        })?;
    }
    let mut allotment = facts.get(Allotment::of(session.counted_with().uuid()))?.clone();
    if capacity < session.capacity {
        release::check_no_gates(facts, event.id)?;
    }
    // What gates gave to who walked in stays given.
    let Some(own) = capacity.checked_sub(allotment.lent) else {
        return Err(Refusal::SeatsHeld { used: allotment.used.saturating_add(allotment.lent) }.into());
    };
    let bookings = if own < allotment.seats { pool::bookings(facts, &members)? } else { Vec::new() };
    let lost = losing(bookings.iter().copied(), own);
    check_meant(facts, &members, event, &allotment, &lost, cut)?;
    let costs = lost.back.iter().chain(&lost.out);
    Facts::each(costs, |booking| release::check_nobody_came(facts, booking.id))?;

    allotment.seats = own;
    let session = Session { capacity, ..session.clone() };
    let others = members.into_iter().filter(|other| other.id != session.id);
    let others = others.map(|other| Session { capacity, ..other.clone() });
    let all = std::iter::once(session.clone()).chain(others);
    let mut changes: Vec<_> = all.map(|session| Change::put(session, event_feeds(event))).collect();
    let reason = cut.map_or("", |cut| cut.reason.trim());
    let put_back = Some(PutBack { reason: reason.to_owned(), at: facts.now() });
    for (booking, state) in (lost.back.iter().map(|booking| (booking, BookingState::Waiting)))
        .chain(lost.out.iter().map(|booking| (booking, BookingState::Displaced)))
    {
        allotment.give_back(booking.state, booking.size, booking.hold);
        if state == BookingState::Waiting {
            allotment.line_up(booking.hold);
        }
        let told = Booking { put_back: put_back.clone(), ..(*booking).clone() };
        changes.push(put(&told, state, booking.generation.saturating_add(1)));
    }
    // Nothing is oversold, whatever was on the list.
    if allotment.used > own {
        return Err(Refusal::SeatsHeld { used: allotment.used }.into());
    }
    changes.extend(waitlist::promote(facts, event, &session, &mut allotment, lost.families(), |line| {
        let gone = |booking: &Booking| lost.out.iter().any(|out| out.id == booking.id);
        line.retain(|booking| !gone(booking));
        // Who is put back came before everybody who waits.
        line.extend(lost.back.iter().map(|booking| (*booking).clone()));
    })?);
    changes.push(Change::put(allotment, []));
    Ok(changes)
}

/// Nobody loses a seat by a slip of the hand, or by a list that has changed since it was looked at.
fn check_meant(
    facts: &Facts,
    members: &[&Session],
    event: &crate::Event,
    allotment: &Allotment,
    lost: &Losing<'_>,
    cut: Option<&Cut>,
) -> Result<(), Stop> {
    let now = lost.families();
    let begun = members.iter().find(|session| session.takes_place(event) && session.has_begun(facts.now()));
    match cut {
        None if now == 0 => Ok(()),
        None if lost.back.iter().chain(&lost.out).any(|booking| booking.state.holds_seats()) => {
            Err(Refusal::SeatsHeld { used: allotment.used }.into())
        }
        None => {
            let size = lost.out.iter().map(|booking| booking.size).max().unwrap_or_default();
            Err(Refusal::PartyWaits { size }.into())
        }
        Some(_) if !members.iter().any(|session| session.takes_place(event)) => {
            Err(Refusal::EventNotOpen.into())
        }
        Some(_) if let Some(begun) = begun => Err(Refusal::Started { since: begun.starts.clone() }.into()),
        Some(cut) if cut.families != now => Err(Refusal::AudienceChanged { seen: cut.families, now }.into()),
        Some(_) => Ok(()),
    }
}
