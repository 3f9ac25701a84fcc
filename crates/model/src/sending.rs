//! A notice as it is composed, and what the school asks of it before it is anybody's.

use jiff::Zoned;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Alert, AnsweredBy, Ask, Attachment, Audience, Changed, Child, ChildFiles, Facts, Feed, Hat, Id,
    Link, List, Notice, NoticeState, Person, Place, Refusal, Reply, Right, Role, Stop, Target, alert,
    approval::propose,
    attachment::{check_files, require_uploaded},
    child_file,
    facts::Decision,
    going_out::{check_due, goes_out, hold},
    limits,
    limits::check_text,
    needs_approval,
    notice::{count, powers_for},
    recipients, rights,
};

/// Whom a change concerns, among those whose answers stand otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct AskAgain {
    /// Families of these places.
    pub places: Vec<Id<Place>>,
    /// Families that chose one of these, by their place among the choices.
    pub choices: Vec<u32>,
}

impl AskAgain {
    /// Whether it concerns nobody who has answered.
    #[must_use]
    pub fn is_nobody(&self) -> bool {
        self.places.is_empty() && self.choices.is_empty()
    }

    /// Whether what was answered for a child has to be asked anew.
    pub(crate) fn concerns(&self, child: &Child, reply: &Reply) -> bool {
        let chose = |choice: &u32| reply.choices().contains(choice);
        child.path.iter().any(|place| self.places.contains(place)) || self.choices.iter().any(chose)
    }

    fn check(&self, draft: &NoticeDraft) -> Result<(), Stop> {
        let known = |choice: &u32| !draft.ask.choice(*choice).is_empty();
        if !self.is_nobody() && (!draft.keeps_answers || !self.choices.iter().all(known)) {
            return Err(Refusal::Malformed { field: "asks_again".into() }.into());
        }
        if self.places.len() > limits::TARGETS_PER_AUDIENCE {
            let limit = u32::try_from(limits::TARGETS_PER_AUDIENCE).unwrap_or(u32::MAX);
            return Err(Refusal::TooMany { field: "asks_again".into(), limit }.into());
        }
        Ok(())
    }
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
    /// Of those who have answered that one, whom this one asks again nevertheless.
    #[serde(default, skip_serializing_if = "AskAgain::is_nobody")]
    pub asks_again: AskAgain,
    /// The fact that changed.
    pub changed: Option<Changed>,
    /// Let whoever answers for families of a class read what its families answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub class_reads: bool,
    /// Remind those who have not answered, before the deadline.
    #[serde(default)]
    pub reminds: bool,
    /// What makes it an alert; a notice like others if `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert: Option<Alert>,
    /// What it carries, in this order; at most [`limits::FILES_PER_NOTICE`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Attachment>,
}

/// Refuses unless the author's hat covers everything named.
fn require_reach(facts: &Facts, actor: &Actor, draft: &NoticeDraft) -> Result<(), Stop> {
    for (power, path) in powers_for(facts, &draft.audience, Notice::power(draft.alert.as_ref()))? {
        rights::require_power(facts, actor, power, path)?;
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
    draft.asks_again.check(draft)?;
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
        asks_again: draft.asks_again.clone(),
        changed: draft.changed.clone(),
        class_reads: draft.class_reads,
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

/// The same with a file of its own for each child.
pub(crate) fn send_with_files(
    facts: &Facts,
    actor: &Actor,
    draft: &NoticeDraft,
    own: &ChildFiles,
) -> Decision {
    own.check(draft)?;
    let mut changes = send(facts, actor, draft)?;
    if let Actor::Person { person, .. } = actor {
        changes.extend(child_file::hold(facts, *person, draft, own)?);
    }
    Ok(changes)
}

/// Who has to answer, with the name the school knows. A named guardian is one who may decide for every child named:
/// a whole class has none.
fn signatory(facts: &Facts, draft: &NoticeDraft) -> Result<AnsweredBy, Stop> {
    let AnsweredBy::Guardian { person, .. } = draft.answered_by else { return Ok(draft.answered_by.clone()) };
    let today = facts.today()?;
    let malformed = || Stop::from(Refusal::Malformed { field: "answered_by".into() });
    let links = Facts::each(&draft.audience.include, |target| match target {
        Target::Child(child) => facts.list::<Link>(List::LinksOf(*child), limits::ROWS_PER_LIST),
        _ => Err(malformed()),
    })?;
    let mut name = None;
    for links in links {
        let link =
            links.into_iter().find(|link| link.guardian == person && link.allows(Right::Decide, today));
        name = Some(link.ok_or_else(malformed)?.guardian_name.clone());
    }
    Ok(AnsweredBy::Guardian { person, name: name.ok_or_else(malformed)? })
}
