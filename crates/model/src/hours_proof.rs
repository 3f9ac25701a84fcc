//! 志愿服务记录证明: what the school says of somebody's hours, signed, so that a stranger can check it without asking anybody.
//!
//! Its text is what a QR code carries: lines that a person can read too, and the school's signature as the last one
//! (`docs/hours.md`).

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Decision, Facts, Feed, Hat, HoursEntry, Id, Level, List, Person, Place, Power, Qualified,
    Refusal, StarHours, Stop,
    hours_entry::{is_signed, standing},
    limits,
    limits::check_text,
    rights,
};

/// The first line of its text.
const FORMAT: &str = "xinmei-certificate 1";

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema, ts_rs::TS)]
pub struct ProofWish {
    /// Made by the device that asks.
    pub id: Id<HoursProof>,
    /// Of whom.
    pub person: Id<Person>,
    /// From this day.
    #[schemars(with = "String")]
    pub from: Date,
    /// To this day, inclusive.
    #[schemars(with = "String")]
    pub to: Date,
    /// 培训, beside the trainings the school confirmed that they have: by the desk alone; may be empty. Up to [`limits::PROOF_CHARS`], as the
    /// other two.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub training: String,
    /// 表彰奖励
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub awards: String,
    /// 评价
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub evaluation: String,
}

/// A certificate, as it was issued. For whom it is about, and the desk that issued it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursProof {
    /// Identity.
    pub id: Id<HoursProof>,
    /// Of whom.
    pub person: Id<Person>,
    /// The name, as it was.
    pub name: String,
    /// Whose school.
    pub school_name: String,
    /// From this day.
    pub from: Date,
    /// To this day, inclusive.
    pub to: Date,
    /// In all.
    pub minutes: u32,
    /// How many entries that are.
    pub entries: u32,
    /// By what was done, the most first: at most [`limits::PROOF_SERVICES`], and the last is all others.
    pub services: Vec<ProofService>,
    /// Stars, where the school gives any.
    pub stars: Option<u32>,
    /// 培训
    pub training: String,
    /// 表彰奖励
    pub awards: String,
    /// 评价
    pub evaluation: String,
    /// On which day it was issued.
    pub issued: Date,
    /// By whom; by the volunteer's own asking if `None`.
    pub by_name: Option<String>,
    /// Ed25519 by the school's key over [`HoursProof::payload`]; unpadded base64url.
    pub signature: String,
}

/// One kind of service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ProofService {
    /// What it was called; empty for all others together.
    pub title: String,
    /// How long.
    pub minutes: u32,
}

/// What a certificate's text says, read and checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProofSays {
    /// Each line's name and what it says, in their order.
    pub lines: Vec<(String, String)>,
}

/// Why a text is no certificate of this school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum ProofFault {
    /// It is no certificate at all, or only a part of one.
    #[error("this is not a certificate, or not all of it")]
    Unreadable,
    /// Another school's, or somebody changed a letter of it.
    #[error("the key did not sign this: it is another school's, or it was changed")]
    NotSigned,
}

impl HoursProof {
    /// Its number, as it is printed.
    #[must_use]
    pub fn number(&self) -> String {
        let id = self.id.uuid().simple().to_string();
        format!("{}-{}", self.issued.strftime("%Y%m%d"), id.get(20..).unwrap_or_default())
    }

    /// What is signed.
    #[must_use]
    pub fn payload(&self) -> String {
        let mut lines = vec![FORMAT.to_owned()];
        let mut line = |name: &str, value: &str| {
            let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            if !value.is_empty() {
                lines.push(format!("{name}: {value}"));
            }
        };
        line("number", &self.number());
        line("school", &self.school_name);
        line("name", &self.name);
        line("from", &self.from.to_string());
        line("to", &self.to.to_string());
        line("minutes", &self.minutes.to_string());
        line("entries", &self.entries.to_string());
        for service in &self.services {
            let title = if service.title.is_empty() { "*" } else { &service.title };
            line("service", &format!("{} {title}", service.minutes));
        }
        line("stars", &self.stars.map(|stars| stars.to_string()).unwrap_or_default());
        line("training", &self.training);
        line("awards", &self.awards);
        line("evaluation", &self.evaluation);
        line("issued", &self.issued.to_string());
        line("by", self.by_name.as_deref().unwrap_or_default());
        lines.join("\n")
    }

    /// What the QR code carries.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}\n{}", self.payload(), self.signature)
    }
}

/// What a certificate says, if the school with this Ed25519 key signed it. Nothing of an unsigned one is ever read.
///
/// # Errors
/// [`ProofFault`].
pub fn read_proof(text: &str, key: &[u8; 32]) -> Result<ProofSays, ProofFault> {
    // What was typed off or carried through a mail has other line ends, and an empty line at the end.
    let text = text.replace("\r\n", "\n");
    let (payload, signature) = text.trim().rsplit_once('\n').ok_or(ProofFault::Unreadable)?;
    let lines = payload.strip_prefix(FORMAT).and_then(|rest| rest.strip_prefix('\n'));
    let lines = lines.ok_or(ProofFault::Unreadable)?;
    if !is_signed(payload.as_bytes(), signature.trim(), key) {
        return Err(ProofFault::NotSigned);
    }
    let pairs = lines.lines().map(|line| {
        let (name, value) = line.split_once(": ")?;
        Some((name.to_owned(), value.to_owned()))
    });
    let lines = pairs.collect::<Option<Vec<_>>>().ok_or(ProofFault::Unreadable)?;
    Ok(ProofSays { lines })
}

/// Issues one. Whoever it is about may ask for what others approved, and writes nothing into it; a desk does for its places,
/// and may add training, awards and an evaluation.
pub(crate) fn issue(facts: &Facts, actor: &Actor, wish: &ProofWish) -> Decision {
    let Actor::Person { person, hat, .. } = *actor else {
        return Err(Refusal::NoPower { power: Power::ManageShifts }.into());
    };
    check(wish)?;
    if facts.taken(wish.id)? {
        return Err(Refusal::Malformed { field: "id".into() }.into());
    }
    let own = person == wish.person;
    if own && extras(wish).iter().any(|(_, text)| !text.trim().is_empty()) {
        return Err(Refusal::HoursOwn.into());
    }
    let role = if own { None } else { rights::role_worn(facts, actor)? };
    let desk: Option<Id<Place>> = match (own, role) {
        (true, _) => None,
        (false, Some(role))
            if role.may(Power::ManageShifts, &[role.place]) && matches!(hat, Hat::Staff { .. }) =>
        {
            Some(role.place)
        }
        _ => return Err(Refusal::NoPower { power: Power::ManageShifts }.into()),
    };
    let entries = facts.list::<HoursEntry>(List::HoursBy(wish.person), limits::ROWS_PER_LIST)?;
    let counted = standing(entries.into_iter());
    let places = Facts::each(&counted, |entry| facts.get(entry.place))?;
    let within = |day: Date| wish.from <= day && day <= wish.to;
    let counted: Vec<_> = counted
        .into_iter()
        .zip(places)
        .filter(|(entry, place)| {
            within(entry.day) && desk.is_none_or(|desk| place.within(desk)) && entry.minutes > 0
        })
        .map(|(entry, _)| entry)
        .collect();
    if counted.is_empty() {
        return Err(Refusal::NotFound { what: "hours-entry".into() }.into());
    }
    // Only the school can sign.
    if !facts.complete() {
        return Err(Stop::Unknown);
    }
    let school = facts.school()?;
    let minutes = counted.iter().fold(0_u32, |sum, entry| sum.saturating_add(entry.minutes));
    let stars = facts.find(StarHours::of(school.id))?.map(|given| given.stars(minutes));
    let proof = HoursProof {
        id: wish.id,
        person: wish.person,
        name: facts.get(wish.person)?.name.clone(),
        school_name: school.name.clone(),
        from: wish.from,
        to: wish.to,
        minutes,
        entries: u32::try_from(counted.len()).unwrap_or(u32::MAX),
        services: services(&counted),
        stars: stars.filter(|stars| *stars > 0),
        training: training(facts, wish, desk)?,
        awards: wish.awards.trim().to_owned(),
        evaluation: wish.evaluation.trim().to_owned(),
        issued: facts.today()?,
        by_name: if desk.is_some() { actor.staff_name(facts)? } else { None },
        signature: String::new(),
    };
    let feeds = std::iter::once(Feed::Person(wish.person)).chain(desk.map(Feed::Hours));
    Ok(vec![Change::put(proof, feeds.collect::<Vec<_>>())])
}

/// The trainings the school confirmed that they have, as far as they fit, and what the desk adds.
fn training(facts: &Facts, wish: &ProofWish, desk: Option<Id<Place>>) -> Result<String, Stop> {
    let today = facts.today()?;
    let has = facts.list::<Qualified>(List::QualificationsOf(wish.person), limits::ROWS_PER_LIST)?;
    let has: Vec<_> = has.into_iter().filter(|row| row.counts_on(today)).collect();
    let kept = Facts::each(&has, |row| facts.find(row.qualification))?;
    let kept: Vec<_> = kept.into_iter().flatten().collect();
    let places = Facts::each(&kept, |one| facts.get(one.draft.place))?;
    // What another campus confirmed is that campus's to certify.
    let here = kept
        .iter()
        .zip(places)
        .filter(|(one, _)| one.draft.training)
        .filter(|(_, place)| desk.is_none_or(|desk| place.within(desk) || place.level == Level::School));
    let mut names: Vec<_> = here.map(|(one, _)| one.draft.name.trim()).collect();
    // A long one does not push two short ones out.
    names.sort_unstable_by_key(|name| (name.chars().count(), *name));
    let mut text = wish.training.trim().to_owned();
    for name in names.into_iter().filter(|name| !wish.training.contains(*name)) {
        let longer = if text.is_empty() { name.to_owned() } else { format!("{text}; {name}") };
        if longer.chars().count() <= limits::PROOF_CHARS {
            text = longer;
        }
    }
    Ok(text)
}

fn extras(wish: &ProofWish) -> [(&'static str, &String); 3] {
    [("training", &wish.training), ("awards", &wish.awards), ("evaluation", &wish.evaluation)]
}

fn check(wish: &ProofWish) -> Result<(), Stop> {
    if wish.from > wish.to {
        return Err(Refusal::Malformed { field: "to".into() }.into());
    }
    for (field, text) in extras(wish) {
        check_text(field, text, 0, limits::PROOF_CHARS)?;
        if text.trim().chars().any(char::is_control) {
            return Err(Refusal::Malformed { field: field.into() }.into());
        }
    }
    Ok(())
}

/// Minutes by what was done, the most first; what does not fit is put together.
fn services(entries: &[&HoursEntry]) -> Vec<ProofService> {
    let mut by_title: BTreeMap<&str, u32> = BTreeMap::new();
    for entry in entries {
        let sum = by_title.entry(&entry.title).or_default();
        *sum = sum.saturating_add(entry.minutes);
    }
    let mut all: Vec<_> = by_title
        .into_iter()
        .map(|(title, minutes)| ProofService { title: title.to_owned(), minutes })
        .collect();
    all.sort_by(|one, other| (other.minutes, &one.title).cmp(&(one.minutes, &other.title)));
    if all.len() > limits::PROOF_SERVICES {
        let others = all.split_off(limits::PROOF_SERVICES.saturating_sub(1));
        let minutes = others.iter().fold(0_u32, |sum, one| sum.saturating_add(one.minutes));
        all.push(ProofService { title: String::new(), minutes });
    }
    all
}
