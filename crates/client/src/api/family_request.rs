//! What families ask of the school for one child, 请假 and 代接, and the day's list that follows from it.

use jiff::{Timestamp, Zoned, civil::Date};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Child, DayPart, Entered, FamilyRequest, Id, Proxy, RequestState, Wanted};

use super::{profile::ChildName, sync::ItemState};

/// `request.list`: in a guardian's hat the family's own, in a staff hat those of one's classes.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "RequestList")]
pub struct List {}

/// The requests.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Requests {
    /// What waits for an answer, the oldest first; then the others, the newest first.
    pub requests: Vec<RequestView>,
    /// The family's children for whom whoever sits here may ask; in a staff hat none.
    pub children: Vec<ChildName>,
}

/// A request.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RequestView {
    /// Which.
    pub id: Id<FamilyRequest>,
    /// For whom.
    pub child: ChildName,
    /// What.
    pub wanted: Wanted,
    /// The guardian who asks.
    pub guardian: String,
    /// 代办: who entered it, and why.
    pub entered: Option<Entered>,
    /// Where it is in its life, as the school has it or, where a wish waits, as it would be.
    pub state: RequestState,
    /// When the school took it, or when it was composed.
    pub at: Timestamp,
    /// Whether it is over: the leave has passed, the child was fetched.
    pub over: bool,
    /// Whether whoever sits here may answer it.
    pub may_answer: bool,
    /// Whether whoever sits here may take it back.
    pub may_withdraw: bool,
    /// A wish about it waits on this computer, or was refused.
    pub pending: Option<ItemState>,
}

/// `request.make`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "RequestMake")]
pub struct Make {
    /// For whom.
    pub child: Id<Child>,
    /// What.
    pub wanted: Wanted,
    /// 代办: for which guardian.
    pub on_behalf_of: Option<Proxy>,
}

/// `request.answer`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "RequestAnswer")]
pub struct Answer {
    /// Which.
    pub request: Id<FamilyRequest>,
    /// Yes or no.
    pub agrees: bool,
    /// For the family to read; may be empty.
    pub note: String,
}

/// `request.withdraw`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "RequestWithdraw")]
pub struct Withdraw {
    /// Which.
    pub request: Id<FamilyRequest>,
    /// 代办: for which guardian.
    pub on_behalf_of: Option<Proxy>,
}

/// `gate.day`: who is away and who is fetched by somebody else, in the hat that is on.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "GateDay")]
pub struct Day {
    /// Which day; today if `None`.
    pub day: Option<Date>,
}

/// The day's list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DayList {
    /// Which day.
    pub day: Date,
    /// Who is away, by class and 学号.
    pub absent: Vec<AbsentView>,
    /// Who is fetched by whom, by time.
    pub pick_ups: Vec<PickUpView>,
    /// Whether the hat sees who fetches whom: the gate does, other teachers do not.
    pub sees_pick_ups: bool,
}

/// A child that is away, and nothing more.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AbsentView {
    /// Who.
    pub child: ChildName,
    /// First day.
    pub from: Date,
    /// Last day, inclusive.
    pub to: Date,
    /// Part of a single day.
    pub part: DayPart,
}

/// Who fetches a child.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PickUpView {
    /// Whom.
    pub child: ChildName,
    /// Who fetches.
    pub by: String,
    /// How they are related.
    pub relation: String,
    /// Eleven digits, or empty.
    pub phone: String,
    /// When.
    pub at: Zoned,
    /// Who of the school agreed.
    pub agreed_by: String,
}
