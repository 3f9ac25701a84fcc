//! 社区客人: who comes from outside, on which day, and who receives them.

use jiff::{Timestamp, Zoned, civil::Date};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{DutySaid, Id, Person, Shift};

use super::{profile::StaffName, sync::ItemState};

/// `volunteer.guests`: guests at the posts whose people the hat marks, and those one receives oneself.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerGuests")]
pub struct Guests {}

/// Guests.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerGuestsFound")]
pub struct GuestsFound {
    /// Of the last four weeks and ahead, by day.
    pub guests: Vec<GuestView>,
    /// Who can receive somebody, by name; empty where the hat writes nobody down.
    pub staff: Vec<StaffName>,
    /// Whom somebody here wrote down and the school has not answered for yet.
    pub waiting: Vec<GuestWaiting>,
}

/// A guest who is written down on this computer alone.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GuestWaiting {
    /// The person they will be.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// From where; may be empty.
    pub organisation: String,
    /// For which shifts.
    pub shifts: Vec<Id<Shift>>,
    /// How it stands.
    pub state: ItemState,
}

/// A guest.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GuestView {
    /// Which.
    pub guest: Id<xinmei_model::Guest>,
    /// The person, without an account.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// From where; may be empty.
    pub organisation: String,
    /// How they are reached; empty from the day after.
    pub phone: String,
    /// Who said that they agree to be written down, and how.
    pub agreed: String,
    /// Who receives them.
    pub sponsor: StaffName,
    /// Whether that person works here on the guest's day: a guest without them is let in by the desk alone.
    pub received: bool,
    /// Whether one receives them oneself.
    pub mine: bool,
    /// Whether the hat may take them out and let somebody else receive them.
    pub may_change: bool,
    /// The one day.
    #[ts(type = "string")]
    pub day: Date,
    /// When somebody said that they came.
    pub came: Option<Timestamp>,
    /// Post title.
    pub title: String,
    /// Where to meet.
    pub meeting_point: String,
    /// Their shifts, by start.
    pub shifts: Vec<GuestShift>,
    /// Who wrote them down.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// A wish about them waits on this computer, or was refused.
    pub pending: Option<ItemState>,
}

/// A shift of a guest.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GuestShift {
    /// Which.
    pub shift: Id<Shift>,
    /// From when.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// It was called off, or given back.
    pub off: bool,
    /// What was said of them.
    pub said: Option<DutySaid>,
}

/// As what somebody comes who belongs to nobody here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GuestOf {
    /// Which guest.
    pub guest: Id<xinmei_model::Guest>,
    /// From where; may be empty.
    pub organisation: String,
    /// Who receives them.
    pub sponsor: String,
    /// Whether that person works here on the guest's day.
    pub received: bool,
}

/// `volunteer.add-guest`: writes a guest down.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerAddGuest")]
pub struct AddGuest {
    /// Name.
    pub name: String,
    /// From where; may be empty.
    pub organisation: String,
    /// How they are reached on the day; may be empty.
    pub phone: String,
    /// Who said that they agree, and how.
    pub agreed: String,
    /// Who receives them.
    pub sponsor: Id<Person>,
    /// Shifts of one post on one day.
    pub shifts: Vec<Id<Shift>>,
}

/// `volunteer.guest-pass`: 来访证, made on this computer from what the school signed.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "VolunteerGuestPass")]
pub struct ShowPass {
    /// Whose.
    pub guest: Id<xinmei_model::Guest>,
}

/// A pass.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GuestPass {
    /// Of which school.
    pub school: String,
    /// Name.
    pub name: String,
    /// From where; may be empty.
    pub organisation: String,
    /// Who receives them.
    pub sponsor: String,
    /// The one day on which it counts.
    #[ts(type = "string")]
    pub day: Date,
    /// Post title.
    pub title: String,
    /// Where to meet.
    pub meeting_point: String,
    /// One code for each shift that stands; empty until the school has signed them.
    pub codes: Vec<PassCode>,
}

/// The code of one shift.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "GuestPassCode")]
pub struct PassCode {
    /// From when.
    pub starts: Zoned,
    /// Until when.
    pub ends: Zoned,
    /// In letters.
    pub code: String,
    /// QR code: modules, row by row, `true` is dark; a square.
    pub qr: Vec<Vec<bool>>,
}
