//! What can be wished of hours; one act of its own ([`Act::Hours`](crate::Act::Hours)) with a step each.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Actor, Attachment, Decision, DutyWish, Facts, HoursCorrection, HoursDraft, HoursEntry, Id, ProofWish,
    Proxy, Shift, duty_self, hours_book, hours_proof, on_duty,
};

/// A step of the ledger of hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum HoursAct {
    /// Say who of a shift came.
    MarkDuty {
        /// Which shift.
        shift: Id<Shift>,
        /// Of whom, each once; at most [`limits::MARKS_PER_ACT`](crate::limits::MARKS_PER_ACT).
        people: Vec<DutyWish>,
    },
    /// Say that one left a shift at which one was said to be.
    CheckOut {
        /// Which shift.
        shift: Id<Shift>,
        /// When.
        #[schemars(with = "String")]
        until: Timestamp,
    },
    /// Ask for hours that no shift tells of.
    RequestHours(HoursDraft),
    /// Let an entry count.
    ApproveHours {
        /// Which.
        entry: Id<HoursEntry>,
        /// The minutes that were looked at.
        minutes: u32,
    },
    /// Let an entry not count.
    RefuseHours {
        /// Which.
        entry: Id<HoursEntry>,
        /// For the volunteer to read.
        reason: String,
    },
    /// Take an entry back that nobody has answered.
    WithdrawHours {
        /// Which.
        entry: Id<HoursEntry>,
    },
    /// Enter what holds instead of an approved entry.
    CorrectHours(HoursCorrection),
    /// Issue a certificate, 志愿服务记录证明.
    IssueProof(ProofWish),
    /// Settle from how many hours on there are stars.
    SetStars {
        /// Of the first star, of the second, and so on; none if empty.
        hours: Vec<u32>,
    },
}

impl HoursAct {
    /// The rows it names, as [`Act::names`](crate::Act::names).
    pub(crate) fn names(&self) -> Vec<Uuid> {
        match self {
            Self::MarkDuty { shift, .. } | Self::CheckOut { shift, .. } => vec![shift.uuid()],
            Self::RequestHours(draft) => vec![draft.place.uuid()],
            Self::ApproveHours { entry, .. }
            | Self::RefuseHours { entry, .. }
            | Self::WithdrawHours { entry } => {
                vec![entry.uuid()]
            }
            Self::CorrectHours(wish) => vec![wish.corrects.uuid()],
            Self::IssueProof(_) | Self::SetStars { .. } => Vec::new(),
        }
    }

    /// 代办: for whom and why.
    pub(crate) fn proxy(&self) -> Option<&Proxy> {
        if let Self::RequestHours(draft) = self { draft.on_behalf_of.as_ref() } else { None }
    }

    /// The step's name, as on the wire.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::MarkDuty { .. } => "mark-duty",
            Self::CheckOut { .. } => "check-out",
            Self::RequestHours(_) => "request-hours",
            Self::ApproveHours { .. } => "approve-hours",
            Self::RefuseHours { .. } => "refuse-hours",
            Self::WithdrawHours { .. } => "withdraw-hours",
            Self::CorrectHours(_) => "correct-hours",
            Self::IssueProof(_) => "issue-proof",
            Self::SetStars { .. } => "set-stars",
        }
    }

    /// The files it carries.
    pub(crate) fn files(&self) -> &[Attachment] {
        if let Self::RequestHours(draft) = self { &draft.files } else { &[] }
    }

    /// How many people it is about.
    #[must_use]
    pub fn people(&self) -> u32 {
        if let Self::MarkDuty { people, .. } = self {
            u32::try_from(people.len()).unwrap_or(u32::MAX)
        } else {
            0
        }
    }

    pub(crate) fn decide(&self, facts: &Facts, actor: &Actor) -> Decision {
        match self {
            Self::MarkDuty { shift, people } => on_duty::mark(facts, actor, *shift, people),
            Self::CheckOut { shift, until } => duty_self::check_out(facts, actor, *shift, *until),
            Self::RequestHours(draft) => hours_book::request(facts, actor, draft),
            Self::ApproveHours { entry, minutes } => hours_book::approve(facts, actor, *entry, *minutes),
            Self::RefuseHours { entry, reason } => hours_book::refuse(facts, actor, *entry, reason),
            Self::WithdrawHours { entry } => hours_book::withdraw(facts, actor, *entry),
            Self::CorrectHours(wish) => hours_book::correct(facts, actor, wish),
            Self::IssueProof(wish) => hours_proof::issue(facts, actor, wish),
            Self::SetStars { hours } => hours_book::set_stars(facts, actor, hours),
        }
    }
}
