//! Notices: a duty with an end, to an audience that the author saw before it went out.

use data_encoding::HEXLOWER;
use jiff::{Timestamp, Zoned};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::{
    Actor, Alert, AnsweredBy, Approved, Ask, Attachment, Audience, Change, Child, Facts, Feed, Hat, Id, Link,
    List, Person, Place, Power, Refusal, Right, Role, Stop, Target, alert,
    approval::propose,
    attachment::{check_files, require_uploaded},
    facts::Decision,
    going_out::{check_due, goes_out, hold},
    limits,
    limits::check_text,
    membership::membership_id,
    needs_approval, recipients, rights,
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
    /// What makes it an alert; a notice like others if `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<Alert>,
    /// What it carries, in this order; at most [`limits::FILES_PER_NOTICE`].
    #[serde(default)]
    pub files: Vec<Attachment>,
}

/// Where a notice is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum NoticeState {
    /// Waits for a second person to agree; only its author and those who may agree see it.
    Proposed {
        /// Since when.
        since: Timestamp,
    },
    /// A second person said no; it never went out.
    Declined {
        /// That person's name.
        by: String,
        /// The hat: 校长.
        title: String,
        /// Why, for the author.
        reason: String,
        /// When.
        at: Timestamp,
    },
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
    /// Not before this instant.
    #[serde(default)]
    pub send_at: Option<Zoned>,
    /// Who else agreed to it, where that was needed.
    #[serde(default)]
    pub approved: Option<Approved>,
    /// What makes it an alert.
    #[serde(default)]
    pub alert: Option<Alert>,
    /// The first alert of its incident; alerts only.
    #[serde(default)]
    pub incident: Option<Id<Notice>>,
    /// When its reminders went out, in their order: one for each of [`limits::REMIND_BEFORE`] at most.
    #[serde(default)]
    pub reminded_at: Vec<Timestamp>,
    /// When it went out to the families; it stays written after the notice was taken back or replaced.
    #[serde(default)]
    pub went_out: Option<Timestamp>,
    /// When the server took it.
    pub composed: Timestamp,
    /// What it carries, in this order.
    #[serde(default)]
    pub files: Vec<Attachment>,
}

impl Notice {
    /// Whether the notice is addressed to this child's family: a family answers what it was sent.
    pub(crate) fn is_for(&self, facts: &Facts, guardian: Id<Person>, child: Id<Child>) -> Result<bool, Stop> {
        // Somebody without a device is answered for on paper: being included is enough.
        let places = self.stands_at();
        let included = if places.is_empty() {
            self.audience.children(facts)?.contains(&child)
        } else {
            facts.get(child)?.path.iter().any(|place| places.contains(place))
        };
        Ok(included || facts.find(membership_id(self.id, guardian, child))?.is_some())
    }

    /// Refuses where it was recalled or replaced.
    pub(crate) fn still_there(&self) -> Result<(), Stop> {
        match self.state {
            NoticeState::Proposed { .. } | NoticeState::Held { .. } | NoticeState::Sent { .. } => Ok(()),
            NoticeState::Superseded { by, .. } => Err(Refusal::NoticeGone { by: Some(by.uuid()) }.into()),
            NoticeState::Declined { .. } | NoticeState::Recalled { .. } => {
                Err(Refusal::NoticeGone { by: None }.into())
            }
        }
    }

    /// Whether what was answered to `old` stands for this one: asked again as it was, and nothing signed.
    pub(crate) fn carries_from(&self, old: &Self) -> bool {
        self.keeps_answers && (&old.ask, &old.answered_by) == (&self.ask, &self.answered_by)
    }

    /// When families no longer had it: it was taken back or replaced.
    #[must_use]
    pub fn gone_at(&self) -> Option<Timestamp> {
        match self.state {
            NoticeState::Recalled { at } | NoticeState::Superseded { at, .. } => Some(at),
            NoticeState::Proposed { .. }
            | NoticeState::Declined { .. }
            | NoticeState::Held { .. }
            | NoticeState::Sent { .. } => None,
        }
    }

    /// Whether it is with the families.
    #[must_use]
    pub fn is_sent(&self) -> bool {
        matches!(self.state, NoticeState::Sent { .. })
    }

    /// Whether families have it or had it.
    pub(crate) fn was_sent(&self) -> bool {
        use NoticeState::{Declined, Held, Proposed};
        !matches!(self.state, Proposed { .. } | Declined { .. } | Held { .. })
    }

    /// The power it is sent by.
    pub(crate) fn power(alert: Option<&Alert>) -> Power {
        if alert.is_some() { Power::SendAlerts } else { Power::SendNotices }
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
    /// SHA-256 of what a family signs, in hexadecimal: the title, an empty line and the body in UTF-8, as they stand here;
    /// where it carries files, an empty line and for each a line with its SHA-256, two spaces and its name.
    #[must_use]
    pub fn text_sha256(&self) -> String {
        let mut text = format!("{}\n\n{}", self.title, self.body);
        if !self.files.is_empty() {
            let lines = self.files.iter().map(|file| format!("\n{}  {}", file.sha256, file.name));
            text.push('\n');
            text.extend(lines);
        }
        HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
    }

    /// The places in whose own feeds it stands, so that a whole school needs no membership each: the audience where it
    /// is just one place, and all places of an alert, which leaves nobody out.
    #[must_use]
    pub fn stands_at(&self) -> Vec<Id<Place>> {
        if self.alert.is_some() {
            return self.audience.include.iter().filter_map(Target::place).collect();
        }
        self.audience.place().into_iter().collect()
    }

    /// Feeds a sent notice stands in: its own audience's, and those of places. The author's feed always keeps it. Of an
    /// alert the staff above its places know too: they see where every child is.
    pub(crate) fn feeds_when_sent(&self) -> Vec<Feed> {
        let places = self.stands_at();
        let staff = places.iter().filter(|_| self.alert.is_some()).map(|place| Feed::Class(*place));
        let families = places.iter().map(|place| Feed::Place(*place, Right::Messages));
        [Feed::Author(self.author), Feed::Audience(self.id)]
            .into_iter()
            .chain(families)
            .chain(staff)
            .collect()
    }

    /// Whether it went to the place with this path, or to one above it.
    #[must_use]
    pub fn heard_at(&self, path: &[Id<Place>]) -> bool {
        self.is_sent() && self.stands_on(path)
    }

    /// Whether it is for a place on this path, by that place's own feed.
    pub(crate) fn stands_on(&self, path: &[Id<crate::Place>]) -> bool {
        self.stands_at().iter().any(|place| path.contains(place))
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
fn require_reach(facts: &Facts, actor: &Actor, draft: &NoticeDraft) -> Result<(), Stop> {
    for path in paths_of(facts, &draft.audience)? {
        rights::require_power(facts, actor, Notice::power(draft.alert.as_ref()), &path)?;
    }
    Ok(())
}

/// The notice a draft replaces: one's own; of an alert, which others must be able to call off, anybody's who may send one.
fn replaced<'f>(
    facts: &'f Facts,
    author: Id<Person>,
    draft: &NoticeDraft,
) -> Result<Option<&'f Notice>, Stop> {
    let Some(old) = draft.supersedes else { return Ok(None) };
    let old = facts.get(old)?;
    if old.author != author && (draft.alert.is_none() || !old.was_sent()) {
        return Err(facts.missing(crate::Kind::Notice));
    }
    old.still_there()?;
    let same = old.ask == draft.ask && old.answered_by == draft.answered_by && draft.ask != Ask::Sign;
    if draft.keeps_answers && !same {
        return Err(Refusal::Malformed { field: "keeps_answers".into() }.into());
    }
    // What is over is said by an all-clear, not by a notice that looks like any other.
    if draft.alert.is_none() && old.alert.is_some() {
        return Err(Refusal::Malformed { field: "alert.msg_type".into() }.into());
    }
    Ok(Some(old))
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
    check_files(&draft.files, limits::FILES_PER_NOTICE)?;
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
    require_reach(facts, actor, draft)?;
    let Actor::Person { person, hat: Hat::Staff { role }, .. } = actor else {
        return Err(Refusal::NoPower { power: Notice::power(draft.alert.as_ref()) }.into());
    };
    if facts.taken(draft.id)? {
        return Err(Refusal::Malformed { field: "id".into() }.into());
    }
    let old = replaced(facts, *person, draft)?;
    let alert = draft.alert.as_ref().map(|alert| alert::check(facts, draft, alert, old)).transpose()?;
    let answered_by = signatory(facts, draft)?;
    require_uploaded(facts, *person, &draft.files)?;
    let role: &Role = facts.get(*role)?;
    let recipients = recipients(facts, &draft.audience)?;
    let families = count(recipients.families.len());
    if families == 0 {
        return Err(Refusal::AudienceEmpty.into());
    }
    // Who joined a place meanwhile belongs to it: an alert does not wait to be looked at again.
    if facts.complete() && alert.is_none() && families != draft.families_seen {
        return Err(Refusal::AudienceChanged { seen: draft.families_seen, now: families }.into());
    }
    let until = goes_out(facts.school()?, draft.send_at.as_ref(), facts.now());
    // A replica's clock may be years wrong: only the school's says what is far.
    if facts.complete() && until > facts.now() + limits::SCHEDULE_AHEAD {
        return Err(Refusal::Malformed { field: "send_at".into() }.into());
    }
    check_due(facts, draft.due.as_ref(), draft.send_at.as_ref())?;
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
        send_at: draft.send_at.clone(),
        approved: None,
        alert: draft.alert.clone(),
        incident: alert,
        reminded_at: Vec::new(),
        went_out: None,
        composed: facts.now(),
        files: draft.files.clone(),
    };
    if alert.is_none() && needs_approval(facts, &draft.audience)? {
        return propose(facts, notice);
    }
    // Nothing holds an alert.
    let until = if alert.is_some() { facts.now() } else { until };
    let feeds = vec![Feed::Author(notice.author)];
    Ok(hold(notice, until, feeds))
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
