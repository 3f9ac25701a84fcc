//! What follows from a code that is shown at the meeting point, and 我走了: a volunteer says when they left. That proposes hours as a
//! desk's mark does, by the name of whoever checked them in; somebody else approves them.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{Actor, Decision, DutyMark, DutySaid, Facts, HoursBy, Id, Kind, OnDuty, Refusal, Shift, on_duty};

/// A code that is shown twice within this time was read twice.
const READ_TWICE: SignedDuration = SignedDuration::from_mins(2);

/// What a code comes to at a moment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum DutyScan {
    /// Comes now.
    In,
    /// Leaves now.
    Out {
        /// Came then.
        from: Timestamp,
    },
    /// Was checked in a moment ago.
    AlreadyIn {
        /// Came then.
        from: Timestamp,
    },
    /// Left already; a desk says otherwise by hand.
    AlreadyOut {
        /// Left then.
        until: Timestamp,
    },
}

impl DutyScan {
    /// What the code of somebody comes to of whom this was said.
    #[must_use]
    pub fn of(said: Option<&DutySaid>, now: Timestamp) -> Self {
        match said {
            // Who was said not to come, and stands there, came.
            None | Some(DutySaid::Missed { .. }) => Self::In,
            Some(DutySaid::Came { from, until: None }) if now.duration_since(*from) < READ_TWICE => {
                Self::AlreadyIn { from: *from }
            }
            Some(DutySaid::Came { from, until: None }) => Self::Out { from: *from },
            Some(DutySaid::Came { until: Some(until), .. }) => Self::AlreadyOut { until: *until },
        }
    }

    /// What is said by it; `None` where everything was said.
    #[must_use]
    pub fn says(&self, now: Timestamp) -> Option<DutySaid> {
        match self {
            Self::In => Some(DutySaid::Came { from: now, until: None }),
            Self::Out { from } => Some(DutySaid::Came { from: *from, until: Some(now) }),
            Self::AlreadyIn { .. } | Self::AlreadyOut { .. } => None,
        }
    }
}

impl OnDuty {
    /// Whether this person may say that they left: the shift is on, somebody said that they came, and nobody that they left.
    #[must_use]
    pub fn may_leave(&self, shift: &Shift) -> bool {
        shift.is_on() && matches!(self.holds, DutySaid::Came { until: None, .. })
    }
}

/// A volunteer who is there says that they left, then.
pub(crate) fn check_out(facts: &Facts, actor: &Actor, shift: Id<Shift>, until: Timestamp) -> Decision {
    let person = actor.person().ok_or_else(|| facts.missing(Kind::OnDuty))?;
    let row = facts.get(OnDuty::of(shift, person))?;
    let shift = facts.get(shift)?;
    shift.takes_marks_at(facts.now())?;
    if !row.may_leave(shift) || !on_duty::is_theirs(facts, shift, person)? {
        // What a desk said stands, and is the desk's to change.
        return Err(Refusal::HoursSettled.into());
    }
    let DutySaid::Came { from, .. } = row.holds else { return Err(Refusal::HoursSettled.into()) };
    let said = on_duty::tidy(facts, shift, &DutySaid::Came { from, until: Some(until) })?;
    // Whoever saw them come is answerable for the entry, and does not approve it.
    let by_desk = || row.marks.iter().rev().filter(|mark| mark.by.is_some_and(|by| by != person));
    let seen = by_desk().find(|mark| mark.said == row.holds).or_else(|| by_desk().next());
    let entered =
        seen.and_then(|mark| Some(HoursBy { person: mark.by?, name: mark.by_name.clone(), at: facts.now() }));
    let mark =
        DutyMark { said, by: Some(person), by_name: row.person_name.clone(), at: facts.now(), blind: false };
    let post = facts.get(row.post)?;
    on_duty::follow(facts, post, shift, row.clone().marked(mark), entered)
}
