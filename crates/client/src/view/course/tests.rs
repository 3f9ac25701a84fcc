use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use jiff::civil::date;
use xinmei_model::{
    Act, Booking, BookingState, Course, CourseAct, CourseKind, CourseState, Enrolment, Event, Feed, Lesson,
    Link, Participation, ParticipationMark, Person, Power, Refusal, Relation, Right, Rights, RoleKind,
    Session, Term, Year, derived, limits,
};

use super::{attend, book::make, count::count_of_term, list, open, record};
use crate::{
    api::{
        Fault,
        course::OwnIs,
        desk_duty::{DeskDuty, DeskDutyKind},
        participation::{AttendanceView, MarkOf, RecordView},
        table::Language,
    },
    view::{
        stage::{CLASS, EAST_CLASS, FATHER, SCHOOL, Stage, YUCHEN, YUTONG, at, id},
        today::coordinator,
    },
};

const COURSE: u128 = 700;
const LESSON: u128 = 200;
const FIRST: u128 = 201;
const MOTHER: u128 = 24;

fn course(stage: &Stage, kind: CourseKind) {
    stage.put(Course {
        id: id(COURSE),
        place: id(SCHOOL),
        held_at: vec![id(SCHOOL)],
        title: "做智慧家长".into(),
        about: String::new(),
        programme: "新美家长发展中心".into(),
        for_whom: "全体家长".into(),
        kind,
        state: CourseState::Published,
        version: 1,
        by: id(1),
        at: at("09-01T09:00").timestamp(),
    });
    stage.event(LESSON, [1, 0]);
    let event: Event = stage.read(|reading| reading.event(id(LESSON)));
    let lesson = Some(Lesson { course: id(COURSE), speakers: "周敏".into() });
    stage.put(Event { lesson, programme: "新美家长发展中心".into(), ..event });
    for (session, day) in [(FIRST, "11-19"), (202, "11-20")] {
        let planned: Session = stage.read(|reading| Ok(reading.snapshot.get(id(session))?.unwrap()));
        let (starts, ends) = (at(&format!("{day}T19:00")), at(&format!("{day}T20:00")));
        stage.put(Session { starts, ends, ..planned });
    }
    stage.booking(300, LESSON, BookingState::Confirmed);
}

/// A participation as a desk's mark makes it.
fn marked(stage: &Stage, guardian: u128, child: u128, came: bool) {
    let row = serde_json::json!({
        "id": Participation::of(id(FIRST), id(guardian)), "event": id::<Event>(LESSON),
        "session": id::<Session>(FIRST), "guardian": id::<Person>(guardian), "guardian_name": "李建国",
        "child": id::<xinmei_model::Child>(child), "count": 1, "came": came,
        "marks": [{ "came": came, "by": id::<Person>(1), "by_name": "林老师", "at": "2026-11-19T12:00:00Z", "blind": false }],
    });
    stage.put(serde_json::from_value::<Participation>(row).unwrap());
}

fn attendance(stage: &Stage) -> AttendanceView {
    stage.read(|reading| attend::attendance(reading, id(FIRST), ""))
}

fn own(stage: &Stage) -> Vec<OwnIs> {
    let view = stage.read(|reading| open(reading, id(COURSE)));
    view.lessons.iter().flat_map(|lesson| &lesson.own).map(|own| own.is).collect()
}

#[test]
fn a_parent_reads_what_the_desk_said_and_nothing_is_made_up_without_it() {
    let stage = Stage::family();
    course(&stage, CourseKind::Parents);
    assert_eq!(own(&stage), [OwnIs::Unknown], "signed up, over, and nobody said");
    marked(&stage, FATHER, YUTONG, true);
    assert_eq!(own(&stage), [OwnIs::TookPart]);
    let line = &stage.read(list).courses[0];
    assert_eq!((line.took_part, line.lessons, line.held), (1, 1, 1));
    marked(&stage, FATHER, YUTONG, false);
    assert_eq!(own(&stage), [OwnIs::Missed]);
    let mine: RecordView = stage.read(record::record);
    assert_eq!((mine.took_part, mine.lessons.len()), (0, 1));
    assert!(!mine.lessons[0].came && mine.lessons[0].speakers == "周敏");
    marked(&stage, MOTHER, YUTONG, true);
    assert_eq!(stage.read(record::record).lessons.len(), 1, "it is one's own record and nobody else's");
    marked(&stage, FATHER, YUTONG, true);
    let held: Session = stage.read(|reading| Ok(reading.snapshot.get(id(FIRST))?.unwrap()));
    stage.put(Session { starts: at("12-03T19:00"), ends: at("12-03T20:00"), ..held });
    assert!(stage.read(record::record).lessons.is_empty(), "moved: it is still to come");
    assert_eq!((stage.read(list).courses[0].took_part, own(&stage)), (0, vec![]));
}

#[test]
fn a_draft_that_was_ended_is_in_no_list() {
    let stage = Stage::family();
    course(&stage, CourseKind::Parents);
    let row: Course = stage.read(|reading| Ok(reading.snapshot.get(id(COURSE))?.unwrap()));
    stage.put(Course { state: CourseState::Dropped, ..row });
    assert!(stage.read(list).courses.is_empty());
    let of = stage.read(|reading| reading.course_of(&reading.event(id(LESSON))?));
    assert_eq!(of, None);
}

#[test]
fn of_a_hall_for_everybody_the_gates_are_all_that_is_known() {
    let stage = Stage::family();
    course(&stage, CourseKind::Everybody);
    marked(&stage, FATHER, YUTONG, true);
    assert_eq!(own(&stage), [OwnIs::Unknown], "no mark of a single parent counts here");
}

fn desk() -> Stage {
    let stage = Stage::staff(RoleKind::Coordinator, "活动协调员", SCHOOL);
    let (from, to) = (date(2026, 9, 1), date(2027, 8, 31));
    let terms = vec![Term { name: "2026 秋".into(), from, to: date(2027, 1, 20) }];
    stage.put(Year { id: id(10), begins_in: 2026, from, to, terms });
    for (child, name, class) in
        [(YUTONG, "李雨桐", CLASS), (YUCHEN, "李雨辰", EAST_CLASS), (32, "王𬭚", CLASS)]
    {
        stage.child(child, name, &child.to_string(), class);
        let row: xinmei_model::Child = stage.read(|reading| Ok(reading.snapshot.get(id(child))?.unwrap()));
        let enrolments = vec![Enrolment { class: id(class), from, to: None }];
        stage.put(xinmei_model::Child { enrolments, ..row });
    }
    course(&stage, CourseKind::Parents);
    let rights = Rights::granted(&Right::ALL, from, "import");
    let link = derived("link", id::<Person>(FATHER).uuid(), id::<xinmei_model::Child>(YUTONG).uuid());
    stage.put(Link {
        id: link,
        guardian: id(FATHER),
        guardian_name: "李建国".into(),
        joined: true,
        on_paper: false,
        child: id(YUTONG),
        relation: Relation::Father,
        relation_text: None,
        rights,
        undecided: false,
        from,
        to: None,
    });
    stage.hold(&[Feed::Desk(id::<Event>(LESSON).uuid())]);
    stage
}

#[test]
fn the_desks_list_has_who_signed_up_and_marks_that_wait_here() {
    let stage = desk();
    let before = attendance(&stage);
    let one = &before.families[0].guardians[0];
    assert_eq!((before.came, before.unmarked, one.came, one.seen), (0, 1, None, 0));
    assert!(one.booked && before.may_mark);
    let marks = vec![ParticipationMark { guardian: id(FATHER), child: id(YUTONG), came: true, seen: 0 }];
    stage.wish(Act::Course(CourseAct::MarkParticipation { session: id(FIRST), marks }));
    let after = attendance(&stage);
    let one = &after.families[0].guardians[0];
    assert_eq!((after.came, after.unmarked, after.waiting, one.came), (1, 0, 1, Some(true)));
    assert_eq!(one.seen, 1, "its own word before is no second desk's");
}

#[test]
fn a_mark_that_waits_here_is_counted_once_beside_that_of_another_desk() {
    let stage = desk();
    marked(&stage, FATHER, YUTONG, true);
    let marks = vec![ParticipationMark { guardian: id(FATHER), child: id(YUTONG), came: false, seen: 0 }];
    stage.wish(Act::Course(CourseAct::MarkParticipation { session: id(FIRST), marks }));
    let seen = |stage: &Stage| attendance(stage).families[0].guardians[0].seen;
    assert_eq!(seen(&stage), 2, "one of the school's, one that waits");
}

#[test]
fn a_booker_whose_rights_ended_is_in_no_bulk() {
    let stage = desk();
    let counts = |stage: &Stage| attendance(stage).families[0].guardians[0].counts;
    assert!(counts(&stage));
    let link: Link = stage.read(|reading| {
        let links = reading.snapshot.list::<Link>(xinmei_model::List::LinksOf(id(YUTONG)))?;
        Ok(links.into_iter().next().unwrap())
    });
    stage.put(Link { rights: Rights::default(), ..link });
    assert!(!counts(&stage));
}

#[test]
fn a_press_of_more_than_an_act_holds_is_cut() {
    let of = |guardian: u128| MarkOf { guardian: id(guardian), child: id(YUTONG), came: true, seen: 0 };
    let marks: Vec<_> = (0..).map(of).take(limits::MARKS_PER_ACT + 1).collect();
    let sizes = attend::acts(id(FIRST), &marks).into_iter().map(|act| match act {
        Act::Course(CourseAct::MarkParticipation { marks, .. }) => marks.len(),
        _ => 0,
    });
    assert_eq!(sizes.collect::<Vec<_>>(), [limits::MARKS_PER_ACT, 1]);
}

#[test]
fn who_is_looked_for_and_did_not_sign_up_is_found() {
    let stage = desk();
    let found = stage.read(|reading| attend::attendance(reading, id(FIRST), "王𬭚")).found;
    assert_eq!(found.len(), 1);
    assert!(!found[0].booked);
    assert!(stage.read(|reading| attend::attendance(reading, id(FIRST), "李雨桐")).found.is_empty());
}

#[test]
fn a_guardian_has_no_list_and_no_count() {
    let stage = Stage::family();
    course(&stage, CourseKind::Parents);
    let refused = Fault::Refused { refusal: Refusal::NoPower { power: Power::ManageEvents } };
    let list = stage.read(|reading| Ok(attend::attendance(reading, id(FIRST), "").unwrap_err()));
    assert_eq!(list, refused);
    assert_eq!(stage.read(|reading| Ok(count_of_term(reading, None).unwrap_err())), refused);
}

#[test]
fn the_count_is_the_same_on_the_screen_and_in_the_workbook() {
    let stage = desk();
    let second: Booking = stage.read(|reading| Ok(reading.snapshot.get(id(300))?.unwrap()));
    stage.put(Booking { id: id(310), session: id(202), guardian: id(MOTHER), ..second });
    marked(&stage, FATHER, YUTONG, true);
    let view = stage.read(|reading| count_of_term(reading, None));
    let of = view.whole.figures;
    assert_eq!((view.whole.sessions, view.whole.unrecorded), (2, 1));
    assert_eq!((of.times, of.parents, of.children, of.reached, of.unknown), (1, 1, 3, 1, 1));
    let sum: u32 = view.classes.iter().map(|row| row.figures.children).sum();
    assert_eq!(sum, of.children);
    let made = stage.read(|reading| make(reading, None, Language::Chinese));
    assert_eq!(made.name, "2026 秋 家长课程统计 2026-11-23.xlsx");
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(made.content)).unwrap();
    assert_eq!(book.sheet_names(), ["说明", "项目", "课程", "校区", "年级", "班级", "课次"]);
    let about = book.worksheet_range("说明").unwrap();
    let of =
        |head: &str| about.rows().find(|row| row[0] == Data::String(head.into())).map(|row| row[1].clone());
    assert_eq!(of("参加人次"), Some(Data::Float(1.0)));
    assert_eq!(of("覆盖率（%）"), Some(Data::Float(33.3)));
    assert_eq!(book.worksheet_range("课次").unwrap().height(), 3);
}

#[test]
fn a_lesson_that_is_over_waits_on_today_until_its_roll_is_marked() {
    let stage = desk();
    let waits = || {
        let duties = stage.read(coordinator::today).to_do;
        let roll = |duty: DeskDuty| match duty.what {
            DeskDutyKind::Roll { session, families, .. } => (session, families),
            other @ DeskDutyKind::Draw { .. } => panic!("{other:?}"),
        };
        duties.into_iter().map(roll).collect::<Vec<_>>()
    };
    assert_eq!(waits(), [(id(FIRST), 1)]);
    let marks = vec![ParticipationMark { guardian: id(FATHER), child: id(YUTONG), came: false, seen: 0 }];
    stage.wish(Act::Course(CourseAct::MarkParticipation { session: id(FIRST), marks }));
    assert_eq!(waits(), [], "marked here is marked, also without a network");
}
