//! What this person typed about a child goes with the right to know of it: drafts, receipts, and wishes of the outbox.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use uuid::Uuid;

use super::{Topics, hope, outbox};
use crate::api::Fault;

/// The children this replica knows, with their names.
pub(super) fn children(conn: &Connection) -> Result<BTreeMap<Uuid, String>, Fault> {
    let mut select = conn.prepare_cached("SELECT id, body ->> 'name' FROM row WHERE kind = 'child'")?;
    let mut rows = select.query([])?;
    let mut found = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (id, name): (Vec<u8>, Option<String>) = (row.get(0)?, row.get(1)?);
        found.insert(outbox::uuid_of(&id)?, name.unwrap_or_default());
    }
    Ok(found)
}

/// Forgets what was typed about children that were known before and are not any more.
pub(super) fn texts(
    conn: &Connection,
    mut gone: BTreeMap<Uuid, String>,
    topics: &mut Topics,
) -> Result<(), Fault> {
    let stay = children(conn)?;
    gone.retain(|id, _| !stay.contains_key(id));
    for (id, name) in gone {
        let id = id.to_string();
        // A draft may name the child in words only; where another child of that name stays, words tell nothing.
        let name = if name.is_empty() || stay.values().any(|other| *other == name) { &id } else { &name };
        for sql in [
            "DELETE FROM draft WHERE instr(key || body, ?1) OR instr(body, ?2)",
            "DELETE FROM receipt WHERE instr(mutation, ?1) OR instr(mutation, ?2)",
            "DELETE FROM parked WHERE instr(mutation, ?1) OR instr(mutation, ?2)",
            "DELETE FROM outbox WHERE verdict IS NOT NULL AND (instr(mutation, ?1) OR instr(mutation, ?2))",
        ] {
            conn.prepare_cached(sql)?.execute(params![id, name])?;
        }
        waiting(conn, &id, topics)?;
    }
    Ok(())
}

/// Wishes for the child that have no verdict. One that was never sent is not sent at all; of one that was, the number
/// stays, because the school may have taken it.
fn waiting(conn: &Connection, child: &str, topics: &mut Topics) -> Result<(), Fault> {
    let mut select = conn.prepare_cached(
        "SELECT number, id, attempts FROM outbox WHERE instr(mutation, ?1) ORDER BY number DESC",
    )?;
    let about: Vec<(u64, Vec<u8>, u32)> = select
        .query_map([child], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    // The last first: the numbers of those before it stay what they are.
    for (number, id, attempts) in about {
        topics.extend(["outbox", "sync"]);
        if attempts == 0 {
            outbox::take_out(conn, number, topics)?;
            continue;
        }
        hope::drop(conn, number, topics)?;
        conn.prepare_cached("UPDATE outbox SET mutation = ?2 WHERE number = ?1")?
            .execute(params![number, outbox::blank(outbox::uuid_of(&id)?).to_string()])?;
    }
    Ok(())
}
