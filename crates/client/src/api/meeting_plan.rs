//! The proposal for all meetings of a family.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Child, Id, MeetingOffer, Person};

use super::profile::{ChildName, PlaceName};

/// `conference.plan`: a proposal without a clash. Nothing is booked by it; it needs no network.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferencePlan")]
pub struct Plan {
    /// In which conference.
    pub conference: Id<xinmei_model::Conference>,
    /// Whom to meet, and about which child; at most `most_wishes`.
    pub wishes: Vec<Talk>,
    /// Nothing before this.
    pub from: Option<Timestamp>,
    /// Nothing after this.
    pub until: Option<Timestamp>,
    /// Slots that stay as they are; each for one of the wishes.
    #[serde(default)]
    pub locked: Vec<Pick>,
}

/// A talk: about whom, with whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "MeetingTalk")]
pub struct Talk {
    /// About which child.
    pub child: Id<Child>,
    /// With whom.
    pub person: Id<Person>,
}

/// A slot for a child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "MeetingPick")]
pub struct Pick {
    /// Of which offer.
    pub offer: Id<MeetingOffer>,
    /// When the slot begins.
    pub starts: Timestamp,
    /// About which child.
    pub child: Id<Child>,
}

/// What comes of the wishes.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ConferencePlanned")]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Planned {
    /// All of them can be met.
    Plan {
        /// By start.
        meetings: Vec<PlannedMeeting>,
        /// The first one's start.
        starts: Option<Zoned>,
        /// The last one's end.
        ends: Option<Zoned>,
    },
    /// These cannot all be met, and no smaller set is like this: letting go of any one of them helps.
    Conflict {
        /// The smallest set.
        wishes: Vec<ConflictWish>,
    },
}

/// One meeting of a plan.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PlannedMeeting {
    /// About which child.
    pub child: ChildName,
    /// Whom they would meet.
    pub person: Id<Person>,
    /// Name.
    pub person_name: String,
    /// Of which offer.
    pub offer: Id<MeetingOffer>,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// Where on the campus.
    pub room: String,
    /// The campus.
    pub place: PlaceName,
    /// Minutes free before it, since the one before; `None` for the first of a day.
    pub gap_min: Option<u32>,
    /// It is on another campus than the one before.
    pub travels: bool,
    /// It is booked at this time already.
    pub stays: bool,
}

/// A wish in conflict.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ConflictWish {
    /// About which child.
    pub child: ChildName,
    /// With whom.
    pub person: Id<Person>,
    /// Name.
    pub person_name: String,
    /// Slots of that person within the given times that are free and meet nothing else the family has.
    pub free: u32,
}
