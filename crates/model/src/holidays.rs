//! What each day is: a holiday, a weekend that is worked, or as its weekday says. And what nobody knows yet.

use std::{
    collections::BTreeMap,
    sync::{Arc, LazyLock},
};

use jiff::{
    ToSpan as _,
    civil::{Date, date},
};
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Announcement, Change, Decision, Facts, Feed, HolidayKey, HolidayKind, HolidayYear, Kind, List,
    Refusal, Stop, holiday_file,
    holiday_year::{HolidayName, HolidaySpan, is_weekend, next_year},
    limits, quiet,
};

/// Carried with this version, for schools that brought nothing in.
const CARRIED: [&str; 2] =
    [include_str!("../data/holidays/2025.holidays"), include_str!("../data/holidays/2026.holidays")];

/// Signed like every other; one that would not be would count for nothing.
static KNOWN: LazyLock<Vec<Arc<Announcement>>> = LazyLock::new(|| {
    let open = |file: &&str| holiday_file::open(file, HolidayKey::trusted()).ok().map(Arc::new);
    CARRIED.iter().filter_map(open).collect()
});

/// What a day is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum DayKind {
    /// 放假, whatever its weekday.
    Holiday {
        /// Which.
        name: HolidayName,
    },
    /// 调休上班: a Saturday or Sunday that is worked.
    MakeUpWorkday {
        /// For which holiday.
        name: HolidayName,
    },
    /// Saturday or Sunday.
    Weekend,
    /// Monday to Friday.
    Workday,
    /// Nothing was announced for it yet; its weekday is known and nothing more.
    NotAnnounced {
        /// It is a Saturday or Sunday.
        weekend: bool,
    },
}

impl DayKind {
    /// The holiday, if it is one.
    #[must_use]
    pub fn holiday(self) -> Option<HolidayName> {
        if let Self::Holiday { name } = self { Some(name) } else { None }
    }
}

/// What is known of all years: of each the newest announcement, of those carried with this version and those the school
/// brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holidays(BTreeMap<i16, Arc<Announcement>>);

impl Holidays {
    /// Those carried with this version.
    #[must_use]
    pub fn carried() -> Self {
        Self::over(&KNOWN)
    }

    /// With those the school brought in.
    #[must_use]
    pub fn of<'r>(rows: impl IntoIterator<Item = &'r HolidayYear>) -> Self {
        let mut holidays = Self::carried();
        for row in rows {
            holidays.take(&Arc::new(row.said.clone()));
        }
        holidays
    }

    fn over(known: &[Arc<Announcement>]) -> Self {
        let mut holidays = Self(BTreeMap::new());
        for said in known {
            holidays.take(said);
        }
        holidays
    }

    fn take(&mut self, said: &Arc<Announcement>) {
        if self.0.get(&said.year).is_none_or(|known| known.age() < said.age()) {
            self.0.insert(said.year, Arc::clone(said));
        }
    }

    /// What was announced for a year; `None` as long as nothing was.
    #[must_use]
    pub fn year(&self, year: i16) -> Option<&Announcement> {
        self.0.get(&year).map(Arc::as_ref)
    }

    /// The years something was announced for, the first first.
    pub fn years(&self) -> impl DoubleEndedIterator<Item = &Announcement> {
        self.0.values().map(Arc::as_ref)
    }

    /// Whether everything that will be said of a day was said. The days after Christmas are settled with the year to
    /// come: 29 December 2018, a Saturday, was worked by the announcement for 2019.
    #[must_use]
    pub fn is_announced(&self, day: Date) -> bool {
        let old_years = date(day.year(), 12, limits::OLD_YEAR_FROM);
        self.0.contains_key(&day.year()) && (day < old_years || self.0.contains_key(&next_year(day)))
    }

    /// Holidays and worked weekends of which a day lies between these two, both included; by date.
    #[must_use]
    pub fn spans(&self, from: Date, to: Date) -> Vec<HolidaySpan> {
        let all = self.years().flat_map(Announcement::spans);
        let mut spans: Vec<_> = all.filter(|span| span.from <= to && from <= span.to).collect();
        spans.sort_by_key(|span| span.from);
        spans
    }

    /// Whether there is school on a day, as far as is known: Monday to Friday that is no holiday, and a weekend that is
    /// worked.
    #[must_use]
    pub fn is_school_day(&self, day: Date) -> bool {
        match self.day(day) {
            DayKind::Workday | DayKind::MakeUpWorkday { .. } => true,
            DayKind::Holiday { .. } | DayKind::Weekend => false,
            DayKind::NotAnnounced { weekend } => !weekend,
        }
    }

    /// The next school days after a day, as far as is known; at most [`limits::DAYS_ASKED`], and within three years.
    #[must_use]
    pub fn school_days_after(&self, day: Date, count: usize) -> Vec<Date> {
        let ahead = day.series(1.day()).skip(1).take(3 * 366);
        ahead.filter(|day| self.is_school_day(*day)).take(count.min(limits::DAYS_ASKED)).collect()
    }

    /// What a day is.
    #[must_use]
    pub fn day(&self, day: Date) -> DayKind {
        let said = [day.year(), next_year(day)].into_iter().filter_map(|year| self.year(year));
        // Of two announcements that name it, the later one knew of the other.
        let named = said.filter_map(|said| Some((said.age(), said.day(day)?))).max_by_key(|(age, _)| *age);
        match named {
            Some((_, found)) => {
                let name = found.name();
                match found.kind {
                    HolidayKind::Holiday => DayKind::Holiday { name },
                    HolidayKind::Workday => DayKind::MakeUpWorkday { name },
                }
            }
            None if !self.is_announced(day) => DayKind::NotAnnounced { weekend: is_weekend(day) },
            None if is_weekend(day) => DayKind::Weekend,
            None => DayKind::Workday,
        }
    }
}

/// What a school knows of holidays.
///
/// # Errors
/// [`Stop::Needs`] until the rows were loaded.
pub fn holidays(facts: &Facts) -> Result<Holidays, Stop> {
    let rows = facts.list::<HolidayYear>(List::All(Kind::HolidayYear), limits::ROWS_PER_LIST)?;
    Ok(Holidays::of(rows))
}

/// Brings a holiday file in, by whoever settles things for the whole school.
pub(crate) fn set(facts: &Facts, actor: &Actor, file: &str) -> Decision {
    quiet::require_settler(facts, actor)?;
    bring_in(facts, file)
}

/// Brings a holiday file in: the same for an administrator and for the server's own console. The same one again changes
/// nothing.
///
/// # Errors
/// What [`holiday_file::open`](crate::open_holidays) refuses; [`Refusal::HolidaysOlder`] where a newer one is known;
/// [`Stop::Needs`] until what is known was loaded.
pub fn bring_in(facts: &Facts, file: &str) -> Decision {
    let said = holiday_file::open(file, HolidayKey::trusted())?;
    let known = holidays(facts)?;
    match known.year(said.year) {
        Some(known) if *known == said => return Ok(Vec::new()),
        Some(known) if known.age() >= said.age() => {
            let (year, published) = (known.year, known.published);
            return Err(Refusal::HolidaysOlder { year, published, edition: known.edition }.into());
        }
        _ => {}
    }
    let id = HolidayYear::of(facts.school()?.id, said.year);
    Ok(vec![Change::put(HolidayYear { id, said }, [Feed::School])])
}
