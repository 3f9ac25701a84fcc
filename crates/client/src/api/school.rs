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
}
