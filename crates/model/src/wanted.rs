//! What can be asked for a child: 请假, that it stays away, and 代接, that somebody else fetches it.

use jiff::{Timestamp, Zoned, civil::Date};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Facts, Refusal, Stop, limits, limits::check_text};

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Wanted {
    /// 请假
    Leave {
        /// First day.
        #[schemars(with = "String")]
        from: Date,
        /// Last day, inclusive; at most [`limits::LEAVE_DAYS`].
        #[schemars(with = "String")]
        to: Date,
        /// Part of a single day.
        part: DayPart,
        /// Why, in the family's words: for the class teacher alone.
        reason: String,
    },
    /// 代接
    PickUp {
        /// Who fetches the child.
        by: String,
        /// How they are related: 外公, 邻居. May be empty.
        relation: String,
        /// Eleven digits, or empty.
        phone: String,
        /// When.
        #[schemars(with = "String")]
        at: Zoned,
    },
}

/// How much of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum DayPart {
    /// All of it.
    #[default]
    WholeDay,
    /// 上午
    Morning,
    /// 下午
    Afternoon,
}

impl Wanted {
    /// Whether it is past: the last day of a leave, the time of a pick-up.
    #[must_use]
    pub fn is_over(&self, today: Date, now: Timestamp) -> bool {
        match self {
            Self::Leave { to, .. } => *to < today,
            Self::PickUp { .. } => self.is_missed(now),
        }
    }

    /// Whether there is nothing left to agree to. A sick child comes first: its leave is also agreed to afterwards.
    #[must_use]
    pub fn is_missed(&self, now: Timestamp) -> bool {
        matches!(self, Self::PickUp { at, .. } if at.timestamp() <= now)
    }

    /// Refuses what cannot be asked.
    pub(crate) fn check(&self, facts: &Facts) -> Result<(), Stop> {
        let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
        let today = facts.today()?;
        match self {
            Self::Leave { from, to, part, reason } => {
                check_text("reason", reason, 1, limits::NOTE_CHARS)?;
                let days = day_number(*to).saturating_sub(day_number(*from));
                if !(0..limits::LEAVE_DAYS).contains(&days) || *part != DayPart::WholeDay && days != 0 {
                    return malformed("to");
                }
                // A replica's clock may be years wrong: only the school's says what is far.
                let away = day_number(*from).saturating_sub(day_number(today));
                if facts.complete() && !(-limits::LEAVE_BACK..=limits::LEAVE_AHEAD).contains(&away) {
                    return malformed("from");
                }
            }
            Self::PickUp { by, relation, phone, at } => {
                check_text("by", by, 1, limits::NAME_CHARS)?;
                check_text("relation", relation, 0, limits::RELATION_CHARS)?;
                let eleven_digits = phone.len() == 11 && phone.bytes().all(|byte| byte.is_ascii_digit());
                if !(phone.is_empty() || eleven_digits) {
                    return malformed("phone");
                }
                if facts.complete() && at.timestamp() > facts.now() + limits::SCHEDULE_AHEAD {
                    return malformed("at");
                }
                self.still_ahead(facts)?;
            }
        }
        Ok(())
    }

    /// Refuses what is over: a leave once its last day is, a pick-up once it was.
    pub(crate) fn still_ahead(&self, facts: &Facts) -> Result<(), Stop> {
        match self {
            Self::Leave { to, .. } if *to < facts.today()? => {
                let zone = facts.school()?.time_zone();
                let end = to.tomorrow().and_then(|day| day.to_zoned(zone));
                let since = end.map_err(|_| Stop::from(Refusal::Malformed { field: "to".into() }))?;
                Err(Refusal::Started { since }.into())
            }
            Self::PickUp { at, .. } if at.timestamp() <= facts.now() => {
                Err(Refusal::Started { since: at.clone() }.into())
            }
            _ => Ok(()),
        }
    }
}

/// Whole days since 1970-01-01: the order in which absences are listed.
#[must_use]
pub(crate) fn day_number(day: Date) -> i64 {
    let epoch = Date::constant(1970, 1, 1);
    i64::from(day.since(epoch).map_or(0, |span| span.get_days()))
}
