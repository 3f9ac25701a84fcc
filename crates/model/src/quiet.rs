//! Quiet hours: the school sends nothing at night, and nobody has to answer an offer then.

use jiff::{
    SignedDuration, Timestamp, ToSpan, Zoned,
    civil::{Date, Time},
    tz::TimeZone,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Decision, Facts, Feed, Level, Place, Power, Refusal, Role, School, Stop, limits,
    rights::role_worn,
};

/// Hours of every day in which the school leaves families or staff alone, in its own zone. They may pass midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct QuietHours {
    /// The first quiet minute: 22:00.
    #[schemars(with = "String")]
    #[ts(type = "string")]
    pub from: Time,
    /// The first minute that is not: 06:30.
    #[schemars(with = "String")]
    #[ts(type = "string")]
    pub until: Time,
}

/// Waking hours that one time to think may be spread over: it ends at the event long before.
const DAYS: usize = 400;

impl QuietHours {
    /// What a school begins with, until it chooses its own.
    #[must_use]
    pub fn usual() -> Self {
        Self { from: Time::constant(22, 0, 0, 0), until: Time::constant(6, 30, 0, 0) }
    }

    /// What a school begins with for those who work there.
    #[must_use]
    pub fn usual_for_staff() -> Self {
        Self { from: Time::constant(19, 0, 0, 0), until: Time::constant(7, 0, 0, 0) }
    }

    /// Whether a hat settles them: one that administers the whole school.
    #[must_use]
    pub fn may_be_set_by(role: &Role, place: &Place) -> bool {
        place.level == Level::School && role.may(Power::Administer, &place.path)
    }

    /// Refuses what is no time to sleep: seconds, no length, or more than `most` of a day. `of` leads the field's name.
    pub(crate) fn check(self, of: &str, most: SignedDuration) -> Result<(), Refusal> {
        let Self { from, until } = self;
        let malformed = |field: &str| Err(Refusal::Malformed { field: format!("{of}.{field}") });
        if from.second() != 0 || from.subsec_nanosecond() != 0 {
            return malformed("from");
        }
        let length = until.duration_since(from);
        let length = if length.is_negative() { length + SignedDuration::from_hours(24) } else { length };
        let odd = until.second() != 0 || until.subsec_nanosecond() != 0;
        if odd || length.is_zero() || length > most {
            return malformed("until");
        }
        Ok(())
    }

    /// The quiet hours that end on this day.
    fn ending(self, day: Date, zone: &TimeZone) -> Result<(Zoned, Zoned), jiff::Error> {
        let begins = if self.from < self.until { day } else { day.yesterday()? };
        let at = |day: Date, time: Time| day.to_datetime(time).to_zoned(zone.clone());
        Ok((at(begins, self.from)?, at(day, self.until)?))
    }

    /// The first instant from `at` on that is not quiet: `at` itself by day.
    #[must_use]
    pub(crate) fn awake_from(self, at: Timestamp, zone: &TimeZone) -> Timestamp {
        let around = self.around(at, zone).ok();
        around.filter(|(from, _)| *from <= at).map_or(at, |(_, until)| until)
    }

    /// The quiet hours around this instant, or the next ones after it.
    fn around(self, at: Timestamp, zone: &TimeZone) -> Result<(Timestamp, Timestamp), jiff::Error> {
        let mut day = at.to_zoned(zone.clone()).date();
        loop {
            let (from, until) = self.ending(day, zone)?;
            if at < until.timestamp() {
                return Ok((from.timestamp(), until.timestamp()));
            }
            day = day.checked_add(1.day())?;
        }
    }
}

impl School {
    /// The first instant from `at` on that is not quiet: `at` itself by day.
    #[must_use]
    pub fn awake_from(&self, at: Timestamp) -> Timestamp {
        self.quiet.map_or(at, |quiet| quiet.awake_from(at, &self.time_zone()))
    }

    /// The same for staff, who have an evening of their own.
    #[must_use]
    pub(crate) fn staff_awake_from(&self, at: Timestamp) -> Timestamp {
        self.quiet_staff.map_or_else(|| self.awake_from(at), |quiet| quiet.awake_from(at, &self.time_zone()))
    }

    /// When `think` is over for somebody who begins to think at `at`: quiet hours do not count.
    #[must_use]
    pub fn awake_for(&self, at: Timestamp, think: SignedDuration) -> Timestamp {
        let (zone, mut left, mut at) = (self.time_zone(), think, at);
        for _ in 0..DAYS {
            at = self.awake_from(at);
            let quiet = self.quiet.and_then(|quiet| quiet.around(at, &zone).ok());
            match quiet {
                Some((from, until)) if from.duration_since(at) < left => {
                    left -= from.duration_since(at);
                    at = until;
                }
                _ => break,
            }
        }
        at.saturating_add(left).unwrap_or(Timestamp::MAX)
    }
}

/// Refuses unless the hat settles things for the whole school.
pub(crate) fn require_settler(facts: &Facts, actor: &Actor) -> Result<(), Stop> {
    let refused = Refusal::NoPower { power: Power::Administer };
    let Some(role) = role_worn(facts, actor)? else { return Err(refused.into()) };
    if QuietHours::may_be_set_by(role, facts.get(role.place)?) { Ok(()) } else { Err(refused.into()) }
}

/// Sets or ends the quiet hours of the whole school, for families or for staff. What is held already is looked at anew when
/// it would go out.
pub(crate) fn set(facts: &Facts, actor: &Actor, quiet: Option<QuietHours>, staff: bool) -> Decision {
    require_settler(facts, actor)?;
    quiet.map_or(Ok(()), |quiet| quiet.check("quiet", limits::QUIET_HOURS))?;
    let school = facts.school()?.clone();
    let school = if staff { School { quiet_staff: quiet, ..school } } else { School { quiet, ..school } };
    Ok(vec![Change::put(school, [Feed::School])])
}

/// Sets how long it takes from one campus to another.
pub(crate) fn set_travel(facts: &Facts, actor: &Actor, minutes: u32) -> Decision {
    require_settler(facts, actor)?;
    if minutes > limits::TRAVEL_MINUTES {
        return Err(Refusal::TooMany { field: "minutes".into(), limit: limits::TRAVEL_MINUTES }.into());
    }
    Ok(vec![Change::put(School { travel_min: minutes, ..facts.school()?.clone() }, [Feed::School])])
}

/// Sets how long a notice stands in its author's hands. One that is held already keeps its time.
pub(crate) fn set_hold(facts: &Facts, actor: &Actor, seconds: u32) -> Decision {
    require_settler(facts, actor)?;
    if seconds > limits::HOLD_SECONDS {
        return Err(Refusal::TooMany { field: "seconds".into(), limit: limits::HOLD_SECONDS }.into());
    }
    Ok(vec![Change::put(School { hold_s: seconds, ..facts.school()?.clone() }, [Feed::School])])
}
