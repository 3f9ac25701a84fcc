//! What families ask of the school, 请假 and 代接, and what it answered.

use std::sync::Arc;

use jiff::SignedDuration;
use xinmei_model::{Act, FamilyRequestDraft, RoleKind, Wanted};

use super::{
    cast::{Cast, guardian},
    plan::{Asked, Asks},
    stage::{Stage, composed, must},
};
use crate::{Fail, Result};

/// Puts a request on the stage, and the class teacher's answer.
pub(super) fn stage(stage: &mut Stage, cast: &Arc<Cast>, asked: &Asked) -> Result<()> {
    let (campus, grade, number) = &asked.class;
    let class = cast.cohort(campus, *grade, Some(*number))?;
    let named = |family: &&super::cast::Family| match &asked.child {
        Some(number) => family.number == *number,
        None => family.path.contains(&class) && family.number != super::CHILD,
    };
    let nobody = || Fail::broken(format!("who asks {:?}?", asked.key));
    let family = cast.families.iter().filter(named).nth(asked.nth).ok_or_else(nobody)?;
    let asker = guardian(*family.deciding.first().ok_or_else(nobody)?);
    let wanted = match &asked.asks {
        Asks::Leave { from, to, part, reason } => Wanted::Leave {
            from: stage.days.when(from)?.date(),
            to: stage.days.when(to)?.date(),
            part: *part,
            reason: reason.clone(),
        },
        Asks::PickUp { by, relation, phone, at } => Wanted::PickUp {
            by: by.clone(),
            relation: relation.clone(),
            phone: phone.clone(),
            at: stage.days.when(at)?,
        },
    };
    let id = composed(&stage.ledger.identity, &format!("demo/request/{}", asked.key));
    let request = FamilyRequestDraft { id, child: family.child, wanted, on_behalf_of: None };
    let made = stage.days.when(&asked.made)?.timestamp();
    let make = Act::MakeRequest { request };
    stage.at(made, move |tx| must(tx, asker, &make));
    if let Some(agrees) = asked.agreed {
        let teacher = cast.staff(RoleKind::ClassTeacher, Some(class))?;
        let answer = Act::AnswerRequest { request: id, agrees, note: asked.note.clone() };
        let later = made.saturating_add(SignedDuration::from_mins(9)).map_err(Fail::broken)?;
        stage.at(later, move |tx| must(tx, teacher, &answer));
    }
    Ok(())
}
