//! Notices that repeat.

use jiff::Zoned;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{HolidayName, Id, Series};

use super::notice::Send;

/// `series.times`: when a rule comes, before anything is sent.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "SeriesTimes")]
pub struct Ask {
    /// An RRULE of RFC 5545: `FREQ=WEEKLY;BYDAY=MO;COUNT=8`.
    pub rule: String,
    /// Where it begins.
    pub from: Zoned,
    /// Not on public holidays.
    #[serde(default)]
    pub skip_holidays: bool,
}

/// When it comes.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Times {
    /// The times, on the school's clock; none where the rule cannot be used.
    pub times: Vec<Zoned>,
    /// Those that are left out, and why.
    pub left_out: Vec<LeftOutTime>,
    /// Holidays it falls on, where nobody asked to leave them out.
    pub on_holidays: Vec<LeftOutTime>,
    /// The first that falls on a day of which nothing was announced yet: it may turn out to be a holiday.
    pub not_announced: Option<Zoned>,
    /// There are more of them than a notice may repeat.
    pub too_many: bool,
}

/// A time that falls on a holiday.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LeftOutTime {
    /// When it would come.
    pub at: Zoned,
    /// The holiday.
    pub name: HolidayName,
}

/// `series.send`: a notice that repeats; its `send_at` is where the rule begins.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "SeriesSend")]
pub struct Begin {
    /// As it is sent the first time.
    pub notice: Send,
    /// An RRULE of RFC 5545.
    pub rule: String,
    /// Not on public holidays.
    #[serde(default)]
    pub skip_holidays: bool,
}

/// `series.list`: those of whoever sits here that are not over, the next one first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "SeriesList")]
pub struct List {}

/// The series.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AllSeries {
    /// Those that are not over.
    pub series: Vec<SeriesLine>,
}

/// One series.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SeriesLine {
    /// Which.
    pub id: Id<Series>,
    /// The title of its notices.
    pub title: String,
    /// The times to come.
    pub coming: Vec<Zoned>,
    /// How often it comes in all.
    pub of: u32,
}

/// `series.end`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "SeriesEnd")]
pub struct End {
    /// Which.
    pub series: Id<Series>,
}
