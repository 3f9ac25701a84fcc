//! The waitlist, case by case: who is next, how an offer ends, what is given back.

use jiff::SignedDuration;
use xinmei_model::{Act, BookingState, Due, DueKind, Refusal, Relation};

use crate::world::{open_day::*, people::*, plans::*};

#[test]
fn a_party_larger_than_the_session_does_not_hold_up_the_line_for_ever() {
    let mut scene = scene(|_| {});
    assert_eq!(scene.refused(3), Refusal::Full);
    let (who, child) = scene.family("甲");
    let booking = scene.world.signs_up(who, scene.session, &[child], 2);
    assert_eq!(scene.world.state(booking), BookingState::Confirmed);
}

#[test]
fn seats_are_not_cut_below_a_party_that_waits() {
    let mut scene = scene(|_| {});
    scene.line(&[2, 2, 1]);
    let session = scene.session;
    let set = |capacity| Act::SetCapacity { session, capacity, cut: None };
    assert_eq!(scene.world.refuses(scene.desk.actor(), &set(1)), Refusal::SeatsHeld { used: 2 });
    let held = scene.world.bookings(scene.session)[0].clone();
    // Nothing is held any more, and somebody else waits for two seats.
    let act = Act::Withdraw { booking: held.id, on_behalf_of: None };
    scene.world.does(guardian(held.guardian), &act);
    let offered = scene.world.bookings(scene.session)[1].clone();
    let (who, child) = scene.family("己");
    scene.world.signs_up(who, scene.session, &[child], 2);
    scene
        .world
        .does(guardian(offered.guardian), &Act::DeclineOffer { booking: offered.id, on_behalf_of: None });
    assert_eq!(scene.world.refuses(scene.desk.actor(), &set(1)), Refusal::PartyWaits { size: 2 });
}

#[test]
fn a_newcomer_does_not_overtake_the_line_although_a_seat_is_free() {
    let mut scene = scene(|_| {});
    let line = scene.line(&[1, 2]);
    assert_eq!(scene.world.state(line[1].1), BookingState::Waiting, "two do not fit beside one");
    let late = scene.world.signs_up(scene.mother, scene.session, &[scene.child], 1);
    assert_eq!(scene.world.state(late), BookingState::Waiting);
    scene.world.does(guardian(line[0].0), &withdraw(line[0].1));
    assert!(matches!(scene.world.state(line[1].1), BookingState::Offered { .. }));
    assert_eq!(scene.world.state(late), BookingState::Waiting);
}

#[test]
fn a_smaller_party_does_not_overtake_one_that_waits_for_more_seats() {
    let mut scene = scene(|_| {});
    let line = scene.line(&[2, 2, 1]);
    let act = |capacity| Act::SetCapacity { session: scene.session, capacity, cut: None };
    let (three, four) = (act(3), act(4));
    scene.world.does(scene.desk.actor(), &three);
    assert_eq!([1, 2].map(|i| scene.world.state(line[i].1)), [BookingState::Waiting; 2]);
    scene.world.does(scene.desk.actor(), &four);
    assert!(matches!(scene.world.state(line[1].1), BookingState::Offered { .. }));
}

#[test]
fn when_the_head_of_the_line_leaves_the_next_moves_up() {
    let mut scene = scene(|_| {});
    let line = scene.line(&[1, 2, 1]);
    assert_eq!(scene.world.state(line[2].1), BookingState::Waiting, "behind a party that does not fit");
    scene.world.does(guardian(line[1].0), &withdraw(line[1].1));
    assert!(matches!(scene.world.state(line[2].1), BookingState::Offered { .. }));
}

#[test]
fn new_seats_are_offered_at_once_to_everyone_they_suffice_for() {
    let mut scene = scene(|_| {});
    let class = scene.world.get(scene.child).class().unwrap();
    for _ in 0..62 {
        let child = scene.world.child("孩子", class);
        let who = scene.world.guardian("家长").of(child, Relation::Father, PARENT).id();
        scene.world.signs_up(who, scene.session, &[child], 1);
    }
    let act = Act::SetCapacity { session: scene.session, capacity: 61, cut: None };
    scene.world.does(scene.desk.actor(), &act);
    let allotment = scene.world.allotment(scene.session.uuid());
    assert_eq!((allotment.used, allotment.waiting), (61, 1));
}

#[test]
fn an_offer_can_be_taken_until_its_last_nanosecond() {
    for (offset, taken) in [(-NANOSECOND, true), (SignedDuration::ZERO, false)] {
        let mut scene = scene(|_| {});
        let line = scene.line(&[2, 1]);
        scene.world.does(guardian(line[0].0), &withdraw(line[0].1));
        let until = scene.world.now + SignedDuration::from_mins(60);
        assert_eq!(scene.world.state(line[1].1), BookingState::Offered { until });
        scene.world.now = until + offset;
        let answer = scene.world.act(guardian(line[1].0), &accept(line[1].1)).map(|_| ());
        assert_eq!(answer, if taken { Ok(()) } else { Err(Refusal::BookingGone) });
        scene.world.now = until;
        scene.world.fire_due();
        let expected = if taken { BookingState::Confirmed } else { BookingState::Lapsed };
        assert_eq!(scene.world.state(line[1].1), expected);
    }
}

#[test]
fn an_offer_ends_with_the_start_of_the_session() {
    let mut scene = scene(|event| {
        event.closes = at("2026-10-13T09:00");
        event.withdraw_until = at("2026-10-13T09:00");
    });
    scene.world.now = at("2026-10-13T08:30").timestamp();
    let line = scene.line(&[2, 2]);
    scene.world.does(guardian(line[0].0), &withdraw(line[0].1));
    let until = at("2026-10-13T09:00").timestamp();
    assert_eq!(scene.world.state(line[1].1), BookingState::Offered { until });
}

#[test]
fn an_offer_in_an_event_that_was_called_off_cannot_be_taken() {
    let mut scene = scene(|_| {});
    let line = scene.line(&[2, 1]);
    scene.world.does(guardian(line[0].0), &withdraw(line[0].1));
    let event = scene.world.get(scene.session).event;
    scene.world.does(scene.desk.actor(), &Act::CancelEvent { event, reason: "大雨".into() });
    assert_eq!(scene.world.refuses(guardian(line[1].0), &accept(line[1].1)), Refusal::EventNotOpen);
}

#[test]
fn a_timer_that_is_early_or_of_another_generation_leaves_the_offer_alone() {
    let mut scene = scene(|_| {});
    let line = scene.line(&[2, 1]);
    scene.world.does(guardian(line[0].0), &withdraw(line[0].1));
    let due = *scene.world.timers.values().find(|due| due.kind == DueKind::ExpireOffer).unwrap();
    assert_eq!(due.generation, scene.world.get(line[1].1).generation);
    scene.world.now = due.at - NANOSECOND;
    assert_eq!(scene.world.fire(due), vec![]);
    scene.world.now = due.at;
    let stale = Due::new(DueKind::ExpireOffer, due.subject, due.at, due.generation - 1);
    assert_eq!(scene.world.fire(stale), vec![]);
    assert!(!scene.world.fire(due).is_empty());
    assert_eq!(scene.world.fire(due), vec![]);
}

#[test]
fn an_offer_that_lapses_goes_to_the_next_in_line_and_after_the_start_to_nobody() {
    for (moment, next) in [("2026-10-12T12:00", true), ("2026-10-13T09:00", false)] {
        let mut scene = scene(|_| {});
        let line = scene.line(&[2, 2, 1]);
        scene.world.does(guardian(line[0].0), &withdraw(line[0].1));
        scene.world.now = at(moment).timestamp();
        scene.world.fire(*scene.world.timers.values().next().unwrap());
        assert_eq!(scene.world.state(line[1].1), BookingState::Lapsed);
        let offered = matches!(scene.world.state(line[2].1), BookingState::Offered { .. });
        assert_eq!(offered, next, "at {moment}");
    }
}
