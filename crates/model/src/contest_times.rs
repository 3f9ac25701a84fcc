//! When a child is expected in a contest: its turn, or the whole of a stage that all have together.

use jiff::{Timestamp, Zoned};

use crate::{
    Candidate, Child, Contest, ContestState, Facts, Id, Kind, List, Stage, StageKind, Stop, Turn, candidate,
    limits,
};

/// A time at which a child is expected in a contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContestTime<'f> {
    /// In which contest.
    pub contest: &'f Contest,
    /// In which stage.
    pub stage: &'f Stage,
    /// The child's turn, or the stage of all.
    pub of: Id<Turn>,
    /// From when.
    pub starts: &'f Zoned,
    /// Until when.
    pub ends: &'f Zoned,
    /// It is settled: a turn that was drawn, or a stage that all have together. Otherwise the turn falls somewhere into it.
    pub settled: bool,
    /// When this was said last.
    pub changed: Timestamp,
}

/// When a child is expected in contests it takes part in, those that were called off included; of a stage it is in no more, nothing.
///
/// # Errors
/// [`Stop::Needs`] until the rows were loaded.
pub fn contest_times(facts: &Facts, child: Id<Child>) -> Result<Vec<ContestTime<'_>>, Stop> {
    let contests = facts.list::<Contest>(List::All(Kind::Contest), limits::ROWS_PER_LIST)?;
    let seen = contests.into_iter().filter(|contest| contest.state != ContestState::Draft);
    let found = Facts::each(seen, |contest| match facts.find(Candidate::of(contest.id, child))? {
        Some(candidate) => in_contest(facts, contest, candidate),
        None => Ok(Vec::new()),
    })?;
    Ok(found.concat())
}

fn in_contest<'f>(
    facts: &'f Facts,
    contest: &'f Contest,
    candidate: &'f Candidate,
) -> Result<Vec<ContestTime<'f>>, Stop> {
    let met = contest.plan.stages.iter().filter(|stage| !matches!(stage.kind, StageKind::OnShow { .. }));
    let found = Facts::each(met, |stage| {
        if !candidate::is_in(facts, contest, stage.id, candidate)? {
            return Ok(None);
        }
        let of = Turn::of(stage.id, candidate.id);
        let turn = facts.find(of)?.filter(|turn| !turn.gone);
        let (starts, ends) = turn.map_or((&stage.starts, &stage.ends), |turn| (&turn.starts, &turn.ends));
        let drawn = contest.order_of(stage.id).map(|order| order.at);
        let moved = turn.and_then(|turn| turn.moved.as_ref()).map(|moved| moved.at);
        let changed = [drawn, moved].into_iter().flatten().fold(candidate.at, Timestamp::max);
        let settled = turn.is_some() || stage.kind == StageKind::Together;
        Ok(Some(ContestTime { contest, stage, of, starts, ends, settled, changed }))
    })?;
    Ok(found.into_iter().flatten().collect())
}
