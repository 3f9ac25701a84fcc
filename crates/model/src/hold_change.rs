//! Seats that are kept no more, or for others: what becomes free goes to who waits.

use jiff::Timestamp;

use crate::{
    Allotment, Change, Event, Facts, Hold, Id, Session, SessionDraft, facts::Decision, hold::timers, limits,
    release,
};

/// The holds of a session that is changed. Those that are over stay, for a copy of it and for what was counted; of what was
/// called off or has begun nothing is kept otherwise.
pub(crate) fn after(before: &Session, draft: &SessionDraft, now: Timestamp) -> Vec<Hold> {
    if before.is_cancelled() || before.has_begun(now) {
        return before.holds.clone();
    }
    let named = |hold: &&Hold| draft.holds.iter().any(|one| one.id == hold.id);
    let over: Vec<_> = before.holds.iter().filter(|hold| !hold.is_kept(now) && !named(hold)).collect();
    let old = over.len().saturating_sub(limits::HOLDS_PER_SESSION);
    over.into_iter().skip(old).chain(&draft.holds).cloned().collect()
}

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
    let before = facts.get(Allotment::of(session.counted_with().uuid()))?;
    let mut allotment = before.clone();
    allotment.keep(&session.holds, facts.now());
    let mut changes = release::pass_on(facts, event, session, &mut allotment)?;
    if allotment != *before {
        changes.push(Change::put(allotment, []));
    }
    Ok(changes)
}
