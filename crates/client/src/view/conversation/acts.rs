//! What can be done in a conversation, each one wish.

use xinmei_model::{Act, ConversationDraft, Hat, Id, MessageText, Power, Role};

use crate::{
    Client,
    api::{
        self, Ask, Fault, Saved,
        conversation::{
            Begin, Begun, BringIn, Delete, Edit, End, HandOver, Read, Receive, Say, SetOfficeHours, TakeOut,
        },
    },
    fault::invalid,
    view::ask::{no_power, read, save},
};

/// The staff hat that is on.
async fn own_role(client: &Client) -> Result<Id<Role>, Fault> {
    read(client, |reading| match reading.hat {
        Hat::Staff { role } => Ok(role),
        Hat::Guardian => Err(no_power(Power::Converse)),
    })
    .await
}

impl Ask for Begin {
    type Reply = Begun;

    async fn answer(self, client: &Client) -> Result<Begun, Fault> {
        let Self { child, with, title, text, files } = self;
        let with = match with {
            Some(who) => who,
            None => own_role(client).await?.into(),
        };
        let id = client.new_id();
        let message = MessageText { id: client.new_id(), text, quotes: None, files };
        let conversation = ConversationDraft { id, child, with, title, message };
        let Saved { mutation } = save(client, Act::OpenConversation { conversation }).await?;
        Ok(Begun { mutation, conversation: id })
    }
}

impl Ask for Say {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { conversation, text, quotes, files } = self;
        let message = MessageText { id: client.new_id(), text, quotes, files };
        let child = read(client, move |reading| reading.child_of(conversation)).await?;
        save(client, Act::SayMessage { conversation, child, message }).await
    }
}

impl Ask for Edit {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { message, text } = self;
        let child = read(client, move |reading| {
            let said = reading.snapshot.get(message)?.ok_or_else(|| invalid("message"))?;
            Ok(said.child)
        })
        .await?;
        save(client, Act::EditMessage { message, child, text }).await
    }
}

impl Ask for Delete {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::DeleteMessage { message: self.message }).await
    }
}

impl Ask for Receive {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::ReceiveMessage { message: self.message }).await
    }
}

impl Ask for Read {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { conversation, up_to, shown } = self;
        save(client, Act::MarkRead { conversation, up_to, shown }).await
    }
}

impl Ask for BringIn {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { conversation, who, reads_only } = self;
        save(client, Act::BringIn { conversation, who, reads_only }).await
    }
}

impl Ask for TakeOut {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { conversation, who } = self;
        save(client, Act::TakeOut { conversation, who }).await
    }
}

impl Ask for End {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::EndConversation { conversation: self.conversation }).await
    }
}

impl Ask for SetOfficeHours {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::SetOfficeHours { hours: self.hours }).await
    }
}

impl Ask for HandOver {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let from = match self.from {
            Some(role) => role,
            None => own_role(client).await?,
        };
        save(client, Act::HandOver { from, to: self.to }).await
    }
}

impl Ask for api::conversation::Open {
    type Reply = api::conversation::Thread;

    async fn answer(self, client: &Client) -> Result<api::conversation::Thread, Fault> {
        read(client, move |reading| super::thread::open(reading, self.conversation, self.most)).await
    }
}
