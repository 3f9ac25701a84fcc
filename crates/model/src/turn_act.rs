//! What the desk and a class do about turns: lay them over shifts, ask a family of the class, let go what was kept.

use std::collections::BTreeSet;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Allotment, Change, ClassContact, ClassReady, ClassTurn, Decision, Facts, Hat, Id, Kind, Level,
    List, OfferFrom, Person, Place, Population, Post, Power, Refusal, Shift, Stop, Take, TakeOffer,
    TakeState,
    class_contact::fills,
    class_turn::{family_in, opening, places_now},
    limits,
    limits::check_text,
    rights, shift_offer, shift_take,
    volunteer::belonging,
};

/// Whose turn it is at one shift.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct ShiftTurns {
    /// Which.
    pub shift: Id<Shift>,
    /// The classes; none where it is open to everybody. At most [`limits::TURNS_PER_SHIFT`].
    pub turns: Vec<ClassTurn>,
}

/// Says of shifts of one post whose turn it is; what is said of each replaces what stood.
pub(crate) fn set(facts: &Facts, actor: &Actor, id: Id<Post>, wished: &[ShiftTurns]) -> Decision {
    let post = facts.get(id)?;
    rights::require_power(facts, actor, Power::ManageShifts, &post.held_at)?;
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    if post.ended.is_some() {
        return Err(Refusal::PostEnded.into());
    }
    let each: BTreeSet<_> = wished.iter().map(|one| one.shift).collect();
    if wished.is_empty() || each.len() != wished.len() || post.terms.population == Population::Staff {
        return malformed("turns");
    }
    if wished.len() > limits::SHIFTS_PER_POST {
        let limit = u32::try_from(limits::SHIFTS_PER_POST).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "turns".into(), limit }.into());
    }
    let classes: BTreeSet<_> = wished.iter().flat_map(|one| &one.turns).map(|turn| turn.class).collect();
    for class in Facts::each(classes, |class| facts.get(class))? {
        if class.level != Level::Class || !class.within(post.place) {
            return malformed("class");
        }
    }
    Ok(Facts::each(wished, |one| at_shift(facts, id, one))?.concat())
}

fn at_shift(facts: &Facts, post: Id<Post>, wished: &ShiftTurns) -> Decision {
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
    let before = facts.get(wished.shift)?;
    if before.post != post {
        return malformed("shift");
    }
    if !before.is_on() {
        return Err(Refusal::ShiftOff.into());
    }
    if facts.now() >= before.starts.timestamp() {
        return Err(Refusal::Started { since: before.starts.clone() }.into());
    }
    let turns = &wished.turns;
    let classes: BTreeSet<_> = turns.iter().map(|turn| turn.class).collect();
    let places = turns.iter().fold(0_u32, |sum, turn| sum.saturating_add(turn.places));
    if classes.len() != turns.len() || turns.len() > limits::TURNS_PER_SHIFT {
        return malformed("turns");
    }
    if places > before.needed || turns.iter().any(|turn| turn.places == 0) {
        return malformed("places");
    }
    let over = |turn: &&ClassTurn| !before.turns.contains(turn) && turn.until.timestamp() <= facts.now();
    if turns.iter().any(|turn| turn.until > before.starts) || turns.iter().find(over).is_some() {
        return malformed("until");
    }
    if *turns == before.turns {
        return Ok(Vec::new());
    }
    // What stands for a class as it stood is no news to it.
    let since = |turn: &ClassTurn| {
        let kept = before.turns_at.get(&turn.class).filter(|_| before.turns.contains(turn));
        (turn.class, kept.copied().unwrap_or(facts.now()))
    };
    let turns_at = turns.iter().map(since).collect();
    let shift = Shift { turns: turns.clone(), turns_at, ..before.clone() };
    let mut changes = Vec::new();
    if facts.complete() {
        let mut kept = places_now(facts, &shift)?;
        recounted(facts, before, &shift, &mut kept)?;
        if kept != *facts.get(Allotment::of(shift.id.uuid()))? {
            changes.push(Change::put(kept, []));
        }
        changes.extend(no_longer_asked(facts, before, &classes)?);
        changes.extend(opening(&shift, facts.now()));
    }
    changes.insert(0, shift.put());
    Ok(changes)
}

/// A class whose turn it becomes may have had one before: whoever came as a family of it then is counted so again.
fn recounted(facts: &Facts, before: &Shift, shift: &Shift, places: &mut Allotment) -> Result<(), Stop> {
    let new = |turn: &&ClassTurn| before.hold_of_class(turn.class).is_none();
    let new: Vec<_> = shift.turns.iter().filter(new).collect();
    if new.is_empty() {
        return Ok(());
    }
    let takes = facts.list::<Take>(List::TakesOf(shift.id), limits::ROWS_PER_LIST)?;
    for hold in new.into_iter().map(|turn| shift.hold_of_class(turn.class)) {
        let of_it = |take: &&&Take| take.state == TakeState::Taken && shift.hold_of_take(take) == hold;
        let used = takes.iter().filter(of_it).count();
        if let Some(held) = places.held_mut(hold) {
            held.used = u32::try_from(used).unwrap_or(u32::MAX);
        }
    }
    Ok(())
}

/// Whoever was asked by a class whose turn it is no more.
fn no_longer_asked(facts: &Facts, before: &Shift, classes: &BTreeSet<Id<Place>>) -> Decision {
    if before.turns.iter().all(|turn| classes.contains(&turn.class)) {
        return Ok(Vec::new());
    }
    let takes = facts.list::<Take>(List::TakesOf(before.id), limits::ROWS_PER_LIST)?;
    let gone = takes.into_iter().filter(|take| {
        let asked_by = take.offer.as_ref().map(|offer| &offer.source);
        let by_gone = matches!(asked_by, Some(OfferFrom::Class { class }) if !classes.contains(class));
        take.state == TakeState::Offered && by_gone
    });
    Ok(gone.map(|take| shift_take::released(facts, take)).collect())
}

/// The time is over until which places of a shift are kept.
pub(crate) fn open(facts: &Facts, id: Id<Shift>) -> Decision {
    let shift = facts.get(id)?;
    if !shift.is_on() {
        return Ok(Vec::new());
    }
    let now = places_now(facts, shift)?;
    let same = now == *facts.get(Allotment::of(id.uuid()))?;
    Ok(if same { Vec::new() } else { vec![Change::put(now, [])] })
}

/// Asks a family of the class whose turn it is: the contact those who said that they are ready, its teacher and the desk any.
pub(crate) fn ask(
    facts: &Facts,
    actor: &Actor,
    (id, class, person): (Id<Shift>, Id<Place>, Id<Person>),
    (words, until): (&str, Option<Timestamp>),
) -> Decision {
    let contact = matches!(actor, Actor::Person { hat: Hat::Guardian, .. });
    if !fills(facts, actor, class)? {
        let no_power = Refusal::NoPower { power: Power::ActForFamilies }.into();
        return Err(if contact { facts.missing(Kind::ClassContact) } else { no_power });
    }
    let shift = facts.get(id)?;
    let post = facts.get(shift.post)?;
    check_text("words", words, 0, limits::NOTE_CHARS)?;
    let turn = shift.turns.iter().find(|turn| turn.class == class);
    let turn = turn.ok_or(Refusal::Malformed { field: "class".into() })?;
    let starts = shift.starts.timestamp();
    if until.is_some_and(|until| facts.past(until) || until > starts) {
        return Err(Refusal::Malformed { field: "until".into() }.into());
    }
    let today = facts.today()?;
    if contact && !facts.find(ClassReady::of(class, person))?.is_some_and(|row| row.holds(today)) {
        return Err(facts.missing(Kind::ClassReady));
    }
    // Nobody is asked in the name of a class they are not of.
    family_in(facts, person, class)?.ok_or_else(|| facts.missing(Kind::Person))?;
    let kept = Some(turn.until.timestamp()).filter(|until| facts.now() < *until).unwrap_or(starts);
    let asked = TakeOffer {
        source: OfferFrom::Class { class },
        by: actor.person(),
        by_name: name_of(facts, actor, class)?,
        words: words.trim().to_owned(),
        at: facts.now(),
        until: until.unwrap_or(kept),
        past: false,
    };
    let belongs = belonging(facts, person)?;
    let offered = shift_offer::offer(facts, actor, (shift, post), (person, belongs), asked);
    Ok(vec![offered.map_err(|stop| if contact { discreet(facts, stop) } else { stop })?])
}

/// Where else another parent comes, and what they lack, is nothing a contact reads from a refusal.
fn discreet(facts: &Facts, stop: Stop) -> Stop {
    let own = matches!(
        stop,
        Stop::Refused(
            Refusal::ShiftClash { .. } | Refusal::ShortRest { .. } | Refusal::MissingQualification { .. }
        )
    );
    if own { facts.missing(Kind::ClassReady) } else { stop }
}

fn name_of(facts: &Facts, actor: &Actor, class: Id<Place>) -> Result<String, Stop> {
    if let Some(name) = actor.staff_name(facts)? {
        return Ok(name);
    }
    let Some(person) = actor.person() else { return Ok(String::new()) };
    let contact = facts.find(ClassContact::of(class, person))?;
    Ok(contact.map(|row| row.person_name.clone()).unwrap_or_default())
}
