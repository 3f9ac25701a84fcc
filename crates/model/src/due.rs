//! Timers: time is an actor, and what it does is decided like everything else.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Decision, Facts, Id, MutationId, class_turn, derived, drawing, gate, giving_back, going_out, guest_end,
    hold_change, hours_book, material, on_duty, passing_by, reminder, series, stand_in_wave, still_coming,
    swap_end, trip_plan, turn_act,
};

/// What a timer is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DueKind {
    /// The hold window of a notice ends.
    ReleaseNotice,
    /// Those who have not answered a notice are reminded.
    RemindNotice,
    /// A notice that repeats comes again.
    RepeatNotice,
    /// The time to answer an offer ends.
    ExpireOffer,
    /// Sign-up of an event whose seats are drawn closes.
    CloseDraw,
    /// The time of a gate ends.
    CloseGate,
    /// Seats of a session are kept no more.
    ReleaseHold,
    /// A lesson is over, and a material of it is given.
    GiveMaterial,
    /// A session of a pool begins: who waits for it is passed by.
    PassPool,
    /// Nobody was checked out long after a shift.
    CloseDuty,
    /// Places of a shift are kept for a class no longer.
    OpenTurn,
    /// The next few people are asked to stand in at a shift.
    StandIn,
    /// Whoever comes to a shift is asked whether they still do.
    StillComing,
    /// The day of a guest is over, or was long ago.
    GuestOver,
    /// Hours were refused so long ago that nobody looks at what was to show them.
    ForgetEvidence,
}

impl DueKind {
    /// The name in stores.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ReleaseNotice => "release-notice",
            Self::RemindNotice => "remind-notice",
            Self::RepeatNotice => "repeat-notice",
            Self::ExpireOffer => "expire-offer",
            Self::CloseDraw => "close-draw",
            Self::CloseGate => "close-gate",
            Self::ReleaseHold => "release-hold",
            Self::GiveMaterial => "give-material",
            Self::PassPool => "pass-pool",
            Self::CloseDuty => "close-duty",
            Self::OpenTurn => "open-turn",
            Self::StandIn => "stand-in",
            Self::StillComing => "still-coming",
            Self::GuestOver => "guest-over",
            Self::ForgetEvidence => "forget-evidence",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [
            Self::ReleaseNotice,
            Self::RemindNotice,
            Self::RepeatNotice,
            Self::ExpireOffer,
            Self::CloseDraw,
            Self::CloseGate,
            Self::ReleaseHold,
            Self::GiveMaterial,
            Self::PassPool,
            Self::CloseDuty,
            Self::OpenTurn,
            Self::StandIn,
            Self::StillComing,
            Self::GuestOver,
            Self::ForgetEvidence,
        ]
        .into_iter()
        .find(|kind| kind.name() == name)
    }
}

/// A timer. Any node may fire it, any number of times, at any time after it is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// Follows from the other four: the same timer is the same mutation.
    pub id: MutationId,
    /// What for.
    pub kind: DueKind,
    /// Of which row.
    pub subject: Uuid,
    /// When.
    pub at: Timestamp,
    /// Tells a timer from an earlier one of the same subject.
    pub generation: u32,
}

impl Due {
    /// A timer; its id is the UUIDv5 of its parts.
    #[must_use]
    pub fn new(kind: DueKind, subject: Uuid, at: Timestamp, generation: u32) -> Self {
        let name = format!("due/{}/{}/{generation}", kind.name(), at.as_nanosecond());
        Self { id: derived(&name, subject, subject), kind, subject, at, generation }
    }

    /// What happens when this timer fires now: judged by the facts' `now`, not by whether a timer ran.
    ///
    /// # Errors
    /// [`Stop`].
    pub fn decide(&self, facts: &Facts) -> Decision {
        let changes = match self.kind {
            DueKind::ReleaseNotice => going_out::release(facts, Id::new(self.subject)),
            DueKind::RemindNotice => reminder::remind(facts, Id::new(self.subject), self.at),
            DueKind::RepeatNotice => series::next(facts, Id::new(self.subject), self.generation),
            DueKind::ExpireOffer => giving_back::expire_offer(facts, Id::new(self.subject), self.generation),
            DueKind::CloseGate => gate::close_by_time(facts, Id::new(self.subject)),
            DueKind::ReleaseHold => hold_change::release(facts, Id::new(self.subject)),
            DueKind::GiveMaterial => material::give(facts, Id::new(self.subject)),
            DueKind::PassPool => passing_by::begun(facts, Id::new(self.subject)),
            DueKind::CloseDuty => on_duty::close(facts, Id::new(self.subject), self.generation),
            DueKind::OpenTurn => turn_act::open(facts, Id::new(self.subject)),
            DueKind::StandIn => stand_in_wave::wave(facts, Id::new(self.subject), self.generation),
            DueKind::StillComing => still_coming::ask(facts, Id::new(self.subject), self.at),
            DueKind::GuestOver => guest_end::over(facts, Id::new(self.subject), self.generation),
            DueKind::ForgetEvidence => hours_book::forget_evidence(facts, Id::new(self.subject)),
            DueKind::CloseDraw => drawing::close(facts, Id::new(self.subject)),
        }?;
        class_turn::follow(facts, swap_end::follow(facts, trip_plan::follow(facts, changes)?)?)
    }
}
