//! Seats that are kept no more, or for others: what becomes free goes to who waits.

use crate::{Allotment, Change, Event, Facts, Id, Session, facts::Decision, hold::timers, release};

/// A session whose holds were changed: what they do not keep any more goes to who waits. `session` is as it reads from now on.
pub(crate) fn changed(facts: &Facts, event: &Event, session: &Session) -> Decision {
    if !facts.complete() {
        return Ok(Vec::new());
    }
    let mut changes = timers(session.id, &session.holds, facts.now());
    changes.extend(pass_on(facts, event, session)?);
    Ok(changes)
}

/// The time of a hold is over.
pub(crate) fn release(facts: &Facts, id: Id<Session>) -> Decision {
    let session = facts.get(id)?;
    pass_on(facts, facts.get(session.event)?, session)
}

fn pass_on(facts: &Facts, event: &Event, session: &Session) -> Decision {
    let before = facts.get(Allotment::of(session.id.uuid()))?;
    let mut allotment = before.clone();
    allotment.keep(&session.holds, facts.now());
    if allotment == *before {
        return Ok(Vec::new());
    }
    let mut changes = release::pass_on(facts, event, session, &mut allotment)?;
    changes.push(Change::put(allotment, []));
    Ok(changes)
}
