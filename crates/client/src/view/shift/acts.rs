//! Taking, giving back and posting shifts.

use xinmei_model::Act;

use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        shift::{Drop, Post, Take},
    },
    view::{ask::save, volunteer::drafted},
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
        let post = drafted(client, client.new_id(), self);
        save(client, Act::PostShifts { post }).await
    }
}
