//! What the school settles for everybody.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::QuietHours;

/// `school.quiet`: set or end the quiet hours of the whole school.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "SchoolQuiet")]
pub struct SetQuiet {
    /// From when until when, every day; none if `None`.
    pub quiet: Option<QuietHours>,
    /// For those who work there instead of families.
    #[serde(default)]
    pub staff: bool,
}

/// `school.travel`: how long it takes from one campus to another.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "SchoolTravel")]
pub struct SetTravel {
    /// In minutes; 0 where they lie side by side.
    pub minutes: u32,
}

/// `school.hold`: how long a notice stands in its author's hands.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "SchoolHold")]
pub struct SetHold {
    /// In seconds; 0 for not at all.
    pub seconds: u32,
}
