//! Seats that several sessions share.

use xinmei_model::{
    Act, Allotment, Booking, BookingState, Cut, DrawDraft, DueKind, EventDraft, GateDraft, HeldFor, Hold, Id,
    Person, Refusal, Relation, Secret, Session,
};

use crate::world::{World, people::*, plans::*};

/// Morning, noon and afternoon share `seats`; each family has one child.
struct Scene {
    world: World,
    desk: Staff,
    sessions: Vec<Id<Session>>,
}

fn share(event: &mut EventDraft) {
    let first = event.sessions[0].id;
    event.sessions.iter_mut().for_each(|session| session.pool = Some(first));
}

fn scene(seats: u32) -> Scene {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let (_, sessions) = world.event_with(desk, &[seats; 3], share);
    Scene { world, desk, sessions }
}

impl Scene {
    fn comes(&mut self, name: &str, session: usize, adults: u32) -> (Id<Person>, Id<Booking>) {
        let class = self.world.class(2024, 2);
        let child = self.world.child(&format!("{name}的孩子"), class);
        let who = self.world.guardian(name).of(child, Relation::Father, PARENT).id();
        (who, self.world.signs_up(who, self.sessions[session], &[child], adults))
    }

    fn shared(&self) -> Allotment {
        self.world.allotment(self.sessions[0].uuid())
    }

    /// Seats, given, and waiting.
    fn counts(&self) -> (u32, u32, u32) {
        let shared = self.shared();
        (shared.seats, shared.used, shared.waiting)
    }

    fn is_offered(&self, booking: Id<Booking>) -> bool {
        matches!(self.world.state(booking), BookingState::Offered { .. })
    }

    fn seats_are(&mut self, session: usize, capacity: u32, cut: Option<Cut>) -> Result<(), Refusal> {
        let act = Act::SetCapacity { session: self.sessions[session], capacity, cut };
        self.world.act(self.desk.actor(), &act).map(drop)
    }
}

#[test]
fn seats_are_those_of_all_together_and_the_line_is_one() {
    let mut scene = scene(4);
    let (who, first) = scene.comes("甲", 0, 2);
    scene.comes("乙", 1, 2);
    assert_eq!(scene.counts(), (4, 4, 0));
    let (_, third) = scene.comes("丙", 2, 1);
    let (_, fourth) = scene.comes("丁", 0, 1);
    assert_eq!(scene.world.state(third), BookingState::Waiting);
    assert_eq!(scene.counts(), (4, 4, 2));
    assert!(scene.world.get(third).seq < scene.world.get(fourth).seq, "one order for all of them");
    scene.world.does(guardian(who), &withdraw(first));
    assert!(scene.is_offered(third) && scene.is_offered(fourth), "whatever session they wait for");
    assert_eq!(scene.counts(), (4, 4, 0));
    let rows = scene.world.all::<Allotment>();
    assert_eq!(rows.len(), 1, "what is shared is counted once");
}

#[test]
fn who_waits_for_what_has_begun_stands_in_nobodys_way() {
    let mut scene = scene(3);
    scene.comes("甲", 0, 2);
    let (_, late) = scene.comes("丙", 0, 2);
    let (_, noon) = scene.comes("丁", 1, 1);
    // Two are waited for, one is free.
    assert_eq!(
        (scene.world.state(late), scene.world.state(noon)),
        (BookingState::Waiting, BookingState::Waiting)
    );
    scene.world.now = at("2026-10-13T09:00").timestamp();
    // Whoever is late with a timer loses nothing: it is judged by the clock, and as often as it fires.
    let due: Vec<_> =
        scene.world.timers.values().filter(|due| due.kind == DueKind::PassPool).copied().collect();
    assert_eq!(due.len(), 3, "each session begins");
    for due in due {
        scene.world.fire(due);
        assert!(scene.world.fire(due).is_empty(), "twice is once");
    }
    assert_eq!(scene.world.state(late), BookingState::Waiting, "nobody is promoted once it has begun");
    assert!(scene.is_offered(noon));
    let BookingState::Offered { until } = scene.world.state(noon) else { panic!("offered") };
    assert!(until <= at("2026-10-13T10:00").timestamp(), "an offer ends with the start of its own session");
    assert_eq!(scene.counts(), (3, 3, 0));
}

#[test]
fn what_is_called_off_leaves_its_seats_to_the_others() {
    let mut scene = scene(4);
    let (who, first) = scene.comes("甲", 0, 3);
    scene.comes("乙", 1, 1);
    let (_, gone) = scene.comes("己", 0, 1);
    let (_, noon) = scene.comes("丙", 1, 2);
    let act = Act::CancelSession { session: scene.sessions[0], reason: "老师外出".into() };
    scene.world.does(scene.desk.actor(), &act);
    assert!(scene.is_offered(noon), "past who waits for what was called off");
    assert_eq!(scene.counts(), (4, 3, 0));
    // What is read of it stays as it was, and leaving it frees nothing twice.
    assert_eq!(scene.world.state(first), BookingState::Confirmed);
    scene.world.does(guardian(who), &withdraw(first));
    assert_eq!(scene.world.state(gone), BookingState::Waiting);
    assert_eq!(scene.counts(), (4, 3, 0));
    let (_, last) = scene.comes("戊", 2, 1);
    assert_eq!(scene.world.state(last), BookingState::Confirmed);
}

#[test]
fn fewer_are_fewer_for_all_and_cost_who_came_last() {
    let mut scene = scene(4);
    scene.comes("甲", 0, 2);
    let (_, second) = scene.comes("乙", 1, 1);
    let (_, third) = scene.comes("丙", 2, 1);
    assert_eq!(scene.seats_are(2, 2, None), Err(Refusal::SeatsHeld { used: 4 }));
    let cut = Cut { reason: "材料不够".into(), families: 2 };
    scene.seats_are(2, 2, Some(cut)).unwrap();
    assert_eq!([second, third].map(|it| scene.world.state(it)), [BookingState::Waiting; 2]);
    let seats: Vec<_> = scene.sessions.iter().map(|session| scene.world.get(*session).capacity).collect();
    assert_eq!((seats, scene.counts()), (vec![2; 3], (2, 2, 2)));
    scene.seats_are(1, 3, None).unwrap();
    assert!(scene.is_offered(second) && !scene.is_offered(third));
    // Once the first has begun nobody loses a seat any more.
    scene.world.now = at("2026-10-13T09:00").timestamp();
    let cut = Cut { reason: "材料不够".into(), families: 1 };
    let since = at("2026-10-13T09:00");
    assert_eq!(scene.seats_are(1, 2, Some(cut)), Err(Refusal::Started { since }));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let malformed = |field: &str| Refusal::Malformed { field: field.into() };
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    type Change = fn(&mut EventDraft);
    let cases: [(Change, &str); 5] = [
        (|it| it.sessions[1].capacity = 5, "sessions.capacity"),
        (|it| it.sessions[0].pool = None, "sessions.pool"),
        (|it| it.sessions[1].pool = Some(Id::new(uuid::Uuid::from_u128(99))), "sessions.pool"),
        (
            |it| {
                let hold = Hold {
                    id: Id::new(uuid::Uuid::from_u128(98)),
                    of: HeldFor::Siblings,
                    seats: 1,
                    until: at("2026-10-12T15:00"),
                };
                it.sessions[2].holds.push(hold);
            },
            "sessions.holds",
        ),
        (
            |it| {
                it.draw = Some(DrawDraft {
                    secret: Secret::new([7; 32]),
                    public_value: "收盘指数".into(),
                    decimals: 2,
                    known: at("2026-10-12T19:00"),
                });
            },
            "sessions.pool",
        ),
    ];
    for (change, field) in cases {
        let mut event = world.event_draft(world.campus, &[4; 3]);
        share(&mut event);
        change(&mut event);
        assert_eq!(world.refuses(desk.actor(), &Act::PublishEvent { event }), malformed(field), "{field}");
    }
}

#[test]
fn a_session_joins_what_is_shared_and_none_leaves_it() {
    let mut scene = scene(4);
    scene.comes("甲", 0, 3);
    let event = scene.world.get(scene.sessions[0]).event;
    let one = |scene: &mut Scene, capacity, pool| {
        let mut draft = scene.world.event_draft(scene.world.campus, &[capacity]);
        draft.id = event;
        draft.sessions[0].starts = at("2026-10-13T15:00");
        draft.sessions[0].ends = at("2026-10-13T16:00");
        draft.sessions[0].pool = pool;
        draft
    };
    let (first, second) = (scene.sessions[0], scene.sessions[1]);
    let desk = scene.desk.actor();
    let other = one(&mut scene, 5, Some(first));
    let act = |event, version| Act::ChangeEvent { event, version, clears: vec![] };
    assert_eq!(
        scene.world.refuses(desk, &act(other, 0)),
        Refusal::ChangedMeanwhile,
        "the seats are others by now"
    );
    let nobody = scene.world.fresh();
    let not_there = one(&mut scene, 4, Some(nobody));
    let malformed = Refusal::Malformed { field: "sessions.pool".into() };
    assert_eq!(scene.world.refuses(desk, &act(not_there, 0)), malformed);
    // Whichever of them it names.
    let joins = one(&mut scene, 4, Some(second));
    scene.sessions.push(joins.sessions[0].id);
    scene.world.does(desk, &act(joins, 0));
    let (_, late) = scene.comes("乙", 3, 2);
    assert_eq!(scene.world.state(late), BookingState::Waiting);
    assert_eq!(scene.counts(), (4, 3, 1));
    // Who does not speak of it leaves it as it is; who says otherwise is told.
    let mut says_nothing = one(&mut scene, 4, None);
    let kept = scene.world.get(second);
    says_nothing.sessions[0].id = second;
    (says_nothing.sessions[0].starts, says_nothing.sessions[0].ends) = (kept.starts, kept.ends);
    says_nothing.sessions[0].name = "中午场".into();
    scene.world.does(desk, &act(says_nothing.clone(), 1));
    assert_eq!(scene.world.get(second).pool, Some(first));
    says_nothing.sessions[0].pool = Some(nobody);
    assert_eq!(scene.world.refuses(desk, &act(says_nothing, 2)), malformed);
}

#[test]
fn nothing_of_a_pool_is_kept_by_who_does_not_speak_of_it_and_nothing_of_a_draw_is_shared() {
    let mut scene = scene(4);
    let event = scene.world.get(scene.sessions[0]).event;
    let kept = scene.world.get(scene.sessions[1]);
    let mut draft = scene.world.event_draft(scene.world.campus, &[4]);
    draft.id = event;
    let session = &mut draft.sessions[0];
    (session.id, session.starts, session.ends) = (kept.id, kept.starts, kept.ends);
    let (id, until) = (scene.world.fresh(), at("2026-10-12T15:00"));
    session.holds = vec![Hold { id, of: HeldFor::Siblings, seats: 2, until }];
    let act = Act::ChangeEvent { event: draft, version: 0, clears: vec![] };
    let malformed = |field: &str| Refusal::Malformed { field: field.into() };
    assert_eq!(scene.world.refuses(scene.desk.actor(), &act), malformed("sessions.holds"));

    let draw = DrawDraft {
        secret: Secret::new([7; 32]),
        public_value: "收盘指数".into(),
        decimals: 2,
        known: at("2026-10-12T19:00"),
    };
    let (event, _) = scene.world.event_with(scene.desk, &[4], |event| event.draw = Some(draw));
    let mut draft = scene.world.event_draft(scene.world.campus, &[4, 4]);
    draft.id = event;
    share(&mut draft);
    let act = Act::ChangeEvent { event: draft, version: 0, clears: vec![] };
    assert_eq!(scene.world.refuses(scene.desk.actor(), &act), malformed("sessions.pool"));
}

#[test]
fn a_gate_gives_back_what_it_had_of_a_session_that_was_called_off() {
    let mut scene = scene(4);
    let (event, first) = (scene.world.get(scene.sessions[0]).event, scene.sessions[0]);
    let desk = scene.desk.actor();
    scene.world.does(desk, &Act::OpenCheckIn { event });
    scene.world.now = at("2026-10-13T08:00").timestamp();
    let gate = scene.world.fresh();
    scene.world.does(desk, &Act::OpenGate { gate: GateDraft { id: gate, event, name: "北门".into() } });
    scene.world.does(desk, &Act::LeaseSeats { gate, session: first, seats: 3 });
    assert_eq!(scene.counts(), (1, 0, 0));
    scene.world.does(desk, &Act::CancelSession { session: first, reason: "老师外出".into() });
    let more = Act::LeaseSeats { gate, session: first, seats: 4 };
    assert!(matches!(scene.world.refuses(desk, &more), Refusal::SessionCancelled { .. }));
    scene.world.does(desk, &Act::LeaseSeats { gate, session: first, seats: 0 });
    assert_eq!(scene.counts(), (4, 0, 0));
}
