//! What is told of swaps: to each of the two how theirs came out, and to a desk that two wait for its yes.

use xinmei_model::{Id, Kind, List, Post, Power, Shift, SwapOffer, SwapPart, SwapRule, SwapState};

use super::{Note, NoteKind, OpensAt};
use crate::{
    api::{Fault, notification::ShiftNews},
    view::{reading::Reading, wishes::waits},
};

pub(super) fn news(reading: &Reading<'_>, notes: &mut Vec<Note>) -> Result<(), Fault> {
    let parts: Vec<SwapPart> = reading.snapshot.list(List::SwapPartsBy(reading.me))?;
    for part in parts {
        let Some(post): Option<Post> = reading.snapshot.get(part.post)? else { continue };
        let Some((news, concerns)) = of_own(&post, &part) else { continue };
        notes.extend(note(reading, &post, &part, (news, concerns))?);
    }
    to_confirm(reading, notes)
}

/// What came of a part of one's own, and which shift it is about.
fn of_own(post: &Post, part: &SwapPart) -> Option<(ShiftNews, Id<Shift>)> {
    match part.state {
        // Who answered where nobody confirms swapped by that: it is news to the other.
        SwapState::Done if part.began || post.terms.swap_rule() != SwapRule::Free => {
            Some((ShiftNews::Swapped, part.gets?))
        }
        SwapState::Refused => Some((ShiftNews::SwapRefused, part.gives)),
        // Of an offer nobody had answered there is nothing to tell.
        SwapState::Lapsed => part.gets.map(|_| (ShiftNews::SwapOver, part.gives)),
        SwapState::Open | SwapState::Agreed | SwapState::Done | SwapState::Withdrawn => None,
    }
}

/// For a desk: two agreed, and it has not said yes or no.
fn to_confirm(reading: &Reading<'_>, notes: &mut Vec<Note>) -> Result<(), Fault> {
    let posts: Vec<Post> = reading.snapshot.list(List::All(Kind::Post))?;
    for post in posts.iter().filter(|post| reading.may(Power::ManageShifts, &post.held_at)) {
        let offers: Vec<SwapOffer> = reading.snapshot.list(List::SwapOffersOf(post.id))?;
        for offer in offers.iter().filter(|offer| !offer.open) {
            let parts: Vec<SwapPart> = reading.snapshot.list(List::SwapPartsOf(offer.id))?;
            let answered = parts.iter().find(|part| !part.began && part.state == SwapState::Agreed);
            let Some(part) = answered else { continue };
            let said = reading.swap_wish(offer.id).as_ref().is_some_and(waits);
            if !said {
                notes.extend(note(reading, post, part, (ShiftNews::SwapWaits, offer.give))?);
            }
        }
    }
    Ok(())
}

fn note(
    reading: &Reading<'_>,
    post: &Post,
    part: &SwapPart,
    (news, concerns): (ShiftNews, Id<Shift>),
) -> Result<Option<Note>, Fault> {
    let shift: Option<Shift> = reading.snapshot.get(concerns)?;
    let Some(shift) = shift.filter(|shift| reading.now < shift.starts.timestamp()) else { return Ok(None) };
    if !reading.is_news(part.id.uuid(), part.at)? {
        return Ok(None);
    }
    let to_do = news == ShiftNews::SwapWaits;
    let what = if to_do { "swap-waits" } else { "swap" };
    Ok(Some(Note {
        keys: vec![format!("{what}/{}/{}", part.id, part.at.as_millisecond())],
        what: NoteKind::Shift { news },
        title: post.title.clone(),
        children: Vec::new(),
        at: part.at,
        due: Some(shift.starts),
        to_do,
        urgent: false,
        opens: reading.opens(OpensAt::Shifts),
    }))
}
