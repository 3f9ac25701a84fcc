//! What a member of staff is told, in one hat.

use xinmei_model::{Child, FamilyRequest, Kind, List, Notice, NoticeState, Power, RequestState, Wanted};

use super::{BACK, Note, NoteKind, OpensAt};
use crate::{
    api::Fault,
    view::{
        family::Family,
        notice::{heard_in_hat, may_approve},
        reading::Reading,
        wishes,
    },
};

pub(super) fn news(reading: &Reading<'_>, notes: &mut Vec<Note>) -> Result<(), Fault> {
    let notices: Vec<Notice> = reading.snapshot.list_desc(List::All(Kind::Notice), BACK)?;
    for notice in notices.iter().filter(|notice| heard_in_hat(reading, notice)) {
        notes.extend(reading.note_of_notice(notice, Vec::new())?);
    }
    of_approvals(reading, &notices, notes)?;
    of_decisions(reading, &notices, notes)?;
    reading.notes_of_messages(&Family::of_hat(reading)?, notes)?;
    of_requests(reading, notes)
}

/// Notices that wait for this hat's yes or no.
fn of_approvals(reading: &Reading<'_>, notices: &[Notice], notes: &mut Vec<Note>) -> Result<(), Fault> {
    for notice in notices {
        let NoticeState::Proposed { since } = notice.state else { continue };
        let pending = reading.wishes.about_notice(notice.id).as_ref().is_some_and(wishes::waits);
        let waits = !pending && may_approve(reading, notice)?;
        if !waits || !reading.is_news(notice.id.uuid(), since)? {
            continue;
        }
        notes.push(Note {
            keys: vec![format!("approve/{}", notice.id)],
            what: NoteKind::Approve { by: notice.author_name.clone() },
            title: notice.title.clone(),
            children: Vec::new(),
            at: since,
            due: None,
            to_do: true,
            urgent: false,
            opens: reading.opens(OpensAt::Notice { notice: notice.id }),
        });
    }
    Ok(())
}

/// What somebody else said to notices of one's own.
fn of_decisions(reading: &Reading<'_>, notices: &[Notice], notes: &mut Vec<Note>) -> Result<(), Fault> {
    for notice in notices.iter().filter(|notice| notice.author == reading.me) {
        let (by, agreed, at) = match (&notice.state, &notice.approved) {
            (NoticeState::Declined { by, at, .. }, _) => (by, false, *at),
            (_, Some(approved)) => (&approved.name, true, approved.at),
            _ => continue,
        };
        if !reading.is_news(notice.id.uuid(), at)? {
            continue;
        }
        notes.push(Note {
            keys: vec![format!("approved/{}", notice.id)],
            what: NoteKind::Approved { by: by.clone(), agreed },
            title: notice.title.clone(),
            children: Vec::new(),
            at,
            due: None,
            to_do: !agreed,
            urgent: false,
            opens: reading.opens(OpensAt::Notice { notice: notice.id }),
        });
    }
    Ok(())
}

/// Requests that wait for this hat's answer.
fn of_requests(reading: &Reading<'_>, notes: &mut Vec<Note>) -> Result<(), Fault> {
    if !reading.has(Power::AnswerRequests) {
        return Ok(());
    }
    let rows: Vec<FamilyRequest> = reading.snapshot.list_desc(List::All(Kind::FamilyRequest), BACK)?;
    for row in rows {
        let pending = reading.wishes.about_request(row.id).as_ref().is_some_and(wishes::waits);
        let open = row.state == RequestState::Open && !row.wanted.is_missed(reading.now) && !pending;
        if !open || !reading.is_news(row.id.uuid(), row.at)? {
            continue;
        }
        let Some(child): Option<Child> = reading.snapshot.get(row.child)? else { continue };
        if row.guardian == reading.me || !reading.may(Power::AnswerRequests, &child.path) {
            continue;
        }
        let due = match &row.wanted {
            Wanted::PickUp { at, .. } => Some(at.clone()),
            Wanted::Leave { .. } => None,
        };
        notes.push(Note {
            keys: vec![format!("request/{}", row.id)],
            what: NoteKind::Request { by: row.guardian_name, pick_up: due.is_some() },
            title: String::new(),
            children: vec![reading.child_name(&child)?],
            at: row.at,
            due,
            to_do: true,
            urgent: false,
            opens: reading.opens(OpensAt::Requests),
        });
    }
    Ok(())
}
