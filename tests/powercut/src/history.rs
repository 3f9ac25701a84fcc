//! The states a store went through, told apart by a hash of all its rows.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
};

use rusqlite::{Connection, types::ValueRef};

use crate::log::{Log, Op};

/// A hash of every row of every table.
///
/// # Errors
/// If the store cannot be read.
pub fn digest(conn: &Connection) -> rusqlite::Result<u64> {
    let mut tables = conn.prepare_cached(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )?;
    let tables: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut hasher = DefaultHasher::new();
    for table in tables {
        table.hash(&mut hasher);
        let mut select = conn.prepare_cached(&format!("SELECT * FROM \"{table}\""))?;
        let columns = select.column_count();
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                match row.get_ref(column)? {
                    ValueRef::Null => 0_u8.hash(&mut hasher),
                    ValueRef::Integer(n) => n.hash(&mut hasher),
                    ValueRef::Real(x) => x.to_bits().hash(&mut hasher),
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.hash(&mut hasher),
                }
            }
        }
    }
    Ok(hasher.finish())
}

/// What SQLite says of a store's pages, rows and indexes; `Err` with what is wrong.
///
/// # Errors
/// What is wrong.
pub fn sound(conn: &Connection) -> Result<(), String> {
    let verdict: String = conn
        .query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))
        .map_err(|error| error.to_string())?;
    if verdict == "ok" { Ok(()) } else { Err(format!("integrity_check: {verdict}")) }
}

/// What a store was found to be after a cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// All that anybody was told of is there, and nothing is half-done.
    Held,
    /// A sound store of an earlier state than the one somebody was told of.
    Lost {
        /// The state that was told.
        told: usize,
        /// The state that was found; `None` where nothing of the store is left.
        found: Option<usize>,
    },
    /// The cut came while the store was made: nobody was told of anything, but a half-made file is in the way of making it
    /// again.
    Unmade,
}

/// The moment of a cut.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The state somebody was told of last.
    pub told: Option<usize>,
    /// The newest state that can be on the disk.
    pub newest: usize,
    /// The rev others were told of last.
    pub poked: u64,
}

/// Which of `digests` the store is in, newest first.
///
/// # Errors
/// If it is in none that it ever was in: something is half-done.
pub fn place(digests: &[u64], digest: u64, moment: Moment) -> Result<usize, String> {
    let newest = moment.newest.min(digests.len().saturating_sub(1));
    (0..=newest)
        .rev()
        .find(|at| digests[*at] == digest)
        .ok_or_else(|| format!("half-done: it is in none of the {} states it was in", newest + 1))
}

/// A recorded story, and what must hold wherever it is cut.
pub trait Story: Sync {
    /// What happened.
    fn log(&self) -> &Log;

    /// Opens what a cut left in `folder` with the product's own code, and looks.
    ///
    /// # Errors
    /// What is broken: a store that does not open, is damaged, half-done, or contradicts itself.
    fn check(
        &self,
        folder: &Path,
        moment: Moment,
        chance: &mut crate::chance::Chance,
    ) -> Result<Found, String>;

    /// What is known at a cut after `k` operations.
    fn newest(&self, k: usize) -> usize {
        let later =
            self.log().ops[k..].iter().find_map(|op| if let Op::Told(n) = op { Some(*n) } else { None });
        later.unwrap_or(usize::MAX)
    }
}
