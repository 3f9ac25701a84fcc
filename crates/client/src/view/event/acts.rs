//! What families wish of an event, and what its desk does.

use xinmei_model::{Act, EventDraft, MutationId, SessionDraft};

use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        event::{Accept, Cancel, Capacity, Decline, PlannedSession, Publish, SignUp, Withdraw},
        sync::TakeBack,
    },
    view::ask::{read, save},
};

impl Ask for SignUp {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let wish = xinmei_model::SignUp {
            booking: client.new_id(),
            session: self.session,
            children: self.children,
            adults: self.adults,
            on_behalf_of: self.on_behalf_of,
        };
        save(client, Act::SignUp(wish)).await
    }
}

/// Saves a wish, unless it was pressed before and is still open: then it is that one.
async fn once(client: &Client, before: Option<MutationId>, act: Act) -> Result<Saved, Fault> {
    match before {
        Some(mutation) => Ok(Saved { mutation }),
        None => save(client, act).await,
    }
}

impl Ask for Withdraw {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let booking = self.booking;
        let pressed =
            read(client, move |reading| Ok(reading.wishes.waiting_for(booking, "withdraw"))).await?;
        // Nobody else has heard of a sign-up that was never sent: it is simply not sent. It may leave this very moment.
        if let Some(mutation) = pressed.unsent
            && (TakeBack { mutation }).answer(client).await.is_ok()
        {
            return Ok(Saved { mutation });
        }
        once(client, pressed.before, Act::Withdraw { booking, on_behalf_of: self.on_behalf_of }).await
    }
}

impl Ask for Accept {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let booking = self.booking;
        let pressed =
            read(client, move |reading| Ok(reading.wishes.waiting_for(booking, "accept-offer"))).await?;
        once(client, pressed.before, Act::AcceptOffer { booking, on_behalf_of: self.on_behalf_of }).await
    }
}

impl Ask for Decline {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let booking = self.booking;
        let pressed =
            read(client, move |reading| Ok(reading.wishes.waiting_for(booking, "decline-offer"))).await?;
        once(client, pressed.before, Act::DeclineOffer { booking, on_behalf_of: self.on_behalf_of }).await
    }
}

impl Ask for Publish {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let draft = |PlannedSession { name, starts, ends, capacity }| SessionDraft {
            id: client.new_id(),
            name,
            starts,
            ends,
            capacity,
        };
        let event = EventDraft {
            id: client.new_id(),
            place: self.place,
            title: self.title,
            about: self.about,
            venue: self.venue,
            programme: self.programme,
            eligible: self.eligible,
            seat_rule: self.seat_rule,
            family_limit: self.family_limit,
            waitlist: self.waitlist,
            opens: self.opens,
            closes: self.closes,
            withdraw_until: self.withdraw_until,
            sessions: self.sessions.into_iter().map(draft).collect(),
        };
        save(client, Act::PublishEvent { event }).await
    }
}

impl Ask for Cancel {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::CancelEvent { event: self.event, reason: self.reason }).await
    }
}

impl Ask for Capacity {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::SetCapacity { session: self.session, capacity: self.capacity }).await
    }
}
