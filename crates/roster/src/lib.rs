//! Rosters as a Chinese school office hands them over: bytes in, rows and faults out.
//!
//! ```text
//! bytes ── read ──▶ Book ── parse ──▶ Roster ── compare ──▶ Comparison
//!          (format,        (columns,           (what the school
//!           encoding,       normalising,        already holds)
//!           limits)         faults)
//! ```
//!
//! No file, no clock, no randomness: the same bytes always give the same answer. What is read may be hostile, so
//! every step has a limit (below) and none panics. Nothing is guessed: a number which a spreadsheet rounded, a
//! phone with a digit missing or a custody note in words is shown to a person, with its sheet and line.
//!
//! Standards: GB 18030-2022 as the WHATWG Encoding Standard decodes it; Unicode NFC (UAX #15); GB/T 2261.1
//! (sex) and GB/T 4761-2008 (family relationship) for the codes; ECMA-376 for XLSX; RFC 4180 for CSV.
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing))]

mod book;
mod class;
mod columns;
mod compare;
mod export;
mod fault;
mod fields;
mod held;
mod normalise;
mod parse;
mod people;
mod read;
mod rows;
mod text;
mod title;
mod xlsx;

pub use book::{Book, Format, Row, Sheet};
pub use class::{ClassKey, CohortClass};
pub use columns::{Column, SheetKind};
pub use compare::{Comparison, Counts, Outcome, PupilOutcome, StaffOutcome, compare};
pub use export::{plain_cell, safe_cell};
pub use fault::{Fault, FaultCode, ReadFault, Severity};
pub use fields::{Field, FieldChange};
pub use held::{HeldPupil, HeldStaff};
pub use normalise::{Relation, Sex};
pub use parse::{Rejected, Roster, parse};
pub use people::{
    Child, GuardianPerson, Household, RemarkGroup, StaffParent, guardians, households, remarks, staff_parents,
};
pub use read::read;
pub use rows::{Guardian, GuardianKey, PupilRow, Source, StaffRow};
pub use title::school_years;

/// Largest file accepted, in bytes (32 MiB).
pub const MAX_FILE_BYTES: usize = 32 * 1024 * 1024;
/// Most that an XLSX may unpack to, in bytes over all its parts (64 MiB; a full roster of 20,000 rows takes 14).
pub const MAX_UNPACKED_BYTES: u64 = 64 * 1024 * 1024;
/// Most parts in an XLSX.
pub const MAX_PARTS: usize = 512;
/// Most visible sheets in a workbook.
pub const MAX_SHEETS: usize = 32;
/// Most rows that are not blank, over all sheets.
pub const MAX_ROWS: usize = 20_000;
/// Most columns in a row.
pub const MAX_COLUMNS: usize = 64;
/// Longest cell, in Unicode scalar values; a longer one is cut and its row is not imported.
pub const MAX_CELL_CHARS: usize = 1_000;
/// Most text a book may hold, in bytes of UTF-8 over all cells (one shared string can fill many cells).
pub const MAX_TEXT_BYTES: usize = 64 * 1024 * 1024;
/// Highest class number a roster may introduce by itself, when the school holds no classes yet.
pub const MAX_CLASS_NUMBER: u8 = 30;
