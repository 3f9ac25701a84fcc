//! Pupils who were put down for shifts, and what was noted of them.

use std::sync::Arc;

use jiff::{Timestamp, ToSpan};
use serde::Deserialize;
use xinmei_model::{Act, Actor, Child, DutySaid, Id, Place, PupilMark, PupilWish, Shift, VolunteerAct};

use super::{
    CHILD,
    cast::{Cast, guardian},
    stage::{Stage, act, must},
};
use crate::{Fail, Result};

/// Who is put down for a shift.
#[derive(Clone, Deserialize)]
pub(super) struct PutDown {
    /// Which shift, counted over all series from 0.
    pub(super) shift: usize,
    /// So many children of other families of the campus, first.
    others: usize,
}

/// Puts children down for a shift, the child of the demo's family last; of a shift that is over, it is noted who came.
pub(super) fn put_down(
    stage: &mut Stage,
    cast: &Arc<Cast>,
    (campus, desk): (Id<Place>, Actor),
    (shift, starts, ends): (Id<Shift>, Timestamp, Timestamp),
    said: &PutDown,
    posted: Timestamp,
) -> Result<()> {
    let others =
        cast.families.iter().filter(|family| family.number != CHILD && family.path.contains(&campus));
    let others = others.filter(|family| !family.deciding.is_empty()).step_by(37).take(said.others);
    let mut wishes: Vec<(Actor, Id<Child>)> =
        others.filter_map(|family| Some((guardian(*family.deciding.first()?), family.child))).collect();
    wishes.push((cast.father(CHILD)?, cast.family(CHILD)?.child));
    let children: Vec<_> = wishes.iter().map(|(_, child)| *child).collect();
    let at = posted.checked_add(3.hours()).map_err(Fail::broken)?;
    let over = ends < stage.days.now();
    stage.at(at, move |tx| {
        for (actor, child) in &wishes {
            let wish = PupilWish { shift, child: *child, on_behalf_of: None };
            let wish = Act::Volunteer(VolunteerAct::EnterPupil(wish));
            // A school that was made a moment ago has no morning behind it: what would lie before its time is left out.
            if over { act(tx, *actor, &wish).map(drop)? } else { must(tx, *actor, &wish)? }
        }
        Ok(())
    });
    if over {
        let came = DutySaid::Came { from: starts, until: Some(ends) };
        let mark = |child: &Id<Child>| PupilMark { child: *child, said: came.clone(), seen: 0 };
        let pupils = children.iter().map(mark).collect();
        let wish = Act::Volunteer(VolunteerAct::MarkPupils { shift, pupils });
        let noted = ends.checked_add(5.minutes()).map_err(Fail::broken)?.min(stage.days.now());
        stage.at(noted, move |tx| act(tx, desk, &wish).map(drop));
    }
    Ok(())
}
