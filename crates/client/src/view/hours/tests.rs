use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use jiff::civil::date;
use xinmei_model::{
    Act, Child, DutySaid, Enrolment, FileHash, HoursAct, HoursApproval, HoursBy, HoursEntry, HoursProof,
    HoursState, OnDuty, Post, Power, PupilConsent, PupilState, PupilTake, Refusal, RoleKind, Shift, Take,
    TakeState, Term, Year,
};

use super::{
    book::make,
    day::own,
    desk::desk,
    report::report,
    roll::{roll, shifts},
};
use crate::{
    api::{Fault, hours::Roll, hours_report::ReportOf, table::Language},
    view::stage::{CLASS, EAST_CLASS, FATHER, SCHOOL, Stage, TEACHER, YUCHEN, YUTONG, at, id},
};

const SHIFT: u128 = 600;

/// Somebody took a shift that is on now, and gave it back if they are not `coming`.
fn stage(coming: bool) -> Stage {
    let stage = Stage::staff(RoleKind::Coordinator, "活动协调员", SCHOOL);
    stage.shift(SHIFT, "护学岗", ["11-23T08:00", "11-23T18:00"], 1);
    stage.put(Take {
        state: if coming { TakeState::Taken } else { TakeState::Dropped },
        ..crate::view::stage::take(SHIFT, FATHER, "李建国")
    });
    stage
}

fn came(from: &str, until: Option<&str>) -> DutySaid {
    DutySaid::Came { from: at(from).timestamp(), until: until.map(|until| at(until).timestamp()) }
}

fn marked(stage: &Stage, holds: DutySaid) {
    stage.put(OnDuty {
        id: OnDuty::of(id(SHIFT), id(FATHER)),
        shift: id(SHIFT),
        post: id(SHIFT + 1),
        person: id(FATHER),
        person_name: "李建国".into(),
        marks: Vec::new(),
        count: 1,
        holds,
        disputed: false,
    });
}

#[test]
fn of_whom_something_was_said_stays_on_the_roll_also_when_they_gave_it_back() {
    let asked = Roll { shift: id(SHIFT), find: String::new(), class: None };
    let stage = stage(false);
    assert!(stage.read(|reading| roll(reading, &asked)).people.is_empty());
    marked(&stage, came("11-23T08:00", None));
    let shown = stage.read(|reading| roll(reading, &asked)).people;
    assert_eq!(shown.iter().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["李建国"]);
}

#[test]
fn a_stay_is_as_long_as_its_entry_could_be() {
    let stage = stage(true);
    marked(&stage, came("11-22T08:00", Some("11-23T18:00")));
    let asked = Roll { shift: id(SHIFT), find: String::new(), class: None };
    assert_eq!(stage.read(|reading| roll(reading, &asked)).people[0].minutes, Some(24 * 60));
}

#[test]
fn a_shift_is_of_the_schools_day_whatever_zone_its_hours_are_written_in() {
    let stage = stage(true);
    let shift: Option<Shift> = stage.read(|reading| reading.snapshot.get(id(SHIFT)));
    let shift = shift.unwrap();
    // 05:00 of the same morning is the evening before on the other side of the Pacific.
    let there = |time: &str| at(time).in_tz("America/Los_Angeles").unwrap();
    stage.put(Shift { starts: there("11-23T05:00"), ends: there("11-23T18:00"), ..shift });
    assert!(stage.read(shifts).shifts[0].today);
}

/// The person at this computer supervises the post.
fn supervise(stage: &Stage, who: u128) {
    let post: Option<Post> = stage.read(|reading| reading.snapshot.get(id(SHIFT + 1)));
    let mut post = post.unwrap();
    post.terms.supervisor = Some(id(who));
    stage.put(post);
}

fn take(stage: &Stage) {
    stage.put(crate::view::stage::take(SHIFT, FATHER, "李建国"));
}

fn entry(stage: &Stage, number: u128, day: jiff::civil::Date, minutes: u32) {
    let by = HoursBy { person: id(TEACHER), name: "张晓梅".into(), at: at("11-20T09:00").timestamp() };
    stage.put(HoursEntry {
        id: id(number),
        person: id(FATHER),
        person_name: "李建国".into(),
        place: id(SCHOOL),
        shift: None,
        post: None,
        title: "整理图书".into(),
        programme: "“绿书签”".into(),
        day,
        minutes,
        evidence: String::new(),
        files: Vec::new(),
        corrects: None,
        reason: String::new(),
        entered: by,
        state: HoursState::Waiting,
    });
}

#[test]
fn the_supervisor_has_their_own_roll_and_no_hours() {
    let stage = Stage::teacher();
    stage.shift(SHIFT, "护学岗", ["11-23T08:00", "11-23T18:00"], 1);
    take(&stage);
    let asked = Roll { shift: id(SHIFT), find: String::new(), class: None };
    let no = Fault::Refused { refusal: Refusal::NoPower { power: Power::ManageShifts } };
    assert_eq!(stage.read(|reading| Ok(roll(reading, &asked).unwrap_err())), no);
    assert!(stage.read(shifts).shifts.is_empty());
    supervise(&stage, TEACHER);
    marked(&stage, came("11-23T08:00", Some("11-23T09:00")));
    entry(&stage, 900, date(2026, 11, 23), 60);
    let shown = stage.read(|reading| roll(reading, &asked));
    assert!(shown.shift.supervised && shown.people[0].entry.is_none());
    assert_eq!(stage.read(shifts).shifts.len(), 1);
    assert_eq!(stage.read(|reading| Ok(report(reading, None).unwrap_err())), no);
}

#[test]
fn a_volunteer_may_say_that_they_left_once_somebody_saw_them_come() {
    let stage = Stage::family();
    stage.shift(SHIFT, "护学岗", ["11-23T08:00", "11-23T11:00"], 1);
    take(&stage);
    let shown = || {
        let duty = stage.read(own).duties.remove(0);
        (duty.may_leave, duty.has_code, duty.waits.is_some())
    };
    assert_eq!(shown(), (false, false, false), "no code before the school signed it");
    marked(&stage, came("11-23T08:00", None));
    assert_eq!(shown(), (true, false, false));
    let until = at("11-23T10:20").timestamp();
    stage.wish(Act::Hours(HoursAct::CheckOut { shift: id(SHIFT), until }));
    assert_eq!(shown(), (false, false, true), "shown at once, with its honest state");
    // What is over since this morning is no matter of today.
    stage.shift(SHIFT, "护学岗", ["11-23T05:00", "11-23T07:00"], 1);
    assert!(stage.read(own).duties.is_empty());
}

fn pupil(stage: &Stage, said: DutySaid) {
    let by_name = "李建国".to_owned();
    stage.put(PupilTake {
        id: PupilTake::of(id(SHIFT), id(YUTONG)),
        shift: id(SHIFT),
        post: id(SHIFT + 1),
        child: id(YUTONG),
        child_name: "李雨桐".into(),
        tail: "0412".into(),
        class: Some(id(CLASS)),
        seq: 1,
        state: PupilState::Down,
        consent: PupilConsent { by: id(FATHER), by_name, at: at("11-20T20:00").timestamp() },
        withdrawn: None,
        entered: None,
        marks: Vec::new(),
        count: 1,
        holds: Some(said),
        disputed: false,
    });
}

#[test]
fn a_desk_finds_somebodys_hours_and_their_certificate() {
    let stage = stage(true);
    entry(&stage, 900, date(2026, 11, 20), 45);
    let found = |find: &'static str| {
        let shown = stage.read(|reading| desk(reading, find));
        (shown.waiting.len(), shown.answered.len(), shown.proofs.len())
    };
    assert_eq!(
        (found(""), found("ljg"), found(" 建国 "), found("wf")),
        ((1, 0, 0), (1, 0, 0), (1, 0, 0), (0, 0, 0))
    );
    let row: Option<HoursEntry> = stage.read(|reading| reading.snapshot.get(id(900)));
    let by = HoursBy { person: id(TEACHER), name: "何静".into(), at: at("11-21T09:00").timestamp() };
    let (previous, signature) = (FileHash::new([0; 32]), String::new());
    let approval = HoursApproval { by, seq: 1, previous, hash: previous, signature };
    stage.put(HoursEntry { state: HoursState::Approved(approval), ..row.unwrap() });
    stage.put(HoursProof {
        id: id(950),
        person: id(FATHER),
        name: "李建国".into(),
        school_name: "江畔实验小学".into(),
        from: date(2026, 9, 1),
        to: date(2026, 11, 22),
        minutes: 45,
        entries: 1,
        services: Vec::new(),
        stars: None,
        training: String::new(),
        awards: String::new(),
        evaluation: String::new(),
        issued: date(2026, 11, 22),
        by_name: Some("周敏".into()),
        signature: "signed".into(),
    });
    assert_eq!((found(""), found("ljg"), found("wf")), ((0, 1, 1), (0, 1, 1), (0, 0, 0)));
    let shown = stage.read(|reading| desk(reading, ""));
    assert_eq!((shown.proofs[0].name.as_str(), shown.year.1), ("李建国", date(2026, 11, 23)));
}

#[test]
fn the_report_is_the_same_on_the_screen_and_in_the_workbook() {
    let stage = stage(true);
    let (from, to) = (date(2026, 9, 1), date(2027, 8, 31));
    let terms = vec![
        Term { name: "2026 秋".into(), from, to: date(2027, 1, 31) },
        Term { name: "2027 春".into(), from: date(2027, 2, 1), to },
    ];
    stage.put(Year { id: id(10), begins_in: 2026, from, to, terms });
    for (child, name, class, link) in [(YUTONG, "李雨桐", CLASS, 40), (YUCHEN, "李雨辰", EAST_CLASS, 41)]
    {
        stage.child(child, name, "20240412", class);
        stage.link(link, FATHER, "李建国", child, true);
        let row: Option<Child> = stage.read(|reading| reading.snapshot.get(id(child)));
        stage.put(Child { enrolments: vec![Enrolment { class: id(class), from, to: None }], ..row.unwrap() });
    }
    marked(&stage, came("11-23T08:00", None));
    entry(&stage, 900, date(2026, 11, 20), 45);
    // A pupil who was there for an hour, of a class that a volunteer is of, too.
    pupil(&stage, came("11-23T08:00", Some("11-23T09:00")));
    // Of another year, and so of no term of this one.
    entry(&stage, 901, date(2026, 8, 20), 30);
    let view = stage.read(|reading| report(reading, None));
    let whole = view.whole;
    assert_eq!((whole.waiting, whole.approved, whole.came, whole.shifts, whole.filled), (45, 0, 1, 1, 1));
    // A family with children in two classes stands in both, and once in the whole.
    let waits: Vec<_> = view.classes.rows.iter().map(|row| row.figures.waiting).collect();
    assert_eq!((waits, view.classes.twice.waiting), (vec![45, 45], 45));
    assert!(view.by_term.rows.iter().any(|row| row.of == ReportOf::Nothing && row.figures.waiting == 30));
    let made = stage.read(|reading| make(reading, None, Language::Chinese));
    assert_eq!(made.name, "2026 秋 志愿报告 2026-11-23.xlsx");
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(made.content)).unwrap();
    assert_eq!(
        book.sheet_names(),
        ["说明", "班级", "年级", "校区", "项目", "活动", "岗位", "月份", "历学期"]
    );
    // Screen and workbook say the same of pupils: in the class they were in, beside the hours and not among them.
    assert_eq!((whole.pupils, whole.services, whole.served), (1, 1, 60));
    for (sheet, rows) in
        [("班级", &view.classes), ("岗位", &view.posts), ("项目", &view.programmes), ("月份", &view.months)]
    {
        let range = book.worksheet_range(sheet).unwrap();
        let shown: Vec<_> = range.rows().collect();
        let at = shown[0].iter().position(|head| *head == Data::String("学生（人）".into())).unwrap();
        assert_eq!(shown[0][at + 2], Data::String("学生时长（小时）".into()));
        let of = |row: &[Data]| [0, 1, 2].map(|more| row[at + more].clone());
        let said = |of: &xinmei_model::HoursFigures| {
            [f64::from(of.pupils), f64::from(of.services), f64::from(of.served) / 60.0].map(Data::Float)
        };
        for (line, row) in shown[1..].iter().zip(&rows.rows) {
            assert_eq!(of(line), said(&row.figures), "{sheet}");
        }
        assert_eq!(of(shown.last().unwrap()), said(&whole), "{sheet}");
        assert!(range.used_cells().all(|(_, _, cell)| !cell.to_string().contains("李雨桐")), "names nobody");
    }
    let classes = book.worksheet_range("班级").unwrap();
    let column = |at: usize| classes.rows().skip(1).map(|row| row[at].clone()).collect::<Vec<_>>();
    let hours = |of: &[f64]| of.iter().map(|hours| Data::Float(*hours)).collect::<Vec<_>>();
    assert_eq!(column(2), hours(&[0.75, 0.75, 0.75, 0.75]), "two classes, what is twice, the total");
    assert!(column(7).contains(&Data::Float(1.0)), "the pupil is in one of the classes");
    assert_eq!(column(0).last(), Some(&Data::String("合计".into())));
    let about = book.worksheet_range("说明").unwrap();
    let from = about.rows().find(|row| row[0] == Data::String("从".into())).map(|row| row[1].clone());
    assert!(matches!(from, Some(Data::DateTime(_))), "a day is a day: {from:?}");
}
