//! Pupils in shifts, under an adult's care: what a family puts a child down for, and who marks them on the day.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{
    CalledOff, Child, DutyMark, DutySaid, Entered, Id, Post, Proxy, PupilConsent, PupilMark, PupilState,
    PupilTerms, Refusal, Shift,
};

use super::{profile::ChildName, sync::ItemState};

/// `pupil.shifts`: shifts that take pupils, with one's own children in them; and what those did.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "PupilShiftsAsk")]
pub struct Shifts {}

/// The shifts.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PupilShifts {
    /// By start; those that are over are left out.
    pub shifts: Vec<PupilShift>,
    /// What one's own children did, each child once; children who did nothing are left out.
    pub served: Vec<PupilServed>,
    /// When this reads otherwise by time alone.
    pub turns: Option<Timestamp>,
}

/// A shift that takes pupils.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PupilShift {
    /// Which.
    pub shift: Id<Shift>,
    /// Post title.
    pub title: String,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// On what terms; the post may take no pupils any more.
    pub terms: Option<PupilTerms>,
    /// How many come, and under how many adults.
    pub counts: PupilCounts,
    /// It was called off.
    pub called_off: Option<CalledOff>,
    /// One's own children.
    pub children: Vec<PupilChild>,
}

/// How many pupils come to a shift, as last heard; nobody reads from it who.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PupilCounts {
    /// Pupils who come or wait for an adult.
    pub pupils: u32,
    /// Of them who wait for an adult.
    pub waiting: u32,
    /// Adults of the school who come. `None` where it is not known: guests may come, and before the first pupil nobody counts them apart.
    pub adults: Option<u32>,
    /// How many more adults are enough.
    pub adults_wanted: u32,
    /// Places left for pupils.
    pub left: u32,
}

/// One's own child and a shift.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PupilChild {
    /// Who.
    pub child: ChildName,
    /// One may decide for the child.
    pub decides: bool,
    /// That the child was put down, as the school has it.
    pub own: Option<PupilOwn>,
    /// Why the child could not be put down now, places apart.
    pub why_not: Option<Refusal>,
    /// What else the child is expected at then, by its title: a warning, and no rule.
    pub clash: Option<String>,
    /// That is only too far away.
    pub clash_far: bool,
    /// A wish about it waits on this computer, or was refused.
    pub pending: Option<ItemState>,
}

/// That a child was put down for a shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PupilOwn {
    /// Whether the child comes.
    pub state: PupilState,
    /// The adults of the shift reach to this child; it waits for one else.
    pub has_adult: bool,
    /// Who consented, and when.
    pub consent: PupilConsent,
    /// 代办: who entered it.
    pub entered: Option<Entered>,
}

/// What a child did in shifts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PupilServed {
    /// Who.
    pub child: ChildName,
    /// In all, in minutes.
    pub minutes: u32,
    /// The newest first.
    pub services: Vec<PupilService>,
}

/// One shift a child was at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PupilService {
    /// Which.
    pub shift: Id<Shift>,
    /// Of which post.
    pub post: Id<Post>,
    /// Post title.
    pub title: String,
    /// When it began.
    pub starts: Zoned,
    /// What was said of the child.
    pub said: DutySaid,
    /// Whole minutes, once it is over.
    pub minutes: Option<u32>,
    /// Who said it.
    pub by: String,
}

/// `pupil.enter`: puts a child down for a shift. Whoever does so consents.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "PupilEnter")]
pub struct Enter {
    /// Which shift.
    pub shift: Id<Shift>,
    /// Who.
    pub child: Id<Child>,
    /// 代办: which guardian telephoned.
    pub on_behalf_of: Option<Proxy>,
}

/// `pupil.withdraw`: takes a child out of a shift again.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "PupilWithdraw")]
pub struct Withdraw {
    /// Which shift.
    pub shift: Id<Shift>,
    /// Who.
    pub child: Id<Child>,
    /// 代办: which guardian telephoned; a desk needs none.
    pub on_behalf_of: Option<Proxy>,
}

/// `pupil.roll`: the pupils of a shift, for its desk and its supervisor.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "PupilRollAsk")]
pub struct Roll {
    /// Which shift.
    pub shift: Id<Shift>,
}

/// The pupils of a shift.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PupilRoll {
    /// On what terms; `None` where the post takes none.
    pub terms: Option<PupilTerms>,
    /// How many come, and under how many adults.
    pub counts: PupilCounts,
    /// Whether they may be marked now.
    pub may_mark: bool,
    /// Whether whoever sits here may enter a family that telephoned.
    pub may_enter: bool,
    /// Whether whoever sits here may take a child out, without a guardian's word.
    pub may_take_out: bool,
    /// When it begins.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// The school's now.
    pub now: Timestamp,
    /// Pupils who are there now.
    pub pupils_in: u32,
    /// Adults who are there now.
    pub adults_in: u32,
    /// So many adults are missing there for the pupils who are: a warning, and no bar.
    pub adults_short: u32,
    /// By class and name.
    pub pupils: Vec<PupilLine>,
    /// When this reads otherwise by time alone.
    pub turns: Option<Timestamp>,
}

/// One pupil of a shift.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PupilLine {
    /// Who, with the class as the child was put down.
    pub child: ChildName,
    /// The adults of the shift reach to this child; it waits for one else.
    pub has_adult: bool,
    /// The child does not come any more, and something was said of it before.
    pub gone: bool,
    /// Who consented, and when.
    pub consent: PupilConsent,
    /// 代办: who entered it.
    pub entered: Option<Entered>,
    /// What holds, with what waits on this computer.
    pub said: Option<DutySaid>,
    /// Whole minutes, once it is known until when.
    pub minutes: Option<u32>,
    /// Still there long after the end, by what was said.
    pub overstays: bool,
    /// Marks on the row: `pupil.mark` names them as seen.
    pub seen: u32,
    /// What was said, the last of it last.
    pub marks: Vec<DutyMark>,
    /// Two people said different things.
    pub disputed: bool,
    /// A mark that waits on this computer, or was refused.
    pub waits: Option<ItemState>,
}

/// `pupil.mark`: says which pupils came; all of them are saved, or none.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "PupilMarkAsk")]
pub struct Mark {
    /// Which shift.
    pub shift: Id<Shift>,
    /// Of whom.
    pub pupils: Vec<PupilMark>,
}
