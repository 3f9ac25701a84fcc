//! What families and class teachers said to each other.

use std::sync::Arc;

use jiff::{SignedDuration, civil::time};
use xinmei_model::{Act, ConversationDraft, Hat, Id, MessageText, OfficeHours, RoleKind};

use super::{
    cast::{Cast, guardian},
    plan::Talked,
    stage::{Stage, composed, must},
};
use crate::{Fail, Result};

/// The teachers one of whose children is talked about say when they answer.
pub(super) fn office_hours(stage: &mut Stage, cast: &Cast, talked: &Talked) -> Result<()> {
    let (campus, grade, number) = &talked.class;
    let teacher = cast.staff(RoleKind::ClassTeacher, Some(cast.cohort(campus, *grade, Some(*number))?))?;
    let hours = Some(OfficeHours { from: time(7, 50, 0, 0), until: time(17, 30, 0, 0) });
    stage.at(stage.begins, move |tx| must(tx, teacher, &Act::SetOfficeHours { hours }));
    Ok(())
}

/// Puts a conversation on the stage.
pub(super) fn stage(stage: &mut Stage, cast: &Arc<Cast>, talked: &Talked) -> Result<()> {
    let (campus, grade, number) = &talked.class;
    let class = cast.cohort(campus, *grade, Some(*number))?;
    let named = |family: &&super::cast::Family| match &talked.child {
        Some(number) => family.number == *number,
        None => family.path.contains(&class) && family.number != super::CHILD && !family.deciding.is_empty(),
    };
    let nobody = || Fail::broken(format!("who says {:?}?", talked.key));
    let family = cast.families.iter().filter(named).nth(talked.nth).ok_or_else(nobody)?;
    let parent = guardian(*family.deciding.first().ok_or_else(nobody)?);
    let teacher = cast.staff(RoleKind::ClassTeacher, Some(class))?;
    let xinmei_model::Actor::Person { hat: Hat::Staff { role }, .. } = teacher else { return Err(nobody()) };
    let identity = Arc::clone(&stage.ledger.identity);
    let id = composed(&identity, &format!("demo/conversation/{}", talked.key));
    let child = family.child;
    let mut last = stage.begins;
    for (n, line) in talked.said.iter().enumerate() {
        let said: Id<xinmei_model::Message> =
            composed(&identity, &format!("demo/message/{}/{n}", talked.key));
        let message = MessageText { id: said, text: line.text.clone(), quotes: None };
        let (speaker, other) = if line.school { (teacher, parent) } else { (parent, teacher) };
        let act = if n == 0 {
            let title = talked.title.clone();
            Act::OpenConversation {
                conversation: ConversationDraft { id, child, with: role, title, message },
            }
        } else {
            Act::SayMessage { conversation: id, child, message }
        };
        // Nobody answers before the other spoke, at whatever hour the demo is made.
        let next = last.saturating_add(SignedDuration::from_secs(1)).map_err(Fail::broken)?;
        last = stage.days.when(&line.at)?.timestamp().max(next);
        stage.at(last, move |tx| must(tx, speaker, &act));
        if line.received {
            let later = last.saturating_add(SignedDuration::from_mins(30)).map_err(Fail::broken)?;
            stage.at(later, move |tx| must(tx, other, &Act::ReceiveMessage { message: said }));
        }
    }
    if talked.ended {
        let later = last.saturating_add(SignedDuration::from_mins(31)).map_err(Fail::broken)?;
        stage.at(later, move |tx| must(tx, teacher, &Act::EndConversation { conversation: id }));
    }
    Ok(())
}
