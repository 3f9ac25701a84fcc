//! SQLite: one writer, several query-only readers, WAL, `synchronous=FULL`.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags, config::DbConfig, types::ValueRef};

use uuid::Uuid;

use super::{Arg, Cell, Cells, Session};
use crate::{Fail, Result};

/// "xinm"; a file without it is not ours.
const APPLICATION_ID: i32 = 0x7869_6E6D;

/// Migrations in order; a released one is never edited.
const MIGRATIONS: &[&str] =
    &[include_str!("schema.sql"), include_str!("2.sql"), include_str!("3.sql"), include_str!("4.sql")];

/// Page cache of the one writer, in KiB.
const WRITER_CACHE: i32 = 64 * 1024;
/// Page cache of a reader, in KiB: there are several, and the system's own cache lies behind them.
const READER_CACHE: i32 = 4 * 1024;
/// Readers kept open while nobody reads.
const READERS: usize = 8;

/// The database file and its readers.
pub struct Sqlite {
    path: PathBuf,
    readers: Mutex<Vec<Connection>>,
}

impl Sqlite {
    /// Opens or creates the file, migrates it, and returns the one writer connection with it.
    ///
    /// # Errors
    /// If the file is not ours or damaged, or SQLite is a version with a known fault in WAL.
    pub fn open(path: &Path) -> Result<(Self, Connection)> {
        check_version()?;
        let mut writer = Connection::open(path)?;
        // Looked at before anything is set: a file that is not ours, or newer, is left as it is.
        let found: i32 =
            writer.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(|error| {
                Fail::caller(
                    500,
                    "store-unreadable",
                    format!(
                        "{} is no database of this server ({error}). Restore a backup beside it.",
                        path.display()
                    ),
                )
            })?;
        let version: i64 = writer.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        let tables: i64 = writer.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
        if found != APPLICATION_ID && tables > 0 {
            let detail = format!(
                "{} belongs to another program; it was left as it is. Move it away, or name another folder.",
                path.display()
            );
            return Err(Fail::caller(500, "store-foreign", detail));
        }
        if usize::try_from(version).unwrap_or_default() > MIGRATIONS.len() {
            let detail = "The database was written by a newer xinmei-server; update this one.";
            return Err(Fail::caller(500, "store-newer", detail));
        }
        configure(&writer, WRITER_CACHE)?;
        if found != APPLICATION_ID {
            writer.pragma_update(None, "application_id", APPLICATION_ID)?;
        }
        migrate(&mut writer, version)?;
        Ok((Self { path: path.to_owned(), readers: Mutex::new(Vec::new()) }, writer))
    }

    /// Runs a closure in one read transaction, on a snapshot.
    ///
    /// # Errors
    /// What the closure returns, or if the store fails.
    pub fn read<T>(&self, f: impl FnOnce(&mut dyn Session) -> Result<T>) -> Result<T> {
        let idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let reader = idle.map_or_else(|| self.reader(), Ok)?;
        let transaction = reader.unchecked_transaction()?;
        let result = f(&mut Open(&transaction));
        drop(transaction);
        let mut idle = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < READERS {
            idle.push(reader);
        }
        result
    }

    fn reader(&self) -> Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let reader = Connection::open_with_flags(&self.path, flags)?;
        configure(&reader, READER_CACHE)?;
        reader.pragma_update(None, "query_only", true)?;
        Ok(reader)
    }

    /// Copies the database into a file while the server runs.
    ///
    /// # Errors
    /// If the target exists and holds anything, or the disk is full.
    pub fn backup(&self, to: &Path) -> Result<()> {
        let reader = self.reader()?;
        let text = to.to_string_lossy();
        reader.pragma_update(None, "query_only", false)?;
        reader.execute("VACUUM INTO ?1", [text.as_ref()])?;
        // Revs after this moment will be given twice: devices must not take one school for the other. The copy has no epoch; each
        // restored one draws its own as it is first served, so that one backup restored twice is two.
        let copy = Connection::open(to)?;
        copy.execute("UPDATE school SET epoch = ?1", [Uuid::nil().as_bytes().as_slice()])?;
        copy.close().map_err(|(_, error)| error.into())
    }
}

/// An open transaction of SQLite.
pub(crate) struct Open<'c>(pub(crate) &'c Connection);

impl Session for Open<'_> {
    fn execute(&mut self, sql: &'static str, args: &[Arg<'_>]) -> Result<u64> {
        let mut statement = self.0.prepare_cached(sql)?;
        let changed = statement.execute(rusqlite::params_from_iter(args))?;
        Ok(u64::try_from(changed).unwrap_or_default())
    }

    fn stands(&self) -> bool {
        !self.0.is_autocommit()
    }

    fn rows(&mut self, sql: &'static str, args: &[Arg<'_>]) -> Result<Vec<Cells>> {
        let mut statement = self.0.prepare_cached(sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(rusqlite::params_from_iter(args))?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            let mut cells = Vec::with_capacity(columns);
            for column in 0..columns {
                cells.push(match row.get_ref(column)? {
                    ValueRef::Null | ValueRef::Real(_) => Cell::Null,
                    ValueRef::Integer(n) => Cell::Int(n),
                    ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
                    ValueRef::Blob(bytes) => Cell::Bytes(bytes.to_vec()),
                });
            }
            found.push(Cells(cells));
        }
        Ok(found)
    }
}

impl rusqlite::ToSql for Arg<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, Value};
        Ok(match *self {
            Self::Null => ToSqlOutput::Owned(Value::Null),
            Self::Int(n) => ToSqlOutput::Owned(Value::Integer(n)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}

fn configure(connection: &Connection, cache_kib: i32) -> Result<()> {
    connection.busy_timeout(Duration::from_secs(10))?;
    connection.set_prepared_statement_cache_capacity(128);
    // Else SQLite plans a statement anew for each value of its `LIMIT ?`: over a quarter of all work.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    // FULL: an acknowledged commit survives a power cut (the power-cut test fails with NORMAL).
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;
         PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;",
    )?;
    // Negative: KiB, not pages.
    connection.pragma_update(None, "cache_size", -cache_kib)?;
    Ok(())
}

/// 3.51.3 mended a race in WAL that could lose a commit; 3.52.0 brought it back.
fn check_version() -> Result<()> {
    let version = rusqlite::version_number();
    if version < 3_051_003 || version == 3_052_000 {
        let detail = format!("SQLite {} can lose a commit; use 3.51.3 or a later one.", rusqlite::version());
        return Err(Fail::caller(500, "sqlite-version", detail));
    }
    Ok(())
}

fn migrate(writer: &mut Connection, version: i64) -> Result<()> {
    let done = usize::try_from(version).unwrap_or_default();
    for (index, text) in MIGRATIONS.iter().enumerate().skip(done) {
        let transaction = writer.transaction()?;
        transaction.execute_batch(&for_sqlite(text))?;
        transaction.pragma_update(None, "user_version", i64::try_from(index + 1).unwrap_or_default())?;
        transaction.commit()?;
    }
    Ok(())
}

fn for_sqlite(text: &str) -> String {
    text.replace("{bytes}", "BLOB").replace("{strict}", "STRICT").replace("BIGINT", "INTEGER")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_of_before_finds_the_latest_shift_of_a_post() {
        let path = std::env::temp_dir().join(format!("xinmei-store-{}.db", std::process::id()));
        let latest = |conn: &Connection| -> Vec<Vec<u8>> {
            let sql = "SELECT row FROM row_list WHERE list = 'latest-shifts-of/a' ORDER BY ord";
            let mut select = conn.prepare(sql).unwrap();
            select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
        };
        let (_, conn) = Sqlite::open(&path).unwrap();
        assert!(latest(&conn).is_empty());
        conn.execute_batch(
            "INSERT INTO row_list (list, ord, row)
             VALUES ('shifts-of/a', 10, x'01'), ('shifts-of/a', 20, x'02'), ('takes-of/a', 30, x'03');
             PRAGMA user_version = 3;",
        )
        .unwrap();
        drop(conn);
        for _ in 0..2 {
            let (_, conn) = Sqlite::open(&path).unwrap();
            assert_eq!(latest(&conn), [[2], [1]]);
        }
        std::fs::remove_file(&path).unwrap();
    }
}
