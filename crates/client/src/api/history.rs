//! "What did we tell them, when?": what a family had in its hands at a past moment. The school is asked: a replica no longer
//! holds what was replaced.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Child, History, Id};

use super::profile::ChildName;

/// `history.open`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HistoryOpen")]
pub struct Open {
    /// Whose family: a guardian's own, or of a class the hat covers.
    pub child: Id<Child>,
    /// When; now if `None`.
    pub at: Option<Timestamp>,
}

/// What it had.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct HistoryView {
    /// The child.
    pub child: ChildName,
    /// What was in the family's hands, as far as this hat may see it.
    pub history: History,
}
