//! What can be wished of a contest; one act of its own ([`Act::Contest`](crate::Act::Contest)) with a step each.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Actor, Attachment, Candidate, Child, Contest, ContestPlan, Decision, Facts, Id, OrderEntry, Outcome,
    Proxy, Stage, TurnMark, candidate_entry, contest_plan, running_order, stage_result,
};

/// What a family says for its child, or what a class teacher says first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct EntryWish {
    /// In which contest.
    pub contest: Id<Contest>,
    /// Whom.
    pub child: Id<Child>,
    /// In the child's words, up to [`limits::STATEMENT_CHARS`](crate::limits::STATEMENT_CHARS); may be empty.
    pub statement: String,
    /// A picture or a PDF.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub poster: Option<Attachment>,
    /// The school may see name, statement and poster.
    pub shows: bool,
    /// 代办: for which guardian. Staff without one nominate, and the family still has to agree.
    pub on_behalf_of: Option<Proxy>,
    /// The version that was looked at; 0 where the child was not nominated. Not looked at if `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<u32>,
    /// Made by the device that nominates: what stands for the child where an order is drawn follows from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Id<OrderEntry>>,
}

/// A step of a contest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum ContestAct {
    /// Keep a contest: a new one, or one that is there as it reads now.
    PutContest {
        /// Which; made by the planner's device for a new one.
        contest: Id<Contest>,
        /// What is planned.
        plan: ContestPlan,
        /// The version that was looked at; 0 for a new one.
        version: u32,
        /// Everybody sees it from now on.
        publish: bool,
        /// Why turns move that were told already; may be empty where none do.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// Call a contest off.
    CancelContest {
        /// Which.
        contest: Id<Contest>,
        /// For families to read.
        reason: String,
    },
    /// Nominate a child, agree to that, or change what is said of it.
    EnterCandidate(EntryWish),
    /// Say that an entry may be shown, or what has to be otherwise.
    CheckCandidate {
        /// Which.
        candidate: Id<Candidate>,
        /// The version that was looked at.
        version: u32,
        /// 请修改: what, for the family to read. It is fine if empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        revise: String,
    },
    /// Take a child out.
    WithdrawCandidate {
        /// Which.
        candidate: Id<Candidate>,
        /// 代办: for which guardian.
        on_behalf_of: Option<Proxy>,
    },
    /// Draw the order of a stage.
    DrawOrder {
        /// In which contest.
        contest: Id<Contest>,
        /// Of which stage.
        stage: Id<Stage>,
        /// What decides, as everybody can know it by now.
        seed: String,
    },
    /// Give a candidate another turn.
    MoveTurn {
        /// In which stage.
        stage: Id<Stage>,
        /// Whom.
        candidate: Id<Candidate>,
        /// To which place in the order, from 1.
        to: u32,
        /// Why, for every family whose turn moves.
        reason: String,
    },
    /// Let everybody see the order of a stage, or no more.
    ShowOrder {
        /// In which contest.
        contest: Id<Contest>,
        /// Of which stage.
        stage: Id<Stage>,
        /// From now on.
        shown: bool,
    },
    /// Note in the room how a turn stands.
    MarkTurn {
        /// In which stage.
        stage: Id<Stage>,
        /// Whose.
        candidate: Id<Candidate>,
        /// How it stands.
        mark: TurnMark,
    },
    /// Write down how a stage ended for a candidate, or correct it.
    SetResult {
        /// Of which stage.
        stage: Id<Stage>,
        /// For whom.
        candidate: Id<Candidate>,
        /// How.
        outcome: Outcome,
        /// Why it is corrected, for whoever was told; empty while it is a draft.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
    },
    /// Tell the families how a stage ended.
    PublishResults {
        /// In which contest.
        contest: Id<Contest>,
        /// Of which stage.
        stage: Id<Stage>,
        /// Candidates it is told of, as the desk saw them.
        candidates: u32,
    },
}

impl ContestAct {
    /// The rows it names.
    #[must_use]
    pub fn names(&self) -> Vec<Uuid> {
        match self {
            Self::PutContest { plan, .. } => {
                plan.eligible.iter().map(|place| place.uuid()).chain([plan.place.uuid()]).collect()
            }
            Self::CancelContest { contest, .. }
            | Self::DrawOrder { contest, .. }
            | Self::ShowOrder { contest, .. }
            | Self::PublishResults { contest, .. } => vec![contest.uuid()],
            Self::EnterCandidate(wish) => vec![wish.contest.uuid(), wish.child.uuid()],
            Self::CheckCandidate { candidate, .. }
            | Self::WithdrawCandidate { candidate, .. }
            | Self::MoveTurn { candidate, .. }
            | Self::MarkTurn { candidate, .. }
            | Self::SetResult { candidate, .. } => vec![candidate.uuid()],
        }
    }

    /// 代办: for whom and why.
    #[must_use]
    pub fn proxy(&self) -> Option<&Proxy> {
        match self {
            Self::EnterCandidate(EntryWish { on_behalf_of, .. })
            | Self::WithdrawCandidate { on_behalf_of, .. } => on_behalf_of.as_ref(),
            _ => None,
        }
    }

    /// The files it carries.
    #[must_use]
    pub fn files(&self) -> &[Attachment] {
        if let Self::EnterCandidate(wish) = self { wish.poster.as_slice() } else { &[] }
    }

    /// Its name on the wire.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::PutContest { .. } => "put-contest",
            Self::CancelContest { .. } => "cancel-contest",
            Self::EnterCandidate(_) => "enter-candidate",
            Self::CheckCandidate { .. } => "check-candidate",
            Self::WithdrawCandidate { .. } => "withdraw-candidate",
            Self::DrawOrder { .. } => "draw-order",
            Self::MoveTurn { .. } => "move-turn",
            Self::ShowOrder { .. } => "show-order",
            Self::MarkTurn { .. } => "mark-turn",
            Self::SetResult { .. } => "set-result",
            Self::PublishResults { .. } => "publish-results",
        }
    }
}

pub(crate) fn decide(facts: &Facts, actor: &Actor, act: &ContestAct) -> Decision {
    match act {
        ContestAct::PutContest { contest: id, plan, version, publish, reason } => {
            contest_plan::put(facts, actor, *id, plan, (*version, *publish), reason)
        }
        ContestAct::CancelContest { contest: id, reason } => contest_plan::cancel(facts, actor, *id, reason),
        ContestAct::EnterCandidate(wish) => candidate_entry::enter(facts, actor, wish),
        ContestAct::CheckCandidate { candidate: id, version, revise } => {
            candidate_entry::check(facts, actor, *id, *version, revise)
        }
        ContestAct::WithdrawCandidate { candidate: id, on_behalf_of } => {
            candidate_entry::withdraw(facts, actor, *id, on_behalf_of.as_ref())
        }
        ContestAct::DrawOrder { contest, stage, seed } => {
            running_order::draw(facts, actor, *contest, *stage, seed)
        }
        ContestAct::MoveTurn { stage, candidate, to, reason } => {
            running_order::move_turn(facts, actor, (*stage, *candidate), *to, reason)
        }
        ContestAct::ShowOrder { contest, stage, shown } => {
            running_order::show(facts, actor, *contest, *stage, *shown)
        }
        ContestAct::MarkTurn { stage, candidate, mark } => {
            running_order::mark(facts, actor, (*stage, *candidate), *mark)
        }
        ContestAct::SetResult { stage, candidate, outcome, reason } => {
            stage_result::set(facts, actor, (*stage, *candidate), outcome, reason)
        }
        ContestAct::PublishResults { contest, stage, candidates } => {
            stage_result::publish(facts, actor, *contest, *stage, *candidates)
        }
    }
}
