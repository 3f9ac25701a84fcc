//! Venues: where events and their sessions are held.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Event, Id, Session, Venue, VenueDraft, VenueName};

use super::profile::PlaceName;

/// `venue.list`: the school's, with what is on there.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VenueList")]
pub struct List {}

/// Venues.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Venues {
    /// By place and name.
    pub venues: Vec<VenueView>,
    /// Where the hat may keep venues; empty if nowhere.
    pub places: Vec<PlaceName>,
}

/// A venue.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct VenueView {
    /// Which.
    pub id: Id<Venue>,
    /// What it is.
    pub draft: VenueDraft,
    /// Its place, in words.
    pub place: PlaceName,
    /// What it was called before, the last of it last.
    pub names: Vec<VenueName>,
    /// Whether the hat keeps it.
    pub keeps: bool,
    /// What is on there from now on, by start.
    pub coming: Vec<VenueUse>,
    /// When it was kept last.
    pub at: Timestamp,
}

/// A session in a venue.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct VenueUse {
    /// Of which event.
    pub event: Id<Event>,
    /// Its title.
    pub title: String,
    /// Which.
    pub session: Id<Session>,
    /// 第 1 场
    pub name: String,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// Seats.
    pub capacity: u32,
    /// It has more seats than the venue takes people: the venue was larger when it was planned.
    pub over: bool,
}

/// Where something is, for whoever goes there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VenueHere {
    /// Which.
    pub id: Id<Venue>,
    /// As it is called now.
    pub name: String,
    /// How to get there; may be empty.
    pub location: String,
    /// What else to know; may be empty.
    pub note: String,
    /// People it takes.
    pub capacity: u32,
    /// Its place, in words.
    pub place: PlaceName,
    /// It is not used any more.
    pub dropped: bool,
}

/// `venue.put`: a new one, one that is there as it reads now, or one that was dropped and is used again.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VenuePut")]
pub struct Put {
    /// Which; a new one if `None`.
    pub venue: Option<Id<Venue>>,
    /// What it is.
    pub draft: VenueDraft,
}

/// `venue.drop`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VenueDrop")]
pub struct Drop {
    /// Which.
    pub venue: Id<Venue>,
}

/// `venue.exceeding`: sessions to come that have more seats than the venue would take people.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VenueExceeding")]
pub struct Exceeding {
    /// Which.
    pub venue: Id<Venue>,
    /// People it would take.
    pub capacity: u32,
}

/// Sessions that have more seats than a venue would take people.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct VenueExceeded {
    /// By start.
    pub sessions: Vec<VenueUse>,
}
