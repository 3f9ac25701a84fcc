//! An exercise that was held: the alert, the roll-call, the all-clear.

use std::sync::Arc;

use jiff::SignedDuration;
use xinmei_model::{
    Act, Actor, Alert, AlertStatus, AnsweredBy, Ask, Audience, Certainty, Id, List, Marking, MsgType, Notice,
    NoticeDraft, RoleKind, RollState, Row, Severity, Target, Urgency, limits,
};

use super::{
    calendar::Chance,
    cast::Cast,
    plan::Alarmed,
    stage::{Stage, composed, must},
};
use crate::{Fail, Result, ledger::Tx};

/// Puts an exercise on the stage. The class teachers call the roll within minutes.
pub(super) fn stage(stage: &mut Stage, cast: &Arc<Cast>, alarmed: &Alarmed) -> Result<()> {
    let (campus, grade) = &alarmed.grade;
    let place = cast.cohort(campus, *grade, None)?;
    let head = cast.titled(&alarmed.by)?;
    let identity = Arc::clone(&stage.ledger.identity);
    let named = |part: &str| composed::<Notice>(&identity, &format!("demo/alarm/{}/{part}", alarmed.key));
    let (incident, clear) = (named("alert"), named("clear"));
    let draft = |id, msg_type, (title, body): &(String, String)| NoticeDraft {
        id,
        audience: Audience { include: vec![Target::Place(place)], except: Vec::new() },
        families_seen: 0,
        title: title.clone(),
        body: body.clone(),
        ask: Ask::Nothing,
        answered_by: AnsweredBy::AnyGuardian,
        due: None,
        send_at: None,
        supersedes: (id != incident).then_some(incident),
        keeps_answers: false,
        asks_again: Default::default(),
        changed: None,
        class_reads: false,
        reminds: false,
        files: Vec::new(),
        alert: Some(Alert {
            status: AlertStatus::Exercise,
            msg_type,
            urgency: Urgency::Immediate,
            severity: Severity::Moderate,
            certainty: Certainty::Observed,
            roll_call: msg_type == MsgType::Alert,
            expires: None,
        }),
    };
    let begins = stage.days.when(&alarmed.at)?.timestamp();
    let after = |minutes| begins.saturating_add(SignedDuration::from_mins(minutes)).map_err(Fail::broken);
    for (at, notice) in [
        (begins, draft(incident, MsgType::Alert, &alarmed.alert)),
        (after(24)?, draft(clear, MsgType::Cancel, &alarmed.clear)),
    ] {
        stage.at(at, move |tx| must(tx, head, &Act::SendNotice { notice: notice.clone() }));
    }
    for class in cast.classes_in(place) {
        let teacher = cast.staff(RoleKind::ClassTeacher, Some(class))?;
        let minutes = i64::try_from(Chance::of(&format!("roll/{class}")).next() % 9).unwrap_or_default();
        stage.at(after(4 + minutes)?, move |tx| call(tx, incident, teacher, class));
    }
    Ok(())
}

/// Everybody is there but a child who fell.
fn call(tx: &mut Tx<'_>, incident: Id<Notice>, teacher: Actor, class: Id<xinmei_model::Place>) -> Result<()> {
    for row in tx.list(List::ChildrenIn(class), limits::ROWS_PER_LIST)? {
        let Row::Child(child) = &*row else { continue };
        let fell = Chance::of(&format!("roll/{}", child.number)).percent(1);
        let (state, note) = if fell {
            (RollState::NeedsHelp, "崴了脚，在医务室".into())
        } else {
            (RollState::Safe, String::new())
        };
        let marking = Marking { incident, child: child.id, state, note, replaces: 0 };
        must(tx, teacher, &Act::MarkRollCall(marking))?;
    }
    Ok(())
}
