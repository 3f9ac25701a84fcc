//! One person's part in a shift, and the places that are given.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Allotment, Change, ClassPart, Decision, Entered, Facts, Feed, Hold, Id, List, Person, Place, Post,
    Proxy, Row, Shift, Stop,
    class_turn::{check_place, class_part, places_now},
    derived, limits, stand_in,
};

/// Whether a volunteer is coming.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum TakeState {
    /// Coming.
    Taken,
    /// Gave it back, or their question; or swapped it for another.
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
    /// As a family of a class whose turn it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub class: Option<ClassPart>,
    /// Who asked them to come, if anybody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offer: Option<TakeOffer>,
    /// When they were asked whether they still come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminded: Option<Timestamp>,
    /// When they said that they still come.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed: Option<Timestamp>,
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
    /// A class whose turn it is: its contact, or its teacher.
    Class {
        /// Which.
        class: Id<Place>,
    },
    /// The search for a stand-in.
    StandIn,
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
    /// They came to stand otherwise since than by a yes to it: what follows does not follow from it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub past: bool,
}

/// Gives one place of a shift away, one that is kept for a class to a family of that class first; whoever leaves it for them has
/// given theirs back.
fn use_place(
    facts: &Facts,
    shift: &Shift,
    hold: Option<Id<Hold>>,
    leaves: Option<&Take>,
) -> Result<Allotment, Stop> {
    let mut allotment = places_now(facts, shift)?;
    if let Some(take) = leaves {
        allotment.unseat(shift.hold_of_take(take), 1);
    }
    check_place(facts, &allotment, shift, hold)?;
    allotment.seat(hold, 1);
    Ok(allotment)
}

/// Gives one place of a shift to a person whose take now reads `taken`; was it the last, whoever is still asked is released. Was it the
/// last that is kept for a class, whoever that class still asks is.
pub(crate) fn fill(facts: &Facts, shift: &Shift, person: Id<Person>, taken: Change) -> Decision {
    fill_instead(facts, shift, person, taken, None)
}

/// The same in the place of somebody who leaves.
pub(crate) fn fill_instead(
    facts: &Facts,
    shift: &Shift,
    person: Id<Person>,
    taken: Change,
    leaves: Option<&Take>,
) -> Decision {
    let part = match &taken {
        Change::Put { row: Row::Take(take), .. } => take.class.clone(),
        _ => None,
    };
    let hold = part.as_ref().and_then(|part| shift.hold_of_class(part.class));
    let places = use_place(facts, shift, hold, leaves)?;
    let filled = places.holds.iter().any(|held| Some(held.hold) == hold && held.seats > 0);
    let filled = filled && places.left_of(hold) == 0;
    let by_class = part.filter(|_| filled).map(|part| OfferFrom::Class { class: part.class });
    let full = places.free() == 0;
    // What is kept for a class as long as that opens to nobody else: for whom no place is left, nobody keeps waiting for an answer.
    let walled = places.keeps_some() && !shift.opens_later(facts.now());
    let left = |take: &Take| !walled || places.open_for(shift.hold_of_take(take)) > 0;
    let of_class =
        |take: &Take| by_class.is_some() && take.offer.as_ref().map(|one| &one.source) == by_class.as_ref();
    let no_longer = |take: &Take| full || of_class(take) || !left(take);
    let others = if full || by_class.is_some() || walled { asked(facts, shift.id)? } else { Vec::new() };
    let others = others.into_iter().filter(|take| take.person != person && no_longer(take));
    let others: Vec<_> = others.map(|take| released(facts, take)).collect();
    let found = if full { stand_in::filled(facts, shift.id)? } else { Vec::new() };
    let asks = facts.complete().then(|| shift.asks_again(facts)).transpose()?.flatten();
    Ok([Change::put(places, []), taken].into_iter().chain(others).chain(found).chain(asks).collect())
}

/// Who is asked to come to a shift and has not answered.
fn asked(facts: &Facts, shift: Id<Shift>) -> Result<Vec<&Take>, Stop> {
    let takes = facts.list::<Take>(List::TakesOf(shift), limits::ROWS_PER_LIST)?;
    Ok(takes.into_iter().filter(|take| take.state == TakeState::Offered).collect())
}

/// Releases whoever is asked to come to a shift and has not answered.
pub(crate) fn release(facts: &Facts, shift: Id<Shift>) -> Decision {
    Ok(asked(facts, shift)?.into_iter().map(|take| released(facts, take)).collect())
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
    let says_yes = state == TakeState::Taken && before.is_some_and(|take| take.state == TakeState::Offered);
    let offer = before.and_then(|take| take.offer.clone());
    let offer = offer.map(|offer| TakeOffer { past: offer.past || !says_yes, ..offer });
    let class = match before.filter(|_| state == TakeState::Dropped) {
        // What was counted so is given back so.
        Some(take) => take.class.clone(),
        None => class_part(facts, shift, person, offer.as_ref().map(|offer| &offer.source))?,
    };
    let take = Take {
        id: take_id(shift.id, person),
        shift: shift.id,
        post: shift.post,
        person,
        person_name: facts.get(person)?.name.clone(),
        entered,
        class,
        state,
        came: state == TakeState::Taken || before.is_some_and(Take::has_come),
        reason: String::new(),
        offer,
        reminded: None,
        confirmed: None,
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
