//! The demo school's partners and trips as data.

use serde::Deserialize;
use xinmei_model::{PartnerDraft, TripPlan};

use super::plan;
use crate::{Fail, Result};

/// The demo school's partners and trips as data: `crates/server/data/trips.json`.
#[derive(Deserialize)]
pub(super) struct Trips {
    pub(super) partners: Vec<PartnerDraft>,
    pub(super) events: Vec<plan::Held>,
    pub(super) trips: Vec<Planned>,
}

/// A trip.
#[derive(Clone, Deserialize)]
pub(super) struct Planned {
    pub(super) event: String,
    pub(super) session: String,
    pub(super) campus: String,
    pub(super) partner: String,
    pub(super) planned: String,
    pub(super) plan: TripPlan,
    pub(super) slip: Slip,
    /// Families of a hundred that signed.
    pub(super) signed: u64,
    /// Children of a hundred that were called at the first stop.
    pub(super) called: u64,
    /// Why one of them is not there.
    #[serde(default)]
    pub(super) away: String,
}

/// What families sign.
#[derive(Clone, Deserialize)]
pub(super) struct Slip {
    pub(super) title: String,
    pub(super) body: String,
    pub(super) sent: String,
    pub(super) due: String,
}

pub(super) fn data() -> Result<Trips> {
    serde_json::from_str(include_str!("../../data/trips.json"))
        .map_err(|error| Fail::broken(format!("trips.json: {error}")))
}

/// Where an event goes, if it is a trip.
pub(super) fn plan_of(event: &str) -> Result<Option<TripPlan>> {
    Ok(data()?.trips.into_iter().find(|trip| trip.event == event).map(|trip| trip.plan))
}
