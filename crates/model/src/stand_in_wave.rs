//! Who is asked next to stand in, and that they are: at most a few at a time, by day, until the places are given.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, Zoned};
use uuid::Uuid;

use crate::{
    Actor, Allotment, Clash, Decision, Facts, Hold, Id, Kind, List, OfferFrom, Opening, Person, Post, School,
    Shift, StandInSearch, StandInState, StandInWave, StandInWish, Stop, Take, TakeOffer, TakeState,
    VolunteerRecord,
    class_turn::{check_place, class_part, places_now},
    derived, limits,
    shift_comes::check_comes,
    shift_offer,
    shift_take::take_id,
    volunteer::{Belongs, belonging},
};

/// Minutes within which two times of day are the same to whoever plans a week.
const SAME_HOUR: i64 = 60;
const DAY: i64 = 24 * 60;
/// People one wave looks at: more than a post of a large school is known to.
const CONSIDERED: usize = 400;

/// The next few are asked. Fired again, late or on another node it asks nobody twice: the row says when the next wave is.
pub(crate) fn wave(facts: &Facts, id: Id<Shift>, generation: u32) -> Decision {
    let Some(search) = facts.find(StandInSearch::of(id))? else { return Ok(Vec::new()) };
    let due = search.next.is_some_and(|next| next <= facts.now());
    if search.state != StandInState::Searching || search.generation != generation || !due {
        return Ok(Vec::new());
    }
    let shift = facts.get(id)?;
    let post = facts.get(shift.post)?;
    if facts.now() >= shift.last_ask() || !shift.is_on() || post.ended.is_some() {
        return Ok(vec![search.ended(facts, StandInState::Over)]);
    }
    let places = places_now(facts, shift)?;
    if places.free() == 0 {
        return Ok(vec![search.ended(facts, StandInState::Filled)]);
    }
    let school = facts.school()?;
    let awake = school.awake_from(facts.now());
    if awake > facts.now() {
        return Ok(search.clone().later(awake.min(shift.last_ask())).into());
    }
    let found = candidates(facts, search, shift, post)?;
    let rested = found.iter().filter(|one| !one.asked_today);
    let rested: Vec<_> = rested.collect();
    let size = size(school, facts.now(), shift, fillable(&places, &rested));
    let people: Vec<_> = rested.into_iter().take(size).collect();
    if people.is_empty() || search.waves.len() >= limits::STAND_IN_WAVES {
        // Who was asked once today may be asked tomorrow, where that is not too late.
        let tomorrow = tomorrow(school, facts.now()).filter(|_| !found.is_empty());
        // So may others, once what is kept for a class is open to everybody.
        let opens =
            shift.turns.iter().map(|turn| turn.until.timestamp()).filter(|at| *at > facts.now()).min();
        let waits = [tomorrow, opens].into_iter().flatten().min();
        let waits = waits.filter(|at| people.is_empty() && *at < shift.last_ask());
        return Ok(match waits {
            Some(at) => search.clone().later(at).into(),
            None => vec![search.ended(facts, StandInState::NobodyLeft)],
        });
    }
    let asked = TakeOffer {
        source: OfferFrom::StandIn,
        by: None,
        by_name: String::new(),
        words: String::new(),
        at: facts.now(),
        until: shift.starts.timestamp(),
        past: false,
    };
    let offers = Facts::each(&people, |one| {
        shift_offer::offer(facts, &Actor::Clock, (shift, post), (one.person, one.belongs), asked.clone())
    })?;
    let next = school.awake_for(facts.now(), wait(school, facts.now(), shift)).min(shift.last_ask());
    let mut search = search.clone();
    search.waves.push(StandInWave { at: facts.now(), people: people.iter().map(|one| one.person).collect() });
    Ok(search.later(next).into_iter().chain(offers).collect())
}

/// Whether there is so much waking time left until a shift.
fn is_left(school: &School, now: Timestamp, shift: &Shift, time: SignedDuration) -> bool {
    school.awake_for(now, time) <= shift.starts.timestamp()
}

/// Places that these may fill: those that are for everybody, and what is left of those that are kept for classes of theirs.
fn fillable(places: &Allotment, people: &[&Candidate]) -> u32 {
    let holds: BTreeSet<_> = people.iter().filter_map(|one| one.hold).collect();
    let kept: u32 = holds.into_iter().map(|hold| places.left_of(Some(hold))).sum();
    places.open_for(None).saturating_add(kept).min(places.free())
}

/// How many are asked now: one more for each further place that they may fill.
fn size(school: &School, now: Timestamp, shift: &Shift, free: u32) -> usize {
    let time = is_left(school, now, shift, limits::STAND_IN_SOON);
    let few = if time { limits::STAND_IN_WAVE } else { limits::STAND_IN_WAVE_SOON };
    few.saturating_add(usize::try_from(free).unwrap_or_default().saturating_sub(1))
}

/// The waking time until the next few are asked.
fn wait(school: &School, now: Timestamp, shift: &Shift) -> SignedDuration {
    let row = limits::STAND_IN_WAITS.iter().find(|(at_least, _)| is_left(school, now, shift, *at_least));
    row.map_or(SignedDuration::from_mins(15), |(_, wait)| *wait)
}

fn tomorrow(school: &School, now: Timestamp) -> Option<Timestamp> {
    let day = school.day(now).tomorrow().ok()?;
    let midnight = day.to_zoned(school.time_zone()).ok()?.timestamp();
    // A school without quiet hours still writes to nobody at midnight.
    let eight = midnight.checked_add(SignedDuration::from_hours(8)).ok()?;
    Some(school.awake_from(eight))
}

/// Somebody who may be asked, and what the order goes by: facts about asks and times, and at last a number that is nobody's
/// merit. Smaller is first.
struct Candidate {
    person: Id<Person>,
    belongs: Belongs,
    /// What they are counted of, where places are kept for a class of theirs.
    hold: Option<Id<Hold>>,
    asked_today: bool,
    order: (usize, u8, usize, Uuid),
}

/// Who may be asked for a shift, in order: who may come, agreed to be asked, and was not asked too often.
fn candidates(
    facts: &Facts,
    search: &StandInSearch,
    shift: &Shift,
    post: &Post,
) -> Result<Vec<Candidate>, Stop> {
    let mut shifts = facts.list::<Shift>(List::ShiftsOf(post.id), limits::ROWS_PER_LIST)?;
    let starts = shift.starts.timestamp();
    shifts.sort_by_key(|one| one.starts.timestamp().duration_since(starts).abs());
    shifts.truncate(limits::STAND_IN_SHIFTS);
    let takes = Facts::each(&shifts, |one| facts.list::<Take>(List::TakesOf(one.id), limits::ROWS_PER_LIST))?;
    let wishes = facts.list::<StandInWish>(List::All(Kind::StandInWish), limits::ROWS_PER_LIST)?;
    // Whoever came to this post once knows it; whoever said so is asked for any.
    let known = takes.into_iter().flatten().filter(|take| take.has_come()).map(|take| take.person);
    let said = wishes.into_iter().filter(|wish| wish.asks).map(|wish| wish.person);
    let new = |person: &Id<Person>| !search.has_asked(*person);
    let (known, said) = (known.filter(new).collect(), said.filter(new).collect());
    let people = considered(shift.id, known, said, CONSIDERED);
    let found = Facts::each(people, |person| match consider(facts, search, (shift, post), person) {
        Err(Stop::Refused(_)) => Ok(None),
        other => other,
    })?;
    let mut found: Vec<_> = found.into_iter().flatten().collect();
    found.sort_by_key(|one| one.order);
    busy_last(facts, shift, found)
}

/// Who has a seat or a meeting then may still want to come: they are asked after those who have not. That is looked up only of the
/// first few, for it takes many rows; who stands behind them is asked before who is known to be busy.
fn busy_last(facts: &Facts, shift: &Shift, mut found: Vec<Candidate>) -> Result<Vec<Candidate>, Stop> {
    let others = found.split_off(found.len().min(limits::STAND_IN_LOOKED_AT));
    let opening = Opening::of(facts, shift.id)?;
    let records = Facts::each(&found, |one| VolunteerRecord::of(facts, one.person))?;
    let (mut free, mut busy) = (Vec::new(), Vec::new());
    for (one, record) in found.into_iter().zip(records) {
        match record.could_come(&opening).meets {
            None => free.push(one),
            Some(Clash::TooFar) => busy.push((1, one)),
            Some(Clash::SameTime) => busy.push((2, one)),
        }
    }
    busy.sort_by_key(|(how, one)| (*how, one.order));
    Ok(free.into_iter().chain(others).chain(busy.into_iter().map(|(_, one)| one)).collect())
}

/// Whom one wave looks at: who came before whoever else said that they want to be asked, each in an order that is nobody's merit.
fn considered(
    shift: Id<Shift>,
    known: BTreeSet<Id<Person>>,
    said: BTreeSet<Id<Person>>,
    most: usize,
) -> Vec<Id<Person>> {
    let lots = |people: BTreeSet<Id<Person>>| {
        let mut people: Vec<_> = people.into_iter().collect();
        people.sort_by_key(|person| lot(shift, *person));
        people
    };
    let others = said.difference(&known).copied().collect();
    lots(known).into_iter().chain(lots(others)).take(most).collect()
}

fn lot(shift: Id<Shift>, person: Id<Person>) -> Uuid {
    derived::<Take>("stand-in-order", shift.uuid(), person.uuid()).uuid()
}

fn consider(
    facts: &Facts,
    search: &StandInSearch,
    (shift, post): (&Shift, &Post),
    person: Id<Person>,
) -> Result<Option<Candidate>, Stop> {
    let school = facts.school()?;
    let starts = shift.starts.with_time_zone(school.time_zone());
    let wish = facts.find(StandInWish::of(person))?;
    if search.has_asked(person) || wish.is_some_and(|wish| !wish.fits(&starts)) {
        return Ok(None);
    }
    // Who gave this very shift back, said no to it or was turned away is not asked for it again.
    let own = facts.find(take_id(shift.id, person))?;
    if own.is_some_and(|take| take.state != TakeState::Released) {
        return Ok(None);
    }
    let takes = facts.list::<Take>(List::TakesBy(person), limits::ROWS_PER_LIST)?;
    let within = |at: Timestamp, time| facts.now().duration_since(at) <= time;
    let offers = takes.iter().filter_map(|take| take.offer.as_ref());
    let asks: Vec<_> = offers.filter(|one| one.source == OfferFrom::StandIn).map(|one| one.at).collect();
    let term = asks.iter().filter(|at| within(**at, limits::STAND_IN_TERM)).count();
    if term >= limits::STAND_IN_PER_TERM {
        return Ok(None);
    }
    let belongs = belonging(facts, person)?;
    check_comes(facts, &Actor::Clock, (shift, post), (person, belongs))?;
    // What is kept for a class is that class's to fill.
    let class = class_part(facts, shift, person, None)?;
    let hold = class.and_then(|part| shift.hold_of_class(part.class));
    check_place(facts, &places_now(facts, shift)?, shift, hold)?;
    let come: Vec<_> = takes.iter().filter(|take| take.has_come()).collect();
    let others = Facts::each(&come, |take| facts.find(take.shift))?;
    let others: Vec<_> = others.into_iter().flatten().collect();
    let near = |one: &&&Shift| {
        let apart = one.starts.timestamp().duration_since(starts.timestamp());
        one.post == post.id && apart.abs() <= limits::STAND_IN_TERM
    };
    let lately = asks.iter().filter(|at| within(**at, limits::STAND_IN_LATELY)).count();
    let distance = others.iter().map(|one| distance(&one.starts, &starts)).min().unwrap_or(FAR);
    let shared = others.iter().filter(near).count();
    let lot = lot(shift.id, person);
    Ok(Some(Candidate {
        person,
        belongs,
        hold,
        asked_today: asks.iter().any(|at| school.day(*at) == school.day(facts.now())),
        order: (lately, distance, shared, lot),
    }))
}

const FAR: u8 = 2;

/// How far a time is from one somebody comes at: the same hour of the same day of the week, of another day, or neither.
fn distance(one: &Zoned, other: &Zoned) -> u8 {
    let one = one.with_time_zone(other.time_zone().clone());
    let minutes = |at: &Zoned| i64::from(at.hour()) * 60 + i64::from(at.minute());
    let apart = (minutes(&one) - minutes(other)).abs();
    if apart.min(DAY - apart) > SAME_HOUR { FAR } else { u8::from(one.weekday() != other.weekday()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(numbers: std::ops::Range<u128>) -> BTreeSet<Id<Person>> {
        numbers.map(|number| Id::new(Uuid::from_u128(number))).collect()
    }

    #[test]
    fn a_wave_looks_at_no_more_than_its_cap_and_first_at_who_knows_the_post() {
        let shift = |number| Id::new(Uuid::from_u128(number));
        let (known, said) = (people(1..7), people(5..30));
        let of = |shift, most| considered(shift, known.clone(), said.clone(), most);
        let found = of(shift(100), 10);
        assert_eq!(found.len(), 10);
        let (first, rest) = found.split_at(6);
        assert_eq!(first.iter().copied().collect::<BTreeSet<_>>(), known);
        assert!(rest.iter().all(|person| said.contains(person) && !known.contains(person)));
        assert_eq!(found, of(shift(100), 10), "the same each time it is worked out");
        assert_ne!(found, of(shift(101), 10), "nobody is first at every shift");
        assert!(
            of(shift(100), 4).iter().all(|person| known.contains(person)),
            "also where they are too many"
        );
        assert_eq!(of(shift(100), CONSIDERED).len(), 29, "each once");
        assert_eq!(considered(shift(100), people(0..900), said.clone(), CONSIDERED).len(), CONSIDERED);
    }
}
