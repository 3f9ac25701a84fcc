//! Turns of an order that was drawn, as the contest changes around it: its stages move, results are told or set right, a family agrees late.

use crate::{
    Candidate, Change, Contest, Decision, Facts, Id, Refusal, Stage, Stop, Turn,
    running_order::{school_sees, times_for, turns_of},
};

/// Turns follow a contest whose stages were moved: in the order they have, each at its new time. Without a reason nobody's moves.
pub(crate) fn follow(facts: &Facts, before: &Contest, contest: &Contest, reason: &str) -> Decision {
    let mut changes = Vec::new();
    for told in before.orders.iter().map(|order| order.stage).chain(before.results.iter().map(|it| it.stage))
    {
        // What was drawn or told of a stage keeps it, at its place among the others.
        let at = |contest: &Contest| contest.plan.stages.iter().position(|stage| stage.id == told);
        if at(before) != at(contest) || at(contest).is_none() {
            return Err(Refusal::Malformed { field: "stages".into() }.into());
        }
    }
    if !before.orders.is_empty() && before.plan.closes.timestamp() < contest.plan.closes.timestamp() {
        return Err(Refusal::Malformed { field: "closes".into() }.into());
    }
    for order in &before.orders {
        let (Some(old), Some(new)) = (before.stage(order.stage), contest.stage(order.stage)) else {
            continue;
        };
        // How the seed came about was told before it was known.
        if old.seed_from() != new.seed_from() {
            return Err(Refusal::Malformed { field: "stages.seed_from".into() }.into());
        }
        if old.same_times(new) {
            let ends = new.ends.timestamp();
            let turns = turns_of(facts, contest.id, new.id)?;
            let fit = turns.iter().filter(|turn| turn.ends.timestamp() <= ends).count();
            if ends < old.ends.timestamp() && fit < turns.len() {
                let limit = u32::try_from(fit).unwrap_or(u32::MAX);
                return Err(Refusal::TooMany { field: "turns".into(), limit }.into());
            }
            continue;
        }
        if reason.is_empty() {
            return Err(Refusal::Malformed { field: "reason".into() }.into());
        }
        let turns = turns_of(facts, contest.id, new.id)?;
        let times = times_for(new, turns.len())?;
        let moved = turns.iter().zip(times).filter(|(turn, _)| !turn.has_been());
        let moved = moved.filter_map(|(turn, at)| turn.moved_to(turn.number, at, reason, facts.now()));
        let moved: Vec<_> = moved.collect();
        changes.extend(school_sees(facts, contest, new.id, &moved)?);
        changes.extend(moved.into_iter().map(Turn::put));
    }
    Ok(changes)
}

/// After a result was corrected: a candidate that goes on after all has its turn last in what was drawn already, one that does not has none.
pub(crate) fn settle(
    facts: &Facts,
    contest: &Contest,
    stage: Id<Stage>,
    candidate: &Candidate,
    goes_on: bool,
) -> Result<Vec<Turn>, Stop> {
    let mut news = Vec::new();
    let later = contest.plan.stages.iter().skip_while(|one| one.id != stage).skip(1);
    // In a stage whose results are out nobody comes in any more.
    let open = later.take_while(|later| !goes_on || contest.results_of(later.id).is_none());
    for later in open.filter(|later| contest.order_of(later.id).is_some()) {
        let turns = turns_of(facts, contest.id, later.id)?;
        let has = turns.iter().find(|turn| turn.candidate == candidate.id);
        match has {
            Some(turn) if !goes_on => news.push(Turn { gone: true, ..(*turn).clone() }),
            None if goes_on => {
                news.extend(last_turn(contest, later, &turns, candidate)?);
            }
            _ => {}
        }
    }
    Ok(news)
}

/// A turn after all that stand.
fn last_turn(
    contest: &Contest,
    stage: &Stage,
    turns: &[&Turn],
    candidate: &Candidate,
) -> Result<Option<Turn>, Stop> {
    let number = turns.last().map_or(1, |last| last.number.saturating_add(1));
    let count = usize::try_from(number).unwrap_or(usize::MAX);
    let at = times_for(stage, count)?.pop();
    Ok(at.map(|at| Turn::new(contest.id, stage.id, candidate, number, at)))
}

/// A candidate whose family agrees after an order was drawn has its turn last.
pub(crate) fn join(facts: &Facts, contest: &Contest, candidate: &Candidate) -> Result<Vec<Turn>, Stop> {
    let mut news = Vec::new();
    for stage in contest.plan.stages.iter().filter(|stage| contest.order_of(stage.id).is_some()) {
        // Which turn is the last, the school knows.
        if !facts.complete() {
            return Err(Stop::Unknown);
        }
        let turns = turns_of(facts, contest.id, stage.id)?;
        news.extend(last_turn(contest, stage, &turns, candidate)?);
    }
    Ok(news)
}

/// Puts a turn, or takes it back where it is gone.
pub(crate) fn put_turn(turn: Turn) -> Change {
    if turn.gone { turn.end() } else { turn.put() }
}
