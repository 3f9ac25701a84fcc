//! What families and class teachers said to each other.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp, civil::time};
use xinmei_model::{
    Act, Actor, Addressee, Child, ConversationDraft, Hat, Id, Inbox, InboxDraft, Message, MessageText,
    OfficeHours, Report, ReportDraft, Role, RoleKind, read_reported,
};

use super::{
    cast::{Cast, guardian},
    files::upload,
    plan::{Reported, Shared, Talked},
    stage::{Stage, composed, must},
};
use crate::{Fail, Result, files::Files, ledger::Tx};

/// The teachers one of whose children is talked about say when they answer.
pub(super) fn office_hours(stage: &mut Stage, cast: &Cast, talked: &Talked) -> Result<()> {
    let (campus, grade, number) = &talked.class;
    let teacher = cast.staff(RoleKind::ClassTeacher, Some(cast.cohort(campus, *grade, Some(*number))?))?;
    let hours = Some(OfficeHours { from: time(7, 50, 0, 0), until: time(17, 30, 0, 0) });
    stage.at(stage.begins, move |tx| must(tx, teacher, &Act::SetOfficeHours { hours }));
    Ok(())
}

/// Puts a shared inbox there from the beginning.
pub(super) fn inbox(stage: &mut Stage, cast: &Cast, shared: &Shared) -> Result<()> {
    let mut readers = Vec::new();
    for title in &shared.readers {
        readers.push(hat_of(cast.titled(title)?)?);
    }
    let draft = InboxDraft {
        id: inbox_named(stage, &shared.name),
        name: shared.name.clone(),
        about: shared.about.clone(),
        place: shared.campus.as_ref().map_or_else(|| cast.root(), |name| cast.campus(name))?,
        readers,
    };
    let office = cast.staff(RoleKind::Administrator, None)?;
    let keep = Act::KeepInbox { inbox: draft };
    stage.at(stage.begins, move |tx| must(tx, office, &keep));
    Ok(())
}

fn inbox_named(stage: &Stage, name: &str) -> Id<Inbox> {
    composed(&stage.ledger.identity, &format!("demo/inbox/{name}"))
}

fn hat_of(actor: Actor) -> Result<Id<Role>> {
    let Actor::Person { hat: Hat::Staff { role }, .. } = actor else {
        return Err(Fail::broken("nobody at work"));
    };
    Ok(role)
}

/// Puts a conversation on the stage.
pub(super) fn stage(stage: &mut Stage, cast: &Arc<Cast>, talked: &Talked, files: &Files) -> Result<()> {
    let (campus, grade, number) = &talked.class;
    let class = cast.cohort(campus, *grade, Some(*number))?;
    let named = |family: &&super::cast::Family| match &talked.child {
        Some(number) => family.number == *number,
        None => family.path.contains(&class) && family.number != super::CHILD && !family.deciding.is_empty(),
    };
    let nobody = || Fail::broken(format!("who says {:?}?", talked.key));
    let family = cast.families.iter().filter(named).nth(talked.nth).ok_or_else(nobody)?;
    let parent = guardian(*family.deciding.first().ok_or_else(nobody)?);
    let (teacher, with) = match &talked.inbox {
        Some((name, by)) => (cast.titled(by)?, Addressee::from(inbox_named(stage, name))),
        None => {
            let teacher = cast.staff(RoleKind::ClassTeacher, Some(class))?;
            (teacher, hat_of(teacher)?.into())
        }
    };
    let identity = Arc::clone(&stage.ledger.identity);
    let id = composed(&identity, &format!("demo/conversation/{}", talked.key));
    let child = family.child;
    let mut last = stage.begins;
    for (n, line) in talked.said.iter().enumerate() {
        let named =
            |n: usize| -> Id<Message> { composed(&identity, &format!("demo/message/{}/{n}", talked.key)) };
        let said = named(n);
        let quotes = line.quotes.map(named);
        let message = MessageText { id: said, text: line.text.clone(), quotes, files: Vec::new() };
        let (speaker, other) = if line.school { (teacher, parent) } else { (parent, teacher) };
        let act = if n == 0 {
            let title = talked.title.clone();
            Act::OpenConversation { conversation: ConversationDraft { id, child, with, title, message } }
        } else {
            Act::SayMessage { conversation: id, child, message }
        };
        // Nobody answers before the other spoke, at whatever hour the demo is made.
        let next = last.saturating_add(SignedDuration::from_secs(1)).map_err(Fail::broken)?;
        last = stage.days.when(&line.at)?.timestamp().max(next);
        let (names, kept) = (line.files.clone(), files.clone());
        stage.at(last, move |tx| {
            let act = with_files(tx, &kept, speaker, &names, act.clone())?;
            must(tx, speaker, &act)
        });
        if let Some(title) = talked.along.as_ref().filter(|_| n == 0) {
            let who = hat_of(cast.titled(title)?)?.into();
            let along = Act::BringIn { conversation: id, who, reads_only: true };
            stage.at(last, move |tx| must(tx, teacher, &along));
        }
        if line.received {
            let later = last.saturating_add(SignedDuration::from_mins(30)).map_err(Fail::broken)?;
            stage.at(later, move |tx| must(tx, other, &Act::ReceiveMessage { message: said }));
        }
    }
    if let Some(reported) = &talked.reported {
        let message = composed(&identity, &format!("demo/message/{}/{}", talked.key, reported.line));
        let office = cast.staff(RoleKind::Administrator, None)?;
        last = report(stage, reported, (message, child), (teacher, office), last)?;
    }
    if talked.ended {
        let later = last.saturating_add(SignedDuration::from_mins(31)).map_err(Fail::broken)?;
        stage.at(later, move |tx| must(tx, teacher, &Act::EndConversation { conversation: id }));
    }
    Ok(())
}

/// What is said, with what it carries.
fn with_files(tx: &mut Tx<'_>, kept: &Files, by: Actor, names: &[String], act: Act) -> Result<Act> {
    let Actor::Person { person, .. } = by else { return Err(Fail::broken("who says it?")) };
    let files = names.iter().map(|name| upload(tx, kept, person, name)).collect::<Result<_>>()?;
    Ok(match act {
        Act::OpenConversation { mut conversation } => {
            conversation.message.files = files;
            Act::OpenConversation { conversation }
        }
        Act::SayMessage { conversation, child, message } => {
            Act::SayMessage { conversation, child, message: MessageText { files, ..message } }
        }
        other => other,
    })
}

/// The class teacher reports what was said, an administrator reads it and settles it; when the last of it was.
fn report(
    stage: &mut Stage,
    reported: &Reported,
    (message, child): (Id<Message>, Id<Child>),
    (teacher, office): (Actor, Actor),
    mut last: Timestamp,
) -> Result<Timestamp> {
    let mut then = |stage: &Stage, at: &str| {
        let next = last.saturating_add(SignedDuration::from_secs(1)).map_err(Fail::broken)?;
        last = stage.days.when(at)?.timestamp().max(next);
        Ok::<_, Fail>(last)
    };
    let Actor::Person { person, .. } = teacher else { return Err(Fail::broken("who reports?")) };
    let id = Report::of(message, person);
    let (reason, words) = (reported.reason, reported.words.clone());
    let act = Act::ReportMessage(ReportDraft { message, child, reason, words });
    stage.at(then(stage, &reported.at)?, move |tx| must(tx, teacher, &act));
    if let Some(at) = &reported.read {
        stage.at(then(stage, at)?, move |tx| {
            let read = tx.settle(|facts| read_reported(facts, &office, id))?;
            let read = read.map_err(|refusal| Fail::broken(format!("a report: {refusal}")))?;
            tx.apply(read.changes).map(drop)
        });
    }
    if let Some((at, to_reporter, to_all)) = &reported.closed {
        let (to_reporter, to_all) = (to_reporter.clone(), to_all.clone());
        let act = Act::CloseReport { report: id, to_reporter, to_all };
        stage.at(then(stage, at)?, move |tx| must(tx, office, &act));
    }
    Ok(last)
}
