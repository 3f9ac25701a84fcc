//! The ledger of hours: asking, approving, refusing, correcting. Nobody approves what is their own or what they entered.

use jiff::{Timestamp, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Attachment, Change, Decision, Due, DueKind, Facts, Feed, FileHash, Hat, HoursApproval, HoursBy,
    HoursCheckpoint, HoursEntry, HoursHead, HoursState, Id, Kind, Level, List, OnDuty, Person, Place, Power,
    Proxy, Refusal, School, Stop,
    attachment::{check_files, require_uploaded},
    derived, limits,
    limits::check_text,
    rights, volunteer,
    wanted::day_number,
};

/// Hours that no shift tells of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct HoursDraft {
    /// Made by the device that asks.
    pub id: Id<HoursEntry>,
    /// The place whose desks approve it: a campus, or the school.
    pub place: Id<Place>,
    /// What it was.
    pub title: String,
    /// A programme tag; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub programme: String,
    /// On which day.
    #[schemars(with = "String")]
    pub day: Date,
    /// How long, in minutes.
    pub minutes: u32,
    /// What shows it: who was there, where it can be seen.
    pub evidence: String,
    /// Files that show it: photographs, PDF; at most [`limits::HOURS_FILES`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Attachment>,
    /// 代办: for whom.
    pub on_behalf_of: Option<Proxy>,
}

/// What holds instead of an approved entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct HoursCorrection {
    /// Made by the device that asks.
    pub id: Id<HoursEntry>,
    /// Which entry.
    pub corrects: Id<HoursEntry>,
    /// What holds, in minutes; 0 where it counts for nothing.
    pub minutes: u32,
    /// Why.
    pub reason: String,
}

/// From how many hours on there are stars: of a school that gives any. Stars are one's own; there is no order of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StarHours {
    /// Follows from the school.
    pub id: Id<StarHours>,
    /// Hours of the first star, of the second, and so on; empty where the school gives none.
    pub hours: Vec<u32>,
}

impl StarHours {
    /// Where the school's is kept.
    #[must_use]
    pub fn of(school: Id<School>) -> Id<Self> {
        derived("star-hours", school.uuid(), school.uuid())
    }

    /// Stars for so many minutes.
    #[must_use]
    pub fn stars(&self, minutes: u32) -> u32 {
        let reached = self.hours.iter().filter(|hours| hours.saturating_mul(60) <= minutes);
        u32::try_from(reached.count()).unwrap_or(u32::MAX)
    }
}

/// An entry where it belongs: with the volunteer, and the desks of its place.
pub(crate) fn put(entry: HoursEntry) -> Change {
    let feeds = entry.feeds();
    Change::put(entry, feeds)
}

/// Who acts, with the name everybody reads.
fn by(facts: &Facts, actor: &Actor) -> Result<HoursBy, Stop> {
    let person = actor.person().ok_or(Refusal::NoPower { power: Power::ManageShifts })?;
    let name = match actor.staff_name(facts)? {
        Some(name) => name,
        None => facts.get(person)?.name.clone(),
    };
    Ok(HoursBy { person, name, at: facts.now() })
}

/// Asks for hours that no shift tells of: one's own, or 代办.
pub(crate) fn request(facts: &Facts, actor: &Actor, draft: &HoursDraft) -> Decision {
    check_text("title", &draft.title, 1, limits::TITLE_CHARS)?;
    check_text("programme", &draft.programme, 0, limits::TITLE_CHARS)?;
    check_text("evidence", &draft.evidence, 1, limits::HOURS_EVIDENCE_CHARS)?;
    check_files(&draft.files, limits::HOURS_FILES)?;
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    if draft.minutes == 0 || draft.minutes > limits::HOURS_MINUTES {
        return malformed("minutes");
    }
    let today = facts.today()?;
    let oldest = today.saturating_sub(jiff::Span::new().days(limits::HOURS_BACK));
    // Only the school's own clock says what day it is.
    if facts.complete() && (draft.day > today || draft.day < oldest) {
        return malformed("day");
    }
    let place = facts.get(draft.place)?;
    if !matches!(place.level, Level::School | Level::Campus) {
        return malformed("place");
    }
    if facts.taken(draft.id)? {
        return malformed("id");
    }
    let entered = by(facts, actor)?;
    let person = match (actor, &draft.on_behalf_of) {
        (Actor::Person { hat: Hat::Staff { .. }, .. }, Some(proxy)) => {
            rights::require_power(facts, actor, Power::ManageShifts, &place.path)?;
            proxy.person
        }
        (_, Some(_)) => return malformed("on_behalf_of"),
        (_, None) => entered.person,
    };
    volunteer::require_member(facts, actor, person)?;
    require_uploaded(facts, entered.person, &draft.files)?;
    let own = facts.list::<HoursEntry>(List::HoursBy(person), limits::ROWS_PER_LIST)?;
    if own.iter().filter(|entry| entry.waits() && entry.is_asked_for()).count() >= limits::HOURS_WAITING {
        let limit = u32::try_from(limits::HOURS_WAITING).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "waiting".into(), limit }.into());
    }
    Ok(vec![put(HoursEntry {
        id: draft.id,
        person,
        person_name: facts.get(person)?.name.clone(),
        place: draft.place,
        shift: None,
        post: None,
        title: draft.title.trim().to_owned(),
        programme: draft.programme.trim().to_owned(),
        day: draft.day,
        minutes: draft.minutes,
        evidence: draft.evidence.trim().to_owned(),
        files: draft.files.clone(),
        corrects: None,
        reason: String::new(),
        entered,
        state: HoursState::Waiting,
    })])
}

/// An entry that waits, as a desk of its place answers it.
fn waiting<'f>(facts: &'f Facts, actor: &Actor, id: Id<HoursEntry>) -> Result<&'f HoursEntry, Stop> {
    let entry = facts.get(id)?;
    let place = facts.get(entry.place)?;
    rights::require_power(facts, actor, Power::ManageShifts, &place.path)?;
    if entry.waits() { Ok(entry) } else { Err(Refusal::HoursSettled.into()) }
}

impl HoursEntry {
    /// The lists it stands on.
    #[must_use]
    pub(crate) fn lists(&self) -> Vec<(List, i64)> {
        let waits = self.waits().then_some(List::HoursWaiting);
        let lists = [List::All(Kind::HoursEntry), List::HoursBy(self.person)].into_iter().chain(waits);
        lists.map(|list| (list, day_number(self.day))).collect()
    }

    /// Who may see it, whatever became of it.
    #[must_use]
    pub fn feeds(&self) -> [Feed; 2] {
        [Feed::Person(self.person), Feed::Hours(self.place)]
    }

    /// Whether somebody may approve or refuse it at all, wherever they work: neither the volunteer nor who entered it.
    #[must_use]
    pub fn may_be_answered_by(&self, person: Id<Person>) -> bool {
        person != self.person && person != self.entered.person
    }

    /// Whether somebody asked for it by itself: neither a shift's marks nor a correction.
    #[must_use]
    pub fn is_asked_for(&self) -> bool {
        self.shift.is_none() && self.corrects.is_none()
    }

    /// Whether somebody may take it back while it waits: a correction only who entered it, for it may be against the volunteer.
    /// What a shift's marks propose, nobody.
    #[must_use]
    pub fn may_be_withdrawn_by(&self, person: Id<Person>) -> bool {
        let asked_for = self.is_asked_for();
        (person == self.entered.person && (asked_for || self.corrects.is_some()))
            || (person == self.person && asked_for)
    }
}

fn require_other(entry: &HoursEntry, actor: &Actor) -> Result<(), Stop> {
    let other = actor.person().is_some_and(|person| entry.may_be_answered_by(person));
    if other { Ok(()) } else { Err(Refusal::HoursOwn.into()) }
}

/// Approves an entry, as it was looked at: it takes the next place in the chain.
pub(crate) fn approve(facts: &Facts, actor: &Actor, id: Id<HoursEntry>, minutes: u32) -> Decision {
    let entry = waiting(facts, actor, id)?;
    require_other(entry, actor)?;
    if let (Some(shift), None) = (entry.shift, entry.corrects)
        && facts.find(OnDuty::of(shift, entry.person))?.is_some_and(|row| row.disputed)
    {
        return Err(Refusal::HoursDisputed.into());
    }
    if entry.minutes != minutes {
        return Err(Refusal::HoursSettled.into());
    }
    if let Some(old) = entry.corrects {
        require_uncorrected(facts, entry.person, old, Some(id))?;
    }
    let by = by(facts, actor)?;
    let school = facts.school()?.id;
    // Only the server knows where the chain ends.
    let head = match facts.find(HoursHead::of(school))? {
        Some(head) => head.clone(),
        None if facts.complete() => HoursHead::empty(school),
        None => return Err(Stop::Unknown),
    };
    let mut approval = HoursApproval {
        by,
        seq: head.count.saturating_add(1),
        previous: head.hash,
        hash: head.hash,
        signature: String::new(),
    };
    approval.hash = FileHash::of(&entry.hashed(&approval));
    let (count, hash, at) = (approval.seq, approval.hash, approval.by.at);
    let id = HoursCheckpoint::of(school);
    let checkpoint = HoursCheckpoint { id, school, count, hash, at, signature: String::new() };
    Ok(vec![
        Change::put(HoursHead { count, hash, ..head }, []),
        put(HoursEntry { state: HoursState::Approved(approval), ..entry.clone() }),
        Change::put(checkpoint, [Feed::School]),
    ])
}

/// Refuses an entry; the volunteer reads why.
pub(crate) fn refuse(facts: &Facts, actor: &Actor, id: Id<HoursEntry>, reason: &str) -> Decision {
    check_text("reason", reason, 1, limits::NOTE_CHARS)?;
    let entry = waiting(facts, actor, id)?;
    require_other(entry, actor)?;
    let by = by(facts, actor)?;
    let forgets = (!entry.files.is_empty()).then(|| {
        let at = by.at.saturating_add(limits::HOURS_REFUSED_FILES).unwrap_or(Timestamp::MAX);
        Change::Set(Due::new(DueKind::ForgetEvidence, id.uuid(), at, 0))
    });
    let state = HoursState::Refused { by, reason: reason.trim().to_owned() };
    Ok(std::iter::once(put(HoursEntry { state, ..entry.clone() })).chain(forgets).collect())
}

/// Files that showed what was refused are named no more, once there was time to say that it was a mistake. The words stay.
pub(crate) fn forget_evidence(facts: &Facts, id: Id<HoursEntry>) -> Decision {
    let Some(entry) = facts.find(id)? else { return Ok(Vec::new()) };
    let over = match &entry.state {
        HoursState::Refused { by, .. } => {
            by.at.saturating_add(limits::HOURS_REFUSED_FILES).unwrap_or(Timestamp::MAX) <= facts.now()
        }
        _ => false,
    };
    if !over || entry.files.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![put(HoursEntry { files: Vec::new(), ..entry.clone() })])
}

/// Takes back what one entered oneself. What comes from a shift is the desk's word, and is marked otherwise.
pub(crate) fn withdraw(facts: &Facts, actor: &Actor, id: Id<HoursEntry>) -> Decision {
    let entry = facts.get(id)?;
    if !actor.person().is_some_and(|person| entry.may_be_withdrawn_by(person)) {
        return Err(facts.missing(Kind::HoursEntry));
    }
    if !entry.waits() {
        return Err(Refusal::HoursSettled.into());
    }
    // What nobody looks at any more is kept for nobody.
    Ok(vec![put(HoursEntry { state: HoursState::Withdrawn, files: Vec::new(), ..entry.clone() })])
}

/// Enters what holds instead of an approved entry. The old one stays as it is; somebody else approves the new one.
pub(crate) fn correct(facts: &Facts, actor: &Actor, wish: &HoursCorrection) -> Decision {
    check_text("reason", &wish.reason, 1, limits::NOTE_CHARS)?;
    if wish.minutes > limits::HOURS_MINUTES {
        return Err(Refusal::Malformed { field: "minutes".into() }.into());
    }
    let old = facts.get(wish.corrects)?;
    if actor.person() != Some(old.person) {
        let place = facts.get(old.place)?;
        rights::require_power(facts, actor, Power::ManageShifts, &place.path)?;
    }
    if facts.taken(wish.id)? {
        return Err(Refusal::Malformed { field: "id".into() }.into());
    }
    if old.approval().is_none() {
        return Err(Refusal::HoursSettled.into());
    }
    if old.minutes == wish.minutes {
        return Err(Refusal::Malformed { field: "minutes".into() }.into());
    }
    require_uncorrected(facts, old.person, old.id, None)?;
    Ok(vec![put(HoursEntry {
        id: wish.id,
        minutes: wish.minutes,
        corrects: Some(old.id),
        reason: wish.reason.trim().to_owned(),
        entered: by(facts, actor)?,
        state: HoursState::Waiting,
        ..old.clone()
    })])
}

/// Nothing else is, or is to be, in place of this entry.
fn require_uncorrected(
    facts: &Facts,
    person: Id<Person>,
    old: Id<HoursEntry>,
    but: Option<Id<HoursEntry>>,
) -> Result<(), Stop> {
    let own = facts.list::<HoursEntry>(List::HoursBy(person), limits::ROWS_PER_LIST)?;
    let taken = own.iter().any(|entry| {
        entry.corrects == Some(old) && Some(entry.id) != but && (entry.waits() || entry.approval().is_some())
    });
    if taken { Err(Refusal::HoursSettled.into()) } else { Ok(()) }
}

/// Settles from how many hours on the school gives stars.
pub(crate) fn set_stars(facts: &Facts, actor: &Actor, hours: &[u32]) -> Decision {
    let school = facts.school()?.id;
    let places = facts.list::<Place>(List::All(Kind::Place), limits::ROWS_PER_LIST)?;
    let root = places.iter().find(|place| place.level == Level::School);
    let root = root.ok_or_else(|| facts.missing(Kind::Place))?;
    rights::require_power(facts, actor, Power::Administer, &root.path)?;
    if hours.len() > limits::STARS {
        let limit = u32::try_from(limits::STARS).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "hours".into(), limit }.into());
    }
    let rising = hours.windows(2).all(|two| matches!(two, [one, other] if one < other));
    if !rising || hours.iter().any(|hours| *hours == 0 || *hours > limits::STAR_HOURS) {
        return Err(Refusal::Malformed { field: "hours".into() }.into());
    }
    let set = StarHours { id: StarHours::of(school), hours: hours.to_vec() };
    Ok(vec![Change::put(set, [Feed::School])])
}
