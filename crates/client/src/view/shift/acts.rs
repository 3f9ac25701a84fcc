//! Taking, giving back and posting shifts.

use xinmei_model::{Act, PostDraft, ShiftDraft};

use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        shift::{Drop, PlannedShift, Post, Take},
    },
    view::ask::save,
};

impl Ask for Take {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::TakeShift { shift: self.shift, on_behalf_of: self.on_behalf_of }).await
    }
}

impl Ask for Drop {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::DropShift { shift: self.shift, on_behalf_of: self.on_behalf_of }).await
    }
}

impl Ask for Post {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let draft =
            |PlannedShift { starts, ends, needed }| ShiftDraft { id: client.new_id(), starts, ends, needed };
        let post = PostDraft {
            id: client.new_id(),
            place: self.place,
            title: self.title,
            about: self.about,
            meeting_point: self.meeting_point,
            programme: self.programme,
            shifts: self.shifts.into_iter().map(draft).collect(),
        };
        save(client, Act::PostShifts { post }).await
    }
}
