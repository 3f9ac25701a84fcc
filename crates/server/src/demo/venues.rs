//! Venues of the demo school, kept from the beginning: events are planned in them.

use jiff::SignedDuration;
use xinmei_model::{Act, Id, RoleKind, Venue, VenueDraft, VenuePut};

use super::{
    cast::Cast,
    plan,
    plan_parts::Hall,
    stage::{Stage, composed, must},
};
use crate::{Fail, Result};

/// Which venue has this name on a campus.
pub(super) fn id(stage: &Stage, campus: &str, name: &str) -> Id<Venue> {
    composed(&stage.ledger.identity, &format!("demo/venue/{campus}/{name}"))
}

/// Which venue an event is planned in, if in one of the school's.
pub(super) fn of(stage: &Stage, held: &plan::Held) -> Option<Id<Venue>> {
    stage.venues.get(&(held.campus.clone(), held.venue.clone())).copied()
}

/// Keeps a venue; one that had another name gets its own a day later.
pub(super) fn stage(stage: &mut Stage, cast: &Cast, hall: &Hall) -> Result<()> {
    let place = cast.campus(&hall.campus)?;
    let author = cast.staff(RoleKind::Coordinator, Some(place))?;
    let venue = id(stage, &hall.campus, &hall.name);
    stage.venues.insert((hall.campus.clone(), hall.name.clone()), venue);
    let draft = VenueDraft {
        place,
        name: hall.name.clone(),
        location: hall.location.clone(),
        capacity: hall.capacity,
        note: hall.note.clone(),
    };
    let first = VenueDraft { name: hall.was.clone().unwrap_or_else(|| hall.name.clone()), ..draft.clone() };
    let renamed = first != draft;
    let put = move |draft| Act::PutVenue(VenuePut { venue, draft });
    stage.at(stage.begins, move |tx| must(tx, author, &put(first.clone())));
    if renamed {
        let later = stage.begins.saturating_add(SignedDuration::from_mins(1)).map_err(Fail::broken)?;
        stage.at(later, move |tx| must(tx, author, &put(draft.clone())));
    }
    Ok(())
}
