//! What a family still has to do for a contest, and when its children's turns are.

use xinmei_model::{Candidate, CheckState, Contest, Kind, List, StageKind};

use super::candidate::{own, view};
use crate::{
    api::{
        Fault,
        today::{Coming, ComingKind, Duty, DutyKind, EntryAsk},
    },
    view::{reading::Reading, wishes::waits},
};

/// What is asked for a candidate, and until when.
fn asked(contest: &Contest, one: &Candidate) -> Option<(EntryAsk, jiff::Zoned)> {
    if one.guardian.is_none() {
        return contest.plan.stages.first().map(|first| (EntryAsk::Agree, first.starts.clone()));
    }
    if let CheckState::Revise { words, .. } = &one.check {
        return Some((EntryAsk::Revise { words: words.clone() }, contest.entry_until(true).clone()));
    }
    let none = one.entry.poster.is_none() && contest.show().is_some();
    none.then(|| (EntryAsk::Poster, contest.entry_until(false).clone()))
}

/// One duty for each own child that is in a contest and has something to hand in.
pub(in crate::view) fn duties(reading: &Reading<'_>) -> Result<Vec<Duty>, Fault> {
    let contests: Vec<Contest> = reading.snapshot.list(List::All(Kind::Contest))?;
    let mut duties = Vec::new();
    for contest in contests.iter().filter(|contest| contest.is_on()) {
        for one in own(reading, contest)?.iter().filter(|one| one.withdrawn.is_none()) {
            let shown = view(reading, contest, one)?;
            let done = shown.pending.as_ref().is_some_and(|wish| waits(&wish.state));
            let Some((asks, due)) = asked(contest, one) else { continue };
            if done || !shown.may_decide || due.timestamp() <= reading.now {
                continue;
            }
            let what = DutyKind::Contest { contest: contest.id, title: contest.plan.title.clone(), asks };
            duties.push(Duty { children: vec![shown.child], due: Some(due), what });
        }
    }
    Ok(duties)
}

/// When own children have to be where, in contests: their turns, and stages all are in at once.
pub(in crate::view) fn coming(reading: &Reading<'_>) -> Result<Vec<Coming>, Fault> {
    let contests: Vec<Contest> = reading.snapshot.list(List::All(Kind::Contest))?;
    let mut coming = Vec::new();
    for contest in contests.iter().filter(|contest| contest.is_on()) {
        for one in own(reading, contest)?.iter().filter(|one| one.takes_part()) {
            let shown = view(reading, contest, one)?;
            for (stage, own) in contest.plan.stages.iter().zip(&shown.stages) {
                let times = match (&stage.kind, &own.turn) {
                    (StageKind::InTurn { .. }, Some(turn)) => Some((&turn.starts, &turn.ends)),
                    (StageKind::Together, _) => Some((&stage.starts, &stage.ends)),
                    _ => None,
                };
                let Some((starts, ends)) =
                    times.filter(|(_, ends)| own.is_in && reading.now < ends.timestamp())
                else {
                    continue;
                };
                coming.push(Coming {
                    starts: starts.clone(),
                    ends: Some(ends.clone()),
                    children: vec![shown.child.clone()],
                    title: format!("{} · {}", contest.plan.title, stage.name),
                    place: stage.venue.clone(),
                    what: ComingKind::Contest { contest: contest.id },
                });
            }
        }
    }
    Ok(coming)
}
