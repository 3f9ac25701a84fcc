//! Wishes about contests, as the outbox names them.

use xinmei_model::{Candidate, Child, Contest, ContestAct, Id, Outcome};

use crate::{api::Fault, view::reading::Reading};

/// The contest's title, and whom it is about.
pub(in crate::view) fn about(
    reading: &Reading<'_>,
    step: &ContestAct,
) -> Result<(String, Vec<Id<Child>>), Fault> {
    let title = |id: Id<Contest>| -> Result<String, Fault> {
        let contest: Option<Contest> = reading.snapshot.get(id)?;
        Ok(contest.map(|contest| contest.plan.title).unwrap_or_default())
    };
    match step {
        ContestAct::PutContest { plan, .. } => Ok((plan.title.clone(), Vec::new())),
        ContestAct::CancelContest { contest, .. }
        | ContestAct::DrawOrder { contest, .. }
        | ContestAct::ShowOrder { contest, .. }
        | ContestAct::PublishResults { contest, .. } => Ok((title(*contest)?, Vec::new())),
        ContestAct::EnterCandidate(wish) => Ok((title(wish.contest)?, vec![wish.child])),
        ContestAct::CheckCandidate { candidate, .. }
        | ContestAct::WithdrawCandidate { candidate, .. }
        | ContestAct::MoveTurn { candidate, .. }
        | ContestAct::MarkTurn { candidate, .. }
        | ContestAct::SetResult { candidate, .. } => {
            let row: Option<Candidate> = reading.snapshot.get(*candidate)?;
            match row {
                Some(row) => Ok((title(row.contest)?, vec![row.child])),
                None => Ok(Default::default()),
            }
        }
    }
}

/// What was typed.
pub(in crate::view) fn text_of(step: &ContestAct) -> String {
    match step {
        ContestAct::PutContest { plan, .. } => plan.about.clone(),
        ContestAct::EnterCandidate(wish) => wish.statement.clone(),
        ContestAct::CheckCandidate { revise, .. } => revise.clone(),
        ContestAct::CancelContest { reason, .. } | ContestAct::MoveTurn { reason, .. } => reason.clone(),
        ContestAct::DrawOrder { seed, .. } => seed.clone(),
        ContestAct::SetResult { outcome: Outcome::Elected { office }, reason, .. } => {
            format!("{office}\n{reason}").trim().to_owned()
        }
        ContestAct::SetResult { reason, .. } => reason.clone(),
        ContestAct::WithdrawCandidate { .. }
        | ContestAct::ShowOrder { .. }
        | ContestAct::MarkTurn { .. }
        | ContestAct::PublishResults { .. } => {
            step.proxy().map(|proxy| proxy.note.clone()).unwrap_or_default()
        }
    }
}
