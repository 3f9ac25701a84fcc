//! The last seats and two hundred families at once, over real HTTPS, with retries, cancellations and a server that is
//! killed under load.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use std::sync::Arc;

use uuid::Uuid;
use xinmei_model::{
    Act, Booking, BookingState, Child, EventDraft, Hat, Id, List, Mutation, Place, RoleKind, SeatRule,
    Session, SessionDraft, SignUp, Verdict,
};
use xinmei_tests::{Guardian, Raw, World, at};

const FAMILIES: usize = 200;
const SEATS: u32 = 30;

struct Crowd {
    world: World,
    session: Id<Session>,
    families: Vec<(Raw, Id<Child>)>,
}

async fn crowd(waitlist: bool) -> Crowd {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let campus = world.campus("本部").await;
    let coordinator = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let session = publish(&coordinator, campus, waitlist).await;
    let mut families = Vec::new();
    for n in 0..FAMILIES {
        let child = world.child(&format!("孩子{n}"), class).await;
        world.link(&Guardian::parent(&format!("家长{n}")), child).await;
        families.push((world.raw(&format!("家长{n}")).await, child));
    }
    coordinator.sync().await;
    Crowd { world, session, families }
}

async fn publish(coordinator: &xinmei_tests::Device, place: Id<Place>, waitlist: bool) -> Id<Session> {
    let session = Id::new(Uuid::now_v7());
    let event = EventDraft {
        id: Id::new(Uuid::now_v7()),
        place,
        title: "开放日".into(),
        about: String::new(),
        venue: String::new(),
        programme: String::new(),
        eligible: Vec::new(),
        seat_rule: SeatRule::Adults,
        family_limit: 2,
        waitlist,
        opens: at("2026-11-23T09:00"),
        closes: at("2026-11-25T20:00"),
        withdraw_until: at("2026-11-25T20:00"),
        sessions: vec![SessionDraft {
            id: session,
            name: "第 1 场".into(),
            starts: at("2026-11-26T09:30"),
            ends: at("2026-11-26T11:00"),
            capacity: SEATS,
        }],
    };
    coordinator.save(Act::PublishEvent { event }).await;
    coordinator.sync().await;
    session
}

fn wish(session: Id<Session>, child: Id<Child>) -> (Id<Booking>, Mutation) {
    let booking = Id::new(Uuid::now_v7());
    let note = String::new();
    let act =
        Act::SignUp(SignUp { booking, session, children: vec![child], adults: 1, on_behalf_of: None, note });
    (booking, Raw::wish(Hat::Guardian, act))
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_seats_go_to_thirty_of_two_hundred_families() {
    let Crowd { world, session, families } = crowd(true).await;
    let tasks: Vec<_> = families
        .into_iter()
        .map(|(mut raw, child)| {
            tokio::spawn(async move {
                let (booking, wish) = wish(session, child);
                let first = raw.push(&wish).await;
                // The answer was lost: the same push again, three times.
                for _ in 0..3 {
                    assert_eq!(raw.push_as(1, &wish).await.unwrap(), first, "one verdict for good");
                }
                assert!(matches!(first, Verdict::Accepted { .. }));
                (raw, booking)
            })
        })
        .collect();
    let mut done = Vec::new();
    for task in tasks {
        done.push(task.await.unwrap());
    }
    world.check();
    let bookings = world.list::<Booking>(List::BookingsOf(session));
    assert_eq!(bookings.len(), FAMILIES, "nobody twice, nobody lost");
    let confirmed = bookings.iter().filter(|b| b.state == BookingState::Confirmed).count();
    assert_eq!(confirmed, SEATS as usize);
    assert!(
        bookings[..SEATS as usize].iter().all(|b| b.state == BookingState::Confirmed),
        "in order of acceptance"
    );

    // Ten families give their seat back: the next ten in line are offered it, nobody else.
    let leaving: Vec<_> = bookings[..10].iter().map(|b| b.id).collect();
    for (raw, booking) in done.iter_mut().filter(|(_, booking)| leaving.contains(booking)) {
        let act = Act::Withdraw { booking: *booking, on_behalf_of: None };
        raw.push(&Raw::wish(Hat::Guardian, act)).await;
    }
    world.check();
    let bookings = world.list::<Booking>(List::BookingsOf(session));
    let offered: Vec<_> = bookings
        .iter()
        .enumerate()
        .filter(|(_, b)| matches!(b.state, BookingState::Offered { .. }))
        .collect();
    let places: Vec<_> = offered.iter().map(|(place, _)| *place).collect();
    assert_eq!(places, (30..40).collect::<Vec<_>>());
    world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_accepted_survives_a_server_killed_under_load() {
    let Crowd { mut world, session, families } = crowd(true).await;
    let families = Arc::new(families);
    for round in 0..4_usize {
        let tasks: Vec<_> = (0..50)
            .map(|n| {
                let families = Arc::clone(&families);
                tokio::spawn(async move {
                    let (raw, child) = &families[round * 50 + n];
                    let (_, wish) = wish(session, *child);
                    // Whoever gets an answer before the end keeps it; the others try again afterwards.
                    let answer = raw.try_push(1, &wish).await;
                    (raw.clone(), wish, answer)
                })
            })
            .collect();
        tokio::time::sleep(std::time::Duration::from_millis(15 * (round as u64 + 1))).await;
        world.kill_server().await;
        let mut sent = Vec::new();
        for task in tasks {
            sent.push(task.await.unwrap());
        }
        world.start().await;
        for (raw, wish, before) in sent {
            let after = raw.push_as(1, &wish).await.unwrap();
            if let Some(before) = before {
                assert_eq!(before, after, "what the school said stays said");
            }
        }
        world.check();
    }
    assert_eq!(world.list::<Booking>(List::BookingsOf(session)).len(), FAMILIES);
    world.end(&[]).await;
}
