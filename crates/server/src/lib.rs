//! The school's server: decides, keeps, and tells each device what it may know.
//!
//! # Order of the modules
//!
//! `edge` (clock, randomness) → `store` (one SQL text behind four methods) → `ledger` (the one writer: facts in,
//! changes out, rev by rev, and the counts derived from them) → `device` (who is calling) → `push`, `pull`, `timers`
//! (what is due), `invite`, `account`, `import`, `files` (bytes that rows name) → `hub` (who is listening) → `http` (routes, problems, OpenAPI) →
//! `serve`.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

pub mod account;
pub mod backup;
pub mod challenge;
pub mod delivery;
pub mod demo;
pub mod device;
pub mod edge;
pub mod files;
mod folder;
pub mod holidays;
pub mod http;
pub mod hub;
pub mod import;
pub mod invite;
pub mod ledger;
pub mod pull;
pub mod push;
pub mod school;
pub mod serve;
pub mod store;
pub mod timers;
pub mod tls;
pub mod verify;

/// Why the server could not do something that the school did not refuse.
#[derive(Debug, thiserror::Error)]
pub enum Fail {
    /// The store said no: a full disk, a damaged file, a lock.
    #[error("the store failed: {0}.{advice}", advice = advice(.0))]
    Store(#[from] rusqlite::Error),
    /// The folder of files said no: a full disk, a file that is gone.
    #[error("a file could not be read or written: {0}")]
    File(#[from] std::io::Error),
    /// A row in the store cannot be read.
    #[error("a {kind} row cannot be read: {error}")]
    Row {
        /// Its kind.
        kind: String,
        /// What serde says.
        error: serde_json::Error,
    },
    /// The caller did something wrong; the code is stable and becomes problem details.
    #[error("{code}: {detail}")]
    Caller {
        /// HTTP status.
        status: u16,
        /// Stable code.
        code: &'static str,
        /// What to do now, in English.
        detail: String,
    },
    /// This device was removed by the school.
    #[error("device removed")]
    Removed {
        /// Which.
        device: uuid::Uuid,
        /// The school's word for it, without which the device purges nothing.
        signature: Vec<u8>,
    },
    /// The server is stopping or a thread is gone; the caller may try again.
    #[error("the server is stopping")]
    Stopping,
    /// We are wrong.
    #[error("{0}")]
    Broken(String),
}

/// What now, where the store itself is the trouble.
fn advice(error: &rusqlite::Error) -> &'static str {
    use rusqlite::ErrorCode::{DatabaseCorrupt, DiskFull, NotADatabase};
    match error.sqlite_error_code() {
        Some(DatabaseCorrupt | NotADatabase) => " Restore a backup beside it.",
        Some(DiskFull) => " Make room on the disk; nothing was saved.",
        _ => "",
    }
}

impl Fail {
    /// The caller did something wrong.
    pub fn caller(status: u16, code: &'static str, detail: impl Into<String>) -> Self {
        Self::Caller { status, code, detail: detail.into() }
    }

    /// It is not there, or not yours.
    #[must_use]
    pub fn not_found() -> Self {
        Self::caller(404, "not-found", "There is nothing here for you.")
    }

    /// We are wrong.
    pub fn broken(error: impl std::fmt::Display) -> Self {
        Self::Broken(error.to_string())
    }
}

/// What the server's functions return.
pub type Result<T, E = Fail> = std::result::Result<T, E>;
