//! Notices: a duty with an end, to an audience that the author saw before it went out.

use data_encoding::HEXLOWER;
use jiff::{Timestamp, Zoned};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    Actor, AnsweredBy, Ask, Audience, Change, Child, Facts, Feed, Hat, Id, Link, List, Person, Place, Power,
    Refusal, Right, Role, Stop, Target,
    facts::Decision,
    going_out::{goes_out, hold},
    limits,
    limits::check_text,
    membership::membership_id,
    recipients, rights,
};

/// The fact that a new version changes: the old one is shown struck out, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Changed {
    /// "15:00"
    pub was: String,
    /// "15:40"; occurs in the title.
    pub now: String,
}

/// A notice as its author composed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NoticeDraft {
    /// Made by the author's device.
    pub id: Id<Notice>,
    /// To whom.
    pub audience: Audience,
    /// Families the author was shown when pressing the button. If the server's list differs, it asks again.
    pub families_seen: u32,
    /// One line.
    pub title: String,
    /// Plain text.
    pub body: String,
    /// What is asked.
    pub ask: Ask,
    /// Who has to answer.
    #[serde(default)]
    pub answered_by: AnsweredBy,
    /// By when.
    #[schemars(with = "Option<String>")]
    pub due: Option<Zoned>,
    /// Not before this instant; as soon as the hold window is over if `None`.
    #[schemars(with = "Option<String>")]
    #[serde(default)]
    pub send_at: Option<Zoned>,
    /// The notice this one replaces.
    pub supersedes: Option<Id<Notice>>,
    /// What was answered to that one stands for this one too: only who has not answered is asked.
    #[serde(default)]
    pub keeps_answers: bool,
    /// The fact that changed.
    pub changed: Option<Changed>,
    /// Remind those who have not answered, before the deadline.
    #[serde(default)]
    pub reminds: bool,
}

/// Where a notice is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum NoticeState {
    /// In the author's hands until then; only the author sees it.
    Held {
        /// When it goes out.
        until: Timestamp,
    },
    /// With the families.
    Sent {
        /// Since when.
        at: Timestamp,
    },
    /// Taken back; families no longer have it.
    Recalled {
        /// When.
        at: Timestamp,
    },
    /// Replaced; families have the new one instead.
    Superseded {
        /// By which notice.
        by: Id<Notice>,
        /// When.
        at: Timestamp,
    },
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Identity.
    pub id: Id<Notice>,
    /// Who wrote it.
    pub author: Id<Person>,
    /// The author's name.
    pub author_name: String,
    /// The hat it was written in: 班主任.
    pub author_title: String,
    /// To whom.
    pub audience: Audience,
    /// Children whose families were reached when it went out.
    pub children: u32,
    /// Families reached: siblings of one household count once.
    pub families: u32,
    /// One line.
    pub title: String,
    /// Plain text.
    pub body: String,
    /// What is asked.
    pub ask: Ask,
    /// Who has to answer.
    pub answered_by: AnsweredBy,
    /// By when.
    pub due: Option<Zoned>,
    /// Where it is in its life.
    pub state: NoticeState,
    /// The notice this one replaces.
    pub supersedes: Option<Id<Notice>>,
    /// What was answered to that one stands for this one too.
    pub keeps_answers: bool,
    /// The fact that changed.
    pub changed: Option<Changed>,
    /// Those who have not answered are reminded before the deadline.
    #[serde(default)]
    pub reminds: bool,
    /// The last reminder that went out, by when it was due to.
    #[serde(default)]
    pub reminded: Option<Timestamp>,
    /// When the server took it.
    pub composed: Timestamp,
}

impl Notice {
    /// Whether the notice is addressed to this child's family: a family answers what it was sent.
    pub(crate) fn is_for(&self, facts: &Facts, guardian: Id<Person>, child: Id<Child>) -> Result<bool, Stop> {
        // Somebody without a device is answered for on paper: being included is enough.
        let included = match self.audience.place() {
            Some(place) => facts.get(child)?.path.contains(&place),
            None => self.audience.children(facts)?.contains(&child),
        };
        Ok(included || facts.find(membership_id(self.id, guardian, child))?.is_some())
    }

    /// Refuses where it was recalled or replaced.
    pub(crate) fn still_there(&self) -> Result<(), Stop> {
        match self.state {
            NoticeState::Held { .. } | NoticeState::Sent { .. } => Ok(()),
            NoticeState::Superseded { by, .. } => Err(Refusal::NoticeGone { by: Some(by.uuid()) }.into()),
            NoticeState::Recalled { .. } => Err(Refusal::NoticeGone { by: None }.into()),
        }
    }

    /// Whether what was answered to `old` stands for this one: asked again as it was, and nothing signed.
    pub(crate) fn carries_from(&self, old: &Self) -> bool {
        self.keeps_answers && (&old.ask, &old.answered_by) == (&self.ask, &self.answered_by)
    }

    /// Whether it is with the families.
    #[must_use]
    pub fn is_sent(&self) -> bool {
        matches!(self.state, NoticeState::Sent { .. })
    }

    /// Whether somebody who joined the school at `joined` is told of it: what was sent since, and earlier duties
    /// that are still open; not the past.
    #[must_use]
    pub fn concerns(&self, joined: Option<Timestamp>, now: Timestamp) -> bool {
        let NoticeState::Sent { at } = self.state else { return true };
        joined.is_some_and(|joined| joined <= at)
            || self.due.as_ref().is_some_and(|due| due.timestamp() > now)
    }
}

impl Notice {
    /// SHA-256 of what a family signs, in hexadecimal: the title, an empty line and the body in UTF-8, as they stand here.
    #[must_use]
    pub fn text_sha256(&self) -> String {
        let text = format!("{}\n\n{}", self.title, self.body);
        HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
    }

    /// Feeds a sent notice stands in: its own audience's, and the place's where the audience is just one place, so that a
    /// whole school needs no membership each. The author's feed always keeps it.
    pub(crate) fn feeds_when_sent(&self) -> Vec<Feed> {
        let place = self.audience.place().map(|place| Feed::Place(place, Right::Messages));
        [Feed::Author(self.author), Feed::Audience(self.id)].into_iter().chain(place).collect()
    }

    /// Whether it went to the place with this path, or to one above it.
    #[must_use]
    pub fn heard_at(&self, path: &[Id<crate::Place>]) -> bool {
        self.is_sent() && self.audience.place().is_some_and(|place| path.contains(&place))
    }
}

/// Where everything lies that an audience names.
pub(crate) fn paths_of(facts: &Facts, audience: &Audience) -> Result<Vec<Vec<Id<Place>>>, Stop> {
    Facts::each(&audience.include, |target| match target {
        Target::Place(place) => facts.get(*place).map(|place| place.path.clone()),
        Target::Child(child) => facts.get(*child).map(|child| child.path.clone()),
    })
}

/// Refuses unless the author's hat covers every place and child named.
fn require_reach(facts: &Facts, actor: &Actor, audience: &Audience) -> Result<(), Stop> {
    for path in paths_of(facts, audience)? {
        rights::require_power(facts, actor, Power::SendNotices, &path)?;
    }
    Ok(())
}

pub(crate) fn send(facts: &Facts, actor: &Actor, draft: &NoticeDraft) -> Decision {
    check_text("title", &draft.title, 1, limits::TITLE_CHARS)?;
    check_text("body", &draft.body, 0, limits::BODY_CHARS)?;
    if let Some(Changed { was, now }) = &draft.changed {
        check_text("changed.was", was, 1, limits::TITLE_CHARS)?;
        check_text("changed.now", now, 1, limits::TITLE_CHARS)?;
        if draft.supersedes.is_none() || !draft.title.contains(now.trim()) {
            return Err(Refusal::Malformed { field: "changed.now".into() }.into());
        }
    }
    draft.ask.check()?;
    if draft.reminds && (draft.due.is_none() || !draft.ask.is_duty()) {
        return Err(Refusal::Malformed { field: "reminds".into() }.into());
    }
    if draft.ask == Ask::Sign {
        check_text("body", &draft.body, 1, limits::BODY_CHARS)?;
    }
    let targets = draft.audience.include.len() + draft.audience.except.len();
    if draft.audience.include.is_empty() {
        return Err(Refusal::AudienceEmpty.into());
    }
    if targets > limits::TARGETS_PER_AUDIENCE {
        let limit = u32::try_from(limits::TARGETS_PER_AUDIENCE).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "audience".into(), limit }.into());
    }
    require_reach(facts, actor, &draft.audience)?;
    let Actor::Person { person, hat: Hat::Staff { role }, .. } = actor else {
        return Err(Refusal::NoPower { power: Power::SendNotices }.into());
    };
    if facts.taken(draft.id)? {
        return Err(Refusal::Malformed { field: "id".into() }.into());
    }
    if let Some(old) = draft.supersedes {
        let old = facts.get(old)?;
        if old.author != *person {
            return Err(facts.missing(crate::Kind::Notice));
        }
        old.still_there()?;
        let same = old.ask == draft.ask && old.answered_by == draft.answered_by && draft.ask != Ask::Sign;
        if draft.keeps_answers && !same {
            return Err(Refusal::Malformed { field: "keeps_answers".into() }.into());
        }
    }
    let answered_by = signatory(facts, draft)?;
    let role: &Role = facts.get(*role)?;
    let recipients = recipients(facts, &draft.audience)?;
    let families = count(recipients.families.len());
    if families == 0 {
        return Err(Refusal::AudienceEmpty.into());
    }
    if facts.complete() && families != draft.families_seen {
        return Err(Refusal::AudienceChanged { seen: draft.families_seen, now: families }.into());
    }
    let until = goes_out(facts.school()?, draft.send_at.as_ref(), facts.now());
    // A replica's clock may be years wrong: only the school's says what is far.
    if facts.complete() && until > facts.now() + limits::SCHEDULE_AHEAD {
        return Err(Refusal::Malformed { field: "send_at".into() }.into());
    }
    let notice = Notice {
        id: draft.id,
        author: *person,
        author_name: role.person_name.clone(),
        author_title: role.title.clone(),
        audience: draft.audience.clone(),
        children: count(recipients.children()),
        families,
        title: draft.title.trim().to_owned(),
        body: draft.body.trim().to_owned(),
        ask: draft.ask.clone(),
        answered_by,
        due: draft.due.clone(),
        state: NoticeState::Held { until },
        supersedes: draft.supersedes,
        keeps_answers: draft.keeps_answers,
        changed: draft.changed.clone(),
        reminds: draft.reminds,
        reminded: None,
        composed: facts.now(),
    };
    Ok(hold(notice, until))
}

/// Who has to answer, with the name the school knows. A named guardian is one who may decide for every child named:
/// a whole class has none.
fn signatory(facts: &Facts, draft: &NoticeDraft) -> Result<AnsweredBy, Stop> {
    let AnsweredBy::Guardian { person, .. } = draft.answered_by else { return Ok(draft.answered_by.clone()) };
    let today = facts.today()?;
    let malformed = || Stop::from(Refusal::Malformed { field: "answered_by".into() });
    let links = Facts::each(&draft.audience.include, |target| match target {
        Target::Place(_) => Err(malformed()),
        Target::Child(child) => facts.list::<Link>(List::LinksOf(*child), limits::ROWS_PER_LIST),
    })?;
    let mut name = None;
    for links in links {
        let link =
            links.into_iter().find(|link| link.guardian == person && link.allows(Right::Decide, today));
        name = Some(link.ok_or_else(malformed)?.guardian_name.clone());
    }
    Ok(AnsweredBy::Guardian { person, name: name.ok_or_else(malformed)? })
}

pub(crate) fn recall(facts: &Facts, actor: &Actor, id: Id<Notice>) -> Decision {
    let notice = facts.get(id)?;
    if !matches!(actor, Actor::Person { person, .. } if *person == notice.author) {
        return Err(facts.missing(crate::Kind::Notice));
    }
    notice.still_there()?;
    let state = NoticeState::Recalled { at: facts.now() };
    Ok(vec![Change::put(Notice { state, ..notice.clone() }, [Feed::Author(notice.author)])])
}

pub(crate) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
