//! Somebody is asked to come to a shift: by its desk, by a class, by the search for a stand-in. What is offered holds no place
//! (ADR 46): whoever says yes first has it, and once nobody is needed any more the others are released with thanks.

use jiff::Timestamp;

use crate::{
    Actor, Change, Decision, Facts, Id, Kind, OfferFrom, Person, Post, Power, Proxy, Refusal, Shift, Stop,
    Take, TakeOffer, TakeState,
    class_contact::fills,
    class_turn::{check_place, class_part, places_now},
    limits,
    limits::check_text,
    rights,
    shift_comes::check_comes,
    shift_take::{fill, put_take, released, take_id},
    stand_in,
    volunteer::{Belongs, belonging, require_member, volunteer_at},
};

/// Asks people to come, all or none of them.
pub(crate) fn by_desk(
    facts: &Facts,
    actor: &Actor,
    id: Id<Shift>,
    people: &[Id<Person>],
    (words, until): (&str, Option<Timestamp>),
) -> Decision {
    let shift = facts.get(id)?;
    let post = facts.get(shift.post)?;
    rights::require_power(facts, actor, Power::ManageShifts, &post.held_at)?;
    check_text("words", words, 0, limits::NOTE_CHARS)?;
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    let each: std::collections::BTreeSet<_> = people.iter().collect();
    if people.is_empty() || each.len() != people.len() {
        return malformed("people");
    }
    if people.len() > limits::OFFERED_AT_ONCE {
        let limit = u32::try_from(limits::OFFERED_AT_ONCE).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "people".into(), limit }.into());
    }
    let starts = shift.starts.timestamp();
    if until.is_some_and(|until| facts.past(until) || until > starts) {
        return malformed("until");
    }
    let asked = TakeOffer {
        source: OfferFrom::Desk,
        by: actor.person(),
        by_name: actor.staff_name(facts)?.unwrap_or_default(),
        words: words.trim().to_owned(),
        at: facts.now(),
        until: until.unwrap_or(starts),
        past: false,
    };
    Facts::each(people, |person| {
        let belongs = require_member(facts, actor, *person)?;
        offer(facts, actor, (shift, post), (*person, belongs), asked.clone())
    })
}

/// Asks one person, by the rules of coming: who may not come is not asked. Neither is who comes, asks or is asked already.
pub(crate) fn offer(
    facts: &Facts,
    actor: &Actor,
    (shift, post): (&Shift, &Post),
    (person, belongs): (Id<Person>, Belongs),
    asked: TakeOffer,
) -> Result<Change, Stop> {
    check_comes(facts, actor, (shift, post), (person, belongs))?;
    let before = facts.find::<Take>(take_id(shift.id, person))?;
    let stands = |take: &Take| matches!(take.state, TakeState::Taken | TakeState::Asked | TakeState::Offered);
    if before.is_some_and(stands) {
        return Err(Refusal::ShiftAlready.into());
    }
    let class = class_part(facts, shift, person, Some(&asked.source))?;
    if facts.complete() {
        let hold = class.as_ref().and_then(|part| shift.hold_of_class(part.class));
        check_place(facts, &places_now(facts, shift)?, shift, hold)?;
    }
    let take = Take {
        id: take_id(shift.id, person),
        shift: shift.id,
        post: shift.post,
        person,
        person_name: facts.get(person)?.name.clone(),
        entered: None,
        class,
        state: TakeState::Offered,
        came: before.is_some_and(Take::has_come),
        reason: String::new(),
        at: facts.now(),
        offer: Some(asked),
        reminded: None,
        confirmed: None,
        seal: before.map(|take| take.seal.clone()).unwrap_or_default(),
    };
    Ok(take.put())
}

/// Whoever was asked says whether they come. A yes after the hoped-for time counts while there is a place.
pub(crate) fn answer(
    facts: &Facts,
    actor: &Actor,
    id: Id<Shift>,
    (agrees, reason): (bool, &str),
    on_behalf_of: Option<&Proxy>,
) -> Decision {
    let shift = facts.get(id)?;
    let post = facts.get(shift.post)?;
    let person = volunteer_at(facts, actor, (shift, post), on_behalf_of)?;
    check_text("reason", reason, 0, limits::NOTE_CHARS)?;
    let take = facts.find::<Take>(take_id(id, person))?.ok_or(Refusal::ShiftAlready)?;
    if take.state != TakeState::Offered {
        return Err(no_longer(shift, take, agrees).into());
    }
    if agrees {
        // Whoever asked them reached them; that they belong to the school still has to be so.
        check_comes(facts, actor, (shift, post), (person, belonging(facts, person)?))?;
        let taken = put_take(facts, actor, on_behalf_of, shift, person, TakeState::Taken)?;
        return fill(facts, shift, person, taken);
    }
    if facts.now() >= shift.starts.timestamp() {
        return Err(Refusal::Started { since: shift.starts.clone() }.into());
    }
    let entered = actor.entered(facts, on_behalf_of.filter(|_| actor.person() != Some(person)))?;
    let (reason, at) = (reason.trim().to_owned(), facts.now());
    let no = Take { state: TakeState::SaidNo, reason, entered, at, ..take.clone() };
    Ok(std::iter::once(no.put()).chain(stand_in::hurried(facts, id, person)?).collect())
}

/// Why somebody who is asked no longer cannot answer: nobody goes to the gate because it read as if they were expected.
fn no_longer(shift: &Shift, take: &Take, agrees: bool) -> Refusal {
    match take.state {
        _ if agrees && !shift.is_on() => Refusal::ShiftOff,
        TakeState::Released if agrees => Refusal::ShiftFull,
        TakeState::Taken if !agrees => otherwise(take, &take.person_name),
        TakeState::SaidNo | TakeState::Dropped if agrees => otherwise(take, &take.person_name),
        _ => Refusal::ShiftAlready,
    }
}

/// It was answered otherwise, by whoever entered it or else by them.
fn otherwise(take: &Take, called: &str) -> Refusal {
    let entered = take.entered.as_ref().map(|entered| entered.by.clone());
    Refusal::AnsweredAlready { by: entered.unwrap_or_else(|| called.to_owned()) }
}

/// The desk asks somebody no longer; a class, whom it asked itself.
pub(crate) fn take_back(facts: &Facts, actor: &Actor, (id, person): (Id<Shift>, Id<Person>)) -> Decision {
    let shift = facts.get(id)?;
    let post = facts.get(shift.post)?;
    let take = facts.find::<Take>(take_id(id, person))?;
    let source = take.and_then(|take| take.offer.as_ref()).map(|offer| &offer.source);
    let own = match source {
        Some(OfferFrom::Class { class }) => fills(facts, actor, *class)?,
        _ => false,
    };
    if !own {
        rights::require_power(facts, actor, Power::ManageShifts, &post.held_at)?;
    }
    let take = take.ok_or_else(|| facts.missing(Kind::Take))?;
    match take.state {
        TakeState::Offered => {}
        // They said yes meanwhile. A class knows them by their child.
        TakeState::Taken => {
            let family = take.class.as_ref().filter(|_| own).map(|part| &part.family.child);
            return Err(otherwise(take, family.unwrap_or(&take.person_name)).into());
        }
        _ => return Err(Refusal::ShiftAlready.into()),
    }
    Ok(vec![released(facts, take)])
}
