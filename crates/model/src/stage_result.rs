//! How a stage ended for each candidate. There are no marks, no ranks and no list of who did not get on: each family reads of its
//! own child, and the school who goes on or was elected and agreed to be named.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Candidate, Change, Child, Contest, Decision, Facts, Feed, Id, Refusal, ResultsOut, Right, Stage,
    Stop,
    candidate::{is_in, shown, who_is_in},
    contest::{place, run_stage},
    derived, limits,
    limits::check_text,
    turn_change,
};

/// How a stage ended for a candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Outcome {
    /// Goes on to the next stage.
    GoesOn,
    /// Does not go on, or was not elected.
    Out,
    /// Elected, in the last stage.
    Elected {
        /// 宣传委员
        office: String,
    },
}

/// That a result was set right after families were told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Correction {
    /// What they were told before.
    pub was: Outcome,
    /// Why it was not so.
    pub reason: String,
    /// Who set it right.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// How a stage ended for one candidate. The desk's until it is published, then the family's too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageResult {
    /// Follows from stage and candidate.
    pub id: Id<StageResult>,
    /// In which contest.
    pub contest: Id<Contest>,
    /// Which stage.
    pub stage: Id<Stage>,
    /// For whom.
    pub candidate: Id<Candidate>,
    /// Which child.
    pub child: Id<Child>,
    /// How.
    pub outcome: Outcome,
    /// Since when the family knows.
    pub published: Option<Timestamp>,
    /// What was set right since, the oldest first.
    pub corrections: Vec<Correction>,
    /// Who wrote it down.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The candidate was taken out before anybody was told.
    pub dropped: bool,
}

impl StageResult {
    /// The one result of a candidate in a stage.
    #[must_use]
    pub fn of(stage: Id<Stage>, candidate: Id<Candidate>) -> Id<Self> {
        derived("stage-result", stage.uuid(), candidate.uuid())
    }

    fn put(self) -> Change {
        let desk = Feed::Desk(self.contest.uuid());
        let family = Feed::ChildRight(self.child, Right::Messages);
        let feeds = if self.published.is_some() { vec![desk, family] } else { vec![desk] };
        Change::put(self, feeds)
    }

    /// Nobody is told it.
    pub(crate) fn drop(self) -> Change {
        Change::put(Self { dropped: true, ..self }, [])
    }
}

fn check(contest: &Contest, stage: Id<Stage>, outcome: &Outcome) -> Result<Outcome, Stop> {
    let last = contest.is_last(stage);
    match outcome {
        Outcome::Elected { office } if last => {
            check_text("office", office, 1, limits::OFFICE_CHARS)?;
            Ok(Outcome::Elected { office: office.trim().to_owned() })
        }
        Outcome::GoesOn if !last => Ok(Outcome::GoesOn),
        Outcome::Out => Ok(Outcome::Out),
        _ => Err(Refusal::Malformed { field: "outcome".into() }.into()),
    }
}

/// Writes down how a stage ended for a candidate; once it is told, with a reason.
pub(crate) fn set(
    facts: &Facts,
    actor: &Actor,
    (stage, id): (Id<Stage>, Id<Candidate>),
    outcome: &Outcome,
    reason: &str,
) -> Decision {
    let candidate = facts.get(id)?;
    let (contest, stage) = run_stage(facts, actor, candidate.contest, stage)?;
    let outcome = check(contest, stage.id, outcome)?;
    let out = contest.results_of(stage.id);
    check_text("reason", reason, usize::from(out.is_some()), limits::NOTE_CHARS)?;
    if !is_in(facts, contest, stage.id, candidate)? {
        return Err(Refusal::BookingGone.into());
    }
    let before = facts.find(StageResult::of(stage.id, id))?.filter(|it| !it.dropped);
    let (by, at) = (actor.staff_name(facts)?.unwrap_or_default(), facts.now());
    let mut corrections = before.map(|it| it.corrections.clone()).unwrap_or_default();
    if let (Some(_), Some(before)) = (out, before) {
        if before.outcome == outcome {
            return Err(Refusal::NothingAsked.into());
        }
        if corrections.len() >= limits::CORRECTIONS {
            let limit = u32::try_from(limits::CORRECTIONS).unwrap_or(u32::MAX);
            return Err(Refusal::TooMany { field: "corrections".into(), limit }.into());
        }
        let (was, reason, by) = (before.outcome.clone(), reason.trim().to_owned(), by.clone());
        corrections.push(Correction { was, reason, by, at });
    }
    let goes_on = outcome == Outcome::GoesOn;
    let result = StageResult {
        id: StageResult::of(stage.id, id),
        contest: contest.id,
        stage: stage.id,
        candidate: id,
        child: candidate.child,
        outcome,
        published: out.map(|_| at),
        corrections,
        by,
        at,
        dropped: false,
    };
    if out.is_none() {
        return Ok(vec![result.put()]);
    }
    let turns = turn_change::settle(facts, contest, stage.id, candidate, goes_on)?;
    let school = shown(facts, contest, candidate, (&turns, std::slice::from_ref(&result)))?;
    let turns = turns.into_iter().map(turn_change::put_turn);
    Ok([result.put()].into_iter().chain(turns).chain([school]).collect())
}

/// Tells each family how a stage ended for its child, and then the school who goes on.
pub(crate) fn publish(
    facts: &Facts,
    actor: &Actor,
    contest: Id<Contest>,
    stage: Id<Stage>,
    seen: u32,
) -> Decision {
    let (contest, stage) = run_stage(facts, actor, contest, stage)?;
    if contest.results_of(stage.id).is_some() {
        return Err(Refusal::NothingAsked.into());
    }
    if facts.now() < stage.starts.timestamp() {
        return Err(Refusal::StageAhead { starts: stage.starts.clone() }.into());
    }
    // Results are told in the order of the stages: who is told of a later one was let go on by those before it.
    let mut later = contest.plan.stages.iter().skip_while(|one| one.id != stage.id).skip(1);
    if let Some(told) = later.find(|later| contest.results_of(later.id).is_some()) {
        return Err(Refusal::LaterTold { stage: told.name.clone() }.into());
    }
    let candidates = who_is_in(facts, contest, stage.id)?;
    let drafts = Facts::each(&candidates, |candidate| facts.find(StageResult::of(stage.id, candidate.id)))?;
    let told: Vec<_> = drafts.into_iter().flatten().filter(|draft| !draft.dropped).collect();
    let count = |many: usize| u32::try_from(many).unwrap_or(u32::MAX);
    let missing = candidates.len().saturating_sub(told.len());
    if missing > 0 || candidates.is_empty() {
        return Err(Refusal::ResultsMissing { missing: count(missing) }.into());
    }
    if count(candidates.len()) != seen {
        return Err(Refusal::AudienceChanged { seen, now: count(candidates.len()) }.into());
    }
    let now = facts.now();
    let results: Vec<_> =
        told.into_iter().map(|draft| StageResult { published: Some(now), ..draft.clone() }).collect();
    let mut contest = contest.clone();
    contest.results.push(ResultsOut { stage: stage.id, at: now });
    // An order that was drawn before keeps nobody who is out now.
    let out = candidates.iter().zip(&results).filter(|(_, result)| result.outcome == Outcome::Out);
    let ended =
        Facts::each(out, |(candidate, _)| turn_change::settle(facts, &contest, stage.id, candidate, false))?;
    let ended: Vec<_> = ended.into_iter().flatten().collect();
    let school = Facts::each(&candidates, |candidate| shown(facts, &contest, candidate, (&ended, &results)))?;
    let ended = ended.into_iter().map(turn_change::put_turn);
    // Each change has its own rev: a family has its row before the school has the names.
    Ok(results.into_iter().map(StageResult::put).chain(ended).chain([place(contest)]).chain(school).collect())
}
