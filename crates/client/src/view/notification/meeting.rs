//! What a guardian is told of meetings: that somebody asks to come, and that a meeting was cancelled.

use jiff::Timestamp;
use xinmei_model::{Conference, ConferenceKind, ConferenceState, List, Meeting, MeetingState, PleaseCome};

use super::{Note, NoteKind, OpensAt};
use crate::{
    api::Fault,
    view::{family::Family, reading::Reading},
};

pub(super) fn news(reading: &Reading<'_>, family: &Family, notes: &mut Vec<Note>) -> Result<(), Fault> {
    for own in family.children() {
        for asked in reading.asked_for(own.child.id)? {
            let conference: Option<Conference> = reading.snapshot.get(asked.conference)?;
            let over = |it: &Conference| it.is_cancelled() || reading.now >= it.closes.timestamp();
            let Some(conference) = conference.filter(|it| !over(it)) else { continue };
            if reading.is_news(asked.id.uuid(), asked.at)? && !meets(reading, &asked)? {
                notes.push(of_asking(reading, &asked, &conference, own.name.clone()));
            }
        }
    }
    let meetings: Vec<Meeting> = reading.snapshot.list(List::MeetingsBy(reading.me))?;
    for meeting in meetings.iter().filter(|meeting| reading.now < meeting.starts.timestamp()) {
        let Some((at, conference)) = cancelled(reading, meeting)? else { continue };
        let own = family.children().iter().find(|own| own.child.id == meeting.child);
        let Some(own) = own else { continue };
        if reading.is_news(meeting.id.uuid(), at)? {
            let guidance = meeting.kind == ConferenceKind::Guidance;
            notes.push(Note {
                keys: vec![format!("meeting-cancelled/{}/{}", meeting.id, at.as_millisecond())],
                what: NoteKind::MeetingCancelled { with: meeting.person_name.clone(), guidance },
                title: conference.title,
                children: vec![own.name.clone()],
                at,
                due: Some(meeting.starts.clone()),
                to_do: false,
                urgent: false,
                opens: reading.opens(OpensAt::Conference { conference: meeting.conference }),
            });
        }
    }
    Ok(())
}

fn of_asking(
    reading: &Reading<'_>,
    asked: &PleaseCome,
    conference: &Conference,
    child: crate::api::profile::ChildName,
) -> Note {
    let guidance = conference.kind == ConferenceKind::Guidance;
    Note {
        keys: vec![format!("please-come/{}/{}", asked.id, asked.at.as_millisecond())],
        what: NoteKind::PleaseCome { by: asked.person_name.clone(), guidance },
        title: conference.title.clone(),
        children: vec![child],
        at: asked.at,
        due: Some(conference.closes.clone()),
        to_do: true,
        urgent: false,
        opens: reading.opens(OpensAt::Conference { conference: asked.conference }),
    }
}

/// Whether the guardian has booked already.
fn meets(reading: &Reading<'_>, asked: &PleaseCome) -> Result<bool, Fault> {
    let meetings: Vec<Meeting> = reading.snapshot.list(List::MeetingsBy(reading.me))?;
    Ok(meetings.iter().any(|meeting| {
        let same = (meeting.conference, meeting.child, meeting.person)
            == (asked.conference, asked.child, asked.person);
        same && meeting.state == MeetingState::Booked
    }))
}

/// Since when a meeting that was booked does not take place, and in which conference.
fn cancelled(reading: &Reading<'_>, meeting: &Meeting) -> Result<Option<(Timestamp, Conference)>, Fault> {
    let Some(conference): Option<Conference> = reading.snapshot.get(meeting.conference)? else {
        return Ok(None);
    };
    let at = match (&meeting.state, &conference.state) {
        (MeetingState::Cancelled { at, .. }, _)
        | (MeetingState::Booked, ConferenceState::Cancelled { at, .. }) => *at,
        _ => return Ok(None),
    };
    Ok(Some((at, conference)))
}
