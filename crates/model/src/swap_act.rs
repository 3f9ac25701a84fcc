//! 换班, step by step: offered, answered, taken back, confirmed by the desk; or entered by the desk for two who telephoned.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Actor, Change, Decision, Facts, Id, Kind, List, Person, Post, Power, Refusal, Shift, Stop, SwapOffer,
    SwapPart, SwapRule, SwapSide, SwapState, limits,
    limits::check_text,
    rights,
    swap::{Giver, comes, exchange, unfit},
    volunteer::{belonging, require_member},
};

/// A step of a swap; among those of volunteering ([`VolunteerAct`](crate::VolunteerAct)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum SwapAct {
    /// Offer a shift one comes to for another of its post. Others read it without a name.
    OfferSwap {
        /// Made by the device of whoever offers it.
        swap: Id<SwapOffer>,
        /// Which one gives.
        give: Id<Shift>,
        /// For one of these, at most [`limits::SWAP_WANTS`](crate::limits::SWAP_WANTS); for any other of the post, if there are none.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        want: Vec<Id<Shift>>,
        /// For the desk to read; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        words: String,
    },
    /// Answer an offer to swap with a shift of one's own.
    AcceptSwap {
        /// Which.
        swap: Id<SwapOffer>,
        /// The shift one gives for it.
        shift: Id<Shift>,
    },
    /// Take back one's own offer to swap, or one's yes while the desk has not confirmed.
    WithdrawSwap {
        /// Which.
        swap: Id<SwapOffer>,
    },
    /// Confirm a swap two agreed on, or say no.
    AnswerSwap {
        /// Which.
        swap: Id<SwapOffer>,
        /// Yes or no.
        agrees: bool,
        /// Why not, for both to read; may be empty where it is yes.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        reason: String,
        /// When the answer came that the desk saw: a yes to two is none to another pair, nor to another shift of one of them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<String>")]
        seen: Option<Timestamp>,
    },
    /// 代办: swap the shifts of two who telephoned.
    SwapShifts {
        /// One of them.
        one: SwapSide,
        /// The other.
        other: SwapSide,
        /// In the words of who enters it.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
}

impl SwapAct {
    /// The rows it names. Not those it makes, and not people.
    #[must_use]
    pub fn names(&self) -> Vec<Uuid> {
        match self {
            Self::OfferSwap { give, want, .. } => {
                std::iter::once(give).chain(want).map(|one| one.uuid()).collect()
            }
            Self::AcceptSwap { swap, shift } => vec![swap.uuid(), shift.uuid()],
            Self::WithdrawSwap { swap } | Self::AnswerSwap { swap, .. } => vec![swap.uuid()],
            Self::SwapShifts { one, other, .. } => vec![one.shift.uuid(), other.shift.uuid()],
        }
    }

    /// Its name on the wire.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::OfferSwap { .. } => "offer-swap",
            Self::AcceptSwap { .. } => "accept-swap",
            Self::WithdrawSwap { .. } => "withdraw-swap",
            Self::AnswerSwap { .. } => "answer-swap",
            Self::SwapShifts { .. } => "swap-shifts",
        }
    }
}

pub(crate) fn decide(facts: &Facts, actor: &Actor, act: &SwapAct) -> Decision {
    match act {
        SwapAct::OfferSwap { swap, give, want, words } => offer(facts, actor, *swap, (*give, want), words),
        SwapAct::AcceptSwap { swap, shift } => accept(facts, actor, *swap, *shift),
        SwapAct::WithdrawSwap { swap } => withdraw(facts, actor, *swap),
        SwapAct::AnswerSwap { swap, agrees, reason, seen } => {
            answer(facts, actor, *swap, (*agrees, reason), *seen)
        }
        SwapAct::SwapShifts { one, other, note } => by_desk(facts, actor, [*one, *other], note),
    }
}

fn malformed(field: &str) -> Stop {
    Refusal::Malformed { field: field.into() }.into()
}

/// Whoever acts, and swaps a shift of their own: nobody does for others but the desk.
fn myself(facts: &Facts, actor: &Actor) -> Result<Id<Person>, Stop> {
    actor.person().ok_or_else(|| facts.missing(Kind::Person))
}

/// Offers a shift one comes to for another of its post.
pub(crate) fn offer(
    facts: &Facts,
    actor: &Actor,
    id: Id<SwapOffer>,
    (give, want): (Id<Shift>, &[Id<Shift>]),
    words: &str,
) -> Decision {
    let shift = facts.get(give)?;
    let post = facts.get(shift.post)?;
    let person = myself(facts, actor)?;
    check_text("words", words, 0, limits::NOTE_CHARS)?;
    if post.terms.swap_rule() == SwapRule::Off {
        return Err(Refusal::SwapOff.into());
    }
    if facts.taken(id)? {
        return Err(malformed("swap"));
    }
    check_given(facts, person, (shift, post))?;
    let each: std::collections::BTreeSet<_> = want.iter().copied().collect();
    if each.len() != want.len() || each.contains(&give) {
        return Err(malformed("want"));
    }
    if want.len() > limits::SWAP_WANTS {
        return Err(too_many("want", limits::SWAP_WANTS));
    }
    let belongs = belonging(facts, person)?;
    let giver = Giver { person, belongs, gives: shift, entered: false };
    giver.check_gives(facts)?;
    for wanted in Facts::each(want, |one| facts.get(*one))? {
        if wanted.post != shift.post {
            return Err(malformed("want"));
        }
        giver.check(facts, actor, (wanted, post))?;
    }
    let mine = live_of(facts, person)?;
    if mine.iter().any(|part| part.began && part.gives == give) {
        return Err(Refusal::ShiftAlready.into());
    }
    check_room(facts, &mine)?;
    let offer = SwapOffer { id, post: post.id, give, want: want.to_vec(), open: true };
    let part = part(facts, &offer, (person, give, None), SwapState::Open)?;
    Ok(vec![offer.put(), SwapPart { began: true, words: words.trim().to_owned(), ..part }.put()])
}

/// Whether somebody comes to a shift that is still to be.
fn check_given(facts: &Facts, person: Id<Person>, (shift, post): (&Shift, &Post)) -> Result<(), Stop> {
    if facts.now() >= shift.starts.timestamp() {
        return Err(Refusal::Started { since: shift.starts.clone() }.into());
    }
    if !shift.is_on() {
        return Err(Refusal::ShiftOff.into());
    }
    if post.ended.is_some() {
        return Err(Refusal::PostEnded.into());
    }
    comes(facts, person, shift.id)?.map(|_| ()).ok_or_else(|| Refusal::ShiftAlready.into())
}

/// Swaps of a person of which something can still come.
fn live_of(facts: &Facts, person: Id<Person>) -> Result<Vec<&SwapPart>, Stop> {
    let parts = facts.list::<SwapPart>(List::SwapPartsBy(person), limits::ROWS_PER_LIST)?;
    let parts: Vec<_> = parts.into_iter().filter(|part| part.is_live()).collect();
    let shifts = Facts::each(&parts, |part| facts.find(part.gives))?;
    let to_come = |shift: &Shift| facts.now() < shift.starts.timestamp();
    let both = parts.into_iter().zip(shifts);
    Ok(both.filter(|(_, shift)| shift.is_none_or(to_come)).map(|(part, _)| part).collect())
}

fn too_many(field: &str, limit: usize) -> Stop {
    Refusal::TooMany { field: field.into(), limit: u32::try_from(limit).unwrap_or(u32::MAX) }.into()
}

/// Refuses one swap more than somebody may have open: by the school's clock, for by that of a device what has begun may seem to come.
fn check_room(facts: &Facts, mine: &[&SwapPart]) -> Result<(), Stop> {
    let full = facts.complete() && mine.len() >= limits::SWAPS_OPEN;
    if full { Err(too_many("swaps", limits::SWAPS_OPEN)) } else { Ok(()) }
}

fn part(
    facts: &Facts,
    offer: &SwapOffer,
    (person, gives, gets): (Id<Person>, Id<Shift>, Option<Id<Shift>>),
    state: SwapState,
) -> Result<SwapPart, Stop> {
    Ok(SwapPart {
        id: SwapPart::of(offer.id, person),
        offer: offer.id,
        post: offer.post,
        person,
        person_name: facts.get(person)?.name.clone(),
        gives,
        gets,
        began: false,
        state,
        words: String::new(),
        reason: String::new(),
        at: facts.now(),
    })
}

/// The parts of an offer of which something can still come: whose it is, and who answered it.
fn parts_of(facts: &Facts, offer: Id<SwapOffer>) -> Result<(Option<&SwapPart>, Option<&SwapPart>), Stop> {
    let parts = facts.list::<SwapPart>(List::SwapPartsOf(offer), limits::ROWS_PER_LIST)?;
    let live = |began: bool| parts.iter().copied().find(|part| part.began == began && part.is_live());
    Ok((live(true), live(false)))
}

/// Answers an offer with a shift of one's own. Where the post lets people swap the two shifts change hands at once; else the desk is asked.
pub(crate) fn accept(facts: &Facts, actor: &Actor, id: Id<SwapOffer>, gives: Id<Shift>) -> Decision {
    let offer = facts.get(id)?;
    let post = facts.get(offer.post)?;
    let (shift, other) = (facts.get(gives)?, facts.get(offer.give)?);
    let person = myself(facts, actor)?;
    if post.terms.swap_rule() == SwapRule::Off {
        return Err(Refusal::SwapOff.into());
    }
    if shift.post != offer.post || shift.id == other.id {
        return Err(malformed("shift"));
    }
    if !offer.want.is_empty() && !offer.want.contains(&gives) {
        return Err(malformed("shift"));
    }
    if !offer.open {
        return Err(Refusal::SwapOver.into());
    }
    check_given(facts, person, (shift, post))?;
    let me = Giver { person, belongs: belonging(facts, person)?, gives: shift, entered: false };
    me.check(facts, actor, (other, post))?;
    check_room(facts, &live_of(facts, person)?)?;
    let mine = part(facts, offer, (person, gives, Some(offer.give)), SwapState::Agreed)?;
    // Whose offer it is, and whether they still fit, is the server's to know.
    if !facts.complete() {
        return Ok(vec![offer.opened(false), mine.put()]);
    }
    let (Some(theirs), _) = parts_of(facts, id)? else { return Err(Refusal::SwapOver.into()) };
    if theirs.person == person {
        return Err(Refusal::ShiftAlready.into());
    }
    let belongs = unfit(belonging(facts, theirs.person), Some(""))?;
    let they = Giver { person: theirs.person, belongs, gives: other, entered: false };
    let theirs = SwapPart { gets: Some(gives), ..theirs.clone() };
    if post.terms.swap_rule() == SwapRule::Confirmed {
        comes(facts, theirs.person, offer.give)?.ok_or(Refusal::SwapOver)?;
        unfit(they.check(facts, actor, (shift, post)), Some(""))?;
        return Ok(vec![offer.opened(false), theirs.now(facts, SwapState::Agreed).put(), mine.put()]);
    }
    let swapped = exchange(facts, actor, post, (they, me), (Some(""), None), None)?;
    Ok(swapped.into_iter().chain(done(facts, offer, [&theirs, &mine])).collect())
}

fn done(facts: &Facts, offer: &SwapOffer, parts: [&SwapPart; 2]) -> [Change; 3] {
    let [one, other] = parts.map(|part| part.now(facts, SwapState::Done).put());
    [offer.opened(false), one, other]
}

/// Takes back one's own offer, or one's yes while the desk has not confirmed: then the offer is open again.
pub(crate) fn withdraw(facts: &Facts, actor: &Actor, id: Id<SwapOffer>) -> Decision {
    let offer = facts.get(id)?;
    let person = myself(facts, actor)?;
    let own = facts.find(SwapPart::of(id, person))?.filter(|part| part.is_live()).ok_or(Refusal::SwapOver)?;
    let (theirs, answered) = parts_of(facts, id)?;
    let mine = own.now(facts, SwapState::Withdrawn);
    if own.began {
        // Whoever answered took nothing back, and is told that it is over.
        let answered = answered.map(|part| part.now(facts, SwapState::Lapsed).put());
        return Ok([offer.opened(false), mine.put()].into_iter().chain(answered).collect());
    }
    let again = theirs.map(|part| SwapPart { gets: None, ..part.now(facts, SwapState::Open) }.put());
    Ok([offer.opened(true), mine.put()].into_iter().chain(again).collect())
}

/// The desk confirms what two agreed, by the rules as they are now; or says no, also to an offer nobody has answered.
pub(crate) fn answer(
    facts: &Facts,
    actor: &Actor,
    id: Id<SwapOffer>,
    (agrees, reason): (bool, &str),
    seen: Option<Timestamp>,
) -> Decision {
    let offer = facts.get(id)?;
    let post = facts.get(offer.post)?;
    rights::require_power(facts, actor, Power::ManageShifts, &post.held_at)?;
    check_text("reason", reason, usize::from(!agrees), limits::NOTE_CHARS)?;
    let (Some(theirs), answered) = parts_of(facts, id)? else { return Err(Refusal::SwapOver.into()) };
    if seen.is_some() && answered.map(|part| part.at) != seen {
        return Err(Refusal::ChangedMeanwhile.into());
    }
    if !agrees {
        let no = |part: &SwapPart| {
            SwapPart { reason: reason.trim().to_owned(), ..part.now(facts, SwapState::Refused) }.put()
        };
        let parts = [theirs].into_iter().chain(answered).map(no);
        return Ok(std::iter::once(offer.opened(false)).chain(parts).collect());
    }
    let answered = answered.ok_or(Refusal::SwapOver)?;
    // How full the shifts are is the server's to know, and who belongs to the school.
    if !facts.complete() {
        return Ok(done(facts, offer, [theirs, answered]).into());
    }
    let giver = |part: &SwapPart| -> Result<_, Stop> {
        let belongs = unfit(belonging(facts, part.person), Some(&part.person_name))?;
        Ok(Giver { person: part.person, belongs, gives: facts.get(part.gives)?, entered: false })
    };
    let both = (giver(theirs)?, giver(answered)?);
    let names = (Some(theirs.person_name.as_str()), Some(answered.person_name.as_str()));
    let swapped = exchange(facts, actor, post, both, names, None)?;
    Ok(swapped.into_iter().chain(done(facts, offer, [theirs, answered])).collect())
}

/// 代办: the desk swaps the shifts of two who telephoned, whatever the post says of swapping.
pub(crate) fn by_desk(facts: &Facts, actor: &Actor, sides: [SwapSide; 2], note: &str) -> Decision {
    let [one, other] = sides;
    let (shift, second) = (facts.get(one.shift)?, facts.get(other.shift)?);
    let post = facts.get(shift.post)?;
    rights::require_power(facts, actor, Power::ManageShifts, &post.held_at)?;
    check_text("note", note, 0, limits::NOTE_CHARS)?;
    if second.post != shift.post || shift.id == second.id || one.person == other.person {
        return Err(malformed("shift"));
    }
    let giver = |side: SwapSide, gives| -> Result<_, Stop> {
        Ok(Giver {
            person: side.person,
            belongs: require_member(facts, actor, side.person)?,
            gives,
            entered: true,
        })
    };
    let both = (giver(one, shift)?, giver(other, second)?);
    let name = |side: SwapSide| -> Result<_, Stop> { Ok(facts.get(side.person)?.name.clone()) };
    let (first, last) = (name(one)?, name(other)?);
    if !facts.complete() {
        return Err(Stop::Unknown);
    }
    exchange(facts, actor, post, both, (Some(first.as_str()), Some(last.as_str())), Some(note))
}
