//! A book of rows, whichever format it was read from, and the limits it is filled within.

use serde::{Deserialize, Serialize};

use crate::fault::ReadFault;
use crate::{MAX_CELL_CHARS, MAX_ROWS, MAX_SHEETS, MAX_TEXT_BYTES};

/// What the file turned out to be, whatever its name says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// Office Open XML workbook (ECMA-376).
    Xlsx,
    /// Text in UTF-8, with or without a byte order mark.
    Utf8,
    /// Text in UTF-16 with a byte order mark (Excel's “Unicode text”).
    Utf16,
    /// Text in GB18030 or one of its subsets GBK and GB 2312.
    Gb18030,
}

/// The rows of a file, or of several files of one roster, as they stand: no cell is trimmed or changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// The visible sheets, in order; text is one sheet named as the file without its ending.
    pub sheets: Vec<Sheet>,
    /// Names of the hidden sheets, which are not read.
    pub hidden: Vec<String>,
}

/// One sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The sheet's name.
    pub name: String,
    /// What the file it stands in is.
    pub format: Format,
    /// Its rows, without the blank ones, by line.
    pub rows: Vec<Row>,
}

impl Sheet {
    /// The cells, row by row.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &[String]> {
        self.rows.iter().map(|row| row.cells.as_slice())
    }
}

/// One row which is not blank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The line on which it begins, counted from 1 as Excel and editors show it.
    pub line: u32,
    /// The cells from the first column. A workbook's rows are filled up to the sheet's width; a text's are not.
    pub cells: Vec<String>,
    /// Indices (from 0) of the cells that were cut at [`crate::MAX_CELL_CHARS`].
    pub cut: Vec<usize>,
}

impl Book {
    /// Several files of one roster as one book, so that nobody counts as absent who stands in another file. Each
    /// sheet is named after its file, too.
    ///
    /// # Errors
    /// A [`ReadFault`] if they go beyond a limit together.
    pub fn together(files: Vec<(String, Self)>) -> Result<Self, ReadFault> {
        let mut all = Self::default();
        for (file, book) in files {
            let named = |sheet: &str, format: Format| {
                sheet_name(&if format == Format::Xlsx { format!("{file} {sheet}") } else { file.clone() })
            };
            all.hidden.extend(book.hidden.iter().map(|name| named(name, Format::Xlsx)));
            all.sheets.extend(book.sheets.into_iter().map(|sheet| {
                let name = named(&sheet.name, sheet.format);
                Sheet { name, ..sheet }
            }));
        }
        if all.sheets.len() > MAX_SHEETS {
            return Err(ReadFault::TooManySheets { found: all.sheets.len(), limit: MAX_SHEETS });
        }
        if all.sheets.iter().map(|sheet| sheet.rows.len()).sum::<usize>() > MAX_ROWS {
            return Err(ReadFault::TooManyRows { limit: MAX_ROWS });
        }
        Ok(all)
    }
}

/// Counts what has been taken from a file, and refuses more than the limits.
#[derive(Default)]
pub(crate) struct Budget {
    rows: usize,
    text: usize,
}

impl Budget {
    /// One more row that is not blank.
    pub(crate) fn row(&mut self) -> Result<(), ReadFault> {
        self.rows += 1;
        if self.rows > MAX_ROWS {
            return Err(ReadFault::TooManyRows { limit: MAX_ROWS });
        }
        Ok(())
    }

    /// One more cell: its text within the limit, and whether it was cut.
    pub(crate) fn cell(&mut self, raw: &str) -> Result<(String, bool), ReadFault> {
        let (kept, is_cut) = cut(raw);
        self.text += kept.len();
        if self.text > MAX_TEXT_BYTES {
            return Err(ReadFault::TooMuchText { limit: MAX_TEXT_BYTES });
        }
        Ok((kept.to_owned(), is_cut))
    }
}

/// A cell within the limit, and whether it was longer.
pub(crate) fn cut(raw: &str) -> (&str, bool) {
    let end = raw.char_indices().nth(MAX_CELL_CHARS).map(|(at, _)| at);
    match end.and_then(|end| raw.get(..end)) {
        Some(kept) => (kept, true),
        None => (raw, false),
    }
}

/// A sheet's name; Excel allows 31 characters, a hostile workbook does not care.
pub(crate) fn sheet_name(name: &str) -> String {
    name.chars().take(64).collect()
}

/// Whether a cell shows nothing: white space, and the marks that are invisible.
pub(crate) fn is_blank(cell: &str) -> bool {
    cell.chars().all(|c| c.is_whitespace() || c.is_control() || matches!(c, '\u{FEFF}' | '\u{200B}'))
}
