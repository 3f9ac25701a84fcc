//! The whole list of a session, for the screen and for paper; tickets and badges.

use qrcode::types::QrError;
use xinmei_model::{Booking, BookingState, Id, PassState};

use super::find::in_order;
use crate::{
    Client,
    api::{
        Ask, Fault,
        check_in::{Sheet, SheetView},
        ticket::{BadgeSheet, Badges, Look, Seen, ShowTicket, Ticket},
    },
    fault::invalid,
    view::{
        ask::{no_power, read},
        class::qr_of,
        reading::Reading,
    },
};

impl Ask for Sheet {
    type Reply = SheetView;

    async fn answer(self, client: &Client) -> Result<SheetView, Fault> {
        read(client, move |reading| {
            let roll = reading.roll_by_id(self.session)?;
            // Stewards see one person at a time.
            if !reading.supervises(&roll.event) {
                return Err(no_power(xinmei_model::Power::ManageEvents));
            }
            let gate = reading.own_gate(roll.event.id)?;
            let parties = in_order(&roll).into_iter();
            let parties = parties.map(|party| reading.party(gate.as_ref(), roll.session.id, party, &roll));
            let walked_in = roll.arrivals.iter().filter(|arrival| arrival.booking.is_none());
            Ok(SheetView {
                title: roll.event.title.clone(),
                venue: reading.venue_words(&roll.event, &roll.session)?,
                session: roll.counts(reading),
                parties: parties.collect::<Result<_, _>>()?,
                walked_in: reading.arrivals(walked_in, &roll)?,
            })
        })
        .await
    }
}

impl Ask for Badges {
    type Reply = BadgeSheet;

    async fn answer(self, client: &Client) -> Result<BadgeSheet, Fault> {
        let bookings = read(client, move |reading| badges(reading, self.session)).await?;
        let badges = bookings.into_iter().map(ticket).collect::<Result<_, _>>();
        Ok(BadgeSheet { badges: badges.map_err(|error| client.broken(&error))? })
    }
}

fn badges(reading: &Reading<'_>, session: Id<xinmei_model::Session>) -> Result<Vec<Id<Booking>>, Fault> {
    let roll = reading.roll_by_id(session)?;
    if !reading.supervises(&roll.event) {
        return Err(no_power(xinmei_model::Power::ManageEvents));
    }
    let comes = in_order(&roll)
        .into_iter()
        .filter(|party| matches!(party.state(), PassState::Valid | PassState::Releasing { .. }));
    Ok(comes.map(|party| party.booking).collect())
}

impl Ask for ShowTicket {
    type Reply = Ticket;

    async fn answer(self, client: &Client) -> Result<Ticket, Fault> {
        let booking = self.booking;
        let held: Option<Booking> = client.read(move |snapshot| snapshot.get(booking)).await?;
        held.filter(|booking| booking.state == BookingState::Confirmed).ok_or_else(|| invalid("booking"))?;
        ticket(booking).map_err(|error| client.broken(&error))
    }
}

fn ticket(booking: Id<Booking>) -> Result<Ticket, QrError> {
    let code = booking.ticket();
    Ok(Ticket { qr: qr_of(&code)?, code, booking })
}

impl Ask for Look {
    type Reply = Seen;

    async fn answer(self, client: &Client) -> Result<Seen, Fault> {
        let (picture, code) = client.core.camera.look().await?;
        Ok(Seen { picture, code })
    }
}
