//! Sending, recalling and answering notices.

use xinmei_model::{Act, Answering, NoticeDraft};

use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        notice::{Answer, Approve, ChildReply, Decline, MarkSeen, Recall, Remind, Send},
    },
    fault::invalid,
    view::ask::save,
};

impl Ask for Send {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let notice = draft_of(client, self);
        save(client, Act::SendNotice { notice }).await
    }
}

/// What is sent, with an id of its own.
pub(crate) fn draft_of(client: &Client, send: Send) -> NoticeDraft {
    NoticeDraft {
        id: client.new_id(),
        audience: send.audience,
        families_seen: send.families_seen,
        title: send.title,
        body: send.body,
        ask: send.ask,
        answered_by: send.answered_by,
        due: send.due,
        send_at: send.send_at,
        supersedes: send.supersedes,
        keeps_answers: send.keeps_answers,
        asks_again: send.asks_again,
        changed: send.changed,
        class_reads: send.class_reads,
        reminds: send.reminds,
        alert: send.alert,
        files: send.files,
    }
}

impl Ask for Approve {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::ApproveNotice { notice: self.notice }).await
    }
}

impl Ask for Decline {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::DeclineNotice { notice: self.notice, reason: self.reason }).await
    }
}

impl Ask for Recall {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::RecallNotice { notice: self.notice, words: self.words }).await
    }
}

impl Ask for MarkSeen {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::MarkSeen { notice: self.notice }).await
    }
}

impl Ask for Remind {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::RemindNotice { notice: self.notice }).await
    }
}

impl Ask for Answer {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { notice, replies, on_behalf_of } = self;
        let act = |one: ChildReply| {
            let ChildReply { child, reply, replaces } = one;
            Act::Answer(Answering { notice, child, reply, replaces, on_behalf_of: on_behalf_of.clone() })
        };
        // All of them are in the outbox, or none; the last one names the whole.
        let saved = client.save_all(replies.into_iter().map(act).collect()).await?;
        saved.last().map(|mutation| Saved { mutation: *mutation }).ok_or_else(|| invalid("replies"))
    }
}
