//! The week strip.

use std::collections::BTreeSet;

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

/// Monday to Friday of this week, on a weekend of the next one; and the weekend where something is on.
pub(super) fn days(today: Date, busy: &BTreeSet<Date>) -> Vec<Date> {
    let since_monday = today.weekday().to_monday_zero_offset();
    let weekend = matches!(today.weekday(), Weekday::Saturday | Weekday::Sunday);
    let monday = i32::from(if weekend { 7 - since_monday } else { -since_monday });
    let week: Vec<_> = (0..7).map(|day| today.saturating_add((monday + day).days())).collect();
    // A strip has no holes: a busy Sunday brings its Saturday.
    let last = week.iter().rposition(|day| busy.contains(day)).unwrap_or_default().max(4);
    week.into_iter().take(last + 1).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn strip(today: Date, busy: &[Date]) -> Vec<String> {
        days(today, &busy.iter().copied().collect()).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_school_day_shows_its_own_week() {
        let expected = ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27"];
        for day in 23..=27 {
            assert_eq!(strip(date(2026, 11, day), &[]), expected);
        }
    }

    #[test]
    fn a_weekend_shows_the_week_that_comes() {
        let expected = ["2026-11-30", "2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04"];
        assert_eq!(strip(date(2026, 11, 28), &[]), expected);
        assert_eq!(strip(date(2026, 11, 29), &[]), expected);
    }

    #[test]
    fn a_weekend_with_something_on_is_shown() {
        assert_eq!(strip(date(2026, 11, 23), &[date(2026, 11, 28)]).len(), 6);
        assert_eq!(strip(date(2026, 11, 23), &[date(2026, 11, 29)]).len(), 7);
        assert_eq!(strip(date(2026, 11, 23), &[date(2026, 12, 5)]).len(), 5, "another week's weekend");
        assert_eq!(strip(date(2026, 11, 23), &[date(2026, 11, 24)]).len(), 5);
    }
}
