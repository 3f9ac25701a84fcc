//! Who may come to a shift.

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use crate::{
    Actor, Facts, Id, List, Person, Post, Qualification, Qualified, Refusal, Shift, Stop, Take, TakeState,
    limits, qualification,
    shift_rest::{self, Times},
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
    check_comes_instead(facts, actor, (shift, post), (person, belongs), None)
}

/// The same for somebody who gives another shift for it.
pub(crate) fn check_comes_instead(
    facts: &Facts,
    actor: &Actor,
    (shift, post): (&Shift, &Post),
    (person, belongs): (Id<Person>, Belongs),
    gives: Option<Id<Shift>>,
) -> Result<(), Stop> {
    belongs.require(facts, actor, person, post.terms.population)?;
    let day = shift.day_in(facts.school()?.time_zone());
    let asks = &post.terms.requires;
    let has = if asks.is_empty() {
        Vec::new()
    } else {
        facts.list::<Qualified>(List::QualificationsOf(person), limits::ROWS_PER_LIST)?
    };
    let asks = Facts::each(asks, |one| facts.find(*one))?;
    let asks: Vec<_> = asks.into_iter().flatten().filter(|one| !one.dropped).collect();
    let taken = facts.list::<Take>(List::TakesBy(person), limits::ROWS_PER_LIST)?;
    let taken: Vec<_> = taken
        .into_iter()
        .filter(|take| take.state == TakeState::Taken && Some(take.shift) != gives)
        .collect();
    let others = Facts::each(&taken, |take| facts.find(take.shift))?;
    let posts = Facts::each(&taken, |take| facts.find(take.post))?;
    let others = others.into_iter().zip(posts).filter_map(|(shift, post)| Some((shift?, post?)));
    let others =
        others.map(|(shift, post)| (shift.id.uuid(), (&shift.starts, &shift.ends, post.terms.rest_min)));
    comes(facts.now(), (shift, post, day), (&asks, &has), others).map_err(Stop::from)
}

/// The rules of coming, for whom the post is apart; `day` is that of the shift, `others` are the shifts they come to.
pub(crate) fn comes<'s>(
    now: Timestamp,
    (shift, post, day): (&'s Shift, &Post, Date),
    (asks, has): (&[&Qualification], &[&Qualified]),
    others: impl Iterator<Item = (Uuid, Times<'s>)>,
) -> Result<(), Refusal> {
    if now >= shift.starts.timestamp() {
        return Err(Refusal::Started { since: shift.starts.clone() });
    }
    if !shift.is_on() {
        return Err(Refusal::ShiftOff);
    }
    if post.ended.is_some() {
        return Err(Refusal::PostEnded);
    }
    qualification::refuse_lacking(asks, has, day)?;
    let others = others.filter(|(id, _)| *id != shift.id.uuid());
    shift_rest::check((&shift.starts, &shift.ends, post.terms.rest_min), others)
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
