//! What a person has booked and taken over, for the calendar they use anyway.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Booking, Id};

use super::{sync::ItemState, table::Language};

/// `calendar.link`: the address at which a calendar program reads it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CalendarLook")]
pub struct Look {
    /// In which language whoever reads at the address is told how things stand: the address says it.
    pub language: Language,
}

/// A person's address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "CalendarAddress")]
pub struct Address {
    /// When it was made; there is none if `None`.
    pub made: Option<Timestamp>,
    /// Where it is; `None` on every computer but the one that made it, because nobody else knows its secret.
    pub address: Option<String>,
    /// The school's certificate is of its own authority, which most calendar programs do not know.
    pub private: bool,
    /// How a wish about it stands that the school has not settled.
    pub pending: Option<ItemState>,
}

/// `calendar.make`: a new address; an earlier one ends.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CalendarMake")]
pub struct Make {}

/// `calendar.end`: the address leads nowhere any more.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CalendarEnd")]
pub struct End {}

/// `calendar.save`: one booking as an `.ics` file into the folder of downloads, under a name nothing has there.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CalendarSave")]
pub struct Save {
    /// Which.
    pub booking: Id<Booking>,
    /// In which language it says how it stands.
    pub language: Language,
}

/// `calendar.print`: all of it, as an `.ics` file reads.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "CalendarPrint")]
pub struct Print {
    /// In which language it says how things stand.
    pub language: Language,
}

/// A calendar (RFC 5545).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "CalendarText")]
pub struct Text {
    /// Its lines.
    pub content: String,
}
