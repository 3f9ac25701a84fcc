//! Somebody gave a place back, and a few people were asked to stand in since.

use jiff::SignedDuration;
use xinmei_model::{Act, Id, Shift, TakeState};

use super::{
    cast::guardian,
    hours::takes,
    stage::{Stage, act},
};
use crate::{Fail, Result};

/// Long enough for a second wave, where the shift is tomorrow.
const AGO: SignedDuration = SignedDuration::from_hours(5);

/// One of those who come to a shift gave it back a few hours ago; the waves came as they were due.
pub(super) fn gives_back(stage: &mut Stage, shift: Id<Shift>) -> Result<()> {
    let now = stage.days.now();
    let at = |ago| now.saturating_sub(ago).map_err(Fail::broken);
    stage.at(at(AGO)?, move |tx| {
        let coming = takes(tx, shift)?.into_iter().find(|take| take.state == TakeState::Taken);
        let Some(take) = coming else { return Ok(()) };
        act(tx, guardian(take.person), &Act::DropShift { shift, on_behalf_of: None }).map(|_| ())
    });
    // Timers fire on the way to the next thing that happens.
    for hours in [4, 3, 2, 1, 0] {
        stage.at(at(SignedDuration::from_hours(hours))?, |_| Ok(()));
    }
    Ok(())
}
