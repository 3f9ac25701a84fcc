//! 照去年再办: an event that was held, planned once more. It moves by whole weeks, so that Thursday at 9:30 stays Thursday
//! at 9:30, to the same week of the year.

use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};

use crate::{EventShape, Level, Place, Session, Year, event_shape::first_day};

/// Weeks that are tried until one lies ahead: the longest way from sign-up's close to the first session is a year.
const WEEKS: i32 = 120;

/// The sessions a copy takes over: those that took place; where all were called off, all.
#[must_use]
pub fn copied_sessions(sessions: &[Session]) -> Vec<Session> {
    let kept: Vec<Session> = sessions.iter().filter(|session| !session.is_cancelled()).cloned().collect();
    if kept.is_empty() { sessions.to_vec() } else { kept }
}

/// The day of a copy's first session: whole weeks after the one that was, in the same week of the year nearest to `now`, and
/// from there on the first week in which families can still sign up. `None` past the calendar, or without a session.
#[must_use]
pub fn day_of_copy(
    shape: &EventShape,
    sessions: &[Session],
    zone: &TimeZone,
    now: Timestamp,
) -> Option<Date> {
    let was = first_day(sessions, zone)?;
    let today = now.to_zoned(zone.clone()).date();
    let weeks = weeks_to_anniversary(was, today).max(1);
    (weeks..weeks.checked_add(WEEKS)?).find_map(|weeks| {
        let first = was.checked_add(Span::new().try_weeks(weeks).ok()?).ok()?;
        let times = shape.on(first, zone)?;
        let ahead = times.closes.timestamp() > now
            && times.sessions.iter().all(|(starts, _)| starts.timestamp() > now);
        ahead.then_some(first)
    })
}

/// Whole weeks from a day to its anniversary nearest to `today`, rounded to the same weekday.
fn weeks_to_anniversary(was: Date, today: Date) -> i32 {
    let years = (today.year() - 1..=today.year() + 1).map(|year| i32::from(year) - i32::from(was.year()));
    // The 29th of February has its anniversary on the 28th.
    let days = years.filter_map(|years| {
        let anniversary = was.checked_add(Span::new().try_years(years).ok()?).ok()?;
        let between = |from: Date, to: Date| from.until(to).ok().map(|span| span.get_days());
        Some((between(today, anniversary)?.abs(), between(was, anniversary)?))
    });
    let days = days.min().map_or(0, |(_, days)| days);
    (days + 3).div_euclid(7)
}

/// The place that is in `now` what this one was in `then`: a cohort's grade, and class number, on the same campus. What is no
/// cohort is itself; `None` where no cohort is in that grade, or a class of the number is not there.
#[must_use]
pub fn successor<'p>(
    place: &'p Place,
    then: &Year,
    now: &Year,
    places: impl IntoIterator<Item = &'p Place>,
) -> Option<&'p Place> {
    if !matches!(place.level, Level::Grade | Level::Class) {
        return Some(place);
    }
    let campus = |of: &Place| of.path.get(1).copied();
    let grade = place.grade_in(then.begins_in)?;
    places.into_iter().find(|other| {
        other.level == place.level
            && other.number == place.number
            && campus(other) == campus(place)
            && other.grade_in(now.begins_in) == Some(grade)
    })
}
