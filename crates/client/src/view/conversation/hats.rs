//! Handing over for others: whose conversations may be given to somebody else, and how many there are.

use xinmei_model::{
    Id, Kind, List, Power, Role, power_of,
    wire::{CountOpen, OpenCount},
};

use crate::{
    Client,
    api::{
        Ask, Fault,
        conversation::{Hats, Inbox, ListHats, LookInbox},
        hat::HatLine,
    },
    fault::invalid,
    view::{ask::read, reading::Reading},
};

impl Ask for ListHats {
    type Reply = Hats;

    async fn answer(self, client: &Client) -> Result<Hats, Fault> {
        read(client, hats).await
    }
}

impl Ask for LookInbox {
    type Reply = Inbox;

    async fn answer(self, client: &Client) -> Result<Inbox, Fault> {
        let role: Id<Role> = self.role;
        let (hat, substitutes) = read(client, move |reading| {
            let row: Role = reading.snapshot.get(role)?.ok_or_else(|| invalid("role"))?;
            Ok((reading.hat, reading.staff_beside(&row)?))
        })
        .await?;
        let path = format!("/v1/inboxes/{role}/count");
        let OpenCount { open } = client.post(&path, &CountOpen { hat }).await?;
        Ok(Inbox { open, substitutes })
    }
}

fn hats(reading: &Reading<'_>) -> Result<Hats, Fault> {
    Ok(Hats { hats: reading.hats_with(Power::HandOver)? })
}

impl Reading<'_> {
    /// Hats that talk with families, worn and no longer worn, at places where this one has a power; by name.
    pub(crate) fn hats_with(&self, power: Power) -> Result<Vec<HatLine>, Fault> {
        let mut roles: Vec<Role> = self.snapshot.list(List::All(Kind::Role))?;
        let covered = |role: &Role| {
            let place = self.places.get(&role.place);
            place.is_some_and(|place| self.may(power, &place.path))
        };
        roles.retain(|role| power_of(role.kind, Power::Converse) && role.from <= self.day && covered(role));
        roles.sort_by(|a, b| a.person_name.cmp(&b.person_name).then_with(|| a.title.cmp(&b.title)));
        let line = |role: Role| HatLine {
            over: !role.holds(self.day),
            place: self.place_name(role.place),
            role: role.id,
            name: role.person_name,
            title: role.title,
            subject: role.subject,
        };
        Ok(roles.into_iter().map(line).collect())
    }
}
