//! Seats as they are counted: what may still be given, how full it is, who stands where in line. The ledger of a session has
//! several holders: the server, and each gate (see [`Lease`](crate::Lease)); the sum never exceeds the capacity.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Booking, BookingState, Held, Id, Kept, Row, derived};

/// Seats the server may give away, and how many it has given. Server only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Allotment {
    /// Follows from what it is of.
    pub id: Id<Allotment>,
    /// A session, a shift, or a choice of a notice.
    pub of: Uuid,
    /// The row whose readers see its counts: the session or shift itself, or the notice.
    pub shown_with: Uuid,
    /// Seats it may give.
    pub seats: u32,
    /// Seats confirmed or offered.
    pub used: u32,
    /// Bookings that wait.
    pub waiting: u32,
    /// The next place in the order of acceptance.
    pub next_seq: u32,
    /// Seats that gates hold: they are not among `seats`, and come back only from the gate.
    #[serde(default)]
    pub lent: u32,
    /// What is kept of the seats for some families, in the order of the session's holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holds: Vec<Held>,
}

impl Allotment {
    /// The server's allotment of all seats.
    #[must_use]
    pub fn new(of: Uuid, seats: u32) -> Self {
        Self {
            id: Self::of(of),
            of,
            shown_with: of,
            seats,
            used: 0,
            waiting: 0,
            next_seq: 1,
            lent: 0,
            holds: Vec::new(),
        }
    }

    /// Where the server's allotment of a session's or shift's seats is kept.
    #[must_use]
    pub fn of(of: Uuid) -> Id<Self> {
        derived("allotment", of, of)
    }

    /// Seats not given.
    #[must_use]
    pub fn free(&self) -> u32 {
        self.seats.saturating_sub(self.used)
    }

    /// Hands free seats to a gate: it is their holder until it returns them.
    pub(crate) fn lend(&mut self, seats: u32) {
        self.seats = self.seats.saturating_sub(seats);
        self.lent = self.lent.saturating_add(seats);
    }

    /// Has back from a gate what it did not give.
    pub(crate) fn take_back(&mut self, seats: u32) {
        let seats = seats.min(self.lent);
        self.lent -= seats;
        self.seats = self.seats.saturating_add(seats);
    }

    /// Seats a newcomer may have who is of no hold: whoever waits is served first.
    #[must_use]
    pub fn open_seats(&self) -> u32 {
        self.open_for(None)
    }
}

/// What has to be counted anew once this row is written: the session, shift or choice. Who waits is told of the place in line
/// in the feeds the booking has now.
#[must_use]
pub fn counted_by(row: &Row) -> Option<Uuid> {
    match row {
        Row::Allotment(allotment) => Some(allotment.of),
        Row::Booking(booking) if booking.state == BookingState::Waiting => Some(booking.session.uuid()),
        _ => None,
    }
}

/// How full a session or shift is. Derived: the latest wins, and no rule reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    /// Follows from what it is of.
    pub id: Id<Fill>,
    /// A session or a shift.
    pub of: Uuid,
    /// Seats.
    pub capacity: u32,
    /// Seats confirmed or offered, and those that gates hold.
    pub used: u32,
    /// Bookings that wait.
    pub waiting: u32,
    /// What is kept of the free seats for some families.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kept: Vec<Kept>,
}

impl Fill {
    /// Nobody yet.
    #[must_use]
    pub fn empty(of: Uuid, capacity: u32) -> Self {
        Self { id: derived("fill", of, of), of, capacity, used: 0, waiting: 0, kept: Vec::new() }
    }

    /// As an allotment stands.
    #[must_use]
    pub fn of(allotment: &Allotment) -> Self {
        let Allotment { of, seats, used, waiting, lent, .. } = *allotment;
        let kept = allotment.holds.iter().map(Held::kept).collect();
        // What a gate holds is there, and not to be had.
        let capacity = seats.saturating_add(lent);
        Self { used: used.saturating_add(lent), waiting, kept, ..Self::empty(of, capacity) }
    }

    /// Seats a newcomer could get who is of no hold, as last heard.
    #[must_use]
    pub fn open_seats(&self) -> u32 {
        self.open_for(None)
    }
}

/// A booking's place in line, 1 being next. Derived: the latest wins, and no rule reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Follows from the booking.
    pub id: Id<Standing>,
    /// Whose place.
    pub booking: Id<Booking>,
    /// 1 is next.
    pub place: u32,
}

impl Standing {
    /// The place of a booking.
    #[must_use]
    pub fn new(booking: Id<Booking>, place: u32) -> Self {
        Self { id: derived("standing", booking.uuid(), booking.uuid()), booking, place }
    }
}
