//! On the day: one's own shifts near their time, the code one shows, and the kiosk that reads it.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{DutySaid, DutyScan, Id, Person, Shift};

use super::sync::ItemState;

/// `hours.own-duty`: shifts one comes to from three hours before they begin until three hours after they end.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursOwnDuty")]
pub struct Own {}

/// One's own shifts near their time.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OwnDuties {
    /// By start.
    pub duties: Vec<OwnDuty>,
    /// When this reads otherwise by time alone.
    pub turns: Option<Timestamp>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OwnDuty {
    /// Which.
    pub shift: Id<Shift>,
    /// Post title.
    pub title: String,
    /// Where to meet.
    pub meeting_point: String,
    /// How the work is done, step by step; empty where the post has none.
    pub handbook: String,
    /// When.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// What was said of one, with what waits on this computer.
    pub said: Option<DutySaid>,
    /// Who said it last; one's own name where one said it oneself, empty where the clock did or nothing was said.
    pub by: String,
    /// Whether one may say that one left.
    pub may_leave: bool,
    /// Whether there is a code to show: the school has signed it, and one has not left.
    pub has_code: bool,
    /// That one left waits on this computer, or was refused.
    pub waits: Option<ItemState>,
}

/// `hours.code`: what one shows at the meeting point.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursCode")]
pub struct ShowCode {
    /// Of which shift.
    pub shift: Id<Shift>,
}

/// A code.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DutyCode {
    /// One's name, as the kiosk says it.
    pub name: String,
    /// In letters.
    pub code: String,
    /// QR code: modules, row by row, `true` is dark; a square.
    pub qr: Vec<Vec<bool>>,
}

/// `hours.check-out`: says that one left a shift now.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursCheckOut")]
pub struct CheckOut {
    /// Which.
    pub shift: Id<Shift>,
    /// When; now if `None`.
    pub until: Option<Timestamp>,
}

/// `hours.scan`: what was read at the meeting point of a shift. Whoever it is of is checked in, or out, at once.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursScan")]
pub struct Scan {
    /// At which shift.
    pub shift: Id<Shift>,
    /// What was read.
    pub code: String,
}

/// What it came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
#[ts(rename = "DutyScanned")]
pub enum Scanned {
    /// Somebody of this shift; what is said of them was saved where something is.
    Person {
        /// Who.
        person: Id<Person>,
        /// Name.
        name: String,
        /// What it comes to.
        what: DutyScan,
        /// Comes from outside: who receives them is said beside the name.
        guest: Option<super::guest::GuestOf>,
    },
    /// A guest whom nobody receives: the desk alone lets them in.
    NobodyReceives {
        /// Name.
        name: String,
    },
    /// Somebody of another shift that this computer knows.
    OtherShift {
        /// Name.
        name: String,
        /// Post title.
        title: String,
        /// When.
        starts: Zoned,
        /// Until when.
        ends: Zoned,
    },
    /// Somebody who gave this shift back.
    GaveBack {
        /// Name.
        name: String,
    },
    /// The school signed it, and this computer does not know it: of another post, or taken a moment ago.
    NotHere,
    /// The school did not sign it.
    Forged,
    /// It is no code of a volunteer.
    Unreadable,
}
