//! Whether what is planned fits where it is to be.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Event, Id, Refusal};

use super::desk::Publish;

/// `venue.fits`: whether a plan fits where it is to be, by what this computer knows. Nothing is sent.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VenueFits")]
pub struct Fits {
    /// Of an event that is there already.
    pub event: Option<Id<Event>>,
    /// What is planned.
    pub plan: Publish,
}

/// What does not fit.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Fitting {
    /// One for each session that does not.
    pub troubles: Vec<Misfit>,
}

/// A session that does not fit where it is to be.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VenueMisfit")]
pub struct Misfit {
    /// Which of the plan's sessions, counted from 0.
    pub session: u32,
    /// Why.
    pub refusal: Refusal,
}
