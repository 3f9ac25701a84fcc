//! Which connections the product opened on a recorded folder, so that their settings can be asked for where they are.

use std::{
    ffi::{c_char, c_int},
    sync::{Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, ffi};

use super::{path_of, recording_of};

/// Handles as numbers, each with its file, oldest first.
static OPENED: Mutex<Vec<(std::path::PathBuf, usize)>> = Mutex::new(Vec::new());

fn opened() -> MutexGuard<'static, Vec<(std::path::PathBuf, usize)>> {
    OPENED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has SQLite call [`note`] for each new connection.
pub(super) fn watch() {
    // SAFETY: SQLite calls the entry point with exactly these arguments, though it declares it without them
    // (sqlite3_auto_extension's documented signature).
    let code = unsafe {
        let entry = std::mem::transmute::<
            unsafe extern "C" fn(
                *mut ffi::sqlite3,
                *mut *mut c_char,
                *const ffi::sqlite3_api_routines,
            ) -> c_int,
            unsafe extern "C" fn(),
        >(note);
        #[allow(
            clippy::missing_transmute_annotations,
            reason = "the parameter's type differs between bindings"
        )]
        ffi::sqlite3_auto_extension(Some(std::mem::transmute(entry)))
    };
    assert_eq!(code, ffi::SQLITE_OK, "new connections are seen");
}

unsafe extern "C" fn note(
    db: *mut ffi::sqlite3,
    _: *mut *mut c_char,
    _: *const ffi::sqlite3_api_routines,
) -> c_int {
    // SAFETY: `db` is the connection being opened.
    let name = unsafe { ffi::sqlite3_db_filename(db, c"main".as_ptr()) };
    if !name.is_null() {
        // SAFETY: SQLite returned a C string.
        let path = unsafe { path_of(name) };
        if recording_of(path).is_some() {
            opened().push((path.to_owned(), db as usize));
        }
    }
    ffi::SQLITE_OK
}

/// Forgets the connections under a folder; called before the product opens its store there.
pub fn forget_connections(root: &std::path::Path) {
    opened().retain(|(path, _)| !path.starts_with(root));
}

/// `PRAGMA synchronous` as asked of the first connection opened under `root` since [`forget_connections`]: the product's
/// writer, since both products open it first. It must be open still, and idle.
///
/// # Errors
/// If there is none, or SQLite does not answer.
pub fn first_synchronous(root: &std::path::Path) -> anyhow::Result<i64> {
    let found = opened().iter().find(|(path, _)| path.starts_with(root)).map(|(_, db)| *db);
    let db = found.ok_or_else(|| anyhow::anyhow!("no connection was opened"))?;
    // SAFETY: the caller holds the store whose writer this is, and it is idle; `from_handle` does not close it.
    let writer = unsafe { Connection::from_handle(db as *mut ffi::sqlite3)? };
    Ok(writer.query_row("PRAGMA synchronous", [], |row| row.get(0))?)
}
