//! The few facts a replica keeps about itself.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use xinmei_model::{Id, Person};

use crate::api::Fault;

/// A fact, if it is known.
pub(crate) fn get(conn: &Connection, key: &str) -> Result<Option<String>, Fault> {
    let mut select = conn.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
    Ok(select.query_row([key], |row| row.get(0)).optional()?)
}

/// Keeps a fact.
pub(crate) fn put(conn: &Connection, key: &str, value: &str) -> Result<(), Fault> {
    conn.prepare_cached("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)")?
        .execute(params![key, value])?;
    Ok(())
}

/// Forgets a fact.
pub(crate) fn forget(conn: &Connection, key: &str) -> Result<(), Fault> {
    conn.prepare_cached("DELETE FROM meta WHERE key = ?1")?.execute([key])?;
    Ok(())
}

/// A number; 0 where it is not known.
pub(crate) fn number(conn: &Connection, key: &str) -> Result<u64, Fault> {
    Ok(get(conn, key)?.and_then(|text| text.parse().ok()).unwrap_or_default())
}

/// The school's time by this computer's clock and what was learned of its error; never before the last answer.
pub(crate) fn school_time(conn: &Connection, clock: Timestamp) -> Result<Timestamp, Fault> {
    let ahead: i64 = get(conn, "ahead_ms")?.and_then(|text| text.parse().ok()).unwrap_or_default();
    let now = clock.checked_add(SignedDuration::from_millis(ahead)).unwrap_or(clock);
    Ok(heard(conn)?.map_or(now, |heard| heard.max(now)))
}

/// When the school last answered, by the school's clock.
pub(crate) fn heard(conn: &Connection) -> Result<Option<Timestamp>, Fault> {
    Ok(get(conn, "contact")?.and_then(|text| text.parse().ok()))
}

/// Learns the school's time from an answer.
pub(crate) fn learn_time(conn: &Connection, clock: Timestamp, school: Timestamp) -> Result<(), Fault> {
    let ahead = school.as_millisecond().saturating_sub(clock.as_millisecond());
    put(conn, "ahead_ms", &ahead.to_string())?;
    put(conn, "contact", &school.to_string())
}

/// What this device is, as agreed when it joined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The school.
    pub school: Uuid,
    /// The school's Ed25519 public key, base64url.
    pub school_key: String,
    /// Who joined.
    pub person: Id<Person>,
    /// This device.
    pub device: Uuid,
    /// `school.example:8443`
    pub address: String,
    /// The school's own certificate authority (DER, base64url); `None` where public ones are trusted.
    pub ca: Option<String>,
}

impl Enrolment {
    /// The enrolment in a store, if somebody joined.
    pub(crate) fn load(conn: &Connection) -> Result<Option<Self>, Fault> {
        Ok(get(conn, "enrolment")?.map(|text| serde_json::from_str(&text)).transpose()?)
    }

    /// Keeps it.
    pub(crate) fn store(&self, conn: &Connection) -> Result<(), Fault> {
        put(conn, "enrolment", &serde_json::to_string(self)?)
    }
}
