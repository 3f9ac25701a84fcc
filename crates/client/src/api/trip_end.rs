//! The end of a trip.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Id, Session, TripLeft};

use super::profile::ChildName;

/// How the end of a trip stands.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TripEndView {
    /// Since when it is over; `None` while it is not.
    pub at: Option<Timestamp>,
    /// Whether the hat may end it now, or let it go on.
    pub may: bool,
    /// Children who were there on the way and are not accounted for, of those this hat knows.
    pub open: Vec<ChildName>,
    /// What was said of children who were not accounted for as it was ended.
    pub left: Vec<LeftChild>,
}

/// A child that was not accounted for as a trip was ended.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LeftChild {
    /// Who.
    pub child: ChildName,
    /// What was said of it, by whom and when.
    pub left: TripLeft,
}

/// `trip.end`: say that everybody of a session is back, or that it goes on.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TripEndWish")]
pub struct End {
    /// Of which session.
    pub session: Id<Session>,
    /// What is known of children who are not accounted for; empty where all are.
    #[serde(default)]
    pub reason: String,
    /// It goes on after all.
    #[serde(default)]
    pub goes_on: bool,
}
