//! XLSX through `calamine`, after measuring the archive.
//!
//! What reaches `calamine` is an archive written here, with only the parts a roster needs (no styles, no pictures, no
//! macros), each unpacked under one limit. So a part cannot unpack to more than was measured, and the two places
//! where a workbook could make the reader reserve memory by a number it merely claims (the count of shared
//! strings, the table of styles) are closed before it runs.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::book::{Book, Budget, Format, Row, Sheet, cut, is_blank, sheet_name};
use crate::fault::ReadFault;
use crate::{MAX_COLUMNS, MAX_PARTS, MAX_ROWS, MAX_SHEETS, MAX_UNPACKED_BYTES};

/// The most shared strings a workbook may announce: as many as the cells it may have.
const MAX_SHARED_STRINGS: u32 = (MAX_ROWS * MAX_COLUMNS) as u32;
/// Cells a sheet may list, blank ones too: a formatted empty column is common, a million of them is not.
const MAX_LISTED_CELLS: usize = 4 * MAX_ROWS * MAX_COLUMNS;

pub(crate) fn read(bytes: &[u8]) -> Result<Book, ReadFault> {
    // The archive and XML readers are not ours: should one panic on a file we have not thought of, the file is damaged.
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let parts = measured(bytes)?;
        sheets(parts)
    }));
    outcome.unwrap_or_else(|_| Err(damaged("the reader stopped")))
}

fn damaged(detail: impl ToString) -> ReadFault {
    let detail: String = detail.to_string().chars().take(200).collect();
    ReadFault::Damaged { detail }
}

/// The same workbook with the needed parts only, stored, every one measured.
fn measured(bytes: &[u8]) -> Result<Vec<u8>, ReadFault> {
    let entries = bytes.windows(4).filter(|w| *w == b"PK\x01\x02").count();
    if entries > MAX_PARTS {
        return Err(ReadFault::TooManyParts { limit: MAX_PARTS });
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MAX_PARTS {
        return Err(ReadFault::TooManyParts { limit: MAX_PARTS });
    }
    let mut left = MAX_UNPACKED_BYTES;
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut is_workbook = false;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(damaged)?;
        let name = part.name().map_err(damaged)?.into_owned();
        if !is_needed(&name) {
            continue;
        }
        let lower = name.to_ascii_lowercase();
        is_workbook |= lower.contains("workbook") && lower.ends_with(".xml");
        let mut content = Vec::new();
        part.by_ref().take(left.saturating_add(1)).read_to_end(&mut content).map_err(damaged)?;
        left = left
            .checked_sub(content.len() as u64)
            .ok_or(ReadFault::UnpacksTooLarge { limit: MAX_UNPACKED_BYTES })?;
        check_part(&content)?;
        writer.start_file(name, options).map_err(damaged)?;
        writer.write_all(&content).map_err(damaged)?;
    }
    if !is_workbook {
        return Err(ReadFault::NotAWorkbook);
    }
    Ok(writer.finish().map_err(damaged)?.into_inner())
}

/// Relationships, the workbook, its strings and sheets.
fn is_needed(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    (name.ends_with(".xml") || name.ends_with(".rels"))
        && !["styles", "theme", "docprops", "drawing", "customxml"].iter().any(|part| name.contains(part))
}

/// Text in UTF-8, and no claim of more shared strings than cells.
fn check_part(content: &[u8]) -> Result<(), ReadFault> {
    let text = str::from_utf8(content).map_err(|_| damaged("a part is not UTF-8"))?;
    if text.contains('\0') {
        return Err(damaged("a part is not text"));
    }
    for (at, key) in text.match_indices("uniqueCount") {
        let rest = text.get(at + key.len()..).unwrap_or_default();
        let digits: String = rest
            .chars()
            .skip_while(|c| c.is_whitespace() || matches!(c, '=' | '"' | '\''))
            .take_while(char::is_ascii_digit)
            .take(12)
            .collect();
        if digits.parse::<u32>().is_ok_and(|n| n > MAX_SHARED_STRINGS) || digits.len() > 9 {
            return Err(damaged("more shared strings than cells"));
        }
    }
    Ok(())
}

fn sheets(parts: Vec<u8>) -> Result<Book, ReadFault> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(parts)).map_err(damaged)?;
    let mut hidden = Vec::new();
    let mut names = Vec::new();
    for sheet in workbook.sheets_metadata() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        if sheet.visible == SheetVisible::Visible {
            names.push(sheet.name.clone());
        } else {
            hidden.push(sheet_name(&sheet.name));
        }
    }
    if names.len() > MAX_SHEETS {
        return Err(ReadFault::TooManySheets { found: names.len(), limit: MAX_SHEETS });
    }
    hidden.truncate(MAX_SHEETS);
    let mut budget = Budget::default();
    let mut sheets = Vec::new();
    for name in names {
        let rows = sheet_rows(&mut workbook, &name, &mut budget)?;
        sheets.push(Sheet { name: sheet_name(&name), format: Format::Xlsx, rows });
    }
    Ok(Book { sheets, hidden })
}

type Cells = BTreeMap<u32, (String, bool)>;

fn sheet_rows(
    workbook: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    budget: &mut Budget,
) -> Result<Vec<Row>, ReadFault> {
    // Cell by cell, never as a block: two cells in opposite corners would make a block of seventeen milliards.
    let mut cells = workbook.worksheet_cells_reader(name).map_err(damaged)?;
    let mut found: BTreeMap<u32, Cells> = BTreeMap::new();
    let mut listed = 0_usize;
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        listed += 1;
        if listed > MAX_LISTED_CELLS {
            return Err(ReadFault::TooManyRows { limit: MAX_ROWS });
        }
        // Cut before anything looks at it: one shared string of 60 MB may be named by a million cells.
        let text = cell_text(cell.get_value());
        let (start, _) = cut(&text);
        if is_blank(start) {
            continue;
        }
        let (row, column) = cell.get_position();
        let line = row.saturating_add(1);
        if usize::try_from(column).map_or(true, |c| c >= MAX_COLUMNS) {
            return Err(ReadFault::TooManyColumns { sheet: sheet_name(name), line, limit: MAX_COLUMNS });
        }
        let taken = budget.cell(&text)?;
        let cells = match found.entry(line) {
            std::collections::btree_map::Entry::Occupied(e) => e.into_mut(),
            std::collections::btree_map::Entry::Vacant(e) => {
                budget.row()?;
                e.insert(Cells::new())
            }
        };
        cells.insert(column, taken);
    }
    Ok(filled(found))
}

/// Rows of one width, with empty cells where the sheet lists none.
fn filled(found: BTreeMap<u32, Cells>) -> Vec<Row> {
    let width = found
        .values()
        .filter_map(|cells| cells.keys().next_back())
        .max()
        .map_or(0, |last| last.saturating_add(1));
    let fill = |(line, mut cells): (u32, Cells)| {
        let mut row = Row { line, cells: Vec::new(), cut: Vec::new() };
        for column in 0..width {
            let (text, cut) = cells.remove(&column).unwrap_or_default();
            if cut {
                row.cut.push(row.cells.len());
            }
            row.cells.push(text);
        }
        row
    };
    found.into_iter().map(fill).collect()
}

/// A cell as text. A number keeps all its digits or shows that it has lost them (`2.02601E+18`).
fn cell_text<'a>(value: &'a DataRef<'_>) -> Cow<'a, str> {
    match value {
        DataRef::Empty => Cow::Borrowed(""),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Cow::Borrowed(text)
        }
        DataRef::SharedString(text) => Cow::Borrowed(text),
        DataRef::Int(number) => Cow::Owned(number.to_string()),
        DataRef::Float(number) => Cow::Owned(number_text(*number)),
        DataRef::DateTime(date) => Cow::Owned(number_text(date.as_f64())),
        DataRef::Bool(value) => Cow::Borrowed(if *value { "TRUE" } else { "FALSE" }),
        DataRef::Error(error) => Cow::Owned(error.to_string()),
    }
}

/// A spreadsheet keeps 15 significant digits; beyond them the last ones are not what was typed.
fn number_text(number: f64) -> String {
    if number.abs() < 1e15 {
        return number.to_string();
    }
    let text = format!("{number:E}");
    match text.split_once('E') {
        Some((mantissa, exponent)) if !exponent.starts_with('-') => format!("{mantissa}E+{exponent}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::number_text;

    #[test]
    fn numbers_keep_their_digits_or_show_the_loss() {
        assert_eq!(number_text(202_600_536.0), "202600536");
        assert_eq!(number_text(12_800_012_345.0), "12800012345");
        assert_eq!(number_text(1.5), "1.5");
        assert_eq!(number_text(3.701_022_026e18), "3.701022026E+18");
    }
}
