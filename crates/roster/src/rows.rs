//! One row to one pupil or one member of staff, with what is wrong in it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::book::Row;
use crate::class::ClassKey;
use crate::columns::{Column, Header};
use crate::export::plain_cell;
use crate::fault::{Fault, FaultCode, Severity};
use crate::normalise::{self, Relation, Sex};
use crate::{MAX_CELL_CHARS, MAX_CLASS_NUMBER};

/// Longest name of a campus, which every class repeats.
const MAX_CAMPUS_CHARS: usize = 40;
/// Most classes one member of staff may teach.
const MAX_CLASSES_TAUGHT: usize = 32;

/// Where a row stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Source {
    /// The sheet's name.
    pub sheet: String,
    /// The line, counted from 1.
    pub line: u32,
}

/// Who a guardian is: the same name with the same phone is the same person, for siblings too. Two names on one phone
/// are two persons of one household.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct GuardianKey {
    /// The normalised name.
    pub name: String,
    /// The phone, 11 digits.
    pub phone: String,
}

/// A guardian in a pupil's row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Guardian {
    /// Who it is.
    pub key: GuardianKey,
    /// The relation to this pupil.
    pub relation: Relation,
    /// The relation in the roster's own words; may be empty.
    pub relation_text: String,
}

/// A pupil that can be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PupilRow {
    /// Where the row stands.
    pub source: Source,
    /// The class.
    pub class: ClassKey,
    /// 学号, the pupil's identity.
    pub number: String,
    /// The normalised name.
    pub name: String,
    /// The sex, if the roster says it.
    pub sex: Option<Sex>,
    /// Up to two guardians, in the roster's order.
    pub guardians: Vec<Guardian>,
    /// The remark, trimmed and otherwise in its own words (also one that looks like a formula); empty if none.
    /// It gives no right to anybody.
    pub remark: String,
}

/// A member of staff that can be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffRow {
    /// Where the row stands.
    pub source: Source,
    /// 工号, the identity.
    pub number: String,
    /// The normalised name.
    pub name: String,
    /// The campus; empty if not given.
    pub campus: String,
    /// The post in the roster's own words.
    pub post: String,
    /// The subject in the roster's own words; may be empty.
    pub subject: String,
    /// The classes taught on the own campus, in the roster's order.
    pub classes: Vec<ClassKey>,
    /// The phone, 11 digits, if given.
    pub phone: Option<String>,
}

/// 班主任, the post of whoever has a class of their own.
const CLASS_TEACHER: &str = "班主任";

impl StaffRow {
    /// The class of a 班主任: rosters name it first among the classes taught, and most name no other.
    #[must_use]
    pub fn own_class(&self) -> Option<&ClassKey> {
        self.classes.first().filter(|_| self.post == CLASS_TEACHER)
    }
}

/// Reads the cells of one row and gathers its faults.
pub(crate) struct Reader<'a> {
    pub(crate) header: &'a Header,
    pub(crate) sheet: &'a str,
    pub(crate) row: &'a Row,
    pub(crate) known: Option<&'a BTreeSet<ClassKey>>,
    pub(crate) faults: &'a mut Vec<Fault>,
    pub(crate) failed: bool,
}

impl<'a> Reader<'a> {
    /// The cell's text, empty if there is none.
    fn cell(&self, column: Column) -> &'a str {
        let cell = self.header.index(column).and_then(|i| self.row.cells.get(i));
        cell.map_or("", |text| plain_cell(text))
    }

    pub(crate) fn error(&mut self, column: Option<Column>, code: FaultCode) {
        self.failed = true;
        self.push(column, code, Severity::Error);
    }

    fn hint(&mut self, column: Column, code: FaultCode) {
        self.push(Some(column), code, Severity::Hint);
    }

    fn push(&mut self, column: Option<Column>, code: FaultCode, severity: Severity) {
        self.faults.push(Fault { sheet: self.sheet.to_owned(), line: self.row.line, column, code, severity });
    }

    fn source(&self) -> Source {
        Source { sheet: self.sheet.to_owned(), line: self.row.line }
    }

    /// Whether the row has the shape of the header. `is_text`: the lines may differ in length.
    pub(crate) fn check_shape(&mut self, is_text: bool) -> bool {
        let expected = self.header.width;
        let found = self.row.cells.len();
        if found < self.header.reach {
            self.error(None, FaultCode::TooFewColumns { found, expected });
            return false;
        }
        let extra = self.row.cells.iter().skip(expected);
        if is_text && extra.into_iter().any(|cell| !crate::book::is_blank(cell)) {
            self.error(None, FaultCode::ExtraCells { found, expected });
            return false;
        }
        for (index, cell) in self.row.cells.iter().enumerate() {
            let Some(column) = self.header.column_at(index) else {
                continue;
            };
            if self.row.cut.contains(&index) {
                let limit = MAX_CELL_CHARS;
                self.error(Some(column), FaultCode::CellTooLong { limit });
            } else if cell.trim().contains('\n') {
                self.hint(column, FaultCode::LineBreak);
            }
        }
        !self.failed
    }

    /// The row's number, if it can be read; faults are the business of [`Self::pupil`] and [`Self::staff`].
    pub(crate) fn number(&self) -> Option<String> {
        let text = self.cell(self.header.kind.number());
        (!normalise::is_scientific(text)).then(|| normalise::number(text)).flatten()
    }

    fn checked_number(&mut self) -> Option<String> {
        let column = self.header.kind.number();
        let text = self.cell(column);
        let found = normalise::tidy(text);
        if found.is_empty() {
            self.error(Some(column), FaultCode::Missing);
        } else if normalise::is_scientific(text) {
            self.error(Some(column), FaultCode::ScientificNotation { found });
        } else if self.number().is_none() {
            self.error(Some(column), FaultCode::BadNumber { found });
        }
        self.number()
    }

    fn name(&mut self) -> String {
        let name = normalise::name(self.cell(Column::Name));
        if name.is_empty() {
            self.error(Some(Column::Name), FaultCode::Missing);
        }
        name
    }

    fn campus(&mut self) -> String {
        let campus = normalise::name(self.cell(Column::Campus));
        if campus.is_empty() && self.header.has(Column::Campus) {
            self.error(Some(Column::Campus), FaultCode::Missing);
        }
        if campus.chars().count() > MAX_CAMPUS_CHARS {
            let limit = MAX_CAMPUS_CHARS;
            self.error(Some(Column::Campus), FaultCode::CellTooLong { limit });
        }
        campus
    }

    /// A pupil, unless an error was found.
    pub(crate) fn pupil(&mut self) -> Option<PupilRow> {
        let number = self.checked_number();
        let name = self.name();
        let class = self.class();
        let sex = self.sex();
        let guardians = self.guardians();
        let remark = normalise::tidy(self.cell(Column::Remark));
        let pupil =
            PupilRow { source: self.source(), class: class?, number: number?, name, sex, guardians, remark };
        (!self.failed).then_some(pupil)
    }

    fn class(&mut self) -> Option<ClassKey> {
        let campus = self.campus();
        let grade_text = self.cell(Column::Grade);
        let class_text = self.cell(Column::Class);
        let found = normalise::tidy(class_text);
        let has_grade = !normalise::tidy(grade_text).is_empty();
        let grade = normalise::grade(grade_text);
        if has_grade && grade.is_none() {
            let found = normalise::tidy(grade_text);
            self.error(Some(Column::Grade), FaultCode::BadGrade { found });
        }
        if found.is_empty() {
            self.error(Some(Column::Class), FaultCode::Missing);
            return None;
        }
        let Some((own_grade, class)) = normalise::class_ref(class_text) else {
            self.error(Some(Column::Class), FaultCode::BadClass { found });
            return None;
        };
        if !has_grade && own_grade.is_none() {
            self.error(Some(Column::Grade), FaultCode::Missing);
            return None;
        }
        if has_grade && own_grade.is_some() && own_grade != grade {
            self.error(Some(Column::Class), FaultCode::BadClass { found });
            return None;
        }
        let grade = grade.or(own_grade.filter(|_| !has_grade))?;
        let key = ClassKey { campus, grade, class };
        let is_known = self.known.map_or(class <= MAX_CLASS_NUMBER, |known| known.contains(&key));
        if !is_known {
            self.error(Some(Column::Class), unknown_class(&key));
        }
        Some(key)
    }

    fn sex(&mut self) -> Option<Sex> {
        let text = self.cell(Column::Sex);
        let sex = normalise::sex(text);
        if sex.is_none() && self.header.has(Column::Sex) {
            let found = normalise::tidy(text);
            self.hint(Column::Sex, FaultCode::UnknownSex { found });
        }
        sex
    }

    fn guardians(&mut self) -> Vec<Guardian> {
        let slots = [
            (Column::Guardian1, Column::Relation1, Column::Phone1),
            (Column::Guardian2, Column::Relation2, Column::Phone2),
        ];
        let mut guardians: Vec<Guardian> = Vec::new();
        for (name, relation, phone) in slots {
            let Some(guardian) = self.guardian(name, relation, phone) else {
                continue;
            };
            if guardians.iter().any(|g| g.key == guardian.key) {
                self.hint(name, FaultCode::GuardianTwice);
            } else {
                guardians.push(guardian);
            }
        }
        if guardians.is_empty() && !self.failed && self.header.has(Column::Guardian1) {
            self.hint(Column::Guardian1, FaultCode::NoGuardian);
        }
        guardians
    }

    fn guardian(&mut self, name_at: Column, relation_at: Column, phone_at: Column) -> Option<Guardian> {
        let name = normalise::name(self.cell(name_at));
        let phone_text = self.cell(phone_at);
        let has_phone = !normalise::compact(phone_text).is_empty();
        if name.is_empty() && !has_phone {
            return None;
        }
        if name.is_empty() {
            self.error(Some(name_at), FaultCode::Missing);
        }
        let phone = if has_phone {
            self.phone(phone_at)
        } else {
            self.error(Some(phone_at), FaultCode::Missing);
            None
        };
        let relation_text = normalise::tidy(self.cell(relation_at));
        let relation = normalise::relation(&relation_text);
        if relation.is_none() {
            let code = if relation_text.is_empty() {
                FaultCode::Missing
            } else {
                FaultCode::UnknownRelation { found: relation_text.clone() }
            };
            self.hint(relation_at, code);
        }
        Some(Guardian {
            key: GuardianKey { name, phone: phone? },
            relation: relation.unwrap_or(Relation::OtherGuardian),
            relation_text,
        })
    }

    fn phone(&mut self, column: Column) -> Option<String> {
        let text = self.cell(column);
        let found = normalise::tidy(text);
        if normalise::is_scientific(text) {
            self.error(Some(column), FaultCode::ScientificNotation { found });
            return None;
        }
        match normalise::phone(text) {
            Ok(phone) => Some(phone),
            Err(digits) => {
                self.error(Some(column), FaultCode::BadPhone { found, digits });
                None
            }
        }
    }

    /// A member of staff, unless an error was found.
    pub(crate) fn staff(&mut self) -> Option<StaffRow> {
        let number = self.checked_number();
        let name = self.name();
        let campus = self.campus();
        let classes = self.teaching_classes(&campus);
        let has_phone = !normalise::compact(self.cell(Column::Phone)).is_empty();
        let phone = if has_phone {
            self.phone(Column::Phone)
        } else {
            self.hint(Column::Phone, FaultCode::Missing);
            None
        };
        let staff = StaffRow {
            source: self.source(),
            number: number?,
            name,
            campus,
            post: normalise::tidy(self.cell(Column::Post)),
            subject: normalise::tidy(self.cell(Column::Subject)),
            classes,
            phone,
        };
        if let (Some(own), [_, _, ..]) = (staff.own_class(), staff.classes.as_slice()) {
            let ClassKey { grade, class, .. } = *own;
            self.hint(Column::TeachingClasses, FaultCode::OwnClassAssumed { grade, class });
        }
        (!self.failed).then_some(staff)
    }

    /// “六年级1班、三年级3班”: a class without a grade takes the grade before it (“六年级1班、2班”).
    fn teaching_classes(&mut self, campus: &str) -> Vec<ClassKey> {
        let text = normalise::half_width(&normalise::tidy(self.cell(Column::TeachingClasses)));
        let mut classes = Vec::new();
        let mut unread = Vec::new();
        let mut last_grade = None;
        for part in text.split(|c: char| "、,;/，；".contains(c) || c.is_whitespace()) {
            if part.is_empty() {
                continue;
            }
            let read = normalise::class_ref(part)
                .and_then(|(grade, class)| grade.or(last_grade).map(|grade| (grade, class)))
                .filter(|_| classes.len() < MAX_CLASSES_TAUGHT);
            let Some((grade, class)) = read else {
                unread.push(part);
                continue;
            };
            last_grade = Some(grade);
            let key = ClassKey { campus: campus.to_owned(), grade, class };
            if !classes.contains(&key) {
                classes.push(key);
            }
        }
        if !unread.is_empty() {
            let found = unread.join("、");
            self.hint(Column::TeachingClasses, FaultCode::UnreadTeachingClass { found });
        }
        classes
    }
}

pub(crate) fn unknown_class(key: &ClassKey) -> FaultCode {
    FaultCode::UnknownClass { campus: key.campus.clone(), grade: key.grade, class: key.class }
}
