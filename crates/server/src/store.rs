//! The store. The seam lies below SQL: one statement text, and a driver that runs it.

mod sqlite;

pub(crate) use sqlite::Open;
pub use sqlite::Sqlite;

use crate::Result;

/// The migrations, with their comments: the store as it stands, for `docs/schema.sql`.
pub const SCHEMA: &str = concat!(
    include_str!("store/schema.sql"),
    include_str!("store/2.sql"),
    include_str!("store/3.sql"),
    include_str!("store/4.sql")
);

/// One argument of a statement.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// NULL
    Null,
    /// A 64-bit integer.
    Int(i64),
    /// UTF-8.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

/// One value of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// NULL
    Null,
    /// A 64-bit integer.
    Int(i64),
    /// UTF-8.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
}

/// One row of a result. Reading a column that is not there, or of another type, gives the empty value: the
/// statements are ours, and a damaged row must be told by who reads it, not by a panic.
#[derive(Clone, Debug)]
pub struct Cells(pub Vec<Cell>);

impl Cells {
    /// An integer, 0 for NULL.
    #[must_use]
    pub fn int(&self, column: usize) -> i64 {
        if let Some(Cell::Int(n)) = self.0.get(column) { *n } else { 0 }
    }

    /// A text, empty for NULL.
    #[must_use]
    pub fn text(&self, column: usize) -> &str {
        if let Some(Cell::Text(text)) = self.0.get(column) { text } else { "" }
    }

    /// Bytes, empty for NULL.
    #[must_use]
    pub fn bytes(&self, column: usize) -> &[u8] {
        if let Some(Cell::Bytes(bytes)) = self.0.get(column) { bytes } else { &[] }
    }

    /// A UUID kept as 16 bytes; nil where it is not one.
    #[must_use]
    pub fn uuid(&self, column: usize) -> uuid::Uuid {
        uuid::Uuid::from_slice(self.bytes(column)).unwrap_or_default()
    }

    /// Whether the column is NULL.
    #[must_use]
    pub fn is_null(&self, column: usize) -> bool {
        matches!(self.0.get(column), None | Some(Cell::Null))
    }
}

/// One open transaction. SQLite and PostgreSQL differ here and nowhere else.
pub trait Session {
    /// Runs a statement; the number of rows it changed.
    ///
    /// # Errors
    /// If the store fails.
    fn execute(&mut self, sql: &'static str, args: &[Arg<'_>]) -> Result<u64>;

    /// Runs a query.
    ///
    /// # Errors
    /// If the store fails.
    fn rows(&mut self, sql: &'static str, args: &[Arg<'_>]) -> Result<Vec<Cells>>;

    /// Whether the transaction still stands: a store may give it up whole when a statement fails.
    fn stands(&self) -> bool;

    /// The first row of a query.
    ///
    /// # Errors
    /// If the store fails.
    fn one(&mut self, sql: &'static str, args: &[Arg<'_>]) -> Result<Option<Cells>> {
        Ok(self.rows(sql, args)?.into_iter().next())
    }
}
