//! The first hash of each draw's roll that this computer saw. It is kept beside the rows: the school may send another roll, and
//! is found out by it.

use rusqlite::Connection;
use xinmei_model::{DrawRoll, Event, Id, Row, wire::Page};

use super::{hope, meta};
use crate::api::Fault;

/// Where an event's is kept among the facts; the hash, a space, and the school's time when it was seen.
pub(crate) fn key(event: Id<Event>) -> String {
    format!("roll/{event}")
}

/// Notes the rolls a page brings for the first time.
pub(super) fn remember(conn: &Connection, page: &Page) -> Result<(), Fault> {
    for update in page.rows.iter().filter(|update| update.kind == xinmei_model::Kind::DrawRoll.name()) {
        let Some(body) = update.body.as_ref().filter(|_| !update.feeds.is_empty()) else { continue };
        let Some(Row::DrawRoll(roll)) = hope::readable(&update.kind, &serde_json::to_string(body)?) else {
            continue;
        };
        let DrawRoll { event, sha256, .. } = roll;
        if meta::get(conn, &key(event))?.is_none() {
            meta::put(conn, &key(event), &format!("{sha256} {}", page.now))?;
        }
    }
    Ok(())
}
