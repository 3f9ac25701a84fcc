//! Seats that several sessions share: one amount, one line, and what is called off leaves its part to the others.

use xinmei_client::api::{
    desk,
    event::{self, BookingIs},
};
use xinmei_model::{Id, Place, RoleKind, SeatRule};
use xinmei_tests::{Device, World, at};

fn plan(place: Id<Place>) -> desk::Publish {
    let session = |n: u32| desk::PlannedSession {
        id: None,
        name: format!("第 {} 组", n + 1),
        starts: at(&format!("2026-11-26T{:02}:00", 9 + n)),
        ends: at(&format!("2026-11-26T{:02}:50", 9 + n)),
        capacity: 2,
        shares_with: (n > 0).then_some(0),
        held_in: None,
        eligible: vec![],
        first_timers: false,
        holds: vec![],
    };
    desk::Publish {
        place,
        title: "种子的旅行".into(),
        about: "材料一共两份".into(),
        venue: "新美研学堂".into(),
        held_in: None,
        programme: "新美研学堂".into(),
        tags: vec![],
        theme: None,
        lesson: None,
        partner: None,
        trip: None,
        eligible: vec![],
        seat_rule: SeatRule::Children,
        family_limit: 1,
        child_limit: None,
        child_seats: None,
        questions: vec![],
        look: Default::default(),
        waitlist: true,
        draw: None,
        opens: at("2026-11-23T09:00"),
        closes: at("2026-11-25T20:00"),
        withdraw_until: at("2026-11-25T20:00"),
        sessions: (0..3).map(session).collect(),
    }
}

async fn states(device: &Device) -> Vec<BookingIs> {
    device.sync().await;
    let events = device.ask(event::List {}).await.events;
    events[0].mine.iter().map(|booking| booking.state.clone()).collect()
}

#[tokio::test]
async fn what_one_takes_of_shared_seats_is_gone_for_all_and_comes_back_to_all() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let campus = world.campus("本部").await;
    let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let mut families = Vec::new();
    for (father, child) in [("李建国", "李雨桐"), ("赵刚", "赵子涵"), ("孙强", "孙一诺")] {
        let (device, children) = world.family(father, &[(child, class)]).await;
        families.push((device, children[0]));
    }
    desk.ask(plan(campus)).await;
    desk.sync().await;
    let sessions = desk.ask(event::List {}).await.events.remove(0).sessions;
    let shared: Vec<_> = sessions.iter().map(|session| session.pool).collect();
    assert_eq!(shared, [Some(sessions[0].id); 3]);
    for ((device, child), session) in families.iter().zip(&sessions) {
        device.sync().await;
        let (session, children) = (session.id, vec![*child]);
        let wish = event::SignUp {
            session,
            children,
            adults: 0,
            answers: vec![],
            others: vec![],
            on_behalf_of: None,
        };
        device.ask(wish).await;
        device.sync().await;
    }
    world.count().await;
    assert_eq!(states(&families[0].0).await, [BookingIs::Confirmed]);
    assert_eq!(states(&families[1].0).await, [BookingIs::Confirmed]);
    assert_eq!(states(&families[2].0).await, [BookingIs::Waitlisted { place: Some(1) }]);
    let line = families[2].0.ask(event::List {}).await.events.remove(0);
    assert!(
        line.sessions.iter().all(|one| (one.capacity, one.used, one.waiting, one.open_seats) == (2, 2, 1, 0))
    );

    // One seat fewer would put the last back in line, whatever session it is in.
    let losing = desk::Losing { session: sessions[0].id, capacity: 1 };
    desk.sync().await;
    let lost = desk.ask(losing).await;
    let names: Vec<_> = lost.back.iter().map(|one| one.children[0].name.as_str()).collect();
    assert_eq!((names, lost.painless), (vec!["赵子涵"], 2));

    desk.ask(desk::CancelSession { session: sessions[0].id, reason: "老师外出".into() }).await;
    desk.sync().await;
    world.count().await;
    assert!(
        matches!(states(&families[2].0).await[..], [BookingIs::Offered { .. }]),
        "its seat is the others'"
    );
    assert!(matches!(states(&families[0].0).await[..], [BookingIs::Cancelled { .. }]));
    let devices: Vec<_> = families.iter().map(|(device, _)| device).chain([&desk]).collect();
    world.end(&devices).await;
}
