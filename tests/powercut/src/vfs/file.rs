//! An open file: a header of ours, with the real file behind it.

use std::{
    ffi::{CStr, c_char, c_int, c_void},
    sync::Arc,
};

use rusqlite::ffi;

use crate::log::{Mode, Name, Op, Recording};

/// What stands in front of the real file.
#[repr(C)]
struct Header {
    base: ffi::sqlite3_file,
    tap: *mut Tap,
}

/// Bytes of the header; a multiple of what the real file is aligned to.
pub(super) const HEADER: c_int = 16;
const _: () = assert!(size_of::<Header>() <= HEADER as usize);

/// Where a file's story goes.
struct Tap {
    recording: Arc<Recording>,
    name: Name,
}

/// The real file behind ours.
///
/// # Safety
/// `file` points to `szOsFile` bytes of our VFS.
pub(super) unsafe fn real(file: *mut ffi::sqlite3_file) -> *mut ffi::sqlite3_file {
    // SAFETY: the real file begins `HEADER` bytes on, within those bytes.
    unsafe { file.cast::<u8>().add(HEADER as usize).cast() }
}

/// # Safety
/// `file` was begun by [`begin`] and is not closed.
unsafe fn tap<'a>(file: *mut ffi::sqlite3_file) -> &'a Tap {
    // SAFETY: `begin` put a leaked `Tap` there, and only `close` frees it.
    unsafe { &*(*file.cast::<Header>()).tap }
}

/// Makes `file` ours.
///
/// # Safety
/// The real file behind it is open.
pub(super) unsafe fn begin(file: *mut ffi::sqlite3_file, recording: Arc<Recording>, name: Name) {
    recording.opened(name);
    let tap = Box::into_raw(Box::new(Tap { recording, name }));
    // SAFETY: SQLite gave the memory for this header.
    unsafe { file.cast::<Header>().write(Header { base: ffi::sqlite3_file { pMethods: &METHODS }, tap }) };
}

/// A callback that passes its call on.
macro_rules! pass {
    ($name:ident, $field:ident, $($arg:ident: $kind:ty),*) => {
        unsafe extern "C" fn $name(file: *mut ffi::sqlite3_file, $($arg: $kind),*) -> c_int {
            // SAFETY: SQLite calls with a file `begin` made; the real one behind it is open.
            unsafe {
                let real = real(file);
                match (*(*real).pMethods).$field {
                    Some(call) => call(real, $($arg),*),
                    None => ffi::SQLITE_IOERR,
                }
            }
        }
    };
}

pass!(read, xRead, into: *mut c_void, len: c_int, at: ffi::sqlite3_int64);
pass!(pass_write, xWrite, from: *const c_void, len: c_int, at: ffi::sqlite3_int64);
pass!(pass_truncate, xTruncate, size: ffi::sqlite3_int64);
pass!(pass_sync, xSync, flags: c_int);
pass!(pass_close, xClose,);
pass!(file_size, xFileSize, size: *mut ffi::sqlite3_int64);
pass!(lock, xLock, level: c_int);
pass!(unlock, xUnlock, level: c_int);
pass!(check_reserved_lock, xCheckReservedLock, out: *mut c_int);
pass!(pass_control, xFileControl, op: c_int, arg: *mut c_void);
pass!(sector_size, xSectorSize,);
pass!(device_characteristics, xDeviceCharacteristics,);
pass!(shm_map, xShmMap, page: c_int, size: c_int, extend: c_int, out: *mut *mut c_void);
pass!(shm_lock, xShmLock, offset: c_int, n: c_int, flags: c_int);
pass!(shm_unmap, xShmUnmap, delete: c_int);

unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    // SAFETY: as in `pass!`.
    unsafe {
        let real = real(file);
        if let Some(call) = (*(*real).pMethods).xShmBarrier {
            call(real);
        }
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: SQLite closes a file once.
    let tap = unsafe { Box::from_raw((*file.cast::<Header>()).tap) };
    // SAFETY: the real file is open until here.
    let code = unsafe { pass_close(file) };
    tap.recording.closed(tap.name);
    code
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    len: c_int,
    at: ffi::sqlite3_int64,
) -> c_int {
    // SAFETY: the arguments are SQLite's own.
    let code = unsafe { pass_write(file, from, len, at) };
    if let (ffi::SQLITE_OK, Ok(len), Ok(at)) = (code, usize::try_from(len), usize::try_from(at)) {
        // SAFETY: SQLite passes `len` readable bytes.
        let bytes = unsafe { std::slice::from_raw_parts(from.cast::<u8>(), len) };
        // SAFETY: the file is open.
        let tap = unsafe { tap(file) };
        tap.recording.push(Op::Write { name: tap.name, at, bytes: bytes.into() });
    }
    code
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, size: ffi::sqlite3_int64) -> c_int {
    // SAFETY: the arguments are SQLite's own.
    let code = unsafe { pass_truncate(file, size) };
    if let (ffi::SQLITE_OK, Ok(size)) = (code, usize::try_from(size)) {
        // SAFETY: the file is open.
        let tap = unsafe { tap(file) };
        tap.recording.push(Op::Truncate { name: tap.name, size });
    }
    code
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    // SAFETY: the arguments are SQLite's own.
    let code = unsafe { pass_sync(file, flags) };
    if code == ffi::SQLITE_OK {
        // SAFETY: the file is open.
        let tap = unsafe { tap(file) };
        tap.recording.push(Op::Sync(tap.name));
    }
    code
}

/// Every `PRAGMA` comes by here before SQLite runs it, as the array (answer, name, value).
///
/// This is where NORMAL is planted: the value of the product's own `PRAGMA synchronous = FULL` is overwritten with "1",
/// which is NORMAL's number. All else, the statement, SQLite's own code and every sync it then leaves out, is real.
unsafe extern "C" fn control(file: *mut ffi::sqlite3_file, op: c_int, arg: *mut c_void) -> c_int {
    // SAFETY: the file is open.
    let mode = unsafe { tap(file) }.recording.mode;
    if op == ffi::SQLITE_FCNTL_PRAGMA && mode == Mode::PlantedNormal {
        // SAFETY: for this operation `arg` is an array of char* as described; name is a C string, value one or null,
        // both SQLite's own copies, and a value of at least one byte has room for "1".
        unsafe {
            let parts = arg.cast::<*mut c_char>();
            let (name, value) = (*parts.add(1), *parts.add(2));
            let is_it = CStr::from_ptr(name).to_bytes().eq_ignore_ascii_case(b"synchronous");
            if is_it && !value.is_null() && CStr::from_ptr(value).to_bytes().eq_ignore_ascii_case(b"full") {
                value.write(b'1'.cast_signed() as c_char);
                value.add(1).write(0);
            }
        }
    }
    // SAFETY: the arguments are SQLite's own.
    unsafe { pass_control(file, op, arg) }
}

/// Version 2: with shared memory, without memory-mapped pages, which would be written past us.
static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};
