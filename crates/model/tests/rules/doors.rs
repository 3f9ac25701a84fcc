//! Who may stand at a door, when, with which list; and what opens it.

use xinmei_model::{
    Act, Appointing, ArrivalState, Arriving, Booking, BookingState, CheckIn, Feed, GateState, Id, List, Pass,
    Refusal, Session, Stop,
};

use crate::{
    check_in::Door,
    world::{World, people::*, plans::*},
};

#[test]
fn only_who_was_asked_checks_in_and_the_list_leaves_with_the_task() {
    let (mut door, _) = Door::open(4, &[2]);
    let event = door.event;
    let class = door.scene.world.get(door.scene.child).class().unwrap();
    let helper = door.scene.world.teacher("张晓梅", class);
    let act = door.opens();
    assert!(matches!(door.scene.world.refuses(helper.actor(), &act), Refusal::NoPower { .. }));
    let has_list = |door: &Door| door.scene.world.feeds_of(helper.person).contains(&Feed::CheckIn(event));
    assert!(!has_list(&door));
    let appoint = |ends| Act::AppointSteward(Appointing { event, role: helper.role, ends });
    door.act(&appoint(false)).unwrap();
    assert!(has_list(&door));
    door.scene.world.does(helper.actor(), &act);
    let Act::OpenGate { gate } = act else { unreachable!() };
    // Nobody speaks for another's gate.
    let lease = Act::LeaseSeats { gate: gate.id, session: door.scene.session, seats: 1 };
    assert!(matches!(door.act(&lease), Err(Refusal::NotFound { .. })));
    door.scene.world.does(helper.actor(), &lease);
    let release = Act::ReleaseNoShows { session: door.scene.session, families: 1 };
    door.begins();
    assert!(matches!(door.scene.world.refuses(helper.actor(), &release), Refusal::NoPower { .. }));
    // Whoever is asked no more loses the gate, and what it let in while it was cut off is not lost.
    door.act(&appoint(true)).unwrap();
    assert!(!has_list(&door));
    assert!(matches!(door.scene.world.get(gate.id).state, GateState::Revoked { .. }));
    assert_eq!(door.scene.world.allotment(door.scene.session.uuid()).lent, 0);
    let wish = door.arriving(gate.id, None, 0, 1);
    let late = wish.arrival;
    door.scene.world.does(helper.actor(), &Act::Arrive(wish));
    assert_eq!(door.scene.world.get(late).state, ArrivalState::Conflict);
    // Who works here no more has no list, whoever asked.
    door.act(&appoint(false)).unwrap();
    assert!(has_list(&door));
    let yesterday = door.scene.world.yesterday();
    door.scene.world.edit(helper.role, |role| role.to = Some(yesterday));
    assert!(!has_list(&door));
    door.scene.world.edit(helper.role, |role| role.to = None);
    // A week after the last session nobody needs the list any more.
    door.scene.world.now = at("2026-10-20T10:00").timestamp();
    assert!(!has_list(&door));
}

#[test]
fn a_gate_is_opened_for_its_day_and_does_not_stand_open_for_ever() {
    let (mut door, line) = Door::open(4, &[2, 2, 1]);
    let act = door.opens();
    for (moment, refused) in [("2026-10-13T05:59", true), ("2026-10-13T06:00", false)] {
        door.scene.world.now = at(moment).timestamp();
        let said = door.scene.world.decide(door.scene.desk.actor(), &act);
        assert_eq!(matches!(said, Err(Stop::Refused(Refusal::NotOpenYet { .. }))), refused, "{moment}");
    }
    door.scene.world.does(guardian(line[0].0), &withdraw(line[0].1));
    assert_eq!(door.scene.world.state(line[2].1), BookingState::Waiting, "the gate has not heard");
    door.scene.world.now = at("2026-10-13T13:00").timestamp();
    door.scene.world.fire_due();
    assert!(matches!(door.scene.world.get(door.gate).state, GateState::Closed { .. }));
    assert_eq!(door.scene.world.allotment(door.scene.session.uuid()).used, 2);
    // What it wrote down before it could say so stands.
    let wish = door.arriving(door.gate, Some(line[1].1), 2, 0);
    let late = wish.arrival;
    door.act(&Act::Arrive(wish)).unwrap();
    assert_eq!(door.scene.world.get(late).state, ArrivalState::In);
}

#[test]
fn the_doors_have_hours_and_paper_may_follow_for_a_week() {
    let (mut door, line) = Door::open(4, &[2, 2]);
    let moments = [("2026-10-13T05:59", false), ("2026-10-13T06:00", true), ("2026-10-20T09:59", true)];
    for (moment, may) in moments {
        door.scene.world.now = at(moment).timestamp();
        let wish = door.arriving(door.gate, Some(line[0].1), 2, 0);
        let said = door.scene.world.decide(door.scene.desk.actor(), &Act::Arrive(wish));
        assert_eq!(said.is_ok(), may, "{moment}: {said:?}");
    }
    door.scene.world.now = at("2026-10-20T10:00").timestamp();
    let wish = door.arriving(door.gate, Some(line[0].1), 2, 0);
    assert!(matches!(door.act(&Act::Arrive(wish)), Err(Refusal::Closed { .. })));
}

#[test]
fn the_list_at_the_gates_says_who_comes_and_nothing_more() {
    let (door, line) = Door::open(4, &[2]);
    let passes: Vec<Pass> = door.scene.world.list(List::PassesOfSession(door.scene.session));
    assert_eq!(passes.len(), 1);
    let pass = &passes[0];
    assert_eq!((pass.booking, pass.adults, pass.size), (line[0].1, 2, 2));
    assert_eq!(door.scene.world.feeds(pass.id), [Feed::CheckIn(door.event)].into());
    let mother = door.scene.mother;
    assert!(!door.scene.world.sees(mother, pass.id));
    assert!(!door.scene.world.sees(mother, CheckIn::of(door.event)));
}

#[test]
fn a_ticket_names_its_booking_and_nothing_else_is_one() {
    let booking: Id<Booking> = Id::new(uuid::Uuid::from_u128(0x0192_8f3a_7c1e_7a0e_9a51_0f6a_d2f3_11c4));
    let ticket = booking.ticket();
    assert_eq!(ticket.len(), 31);
    assert!(ticket.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()));
    assert_eq!(Id::of_ticket(&ticket), Some(booking));
    assert_eq!(Id::of_ticket(&format!(" {}\r\n", ticket.to_lowercase())), Some(booking));
    for at in 2..ticket.len() {
        let mut wrong: Vec<char> = ticket.chars().collect();
        wrong[at] = if wrong[at] == '0' { '1' } else { '0' };
        let wrong: String = wrong.into_iter().collect();
        assert_ne!(Id::of_ticket(&wrong), Some(booking), "{wrong}");
    }
    for other in ["", "XM", "6901234567892", "XMIIIIIIIIIIIIIIIIIIIIIIIIIIIII"] {
        assert_eq!(Id::<Booking>::of_ticket(other), None, "{other}");
    }
}

#[test]
fn a_session_is_checked_in_at_its_own_door() {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let class = world.class(2024, 2);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, xinmei_model::Relation::Mother, PARENT).id();
    let (event, sessions) = world.event(desk, &[4, 4]);
    let booking = world.signs_up(mother, sessions[1], &[child], 2);
    world.now = at("2026-10-13T08:00").timestamp();
    world.does(desk.actor(), &Act::OpenCheckIn { event });
    let gate = world.gate(desk, event, "北门");
    let arrive = |world: &mut World, session: Id<Session>| {
        Act::Arrive(Arriving {
            arrival: world.fresh(),
            gate,
            session,
            booking: Some(booking),
            name: String::new(),
            seats: 2,
            extra: 0,
            at: world.now,
            on_paper: false,
        })
    };
    let act = arrive(&mut world, sessions[0]);
    assert_eq!(world.refuses(desk.actor(), &act), Refusal::OtherSession { session: sessions[1].uuid() });
    let act = arrive(&mut world, sessions[1]);
    world.does(desk.actor(), &act);
}
