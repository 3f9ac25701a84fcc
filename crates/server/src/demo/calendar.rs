//! School days around today, a clock that is set by hand, and small deterministic chance.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp, ToSpan, Zoned, civil::Date, tz::TimeZone};

use xinmei_model::Year;

use crate::{Fail, Result, edge::Clock};

/// A clock that is set by hand and never runs backwards.
pub(super) struct Hands(Mutex<Timestamp>);

impl Hands {
    pub(super) fn new(at: Timestamp) -> Self {
        Self(Mutex::new(at))
    }

    /// Sets it; an earlier time is a moment after the last one.
    pub(super) fn set(&self, at: Timestamp) {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let next = held.saturating_add(SignedDuration::from_millis(1)).unwrap_or(*held);
        *held = at.max(next);
    }
}

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The days around a moment.
#[derive(Clone)]
pub(super) struct Days {
    now: Zoned,
}

impl Days {
    pub(super) fn around(now: Timestamp, zone: &TimeZone) -> Self {
        Self { now: now.to_zoned(zone.clone()) }
    }

    /// The moment itself.
    pub(super) fn now(&self) -> Timestamp {
        self.now.timestamp()
    }

    /// The first day of the school year a roster handed in today is of.
    pub(super) fn year_begins(&self) -> Result<Timestamp> {
        let begins = Date::new(Year::for_roster(self.now.date()), 8, 1).map_err(Fail::broken)?;
        Ok(begins.to_zoned(self.now.time_zone().clone()).map_err(Fail::broken)?.timestamp())
    }

    /// `+3 09:00` and `-2 09:00` count school days; `today`, `tomorrow`; `tonight` is tomorrow once it is late;
    /// `friday` is the next one after today. `now -20` is twenty minutes ago, to five minutes.
    pub(super) fn when(&self, text: &str) -> Result<Zoned> {
        let unreadable = || Fail::broken(format!("no such time: {text}"));
        let (day, clock) = text.split_once(' ').ok_or_else(unreadable)?;
        if day == "now" {
            let minutes: i64 = clock.parse().map_err(|_| unreadable())?;
            let round = jiff::ZonedRound::new().smallest(jiff::Unit::Minute).increment(5);
            return (&self.now + minutes.minutes()).round(round).map_err(Fail::broken);
        }
        let today = self.now.date();
        let date = match day {
            "today" => today,
            "tomorrow" => next(today)?,
            "tonight" if self.now.hour() >= 19 => next(today)?,
            "tonight" => today,
            "friday" => today.nth_weekday(1, jiff::civil::Weekday::Friday).map_err(Fail::broken)?,
            count => self.school_day(count.parse().map_err(|_| unreadable())?)?,
        };
        self.at(date, clock)
    }

    /// The `n`th school day after (or before) today, at a time of day.
    pub(super) fn on(&self, n: i64, clock: &str) -> Result<Zoned> {
        self.at(self.school_day(n)?, clock)
    }

    fn at(&self, date: Date, clock: &str) -> Result<Zoned> {
        let time: jiff::civil::Time = clock.parse().map_err(Fail::broken)?;
        date.to_datetime(time).to_zoned(self.now.time_zone().clone()).map_err(Fail::broken)
    }

    fn school_day(&self, n: i64) -> Result<Date> {
        let mut day = self.now.date();
        let mut left = n.abs();
        while left > 0 {
            day = day.checked_add(n.signum().days()).map_err(Fail::broken)?;
            let weekend =
                matches!(day.weekday(), jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday);
            left -= i64::from(!weekend);
        }
        Ok(day)
    }
}

fn next(day: Date) -> Result<Date> {
    day.tomorrow().map_err(Fail::broken)
}

/// SplitMix64: the same demo for the same day, whatever the machine.
pub(super) struct Chance(u64);

impl Chance {
    /// Chance that follows from a word.
    pub(super) fn of(word: &str) -> Self {
        let seed = word.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        });
        Self(seed)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Whether it happens, in so many of a hundred cases.
    pub(super) fn percent(&mut self, of_hundred: u64) -> bool {
        self.next() % 100 < of_hundred
    }

    /// In another order.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let bound = u64::try_from(last + 1).unwrap_or(u64::MAX);
            let other = usize::try_from(self.next() % bound).unwrap_or_default();
            items.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(now: &str) -> Days {
        let now: Zoned = now.parse().unwrap();
        Days { now }
    }

    #[test]
    fn school_days_skip_weekends_and_a_late_tonight_is_tomorrow() {
        let thursday = days("2026-11-26T10:00[Asia/Shanghai]");
        let at = |text: &str| thursday.when(text).unwrap().datetime().to_string();
        assert_eq!(at("+2 09:00"), "2026-11-30T09:00:00");
        assert_eq!(at("-4 09:00"), "2026-11-20T09:00:00");
        assert_eq!(at("friday 09:00"), "2026-11-27T09:00:00");
        assert_eq!(at("tonight 20:00"), "2026-11-26T20:00:00");
        let late = days("2026-11-27T19:00[Asia/Shanghai]");
        assert_eq!(late.when("tonight 20:00").unwrap().day(), 28);
        assert_eq!(late.when("friday 09:00").unwrap().datetime().to_string(), "2026-12-04T09:00:00");
    }
}
