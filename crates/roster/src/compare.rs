//! What a roster would change at a school that already holds people. It only tells; nobody is deleted by it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::class::CohortClass;
use crate::columns::SheetKind;
use crate::fields::{self, FieldChange};
use crate::held::{HeldPupil, HeldStaff};
use crate::parse::Roster;
use crate::rows::Source;

/// What the roster says of one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "kebab-case")]
pub enum Outcome {
    /// In the roster, not held.
    New,
    /// Held and in the roster, in another class (of another cohort, number or campus); fields may have changed too.
    /// Only pupils: classes taught are a field.
    MovedClass {
        /// The class the school holds.
        from: CohortClass,
        /// The class in the roster.
        to: CohortClass,
        /// Other fields that changed.
        fields: Vec<FieldChange>,
    },
    /// Held and in the roster, in the same class, with other fields.
    Changed {
        /// The fields that changed.
        fields: Vec<FieldChange>,
    },
    /// Held, and in the roster on a line that could not be imported: neither left nor unchanged.
    Unread {
        /// That line.
        source: Source,
    },
    /// Held, not in the roster. Nothing is done to them without somebody's confirmation.
    Left {
        /// Whether the class has finished grade 6 by the roster's school year, so that leaving is to be expected.
        graduated: bool,
    },
    /// Held and in the roster, equal. Promotion with the whole class changes nothing.
    Unchanged,
}

/// A pupil and what the roster says of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PupilOutcome {
    /// The class in the roster, or the class held if the roster has none.
    pub class: CohortClass,
    /// 学号.
    pub number: String,
    /// The name in the roster, or the one held.
    pub name: String,
    /// What the roster says.
    pub outcome: Outcome,
}

/// A member of staff and what the roster says of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffOutcome {
    /// 工号.
    pub number: String,
    /// The name in the roster, or the one held.
    pub name: String,
    /// What the roster says.
    pub outcome: Outcome,
}

/// How many of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// [`Outcome::New`].
    pub new: usize,
    /// [`Outcome::MovedClass`].
    pub moved_class: usize,
    /// [`Outcome::MovedClass`] with other fields changed too (these are among `moved_class`).
    pub moved_and_changed: usize,
    /// [`Outcome::Changed`].
    pub changed: usize,
    /// [`Outcome::Unread`].
    pub unread: usize,
    /// [`Outcome::Left`] from a class that has not graduated.
    pub left: usize,
    /// [`Outcome::Left`] from a class that has graduated.
    pub graduated: usize,
    /// [`Outcome::Unchanged`].
    pub unchanged: usize,
    /// Lines that could not be imported and do not say whose they are: their number could not be read, or stands on
    /// another line. Some of those who left may be among them.
    pub unidentified: usize,
}

/// The difference between what is held and a roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comparison {
    /// Every pupil, by campus, cohort, class and number; empty if the roster has no sheet of pupils.
    pub pupils: Vec<PupilOutcome>,
    /// Every member of staff, by number; empty if the roster has no sheet of staff.
    pub staff: Vec<StaffOutcome>,
    /// Counts of the pupils.
    pub pupil_counts: Counts,
    /// Counts of the staff.
    pub staff_counts: Counts,
}

/// Compares what the school holds with a roster.
///
/// `school_year` is the calendar year in which the roster's school year begins (2027 for 2027—2028): from it and
/// the grade follows the cohort by which a class is known. A roster without a sheet of pupils says nothing of
/// pupils, and so for staff.
#[must_use]
pub fn compare(pupils: &[HeldPupil], staff: &[HeldStaff], incoming: &Roster, school_year: i16) -> Comparison {
    let pupils = if incoming.has_pupils { pupil_outcomes(pupils, incoming, school_year) } else { Vec::new() };
    let staff = if incoming.has_staff { staff_outcomes(staff, incoming, school_year) } else { Vec::new() };
    let count = |outcomes: &mut dyn Iterator<Item = &Outcome>, kind| {
        let unidentified = unidentified(incoming, kind);
        Counts { unidentified, ..counts(outcomes) }
    };
    Comparison {
        pupil_counts: count(&mut pupils.iter().map(|p| &p.outcome), SheetKind::Pupils),
        staff_counts: count(&mut staff.iter().map(|s| &s.outcome), SheetKind::Staff),
        pupils,
        staff,
    }
}

fn unidentified(incoming: &Roster, kind: SheetKind) -> usize {
    let mut known: BTreeSet<&str> = match kind {
        SheetKind::Pupils => incoming.pupils.iter().map(|row| row.number.as_str()).collect(),
        SheetKind::Staff => incoming.staff.iter().map(|row| row.number.as_str()).collect(),
    };
    let lines = incoming.rejected.iter().filter(|row| row.kind == kind);
    lines.filter(|row| row.number.as_deref().is_none_or(|number| !known.insert(number))).count()
}

fn counts(outcomes: &mut dyn Iterator<Item = &Outcome>) -> Counts {
    let mut counts = Counts::default();
    for outcome in outcomes {
        match outcome {
            Outcome::New => counts.new += 1,
            Outcome::MovedClass { fields, .. } => {
                counts.moved_class += 1;
                counts.moved_and_changed += usize::from(!fields.is_empty());
            }
            Outcome::Changed { .. } => counts.changed += 1,
            Outcome::Unread { .. } => counts.unread += 1,
            Outcome::Left { graduated: true } => counts.graduated += 1,
            Outcome::Left { graduated: false } => counts.left += 1,
            Outcome::Unchanged => counts.unchanged += 1,
        }
    }
    counts
}

/// The rejected lines whose number could be read.
fn unread(incoming: &Roster, kind: SheetKind) -> BTreeMap<&str, &Source> {
    let mut lines = BTreeMap::new();
    for row in incoming.rejected.iter().filter(|r| r.kind == kind) {
        if let Some(number) = &row.number {
            lines.entry(number.as_str()).or_insert(&row.source);
        }
    }
    lines
}

fn pupil_outcomes(held: &[HeldPupil], incoming: &Roster, year: i16) -> Vec<PupilOutcome> {
    let unread = unread(incoming, SheetKind::Pupils);
    let by_number: BTreeMap<&str, &HeldPupil> = held.iter().map(|p| (p.number.as_str(), p)).collect();
    let mut read = BTreeSet::new();
    let mut out = Vec::new();
    for row in &incoming.pupils {
        let after = HeldPupil::from_row(row, year);
        read.insert(row.number.as_str());
        let outcome = match by_number.get(row.number.as_str()) {
            None => Outcome::New,
            Some(before) => pupil_outcome(before, &after),
        };
        out.push(PupilOutcome { class: after.class, number: after.number, name: after.name, outcome });
    }
    for (number, pupil) in by_number {
        if read.contains(number) {
            continue;
        }
        out.push(PupilOutcome {
            class: pupil.class.clone(),
            number: pupil.number.clone(),
            name: pupil.name.clone(),
            outcome: absent(unread.get(number), pupil.class.graduated(year)),
        });
    }
    out.sort_by(|a, b| (&a.class, &a.number).cmp(&(&b.class, &b.number)));
    out
}

fn pupil_outcome(before: &HeldPupil, after: &HeldPupil) -> Outcome {
    let fields = fields::pupil(before, after);
    if before.class != after.class {
        Outcome::MovedClass { from: before.class.clone(), to: after.class.clone(), fields }
    } else if fields.is_empty() {
        Outcome::Unchanged
    } else {
        Outcome::Changed { fields }
    }
}

fn absent(unread: Option<&&Source>, graduated: bool) -> Outcome {
    match unread {
        Some(source) => Outcome::Unread { source: (*source).clone() },
        None => Outcome::Left { graduated },
    }
}

fn staff_outcomes(held: &[HeldStaff], incoming: &Roster, year: i16) -> Vec<StaffOutcome> {
    let unread = unread(incoming, SheetKind::Staff);
    let by_number: BTreeMap<&str, &HeldStaff> = held.iter().map(|s| (s.number.as_str(), s)).collect();
    let mut read = BTreeSet::new();
    let mut out = Vec::new();
    for row in &incoming.staff {
        let after = HeldStaff::from_row(row, year);
        read.insert(row.number.as_str());
        let fields = by_number.get(row.number.as_str()).map(|before| fields::staff(before, &after));
        let outcome = match fields {
            None => Outcome::New,
            Some(fields) if fields.is_empty() => Outcome::Unchanged,
            Some(fields) => Outcome::Changed { fields },
        };
        out.push(StaffOutcome { number: after.number, name: after.name, outcome });
    }
    for (number, staff) in by_number {
        if read.contains(number) {
            continue;
        }
        out.push(StaffOutcome {
            number: staff.number.clone(),
            name: staff.name.clone(),
            outcome: absent(unread.get(number), false),
        });
    }
    out.sort_by(|a, b| a.number.cmp(&b.number));
    out
}
