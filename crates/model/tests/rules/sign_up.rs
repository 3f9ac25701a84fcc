//! Sign-up, case by case: opening hours to the nanosecond, who it is for, how a family counts, how an offer ends.

use jiff::SignedDuration;
use xinmei_model::{
    Act, BookingChange, BookingState, Child, Feed, Id, Proxy, Refusal, Relation, Right, RoleKind, SeatRule,
    SignUp, derived, limits,
};

use crate::world::{World, open_day::*, people::*, plans::*};

#[test]
fn sign_up_opens_at_its_moment_and_not_a_nanosecond_before() {
    let mut scene = scene(|_| {});
    let opens = at("2026-10-12T08:00");
    at_the_moment(&mut scene, &opens, -NANOSECOND);
    assert_eq!(scene.refused(1), Refusal::NotOpenYet { opens: opens.clone() });
    at_the_moment(&mut scene, &opens, SignedDuration::ZERO);
    scene.world.signs_up(scene.mother, scene.session, &[scene.child], 1);
}

#[test]
fn sign_up_closes_at_its_moment_and_not_a_nanosecond_before() {
    let mut scene = scene(|_| {});
    let closes = at("2026-10-12T18:00");
    at_the_moment(&mut scene, &closes, SignedDuration::ZERO);
    assert_eq!(scene.refused(1), Refusal::Closed { since: closes.clone() });
    at_the_moment(&mut scene, &closes, -NANOSECOND);
    scene.world.signs_up(scene.mother, scene.session, &[scene.child], 1);
}

#[test]
fn nobody_signs_up_once_the_session_began_even_if_sign_up_is_still_open() {
    let mut scene = scene(|event| event.closes = at("2026-10-14T18:00"));
    let starts = at("2026-10-13T09:00");
    at_the_moment(&mut scene, &starts, SignedDuration::ZERO);
    assert_eq!(scene.refused(1), Refusal::Started { since: starts.clone() });
    at_the_moment(&mut scene, &starts, -NANOSECOND);
    scene.world.signs_up(scene.mother, scene.session, &[scene.child], 1);
}

#[test]
fn a_cancelled_event_takes_nobody() {
    let mut scene = scene(|_| {});
    let event = scene.world.get(scene.session).event;
    scene.world.does(scene.desk.actor(), &Act::CancelEvent { event, reason: " 大雨 ".into() });
    assert_eq!(scene.refused(1), Refusal::EventNotOpen);
    assert!(scene.world.feeds(event).contains(&Feed::School), "everyone still sees it, with the reason");
}

#[test]
fn an_event_is_for_its_classes_grades_and_campus_only() {
    let mut world = World::school();
    let east = world.campus("东校区");
    let head_desk = world.staff("总协调", xinmei_model::RoleKind::Coordinator, world.root);
    let (two, three) = (world.class(2024, 2), world.class(2024, 3));
    let (younger, over_there) = (world.class(2025, 2), world.class_at(east, 2024, 2));
    let (campus, grade) = (world.campus, world.grade_of(two));
    let cases = [
        ("everyone on the campus", campus, vec![], [true, true, true, false]),
        ("the whole school", world.root, vec![], [true, true, true, true]),
        ("one grade", campus, vec![grade], [true, true, false, false]),
        ("one class", campus, vec![two], [true, false, false, false]),
        ("two classes", campus, vec![two, younger], [true, false, true, false]),
        ("a class of another campus", world.root, vec![over_there], [false, false, false, true]),
    ];
    for (what, place, eligible, expected) in cases {
        let (_, sessions) = world.event_with(head_desk, &[9], |event| {
            event.place = place;
            event.eligible = eligible;
        });
        for (class, expected) in [two, three, younger, over_there].into_iter().zip(expected) {
            let child = world.child("李雨桐", class);
            let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
            let wish = world.wish(sessions[0], &[child], 1);
            let answer = world.act(guardian(mother), &Act::SignUp(wish)).map(|_| ());
            let wanted = if expected { Ok(()) } else { Err(Refusal::NotEligible) };
            assert_eq!(answer, wanted, "{what}: {class}");
        }
    }
}

#[test]
fn who_takes_a_seat_follows_the_rule_of_the_event() {
    let cases = [
        (SeatRule::Adults, 2, Some(2)),
        (SeatRule::Adults, 0, None),
        (SeatRule::Children, 2, Some(1)),
        (SeatRule::Children, 0, Some(1)),
        (SeatRule::Everyone, 1, Some(2)),
        (SeatRule::Everyone, 0, Some(1)),
    ];
    for (rule, adults, expected) in cases {
        let mut scene = scene(|event| event.seat_rule = rule);
        let wish = scene.wish(adults);
        let booking = wish.booking;
        let answer = scene.world.act(guardian(scene.mother), &Act::SignUp(wish));
        match expected {
            Some(size) => assert_eq!(scene.world.get(booking).size, size, "{rule:?} with {adults}"),
            None => assert_eq!(answer, Err(Refusal::Malformed { field: "adults".into() })),
        }
        assert_eq!(scene.world.allotment(scene.session.uuid()).used, expected.unwrap_or(0));
    }
}

#[test]
fn a_full_session_without_a_waitlist_says_so_and_one_with_a_waitlist_keeps_a_place() {
    for waitlist in [false, true] {
        let mut scene = scene(|event| event.waitlist = waitlist);
        scene.line(&[1, 1]);
        let wish = scene.wish(1);
        let booking = wish.booking;
        let answer = scene.world.act(guardian(scene.mother), &Act::SignUp(wish)).map(|_| ());
        if waitlist {
            assert_eq!(scene.world.state(booking), BookingState::Waiting);
        } else {
            assert_eq!(answer, Err(Refusal::Full));
        }
    }
}

#[test]
fn the_last_seat_is_given_and_one_more_is_not() {
    let mut scene = scene(|event| event.waitlist = false);
    scene.line(&[1]);
    assert_eq!(scene.refused(2), Refusal::Full, "all of a family or none");
    scene.world.signs_up(scene.mother, scene.session, &[scene.child], 1);
    assert_eq!(scene.world.allotment(scene.session.uuid()).free(), 0);
}

#[test]
fn a_device_does_not_choose_an_id_that_is_derived() {
    let mut scene = scene(|_| {});
    let mut wish = scene.wish(1);
    // Where the seat of another child in this session will be kept.
    wish.booking = derived("seat", scene.session.uuid(), scene.child.uuid());
    let refusal = scene.world.refuses(guardian(scene.mother), &Act::SignUp(wish));
    assert_eq!(refusal, Refusal::Malformed { field: "booking".into() });
}

#[test]
fn a_child_that_is_no_longer_the_guardians_does_not_count_to_the_familys_limit() {
    let mut scene = scene(|event| event.family_limit = 1);
    let (_, other) = scene.family("前夫");
    scene.world.link(scene.mother, other, Relation::Other, PARENT);
    let father = scene.world.guardian("李建国").of(other, Relation::Father, PARENT).id();
    scene.world.signs_up(father, scene.session, &[other], 1);
    assert_eq!(scene.refused(1), Refusal::FamilyLimit { limit: 1 });
    scene.world.bar(scene.mother, other);
    scene.world.signs_up(scene.mother, scene.session, &[scene.child], 1);
}

#[test]
fn staff_give_seats_back_for_a_family_that_phones_after_the_deadline_and_stand_beside_it() {
    let mut scene = scene(|_| {});
    let class = scene.world.get(scene.child).class().unwrap();
    let teacher = scene.world.staff("张晓梅", RoleKind::ClassTeacher, class);
    let wish = SignUp { on_behalf_of: Some(Proxy::new(scene.mother, "妈妈来电")), ..scene.wish(1) };
    let booking = wish.booking;
    scene.world.does(teacher.actor(), &Act::SignUp(wish));
    assert!(scene.world.sees(teacher.person, booking), "whoever entered it sees what became of it");
    scene.world.now = at("2026-10-12T20:00").timestamp();
    let own = Act::Withdraw { booking, on_behalf_of: None };
    assert!(matches!(scene.world.refuses(guardian(scene.mother), &own), Refusal::Closed { .. }));
    let name = scene.world.get(teacher.role).person_name;
    let on_behalf_of = Some(Proxy::new(scene.mother, "感冒了"));
    scene.world.does(scene.desk.actor(), &Act::Withdraw { booking, on_behalf_of });
    let left = scene.world.get(booking);
    assert_eq!(left.state, BookingState::Withdrawn);
    let entered = left.entered.unwrap();
    assert!(entered.by != name, "who gave them back, not who booked");
    assert_eq!(entered.note, "感冒了");
}

#[test]
fn a_confirmed_booking_is_given_back_until_the_deadline_and_any_other_until_the_start() {
    let deadline = at("2026-10-12T20:00");
    let starts = at("2026-10-13T09:00");
    let closed = Err(Refusal::Closed { since: deadline.clone() });
    let started = Err(Refusal::Started { since: starts.clone() });
    let cases = [
        (&deadline, -NANOSECOND, Ok(()), Ok(())),
        (&deadline, SignedDuration::ZERO, closed.clone(), Ok(())),
        (&starts, -NANOSECOND, closed, Ok(())),
        (&starts, SignedDuration::ZERO, started.clone(), started),
    ];
    for (moment, offset, confirmed, waiting) in cases {
        let mut scene = scene(|_| {});
        let line = scene.line(&[2, 1]);
        at_the_moment(&mut scene, moment, offset);
        let waits = scene.world.act(guardian(line[1].0), &withdraw(line[1].1)).map(|_| ());
        let sits = scene.world.act(guardian(line[0].0), &withdraw(line[0].1)).map(|_| ());
        assert_eq!((sits, waits), (confirmed, waiting), "{moment} {offset:?}");
    }
}

#[test]
fn what_is_over_cannot_be_given_back_taken_or_passed_on() {
    let mut scene = scene(|_| {});
    let line = scene.line(&[2, 1]);
    let (first, second) = (guardian(line[0].0), guardian(line[1].0));
    assert_eq!(scene.world.refuses(first, &decline(line[0].1)), Refusal::BookingGone, "it is confirmed");
    assert_eq!(scene.world.refuses(second, &accept(line[1].1)), Refusal::BookingGone, "it waits");
    scene.world.does(first, &withdraw(line[0].1));
    scene.world.does(second, &decline(line[1].1));
    for (who, booking) in [(first, line[0].1), (second, line[1].1)] {
        for act in [withdraw(booking), accept(booking), decline(booking)] {
            assert_eq!(scene.world.refuses(who, &act), Refusal::BookingGone, "{act:?}");
        }
    }
}

#[test]
fn a_family_that_gave_its_seats_back_may_sign_up_again() {
    let mut scene = scene(|_| {});
    let first = scene.world.signs_up(scene.mother, scene.session, &[scene.child], 2);
    assert_eq!(scene.refused(1), Refusal::AlreadyBooked { booking: first.uuid() });
    scene.world.does(guardian(scene.mother), &withdraw(first));
    let second = scene.world.signs_up(scene.mother, scene.session, &[scene.child], 1);
    assert_eq!(scene.world.seats(second).len(), 1);
    assert_eq!(scene.world.allotment(scene.session.uuid()).used, 1);
}

#[test]
fn a_booking_and_its_seats_are_for_the_desk_and_whoever_decides_and_the_ledger_is_for_nobody() {
    let mut scene = scene(|_| {});
    let booking = scene.world.signs_up(scene.mother, scene.session, &[scene.child], 1);
    let event = scene.world.get(scene.session).event;
    let expected = [Feed::Desk(event.uuid()), Feed::ChildRight(scene.child, Right::Decide)].into();
    assert_eq!(scene.world.feeds(booking), expected);
    assert_eq!(scene.world.feeds(scene.world.seats(booking)[0].id), expected);
    let ledger = scene.world.allotment(scene.session.uuid());
    assert_eq!(scene.world.feeds(ledger.id), [].into());
}

#[test]
fn a_device_promises_nothing_that_only_the_server_knows() {
    use xinmei_model::{Stop, decide};
    let mut scene = scene(|_| {});
    let actor = guardian(scene.mother);
    let (good, bad) = (Act::SignUp(scene.wish(1)), Act::SignUp(scene.wish(0)));
    let on_device =
        |act: &Act| scene.world.ask_on_device_of(scene.mother, |facts| decide(facts, &actor, act));
    assert_eq!(on_device(&good), Err(Stop::Unknown));
    assert_eq!(on_device(&bad), Err(Refusal::Malformed { field: "adults".into() }.into()));
    let too_many = limits::ADULTS_PER_BOOKING + 1;
    let many = Act::SignUp(scene.world.clone().wish(scene.session, &[scene.child], too_many));
    let limit = limits::ADULTS_PER_BOOKING;
    let field = "adults".into();
    assert_eq!(on_device(&many), Err(Refusal::TooMany { field, limit }.into()));
}

#[test]
fn each_child_gives_a_booking_so_many_seats() {
    let mut scene = scene(|event| {
        event.sessions[0].capacity = 20;
        (event.child_seats, event.family_limit) = (Some(2), 5);
    });
    assert_eq!(scene.refused(3), Refusal::ChildSeats { limit: 2 });
    let class = scene.world.get(scene.child).class().unwrap();
    let twin = scene.world.child("李雨辰", class);
    scene.world.link(scene.mother, twin, Relation::Mother, PARENT);
    let both = scene.world.wish(scene.session, &[scene.child, twin], 4);
    let booking = both.booking;
    scene.world.does(guardian(scene.mother), &Act::SignUp(both));
    // One stays at home: as many seats go back with it.
    let change = |children: Vec<Id<Child>>, adults| {
        Act::ChangeBooking(BookingChange {
            booking,
            children,
            adults,
            answers: vec![],
            wishes: vec![],
            generation: 0,
            on_behalf_of: None,
        })
    };
    let alone = change(vec![twin], 4);
    assert_eq!(scene.world.refuses(guardian(scene.mother), &alone), Refusal::ChildSeats { limit: 2 });
    let five = change(vec![scene.child, twin], 5);
    assert_eq!(scene.world.refuses(guardian(scene.mother), &five), Refusal::ChildSeats { limit: 2 });
    // Who asks for fewer is stopped by nothing that became lower meanwhile.
    let event = scene.world.get(scene.session).event;
    scene.world.edit(event, |event| event.child_seats = Some(1));
    scene.world.does(guardian(scene.mother), &change(vec![scene.child, twin], 3));
    assert_eq!(scene.world.get(booking).size, 3);
}
