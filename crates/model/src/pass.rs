//! What a gate knows of who comes: a name, a class, how many. Not what the family answered, nor whose telephone it has.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    Booking, BookingState, Change, CheckIn, Child, Event, Facts, Feed, Id, List, Place, Row, Seat, Session,
    Stop, derived, facts::Decision, limits,
};

/// One child's line on the list at the gates; that of a family is one booking. Made when check-in is set up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// Follows from booking and child.
    pub id: Id<Pass>,
    /// Of which booking.
    pub booking: Id<Booking>,
    /// In which session.
    pub session: Id<Session>,
    /// Of which event.
    pub event: Id<Event>,
    /// Whose child.
    pub child: Id<Child>,
    /// The name.
    pub child_name: String,
    /// The last four of 学号: two of one name are told apart.
    pub tail: String,
    /// The class, if there is one now.
    pub class: Option<Id<Place>>,
    /// Children of the whole party.
    pub children: u32,
    /// Adults of the whole party.
    pub adults: u32,
    /// Seats of the whole party.
    pub size: u32,
    /// Whether it lets in.
    pub state: PassState,
}

/// Whether a pass lets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum PassState {
    /// It does.
    Valid,
    /// Its seats go to others once every gate has heard. A gate that has not still lets in.
    Releasing {
        /// Of which round.
        round: u32,
    },
    /// Its seats went to others.
    Released,
    /// The booking is no more, or the child does not come with it.
    Gone,
}

impl Pass {
    pub(crate) fn put(self) -> Change {
        let feed = Feed::CheckIn(self.event);
        Change::put(self, [feed])
    }
}

/// The passes of a booking as it stands: one for each seat.
pub(crate) fn of_party<'s>(
    facts: &Facts,
    booking: &Booking,
    seats: impl Iterator<Item = &'s Seat>,
) -> Decision {
    let seats: Vec<_> = seats.filter(|seat| !seat.gone).collect();
    let children = Facts::each(&seats, |seat| facts.find(seat.child))?;
    let passes = seats.into_iter().zip(children).map(|(seat, child): (_, Option<&Child>)| {
        Pass {
            id: derived("pass", booking.id.uuid(), seat.child.uuid()),
            booking: booking.id,
            session: booking.session,
            event: booking.event,
            child: seat.child,
            child_name: seat.child_name.clone(),
            tail: child.map(Child::number_tail).unwrap_or_default(),
            class: child.and_then(Child::class),
            children: booking.children,
            adults: booking.adults,
            size: booking.size,
            state: PassState::Valid,
        }
        .put()
    });
    Ok(passes.collect())
}

/// The passes of a booking, as the list has them now.
pub(crate) fn of_booking(facts: &Facts, booking: Id<Booking>) -> Result<Vec<&Pass>, Stop> {
    facts.list(List::PassesOf(booking), limits::ROWS_PER_LIST)
}

/// The passes of a booking in another state; those of children who do not come with it any more stay as they are.
pub(crate) fn become_all(facts: &Facts, booking: Id<Booking>, state: PassState) -> Decision {
    let passes = of_booking(facts, booking)?;
    Ok(passes
        .into_iter()
        .filter(|pass| pass.state != PassState::Gone)
        .map(|pass| Pass { state, ..pass.clone() }.put())
        .collect())
}

/// What a decision about bookings changes on the list at the gates, where check-in was set up. Asked of every decision, so
/// that no rule about seats has to know of gates.
pub(crate) fn follow(facts: &Facts, mut changes: Vec<Change>) -> Decision {
    if !facts.complete() {
        return Ok(changes);
    }
    let rows = || {
        changes
            .iter()
            .filter_map(|change| if let Change::Put { row, .. } = change { Some(row) } else { None })
    };
    let told: BTreeSet<_> =
        rows().filter_map(|row| if let Row::Pass(pass) = row { Some(pass.booking) } else { None }).collect();
    let bookings: Vec<_> =
        rows().filter_map(|row| if let Row::Booking(booking) = row { Some(booking) } else { None }).collect();
    let open = Facts::each(&bookings, |booking| facts.find(CheckIn::of(booking.event)))?;
    let listed = bookings
        .into_iter()
        .zip(open)
        .filter(|(booking, open)| open.is_some() && !told.contains(&booking.id));
    let listed: Vec<_> = listed.map(|(booking, _)| booking).collect();
    let parties = Facts::each(listed, |booking| party(facts, booking, rows()))?;
    changes.extend(parties.into_iter().flatten());
    Ok(changes)
}

/// The passes of one booking once these rows are written.
fn party<'r>(facts: &Facts, booking: &Booking, rows: impl Iterator<Item = &'r Row>) -> Decision {
    let before = of_booking(facts, booking.id)?;
    let mut seats: Vec<Seat> = Vec::new();
    if booking.state == BookingState::Confirmed {
        let written: Vec<_> = rows
            .filter_map(|row| if let Row::Seat(seat) = row { Some(seat) } else { None })
            .filter(|seat| seat.booking == booking.id)
            .collect();
        let stand = facts.list::<Seat>(List::SeatsOf(booking.id), limits::ROWS_PER_LIST)?;
        let stand = stand.into_iter().filter(|seat| !written.iter().any(|new| new.id == seat.id));
        seats.extend(stand.chain(written.iter().copied()).filter(|seat| !seat.gone).cloned());
    }
    let leave = before.into_iter().filter(|pass| !seats.iter().any(|seat| seat.child == pass.child));
    let mut changes: Vec<_> =
        leave.map(|pass| Pass { state: PassState::Gone, ..pass.clone() }.put()).collect();
    changes.extend(of_party(facts, booking, seats.iter())?);
    Ok(changes)
}
