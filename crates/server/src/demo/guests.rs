//! A guest from outside, whom a class teacher receives.

use jiff::SignedDuration;
use serde::Deserialize;
use xinmei_model::{Act, Actor, GuestDraft, Id, Person, RoleKind, Shift, VolunteerAct};

use super::{
    cast::{self, Cast},
    stage::{Stage, composed, must},
};
use crate::{Fail, Result};

/// Somebody from outside who helps on one day.
#[derive(Clone, Deserialize)]
pub(super) struct Guesting {
    /// The shift, counted over all series of the post from 0.
    pub(super) shift: usize,
    name: String,
    organisation: String,
    phone: String,
    agreed: String,
    /// The grade and class whose teacher receives them.
    received_by: (i16, u8),
}

/// The desk writes a guest down, an hour ago.
pub(super) fn stage(
    stage: &mut Stage,
    cast: &Cast,
    (desk, campus): (Actor, &str),
    (guest, shift): (&Guesting, Id<Shift>),
) -> Result<()> {
    let (grade, number) = guest.received_by;
    let class = cast.cohort(campus, grade, Some(number))?;
    let teacher = cast.staff(RoleKind::ClassTeacher, Some(class))?;
    let sponsor = cast::person(teacher).ok_or_else(|| Fail::broken("nobody receives the guest"))?;
    let person: Id<Person> = composed(&stage.ledger.identity, &format!("demo/guest/{}/{shift}", guest.name));
    let draft = GuestDraft {
        person,
        name: guest.name.clone(),
        organisation: guest.organisation.clone(),
        phone: guest.phone.clone(),
        agreed: guest.agreed.clone(),
        sponsor,
        shifts: vec![shift],
    };
    let ago = stage.days.now().saturating_sub(SignedDuration::from_hours(1)).map_err(Fail::broken)?;
    let wish = Act::Volunteer(VolunteerAct::AddGuest { guest: Box::new(draft) });
    stage.at(ago, move |tx| must(tx, desk, &wish));
    Ok(())
}
