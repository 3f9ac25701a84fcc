use xinmei_model::{
    Act, Booking, BookingState, Course, CourseKind, CourseState, EventState, Lesson, Proxy, RoleKind, Seat,
    Session, SessionState, SignUp,
};

use super::{copy::copy, desk::desk, list, open};
use crate::{
    api::event::BookingIs,
    view::stage::{CLASS, EAST_CLASS, FATHER, SCHOOL, Stage, YUCHEN, YUTONG, at, id},
};

const EVENT: u128 = 200;
const FIRST: u128 = 201;

fn sign_up(on_behalf_of: Option<u128>) -> Act {
    Act::SignUp(SignUp {
        booking: id(300),
        session: id(FIRST),
        children: vec![id(YUTONG)],
        adults: 1,
        answers: vec![],
        others: vec![],
        on_behalf_of: on_behalf_of.map(|person| Proxy::new(id(person), "妈妈来电")),
    })
}

#[test]
fn what_concerns_the_family_stands_first_and_what_is_over_last() {
    let stage = Stage::family();
    stage.event(EVENT, [0, 0]);
    let event = stage.read(|reading| reading.event(id(EVENT)));
    let session = stage.read(|reading| reading.snapshot.get(id::<xinmei_model::Session>(FIRST))).unwrap();
    // Another campus's event that comes earlier, and one for everybody that is over.
    let elsewhere = [id(FIRST_GRADE_ELSEWHERE)];
    stage.put(xinmei_model::Event { id: id(400), eligible: elsewhere.to_vec(), ..event.clone() });
    stage.put(xinmei_model::Session {
        id: id(401),
        event: id(400),
        starts: at("11-24T09:00"),
        ends: at("11-24T10:00"),
        ..session.clone()
    });
    stage.put(xinmei_model::Event { id: id(500), ..event });
    stage.put(xinmei_model::Session {
        id: id(501),
        event: id(500),
        starts: at("11-20T09:00"),
        ends: at("11-20T10:00"),
        ..session
    });
    let events = stage.read(list);
    let order: Vec<_> = events.events.iter().map(|line| line.id).collect();
    assert_eq!(order, [id(EVENT), id(400), id(500)]);
    assert_eq!(events.events[0].eligible.len(), 2);
    assert!(events.events[1].eligible.is_empty());
    assert!(!events.may_plan && events.places.is_empty() && !events.events[0].desk);
}

/// A grade none of the family's children is in.
const FIRST_GRADE_ELSEWHERE: u128 = 77;

#[test]
fn a_session_at_the_time_of_a_shift_says_so() {
    let stage = Stage::family();
    stage.event(EVENT, [0, 0]);
    stage.shift(600, "护学岗", ["11-26T09:30", "11-26T10:30"], 0);
    stage.wish(Act::TakeShift { shift: id(600), on_behalf_of: None });
    let opened = stage.read(|reading| open(reading, id(EVENT)));
    assert!(opened.open_now);
    let clashes: Vec<_> = opened.clashes.iter().map(|clash| (clash.session, clash.with.as_str())).collect();
    assert_eq!(clashes, [(id(FIRST), "护学岗"), (id(FIRST + 1), "护学岗")]);
}

#[test]
fn the_desk_leads_with_the_child_and_shows_what_waits_here() {
    let stage = Stage::staff(RoleKind::Coordinator, "活动协调员", SCHOOL);
    stage.event(EVENT, [1, 0]);
    for (child, name, class) in [(YUTONG, "李雨桐", CLASS), (YUCHEN, "李雨辰", EAST_CLASS)] {
        stage.child(child, name, "20240412", class);
    }
    stage.link(40, FATHER, "李建国", YUTONG, true);
    stage.put(Booking {
        id: id(310),
        session: id(FIRST),
        pool: None,
        event: id(EVENT),
        guardian: id(FATHER),
        guardian_name: "李建国".into(),
        entered: None,
        children: 1,
        adults: 1,
        size: 1,
        state: BookingState::Confirmed,
        seq: 1,
        at: at("11-21T09:00").timestamp(),
        generation: 0,
        seen_by: Vec::new(),
        answers: vec![],
        put_back: None,
        wishes: vec![],
        drawn: None,
        hold: None,
        missed: false,
        released: None,
    });
    stage.put(Seat {
        id: id(311),
        child: id(YUCHEN),
        child_name: "李雨辰".into(),
        booking: id(310),
        session: id(FIRST),
        event: id(EVENT),
        gone: false,
    });
    stage.wish(sign_up(Some(FATHER)));
    let view = stage.read(|reading| desk(reading, id(EVENT)));
    assert!(view.event.line.desk);
    assert_eq!(view.bookings.len(), 2);
    assert_eq!(view.bookings[0].state, BookingIs::Confirmed);
    assert_eq!(view.bookings[0].children[0].name, "李雨辰");
    assert_eq!(view.bookings[1].state, BookingIs::Saved);
    assert_eq!(view.bookings[1].guardian.name, "李建国");
    assert_eq!(view.bookings[1].entered.as_ref().map(|entered| entered.by.as_str()), Some("张晓梅"));
}

#[test]
fn a_family_reads_that_its_event_was_called_off() {
    let stage = Stage::family();
    stage.event(EVENT, [0, 0]);
    stage.wish(sign_up(None));
    let event = stage.read(|reading| reading.event(id(EVENT)));
    stage.put(xinmei_model::Event {
        state: EventState::Cancelled { reason: "台风".into(), at: None },
        ..event
    });
    let opened = stage.read(|reading| open(reading, id(EVENT)));
    assert!(!opened.open_now);
    assert_eq!(opened.line.state, EventState::Cancelled { reason: "台风".into(), at: None });
    assert_eq!(opened.line.mine[0].state, BookingIs::Saved, "the school has not said no yet");
}

#[test]
fn what_can_still_be_had_is_worked_out_here_and_not_in_the_window() {
    let stage = Stage::family();
    stage.event(EVENT, [8, 0]);
    stage.wish(sign_up(None));
    let session = stage.read(|reading| reading.snapshot.get(id::<xinmei_model::Session>(FIRST + 1))).unwrap();
    stage.put(xinmei_model::Session { starts: at("11-23T10:00"), ends: at("11-23T11:00"), ..session });
    let opened = stage.read(|reading| open(reading, id(EVENT)));
    let seats: Vec<_> = opened.line.sessions.iter().map(|one| (one.open_seats, one.begun)).collect();
    assert!(seats.contains(&(2, false)) && seats.contains(&(0, true)), "{seats:?}");
    assert_eq!((opened.seats_left, opened.most_adults), (3, 6), "one of four seats is hoped for");
    assert!(opened.open_now && opened.line.open_now);
}

#[test]
fn a_session_for_first_timers_is_not_offered_to_a_child_who_came_before() {
    let stage = Stage::family();
    for event in [EVENT, 700] {
        stage.event(event, [0, 0]);
        let row = stage.read(|reading| reading.event(id(event)));
        stage.put(xinmei_model::Event { programme: "馆校合作".into(), ..row });
    }
    let session = |of: u128| stage.read(|reading| reading.snapshot.get(id::<Session>(of))).unwrap();
    stage.put(Session { starts: at("11-20T09:00"), ends: at("11-20T10:00"), ..session(701) });
    stage.put(Session { first_timers: true, ..session(FIRST) });
    stage.booking(710, 700, BookingState::Confirmed);
    let opened = stage.read(|reading| open(reading, id(EVENT)));
    let may = |of: u128| {
        let found = opened.may_join.iter().find(|one| one.session == id(of)).unwrap();
        found.children.contains(&id(YUTONG))
    };
    assert_eq!((may(FIRST), may(FIRST + 1)), (false, true));
}

#[test]
fn an_entry_is_in_the_draw_as_long_as_one_of_its_wishes_takes_place() {
    let stage = Stage::family();
    stage.event(EVENT, [0, 0]);
    stage.booking(300, EVENT, BookingState::Entered);
    let row: Booking = stage.read(|reading| reading.snapshot.get(id(300))).unwrap();
    stage.put(Booking { wishes: vec![id(FIRST), id(FIRST + 1)], ..row });
    let state = || stage.read(|reading| open(reading, id(EVENT))).line.mine.remove(0);
    for off in [FIRST, FIRST + 1] {
        assert_eq!((state().state, state().may_change), (BookingIs::Entered, true));
        let session = stage.read(|reading| reading.snapshot.get(id::<Session>(off))).unwrap();
        let reason = SessionState::Cancelled { reason: "台风".into(), at: at("11-23T10:00").timestamp() };
        stage.put(Session { state: reason, ..session });
    }
    assert!(matches!(state().state, BookingIs::Cancelled { .. }), "nothing is left to draw");
}

#[test]
fn a_copy_is_a_lesson_only_of_a_course_that_gets_more() {
    let stage = Stage::staff(RoleKind::Coordinator, "活动协调员", SCHOOL);
    stage.event(EVENT, [0, 0]);
    let event = stage.read(|reading| reading.event(id(EVENT)));
    let lesson = Some(Lesson { course: id(700), speakers: "周敏".into() });
    stage.put(xinmei_model::Event { lesson: lesson.clone(), ..event });
    let mut course = Course {
        id: id(700),
        place: id(SCHOOL),
        held_at: vec![id(SCHOOL)],
        title: "做智慧家长".into(),
        about: String::new(),
        programme: String::new(),
        for_whom: String::new(),
        kind: CourseKind::Parents,
        state: CourseState::Published,
        version: 1,
        by: id(1),
        at: at("09-01T09:00").timestamp(),
    };
    let copied = |stage: &Stage| stage.read(|reading| copy(reading, id(EVENT))).plan.lesson;
    stage.put(course.clone());
    assert_eq!(copied(&stage), lesson);
    course.state = CourseState::Ended;
    stage.put(course);
    assert_eq!(copied(&stage), None);
}
