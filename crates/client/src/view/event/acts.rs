//! What families wish of an event, and what its desk does.

use xinmei_model::{Act, EventDraft, SessionDraft};

use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        event::{Accept, Cancel, Capacity, Decline, PlannedSession, Publish, SignUp, Withdraw},
    },
    view::ask::save,
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
            note: self.note,
        };
        save(client, Act::SignUp(wish)).await
    }
}

impl Ask for Withdraw {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::Withdraw { booking: self.booking, on_behalf_of: self.on_behalf_of }).await
    }
}

impl Ask for Accept {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::AcceptOffer { booking: self.booking, on_behalf_of: self.on_behalf_of }).await
    }
}

impl Ask for Decline {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::DeclineOffer { booking: self.booking, on_behalf_of: self.on_behalf_of }).await
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
