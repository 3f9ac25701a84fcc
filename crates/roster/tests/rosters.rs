//! The data files: what a school office hands over, and what a careful importer says of it.
//!
//! All of it is invented by a generator; the phone numbers begin with 12, a range nobody is assigned.
//!
//! `pupils-with-faults.csv` has 120 pupils with known faults (line numbers count the header as line 1):
//!
//! | line | what |
//! |---|---|
//! | 5 | the number of the line before once more |
//! | 10 | the name is empty |
//! | 14 | there is no such class |
//! | 19 | a phone in full-width digits with spaces: read as 12800012345, no fault |
//! | 23 | the relation is not in the table: imported, with a hint |
//! | 27 | the phone has too few digits |
//! | 32 | spaces around the name, full-width too: taken off, no fault |
//! | 35 | the line lacks columns |
//! | 38 | Excel rounded the number: an error, never guessed |
//! | 42 | the grade as an Arabic digit: read as 三年级, no fault |
//! | 46 | a cell beginning with `=`: kept as it is, and no formula when exported |
//! | 52 | a blank line: skipped, no fault |
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::BTreeSet;

use xinmei_roster::*;

const ROSTER: &[u8] = include_bytes!("../data/roster.xlsx");
const NEXT_YEAR: &[u8] = include_bytes!("../data/roster-next-year.xlsx");
const PUPILS: &[u8] = include_bytes!("../data/pupils-gb18030.csv");
const STAFF: &[u8] = include_bytes!("../data/staff-gb18030.csv");
const FAULTS: &[u8] = include_bytes!("../data/pupils-with-faults.csv");

fn roster(bytes: &[u8], name: &str) -> Roster {
    parse(&read(bytes, name).unwrap(), None)
}

fn held(roster: &Roster, year: i16) -> (Vec<HeldPupil>, Vec<HeldStaff>) {
    let pupils = roster.pupils.iter();
    let staff = roster.staff.iter();
    (
        pupils.map(|p| HeldPupil::from_row(p, year)).collect(),
        staff.map(|s| HeldStaff::from_row(s, year)).collect(),
    )
}

#[test]
fn the_workbook_and_the_two_csv_say_the_same() {
    let book = read(ROSTER, "roster.xlsx").unwrap();
    assert_eq!(book.sheets[0].format, Format::Xlsx);
    let mut both = parse(&book, None);
    assert_eq!(both.faults, []);
    assert_eq!((both.pupils.len(), both.staff.len()), (2_400, 128));
    let classes: BTreeSet<&ClassKey> = both.pupils.iter().map(|p| &p.class).collect();
    assert_eq!(classes.len(), 48);
    assert_eq!(both.pupils[0].source.line, 3);

    let book = read(PUPILS, "pupils-gb18030.csv").unwrap();
    assert_eq!(book.sheets[0].format, Format::Gb18030);
    assert_eq!(book.sheets[0].name, "pupils-gb18030");
    let mut pupils = parse(&book, None);
    assert_eq!(pupils.pupils[0].source.line, 2);
    let mut staff = roster(STAFF, "staff-gb18030.csv");
    assert_eq!((&pupils.faults, &staff.faults), (&vec![], &vec![]));
    assert!(pupils.has_pupils && !pupils.has_staff && staff.has_staff && !staff.has_pupils);
    for r in [&mut both, &mut pupils, &mut staff] {
        r.pupils.iter_mut().for_each(|p| p.source = Source::default());
        r.staff.iter_mut().for_each(|s| s.source = Source::default());
    }
    assert_eq!(both.pupils, pupils.pupils);
    assert_eq!(both.staff, staff.staff);
}

#[test]
fn the_same_school_in_every_encoding() {
    let expected = roster(PUPILS, "pupils.csv");
    let text = encoding_rs::GB18030.decode(PUPILS).0.into_owned();
    let tabs = text.replace(',', "\t");
    let units = tabs.encode_utf16().flat_map(u16::to_le_bytes);
    let utf16 = [0xFF, 0xFE].into_iter().chain(units);
    let files: [Vec<u8>; 4] = [
        text.clone().into_bytes(),
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        text.replace("\r\n", "\n").into_bytes(),
        utf16.collect(),
    ];
    for bytes in files {
        assert_eq!(roster(&bytes, "pupils.csv"), expected);
    }
}

#[test]
fn the_faults_are_exactly_the_documented_ones() {
    let roster = roster(FAULTS, "pupils-with-faults.csv");
    let found: Vec<_> =
        roster.faults.iter().map(|f| (f.line, f.column, f.severity, f.code.clone())).collect();
    let text = |s: &str| s.to_owned();
    let expected = vec![
        (
            5,
            Some(Column::PupilNumber),
            Severity::Error,
            FaultCode::DuplicateNumber {
                number: text("202600536"),
                first_sheet: text("pupils-with-faults"),
                first_line: 4,
            },
        ),
        (10, Some(Column::Name), Severity::Error, FaultCode::Missing),
        (
            14,
            Some(Column::Class),
            Severity::Error,
            FaultCode::UnknownClass { campus: text("东校区"), grade: 1, class: 99 },
        ),
        (
            23,
            Some(Column::Relation1),
            Severity::Hint,
            FaultCode::UnknownRelation { found: text("舅妈的表弟") },
        ),
        (
            27,
            Some(Column::Phone1),
            Severity::Error,
            FaultCode::BadPhone { found: text("1280001"), digits: 7 },
        ),
        (35, None, Severity::Error, FaultCode::TooFewColumns { found: 6, expected: 13 }),
        (
            38,
            Some(Column::PupilNumber),
            Severity::Error,
            FaultCode::ScientificNotation { found: text("2.02601E+08") },
        ),
    ];
    assert_eq!(found, expected);
    assert_eq!((roster.pupils.len(), roster.rejected.len()), (114, 6));

    let at = |line: u32| {
        let mut pupils = roster.pupils.iter();
        pupils.find(|p| p.source.line == line)
    };
    assert_eq!(at(19).unwrap().guardians[0].key.phone, "12800012345");
    let hinted = &at(23).unwrap().guardians[0];
    assert_eq!(hinted.relation, Relation::OtherGuardian);
    assert_eq!(hinted.relation_text, "舅妈的表弟");
    assert_eq!(at(32).unwrap().name, "顾予安");
    assert_eq!(at(42).unwrap().class.grade, 3);
    let formula = &at(46).unwrap().remark;
    assert_eq!(formula, "=HYPERLINK(\"x\")");
    assert_eq!(safe_cell(formula), "'=HYPERLINK(\"x\")");
    assert!(at(52).is_none());
    assert!(at(53).is_some());
}

#[test]
fn known_classes_decide_when_the_school_has_some() {
    let full = roster(ROSTER, "roster.xlsx");
    let known: BTreeSet<ClassKey> = full.pupils.iter().map(|p| p.class.clone()).collect();
    let read_faults = read(FAULTS, "f.csv").unwrap();
    let with = parse(&read_faults, Some(&known));
    assert_eq!(with.faults, parse(&read_faults, None).faults);
    let none = parse(&read_faults, Some(&BTreeSet::new()));
    assert!(none.pupils.is_empty());
}

#[test]
fn guardians_and_households() {
    let full = roster(ROSTER, "roster.xlsx");
    let people = guardians(&full);
    let households = households(&full);
    let pupils: usize = households.iter().map(|h| h.pupils.len()).sum();
    let persons: usize = households.iter().map(|h| h.guardians.len()).sum();
    assert_eq!((pupils, persons), (2_400, people.len()));
    assert_eq!(people.len(), 3_549);
    assert_eq!(households.len(), 1_809);
    assert_eq!(staff_parents(&full).len(), 6);
    // The family of the pictures: two sisters on two campuses.
    let key = GuardianKey { name: "李建国".to_owned(), phone: "12800000001".to_owned() };
    let father = people.iter().find(|p| p.key == key).unwrap();
    assert_eq!(father.children.len(), 2);
}

#[test]
fn remarks_are_grouped_and_nothing_else() {
    let full = roster(ROSTER, "roster.xlsx");
    let groups: Vec<(String, usize)> = remarks(&full).into_iter().map(|g| (g.text, g.count)).collect();
    let expected = [
        ("单亲", 73),
        ("父母离异，母亲直接抚养；父亲可收通知，不参与接送", 31),
        ("外祖父接送，母亲签字", 12),
        ("法院文书：父亲不得获取该生信息", 8),
        ("父母在外地，祖父监护", 8),
        ("父母在外地，祖母监护", 7),
    ];
    let expected = expected.map(|(t, n)| (t.to_owned(), n));
    assert_eq!(groups, expected);
}

#[test]
fn the_same_roster_changes_nothing() {
    let full = roster(ROSTER, "roster.xlsx");
    let (pupils, staff) = held(&full, 2026);
    let comparison = compare(&pupils, &staff, &full, 2026);
    assert_eq!(comparison.pupil_counts.unchanged, 2_400);
    assert_eq!(comparison.staff_counts.unchanged, 128);
    let again = compare(&pupils, &staff, &full, 2026);
    let json = serde_json::to_string(&comparison).unwrap();
    assert_eq!(json, serde_json::to_string(&again).unwrap());
    let back: Comparison = serde_json::from_str(&json).unwrap();
    assert_eq!(back, comparison);
    let back: Roster = serde_json::from_str(&serde_json::to_string(&full).unwrap()).unwrap();
    assert_eq!(back, full);
}

#[test]
fn the_next_year() {
    let (pupils, staff) = held(&roster(ROSTER, "roster.xlsx"), 2026);
    let next = roster(NEXT_YEAR, "roster-next-year.xlsx");
    assert_eq!(next.faults, []);
    let comparison = compare(&pupils, &staff, &next, 2027);
    // Counted independently from the two workbooks' XML by a script.
    let expected = Counts {
        new: 400,
        moved_class: 25,
        moved_and_changed: 1,
        changed: 47,
        unread: 0,
        left: 18,
        graduated: 388,
        unchanged: 1_922,
        unidentified: 0,
    };
    assert_eq!(comparison.pupil_counts, expected);
    let mut fields = comparison.pupils.iter().flat_map(|p| match &p.outcome {
        Outcome::Changed { fields } | Outcome::MovedClass { fields, .. } => fields.as_slice(),
        _ => &[],
    });
    assert!(fields.all(|change| change.field == Field::GuardianPhone));
    assert!(comparison.staff.is_empty());
    let order: Vec<_> = comparison.pupils.iter().map(|p| (p.class.clone(), p.number.clone())).collect();
    assert!(order.is_sorted());
}
