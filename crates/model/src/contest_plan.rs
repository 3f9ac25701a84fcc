//! What a contest is planned as: kept, changed, published, called off.

use std::collections::BTreeSet;

use crate::{
    Actor, Change, Contest, ContestPlan, ContestState, Decision, Facts, Feed, Id, Kind, List, Power, Refusal,
    Stage, StageKind, Stop,
    candidate::{all, shown},
    contest::{place, run},
    limits,
    limits::check_text,
    rights, turn_change,
};

fn check_minutes(field: &str, minutes: u32, least: u32) -> Result<(), Stop> {
    if minutes < least {
        return Err(Refusal::Malformed { field: field.into() }.into());
    }
    if minutes > limits::TURN_MINUTES {
        return Err(Refusal::TooMany { field: field.into(), limit: limits::TURN_MINUTES }.into());
    }
    Ok(())
}

fn check_many(field: &str, count: usize, most: usize) -> Result<(), Stop> {
    let limit = u32::try_from(most).unwrap_or(u32::MAX);
    if count > most { Err(Refusal::TooMany { field: field.into(), limit }.into()) } else { Ok(()) }
}

impl Stage {
    fn check(&self) -> Result<(), Stop> {
        let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
        check_text("stages.name", &self.name, 1, limits::STAGE_NAME_CHARS)?;
        check_text("stages.venue", &self.venue, 0, limits::TITLE_CHARS)?;
        check_text("stages.note", &self.note, 0, limits::NOTE_CHARS)?;
        if self.starts.timestamp() >= self.ends.timestamp() {
            return malformed("stages.ends");
        }
        match &self.kind {
            StageKind::Together => Ok(()),
            StageKind::InTurn { minutes, buffer, breaks, seed_from } => {
                check_minutes("stages.minutes", *minutes, 1)?;
                check_minutes("stages.buffer", *buffer, 0)?;
                check_text("stages.seed_from", seed_from, 1, limits::TITLE_CHARS)?;
                check_many("stages.breaks", breaks.len(), limits::BREAKS_PER_OFFER)?;
                if self.starts.date() != self.ends.date() {
                    return malformed("stages.ends");
                }
                if breaks.iter().any(|pause| pause.from.timestamp() >= pause.until.timestamp()) {
                    return malformed("stages.breaks");
                }
                Ok(())
            }
            StageKind::OnShow { due } if due.timestamp() > self.ends.timestamp() => malformed("stages.due"),
            StageKind::OnShow { .. } => Ok(()),
        }
    }

    fn tidy(&self) -> Self {
        let trim = |text: &str| text.trim().to_owned();
        let mut kind = self.kind.clone();
        if let StageKind::InTurn { breaks, seed_from, .. } = &mut kind {
            breaks.sort_by_key(|pause| pause.from.timestamp());
            *seed_from = trim(seed_from);
        }
        let (name, venue, note) = (trim(&self.name), trim(&self.venue), trim(&self.note));
        Self { name, venue, note, kind, ..self.clone() }
    }

    /// How what decides its order comes about, where one is drawn.
    pub(crate) fn seed_from(&self) -> Option<&str> {
        match &self.kind {
            StageKind::InTurn { seed_from, .. } => Some(seed_from),
            _ => None,
        }
    }

    /// Whether turns in it are at the same times as in `other`.
    pub(crate) fn same_times(&self, other: &Self) -> bool {
        let turns = |kind: &StageKind| match kind {
            StageKind::InTurn { minutes, buffer, breaks, .. } => Some((*minutes, *buffer, breaks.clone())),
            _ => None,
        };
        self.starts == other.starts && turns(&self.kind) == turns(&other.kind)
    }
}

impl ContestPlan {
    fn check(&self) -> Result<(), Stop> {
        let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
        check_text("title", &self.title, 1, limits::TITLE_CHARS)?;
        check_text("about", &self.about, 0, limits::BODY_CHARS)?;
        check_many("eligible", self.eligible.len(), limits::TARGETS_PER_AUDIENCE)?;
        check_many("stages", self.stages.len(), limits::STAGES_PER_CONTEST)?;
        if self.per_class == Some(0) {
            return malformed("per_class");
        }
        if self.opens.timestamp() >= self.closes.timestamp() {
            return malformed("closes");
        }
        if self.stages.is_empty() {
            return malformed("stages");
        }
        self.stages.iter().try_for_each(Stage::check)?;
        let ids: BTreeSet<_> = self.stages.iter().map(|stage| stage.id).collect();
        let shows = self.stages.iter().filter(|stage| matches!(stage.kind, StageKind::OnShow { .. }));
        // One entry has one poster, so posters hang in one stage.
        if ids.len() != self.stages.len() || shows.count() > 1 {
            return malformed("stages");
        }
        let starts = |stage: &Stage| stage.starts.timestamp();
        if !self.stages.is_sorted_by_key(starts)
            || self.stages.iter().any(|one| starts(one) < self.opens.timestamp())
        {
            return malformed("stages.starts");
        }
        Ok(())
    }

    fn tidy(&self) -> Self {
        Self {
            title: self.title.trim().to_owned(),
            about: self.about.trim().to_owned(),
            stages: self.stages.iter().map(Stage::tidy).collect(),
            ..self.clone()
        }
    }
}

/// Keeps a contest: a new one, or one that is there as it reads now.
pub(crate) fn put(
    facts: &Facts,
    actor: &Actor,
    id: Id<Contest>,
    plan: &ContestPlan,
    (version, publish): (u32, bool),
    reason: &str,
) -> Decision {
    let path = facts.find(plan.place)?.map(|place| place.path.clone()).unwrap_or_default();
    rights::require_power(facts, actor, Power::ManageEvents, &path)?;
    plan.check()?;
    check_text("reason", reason, 0, limits::NOTE_CHARS)?;
    for place in Facts::each(&plan.eligible, |place| facts.get(*place))? {
        if !place.path.contains(&plan.place) && !path.contains(&place.id) {
            return Err(Refusal::Malformed { field: "eligible".into() }.into());
        }
    }
    let plan = plan.tidy();
    let Some(before) = facts.find(id)? else {
        if facts.taken(id)? {
            return Err(Refusal::Malformed { field: "id".into() }.into());
        }
        let all = facts.list::<Contest>(List::All(Kind::Contest), limits::ROWS_PER_LIST)?;
        check_many("contests", all.len().saturating_add(1), limits::CONTESTS)?;
        let state = if publish { ContestState::Published } else { ContestState::Draft };
        let (orders, results) = Default::default();
        return Ok(vec![place(Contest { id, plan, held_at: path, state, orders, results, version: 0 })]);
    };
    let before = run(facts, actor, before.id)?;
    if before.plan.place != plan.place {
        return Err(Refusal::Malformed { field: "place".into() }.into());
    }
    if before.version != version {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    let state = if publish { ContestState::Published } else { before.state.clone() };
    let contest = Contest { plan, state, version: version.saturating_add(1), ..before.clone() };
    let moved = turn_change::follow(facts, before, &contest, reason.trim())?;
    Ok([place(contest)].into_iter().chain(moved).collect())
}

/// Calls it off.
pub(crate) fn cancel(facts: &Facts, actor: &Actor, id: Id<Contest>, reason: &str) -> Decision {
    let contest = run(facts, actor, id)?;
    check_text("reason", reason, 1, limits::NOTE_CHARS)?;
    let state = ContestState::Cancelled { reason: reason.trim().to_owned(), at: facts.now() };
    let change = Contest { state, ..contest.clone() };
    let feed = if contest.is_on() { Feed::School } else { Feed::Desk(id.uuid()) };
    // What was shown for the contest is shown no more, name and poster alike.
    let hidden = Facts::each(all(facts, id)?, |candidate| shown(facts, &change, candidate, (&[], &[])))?;
    Ok([Change::put(change, [feed])].into_iter().chain(hidden).collect())
}
