//! Courses: lessons that belong together, their materials, and signing up.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{
    Attachment, Child, Course, CourseDraft, CourseKind, CourseState, Event, Giving, Id, Material, Session,
};

use super::{
    Fault,
    event::{EventLine, MayJoin, SessionClash},
    file::FileView,
    profile::PlaceName,
    sync::ItemState,
};

/// `course.list`: those that go on, then those that have ended.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseList")]
pub struct List {}

/// Courses.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Courses {
    /// By title.
    pub courses: Vec<CourseLine>,
    /// Places the hat may keep courses for.
    pub places: Vec<PlaceName>,
}

/// One course of the list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CourseLine {
    /// Which.
    pub id: Id<Course>,
    /// Title.
    pub title: String,
    /// Plain text.
    pub about: String,
    /// A programme tag.
    pub programme: String,
    /// For whom, in words.
    pub for_whom: String,
    /// Whom it is for.
    pub kind: CourseKind,
    /// Where it is in its life.
    pub state: CourseState,
    /// Counts its changes: `course.put` names the one that was looked at.
    pub version: u32,
    /// The place whose desk runs it.
    pub place: PlaceName,
    /// Whether the hat runs its desk.
    pub desk: bool,
    /// Lessons that were not called off.
    pub lessons: u32,
    /// Of them: those that are over.
    pub held: u32,
    /// The next lesson.
    pub next: Option<NextLesson>,
    /// Sessions in which whoever sits here took part, in a course for parents.
    pub took_part: u32,
}

/// The lesson that comes next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NextLesson {
    /// Which.
    pub event: Id<Event>,
    /// Title.
    pub title: String,
    /// Its next session.
    pub starts: Zoned,
}

/// `course.open`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseOpen")]
pub struct Open {
    /// Which.
    pub course: Id<Course>,
}

/// A course, whole.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseOpened")]
pub struct Opened {
    /// As in the list.
    pub line: CourseLine,
    /// Lessons, by time.
    pub lessons: Vec<LessonView>,
    /// Adults one booking may bring.
    pub most_adults: u32,
    /// When this reads otherwise by time alone.
    pub turns: Option<Timestamp>,
}

/// A lesson: an event of the course.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LessonView {
    /// As in the list of events.
    pub line: EventLine,
    /// Who speaks.
    pub speakers: String,
    /// All of its sessions are over, or were called off.
    pub over: bool,
    /// How whoever sits here stands in each session that has begun.
    pub own: Vec<OwnSession>,
    /// The family's children who may still be signed up, by session.
    pub may_join: Vec<MayJoin>,
    /// What the family has at the same time.
    pub clashes: Vec<SessionClash>,
    /// It asks something, or its seats are drawn: sign-up is on its own page.
    pub on_its_page: bool,
    /// Materials this person has; for the desk all.
    pub materials: Vec<MaterialView>,
    /// For the desk, of each session.
    pub desk: Vec<DeskSession>,
}

/// How a parent, or a family, stands in a session that has begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OwnSession {
    /// Which.
    pub session: Id<Session>,
    /// How.
    pub is: OwnIs,
}

/// The words for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum OwnIs {
    /// 已参加
    TookPart,
    /// 未参加: the desk said so.
    Missed,
    /// 未记录: signed up, it is over, and nobody said whether.
    Unknown,
}

/// A session as its desk sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeskSession {
    /// Which.
    pub session: Id<Session>,
    /// Parents who were marked as there.
    pub came: u32,
    /// Families with seats of whom no parent is marked.
    pub unmarked: u32,
    /// Whether parents may be marked now.
    pub may_mark: bool,
}

/// A material.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MaterialView {
    /// Which: `file.open` and `file.save` name it.
    pub id: Id<Material>,
    /// The file.
    pub file: FileView,
    /// When, and to whom.
    pub giving: Giving,
    /// Whether everybody has it.
    pub given: bool,
    /// A wish about it that waits on this computer: to give it, to give it otherwise, or to take it back.
    pub waits: Option<ItemState>,
}

/// `course.put`: a new one, or one that is there as it reads now.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CoursePut")]
pub struct Put {
    /// Which; a new one if `None`.
    pub course: Option<Id<Course>>,
    /// What it says.
    pub draft: CourseDraft,
    /// The version that was looked at; 0 for a new one.
    pub version: u32,
}

/// `course.end`: it gets no more lessons.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseEnd")]
pub struct End {
    /// Which.
    pub course: Id<Course>,
}

/// `course.give`: a new material.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseGive")]
pub struct Give {
    /// Of which lesson.
    pub event: Id<Event>,
    /// What `file.give` made of the file.
    pub file: Attachment,
    /// When, and to whom.
    pub giving: Giving,
}

/// `course.set-giving`: says otherwise of a material when it is given.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseSetGiving")]
pub struct SetGiving {
    /// Which.
    pub material: Id<Material>,
    /// When, and to whom.
    pub giving: Giving,
}

/// `course.take-back`: takes a material back.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseTakeBack")]
pub struct TakeBack {
    /// Which.
    pub material: Id<Material>,
}

/// `course.sign-up`: for several lessons in one go; each is all or none, and of each it is said how it went.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseSignUp")]
pub struct SignUp {
    /// Which sessions, at most one of each lesson.
    pub sessions: Vec<Id<Session>>,
    /// Which children.
    pub children: Vec<Id<Child>>,
    /// Adults who come along.
    pub adults: u32,
}

/// How it went.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CourseSignedUp")]
pub struct SignedUp {
    /// In the order in which they were asked for.
    pub lessons: Vec<SignedUpFor>,
}

/// Of one lesson.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SignedUpFor {
    /// Which session.
    pub session: Id<Session>,
    /// Why it was not saved; saved on this computer otherwise.
    pub fault: Option<Fault>,
}
