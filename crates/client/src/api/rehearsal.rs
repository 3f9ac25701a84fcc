//! 试演: the opening of a planned event, played with this school's families. Nothing of it is kept or sent.

use jiff::Zoned;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::rehearsal::{ClassFigures, Fates, SessionFigures, Suppositions};

use super::{desk::Publish, profile::PlaceName};

/// `event.rehearse`: plays openings of an event that is planned, and may never be published.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventRehearse")]
pub struct Rehearse {
    /// As `event.publish` takes it.
    pub plan: Publish,
    /// What families are supposed to do.
    pub suppose: Suppositions,
    /// Openings to play, at most [`limits::REHEARSAL_RUNS`](xinmei_model::limits::REHEARSAL_RUNS).
    pub runs: u32,
    /// With a seed that was told before, the same figures come out again; `None` for a new one.
    #[serde(default)]
    pub seed: Option<u32>,
}

/// What many openings come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "EventRehearsed")]
pub struct Rehearsed {
    /// With which the same figures come out again.
    pub seed: u32,
    /// Openings played.
    pub runs: u32,
    /// Families it is for, as this computer knows them.
    pub families: u32,
    /// Children it is for for whom nobody may sign up: no guardian may decide.
    pub alone: u32,
    /// Of the families, those for which staff would enter it: nobody who decides has joined.
    pub by_staff: u32,
    /// The plan has a draw: what is meant is `draw`, and `race` is what it is compared with; else the other way round.
    pub draws: bool,
    /// The families that want to come, where who comes first is served first.
    pub race: Fates,
    /// The same where seats are drawn. `None` where this plan could not be drawn: a child comes several times, or a session begins
    /// before sign-up closes.
    pub draw: Option<Fates>,
    /// By start.
    pub sessions: Vec<RehearsedSession>,
    /// Every class with families it is for, by campus, grade and number.
    pub classes: Vec<RehearsedClass>,
}

/// A session in a rehearsal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RehearsedSession {
    /// 第 1 场
    pub name: String,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// Where who comes first is served first.
    pub race: SessionFigures,
    /// Where seats are drawn.
    pub draw: Option<SessionFigures>,
    /// With so many seats here, and what is said of the other sessions there, nobody would wait in nine of ten runs, first come first
    /// served. `None` where the largest sessions there may be are too few.
    pub enough: Option<u32>,
}

/// A class in a rehearsal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RehearsedClass {
    /// Which.
    pub class: PlaceName,
    /// Where who comes first is served first.
    pub race: ClassFigures,
    /// Where seats are drawn.
    pub draw: Option<ClassFigures>,
}
