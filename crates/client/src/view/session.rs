//! Sessions, and how full they are as last heard.

use uuid::Uuid;
use xinmei_model::{Event, Fill, Id, List, Session, SessionState};

use super::reading::Reading;
use crate::api::{Fault, event::SessionFill};

impl Reading<'_> {
    /// How full a session or shift is, if the school said so.
    pub(crate) fn heard_fill(&self, of: Uuid, capacity: u32) -> Result<Option<Fill>, Fault> {
        let fill: Option<Fill> = self.snapshot.get(Fill::empty(of, capacity).id)?;
        // The number of seats is the session's: a fill may be older.
        Ok(fill.map(|fill| Fill { capacity, ..fill }))
    }

    /// A session and how full it is.
    pub(crate) fn session_fill(&self, session: &Session) -> Result<SessionFill, Fault> {
        let of = session.id.uuid();
        let fill =
            self.heard_fill(of, session.capacity)?.unwrap_or_else(|| Fill::empty(of, session.capacity));
        let begun = session.has_begun(self.now);
        Ok(SessionFill {
            id: session.id,
            name: session.name.clone(),
            starts: session.starts.clone(),
            ends: session.ends.clone(),
            capacity: fill.capacity,
            used: fill.used,
            waiting: fill.waiting,
            open_seats: if begun || session.is_cancelled() { 0 } else { fill.open_seats() },
            begun,
            cancelled: match &session.state {
                SessionState::Planned => None,
                SessionState::Cancelled { reason, .. } => Some(reason.clone()),
            },
            moved: session.moves.last().cloned(),
            first_timers: session.first_timers,
            eligible: session.eligible.iter().map(|place| self.place_name(*place)).collect(),
        })
    }

    /// The sessions of an event, by start.
    pub(crate) fn sessions_of(&self, event: Id<Event>) -> Result<Vec<SessionFill>, Fault> {
        let sessions: Vec<Session> = self.snapshot.list(List::SessionsOf(event))?;
        sessions.iter().map(|session| self.session_fill(session)).collect()
    }
}

/// Sessions that a newcomer's party of `size` could still get into, as last heard.
pub(crate) fn with_room(sessions: &[SessionFill], size: u32) -> Vec<SessionFill> {
    sessions.iter().filter(|session| session.open_seats >= size.max(1)).cloned().collect()
}
