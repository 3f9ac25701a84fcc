//! What this person wrote of a guest from outside is kept no longer than the school keeps it: a receipt says no more of them than
//! their row does (ADR 52).

use std::collections::BTreeSet;

use rusqlite::{Connection, params};
use uuid::Uuid;
use xinmei_model::{Act, Guest, Id, Kind, Mutation, Row, VolunteerAct, wire::Page};

use super::{hope, outbox};
use crate::api::Fault;

/// The guests this replica knows, where a page may change what is known of them.
pub(super) fn before(conn: &Connection, page: &Page) -> Result<Option<BTreeSet<Id<Guest>>>, Fault> {
    let touches = page.ended.is_some() || page.rows.iter().any(|row| row.kind == Kind::Guest.name());
    if !touches {
        return Ok(None);
    }
    let mut select = conn.prepare_cached("SELECT id FROM row WHERE kind = ?1")?;
    let rows = select.query_map([Kind::Guest.name()], |row| row.get::<_, Vec<u8>>(0))?;
    let ids = rows.map(|id| -> Result<_, Fault> { Ok(Id::new(outbox::uuid_of(&id?)?)) });
    ids.collect::<Result<_, _>>().map(Some)
}

/// Ends receipts of guests who were forgotten, or whom this person may not know any more; and takes the telephone out of those
/// whose row has none any more. What the row still says can be sent again to a restored school.
pub(super) fn forget(conn: &Connection, known: &BTreeSet<Id<Guest>>) -> Result<(), Fault> {
    let mut select =
        conn.prepare_cached("SELECT id, mutation FROM receipt WHERE instr(mutation, '\"add-guest\"')")?;
    let receipts: Vec<(Vec<u8>, String)> =
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    for (id, text) in receipts {
        let Ok(mut mutation) = serde_json::from_str::<Mutation>(&text) else { continue };
        let Act::Volunteer(VolunteerAct::AddGuest { guest: draft }) = &mut mutation.act else { continue };
        let guest = Guest::of(draft.person);
        match row(conn, guest.uuid())? {
            // Nothing of them has arrived yet.
            None if !known.contains(&guest) => {}
            Some(row) if !row.gone => {
                if row.phone.is_empty() && !draft.phone.is_empty() {
                    draft.phone.clear();
                    conn.prepare_cached("UPDATE receipt SET mutation = ?2 WHERE id = ?1")?
                        .execute(params![id, serde_json::to_string(&mutation)?])?;
                }
            }
            _ => {
                conn.prepare_cached("DELETE FROM receipt WHERE id = ?1")?.execute([&id])?;
            }
        }
    }
    Ok(())
}

fn row(conn: &Connection, id: Uuid) -> Result<Option<Guest>, Fault> {
    let mut select = conn.prepare_cached("SELECT body FROM row WHERE id = ?1")?;
    let mut rows = select.query([id.as_bytes().as_slice()])?;
    let Some(found) = rows.next()? else { return Ok(None) };
    let row = hope::readable(Kind::Guest.name(), &found.get::<_, String>(0)?);
    Ok(row.and_then(|row| if let Row::Guest(guest) = row { Some(guest) } else { None }))
}
