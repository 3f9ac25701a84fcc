//! 合作单位: the directory of partners, and its cards.

use xinmei_model::{
    Act, Event, Id, Kind, List, PartnerDraft, PartnerOrg, Power, Told, file_name_of, limits, read_vcards,
    vcards,
};

use super::{
    ask::{read, save},
    check_in::spells,
    reading::{Reading, count},
};
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        partner::{
            self, BringIn, CardFile, CardNews, CardPartner, CardUnread, Cards, CardsRead, Drop, Export, Name,
            PartnerOrgs, PartnerView, Put, Read,
        },
        table::KeptFile,
    },
    client::blocking,
    fault::invalid,
};

/// What the file of the whole directory is called.
const DIRECTORY: &str = "合作单位";

impl Ask for partner::List {
    type Reply = PartnerOrgs;

    async fn answer(self, client: &Client) -> Result<PartnerOrgs, Fault> {
        read(client, move |reading| list(reading, &self.find)).await
    }
}

impl Ask for Put {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let partner = self.partner.unwrap_or_else(|| client.new_id());
        save(client, Act::PutPartner { partner, draft: self.draft }).await
    }
}

impl Ask for Drop {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::DropPartner { partner: self.partner }).await
    }
}

impl Ask for Name {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { event, partner } = self;
        save(client, Act::NamePartner { event, partner }).await
    }
}

impl Ask for Cards {
    type Reply = CardFile;

    async fn answer(self, client: &Client) -> Result<CardFile, Fault> {
        read(client, move |reading| cards(reading, self.partner)).await
    }
}

impl Ask for Export {
    type Reply = KeptFile;

    async fn answer(self, client: &Client) -> Result<KeptFile, Fault> {
        let CardFile { name, text } = Cards { partner: self.partner }.answer(client).await?;
        let outside = client.core.options.outside.clone();
        blocking(move || Ok(KeptFile::at(&outside.save(&name, text.as_bytes())?))).await
    }
}

impl Ask for Read {
    type Reply = CardsRead;

    async fn answer(self, client: &Client) -> Result<CardsRead, Fault> {
        read(client, move |reading| news(reading, &self.file)).await
    }
}

impl Ask for BringIn {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        if self.partners.len() > limits::VCARDS {
            return Err(invalid("partners"));
        }
        let put = |one: Put| {
            let partner = one.partner.unwrap_or_else(|| client.new_id());
            Act::PutPartner { partner, draft: one.draft }
        };
        // All of them are in the outbox, or none; the last one names the whole.
        let saved = client.save_all(self.partners.into_iter().map(put).collect()).await?;
        saved.last().map(|mutation| Saved { mutation: *mutation }).ok_or_else(|| invalid("partners"))
    }
}

impl Reading<'_> {
    /// Partners with whom something new may be held.
    pub(crate) fn partners_kept(&self) -> Result<Vec<Id<PartnerOrg>>, Fault> {
        Ok(self
            .partner_orgs()?
            .into_iter()
            .filter(|partner| !partner.dropped)
            .map(|partner| partner.id)
            .collect())
    }

    /// The directory, by name.
    pub(super) fn partner_orgs(&self) -> Result<Vec<PartnerOrg>, Fault> {
        let mut found: Vec<PartnerOrg> = self.snapshot.list(List::All(Kind::PartnerOrg))?;
        found.sort_by(|one, other| (&one.draft.name, one.id).cmp(&(&other.draft.name, other.id)));
        Ok(found)
    }
}

fn list(reading: &Reading<'_>, find: &str) -> Result<PartnerOrgs, Fault> {
    let may_keep = reading.has(Power::ManageEvents);
    // Rows that are here are shown in a staff hat alone: a guardian who works here wears another.
    let found = if reading.role().is_some() { reading.partner_orgs()? } else { Vec::new() };
    let all = count(&found);
    let events: Vec<Event> = reading.snapshot.list(List::All(Kind::Event))?;
    let wanted = find.trim().to_lowercase();
    let mut ranked: Vec<_> =
        found.into_iter().filter_map(|one| rank(&one.draft, &wanted).map(|rank| (rank, one))).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let view = |(_, one): (u8, PartnerOrg)| {
        let with = |event: &&Event| event.partner.as_ref().is_some_and(|partner| partner.id == one.id);
        PartnerView { id: one.id, events: count(events.iter().filter(with)), draft: one.draft, at: one.at }
    };
    Ok(PartnerOrgs { partners: ranked.into_iter().map(view).collect(), all, may_keep })
}

/// How well a partner fits what was typed, 0 being best; `None` if not at all.
fn rank(draft: &PartnerDraft, wanted: &str) -> Option<u8> {
    let spelt = wanted.replace(' ', "");
    let name = draft.name.to_lowercase();
    if name.starts_with(wanted) || spells(&draft.name, &spelt) {
        return Some(0);
    }
    // 红岩博物馆 by hongyan, hy or bwg, wherever in the name it begins.
    let within = |name: &str| {
        name.char_indices().skip(1).any(|(at, _)| name.get(at..).is_some_and(|rest| spells(rest, &spelt)))
    };
    if name.contains(wanted) || within(&draft.name) {
        return Some(1);
    }
    let is_there = |one: &xinmei_model::PartnerContact| {
        one.name.to_lowercase().contains(wanted) || spells(&one.name, &spelt)
    };
    if draft.contacts.iter().any(is_there) {
        return Some(2);
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let number = digits(wanted);
    let number = if number.len() >= 3 && number.len() == spelt.replace(['-', '+'], "").len() {
        number
    } else {
        String::new()
    };
    let said = [&draft.about, &draft.address, &draft.note, &draft.website];
    let dialled = |one: &xinmei_model::PartnerContact| {
        !number.is_empty() && digits(&one.phone).contains(&number)
            || one.title.to_lowercase().contains(wanted)
    };
    let anywhere = said.iter().any(|text| text.to_lowercase().contains(wanted));
    (anywhere || draft.contacts.iter().any(dialled)).then_some(3)
}

fn cards(reading: &Reading<'_>, of: Option<Id<PartnerOrg>>) -> Result<CardFile, Fault> {
    let mut found = if reading.role().is_some() { reading.partner_orgs()? } else { Vec::new() };
    found.retain(|one| of.is_none_or(|id| one.id == id));
    let Some(first) = found.first() else { return Err(invalid("partner")) };
    let name = if of.is_some() { first.draft.name.replace(['/', '\\'], " ") } else { DIRECTORY.to_owned() };
    let text = vcards(found.iter().map(|one| (one.id, &one.draft)));
    Ok(CardFile { name: file_name_of(&format!("{name}.vcf")), text })
}

/// What a file tells, beside what is known: the id of a partner counts before its name.
fn news(reading: &Reading<'_>, file: &str) -> Result<CardsRead, Fault> {
    let mut told = CardsRead { fault: None, partners: Vec::new(), unreadable: Vec::new() };
    let cards = match read_vcards(file.as_bytes()) {
        Ok(cards) => cards,
        Err(fault) => return Ok(CardsRead { fault: Some(fault), ..told }),
    };
    let known = reading.partner_orgs()?;
    for card in cards {
        let Told { id, partner } = match card.told {
            Ok(told) => told,
            Err(fault) => {
                told.unreadable.push(CardUnread { line: card.line, name: card.name, fault });
                continue;
            }
        };
        let by_id = id.and_then(|id| known.iter().find(|one| one.id == id));
        let before = by_id.or_else(|| known.iter().find(|one| one.draft.name == partner.name));
        let (id, base) = (before.map(|one| one.id), before.map(|one| &one.draft));
        let same = |one: &&mut CardPartner| match (one.partner, id) {
            (Some(one), Some(other)) => one == other,
            (None, None) => one.draft.name == partner.name,
            _ => false,
        };
        match told.partners.iter_mut().find(same) {
            Some(one) => one.draft = one.draft.with(&partner),
            None => {
                let draft = base.map_or_else(|| partner.clone(), |base| base.with(&partner));
                told.partners.push(CardPartner { partner: id, draft, is: CardNews::New });
            }
        }
    }
    for one in &mut told.partners {
        let before = known.iter().find(|known| Some(known.id) == one.partner);
        one.is = match before {
            None => CardNews::New,
            Some(before) if before.draft == one.draft => CardNews::Same,
            Some(_) => CardNews::Changed,
        };
    }
    Ok(told)
}
