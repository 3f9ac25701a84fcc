//! What was agreed in a meeting of the guidance station: written by who gave the advice, read by the guardian who came, and by
//! nobody else. It stands in no feed of a class, a desk or an office, and no search looks into it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Child, ConferenceKind, Facts, Feed, Id, Kind, Meeting, MeetingState, Person, Refusal,
    derived, facts::Decision, limits, limits::check_text, rights,
};

/// The note of one meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MeetingNote {
    /// Follows from the meeting.
    pub id: Id<MeetingNote>,
    /// Of which meeting.
    pub meeting: Id<Meeting>,
    /// About which child.
    pub child: Id<Child>,
    /// Who came.
    pub guardian: Id<Person>,
    /// Who wrote it.
    pub author_name: String,
    /// Plain text.
    pub text: String,
    /// When it was written, as it reads now.
    pub at: Timestamp,
}

impl MeetingNote {
    /// The one note of a meeting.
    #[must_use]
    pub fn id_of(meeting: Id<Meeting>) -> Id<Self> {
        derived("meeting-note", meeting.uuid(), meeting.uuid())
    }
}

/// Writes the note, or writes it anew.
pub(crate) fn write(facts: &Facts, actor: &Actor, id: Id<Meeting>, text: &str) -> Decision {
    let meeting = facts.get(id)?;
    let role = rights::role_worn(facts, actor)?.filter(|role| role.person == meeting.person);
    let Some(role) = role else { return Err(facts.missing(Kind::Meeting)) };
    if meeting.kind != ConferenceKind::Guidance {
        return Err(Refusal::NothingAsked.into());
    }
    if meeting.state != MeetingState::Booked {
        return Err(Refusal::BookingGone.into());
    }
    check_text("text", text, 1, limits::MEETING_NOTE_CHARS)?;
    let note = MeetingNote {
        id: MeetingNote::id_of(id),
        meeting: id,
        child: meeting.child,
        guardian: meeting.guardian,
        author_name: role.person_name.clone(),
        text: text.trim().to_owned(),
        at: facts.now(),
    };
    let own = Feed::Own(meeting.child, meeting.guardian);
    Ok(vec![Change::put(note, [own, Feed::Inbox(meeting.role.uuid())])])
}
