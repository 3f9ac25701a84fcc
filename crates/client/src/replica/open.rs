//! Opening the file, bringing it to this version's form, and saving what can be saved of a damaged one.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, config::DbConfig, params};
use xinmei_model::{Kind, Row};

use super::{Enrolment, StoreKey, hope, meta};
use crate::{
    api::Fault,
    edge::Edge,
    fault::{broken, is_damaged},
};

/// "XMxj" in ASCII: tells our file from another program's.
const APPLICATION_ID: i64 = 0x584D_786A;

/// The form of the store, oldest first; a released step never changes.
const STEPS: &[&str] = &[
    include_str!("schema.sql"),
    include_str!("parked.sql"),
    include_str!("told.sql"),
    include_str!("files.sql"),
];

/// 3.51.3 is the first without the WAL race that could damage a file; 3.52.0 had it again.
const LEAST_SQLITE: i32 = 3_051_003;
const BAD_SQLITE: i32 = 3_052_000;

/// What a file that was set aside has in its name, before a stamp.
const ASIDE: &str = ".aside-";

/// The first bytes of every encrypted store.
const SALT: &[u8; 16] = b"xinmei replica 1";

/// How a store was opened.
pub(super) struct Opened {
    pub(super) writer: Connection,
    /// There was no room for the index that connections share: this one connection serves for everything.
    pub(super) alone: bool,
}

/// Opens the writer; a file that cannot be used is set aside first.
pub(super) fn writer(path: &Path, key: Option<&StoreKey>, edge: &Edge) -> Result<Opened, Fault> {
    let version = rusqlite::version_number();
    if version < LEAST_SQLITE || version == BAD_SQLITE {
        return Err(broken(&format!("the bundled SQLite is {version}")));
    }
    let shared = |writer| Opened { writer, alone: false };
    match prepare(path, key, false) {
        Ok(conn) => Ok(shared(conn)),
        Err(Opening::Unusable(why)) => {
            let aside = set_aside(path, edge.now().as_millisecond())?;
            tracing::warn!(why, aside = %aside.display(), "the store was set aside");
            let conn = prepare(path, key, false).map_err(Fault::from)?;
            salvage(&conn, &aside, key);
            Ok(shared(conn))
        }
        // On a full disk what is there can still be read: the profile's lock says that nobody else is at the file.
        Err(Opening::Fault(Fault::DiskFull)) if path.exists() => {
            let writer = prepare(path, key, true).map_err(Fault::from)?;
            Ok(Opened { writer, alone: true })
        }
        Err(Opening::Fault(fault)) => Err(fault),
    }
}

/// Opens a query-only reader.
pub(crate) fn reader(path: &Path, key: Option<&StoreKey>) -> Result<Connection, Fault> {
    let conn = connect(path, key, false)?;
    conn.pragma_update(None, "query_only", true)?;
    Ok(conn)
}

enum Opening {
    /// Another program's file, a damaged one, one of a newer version, or one of another key.
    Unusable(String),
    Fault(Fault),
}

impl From<rusqlite::Error> for Opening {
    fn from(error: rusqlite::Error) -> Self {
        if is_damaged(&error) { Self::Unusable(error.to_string()) } else { Self::Fault(error.into()) }
    }
}

impl From<Opening> for Fault {
    fn from(opening: Opening) -> Self {
        match opening {
            Opening::Unusable(why) => broken(&why),
            Opening::Fault(fault) => fault,
        }
    }
}

/// The statement that gives SQLCipher the key.
///
/// The salt is given too: SQLCipher would read it from the first bytes of the file, past the log, and a power cut that
/// garbles them while the log is folded in would make a whole store look like one of another key. It need not differ
/// from store to store, as the key is random in each.
///
/// <https://www.zetetic.net/sqlcipher/sqlcipher-api/#key>
#[must_use]
pub fn unlock(key: &StoreKey) -> zeroize::Zeroizing<String> {
    let hex = zeroize::Zeroizing::new(data_encoding::HEXLOWER.encode(key.as_slice()));
    let salt = data_encoding::HEXLOWER.encode(SALT);
    zeroize::Zeroizing::new(format!("PRAGMA key = \"x'{}{salt}'\"", hex.as_str()))
}

fn connect(path: &Path, key: Option<&StoreKey>, alone: bool) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_PRIVATE_CACHE;
    let conn = Connection::open_with_flags(path, flags)?;
    // It would write of pages and keys to standard error; what matters comes back as an error.
    conn.execute_batch("PRAGMA cipher_log_level = NONE")?;
    if let Some(key) = key {
        conn.execute_batch(&unlock(key))?;
    }
    if alone {
        // Before the first look at the log: then its index is kept in memory.
        conn.execute_batch("PRAGMA locking_mode = EXCLUSIVE")?;
    }
    conn.busy_timeout(std::time::Duration::from_secs(5))?;
    conn.set_prepared_statement_cache_capacity(64);
    // Else SQLite plans a statement anew for each value of its `LIMIT ?`: over a quarter of all work.
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    conn.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;
         PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA cell_size_check = ON;",
    )?;
    Ok(conn)
}

fn prepare(path: &Path, key: Option<&StoreKey>, alone: bool) -> Result<Connection, Opening> {
    let mut conn = connect(path, key, alone)?;
    let tables: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    let application: i64 = conn.query_row("PRAGMA application_id", [], |row| row.get(0))?;
    if tables > 0 && application != APPLICATION_ID {
        return Err(Opening::Unusable(format!("application id {application}")));
    }
    let _: String = conn.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    migrate(&mut conn)?;
    if tables > 0 {
        let verdict: String = conn.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if verdict != "ok" {
            return Err(Opening::Unusable(verdict));
        }
    }
    Ok(conn)
}

/// Brings the store to this version's form, in one transaction.
fn migrate(conn: &mut Connection) -> Result<(), Opening> {
    let transaction = conn.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let version: usize = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if version > STEPS.len() {
        return Err(Opening::Fault(Fault::UpdateNeeded));
    }
    for step in STEPS.iter().skip(version) {
        transaction.execute_batch(step)?;
    }
    if version < STEPS.len() {
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.pragma_update(None, "user_version", STEPS.len())?;
    }
    transaction.commit()?;
    Ok(())
}

/// A store and its log.
fn files(path: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|suffix| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        PathBuf::from(name)
    })
}

/// Renames a store and its log.
pub(crate) fn rename(from: &Path, to: &Path) -> std::io::Result<()> {
    // The log first: without its store it is nothing, a store without its log has lost what was saved last.
    for (from, to) in files(from).iter().zip(&files(to)).rev() {
        if from.exists() {
            std::fs::rename(from, to)?;
        }
    }
    Ok(())
}

/// Removes a store and its log, where they are.
pub(crate) fn remove(path: &Path) -> std::io::Result<()> {
    for file in files(path) {
        match std::fs::remove_file(file) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

/// Renames the file and its log; nothing is deleted. `stamp` tells one from another.
pub(crate) fn set_aside(path: &Path, stamp: i64) -> Result<PathBuf, Fault> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!("{ASIDE}{stamp}"));
    let aside = PathBuf::from(name);
    rename(path, &aside)?;
    Ok(aside)
}

/// Removes everything that was set aside beside this store.
pub(crate) fn remove_asides(path: &Path) -> std::io::Result<()> {
    let Some(folder) = path.parent() else { return Ok(()) };
    for entry in std::fs::read_dir(folder)?.flatten() {
        if entry.file_name().to_string_lossy().contains(ASIDE) {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

/// What this person had on this computer before joining again: what waits goes out under numbers of the new device,
/// and drafts stay. `false` where the old store is somebody else's.
pub(crate) fn take_over(new: &Connection, old: &Connection) -> Result<bool, Fault> {
    let Some(before) = Enrolment::load(old)? else {
        // Nobody had joined there.
        return Ok(true);
    };
    let same =
        Enrolment::load(new)?.is_some_and(|now| (now.school, now.person) == (before.school, before.person));
    if !same {
        return Ok(false);
    }
    // What was parked may have stuck at the old device: it is tried once more.
    let mut select = old.prepare(
        "SELECT id, mutation, composed, attempts FROM (
             SELECT number, id, mutation, composed, attempts FROM outbox
             UNION ALL SELECT 0, id, mutation, composed, 1 FROM parked
         ) ORDER BY number",
    )?;
    let mut insert = new.prepare(
        "INSERT INTO outbox (number, id, mutation, composed, attempts) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (id, mutation): (Vec<u8>, String) = (row.get(0)?, row.get(1)?);
        let (composed, attempts): (i64, u32) = (row.get(2)?, row.get(3)?);
        insert.execute(params![hope::next_number(new)?, id, mutation, composed, attempts])?;
    }
    carry(old, new, "draft", "key, body", "true");
    // The school forgets a person's uploads after a day: they are sent anew where they must be.
    carry(old, new, "file", "sha256, bytes, have, used", "true");
    carry(old, new, "file_part", "sha256, at, content", "true");
    Ok(true)
}

/// Carries over what the old file still gives: who this device is, what waits, what was being typed. Rows are fetched
/// again.
fn salvage(conn: &Connection, aside: &Path, key: Option<&StoreKey>) {
    let Ok(old) = reader(aside, key) else { return };
    let kept = carry(
        &old,
        conn,
        "meta",
        "key, value",
        "key NOT IN ('cursor', 'epoch', 'settled', 'lists', 'answered')",
    ) + carry(&old, conn, "outbox", "number, id, mutation, composed, attempts, verdict", "true")
        + carry(&old, conn, "receipt", "id, number, mutation, verdict, epoch, at", "true")
        + carry(&old, conn, "parked", "id, mutation, composed, code", "true")
        + carry(&old, conn, "draft", "key, body", "true")
        + carry(&old, conn, "file", "sha256, bytes, have, sent, used, up", "true")
        + carry(&old, conn, "file_part", "sha256, at, content", "true");
    tracing::warn!(kept, "carried over from the store set aside");
}

/// Copies rows one by one: a damaged page ends a scan from one end, so the rest is read from the other.
fn carry(old: &Connection, new: &Connection, table: &str, columns: &str, keep: &str) -> usize {
    let count = columns.split(',').count();
    let marks = vec!["?"; count].join(", ");
    let insert = format!("INSERT OR IGNORE INTO {table} ({columns}) VALUES ({marks})");
    let mut kept = 0;
    for order in ["ASC", "DESC"] {
        let select = format!("SELECT {columns} FROM {table} WHERE {keep} ORDER BY 1 {order}");
        let Ok(mut select) = old.prepare(&select) else { continue };
        let Ok(mut rows) = select.query([]) else { continue };
        while let Ok(Some(row)) = rows.next() {
            let values: Result<Vec<rusqlite::types::Value>, _> = (0..count).map(|at| row.get(at)).collect();
            let Ok(values) = values else { continue };
            kept += new.execute(&insert, rusqlite::params_from_iter(values)).unwrap_or_default();
        }
    }
    kept
}

/// A new version may know more kinds and more lists: works out again on which lists each row stands.
pub(super) fn relist_if_new_version(conn: &Connection) -> Result<(), Fault> {
    let version = env!("CARGO_PKG_VERSION");
    if meta::get(conn, "lists")?.as_deref() == Some(version) {
        return Ok(());
    }
    conn.execute("DELETE FROM row_list", [])?;
    let mut select = conn.prepare("SELECT kind, body FROM row")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let (kind, body): (String, String) = (row.get(0)?, row.get(1)?);
        if let Some(row) = Kind::named(&kind).and_then(|kind| Row::parse(kind, &body).ok()) {
            list(conn, &row)?;
        }
    }
    drop(rows);
    hope::foresee_all(conn, None)?;
    meta::put(conn, "lists", version)
}

/// Puts a confirmed row on its lists.
pub(super) fn list(conn: &Connection, row: &Row) -> Result<(), Fault> {
    let mut insert =
        conn.prepare_cached("INSERT OR REPLACE INTO row_list (list, ord, row) VALUES (?1, ?2, ?3)")?;
    for (list, ord) in row.lists() {
        insert.execute(params![list.key(), ord, row.id().as_bytes().as_slice()])?;
    }
    Ok(())
}
