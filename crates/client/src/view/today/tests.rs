use xinmei_model::{
    Act, Answer, Answering, BookingState, Draw, Event, FileHash, Given, Id, Refusal, Reply, RoleKind,
    Session, SignUp, Take,
};

use super::{coordinator, family, teacher};
use crate::{
    api::{
        desk_duty::DeskDutyKind,
        event::BookingIs,
        today::{ComingKind, Duty, DutyKind, FamilyToday},
    },
    view::stage::{SCHOOL, Stage, TEACHER, YUCHEN, YUTONG, at, id},
};

const NOTICE: u128 = 100;
const EVENT: u128 = 200;
const FIRST: u128 = 201;
const SECOND: u128 = 202;
const BOOKING: u128 = 300;

fn today(stage: &Stage) -> FamilyToday {
    stage.read(family::today)
}

fn names(duty: &Duty) -> Vec<&str> {
    duty.children.iter().map(|child| child.name.as_str()).collect()
}

fn acknowledge(child: u128) -> Act {
    Act::Answer(Answering::new(id(NOTICE), id(child), Reply::Acknowledge))
}

fn sign_up(session: u128) -> Act {
    Act::SignUp(SignUp {
        booking: id(BOOKING),
        session: id(session),
        children: vec![id(YUTONG), id(YUCHEN)],
        adults: 2,
        answers: vec![],
        others: vec![],
        on_behalf_of: None,
    })
}

fn booked(stage: &Stage, state: BookingState) {
    stage.booking(BOOKING, EVENT, state);
}

#[test]
fn one_message_names_each_child_until_each_is_answered_for() {
    let stage = Stage::family();
    stage.notice(NOTICE, SCHOOL, "周三放学改到15:40", Some("11-24T18:00"));
    let day = today(&stage);
    assert_eq!(day.duties.len(), 1);
    assert_eq!(names(&day.duties[0]), ["李雨桐", "李雨辰"], "the eldest first");

    stage.wish(acknowledge(YUTONG));
    let day = today(&stage);
    assert_eq!(names(&day.duties[0]), ["李雨辰"]);
    assert_eq!(names(&day.done[0]), ["李雨桐"], "done here, before the school knows");

    stage.wish(acknowledge(YUCHEN));
    let day = today(&stage);
    assert!(day.duties.is_empty());
    assert_eq!(names(&day.done[0]), ["李雨桐", "李雨辰"]);
}

#[test]
fn what_the_other_guardian_answered_long_ago_is_neither_due_nor_shown() {
    let stage = Stage::family();
    stage.notice(NOTICE, SCHOOL, "秋游", None);
    for child in [YUTONG, YUCHEN] {
        stage.put(Answer {
            id: xinmei_model::derived(
                "answer",
                Id::<()>::new(id::<()>(NOTICE).uuid()).uuid(),
                id::<()>(child).uuid(),
            ),
            notice: id(NOTICE),
            child: id(child),
            version: 1,
            given: Given {
                reply: Reply::Acknowledge,
                guardian: id(50),
                guardian_name: "刘芳".into(),
                relation: None,
                entered: None,
                at: at("11-10T10:00").timestamp(),
            },
            earlier: Vec::new(),
        });
    }
    let day = today(&stage);
    assert!(day.duties.is_empty() && day.done.is_empty());
}

#[test]
fn seats_that_several_sessions_share_are_left_once() {
    let stage = Stage::family();
    stage.event(EVENT, [7, 7]);
    for session in [FIRST, SECOND] {
        let found: Option<Session> = stage.read(|reading| reading.snapshot.get(id(session)));
        stage.put(Session { pool: Some(id(FIRST)), ..found.unwrap() });
    }
    let day = today(&stage);
    let DutyKind::Choose { sessions, left, .. } = &day.duties[0].what else { panic!("{:?}", day.duties) };
    assert_eq!((*sessions, *left), (2, 3));
}

#[test]
fn a_sign_up_is_called_what_it_is_and_a_refused_one_names_what_has_room() {
    let stage = Stage::family();
    stage.event(EVENT, [10, 8]);
    let day = today(&stage);
    let DutyKind::Choose { sessions, left, .. } = &day.duties[0].what else { panic!("{:?}", day.duties) };
    assert_eq!((*sessions, *left), (1, 2), "the first session is full");
    assert_eq!(day.duties[0].due, Some(at("11-23T20:00")));

    let wish = stage.wish(sign_up(FIRST));
    assert!(today(&stage).duties.is_empty(), "chosen");
    assert_eq!(state_of(&stage), BookingIs::Saved);
    stage.push();
    assert_eq!(state_of(&stage), BookingIs::Sent);

    stage.refuse(wish, Refusal::Full);
    let BookingIs::Refused { refusal: Refusal::Full, instead } = state_of(&stage) else { panic!() };
    assert_eq!(instead.iter().map(|session| session.id).collect::<Vec<_>>(), [id(SECOND)]);
    assert_eq!(today(&stage).duties.len(), 1, "to choose again");
}

fn state_of(stage: &Stage) -> BookingIs {
    let day = today(stage);
    let ComingKind::Booking { booking } = &day.coming[0].what else { panic!() };
    booking.state.clone()
}

#[test]
fn an_offer_is_a_duty_until_it_is_answered_here() {
    let stage = Stage::family();
    stage.event(EVENT, [9, 10]);
    booked(&stage, BookingState::Offered { until: at("11-23T11:30").timestamp() });
    let day = today(&stage);
    let DutyKind::Offer { booking } = &day.duties[0].what else { panic!("{:?}", day.duties) };
    assert!(booking.pending.is_none());
    assert_eq!(day.duties[0].due, Some(at("11-23T11:30")));
    // 雨辰 has not chosen yet; his duty stands after the offer.
    assert_eq!(day.duties.iter().map(names).collect::<Vec<_>>(), [["李雨桐"], ["李雨辰"]]);

    stage.wish(Act::AcceptOffer { booking: id(BOOKING), on_behalf_of: None });
    let day = today(&stage);
    assert_eq!(day.duties.len(), 1, "{:?}", day.duties);
    let ComingKind::Booking { booking } = &day.coming[0].what else { panic!() };
    assert!(matches!(booking.state, BookingIs::Offered { .. }), "never confirmed before the school says so");
    assert_eq!(booking.pending.as_ref().map(|wish| wish.act.as_str()), Some("accept-offer"));
}

#[test]
fn a_booking_given_back_here_stays_in_sight_until_the_school_has_it() {
    let stage = Stage::family();
    stage.event(EVENT, [9, 10]);
    booked(&stage, BookingState::Confirmed);
    assert_eq!(state_of(&stage), BookingIs::Confirmed);
    stage.wish(Act::Withdraw { booking: id(BOOKING), on_behalf_of: None });
    let day = today(&stage);
    let ComingKind::Booking { booking } = &day.coming[0].what else { panic!() };
    assert_eq!(booking.pending.as_ref().map(|wish| wish.act.as_str()), Some("withdraw"));
    assert!(day.clashes.is_empty());
}

#[test]
fn the_week_is_this_one_and_the_children_stand_in_it() {
    let day = today(&Stage::family());
    assert_eq!(day.week.first().map(String::as_str), Some("2026-11-23"));
    assert_eq!(day.week.len(), 5);
    let classes: Vec<_> = day.children.iter().filter_map(|child| child.class.clone()).collect();
    let said: Vec<_> = classes.iter().map(|class| (class.name.as_str(), class.grade, class.number)).collect();
    assert_eq!(said, [("本部", Some(3), Some(2)), ("东校区", Some(1), Some(2))]);
}

#[test]
fn a_draw_whose_value_is_known_waits_for_its_desk_until_it_is_done() {
    let stage = Stage::staff(RoleKind::Coordinator, "活动协调员", SCHOOL);
    stage.event(200, [0, 0]);
    let plan = Draw {
        commitment: FileHash::of(b"a secret"),
        public_value: "当天的上证指数收盘价".into(),
        decimals: 2,
        known: at("11-22T15:30"),
        rolled: None,
        drawn: None,
    };
    let with = |draw: Draw| {
        let event: Event = stage.read(|reading| reading.event(id(200)));
        stage.put(Event { draw: Some(draw), ..event });
        stage.read(coordinator::today).to_do
    };
    // Nobody knows it yet.
    assert_eq!(with(Draw { known: at("11-24T15:30"), ..plan.clone() }), []);
    let [duty] = &with(plan.clone())[..] else { panic!("no duty, or two") };
    assert_eq!((duty.event, duty.since.clone()), (id(200), at("11-22T15:30")));
    assert!(matches!(&duty.what, DeskDutyKind::Draw { public_value } if public_value.contains("上证")));
    assert_eq!(with(Draw { drawn: Some(at("11-22T16:00").timestamp()), ..plan }), []);
}

/// Staff volunteer too: what they are asked stands in their own day, in the teacher's hat and in the desk's.
#[test]
fn staff_who_are_asked_read_it_in_their_day() {
    let asked = |own: &[Duty]| {
        assert!(matches!(own[0].what, DutyKind::StillComing { .. }), "{own:?}");
        assert_eq!(own.len(), 1);
    };
    let take = Take {
        reminded: Some(at("11-22T18:00").timestamp()),
        ..crate::view::stage::take(600, TEACHER, "张晓梅")
    };
    let stage = Stage::teacher();
    stage.shift(600, "护学岗", ["11-24T07:30", "11-24T08:10"], 1);
    stage.put(take.clone());
    asked(&stage.read(teacher::today).own);
    let stage = Stage::staff(RoleKind::Coordinator, "志愿服务协调员", SCHOOL);
    assert!(stage.read(coordinator::today).own.is_empty());
    stage.shift(600, "护学岗", ["11-24T07:30", "11-24T08:10"], 1);
    stage.put(take);
    asked(&stage.read(coordinator::today).own);
}
