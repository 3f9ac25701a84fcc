//! Sessions, and how full they are as last heard.

use std::collections::BTreeMap;

use uuid::Uuid;
use xinmei_model::{Asking, Event, Fill, HeldFor, Hold, Id, List, Power, Session, SessionState, hold_of};

use super::{family::Family, reading::Reading};
use crate::api::{
    Fault,
    event::{HoldView, SessionFill},
};

impl Reading<'_> {
    /// How full a session or shift is, if the school said so.
    pub(crate) fn heard_fill(&self, of: Uuid, capacity: u32) -> Result<Option<Fill>, Fault> {
        let fill: Option<Fill> = self.snapshot.get(Fill::empty(of, capacity).id)?;
        // The number of seats is the session's: a fill may be older.
        Ok(fill.map(|fill| Fill { capacity, ..fill }))
    }

    /// A session and how full it is.
    pub(crate) fn session_fill(&self, session: &Session) -> Result<SessionFill, Fault> {
        let of = session.counted_with().uuid();
        let fill =
            self.heard_fill(of, session.capacity)?.unwrap_or_else(|| Fill::empty(of, session.capacity));
        let begun = session.has_begun(self.now);
        let own = self.own_hold(session)?;
        Ok(SessionFill {
            id: session.id,
            name: session.name.clone(),
            starts: session.starts.clone(),
            ends: session.ends.clone(),
            capacity: fill.capacity,
            used: fill.used,
            waiting: fill.waiting,
            pool: session.pool,
            open_seats: if begun || session.is_cancelled() { 0 } else { fill.open_for(own) },
            begun,
            cancelled: match &session.state {
                SessionState::Planned => None,
                SessionState::Cancelled { reason, .. } => Some(reason.clone()),
            },
            moved: session.moves.last().cloned(),
            first_timers: session.first_timers,
            eligible: session.eligible.iter().map(|place| self.place_name(*place)).collect(),
            held_in: self.own_venue(session)?,
            holds: self.holds_of(session, &fill, own),
        })
    }

    /// The hold this family would be of, with any of its children; at a desk that for who telephoned.
    fn own_hold(&self, session: &Session) -> Result<Option<Id<Hold>>, Fault> {
        let mut kept = session.holds.iter().filter(|hold| hold.is_kept(self.now)).peekable();
        if kept.peek().is_none() {
            return Ok(None);
        }
        let Some(event): Option<Event> = self.snapshot.get(session.event)? else { return Ok(None) };
        if self.may(Power::ManageEvents, &event.held_at) {
            return Ok(kept.find(|hold| hold.of == HeldFor::Phoned).map(|hold| hold.id));
        }
        let family = Family::of_hat(self)?;
        for own in family.children().iter().filter(|own| own.decides && event.is_for(&own.child.path)) {
            let asking = Asking { guardian: self.me, children: &[&own.child], phoned: false };
            let hold = self.snapshot.settle(|facts| hold_of(facts, &event, session, asking))?;
            // What this computer cannot tell, the school will.
            if let Some(Some(hold)) = hold {
                return Ok(Some(hold));
            }
        }
        Ok(None)
    }

    /// What is kept at this moment.
    fn holds_of(&self, session: &Session, fill: &Fill, own: Option<Id<Hold>>) -> Vec<HoldView> {
        let on = !session.is_cancelled() && !session.has_begun(self.now);
        let kept = session.holds.iter().filter(|hold| on && hold.is_kept(self.now));
        let view = |hold: &Hold| HoldView {
            id: hold.id,
            places: hold.places().unwrap_or_default().iter().map(|place| self.place_name(*place)).collect(),
            of: hold.of.clone(),
            seats: hold.seats,
            left: fill.left_of(hold.id).unwrap_or(hold.seats),
            until: hold.until.clone(),
            own: own == Some(hold.id),
        };
        kept.map(view).collect()
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

/// Seats a newcomer could still get in all of these together; what several share counts once.
pub(crate) fn seats_open(sessions: &[SessionFill]) -> u32 {
    let mut open = BTreeMap::<_, u32>::new();
    for session in sessions {
        let seats = open.entry(session.pool.unwrap_or(session.id)).or_default();
        *seats = session.open_seats.max(*seats);
    }
    open.values().sum()
}
