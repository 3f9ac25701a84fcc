//! Parts of the demo school's plan that have many fields of their own.

use serde::Deserialize;
use xinmei_model::{ConferenceKind, CourseKind, FormField, Giving, ThemePost};

/// A venue.
#[derive(Clone, Deserialize)]
pub(super) struct Hall {
    pub(super) campus: String,
    pub(super) name: String,
    /// What it was called when the demo begins.
    #[serde(default)]
    pub(super) was: Option<String>,
    pub(super) location: String,
    pub(super) capacity: u32,
    #[serde(default)]
    pub(super) note: String,
}

/// A venue of a session that is not where its event is.
#[derive(Clone, Deserialize)]
pub(super) struct There {
    pub(super) campus: String,
    pub(super) name: String,
}

/// What a theme has beside its event.
#[derive(Clone, Deserialize)]
pub(super) struct KeptTheme {
    pub(super) name: String,
    /// With fields; the event's own if it is not said.
    pub(super) title: Option<String>,
    pub(super) about: Option<String>,
    #[serde(default)]
    pub(super) posts: Vec<ThemePost>,
    /// Templates of the school, by name.
    pub(super) invitation: Option<String>,
    pub(super) reminder: Option<String>,
    pub(super) thanks: Option<String>,
    #[serde(default)]
    pub(super) survey: Vec<FormField>,
}

/// A conference day or a guidance station.
#[derive(Clone, Deserialize)]
pub(super) struct Met {
    pub(super) key: String,
    pub(super) kind: ConferenceKind,
    /// Who opens it, by title; it is of their campus.
    pub(super) by: String,
    pub(super) campus: String,
    pub(super) title: String,
    pub(super) about: String,
    pub(super) posted: String,
    pub(super) opens: String,
    pub(super) closes: String,
    pub(super) minutes: u32,
    pub(super) offers: Vec<Offered>,
    /// 请您来: the place of who asks among the offers, the child's 学号, what is said.
    pub(super) asked: Vec<(usize, String, String)>,
}

/// When somebody is there.
#[derive(Clone, Deserialize)]
pub(super) struct Offered {
    /// The teacher of this subject in a class; its class teacher if none is named.
    #[serde(default)]
    pub(super) class: Option<(String, i16, u8)>,
    #[serde(default)]
    pub(super) subject: Option<String>,
    /// Or by title.
    #[serde(default)]
    pub(super) title: Option<String>,
    pub(super) campus: String,
    pub(super) room: String,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) buffer: u32,
    #[serde(default)]
    pub(super) breaks: Vec<(String, String)>,
    /// How many of a hundred slots other families have booked.
    #[serde(default)]
    pub(super) booked_percent: u64,
}

/// A course.
#[derive(Clone, Deserialize)]
pub(super) struct Teaches {
    pub(super) campus: String,
    pub(super) title: String,
    pub(super) about: String,
    pub(super) programme: String,
    pub(super) for_whom: String,
    pub(super) kind: CourseKind,
}

/// What makes an event a lesson.
#[derive(Clone, Deserialize)]
pub(super) struct Taught {
    /// Of which course, by its title.
    pub(super) course: String,
    pub(super) speakers: String,
    /// Files, each with when it is given.
    #[serde(default)]
    pub(super) materials: Vec<(String, Giving)>,
    /// Parents of a hundred who came, where it is over and the desk noted it.
    #[serde(default)]
    pub(super) came: u64,
}
