//! Seats as they are counted: what may still be given, how full it is, who stands where in line. The ledger of a session has
//! several holders: the server, and each gate (see [`Lease`](crate::Lease)); the sum never exceeds the capacity.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Booking, BookingState, Held, Hold, Id, Kept, Row, derived};

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

    /// Whether a party of this size could ever be served here.
    #[must_use]
    pub(crate) fn could_hold(&self, size: u32) -> bool {
        size <= self.seats
    }

    /// A newcomer's seats, or a place in line where there is one; `None` where it gets neither.
    pub(crate) fn admit(
        &mut self,
        size: u32,
        hold: Option<Id<Hold>>,
        waitlist: bool,
    ) -> Option<BookingState> {
        // A party larger than the whole session would hold up the line for ever.
        if size <= self.open_for(hold) {
            self.seat(hold, size);
            Some(BookingState::Confirmed)
        } else if waitlist && self.could_hold(size) {
            self.line_up(hold);
            Some(BookingState::Waiting)
        } else {
            None
        }
    }

    /// Gives a party its seats.
    pub(crate) fn seat(&mut self, hold: Option<Id<Hold>>, size: u32) {
        self.used = self.used.saturating_add(size);
        if let Some(held) = self.held_mut(hold) {
            held.used = held.used.saturating_add(size);
        }
    }

    /// Puts a party at the end of the line.
    pub(crate) fn line_up(&mut self, hold: Option<Id<Hold>>) {
        self.waiting = self.waiting.saturating_add(1);
        if let Some(held) = self.held_mut(hold) {
            held.waiting = held.waiting.saturating_add(1);
        }
    }

    /// Has back a party's seats.
    pub(crate) fn unseat(&mut self, hold: Option<Id<Hold>>, size: u32) {
        self.used = self.used.saturating_sub(size);
        if let Some(held) = self.held_mut(hold) {
            held.used = held.used.saturating_sub(size);
        }
    }

    /// A party waits no more.
    pub(crate) fn leave_line(&mut self, hold: Option<Id<Hold>>) {
        self.waiting = self.waiting.saturating_sub(1);
        if let Some(held) = self.held_mut(hold) {
            held.waiting = held.waiting.saturating_sub(1);
        }
    }

    /// Has back what a booking in this state took: its seats, or its place in line.
    pub(crate) fn give_back(&mut self, state: BookingState, size: u32, hold: Option<Id<Hold>>) {
        if state.holds_seats() {
            self.unseat(hold, size);
        } else {
            self.leave_line(hold);
        }
    }

    /// Who of a line, in the order of acceptance, has the free seats now; `of` says how large each party is, and of which hold. One
    /// that does not fit yet is waited for, never overtaken: only what is kept for others goes past it, to the first of theirs.
    pub(crate) fn serve<T>(
        &mut self,
        line: impl IntoIterator<Item = T>,
        of: impl Fn(&T) -> (u32, Option<Id<Hold>>),
    ) -> Vec<T> {
        let mut served = Vec::new();
        // Whether nobody before waits for seats that are for everybody; and of which holds somebody does.
        let (mut common, mut holds) = (true, BTreeSet::new());
        for next in line {
            let (size, hold) = of(&next);
            let all = self.free_for(hold);
            let free = match hold {
                _ if common => all,
                hold if holds.contains(&hold) => 0,
                hold => all.min(self.left_of(hold)),
            };
            if size <= free {
                self.seat(hold, size);
                self.leave_line(hold);
                served.push(next);
                continue;
            }
            if !self.keeps_some() {
                break;
            }
            common = false;
            holds.insert(hold);
        }
        served
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
        Row::Booking(booking) if booking.state == BookingState::Waiting => {
            Some(booking.counted_with().uuid())
        }
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
        let kept = allotment.holds.iter().filter(|held| held.seats > 0).map(Held::kept).collect();
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
