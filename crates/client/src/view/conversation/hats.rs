//! Handing over for others: whose conversations may be given to somebody else, and how many there are.

use xinmei_model::{
    Id, Kind, List, Power, Role, power_of,
    wire::{CountOpen, OpenCount},
};

use crate::{
    Client,
    api::{
        Ask, Fault,
        conversation::{HatLine, Hats, Inbox, ListHats, LookInbox},
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
    let mut roles: Vec<Role> = reading.snapshot.list(List::All(Kind::Role))?;
    let covered = |role: &Role| {
        let place = reading.places.get(&role.place);
        place.is_some_and(|place| reading.may(Power::HandOver, &place.path))
    };
    roles.retain(|role| power_of(role.kind, Power::Converse) && role.from <= reading.day && covered(role));
    roles.sort_by(|a, b| a.person_name.cmp(&b.person_name).then_with(|| a.title.cmp(&b.title)));
    let line = |role: Role| HatLine {
        over: !role.holds(reading.day),
        place: reading.place_name(role.place),
        role: role.id,
        name: role.person_name,
        title: role.title,
        subject: role.subject,
    };
    Ok(Hats { hats: roles.into_iter().map(line).collect() })
}
