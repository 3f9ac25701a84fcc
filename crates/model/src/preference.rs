//! When a person wants to be told. The school's quiet hours hold what goes out; a person's own hold only the
//! notification: the row itself is there at once, for whoever looks.

use jiff::{Timestamp, ToSpan, civil::Time};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Facts, Feed, Id, Kind, Person, QuietHours, Refusal, School, derived, facts::Decision,
    limits,
};

/// In which hours of the day a person is left alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum PersonalQuiet {
    /// In those of the school.
    #[default]
    School,
    /// In hours of their own, every day, in the school's zone; at most [`limits::PERSONAL_QUIET`].
    Own {
        /// From when until when.
        hours: QuietHours,
    },
    /// Never.
    Never,
}

/// When a person wants to be told, on every device of theirs. Without a row: [`Preference::usual`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preference {
    /// Follows from the person.
    pub id: Id<Preference>,
    /// Whose.
    pub person: Id<Person>,
    /// When they are left alone.
    pub quiet: PersonalQuiet,
    /// Once a day at this time of the school's zone, all in one; each by itself if `None`.
    pub digest: Option<Time>,
}

/// Something to tell, as far as it matters for when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToTell {
    /// When it came about, by the school's clock.
    pub at: Timestamp,
    /// When it is too late.
    pub due: Option<Timestamp>,
    /// Wakes everybody.
    pub urgent: bool,
    /// It comes in a hat of the school: staff have quiet hours of their own.
    pub staff: bool,
}

impl Preference {
    /// Where a person's is kept.
    #[must_use]
    pub fn of(person: Id<Person>) -> Id<Self> {
        derived("preference", person.uuid(), person.uuid())
    }

    /// What somebody has who never chose.
    #[must_use]
    pub fn usual(person: Id<Person>) -> Self {
        Self { id: Self::of(person), person, quiet: PersonalQuiet::School, digest: None }
    }

    /// The first instant from `at` on at which this person may be told, in a hat of the school or as a guardian.
    #[must_use]
    pub fn awake_from(&self, school: &School, at: Timestamp, staff: bool) -> Timestamp {
        match self.quiet {
            PersonalQuiet::School if staff => school.staff_awake_from(at),
            PersonalQuiet::School => school.awake_from(at),
            PersonalQuiet::Own { hours } => hours.awake_from(at, &school.time_zone()),
            PersonalQuiet::Never => at,
        }
    }

    /// When something is told that is known `now`: it waits for the digest, unless it would be too late by then, and
    /// for the end of quiet hours. What is urgent waits for nothing.
    #[must_use]
    pub fn tells_at(&self, school: &School, arrival: ToTell, now: Timestamp) -> Timestamp {
        if arrival.urgent {
            return now;
        }
        let digest = self.digest.and_then(|time| school.next(time, arrival.at));
        let digest = digest.filter(|digest| arrival.due.is_none_or(|due| *digest < due));
        self.awake_from(school, digest.unwrap_or(arrival.at).max(now), arrival.staff)
    }
}

impl School {
    /// The next time the school's clocks show this time of day, `at` itself included. `None` at the end of the
    /// calendar.
    fn next(&self, time: Time, at: Timestamp) -> Option<Timestamp> {
        let zone = self.time_zone();
        let mut day = at.to_zoned(zone.clone()).date();
        loop {
            let then = day.to_datetime(time).to_zoned(zone.clone()).ok()?.timestamp();
            if at <= then {
                return Some(then);
            }
            day = day.checked_add(1.day()).ok()?;
        }
    }
}

/// Sets when whoever acts wants to be told. It is nobody else's business: it stands in their own feed.
pub(crate) fn set(facts: &Facts, actor: &Actor, quiet: PersonalQuiet, digest: Option<Time>) -> Decision {
    let person = actor.person().ok_or_else(|| facts.missing(Kind::Person))?;
    if let PersonalQuiet::Own { hours } = quiet {
        hours.check("own-quiet", limits::PERSONAL_QUIET)?;
    }
    if digest.is_some_and(|time| time.second() != 0 || time.subsec_nanosecond() != 0) {
        return Err(Refusal::Malformed { field: "digest".into() }.into());
    }
    let preference = Preference { quiet, digest, ..Preference::usual(person) };
    Ok(vec![Change::put(preference, [Feed::Person(person)])])
}
