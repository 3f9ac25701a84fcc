//! Bytes to rows: which format the file has, whatever its name says.

use crate::book::Book;
use crate::fault::ReadFault;
use crate::{MAX_FILE_BYTES, text, xlsx};

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
