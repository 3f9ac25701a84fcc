//! Hours of volunteers: who came, what waits for approval, one's own ledger, and certificates.

mod desk;
mod missing;
mod proof;

use jiff::{Timestamp, Zoned, civil::Date};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{
    ChainFault, DutyMark, DutySaid, DutyWish, HoursEntry, HoursProof, Id, Person, Place, Proxy, Shift,
};

pub use self::desk::{Desk, DeskProof, HoursDeskView};
pub use self::missing::{AskAgain, KnowMissing, Missing, MissingAgain, MissingHours, MissingLine};
pub use self::proof::{
    Checkpoints, Issue, KeptCheckpoints, LookStars, ProofView, SetStars, ShowProof, StarHoursView,
};
use super::{profile::PlaceName, sync::ItemState};

/// `hours.mine`: one's own hours.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursMine")]
pub struct Mine {}

/// One's own hours.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MyHours {
    /// Who.
    pub person: Id<Person>,
    /// The newest day first; what another entry is in place of, too.
    pub entries: Vec<HoursLine>,
    /// What counts, in minutes.
    pub minutes: u32,
    /// Minutes that wait for approval.
    pub waiting: u32,
    /// By term, the newest first; terms without hours are left out.
    pub terms: Vec<TermMinutes>,
    /// Stars, where the school gives any.
    pub stars: Option<Stars>,
    /// Certificates, the newest first.
    pub proofs: Vec<ProofLine>,
    /// Places whose desks approve what is asked for.
    pub places: Vec<PlaceName>,
    /// Whether this computer's copy fits itself and what it kept.
    pub copy: CopyCheck,
    /// The longest an entry may be, in minutes.
    pub most_minutes: u32,
    /// The earliest day that may be asked for.
    pub earliest: Date,
    /// The school's calendar day.
    pub today: Date,
    /// The first and last day a certificate is proposed for: the present school year so far.
    pub year: (Date, Date),
}

/// Stars, one's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Stars {
    /// How many.
    pub stars: u32,
    /// Of how many.
    pub of: u32,
    /// From how many hours on there is one more.
    pub next: Option<u32>,
}

/// Minutes of a term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TermMinutes {
    /// 2026 秋; empty for what lies in none.
    pub name: String,
    /// What counts.
    pub minutes: u32,
}

/// Whether this computer's copy of the ledger fits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CopyCheck {
    /// Checkpoints and entries it was compared with.
    pub kept: u32,
    /// What does not fit.
    pub fault: Option<ChainFault>,
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HoursLine {
    /// Which.
    pub id: Id<HoursEntry>,
    /// Whose.
    pub person: Id<Person>,
    /// That person's name.
    pub name: String,
    /// Guardian of these children, where the desk knows them.
    pub of: Vec<String>,
    /// The place whose desks approve it.
    pub place: PlaceName,
    /// What it was.
    pub title: String,
    /// Programme tag.
    pub programme: String,
    /// On which day.
    pub day: Date,
    /// How long.
    pub minutes: u32,
    /// It comes from a shift.
    pub from_shift: bool,
    /// What shows it.
    pub evidence: String,
    /// Files that show it.
    pub files: Vec<super::file::FileView>,
    /// What it is in place of: the minutes of the approved entry.
    pub instead_of: Option<u32>,
    /// Why that is corrected.
    pub reason: String,
    /// Who entered it.
    pub entered_by: String,
    /// When.
    pub entered_at: Timestamp,
    /// How it stands.
    pub state: HoursIs,
    /// A wish about it waits on this computer, or was refused.
    pub pending: Option<ItemState>,
    /// Whether whoever sits here may approve or refuse it.
    pub may_answer: bool,
    /// Whether it is another's to approve, because whoever sits here entered it or it is their own.
    pub others: bool,
    /// Whether whoever sits here may take it back.
    pub may_withdraw: bool,
    /// Whether it may be corrected.
    pub may_correct: bool,
}

/// How an entry stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum HoursIs {
    /// 待审批
    Waiting,
    /// 已认定
    Approved {
        /// By whom.
        by: String,
        /// When.
        at: Timestamp,
        /// Its place in the chain.
        #[ts(type = "number")]
        seq: u64,
        /// Its hash.
        hash: String,
    },
    /// 已更正: another approved entry is in place of it.
    Corrected {
        /// What holds instead.
        minutes: u32,
    },
    /// 未认定
    Refused {
        /// By whom.
        by: String,
        /// Why.
        reason: String,
    },
    /// 已撤回
    Withdrawn,
}

/// A certificate in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ProofLine {
    /// Which.
    pub id: Id<HoursProof>,
    /// As it is printed.
    pub number: String,
    /// From this day.
    pub from: Date,
    /// To this day.
    pub to: Date,
    /// In all.
    pub minutes: u32,
    /// On which day.
    pub issued: Date,
    /// By which desk; by one's own asking if `None`.
    pub by_name: Option<String>,
}

/// `hours.shifts`: shifts at which people come or came lately, for whoever marks them.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursShifts")]
pub struct Shifts {}

/// The shifts.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DutyShifts {
    /// Those of today first, then the latest first.
    pub shifts: Vec<DutyShift>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DutyShift {
    /// Which.
    pub id: Id<Shift>,
    /// Post title.
    pub title: String,
    /// Where to meet.
    pub meeting_point: String,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// It is today.
    pub today: bool,
    /// Whether people may be marked now.
    pub may_mark: bool,
    /// People who said they come.
    pub people: u32,
    /// Of whom nothing was said.
    pub unmarked: u32,
    /// Who came.
    pub came: u32,
    /// Who is still there long after the end, pupils among them.
    pub overstays: u32,
    /// Whether whoever sits here is there for its volunteers: 带班.
    pub supervised: bool,
    /// Whether guests from outside may be written down for it.
    pub invites: bool,
}

/// `hours.roll`: who of a shift came.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursRoll")]
pub struct Roll {
    /// Which shift.
    pub shift: Id<Shift>,
    /// Shows only whoever is called so: a name, pinyin, initials; everybody if empty.
    pub find: String,
    /// Shows only families of this class.
    #[serde(default)]
    pub class: Option<Id<Place>>,
}

/// The roll of a shift.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DutyRoll {
    /// The shift.
    pub shift: DutyShift,
    /// When people may be marked, if that is still to come.
    pub opens: Option<Zoned>,
    /// The school's now.
    pub now: Timestamp,
    /// By name.
    pub people: Vec<DutyLine>,
    /// Classes of which two or more families come, in the order of the school's tree.
    pub classes: Vec<DutyClass>,
    /// Marks that wait on this computer.
    pub waiting: u32,
    /// When this reads otherwise by time alone.
    pub turns: Option<Timestamp>,
}

/// A class of which families come to a shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DutyClass {
    /// Which.
    pub place: PlaceName,
    /// How many people.
    pub people: u32,
}

/// One person of a shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DutyLine {
    /// Who.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// Guardian of these children, where the desk knows them.
    pub of: Vec<String>,
    /// What holds, with what waits on this computer.
    pub said: Option<DutySaid>,
    /// Whole minutes from in to out.
    pub minutes: Option<u32>,
    /// Marks on the row: `hours.mark` names them as seen.
    pub seen: u32,
    /// What was said, the last of it last.
    pub marks: Vec<DutyMark>,
    /// Two desks said different things.
    pub disputed: bool,
    /// Still there long after the end.
    pub overstays: bool,
    /// Comes from outside.
    pub guest: Option<super::guest::GuestOf>,
    /// The entry that follows.
    pub entry: Option<HoursIs>,
    /// A mark that waits on this computer, or was refused.
    pub waits: Option<ItemState>,
}

/// `hours.mark`: says who came; all of them are saved, or none.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursMark")]
pub struct Mark {
    /// Which shift.
    pub shift: Id<Shift>,
    /// Of whom.
    pub people: Vec<DutyWish>,
}

/// `hours.request`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursRequest")]
pub struct Request {
    /// The place whose desks approve it.
    pub place: Id<Place>,
    /// What it was.
    pub title: String,
    /// A programme tag; may be empty.
    pub programme: String,
    /// On which day.
    pub day: Date,
    /// How long.
    pub minutes: u32,
    /// What shows it.
    pub evidence: String,
    /// Files that show it, as they were given; at most four.
    #[serde(default)]
    pub files: Vec<xinmei_model::Attachment>,
    /// 代办: for whom.
    pub on_behalf_of: Option<Proxy>,
}

/// `hours.approve`: several at once; each is a wish of its own.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursApprove")]
pub struct Approve {
    /// Which, with the minutes that were looked at.
    pub entries: Vec<SeenHours>,
}

/// An entry as it was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SeenHours {
    /// Which.
    pub entry: Id<HoursEntry>,
    /// The minutes that were looked at.
    pub minutes: u32,
}

/// `hours.refuse`: several for one reason; each is a wish of its own.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursRefuse")]
pub struct Refuse {
    /// Which.
    pub entries: Vec<Id<HoursEntry>>,
    /// For the volunteer to read.
    pub reason: String,
}

/// `hours.withdraw`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursWithdraw")]
pub struct Withdraw {
    /// Which.
    pub entry: Id<HoursEntry>,
}

/// `hours.correct`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursCorrect")]
pub struct Correct {
    /// Which.
    pub entry: Id<HoursEntry>,
    /// What holds, in minutes.
    pub minutes: u32,
    /// Why.
    pub reason: String,
}
