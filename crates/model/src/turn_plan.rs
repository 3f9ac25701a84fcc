//! Turns before they are laid: these classes in this order over the shifts that stand, and how often each had its turn.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Zoned, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{ClassTurn, Id, Place, Shift, ShiftTurns};

/// How long a turn is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum TurnLength {
    /// A week from Monday.
    Week,
    /// A day.
    Day,
}

/// Classes in turn over the shifts of a post. Days without a shift, holidays among them, take nobody's turn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct TurnPlan {
    /// The first day.
    #[ts(type = "string")]
    pub from: Date,
    /// The last day.
    #[ts(type = "string")]
    pub to: Date,
    /// In this order, again and again.
    pub classes: Vec<Id<Place>>,
    /// How long each has it.
    pub each: TurnLength,
    /// Places of each shift; as many as it needs, where it needs fewer.
    pub places: u32,
    /// So many hours before a shift begins its places open to everybody.
    pub opens_hours: u32,
}

/// Whose turn it would be at each shift that is to come, in the order of the shifts.
#[must_use]
pub fn lay_turns(plan: &TurnPlan, shifts: &[Shift], now: &Zoned) -> Vec<ShiftTurns> {
    let zone = now.time_zone();
    let day = |shift: &Shift| shift.day_in(zone.clone());
    let mut shifts: Vec<_> = shifts.iter().filter(|shift| shift.is_on()).collect();
    shifts.retain(|shift| (plan.from..=plan.to).contains(&day(shift)) && shift.starts > *now);
    shifts.sort_by_key(|shift| (shift.starts.timestamp(), shift.id));
    let mut order: BTreeMap<(i16, i16), usize> = BTreeMap::new();
    let mut laid = Vec::with_capacity(shifts.len());
    for shift in shifts {
        let day = day(shift);
        let span = match plan.each {
            TurnLength::Day => (day.year(), day.day_of_year()),
            TurnLength::Week => (day.iso_week_date().year(), day.iso_week_date().week().into()),
        };
        let next = order.len();
        let place = *order.entry(span).or_insert(next);
        let Some(class) = place.checked_rem(plan.classes.len()).and_then(|at| plan.classes.get(at)) else {
            continue;
        };
        laid.push(ShiftTurns {
            shift: shift.id,
            turns: turn(plan, *class, shift, now).into_iter().collect(),
        });
    }
    laid
}

/// `None` where there would be nothing to keep: no places, or they would be open already.
fn turn(plan: &TurnPlan, class: Id<Place>, shift: &Shift, now: &Zoned) -> Option<ClassTurn> {
    let ahead = SignedDuration::from_hours(plan.opens_hours.into());
    let until = shift.starts.checked_sub(ahead).ok()?;
    let places = plan.places.min(shift.needed);
    (places > 0 && until > *now).then_some(ClassTurn { class, places, until })
}

/// How often each class has its turn among these shifts, those called off left out: shifts and places.
#[must_use]
pub fn turn_counts<'s>(shifts: impl IntoIterator<Item = &'s Shift>) -> BTreeMap<Id<Place>, TurnCount> {
    let mut counts: BTreeMap<_, TurnCount> = BTreeMap::new();
    for turn in shifts.into_iter().filter(|shift| shift.is_on()).flat_map(|shift| &shift.turns) {
        let count = counts.entry(turn.class).or_default();
        count.shifts = count.shifts.saturating_add(1);
        count.places = count.places.saturating_add(turn.places);
    }
    counts
}

/// How often a class has its turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct TurnCount {
    /// In so many shifts.
    pub shifts: u32,
    /// With so many places in all.
    pub places: u32,
}
