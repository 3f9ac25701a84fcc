//! A council election under way: one stage is over, the order of the next is drawn, posters hang.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;
use xinmei_model::{
    Act, Actor, Break, Candidate, Contest, ContestAct, ContestPlan, EntryWish, Id, Outcome, RoleKind,
    StageKind,
};

use super::{
    calendar::Chance,
    cast::{Cast, Family, guardian},
    files::poster,
    stage::{Stage, act, composed, must},
};
use crate::{Fail, Result, files::Files, ledger::Tx};

/// A contest as it is written down in `demo.json`.
#[derive(Clone, Deserialize)]
pub(super) struct Run {
    key: String,
    by: String,
    campus: String,
    title: String,
    about: String,
    grades: Vec<i16>,
    per_class: u32,
    posted: String,
    opens: String,
    closes: String,
    /// How many children are nominated.
    candidates: usize,
    /// 学号 of the child of the pictures, which is one of them.
    child: String,
    /// When the order of the next stage was drawn.
    drawn: String,
    seed: String,
    stages: Vec<Held>,
    said: Vec<String>,
}

/// A stage of it.
#[derive(Clone, Deserialize)]
struct Held {
    name: String,
    venue: String,
    from: String,
    until: String,
    #[serde(flatten)]
    how: How,
    #[serde(default)]
    note: String,
    /// When families were told how it ended.
    told: Option<String>,
}

#[derive(Clone, Deserialize)]
#[serde(tag = "how", rename_all = "kebab-case")]
enum How {
    Together,
    OnShow { due: String },
    InTurn { minutes: u32, buffer: u32, pause: Option<(String, String)>, seed_from: String },
}

/// Puts a contest on the stage.
pub(super) fn stage(stage: &mut Stage, cast: &Arc<Cast>, run: &Run, kept: &Files) -> Result<()> {
    let contest: Id<Contest> = composed(&stage.ledger.identity, &format!("demo/contest/{}", run.key));
    let campus = cast.campus(&run.campus)?;
    let desk = cast.titled_at(&run.by, campus)?;
    let plan = plan(stage, cast, run)?;
    let posted = stage.days.when(&run.posted)?.timestamp();
    let put = ContestAct::PutContest {
        contest,
        plan: plan.clone(),
        version: 0,
        publish: true,
        reason: String::new(),
    };
    stage.at(posted, move |tx| must(tx, desk, &Act::Contest(put.clone())));
    // A school that begins today has no week behind it: what is too late by then did not happen.
    let chosen = chosen(cast, run, &plan)?;
    let mut candidates = Vec::new();
    for (number, family) in chosen.iter().enumerate() {
        candidates.push(Candidate::of(contest, family.child));
        nominate(stage, cast, run, contest, (number, family), &plan, kept)?;
        check(stage, desk, contest, (number, family), &plan);
    }
    // The last one was said by the class teacher, and the family has not agreed yet.
    candidates.pop();
    for (held, one) in run.stages.iter().zip(&plan.stages).filter(|(held, _)| held.told.is_some()) {
        let Some(told) = &held.told else { continue };
        let at = stage.days.when(told)?.timestamp();
        let (id, candidates) = (one.id, candidates.clone());
        stage.at(at, move |tx| tell(tx, desk, contest, id, &candidates));
    }
    let next = plan.stages.iter().find(|one| matches!(one.kind, StageKind::InTurn { .. }));
    let next = next.ok_or_else(|| Fail::broken("nobody has a turn"))?.id;
    let (drawn, seed) = (stage.days.when(&run.drawn)?.timestamp(), run.seed.clone());
    stage.at(drawn, move |tx| {
        let draw = ContestAct::DrawOrder { contest, stage: next, seed: seed.clone() };
        act(tx, desk, &Act::Contest(draw))?;
        act(tx, desk, &Act::Contest(ContestAct::ShowOrder { contest, stage: next, shown: true })).map(drop)
    });
    Ok(())
}

fn plan(stage: &Stage, cast: &Cast, run: &Run) -> Result<ContestPlan> {
    let when = |text: &str| stage.days.when(text);
    let mut stages = Vec::new();
    for (number, held) in run.stages.iter().enumerate() {
        let kind = match &held.how {
            How::Together => StageKind::Together,
            How::OnShow { due } => StageKind::OnShow { due: when(due)? },
            How::InTurn { minutes, buffer, pause, seed_from } => StageKind::InTurn {
                minutes: *minutes,
                buffer: *buffer,
                breaks: match pause {
                    Some((from, until)) => vec![Break { from: when(from)?, until: when(until)? }],
                    None => Vec::new(),
                },
                seed_from: seed_from.clone(),
            },
        };
        stages.push(xinmei_model::Stage {
            id: composed(&stage.ledger.identity, &format!("demo/stage/{}/{number}", run.key)),
            name: held.name.clone(),
            venue: held.venue.clone(),
            starts: when(&held.from)?,
            ends: when(&held.until)?,
            kind,
            note: held.note.clone(),
        });
    }
    let grades = run.grades.iter().map(|grade| cast.cohort(&run.campus, *grade, None));
    Ok(ContestPlan {
        place: cast.campus(&run.campus)?,
        title: run.title.clone(),
        about: run.about.clone(),
        eligible: grades.collect::<Result<_>>()?,
        per_class: Some(run.per_class),
        opens: when(&run.opens)?,
        closes: when(&run.closes)?,
        stages,
    })
}

/// One child of a class each, that of the pictures first.
fn chosen(cast: &Cast, run: &Run, plan: &ContestPlan) -> Result<Vec<Family>> {
    let own = cast.family(&run.child)?.clone();
    let may = |family: &&Family| {
        !family.deciding.is_empty() && plan.eligible.iter().any(|place| family.path.contains(place))
    };
    let mut families: Vec<Family> = cast.families.iter().filter(may).cloned().collect();
    Chance::of(&run.key).shuffle(&mut families);
    let mut found = vec![own];
    for family in families {
        if found.len() < run.candidates && found.iter().all(|one| one.path.last() != family.path.last()) {
            found.push(family);
        }
    }
    Ok(found)
}

/// By the guardian, with a poster for two in three; the last one by the class teacher.
fn nominate(
    stage: &mut Stage,
    cast: &Cast,
    run: &Run,
    contest: Id<Contest>,
    (number, family): (usize, &Family),
    plan: &ContestPlan,
    kept: &Files,
) -> Result<()> {
    let statement = run.said.get(number % run.said.len().max(1)).cloned().unwrap_or_default();
    let mut wish = EntryWish {
        contest,
        child: family.child,
        statement,
        poster: None,
        shows: true,
        on_behalf_of: None,
        replaces: None,
        mark: None,
    };
    let at = after(plan.opens.timestamp(), number);
    if number + 1 == run.candidates {
        let class = family.path.last().copied();
        let teacher = cast.staff(RoleKind::ClassTeacher, class)?;
        stage.at(at, move |tx| {
            act(tx, teacher, &Act::Contest(ContestAct::EnterCandidate(wish.clone()))).map(drop)
        });
        return Ok(());
    }
    let person = *family.deciding.first().ok_or_else(|| Fail::broken("nobody decides"))?;
    let kept = kept.clone();
    // One in five takes part and is not shown.
    wish.shows = number % 5 != 4;
    stage.at(at, move |tx| {
        let mut wish = wish.clone();
        if number % 3 != 1 {
            wish.poster = Some(poster(tx, &kept, person, number)?);
        }
        act(tx, guardian(person), &Act::Contest(ContestAct::EnterCandidate(wish))).map(drop)
    });
    Ok(())
}

/// The desk has looked at most; at one it asks for another poster, and some wait.
fn check(
    stage: &mut Stage,
    desk: Actor,
    contest: Id<Contest>,
    (number, family): (usize, &Family),
    plan: &ContestPlan,
) {
    if number % 4 == 3 {
        return;
    }
    let candidate = Candidate::of(contest, family.child);
    let revise = if number == 6 { "海报上有家里的电话，请去掉再交。" } else { "" };
    stage.at(after(plan.closes.timestamp(), number), move |tx| {
        let Some((row, _, _)) = tx.row(candidate.uuid())? else { return Ok(()) };
        let xinmei_model::Row::Candidate(row) = &*row else { return Ok(()) };
        let step = ContestAct::CheckCandidate { candidate, version: row.version, revise: revise.into() };
        act(tx, desk, &Act::Contest(step)).map(drop)
    });
}

/// Each with some minutes between them.
fn after(at: Timestamp, number: usize) -> Timestamp {
    let minutes = i64::try_from(number).unwrap_or_default().saturating_mul(7).saturating_add(3);
    at.saturating_add(SignedDuration::from_mins(minutes)).unwrap_or(at)
}

/// All but two go on, and that of the pictures does.
fn tell(
    tx: &mut Tx<'_>,
    desk: Actor,
    contest: Id<Contest>,
    stage: Id<xinmei_model::Stage>,
    candidates: &[Id<Candidate>],
) -> Result<()> {
    for (number, candidate) in candidates.iter().enumerate() {
        let outcome = if number == 3 || number == 8 { Outcome::Out } else { Outcome::GoesOn };
        let step = ContestAct::SetResult { stage, candidate: *candidate, outcome, reason: String::new() };
        act(tx, desk, &Act::Contest(step))?;
    }
    let candidates = u32::try_from(candidates.len()).map_err(Fail::broken)?;
    act(tx, desk, &Act::Contest(ContestAct::PublishResults { contest, stage, candidates })).map(drop)
}
