//! The VFS in between: it passes every call on to the system's own VFS and keeps what was asked for folders that are
//! being recorded. It is the default VFS, so the product's own code runs over it without knowing.
#![allow(unsafe_code, reason = "a VFS is a table of C callbacks")]

mod connections;
mod file;

use std::{
    ffi::{CStr, OsStr, c_char, c_int},
    os::unix::ffi::OsStrExt,
    path::Path,
    ptr,
    sync::{Arc, Mutex, Once, OnceLock, PoisonError},
};

use rusqlite::ffi;

use crate::log::{Mode, Op, Recording};

pub use connections::{first_synchronous, forget_connections};

/// The system's VFS, and the one in between.
struct Pair {
    real: *mut ffi::sqlite3_vfs,
}

// SAFETY: SQLite's VFS objects are made for calls from any thread and are never freed.
unsafe impl Send for Pair {}
// SAFETY: as above.
unsafe impl Sync for Pair {}

static PAIR: OnceLock<Pair> = OnceLock::new();
static RECORDINGS: Mutex<Vec<Arc<Recording>>> = Mutex::new(Vec::new());

/// Puts the VFS in between, once for the process; it must come before the first connection.
pub fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: null asks for the default VFS, which exists and lives as long as the process.
        let real = unsafe { ffi::sqlite3_vfs_find(ptr::null()) };
        assert!(!real.is_null(), "SQLite has a default VFS");
        // SAFETY: `real` points to a whole VFS. The copy keeps its other callbacks and the data they read; they do not
        // compare the pointer they are called with.
        let mut shim = unsafe { *real };
        shim.szOsFile += file::HEADER;
        shim.pNext = ptr::null_mut();
        shim.zName = c"powercut".as_ptr();
        shim.xOpen = Some(open);
        shim.xDelete = Some(delete);
        let _ = PAIR.set(Pair { real });
        // SAFETY: the VFS is never freed, and whole.
        let code = unsafe { ffi::sqlite3_vfs_register(Box::leak(Box::new(shim)), 1) };
        assert_eq!(code, ffi::SQLITE_OK, "the VFS is registered");
        connections::watch();
    });
}

/// Records what stores under `root` ask of the disk, from now on. The folder must be empty.
#[must_use]
pub fn record(root: &Path, mode: Mode) -> Arc<Recording> {
    install();
    let recording = Arc::new(Recording::new(root, mode));
    recordings().push(Arc::clone(&recording));
    recording
}

/// Stops recording; files that are still open go on being recorded into nothing that is read.
pub fn forget(recording: &Arc<Recording>) {
    recordings().retain(|known| !Arc::ptr_eq(known, recording));
}

fn recordings() -> std::sync::MutexGuard<'static, Vec<Arc<Recording>>> {
    RECORDINGS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The recording a path belongs to.
fn recording_of(path: &Path) -> Option<Arc<Recording>> {
    recordings().iter().find(|recording| path.starts_with(&recording.root)).cloned()
}

fn real_vfs() -> *mut ffi::sqlite3_vfs {
    PAIR.get().map_or(ptr::null_mut(), |pair| pair.real)
}

/// # Safety
/// `name` is a C string.
unsafe fn path_of<'a>(name: *const c_char) -> &'a Path {
    // SAFETY: the caller's promise.
    Path::new(OsStr::from_bytes(unsafe { CStr::from_ptr(name) }.to_bytes()))
}

unsafe extern "C" fn open(
    _: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    let real = real_vfs();
    // SAFETY: `real` is the system's VFS.
    let Some(real_open) = (unsafe { (*real).xOpen }) else { return ffi::SQLITE_CANTOPEN };
    // SAFETY: SQLite passes null for a temporary file, else a C string.
    let path = (!name.is_null()).then(|| unsafe { path_of(name) });
    let Some((path, recording)) = path.and_then(|path| Some((path, recording_of(path)?))) else {
        // SAFETY: not recorded: the arguments are SQLite's own, and its memory is larger than the system's VFS needs.
        return unsafe { real_open(real, name, file, flags, out_flags) };
    };
    let is_new = !path.exists();
    // SAFETY: SQLite gave `szOsFile` bytes, enough for our header and the real file behind it.
    let code = unsafe { real_open(real, name, file::real(file), flags, out_flags) };
    let named = recording.name_of(path);
    match named {
        Some(name) if code == ffi::SQLITE_OK => {
            if is_new {
                recording.push(Op::Create(name));
            }
            // SAFETY: `file` is ours to fill in, and the real file behind it is open.
            unsafe { file::begin(file, recording, name) };
        }
        // SAFETY: null methods tell SQLite that there is nothing to close.
        _ => unsafe { (*file).pMethods = ptr::null() },
    }
    code
}

unsafe extern "C" fn delete(_: *mut ffi::sqlite3_vfs, name: *const c_char, sync: c_int) -> c_int {
    let real = real_vfs();
    // SAFETY: `real` is the system's VFS.
    let Some(real_delete) = (unsafe { (*real).xDelete }) else { return ffi::SQLITE_IOERR };
    // SAFETY: the arguments are SQLite's own.
    let code = unsafe { real_delete(real, name, sync) };
    // SAFETY: SQLite passes a C string.
    let path = unsafe { path_of(name) };
    if code == ffi::SQLITE_OK
        && let Some(recording) = recording_of(path)
        && let Some(name) = recording.name_of(path)
    {
        recording.push(Op::Delete { name, synced: sync != 0 });
    }
    code
}
