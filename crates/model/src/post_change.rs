//! A post that was published and is not as it was: changed, ended, or one of its shifts called off. Nobody is dropped silently.

use crate::{
    Actor, Allotment, CalledOff, Change, Decision, Facts, Id, List, Person, Post, PostDraft, Power, Refusal,
    Shift, Take, TakeState,
    class_turn::class_part,
    limits,
    limits::check_text,
    pupil_take, rights,
    shift::{check, check_new, post_feeds},
    shift_comes::check_comes,
    shift_take::{self, take_id},
    stand_in,
    volunteer::belonging,
};

/// Changes a post: what `draft` says replaces what stood; its shifts are new ones, those that stand stay.
pub(crate) fn change(facts: &Facts, actor: &Actor, draft: &PostDraft, version: u32) -> Decision {
    let before = facts.get(draft.id)?;
    rights::require_power(facts, actor, Power::ManageShifts, &before.held_at)?;
    check(draft, 0)?;
    if draft.place != before.place {
        return Err(Refusal::Malformed { field: "place".into() }.into());
    }
    if before.ended.is_some() {
        return Err(Refusal::PostEnded.into());
    }
    if before.version != version {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    draft.terms.check(facts, &before.held_at, Some(&before.terms))?;
    pupil_take::check_change(facts, before, draft.terms.pupils.as_ref())?;
    // Who left the school since stays named until somebody else is.
    let supervisor_name = if draft.terms.supervisor == before.terms.supervisor {
        before.supervisor_name.clone()
    } else {
        draft.terms.supervisor_name(facts)?
    };
    check_new(facts, &draft.shifts)?;
    let known = facts.list::<Shift>(List::ShiftsOf(draft.id), limits::ROWS_PER_LIST)?;
    if known.len().saturating_add(draft.shifts.len()) > limits::SHIFTS_IN_ALL {
        let limit = u32::try_from(limits::SHIFTS_IN_ALL).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "shifts".into(), limit }.into());
    }
    let version = version.saturating_add(1);
    let post =
        Post { supervisor_name, version, changed: Some(facts.now()), ..draft.post(before.held_at.clone()) };
    let opened = draft.shifts.iter().flat_map(|shift| shift.opened(draft.id));
    Ok(std::iter::once(Change::put(post, post_feeds(draft.id))).chain(opened).collect())
}

/// Looks for nobody new at a post. Who has taken a shift still comes; one that should not take place is called off.
pub(crate) fn end(facts: &Facts, actor: &Actor, id: Id<Post>) -> Decision {
    let post = facts.get(id)?;
    rights::require_power(facts, actor, Power::ManageShifts, &post.held_at)?;
    if post.ended.is_some() {
        return Err(Refusal::PostEnded.into());
    }
    let (version, now) = (post.version.saturating_add(1), Some(facts.now()));
    let ended = Change::put(Post { version, changed: now, ended: now, ..post.clone() }, post_feeds(id));
    let shifts = facts.list::<Shift>(List::ShiftsOf(id), limits::ROWS_PER_LIST)?;
    let to_come = shifts.into_iter().filter(|shift| facts.now() < shift.starts.timestamp());
    let released = Facts::each(to_come, |shift| shift_take::release(facts, shift.id))?;
    Ok(std::iter::once(ended).chain(released.into_iter().flatten()).collect())
}

/// Calls one shift off; whoever comes or asks to is told why.
pub(crate) fn call_off(facts: &Facts, actor: &Actor, id: Id<Shift>, reason: &str) -> Decision {
    let shift = facts.get(id)?;
    let post = facts.get(shift.post)?;
    rights::require_power(facts, actor, Power::ManageShifts, &post.held_at)?;
    check_text("reason", reason, 1, limits::NOTE_CHARS)?;
    if !shift.is_on() {
        return Err(Refusal::ShiftOff.into());
    }
    if facts.now() >= shift.starts.timestamp() {
        return Err(Refusal::Started { since: shift.starts.clone() }.into());
    }
    let takes = facts.list::<Take>(List::TakesOf(id), limits::ROWS_PER_LIST)?;
    let at = facts.now();
    let called_off = Some(CalledOff { reason: reason.trim().to_owned(), at });
    let mut changes = vec![Shift { called_off, ..shift.clone() }.put()];
    if facts.complete() {
        let allotment = facts.get(Allotment::of(id.uuid()))?;
        changes.push(Change::put(Allotment { used: 0, holds: Vec::new(), ..allotment.clone() }, []));
    }
    changes.extend(stand_in::over(facts, id)?);
    changes.extend(pupil_take::called_off(facts, id)?);
    let concerned = takes
        .into_iter()
        .filter(|take| matches!(take.state, TakeState::Taken | TakeState::Asked | TakeState::Offered));
    changes.extend(
        concerned.map(|take| {
            Take { state: TakeState::CalledOff, came: take.has_come(), at, ..take.clone() }.put()
        }),
    );
    Ok(changes)
}

/// Answers somebody who asked to come: yes gives them the place, by the same rules as if they took it.
pub(crate) fn answer(
    facts: &Facts,
    actor: &Actor,
    (id, person): (Id<Shift>, Id<Person>),
    agrees: bool,
    reason: &str,
) -> Decision {
    let shift = facts.get(id)?;
    let post = facts.get(shift.post)?;
    rights::require_power(facts, actor, Power::ManageShifts, &post.held_at)?;
    check_text("reason", reason, usize::from(!agrees), limits::NOTE_CHARS)?;
    let take = facts.get(take_id(id, person))?;
    if take.state != TakeState::Asked {
        return Err(Refusal::ShiftAlready.into());
    }
    let at = facts.now();
    if !agrees {
        let reason = reason.trim().to_owned();
        return Ok(vec![Take { state: TakeState::Declined, reason, at, ..take.clone() }.put()]);
    }
    // Who asked stands before the desk with their question, out of its reach or not.
    check_comes(facts, actor, (shift, post), (person, belonging(facts, person)?))?;
    let class = class_part(facts, shift, person, None)?;
    let taken =
        Take { state: TakeState::Taken, came: true, class, reason: String::new(), at, ..take.clone() };
    shift_take::fill(facts, shift, person, taken.put())
}
