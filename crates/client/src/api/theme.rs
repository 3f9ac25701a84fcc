//! Themes of events.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Event, Id, Place, Theme, ThemeDraft};

use super::desk::Publish;

/// `theme.list`: the school's, for whoever plans events.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ThemeList")]
pub struct List {}

/// Themes.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Themes {
    /// By name.
    pub themes: Vec<ThemeView>,
    /// The hat keeps themes.
    pub may_keep: bool,
}

/// A theme.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ThemeView {
    /// Which.
    pub id: Id<Theme>,
    /// What it plans.
    pub draft: ThemeDraft,
    /// The names of its fields, in the order in which they are met.
    pub fields: Vec<String>,
    /// Events that were planned from it, as far as this computer knows.
    pub used: u32,
    /// When it was kept last.
    pub at: Timestamp,
}

/// `theme.of`: an event as a theme, to be named and kept.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ThemeOf")]
pub struct Of {
    /// Which.
    pub event: Id<Event>,
}

/// `theme.plan`: the plan of a new event.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ThemePlan")]
pub struct Plan {
    /// From which theme.
    pub theme: Id<Theme>,
    /// The place whose desk runs it.
    pub place: Id<Place>,
    /// The day of its first session.
    pub first: Date,
    /// What stands in its fields, by their names.
    pub values: BTreeMap<String, String>,
}

/// An event as it would be planned.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ThemePlanned")]
pub struct Planned {
    /// For the form.
    pub plan: Publish,
    /// Fields that have no value: they stand in the text as they are.
    pub missing: Vec<String>,
    /// Sessions whose own venue is used no more, by name: unless somebody chooses, they are where the event is.
    pub astray: Vec<String>,
    /// The partner it is held with is in the directory no more.
    pub partner_gone: bool,
}

/// `theme.put`: a new one, or one that is there as it reads now.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ThemePut")]
pub struct Put {
    /// Which; a new one if `None`.
    pub theme: Option<Id<Theme>>,
    /// What it plans.
    pub draft: ThemeDraft,
}

/// `theme.drop`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "ThemeDrop")]
pub struct Drop {
    /// Which.
    pub theme: Id<Theme>,
}
