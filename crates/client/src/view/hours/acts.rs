//! Wishes about hours.

use xinmei_model::{Act, HoursAct, HoursCorrection, HoursDraft, HoursEntry, Id, ProofWish, limits};

use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        hours::{Approve, Correct, Issue, Mark, Refuse, Request, SetStars, Withdraw},
    },
    fault::invalid,
    view::{ask::save, reading::Reading, wishes},
};

/// All of them are in the outbox, or none; the last one names the whole.
async fn save_all(client: &Client, steps: Vec<HoursAct>, field: &str) -> Result<Saved, Fault> {
    let saved = client.save_all(steps.into_iter().map(Act::Hours).collect()).await?;
    saved.last().map(|mutation| Saved { mutation: *mutation }).ok_or_else(|| invalid(field))
}

impl Ask for Mark {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { shift, people } = self;
        let some = people.chunks(limits::MARKS_PER_ACT);
        let steps = some.map(|people| HoursAct::MarkDuty { shift, people: people.to_vec() }).collect();
        save_all(client, steps, "people").await
    }
}

impl Ask for Request {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { place, title, programme, day, minutes, evidence, files, on_behalf_of } = self;
        let id = client.new_id();
        let draft = HoursDraft { id, place, title, programme, day, minutes, evidence, files, on_behalf_of };
        save(client, Act::Hours(HoursAct::RequestHours(draft))).await
    }
}

impl Ask for Approve {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let each = self.entries.iter();
        let steps =
            each.map(|one| HoursAct::ApproveHours { entry: one.entry, minutes: one.minutes }).collect();
        save_all(client, steps, "entries").await
    }
}

impl Ask for Refuse {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let each = self.entries.iter();
        let steps =
            each.map(|entry| HoursAct::RefuseHours { entry: *entry, reason: self.reason.clone() }).collect();
        save_all(client, steps, "entries").await
    }
}

impl Ask for Withdraw {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::Hours(HoursAct::WithdrawHours { entry: self.entry })).await
    }
}

impl Ask for Correct {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { entry: corrects, minutes, reason } = self;
        let wish = HoursCorrection { id: client.new_id(), corrects, minutes, reason };
        save(client, Act::Hours(HoursAct::CorrectHours(wish))).await
    }
}

impl Ask for Issue {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { person, from, to, training, awards, evaluation } = self;
        let me = client.read(|snapshot| Ok(snapshot.person())).await?;
        let person = person.unwrap_or(me);
        let wish = ProofWish { id: client.new_id(), person, from, to, training, awards, evaluation };
        save(client, Act::Hours(HoursAct::IssueProof(wish))).await
    }
}

impl Ask for SetStars {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::Hours(HoursAct::SetStars { hours: self.hours })).await
    }
}

impl Reading<'_> {
    /// Whether the request for an entry waits on this computer, with what it carries.
    pub(super) fn requests_hours(&self, id: Id<HoursEntry>) -> bool {
        let asks = |act: &Act| match act {
            Act::Hours(HoursAct::RequestHours(draft)) if draft.id == id => Some(()),
            _ => None,
        };
        self.wishes.newest(asks).is_some_and(|(_, item)| wishes::waits(&item.state))
    }
}
