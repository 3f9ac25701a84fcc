//! The sign-up rush: 300 seats, 1,500 families, 64 at once.

use std::{
    sync::{Arc, Mutex},
    time::Instant,
};

use uuid::Uuid;
use xinmei_model::{
    Act, Booking, BookingState, Child, EventDraft, Hat, Id, List, RoleKind, SeatRule, Session, SessionDraft,
    SignUp,
};
use xinmei_tests::{Guardian, Raw, World, at};

use crate::{
    Size,
    figures::{self, Run},
    raw,
};

const FAMILIES: usize = 1_500;
const SEATS: u32 = 300;
const AT_ONCE: usize = 64;

/// Each run opens a new event in the same school, so that the school grows as a real one does.
pub async fn rush(size: Size) {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let campus = world.campus("本部").await;
    let coordinator = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let mut families = Vec::with_capacity(FAMILIES);
    for n in 0..FAMILIES {
        let child = world.child(&format!("孩子{n}"), class).await;
        world.link(&Guardian::parent(&format!("家长{n}")), child).await;
        families.push((world.raw(&format!("家长{n}")).await, child));
    }
    let clock = world.run_clock();
    let (mut runs, mut limits) = (Vec::new(), Vec::new());
    for _ in 0..size.runs() {
        limits.push(raw::inserts(FAMILIES, AT_ONCE));
        let session = open(&coordinator, campus).await;
        let (run, back) = one(&world, session, families).await;
        families = back;
        runs.push(run);
        let bookings = world.list::<Booking>(List::BookingsOf(session));
        let held = bookings.iter().filter(|booking| booking.state == BookingState::Confirmed).count();
        assert_eq!((bookings.len(), held), (FAMILIES, SEATS as usize), "sold exactly once each");
    }
    clock.abort();
    figures::print(
        "sign-up rush",
        &runs,
        &limits,
        "300 seats, 1,500 families, 64 at once; 0 oversold; raw in groups of 64",
    );
    world.end(&[]).await;
}

async fn open(coordinator: &xinmei_tests::Device, place: Id<xinmei_model::Place>) -> Id<Session> {
    let session = SessionDraft {
        id: Id::new(Uuid::now_v7()),
        name: "第 1 场".into(),
        starts: at("2026-11-26T09:30"),
        ends: at("2026-11-26T11:00"),
        capacity: SEATS,
        pool: None,
        held_in: None,
        eligible: vec![],
        first_timers: false,
        holds: vec![],
    };
    let id = session.id;
    let event = EventDraft {
        id: Id::new(Uuid::now_v7()),
        place,
        title: "家长开放日".into(),
        about: String::new(),
        venue: String::new(),
        held_in: None,
        programme: String::new(),
        tags: Vec::new(),
        eligible: Vec::new(),
        seat_rule: SeatRule::Adults,
        family_limit: 2,
        child_limit: 1,
        child_seats: None,
        questions: vec![],
        look: Default::default(),
        waitlist: true,
        theme: None,
        lesson: None,
        partner: None,
        trip: None,
        draw: None,
        opens: at("2026-11-23T09:00"),
        closes: at("2026-11-25T20:00"),
        withdraw_until: at("2026-11-25T20:00"),
        sessions: vec![session],
    };
    coordinator.save(Act::PublishEvent { event }).await;
    coordinator.sync().await;
    id
}

type Families = Vec<(Raw, Id<Child>)>;

async fn one(world: &World, session: Id<Session>, families: Families) -> (Run, Families) {
    let waiting = Arc::new(Mutex::new(families));
    let (commits, begun) = (world.ledger().commits(), Instant::now());
    let tasks: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let waiting = Arc::clone(&waiting);
            tokio::spawn(async move {
                let (mut done, mut times) = (Vec::new(), Vec::new());
                loop {
                    let Some((mut raw, child)) = waiting.lock().unwrap().pop() else { return (done, times) };
                    let wish = SignUp {
                        booking: Id::new(Uuid::now_v7()),
                        session,
                        children: vec![child],
                        adults: 1,
                        answers: vec![],
                        others: vec![],
                        on_behalf_of: None,
                    };
                    let sent = Instant::now();
                    raw.push(&Raw::wish(Hat::Guardian, Act::SignUp(wish))).await;
                    times.push(sent.elapsed());
                    done.push((raw, child));
                }
            })
        })
        .collect();
    let (mut families, mut times) = (Vec::new(), Vec::new());
    for task in tasks {
        let (done, own) = task.await.unwrap();
        families.extend(done);
        times.extend(own);
    }
    let took = begun.elapsed();
    (Run::of(times, FAMILIES, took, world.ledger().commits() - commits), families)
}
