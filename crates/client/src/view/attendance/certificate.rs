//! The certificate of a family that was there.

use xinmei_model::{Arrival, Booking, Event, List, Seat, Session, children_came};

use crate::{
    Client,
    api::{
        Ask, Fault,
        attendance::{Certificate, Certify},
        profile::ChildName,
    },
    fault::invalid,
    view::{ask::read, family::Family, reading::Reading},
};

impl Ask for Certify {
    type Reply = Certificate;

    async fn answer(self, client: &Client) -> Result<Certificate, Fault> {
        read(client, move |reading| certificate(reading, self)).await
    }
}

/// Whether the children of a booking were at its session, which is over.
pub(in crate::view) fn was_there(
    reading: &Reading<'_>,
    booking: &Booking,
    event: &Event,
    session: &Session,
) -> Result<bool, Fault> {
    if !session.takes_place(event) || reading.now < session.ends.timestamp() {
        return Ok(false);
    }
    let arrivals: Vec<Arrival> = reading.snapshot.list(List::ArrivalsOf(booking.id))?;
    Ok(children_came(event, booking, &arrivals))
}

pub(super) fn certificate(reading: &Reading<'_>, ask: Certify) -> Result<Certificate, Fault> {
    let none = || invalid("booking");
    let booking: Booking = reading.snapshot.get(ask.booking)?.ok_or_else(none)?;
    let session: Session = reading.snapshot.get(booking.session)?.ok_or_else(none)?;
    let event = reading.event(session.event)?;
    if !was_there(reading, &booking, &event, &session)? {
        return Err(none());
    }
    let seats: Vec<Seat> = reading.snapshot.list(List::SeatsOf(booking.id))?;
    let day = session.starts.date();
    let year = reading.year_on(day)?;
    let family = Family::of_hat(reading)?;
    let own = family.children().iter().filter(|own| seats.iter().any(|seat| seat.child == own.child.id));
    let children: Vec<_> = own
        .map(|own| ChildName {
            class: own.child.class_on(day).map(|class| reading.place_name_in(class, year)),
            ..own.name.clone()
        })
        .collect();
    if children.is_empty() {
        return Err(none());
    }
    Ok(Certificate {
        school: reading.school.as_ref().map(|school| school.name.clone()).unwrap_or_default(),
        title: event.title.clone(),
        tags: event.tags().map(str::to_owned).collect(),
        session: session.name.clone(),
        venue: reading.venue_words(&event, &session)?,
        starts: session.starts,
        ends: session.ends,
        children,
    })
}
