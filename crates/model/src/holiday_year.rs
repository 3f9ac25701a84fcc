//! The public holidays of one year and the weekends that are worked for them, as the State Council announces them, about
//! in November of the year before. Data, never computed: which weekend is worked follows from no rule.

use jiff::{civil::Date, civil::Weekday};
use serde::{Deserialize, Serialize};

use crate::{Id, Refusal, limits, school::School};

/// What is announced of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum HolidayKind {
    /// 放假
    Holiday,
    /// 调休上班: a Saturday or Sunday that is worked for a holiday.
    Workday,
}

/// A holiday's name in each language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct HolidayName {
    /// 春节
    pub zh: String,
    /// Spring Festival
    pub en: String,
}

/// A day that is not as its weekday says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HolidayDay {
    /// Which.
    pub date: Date,
    /// What it is.
    pub kind: HolidayKind,
    /// The holiday, 春节; of a day that is worked, for which: up to [`limits::HOLIDAY_ZH_CHARS`].
    pub zh: String,
    /// The same in English: up to [`limits::HOLIDAY_EN_CHARS`].
    pub en: String,
}

impl HolidayDay {
    /// The holiday, or for which.
    #[must_use]
    pub fn name(&self) -> HolidayName {
        HolidayName { zh: self.zh.clone(), en: self.en.clone() }
    }
}

/// What was announced for one year: the payload of a holiday file, format 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Announcement {
    /// The calendar year.
    pub year: i16,
    /// The day it was announced.
    pub published: Date,
    /// 1; more where a file was made anew for the same announcement, because the one before had a mistake.
    pub edition: u32,
    /// Where it can be read, with its number: up to [`limits::HOLIDAY_SOURCE_CHARS`].
    pub source: String,
    /// The days that are not as their weekday says, in order, each once: up to [`limits::HOLIDAY_DAYS`]. All in the year,
    /// or in the December before: the first of January may be joined to a weekend of the old year.
    pub days: Vec<HolidayDay>,
}

/// What was announced for one year, as the school brought it in. One row a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HolidayYear {
    /// Follows from the school and the year.
    pub id: Id<HolidayYear>,
    /// What was announced.
    pub said: Announcement,
}

/// Days in a row that are the same: 春节, 15 to 23 February.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct HolidaySpan {
    /// The first.
    pub from: Date,
    /// The last; the first itself where it is one day.
    pub to: Date,
    /// What they are.
    pub kind: HolidayKind,
    /// The holiday, or for which.
    pub name: HolidayName,
}

impl HolidayYear {
    /// Where that of a year is kept.
    #[must_use]
    pub fn of(school: Id<School>, year: i16) -> Id<Self> {
        crate::derived(&format!("holidays/{year}"), school.uuid(), school.uuid())
    }
}

/// Whether a day is a Saturday or Sunday.
#[must_use]
pub fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

impl Announcement {
    /// Which of two for one year counts: the greater one.
    #[must_use]
    pub fn age(&self) -> (Date, u32) {
        (self.published, self.edition)
    }

    /// What is said of a day, if it is not as its weekday says.
    #[must_use]
    pub fn day(&self, date: Date) -> Option<&HolidayDay> {
        self.days.binary_search_by_key(&date, |day| day.date).ok().and_then(|at| self.days.get(at))
    }

    /// Its days, those in a row taken together.
    #[must_use]
    pub fn spans(&self) -> Vec<HolidaySpan> {
        let mut spans: Vec<HolidaySpan> = Vec::new();
        for day in &self.days {
            let same = |last: &&mut HolidaySpan| {
                let next = last.to.tomorrow().is_ok_and(|next| next == day.date);
                next && last.kind == day.kind && last.name.zh == day.zh
            };
            match spans.last_mut().filter(same) {
                Some(last) => last.to = day.date,
                None => {
                    spans.push(HolidaySpan { from: day.date, to: day.date, kind: day.kind, name: day.name() })
                }
            }
        }
        spans
    }

    /// Refuses what cannot be meant, and names it.
    ///
    /// # Errors
    /// [`Refusal::HolidayFileWrong`], with the field or the day.
    pub fn check(&self) -> Result<(), Refusal> {
        let wrong = |what: &str| Err(Refusal::HolidayFileWrong { what: what.to_owned() });
        if !limits::HOLIDAY_YEARS.contains(&self.year) {
            return wrong("year");
        }
        let announced = self.published.year();
        if announced != self.year && announced.saturating_add(1) != self.year {
            return wrong("published");
        }
        if self.edition == 0 {
            return wrong("edition");
        }
        if !says(&self.source, limits::HOLIDAY_SOURCE_CHARS) {
            return wrong("source");
        }
        if self.days.is_empty() || self.days.len() > limits::HOLIDAY_DAYS {
            return wrong("days");
        }
        let mut last = None;
        for day in &self.days {
            let date = day.date;
            let near = date.year() == self.year || (date.month() == 12 && next_year(date) == self.year);
            let worked_weekend = day.kind == HolidayKind::Holiday || is_weekend(date);
            let named = says(&day.zh, limits::HOLIDAY_ZH_CHARS) && says(&day.en, limits::HOLIDAY_EN_CHARS);
            if !near || !worked_weekend || !named || last.is_some_and(|last| last >= date) {
                return wrong(&date.to_string());
            }
            last = Some(date);
        }
        Ok(())
    }
}

/// The year after that of a day.
pub(crate) fn next_year(date: Date) -> i16 {
    date.year().saturating_add(1)
}

fn says(text: &str, most: usize) -> bool {
    !text.trim().is_empty() && text.chars().count() <= most && !text.chars().any(char::is_control)
}
