//! Office hours: when a member of staff answers messages. Nobody is held to them; families see them.

use jiff::{
    Timestamp,
    civil::{Date, Time, Weekday},
    tz::TimeZone,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Actor, Decision, Facts, Power, Refusal, Role, power_of, put_role, rights::role_worn};

/// Hours of Monday to Friday in which messages are answered, in the school's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct OfficeHours {
    /// 08:00
    #[schemars(with = "String")]
    #[ts(type = "string")]
    pub from: Time,
    /// 17:30, the first minute that is not; later on the same day.
    #[schemars(with = "String")]
    #[ts(type = "string")]
    pub until: Time,
}

impl OfficeHours {
    /// When somebody who is away at this instant is back; `None` within the hours.
    #[must_use]
    pub fn back_at(self, at: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let here = at.to_zoned(zone.clone());
        let mut day = here.date();
        let works = |day: Date| !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        if works(day) && here.time() < self.until {
            if self.from <= here.time() {
                return None;
            }
        } else {
            day = day.tomorrow().ok()?;
            while !works(day) {
                day = day.tomorrow().ok()?;
            }
        }
        Some(day.to_datetime(self.from).to_zoned(zone.clone()).ok()?.timestamp())
    }

    fn check(self) -> Result<(), Refusal> {
        let whole = |time: Time| time.second() == 0 && time.subsec_nanosecond() == 0;
        let field = match self {
            Self { from, .. } if !whole(from) => "hours.from",
            Self { from, until } if !whole(until) || until <= from => "hours.until",
            _ => return Ok(()),
        };
        Err(Refusal::Malformed { field: field.into() })
    }
}

impl Role {
    /// Whether the wearer says when messages are answered: one who talks with families.
    #[must_use]
    pub fn keeps_office_hours(&self) -> bool {
        power_of(self.kind, Power::Converse)
    }
}

/// Sets or ends the office hours of the hat that is worn.
pub(crate) fn set(facts: &Facts, actor: &Actor, hours: Option<OfficeHours>) -> Decision {
    let role = role_worn(facts, actor)?.filter(|role| role.keeps_office_hours());
    let role = role.ok_or(Refusal::NoPower { power: Power::Converse })?;
    hours.map_or(Ok(()), OfficeHours::check)?;
    Ok(vec![put_role(Role { office_hours: hours, ..role.clone() })])
}
