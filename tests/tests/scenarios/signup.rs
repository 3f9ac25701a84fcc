//! A family signs up with the network cut; the last seat; the waitlist; what was refused stays in sight.

use jiff::SignedDuration;
use xinmei_client::api::{
    desk,
    event::{self, BookingIs},
    sync::{ItemState, ListOutbox, Seen},
    today::{self, DutyKind, Today},
};
use xinmei_model::{Child, Entered, EventState, HeldFor, Id, Place, Proxy, RoleKind, SeatRule, Session};
use xinmei_tests::{Device, World, at};

/// An open day with one session of `seats`, on Thursday at 9:30; sign-up closes tonight.
async fn open_day(coordinator: &Device, place: Id<Place>, seats: &[u32]) -> Vec<Id<Session>> {
    open_day_with(coordinator, place, seats, &[]).await
}

/// The same, with seats that are kept in each session.
async fn open_day_with(
    coordinator: &Device,
    place: Id<Place>,
    seats: &[u32],
    holds: &[desk::PlannedHold],
) -> Vec<Id<Session>> {
    let session = |(n, capacity): (usize, &u32)| desk::PlannedSession {
        id: None,
        name: format!("第 {} 场", n + 1),
        starts: at(&format!("2026-11-26T{:02}:30", 9 + n)),
        ends: at(&format!("2026-11-26T{:02}:10", 10 + n)),
        capacity: *capacity,
        shares_with: None,
        held_in: None,
        eligible: vec![],
        first_timers: false,
        holds: holds.to_vec(),
    };
    let publish = desk::Publish {
        place,
        title: "家长开放日“牵手同前行，相遇见美好”".into(),
        about: String::new(),
        venue: "三楼报告厅".into(),
        held_in: None,
        programme: "家长开放日".into(),
        tags: vec![],
        theme: None,
        lesson: None,
        partner: None,
        trip: None,
        eligible: Vec::new(),
        seat_rule: SeatRule::Adults,
        family_limit: 2,
        child_limit: None,
        child_seats: None,
        questions: vec![],
        look: Default::default(),
        waitlist: true,
        draw: None,
        opens: at("2026-11-23T09:00"),
        closes: at("2026-11-25T20:00"),
        withdraw_until: at("2026-11-25T20:00"),
        sessions: seats.iter().enumerate().map(session).collect(),
    };
    coordinator.ask(publish).await;
    coordinator.sync().await;
    let events = coordinator.ask(event::List {}).await.events;
    assert_eq!(events[0].state, EventState::Published);
    events[0].sessions.iter().map(|session| session.id).collect()
}

fn one_adult(session: Id<Session>, child: Id<Child>) -> event::SignUp {
    event::SignUp {
        session,
        children: vec![child],
        adults: 1,
        answers: vec![],
        others: vec![],
        on_behalf_of: None,
    }
}

async fn bookings(device: &Device) -> Vec<event::BookingView> {
    device.ask(event::List {}).await.events.into_iter().flat_map(|event| event.mine).collect()
}

/// The first session, as this computer shows it.
async fn shown(device: &Device) -> event::SessionFill {
    device.ask(event::List {}).await.events[0].sessions[0].clone()
}

/// Two seats, one of them kept until eight in the evening for who has two children here.
#[tokio::test]
async fn a_seat_that_is_kept_goes_to_whom_it_is_for_and_then_to_who_waits() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let campus = world.campus("本部").await;
    let coordinator = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let (li, yutong) = world.family("李建国", &[("李雨桐", class)]).await;
    let (zhao, zihan) = world.family("赵倩", &[("赵子涵", class)]).await;
    let (chen, both) = world.family("陈静", &[("陈一诺", class), ("陈一鸣", class)]).await;
    let kept = |of| desk::PlannedHold { id: None, of, seats: 1, until: at("2026-11-23T20:00") };
    let session = open_day_with(&coordinator, campus, &[2], &[kept(HeldFor::Siblings)]).await[0];
    for (family, child) in [(&li, yutong[0]), (&zhao, zihan[0])] {
        family.sync().await;
        family.ask(one_adult(session, child)).await;
        family.sync().await;
    }
    world.count().await;
    zhao.sync().await;
    assert_eq!(bookings(&li).await[0].state, BookingIs::Confirmed);
    assert_eq!(bookings(&zhao).await[0].state, BookingIs::Waitlisted { place: Some(1) });
    let seen = shown(&zhao).await;
    assert_eq!((seen.open_seats, seen.holds[0].left, seen.holds[0].own), (0, 1, false));
    chen.sync().await;
    let seen = shown(&chen).await;
    assert_eq!((seen.open_seats, seen.holds[0].own), (1, true), "the seat is for this family");
    // At eight nobody of whom it was for has come.
    world.advance(SignedDuration::from_hours(10)).await;
    zhao.sync().await;
    assert!(matches!(bookings(&zhao).await[0].state, BookingIs::Offered { .. }));
    assert!(shown(&zhao).await.holds.is_empty());
    chen.ask(one_adult(session, both[0])).await;
    chen.sync().await;
    world.count().await;
    chen.sync().await;
    assert_eq!(bookings(&chen).await[0].state, BookingIs::Waitlisted { place: Some(1) });
    world.end(&[&li, &zhao, &chen, &coordinator]).await;
}

struct Story {
    world: World,
    coordinator: Device,
    li: Device,
    zhao: Device,
    yutong: Id<Child>,
    zihan: Id<Child>,
    sessions: Vec<Id<Session>>,
}

impl Story {
    async fn begin(seats: &[u32]) -> Self {
        let world = World::new().await;
        let class = world.class("本部", 2024, 2).await;
        let campus = world.campus("本部").await;
        let coordinator = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
        let (li, yutong) = world.family("李建国", &[("李雨桐", class)]).await;
        let (zhao, zihan) = world.family("赵倩", &[("赵子涵", class)]).await;
        let sessions = open_day(&coordinator, campus, seats).await;
        li.sync().await;
        zhao.sync().await;
        Self { world, coordinator, li, zhao, yutong: yutong[0], zihan: zihan[0], sessions }
    }
}

#[tokio::test]
async fn a_wish_made_offline_is_saved_then_confirmed() {
    let mut story = Story::begin(&[30]).await;
    story.world.kill_server().await;
    story.li.ask(one_adult(story.sessions[0], story.yutong)).await;
    assert_eq!(bookings(&story.li).await[0].state, BookingIs::Saved);
    // The computer is switched off and on before the network is back.
    story.li = story.li.reopen().await;
    assert_eq!(bookings(&story.li).await[0].state, BookingIs::Saved);
    assert!(story.li.client.sync_once().await.is_err(), "the school cannot be reached");
    assert_ne!(bookings(&story.li).await[0].state, BookingIs::Confirmed, "never confirmed early");
    story.world.start().await;
    story.li.sync().await;
    assert_eq!(bookings(&story.li).await[0].state, BookingIs::Confirmed);
    assert!(story.li.ask(ListOutbox {}).await.items.is_empty());
    story.coordinator.sync().await;
    story.world.end(&[&story.li, &story.zhao, &story.coordinator]).await;
}

#[tokio::test]
async fn two_families_race_offline_for_the_last_seat() {
    let mut story = Story::begin(&[1]).await;
    story.world.kill_server().await;
    story.li.ask(one_adult(story.sessions[0], story.yutong)).await;
    story.zhao.ask(one_adult(story.sessions[0], story.zihan)).await;
    story.world.start().await;
    // The order of receipt decides, not the order of composing.
    story.zhao.sync().await;
    story.li.sync().await;
    story.world.count().await;
    story.li.sync().await;
    assert_eq!(bookings(&story.zhao).await[0].state, BookingIs::Confirmed);
    assert_eq!(bookings(&story.li).await[0].state, BookingIs::Waitlisted { place: Some(1) });

    let booking = bookings(&story.zhao).await[0].id;
    story.zhao.ask(event::Withdraw { booking, on_behalf_of: None }).await;
    story.zhao.sync().await;
    story.li.sync().await;
    let Today::Family(day) = story.li.ask(today::Open {}).await else { panic!("a family's Today") };
    let DutyKind::Offer { booking } = &day.duties[0].what else {
        panic!("the offer is the first duty: {day:?}")
    };
    assert!(matches!(booking.state, BookingIs::Offered { .. }));
    story.li.ask(event::Accept { booking: booking.id, on_behalf_of: None }).await;
    story.li.sync().await;
    assert_eq!(bookings(&story.li).await[0].state, BookingIs::Confirmed);

    story.coordinator.sync().await;
    let id = story.coordinator.ask(event::List {}).await.events[0].id;
    let desk = story.coordinator.ask(desk::Desk { event: id }).await;
    let confirmed: Vec<_> = desk.bookings.iter().filter(|b| b.state == BookingIs::Confirmed).collect();
    assert_eq!(confirmed.len(), 1);
    assert_eq!(confirmed[0].children[0].name, "李雨桐");
    story.world.end(&[&story.li, &story.zhao, &story.coordinator]).await;
}

#[tokio::test]
async fn an_offer_that_nobody_answers_passes_on() {
    let story = Story::begin(&[1]).await;
    story.zhao.ask(one_adult(story.sessions[0], story.zihan)).await;
    story.zhao.sync().await;
    story.li.ask(one_adult(story.sessions[0], story.yutong)).await;
    story.li.sync().await;
    let booking = bookings(&story.zhao).await[0].id;
    story.zhao.ask(event::Withdraw { booking, on_behalf_of: None }).await;
    story.zhao.sync().await;
    story.world.advance(SignedDuration::from_mins(121)).await;
    story.li.sync().await;
    assert_eq!(bookings(&story.li).await[0].state, BookingIs::Lapsed);
    story.coordinator.sync().await;
    story.world.end(&[&story.li, &story.zhao, &story.coordinator]).await;
}

#[tokio::test]
async fn what_was_refused_stays_in_sight_with_the_next_best() {
    let mut story = Story::begin(&[30, 30]).await;
    story.world.kill_server().await;
    story.li.ask(one_adult(story.sessions[0], story.yutong)).await;
    story.world.start().await;
    // While the family was offline the session took place.
    story.world.advance(SignedDuration::from_hours(24 * 3)).await;
    story.li.sync().await;
    let mine = bookings(&story.li).await;
    assert!(matches!(mine[0].state, BookingIs::Refused { .. }), "{mine:?}");
    let items = story.li.ask(ListOutbox {}).await.items;
    assert!(matches!(items[0].state, ItemState::Refused { .. }));
    story.li = story.li.reopen().await;
    assert_eq!(story.li.ask(ListOutbox {}).await.items.len(), 1, "it waits to be seen");
    story.li.ask(Seen { mutation: items[0].mutation }).await;
    assert!(story.li.ask(ListOutbox {}).await.items.is_empty());
    story.zhao.sync().await;
    story.coordinator.sync().await;
    story.world.end(&[&story.li, &story.zhao, &story.coordinator]).await;
}

#[tokio::test]
async fn siblings_on_two_campuses_are_one_family() {
    let world = World::new().await;
    let main = world.class("本部", 2024, 2).await;
    let east = world.class("东校区", 2026, 2).await;
    let campus = world.campus("东校区").await;
    let coordinator = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let (li, children) = world.family("李建国", &[("李雨桐", main), ("李雨辰", east)]).await;
    let sessions = open_day(&coordinator, campus, &[10]).await;
    li.sync().await;
    let line = &li.ask(event::List {}).await.events[0];
    assert_eq!(line.eligible.len(), 1, "only the child of that campus: {:?}", line.eligible);
    assert_eq!(line.eligible[0].name, "李雨辰");
    // Both children in one booking: all or none, so none.
    let both = event::SignUp { children: children.clone(), ..one_adult(sessions[0], children[0]) };
    li.refused(both).await;
    li.ask(one_adult(sessions[0], children[1])).await;
    li.sync().await;
    assert_eq!(bookings(&li).await[0].state, BookingIs::Confirmed);
    coordinator.sync().await;
    world.end(&[&li, &coordinator]).await;
}

#[tokio::test]
async fn staff_enter_a_family_that_phoned_and_the_family_sees_it() {
    let story = Story::begin(&[30]).await;
    let guardian = story.li.person;
    story.coordinator.sync().await;
    let wish = event::SignUp {
        on_behalf_of: Some(Proxy::new(guardian, "妈妈来电")),
        ..one_adult(story.sessions[0], story.yutong)
    };
    story.coordinator.ask(wish).await;
    story.coordinator.sync().await;
    story.li.sync().await;
    let mine = bookings(&story.li).await;
    assert_eq!(mine[0].state, BookingIs::Confirmed);
    assert_eq!(mine[0].entered, Some(Entered { by: "周敏".into(), note: "妈妈来电".into() }));
    let on_behalf_of = Some(Proxy::new(guardian, "爸爸来电，孩子感冒"));
    story.coordinator.ask(event::Withdraw { booking: mine[0].id, on_behalf_of }).await;
    story.coordinator.sync().await;
    story.li.sync().await;
    let mine = bookings(&story.li).await;
    let entered = Some(Entered { by: "周敏".into(), note: "爸爸来电，孩子感冒".into() });
    assert_eq!((&mine[0].state, &mine[0].entered), (&BookingIs::Withdrawn, &entered));
    story.zhao.sync().await;
    story.world.end(&[&story.li, &story.zhao, &story.coordinator]).await;
}

#[tokio::test]
async fn a_sign_up_that_was_never_sent_is_simply_not_sent_and_pressing_twice_is_pressing_once() {
    let mut story = Story::begin(&[30]).await;
    story.world.kill_server().await;
    story.li.ask(one_adult(story.sessions[0], story.yutong)).await;
    let booking = bookings(&story.li).await[0].id;
    let give_back = || event::Withdraw { booking, on_behalf_of: None };
    story.li.ask(give_back()).await;
    assert!(bookings(&story.li).await.is_empty());
    assert!(story.li.ask(ListOutbox {}).await.items.is_empty());

    // One that may have arrived is given back by a wish, which the card shows.
    story.li.ask(one_adult(story.sessions[0], story.yutong)).await;
    let booking = bookings(&story.li).await[0].id;
    story.li.client.replica().unwrap().push_batch(10).unwrap().unwrap();
    let give_back = || event::Withdraw { booking, on_behalf_of: None };
    let first = story.li.ask(give_back()).await;
    assert_eq!(story.li.ask(give_back()).await, first);
    assert_eq!(bookings(&story.li).await[0].pending.as_ref().unwrap().act, "withdraw");
    story.world.start().await;
    story.li.sync().await;
    assert_eq!(bookings(&story.li).await[0].state, BookingIs::Withdrawn);
    story.zhao.sync().await;
    story.coordinator.sync().await;
    story.world.end(&[&story.li, &story.zhao, &story.coordinator]).await;
}
