//! A museum at night with two sessions of one seat: families enter, one of them without a network; the roll is closed, the desk
//! enters the value, and every family works it out again. What the school changes afterwards is found out.

use jiff::SignedDuration;
use xinmei_client::api::{
    Fault, desk,
    draw::{Draw, DrawPhase, PlannedDraw, Recompute, Recomputed},
    event::{self, BookingIs, BookingView},
    notification::{BookedNews, NoteKind},
    sync::{ItemState, ListOutbox, Seen},
};
use xinmei_model::{
    Change, Child, DrawFault, DrawResult, DrawRoll, DrawSecret, Event, Feed, Id, Place, Refusal, RoleKind,
    SeatRule, Session, draw,
};
use xinmei_tests::{Device, World, at};

const VALUE: &str = "3902.81";

fn plan(place: Id<Place>) -> desk::Publish {
    let session = |n: usize| desk::PlannedSession {
        id: None,
        name: format!("第 {} 晚", n + 1),
        starts: at(&format!("2026-11-26T{:02}:30", 18 + n)),
        ends: at(&format!("2026-11-26T{:02}:10", 19 + n)),
        capacity: 1,
        shares_with: None,
        held_in: None,
        eligible: vec![],
        first_timers: false,
        holds: vec![],
    };
    desk::Publish {
        place,
        title: "自然博物馆之夜".into(),
        about: String::new(),
        venue: "自然博物馆".into(),
        held_in: None,
        programme: "馆校合作".into(),
        tags: vec![],
        theme: None,
        lesson: None,
        partner: None,
        trip: None,
        eligible: vec![],
        seat_rule: SeatRule::Children,
        family_limit: 2,
        child_limit: None,
        child_seats: None,
        questions: vec![],
        look: Default::default(),
        waitlist: true,
        draw: Some(PlannedDraw {
            public_value: "2026-11-26 上证指数收盘价".into(),
            decimals: 2,
            known: at("2026-11-26T15:30"),
        }),
        opens: at("2026-11-23T09:00"),
        closes: at("2026-11-25T20:00"),
        withdraw_until: at("2026-11-26T17:00"),
        sessions: [0, 1].map(session).into(),
    }
}

struct Story {
    world: World,
    desk: Device,
    families: Vec<(Device, Id<Child>)>,
    event: Id<Event>,
    sessions: Vec<Id<Session>>,
}

impl Story {
    async fn begin() -> Self {
        let world = World::new().await;
        let class = world.class("本部", 2024, 2).await;
        let campus = world.campus("本部").await;
        let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
        let mut families = Vec::new();
        for (guardian, child) in [("李建国", "李雨桐"), ("赵倩", "赵子涵"), ("陈静", "陈思远")]
        {
            let (device, children) = world.family(guardian, &[(child, class)]).await;
            families.push((device, children[0]));
        }
        desk.ask(plan(campus)).await;
        desk.sync().await;
        let line = desk.ask(event::List {}).await.events.remove(0);
        let sessions = line.sessions.iter().map(|session| session.id).collect();
        let story = Self { world, desk, families, event: line.id, sessions };
        story.all_sync().await;
        story.world.advance(SignedDuration::from_mins(5)).await;
        story
    }

    async fn all_sync(&self) {
        self.desk.sync().await;
        for (device, _) in &self.families {
            device.sync().await;
        }
    }

    async fn until(&self, time: &str) {
        self.world.advance(at(time).timestamp().duration_since(self.world.now())).await;
        self.all_sync().await;
    }

    /// Everybody wishes for the first evening, then for the second.
    async fn enter(&self, family: usize) {
        let (device, child) = &self.families[family];
        let wish = event::SignUp {
            session: self.sessions[0],
            children: vec![*child],
            adults: 0,
            answers: vec![],
            others: vec![self.sessions[1]],
            on_behalf_of: None,
        };
        device.ask(wish).await;
    }

    async fn own(&self, family: usize) -> BookingView {
        let opened = self.families[family].0.ask(event::Open { event: self.event }).await;
        let [mine]: [BookingView; 1] = opened.line.mine.try_into().expect("one entry");
        mine
    }

    async fn phase(&self, device: &Device) -> DrawPhase {
        let opened = device.ask(event::Open { event: self.event }).await;
        opened.line.draw.expect("it is drawn").phase
    }

    async fn draw(&self) {
        self.desk.ask(Draw { event: self.event, value: VALUE.into() }).await;
        self.desk.sync().await;
    }

    async fn recompute(&self, family: usize) -> Recomputed {
        self.families[family].0.ask(Recompute { event: self.event }).await
    }

    async fn is_drawn(&self) {
        for family in 0..3 {
            self.enter(family).await;
        }
        self.all_sync().await;
        self.until("2026-11-25T20:00").await;
        self.until("2026-11-26T15:30").await;
        self.draw().await;
        self.all_sync().await;
    }

    async fn end(self) {
        self.all_sync().await;
        let mut devices: Vec<&Device> = self.families.iter().map(|(device, _)| device).collect();
        devices.push(&self.desk);
        self.world.end(&devices).await;
    }
}

async fn news(device: &Device) -> Vec<BookedNews> {
    let notes = device.client.tell_due().await.unwrap().notes;
    let of = |what: &NoteKind| if let NoteKind::Booked { news } = what { Some(*news) } else { None };
    notes.iter().filter_map(|note| of(&note.what)).collect()
}

#[tokio::test]
async fn families_enter_and_each_works_the_draw_out_again() {
    let story = Story::begin().await;
    let desk = &story.desk;
    for family in 0..3 {
        story.enter(family).await;
    }
    // The second one has no network yet.
    story.families[0].0.sync().await;
    story.families[2].0.sync().await;
    assert_eq!(story.own(1).await.state, BookingIs::Saved);
    story.families[1].0.sync().await;
    let entered = story.own(1).await;
    assert_eq!((entered.state, entered.wishes), (BookingIs::Entered, story.sessions.clone()));
    assert_eq!(story.phase(desk).await, DrawPhase::Wishes { until: at("2026-11-25T20:00") });
    let fault = story.families[0].0.refused(Recompute { event: story.event }).await;
    assert_eq!(fault, Fault::Invalid { what: "draw".into() });

    story.until("2026-11-25T20:00").await;
    let roll: DrawRoll = story.world.row(DrawRoll::of(story.event)).unwrap();
    assert_eq!(roll.entries.len(), 3);
    assert_eq!(story.phase(&story.families[0].0).await, DrawPhase::Rolled { roll_sha256: roll.sha256 });
    let secret: DrawSecret = story.world.row(DrawSecret::of(story.event)).unwrap();
    let secret = secret.secret.to_string();
    for device in story.families.iter().map(|(device, _)| device) {
        let kept = String::from_utf8_lossy(&device.bytes()).into_owned();
        assert!(!kept.contains(&secret), "{} has the secret before the draw", device.name);
    }
    let seen = desk.ask(desk::Desk { event: story.event }).await;
    let wishes = seen.draw.expect("it is drawn");
    assert_eq!(
        (wishes.wishes[0].by_rank.clone(), wishes.wishes[1].by_rank.clone()),
        (vec![3, 0], vec![0, 3])
    );
    assert_eq!((wishes.wishes[0].seats_first, wishes.may_draw), (3, false));
    story.draw().await;
    let item = desk.ask(ListOutbox {}).await.items.remove(0);
    desk.ask(Seen { mutation: item.mutation }).await;
    let refusal = Refusal::DrawNotYet { from: at("2026-11-26T15:30") };
    assert_eq!(item.state, ItemState::Refused { refusal });

    story.until("2026-11-26T15:30").await;
    assert!(desk.ask(desk::Desk { event: story.event }).await.draw.is_some_and(|draw| draw.may_draw));
    story.draw().await;
    story.all_sync().await;
    let mut places = Vec::new();
    for family in 0..3 {
        let again = story.recompute(family).await;
        assert_eq!(again.fault, None);
        assert!(again.steps.iter().all(|step| step.agrees == Some(true)));
        assert!(again.roll_seen.is_some(), "it was seen before the draw");
        assert_eq!((again.value.as_str(), again.entries, again.seated), (VALUE, 3, 2));
        let [mine] = again.mine.as_slice() else { panic!("{:?}", again.mine) };
        let view = story.own(family).await;
        let drawn = view.drawn.clone().expect("it was drawn");
        assert_eq!((drawn.place, drawn.wish), (mine.place, mine.wish));
        let told = news(&story.families[family].0).await;
        match mine.session {
            Some(session) => {
                assert_eq!((view.state, view.session.id), (BookingIs::Confirmed, session));
                assert_eq!(told, [BookedNews::Drawn]);
            }
            None => {
                assert_eq!(view.state, BookingIs::Waitlisted { place: Some(1) });
                assert_eq!(told, [BookedNews::DrawnWaiting]);
            }
        }
        places.push(mine.place);
    }
    places.sort_unstable();
    assert_eq!(places, [1, 2, 3]);
    assert_eq!(desk.ask(Recompute { event: story.event }).await.mine, [], "the desk has no entry of its own");
    story.end().await;
}

#[tokio::test]
async fn what_the_school_changes_afterwards_is_named() {
    let story = Story::begin().await;
    story.is_drawn().await;
    assert_eq!(story.recompute(0).await.fault, None);
    let feeds = [Feed::School, Feed::Desk(story.event.uuid())];
    let row: Event = story.world.row(story.event).unwrap();
    let roll: DrawRoll = story.world.row(DrawRoll::of(story.event)).unwrap();
    let result: DrawResult = story.world.row(DrawResult::of(story.event)).unwrap();

    // Somebody gets what somebody else was drawn for.
    let mut other = result.clone();
    let (first, last) = (other.outcome[0].session, other.outcome[2].session);
    (other.outcome[0].session, other.outcome[2].session) = (last, first);
    story.world.put(vec![Change::put(other, feeds)]).await;
    story.all_sync().await;
    let again = story.recompute(1).await;
    assert_eq!(again.fault, Some(DrawFault::Outcome));

    // A friend of the house gets more tickets, and everything is put in order behind it.
    let mut other = roll.clone();
    other.entries[0].misses = 5;
    other.sha256 = other.hash();
    let mut plan = row.draw.clone().unwrap();
    plan.rolled = Some(other.sha256);
    let outcome = draw(&other, &result.secret, VALUE);
    let rows = vec![
        Change::put(Event { draw: Some(plan), ..row.clone() }, feeds),
        Change::put(other, feeds),
        Change::put(DrawResult { outcome, ..result.clone() }, feeds),
    ];
    story.world.put(rows).await;
    story.all_sync().await;
    let again = story.recompute(1).await;
    assert_eq!(again.fault, Some(DrawFault::Changed), "this computer remembers another roll");
    let agrees: Vec<_> = again.steps.iter().map(|step| step.agrees).collect();
    assert_eq!(agrees, [Some(true), Some(true), Some(true), Some(false), None, None]);

    let rows = vec![Change::put(row, feeds), Change::put(roll, feeds), Change::put(result, feeds)];
    story.world.put(rows).await;
    story.all_sync().await;
    assert_eq!(story.recompute(1).await.fault, None);
    story.end().await;
}
