use std::io::Cursor;

use calamine::{Data, Range, Reader as _, Xlsx};
use jiff::civil::date;
use xinmei_model::{
    Arrival, ArrivalState, Booking, BookingState, Enrolment, Event, Heads, Id, Power, Refusal, RoleKind,
    Seat, Session, Stand, Term, Year,
};

use super::{book::make, certificate::certificate, report, term::term};
use crate::{
    api::{
        Fault,
        attendance::{Certify, ReportOf, TermId},
        table::Language,
    },
    view::{
        stage::{CLASS, EAST_CLASS, MAIN_CAMPUS, SCHOOL, Stage, YUCHEN, YUTONG, at, id},
        workbook::Made,
    },
};

const EVENT: u128 = 200;
const FIRST: u128 = 201;

fn desk() -> Stage {
    let stage = Stage::staff(RoleKind::Coordinator, "活动协调员", SCHOOL);
    afterwards(&stage);
    stage
}

/// Three children, and an open day that is over: somebody checked in at the first session, and nobody at the second.
fn afterwards(stage: &Stage) {
    let (from, to) = (date(2026, 9, 1), date(2027, 8, 31));
    let term = |name: &str, from, to| Term { name: name.into(), from, to };
    let terms = vec![
        term("2026 秋", date(2026, 9, 1), date(2027, 1, 20)),
        term("2027 春", date(2027, 2, 20), date(2027, 7, 10)),
    ];
    stage.put(Year { id: id(10), begins_in: 2026, from, to, terms });
    let (from, to) = (date(2025, 9, 1), date(2026, 8, 31));
    let terms = vec![term("2026 春", date(2026, 2, 20), date(2026, 7, 10))];
    stage.put(Year { id: id(11), begins_in: 2025, from, to, terms });
    for (child, name, class) in
        [(YUTONG, "李雨桐", CLASS), (YUCHEN, "李雨辰", EAST_CLASS), (32, "王𬭚", CLASS)]
    {
        stage.child(child, name, &child.to_string(), class);
        enrolled(stage, child, vec![Enrolment { class: id(class), from, to: None }]);
    }
    stage.event(EVENT, [0, 0]);
    for (session, day) in [(FIRST, "11-19"), (202, "11-20")] {
        let planned: Session = stage.read(|reading| Ok(reading.snapshot.get(id(session))?.unwrap()));
        let (starts, ends) = (at(&format!("{day}T09:00")), at(&format!("{day}T10:00")));
        stage.put(Session { starts, ends, ..planned });
    }
    let event: Event = stage.read(|reading| reading.event(id(EVENT)));
    stage.put(Event { programme: "家长开放日".into(), ..event });
    books(stage, 300, FIRST, &[YUTONG, YUCHEN], 2, BookingState::Confirmed);
    books(stage, 310, FIRST, &[32], 1, BookingState::Confirmed);
    books(stage, 320, 202, &[32], 1, BookingState::Confirmed);
    books(stage, 330, 202, &[YUTONG], 1, BookingState::Withdrawn);
    arrives(stage, 400, Some(300), 1, 0);
    arrives(stage, 401, None, 0, 2);
}

fn enrolled(stage: &Stage, child: u128, enrolments: Vec<Enrolment>) {
    let row: xinmei_model::Child = stage.read(|reading| Ok(reading.snapshot.get(id(child))?.unwrap()));
    stage.put(xinmei_model::Child { enrolments, ..row });
}

fn books(stage: &Stage, booking: u128, session: u128, children: &[u128], adults: u32, state: BookingState) {
    stage.booking(booking, EVENT, state);
    let row: Booking = stage.read(|reading| Ok(reading.snapshot.get(id(booking))?.unwrap()));
    let count = u32::try_from(children.len()).unwrap();
    let guardian = id(1_000 + children[0]);
    stage.put(Booking {
        session: id(session),
        guardian,
        children: count,
        adults,
        size: adults,
        ..row.clone()
    });
    for (number, child) in (1..).zip(children) {
        stage.put(Seat {
            id: id(booking + number),
            child: id(*child),
            child_name: String::new(),
            booking: row.id,
            session: id(session),
            event: row.event,
            gone: false,
        });
    }
}

fn arrives(stage: &Stage, arrival: u128, booking: Option<u128>, seats: u32, extra: u32) {
    stage.put(Arrival {
        id: id(arrival),
        event: id(EVENT),
        session: id(FIRST),
        gate: id(1),
        gate_name: "北门".into(),
        person: id(2),
        booking: booking.map(id),
        name: String::new(),
        seats,
        extra,
        at: at("11-19T09:05").timestamp(),
        on_paper: false,
        state: ArrivalState::In,
        again: Vec::new(),
    });
}

fn heads(children: u32, adults: u32) -> Heads {
    Heads { children, adults }
}

#[test]
fn the_report_says_who_came_in_the_order_of_the_tree_and_of_whom_it_is_not_known() {
    let stage = desk();
    let view = stage.read(|reading| report(reading, id(EVENT)));
    let whole = view.whole.figures;
    assert_eq!((whole.expected, whole.came, whole.absent), (heads(4, 4), heads(2, 1), heads(1, 2)));
    assert_eq!((whole.unknown, whole.withdrew, whole.walked_in), (heads(1, 1), heads(1, 1), 2));
    assert_eq!(view.whole.families, 2, "who came, and of the second session who had a seat");
    let stands: Vec<_> = view.sessions.iter().map(|session| session.stand).collect();
    assert_eq!(stands, [Stand::Checked, Stand::Unchecked]);
    assert_eq!(view.sessions[1].counted.figures.absent, heads(0, 0), "nobody checked in: nobody is absent");
    let places: Vec<_> =
        view.classes.iter().map(|row| row.place.as_ref().map(|one| (one.name.as_str(), one.grade))).collect();
    assert_eq!(places, [Some(("东校区", Some(1))), Some(("本部", Some(3))), None]);
    for rows in [&view.campuses, &view.grades, &view.classes] {
        let came: u32 = rows.iter().map(|row| row.counted.figures.there()).sum();
        assert_eq!(came, whole.there());
    }
    assert_eq!(view.classes[2].counted.figures.walked_in, 2);
    assert!(view.may_ask && view.tags == ["家长开放日"]);
}

#[test]
fn a_class_counts_as_it_was_and_is_called_as_it_was_then() {
    let stage = desk();
    // 雨桐 changed to the other campus since, and a year has gone by.
    let (then, since) = (date(2026, 11, 20), date(2026, 11, 21));
    let first = Enrolment { class: id(CLASS), from: date(2026, 9, 1), to: Some(then) };
    enrolled(&stage, YUTONG, vec![first, Enrolment { class: id(EAST_CLASS), from: since, to: None }]);
    let (from, to) = (date(2025, 9, 1), date(2026, 11, 20));
    stage.put(Year { id: id(11), begins_in: 2025, from, to, terms: Vec::new() });
    stage.put(Year { id: id(10), begins_in: 2026, from: since, to: date(2027, 8, 31), terms: Vec::new() });
    let view = stage.read(|reading| report(reading, id(EVENT)));
    let ours = view.classes.iter().find(|row| row.place.as_ref().is_some_and(|place| place.name == "本部"));
    let ours = ours.unwrap();
    assert_eq!(ours.place.as_ref().unwrap().grade, Some(2), "二年级 then, 三年级 now");
    assert_eq!(ours.counted.figures.came.children, 1);
}

#[test]
fn only_the_desk_reads_it() {
    for (kind, place) in [(RoleKind::ClassTeacher, CLASS), (RoleKind::Coordinator, MAIN_CAMPUS)] {
        let stage = Stage::staff(kind, "老师", place);
        afterwards(&stage);
        let said = stage.read(|reading| Ok(report(reading, id(EVENT)).map(drop)));
        let refusal = Refusal::NoPower { power: Power::ManageEvents };
        assert_eq!(said, Err(Fault::Refused { refusal }), "an event of the whole school is not the campus's");
    }
    let stage = Stage::teacher();
    assert!(stage.read(|reading| Ok(term(reading, None).is_err())));
}

#[test]
fn a_term_adds_up_what_has_begun_by_programme_and_place() {
    let stage = desk();
    let view = stage.read(|reading| term(reading, None));
    assert_eq!(view.term.as_ref().unwrap().name, "2026 秋");
    let names: Vec<_> = view.terms.iter().map(|term| term.name.as_str()).collect();
    assert_eq!(names, ["2026 秋", "2026 春"], "what has not begun is no report");
    assert_eq!((view.whole.events, view.whole.sessions, view.whole.capacity), (1, 2, Some(20)));
    assert_eq!((view.ahead, view.unchecked, view.called_off), (0, 1, 0));
    let tags: Vec<_> = view.programmes.iter().map(|row| row.tag.as_deref()).collect();
    assert_eq!(tags, [Some("家长开放日")]);
    assert_eq!(view.programmes[0].count, view.whole);
    // Of the east campus somebody came to one session only.
    let east = view.campuses[0].count;
    assert_eq!((east.events, east.sessions, east.capacity, east.counted.families), (1, 1, None, 1));
    // A second event without a programme, with one session in the term and one after it.
    stage.event(500, [0, 0]);
    let planned: Session = stage.read(|reading| Ok(reading.snapshot.get(id(502))?.unwrap()));
    let (starts, ends) = (at("11-22T09:00"), at("11-22T10:00"));
    stage.put(Session { starts, ends, ..planned });
    let view = stage.read(|reading| term(reading, None));
    assert_eq!((view.whole.events, view.whole.sessions, view.ahead), (2, 3, 1));
    let tags: Vec<_> = view.programmes.iter().map(|row| row.tag.as_deref()).collect();
    assert_eq!(tags, [Some("家长开放日"), None]);
    let spring = TermId { year: id(11), term: 0 };
    let view = stage.read(|reading| term(reading, Some(spring)));
    assert_eq!((view.whole.events, view.events.len()), (0, 0));
    for unknown in [1, 7] {
        let unknown = TermId { year: id(10), term: unknown };
        assert!(stage.read(|reading| Ok(term(reading, Some(unknown)).is_err())));
    }
}

fn made(stage: &Stage, of: ReportOf, language: Language) -> Made {
    stage.read(|reading| make(reading, of, language))
}

fn sheets(made: &Made) -> Vec<(String, Range<Data>)> {
    Xlsx::new(Cursor::new(made.content.clone())).unwrap().worksheets()
}

/// The sum of a column under its heading.
fn column(sheet: &Range<Data>, head: &str) -> f64 {
    let at = sheet.rows().next().unwrap().iter().position(|cell| *cell == head);
    let at = at.unwrap_or_else(|| panic!("no column {head}"));
    let number = |row: &[Data]| match &row[at] {
        Data::Float(number) => *number,
        other => panic!("{head} holds {other:?}"),
    };
    sheet.rows().skip(1).map(number).sum()
}

#[test]
fn the_workbook_of_an_event_has_a_sheet_for_each_grouping_with_numbers_that_add_up() {
    let made = made(&desk(), ReportOf::Event { event: id(EVENT) }, Language::Chinese);
    assert_eq!(made.name, "家长开放日 报告 2026-11-23.xlsx");
    let sheets = sheets(&made);
    let names: Vec<_> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["说明", "场次", "校区", "年级", "班级"]);
    for (name, sheet) in sheets.iter().skip(1) {
        let sums = ["应到孩子", "到场孩子", "到场大人", "未到大人", "未知孩子", "现场进入"]
            .map(|head| column(sheet, head));
        assert_eq!(sums, [4.0, 2.0, 1.0, 2.0, 1.0, 2.0], "{name}");
    }
    let sessions = &sheets[1].1;
    assert!(matches!(sessions.get((1, 1)), Some(Data::DateTime(_))));
    assert_eq!(sessions.get((2, 3)), Some(&Data::String("未签到".into())));
    let classes: Vec<_> = sheets[4].1.rows().map(|row| row[0].to_string()).collect();
    assert_eq!(classes, ["班级", "东校区一年级2班", "本部三年级2班", "班级不详"]);
}

#[test]
fn the_workbook_of_a_term_is_read_back_in_english() {
    let stage = desk();
    stage.shift(600, "护学岗", ["11-20T07:30", "11-20T08:00"], 1);
    let made = made(&stage, ReportOf::Term { term: None }, Language::English);
    assert_eq!(made.name, "2026 秋 Events of the term 2026-11-23.xlsx");
    let sheets = sheets(&made);
    let names: Vec<_> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["About", "Programmes", "Campuses", "Grades", "Events", "Volunteering"]);
    for (name, sheet) in sheets.iter().skip(1).take(4) {
        assert_eq!(column(sheet, "Children who came"), 2.0, "{name}");
    }
    assert_eq!(column(&sheets[1].1, "Seats"), 20.0);
    assert_eq!((column(&sheets[5].1, "Shifts"), column(&sheets[5].1, "Approved (hours)")), (1.0, 0.0));
    assert_eq!(sheets[2].1.get((1, 0)), Some(&Data::String("东校区".into())));
    assert_eq!(sheets[2].1.get((1, 3)), None.or(Some(&Data::Empty)), "a campus has no seats of its own");
}

#[test]
fn a_family_that_was_there_has_a_certificate_and_no_other() {
    let stage = Stage::family();
    afterwards(&stage);
    let asked = |booking| stage.read(|reading| Ok(certificate(reading, Certify { booking: id(booking) })));
    let paper = asked(300).unwrap();
    assert_eq!((paper.school.as_str(), paper.title.as_str()), ("江畔实验小学", "家长开放日"));
    let children: Vec<_> = paper.children.iter().map(|child| child.name.as_str()).collect();
    assert_eq!(children, ["李雨桐", "李雨辰"]);
    assert_eq!(paper.children[0].class.as_ref().unwrap().grade, Some(3));
    for other in [310, 320, 330, 999] {
        assert!(asked(other).is_err(), "{other}");
    }
    let offered = stage.read(|reading| {
        let opened = crate::view::event::open(reading, id(EVENT))?;
        Ok(opened.line.mine.iter().map(|one| (one.id, one.certificate)).collect::<Vec<(Id<Booking>, bool)>>())
    });
    assert!(offered.contains(&(id(300), true)) && offered.contains(&(id(330), false)), "{offered:?}");
}
