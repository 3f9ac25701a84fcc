//! What a guardian is told.

use jiff::Timestamp;
use xinmei_model::{BookingState, FamilyRequest, Kind, List, Notice, Recall, RequestState, Seen, Wanted};

use super::{BACK, Note, NoteKind, OpensAt, key_of_notice};
use crate::{
    api::{Fault, event::BookingIs},
    view::{
        family::{Family, Own},
        notice::{Received, left_without},
        reading::Reading,
        wishes,
    },
};

pub(super) fn news(reading: &Reading<'_>, notes: &mut Vec<Note>) -> Result<(), Fault> {
    let received = Received::load(reading, Family::load(reading)?)?;
    let notices: Vec<Notice> = reading.snapshot.list_desc(List::All(Kind::Notice), BACK)?;
    for notice in &notices {
        of_notice(reading, &received, notice, notes)?;
    }
    of_recalls(reading, &received, notes)?;
    reading.notes_of_messages(&received.family, notes)?;
    of_answers(reading, &received.family, notes)?;
    of_offers(reading, &received.family, notes)
}

/// A notice, and that it is due soon. Who answered it from another device knows of it.
fn of_notice(
    reading: &Reading<'_>,
    received: &Received,
    notice: &Notice,
    notes: &mut Vec<Note>,
) -> Result<(), Fault> {
    let addressed = received.addressed(reading, notice);
    if addressed.is_empty() {
        return Ok(());
    }
    let children = addressed.iter().map(|own| own.name.clone()).collect();
    let note = reading.note_of_notice(notice, children)?;
    if note.is_none() && notice.reminded.is_none() {
        return Ok(());
    }
    let answers = reading.answers_to(notice)?;
    let complete = reading.complete(notice, &answers)?;
    let silent = |own: &&&Own| own.decides && complete.iter().all(|one| one.child != own.child.id);
    let silent: Vec<_> = addressed.iter().filter(silent).map(|own| own.name.clone()).collect();
    if let Some(note) = note {
        let knows = reading.has_answered(notice, &answers);
        let to_do = note.to_do && !silent.is_empty();
        notes.extend((!knows).then_some(Note { to_do, ..note }));
    }
    if !silent.is_empty() {
        notes.extend(reading.note_of_reminder(notice, silent)?);
    }
    Ok(())
}

/// That a notice was taken back, or is for others now: of who read it, or was told of it here.
fn of_recalls(reading: &Reading<'_>, received: &Received, notes: &mut Vec<Note>) -> Result<(), Fault> {
    let recalls: Vec<Recall> = reading.snapshot.list_desc(List::All(Kind::Recall), BACK)?;
    for recall in recalls {
        let seen = reading.snapshot.get(Seen::of(recall.notice, reading.me))?.is_some();
        let knew = seen || reading.snapshot.is_told(&key_of_notice(recall.notice))?;
        if !knew || !reading.is_news(recall.id.uuid(), recall.at)? {
            continue;
        }
        let children = left_without(reading, received, &recall)?;
        if children.is_empty() {
            continue;
        }
        notes.push(Note {
            keys: vec![format!("recalled/{}", recall.notice)],
            what: NoteKind::Recalled { by: recall.author_name },
            title: String::new(),
            children,
            at: recall.at,
            due: None,
            to_do: false,
            urgent: false,
            opens: reading.opens(OpensAt::Notice { notice: recall.notice }),
        });
    }
    Ok(())
}

impl Reading<'_> {
    /// The last reminder of a notice that these children still wait to be answered for.
    fn note_of_reminder(
        &self,
        notice: &Notice,
        children: Vec<crate::api::profile::ChildName>,
    ) -> Result<Option<Note>, Fault> {
        let Some(at) = notice.reminded else { return Ok(None) };
        let over = notice.due.as_ref().is_some_and(|due| due.timestamp() <= self.now);
        if over || !notice.is_asked_of(self.me) || !self.is_news(notice.id.uuid(), at)? {
            return Ok(None);
        }
        Ok(Some(Note {
            keys: vec![format!("reminder/{}/{}", notice.id, at.as_millisecond())],
            what: NoteKind::Reminder,
            title: notice.title.clone(),
            children,
            at,
            due: notice.due.clone(),
            to_do: true,
            urgent: false,
            opens: self.opens(OpensAt::Notice { notice: notice.id }),
        }))
    }
}

/// What this guardian asked for, and the school said.
fn of_answers(reading: &Reading<'_>, family: &Family, notes: &mut Vec<Note>) -> Result<(), Fault> {
    let rows: Vec<FamilyRequest> = reading.snapshot.list_desc(List::All(Kind::FamilyRequest), BACK)?;
    for row in rows.iter().filter(|row| row.guardian == reading.me) {
        let Some(own) = family.children().iter().find(|own| own.child.id == row.child) else { continue };
        let Some((agreed, at)) = answered(&row.state) else { continue };
        if reading.is_news(row.id.uuid(), at)? {
            notes.push(Note {
                keys: vec![format!("answered/{}/{}", row.id, at.as_millisecond())],
                what: NoteKind::Answered { agreed, pick_up: matches!(row.wanted, Wanted::PickUp { .. }) },
                title: String::new(),
                children: vec![own.name.clone()],
                at,
                due: None,
                to_do: false,
                urgent: false,
                opens: reading.opens(OpensAt::Requests),
            });
        }
    }
    Ok(())
}

/// Which way, and when.
fn answered(state: &RequestState) -> Option<(Option<bool>, Timestamp)> {
    match state {
        RequestState::Agreed { at, .. } => Some((Some(true), *at)),
        RequestState::Declined { at, .. } => Some((Some(false), *at)),
        RequestState::Revoked { at } => Some((None, *at)),
        RequestState::Open | RequestState::Withdrawn { .. } => None,
    }
}

/// Seats that are offered. An offer that stands is never of the past: each device tells it.
fn of_offers(reading: &Reading<'_>, family: &Family, notes: &mut Vec<Note>) -> Result<(), Fault> {
    for booked in reading.bookings_of(family)? {
        let BookingIs::Offered { until } = booked.view.state else { continue };
        let answered = booked.view.pending.as_ref().is_some_and(|wish| wishes::waits(&wish.state));
        if answered || !(BookingState::Offered { until }).may_accept(reading.now) {
            continue;
        }
        let view = booked.view;
        notes.push(Note {
            keys: vec![format!("offer/{}/{}", view.id, until.as_millisecond())],
            what: NoteKind::Offer { booking: view.id },
            title: view.title,
            children: view.children,
            // When it was offered is not told; it is due by the end of it, and told at once.
            at: reading.now,
            due: Some(reading.zoned(until)),
            to_do: true,
            urgent: false,
            opens: reading.opens(OpensAt::Event { event: view.event }),
        });
    }
    Ok(())
}
