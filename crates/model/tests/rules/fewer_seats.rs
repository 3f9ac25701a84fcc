//! Fewer seats, other times, and what is called off: nobody loses a seat without a word.

use xinmei_model::{
    Act, BookingState, Change, Cut, EventDraft, Refusal, Relation, Row, SessionState, losing,
};

use crate::{
    changing::change,
    world::{World, open_day::*, people::*, plans::*},
};

fn cut(families: u32) -> Option<Cut> {
    Some(Cut { reason: "改在小会议室".into(), families })
}

#[test]
fn fewer_seats_go_from_who_came_last_to_the_head_of_the_line() {
    let mut scene = scene(|_| {});
    scene.seats_are(5, None).unwrap();
    let line = scene.line(&[2, 2, 1, 1]);
    assert_eq!(scene.seats_are(3, None), Err(Refusal::SeatsHeld { used: 5 }));
    assert_eq!(scene.seats_are(3, cut(1)), Err(Refusal::AudienceChanged { seen: 1, now: 2 }));
    let empty = Some(Cut { reason: " ".into(), families: 2 });
    assert_eq!(scene.seats_are(3, empty), Err(Refusal::Malformed { field: "reason".into() }));
    scene.seats_are(3, cut(2)).unwrap();
    let states: Vec<_> = line.iter().map(|(_, id)| scene.world.state(*id)).collect();
    assert_eq!(
        states,
        [BookingState::Confirmed, BookingState::Waiting, BookingState::Waiting, BookingState::Waiting]
    );
    let told = scene.world.get(line[1].1).put_back.unwrap();
    assert_eq!((told.reason.as_str(), told.at), ("改在小会议室", scene.world.now));
    let allotment = scene.world.allotment(scene.session.uuid());
    assert_eq!(
        (allotment.seats, allotment.used, allotment.waiting),
        (3, 2, 3),
        "nobody overtakes a party of two"
    );
    // Who was put back is served before who waited all along.
    scene.seats_are(4, None).unwrap();
    assert!(matches!(scene.world.state(line[1].1), BookingState::Offered { .. }));
    assert_eq!(scene.world.get(line[1].1).put_back, None);
}

#[test]
fn an_offer_goes_before_what_was_confirmed() {
    let mut scene = scene(|_| {});
    let line = scene.line(&[1, 1, 1]);
    scene.world.does(guardian(line[0].0), &withdraw(line[0].1));
    let bookings = scene.world.bookings(scene.session);
    let lost = losing(&bookings, 1);
    assert_eq!(lost.back.iter().map(|it| it.id).collect::<Vec<_>>(), [line[2].1]);
    scene.seats_are(1, cut(1)).unwrap();
    assert_eq!(scene.world.state(line[1].1), BookingState::Confirmed);
    assert_eq!(scene.world.state(line[2].1), BookingState::Waiting);
    // Its timer belongs to an offer that is no more.
    scene.world.pass_minutes(600);
    scene.world.fire_due();
    assert_eq!(scene.world.state(line[2].1), BookingState::Waiting);
}

#[test]
fn a_party_larger_than_what_is_left_is_free_for_another_session() {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let class = world.class(2024, 2);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    let (_, sessions) = world.event(desk, &[4, 4]);
    let booking = world.signs_up(mother, sessions[0], &[child], 2);
    let act = Act::SetCapacity { session: sessions[0], capacity: 1, cut: cut(1) };
    world.does(desk.actor(), &act);
    assert_eq!(world.state(booking), BookingState::Displaced);
    assert_eq!(world.refuses(guardian(mother), &withdraw(booking)), Refusal::BookingGone);
    world.signs_up(mother, sessions[1], &[child], 2);
}

#[test]
fn nobody_loses_a_seat_in_what_has_begun_or_was_called_off() {
    let mut scene = scene(|_| {});
    scene.line(&[2]);
    let mut off = scene.clone();
    scene.world.now = at("2026-10-13T09:00").timestamp();
    assert_eq!(scene.seats_are(1, cut(1)), Err(Refusal::Started { since: at("2026-10-13T09:00") }));
    let act = Act::CancelSession { session: off.session, reason: "老师外出".into() };
    off.world.does(off.desk.actor(), &act);
    assert_eq!(off.seats_are(1, cut(1)), Err(Refusal::EventNotOpen));
}

#[test]
fn a_session_that_moves_says_from_when_and_its_families_may_leave() {
    let mut scene = scene(|_| {});
    let line = scene.line(&[2, 1]);
    scene.world.now = at("2026-10-12T21:00").timestamp();
    let late = Refusal::Closed { since: at("2026-10-12T20:00") };
    assert_eq!(scene.world.refuses(guardian(line[0].0), &withdraw(line[0].1)), late);
    let hours = [at("2026-10-13T10:20"), at("2026-10-13T11:20")];
    let moves = |event: &mut EventDraft| [event.sessions[0].starts, event.sessions[0].ends] = hours.clone();
    scene.changes_to(0, moves).unwrap();
    let session = scene.world.get(scene.session);
    let moved = session.moves[0].clone();
    assert_eq!((moved.starts, moved.at), (at("2026-10-13T09:00"), scene.world.now));
    assert_eq!(session.starts, at("2026-10-13T10:20"));
    scene.world.does(guardian(line[0].0), &withdraw(line[0].1));
    assert!(matches!(scene.world.state(line[1].1), BookingState::Offered { .. }));
}

#[test]
fn an_offer_does_not_outlive_a_start_that_came_nearer() {
    let mut scene = scene(|_| {});
    let line = scene.line(&[2, 1]);
    scene.world.does(guardian(line[0].0), &withdraw(line[0].1));
    let hours = [at("2026-10-12T09:30"), at("2026-10-12T10:00")];
    let moves = |event: &mut EventDraft| [event.sessions[0].starts, event.sessions[0].ends] = hours.clone();
    scene.changes_to(0, moves).unwrap();
    let until = at("2026-10-12T09:30").timestamp();
    assert_eq!(scene.world.state(line[1].1), BookingState::Offered { until });
    scene.world.now = until;
    scene.world.fire_due();
    assert_eq!(scene.world.state(line[1].1), BookingState::Lapsed);
}

#[test]
fn two_who_change_an_event_at_once_notice_and_what_makes_no_sense_is_refused() {
    let mut scene = scene(|_| {});
    scene.changes_to(0, |event| event.venue = "报告厅".into()).unwrap();
    let mut event = scene.world.get(scene.world.get(scene.session).event);
    assert_eq!((event.version, event.venue.as_str()), (1, "报告厅"));
    assert_eq!(event.venues.pop().map(|was| was.venue), Some("校史馆".into()));
    assert_eq!(scene.changes_to(0, |_| {}), Err(Refusal::ChangedMeanwhile));
    assert_eq!(scene.changes_to(1, |event| event.sessions[0].capacity = 9), Err(Refusal::ChangedMeanwhile));
    let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() });
    let root = scene.world.root;
    assert_eq!(scene.changes_to(1, |event| event.place = root), malformed("place"));
    let past = |event: &mut EventDraft| event.sessions[0].starts = at("2026-10-12T07:00");
    assert_eq!(scene.changes_to(1, past), malformed("sessions.starts"));
    let rule = |event: &mut EventDraft| event.seat_rule = xinmei_model::SeatRule::Everyone;
    scene.changes_to(1, rule).unwrap();
    scene.line(&[1]);
    let back = |event: &mut EventDraft| event.seat_rule = xinmei_model::SeatRule::Adults;
    assert_eq!(scene.changes_to(2, back), Err(Refusal::SeatsHeld { used: 2 }));
    scene.world.now = at("2026-10-13T09:00").timestamp();
    let later = |event: &mut EventDraft| {
        rule(event);
        event.sessions[0].ends = at("2026-10-13T12:00");
    };
    assert_eq!(scene.changes_to(2, later), Err(Refusal::Started { since: at("2026-10-13T09:00") }));
}

#[test]
fn a_session_that_is_added_opens_with_its_seats() {
    let mut scene = scene(|_| {});
    let id = scene.world.fresh();
    let changes = scene
        .changes_to(0, |event| {
            let mut session = event.sessions[0].clone();
            (session.id, session.capacity) = (id, 7);
            event.sessions.push(session);
        })
        .unwrap();
    assert!(
        changes.iter().any(|it| matches!(it, Change::Put { row: Row::Session(row), .. } if row.id == id))
    );
    assert_eq!(scene.world.allotment(id.uuid()).free(), 7);
    scene.world.signs_up(scene.mother, id, &[scene.child], 1);
}

#[test]
fn a_session_that_was_called_off_takes_nobody_promotes_nobody_and_frees_its_families() {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let class = world.class(2024, 2);
    let (_, sessions) = world.event(desk, &[1, 4]);
    let mut families = vec![];
    for name in ["雨桐", "梓轩"] {
        let child = world.child(name, class);
        let who = world.guardian(name).of(child, Relation::Mother, PARENT).id();
        families.push((who, child, world.signs_up(who, sessions[0], &[child], 1)));
    }
    let act = |reason: &str| Act::CancelSession { session: sessions[0], reason: reason.into() };
    assert_eq!(world.refuses(desk.actor(), &act(" ")), Refusal::Malformed { field: "reason".into() });
    world.does(desk.actor(), &act("老师外出"));
    let off = SessionState::Cancelled { reason: "老师外出".into(), at: world.now };
    assert_eq!(world.get(sessions[0]).state, off);
    assert_eq!(world.act(desk.actor(), &act("又一次")).unwrap(), vec![], "the first reason stands");
    world.does(guardian(families[0].0), &withdraw(families[0].2));
    assert_eq!(world.state(families[1].2), BookingState::Waiting);
    let late = world.child("一诺", class);
    let who = world.guardian("陈刚").of(late, Relation::Father, PARENT).id();
    let wish = world.wish(sessions[0], &[late], 1);
    let cancelled = Refusal::SessionCancelled { reason: "老师外出".into() };
    assert_eq!(world.refuses(guardian(who), &Act::SignUp(wish)), cancelled);
    assert_eq!(
        world.refuses(guardian(families[1].0), &change(&world, families[1].2, &[families[1].1], 2)),
        cancelled
    );
    let instead = world.signs_up(families[1].0, sessions[1], &[families[1].1], 1);
    assert_eq!(world.state(instead), BookingState::Confirmed);
}

#[test]
fn an_offer_in_what_was_called_off_is_not_said_to_have_been_missed() {
    let mut scene = scene(|_| {});
    let line = scene.line(&[2, 1]);
    scene.world.does(guardian(line[0].0), &withdraw(line[0].1));
    let act = Act::CancelSession { session: scene.session, reason: "大雨".into() };
    scene.world.does(scene.desk.actor(), &act);
    scene.world.pass_minutes(600);
    scene.world.fire_due();
    assert!(matches!(scene.world.state(line[1].1), BookingState::Offered { .. }));
}

#[test]
fn only_the_desk_changes_and_calls_off() {
    let mut scene = scene(|_| {});
    let event = scene.draft();
    let others = [guardian(scene.mother), scene.world.administrator().actor()];
    for act in
        [Act::change_event(event, 0), Act::CancelSession { session: scene.session, reason: "大雨".into() }]
    {
        for actor in others {
            let no_power = Refusal::NoPower { power: xinmei_model::Power::ManageEvents };
            assert_eq!(scene.world.refuses(actor, &act), no_power);
        }
    }
}

#[test]
fn an_offer_stays_where_a_larger_party_that_goes_makes_room_for_it() {
    let mut scene = scene(|_| {});
    scene.seats_are(8, None).unwrap();
    let line = scene.line(&[4, 4, 1, 3]);
    scene.world.does(guardian(line[1].0), &withdraw(line[1].1));
    scene.world.does(guardian(line[3].0), &accept(line[3].1));
    let offered = scene.world.get(line[2].1);
    assert!(matches!(offered.state, BookingState::Offered { .. }));
    assert_eq!(losing(&scene.world.bookings(scene.session), 5).families(), 1, "only the party of three");
    scene.seats_are(5, cut(1)).unwrap();
    assert_eq!(scene.world.get(line[2].1), offered);
    assert_eq!(scene.world.state(line[3].1), BookingState::Waiting);
}

#[test]
fn a_session_that_moves_back_has_not_moved_for_who_booked_that_time() {
    let mut scene = scene(|_| {});
    let booking = scene.line(&[1])[0].1;
    let booked = scene.world.get(booking).at;
    let first = scene.world.get(scene.session).starts;
    for (version, hour) in [(0, 10), (1, 11)] {
        scene.world.pass_minutes(5);
        let hours = [at(&format!("2026-10-13T{hour}:00")), at(&format!("2026-10-13T{hour}:30"))];
        let moves = |event: &mut EventDraft| [event.sessions[0].starts, event.sessions[0].ends] = hours;
        scene.changes_to(version, moves).unwrap();
        let session = scene.world.get(scene.session);
        assert_eq!(session.was_at(booked).map(|was| &was.starts), Some(&first));
    }
    scene.world.pass_minutes(5);
    let hours = [at("2026-10-13T09:00"), at("2026-10-13T10:00")];
    scene.changes_to(2, |event| [event.sessions[0].starts, event.sessions[0].ends] = hours).unwrap();
    assert_eq!(scene.world.get(scene.session).was_at(booked), None);
}
