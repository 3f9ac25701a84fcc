//! What a member of staff is told, in one hat.

use xinmei_model::{
    AlertStatus, Child, FamilyRequest, Kind, List, Notice, NoticeState, Power, RequestState, RollMark,
    RollState, Wanted,
};

use super::{BACK, Note, NoteKind, OpensAt, shift};
use crate::{
    api::Fault,
    view::{
        alert,
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
    of_requests(reading, notes)?;
    of_reports(reading, notes)?;
    shift::news(reading, notes)?;
    of_help(reading, &notices, notes)
}

/// Reports that wait to be settled by this hat. Who is concerned stands in the window: a screen that is locked may show this.
fn of_reports(reading: &Reading<'_>, notes: &mut Vec<Note>) -> Result<(), Fault> {
    if !reading.has(Power::Moderate) {
        return Ok(());
    }
    for report in reading.reports()? {
        let waits = report.closed.is_none() && !report.concerned && report.pending.is_none();
        if !waits || !reading.is_news(report.id.uuid(), report.at)? {
            continue;
        }
        notes.push(Note {
            keys: vec![format!("report/{}", report.id)],
            what: NoteKind::Report,
            title: String::new(),
            children: Vec::new(),
            at: report.at,
            due: None,
            to_do: true,
            urgent: false,
            opens: reading.opens(OpensAt::Reports),
        });
    }
    Ok(())
}

/// Children of this hat's classes who need help, while the alert is on. Like the alert, it wakes everybody it is for.
fn of_help(reading: &Reading<'_>, notices: &[Notice], notes: &mut Vec<Note>) -> Result<(), Fault> {
    for notice in notices.iter().filter(|notice| notice.is_sent() && notice.alarms_at(reading.now)) {
        let Some(alert) = notice.alert.as_ref().filter(|_| alert::concerns_hat(reading, notice)) else {
            continue;
        };
        let incident = notice.incident.unwrap_or(notice.id);
        let marks: Vec<RollMark> = reading.snapshot.list(List::MarksOf(incident))?;
        for mark in marks.into_iter().filter(|mark| mark.said.state == RollState::NeedsHelp) {
            let Some(child): Option<Child> = reading.snapshot.get(mark.child)? else { continue };
            let theirs = mark.said.by != reading.me && reading.may(Power::SeeClass, &child.path);
            if !theirs || !reading.is_news(mark.id.uuid(), mark.said.at)? {
                continue;
            }
            let exercise = alert.status == AlertStatus::Exercise;
            notes.push(Note {
                keys: vec![format!("help/{}/{}", mark.id, mark.version)],
                what: NoteKind::NeedsHelp { by: mark.said.by_name, exercise },
                title: String::new(),
                children: vec![reading.child_name(&child)?],
                at: mark.said.at,
                due: None,
                to_do: true,
                urgent: true,
                opens: reading.opens(OpensAt::RollCall { incident }),
            });
        }
    }
    Ok(())
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
