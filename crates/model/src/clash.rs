//! Where two things fall on the same time, or so close that nobody gets from one to the other.

use jiff::{SignedDuration, Zoned};

use crate::{Id, Place};

/// Where somebody is expected, and when.
#[derive(Clone, Copy, Debug)]
pub struct Stay<'s> {
    /// From when.
    pub starts: &'s Zoned,
    /// Until when.
    pub ends: &'s Zoned,
    /// On which campus, if on one.
    pub campus: Option<Id<Place>>,
}

/// Why nobody can be at both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clash {
    /// They fall on the same time.
    SameTime,
    /// Between them there is less time than the way from one campus to the other takes.
    TooFar,
}

/// Whether two times, each with its end, fall together. One that ends as the other begins does not.
#[must_use]
pub fn overlap(one: (&Zoned, &Zoned), other: (&Zoned, &Zoned)) -> bool {
    one.0.timestamp() < other.1.timestamp() && other.0.timestamp() < one.1.timestamp()
}

/// Whether nobody can be at both, where the way between two campuses takes so many minutes.
#[must_use]
pub fn clash(one: Stay<'_>, other: Stay<'_>, travel_min: u32) -> Option<Clash> {
    if overlap((one.starts, one.ends), (other.starts, other.ends)) {
        return Some(Clash::SameTime);
    }
    let (first, second) =
        if one.starts.timestamp() <= other.starts.timestamp() { (one, other) } else { (other, one) };
    let apart = matches!((first.campus, second.campus), (Some(here), Some(there)) if here != there);
    let between = second.starts.timestamp().duration_since(first.ends.timestamp());
    let too_far = apart && between < SignedDuration::from_mins(i64::from(travel_min));
    too_far.then_some(Clash::TooFar)
}
