//! A right that was taken away: a guardian had it until then, and the look back says so.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{Change, Child, Id, Link, Person, Right, derived};

/// One right of a guardian over a child that ended before its day. In nobody's feed: only the look back, which asks the school,
/// needs it, and an order that keeps somebody away is the office's alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndedRight {
    /// Follows from link, right and moment.
    pub id: Id<EndedRight>,
    /// Over which child.
    pub child: Id<Child>,
    /// Whose.
    pub guardian: Id<Person>,
    /// Which.
    pub right: Right,
    /// Its first day.
    pub from: Date,
    /// When it was taken away.
    pub at: Timestamp,
}

/// What a change of rights ends: each right that stood on `day` before it, and does not after.
pub(crate) fn between(before: &Link, after: &Link, day: Date, at: Timestamp) -> Vec<Change> {
    let ended =
        Right::ALL.into_iter().filter(|right| before.allows(*right, day) && !after.allows(*right, day));
    let row = |right: Right| {
        let from = before.rights.of(right)?.from;
        let id = derived(&format!("ended-right/{right:?}/{at}"), before.guardian.uuid(), before.child.uuid());
        Some(Change::put(
            EndedRight { id, child: before.child, guardian: before.guardian, right, from, at },
            [],
        ))
    };
    ended.filter_map(row).collect()
}

impl EndedRight {
    /// Whether it still stood at a moment of a day.
    pub(crate) fn stood(&self, right: Right, at: Timestamp, day: Date) -> bool {
        self.right == right && self.from <= day && at < self.at
    }
}
