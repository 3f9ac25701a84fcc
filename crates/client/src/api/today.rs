//! Today: home for every hat.

mod desk;

pub use desk::{AdministratorToday, CoordinatorToday, EventSoon, JoinCount, MissingShift, Soon};

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Ask, Changed, Event, Id, Notice, NoticeState, Shift};

use super::{
    conference::{MeetingView, PleaseComeView},
    conversation::ConversationLine,
    event::BookingView,
    family_request::{AbsentView, RequestView},
    holidays::DayView,
    profile::{ChildName, PlaceName},
    sync::ItemState,
};

/// `today.open`: Today, in the hat that is on.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "TodayOpen")]
pub struct Open {}

/// Today.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Today {
    /// A guardian's.
    Family(Box<FamilyToday>),
    /// A teacher's.
    Teacher(TeacherToday),
    /// A coordinator's.
    Coordinator(CoordinatorToday),
    /// An administrator's.
    Administrator(AdministratorToday),
}

/// A guardian's day.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FamilyToday {
    /// The school's now, as far as this computer knows.
    pub now: Zoned,
    /// The family's children.
    pub children: Vec<ChildName>,
    /// What is still to do: by due time, then by child.
    pub duties: Vec<Duty>,
    /// What was done lately; can be folded away.
    pub done: Vec<Duty>,
    /// Conversations in which something was said that was not seen yet.
    pub unread: Vec<ConversationLine>,
    /// What comes, by time.
    pub coming: Vec<Coming>,
    /// Two things of one child or one guardian at the same time.
    pub clashes: Vec<Clash>,
    /// Days of the week strip, Monday to Friday or Sunday where something is on or it is worked, as ISO dates.
    pub week: Vec<String>,
    /// Those of them that are not as their weekday says.
    pub marks: Vec<DayView>,
}

/// Something a family still has to do.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Duty {
    /// For whom; one message names each child.
    pub children: Vec<ChildName>,
    /// By when.
    pub due: Option<Zoned>,
    /// What.
    pub what: DutyKind,
}

/// What there is to do.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum DutyKind {
    /// Answer a notice.
    Answer {
        /// Which.
        notice: Id<Notice>,
        /// Its title.
        title: String,
        /// Who wrote it.
        author: String,
        /// What is asked.
        ask: Ask,
        /// When it came.
        sent: Timestamp,
        /// What changed against the notice it replaces.
        changed: Option<Changed>,
        /// The last automatic reminder.
        reminded: Option<Timestamp>,
    },
    /// An event whose sign-up closes, and this family has not chosen.
    Choose {
        /// Which.
        event: Id<Event>,
        /// Its title.
        title: String,
        /// Sessions with places left.
        sessions: u32,
        /// Seats left over all sessions, as last known.
        left: u32,
        /// The first session's start.
        starts: Zoned,
    },
    /// A seat is offered and held until the due time.
    Offer {
        /// The booking.
        booking: Box<BookingView>,
    },
    /// 请您来: a teacher asks for this family, which has booked no meeting about this child yet.
    Meet {
        /// Who asks, and in which conference.
        asked: Box<PleaseComeView>,
        /// The conference's title.
        title: String,
    },
    /// Hand something in for a child that is in a contest.
    Contest {
        /// Which.
        contest: Id<xinmei_model::Contest>,
        /// Its title.
        title: String,
        /// What.
        asks: EntryAsk,
    },
    /// A shift of one's own: does one still come?
    StillComing {
        /// Which.
        shift: Id<Shift>,
        /// Post title.
        title: String,
        /// When.
        starts: Zoned,
        /// Where to meet.
        meeting_point: String,
    },
    /// 轮到我们班: one is the contact of a class, and places of its turns soon to come are not filled.
    FillTurns {
        /// Which class.
        class: PlaceName,
        /// Places not filled.
        missing: u32,
        /// On so many days.
        days: u32,
        /// The first of them.
        starts: Zoned,
    },
    /// A qualification ends soon: renew it.
    Renew {
        /// Which.
        qualification: Id<xinmei_model::Qualification>,
        /// What it is called.
        name: String,
        /// How one comes by it; may be empty.
        about: String,
    },
    /// 接待: one receives a guest, who has not come yet.
    Receive {
        /// Which.
        guest: Id<xinmei_model::Guest>,
        /// Name.
        name: String,
        /// From where; may be empty.
        organisation: String,
        /// How they are reached; may be empty.
        phone: String,
        /// Post title.
        title: String,
        /// When their first shift begins.
        starts: Zoned,
        /// Where to meet.
        meeting_point: String,
    },
    /// Somebody asks one to come to a shift.
    Come {
        /// Which.
        shift: Id<Shift>,
        /// Its post.
        title: String,
        /// From when.
        starts: Zoned,
        /// Until when.
        ends: Zoned,
        /// Where to meet.
        meeting_point: String,
        /// Who asks.
        offer: super::shift::OfferView,
        /// Why one could not come, if so.
        why_not: Option<xinmei_model::Refusal>,
    },
}

/// What a contest asks of a family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum EntryAsk {
    /// Whether it agrees that the child takes part.
    Agree,
    /// A poster.
    Poster,
    /// 请修改
    Revise {
        /// What, in the desk's words.
        words: String,
    },
}

/// Something that comes.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Coming {
    /// When.
    pub starts: Zoned,
    /// Until when, where it ends.
    pub ends: Option<Zoned>,
    /// Whose lane: the children; empty for the guardian's own shift.
    pub children: Vec<ChildName>,
    /// What.
    pub title: String,
    /// Where.
    pub place: String,
    /// What it is and how it stands.
    pub what: ComingKind,
}

/// What comes, and how it stands.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum ComingKind {
    /// A booking in its state.
    Booking {
        /// The booking.
        booking: Box<BookingView>,
    },
    /// A shift of one's own.
    Shift {
        /// Which.
        shift: Id<Shift>,
        /// Still waiting to be sent or confirmed.
        pending: bool,
    },
    /// A meeting with somebody of the school.
    Meeting {
        /// The meeting.
        meeting: Box<MeetingView>,
    },
    /// A child's part in a contest.
    Contest {
        /// Which.
        contest: Id<xinmei_model::Contest>,
    },
    /// A notice with a due time whose fact changed.
    Changed {
        /// Which.
        notice: Id<Notice>,
    },
}

/// Two things at once, said in words by the window.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Clash {
    /// The earlier one's title.
    pub first: String,
    /// The later one's title.
    pub second: String,
    /// When the later one starts.
    pub at: Zoned,
    /// They are at different times, but on two campuses, and too close to get from one to the other.
    pub too_far: bool,
}

/// A teacher's day.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TeacherToday {
    /// The school's now.
    pub now: Zoned,
    /// Own notices that ask for something and are not complete, by due time.
    pub unanswered: Vec<Progress>,
    /// Own notices in the hold window: they can still be taken back silently.
    pub held: Vec<Held>,
    /// Notices to the whole school that wait for this hat to agree, the oldest first.
    pub approvals: Vec<ApprovalLine>,
    /// How many guardians of the class have not joined.
    pub not_joined: Vec<JoinCount>,
    /// Events that concern the class, soon.
    pub events: Vec<EventSoon>,
    /// Conversations in which a family waits for an answer, the oldest first.
    pub questions: Vec<ConversationLine>,
    /// Requests of families that wait for this hat's answer, the oldest first.
    pub requests: Vec<RequestView>,
    /// Reports that wait to be settled by this hat.
    pub reports: u32,
    /// Children of the hat's classes who are away today.
    pub absent: Vec<AbsentView>,
    /// Meetings of today with families, in whatever hat, by start; those that are over are left out.
    pub meetings: Vec<MeetingView>,
    /// What this person is asked as a volunteer: to come, and whether they still come. By due time.
    pub own: Vec<Duty>,
}

/// How far a notice has come.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Progress {
    /// Which.
    pub notice: Id<Notice>,
    /// Title.
    pub title: String,
    /// The hat a colleague asked it in, whose answers of one's class are read here; `None` of one's own.
    pub author: Option<String>,
    /// By when.
    pub due: Option<Zoned>,
    /// Children it was for.
    pub children: u32,
    /// Children answered for.
    pub answered: u32,
    /// Children nobody answered for yet, at most 12.
    pub silent: Vec<ChildName>,
}

/// A notice that waits for somebody to agree.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ApprovalLine {
    /// Which.
    pub notice: Id<Notice>,
    /// Title.
    pub title: String,
    /// Who wrote it.
    pub author: String,
    /// 校长
    pub author_title: String,
    /// To how many families.
    pub families: u32,
    /// Since when.
    pub since: Timestamp,
}

/// A notice that has not gone out yet.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Held {
    /// Which.
    pub notice: Id<Notice>,
    /// Title.
    pub title: String,
    /// Held, or waiting for somebody to agree, or not agreed to lately.
    pub state: NoticeState,
    /// When it goes out; `None` while it waits on this computer, because the hold window begins when the school has it.
    pub until: Option<Timestamp>,
    /// The wish to send it waits on this computer, or for the school's answer.
    pub pending: Option<ItemState>,
    /// To how many families.
    pub families: u32,
}
