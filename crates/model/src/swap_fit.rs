//! What speaks against a swap that the desk would enter, said of each of the two before it is sent.

use crate::{
    Actor, Facts, Id, Refusal, Shift, Stop, SwapSide,
    swap::{Giver, comes},
    volunteer::require_member,
};

/// Why somebody could not come to another shift of the post in the place of theirs: by the same rules as the exchange itself, places
/// apart, which only the school counts.
///
/// # Errors
/// [`Stop::Needs`] until the rows were loaded, [`Stop::Unknown`] where a replica has not got them.
pub fn swap_why_not(
    facts: &Facts,
    actor: &Actor,
    side: SwapSide,
    gets: Id<Shift>,
) -> Result<Option<Refusal>, Stop> {
    let (gives, gets) = (facts.get(side.shift)?, facts.get(gets)?);
    let post = facts.get(gets.post)?;
    let checked = require_member(facts, actor, side.person).and_then(|belongs| {
        comes(facts, side.person, gives.id)?.ok_or(Refusal::SwapOver)?;
        Giver { person: side.person, belongs, gives, entered: true }.check(facts, actor, (gets, post))
    });
    match checked {
        Ok(()) => Ok(None),
        Err(Stop::Refused(refusal)) => Ok(Some(refusal)),
        Err(stop) => Err(stop),
    }
}
