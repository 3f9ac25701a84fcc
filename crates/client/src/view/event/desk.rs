//! The coordinator's event: every booking, in order of acceptance, then what waits on this computer.

use std::collections::HashMap;

use jiff::Timestamp;
use xinmei_model::{
    Booking, Child, Entered, Event, Id, Link, List, Person, Power, Relation, Seat, Session, SignUp, losing,
    painless,
};

use crate::{
    Client,
    api::{
        Ask, Fault,
        desk::{Desk, DeskBooking, DeskView, Losers, Losing},
        notice::GuardianName,
        profile::ChildName,
        sync::ItemState,
    },
    fault::invalid,
    view::{
        ask::{no_power, read},
        family::Family,
        reading::{Reading, count},
    },
};

impl Ask for Desk {
    type Reply = DeskView;

    async fn answer(self, client: &Client) -> Result<DeskView, Fault> {
        read(client, move |reading| desk(reading, self.event)).await
    }
}

impl Ask for Losing {
    type Reply = Losers;

    async fn answer(self, client: &Client) -> Result<Losers, Fault> {
        read(client, move |reading| losers(reading, self.session, self.capacity)).await
    }
}

/// Whom fewer seats would cost something, by the list this computer has.
fn losers(reading: &Reading<'_>, session: Id<Session>, capacity: u32) -> Result<Losers, Fault> {
    let session: Session = reading.snapshot.get(session)?.ok_or_else(|| invalid("session"))?;
    let event = reading.event(session.event)?;
    if !reading.may(Power::ManageEvents, &event.held_at) {
        return Err(no_power(Power::ManageEvents));
    }
    let all: Vec<Session> = reading.snapshot.list(List::SessionsOf(event.id))?;
    let all: Vec<_> = all.into_iter().filter(|other| other.shares_seats_with(&session)).collect();
    let mut bookings = Vec::new();
    for session in &all {
        let own: Vec<Booking> = reading.snapshot.list(List::BookingsOf(session.id))?;
        bookings.extend(own.into_iter().filter(|booking| booking.is_counted(session, reading.now)));
    }
    let lost = losing(&bookings, capacity);
    let named = |bookings: Vec<&Booking>| -> Result<Vec<_>, Fault> {
        let none = HashMap::new();
        let of = |booking: &Booking| all.iter().find(|session| session.id == booking.session);
        bookings
            .into_iter()
            .filter_map(|booking| Some((booking, of(booking)?)))
            .map(|(booking, session)| desk_booking(reading, &event, session, booking.clone(), &none))
            .collect()
    };
    Ok(Losers { back: named(lost.back)?, out: named(lost.out)?, painless: painless(&bookings) })
}

pub(super) fn desk(reading: &Reading<'_>, id: Id<Event>) -> Result<DeskView, Fault> {
    let event = reading.event(id)?;
    if !reading.may(Power::ManageEvents, &event.held_at) {
        return Err(no_power(Power::ManageEvents));
    }
    let whole = reading.event_whole(&event, &Family::of_hat(reading)?, &[])?;
    // One list instead of a look-up for each of some thousand seats.
    let children = reading.children_in(event.place)?;
    let children: HashMap<_, _> = children.into_iter().map(|child| (child.id, child)).collect();
    let sessions: Vec<Session> = reading.snapshot.list(List::SessionsOf(event.id))?;
    let mut found = Vec::new();
    for session in &sessions {
        let bookings: Vec<Booking> = reading.snapshot.list(List::BookingsOf(session.id))?;
        found.extend(bookings.into_iter().map(|booking| (session, booking)));
    }
    found.sort_by_key(|(_, booking)| (booking.at, booking.seq));
    let drawn = reading.draw_rows(&event)?;
    let mut bookings = Vec::with_capacity(found.len());
    for (session, booking) in found {
        let one = desk_booking(reading, &event, session, booking, &children)?;
        bookings.push(DeskBooking { misses: drawn.misses(one.id), drawn: drawn.place(one.id), ..one });
    }
    for (wish, entry) in reading.wishes.sign_ups(false) {
        let here = whole.line.sessions.iter().any(|session| session.id == wish.session);
        if here && reading.snapshot.get(wish.booking)?.is_none() {
            bookings.push(desk_wish(reading, &event, wish, &entry.state, entry.composed)?);
        }
    }
    let draw = reading.desk_draw(&event, &whole.line.sessions, &bookings);
    Ok(DeskView { event: whole, bookings, draw })
}

fn desk_booking(
    reading: &Reading<'_>,
    event: &Event,
    session: &Session,
    booking: Booking,
    known: &HashMap<Id<Child>, Child>,
) -> Result<DeskBooking, Fault> {
    let seats: Vec<Seat> = reading.snapshot.list(List::SeatsOf(booking.id))?;
    let mut children = Vec::with_capacity(seats.len());
    for seat in &seats {
        children.push(match known.get(&seat.child) {
            Some(child) => reading.child_name(child)?,
            None => match reading.snapshot.get(seat.child)? {
                Some(child) => reading.child_name(&child)?,
                // A child that left, or of another campus: the seat keeps the name.
                None => ChildName {
                    id: seat.child,
                    name: seat.child_name.clone(),
                    tail: String::new(),
                    class: None,
                },
            },
        });
    }
    let ids: Vec<_> = seats.iter().map(|seat| seat.child).collect();
    Ok(DeskBooking {
        id: booking.id,
        session: booking.session,
        children,
        guardian: guardian(reading, &ids, booking.guardian, booking.guardian_name.clone())?,
        state: reading.booking_is(&booking, event, session)?,
        may_change: booking.may_change(event, session, reading.now),
        answers: booking.answers,
        put_back: booking.put_back,
        wishes: booking.wishes,
        misses: None,
        drawn: None,
        entered: booking.entered,
        adults: booking.adults,
        size: booking.size,
        at: booking.at,
    })
}

/// 代办 that waits on this computer, or was refused and not seen.
fn desk_wish(
    reading: &Reading<'_>,
    event: &Event,
    wish: &SignUp,
    state: &ItemState,
    composed: Timestamp,
) -> Result<DeskBooking, Fault> {
    let proxy = wish.on_behalf_of.as_ref();
    let person = proxy.map_or(reading.me, |proxy| proxy.person);
    let entered = proxy
        .zip(reading.role())
        .map(|(proxy, role)| Entered { by: role.person_name.clone(), note: proxy.note.clone() });
    Ok(DeskBooking {
        id: wish.booking,
        session: wish.session,
        children: reading.child_names(&wish.children)?,
        guardian: guardian(reading, &wish.children, person, String::new())?,
        entered,
        adults: wish.adults,
        size: event.seats_for(count(&wish.children), wish.adults),
        at: composed,
        answers: Vec::new(),
        put_back: None,
        wishes: wish.wishes(event),
        misses: None,
        drawn: None,
        may_change: false,
        state: reading.wish_is(event, wish, state)?,
    })
}

/// A guardian as the class list has them, else as the booking has.
fn guardian(
    reading: &Reading<'_>,
    children: &[Id<Child>],
    person: Id<Person>,
    name: String,
) -> Result<GuardianName, Fault> {
    if let Some(child) = children.first() {
        let links: Vec<Link> = reading.snapshot.list(List::LinksOf(*child))?;
        if let Some(link) = links.iter().find(|link| link.guardian == person) {
            return Ok(reading.guardian_name(link));
        }
    }
    Ok(GuardianName { id: person, name, relation: Relation::Other, decides: false })
}
