//! 换班: offers one could answer, one's own swaps, and what a desk confirms.

mod enter;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use uuid::Uuid;
use xinmei_model::{
    Act, Actor, Id, Kind, List, Post, Power, Shift, SwapAct, SwapOffer, SwapPart, SwapRule, SwapState, Take,
    TakeState, VolunteerAct, decide,
};

use super::{
    ask::{read, save},
    family::Family,
    reading::Reading,
};
use crate::{
    Client,
    api::{
        Ask, Fault, Saved,
        swap::{
            DeskSwap, DeskSwapSide, OfferSwap, OwnSwap, SwapList, SwapShift, SwapToAnswer, Swappable, Swaps,
        },
        sync::ItemState,
    },
};

/// How long what was settled is still told.
const TOLD_HOURS: i64 = 24 * 7;

impl Ask for Swaps {
    type Reply = SwapList;

    async fn answer(self, client: &Client) -> Result<SwapList, Fault> {
        read(client, move |reading| swaps(reading, self)).await
    }
}

impl Ask for OfferSwap {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        let Self { give, want, words } = self;
        let act = SwapAct::OfferSwap { swap: client.new_id(), give, want, words };
        save(client, Act::Volunteer(VolunteerAct::Swap(act))).await
    }
}

pub(super) fn swaps(reading: &Reading<'_>, asked: Swaps) -> Result<SwapList, Fault> {
    let mut list =
        SwapList { offers: Vec::new(), mine: mine(reading)?, may_offer: Vec::new(), desk: Vec::new() };
    let takes: Vec<Take> = reading.snapshot.list(List::TakesBy(reading.me))?;
    let takes: Vec<_> = takes.into_iter().filter(|take| take.state == TakeState::Taken).collect();
    let posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    for post in posts.iter().filter(|post| post.ended.is_none()) {
        let desk = reading.may(Power::ManageShifts, &post.held_at);
        if !desk && takes.iter().all(|take| take.post != post.id) {
            continue;
        }
        let shifts: Vec<Shift> = reading.snapshot.list(List::ShiftsOf(post.id))?;
        let to_come = shifts.iter().filter(|one| one.is_on() && reading.now < one.starts.timestamp());
        let shifts: BTreeMap<_, _> = to_come.map(|shift| (shift.id, shift)).collect();
        let offers: Vec<SwapOffer> = reading.snapshot.list(List::SwapOffersOf(post.id))?;
        let own: Vec<_> = takes.iter().filter_map(|take| shifts.get(&take.shift).copied()).collect();
        if post.terms.swap_rule() != SwapRule::Off {
            for offer in offers.iter().filter(|offer| offer.open) {
                list.offers.extend(to_answer(reading, post, (offer, &shifts), &own)?);
            }
            for give in own.iter().filter(|_| asked.offering) {
                list.may_offer.extend(swappable(reading, post, (give, &shifts))?);
            }
        }
        if desk {
            for offer in &offers {
                list.desk.extend(for_desk(reading, post, (offer, &shifts))?);
            }
        }
    }
    list.offers.sort_by_key(|one| one.give.starts.timestamp());
    list.may_offer.sort_by_key(|one| one.give.starts.timestamp());
    list.desk.sort_by_key(|one| (!one.waits, one.one.gives.starts.timestamp()));
    Ok(list)
}

fn by_time(shift: &Shift) -> SwapShift {
    SwapShift { shift: shift.id, starts: shift.starts.clone(), ends: shift.ends.clone() }
}

/// Whether the rules would take it, as far as this computer knows.
fn could(reading: &Reading<'_>, act: SwapAct) -> bool {
    let actor = Actor::Person { person: reading.me, hat: reading.hat };
    let act = Act::Volunteer(VolunteerAct::Swap(act));
    matches!(reading.snapshot.settle(|facts| decide(facts, &actor, &act)), Ok(Some(_)))
}

type Coming<'s> = BTreeMap<Id<Shift>, &'s Shift>;

fn to_answer(
    reading: &Reading<'_>,
    post: &Post,
    (offer, shifts): (&SwapOffer, &Coming<'_>),
    own: &[&Shift],
) -> Result<Option<SwapToAnswer>, Fault> {
    let Some(give) = shifts.get(&offer.give) else { return Ok(None) };
    let part: Option<SwapPart> = reading.snapshot.get(SwapPart::of(offer.id, reading.me))?;
    if part.is_some_and(|part| part.began) {
        return Ok(None);
    }
    let fits = |shift: &&&Shift| could(reading, SwapAct::AcceptSwap { swap: offer.id, shift: shift.id });
    let yours: Vec<_> = own.iter().filter(fits).map(|shift| by_time(shift)).collect();
    if yours.is_empty() {
        return Ok(None);
    }
    // What one would give for it is in nobody's way.
    let apart: Vec<_> = yours.iter().map(|own| own.shift).chain([give.id]).collect();
    let committed = reading.committed(&Family::load(reading)?)?;
    let met = reading.met_at(post, give, &committed, &apart)?;
    Ok(Some(SwapToAnswer {
        swap: offer.id,
        title: post.title.clone(),
        give: by_time(give),
        yours,
        clash_far: met.as_ref().is_some_and(|(far, _)| *far),
        clash: met.map(|(_, title)| title),
        confirmed: post.terms.swap_rule() == SwapRule::Confirmed,
    }))
}

fn swappable(
    reading: &Reading<'_>,
    post: &Post,
    (give, shifts): (&Shift, &Coming<'_>),
) -> Result<Option<Swappable>, Fault> {
    // An id nobody has: nothing is offered here.
    let offer = |want: Vec<Id<Shift>>| SwapAct::OfferSwap {
        swap: Id::new(Uuid::nil()),
        give: give.id,
        want,
        words: String::new(),
    };
    if !could(reading, offer(Vec::new())) {
        return Ok(None);
    }
    let others = shifts.values().filter(|one| one.id != give.id && could(reading, offer(vec![one.id])));
    let mut others: Vec<_> = others.map(|shift| by_time(shift)).collect();
    others.sort_by_key(|one| one.starts.timestamp());
    let confirmed = post.terms.swap_rule() == SwapRule::Confirmed;
    let own = Swappable { title: post.title.clone(), give: by_time(give), others, confirmed };
    Ok(Some(own).filter(|own| !own.others.is_empty()))
}

fn mine(reading: &Reading<'_>) -> Result<Vec<OwnSwap>, Fault> {
    let parts: Vec<SwapPart> = reading.snapshot.list(List::SwapPartsBy(reading.me))?;
    let mut mine = Vec::new();
    for part in parts {
        let Some(post): Option<Post> = reading.snapshot.get(part.post)? else { continue };
        let Some(gives): Option<Shift> = reading.snapshot.get(part.gives)? else { continue };
        let offer: Option<SwapOffer> = reading.snapshot.get(part.offer)?;
        let gets: Option<Shift> = part.gets.map(|id| reading.snapshot.get(id)).transpose()?.flatten();
        let lately = reading.now.duration_since(part.at).as_hours() < TOLD_HOURS;
        let told = matches!(part.state, SwapState::Done | SwapState::Refused | SwapState::Lapsed) && lately;
        // What has begun has ended by itself, whether a row says so or not.
        if gives.starts.timestamp() <= reading.now || !(part.is_live() || told) {
            continue;
        }
        let mut want = Vec::new();
        for id in offer.map(|offer| offer.want).unwrap_or_default() {
            want.extend(reading.snapshot.get(id)?.map(|shift: Shift| by_time(&shift)));
        }
        mine.push(OwnSwap {
            swap: part.offer,
            confirmed: post.terms.swap_rule() == SwapRule::Confirmed,
            title: post.title,
            gives: by_time(&gives),
            gets: gets.as_ref().map(by_time),
            want,
            began: part.began,
            state: part.state,
            reason: part.reason,
            at: part.at,
            pending: reading.swap_wish(part.offer),
        });
    }
    mine.sort_by_key(|one| one.gives.starts.timestamp());
    Ok(mine)
}

impl Reading<'_> {
    /// What waits in the outbox about a swap, or was refused.
    pub(super) fn swap_wish(&self, id: Id<SwapOffer>) -> Option<ItemState> {
        self.wishes.volunteering(|step| match step {
            VolunteerAct::Swap(
                SwapAct::OfferSwap { swap, .. }
                | SwapAct::AcceptSwap { swap, .. }
                | SwapAct::WithdrawSwap { swap }
                | SwapAct::AnswerSwap { swap, .. },
            ) => *swap == id,
            _ => false,
        })
    }
}

fn for_desk(
    reading: &Reading<'_>,
    post: &Post,
    (offer, shifts): (&SwapOffer, &Coming<'_>),
) -> Result<Option<DeskSwap>, Fault> {
    let parts: Vec<SwapPart> = reading.snapshot.list(List::SwapPartsOf(offer.id))?;
    let pending = reading.swap_wish(offer.id);
    let side = |began: bool| {
        let part = parts.iter().find(|part| part.began == began && part.is_live())?;
        let gives = by_time(shifts.get(&part.gives)?);
        Some((part, DeskSwapSide { person: part.person, name: part.person_name.clone(), gives }))
    };
    let Some((part, one)) = side(true) else { return Ok(None) };
    let (seen, other) = side(false).map(|(part, other)| (part.at, other)).unzip();
    Ok(Some(DeskSwap {
        swap: offer.id,
        post: post.id,
        title: post.title.clone(),
        waits: other.is_some(),
        want: offer.want.iter().filter_map(|id| shifts.get(id)).map(|shift| by_time(shift)).collect(),
        words: part.words.clone(),
        one,
        other,
        seen,
        pending,
    }))
}

/// What a step is about.
pub(super) fn shift_of(reading: &Reading<'_>, act: &SwapAct) -> Result<Option<Id<Shift>>, Fault> {
    Ok(match act {
        SwapAct::OfferSwap { give, .. } => Some(*give),
        SwapAct::AcceptSwap { shift, .. } => Some(*shift),
        SwapAct::SwapShifts { one, .. } => Some(one.shift),
        SwapAct::WithdrawSwap { swap } | SwapAct::AnswerSwap { swap, .. } => {
            reading.snapshot.get(*swap)?.map(|offer: SwapOffer| offer.give)
        }
    })
}

/// What was typed.
pub(super) fn text_of(act: &SwapAct) -> String {
    match act {
        SwapAct::OfferSwap { words: text, .. }
        | SwapAct::AnswerSwap { reason: text, .. }
        | SwapAct::SwapShifts { note: text, .. } => text.clone(),
        SwapAct::AcceptSwap { .. } | SwapAct::WithdrawSwap { .. } => String::new(),
    }
}
