//! The outbox: wishes in order, each with a number of this device, until the school's verdict is seen.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;
use xinmei_model::{Act, Hat, Mutation, MutationId, Refusal, Stop, Verdict, limits, wire::Push};

use super::{Replica, Topics, hope, meta};
use crate::{
    api::Fault,
    fault::{broken, invalid},
};

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
    /// The school cannot take it; it stays until it was seen.
    Parked {
        /// Why, as in problem details.
        code: String,
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

    /// A refused or parked wish was read and may go.
    ///
    /// # Errors
    /// [`Fault::Invalid`] where no such wish has this id.
    pub fn seen(&self, id: MutationId) -> Result<(), Fault> {
        self.write(|conn| {
            let mut gone = 0;
            for sql in [
                "DELETE FROM outbox WHERE id = ?1 AND verdict ->> 'is' = 'refused'",
                "DELETE FROM parked WHERE id = ?1",
            ] {
                gone += conn.execute(sql, [id.uuid().as_bytes().as_slice()])?;
            }
            if gone == 0 { Err(invalid("mutation")) } else { Ok(()) }
        })
    }

    /// A wish that was never sent is not sent at all.
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
            take_out(conn, found.number, &mut topics)?;
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
            let about = |sql| -> Result<Option<String>, Fault> {
                let mut select = conn.prepare_cached(sql)?;
                Ok(select.query_row([id.uuid().as_bytes().as_slice()], |row| row.get(0)).optional()?)
            };
            if let Some(code) = about("SELECT code FROM parked WHERE id = ?1")? {
                return Ok(Fate::Parked { code });
            }
            Ok(match about("SELECT verdict FROM receipt WHERE id = ?1")? {
                Some(text) => Fate::Settled { verdict: serde_json::from_str(&text)? },
                None => Fate::Unknown,
            })
        })
    }

    /// Wishes without a verdict, and refused or parked ones that were not seen.
    ///
    /// # Errors
    /// [`Fault::Broken`].
    pub fn waiting_and_failed(&self) -> Result<(u32, u32), Fault> {
        self.read_raw(|conn| {
            Ok(conn.query_row(
                "SELECT count(*) FILTER (WHERE verdict IS NULL),
                        count(*) FILTER (WHERE verdict ->> 'is' = 'refused') + (SELECT count(*) FROM parked)
                 FROM outbox",
                [],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?)
        })
    }
}

/// Wishes that were not made at a gate.
fn others(conn: &Connection) -> Result<usize, Fault> {
    let mut select = conn.prepare_cached("SELECT mutation FROM outbox")?;
    let rows = select.query_map([], |row| row.get::<_, String>(0))?;
    let mut others = 0;
    for text in rows {
        let mutation: Option<Mutation> = serde_json::from_str(&text?).ok();
        others += usize::from(!mutation.is_some_and(|wish| wish.act.is_at_gate()));
    }
    Ok(others)
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
    let (held, most) = match act.is_at_gate() {
        true => (held, limits::OUTBOX_OF_GATE),
        // What a gate wrote down stands in nobody's way.
        false if held >= limits::OUTBOX => (others(conn)?, limits::OUTBOX),
        false => (held, limits::OUTBOX),
    };
    if held >= most {
        let limit = u32::try_from(most).unwrap_or(u32::MAX);
        return Err(Fault::Refused { refusal: Refusal::TooMany { field: "outbox".into(), limit } });
    }
    let after = hope::depends_on(conn, hat, &act)?;
    let mutation = Mutation { id, hat, after, act };
    let decision = hope::foresee(conn, clock, &mutation)?;
    if let Err(Stop::Refused(refusal)) = &decision
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
    if let Ok(changes) = &decision {
        hope::keep(conn, number, changes, topics)?;
    }
    Ok(())
}

/// A wish the school gets no text of: it refuses it, and the number is used up.
pub(super) fn blank(id: Uuid) -> serde_json::Value {
    serde_json::json!({ "id": id })
}

/// Takes a wish out that the school never took. Later ones move up, because numbers have no gaps: the school has taken
/// none of them either.
pub(super) fn take_out(conn: &Connection, number: u64, topics: &mut Topics) -> Result<(), Fault> {
    hope::drop(conn, number, topics)?;
    conn.prepare_cached("DELETE FROM outbox WHERE number = ?1")?.execute([number])?;
    let last = meta::number(conn, "last_number")?;
    for later in number + 1..=last {
        renumber(conn, later, later - 1)?;
    }
    meta::put(conn, "last_number", &last.saturating_sub(1).to_string())
}

/// Gives a wish and its predictions another number.
pub(super) fn renumber(conn: &Connection, from: u64, to: u64) -> Result<(), Fault> {
    for sql in [
        "UPDATE outbox SET number = ?2 WHERE number = ?1",
        "UPDATE overlay SET number = ?2 WHERE number = ?1",
        "UPDATE overlay_list SET number = ?2 WHERE number = ?1",
    ] {
        conn.prepare_cached(sql)?.execute([from, to])?;
    }
    Ok(())
}

/// A wish as the outbox has it.
pub(super) struct Found {
    pub(super) number: u64,
    pub(super) attempts: u32,
    pub(super) verdict: Option<Verdict>,
}

/// Looks a wish up.
pub(super) fn find(conn: &Connection, id: MutationId) -> Result<Option<Found>, Fault> {
    let found: Option<(u64, u32, Option<String>)> = conn
        .prepare_cached("SELECT number, attempts, verdict FROM outbox WHERE id = ?1")?
        .query_row([id.uuid().as_bytes().as_slice()], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((number, attempts, verdict)) = found else { return Ok(None) };
    let verdict = verdict.map(|text| serde_json::from_str(&text)).transpose()?;
    Ok(Some(Found { number, attempts, verdict }))
}

/// Checks that an id in the store is one.
pub(super) fn uuid_of(bytes: &[u8]) -> Result<Uuid, Fault> {
    Uuid::from_slice(bytes).map_err(|error| broken(&error))
}
