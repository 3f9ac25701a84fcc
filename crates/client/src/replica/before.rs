//! One's own hours as they stood when the school began anew from a backup, kept beside the rows: by them whoever did them is told
//! what the school has not got any more.

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use xinmei_model::{HoursEntry, Id, Kind, Row, derived, standing_hours};

use super::{Enrolment, hope, meta};
use crate::api::Fault;

/// Where they are kept among the facts.
const BEFORE: &str = "hours-before/";

/// An entry that counted or waited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct HeldBefore {
    /// As it was.
    pub(crate) entry: HoursEntry,
    /// What it was in place of: the entry it corrected, the one that corrected, and so on.
    pub(crate) instead_of: Vec<Id<HoursEntry>>,
    /// Whoever sits here has read that it is gone.
    #[serde(default)]
    pub(crate) known: bool,
}

/// The id of an entry that is asked for anew: the same of each computer of the person, so that it is asked for once.
pub(crate) fn anew(id: Id<HoursEntry>) -> Id<HoursEntry> {
    // It follows from the lost entry, and is none of the derived ids that only the rules give (ADR 10): as old as that entry, and of
    // version 7 as what a device composes.
    let follows: Id<HoursEntry> = derived("hours-anew", id.uuid(), id.uuid());
    let mut bytes = follows.uuid().into_bytes();
    if let (Some(time), Some(of_lost)) = (bytes.get_mut(..6), id.uuid().as_bytes().get(..6)) {
        time.copy_from_slice(of_lost);
    }
    let composed = uuid::Builder::from_bytes(bytes);
    Id::new(composed.with_version(uuid::Version::SortRand).with_variant(uuid::Variant::RFC4122).into_uuid())
}

fn key(id: Id<HoursEntry>) -> String {
    format!("{BEFORE}{id}")
}

fn keep(conn: &Connection, held: &HeldBefore) -> Result<(), Fault> {
    meta::put(conn, &key(held.entry.id), &serde_json::to_string(held)?)
}

/// Keeps one's own entries before the rows are forgotten. What did not stand any more is nobody's loss, whatever was kept before.
pub(super) fn remember(conn: &Connection) -> Result<(), Fault> {
    let Some(me) = Enrolment::load(conn)? else { return Ok(()) };
    let kind = Kind::HoursEntry.name();
    let mut select = conn.prepare_cached("SELECT body FROM row WHERE kind = ?1")?;
    let mut rows = select.query([kind])?;
    let mut own = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let body: String = row.get(0)?;
        if let Some(Row::HoursEntry(entry)) = hope::readable(kind, &body)
            && entry.person == me.person
        {
            own.insert(entry.id, entry);
        }
    }
    let counts: Vec<_> = standing_hours(own.values()).into_iter().map(|entry| entry.id).collect();
    for entry in own.values() {
        if !entry.waits() && !counts.contains(&entry.id) {
            meta::forget(conn, &key(entry.id))?;
            continue;
        }
        let mut instead_of = Vec::new();
        let mut next = entry.corrects;
        while let Some(id) = next.filter(|id| !instead_of.contains(id)) {
            instead_of.push(id);
            next = own.get(&id).and_then(|old| old.corrects);
        }
        keep(conn, &HeldBefore { entry: entry.clone(), instead_of, known: false })?;
    }
    // What was asked for anew stands for what was lost before, whatever became of it.
    for held in load(conn)?.into_iter().filter(|held| own.contains_key(&anew(held.entry.id))) {
        meta::forget(conn, &key(held.entry.id))?;
    }
    Ok(())
}

/// Everything that was kept.
pub(crate) fn load(conn: &Connection) -> Result<Vec<HeldBefore>, Fault> {
    let mut select = conn.prepare_cached("SELECT value FROM meta WHERE key GLOB ?1 ORDER BY key")?;
    let texts = select.query_map([format!("{BEFORE}*")], |row| row.get::<_, String>(0))?;
    let mut held = Vec::new();
    for text in texts {
        // What another version kept otherwise is shown by that version.
        held.extend(serde_json::from_str(&text?).ok());
    }
    Ok(held)
}

/// Whoever sits here has read of them.
pub(crate) fn know(conn: &Connection, entries: &[Id<HoursEntry>]) -> Result<(), Fault> {
    for held in load(conn)?.into_iter().filter(|held| entries.contains(&held.entry.id)) {
        keep(conn, &HeldBefore { known: true, ..held })?;
    }
    Ok(())
}

/// A removed device keeps none.
pub(super) fn forget(conn: &Connection) -> Result<(), Fault> {
    conn.execute("DELETE FROM meta WHERE key GLOB ?1", [format!("{BEFORE}*")])?;
    Ok(())
}
