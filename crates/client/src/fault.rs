//! From what goes wrong below to what a person is told.

use std::{
    fmt::Display,
    hash::{DefaultHasher, Hash, Hasher},
};

use rusqlite::{ErrorCode, ffi};

use crate::api::Fault;

/// Logs the cause once and names it by four digits.
pub(crate) fn broken(error: &dyn Display) -> Fault {
    let text = error.to_string();
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let report = format!("{:04X}", hasher.finish() & 0xFFFF);
    tracing::error!(report, error = text, "broken");
    Fault::Broken { report }
}

/// A field that cannot be used.
pub(crate) fn invalid(what: &str) -> Fault {
    Fault::Invalid { what: what.to_owned() }
}

/// A code and its explanation.
pub(crate) fn denied(code: &str, detail: &str) -> Fault {
    Fault::Denied { code: code.to_owned(), detail: detail.to_owned() }
}

/// Whether SQLite ran out of space, in any of the ways it says so.
fn is_full(error: &rusqlite::Error) -> bool {
    let rusqlite::Error::SqliteFailure(failure, _) = error else { return false };
    failure.code == ErrorCode::DiskFull
        || matches!(
            failure.extended_code,
            ffi::SQLITE_IOERR_SHMSIZE | ffi::SQLITE_IOERR_WRITE | ffi::SQLITE_IOERR_SHMMAP
        )
}

/// Whether the file itself cannot be used: another program's, damaged, or another key's.
pub(crate) fn is_damaged(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        if is_full(&error) {
            tracing::warn!("the disk is full");
            return Self::DiskFull;
        }
        broken(&error)
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        broken(&error)
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::StorageFull {
            return Self::DiskFull;
        }
        broken(&error)
    }
}
