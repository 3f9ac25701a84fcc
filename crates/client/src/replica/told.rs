//! What this computer has told, and since when it hears: what it may tell is what came since, and was not told.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;
use xinmei_model::{Feed, wire::Page};

use crate::api::Fault;

/// What is older is told no more, and what was told is forgotten: it has long been on the lists of the window.
const KEPT: SignedDuration = SignedDuration::from_hours(60 * 24);

/// The name under which the device itself began to hear.
const DEVICE: &str = "";

/// Notes the feeds a page brings for the first time. All that is in them by then is the past.
pub(super) fn hear(conn: &Connection, page: &Page) -> Result<(), Fault> {
    let mut insert = conn.prepare_cached("INSERT OR IGNORE INTO heard (feed, since) VALUES (?1, ?2)")?;
    let now = page.now.to_string();
    insert.execute(params![DEVICE, now])?;
    for feed in page.arriving.keys().chain(&page.arrived) {
        insert.execute(params![feed.to_string(), now])?;
    }
    // By the school's clock alone: this computer's may jump by years.
    let old = page.now.saturating_sub(KEPT).unwrap_or(Timestamp::MIN).as_millisecond();
    conn.prepare_cached("DELETE FROM told WHERE at < ?1")?.execute([old])?;
    Ok(())
}

/// A feed that ended: if it comes back, it begins anew.
pub(super) fn unhear(conn: &Connection, feed: &str) -> Result<(), Fault> {
    conn.prepare_cached("DELETE FROM heard WHERE feed = ?1")?.execute([feed])?;
    Ok(())
}

/// Whether something that came about at `at` and stands in this row is news to this device, which last heard of the
/// school at `contact`.
pub(crate) fn is_news(
    conn: &Connection,
    row: Uuid,
    at: Timestamp,
    contact: Timestamp,
) -> Result<bool, Fault> {
    if at < contact.saturating_sub(KEPT).unwrap_or(Timestamp::MIN) {
        return Ok(false);
    }
    let mut select = conn.prepare_cached("SELECT feed FROM row_feed WHERE row = ?1")?;
    let feeds = select.query_map([row.as_bytes().as_slice()], |row| row.get::<_, String>(0))?;
    let mut since = conn.prepare_cached("SELECT since FROM heard WHERE feed = ?1")?;
    for feed in feeds {
        let feed = feed?;
        // An audience of its own comes into being with its notice: it is as old as what it brings.
        let own = matches!(feed.parse(), Ok(Feed::Audience(_)));
        let name = if own { DEVICE } else { &feed };
        let heard: Option<String> = since.query_row([name], |row| row.get(0)).optional()?;
        let heard = heard.and_then(|text| text.parse::<Timestamp>().ok());
        if heard.is_some_and(|heard| heard < at) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether it was told here.
pub(crate) fn is_told(conn: &Connection, key: &str) -> Result<bool, Fault> {
    let mut select = conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM told WHERE key = ?1)")?;
    Ok(select.query_row([key], |row| row.get(0))?)
}

/// Marks as told, before it is told: a computer that dies in between has told it never, not twice.
pub(crate) fn mark(
    conn: &Connection,
    keys: impl IntoIterator<Item = impl AsRef<str>>,
    now: Timestamp,
) -> Result<(), Fault> {
    let mut insert = conn.prepare_cached("INSERT OR IGNORE INTO told (key, at) VALUES (?1, ?2)")?;
    for key in keys {
        insert.execute(params![key.as_ref(), now.as_millisecond()])?;
    }
    Ok(())
}
