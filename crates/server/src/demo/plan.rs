//! The demo school as data: `crates/server/data/demo.json`. Names of programmes stand there and nowhere else.

use serde::Deserialize;
use xinmei_model::{
    Ask, Changed, DayPart, FormField, HeldFor, Look, RelationGrants, Reply, SeatRule, TemplateDraft,
};

use super::plan_parts::{Hall, KeptTheme, Met, Taught, Teaches, There};
use crate::{Fail, Result};

/// Everything that happens.
#[derive(Clone, Deserialize)]
pub(super) struct Plan {
    pub(super) school: String,
    pub(super) remarks: Vec<Decided>,
    pub(super) notices: Vec<Said>,
    pub(super) alarms: Vec<Alarmed>,
    pub(super) series: Vec<Repeated>,
    pub(super) templates: Vec<Kept>,
    pub(super) venues: Vec<Hall>,
    pub(super) courses: Vec<Teaches>,
    pub(super) events: Vec<Held>,
    pub(super) conferences: Vec<Met>,
    pub(super) contests: Vec<super::contests::Run>,
    pub(super) campaigns: Vec<super::volunteering::Campaigned>,
    pub(super) qualifications: Vec<super::volunteering::Qualifies>,
    pub(super) posts: Vec<Needed>,
    pub(super) turns: Vec<super::turns::InTurn>,
    pub(super) requests: Vec<Asked>,
    pub(super) inboxes: Vec<Shared>,
    pub(super) conversations: Vec<Talked>,
}

/// Remarks of one wording that the office has decided.
#[derive(Clone, Deserialize)]
pub(super) struct Decided {
    pub(super) text: String,
    pub(super) grants: Vec<RelationGrants>,
}

/// A notice.
#[derive(Clone, Deserialize)]
pub(super) struct Said {
    pub(super) key: String,
    /// Campus, grade, number; its class teacher writes.
    pub(super) class: Option<(String, i16, u8)>,
    /// A grade of a campus; the coordinator of the campus writes, and its class teachers read what their classes answer.
    #[serde(default)]
    pub(super) grade: Option<(String, i16)>,
    /// The whole campus; its coordinator writes.
    pub(super) campus: Option<String>,
    /// Those who come to this event of the campus, by its title.
    #[serde(default)]
    pub(super) event: Option<String>,
    /// Who writes, by title, to the whole school; and who agreed, if anybody has.
    #[serde(default)]
    pub(super) by: Option<String>,
    #[serde(default)]
    pub(super) approved_by: Option<String>,
    pub(super) title: String,
    pub(super) body: String,
    pub(super) ask: Ask,
    /// When it was taken back, and what its author said about that.
    #[serde(default)]
    pub(super) recalled: Option<(String, String)>,
    /// What families reply, in turn; for what is only said, agreed or read, that.
    #[serde(default)]
    pub(super) replies: Vec<Reply>,
    pub(super) sent: String,
    pub(super) due: Option<String>,
    pub(super) supersedes: Option<String>,
    pub(super) changed: Option<Changed>,
    #[serde(default)]
    pub(super) reminds: bool,
    /// What it carries, by name.
    #[serde(default)]
    pub(super) files: Vec<String>,
    /// How many families have answered.
    pub(super) answered_percent: u64,
    /// 学号 of children who are answered for in any case; the family of the pictures answers for no other.
    pub(super) answered: Vec<String>,
}

/// An exercise: an alert to a grade, the roll-call, the all-clear.
#[derive(Clone, Deserialize)]
pub(super) struct Alarmed {
    pub(super) key: String,
    /// By title.
    pub(super) by: String,
    pub(super) grade: (String, i16),
    pub(super) at: String,
    /// Title and text.
    pub(super) alert: (String, String),
    pub(super) clear: (String, String),
}

/// A notice that repeats; the class teacher has begun it today.
#[derive(Clone, Deserialize)]
pub(super) struct Repeated {
    pub(super) class: (String, i16, u8),
    pub(super) title: String,
    pub(super) body: String,
    /// When it comes first.
    pub(super) first: String,
    /// An RRULE of RFC 5545.
    pub(super) rule: String,
    /// Not on public holidays.
    #[serde(default)]
    pub(super) skip_holidays: bool,
}

/// A template.
#[derive(Clone, Deserialize)]
pub(super) struct Kept {
    /// The school's, or the teacher's of the pictures.
    pub(super) by: Keeper,
    #[serde(flatten)]
    pub(super) draft: TemplateDraft,
}

/// Who keeps a template.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Keeper {
    School,
    Teacher,
}

/// An event.
#[derive(Clone, Deserialize)]
pub(super) struct Held {
    pub(super) campus: String,
    pub(super) title: String,
    pub(super) about: String,
    /// One of the campus's venues, or words.
    pub(super) venue: String,
    pub(super) programme: String,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    /// Grades it is for; everyone on the campus if empty.
    pub(super) grades: Vec<i16>,
    pub(super) seat_rule: SeatRule,
    pub(super) family_limit: u32,
    /// Sessions a child may have.
    #[serde(default = "one")]
    pub(super) child_limit: u32,
    /// Seats for each child that comes.
    #[serde(default)]
    pub(super) child_seats: Option<u32>,
    /// What families are asked.
    #[serde(default)]
    pub(super) questions: Vec<FormField>,
    /// How it looks.
    #[serde(default)]
    pub(super) look: Look,
    pub(super) waitlist: bool,
    /// All sessions share the seats of one; `booked` is of all up to that session.
    #[serde(default)]
    pub(super) shares_seats: bool,
    pub(super) opens: String,
    pub(super) closes: String,
    pub(super) sessions: Vec<Sitting>,
    /// Where it is held after all.
    #[serde(default)]
    pub(super) venue_later: Option<String>,
    /// A gate that is open while the first session goes on, or was.
    #[serde(default)]
    pub(super) door: Option<Door>,
    /// Its seats are drawn; its sessions are filled by that alone.
    #[serde(default)]
    pub(super) draw: Option<Drawing>,
    pub(super) theme: Option<KeptTheme>,
    /// It is a lesson of a course.
    #[serde(default)]
    pub(super) lesson: Option<Taught>,
}

/// A gate, and who came.
#[derive(Clone, Deserialize)]
pub(super) struct Door {
    /// 南门
    pub(super) gate: String,
    /// Families of a hundred that came.
    pub(super) came: u64,
    /// Who walked in.
    pub(super) walk_in: Vec<String>,
}

/// A draw.
#[derive(Clone, Deserialize)]
pub(super) struct Drawing {
    /// Which public value decides, in words.
    pub(super) public_value: String,
    /// With how many decimals it is published.
    pub(super) decimals: u32,
    pub(super) known: String,
    /// Families that enter.
    pub(super) entries: usize,
    /// 学号 of children whose father enters, for every session in order.
    #[serde(default)]
    pub(super) entered_for: Vec<String>,
    /// The value it was drawn with.
    #[serde(default)]
    pub(super) value: Option<String>,
}

const fn one() -> u32 {
    1
}

/// A session, and how full it is.
#[derive(Clone, Deserialize)]
pub(super) struct Sitting {
    pub(super) name: String,
    pub(super) starts: String,
    pub(super) minutes: i64,
    pub(super) capacity: u32,
    /// In which venue, where that is not its event's.
    #[serde(default)]
    pub(super) venue: Option<There>,
    /// Seats taken.
    pub(super) booked: u32,
    /// Families that wait.
    pub(super) waiting: u32,
    /// Seats that are kept: for whom, how many, until when.
    #[serde(default)]
    pub(super) kept: Vec<(HeldFor, u32, String)>,
    /// 学号 of children whose father has a seat.
    #[serde(default)]
    pub(super) booked_for: Vec<String>,
    /// 学号 of children whose father waits, behind the others.
    #[serde(default)]
    pub(super) waiting_for: Vec<String>,
    /// Bookings given back a while ago, so that an offer is out.
    #[serde(default)]
    pub(super) given_back: usize,
    /// When it starts after all.
    #[serde(default)]
    pub(super) moved_to: Option<String>,
    /// Why it was called off.
    #[serde(default)]
    pub(super) cancelled: Option<String>,
    /// Fewer seats than families had, and why.
    #[serde(default)]
    pub(super) cut: Option<(u32, String)>,
}

/// A post.
#[derive(Clone, Deserialize)]
pub(super) struct Needed {
    pub(super) campus: String,
    pub(super) title: String,
    pub(super) about: String,
    pub(super) meeting_point: String,
    pub(super) programme: String,
    pub(super) by: Volunteers,
    pub(super) posted: String,
    pub(super) shifts: Vec<Series>,
    #[serde(default)]
    pub(super) says: super::volunteering::Says,
}

/// Who takes shifts.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Volunteers {
    Guardians,
    Staff,
}

/// The same shift on several school days.
#[derive(Clone, Deserialize)]
pub(super) struct Series {
    pub(super) days: Vec<i64>,
    pub(super) at: String,
    pub(super) minutes: i64,
    pub(super) needed: u32,
    /// People still missing, day by day.
    pub(super) missing: Vec<u32>,
    /// 学号 of children whose father has taken it, day by day.
    #[serde(default)]
    pub(super) taken_for: Vec<String>,
}

/// What a family asks.
#[derive(Clone, Deserialize)]
pub(super) struct Asked {
    pub(super) key: String,
    /// Campus, grade, number.
    pub(super) class: (String, i16, u8),
    /// 学号; else the `nth` child of the class, from 0, the family of the pictures left out.
    pub(super) child: Option<String>,
    #[serde(default)]
    pub(super) nth: usize,
    pub(super) asks: Asks,
    pub(super) made: String,
    /// What the class teacher answered, if they did.
    pub(super) agreed: Option<bool>,
    #[serde(default)]
    pub(super) note: String,
}

/// 请假 or 代接.
#[derive(Clone, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub(super) enum Asks {
    Leave { from: String, to: String, part: DayPart, reason: String },
    PickUp { by: String, relation: String, phone: String, at: String },
}

/// A conversation with the class teacher.
#[derive(Clone, Deserialize)]
pub(super) struct Talked {
    pub(super) key: String,
    /// Campus, grade, number.
    pub(super) class: (String, i16, u8),
    /// 学号; else the `nth` child of the class, from 0, the family of the pictures left out.
    pub(super) child: Option<String>,
    #[serde(default)]
    pub(super) nth: usize,
    /// The shared inbox it is with, by name, and who answers there, by title; else it is with the class teacher.
    #[serde(default)]
    pub(super) inbox: Option<(String, String)>,
    pub(super) title: String,
    /// In order, the first begins it.
    pub(super) said: Vec<Line>,
    /// Whom the class teacher lets read along from the first on, by title.
    #[serde(default)]
    pub(super) along: Option<String>,
    /// Whether the class teacher ended it after that.
    #[serde(default)]
    pub(super) ended: bool,
    /// What the class teacher reported of it.
    #[serde(default)]
    pub(super) reported: Option<Reported>,
}

/// A shared inbox, of one campus or of the whole school.
#[derive(Clone, Deserialize)]
pub(super) struct Shared {
    pub(super) name: String,
    pub(super) about: String,
    pub(super) campus: Option<String>,
    /// By title.
    pub(super) readers: Vec<String>,
}

/// A report by the class teacher.
#[derive(Clone, Deserialize)]
pub(super) struct Reported {
    /// Of which thing said, from 0: one of the family's.
    pub(super) line: usize,
    pub(super) at: String,
    pub(super) reason: xinmei_model::ReportReason,
    pub(super) words: String,
    /// When an administrator read the conversation.
    #[serde(default)]
    pub(super) read: Option<String>,
    /// When it was settled, with words for the teacher and for all.
    #[serde(default)]
    pub(super) closed: Option<(String, String, String)>,
}

/// One thing said.
#[derive(Clone, Deserialize)]
pub(super) struct Line {
    /// By the class teacher; else by the family.
    #[serde(default)]
    pub(super) school: bool,
    pub(super) at: String,
    pub(super) text: String,
    /// The other side says 收到 half an hour later.
    #[serde(default)]
    pub(super) received: bool,
    /// What it answers, of the things said before, from 0.
    #[serde(default)]
    pub(super) quotes: Option<usize>,
    /// What it carries, by name.
    #[serde(default)]
    pub(super) files: Vec<String>,
}

/// Reads it.
pub(super) fn plan() -> Result<Plan> {
    serde_json::from_str(include_str!("../../data/demo.json"))
        .map_err(|error| Fail::broken(format!("demo.json: {error}")))
}
