//! Derived rows: how full a session is, and who stands where in line. The latest wins, at most two a second each,
//! and no rule reads them: 1,500 sign-ups must not become 4.5 million frames on 3,000 sockets.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;
use xinmei_model::{Allotment, Booking, Change, Feed, Fill, Kind, List, Row, Session, Standing, limits};

use super::Tx;
use crate::{Fail, Result, store::Session as _};

/// Between two counts of one session.
const REST: SignedDuration = SignedDuration::from_millis(500);

/// What was counted when, and what still has to be.
#[derive(Default)]
pub(super) struct Tally {
    waiting: BTreeSet<Uuid>,
    last: BTreeMap<Uuid, Timestamp>,
}

impl Tally {
    /// What an earlier life of the server, or a write that failed, may have left uncounted.
    pub(super) fn overdue(writer: &rusqlite::Connection) -> Result<Self> {
        let mut session = crate::store::Open(writer);
        let rows = session.rows("SELECT kind, body FROM row WHERE kind IN ('allotment', 'fill')", &[])?;
        let (mut allotments, mut fills) = (Vec::new(), BTreeMap::new());
        for row in &rows {
            let Some(kind) = Kind::named(row.text(0)) else { continue };
            match Row::parse(kind, row.text(1)) {
                Ok(Row::Allotment(allotment)) => allotments.push(allotment),
                Ok(Row::Fill(fill)) => drop(fills.insert(fill.of, fill)),
                _ => {}
            }
        }
        let uncounted = |a: &Allotment| a.waiting > 0 || fills.get(&a.of) != Some(&Fill::of(a));
        let waiting = allotments.iter().filter(|a| uncounted(a)).map(|a| a.of).collect();
        Ok(Self { waiting, last: BTreeMap::new() })
    }

    /// Writes the counts that are due into the running group. The others wait for the next group or tick.
    pub(super) fn write(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        self.waiting.extend(tx.take_counted());
        // By the machine's clock: the school's stands still while that one was set back, and counts would too.
        let now = tx.edge.clock.now();
        let rested = |last: &Timestamp| now.duration_since(*last) >= REST || *last > now;
        let due: Vec<Uuid> =
            self.waiting.iter().filter(|of| self.last.get(of).is_none_or(rested)).copied().collect();
        for of in due {
            // Counts that cannot be made must not cost the writes they are counted after.
            match tx.savepoint(|tx| count(tx, of))? {
                Ok(()) => {}
                Err(error @ Fail::Store(_)) => return Err(error),
                Err(error) => tracing::error!(%error, %of, "a count was skipped"),
            }
            self.waiting.remove(&of);
            self.last.insert(of, now);
        }
        // Counting changes no allotment, so nothing is counted anew because of it.
        if self.last.len() > 10_000 {
            self.last.clear();
        }
        Ok(())
    }

    /// Whether a tick would have something to do.
    pub(super) fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }
}

fn count(tx: &mut Tx<'_>, of: Uuid) -> Result<()> {
    let allotment = Allotment::of(of);
    let Some((row, _, _)) = tx.row(allotment.uuid())? else { return Ok(()) };
    let Row::Allotment(allotment) = &*row else { return Ok(()) };
    // Counts are as public as the session, shift or notice they are about: they stand in its feeds.
    let Some((subject, _, feeds)) = tx.row(allotment.shown_with)? else { return Ok(()) };
    tx.apply(vec![Change::put(Fill::of(allotment), feeds)])?;
    if let Row::Session(session) = &*subject {
        line_up(tx, session)?;
    }
    Ok(())
}

fn line_up(tx: &mut Tx<'_>, session: &Session) -> Result<()> {
    let now = tx.edge.clock.now();
    let line = tx.list(List::WaitingFor(session.counted_with()), limits::ROWS_PER_LIST)?;
    let sessions = match session.pool {
        Some(_) => tx.list(List::SessionsOf(session.event), limits::ROWS_PER_LIST)?,
        None => Vec::new(),
    };
    // Nobody waits behind who waits for what has begun or was called off.
    let passed = |booking: &Booking| {
        sessions.iter().any(|row| match &**row {
            Row::Session(of) => of.id == booking.session && !booking.is_counted(of, now),
            _ => false,
        })
    };
    let waits = line.iter().filter_map(|row| match &**row {
        Row::Booking(booking) => Some(booking).filter(|booking| !passed(booking)),
        _ => None,
    });
    for (place, booking) in (1_u32..).zip(waits) {
        let feeds: Vec<Feed> = booking.seen_by.clone();
        tx.apply(vec![Change::put(Standing::new(booking.id, place), feeds)])?;
    }
    Ok(())
}
