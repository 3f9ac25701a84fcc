//! That somebody was asked to come, as they read it, and what they have to do about it.

use std::collections::BTreeSet;

use xinmei_model::{Id, List, Post, Shift, Take, TakeState, why_not};

use crate::{
    api::{
        Fault,
        shift::OfferView,
        today::{Duty, DutyKind},
    },
    view::{reading::Reading, wishes::waits},
};

impl Reading<'_> {
    /// Who asked somebody to come, if anybody did.
    pub(super) fn offer_view(&self, take: &Take) -> Option<OfferView> {
        let offer = take.offer.as_ref()?;
        Some(OfferView {
            source: offer.source.clone(),
            by: offer.by_name.clone(),
            words: offer.words.clone(),
            at: offer.at,
            until: self.zoned(offer.until),
        })
    }

    /// The shifts one is asked to come to.
    pub(super) fn offered_to_me(&self) -> Result<BTreeSet<Id<Shift>>, Fault> {
        let takes: Vec<Take> = self.snapshot.list(List::TakesBy(self.me))?;
        let offered = takes.iter().filter(|take| take.state == TakeState::Offered);
        Ok(offered.map(|take| take.shift).collect())
    }
}

/// One duty for each shift one is asked to come to and has not said a word about.
pub(in crate::view) fn duties(reading: &Reading<'_>) -> Result<Vec<Duty>, Fault> {
    let takes: Vec<Take> = reading.snapshot.list(List::TakesBy(reading.me))?;
    let mut duties = Vec::new();
    for take in takes.iter().filter(|take| take.state == TakeState::Offered) {
        let Some(shift): Option<Shift> = reading.snapshot.get(take.shift)? else { continue };
        let Some(post): Option<Post> = reading.snapshot.get(take.post)? else { continue };
        let Some(offer) = reading.offer_view(take) else { continue };
        let said = reading.wishes.about_shift(shift.id, true).is_some_and(|wish| waits(&wish.state));
        if said || shift.starts.timestamp() <= reading.now {
            continue;
        }
        let actor = xinmei_model::Actor::Person { person: reading.me, hat: reading.hat };
        let why_not = reading.snapshot.settle(|facts| why_not(facts, &actor, shift.id))?.flatten();
        let due = Some(offer.until.clone().min(shift.starts.clone()));
        let what = DutyKind::Come {
            shift: shift.id,
            title: post.title,
            starts: shift.starts,
            ends: shift.ends,
            meeting_point: post.meeting_point,
            offer,
            why_not,
        };
        duties.push(Duty { children: Vec::new(), due, what });
    }
    Ok(duties)
}
