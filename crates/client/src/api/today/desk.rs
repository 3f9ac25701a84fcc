//! What the desk of volunteers and the office read today.

use jiff::Zoned;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Event, Id, Post, Shift};

use crate::api::{
    conversation::ConversationLine, desk_duty::DeskDuty, event::SessionFill, profile::PlaceName,
    shift::AskingVolunteer, today::Duty,
};

/// Who has joined, at one class.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct JoinCount {
    /// Which class.
    pub place: PlaceName,
    /// Guardians who may be invited.
    pub guardians: u32,
    /// Of those, who have joined.
    pub joined: u32,
}

/// An event that opens, closes or happens soon.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EventSoon {
    /// Which.
    pub event: Id<Event>,
    /// Title.
    pub title: String,
    /// What happens.
    pub when: Soon,
    /// When.
    pub at: Zoned,
    /// How full its sessions are.
    pub sessions: Vec<SessionFill>,
}

/// What happens soon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Soon {
    /// Sign-up opens.
    Opens,
    /// Sign-up closes.
    Closes,
    /// It takes place.
    Starts,
}

/// A coordinator's day.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CoordinatorToday {
    /// The school's now.
    pub now: Zoned,
    /// Conversations in which a family waits for an answer, the oldest first.
    pub questions: Vec<ConversationLine>,
    /// Shifts where people are missing, by start.
    pub missing: Vec<MissingShift>,
    /// People who ask to come to a shift and wait for an answer, by its start.
    pub asking: Vec<AskingVolunteer>,
    /// Hours of volunteers that wait for this person to approve them.
    pub hours: u32,
    /// Events that open, close or start, by time.
    pub events: Vec<EventSoon>,
    /// What waits for the desk, by since when.
    pub to_do: Vec<DeskDuty>,
    /// What this person is asked as a volunteer: to come, and whether they still come. By due time.
    pub own: Vec<Duty>,
}

/// A shift that lacks people.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MissingShift {
    /// Which.
    pub shift: Id<Shift>,
    /// Of which post.
    pub post: Id<Post>,
    /// Post title.
    pub title: String,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// People needed.
    pub needed: u32,
    /// People who come.
    pub taken: u32,
    /// People who are missing, adults for its pupils among them.
    pub missing: u32,
    /// Adults who are missing for its pupils: where no place is free for them, the shift has to need more.
    pub adults_wanted: u32,
}

/// An administrator's day.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AdministratorToday {
    /// The school's now.
    pub now: Zoned,
    /// Remarks to decide: how many wordings.
    pub remark_wordings: u32,
    /// Remarks to decide: how many children.
    pub remark_children: u32,
    /// Who has not joined, by class, the emptiest first.
    pub not_joined: Vec<JoinCount>,
    /// Places known: none means that the roster has not been imported.
    pub classes: u32,
    /// Reports of messages that wait to be settled.
    pub reports: u32,
}
