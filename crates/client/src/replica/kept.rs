//! What this computer was sent of the chain of hours, kept beside the rows: the school may send another chain, and is found out by
//! it. A school that began anew from a backup has another epoch; what was kept of an earlier one is not compared.

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use xinmei_model::{HoursCheckpoint, HoursEntry, Id, Kind, Row, limits, wire::Page};

use super::{Enrolment, hope, meta};
use crate::api::Fault;

/// Of checkpoints that came by themselves.
const CHECKPOINTS: &str = "hours-kept/";
/// Of one's own entries.
const OWN: &str = "hours-own/";

/// What was kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptChain {
    /// What the school signed of its chain, by place; two of one place where it said two things.
    pub checkpoints: Vec<HoursCheckpoint>,
    /// Places of entries of one's own, and which they were.
    pub own: Vec<(u64, Id<HoursEntry>)>,
}

#[derive(Serialize, Deserialize)]
struct Kept {
    checkpoint: HoursCheckpoint,
    entry: Option<Id<HoursEntry>>,
}

/// Notes what a page brings of the chain.
pub(super) fn remember(conn: &Connection, page: &Page) -> Result<(), Fault> {
    let mut me = None;
    for update in &page.rows {
        let of_chain =
            [Kind::HoursEntry.name(), Kind::HoursCheckpoint.name()].contains(&update.kind.as_str());
        let Some(body) = update.body.as_ref().filter(|_| of_chain && !update.feeds.is_empty()) else {
            continue;
        };
        if me.is_none() {
            me = Enrolment::load(conn)?;
        }
        let Some(me) = &me else { return Ok(()) };
        let (prefix, kept) = match hope::readable(&update.kind, &serde_json::to_string(body)?) {
            Some(Row::HoursCheckpoint(checkpoint)) => (CHECKPOINTS, Kept { checkpoint, entry: None }),
            Some(Row::HoursEntry(entry)) if entry.person == me.person => {
                let Some(checkpoint) = entry.checkpoint(Id::new(me.school)) else { continue };
                (OWN, Kept { checkpoint, entry: Some(entry.id) })
            }
            _ => continue,
        };
        let Kept { checkpoint: HoursCheckpoint { count, hash, .. }, .. } = &kept;
        let key = format!("{prefix}{}/{count:020}/{hash}", page.epoch);
        meta::put(conn, &key, &serde_json::to_string(&kept)?)?;
    }
    if me.is_some() {
        // The newest are kept: what is older they vouch for.
        conn.prepare_cached(
            "DELETE FROM meta WHERE key IN
                 (SELECT key FROM meta WHERE key GLOB ?1 ORDER BY key DESC LIMIT -1 OFFSET ?2)",
        )?
        .execute(rusqlite::params![format!("{CHECKPOINTS}{}/*", page.epoch), limits::CHECKPOINTS_KEPT])?;
    }
    Ok(())
}

/// What was kept of this life of the school.
pub(crate) fn load(conn: &Connection) -> Result<KeptChain, Fault> {
    let Some(epoch) = meta::get(conn, "epoch")? else { return Ok(KeptChain::default()) };
    read(conn, &format!("{epoch}/"))
}

/// What was kept of every life of the school, also of those before it was restored from a backup.
pub(crate) fn load_all(conn: &Connection) -> Result<KeptChain, Fault> {
    read(conn, "")
}

fn read(conn: &Connection, of: &str) -> Result<KeptChain, Fault> {
    let mut kept = KeptChain::default();
    for prefix in [CHECKPOINTS, OWN] {
        let mut select = conn.prepare_cached("SELECT value FROM meta WHERE key GLOB ?1 ORDER BY key")?;
        let texts = select.query_map([format!("{prefix}{of}*")], |row| row.get::<_, String>(0))?;
        for text in texts {
            let Kept { checkpoint, entry } = serde_json::from_str(&text?)?;
            kept.own.extend(entry.map(|entry| (checkpoint.count, entry)));
            kept.checkpoints.push(checkpoint);
        }
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_kept_before_a_restore_is_printed_and_not_compared() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)").unwrap();
        let school = Id::new(uuid::Uuid::from_u128(1));
        for (epoch, count) in [("old", 1), ("new", 2)] {
            let hash = xinmei_model::FileHash::of(&[count]);
            let (id, at) = (HoursCheckpoint::of(school), jiff::Timestamp::UNIX_EPOCH);
            let count = u64::from(count);
            let checkpoint = HoursCheckpoint { id, school, count, hash, at, signature: String::new() };
            let kept = serde_json::to_string(&Kept { checkpoint, entry: None }).unwrap();
            meta::put(&conn, &format!("{CHECKPOINTS}{epoch}/{count:020}/{hash}"), &kept).unwrap();
        }
        meta::put(&conn, "epoch", "new").unwrap();
        let counts = |kept: KeptChain| kept.checkpoints.iter().map(|one| one.count).collect::<Vec<_>>();
        assert_eq!(counts(load(&conn).unwrap()), [2]);
        assert_eq!(counts(load_all(&conn).unwrap()), [2, 1]);
    }
}
