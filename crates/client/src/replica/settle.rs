//! What the school made of wishes: verdicts, numbers it forgot, and wishes it cannot take at all.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use xinmei_model::{Mutation, Rev, Verdict, wire::Settled};

use super::{
    Replica, Topics, hope, meta,
    outbox::{find, renumber, take_out},
};
use crate::api::Fault;

/// A settled wish is remembered so long, in milliseconds: 60 days.
const RECEIPT_MS: i64 = 60 * 24 * 3_600_000;

/// A wish on which the school's server fails, alone, so often in a row is what it fails on: about half a minute.
const STUBBORN: u32 = 6;

/// An answer to a push that is no verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// As in problem details.
    pub code: String,
    /// The same wish may be taken another time: the server failed on it, and did not say no.
    pub may_pass: bool,
}

impl Replica {
    /// The school cannot take the oldest waiting wish, sent alone. It is parked, so that those behind it have their turn;
    /// a server that only failed is asked some more times first. What changed, where it was parked.
    ///
    /// # Errors
    /// [`Fault::DiskFull`], [`Fault::Broken`]; nothing is changed then.
    pub fn trouble(&self, trouble: &Trouble) -> Result<Option<Topics>, Fault> {
        let clock = self.edge().now();
        self.write(|conn| {
            let oldest: Option<(u64, u32)> = conn
                .query_row(
                    "UPDATE outbox SET trouble = trouble + 1
                     WHERE number = (SELECT min(number) FROM outbox WHERE verdict IS NULL)
                     RETURNING number, trouble",
                    [],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional()?;
            let Some((number, times)) = oldest else { return Ok(None) };
            if trouble.may_pass && times < STUBBORN {
                return Ok(None);
            }
            park(conn, clock, number, &trouble.code).map(Some)
        })
    }
}

/// Puts a wish aside that cannot be sent, so that those behind it have their turn.
pub(super) fn park(conn: &Connection, clock: Timestamp, number: u64, code: &str) -> Result<Topics, Fault> {
    tracing::warn!(code, "a wish was parked");
    conn.execute(
        "INSERT OR REPLACE INTO parked (id, mutation, composed, code)
         SELECT id, mutation, composed, ?2 FROM outbox WHERE number = ?1",
        params![number, code],
    )?;
    let mut topics =
        Topics::from(["outbox", "sync", "notice", "event", "conference", "shift", "conversation", "today"]);
    take_out(conn, number, &mut topics)?;
    topics.extend(hope::foresee_all(conn, Some(clock))?);
    Ok(topics)
}

/// Takes verdicts in. A refused wish loses its predictions at once and stays until it was seen, unless it only noted
/// something; an accepted one goes when the cursor shows what it did.
pub(super) fn settle(
    conn: &Connection,
    clock: Timestamp,
    verdicts: &[Settled],
    topics: &mut Topics,
) -> Result<(), Fault> {
    let mut refused = false;
    for settled in verdicts {
        let Some(found) = find(conn, settled.id)? else { continue };
        if found.verdict.is_some() {
            continue;
        }
        topics.extend(["outbox", "sync"]);
        conn.prepare_cached("UPDATE outbox SET verdict = ?2 WHERE number = ?1")?
            .execute(params![found.number, serde_json::to_string(&settled.verdict)?])?;
        if let Verdict::Refused { .. } = settled.verdict {
            hope::drop(conn, found.number, topics)?;
            topics.extend(["notice", "event", "conference", "shift", "today"]);
            refused = true;
            if only_notes(conn, found.number)? {
                put_by(conn, clock, found.number)?;
            }
        }
    }
    let gone = release(conn, clock, meta::number(conn, "cursor")?, topics)?;
    if refused || gone {
        topics.extend(hope::foresee_all(conn, Some(clock))?);
    }
    Ok(())
}

/// Accepted wishes whose rows are here now: predictions go, the receipt stays.
fn release(conn: &Connection, clock: Timestamp, cursor: Rev, topics: &mut Topics) -> Result<bool, Fault> {
    let mut select = conn.prepare_cached(
        "SELECT number FROM outbox WHERE verdict ->> 'is' = 'accepted' AND verdict ->> 'rev' <= ?1",
    )?;
    let numbers: Vec<u64> = select.query_map([cursor], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for number in &numbers {
        hope::drop(conn, *number, topics)?;
        put_by(conn, clock, *number)?;
        topics.extend(["outbox", "sync"]);
    }
    if !numbers.is_empty() {
        // Once for all of them: it reads every receipt.
        let old = receipt_clock(conn, clock)?.saturating_sub(RECEIPT_MS);
        conn.prepare_cached("DELETE FROM receipt WHERE at < ?1")?.execute([old])?;
    }
    Ok(!numbers.is_empty())
}

/// By the school's clock: by this computer's own, which may jump years, receipts would go at once or never.
fn receipt_clock(conn: &Connection, clock: Timestamp) -> Result<i64, Fault> {
    Ok(meta::heard(conn)?.unwrap_or(clock).as_millisecond())
}

/// Whether a wish only notes what was on a screen.
fn only_notes(conn: &Connection, number: u64) -> Result<bool, Fault> {
    let text: String = conn
        .prepare_cached("SELECT mutation FROM outbox WHERE number = ?1")?
        .query_row([number], |row| row.get(0))?;
    // What cannot be read any more is shown as what it is.
    Ok(serde_json::from_str::<Mutation>(&text).is_ok_and(|mutation| mutation.act.is_note()))
}

/// What is settled leaves the outbox; its receipt stays for a while.
fn put_by(conn: &Connection, clock: Timestamp, number: u64) -> Result<(), Fault> {
    let epoch = meta::get(conn, "epoch")?.unwrap_or_default();
    let now = receipt_clock(conn, clock)?;
    conn.prepare_cached(
        "INSERT OR REPLACE INTO receipt (id, number, mutation, verdict, epoch, at)
         SELECT id, number, mutation, verdict, ?2, ?3 FROM outbox WHERE number = ?1",
    )?
    .execute(params![number, epoch, now])?;
    conn.prepare_cached("DELETE FROM outbox WHERE number = ?1")?.execute([number])?;
    Ok(())
}

/// A school that forgot numbers (it was restored) is sent everything after the last one it knows once more, what had a
/// verdict too. Its ids are the same, so what it does know is not done twice.
pub(super) fn realign(conn: &Connection, last_number: u64) -> Result<(), Fault> {
    conn.execute(
        "INSERT OR IGNORE INTO outbox (number, id, mutation, composed, attempts)
         SELECT number, id, mutation, at, 1 FROM receipt WHERE number > ?1",
        [last_number],
    )?;
    conn.execute("DELETE FROM receipt WHERE number > ?1", [last_number])?;
    conn.execute("UPDATE outbox SET verdict = NULL WHERE number > ?1", [last_number])?;
    let mut select = conn.prepare_cached("SELECT number FROM outbox WHERE number > ?1 ORDER BY number")?;
    let numbers: Vec<u64> = select.query_map([last_number], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut next = last_number;
    for number in numbers {
        next += 1;
        renumber(conn, number, next)?;
    }
    meta::put(conn, "answered", &last_number.to_string())?;
    meta::put(conn, "last_number", &next.to_string())
}

/// Remembers how far the school has taken numbers; `false` where it had come farther already. A page that was on its
/// way while a push was answered is older than what this device knows.
pub(super) fn answered(conn: &Connection, last_number: u64) -> Result<bool, Fault> {
    let news = last_number >= meta::number(conn, "answered")?;
    if news {
        meta::put(conn, "answered", &last_number.to_string())?;
    }
    Ok(news)
}

/// Numbers the school will not take because earlier ones never reached it, or were lost with it.
pub(super) fn close_gap(conn: &Connection, last_number: u64) -> Result<(), Fault> {
    if !answered(conn, last_number)? {
        return Ok(());
    }
    let first: Option<u64> =
        conn.query_row("SELECT min(number) FROM outbox WHERE verdict IS NULL", [], |row| row.get(0))?;
    match first {
        Some(first) if first > last_number + 1 => realign(conn, last_number),
        _ => Ok(()),
    }
}
