//! What a plan of an event may leave open. A device of an older version, or a program of somebody else, knows nothing of some of
//! it and leaves it out: what it does not say to clear stands as it stood.

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Act, Event, EventDraft, Id, Session, SessionDraft, event::once};

/// Something a plan of an event may leave open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventField {
    /// In which venue it is: with another name of a place than before it is in none, too.
    HeldIn,
    /// Its further tags.
    Tags,
    /// Sessions a child may have: one.
    ChildLimit,
    /// Seats for each child: as many as the family may have.
    ChildSeats,
    /// What a family is asked.
    Questions,
    /// How it looks: as all others.
    Look,
    /// Of which course it is a lesson.
    Lesson,
    /// In which venues of their own its sessions are.
    SessionHeldIn,
    /// Whom its sessions are for.
    SessionEligible,
    /// Whether its sessions are for first-timers.
    SessionFirstTimers,
    /// What is kept of the seats of its sessions.
    SessionHolds,
}

impl EventField {
    const OF_EVENT: [Self; 7] = [
        Self::HeldIn,
        Self::Tags,
        Self::ChildLimit,
        Self::ChildSeats,
        Self::Questions,
        Self::Look,
        Self::Lesson,
    ];
    const OF_SESSIONS: [Self; 4] =
        [Self::SessionHeldIn, Self::SessionEligible, Self::SessionFirstTimers, Self::SessionHolds];

    fn open_in(self, draft: &EventDraft) -> bool {
        match self {
            Self::HeldIn => draft.held_in.is_none(),
            Self::Tags => draft.tags.is_empty(),
            Self::ChildLimit => draft.child_limit == once(),
            Self::ChildSeats => draft.child_seats.is_none(),
            Self::Questions => draft.questions.is_empty(),
            Self::Look => draft.look.is_plain(),
            Self::Lesson => draft.lesson.is_none(),
            _ => draft.sessions.iter().any(|session| self.open_in_session(session)),
        }
    }

    fn open_in_session(self, draft: &SessionDraft) -> bool {
        match self {
            Self::SessionHeldIn => draft.held_in.is_none(),
            Self::SessionEligible => draft.eligible.is_empty(),
            Self::SessionFirstTimers => !draft.first_timers,
            Self::SessionHolds => draft.holds.is_empty(),
            _ => false,
        }
    }
}

impl EventDraft {
    /// What it leaves open.
    #[must_use]
    pub fn left_open(&self) -> Vec<EventField> {
        let all = EventField::OF_EVENT.into_iter().chain(EventField::OF_SESSIONS);
        all.filter(|field| field.open_in(self)).collect()
    }

    /// The plan with what stood wherever it leaves something open that it does not clear.
    pub(crate) fn over(
        &self,
        clears: &[EventField],
        before: &Event,
        known: &BTreeMap<Id<Session>, &Session>,
        now: Timestamp,
    ) -> Self {
        let mut plan = self.clone();
        let stands = |field: &EventField| !clears.contains(field);
        for field in EventField::OF_EVENT.into_iter().filter(stands).filter(|field| field.open_in(self)) {
            match field {
                // Who writes another place means it.
                EventField::HeldIn if self.venue.trim() == before.venue => plan.held_in = before.held_in,
                EventField::Tags => plan.tags.clone_from(&before.tags),
                EventField::ChildLimit => plan.child_limit = before.child_limit,
                // No more than the family may have now: whoever lowers that need not know of these.
                EventField::ChildSeats => {
                    plan.child_seats = before.child_seats.map(|seats| seats.min(plan.family_limit));
                }
                EventField::Questions => plan.questions.clone_from(&before.questions),
                EventField::Look => plan.look = before.look,
                EventField::Lesson => plan.lesson.clone_from(&before.lesson),
                _ => {}
            }
        }
        for draft in &mut plan.sessions {
            let Some(session) = known.get(&draft.id) else { continue };
            // Whose seats they are was settled as it was published.
            draft.pool = draft.pool.or(session.pool);
            let fields = EventField::OF_SESSIONS.into_iter().filter(stands);
            for field in fields.filter(|field| field.open_in_session(draft)).collect::<Vec<_>>() {
                match field {
                    EventField::SessionHeldIn => draft.held_in = session.own_venue(before),
                    EventField::SessionEligible => draft.eligible.clone_from(&session.eligible),
                    EventField::SessionFirstTimers => draft.first_timers = session.first_timers,
                    // Those that are over stay by themselves.
                    EventField::SessionHolds => {
                        draft.holds.extend(session.holds.iter().filter(|hold| hold.is_kept(now)).cloned());
                    }
                    _ => {}
                }
            }
        }
        plan
    }
}

impl Act {
    /// The change of an event to all that a plan says: what it leaves open is cleared.
    #[must_use]
    pub fn change_event(event: EventDraft, version: u32) -> Self {
        let clears = event.left_open();
        Self::ChangeEvent { event, version, clears }
    }
}
