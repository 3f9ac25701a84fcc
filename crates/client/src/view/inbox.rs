//! Shared inboxes, and who reads them.

use xinmei_model::{Act, Child, Conversation, Id, Inbox, InboxDraft, Kind, List, Power, Role};

use super::{
    ask::{read, save},
    conversation::choice,
    reading::Reading,
};
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        inbox::{self, Close, InboxLine, Inboxes, Keep},
    },
};

impl Ask for inbox::List {
    type Reply = Inboxes;

    async fn answer(self, client: &Client) -> Result<Inboxes, Fault> {
        read(client, list).await
    }
}

impl Ask for Keep {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { inbox, name, about, place, readers } = self;
        let id = inbox.unwrap_or_else(|| client.new_id());
        save(client, Act::KeepInbox { inbox: InboxDraft { id, name, about, place, readers } }).await
    }
}

impl Ask for Close {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::CloseInbox { inbox: self.inbox }).await
    }
}

pub(super) fn list(reading: &Reading<'_>) -> Result<Inboxes, Fault> {
    let places = reading.place_names_with(Power::Administer);
    let hats = if places.is_empty() { Vec::new() } else { reading.hats_with(Power::Administer)? };
    let mut inboxes = reading.inboxes(|_| true)?;
    // What is over stays in sight of whoever could open it again.
    inboxes.retain(|line| !line.closed || line.may_keep);
    inboxes.sort_by_key(|line| line.closed);
    Ok(Inboxes { inboxes, places, hats })
}

impl Reading<'_> {
    /// Inboxes a family of this child may write to, the nearest first.
    pub(super) fn inboxes_for(&self, child: &Child) -> Result<Vec<InboxLine>, Fault> {
        let mut lines = self.inboxes(|inbox| inbox.takes(child))?;
        lines.retain(|line| !line.readers.is_empty());
        lines.reverse();
        Ok(lines)
    }

    /// Inboxes that take part in a conversation.
    pub(super) fn inboxes_in(&self, row: &Conversation) -> Result<Vec<InboxLine>, Fault> {
        self.inboxes(|inbox| row.is_with(inbox.id.into()))
    }

    /// Those that `which` picks, the largest place first.
    fn inboxes(&self, which: impl Fn(&Inbox) -> bool) -> Result<Vec<InboxLine>, Fault> {
        let mut rows: Vec<Inbox> = self.snapshot.list(List::All(Kind::Inbox))?;
        rows.retain(|row| which(row));
        rows.sort_by_cached_key(|row| {
            let place = self.places.get(&row.place);
            (place.map(|place| place.path.len()), place.map(|place| place.name.clone()), row.name.clone())
        });
        rows.into_iter().map(|row| self.inbox_line(row)).collect()
    }

    fn inbox_line(&self, row: Inbox) -> Result<InboxLine, Fault> {
        let mut roles: Vec<Role> = Vec::new();
        for reader in &row.readers {
            roles.extend(self.snapshot.get::<Role>(*reader)?);
        }
        let readers = row.read_by(&roles, self.day).into_iter().cloned().map(choice).collect();
        let path = self.places.get(&row.place).map(|place| place.path.as_slice()).unwrap_or_default();
        let may_keep = self.may(Power::Administer, path);
        let place = self.place_name(row.place);
        let (name, about) = (row.name, row.about);
        Ok(InboxLine { inbox: row.id, name, about, place, readers, closed: row.closed, may_keep })
    }
}

/// What an inbox is called; empty where it is not here.
pub(super) fn name_of(reading: &Reading<'_>, id: Id<Inbox>) -> Result<String, Fault> {
    Ok(reading.snapshot.get(id)?.map(|inbox: Inbox| inbox.name).unwrap_or_default())
}
