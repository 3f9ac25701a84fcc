//! At the door: who is let in, once, by which gate, and on whose seats.

use xinmei_model::{
    Act, Arrival, ArrivalMove, ArrivalState, Arriving, Booking, BookingState, Event, Gate, GateDraft,
    GateState, Id, List, Pass, PassState, Person, Refusal, Stop,
};

use crate::world::{World, open_day::*, people::*, plans::*};

/// Families in line, each with its booking.
pub type Line = Vec<(Id<Person>, Id<Booking>)>;

/// An open day with check-in set up, and the desk at a gate.
pub struct Door {
    pub scene: Scene,
    pub event: Id<Event>,
    pub gate: Id<Gate>,
}

impl Door {
    /// A session of so many seats, with families of these sizes, an hour before it begins.
    pub fn open(capacity: u32, sizes: &[u32]) -> (Self, Line) {
        let mut scene = scene(|draft| draft.withdraw_until = at("2026-10-13T08:59"));
        scene.seats_are(capacity, None).unwrap();
        let line = scene.line(sizes);
        scene.world.now = at("2026-10-13T08:00").timestamp();
        let event = scene.world.get(scene.session).event;
        scene.world.does(scene.desk.actor(), &Act::OpenCheckIn { event });
        let gate = scene.world.gate(scene.desk, event, "北门");
        (Self { scene, event, gate }, line)
    }

    pub fn act(&mut self, act: &Act) -> Result<(), Refusal> {
        self.scene.world.act(self.scene.desk.actor(), act).map(|_| ())
    }

    pub fn arriving(
        &mut self,
        gate: Id<Gate>,
        booking: Option<Id<Booking>>,
        seats: u32,
        extra: u32,
    ) -> Arriving {
        let name = if booking.is_none() { "沈家".to_owned() } else { String::new() };
        Arriving {
            arrival: self.scene.world.fresh(),
            gate,
            session: self.scene.session,
            booking,
            name,
            seats,
            extra,
            at: self.scene.world.now,
            on_paper: false,
        }
    }

    pub fn comes(&mut self, booking: Id<Booking>, seats: u32) -> Id<Arrival> {
        let wish = self.arriving(self.gate, Some(booking), seats, 0);
        let id = wish.arrival;
        self.act(&Act::Arrive(wish)).unwrap();
        id
    }

    pub fn walks_in(&mut self, extra: u32) -> Result<(), Refusal> {
        let wish = self.arriving(self.gate, None, 0, extra);
        self.act(&Act::Arrive(wish))
    }

    pub fn lease(&mut self, gate: Id<Gate>, seats: u32) -> Result<(), Refusal> {
        let session = self.scene.session;
        self.act(&Act::LeaseSeats { gate, session, seats })
    }

    pub fn release(&mut self, families: u32) -> Result<(), Refusal> {
        let session = self.scene.session;
        self.act(&Act::ReleaseNoShows { session, families })
    }

    pub fn opens(&mut self) -> Act {
        let id = self.scene.world.fresh();
        Act::OpenGate { gate: GateDraft { id, event: self.event, name: "东门".into() } }
    }

    pub fn begins(&mut self) {
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
fn who_is_inside_keeps_the_seat() {
    let (mut door, line) = Door::open(4, &[2, 2, 1]);
    door.comes(line[0].1, 1);
    let (family, booking) = line[0];
    assert!(matches!(
        door.scene.world.refuses(guardian(family), &withdraw(booking)),
        Refusal::AlreadyIn { .. }
    ));
    door.act(&Act::CloseGate { gate: door.gate }).unwrap();
    let child = door.scene.world.seats(booking)[0].child;
    let fewer = crate::changing::change(&door.scene.world, booking, &[child], 1);
    assert!(matches!(door.scene.world.refuses(guardian(family), &fewer), Refusal::AlreadyIn { .. }));
    let cut = Some(xinmei_model::Cut { reason: "换小会议室".into(), families: 2 });
    assert!(matches!(door.scene.seats_are(1, cut), Err(Refusal::AlreadyIn { .. })));
}

#[test]
fn a_child_who_left_the_booking_brings_no_seats_back() {
    let mut scene = scene(|draft| {
        draft.seat_rule = xinmei_model::SeatRule::Children;
        draft.withdraw_until = at("2026-10-13T08:59");
    });
    let class = scene.world.get(scene.child).class().unwrap();
    let sister = scene.world.child("李雨欣", class);
    scene.world.link(scene.mother, sister, xinmei_model::Relation::Mother, PARENT);
    let booking = scene.world.signs_up(scene.mother, scene.session, &[scene.child, sister], 0);
    let event = scene.world.get(scene.session).event;
    scene.world.now = at("2026-10-13T08:00").timestamp();
    scene.world.does(scene.desk.actor(), &Act::OpenCheckIn { event });
    let alone = crate::changing::change(&scene.world, booking, &[scene.child], 0);
    scene.world.does(guardian(scene.mother), &alone);
    let gate = scene.world.gate(scene.desk, event, "北门");
    let mut door = Door { scene, event, gate };
    door.begins();
    door.release(1).unwrap();
    let wish = door.arriving(gate, Some(booking), 2, 0);
    let said = door.act(&Act::Arrive(wish));
    assert_eq!(said, Err(Refusal::Malformed { field: "seats".into() }), "one of them comes");
    door.act(&Act::AgreeRelease { gate, round: 1 }).unwrap();
    assert_eq!(door.scene.world.allotment(door.scene.session.uuid()).used, 0);
    let gone = door.scene.world.list::<Pass>(List::PassesOf(booking));
    assert!(gone.iter().any(|pass| pass.child == sister && pass.state == PassState::Gone));
}

#[test]
fn whoever_comes_on_a_gates_own_seats_takes_nothing_back() {
    let (mut door, line) = Door::open(6, &[2, 2]);
    let west = door.scene.world.gate(door.scene.desk, door.event, "西门");
    door.lease(door.gate, 2).unwrap();
    door.begins();
    door.release(2).unwrap();
    door.act(&Act::AgreeRelease { gate: door.gate, round: 1 }).unwrap();
    let wish = door.arriving(door.gate, Some(line[0].1), 0, 2);
    door.act(&Act::Arrive(wish)).unwrap();
    door.act(&Act::AgreeRelease { gate: west, round: 1 }).unwrap();
    assert_eq!(door.scene.world.state(line[0].1), BookingState::Released, "they sit on the gate's seats");
    assert_eq!(door.scene.world.allotment(door.scene.session.uuid()).used, 0);
}

#[test]
fn a_family_that_gave_back_and_comes_all_the_same_has_its_booking_again() {
    let (mut door, line) = Door::open(4, &[2, 2]);
    door.scene.world.does(guardian(line[0].0), &withdraw(line[0].1));
    door.comes(line[0].1, 2);
    assert_eq!(door.scene.world.state(line[0].1), BookingState::Confirmed);
    door.act(&Act::AgreeRelease { gate: door.gate, round: 1 }).unwrap();
    assert_eq!(door.scene.world.allotment(door.scene.session.uuid()).used, 4);
}
