//! The last seats and two hundred families at once, over real HTTPS, with retries, cancellations and a server that is
//! killed under load.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use std::{sync::Arc, time::Duration};

use uuid::Uuid;
use xinmei_model::{
    Act, Allotment, Booking, BookingChange, BookingState, Child, Cut, EventDraft, Hat, Id, List, Mutation,
    Place, Refusal, Role, RoleKind, SeatRule, Session, SessionDraft, SignUp, Verdict, losing,
};
use xinmei_tests::{Guardian, Raw, Seed, Size, World, at};

const FAMILIES: usize = 200;
const SEATS: u32 = 30;

struct Crowd {
    world: World,
    coordinator: Raw,
    hat: Hat,
    campus: Id<Place>,
    families: Vec<(Raw, Id<Child>)>,
}

async fn crowd() -> Crowd {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let campus = world.campus("本部").await;
    world.appoint("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let coordinator = world.raw("周敏").await;
    let hat = Hat::Staff { role: world.list::<Role>(List::RolesOf(coordinator.person))[0].id };
    let mut families = Vec::new();
    for n in 0..FAMILIES {
        let child = world.child(&format!("孩子{n}"), class).await;
        world.link(&Guardian::parent(&format!("家长{n}")), child).await;
        families.push((world.raw(&format!("家长{n}")).await, child));
    }
    Crowd { world, coordinator, hat, campus, families }
}

async fn publish(crowd: &mut Crowd, capacity: u32, waitlist: bool) -> Id<Session> {
    let session = Id::new(Uuid::now_v7());
    let event = EventDraft {
        id: Id::new(Uuid::now_v7()),
        place: crowd.campus,
        title: "开放日".into(),
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
        waitlist,
        theme: None,
        lesson: None,
        partner: None,
        trip: None,
        draw: None,
        opens: at("2026-11-23T09:00"),
        closes: at("2026-11-25T20:00"),
        withdraw_until: at("2026-11-25T20:00"),
        sessions: vec![SessionDraft {
            id: session,
            name: "第 1 场".into(),
            starts: at("2026-11-26T09:30"),
            ends: at("2026-11-26T11:00"),
            capacity,
            pool: None,
            held_in: None,
            eligible: vec![],
            first_timers: false,
            holds: vec![],
        }],
    };
    let verdict = crowd.coordinator.push(&Raw::wish(crowd.hat, Act::PublishEvent { event })).await;
    assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
    session
}

fn wish(session: Id<Session>, child: Id<Child>, adults: u32) -> (Id<Booking>, Mutation) {
    let booking = Id::new(Uuid::now_v7());
    let act = Act::SignUp(SignUp {
        booking,
        session,
        children: vec![child],
        adults,
        answers: vec![],
        others: vec![],
        on_behalf_of: None,
    });
    (booking, Raw::wish(Hat::Guardian, act))
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_seats_go_to_thirty_of_two_hundred_families() {
    let mut crowd = crowd().await;
    let session = publish(&mut crowd, SEATS, true).await;
    let Crowd { world, families, .. } = crowd;
    let tasks: Vec<_> = families
        .into_iter()
        .map(|(mut raw, child)| {
            tokio::spawn(async move {
                let (booking, wish) = wish(session, child, 1);
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
    let mut crowd = crowd().await;
    let session = publish(&mut crowd, SEATS, true).await;
    let Crowd { mut world, families, .. } = crowd;
    let families = Arc::new(families);
    for round in 0..4_usize {
        let tasks: Vec<_> = (0..50)
            .map(|n| {
                let families = Arc::clone(&families);
                tokio::spawn(async move {
                    let (raw, child) = &families[round * 50 + n];
                    let (_, wish) = wish(session, *child, 1);
                    // Whoever gets an answer before the end keeps it; the others try again afterwards.
                    let answer = raw.try_push(1, &wish).await;
                    (raw.clone(), wish, answer)
                })
            })
            .collect();
        tokio::time::sleep(Duration::from_millis(15 * (round as u64 + 1))).await;
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

/// What one family does in a round.
struct Plan {
    adults: u32,
    /// How often it asks again for what it was told.
    again: u64,
    /// Gives the seats back as soon as it is told of them.
    leaves: bool,
    /// Comes with another number of adults after all.
    changes: Option<u32>,
}

/// Pushes until there is an answer, as a client does whose server is gone for a moment.
async fn push_through(raw: &mut Raw, mutation: &Mutation) -> Verdict {
    loop {
        if let Some(verdict) = raw.try_push(raw.number, mutation).await {
            raw.number += 1;
            return verdict;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// One family in one round; what it was told at last.
async fn takes_part(
    (mut raw, child): (Raw, Id<Child>),
    session: Id<Session>,
    plan: Plan,
) -> ((Raw, Id<Child>), Id<Booking>, Verdict) {
    let (booking, wish) = wish(session, child, plan.adults);
    let first = push_through(&mut raw, &wish).await;
    for _ in 0..plan.again {
        if let Some(again) = raw.try_push(raw.number - 1, &wish).await {
            assert_eq!(again, first, "one verdict for good");
        }
    }
    if plan.leaves && matches!(first, Verdict::Accepted { .. }) {
        let left =
            push_through(&mut raw, &Raw::wish(Hat::Guardian, Act::Withdraw { booking, on_behalf_of: None }))
                .await;
        // Meanwhile the room became smaller than the party.
        let gone = matches!(left, Verdict::Refused { refusal: Refusal::BookingGone });
        assert!(gone || matches!(left, Verdict::Accepted { .. }), "{left:?}");
    } else if let (Some(adults), Verdict::Accepted { .. }) = (plan.changes, &first) {
        let wish = BookingChange {
            booking,
            children: vec![child],
            adults,
            answers: Vec::new(),
            generation: 0,
            wishes: vec![],
            on_behalf_of: None,
        };
        let changed = push_through(&mut raw, &Raw::wish(Hat::Guardian, Act::ChangeBooking(wish))).await;
        // Meanwhile it was offered a seat, or lost one.
        let may = [Refusal::Full, Refusal::BookingGone, Refusal::ChangedMeanwhile];
        match changed {
            Verdict::Accepted { .. } => {}
            Verdict::Refused { refusal } if may.contains(&refusal) => {}
            other => panic!("{other:?}"),
        }
    }
    ((raw, child), booking, first)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_seats_go_to_the_first_families_round_after_round() {
    rounds(Size::of_run().pick(5, 250, 5_000), Seed::of_run()).await;
}

/// The other half, in a school of its own: no family has five hundred open days behind it, and two cores have two schools.
#[tokio::test(flavor = "multi_thread")]
async fn and_so_they_go_in_another_school() {
    let mut seed = Seed::of_run();
    seed.within(0, u64::MAX);
    rounds(Size::of_run().pick(5, 250, 5_000), seed).await;
}

async fn rounds(rounds: u64, mut seed: Seed) {
    let mut crowd = crowd().await;
    for round in 0..rounds {
        // Every other room is a small one, of 1 to 30 seats: there most families wait.
        let capacity =
            u32::try_from(if round % 2 == 0 { seed.within(1, 31) } else { seed.within(2, 120) }).unwrap();
        let waitlist = seed.within(0, 4) > 0;
        let session = publish(&mut crowd, capacity, waitlist).await;
        let mut tasks = Vec::new();
        for family in std::mem::take(&mut crowd.families) {
            let adults = u32::try_from(seed.within(1, 3)).unwrap();
            let again = seed.within(0, 5).saturating_sub(2);
            let changes = (seed.within(0, 4) == 0).then(|| adults % 2 + 1);
            let plan = Plan { adults, again, leaves: seed.within(0, 4) == 0, changes };
            // A party larger than the room is told that it is full, waitlist or not.
            let fits = adults <= capacity;
            let part = takes_part(family, session, plan);
            tasks.push(tokio::spawn(async move { (part.await, fits) }));
        }
        if round % 5 == 4 {
            tokio::time::sleep(Duration::from_millis(seed.within(1, 80))).await;
            crowd.world.kill_server().await;
            crowd.world.start().await;
        }
        // Of one seat there are no fewer.
        if round % 3 == 1 && capacity > 1 {
            tokio::time::sleep(Duration::from_millis(seed.within(1, 200))).await;
            let fewer = u32::try_from(seed.within(1, u64::from(capacity))).unwrap();
            cut(&mut crowd, session, fewer).await;
        }
        let mut told = Vec::new();
        for task in tasks {
            let ((family, booking, verdict), fits) = task.await.unwrap();
            crowd.families.push(family);
            told.push((booking, verdict, fits));
        }
        check_round(&crowd.world, session, (waitlist, round % 3 == 1), &told);
    }
    println!("{rounds} rounds of {FAMILIES} families");
    crowd.world.end(&[]).await;
}

/// The coordinator makes the room smaller while families come and go: looks whom it costs something, and looks again where
/// that has changed.
async fn cut(crowd: &mut Crowd, session: Id<Session>, capacity: u32) {
    loop {
        let families = losing(&crowd.world.list::<Booking>(List::BookingsOf(session)), capacity).families();
        let cut = Some(Cut { reason: "换小会议室".into(), families });
        let wish = Raw::wish(crowd.hat, Act::SetCapacity { session, capacity, cut });
        match push_through(&mut crowd.coordinator, &wish).await {
            Verdict::Accepted { .. } => return,
            Verdict::Refused { refusal: Refusal::AudienceChanged { .. } } => {}
            other => panic!("{other:?}"),
        }
    }
}

fn check_round(
    world: &World,
    session: Id<Session>,
    (waitlist, cut): (bool, bool),
    told: &[(Id<Booking>, Verdict, bool)],
) {
    world.check_session(&world.row(session).unwrap());
    let bookings = world.list::<Booking>(List::BookingsOf(session));
    for (id, verdict, fits) in told {
        let is_there = bookings.iter().any(|booking| booking.id == *id);
        match verdict {
            Verdict::Accepted { .. } => assert!(is_there, "an accepted sign-up is gone"),
            // Where there is no waitlist, or the room had become smaller than the party.
            Verdict::Refused { refusal: Refusal::Full } => {
                assert!(!waitlist || cut || !fits, "{id} was refused");
            }
            other @ Verdict::Refused { .. } => panic!("{other:?}"),
        }
    }
    let accepted = told.iter().filter(|(_, verdict, _)| matches!(verdict, Verdict::Accepted { .. })).count();
    assert_eq!(bookings.len(), accepted, "nobody twice");
    for booking in bookings.iter().filter(|booking| booking.state == BookingState::Displaced) {
        assert!(booking.put_back.is_some(), "{booking:?} lost its seats without a word");
    }
    // In order of acceptance: nobody behind the first who waits holds a seat, and the first does not fit.
    let line = bookings.iter().position(|booking| booking.state == BookingState::Waiting);
    if let Some(first) = line {
        let late = bookings[first..].iter().find(|booking| booking.state.holds_seats());
        assert_eq!(late, None, "was given seats before {:?}", bookings[first]);
        let allotment = world.row(Allotment::of(session.uuid())).unwrap();
        assert!(bookings[first].size > allotment.free(), "seats stay empty while a family waits");
    }
}
