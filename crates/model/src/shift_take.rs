//! One person's part in a shift, and the places that are given.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Allotment, Change, Decision, Entered, Facts, Feed, Id, List, Person, Post, Proxy, Refusal, Shift,
    Stop, derived, limits,
};

/// Whether a volunteer is coming.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum TakeState {
    /// Coming.
    Taken,
    /// Gave it back, or their question.
    Dropped,
    /// Asks to come; holds no place yet.
    Asked,
    /// Asked, and the desk said no.
    Declined,
    /// The shift was called off while they were coming, asking or asked.
    CalledOff,
    /// Somebody asks them to come; holds no place yet.
    Offered,
    /// Was asked to come, and said no: nobody has to say why.
    SaidNo,
    /// Was asked to come, and is not needed any more.
    Released,
}

/// One person's part in a shift. For that person and the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Take {
    /// Follows from shift and person.
    pub id: Id<Take>,
    /// Which shift.
    pub shift: Id<Shift>,
    /// Of which post.
    pub post: Id<Post>,
    /// Who.
    pub person: Id<Person>,
    /// That person's name.
    pub person_name: String,
    /// 代办: who entered what it says now, and why.
    pub entered: Option<Entered>,
    /// Whether they come.
    pub state: TakeState,
    /// They were coming once: it was more than a question.
    #[serde(default)]
    pub came: bool,
    /// Why the desk declined, or what who was asked said with their no; else empty.
    #[serde(default)]
    pub reason: String,
    /// Who asked them to come, if anybody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<TakeOffer>,
    /// When the server took it.
    pub at: Timestamp,
    /// Ed25519 by the school's key over their code (`duty_code`), once they come; unpadded base64url.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub seal: String,
}

/// Who asks somebody to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "from", rename_all = "kebab-case")]
pub enum OfferFrom {
    /// The desk of the post.
    Desk,
}

/// That somebody was asked to come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct TakeOffer {
    /// On whose behalf.
    pub source: OfferFrom,
    /// Who asked; the clock if `None`.
    pub by: Option<Id<Person>>,
    /// The name, as whoever was asked reads it; empty of the clock.
    pub by_name: String,
    /// For whoever was asked to read; may be empty.
    pub words: String,
    /// When.
    pub at: Timestamp,
    /// Until when an answer is hoped for: at most until the shift begins.
    pub until: Timestamp,
}

/// Gives one place of a shift away.
pub(crate) fn use_place(facts: &Facts, shift: Id<Shift>) -> Result<Change, Stop> {
    let mut allotment = facts.get(Allotment::of(shift.uuid()))?.clone();
    if allotment.free() == 0 {
        return Err(Refusal::ShiftFull.into());
    }
    allotment.used += 1;
    Ok(Change::put(allotment, []))
}

/// Gives one place of a shift to a person whose take now reads `taken`; was it the last, whoever is still asked is released.
pub(crate) fn fill(facts: &Facts, shift: &Shift, person: Id<Person>, taken: Change) -> Decision {
    let place = use_place(facts, shift.id)?;
    let full = facts.get(Allotment::of(shift.id.uuid()))?.free() <= 1;
    let others = if full { release(facts, shift.id, Some(person))? } else { Vec::new() };
    Ok([place, taken].into_iter().chain(others).collect())
}

/// Releases whoever is asked to come to a shift and has not answered, but this one.
pub(crate) fn release(facts: &Facts, shift: Id<Shift>, but: Option<Id<Person>>) -> Decision {
    let takes = facts.list::<Take>(List::TakesOf(shift), limits::ROWS_PER_LIST)?;
    let open = takes.into_iter().filter(|take| take.state == TakeState::Offered && Some(take.person) != but);
    Ok(open.map(|take| released(facts, take)).collect())
}

pub(crate) fn released(facts: &Facts, take: &Take) -> Change {
    Take { state: TakeState::Released, at: facts.now(), ..take.clone() }.put()
}

pub(crate) fn take_id(shift: Id<Shift>, person: Id<Person>) -> Id<Take> {
    derived("take", shift.uuid(), person.uuid())
}

pub(crate) fn put_take(
    facts: &Facts,
    actor: &Actor,
    on_behalf_of: Option<&Proxy>,
    shift: &Shift,
    person: Id<Person>,
    state: TakeState,
) -> Result<Change, Stop> {
    // Whoever takes a shift for themselves enters it for nobody else, whatever hat they named.
    let proxy = on_behalf_of.filter(|_| actor.person() != Some(person));
    let entered = actor.entered(facts, proxy)?;
    let before = facts.find::<Take>(take_id(shift.id, person))?;
    let take = Take {
        id: take_id(shift.id, person),
        shift: shift.id,
        post: shift.post,
        person,
        person_name: facts.get(person)?.name.clone(),
        entered,
        state,
        came: state == TakeState::Taken || before.is_some_and(Take::has_come),
        reason: String::new(),
        offer: before.and_then(|take| take.offer.clone()),
        at: facts.now(),
        seal: before.map(|take| take.seal.clone()).unwrap_or_default(),
    };
    Ok(take.put())
}

impl Take {
    /// Whether they come, or were coming once.
    pub(crate) fn has_come(&self) -> bool {
        self.came || self.state == TakeState::Taken
    }

    /// The row as it reads now, for that person and the desk; for the supervisor while they come, and afterwards.
    pub(crate) fn put(self) -> Change {
        let mut feeds = vec![Feed::Person(self.person), Feed::Desk(self.post.uuid())];
        // A question, an offer and why somebody said no are the desk's alone.
        let was_coming = self.came && matches!(self.state, TakeState::Dropped | TakeState::CalledOff);
        if self.state == TakeState::Taken || was_coming {
            feeds.push(Feed::Duty(self.post));
        }
        Change::put(self, feeds)
    }
}
