//! Public holidays, and the weekends that are worked for them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{DayKind, HolidaySpan};

/// `holidays.days`: what each of these days is.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HolidaysDays")]
pub struct Days {
    /// Which; at most a school year of them is answered.
    pub days: Vec<Date>,
}

/// What each day is, in the order they were asked.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DayKinds {
    /// The days.
    pub days: Vec<DayView>,
}

/// What one day is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DayView {
    /// Which.
    pub date: Date,
    /// What it is.
    pub kind: DayKind,
}

/// `holidays.school-days`: the next days on which there is school.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HolidaysSchoolDays")]
pub struct SchoolDays {
    /// After this day.
    pub after: Date,
    /// How many; at most a school year of them is answered.
    pub count: u32,
}

/// School days, as far as they are known.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SchoolDaysAhead {
    /// The days, in order.
    pub days: Vec<Date>,
    /// Holidays among them that are left out, and weekends that are worked.
    pub spans: Vec<HolidaySpan>,
    /// The first of the days of which nothing was announced yet: it may turn out to be a holiday.
    pub not_announced: Option<Date>,
}

/// `holidays.soon`: what is not as its weekday says in the weeks to come.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HolidaysSoonAsk")]
pub struct Soon {}

/// Holidays and worked weekends to come.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HolidaysSoon")]
pub struct SoonSpans {
    /// By date; one that has begun is there until it is over.
    pub spans: Vec<HolidaySpan>,
    /// The calendar year of which nothing was announced, where these weeks reach into it.
    pub not_announced: Option<i16>,
}

/// `holidays.list`: what is known, year by year.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HolidaysList")]
pub struct List {}

/// What is known of each year.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct HolidayYears {
    /// The latest first.
    pub years: Vec<HolidayYearView>,
    /// This year and the next, as far as nothing was announced.
    pub not_announced: Vec<i16>,
}

/// One year.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct HolidayYearView {
    /// Which.
    pub year: i16,
    /// When it was announced.
    pub published: Date,
    /// Which edition of the file.
    pub edition: u32,
    /// Where it can be read.
    pub source: String,
    /// The school brought it in; else it is carried with this version.
    pub brought_in: bool,
    /// By date.
    pub spans: Vec<HolidaySpan>,
}

/// `holidays.set`: bring a year in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HolidaysSet")]
pub struct Set {
    /// A signed holiday file, whole.
    pub file: String,
}
