//! Hours of one's own that the school lost: it was restored from a backup that had not got them yet.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{HoursEntry, Id};

use super::HoursIs;

/// `hours.missing`: entries of one's own that were here before the school was restored, and are not with it now.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursMissing")]
pub struct Missing {}

/// Them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MissingHours {
    /// The newest day first; none while anything is still arriving.
    pub entries: Vec<MissingLine>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MissingLine {
    /// Which.
    pub id: Id<HoursEntry>,
    /// What it was.
    pub title: String,
    /// On which day.
    pub day: Date,
    /// How long.
    pub minutes: u32,
    /// How it stood: approved, or waiting.
    pub stood: HoursIs,
    /// How it can come back.
    pub again: MissingAgain,
}

/// How an entry that is missing can come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum MissingAgain {
    /// It is asked for.
    Request,
    /// What it was in place of is there: that is corrected once more.
    Correct,
    /// What it was in place of is there and waits: that is approved first.
    Later,
    /// Too long ago to be asked for.
    TooOld,
}

/// `hours.ask-again`: asks for a missing entry as it was.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursAskAgain")]
pub struct AskAgain {
    /// Which.
    pub entry: Id<HoursEntry>,
    /// What is said of it beside what showed it then.
    pub evidence: String,
}

/// `hours.know-missing`: they were read of, and are shown no more.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursKnowMissing")]
pub struct KnowMissing {
    /// Which.
    pub entries: Vec<Id<HoursEntry>>,
}
