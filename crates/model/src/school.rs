//! The school, its years, and the tree of places every audience is picked from.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use crate::{Change, Feed, Id, QuietHours};

/// The school itself and the settings its rules read. One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct School {
    /// Identity; also led by every key on a server with several schools.
    pub id: Id<School>,
    /// 江畔实验小学
    pub name: String,
    /// IANA time zone name; every wall time of this school is in it.
    pub zone: String,
    /// How long a notice stands in its author's hands before it goes out, in seconds.
    pub hold_s: u32,
    /// How long a waitlisted family may think about an offered seat, in minutes.
    pub offer_min: u32,
    /// When nothing goes out to families.
    #[serde(default)]
    pub quiet: Option<QuietHours>,
    /// When staff are told nothing; those of families if `None`.
    #[serde(default)]
    pub quiet_staff: Option<QuietHours>,
    /// How long it takes from one campus to another, in minutes; 0 where they lie side by side.
    #[serde(default = "usual_travel")]
    pub travel_min: u32,
}

/// Half an hour through a city, until the school says better.
const fn usual_travel() -> u32 {
    School::USUAL_TRAVEL_MIN
}

impl School {
    /// Minutes from one campus to another, until the school says better.
    pub const USUAL_TRAVEL_MIN: u32 = 30;

    /// The zone as jiff knows it; UTC if the name is unknown, which `xinmei-server` refuses at start.
    #[must_use]
    pub fn time_zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// The school's calendar day at an instant: rights and roles begin and end with a day.
    #[must_use]
    pub fn day(&self, now: Timestamp) -> Date {
        now.to_zoned(self.time_zone()).date()
    }
}

/// A school year 学年 with its terms 学期; dated data, never computed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Year {
    /// Identity.
    pub id: Id<Year>,
    /// The calendar year it begins in: 2026 for 2026—2027.
    pub begins_in: i16,
    /// First day.
    pub from: Date,
    /// Last day, inclusive.
    pub to: Date,
    /// The terms, in order.
    pub terms: Vec<Term>,
}

impl Year {
    /// The school year a day belongs to: the one begun last; before the first, the first.
    #[must_use]
    pub fn of(years: &[Self], day: Date) -> Option<&Self> {
        let begun = years.iter().filter(|year| year.from <= day).max_by_key(|year| year.from);
        begun.or_else(|| years.iter().min_by_key(|year| year.from))
    }

    /// The school year a roster is of that does not say it itself, by the calendar year it begins in: from August on
    /// the one that begins this autumn.
    #[must_use]
    pub fn for_roster(day: Date) -> i16 {
        if day.month() >= FIRST_MONTH { day.year() } else { day.year().saturating_sub(1) }
    }

    /// A school year with the usual dates, which the school may set right. It begins with the day its roster was
    /// taken, at the latest on the day from which [`Self::for_roster`] expects it: children stand in their new
    /// classes from then on, and [`Self::of`] must name those by the new year.
    ///
    /// # Errors
    /// If the calendar ends before the year does.
    pub fn usual(id: Id<Self>, begins_in: i16, taken: Date) -> Result<Self, jiff::Error> {
        let next = begins_in.saturating_add(1);
        let terms = vec![
            Term {
                name: format!("{begins_in} 秋"),
                from: Date::new(begins_in, 9, 1)?,
                to: Date::new(next, 1, 20)?,
            },
            Term { name: format!("{next} 春"), from: Date::new(next, 2, 20)?, to: Date::new(next, 7, 10)? },
        ];
        let from = taken.min(Date::new(begins_in, FIRST_MONTH, 1)?);
        Ok(Self { id, begins_in, from, to: Date::new(next, FIRST_MONTH, 1)?.yesterday()?, terms })
    }
}

/// The month in which schools turn to the next school year.
const FIRST_MONTH: i8 = 8;

/// Puts a school year where it belongs: everybody names classes by it.
#[must_use]
pub fn put_year(year: Year) -> Change {
    Change::put(year, [Feed::School])
}

/// Puts a place where it belongs: everybody picks and names places.
#[must_use]
pub fn put_place(place: Place) -> Change {
    Change::put(place, [Feed::School])
}

/// A term 学期.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// 2026 秋
    pub name: String,
    /// First day.
    pub from: Date,
    /// Last day, inclusive.
    pub to: Date,
}

/// How deep a place stands in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The whole school.
    School,
    /// 校区
    Campus,
    /// 年级, as a cohort on one campus
    Grade,
    /// 班级, as a cohort
    Class,
}

/// A place in the tree: school → campus → grade → class.
///
/// A grade and a class are cohorts with a lasting identity ("2024级2班"); what they are called follows from the
/// school year ([`Place::grade_in`]).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Identity.
    pub id: Id<Place>,
    /// Depth.
    pub level: Level,
    /// This place and everything above it, the school first. The last entry is `id` itself.
    pub path: Vec<Id<Place>>,
    /// The name of a school or campus; empty for cohorts, whose name follows from the year.
    pub name: String,
    /// The calendar year the cohort entered the first grade; grades and classes only.
    pub cohort: Option<i16>,
    /// 2 in "2班"; classes only.
    pub number: Option<u8>,
}

impl Place {
    /// Whether this place is `other` or lies below it.
    #[must_use]
    pub fn within(&self, other: Id<Place>) -> bool {
        self.path.contains(&other)
    }

    /// The grade this cohort is in during the school year that begins in `year`; 1 is the first.
    #[must_use]
    pub fn grade_in(&self, year: i16) -> Option<i16> {
        self.cohort.map(|cohort| year - cohort + 1)
    }
}
