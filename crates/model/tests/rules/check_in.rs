//! At the door: who is let in, once, by which gate, and on whose seats.

use xinmei_model::{
    Act, Appointing, Arrival, ArrivalMove, ArrivalState, Arriving, Booking, BookingState, CheckIn, Event,
    Feed, Gate, GateDraft, GateState, Id, List, Pass, PassState, Person, Refusal, Session, Stop,
};

use crate::world::{World, open_day::*, people::*, plans::*};

/// An open day with check-in set up, and the desk at a gate.
pub struct Door {
    pub scene: Scene,
    pub event: Id<Event>,
    pub gate: Id<Gate>,
}

impl Door {
    /// A session of so many seats, with families of these sizes, an hour before it begins.
    pub fn open(capacity: u32, sizes: &[u32]) -> (Self, Vec<(Id<Person>, Id<Booking>)>) {
        let mut scene = scene(|draft| draft.withdraw_until = at("2026-10-13T08:59"));
        scene.seats_are(capacity, None).unwrap();
        let line = scene.line(sizes);
        scene.world.now = at("2026-10-13T08:00").timestamp();
        let event = scene.world.get(scene.session).event;
        scene.world.does(scene.desk.actor(), &Act::OpenCheckIn { event });
        let gate = scene.world.gate(scene.desk, event, "北门");
        (Self { scene, event, gate }, line)
    }

    fn act(&mut self, act: &Act) -> Result<(), Refusal> {
        self.scene.world.act(self.scene.desk.actor(), act).map(|_| ())
    }

    fn arriving(&mut self, gate: Id<Gate>, booking: Option<Id<Booking>>, seats: u32, extra: u32) -> Arriving {
        let name = if booking.is_none() { "沈家".to_owned() } else { String::new() };
        Arriving {
            arrival: self.scene.world.fresh(),
            gate,
            session: self.scene.session,
            booking,
            child: None,
            name,
            seats,
            extra,
            at: self.scene.world.now,
            on_paper: false,
        }
    }

    fn comes(&mut self, booking: Id<Booking>, seats: u32) -> Id<Arrival> {
        let wish = self.arriving(self.gate, Some(booking), seats, 0);
        let id = wish.arrival;
        self.act(&Act::Arrive(wish)).unwrap();
        id
    }

    fn walks_in(&mut self, extra: u32) -> Result<(), Refusal> {
        let wish = self.arriving(self.gate, None, 0, extra);
        self.act(&Act::Arrive(wish))
    }

    fn lease(&mut self, gate: Id<Gate>, seats: u32) -> Result<(), Refusal> {
        let session = self.scene.session;
        self.act(&Act::LeaseSeats { gate, session, seats })
    }

    fn release(&mut self, families: u32) -> Result<(), Refusal> {
        let session = self.scene.session;
        self.act(&Act::ReleaseNoShows { session, families })
    }

    fn begins(&mut self) {
        self.scene.world.now = at("2026-10-13T09:10").timestamp();
    }
}

impl World {
    /// A gate opened by this hat.
    pub fn gate(&mut self, by: Staff, event: Id<Event>, name: &str) -> Id<Gate> {
        let id = self.fresh();
        self.does(by.actor(), &Act::OpenGate { gate: GateDraft { id, event, name: name.into() } });
        id
    }
}

#[test]
fn a_party_is_let_in_once_and_may_come_in_parts() {
    let (mut door, line) = Door::open(9, &[3, 2]);
    let first = door.comes(line[0].1, 1);
    door.comes(line[0].1, 2);
    let wish = door.arriving(door.gate, Some(line[0].1), 1, 0);
    let again = wish.arrival;
    door.act(&Act::Arrive(wish)).unwrap();
    let world = &door.scene.world;
    assert!(matches!(&world.get(again).state, ArrivalState::Again { gate_name, .. } if gate_name == "北门"));
    assert_eq!(world.get(first).again[0].arrival, again, "the first gate is shown the second");
    assert!(!world.get(again).counts());
}

#[test]
fn a_device_says_already_in_before_it_writes_anything_down() {
    let (mut door, line) = Door::open(9, &[2]);
    door.comes(line[0].1, 2);
    let act = Act::Arrive(door.arriving(door.gate, Some(line[0].1), 2, 0));
    let desk = door.scene.desk;
    let said = door
        .scene
        .world
        .ask_on_device_of(desk.person, |facts| xinmei_model::decide(facts, &desk.actor(), &act));
    assert!(matches!(said, Err(Stop::Refused(Refusal::AlreadyIn { .. }))), "{said:?}");
}

#[test]
fn a_device_without_a_network_decides_what_its_own_seats_allow() {
    let (mut door, line) = Door::open(4, &[2]);
    door.lease(door.gate, 9).unwrap();
    let world = &door.scene.world;
    assert_eq!(world.get(door.gate).lease(door.scene.session).seats, 2, "as many as there were");
    assert_eq!(world.allotment(door.scene.session.uuid()).open_seats(), 0);
    let desk = door.scene.desk;
    let acts = [
        Act::Arrive(door.arriving(door.gate, None, 0, 2)),
        Act::Arrive(door.arriving(door.gate, Some(line[0].1), 2, 0)),
    ];
    for act in &acts {
        let said = door
            .scene
            .world
            .ask_on_device_of(desk.person, |facts| xinmei_model::decide(facts, &desk.actor(), act));
        assert!(said.is_ok(), "{said:?}");
    }
    assert_eq!(door.walks_in(3), Err(Refusal::NoWalkInSeats { left: 2 }));
    door.walks_in(2).unwrap();
    assert_eq!(door.walks_in(1), Err(Refusal::NoWalkInSeats { left: 0 }));
    assert_eq!(door.lease(door.gate, 1), Err(Refusal::SeatsHeld { used: 2 }));
}

#[test]
fn who_waits_is_served_before_who_walks_in_until_it_begins() {
    let (mut door, line) = Door::open(3, &[2, 2]);
    assert_eq!(door.scene.world.state(line[1].1), BookingState::Waiting);
    assert_eq!(door.lease(door.gate, 1), Err(Refusal::Full));
    door.begins();
    door.lease(door.gate, 1).unwrap();
}

#[test]
fn seats_of_who_did_not_come_are_free_once_every_gate_has_heard() {
    let (mut door, line) = Door::open(4, &[2, 2]);
    let west = door.scene.world.gate(door.scene.desk, door.event, "西门");
    door.comes(line[0].1, 2);
    assert!(matches!(door.release(1), Err(Refusal::NotOpenYet { .. })));
    door.begins();
    assert_eq!(door.release(2), Err(Refusal::AudienceChanged { seen: 2, now: 1 }));
    door.release(1).unwrap();
    assert_eq!(door.scene.world.state(line[1].1), BookingState::Confirmed, "a gate may have let them in");
    assert_eq!(door.lease(west, 2), Err(Refusal::Full));
    door.act(&Act::AgreeRelease { gate: west, round: 1 }).unwrap();
    assert_eq!(door.lease(west, 2), Err(Refusal::Full));
    door.act(&Act::AgreeRelease { gate: door.gate, round: 1 }).unwrap();
    assert_eq!(door.scene.world.state(line[1].1), BookingState::Released);
    door.lease(west, 2).unwrap();
    // Who comes after that may have a seat of the gate's own, like anybody.
    let wish = door.arriving(west, Some(line[1].1), 2, 0);
    assert_eq!(door.act(&Act::Arrive(wish)), Err(Refusal::SeatReleased));
    let wish = door.arriving(west, Some(line[1].1), 0, 2);
    door.act(&Act::Arrive(wish)).unwrap();
}

#[test]
fn whoever_came_at_a_gate_that_had_not_heard_keeps_the_seat() {
    let (mut door, line) = Door::open(4, &[2, 2]);
    let west = door.scene.world.gate(door.scene.desk, door.event, "西门");
    door.begins();
    door.release(2).unwrap();
    // The north gate agreed; the west gate let them in before it had heard.
    door.act(&Act::AgreeRelease { gate: door.gate, round: 1 }).unwrap();
    let wish = door.arriving(door.gate, Some(line[0].1), 2, 0);
    assert_eq!(door.act(&Act::Arrive(wish)), Err(Refusal::SeatReleased));
    let wish = door.arriving(west, Some(line[0].1), 2, 0);
    door.act(&Act::Arrive(wish)).unwrap();
    door.act(&Act::AgreeRelease { gate: west, round: 1 }).unwrap();
    assert_eq!(door.scene.world.state(line[0].1), BookingState::Confirmed);
    assert_eq!(door.scene.world.state(line[1].1), BookingState::Released);
    assert_eq!(door.scene.world.allotment(door.scene.session.uuid()).used, 2);
}

#[test]
fn a_seat_given_back_while_gates_are_open_waits_until_they_have_heard() {
    let (mut door, line) = Door::open(2, &[2, 2]);
    door.scene.world.does(guardian(line[0].0), &withdraw(line[0].1));
    assert_eq!(door.scene.world.state(line[0].1), BookingState::Withdrawn);
    assert_eq!(door.scene.world.state(line[1].1), BookingState::Waiting);
    door.act(&Act::AgreeRelease { gate: door.gate, round: 1 }).unwrap();
    assert!(matches!(door.scene.world.state(line[1].1), BookingState::Offered { .. }));
    // Who accepts is on the list at once.
    door.scene.world.does(guardian(line[1].0), &accept(line[1].1));
    let passes: Vec<Pass> = door.scene.world.list(List::PassesOf(line[1].1));
    assert_eq!(passes.iter().map(|pass| pass.state).collect::<Vec<_>>(), [PassState::Valid]);
    door.comes(line[1].1, 2);
}

#[test]
fn what_gates_count_on_does_not_change_under_them() {
    let (mut door, line) = Door::open(4, &[2]);
    let session = door.scene.session;
    let fewer = Act::SetCapacity { session, capacity: 3, cut: None };
    assert_eq!(door.act(&fewer), Err(Refusal::GatesOpen { gates: 1 }));
    let child = door.scene.world.seats(line[0].1)[0].child;
    let change = crate::changing::change(&door.scene.world, line[0].1, &[child], 1);
    assert_eq!(door.scene.world.refuses(guardian(line[0].0), &change), Refusal::GatesOpen { gates: 1 });
    door.lease(door.gate, 2).unwrap();
    door.walks_in(1).unwrap();
    door.act(&Act::SetCapacity { session, capacity: 6, cut: None }).unwrap();
    let allotment = door.scene.world.allotment(session.uuid());
    assert_eq!((allotment.seats, allotment.lent, allotment.used), (4, 2, 2));
    door.act(&Act::CloseGate { gate: door.gate }).unwrap();
    let allotment = door.scene.world.allotment(session.uuid());
    assert_eq!((allotment.seats, allotment.lent), (5, 1), "what nobody walked in for came back");
    assert_eq!(
        door.act(&Act::SetCapacity { session, capacity: 2, cut: None }),
        Err(Refusal::SeatsHeld { used: 2 })
    );
}

#[test]
fn what_a_revoked_gate_gave_away_is_shown_and_takes_nobodys_seat() {
    let (mut door, line) = Door::open(4, &[2]);
    let west = door.scene.world.gate(door.scene.desk, door.event, "西门");
    door.lease(west, 2).unwrap();
    door.act(&Act::RevokeGate { gate: west }).unwrap();
    door.lease(door.gate, 2).unwrap();
    let wish = door.arriving(west, None, 0, 2);
    let id = wish.arrival;
    door.act(&Act::Arrive(wish)).unwrap();
    assert_eq!(door.scene.world.get(id).state, ArrivalState::Conflict);
    // A booking is good at any gate.
    let wish = door.arriving(west, Some(line[0].1), 2, 0);
    let id = wish.arrival;
    door.act(&Act::Arrive(wish)).unwrap();
    assert_eq!(door.scene.world.get(id).state, ArrivalState::In);
    assert!(matches!(door.scene.world.get(west).state, GateState::Revoked { .. }));
    assert_eq!(door.lease(west, 1), Err(Refusal::GateClosed));
}

#[test]
fn a_slip_of_the_hand_is_taken_back_and_the_second_of_two_is_then_who_came() {
    let (mut door, line) = Door::open(4, &[2]);
    let first = door.comes(line[0].1, 2);
    let wish = door.arriving(door.gate, Some(line[0].1), 2, 0);
    let second = wish.arrival;
    door.act(&Act::Arrive(wish)).unwrap();
    door.act(&Act::CorrectArrival { arrival: first, to: ArrivalMove::Undo }).unwrap();
    assert_eq!(door.scene.world.get(first).state, ArrivalState::Undone);
    assert_eq!(door.scene.world.get(second).state, ArrivalState::In);
    door.act(&Act::CorrectArrival { arrival: second, to: ArrivalMove::Left }).unwrap();
    assert!(matches!(door.scene.world.get(second).state, ArrivalState::Out { .. }));
    door.act(&Act::CorrectArrival { arrival: second, to: ArrivalMove::Back }).unwrap();
    assert_eq!(door.scene.world.get(second).state, ArrivalState::In);
    // A walk-in that was none gives its seat to the next.
    door.lease(door.gate, 1).unwrap();
    let wish = door.arriving(door.gate, None, 0, 1);
    let walk_in = wish.arrival;
    door.act(&Act::Arrive(wish)).unwrap();
    door.act(&Act::CorrectArrival { arrival: walk_in, to: ArrivalMove::Undo }).unwrap();
    door.walks_in(1).unwrap();
}

#[test]
fn only_who_was_asked_checks_in_and_the_list_leaves_with_the_task() {
    let (mut door, line) = Door::open(4, &[2]);
    let event = door.event;
    let helper = line[0].0;
    let open = |world: &mut World| {
        let id = world.fresh();
        Act::OpenGate { gate: GateDraft { id, event, name: "东门".into() } }
    };
    let act = open(&mut door.scene.world);
    assert!(matches!(door.scene.world.refuses(guardian(helper), &act), Refusal::NoPower { .. }));
    assert!(!door.scene.world.feeds_of(helper).contains(&Feed::CheckIn(event)));
    let appoint = |ends| Act::AppointSteward(Appointing { event, person: helper, ends });
    door.act(&appoint(false)).unwrap();
    assert!(door.scene.world.feeds_of(helper).contains(&Feed::CheckIn(event)));
    door.scene.world.does(guardian(helper), &act);
    let Act::OpenGate { gate } = act else { unreachable!() };
    // Nobody speaks for another's gate.
    let lease = Act::LeaseSeats { gate: gate.id, session: door.scene.session, seats: 1 };
    assert!(matches!(door.act(&lease), Err(Refusal::NotFound { .. })));
    door.scene.world.does(guardian(helper), &lease);
    let release = Act::ReleaseNoShows { session: door.scene.session, families: 1 };
    door.begins();
    assert!(matches!(door.scene.world.refuses(guardian(helper), &release), Refusal::NoPower { .. }));
    door.act(&appoint(true)).unwrap();
    assert!(!door.scene.world.feeds_of(helper).contains(&Feed::CheckIn(event)));
    // A week after the last session nobody needs the list any more.
    door.act(&appoint(false)).unwrap();
    door.scene.world.now = at("2026-10-20T10:00").timestamp();
    assert!(!door.scene.world.feeds_of(helper).contains(&Feed::CheckIn(event)));
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
    let helper = door.scene.mother;
    assert!(!door.scene.world.sees(helper, pass.id));
    assert!(!door.scene.world.sees(helper, CheckIn::of(door.event)));
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
            child: None,
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
