//! 换班: somebody would swap a shift with the parent of the demo school.

use std::sync::Arc;

use jiff::SignedDuration;
use xinmei_model::{Act, Actor, Id, Shift, SwapAct, SwapOffer, TakeState, VolunteerAct};

use super::{
    cast::{guardian, person},
    hours::takes,
    stage::{Stage, act, composed},
};
use crate::{Fail, Result};

/// When it was offered.
const AGO: SignedDuration = SignedDuration::from_mins(40);

/// One of those who come to another shift of the post offers it for the one this parent comes to.
pub(super) fn offered(
    stage: &mut Stage,
    title: &str,
    (father, own): (Actor, Id<Shift>),
    others: Vec<Id<Shift>>,
) -> Result<()> {
    let at = stage.days.now().saturating_sub(AGO).map_err(Fail::broken)?;
    let identity = Arc::clone(&stage.ledger.identity);
    let swap: Id<SwapOffer> = composed(&identity, &format!("demo/swap/{title}"));
    stage.at(at, move |tx| {
        for give in others.iter().copied() {
            for take in takes(tx, give)?.into_iter().filter(|take| take.state == TakeState::Taken) {
                if Some(take.person) == person(father) {
                    continue;
                }
                let offer = SwapAct::OfferSwap { swap, give, want: vec![own], words: String::new() };
                let wish = Act::Volunteer(VolunteerAct::Swap(offer));
                if act(tx, guardian(take.person), &wish)? {
                    return Ok(());
                }
            }
        }
        Ok(())
    });
    Ok(())
}
