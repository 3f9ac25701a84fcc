//! A candidate as its family, the staff of its class and the desk see it.

use xinmei_model::{
    Candidate, CheckState, Child, Contest, ContestAct, Entry, Hat, Id, Link, List, Power, Right,
    ShownCandidate, Stage, StageResult, Turn,
};

use super::{marked_here, set_here, wish_for};
use crate::{
    api::{
        Fault,
        contest::{CandidateView, EntryView, OwnStage, PendingStep, ResultView, TurnView},
    },
    view::{family::Family, reading::Reading, wishes::waits},
};

/// Candidates the hat has to do with: of its desk all, of a class those, of a guardian the own children.
pub(super) fn own(reading: &Reading<'_>, contest: &Contest) -> Result<Vec<Candidate>, Fault> {
    let mut all: Vec<Candidate> = reading.snapshot.list(List::OfContest(contest.id))?;
    if reading.hat == Hat::Guardian {
        let family = Family::load(reading)?;
        all.retain(|one| family.children().iter().any(|own| own.child.id == one.child));
    } else if !reading.may(Power::ManageEvents, &contest.held_at) {
        all.retain(|one| {
            reading.places.get(&one.class).is_some_and(|class| reading.may(Power::SeeClass, &class.path))
        });
    }
    Ok(all)
}

/// Whether a candidate is in a stage, by the rows that are here.
pub(super) fn is_in(
    reading: &Reading<'_>,
    contest: &Contest,
    stage: Id<Stage>,
    candidate: &Candidate,
) -> Result<bool, Fault> {
    let rule = |facts: &xinmei_model::Facts| xinmei_model::is_in(facts, contest, stage, candidate);
    Ok(reading.snapshot.settle(rule)?.unwrap_or_default())
}

/// How a stage ended for a candidate, with what was noted on this computer.
pub(super) fn result(
    reading: &Reading<'_>,
    stage: Id<Stage>,
    candidate: Id<Candidate>,
) -> Result<Option<ResultView>, Fault> {
    let id = StageResult::of(stage, candidate);
    let row: Option<StageResult> = reading.snapshot.get(id)?;
    let row = row.filter(|row| !row.dropped);
    let here = set_here(reading, id);
    let pending = here.is_some();
    let (published, corrections) = match &row {
        Some(row) => (row.published, row.corrections.clone()),
        None => Default::default(),
    };
    let outcome = here.or(row.map(|row| row.outcome));
    Ok(outcome.map(|outcome| ResultView { outcome, published, corrections, pending }))
}

fn turn(
    reading: &Reading<'_>,
    stage: Id<Stage>,
    candidate: Id<Candidate>,
) -> Result<Option<TurnView>, Fault> {
    let id = Turn::of(stage, candidate);
    let row: Option<Turn> = reading.snapshot.get(id)?;
    let here = marked_here(reading, id);
    Ok(row.filter(|turn| !turn.gone).map(|turn| TurnView {
        number: turn.number,
        starts: turn.starts,
        ends: turn.ends,
        mark: here.unwrap_or(turn.mark),
        moved: turn.moved,
        pending: here.is_some(),
    }))
}

/// What a candidate says and shows. `here`: it waits on this computer.
pub(super) fn entry_view(reading: &Reading<'_>, entry: &Entry, here: bool) -> Result<EntryView, Fault> {
    let poster = reading.file_views(entry.poster.as_slice(), here)?.pop();
    Ok(EntryView { statement: entry.statement.clone(), poster, at: entry.at })
}

/// The newest wish about a candidate.
fn about(reading: &Reading<'_>, contest: Id<Contest>, child: Id<Child>) -> Option<PendingStep> {
    let id = Candidate::of(contest, child);
    let look = |act: &xinmei_model::Act| match act {
        xinmei_model::Act::Contest(step) => {
            let is_it = match step {
                ContestAct::EnterCandidate(wish) => (wish.contest, wish.child) == (contest, child),
                ContestAct::CheckCandidate { candidate, .. }
                | ContestAct::WithdrawCandidate { candidate, .. }
                | ContestAct::MoveTurn { candidate, .. } => *candidate == id,
                _ => false,
            };
            is_it.then(|| step.name().to_owned())
        }
        _ => None,
    };
    reading.wishes.newest(look).map(|(step, entry)| PendingStep { step, state: entry.state.clone() })
}

/// Whether the hat decides for the child.
fn decides(reading: &Reading<'_>, child: Id<Child>) -> Result<bool, Fault> {
    if reading.hat != Hat::Guardian {
        return Ok(false);
    }
    let links: Vec<Link> = reading.snapshot.list(List::LinksBy(reading.me))?;
    Ok(links.iter().any(|link| {
        link.child == child && link.counts(reading.day) && link.allows(Right::Decide, reading.day)
    }))
}

/// The desk takes out a child that is of no class any more that the contest is for.
fn may_take_out(reading: &Reading<'_>, contest: &Contest, one: &Candidate) -> Result<bool, Fault> {
    let child: Option<Child> = reading.snapshot.get(one.child)?;
    let left = child.is_some_and(|child| child.class().is_none() || !contest.is_for(&child.path));
    Ok(left && reading.hat != Hat::Guardian && reading.may(Power::ManageEvents, &contest.held_at))
}

/// The version of a candidate that is shown here: 0 where there is none, and nothing to say while a wish of one's own waits: the next
/// one comes after that, and is refused where that is.
pub(super) fn version_here(
    reading: &Reading<'_>,
    contest: Id<Contest>,
    child: Id<Child>,
) -> Result<Option<u32>, Fault> {
    if wish_for(reading, contest, child).is_some_and(|(_, waits)| waits) {
        return Ok(None);
    }
    let row: Option<Candidate> = reading.snapshot.get(Candidate::of(contest, child))?;
    Ok(Some(row.filter(|row| row.withdrawn.is_none()).map_or(0, |row| row.version)))
}

/// One candidate.
pub(super) fn view(
    reading: &Reading<'_>,
    contest: &Contest,
    one: &Candidate,
) -> Result<CandidateView, Fault> {
    let wish = wish_for(reading, contest.id, one.child).filter(|(_, waits)| *waits).map(|(wish, _)| wish);
    let (agreed, shows) = match &wish {
        Some(wish) if reading.hat == Hat::Guardian || wish.on_behalf_of.is_some() => (true, wish.shows),
        _ => (one.guardian.is_some(), one.shows),
    };
    let entry = match &wish {
        Some(wish) => {
            Entry { statement: wish.statement.clone(), poster: wish.poster.clone(), at: reading.now }
        }
        None => one.entry.clone(),
    };
    let mut earlier = Vec::new();
    for old in one.earlier.iter().rev() {
        earlier.push(entry_view(reading, old, false)?);
    }
    let mut stages = Vec::new();
    for stage in &contest.plan.stages {
        stages.push(OwnStage {
            stage: stage.id,
            is_in: is_in(reading, contest, stage.id, one)?,
            turn: turn(reading, stage.id, one.id)?,
            result: result(reading, stage.id, one.id)?,
        });
    }
    let shown: Option<ShownCandidate> = reading.snapshot.get(ShownCandidate::of(one.id))?;
    let revises = matches!(one.check, CheckState::Revise { .. });
    let live = one.withdrawn.is_none() && contest.is_on();
    let may_decide = live && decides(reading, one.child)?;
    Ok(CandidateView {
        id: one.id,
        child: child_name(reading, one.child)?,
        nominated_by: one.nominated_by.clone(),
        agreed,
        guardian_name: one.guardian_name.clone(),
        entered: one.entered.clone(),
        shows,
        entry: entry_view(reading, &entry, wish.is_some())?,
        earlier,
        check: if wish.is_some() && entry != one.entry { CheckState::Unchecked } else { one.check.clone() },
        is_shown: shown.is_some_and(|shown| shown.entry.as_ref() == Some(&one.entry)),
        withdrawn: one.withdrawn,
        version: one.version,
        may_change: may_decide && contest.takes_entry_at(revises, reading.now),
        until: contest.entry_until(revises).clone(),
        may_withdraw: one.withdrawn.is_none()
            && (decides(reading, one.child)? || may_take_out(reading, contest, one)?),
        may_decide,
        stages,
        pending: about(reading, contest.id, one.child),
    })
}

fn child_name(reading: &Reading<'_>, id: Id<Child>) -> Result<crate::api::profile::ChildName, Fault> {
    reading.child_names(&[id])?.pop().ok_or_else(|| crate::fault::invalid("child"))
}

/// Children who are nominated on this computer and not at the school yet.
pub(super) fn wished(
    reading: &Reading<'_>,
    contest: &Contest,
    there: &[Candidate],
) -> Result<Vec<CandidateView>, Fault> {
    let mut found: Vec<CandidateView> = Vec::new();
    for entry in reading.snapshot.outbox()? {
        let xinmei_model::Act::Contest(ContestAct::EnterCandidate(wish)) = &entry.mutation.act else {
            continue;
        };
        let known = there.iter().any(|one| one.child == wish.child && one.withdrawn.is_none());
        if wish.contest != contest.id || known || entry.mutation.hat != reading.hat || !waits(&entry.state) {
            continue;
        }
        found.retain(|one| one.child.id != wish.child);
        let said = Entry { statement: wish.statement.clone(), poster: wish.poster.clone(), at: reading.now };
        found.push(CandidateView {
            id: Candidate::of(contest.id, wish.child),
            child: child_name(reading, wish.child)?,
            nominated_by: String::new(),
            agreed: reading.hat == Hat::Guardian || wish.on_behalf_of.is_some(),
            guardian_name: String::new(),
            entered: None,
            shows: wish.shows,
            entry: entry_view(reading, &said, true)?,
            earlier: Vec::new(),
            check: CheckState::Unchecked,
            is_shown: false,
            withdrawn: None,
            version: 0,
            until: contest.entry_until(false).clone(),
            may_change: false,
            may_decide: false,
            may_withdraw: false,
            stages: Vec::new(),
            pending: about(reading, contest.id, wish.child),
        });
    }
    Ok(found)
}
