//! 找人替班: a place was given back, and people are asked to stand in, a few at a time (ADR 48). This is what the desk reads of it,
//! how it begins and ends, and who wants to be asked; `stand_in_wave` asks.

use jiff::{Timestamp, Zoned, civil::Weekday};
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Allotment, Change, DayPart, Decision, Due, DueKind, Facts, Feed, Id, Kind, List, OfferFrom,
    Person, Post, Power, Refusal, Shift, StandInRule, Stop, Take, TakeState, derived, limits, rights,
};

/// How a search for a stand-in stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum StandInState {
    /// People are asked, or will be at the time of the next wave.
    Searching,
    /// Every place is given.
    Filled,
    /// There is nobody left to ask; who was asked may still say yes.
    NobodyLeft,
    /// The desk stopped it.
    Stopped,
    /// It is too late to ask, or the shift does not take place.
    Over,
}

/// Those who were asked together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandInWave {
    /// When.
    pub at: Timestamp,
    /// Whom.
    pub people: Vec<Id<Person>>,
}

/// The search for a stand-in at one shift; a later search takes the place of an earlier one. For the desk alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandInSearch {
    /// Follows from the shift.
    pub id: Id<StandInSearch>,
    /// At which shift.
    pub shift: Id<Shift>,
    /// Of which post.
    pub post: Id<Post>,
    /// How it stands.
    pub state: StandInState,
    /// When it began.
    pub began: Timestamp,
    /// The name of who began it; empty where it began by itself.
    pub by_name: String,
    /// Who was asked, in order; at most [`limits::STAND_IN_WAVES`].
    pub waves: Vec<StandInWave>,
    /// When the next few are asked, while it is on.
    pub next: Option<Timestamp>,
    /// When its state changed last.
    pub changed: Timestamp,
    /// Counts the searches at this shift: timers of an earlier one are void.
    pub generation: u32,
}

/// Whether and when somebody wants to be asked to stand in. Their own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandInWish {
    /// Follows from the person.
    pub id: Id<StandInWish>,
    /// Who.
    pub person: Id<Person>,
    /// Whether they want to be asked, at any post they may come to.
    pub asks: bool,
    /// On which days of the week, 1 for Monday to 7; on all, if there are none.
    pub days: Vec<i8>,
    /// At which part of the day.
    pub part: DayPart,
}

impl StandInWish {
    /// Where that of a person is kept.
    #[must_use]
    pub fn of(person: Id<Person>) -> Id<Self> {
        derived("stand-in-wish", person.uuid(), person.uuid())
    }

    /// Whether they want to be asked for a shift that begins then, by the school's clock.
    pub(crate) fn fits(&self, starts: &Zoned) -> bool {
        let day = self.days.is_empty() || self.days.contains(&starts.weekday().to_monday_one_offset());
        let part = match self.part {
            DayPart::WholeDay => true,
            DayPart::Morning => starts.hour() < 12,
            DayPart::Afternoon => starts.hour() >= 12,
        };
        self.asks && day && part
    }
}

impl StandInSearch {
    /// Where that of a shift is kept.
    #[must_use]
    pub fn of(shift: Id<Shift>) -> Id<Self> {
        derived("stand-in-search", shift.uuid(), shift.uuid())
    }

    /// How many were asked in all.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.waves.iter().map(|wave| wave.people.len()).sum()
    }

    /// How it stands at a moment: a wave that would come when it is too late comes no more, whether a timer said so yet or not.
    #[must_use]
    pub fn state_at(&self, now: Timestamp, shift: &Shift) -> StandInState {
        match self.state {
            StandInState::Searching if now >= shift.last_ask() => StandInState::Over,
            state => state,
        }
    }

    /// Whether this person was asked by it.
    pub(crate) fn has_asked(&self, person: Id<Person>) -> bool {
        self.waves.iter().any(|wave| wave.people.contains(&person))
    }

    /// As it stands from now on, with no wave to come.
    pub(crate) fn ended(&self, facts: &Facts, state: StandInState) -> Change {
        Self { state, next: None, changed: facts.now(), ..self.clone() }.put()
    }

    /// With the next wave at this moment, and the timer for it.
    pub(crate) fn later(self, next: Timestamp) -> [Change; 2] {
        let due = Due::new(DueKind::StandIn, self.shift.uuid(), next, self.generation);
        [Self { next: Some(next), ..self }.put(), Change::Set(due)]
    }

    fn put(self) -> Change {
        let desk = Feed::Desk(self.post.uuid());
        Change::put(self, [desk])
    }
}

impl Shift {
    /// From when on people are asked to stand in where nobody of the desk asks for it.
    fn first_ask(&self) -> Timestamp {
        self.starts.timestamp().saturating_sub(limits::STAND_IN_BEFORE).unwrap_or(Timestamp::MIN)
    }

    /// From when on nobody is asked to stand in any more.
    #[must_use]
    pub fn last_ask(&self) -> Timestamp {
        self.starts.timestamp().saturating_sub(limits::STAND_IN_LAST).unwrap_or(Timestamp::MIN)
    }
}

/// A place was given back: where the post says so, a search begins by itself. One that is on goes on, and one that the desk
/// stopped stays stopped.
pub(crate) fn by_itself(facts: &Facts, shift: &Shift, post: &Post) -> Decision {
    let wanted = post.terms.stand_in == StandInRule::ByItself && shift.is_on() && post.ended.is_none();
    let before = facts.find(StandInSearch::of(shift.id))?;
    let stands =
        before.is_some_and(|search| matches!(search.state, StandInState::Searching | StandInState::Stopped));
    if !wanted || stands {
        return Ok(Vec::new());
    }
    begin(facts, shift, before, (shift.first_ask(), String::new()))
}

/// The desk begins it.
pub(crate) fn by_desk(facts: &Facts, actor: &Actor, id: Id<Shift>) -> Decision {
    let shift = facts.get(id)?;
    let post = facts.get(shift.post)?;
    rights::require_power(facts, actor, Power::ManageShifts, &post.held_at)?;
    if facts.now() >= shift.last_ask() {
        return Err(Refusal::Started { since: shift.starts.clone() }.into());
    }
    if !shift.is_on() {
        return Err(Refusal::ShiftOff.into());
    }
    if post.ended.is_some() {
        return Err(Refusal::PostEnded.into());
    }
    if post.terms.stand_in == StandInRule::Off {
        return Err(Refusal::Malformed { field: "stand_in".into() }.into());
    }
    let before = facts.find(StandInSearch::of(id))?;
    if before.is_some_and(|search| search.state == StandInState::Searching) {
        return Err(Refusal::ShiftAlready.into());
    }
    if facts.complete() && facts.get(Allotment::of(id.uuid()))?.free() == 0 {
        return Err(Refusal::ShiftFull.into());
    }
    let by = actor.staff_name(facts)?.unwrap_or_default();
    begin(facts, shift, before, (facts.now(), by))
}

/// Begins at this moment or now, in hours in which families may be told something.
fn begin(
    facts: &Facts,
    shift: &Shift,
    before: Option<&StandInSearch>,
    (from, by_name): (Timestamp, String),
) -> Decision {
    let first = facts.school()?.awake_from(from.max(facts.now()));
    // What begins too late to ask anybody is not begun; the desk sees that the place is free.
    if first >= shift.last_ask() {
        return Ok(Vec::new());
    }
    let search = StandInSearch {
        id: StandInSearch::of(shift.id),
        shift: shift.id,
        post: shift.post,
        state: StandInState::Searching,
        began: facts.now(),
        by_name,
        waves: Vec::new(),
        next: None,
        changed: facts.now(),
        generation: before.map_or(0, |search| search.generation.saturating_add(1)),
    };
    Ok(search.later(first).into())
}

/// The desk stops it; whoever it still asks is released.
pub(crate) fn stop(facts: &Facts, actor: &Actor, id: Id<Shift>) -> Decision {
    let shift = facts.get(id)?;
    let post = facts.get(shift.post)?;
    rights::require_power(facts, actor, Power::ManageShifts, &post.held_at)?;
    let search = facts.find(StandInSearch::of(id))?.ok_or_else(|| facts.missing(Kind::StandInSearch))?;
    if !matches!(search.state, StandInState::Searching | StandInState::NobodyLeft) {
        return Err(Refusal::ShiftAlready.into());
    }
    let takes = facts.list::<Take>(List::TakesOf(id), limits::ROWS_PER_LIST)?;
    let asked = takes.into_iter().filter(|take| is_asked(take));
    let at = facts.now();
    let released = asked.map(|take| Take { state: TakeState::Released, at, ..take.clone() }.put());
    Ok(std::iter::once(search.ended(facts, StandInState::Stopped)).chain(released).collect())
}

fn is_asked(take: &Take) -> bool {
    let by_search = take.offer.as_ref().is_some_and(|offer| offer.source == OfferFrom::StandIn);
    take.state == TakeState::Offered && by_search
}

/// The last place was given.
pub(crate) fn filled(facts: &Facts, shift: Id<Shift>) -> Decision {
    let search = facts.find(StandInSearch::of(shift))?;
    let open =
        |search: &&StandInSearch| matches!(search.state, StandInState::Searching | StandInState::NobodyLeft);
    Ok(search.filter(open).map(|search| search.ended(facts, StandInState::Filled)).into_iter().collect())
}

/// The shift has other times: a search that is on asks at those, unless it is too late there.
pub(crate) fn moved(facts: &Facts, shift: &Shift) -> Decision {
    let search = facts.find(StandInSearch::of(shift.id))?;
    let Some(search) = search.filter(|search| search.state == StandInState::Searching) else {
        return Ok(Vec::new());
    };
    let by_desk = !search.by_name.is_empty();
    let from = if by_desk { facts.now() } else { shift.first_ask().max(facts.now()) };
    let first = facts.school()?.awake_from(from);
    if first >= shift.last_ask() {
        return Ok(vec![search.ended(facts, StandInState::Over)]);
    }
    // Who was asked already has the time to answer that the last wave gave them, where there still is so much.
    let next = search.next.filter(|_| !search.waves.is_empty()).map_or(first, |next| next.min(first));
    let generation = search.generation.saturating_add(1);
    Ok(StandInSearch { generation, ..search.clone() }.later(next).into())
}

/// The shift does not take place.
pub(crate) fn over(facts: &Facts, shift: Id<Shift>) -> Decision {
    let search = facts.find(StandInSearch::of(shift))?;
    let on = search.filter(|search| search.state == StandInState::Searching);
    Ok(on.map(|search| search.ended(facts, StandInState::Over)).into_iter().collect())
}

/// Somebody said no: if nobody else is asked at the moment, the next are not kept waiting.
pub(crate) fn hurried(facts: &Facts, shift: Id<Shift>, person: Id<Person>) -> Decision {
    let Some(search) = facts.find(StandInSearch::of(shift))? else { return Ok(Vec::new()) };
    let takes = facts.list::<Take>(List::TakesOf(shift), limits::ROWS_PER_LIST)?;
    let open = takes.into_iter().any(|take| take.person != person && is_asked(take));
    let now = facts.school()?.awake_from(facts.now());
    let waits = search.state == StandInState::Searching && search.next.is_some_and(|next| next > now);
    if open || !waits || search.waves.is_empty() {
        return Ok(Vec::new());
    }
    Ok(search.clone().later(now).into())
}

/// Says whether and when whoever acts wants to be asked.
pub(crate) fn wish(facts: &Facts, actor: &Actor, asks: bool, (days, part): (&[i8], DayPart)) -> Decision {
    let person = actor.person().ok_or_else(|| facts.missing(Kind::Person))?;
    let mut days = days.to_vec();
    days.sort_unstable();
    days.dedup();
    if days.iter().any(|day| Weekday::from_monday_one_offset(*day).is_err()) {
        return Err(Stop::from(Refusal::Malformed { field: "days".into() }));
    }
    let wish = StandInWish { id: StandInWish::of(person), person, asks, days, part };
    Ok(vec![Change::put(wish, [Feed::Person(person)])])
}
