//! 合作单位: museums, halls and other places the school goes to or has come to it. A directory for whoever works here; families read
//! the name alone, on the event it takes part in.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Decision, Event, Facts, Feed, Id, Kind, List, Person, Power, Refusal, Stop,
    event::event_feeds, limits, limits::check_text, rights,
};

/// Somebody to talk to at a partner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct PartnerContact {
    /// The name: up to [`limits::NAME_CHARS`].
    pub name: String,
    /// 宣教部主任; may be empty.
    pub title: String,
    /// As it is dialled; may be empty.
    pub phone: String,
    /// May be empty.
    pub email: String,
}

/// A partner as the directory keeps it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct PartnerDraft {
    /// 重庆红岩博物馆: up to [`limits::PARTNER_NAME_CHARS`]. Families read it.
    pub name: String,
    /// What it is, in words: 博物馆; may be empty.
    pub about: String,
    /// Where it is; may be empty.
    pub address: String,
    /// Whom to talk to, in this order; at most [`limits::PARTNER_CONTACTS`].
    pub contacts: Vec<PartnerContact>,
    /// `https://…`; may be empty.
    pub website: String,
    /// What one should know before one calls; may be empty.
    pub note: String,
}

/// A partner in the directory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartnerOrg {
    /// Identity.
    pub id: Id<PartnerOrg>,
    /// What is kept of it.
    #[serde(flatten)]
    pub draft: PartnerDraft,
    /// Who kept it last.
    pub by: Id<Person>,
    /// When.
    pub at: Timestamp,
    /// It was dropped. Keeping it again brings it back.
    #[serde(default)]
    pub dropped: bool,
}

/// The partner of an event, as everybody reads it: the name outlives what the directory makes of the partner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventPartner {
    /// Which.
    pub id: Id<PartnerOrg>,
    /// What it was called when it was named.
    pub name: String,
}

impl PartnerDraft {
    /// As it is kept: without blanks around anything, and without contacts that say nothing.
    #[must_use]
    pub fn tidy(&self) -> Self {
        let trim = |text: &String| text.trim().to_owned();
        let contact = |one: &PartnerContact| PartnerContact {
            name: trim(&one.name),
            title: trim(&one.title),
            phone: trim(&one.phone),
            email: trim(&one.email),
        };
        let contacts = self.contacts.iter().map(contact);
        Self {
            name: trim(&self.name),
            about: trim(&self.about),
            address: trim(&self.address),
            contacts: contacts.filter(|one| *one != PartnerContact::default()).collect(),
            website: trim(&self.website),
            note: trim(&self.note),
        }
    }

    /// This one with what another knows of the same partner: what the other says counts, what it leaves open stays.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let or = |new: &String, old: &String| if new.is_empty() { old.clone() } else { new.clone() };
        let mut contacts = self.contacts.clone();
        for new in &other.contacts {
            match contacts.iter_mut().find(|old| old.name == new.name) {
                Some(old) => {
                    *old = PartnerContact {
                        name: new.name.clone(),
                        title: or(&new.title, &old.title),
                        phone: or(&new.phone, &old.phone),
                        email: or(&new.email, &old.email),
                    };
                }
                None => contacts.push(new.clone()),
            }
        }
        Self {
            name: or(&other.name, &self.name),
            about: or(&other.about, &self.about),
            address: or(&other.address, &self.address),
            contacts,
            website: or(&other.website, &self.website),
            note: or(&other.note, &self.note),
        }
    }

    /// Refuses what no directory can hold.
    ///
    /// # Errors
    /// [`Refusal::Malformed`] or [`Refusal::TooMany`] with the field.
    pub fn check(&self) -> Result<(), Stop> {
        let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
        check_text("name", &self.name, 1, limits::PARTNER_NAME_CHARS)?;
        check_text("about", &self.about, 0, limits::TITLE_CHARS)?;
        check_text("address", &self.address, 0, limits::NOTE_CHARS)?;
        check_text("website", &self.website, 0, limits::WEBSITE_CHARS)?;
        check_text("note", &self.note, 0, limits::REPLY_CHARS)?;
        // What is opened from the window leads to the web, and nowhere else.
        let site = self.website.trim();
        let on_the_web = |scheme| site.strip_prefix(scheme).is_some_and(|rest: &str| !rest.is_empty());
        let blank = |letter: char| letter.is_whitespace() || letter.is_control();
        // A URI (RFC 3986) is ASCII; what a browser shows otherwise it copies so.
        let outside = |letter: char| !letter.is_ascii_graphic();
        if !site.is_empty() && (site.contains(outside) || !on_the_web("https://") && !on_the_web("http://")) {
            return malformed("website");
        }
        if self.contacts.len() > limits::PARTNER_CONTACTS {
            let limit = u32::try_from(limits::PARTNER_CONTACTS).unwrap_or(u32::MAX);
            return Err(Refusal::TooMany { field: "contacts".into(), limit }.into());
        }
        for one in &self.contacts {
            check_text("contacts.name", &one.name, 1, limits::NAME_CHARS)?;
            check_text("contacts.title", &one.title, 0, limits::TITLE_CHARS)?;
            check_text("contacts.phone", &one.phone, 0, limits::PHONE_CHARS)?;
            check_text("contacts.email", &one.email, 0, limits::EMAIL_CHARS)?;
            let dialled = |letter: char| letter.is_ascii_digit() || "+-() /,;*#转".contains(letter);
            if !one.phone.trim().chars().all(dialled) {
                return malformed("contacts.phone");
            }
            let email = one.email.trim();
            let parts = email.split_once('@').is_some_and(|(who, at)| !who.is_empty() && !at.is_empty());
            if !email.is_empty() && (!parts || email.contains(blank)) {
                return malformed("contacts.email");
            }
        }
        Ok(())
    }
}

/// The directory is whoever's who plans events.
fn require_keeper(facts: &Facts, actor: &Actor) -> Result<Id<Person>, Stop> {
    let refused = Refusal::NoPower { power: Power::ManageEvents };
    let role =
        rights::role_worn(facts, actor)?.filter(|role| rights::power_of(role.kind, Power::ManageEvents));
    role.and_then(|_| actor.person()).ok_or_else(|| refused.into())
}

/// Keeps a partner: a new one, one that is there as it reads now, or one that was dropped, again.
pub(crate) fn put(facts: &Facts, actor: &Actor, id: Id<PartnerOrg>, draft: &PartnerDraft) -> Decision {
    let by = require_keeper(facts, actor)?;
    draft.check()?;
    let before: Option<&PartnerOrg> = facts.find(id)?;
    if before.is_none() && facts.taken(id)? {
        return Err(Refusal::Malformed { field: "id".into() }.into());
    }
    if before.is_none_or(|before| before.dropped) {
        let kept = facts.list::<PartnerOrg>(List::All(Kind::PartnerOrg), limits::ROWS_PER_LIST)?;
        if kept.len() >= limits::PARTNER_ORGS {
            let limit = u32::try_from(limits::PARTNER_ORGS).unwrap_or(u32::MAX);
            return Err(Refusal::TooMany { field: "partners".into(), limit }.into());
        }
    }
    let partner = PartnerOrg { id, draft: draft.tidy(), by, at: facts.now(), dropped: false };
    Ok(vec![Change::put(partner, [Feed::Staff])])
}

/// Drops a partner; events it took part in keep its name.
pub(crate) fn drop(facts: &Facts, actor: &Actor, id: Id<PartnerOrg>) -> Decision {
    let by = require_keeper(facts, actor)?;
    let partner = facts.get(id)?;
    if partner.dropped {
        return Err(facts.missing(Kind::PartnerOrg));
    }
    let (at, dropped) = (facts.now(), true);
    Ok(vec![Change::put(PartnerOrg { by, at, dropped, ..partner.clone() }, [])])
}

/// A partner as an event names it; one that was dropped is named no more.
pub(crate) fn named(facts: &Facts, with: Option<Id<PartnerOrg>>) -> Result<Option<EventPartner>, Stop> {
    let Some(id) = with else { return Ok(None) };
    let found: &PartnerOrg = facts.get(id)?;
    if found.dropped {
        return Err(facts.missing(Kind::PartnerOrg));
    }
    Ok(Some(EventPartner { id, name: found.draft.name.clone() }))
}

/// Says with whom an event is held, or that it is with nobody.
pub(crate) fn name(facts: &Facts, actor: &Actor, id: Id<Event>, with: Option<Id<PartnerOrg>>) -> Decision {
    let event = facts.get(id)?;
    rights::require_power(facts, actor, Power::ManageEvents, &event.held_at)?;
    if event.is_cancelled() {
        return Err(Refusal::EventNotOpen.into());
    }
    if event.partner.as_ref().map(|partner| partner.id) == with {
        return Ok(Vec::new());
    }
    let partner = named(facts, with)?;
    let event = Event { partner, ..event.clone() };
    let feeds = event_feeds(&event);
    Ok(vec![Change::put(event, feeds)])
}
