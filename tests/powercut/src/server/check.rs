//! What must hold of a school after a cut: what was answered is there, with its effects and its number.

use std::{collections::HashMap, path::Path};

use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;
use xinmei_model::{Allotment, Booking, BookingState, Id, Kind, Noun, Row, Session, Verdict};
use xinmei_server::{Fail, ledger::Ledger, push, school};

use super::{Answered, Server, block_on, wishes::What};
use crate::{
    chance::Chance,
    history::{Found, Moment, Story, digest, place, sound},
    log::Log,
    people,
};

/// One cut in so many is followed by all devices pushing everything again.
const AGAIN: usize = 16;

type Checked<T> = Result<T, String>;

fn text(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Story for Server {
    fn log(&self) -> &Log {
        &self.log
    }

    fn check(&self, folder: &Path, moment: Moment, chance: &mut Chance) -> Checked<Found> {
        let dir = folder.join("school");
        let (store, writer, identity) = match (school::open(&dir), moment.told) {
            (Ok(open), _) => open,
            // Nobody was told of a school yet: whoever made it runs `init` again.
            (Err(_), None) => {
                let again = school::create(&dir, &self.edge);
                return Ok(if again.is_ok() { Found::Held } else { Found::Unmade });
            }
            (Err(Fail::Caller { code: "no-school", .. }), Some(told)) => {
                return Ok(Found::Lost { told, found: None });
            }
            (Err(error), _) => return Err(format!("the school does not open: {error}")),
        };
        sound(&writer)?;
        let found = place(&self.digests, digest(&writer).map_err(text)?, moment)?;
        let told = moment.told.unwrap_or_default();
        // Cuts that leave the same rows leave the same school: each state is judged once.
        self.judged[found].get_or_init(|| self.judge(&writer, found)).clone()?;
        if found < told {
            return Ok(Found::Lost { told, found: Some(found) });
        }
        let rev: u64 = one(&writer, "SELECT rev FROM school")?;
        if rev < moment.poked {
            // A poke is an answer too: it was sent between this state and the next.
            return Ok(Found::Lost { told, found: Some(found) });
        }
        // State 0 is the school alone, without any device.
        if told > 0 && chance.one_in(AGAIN) {
            let ledger = Ledger::start(store, writer, identity, self.edge.clone(), |_| {}).map_err(text)?;
            self.push_again(&ledger, told)?;
        }
        Ok(Found::Held)
    }
}

fn one(conn: &Connection, sql: &str) -> Checked<u64> {
    conn.query_row(sql, [], |row| row.get::<_, i64>(0)).map(i64::unsigned_abs).map_err(text)
}

fn rows<T: Noun + Clone>(conn: &Connection) -> Checked<HashMap<Uuid, T>> {
    let mut select = conn.prepare("SELECT body FROM row WHERE kind = ?1").map_err(text)?;
    let bodies = select.query_map([T::KIND.name()], |row| row.get::<_, String>(0)).map_err(text)?;
    bodies
        .map(|body| {
            let row = Row::parse(T::KIND, &body.map_err(text)?).map_err(text)?;
            Ok((row.id(), T::of(&row).cloned().ok_or("a row of another kind")?))
        })
        .collect()
}

fn verdict_of(conn: &Connection, id: Uuid) -> Checked<Option<Verdict>> {
    let verdict: Option<String> = conn
        .query_row("SELECT verdict FROM mutation WHERE id = ?1", [id.as_bytes().as_slice()], |row| row.get(0))
        .optional()
        .map_err(text)?;
    verdict.map(|verdict| serde_json::from_str(&verdict).map_err(text)).transpose()
}

impl Server {
    /// A school in a state: it agrees with itself, and what was answered up to then is there.
    fn judge(&self, conn: &Connection, state: usize) -> Checked<()> {
        self.agrees_with_itself(conn)?;
        self.answered
            .iter()
            .filter(|answered| answered.state <= state)
            .try_for_each(|a| self.is_there(conn, a))
    }

    /// An answered wish: its verdict under its number.
    fn is_there(&self, conn: &Connection, answered: &Answered) -> Checked<()> {
        let (wish, number) = (&answered.wish, answered.wish.push.first);
        let found: Option<(i64, String)> = conn
            .query_row(
                "SELECT number, verdict FROM mutation WHERE id = ?1 AND device = ?2",
                params![wish.id.uuid().as_bytes().as_slice(), wish.caller.device.as_bytes().as_slice()],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .optional()
            .map_err(text)?;
        let expected = serde_json::to_string(&answered.verdict).map_err(text)?;
        match found {
            Some((found, verdict)) if found.unsigned_abs() == number && verdict == expected => Ok(()),
            Some(_) => Err(format!("wish {} has another verdict than was answered", wish.id)),
            None => Err(format!("wish {} was answered and is gone", wish.id)),
        }
    }

    /// Verdict ⇔ effects ⇔ number, whatever was answered.
    fn agrees_with_itself(&self, conn: &Connection) -> Checked<()> {
        let gaps = one(
            conn,
            "SELECT count(*) FROM device WHERE last_number <> (SELECT count(*) FROM mutation WHERE device = device.id)
                OR last_number <> (SELECT coalesce(max(number), 0) FROM mutation WHERE device = device.id)",
        )?;
        if gaps > 0 {
            return Err(format!("{gaps} devices whose last number is not their last verdict's"));
        }
        let late = one(
            conn,
            "SELECT (SELECT count(*) FROM row WHERE rev > (SELECT rev FROM school)) +
                (SELECT count(*) FROM feed_row WHERE rev > (SELECT rev FROM school)) +
                (SELECT count(*) FROM feed_row WHERE present = 1 AND row NOT IN (SELECT id FROM row)) +
                (SELECT count(*) FROM row_list WHERE row NOT IN (SELECT id FROM row))",
        )?;
        if late > 0 {
            return Err(format!("{late} rows of a later rev, or entries without their row"));
        }
        let bookings = rows::<Booking>(conn)?;
        for answered in &self.answered {
            has_its_effects(conn, answered, &bookings)?;
        }
        seats_are_counted(conn, &bookings)
    }

    /// Every device pushes everything again: first verdicts stand, and nothing is done twice.
    fn push_again(&self, ledger: &Ledger, told: usize) -> Checked<()> {
        for answered in &self.answered {
            let (caller, push) = (answered.wish.caller, answered.wish.push.clone());
            let pushed = block_on(ledger.write(move |tx| push::take(tx, caller, &push))).map_err(text)?;
            let verdict = pushed.verdicts.first().map(|settled| &settled.verdict);
            if answered.state <= told && verdict != Some(&answered.verdict) {
                return Err(format!("wish {} gets another verdict when it is repeated", answered.wish.id));
            }
        }
        let conn = Connection::open(ledger_path(ledger)?).map_err(text)?;
        self.agrees_with_itself(&conn)
    }
}

/// The file of a ledger, as SQLite names it.
fn ledger_path(ledger: &Ledger) -> Checked<String> {
    let path = ledger.look(|session| session.one("SELECT file FROM pragma_database_list", &[]));
    path.map_err(text)?.map(|row| row.text(0).to_owned()).ok_or_else(|| "no file".to_owned())
}

fn has_its_effects(conn: &Connection, answered: &Answered, bookings: &HashMap<Uuid, Booking>) -> Checked<()> {
    let verdict = verdict_of(conn, answered.wish.id.uuid())?;
    let accepted = matches!(verdict, Some(Verdict::Accepted { .. }));
    let is_whole = match answered.wish.what {
        What::Publish => {
            let session: Id<Session> = people::named("session", 0);
            accepted == rows::<Session>(conn)?.contains_key(&session.uuid())
        }
        What::SignUp(booking) => match bookings.get(&booking.uuid()) {
            None => !accepted,
            Some(booking) => {
                let lists = Row::from(booking.clone()).lists().len() as u64;
                accepted
                    && count(conn, "SELECT count(*) FROM row_list WHERE row = ?1", booking.id.uuid())?
                        == lists
                    && count(
                        conn,
                        "SELECT count(*) FROM feed_row WHERE row = ?1 AND present = 1",
                        booking.id.uuid(),
                    )? == booking.seen_by.len() as u64
            }
        },
        What::Withdraw(booking) => {
            let state = bookings.get(&booking.uuid()).map(|booking| booking.state);
            accepted == (state == Some(BookingState::Withdrawn))
        }
    };
    if is_whole { Ok(()) } else { Err(format!("wish {}: verdict and effects differ", answered.wish.id)) }
}

fn count(conn: &Connection, sql: &str, id: Uuid) -> Checked<u64> {
    let mut select = conn.prepare_cached(sql).map_err(text)?;
    select
        .query_row([id.as_bytes().as_slice()], |row| row.get::<_, i64>(0))
        .map(i64::unsigned_abs)
        .map_err(text)
}

fn seats_are_counted(conn: &Connection, bookings: &HashMap<Uuid, Booking>) -> Checked<()> {
    let session: Id<Session> = people::named("session", 0);
    let id = Allotment::of(session.uuid());
    let allotments = rows::<Allotment>(conn)?;
    let Some(allotment) = allotments.get(&id.uuid()) else {
        return if bookings.is_empty() { Ok(()) } else { Err("bookings without an allotment".into()) };
    };
    let held: u32 = bookings.values().filter(|b| b.state.holds_seats()).map(|b| b.size).sum();
    let waiting = bookings.values().filter(|b| b.state == BookingState::Waiting).count();
    let children: u32 = bookings.values().map(|booking| booking.children).sum();
    let live: u64 = conn
        .query_row("SELECT count(*) FROM row WHERE kind = ?1", [Kind::Seat.name()], |row| {
            row.get::<_, i64>(0)
        })
        .map(i64::unsigned_abs)
        .map_err(text)?;
    let fits = allotment.used == held && allotment.waiting as usize == waiting && held <= allotment.seats;
    if fits && u64::from(children) == live {
        Ok(())
    } else {
        Err(format!("{held} seats held, {waiting} waiting, {live} seat rows; counted {allotment:?}"))
    }
}
