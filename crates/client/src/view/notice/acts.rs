//! Sending, recalling and answering notices.

use xinmei_model::{Act, NoticeDraft};

use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        notice::{Acknowledge, Recall, Send},
    },
    fault::invalid,
    view::ask::save,
};

impl Ask for Send {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let notice = NoticeDraft {
            id: client.new_id(),
            audience: self.audience,
            families_seen: self.families_seen,
            title: self.title,
            body: self.body,
            ask: self.ask,
            due: self.due,
            supersedes: self.supersedes,
            changed: self.changed,
        };
        save(client, Act::SendNotice { notice }).await
    }
}

impl Ask for Recall {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::RecallNotice { notice: self.notice }).await
    }
}

impl Ask for Acknowledge {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { notice, children, on_behalf_of } = self;
        let act = |child| Act::Acknowledge { notice, child, on_behalf_of: on_behalf_of.clone() };
        // All of them are in the outbox, or none; the last one names the whole.
        let saved = client.save_all(children.into_iter().map(act).collect()).await?;
        saved.last().map(|mutation| Saved { mutation: *mutation }).ok_or_else(|| invalid("children"))
    }
}
