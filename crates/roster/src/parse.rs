//! A book to a roster: find the header of each sheet, read its rows, then judge what only the whole can tell.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::book::{Book, Format, Row, Sheet};
use crate::class::ClassKey;
use crate::columns::{Column, Header, SheetKind};
use crate::fault::{Fault, FaultCode, Severity};
use crate::rows::{PupilRow, Reader, Source, StaffRow, unknown_class};

/// A class of one pupil is a slip of the pen if its number lies this far beyond the next lower class.
const CLASS_NUMBER_LEAP: u8 = 3;

/// What a book says, as far as it can be read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// Whether a sheet of pupils was read; without one, nothing is said of any pupil.
    pub has_pupils: bool,
    /// Whether a sheet of staff was read.
    pub has_staff: bool,
    /// The pupils, in the file's order.
    pub pupils: Vec<PupilRow>,
    /// The staff, in the file's order.
    pub staff: Vec<StaffRow>,
    /// The rows that are not imported.
    pub rejected: Vec<Rejected>,
    /// What is wrong, by sheet and line in the file's order.
    pub faults: Vec<Fault>,
}

impl Roster {
    /// Sheets that were not read: whoever stands on them is absent without having left.
    #[must_use]
    pub fn unread_sheets(&self) -> usize {
        let unread = |code: &FaultCode| {
            matches!(code, FaultCode::NoHeader | FaultCode::HiddenSheet | FaultCode::MissingColumns { .. })
        };
        self.faults.iter().filter(|fault| unread(&fault.code)).count()
    }
}

/// A row that is not imported because of an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// Where it stands.
    pub source: Source,
    /// What its sheet lists.
    pub kind: SheetKind,
    /// Its number, if that could be read.
    pub number: Option<String>,
}

/// Reads every sheet of a book which has a roster's header.
///
/// `known_classes` are the classes the school has in the roster's school year; a pupil in another one is an error.
/// With `None` (an empty school) the roster defines the classes, except a number above
/// [`crate::MAX_CLASS_NUMBER`], and a class of a single pupil whose number leaves at least two numbers unused after
/// the class below it in its grade.
///
/// It never fails: whatever is wrong is in [`Roster::faults`].
#[must_use]
pub fn parse(book: &Book, known_classes: Option<&BTreeSet<ClassKey>>) -> Roster {
    let mut parser = Parser { roster: Roster::default(), known: known_classes, seen: BTreeMap::new() };
    for name in &book.hidden {
        parser.sheet_fault(name, 0, FaultCode::HiddenSheet, Severity::Hint);
    }
    for sheet in &book.sheets {
        parser.sheet(sheet);
    }
    let mut roster = parser.roster;
    if !roster.has_pupils && !roster.has_staff {
        let sheet = book.sheets.first().map(|s| s.name.clone());
        roster.faults.insert(
            0,
            Fault {
                sheet: sheet.unwrap_or_default(),
                line: 0,
                column: None,
                code: FaultCode::NoRoster,
                severity: Severity::Error,
            },
        );
    }
    if known_classes.is_none() {
        reject_leaps(&mut roster);
    }
    check_teaching_classes(&mut roster, known_classes);
    let order = |name: &str| book.sheets.iter().position(|s| s.name == name);
    roster.faults.sort_by_cached_key(|f| (order(&f.sheet), f.line));
    roster
}

struct Parser<'a> {
    roster: Roster,
    known: Option<&'a BTreeSet<ClassKey>>,
    seen: BTreeMap<(SheetKind, String), Source>,
}

impl Parser<'_> {
    fn sheet_fault(&mut self, sheet: &str, line: u32, code: FaultCode, severity: Severity) {
        self.roster.faults.push(Fault { sheet: sheet.to_owned(), line, column: None, code, severity });
    }

    fn sheet(&mut self, sheet: &Sheet) {
        if sheet.rows.is_empty() {
            return;
        }
        let Some((at, header)) = Header::find(sheet.cells()) else {
            self.sheet_fault(&sheet.name, 0, FaultCode::NoHeader, Severity::Hint);
            return;
        };
        let columns = header.missing();
        if !columns.is_empty() {
            let line = sheet.rows.get(at).map_or(0, |row| row.line);
            self.sheet_fault(&sheet.name, line, FaultCode::MissingColumns { columns }, Severity::Error);
            return;
        }
        match header.kind {
            SheetKind::Pupils => self.roster.has_pupils = true,
            SheetKind::Staff => self.roster.has_staff = true,
        }
        for row in sheet.rows.iter().skip(at + 1) {
            if !header.repeats(&row.cells) {
                self.row(&header, sheet, row);
            }
        }
    }

    fn row(&mut self, header: &Header, sheet: &Sheet, row: &Row) {
        // A workbook's rows are all as wide as the sheet; the lines of a text may differ in length.
        let is_text = sheet.format != Format::Xlsx;
        let sheet = sheet.name.as_str();
        let kind = header.kind;
        let mut reader =
            Reader { header, sheet, row, known: self.known, faults: &mut self.roster.faults, failed: false };
        let source = Source { sheet: sheet.to_owned(), line: row.line };
        let number = reader.number();
        if reader.check_shape(is_text) {
            if let Some(number) = &number {
                match self.seen.get(&(kind, number.clone())) {
                    Some(first) => reader.error(Some(kind.number()), duplicate(number, first)),
                    None => {
                        self.seen.insert((kind, number.clone()), source.clone());
                    }
                }
            }
            let is_read = match kind {
                SheetKind::Pupils => reader.pupil().map(|p| self.roster.pupils.push(p)),
                SheetKind::Staff => reader.staff().map(|s| self.roster.staff.push(s)),
            };
            if is_read.is_some() {
                return;
            }
        }
        self.roster.rejected.push(Rejected { source, kind, number });
    }
}

fn duplicate(number: &str, first: &Source) -> FaultCode {
    FaultCode::DuplicateNumber {
        number: number.to_owned(),
        first_sheet: first.sheet.clone(),
        first_line: first.line,
    }
}

/// In an empty school: takes out the single pupils of classes whose number leaps beyond the others of the grade.
fn reject_leaps(roster: &mut Roster) {
    let mut sizes: BTreeMap<ClassKey, usize> = BTreeMap::new();
    for pupil in &roster.pupils {
        *sizes.entry(pupil.class.clone()).or_default() += 1;
    }
    let is_leap = |key: &ClassKey| {
        let before = sizes.range(..key).next_back().map(|(k, _)| k);
        let below = before.filter(|k| k.campus == key.campus && k.grade == key.grade).map(|k| k.class);
        sizes.get(key) == Some(&1) && below.is_some_and(|below| key.class - below >= CLASS_NUMBER_LEAP)
    };
    let leaps: BTreeSet<ClassKey> = sizes.keys().filter(|key| is_leap(key)).cloned().collect();
    let (kept, out): (Vec<_>, Vec<_>) =
        std::mem::take(&mut roster.pupils).into_iter().partition(|pupil| !leaps.contains(&pupil.class));
    roster.pupils = kept;
    for pupil in out {
        roster.faults.push(Fault {
            sheet: pupil.source.sheet.clone(),
            line: pupil.source.line,
            column: Some(Column::Class),
            code: unknown_class(&pupil.class),
            severity: Severity::Error,
        });
        roster.rejected.push(Rejected {
            source: pupil.source,
            kind: SheetKind::Pupils,
            number: Some(pupil.number),
        });
    }
}

/// Hints at the first class taught, per line, which neither the school nor this roster's pupils have.
fn check_teaching_classes(roster: &mut Roster, known: Option<&BTreeSet<ClassKey>>) {
    let own: BTreeSet<ClassKey> = roster.pupils.iter().map(|p| p.class.clone()).collect();
    if known.is_none() && own.is_empty() {
        return;
    }
    let is_known = |key: &ClassKey| own.contains(key) || known.is_some_and(|k| k.contains(key));
    for staff in &roster.staff {
        if let Some(key) = staff.classes.iter().find(|key| !is_known(key)) {
            roster.faults.push(Fault {
                sheet: staff.source.sheet.clone(),
                line: staff.source.line,
                column: Some(Column::TeachingClasses),
                code: unknown_class(key),
                severity: Severity::Hint,
            });
        }
    }
}
