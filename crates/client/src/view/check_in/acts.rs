//! What is wished at a gate. Everything it writes down is saved on this computer before the window says so.

use xinmei_model::{Act, Admission, Appointing, Arriving, Booking, Event, GateDraft, Id, Session};

use super::own_key;
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        check_in::{
            Agree, Appoint, Arrive, CloseGate, Correct, LetIn, OpenGate, Release, RevokeGate, Scan, Scanned,
            SetLease, SetUp,
        },
    },
    fault::invalid,
    replica::meta,
    view::ask::{read, save},
};

impl Ask for SetUp {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::OpenCheckIn { event: self.event }).await
    }
}

impl Ask for Appoint {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { event, role, ends } = self;
        save(client, Act::AppointSteward(Appointing { event, role, ends })).await
    }
}

impl Ask for OpenGate {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { event, name } = self;
        let own = read(client, move |reading| Ok(reading.own_gate(event)?.is_some())).await?;
        if own {
            return Err(invalid("gate"));
        }
        let id = client.new_id();
        let saved = save(client, Act::OpenGate { gate: GateDraft { id, event, name } }).await?;
        // A gate that is refused is never there: what is kept of it does no harm.
        client.write(move |conn| meta::put(conn, &own_key(event), &id.uuid().to_string())).await?;
        Ok(saved)
    }
}

/// The gate this computer is.
async fn own(client: &Client, event: Id<Event>) -> Result<Id<xinmei_model::Gate>, Fault> {
    let gate = read(client, move |reading| reading.own_gate(event)).await?;
    gate.map(|gate| gate.id).ok_or_else(|| invalid("gate"))
}

async fn event_of(client: &Client, session: Id<Session>) -> Result<Id<Event>, Fault> {
    let found = client.read(move |snapshot| snapshot.get(session)).await?;
    found.map(|session: Session| session.event).ok_or_else(|| invalid("session"))
}

impl Ask for SetLease {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let gate = own(client, event_of(client, self.session).await?).await?;
        save(client, Act::LeaseSeats { gate, session: self.session, seats: self.seats }).await
    }
}

impl Ask for Release {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::ReleaseNoShows { session: self.session, families: self.families }).await
    }
}

impl Ask for Agree {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let gate = own(client, self.event).await?;
        save(client, Act::AgreeRelease { gate, round: self.round }).await
    }
}

impl Ask for CloseGate {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let gate = own(client, self.event).await?;
        save(client, Act::CloseGate { gate }).await
    }
}

impl Ask for RevokeGate {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::RevokeGate { gate: self.gate }).await
    }
}

impl Ask for Correct {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::CorrectArrival { arrival: self.arrival, to: self.to }).await
    }
}

impl Ask for Arrive {
    type Reply = LetIn;

    async fn answer(self, client: &Client) -> Result<LetIn, Fault> {
        let gate = own(client, self.event).await?;
        let arrival = client.new_id();
        let at = match self.at {
            Some(at) => at,
            None => client.read(|snapshot| Ok(snapshot.now())).await?,
        };
        let wish = Arriving {
            arrival,
            gate,
            session: self.session,
            booking: self.booking,
            name: self.name,
            seats: self.seats,
            extra: self.extra,
            at,
            on_paper: self.at.is_some(),
        };
        let mutation = client.save(Act::Arrive(wish)).await?;
        Ok(LetIn { arrival, mutation })
    }
}

impl Ask for Scan {
    type Reply = Scanned;

    async fn answer(self, client: &Client) -> Result<Scanned, Fault> {
        let Self { event, session, code, looks } = self;
        let Some(booking) = Id::<Booking>::of_ticket(&code) else {
            return Ok(Scanned { party: None, ticket: false, arrival: None });
        };
        let look =
            move |reading: &crate::view::reading::Reading<'_>| reading.party_of(event, session, booking);
        let Some(party) = read(client, look).await? else {
            return Ok(Scanned { party: None, ticket: true, arrival: None });
        };
        let seats = match party.admission {
            Admission::May { seats } if !looks => seats,
            _ => return Ok(Scanned { party: Some(party), ticket: true, arrival: None }),
        };
        let name = String::new();
        let arrive = Arrive { event, session, booking: Some(booking), name, seats, extra: 0, at: None };
        let LetIn { arrival, .. } = arrive.answer(client).await?;
        Ok(Scanned { party: Some(party), ticket: true, arrival: Some(arrival) })
    }
}
