//! What is left of a notice that was taken back or replaced: that it was there, and what its author says instead, or where the
//! new version is.

use xinmei_model::{Ask, Id, Kind, List, Notice, NoticeState, Recall};

use super::{NOTICES, Received, heard_in_hat};
use crate::{
    api::{Fault, profile::ChildName},
    view::reading::Reading,
};

/// Of the family's: each with the children it was for, as a notice without anything in it.
pub(super) fn of_family(
    reading: &Reading<'_>,
    received: &Received,
) -> Result<Vec<(Notice, Vec<ChildName>)>, Fault> {
    let recalls: Vec<Recall> = reading.snapshot.list_desc(List::All(Kind::Recall), NOTICES)?;
    let mut told = Vec::new();
    for recall in recalls {
        let children = left_without(reading, received, &recall)?;
        if !children.is_empty() {
            told.push((gone(recall), children));
        }
    }
    Ok(told)
}

/// The family's children a notice was for, without those who have the version in its place.
pub(crate) fn left_without(
    reading: &Reading<'_>,
    received: &Received,
    recall: &Recall,
) -> Result<Vec<ChildName>, Fault> {
    let mut children = received.recalled(reading, recall);
    if let Some(new) = recall.replaced {
        // Where that one is gone too, its own trace says so.
        let with = match reading.snapshot.get(new)? {
            Some(notice) if notice.is_sent() => received.children(reading, &notice),
            // Its author keeps it all the same.
            _ => {
                let gone = reading.snapshot.get(Recall::of(new))?;
                gone.map(|gone| received.recalled(reading, &gone)).unwrap_or_default()
            }
        };
        children.retain(|child| with.iter().all(|other| other.id != child.id));
    }
    Ok(children)
}

/// Of colleagues', where the place of this hat was told.
pub(super) fn of_staff(reading: &Reading<'_>) -> Result<Vec<Notice>, Fault> {
    let recalls: Vec<Recall> = reading.snapshot.list_desc(List::All(Kind::Recall), NOTICES)?;
    let mut told = Vec::new();
    for recall in recalls.into_iter().filter(|recall| was_heard(reading, recall)) {
        if !hears_of_it_again(reading, &recall)? {
            told.push(gone(recall));
        }
    }
    Ok(told)
}

/// Whether the version in its place came to the place of this hat, too.
fn hears_of_it_again(reading: &Reading<'_>, recall: &Recall) -> Result<bool, Fault> {
    let Some(new) = recall.replaced else { return Ok(false) };
    Ok(match reading.snapshot.get(new)? {
        Some(notice) if notice.is_sent() => heard_in_hat(reading, &notice),
        _ => reading.snapshot.get(Recall::of(new))?.is_some_and(|gone| was_heard(reading, &gone)),
    })
}

/// One of them, for whoever sits here.
pub(super) fn find(
    reading: &Reading<'_>,
    received: Option<&Received>,
    id: Id<Notice>,
) -> Result<Option<(Notice, Vec<ChildName>)>, Fault> {
    let Some(recall) = reading.snapshot.get(Recall::of(id))? else { return Ok(None) };
    let Some(received) = received else {
        let told = was_heard(reading, &recall);
        let leads = hears_of_it_again(reading, &recall)?;
        return Ok(told.then(|| (if leads { leading(recall) } else { gone(recall) }, Vec::new())));
    };
    let children = received.recalled(reading, &recall);
    if children.is_empty() {
        return Ok(None);
    }
    let left = left_without(reading, received, &recall)?;
    Ok(Some(if left.is_empty() { (leading(recall), children) } else { (gone(recall), left) }))
}

/// Whether it had come to the place of this hat; its author keeps the notice itself.
fn was_heard(reading: &Reading<'_>, recall: &Recall) -> bool {
    let place = reading.role().and_then(|role| reading.places.get(&role.place));
    recall.author != reading.me && place.is_some_and(|place| recall.was_heard_at(&place.path))
}

/// As it is shown to whoever has nothing in its place.
fn gone(recall: Recall) -> Notice {
    let state = NoticeState::Recalled { at: recall.at, words: recall.words.clone() };
    trace(recall, state)
}

/// As it leads to the version in its place.
fn leading(recall: Recall) -> Notice {
    let Some(by) = recall.replaced else { return gone(recall) };
    let state = NoticeState::Superseded { by, at: recall.at };
    trace(recall, state)
}

fn trace(recall: Recall, state: NoticeState) -> Notice {
    Notice {
        id: recall.notice,
        author: recall.author,
        author_name: recall.author_name,
        author_title: recall.author_title,
        audience: recall.audience,
        children: 0,
        families: 0,
        title: String::new(),
        body: String::new(),
        ask: Ask::Nothing,
        answered_by: xinmei_model::AnsweredBy::AnyGuardian,
        due: None,
        state,
        supersedes: None,
        keeps_answers: false,
        asks_again: Default::default(),
        changed: None,
        class_reads: false,
        reminds: false,
        reminded: None,
        send_at: None,
        approved: None,
        alert: None,
        incident: None,
        reminded_at: Vec::new(),
        went_out: Some(recall.sent),
        composed: recall.sent,
        files: Vec::new(),
    }
}
