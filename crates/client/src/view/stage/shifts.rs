//! Who comes to a shift.

use xinmei_model::{Id, Shift, Take, TakeState, derived};

use super::{at, id};

/// Somebody took this shift two days ago; its post is the next number, as [`super::Stage::shift`] has it.
pub(crate) fn take(shift: u128, person: u128, name: &str) -> Take {
    let of: Id<Shift> = id(shift);
    Take {
        id: derived("take", of.uuid(), id::<()>(person).uuid()),
        shift: of,
        post: id(shift + 1),
        person: id(person),
        person_name: name.into(),
        entered: None,
        state: TakeState::Taken,
        came: true,
        reason: String::new(),
        class: None,
        offer: None,
        reminded: None,
        confirmed: None,
        seal: String::new(),
        at: at("11-21T09:00").timestamp(),
    }
}
