//! Bytes to rows: what the file is, in which encoding, within which limits.

use serde::{Deserialize, Serialize};

use crate::fault::ReadFault;
use crate::{MAX_CELL_CHARS, MAX_FILE_BYTES, MAX_ROWS, MAX_TEXT_BYTES, text, xlsx};

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

/// A file's rows, as they stand: no cell is trimmed or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// What the file is.
    pub format: Format,
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
    /// Its rows, without the blank ones, by line.
    pub rows: Vec<Row>,
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

/// Reads a roster file: XLSX, or CSV/TSV (delimiter found by counting) in UTF-8, UTF-16 with a mark, or GB18030.
///
/// `name` is the file's name; it only names the sheet of a text. The format is taken from the bytes, because
/// offices rename files.
///
/// # Errors
/// A [`ReadFault`] if the file is none of these, is damaged, or goes beyond a limit of this crate.
pub fn read(bytes: &[u8], name: &str) -> Result<Book, ReadFault> {
    if bytes.is_empty() {
        return Err(ReadFault::Empty);
    }
    if bytes.len() > MAX_FILE_BYTES {
        return Err(ReadFault::TooLarge { bytes: bytes.len(), limit: MAX_FILE_BYTES });
    }
    let book = if bytes.starts_with(b"PK\x03\x04") {
        xlsx::read(bytes)?
    } else if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        return Err(compound_file(bytes));
    } else {
        text::read(bytes, stem(name))?
    };
    if book.sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(ReadFault::Empty);
    }
    Ok(book)
}

/// An OLE compound file (MS-CFB) is an old workbook, or the wrapper of an encrypted new one (MS-OFFCRYPTO).
fn compound_file(bytes: &[u8]) -> ReadFault {
    let stream: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(stream.len()).any(|w| w == stream) { ReadFault::Encrypted } else { ReadFault::OldExcel }
}

/// The name without folders and ending.
fn stem(name: &str) -> &str {
    let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match base.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => base,
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
