//! On the day: which pupils of a shift came, one by one or a whole class at once. It means what it means of adults, and proposes
//! no hours: the ledger is that of people with an account (ADR 51).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Child, Decision, DutyMark, DutySaid, Facts, Id, Kind, PupilTake, Refusal, Shift, limits, on_duty,
    supervisor,
};

/// What is said of one pupil.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct PupilMark {
    /// Of whom.
    pub child: Id<Child>,
    /// What.
    pub said: DutySaid,
    /// How many marks were seen on the row: 0 for none. Who saw them all corrects them.
    pub seen: u32,
}

/// Says of pupils of a shift who came: all of it or nothing. How many there are to each adult refuses nothing here: they stand at
/// the gate, and whoever marks them is warned.
pub(crate) fn mark(facts: &Facts, actor: &Actor, shift: Id<Shift>, pupils: &[PupilMark]) -> Decision {
    let shift = facts.get(shift)?;
    let post = facts.get(shift.post)?;
    let by = supervisor::require_marker(facts, actor, post)?;
    let by_name = actor.staff_name(facts)?.unwrap_or_default();
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    if pupils.is_empty() {
        return malformed("pupils");
    }
    if pupils.len() > limits::MARKS_PER_ACT {
        let limit = u32::try_from(limits::MARKS_PER_ACT).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "pupils".into(), limit }.into());
    }
    let each: std::collections::BTreeSet<_> = pupils.iter().map(|wish| wish.child).collect();
    if each.len() != pupils.len() {
        return malformed("pupils");
    }
    shift.takes_marks_at(facts.now())?;
    let changes = Facts::each(pupils, |wish| {
        let found = facts.find(PupilTake::of(shift.id, wish.child))?;
        // Of whom something was said, more may be said, whatever became of it.
        let found = found.filter(|take| take.is_down() || take.holds.is_some());
        let take = found.ok_or_else(|| facts.missing(Kind::PupilTake))?;
        let said = on_duty::tidy(facts, shift, &wish.said)?;
        let blind = wish.seen != take.count;
        // Said once more, it is no second mark.
        if !blind && !take.disputed && take.holds.as_ref() == Some(&said) {
            return Ok(None);
        }
        let mark = DutyMark { said, by: Some(by), by_name: by_name.clone(), at: facts.now(), blind };
        Ok(Some(take.clone().marked(mark).put()))
    })?;
    Ok(changes.into_iter().flatten().collect())
}

impl PupilTake {
    /// With one more mark, by the rules of adults.
    fn marked(mut self, mark: DutyMark) -> Self {
        let mut holds = self.holds.unwrap_or_else(|| mark.said.clone());
        on_duty::add(&mut self.marks, &mut self.count, (&mut holds, &mut self.disputed), mark, None);
        self.holds = Some(holds);
        self
    }
}
