//! The outbox: wishes in order, each with a number of this device, until the school's verdict is seen.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;
use xinmei_model::{
    Act, Decision, Hat, Mutation, MutationId, Refusal, Rev, Verdict, limits,
    wire::{PROTOCOL, Push, Pushed, Settled},
};

use super::{Applied, Replica, Topics, hope, meta, page};
use crate::{
    api::Fault,
    fault::{broken, invalid},
};

/// Bytes of mutations one push carries, unless a single one is larger: a line of 16 kbit/s must carry it well within
/// the silence that means a dead line.
const PUSH_BYTES: usize = 32 * 1024;

/// A settled wish is remembered so long, in milliseconds: 60 days.
const RECEIPT_MS: i64 = 60 * 24 * 3_600_000;

/// What is known of a wish.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Fate {
    /// It waits.
    Waiting,
    /// It has its verdict.
    Settled {
        /// Which.
        verdict: Verdict,
    },
    /// This device knows no such wish.
    Unknown,
}

impl Replica {
    /// Takes wishes into the outbox, all or none, in the hat that is on.
    ///
    /// # Errors
    /// [`Fault::Refused`] where waiting could not turn a no into a yes; [`Fault::DiskFull`] with nothing saved.
    pub fn save(&self, acts: Vec<Act>) -> Result<(Vec<MutationId>, Topics), Fault> {
        let clock = self.edge().now();
        let ids: Vec<MutationId> = acts.iter().map(|_| self.edge().id()).collect();
        self.write(|conn| {
            let mut topics = Topics::from(["outbox", "sync"]);
            let hat = crate::Snapshot::new(conn, clock)?.hat()?;
            for (id, act) in ids.iter().zip(acts) {
                enqueue(conn, clock, *id, hat, act, &mut topics)?;
            }
            Ok((ids.clone(), topics))
        })
    }

    /// The next wishes to send, with the attempt counted before it is made. `None` where nothing waits.
    ///
    /// # Errors
    /// [`Fault::DiskFull`], [`Fault::Broken`].
    pub fn push_batch(&self, limit: usize) -> Result<Option<Push>, Fault> {
        self.write(|conn| {
            let mut select = conn.prepare_cached(
                "SELECT number, mutation FROM outbox WHERE verdict IS NULL ORDER BY number LIMIT ?1",
            )?;
            let limit = limit.min(limits::MUTATIONS_PER_PUSH);
            let rows =
                select.query_map([limit], |row| Ok((row.get::<_, u64>(0)?, row.get::<_, String>(1)?)))?;
            let (mut first, mut bytes, mut mutations) = (None, 0, Vec::new());
            for row in rows {
                let (number, text) = row?;
                let begin = *first.get_or_insert(number);
                bytes += text.len();
                let gap = begin + u64::try_from(mutations.len()).unwrap_or(u64::MAX) != number;
                if gap || (bytes > PUSH_BYTES && !mutations.is_empty()) {
                    break;
                }
                mutations.push(serde_json::from_str(&text)?);
            }
            let Some(first) = first else { return Ok(None) };
            let end = first + u64::try_from(mutations.len()).unwrap_or_default();
            conn.execute(
                "UPDATE outbox SET attempts = attempts + 1 WHERE number >= ?1 AND number < ?2",
                params![first, end],
            )?;
            Ok(Some(Push { protocol: PROTOCOL, first, mutations }))
        })
    }

    /// A push did not leave this computer: its attempt does not count, and its wishes may still be taken back.
    ///
    /// # Errors
    /// [`Fault::DiskFull`], [`Fault::Broken`].
    pub fn never_left(&self, push: &Push) -> Result<(), Fault> {
        let end = push.first + u64::try_from(push.mutations.len()).unwrap_or_default();
        self.write(|conn| {
            conn.execute(
                "UPDATE outbox SET attempts = max(attempts - 1, 0) WHERE number >= ?1 AND number < ?2",
                params![push.first, end],
            )?;
            Ok(())
        })
    }

    /// Takes in what became of a push.
    ///
    /// # Errors
    /// [`Fault::DiskFull`], [`Fault::Broken`]; nothing is changed then.
    pub fn apply_pushed(&self, pushed: &Pushed) -> Result<Applied, Fault> {
        let clock = self.edge().now();
        self.write(|conn| {
            let mut topics = Topics::from(["outbox", "sync"]);
            page::meet_epoch(conn, pushed.epoch, pushed.last_number, &mut topics)?;
            answered(conn, pushed.last_number)?;
            settle(conn, clock, &pushed.verdicts, &mut topics)?;
            let behind = pushed.rev > meta::number(conn, "cursor")?;
            Ok(Applied {
                topics: topics.into_iter().map(str::to_owned).collect(),
                more: behind,
                purged: false,
            })
        })
    }

    /// A refused wish was read and may go.
    ///
    /// # Errors
    /// [`Fault::Invalid`] where no refused wish has this id.
    pub fn seen(&self, id: MutationId) -> Result<(), Fault> {
        self.write(|conn| {
            let found = find(conn, id)?.ok_or_else(|| invalid("mutation"))?;
            let Some(Verdict::Refused { .. }) = found.verdict else { return Err(invalid("mutation")) };
            conn.execute("DELETE FROM outbox WHERE number = ?1", [found.number])?;
            Ok(())
        })
    }

    /// A wish that was never sent is not sent at all. Later ones move up, because numbers have no gaps; none of them
    /// was sent either.
    ///
    /// # Errors
    /// [`Fault::Invalid`] where it was sent, or is not there.
    pub fn take_back(&self, id: MutationId) -> Result<Topics, Fault> {
        let clock = self.edge().now();
        self.write(|conn| {
            let found = find(conn, id)?.ok_or_else(|| invalid("mutation"))?;
            if found.attempts > 0 || found.verdict.is_some() {
                return Err(invalid("mutation"));
            }
            let mut topics = Topics::from(["outbox", "sync"]);
            hope::drop(conn, found.number, &mut topics)?;
            conn.execute("DELETE FROM outbox WHERE number = ?1", [found.number])?;
            let last = meta::number(conn, "last_number")?;
            for number in found.number + 1..=last {
                for sql in [
                    "UPDATE outbox SET number = ?1 - 1 WHERE number = ?1",
                    "UPDATE overlay SET number = ?1 - 1 WHERE number = ?1",
                    "UPDATE overlay_list SET number = ?1 - 1 WHERE number = ?1",
                ] {
                    conn.prepare_cached(sql)?.execute([number])?;
                }
            }
            meta::put(conn, "last_number", &(last - 1).to_string())?;
            topics.extend(hope::foresee_all(conn, Some(clock))?);
            Ok(topics)
        })
    }

    /// What is known of a wish of this device.
    ///
    /// # Errors
    /// [`Fault::Broken`].
    pub fn fate(&self, id: MutationId) -> Result<Fate, Fault> {
        self.read_raw(|conn| {
            if let Some(found) = find(conn, id)? {
                return Ok(found.verdict.map_or(Fate::Waiting, |verdict| Fate::Settled { verdict }));
            }
            let receipt: Option<String> = conn
                .query_row(
                    "SELECT verdict FROM receipt WHERE id = ?1",
                    [id.uuid().as_bytes().as_slice()],
                    |row| row.get(0),
                )
                .optional()?;
            Ok(match receipt {
                Some(text) => Fate::Settled { verdict: serde_json::from_str(&text)? },
                None => Fate::Unknown,
            })
        })
    }

    /// Wishes without a verdict, and refused ones that were not seen.
    ///
    /// # Errors
    /// [`Fault::Broken`].
    pub fn waiting_and_failed(&self) -> Result<(u32, u32), Fault> {
        self.read_raw(|conn| {
            Ok(conn.query_row(
                "SELECT count(*) FILTER (WHERE verdict IS NULL),
                        count(*) FILTER (WHERE verdict ->> 'is' = 'refused') FROM outbox",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?)
        })
    }
}

fn enqueue(
    conn: &Connection,
    clock: Timestamp,
    id: MutationId,
    hat: Hat,
    act: Act,
    topics: &mut Topics,
) -> Result<(), Fault> {
    let held: usize = conn.query_row("SELECT count(*) FROM outbox", [], |row| row.get(0))?;
    if held >= limits::OUTBOX {
        let limit = u32::try_from(limits::OUTBOX).unwrap_or(u32::MAX);
        return Err(Fault::Refused { refusal: Refusal::TooMany { field: "outbox".into(), limit } });
    }
    let after = hope::depends_on(conn, &serde_json::to_value(&act)?)?;
    let mutation = Mutation { id, hat, after, act };
    let decision = hope::foresee(conn, clock, &mutation)?;
    if let Decision::Refused(refusal) = &decision
        && !refusal.may_improve()
    {
        return Err(Fault::Refused { refusal: refusal.clone() });
    }
    let number = hope::next_number(conn)?;
    conn.prepare_cached("INSERT INTO outbox (number, id, mutation, composed) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![
            number,
            id.uuid().as_bytes().as_slice(),
            serde_json::to_string(&mutation)?,
            clock.as_millisecond()
        ])?;
    if let Decision::Changes(changes) = &decision {
        hope::keep(conn, number, changes, topics)?;
    }
    Ok(())
}

struct Found {
    number: u64,
    attempts: u32,
    verdict: Option<Verdict>,
}

fn find(conn: &Connection, id: MutationId) -> Result<Option<Found>, Fault> {
    let found: Option<(u64, u32, Option<String>)> = conn
        .prepare_cached("SELECT number, attempts, verdict FROM outbox WHERE id = ?1")?
        .query_row([id.uuid().as_bytes().as_slice()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((number, attempts, verdict)) = found else { return Ok(None) };
    let verdict = verdict.map(|text| serde_json::from_str(&text)).transpose()?;
    Ok(Some(Found { number, attempts, verdict }))
}

/// Takes verdicts in. A refused wish loses its predictions at once and stays until it was seen; an accepted one goes when
/// the cursor shows what it did.
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
            topics.extend(["notice", "event", "shift", "today"]);
            refused = true;
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
    let epoch = meta::get(conn, "epoch")?.unwrap_or_default();
    // By the school's clock: by this computer's own, which may jump years, receipts would go at once or never.
    let now = meta::heard(conn)?.unwrap_or(clock).as_millisecond();
    for number in &numbers {
        hope::drop(conn, *number, topics)?;
        conn.prepare_cached(
            "INSERT OR REPLACE INTO receipt (id, number, mutation, verdict, epoch, at)
             SELECT id, number, mutation, verdict, ?2, ?3 FROM outbox WHERE number = ?1",
        )?
        .execute(params![number, epoch, now])?;
        conn.prepare_cached("DELETE FROM outbox WHERE number = ?1")?.execute([number])?;
        topics.extend(["outbox", "sync"]);
    }
    if !numbers.is_empty() {
        conn.prepare_cached("DELETE FROM receipt WHERE at < ?1")?
            .execute([now.saturating_sub(RECEIPT_MS)])?;
    }
    Ok(!numbers.is_empty())
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
        for sql in [
            "UPDATE outbox SET number = ?2 WHERE number = ?1",
            "UPDATE overlay SET number = ?2 WHERE number = ?1",
            "UPDATE overlay_list SET number = ?2 WHERE number = ?1",
        ] {
            conn.prepare_cached(sql)?.execute([number, next])?;
        }
    }
    meta::put(conn, "answered", &last_number.to_string())?;
    meta::put(conn, "last_number", &next.to_string())
}

/// Remembers how far the school has taken numbers; `false` where it had come farther already. A page that was on its
/// way while a push was answered is older than what this device knows.
fn answered(conn: &Connection, last_number: u64) -> Result<bool, Fault> {
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

/// Checks that an id in the store is one.
pub(super) fn uuid_of(bytes: &[u8]) -> Result<Uuid, Fault> {
    Uuid::from_slice(bytes).map_err(|error| broken(&error))
}
