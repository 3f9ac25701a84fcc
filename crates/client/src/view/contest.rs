//! Contests in stages: the list, a contest, and what is wished of it.

mod candidate;
mod duties;
mod times;
mod wish;

pub(super) use duties::{coming, duties};
pub(super) use wish::{about, text_of};

use jiff::Timestamp;
use xinmei_model::{
    Act, Candidate, Child, Contest, ContestAct, ContestPlan, ContestState, EntryWish, Hat, Id, Kind, List,
    Power, ShownCandidate, Stage, StageKind, StageResult, Turn, limits, running_order, turn_times,
};

use super::{
    ask::{read, save},
    family::Family,
    reading::{Reading, count},
    wishes::waits,
};
use crate::{
    Client,
    api::{
        self, Ask, Fault, Saved,
        contest::{
            ContestLine, Contests, Open, Opened, OrderView, PendingStep, Put, Room, ShownView, StageView,
            Step, Times,
        },
        profile::ChildName,
    },
    fault::invalid,
};

/// A contest leaves the list so many days after its last stage.
const DAYS_BACK: i64 = 300;

impl Ask for api::contest::List {
    type Reply = Contests;

    async fn answer(self, client: &Client) -> Result<Contests, Fault> {
        read(client, list).await
    }
}

impl Ask for Open {
    type Reply = Opened;

    async fn answer(self, client: &Client) -> Result<Opened, Fault> {
        read(client, move |reading| open(reading, self.contest)).await
    }
}

impl Ask for Put {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let contest = self.contest.unwrap_or_else(|| client.new_id());
        let stages = self.stages.into_iter().map(|stage| Stage {
            id: stage.id.unwrap_or_else(|| client.new_id()),
            name: stage.name,
            venue: stage.venue,
            starts: stage.starts,
            ends: stage.ends,
            kind: stage.kind,
            note: stage.note,
        });
        let plan = ContestPlan {
            place: self.place,
            title: self.title,
            about: self.about,
            eligible: self.eligible,
            per_class: self.per_class,
            opens: self.opens,
            closes: self.closes,
            stages: stages.collect(),
        };
        let (version, publish, reason) = (self.version, self.publish, self.reason);
        save(client, Act::Contest(ContestAct::PutContest { contest, plan, version, publish, reason })).await
    }
}

impl Ask for Times {
    type Reply = Room;

    async fn answer(self, client: &Client) -> Result<Room, Fault> {
        let seed_from = String::new();
        let kind =
            StageKind::InTurn { minutes: self.minutes, buffer: self.buffer, breaks: self.breaks, seed_from };
        let (name, venue, note) = Default::default();
        let stage =
            Stage { id: client.new_id(), name, venue, starts: self.starts, ends: self.ends, kind, note };
        let mut times = turn_times(&stage, most_turns());
        Ok(Room { turns: count(&times), ends: times.pop().map(|(_, ends)| ends) })
    }
}

impl Ask for Step {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let mut step = self.step;
        if let ContestAct::EnterCandidate(wish) = &mut step {
            let (contest, child) = (wish.contest, wish.child);
            let shows = read(client, move |reading| candidate::version_here(reading, contest, child)).await?;
            wish.replaces = wish.replaces.or(shows);
            wish.mark.get_or_insert_with(|| client.new_id());
        }
        save(client, Act::Contest(step)).await
    }
}

/// No stage has more turns: they are minutes of one day.
fn most_turns() -> usize {
    24 * 60
}

fn list(reading: &Reading<'_>) -> Result<Contests, Fault> {
    let all: Vec<Contest> = reading.snapshot.list(List::All(Kind::Contest))?;
    let mut contests = Vec::new();
    for contest in &all {
        let last = contest.plan.stages.last().map_or(&contest.plan.closes, |last| &last.ends);
        let runs = reading.may(Power::ManageEvents, &contest.held_at);
        if reading.is_recent(last.timestamp(), DAYS_BACK) && (runs || contest.state != ContestState::Draft) {
            contests.push(line(reading, contest)?);
        }
    }
    contests.sort_by_key(|line| {
        let next = line.next.as_ref().map(|stage| stage.starts.timestamp());
        (next.is_none(), next, std::cmp::Reverse(line.closes.timestamp()), line.id)
    });
    Ok(Contests { contests, places: reading.place_names_with(Power::ManageEvents) })
}

fn line(reading: &Reading<'_>, contest: &Contest) -> Result<ContestLine, Fault> {
    let runs = reading.may(Power::ManageEvents, &contest.held_at);
    let mut mine = Vec::new();
    if !runs {
        for candidate in candidate::own(reading, contest)? {
            mine.push(candidate.child);
        }
    }
    Ok(ContestLine {
        id: contest.id,
        title: contest.plan.title.clone(),
        place: reading.place_name(contest.plan.place),
        state: contest.state.clone(),
        opens: contest.plan.opens.clone(),
        closes: contest.plan.closes.clone(),
        open_now: contest.open_at(reading.now).is_ok(),
        next: contest.next_stage(reading.now).cloned(),
        stages: count(&contest.plan.stages),
        mine: reading.child_names(&mine)?,
        runs,
        pending: about_contest(reading, contest.id),
    })
}

/// The newest wish about the contest as a whole that is still open or was refused.
fn about_contest(reading: &Reading<'_>, id: Id<Contest>) -> Option<PendingStep> {
    let look = |act: &Act| match act {
        Act::Contest(
            step @ (ContestAct::PutContest { contest, .. }
            | ContestAct::CancelContest { contest, .. }
            | ContestAct::DrawOrder { contest, .. }
            | ContestAct::ShowOrder { contest, .. }
            | ContestAct::PublishResults { contest, .. }),
        ) if *contest == id => Some(step.name().to_owned()),
        _ => None,
    };
    reading.wishes.newest(look).map(|(step, entry)| PendingStep { step, state: entry.state.clone() })
}

fn open(reading: &Reading<'_>, id: Id<Contest>) -> Result<Opened, Fault> {
    let contest: Contest = reading.snapshot.get(id)?.ok_or_else(|| invalid("contest"))?;
    let line = line(reading, &contest)?;
    let all = candidate::own(reading, &contest)?;
    let mut candidates = Vec::new();
    for one in &all {
        candidates.push(candidate::view(reading, &contest, one)?);
    }
    candidates.extend(candidate::wished(reading, &contest, &all)?);
    let mut stages = Vec::new();
    for stage in &contest.plan.stages {
        stages.push(stage_view(reading, &contest, stage, &all, line.runs)?);
    }
    let moments = contest.plan.stages.iter().flat_map(|stage| [&stage.starts, &stage.ends]);
    let moments = moments.chain([&contest.plan.opens, &contest.plan.closes, contest.entry_until(false)]);
    let turns: Option<Timestamp> = moments.map(|at| at.timestamp()).filter(|at| *at > reading.now).min();
    Ok(Opened {
        eligible: contest.plan.eligible.iter().map(|place| reading.place_name(*place)).collect(),
        stages,
        may_enter: may_enter(reading, &contest, &candidates.iter().map(|it| &it.child).collect::<Vec<_>>())?,
        candidates,
        shown: shown(reading, &contest)?,
        version: contest.version,
        statement_chars: count(0..limits::STATEMENT_CHARS),
        reason_chars: count(0..limits::NOTE_CHARS),
        seed_chars: count(0..limits::SEED_CHARS),
        office_chars: count(0..limits::OFFICE_CHARS),
        turns,
        plan: contest.plan,
        line,
    })
}

/// Children whom the hat may nominate now: a guardian's own, or those of one's classes.
fn may_enter(
    reading: &Reading<'_>,
    contest: &Contest,
    there: &[&ChildName],
) -> Result<Vec<ChildName>, Fault> {
    if contest.open_at(reading.now).is_err() {
        return Ok(Vec::new());
    }
    let near: Vec<Child> = match reading.hat {
        Hat::Guardian => {
            let family = Family::load(reading)?;
            family.children().iter().filter(|own| own.decides).map(|own| own.child.clone()).collect()
        }
        Hat::Staff { .. } => reading.children_with(Power::ActForFamilies)?,
    };
    let free = near.iter().filter(|child| contest.is_for(&child.path));
    let free = free.filter(|child| !there.iter().any(|name| name.id == child.id));
    free.map(|child| reading.child_name(child)).collect()
}

fn stage_view(
    reading: &Reading<'_>,
    contest: &Contest,
    stage: &Stage,
    all: &[Candidate],
    runs: bool,
) -> Result<StageView, Fault> {
    let order = contest.order_of(stage.id).map(|order| OrderView {
        seed: order.seed.clone(),
        entries: count(&order.entries),
        at: order.at,
        shown: order.shown,
        moves: order.moves,
        agrees: running_order(stage.id, &order.seed, &order.entries) == order.entries,
    });
    let (mut in_it, mut missing) = (Vec::new(), 0_u32);
    for one in all.iter().filter(|_| runs) {
        if !candidate::is_in(reading, contest, stage.id, one)? {
            continue;
        }
        let turn: Option<Turn> = reading.snapshot.get(Turn::of(stage.id, one.id))?;
        in_it.push((turn.filter(|turn| !turn.gone).map_or(u32::MAX, |turn| turn.number), one.id));
        if candidate::result(reading, stage.id, one.id)?.is_none() {
            missing = missing.saturating_add(1);
        }
    }
    in_it.sort_by_key(|(number, _)| *number);
    let (begun, told) = (reading.now >= stage.starts.timestamp(), contest.results_of(stage.id));
    let in_turn = matches!(stage.kind, StageKind::InTurn { .. });
    Ok(StageView {
        stage: stage.clone(),
        over: stage.is_over(reading.now),
        last: contest.is_last(stage.id),
        may_draw: runs
            && in_turn
            && contest.is_on()
            && order.is_none()
            && reading.now >= contest.plan.closes.timestamp(),
        may_tell: runs && contest.is_on() && begun && told.is_none(),
        order,
        results: told,
        room: count(turn_times(stage, most_turns())),
        in_it: in_it.into_iter().map(|(_, id)| id).collect(),
        missing,
    })
}

fn shown(reading: &Reading<'_>, contest: &Contest) -> Result<Vec<ShownView>, Fault> {
    let mut all: Vec<ShownCandidate> = reading.snapshot.list(List::OfContest(contest.id))?;
    all.sort_by_cached_key(|one| {
        let place = reading.places.get(&one.class).map(|place| reading.place_order(place));
        (place, one.child_name.clone(), one.id)
    });
    let view = |one: ShownCandidate| {
        let entry =
            one.entry.as_ref().map(|entry| candidate::entry_view(reading, entry, false)).transpose()?;
        Ok(ShownView {
            id: one.id,
            name: one.child_name,
            class: reading.place_name(one.class),
            entry,
            turns: one.turns,
            reached: one.reached,
        })
    };
    all.into_iter().map(view).collect()
}

/// To nominate a child, agree, or change what it says, still open or refused.
fn wish_for(reading: &Reading<'_>, contest: Id<Contest>, child: Id<Child>) -> Option<(EntryWish, bool)> {
    let look = |act: &Act| match act {
        Act::Contest(ContestAct::EnterCandidate(wish)) if (wish.contest, wish.child) == (contest, child) => {
            Some(wish.clone())
        }
        _ => None,
    };
    reading.wishes.newest(look).map(|(wish, entry)| (wish, waits(&entry.state)))
}

/// The result a wish on this computer would set.
fn set_here(reading: &Reading<'_>, id: Id<StageResult>) -> Option<xinmei_model::Outcome> {
    let look = |act: &Act| match act {
        Act::Contest(ContestAct::SetResult { stage, candidate, outcome, .. })
            if StageResult::of(*stage, *candidate) == id =>
        {
            Some(outcome.clone())
        }
        _ => None,
    };
    reading.wishes.newest(look).filter(|(_, entry)| waits(&entry.state)).map(|(outcome, _)| outcome)
}

/// The mark a wish on this computer would set.
fn marked_here(reading: &Reading<'_>, id: Id<Turn>) -> Option<xinmei_model::TurnMark> {
    let look = |act: &Act| match act {
        Act::Contest(ContestAct::MarkTurn { stage, candidate, mark })
            if Turn::of(*stage, *candidate) == id =>
        {
            Some(*mark)
        }
        _ => None,
    };
    reading.wishes.newest(look).filter(|(_, entry)| waits(&entry.state)).map(|(mark, _)| mark)
}
