//! Which parents took part in a lesson: the desk's list, and a parent's own record.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Child, Course, Id, MarkedBy, Person, Session};

use super::{notice::GuardianName, profile::ChildName, sync::ItemState};

/// `course.attendance`: which parents took part in a session; for its desk.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseAttendance")]
pub struct Attendance {
    /// Which session.
    pub session: Id<Session>,
    /// Further children by name or 学号: of families that came without signing up.
    #[serde(default)]
    pub find: String,
}

/// The list of a session.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AttendanceView {
    /// Of which course.
    pub course: Id<Course>,
    /// The course's title.
    pub course_title: String,
    /// The lesson's title.
    pub title: String,
    /// Who speaks.
    pub speakers: String,
    /// Where on the campus.
    pub venue: String,
    /// 第 1 场
    pub name: String,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// Families that signed up or came, by class and 学号.
    pub families: Vec<AttendFamily>,
    /// What was looked for and is not among them.
    pub found: Vec<AttendFamily>,
    /// Whether anything may be marked now.
    pub may_mark: bool,
    /// From then on something may be marked, where that is ahead.
    pub opens: Option<Zoned>,
    /// Parents who were there, with what waits on this computer.
    pub came: u32,
    /// Families of whom nothing was said.
    pub unmarked: u32,
    /// Marks that wait on this computer.
    pub waiting: u32,
}

/// One family of the list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AttendFamily {
    /// Its children who signed up; else the one they are counted with.
    pub children: Vec<ChildName>,
    /// 学号 of the first of them.
    pub number: String,
    /// Signed up.
    pub booked: bool,
    /// People whom the gates let in with its booking; `None` where no gate did.
    pub let_in: Option<u32>,
    /// Its parents; who signed up stands first.
    pub guardians: Vec<AttendGuardian>,
}

/// One parent of the list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AttendGuardian {
    /// Who.
    pub name: GuardianName,
    /// Whose booking it is.
    pub booked: bool,
    /// Is something to the first of the children, today or on the day of the lesson, as far as this computer knows: whoever is not is
    /// marked alone, and in no bulk.
    pub counts: bool,
    /// Was there, or was not; `None` while nothing was said. What waits on this computer counts.
    pub came: Option<bool>,
    /// Two desks that did not know of each other said different things.
    pub disputed: bool,
    /// What was said, the last of it last.
    pub marks: Vec<MarkedBy>,
    /// `course.mark` names it: how many marks stood when this was read.
    pub seen: u32,
    /// A mark that waits on this computer, or was refused.
    pub waits: Option<ItemState>,
}

/// `course.mark`: says which parents took part.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseMark")]
pub struct Mark {
    /// In which session.
    pub session: Id<Session>,
    /// Of whom.
    pub marks: Vec<MarkOf>,
}

/// Of one parent.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseMarkOf")]
pub struct MarkOf {
    /// Whom.
    pub guardian: Id<Person>,
    /// The child they are counted with.
    pub child: Id<Child>,
    /// Was there; was not there otherwise.
    pub came: bool,
    /// As [`AttendGuardian::seen`].
    pub seen: u32,
}

/// `course.record`: in what whoever sits here took part; nobody else's.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseRecordAsk")]
pub struct Record {}

/// One's own record.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseRecord")]
pub struct RecordView {
    /// The school's name.
    pub school: String,
    /// One's own.
    pub name: String,
    /// Sessions one took part in, or was said to have missed, the newest first.
    pub lessons: Vec<RecordLesson>,
    /// How many one took part in.
    pub took_part: u32,
    /// By the school's calendar, when this was read.
    pub made: Timestamp,
}

/// One line of it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RecordLesson {
    /// Of which course; `None` where that is not here any more.
    pub course: Option<Id<Course>>,
    /// The course's title.
    pub course_title: String,
    /// A programme tag.
    pub programme: String,
    /// The lesson's title.
    pub title: String,
    /// Who spoke.
    pub speakers: String,
    /// Where on the campus.
    pub venue: String,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// Was there.
    pub came: bool,
    /// It was said otherwise before.
    pub corrected: bool,
}
