//! What is left of a notice that was taken back: that it was there, and what its author says instead.

use xinmei_model::{Ask, Id, Kind, List, Notice, NoticeState, Recall};

use super::{NOTICES, Received};
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
    let told = recalls.into_iter().map(|recall| {
        let children = received.recalled(reading, &recall);
        (trace(recall), children)
    });
    Ok(told.filter(|(_, children)| !children.is_empty()).collect())
}

/// Of colleagues', where the place of this hat was told.
pub(super) fn of_staff(reading: &Reading<'_>) -> Result<Vec<Notice>, Fault> {
    let recalls: Vec<Recall> = reading.snapshot.list_desc(List::All(Kind::Recall), NOTICES)?;
    Ok(recalls.into_iter().filter(|recall| was_heard(reading, recall)).map(trace).collect())
}

/// One of them, for whoever sits here.
pub(super) fn find(
    reading: &Reading<'_>,
    received: Option<&Received>,
    id: Id<Notice>,
) -> Result<Option<(Notice, Vec<ChildName>)>, Fault> {
    let Some(recall) = reading.snapshot.get(Recall::of(id))? else { return Ok(None) };
    let children = received.map(|received| received.recalled(reading, &recall)).unwrap_or_default();
    let told = if received.is_some() { !children.is_empty() } else { was_heard(reading, &recall) };
    Ok(told.then(|| (trace(recall), children)))
}

/// Whether it had come to the place of this hat; its author keeps the notice itself.
fn was_heard(reading: &Reading<'_>, recall: &Recall) -> bool {
    let place = reading.role().and_then(|role| reading.places.get(&role.place));
    recall.author != reading.me && place.is_some_and(|place| recall.was_heard_at(&place.path))
}

fn trace(recall: Recall) -> Notice {
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
        state: NoticeState::Recalled { at: recall.at, words: recall.words },
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
