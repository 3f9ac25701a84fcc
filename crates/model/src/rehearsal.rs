//! 试演: the opening of sign-up, played before it is published, with the families who may come.
//!
//! Who may come, what a party takes, whether a seat is left, who stands where in line, who is promoted and who is drawn is asked
//! of the functions that sign-up itself asks ([`Event::open_at`], [`Event::may_join`], [`Event::seats_for`],
//! [`Event::seats_left`], the [`Allotment`](crate::Allotment), [`draw`](crate::draw)); `tests/rules/rehearsals.rs` plays a rehearsal's presses
//! once more through [`decide`](crate::decide) and comes to the same seats and the same line. What is supposed is only what families
//! do: who wants to come, when they press, what they like, who gives back.
//!
//! Everything follows from the seed: the same plan, families, suppositions and seed come to the same figures on every computer.

mod chance;
mod enough;
mod figures;
mod invited;
mod play;
mod stage;
mod step;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use self::{
    enough::SeatsEnough,
    figures::{
        ClassFigures, Fates, LeftOutOfSeats, OpeningFigures, Rehearsed, SessionFigures, Spread, rehearse,
    },
    invited::{Guest, Household, Invited, Party, invited},
    play::play,
    step::{Played, RehearsalStep},
};
use crate::{Id, Place, Refusal, limits};

/// What a coordinator supposes of the families.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Suppositions {
    /// Of 100 families it is for, so many want to come.
    pub want_percent: u32,
    /// Of 100 families that come, so many with two adults; the others with one. Who is over the seats of a family comes with
    /// one. Where only children sit it changes nothing.
    pub two_adults_percent: u32,
    /// Of 100 families, so many press within the first minute.
    pub first_minute_percent: u32,
    /// The others press within so many hours, more of them at the beginning; at most [`limits::REHEARSAL_HOURS`].
    pub hours: u32,
    /// In how many sessions, at most, a child could come at all: the others are at a time when nobody can.
    pub suits: u32,
    /// Sessions a family wants for each child, as far as the event lets it.
    pub times: u32,
    /// What they like best.
    pub prefer: Preferred,
    /// Of 100 bookings that have their seats at once, so many are given back before it is too late to.
    pub give_back_percent: u32,
    /// Grades and classes that hear of it later. A family with a child elsewhere hears of it there.
    pub late: Vec<Id<Place>>,
    /// How much later, in minutes.
    pub late_minutes: u32,
    /// Families in which nobody who decides has joined are entered by staff (代办), within the hour after so many hours.
    pub staff_hours: u32,
}

/// Which sessions families like best.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Preferred {
    /// Each family another.
    #[default]
    Even,
    /// Half of the families like the first session best, if it suits them; the others each another.
    First,
}

impl Default for Suppositions {
    /// A popular open day of a primary school: half of the families want to come, and a third of them is there as it opens.
    fn default() -> Self {
        Self {
            want_percent: 50,
            two_adults_percent: 30,
            first_minute_percent: 30,
            hours: 24,
            suits: 3,
            times: 1,
            prefer: Preferred::Even,
            give_back_percent: 5,
            late: Vec::new(),
            late_minutes: 60,
            staff_hours: 24,
        }
    }
}

impl Suppositions {
    /// Whether they can be played.
    ///
    /// # Errors
    /// The first field that is over what it may be.
    pub fn check(&self) -> Result<(), Refusal> {
        let most = u32::try_from(limits::SESSIONS_PER_EVENT).unwrap_or(u32::MAX);
        let targets = u32::try_from(limits::TARGETS_PER_AUDIENCE).unwrap_or(u32::MAX);
        let late = u32::try_from(self.late.len()).unwrap_or(u32::MAX);
        let hours = limits::REHEARSAL_HOURS;
        for (field, value, least, limit) in [
            ("want_percent", self.want_percent, 0, 100),
            ("two_adults_percent", self.two_adults_percent, 0, 100),
            ("first_minute_percent", self.first_minute_percent, 0, 100),
            ("hours", self.hours, 1, hours),
            ("suits", self.suits, 1, most),
            ("times", self.times, 1, most),
            ("give_back_percent", self.give_back_percent, 0, 100),
            ("late", late, 0, targets),
            ("late_minutes", self.late_minutes, 0, hours * 60),
            ("staff_hours", self.staff_hours, 0, hours),
        ] {
            if value > limit {
                return Err(Refusal::TooMany { field: field.into(), limit });
            }
            if value < least {
                return Err(Refusal::Malformed { field: field.into() });
            }
        }
        Ok(())
    }
}
