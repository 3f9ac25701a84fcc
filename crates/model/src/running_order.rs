//! The order in which candidates have their turn in a stage: drawn by what anybody can work out again, changed by hand with a
//! reason, and kept in the room. How it is drawn is told in `docs/draw.md`.

use jiff::{SignedDuration, Timestamp, Zoned};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Candidate, Change, Child, Contest, Decision, Facts, Feed, FileHash, Id, List, OrderEntry, Place,
    Refusal, Right, RunningOrder, Stage, StageKind, Stop,
    candidate::{shown, who_is_in},
    clash::overlap,
    contest::{place, run_stage},
    derived, limits,
    limits::check_text,
};

/// The rules by which an order is drawn. Other rules would be another number.
pub const ORDER_RULES: u32 = 1;

/// How a turn stands, as noted in the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum TurnMark {
    /// Nobody noted anything.
    Waiting,
    /// The child is there.
    Here,
    /// It is its turn.
    Called,
    /// It had its turn.
    Done,
    /// It did not come.
    Absent,
}

/// That a turn was moved by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct TurnMoved {
    /// In the desk's words.
    pub reason: String,
    /// When it was before.
    pub was: Zoned,
    /// Since when.
    pub at: Timestamp,
}

/// The turn of one candidate in one stage. For its family, the staff of its class, and the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Follows from stage and candidate.
    pub id: Id<Turn>,
    /// In which contest.
    pub contest: Id<Contest>,
    /// In which stage.
    pub stage: Id<Stage>,
    /// Whose.
    pub candidate: Id<Candidate>,
    /// Which child's.
    pub child: Id<Child>,
    /// Of which class.
    pub class: Id<Place>,
    /// Which place in the order, from 1.
    pub number: u32,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// How it stands.
    pub mark: TurnMark,
    /// It was moved by hand.
    pub moved: Option<TurnMoved>,
    /// The candidate is in this stage no more.
    pub gone: bool,
}

impl Turn {
    /// The one turn of a candidate in a stage.
    #[must_use]
    pub fn of(stage: Id<Stage>, candidate: Id<Candidate>) -> Id<Self> {
        derived("turn", stage.uuid(), candidate.uuid())
    }

    pub(crate) fn put(self) -> Change {
        let feeds = [
            Feed::Desk(self.contest.uuid()),
            Feed::ChildRight(self.child, Right::Messages),
            Feed::Class(self.class),
        ];
        Change::put(self, feeds)
    }

    /// It is its turn, or it had it.
    pub(crate) fn has_been(&self) -> bool {
        matches!(self.mark, TurnMark::Called | TurnMark::Done)
    }

    /// It takes no turn any more.
    pub(crate) fn end(self) -> Change {
        Change::put(Self { gone: true, ..self }, [])
    }

    pub(crate) fn new(
        contest: Id<Contest>,
        stage: Id<Stage>,
        candidate: &Candidate,
        number: u32,
        at: (Zoned, Zoned),
    ) -> Self {
        Self {
            id: Self::of(stage, candidate.id),
            contest,
            stage,
            candidate: candidate.id,
            child: candidate.child,
            class: candidate.class,
            number,
            starts: at.0,
            ends: at.1,
            mark: TurnMark::Waiting,
            moved: None,
            gone: false,
        }
    }

    /// The same at another time and place in the order; moved if that is not where it was.
    pub(crate) fn moved_to(
        &self,
        number: u32,
        (starts, ends): (Zoned, Zoned),
        reason: &str,
        at: Timestamp,
    ) -> Option<Self> {
        if self.number == number && self.starts == starts {
            return None;
        }
        let moved = Some(TurnMoved { reason: reason.to_owned(), was: self.starts.clone(), at });
        Some(Self { number, starts, ends, moved, ..self.clone() })
    }
}

/// The times of so many turns in a stage, one after the other with the time between two, none into a break, none past the end
/// of the stage: fewer than asked for where it is too short.
#[must_use]
pub fn turn_times(stage: &Stage, count: usize) -> Vec<(Zoned, Zoned)> {
    let StageKind::InTurn { minutes, buffer, breaks, .. } = &stage.kind else { return Vec::new() };
    let long = |minutes: u32| SignedDuration::from_mins(i64::from(minutes));
    let (mut times, mut starts) = (Vec::new(), stage.starts.clone());
    while times.len() < count && *minutes > 0 {
        let Ok(ends) = starts.checked_add(long(*minutes)) else { break };
        if ends.timestamp() > stage.ends.timestamp() {
            break;
        }
        if let Some(pause) = breaks.iter().find(|it| overlap((&starts, &ends), (&it.from, &it.until))) {
            starts = pause.until.clone();
            continue;
        }
        let Ok(next) = ends.checked_add(long(*buffer)) else { break };
        times.push((starts, ends));
        starts = next;
    }
    times
}

/// The order of entries that a seed comes to: by the SHA-256 of each one's line.
#[must_use]
pub fn running_order(stage: Id<Stage>, seed: &str, entries: &[Id<OrderEntry>]) -> Vec<Id<OrderEntry>> {
    let (rules, long) = (ORDER_RULES, seed.len());
    let ticket = |entry: &Id<OrderEntry>| {
        let text =
            format!("xinmei-running-order {rules}\nstage {stage}\nseed {long} {seed}\nentry {entry}\n");
        (FileHash::of(text.as_bytes()), *entry)
    };
    let mut order: Vec<_> = entries.iter().map(ticket).collect();
    order.sort_unstable();
    order.into_iter().map(|(_, entry)| entry).collect()
}

/// Refuses where the stage is too short for so many.
pub(crate) fn times_for(stage: &Stage, count: usize) -> Result<Vec<(Zoned, Zoned)>, Stop> {
    let times = turn_times(stage, count);
    if times.len() < count {
        let limit = u32::try_from(times.len()).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "turns".into(), limit }.into());
    }
    Ok(times)
}

/// Turns of a stage that stand, in their order.
pub(crate) fn turns_of(facts: &Facts, contest: Id<Contest>, stage: Id<Stage>) -> Result<Vec<&Turn>, Stop> {
    let mut turns = facts.list::<Turn>(List::OfContest(contest), limits::ROWS_PER_LIST)?;
    turns.retain(|turn| turn.stage == stage && !turn.gone);
    turns.sort_by_key(|turn| turn.number);
    Ok(turns)
}

/// What the school sees of those whose turns are as `turns` say, where the order of the stage is shown.
pub(crate) fn school_sees(facts: &Facts, contest: &Contest, stage: Id<Stage>, turns: &[Turn]) -> Decision {
    if !contest.order_of(stage).is_some_and(|order| order.shown) {
        return Ok(Vec::new());
    }
    Facts::each(turns, |turn| shown(facts, contest, facts.get(turn.candidate)?, (turns, &[])))
}

/// Draws the order of a stage, once, after nominations have closed.
pub(crate) fn draw(
    facts: &Facts,
    actor: &Actor,
    contest: Id<Contest>,
    stage: Id<Stage>,
    seed: &str,
) -> Decision {
    let (contest, stage) = run_stage(facts, actor, contest, stage)?;
    let StageKind::InTurn { .. } = &stage.kind else {
        return Err(Refusal::Malformed { field: "stage".into() }.into());
    };
    check_text("seed", seed, 1, limits::SEED_CHARS)?;
    if contest.order_of(stage.id).is_some() {
        return Err(Refusal::DrawDone.into());
    }
    if facts.now() < contest.plan.closes.timestamp() {
        return Err(Refusal::DrawNotYet { from: contest.plan.closes.clone() }.into());
    }
    let candidates = who_is_in(facts, contest, stage.id)?;
    // An order is of all who are in it, and that only the school knows.
    if !facts.complete() {
        return Err(Stop::Unknown);
    }
    if candidates.is_empty() {
        return Err(Refusal::Malformed { field: "candidates".into() }.into());
    }
    let times = times_for(stage, candidates.len())?;
    let of_all: Vec<_> = candidates.iter().map(|candidate| OrderEntry::of(stage.id, candidate)).collect();
    let seed = seed.trim().to_owned();
    let entries = running_order(stage.id, &seed, &of_all);
    let by_entry = |entry: &Id<OrderEntry>| {
        of_all.iter().position(|one| one == entry).and_then(|at| candidates.get(at)).copied()
    };
    let turn = |((number, candidate), at)| Turn::new(contest.id, stage.id, candidate, number, at).put();
    let turns: Vec<_> = (1..).zip(entries.iter().filter_map(by_entry)).zip(times).map(turn).collect();
    let order = RunningOrder { stage: stage.id, seed, entries, at: facts.now(), shown: false, moves: 0 };
    let mut contest = contest.clone();
    contest.orders.push(order);
    Ok([place(contest)].into_iter().chain(turns).collect())
}

/// Gives a candidate another turn; those between move up or down. What has been stays.
pub(crate) fn move_turn(
    facts: &Facts,
    actor: &Actor,
    (stage, candidate): (Id<Stage>, Id<Candidate>),
    to: u32,
    reason: &str,
) -> Decision {
    let who = facts.get(candidate)?;
    let (contest, stage) = run_stage(facts, actor, who.contest, stage)?;
    check_text("reason", reason, 1, limits::NOTE_CHARS)?;
    let turns = turns_of(facts, contest.id, stage.id)?;
    let Some(from) = turns.iter().position(|turn| turn.candidate == candidate) else {
        return Err(Refusal::BookingGone.into());
    };
    let behind = turns.iter().rposition(|turn| turn.has_been()).map_or(0, |last| last.saturating_add(1));
    // By the number people see: where somebody is gone, the numbers have a gap.
    let to = turns.iter().position(|turn| turn.number == to);
    let Some(to) = to.filter(|to| from >= behind && *to >= behind) else {
        return Err(Refusal::Malformed { field: "to".into() }.into());
    };
    let mut order: Vec<_> = turns.clone();
    let moving = order.remove(from);
    order.insert(to, moving);
    // The times are those there were: whoever is not between the two keeps theirs.
    let at = |slot: &Turn| (slot.starts.clone(), slot.ends.clone());
    let moved = order
        .iter()
        .zip(&turns)
        .filter_map(|(turn, slot)| turn.moved_to(slot.number, at(slot), reason.trim(), facts.now()));
    let moved: Vec<_> = moved.collect();
    let school = school_sees(facts, contest, stage.id, &moved)?;
    let mut contest = contest.clone();
    if let Some(order) = contest.orders.iter_mut().find(|order| order.stage == stage.id) {
        order.moves = order.moves.saturating_add(1);
    }
    Ok(moved.into_iter().map(Turn::put).chain([place(contest)]).chain(school).collect())
}

/// Everybody sees the order of a stage from now on, or no more.
pub(crate) fn show(
    facts: &Facts,
    actor: &Actor,
    contest: Id<Contest>,
    stage: Id<Stage>,
    visible: bool,
) -> Decision {
    let (contest, stage) = run_stage(facts, actor, contest, stage)?;
    let turns = turns_of(facts, contest.id, stage.id)?;
    let mut contest = contest.clone();
    let Some(order) = contest.orders.iter_mut().find(|order| order.stage == stage.id) else {
        return Err(Refusal::NothingAsked.into());
    };
    order.shown = visible;
    let school = Facts::each(turns, |turn| shown(facts, &contest, facts.get(turn.candidate)?, (&[], &[])))?;
    Ok([place(contest)].into_iter().chain(school).collect())
}

/// Notes in the room how a turn stands.
pub(crate) fn mark(
    facts: &Facts,
    actor: &Actor,
    (stage, candidate): (Id<Stage>, Id<Candidate>),
    mark: TurnMark,
) -> Decision {
    let who = facts.get(candidate)?;
    let (_, stage) = run_stage(facts, actor, who.contest, stage)?;
    let turn = facts.find(Turn::of(stage.id, candidate))?.filter(|turn| !turn.gone);
    let turn = turn.ok_or(Refusal::BookingGone)?;
    Ok(vec![Turn { mark, ..turn.clone() }.put()])
}
