//! Tickets and badges, and the camera that reads them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Booking, Id, Session};

/// `check-in.badges`: QR codes for badges of a session, in the order of the sheet.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInBadges")]
pub struct Badges {
    /// Which session.
    pub session: Id<Session>,
}

/// Badges to print.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BadgeSheet {
    /// One for each party.
    pub badges: Vec<Ticket>,
}

/// `check-in.ticket`: what a family shows at the gate.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInTicket")]
pub struct ShowTicket {
    /// Of which booking.
    pub booking: Id<Booking>,
}

/// A ticket.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Ticket {
    /// Of which booking.
    pub booking: Id<Booking>,
    /// In letters, for a gate whose scanner does not work.
    pub code: String,
    /// QR code: modules, row by row, `true` is dark; a square.
    pub qr: Vec<Vec<bool>>,
}

/// `check-in.look`: what the camera sees now. The camera is open while it is asked for, and closed soon after.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CheckInLook")]
pub struct Look {}

/// What the camera sees.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Seen {
    /// A small picture, JPEG in base64, to aim by.
    pub picture: String,
    /// What is written in the QR code in it, if there is one.
    pub code: Option<String>,
}

/// 已签到: a party that was let in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PartyIn {
    /// People of it.
    pub people: u32,
    /// At which gate first.
    pub gate_name: String,
    /// When, as that gate's clock said.
    pub at: Timestamp,
    /// All of them have left again.
    pub left: bool,
}
