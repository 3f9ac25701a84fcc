//! What a desk of hours sees.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{CopyCheck, HoursLine, ProofLine};

/// `hours.desk`: what waits for approval at the places of the hat, what was answered lately, and certificates it issued.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[ts(rename = "HoursDesk")]
pub struct Desk {
    /// Of whom: a name or its initials; everybody where it is empty.
    #[serde(default)]
    pub find: String,
}

/// The desk's view.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct HoursDeskView {
    /// What waits, the oldest day first.
    pub waiting: Vec<HoursLine>,
    /// What was answered, the newest first; see `more`.
    pub answered: Vec<HoursLine>,
    /// Whether more was answered than is shown.
    pub more: bool,
    /// Certificates of theirs, the newest first: who cannot print their own gets them from the desk.
    pub proofs: Vec<DeskProof>,
    /// Whether this computer's copy fits itself and what it kept.
    pub copy: CopyCheck,
    /// The longest an entry may be, in minutes.
    pub most_minutes: u32,
    /// The school's day.
    #[ts(type = "string")]
    pub today: Date,
    /// The first and last day a certificate is proposed for: the present school year so far.
    #[ts(type = "[string, string]")]
    pub year: (Date, Date),
}

/// A certificate of somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeskProof {
    /// The certificate.
    pub line: ProofLine,
    /// Whose.
    pub name: String,
}
