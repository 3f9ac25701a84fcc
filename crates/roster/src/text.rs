//! CSV and TSV: the encoding, the delimiter, the records with their true line numbers.

use std::borrow::Cow;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use crate::MAX_COLUMNS;
use crate::book::{Book, Budget, Format, Row, Sheet, is_blank, sheet_name};
use crate::fault::ReadFault;

const EXCEL_COLUMNS: usize = 16_384;

pub(crate) fn read(bytes: &[u8], name: &str) -> Result<Book, ReadFault> {
    let sheet = sheet_name(name);
    let (text, format) = decode(bytes)?;
    if looks_like_web_page(&text) {
        return Err(ReadFault::WebPage);
    }
    let rows = records(&text, &sheet)?;
    Ok(Book { sheets: vec![Sheet { name: sheet, format, rows }], hidden: Vec::new() })
}

/// Byte order mark, then strict UTF-8, then GB18030: each either fits without a single error or is not it.
fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Format), ReadFault> {
    let strict = |found: Option<Cow<'_, str>>| {
        found.map_or(Err(ReadFault::UnknownEncoding), |t| Ok(Cow::Owned(t.into_owned())))
    };
    if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        let text = UTF_16LE.decode_without_bom_handling_and_without_replacement(rest);
        return plain(strict(text)?).map(|t| (t, Format::Utf16));
    }
    if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        let text = UTF_16BE.decode_without_bom_handling_and_without_replacement(rest);
        return plain(strict(text)?).map(|t| (t, Format::Utf16));
    }
    let rest = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]);
    if let Ok(text) = str::from_utf8(rest.unwrap_or(bytes)) {
        return plain(Cow::Borrowed(text)).map(|t| (t, Format::Utf8));
    }
    if bytes.contains(&0) {
        return Err(ReadFault::UnknownFormat);
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    plain(strict(text)?).map(|t| (t, Format::Gb18030))
}

/// Text has no zero characters; what has is a binary file that happens to decode.
fn plain(text: Cow<'_, str>) -> Result<Cow<'_, str>, ReadFault> {
    if text.contains('\0') || text.starts_with("%PDF-") {
        return Err(ReadFault::UnknownFormat);
    }
    Ok(text)
}

fn looks_like_web_page(text: &str) -> bool {
    let start = text.trim_start();
    ["<!doctype", "<html", "<table", "<meta", "<?xml"]
        .iter()
        .any(|tag| start.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag)))
}

/// Tab, semicolon or comma: whichever stands most often in the first lines.
fn delimiter(text: &str) -> u8 {
    let head: String = text.lines().take(10).flat_map(str::chars).take(20_000).collect();
    let count = |c: char| head.matches(c).count();
    let (tabs, commas, semicolons) = (count('\t'), count(','), count(';'));
    if tabs > commas && tabs >= semicolons {
        b'\t'
    } else if semicolons > commas {
        b';'
    } else {
        b','
    }
}

/// Refuses a line of millions of delimiters before its fields are laid out; 16,384 is the width of Excel's sheet.
fn check_width(text: &str, delimiter: u8, sheet: &str) -> Result<(), ReadFault> {
    let is_too_wide = |line: &str| line.bytes().filter(|b| *b == delimiter).count() > EXCEL_COLUMNS;
    match text.lines().position(is_too_wide) {
        None => Ok(()),
        Some(index) => Err(ReadFault::TooManyColumns {
            sheet: sheet.to_owned(),
            line: u32::try_from(index + 1).unwrap_or(u32::MAX),
            limit: MAX_COLUMNS,
        }),
    }
}

fn records(text: &str, sheet: &str) -> Result<Vec<Row>, ReadFault> {
    let delimiter = delimiter(text);
    check_width(text, delimiter, sheet)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut budget = Budget::default();
    let mut lines = Lines::new(text.as_bytes());
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|_| ReadFault::UnknownFormat)? {
        if record.iter().all(is_blank) {
            continue;
        }
        let start = record.position().map_or(0, csv::Position::byte);
        let line = lines.line_of_record(start);
        budget.row()?;
        if record.iter().skip(MAX_COLUMNS).any(|cell| !is_blank(cell)) {
            return Err(ReadFault::TooManyColumns { sheet: sheet.to_owned(), line, limit: MAX_COLUMNS });
        }
        let mut row = Row { line, cells: Vec::with_capacity(record.len().min(MAX_COLUMNS)), cut: Vec::new() };
        for (at, cell) in record.iter().take(MAX_COLUMNS).enumerate() {
            let (cell, cut) = budget.cell(cell)?;
            row.cells.push(cell);
            if cut {
                row.cut.push(at);
            }
        }
        rows.push(row);
    }
    Ok(rows)
}

/// Line numbers by byte offset, going forward once over the text.
///
/// The reader's own count stands before the empty lines it skips, so it would name the wrong line after one.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, line: 1 }
    }

    /// The line of the first character at or after `start` which is no line end.
    fn line_of_record(&mut self, start: u64) -> u32 {
        let start = usize::try_from(start).unwrap_or(usize::MAX);
        while let Some(byte) = self.bytes.get(self.at) {
            let is_end = matches!(byte, b'\r' | b'\n');
            if self.at >= start && !is_end {
                break;
            }
            let in_pair = *byte == b'\r' && self.bytes.get(self.at + 1) == Some(&b'\n');
            if is_end && !in_pair {
                self.line = self.line.saturating_add(1);
            }
            self.at += 1;
        }
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::{decode, read};
    use crate::book::Format;

    #[test]
    fn encodings_are_told_apart() {
        let utf16: Vec<u8> =
            [0xFF, 0xFE].into_iter().chain("学号".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let table: [(&[u8], &str, Format); 5] = [
            (b"\xEF\xBB\xBFa,b", "a,b", Format::Utf8),
            ("学号".as_bytes(), "学号", Format::Utf8),
            (b"\xD1\xA7\xBA\xC5", "学号", Format::Gb18030),
            // U+2000B of Extension B, four bytes in GB18030.
            (b"\x95\x32\x83\x37", "\u{2000B}", Format::Gb18030),
            (&utf16, "学号", Format::Utf16),
        ];
        for (bytes, text, format) in table {
            let (found, as_format) = decode(bytes).unwrap();
            assert_eq!((found.as_ref(), as_format), (text, format));
        }
        assert!(decode(b"\xD1\xA7\xFF\xFF").is_err());
        assert!(decode(b"a\0b").is_err());
    }

    #[test]
    fn lines_are_those_an_editor_shows() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "", "c,d", ",", "\"e", "f\",g", "", "", "h,i"].join(end);
            let book = read(text.as_bytes(), "t").unwrap();
            let lines: Vec<u32> = book.sheets[0].rows.iter().map(|r| r.line).collect();
            assert_eq!(lines, [1, 3, 5, 9], "{end:?}");
        }
    }

    #[test]
    fn delimiters_are_found() {
        for text in ["学号,姓名,班级\n1,b,c", "学号\t姓名\t班级\n1\tb\tc", "学号;姓名;班级\n1;b;c"]
        {
            let book = read(text.as_bytes(), "t").unwrap();
            assert_eq!(book.sheets[0].rows[1].cells, ["1", "b", "c"]);
        }
    }
}
