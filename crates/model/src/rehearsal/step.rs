//! What happens in a rehearsal, one after another.

use jiff::Timestamp;

use crate::{Booking, BookingState, Child, DrawRoll, Id, Person, Secret, Session};

/// One opening as it was played, for whoever wants to play it once more.
#[derive(Clone, Debug)]
pub struct Played {
    /// What happened, in this order.
    pub steps: Vec<RehearsalStep>,
    /// Where seats are drawn: the secret, the roll, and the value with which it was drawn.
    pub draw: Option<(Secret, DrawRoll, String)>,
}

/// Something that happens in a rehearsal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RehearsalStep {
    /// A guardian signs up.
    SignUp {
        /// When.
        at: Timestamp,
        /// Made for it.
        booking: Id<Booking>,
        /// Who.
        guardian: Id<Person>,
        /// Which session; in a draw the first wish.
        session: Id<Session>,
        /// In a draw: the other wishes.
        others: Vec<Id<Session>>,
        /// Whom for.
        children: Vec<Id<Child>>,
        /// With how many adults.
        adults: u32,
        /// What came of it.
        state: BookingState,
    },
    /// Sign-up has closed, the value is known, the desk draws. What became of each booking that was entered.
    Drawn {
        /// When.
        at: Timestamp,
        /// Which booking is where, in which state.
        became: Vec<(Id<Booking>, Id<Session>, BookingState)>,
    },
    /// A guardian gives seats back.
    GiveBack {
        /// When.
        at: Timestamp,
        /// Which.
        booking: Id<Booking>,
        /// Who.
        guardian: Id<Person>,
    },
    /// Somebody of the waitlist is offered seats, and takes them.
    Promoted {
        /// When.
        at: Timestamp,
        /// Which.
        booking: Id<Booking>,
        /// Who.
        guardian: Id<Person>,
    },
}

impl RehearsalStep {
    /// When.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        match self {
            Self::SignUp { at, .. }
            | Self::Drawn { at, .. }
            | Self::GiveBack { at, .. }
            | Self::Promoted { at, .. } => *at,
        }
    }
}
