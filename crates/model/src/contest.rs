//! A contest in stages, 大队委换届选举: a written exam, posters on show, one after the other on a stage. What its stages are is its
//! desk's to say. The school runs the stages here and votes elsewhere: there is no ballot, and nobody is ranked.

use jiff::{Timestamp, Zoned};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Actor, Break, Change, Facts, Feed, Id, Place, Power, Refusal, Stop, derived, rights};

/// How a stage is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum StageKind {
    /// All at one time: 笔试.
    Together,
    /// One after the other, in an order that is drawn: 现场自我介绍.
    InTurn {
        /// Minutes each, up to [`limits::TURN_MINUTES`].
        minutes: u32,
        /// Minutes between two, up to [`limits::TURN_MINUTES`].
        buffer: u32,
        /// When nobody's turn is, up to [`limits::BREAKS_PER_OFFER`].
        breaks: Vec<Break>,
        /// How what decides the order comes about, in words, told before it is known: 掷三次骰子, 12 月 2 日上证指数收盘价.
        seed_from: String,
    },
    /// Posters hang: 海报展示.
    OnShow {
        /// Until when posters may be handed in.
        #[schemars(with = "String")]
        due: Zoned,
    },
}

/// A stage of a contest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Stage {
    /// Made by the planner's device.
    pub id: Id<Stage>,
    /// 笔试
    pub name: String,
    /// Where, in words.
    pub venue: String,
    /// From when.
    #[schemars(with = "String")]
    pub starts: Zoned,
    /// Until when.
    #[schemars(with = "String")]
    pub ends: Zoned,
    /// How it is held.
    pub kind: StageKind,
    /// What to bring, what to know; may be empty.
    pub note: String,
}

/// A contest as it is planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct ContestPlan {
    /// The place whose desk runs it; fixed once it is kept.
    pub place: Id<Place>,
    /// 2026—2027届大队委换届选举
    pub title: String,
    /// Plain text.
    pub about: String,
    /// For whom: grades, classes; everybody at the place if empty.
    pub eligible: Vec<Id<Place>>,
    /// Candidates of one class at most; any number if `None`.
    pub per_class: Option<u32>,
    /// From when children may be nominated.
    #[schemars(with = "String")]
    pub opens: Zoned,
    /// Until when.
    #[schemars(with = "String")]
    pub closes: Zoned,
    /// In their order.
    pub stages: Vec<Stage>,
}

/// Where a contest is in its life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum ContestState {
    /// Only its desk has it.
    Draft,
    /// Everybody sees it.
    Published,
    /// Called off; whoever saw it still does, with the reason.
    Cancelled {
        /// In the desk's words.
        reason: String,
        /// Since when.
        at: Timestamp,
    },
}

/// What stands for a candidate where the order of a stage is drawn: another one in each stage, so that nobody is followed from one to
/// the next. Whoever reads the candidate knows which it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderEntry;

/// The order of a stage as it was drawn. Changes by hand stand with the slots.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct RunningOrder {
    /// Of which stage.
    pub stage: Id<Stage>,
    /// What decided it, as the desk entered it.
    pub seed: String,
    /// As drawn.
    pub entries: Vec<Id<OrderEntry>>,
    /// When.
    pub at: Timestamp,
    /// Everybody may see the order of those who agreed to be shown.
    pub shown: bool,
    /// How often it was changed by hand since.
    pub moves: u32,
}

/// That the results of a stage are out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ResultsOut {
    /// Of which stage.
    pub stage: Id<Stage>,
    /// Since when.
    pub at: Timestamp,
}

/// A contest. Public once it is published; who takes part is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contest {
    /// Identity.
    pub id: Id<Contest>,
    /// What is planned.
    pub plan: ContestPlan,
    /// The place whose desk runs it and everything above it.
    pub held_at: Vec<Id<Place>>,
    /// Where it is in its life.
    pub state: ContestState,
    /// Orders that were drawn.
    pub orders: Vec<RunningOrder>,
    /// Stages whose results are out.
    pub results: Vec<ResultsOut>,
    /// Counts its changes, so that two who change it at once notice.
    pub version: u32,
}

impl OrderEntry {
    /// What stands for a candidate in a stage.
    #[must_use]
    pub fn of(stage: Id<Stage>, candidate: &crate::Candidate) -> Id<Self> {
        // One that was nominated by an older device has no mark, and can be recognised by whoever knows the child's id.
        let mark = candidate.mark.map_or(candidate.id.uuid(), |mark| mark.uuid());
        let turn = crate::Turn::of(stage, candidate.id);
        derived("order-entry", turn.uuid(), mark)
    }
}

impl Stage {
    /// Whether its time is over.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.ends.timestamp()
    }
}

impl Contest {
    /// One of its stages.
    #[must_use]
    pub fn stage(&self, id: Id<Stage>) -> Option<&Stage> {
        self.plan.stages.iter().find(|stage| stage.id == id)
    }

    /// The stage that is on, or the next one; none once all are over, or where it was called off.
    #[must_use]
    pub fn next_stage(&self, now: Timestamp) -> Option<&Stage> {
        let off = matches!(self.state, ContestState::Cancelled { .. });
        self.plan.stages.iter().find(|stage| !off && !stage.is_over(now))
    }

    /// Whether it was published and not called off.
    #[must_use]
    pub fn is_on(&self) -> bool {
        self.state == ContestState::Published
    }

    /// Whether children of a class with this path may be nominated.
    #[must_use]
    pub fn is_for(&self, path: &[Id<Place>]) -> bool {
        let eligible = &self.plan.eligible;
        path.contains(&self.plan.place)
            && (eligible.is_empty() || eligible.iter().any(|place| path.contains(place)))
    }

    /// The stage at which posters hang, if there is one.
    #[must_use]
    pub fn show(&self) -> Option<(&Stage, &Zoned)> {
        self.plan.stages.iter().find_map(|stage| match &stage.kind {
            StageKind::OnShow { due } => Some((stage, due)),
            _ => None,
        })
    }

    /// Until when a statement and a poster may be handed in; `revises` where the desk asked for another.
    #[must_use]
    pub fn entry_until(&self, revises: bool) -> &Zoned {
        match self.show() {
            Some((stage, _)) if revises => &stage.ends,
            Some((_, due)) => due,
            None => &self.plan.closes,
        }
    }

    /// Whether a statement and a poster may be handed in at this moment; `revises` where the desk asked for another.
    #[must_use]
    pub fn takes_entry_at(&self, revises: bool, now: Timestamp) -> bool {
        now < self.entry_until(revises).timestamp()
    }

    /// The order of a stage, once it was drawn.
    #[must_use]
    pub fn order_of(&self, stage: Id<Stage>) -> Option<&RunningOrder> {
        self.orders.iter().find(|order| order.stage == stage)
    }

    /// Since when the results of a stage are out.
    #[must_use]
    pub fn results_of(&self, stage: Id<Stage>) -> Option<Timestamp> {
        self.results.iter().find(|out| out.stage == stage).map(|out| out.at)
    }

    /// Whether this stage is the last one.
    #[must_use]
    pub fn is_last(&self, stage: Id<Stage>) -> bool {
        self.plan.stages.last().is_some_and(|last| last.id == stage)
    }

    /// Its stages before this one.
    pub fn before(&self, stage: Id<Stage>) -> impl Iterator<Item = &Stage> {
        self.plan.stages.iter().take_while(move |one| one.id != stage)
    }

    /// Whether children may be nominated at this moment.
    ///
    /// # Errors
    /// Why not: [`Refusal::EventNotOpen`], [`Refusal::NotOpenYet`], [`Refusal::Closed`].
    pub fn open_at(&self, now: Timestamp) -> Result<(), Refusal> {
        if !self.is_on() {
            Err(Refusal::EventNotOpen)
        } else if now < self.plan.opens.timestamp() {
            Err(Refusal::NotOpenYet { opens: self.plan.opens.clone() })
        } else if now >= self.plan.closes.timestamp() {
            Err(Refusal::Closed { since: self.plan.closes.clone() })
        } else {
            Ok(())
        }
    }
}

/// A contest that the actor runs and that was not called off.
pub(crate) fn run<'f>(facts: &'f Facts, actor: &Actor, id: Id<Contest>) -> Result<&'f Contest, Stop> {
    let contest = facts.get(id)?;
    rights::require_power(facts, actor, Power::ManageEvents, &contest.held_at)?;
    if matches!(contest.state, ContestState::Cancelled { .. }) {
        return Err(Refusal::EventNotOpen.into());
    }
    Ok(contest)
}

/// A stage of a contest that the actor runs and that is on.
pub(crate) fn run_stage<'f>(
    facts: &'f Facts,
    actor: &Actor,
    contest: Id<Contest>,
    stage: Id<Stage>,
) -> Result<(&'f Contest, &'f Stage), Stop> {
    let contest = run(facts, actor, contest)?;
    if !contest.is_on() {
        return Err(Refusal::EventNotOpen.into());
    }
    let stage = contest.stage(stage).ok_or_else(|| Refusal::NotFound { what: "stage".into() })?;
    Ok((contest, stage))
}

/// The contest where whoever may know of it reads it.
pub(crate) fn place(contest: Contest) -> Change {
    let feed = if contest.is_on() { Feed::School } else { Feed::Desk(contest.id.uuid()) };
    Change::put(contest, [feed])
}
