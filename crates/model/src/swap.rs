//! 换班: two people of a post give each other a shift (ADR 50). What everybody reads names nobody; each of the two reads what is
//! their own, and the desk reads both. The exchange itself is one decision.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Decision, DutySaid, Facts, Feed, Id, OnDuty, Person, Post, Proxy, Refusal, Shift, Stop,
    Take, TakeState, derived,
    shift::post_feeds,
    shift_comes::check_comes_instead,
    shift_take::{fill_instead, put_take, take_id},
    volunteer::Belongs,
};

/// That somebody would give a shift for another of its post. Public with the post, and names nobody: no time, no words, no reason, and
/// an id that follows from nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwapOffer {
    /// Made by the device of whoever offers it.
    pub id: Id<SwapOffer>,
    /// Of which post.
    pub post: Id<Post>,
    /// The shift that is given.
    pub give: Id<Shift>,
    /// For one of these; for any other of the post, if there are none.
    pub want: Vec<Id<Shift>>,
    /// Whether it can be answered.
    pub open: bool,
}

/// How a swap stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum SwapState {
    /// Nobody has answered yet.
    Open,
    /// Two agree, and the desk has not confirmed.
    Agreed,
    /// The shifts are swapped.
    Done,
    /// They took it back.
    Withdrawn,
    /// The desk said no.
    Refused,
    /// It ended without them: the shift is theirs no longer, is at another time, or does not take place; or whoever offered the other
    /// one took that back.
    Lapsed,
}

/// One person's part in a swap. For that person and the desk: neither of the two reads who the other is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SwapPart {
    /// Follows from offer and person.
    pub id: Id<SwapPart>,
    /// Which offer.
    pub offer: Id<SwapOffer>,
    /// Of which post.
    pub post: Id<Post>,
    /// Who.
    pub person: Id<Person>,
    /// That person's name.
    pub person_name: String,
    /// The shift they give.
    pub gives: Id<Shift>,
    /// The shift they get, once two agree.
    pub gets: Option<Id<Shift>>,
    /// They made the offer; else they answered it.
    pub began: bool,
    /// How it stands.
    pub state: SwapState,
    /// What they said to the desk; may be empty.
    pub words: String,
    /// Why the desk said no; else empty.
    pub reason: String,
    /// When it came to stand so.
    pub at: Timestamp,
}

/// Somebody and the shift they give, in a swap that the desk enters for two who telephoned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct SwapSide {
    /// Who.
    pub person: Id<Person>,
    /// Which shift of theirs.
    pub shift: Id<Shift>,
}

impl SwapOffer {
    /// The row as it reads now, for everybody.
    pub(crate) fn put(self) -> Change {
        let feeds = post_feeds(self.post);
        Change::put(self, feeds)
    }

    /// As it stands once it can be answered, or no more.
    pub(crate) fn opened(&self, open: bool) -> Change {
        Self { open, ..self.clone() }.put()
    }
}

impl SwapPart {
    /// Where that of a person in an offer is kept.
    #[must_use]
    pub fn of(offer: Id<SwapOffer>, person: Id<Person>) -> Id<Self> {
        derived("swap-part", offer.uuid(), person.uuid())
    }

    /// Whether something can still come of it.
    #[must_use]
    pub fn is_live(&self) -> bool {
        matches!(self.state, SwapState::Open | SwapState::Agreed)
    }

    pub(crate) fn put(self) -> Change {
        let feeds = [Feed::Person(self.person), Feed::Desk(self.post.uuid())];
        Change::put(self, feeds)
    }

    /// As it stands from now on.
    pub(crate) fn now(&self, facts: &Facts, state: SwapState) -> Self {
        Self { state, at: facts.now(), ..self.clone() }
    }
}

/// One of the two, at the moment of the exchange.
#[derive(Clone, Copy)]
pub(crate) struct Giver<'f> {
    pub(crate) person: Id<Person>,
    pub(crate) belongs: Belongs,
    pub(crate) gives: &'f Shift,
    /// The desk enters it for two who telephoned: its word now stands, whatever it said before.
    pub(crate) entered: bool,
}

impl Giver<'_> {
    /// Refuses who could not come to this shift in the place of their own.
    pub(crate) fn check(
        &self,
        facts: &Facts,
        actor: &Actor,
        (gets, post): (&Shift, &Post),
    ) -> Result<(), Stop> {
        self.check_gives(facts)?;
        let own = facts.find(take_id(gets.id, self.person))?;
        match own.map(|take| take.state) {
            Some(TakeState::Taken) => return Err(Refusal::ShiftAlready.into()),
            // The desk said no to this one: a swap does not go round that, unless it is the desk's own.
            Some(TakeState::Declined) if !self.entered => {
                let name = own.map(|take| take.person_name.clone()).unwrap_or_default();
                return Err(Refusal::SwapUnfit { name }.into());
            }
            _ => {}
        }
        let one = (self.person, self.belongs);
        check_comes_instead(facts, actor, (gets, post), one, Some(self.gives.id))
    }

    /// Refuses who is at the shift they would give already.
    pub(crate) fn check_gives(&self, facts: &Facts) -> Result<(), Stop> {
        let row = facts.find(OnDuty::of(self.gives.id, self.person))?;
        let there = row.is_some_and(|row| matches!(row.holds, DutySaid::Came { .. }));
        if there { Err(Refusal::SwapOver.into()) } else { Ok(()) }
    }
}

/// The take by which somebody comes to a shift; `None` where they do not.
pub(crate) fn comes(facts: &Facts, person: Id<Person>, shift: Id<Shift>) -> Result<Option<&Take>, Stop> {
    Ok(facts.find(take_id(shift, person))?.filter(|take| take.state == TakeState::Taken))
}

/// Swaps the shifts of two people, or nothing: as many come to each as before, and a place that is kept for a class goes only to one of
/// that class. Both takes begin anew. The names are what whoever decides may read of the two: `None` is oneself, and empty is nobody.
pub(crate) fn exchange(
    facts: &Facts,
    actor: &Actor,
    post: &Post,
    (one, other): (Giver<'_>, Giver<'_>),
    (one_name, other_name): (Option<&str>, Option<&str>),
    note: Option<&str>,
) -> Decision {
    let leaves = comes(facts, one.person, one.gives.id)?.ok_or(Refusal::SwapOver)?;
    let other_leaves = comes(facts, other.person, other.gives.id)?.ok_or(Refusal::SwapOver)?;
    let side = |giver: Giver<'_>, gets: &Shift, leaves: &Take| -> Decision {
        giver.check(facts, actor, (gets, post))?;
        let proxy = note.map(|note| Proxy::new(giver.person, note));
        let taken = put_take(facts, actor, proxy.as_ref(), gets, giver.person, TakeState::Taken)?;
        let filled = fill_instead(facts, gets, giver.person, taken, Some(leaves))?;
        let gave = put_take(facts, actor, proxy.as_ref(), giver.gives, giver.person, TakeState::Dropped)?;
        Ok(filled.into_iter().chain([gave]).collect())
    };
    let mut changes = unfit(side(other, one.gives, leaves), other_name)?;
    changes.extend(unfit(side(one, other.gives, other_leaves), one_name)?);
    Ok(changes)
}

/// Why somebody does not fit is theirs to know: others read that it does not, and the desk of whom. What is wrong with the shift itself
/// everybody reads.
pub(crate) fn unfit<T>(found: Result<T, Stop>, name: Option<&str>) -> Result<T, Stop> {
    match (found, name) {
        (Err(Stop::Refused(refusal)), Some(name)) => Err(match refusal {
            Refusal::Started { .. } | Refusal::ShiftOff | Refusal::PostEnded | Refusal::SwapOver => refusal,
            _ => Refusal::SwapUnfit { name: name.to_owned() },
        }
        .into()),
        (found, _) => found,
    }
}
