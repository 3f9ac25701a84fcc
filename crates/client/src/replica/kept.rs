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
    let mut kept = KeptChain::default();
    for prefix in [CHECKPOINTS, OWN] {
        let mut select = conn.prepare_cached("SELECT value FROM meta WHERE key GLOB ?1 ORDER BY key")?;
        let texts = select.query_map([format!("{prefix}{epoch}/*")], |row| row.get::<_, String>(0))?;
        for text in texts {
            let Kept { checkpoint, entry } = serde_json::from_str(&text?)?;
            kept.own.extend(entry.map(|entry| (checkpoint.count, entry)));
            kept.checkpoints.push(checkpoint);
        }
    }
    Ok(kept)
}
