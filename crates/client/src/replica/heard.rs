//! What the school said when it was asked, kept for reading while it cannot be.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Serialize, de::DeserializeOwned};

use crate::api::Fault;

/// Answers kept of one sort: the notices an author follows at one time.
const ANSWERS: u32 = 20;

/// Keeps an answer about a thing; older ones of its sort give way. Answers begin with their time, so that the text's
/// order is theirs.
pub(crate) fn put<T: Serialize>(conn: &Connection, sort: &str, about: &str, answer: &T) -> Result<(), Fault> {
    let text = serde_json::to_string(answer)?;
    super::meta::put(conn, &format!("heard/{sort}/{about}"), &text)?;
    conn.prepare_cached(
        "DELETE FROM meta WHERE key IN
           (SELECT key FROM meta WHERE key GLOB 'heard/' || ?1 || '/*' ORDER BY value DESC LIMIT -1 OFFSET ?2)",
    )?
    .execute(params![sort, ANSWERS])?;
    Ok(())
}

/// What was said last about a thing.
pub(crate) fn get<T: DeserializeOwned>(
    conn: &Connection,
    sort: &str,
    about: &str,
) -> Result<Option<T>, Fault> {
    let mut select = conn.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    let text: Option<String> =
        select.query_row([format!("heard/{sort}/{about}")], |row| row.get(0)).optional()?;
    // What an older version kept otherwise counts as not heard.
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Forgets all of it.
pub(super) fn forget(conn: &Connection) -> Result<(), Fault> {
    conn.execute("DELETE FROM meta WHERE key GLOB 'heard/*'", [])?;
    Ok(())
}
