//! What waits for the desk of an event, and nobody else can do.

use jiff::Zoned;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::Id;

/// Something the desk of an event has to do, and nobody else can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeskDuty {
    /// At which event.
    pub event: Id<xinmei_model::Event>,
    /// Its title.
    pub title: String,
    /// Since when.
    pub since: Zoned,
    /// What.
    pub what: DeskDutyKind,
}

/// What a desk has to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum DeskDutyKind {
    /// The public value is known: seats can be drawn.
    Draw {
        /// Which value decides, in words.
        public_value: String,
    },
    /// A lesson is over, and of some families nobody said whether a parent came.
    Roll {
        /// Which session.
        session: Id<xinmei_model::Session>,
        /// Its name.
        name: String,
        /// How many families.
        families: u32,
    },
}
