//! A judgement in lines that a person reads.

use std::collections::BTreeMap;

use uuid::Uuid;
use xinmei_model::Id;
use xinmei_roster::{
    ClassKey, CohortClass, Column, Fault, FaultCode, Field, FieldChange, Outcome, Severity, remarks,
};

use super::{
    held::Held,
    judge::Judged,
    shown::{ChangeLine, ChangeSort, Counts, FaultLine, Previewed, RemarkCount},
};

/// Lines of one sort; nobody reads more before confirming.
const LINES: usize = 500;

/// What the administrator is shown. `sheets`: whether lines are told apart by the names of sheets, too.
pub(super) fn previewed(id: Uuid, name: &str, sheets: bool, held: &Held, judged: &Judged) -> Previewed {
    Previewed {
        id,
        name: name.to_owned(),
        year: judged.year,
        counts: counts(judged),
        faults: judged.roster.faults.iter().map(|fault| fault_line(fault, sheets)).collect(),
        changes: changes(judged),
        remarks: waiting(held, judged),
    }
}

pub(super) fn counts(judged: &Judged) -> Counts {
    let (pupils, staff) = (judged.comparison.pupil_counts, judged.comparison.staff_counts);
    Counts {
        new: count(pupils.new),
        changed: count(pupils.changed),
        moved: count(pupils.moved_class),
        left: count(pupils.left + pupils.graduated),
        unchanged: count(pupils.unchanged),
        staff: count(staff.new + staff.changed),
        staff_left: count(staff.left),
        faulty: count(judged.roster.rejected.len()),
        unidentified: count(pupils.unidentified + staff.unidentified + judged.roster.unread_sheets()),
    }
}

fn changes(judged: &Judged) -> Vec<ChangeLine> {
    let mut lines = Vec::new();
    let mut of_sort: BTreeMap<ChangeSort, usize> = BTreeMap::new();
    let mut push = |sort: ChangeSort, name: &str, number: &str, was: String, now: String| {
        let shown = of_sort.entry(sort).or_default();
        *shown += 1;
        if *shown <= LINES {
            lines.push(ChangeLine { sort, name: name.to_owned(), number: number.to_owned(), was, now });
        }
    };
    let year = judged.year;
    for pupil in &judged.comparison.pupils {
        let class = class_name(&pupil.class, year);
        let (sort, was, now) = match &pupil.outcome {
            Outcome::New => (ChangeSort::New, String::new(), class),
            Outcome::Left { .. } => (ChangeSort::Left, class, String::new()),
            Outcome::Changed { fields } => {
                let (was, now) = before_and_after(fields);
                (ChangeSort::Changed, was, now)
            }
            Outcome::MovedClass { from, to, fields } => {
                let (was, now) = before_and_after(fields);
                let with = |class: String, more: String| {
                    if more.is_empty() { class } else { format!("{class}；{more}") }
                };
                (ChangeSort::Moved, with(class_name(from, year), was), with(class_name(to, year), now))
            }
            Outcome::Unread { .. } | Outcome::Unchanged => continue,
        };
        push(sort, &pupil.name, &pupil.number, was, now);
    }
    let rows: BTreeMap<&str, _> = judged.roster.staff.iter().map(|row| (row.number.as_str(), row)).collect();
    for staff in &judged.comparison.staff {
        let (was, now) = match &staff.outcome {
            Outcome::New => {
                let post = rows.get(staff.number.as_str()).map(|row| format!("{} {}", row.campus, row.post));
                (String::new(), post.unwrap_or_default().trim().to_owned())
            }
            Outcome::Changed { fields } => before_and_after(fields),
            Outcome::Left { .. } => (staff.name.clone(), String::new()),
            _ => continue,
        };
        push(ChangeSort::Staff, &staff.name, &staff.number, was, now);
    }
    lines
}

/// All fields of one person, each with the guardian it is about.
fn before_and_after(fields: &[FieldChange]) -> (String, String) {
    let text = |value: fn(&FieldChange) -> &Option<String>| {
        let words = fields.iter().filter_map(|field| {
            let value = value(field).as_deref()?;
            let value = match (field.field, value) {
                (Field::Sex, "male") => "男",
                (Field::Sex, "female") => "女",
                _ => value,
            };
            Some(match &field.guardian {
                Some(guardian) => format!("{guardian} {value}"),
                None => value.to_owned(),
            })
        });
        words.collect::<Vec<_>>().join("；")
    };
    (text(|field| &field.before), text(|field| &field.after))
}

/// Remarks that nobody has decided.
fn waiting(held: &Held, judged: &Judged) -> Vec<RemarkCount> {
    let decided = |number: &str, text: &str| {
        let child = held.children.get(number);
        child
            .and_then(|child| held.remark_of_wording(Id::new(child.id.uuid()), text))
            .is_some_and(|remark| remark.decided.is_some())
    };
    remarks(&judged.roster)
        .into_iter()
        .filter_map(|group| {
            let open = group.pupils.iter().filter(|number| !decided(number, &group.text)).count();
            (open > 0).then(|| RemarkCount { text: group.text.clone(), children: count(open) })
        })
        .collect()
}

/// 本部 三年级2班; a cohort that has finished is named by its year: 2020级2班.
pub(super) fn class_name(class: &CohortClass, year: i16) -> String {
    let grade = u8::try_from(class.grade(year)).ok().and_then(grade_name);
    let grade = grade.map_or_else(|| format!("{}级", class.cohort), |name| format!("{name}年级"));
    format!("{} {grade}{}班", class.campus, class.class).trim().to_owned()
}

fn grade_name(grade: u8) -> Option<&'static str> {
    ["一", "二", "三", "四", "五", "六"].get(usize::from(grade.checked_sub(1)?)).copied()
}

fn fault_line(fault: &Fault, sheets: bool) -> FaultLine {
    FaultLine {
        sheet: if sheets { fault.sheet.clone() } else { String::new() },
        line: fault.line,
        column: fault.column.map(Column::title).unwrap_or_default().to_owned(),
        code: code_of(fault),
        value: value_of(fault, sheets),
        hint: fault.severity == Severity::Hint,
    }
}

/// The roster's own code, as it is serialised.
fn code_of(fault: &Fault) -> String {
    serde_json::to_value(&fault.code)
        .ok()
        .and_then(|value| value.get("kind").and_then(|kind| kind.as_str().map(str::to_owned)))
        .unwrap_or_default()
}

fn value_of(fault: &Fault, sheets: bool) -> String {
    match &fault.code {
        FaultCode::DuplicateNumber { first_sheet, first_line, .. } => {
            let elsewhere = sheets && *first_sheet != fault.sheet;
            if elsewhere { format!("{first_sheet} {first_line}") } else { first_line.to_string() }
        }
        FaultCode::UnknownClass { campus, grade, class } => key_name(campus, *grade, *class),
        FaultCode::OwnClassAssumed { grade, class } => key_name("", *grade, *class),
        FaultCode::MissingColumns { columns } => {
            columns.iter().map(|column| column.title()).collect::<Vec<_>>().join("、")
        }
        FaultCode::TooFewColumns { found, expected } | FaultCode::ExtraCells { found, expected } => {
            format!("{found} / {expected}")
        }
        FaultCode::CellTooLong { limit } => limit.to_string(),
        FaultCode::ScientificNotation { found }
        | FaultCode::BadNumber { found }
        | FaultCode::BadPhone { found, .. }
        | FaultCode::BadGrade { found }
        | FaultCode::BadClass { found }
        | FaultCode::UnknownSex { found }
        | FaultCode::UnknownRelation { found }
        | FaultCode::UnreadTeachingClass { found } => found.clone(),
        FaultCode::NoRoster
        | FaultCode::NoHeader
        | FaultCode::HiddenSheet
        | FaultCode::LineBreak
        | FaultCode::Missing
        | FaultCode::NoGuardian
        | FaultCode::GuardianTwice => String::new(),
    }
}

fn key_name(campus: &str, grade: u8, class: u8) -> String {
    // Any year will do: the grade is given.
    let key = ClassKey { campus: campus.to_owned(), grade, class };
    class_name(&key.cohort_class(2000), 2000)
}

pub(super) fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
