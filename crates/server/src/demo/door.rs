//! A gate that has been open for half an hour, or was on a day that is over: most families of the first session came, and some
//! people walked in.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use xinmei_model::{
    Act, Actor, Arriving, Booking, BookingState, Event, Gate, GateDraft, Id, List, Row, Session,
    SessionDraft, limits,
};

use super::{
    calendar::Chance,
    plan,
    stage::{Stage, composed, must},
};
use crate::{Fail, Result, ledger::Tx};

/// Puts the gate on the stage; `session` is the one that has begun.
pub(super) fn stage(
    stage: &mut Stage,
    by: Actor,
    event: Id<Event>,
    planned: &SessionDraft,
    door: &plan::Door,
) -> Result<()> {
    let session = planned.id;
    // Of a session that is over: as it was half an hour after it had begun.
    let later = planned.starts.timestamp().saturating_add(SignedDuration::from_mins(30));
    let over = planned.ends.timestamp() <= stage.days.now();
    let now = if over { later.map_err(Fail::broken)? } else { stage.days.now() };
    // Before the demo begins nobody stood anywhere.
    if now < stage.begins {
        return Ok(());
    }
    let ago = |minutes| now.saturating_sub(SignedDuration::from_mins(minutes)).map_err(Fail::broken);
    let gate: Id<Gate> = composed(&stage.ledger.identity, &format!("demo/gate/{event}/{}", door.gate));
    let draft = GateDraft { id: gate, event, name: door.gate.clone() };
    stage.at(ago(50)?, move |tx| {
        must(tx, by, &Act::OpenCheckIn { event })?;
        must(tx, by, &Act::OpenGate { gate: draft.clone() })?;
        must(tx, by, &Act::LeaseSeats { gate, session, seats: 4 })
    });
    let (opens, door) = (ago(40)?, Arc::new(door.clone()));
    stage.at(ago(5)?, move |tx| {
        let came = Came { gate, session, opens };
        came.with_bookings(tx, by, &door)?;
        door.walk_in.iter().try_for_each(|name| came.walks_in(tx, by, name))
    });
    Ok(())
}

struct Came {
    gate: Id<Gate>,
    session: Id<Session>,
    opens: Timestamp,
}

impl Came {
    /// So many of a hundred families, one after another.
    fn with_bookings(&self, tx: &mut Tx<'_>, by: Actor, door: &plan::Door) -> Result<()> {
        let mut chance = Chance::of(&door.gate);
        let rows = tx.list(List::BookingsOf(self.session), limits::ROWS_PER_LIST)?;
        for (n, row) in (0_i64..).zip(&rows) {
            let Row::Booking(Booking { id, size, state: BookingState::Confirmed, .. }) = &**row else {
                continue;
            };
            if chance.percent(door.came) {
                must(tx, by, &self.arrives(tx, n, Some(*id), *size, 0, ""))?;
            }
        }
        Ok(())
    }

    fn walks_in(&self, tx: &mut Tx<'_>, by: Actor, name: &str) -> Result<()> {
        must(tx, by, &self.arrives(tx, 90, None, 0, 1, name))
    }

    fn arrives(
        &self,
        tx: &Tx<'_>,
        n: i64,
        booking: Option<Id<Booking>>,
        seats: u32,
        extra: u32,
        name: &str,
    ) -> Act {
        let whose = booking.map(|id| id.to_string()).unwrap_or_default();
        let at = self.opens.saturating_add(SignedDuration::from_secs(n * 20)).unwrap_or(self.opens);
        Act::Arrive(Arriving {
            arrival: composed(tx.identity(), &format!("demo/arrival/{}/{whose}{name}", self.session)),
            gate: self.gate,
            session: self.session,
            booking,
            name: name.to_owned(),
            seats,
            extra,
            at,
            on_paper: false,
        })
    }
}
