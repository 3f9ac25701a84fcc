//! The count of a term of courses for parents.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{CourseFigures, Event, Id, Session};

use super::{
    attendance::{TermId, TermName},
    profile::PlaceName,
    table::Language,
};

/// `course.count`: the lessons for parents of a term that the hat's desk runs.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseCountAsk")]
pub struct Count {
    /// Which; the one that has begun last if `None`.
    pub term: Option<TermId>,
}

/// The count of a term. Only sessions that have begun are counted.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseCount")]
pub struct CountView {
    /// Terms that have begun, the newest first.
    pub terms: Vec<TermName>,
    /// This one; `None` while the school has no terms.
    pub term: Option<TermName>,
    /// Everything.
    pub whole: CountOf,
    /// By programme tag. A parent who came to two programmes is in each.
    pub programmes: Vec<CountRow>,
    /// By course. A parent who came to two courses is in each.
    pub courses: Vec<CountRow>,
    /// By campus of the children, as all groupings of places; these sum to the whole.
    pub campuses: Vec<CountPlace>,
    /// By grade.
    pub grades: Vec<CountPlace>,
    /// By class.
    pub classes: Vec<CountPlace>,
    /// Each session, by time.
    pub lessons: Vec<CountLesson>,
    /// Sessions that are still to come.
    pub ahead: u32,
    /// Sessions that were called off.
    pub called_off: u32,
    /// When this was reckoned, by the school's clock.
    pub made: Timestamp,
}

/// Lessons, and their figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountOf {
    /// Sessions that have begun.
    pub sessions: u32,
    /// Of them: those that are over and of which nobody was marked.
    pub unrecorded: u32,
    /// The figures.
    pub figures: CourseFigures,
}

/// One programme, or one course.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CountRow {
    /// What it is called; empty for lessons without a programme.
    pub name: String,
    /// What.
    pub count: CountOf,
}

/// One place.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CountPlace {
    /// Which; `None` where the class is not known.
    pub place: Option<PlaceName>,
    /// The figures.
    pub figures: CourseFigures,
}

/// One session.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CountLesson {
    /// Of which event.
    pub event: Id<Event>,
    /// Which.
    pub session: Id<Session>,
    /// The course's title.
    pub course: String,
    /// The lesson's title.
    pub title: String,
    /// 第 1 场
    pub name: String,
    /// A programme tag.
    pub programme: String,
    /// Who spoke.
    pub speakers: String,
    /// When.
    pub starts: Zoned,
    /// Somebody was marked.
    pub recorded: bool,
    /// Parents who came.
    pub times: u32,
    /// As in [`CourseFigures::unknown`].
    pub unknown: u32,
}

/// `course.count-table`: the count as a workbook of Excel.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseCountTable")]
pub struct CountTable {
    /// As [`Count::term`].
    pub term: Option<TermId>,
    /// In which language.
    pub language: Language,
}

/// `course.count-export`: the same into the user's folder for downloads, as a new file.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseCountExport")]
pub struct CountExport {
    /// As [`Count::term`].
    pub term: Option<TermId>,
    /// In which language.
    pub language: Language,
}
