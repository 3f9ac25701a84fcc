//! Who may come to a shift.

use crate::{
    Actor, Facts, Id, List, Person, Post, Refusal, Shift, Stop, Take, TakeState, limits, qualification,
    shift_rest,
    volunteer::{Belongs, require_member, volunteer},
};

/// Refuses whoever may not come to a shift, whoever lets them in: where nobody new is looked for, one for whom it is not,
/// who lacks what it asks, who is elsewhere at that time or would have too little rest.
pub(crate) fn check_comes(
    facts: &Facts,
    actor: &Actor,
    (shift, post): (&Shift, &Post),
    (person, belongs): (Id<Person>, Belongs),
) -> Result<(), Stop> {
    belongs.require(facts, actor, person, post.terms.population)?;
    if facts.now() >= shift.starts.timestamp() {
        return Err(Refusal::Started { since: shift.starts.clone() }.into());
    }
    if !shift.is_on() {
        return Err(Refusal::ShiftOff.into());
    }
    if post.ended.is_some() {
        return Err(Refusal::PostEnded.into());
    }
    let day = shift.day_in(facts.school()?.time_zone());
    qualification::require(facts, person, &post.terms.requires, day)?;
    let taken = facts.list::<Take>(List::TakesBy(person), limits::ROWS_PER_LIST)?;
    let taken = taken.into_iter().filter(|take| take.state == TakeState::Taken && take.shift != shift.id);
    let taken: Vec<_> = taken.collect();
    let others = Facts::each(&taken, |take| facts.find(take.shift))?;
    let posts = Facts::each(&taken, |take| facts.find(take.post))?;
    let others = others.into_iter().zip(posts).filter_map(|(shift, post)| Some((shift?, post?)));
    shift_rest::check(
        (&shift.starts, &shift.ends, post.terms.rest_min),
        others.map(|(shift, post)| (shift.id.uuid(), (&shift.starts, &shift.ends, post.terms.rest_min))),
    )
    .map_err(Stop::from)
}

/// Why somebody could not come to a shift if they took it now, places apart: what a window says before anything is pressed.
///
/// # Errors
/// [`Stop::Needs`] until the rows were loaded, [`Stop::Unknown`] where a replica has not got them.
pub fn why_not(facts: &Facts, actor: &Actor, id: Id<Shift>) -> Result<Option<Refusal>, Stop> {
    let shift = facts.get(id)?;
    let post = facts.get(shift.post)?;
    let person = volunteer(facts, actor, &post.held_at, None)?;
    let checked = require_member(facts, actor, person)
        .and_then(|belongs| check_comes(facts, actor, (shift, post), (person, belongs)));
    match checked {
        Ok(()) => Ok(None),
        Err(Stop::Refused(refusal)) => Ok(Some(refusal)),
        Err(stop) => Err(stop),
    }
}
