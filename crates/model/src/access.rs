//! The access log of a conversation: whoever looks into it from outside, and what the school settles about it, is written
//! where everybody in the conversation reads it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Child, Conversation, Facts, Feed, Id, List, Partner, Person, Refusal, Report,
    ReportReason, Role, Stop, derived, limits, rights,
};

/// One line of the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Access {
    /// Follows from conversation and place in the log.
    pub id: Id<Access>,
    /// Of which conversation.
    pub conversation: Id<Conversation>,
    /// About whom.
    pub child: Id<Child>,
    /// Its place in the log, from 1.
    pub seq: u32,
    /// Who of the school.
    pub by: String,
    /// In which hat: 信息管理员.
    pub title: String,
    /// When.
    pub at: Timestamp,
    /// What was done.
    #[serde(flatten)]
    pub what: AccessKind,
}

/// What somebody from outside did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum AccessKind {
    /// Read it whole.
    Read {
        /// Because this was reported.
        reason: ReportReason,
    },
    /// Settled the report.
    Closed {
        /// For everybody in the conversation.
        words: String,
    },
    /// Let a member of staff read along from now on.
    Appointed {
        /// In which hat.
        role: Id<Role>,
        /// Whom.
        reader: String,
        /// What the school calls the hat: 心理老师.
        reader_title: String,
    },
    /// Took that back.
    Dismissed {
        /// In which hat.
        role: Id<Role>,
        /// Whom.
        reader: String,
        /// What the school calls the hat.
        reader_title: String,
    },
    /// Handed it on with everything else that was open in that hat.
    HandedOn {
        /// The hat that read along until then.
        from: Id<Role>,
        /// In which hat from now on.
        role: Id<Role>,
        /// Whom.
        reader: String,
        /// What the school calls the hat.
        reader_title: String,
    },
    /// Stopped a guardian from writing.
    Stopped {
        /// Whom.
        person: Id<Person>,
        /// That guardian's name.
        guardian: String,
        /// Why.
        why: String,
    },
    /// Let that guardian write again.
    LetWrite {
        /// Whom.
        person: Id<Person>,
        /// That guardian's name.
        guardian: String,
    },
}

impl AccessKind {
    pub(crate) fn appointed(reader: &Partner) -> Self {
        let Partner { role, name, title, .. } = reader.clone();
        Self::Appointed { role, reader: name, reader_title: title }
    }

    pub(crate) fn dismissed(reader: &Partner) -> Self {
        let Partner { role, name, title, .. } = reader.clone();
        Self::Dismissed { role, reader: name, reader_title: title }
    }

    pub(crate) fn handed_on(from: Id<Role>, reader: &Partner) -> Self {
        let Partner { role, name, title, .. } = reader.clone();
        Self::HandedOn { from, role, reader: name, reader_title: title }
    }
}

impl Access {
    /// Puts a line where it belongs: to everybody in the conversation, and to whoever settles reports.
    pub(crate) fn put(self, conversation: &Conversation, child: &Child) -> Change {
        let feeds: Vec<Feed> = conversation.feeds().into_iter().chain([Report::feed(child)]).collect();
        Change::put(self, feeds)
    }
}

/// Writes a line at the end of the log. It names no report: whose it is follows from its id, and is not for all.
pub(crate) fn note(
    facts: &Facts,
    actor: &Actor,
    conversation: &Conversation,
    what: AccessKind,
) -> Result<Change, Stop> {
    let log = facts.list::<Access>(List::AccessesTo(conversation.id), limits::ROWS_PER_LIST)?;
    // Nobody is kept in a conversation by a log that is full.
    let goes = matches!(what, AccessKind::Dismissed { .. } | AccessKind::HandedOn { .. });
    if log.len() >= limits::ACCESSES && !goes {
        let limit = u32::try_from(limits::ACCESSES).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "accesses".into(), limit }.into());
    }
    let seq = crate::notice::count(log.len()).saturating_add(1);
    let role = rights::role_worn(facts, actor)?;
    let id = derived(&format!("access/{seq}"), conversation.id.uuid(), conversation.child.uuid());
    let access = Access {
        id,
        conversation: conversation.id,
        child: conversation.child,
        seq,
        by: role.map(|role| role.person_name.clone()).unwrap_or_default(),
        title: role.map(|role| role.title.clone()).unwrap_or_default(),
        at: facts.now(),
        what,
    };
    Ok(access.put(conversation, facts.get(conversation.child)?))
}
