//! That one person's shifts do not fall together, and leave the rest each of them asks for.

use jiff::{SignedDuration, Zoned};
use uuid::Uuid;

use crate::{Refusal, clash::overlap};

/// A shift: from when, until when, and how many minutes of rest its post asks for before and after it.
pub(crate) type Times<'s> = (&'s Zoned, &'s Zoned, u32);

/// Refuses a shift beside those one person has: the longer rest of two counts.
pub(crate) fn check<'s>(
    one: Times<'s>,
    others: impl Iterator<Item = (Uuid, Times<'s>)>,
) -> Result<(), Refusal> {
    let mut short = None;
    for (id, other) in others {
        if overlap((one.0, one.1), (other.0, other.1)) {
            return Err(Refusal::ShiftClash { with: id });
        }
        let minutes = one.2.max(other.2);
        let (first, second) =
            if one.0.timestamp() <= other.0.timestamp() { (one, other) } else { (other, one) };
        let between = second.0.timestamp().duration_since(first.1.timestamp());
        if between < SignedDuration::from_mins(i64::from(minutes)) {
            short = Some(Refusal::ShortRest { with: id, minutes });
        }
    }
    short.map_or(Ok(()), Err)
}
