//! 举报: somebody in a conversation asks the school to look at a message. Until the report is settled, and no longer, an
//! administrator may read the conversation; each reading is written into its access log first.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    AccessKind, Actor, Change, Child, Conversation, Facts, Feed, Hat, Id, Kind, Link, List, Message, Person,
    Power, Refusal, Role, Speaker, Stop, Stopped, access, circle, derived, facts::Decision, limits,
    limits::check_text, message, rights,
};

/// Why a message is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum ReportReason {
    /// 辱骂、歧视
    Insult,
    /// 威胁、恐吓
    Threat,
    /// 反复骚扰
    Harassment,
    /// 泄露隐私
    Privacy,
    /// Something else; then words say what.
    Other,
}

/// A report as it was composed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ReportDraft {
    /// Which message.
    pub message: Id<Message>,
    /// About whom: what was typed goes with the right to know of the child.
    pub child: Id<Child>,
    /// Why.
    pub reason: ReportReason,
    /// In the reporter's words, up to [`limits::REPORT_CHARS`]; may be empty unless the reason is [`ReportReason::Other`].
    pub words: String,
}

/// A report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// Follows from message and reporter: each reports a message once.
    pub id: Id<Report>,
    /// Of which conversation.
    pub conversation: Id<Conversation>,
    /// About whom.
    pub child: Id<Child>,
    /// Which message.
    pub message: Id<Message>,
    /// Who said it. What was said is not here: it is read in the conversation, and that is logged.
    pub said_by: Speaker,
    /// Who reports it.
    pub by: Speaker,
    /// In which hat: what comes of it is shown there.
    pub hat: Hat,
    /// Why.
    pub reason: ReportReason,
    /// In the reporter's words; may be empty.
    pub words: String,
    /// When the server took it.
    pub at: Timestamp,
    /// How it was settled.
    pub closed: Option<ReportClosed>,
}

/// How a report was settled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ReportClosed {
    /// By whom of the school.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// For whoever reported it.
    pub to_reporter: String,
    /// For everybody in the conversation; it stands in the access log too.
    pub to_all: String,
}

/// A reported conversation, as an administrator reads it, and the line that says so.
#[derive(Clone, Debug, PartialEq)]
pub struct Reported {
    /// Because of what.
    pub report: Report,
    /// The conversation.
    pub conversation: Conversation,
    /// All that was said, in its order.
    pub messages: Vec<Message>,
    /// To be written before anything is shown.
    pub changes: Vec<Change>,
}

impl Report {
    /// Where somebody's report of a message is kept.
    #[must_use]
    pub fn of(message: Id<Message>, person: Id<Person>) -> Id<Self> {
        derived("report", message.uuid(), person.uuid())
    }

    /// Where the school hears of reports about a child. Without a class it is the office's matter.
    pub(crate) fn feed(child: &Child) -> Feed {
        child.class().map_or(Feed::Office, Feed::Reports)
    }

    fn put(self, child: &Child) -> Change {
        let own = match self.hat {
            Hat::Guardian => Feed::Own(self.child, self.by.person),
            Hat::Staff { role } => Feed::Inbox(role.uuid()),
        };
        Change::put(self, [own, Self::feed(child)])
    }
}

pub(crate) fn report(facts: &Facts, actor: &Actor, draft: &ReportDraft) -> Decision {
    let least = usize::from(draft.reason == ReportReason::Other);
    check_text("words", &draft.words, least, limits::REPORT_CHARS)?;
    let (said, conversation, by) = message::within(facts, actor, draft.message)?;
    if said.child != draft.child {
        return Err(facts.missing(Kind::Message));
    }
    let Actor::Person { hat, .. } = actor else { return Err(facts.missing(Kind::Message)) };
    if said.by.person == by.person {
        return Err(Refusal::Malformed { field: "message".into() }.into());
    }
    let id = Report::of(said.id, by.person);
    if let Some(before) = facts.find(id)? {
        return if before.closed.is_none() { Ok(Vec::new()) } else { Err(Refusal::ReportClosed.into()) };
    }
    let reports = facts.list::<Report>(List::ReportsOf(conversation.id), limits::ROWS_PER_LIST)?;
    let own = |report: &&&Report| report.by.person == by.person && report.closed.is_none();
    if reports.iter().filter(own).count() >= limits::OPEN_REPORTS {
        let limit = u32::try_from(limits::OPEN_REPORTS).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "reports".into(), limit }.into());
    }
    let report = Report {
        id,
        conversation: conversation.id,
        child: said.child,
        message: said.id,
        said_by: said.by.clone(),
        by,
        hat: *hat,
        reason: draft.reason,
        words: draft.words.trim().to_owned(),
        at: facts.now(),
        closed: None,
    };
    Ok(vec![report.put(facts.get(said.child)?)])
}

/// The report and what it is about, for somebody who settles it with `power`: nobody settles what concerns themselves or
/// their own child.
fn settled_by<'f>(
    facts: &'f Facts,
    actor: &Actor,
    id: Id<Report>,
    power: Power,
) -> Result<(&'f Report, &'f Child), Stop> {
    let report = facts.get(id)?;
    let child = facts.get(report.child)?;
    rights::require_power(facts, actor, power, &child.path)?;
    let own = facts.list::<Link>(List::LinksOf(child.id), limits::ROWS_PER_LIST)?;
    let me = actor.person();
    let mine = |person| me == Some(person);
    if mine(report.said_by.person) || mine(report.by.person) || own.iter().any(|link| mine(link.guardian)) {
        return Err(Refusal::Concerned.into());
    }
    Ok((report, child))
}

/// An administrator reads a reported conversation: while the report is open, and each time with a line in its access log.
///
/// # Errors
/// [`Refusal::ReportClosed`], [`Refusal::Concerned`], [`Refusal::NoPower`], not found; [`Stop::Needs`].
pub fn read_reported(facts: &Facts, actor: &Actor, id: Id<Report>) -> Result<Reported, Stop> {
    let (report, _) = settled_by(facts, actor, id, Power::Administer)?;
    if report.closed.is_some() {
        return Err(Refusal::ReportClosed.into());
    }
    let conversation = facts.get(report.conversation)?;
    let messages = facts.list::<Message>(List::MessagesOf(conversation.id), limits::ROWS_PER_LIST)?;
    let what = AccessKind::Read { reason: report.reason };
    let changes = vec![access::note(facts, actor, conversation, what)?];
    Ok(Reported {
        report: report.clone(),
        conversation: conversation.clone(),
        messages: messages.into_iter().cloned().collect(),
        changes,
    })
}

/// Settles a report, with words for whoever reported it and words for everybody in the conversation.
pub(crate) fn close(
    facts: &Facts,
    actor: &Actor,
    id: Id<Report>,
    to_reporter: &str,
    to_all: &str,
) -> Decision {
    check_text("to_reporter", to_reporter, 1, limits::REPORT_CHARS)?;
    check_text("to_all", to_all, 1, limits::REPORT_CHARS)?;
    let (report, child) = settled_by(facts, actor, id, Power::Moderate)?;
    if report.closed.is_some() {
        return Err(Refusal::ReportClosed.into());
    }
    let conversation = facts.get(report.conversation)?;
    let words = to_all.trim().to_owned();
    let line = access::note(facts, actor, conversation, AccessKind::Closed { words: words.clone() })?;
    let closed = ReportClosed {
        by: actor.staff_name(facts)?.unwrap_or_default(),
        at: facts.now(),
        to_reporter: to_reporter.trim().to_owned(),
        to_all: words,
    };
    Ok(vec![Report { closed: Some(closed), ..report.clone() }.put(child), line])
}

/// Whether somebody may be asked to read along because of a report: whoever asks, whom it concerns and the child's own
/// guardians may not.
#[must_use]
pub fn may_read_along(
    report: &Report,
    links: &[&Link],
    asks: Option<Id<Person>>,
    reader: Id<Person>,
) -> bool {
    let concerned = [Some(report.said_by.person), Some(report.by.person), asks];
    !concerned.contains(&Some(reader)) && !links.iter().any(|link| link.guardian == reader)
}

/// Lets a member of staff read along in the reported conversation, to look after the child: seen by all in it, and written
/// into its access log. Whoever settles the report need not read a word of it for that. `ends` takes that back, also once
/// the report is settled.
pub(crate) fn appoint_reader(
    facts: &Facts,
    actor: &Actor,
    id: Id<Report>,
    who: Id<Role>,
    ends: bool,
) -> Decision {
    let (report, child) = settled_by(facts, actor, id, Power::Moderate)?;
    if report.closed.is_some() && !ends {
        return Err(Refusal::ReportClosed.into());
    }
    let conversation = facts.get(report.conversation)?;
    let (changed, reader) = if ends {
        let Some(found) = circle::without_reader(conversation, who) else { return Ok(Vec::new()) };
        found
    } else {
        let links = facts.list::<Link>(List::LinksOf(child.id), limits::ROWS_PER_LIST)?;
        let by = actor.staff_name(facts)?.unwrap_or_default();
        let Some(found) = circle::with_reader(facts, conversation, who, child, by)? else {
            return Ok(Vec::new());
        };
        if !may_read_along(report, &links, actor.person(), found.1.person) {
            return Err(Refusal::Concerned.into());
        }
        found
    };
    let what = if ends { AccessKind::dismissed(&reader) } else { AccessKind::appointed(&reader) };
    let line = access::note(facts, actor, &changed, what)?;
    let mut changes = circle::put_whole(facts, changed)?;
    changes.push(line);
    Ok(changes)
}

/// The link of somebody who is a guardian of the child today.
fn guardian_of<'f>(facts: &'f Facts, child: &Child, guardian: Id<Person>) -> Result<&'f Link, Stop> {
    let today = facts.today()?;
    let links = facts.list::<Link>(List::LinksOf(child.id), limits::ROWS_PER_LIST)?;
    let link = links.into_iter().find(|link| link.guardian == guardian && link.counts(today));
    link.ok_or_else(|| facts.missing(Kind::Person))
}

/// Lets a guardian only read in the conversation that was reported.
pub(crate) fn stop(
    facts: &Facts,
    actor: &Actor,
    id: Id<Report>,
    guardian: Id<Person>,
    why: &str,
    call: &str,
) -> Decision {
    check_text("why", why, 1, limits::NOTE_CHARS)?;
    check_text("call", call, 1, limits::NOTE_CHARS)?;
    let (report, child) = settled_by(facts, actor, id, Power::Moderate)?;
    let name = guardian_of(facts, child, guardian)?.guardian_name.clone();
    let mut conversation = facts.get(report.conversation)?.clone();
    let role = rights::role_worn(facts, actor)?;
    let stopped = Stopped {
        guardian,
        name: name.clone(),
        by: role.map(|role| role.person_name.clone()).unwrap_or_default(),
        title: role.map(|role| role.title.clone()).unwrap_or_default(),
        at: facts.now(),
        why: why.trim().to_owned(),
        call: call.trim().to_owned(),
    };
    conversation.stopped.retain(|one| one.guardian != guardian);
    let what = AccessKind::Stopped { person: guardian, guardian: name, why: stopped.why.clone() };
    conversation.stopped.push(stopped);
    settle(facts, actor, conversation, what)
}

/// Lets that guardian write again.
pub(crate) fn let_write(facts: &Facts, actor: &Actor, id: Id<Report>, guardian: Id<Person>) -> Decision {
    let (report, child) = settled_by(facts, actor, id, Power::Moderate)?;
    let mut conversation = facts.get(report.conversation)?.clone();
    // A guardian who left meanwhile may still be let off; somebody who never was one is not there.
    let Some(stopped) = conversation.stop_of(guardian) else {
        return guardian_of(facts, child, guardian).map(|_| Vec::new());
    };
    let what = AccessKind::LetWrite { person: guardian, guardian: stopped.name.clone() };
    conversation.stopped.retain(|one| one.guardian != guardian);
    settle(facts, actor, conversation, what)
}

/// Puts a conversation about which the school settled something, and the line that says so.
fn settle(facts: &Facts, actor: &Actor, conversation: Conversation, what: AccessKind) -> Decision {
    let line = access::note(facts, actor, &conversation, what)?;
    let feeds = conversation.feeds();
    Ok(vec![line, Change::put(conversation, feeds)])
}
