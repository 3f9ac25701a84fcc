//! An open day that is not as it was published: a session moves, the room becomes smaller, one is called off, and a family
//! comes with fewer people after all. Each of them told, and none dropped silently.

use jiff::SignedDuration;
use xinmei_client::api::{
    Fault, desk,
    event::{self, BookingIs, BookingView, Opened},
    notification::{BookedNews, NoteKind},
    sync::{ItemState, ListOutbox, Seen},
};
use xinmei_model::{
    Child, Cut, Event, FieldKind, FormField, Id, Place, Refusal, RoleKind, SeatRule, Session,
};
use xinmei_tests::{Device, World, at};

struct Story {
    world: World,
    desk: Device,
    li: Device,
    zhao: Device,
    yutong: Id<Child>,
    zihan: Id<Child>,
    event: Id<Event>,
    sessions: Vec<Id<Session>>,
}

fn plan(place: Id<Place>) -> desk::Publish {
    let session = |n: usize| desk::PlannedSession {
        id: None,
        name: format!("第 {} 场", n + 1),
        starts: at(&format!("2026-11-26T{:02}:30", 9 + n)),
        ends: at(&format!("2026-11-26T{:02}:10", 10 + n)),
        capacity: 4,
        shares_with: None,
        held_in: None,
        eligible: vec![],
        first_timers: false,
        holds: vec![],
    };
    let choices = vec!["不晕车".into(), "会晕车".into()];
    let question = |label: &str, value, required| FormField { label: label.into(), value, required };
    desk::Publish {
        place,
        title: "科技馆参观".into(),
        about: String::new(),
        venue: "科技馆东门".into(),
        held_in: None,
        programme: "馆校合作".into(),
        tags: vec![],
        theme: None,
        lesson: None,
        partner: None,
        trip: None,
        eligible: vec![],
        seat_rule: SeatRule::Adults,
        family_limit: 2,
        child_limit: None,
        child_seats: None,
        questions: vec![
            question("晕车吗", FieldKind::Choice { choices }, true),
            question("其他", FieldKind::Text, false),
        ],
        look: Default::default(),
        waitlist: true,
        draw: None,
        opens: at("2026-11-23T09:00"),
        closes: at("2026-11-25T20:00"),
        withdraw_until: at("2026-11-24T20:00"),
        sessions: [0, 1].map(session).into(),
    }
}

impl Story {
    async fn begin() -> Self {
        let world = World::new().await;
        let class = world.class("本部", 2024, 2).await;
        let campus = world.campus("本部").await;
        let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
        let (li, yutong) = world.family("李建国", &[("李雨桐", class)]).await;
        let (zhao, zihan) = world.family("赵倩", &[("赵子涵", class)]).await;
        desk.ask(plan(campus)).await;
        desk.sync().await;
        let line = desk.ask(event::List {}).await.events.remove(0);
        let sessions = line.sessions.iter().map(|session| session.id).collect();
        let story =
            Self { desk, li, zhao, yutong: yutong[0], zihan: zihan[0], event: line.id, sessions, world };
        story.all_sync().await;
        // What comes from now on is news.
        story.world.advance(SignedDuration::from_mins(5)).await;
        story
    }

    async fn all_sync(&self) {
        for device in [&self.desk, &self.li, &self.zhao] {
            device.sync().await;
        }
    }

    async fn books(&self, device: &Device, child: Id<Child>, session: usize, adults: u32) {
        let answers = vec!["会晕车".into(), String::new()];
        let (session, children) = (self.sessions[session], vec![child]);
        device
            .ask(event::SignUp { session, children, adults, answers, others: vec![], on_behalf_of: None })
            .await;
        device.sync().await;
    }

    async fn opened(&self, device: &Device) -> Opened {
        device.ask(event::Open { event: self.event }).await
    }

    async fn own(&self, device: &Device) -> Vec<BookingView> {
        self.opened(device).await.line.mine
    }

    /// The plan as it stands, as the form sends it back.
    async fn stands(&self) -> (u32, desk::Publish) {
        let opened = self.opened(&self.desk).await;
        let mut plan = plan(opened.line.place.id);
        for (session, there) in plan.sessions.iter_mut().zip(&opened.line.sessions) {
            (session.id, session.capacity) = (Some(there.id), there.capacity);
            (session.starts, session.ends) = (there.starts.clone(), there.ends.clone());
        }
        (opened.version, plan)
    }

    async fn end(self) {
        self.all_sync().await;
        self.world.end(&[&self.li, &self.zhao, &self.desk]).await;
    }
}

/// What a device would tell beside its window about what is booked.
async fn told(device: &Device) -> Vec<BookedNews> {
    let news = device.client.tell_due().await.unwrap().notes;
    let of = |what: &NoteKind| if let NoteKind::Booked { news } = what { Some(*news) } else { None };
    news.iter().filter_map(|note| of(&note.what)).collect()
}

/// The one thing that did not work out, which whoever sits there has now seen.
async fn refusal(device: &Device) -> Refusal {
    let item = device.ask(ListOutbox {}).await.items.remove(0);
    device.ask(Seen { mutation: item.mutation }).await;
    let ItemState::Refused { refusal } = item.state else { panic!("{item:?}") };
    refusal
}

#[tokio::test]
async fn a_session_that_moves_is_told_and_its_family_may_leave_although_the_deadline_is_over() {
    let story = Story::begin().await;
    story.books(&story.li, story.yutong, 0, 1).await;
    let mine = story.own(&story.li).await;
    assert_eq!((mine[0].answers[0].answer.as_str(), mine[0].may_withdraw), ("会晕车", true));
    story.world.advance(SignedDuration::from_hours(36)).await;
    story.all_sync().await;
    assert!(!story.own(&story.li).await[0].may_withdraw, "the deadline is over");
    let _ = told(&story.li).await;

    let (version, mut plan) = story.stands().await;
    plan.sessions[0].starts = at("2026-11-26T10:20");
    plan.sessions[0].ends = at("2026-11-26T11:00");
    plan.venue = "科技馆西门".into();
    story.desk.ask(desk::Change { event: story.event, version, plan: plan.clone() }).await;
    story.desk.sync().await;
    story.li.sync().await;
    let mine = story.own(&story.li).await;
    assert_eq!(mine[0].session.starts, at("2026-11-26T10:20"));
    assert_eq!(mine[0].moved.as_ref().map(|moved| moved.starts.clone()), Some(at("2026-11-26T09:30")));
    assert_eq!(mine[0].venue_was.as_ref().map(|was| was.venue.as_str()), Some("科技馆东门"));
    assert!(mine[0].may_withdraw);
    let mut news = told(&story.li).await;
    news.sort_by_key(|news| format!("{news:?}"));
    assert_eq!(news, [BookedNews::Elsewhere, BookedNews::Moved]);
    assert_eq!(told(&story.li).await, [], "told once");
    assert_eq!(told(&story.zhao).await, [], "who booked nothing is told nothing");

    // Somebody else had the form open too.
    story.desk.ask(desk::Change { event: story.event, version, plan }).await;
    story.desk.sync().await;
    assert_eq!(refusal(&story.desk).await, Refusal::ChangedMeanwhile);
    story.li.ask(event::Withdraw { booking: mine[0].id, on_behalf_of: None }).await;
    story.li.sync().await;
    assert_eq!(story.own(&story.li).await[0].state, BookingIs::Withdrawn);
    story.end().await;
}

#[tokio::test]
async fn fewer_seats_cost_who_came_last_and_they_read_why() {
    let story = Story::begin().await;
    story.books(&story.li, story.yutong, 0, 2).await;
    story.books(&story.zhao, story.zihan, 0, 2).await;
    story.all_sync().await;
    let session = story.sessions[0];
    let lost = story.desk.ask(desk::Losing { session, capacity: 3 }).await;
    let names: Vec<_> = lost.back.iter().map(|one| one.children[0].name.as_str()).collect();
    assert_eq!((names, lost.out.len(), lost.painless), (vec!["赵子涵"], 0, 4));
    let capacity = |cut| desk::Capacity { session, capacity: 3, cut };
    story.desk.ask(capacity(None)).await;
    story.desk.sync().await;
    assert_eq!(refusal(&story.desk).await, Refusal::SeatsHeld { used: 4 });
    story.desk.ask(capacity(Some(Cut { reason: "换小车".into(), families: 1 }))).await;
    story.desk.sync().await;
    story.world.count().await;
    story.all_sync().await;
    let mine = story.own(&story.zhao).await;
    assert_eq!(mine[0].state, BookingIs::Waitlisted { place: Some(1) });
    assert_eq!(mine[0].put_back.as_ref().map(|it| it.reason.as_str()), Some("换小车"));
    assert_eq!(told(&story.zhao).await, [BookedNews::PutBack]);
    assert_eq!(story.own(&story.li).await[0].state, BookingIs::Confirmed);

    // One seat is free: with one adult less the family is offered it at once.
    let answers = vec!["不晕车".into(), String::new()];
    let (booking, children) = (mine[0].id, vec![story.zihan]);
    story
        .zhao
        .ask(event::ChangeBooking {
            booking,
            children,
            adults: 1,
            answers,
            wishes: vec![],
            on_behalf_of: None,
        })
        .await;
    story.zhao.sync().await;
    let mine = story.own(&story.zhao).await;
    assert!(matches!(mine[0].state, BookingIs::Offered { .. }), "{mine:?}");
    assert_eq!(mine[0].answers[0].answer, "不晕车");
    story.end().await;
}

#[tokio::test]
async fn a_session_that_is_called_off_names_the_next_best() {
    let story = Story::begin().await;
    story.books(&story.li, story.yutong, 0, 1).await;
    let reason = "带队老师外出".to_owned();
    story.desk.ask(desk::CancelSession { session: story.sessions[0], reason: reason.clone() }).await;
    story.desk.sync().await;
    story.all_sync().await;
    let mine = story.own(&story.li).await;
    let BookingIs::Cancelled { reason: told_reason, instead } = &mine[0].state else { panic!("{mine:?}") };
    assert_eq!((told_reason, instead[0].id), (&reason, story.sessions[1]));
    assert_eq!(told(&story.li).await, [BookedNews::CalledOff]);
    story.books(&story.li, story.yutong, 1, 1).await;
    let states: Vec<_> = story.own(&story.li).await.into_iter().map(|it| it.state).collect();
    assert!(states.contains(&BookingIs::Confirmed), "{states:?}");
    story.end().await;
}

#[tokio::test]
async fn a_change_made_offline_waits_and_what_cannot_be_had_leaves_the_booking_as_it_was() {
    let mut story = Story::begin().await;
    story.books(&story.li, story.yutong, 0, 1).await;
    story.books(&story.zhao, story.zihan, 0, 1).await;
    story.all_sync().await;
    story.world.kill_server().await;
    let booking = story.own(&story.li).await[0].id;
    let change = |adults| event::ChangeBooking {
        booking,
        children: vec![story.yutong],
        adults,
        answers: vec!["会晕车".into(), String::new()],
        wishes: vec![],
        on_behalf_of: None,
    };
    story.li.ask(change(2)).await;
    let mine = story.own(&story.li).await;
    let pending = mine[0].pending.clone().unwrap();
    assert_eq!((pending.act.as_str(), pending.party.map(|party| party.adults)), ("change-booking", Some(2)));
    assert_eq!(mine[0].adults, 1, "never said to be so before the school has said it");
    story.world.start().await;
    story.li.sync().await;
    assert_eq!(story.own(&story.li).await[0].adults, 2);

    let refusal = story.li.refused(change(3)).await;
    assert_eq!(refusal, Fault::Refused { refusal: Refusal::FamilyLimit { limit: 2 } });
    assert_eq!(story.own(&story.li).await[0].adults, 2);
    story.end().await;
}
