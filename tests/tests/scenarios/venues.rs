//! An exhibition in a hall, with a session on the other campus: who plans is told what does not fit, and families read where to go.

use xinmei_client::api::{
    Fault, desk, event,
    sync::{ItemState, ListOutbox, Seen},
    venue::{self, VenueView},
    venue_fit,
};
use xinmei_model::{Event, Id, Place, Power, Refusal, RoleKind, SeatRule, Session, Venue, VenueDraft};
use xinmei_tests::{Device, Guardian, World, at};

fn session(name: &str, from: &str, to: &str, capacity: u32) -> desk::PlannedSession {
    desk::PlannedSession {
        id: None,
        name: name.into(),
        starts: at(&format!("2026-11-27T{from}")),
        ends: at(&format!("2026-11-27T{to}")),
        capacity,
        shares_with: None,
        held_in: None,
        eligible: vec![],
        first_timers: false,
        holds: vec![],
    }
}

fn plan(place: Id<Place>, title: &str, sessions: Vec<desk::PlannedSession>) -> desk::Publish {
    desk::Publish {
        place,
        title: title.into(),
        about: String::new(),
        venue: String::new(),
        held_in: None,
        programme: "馆校合作".into(),
        tags: vec![],
        theme: None,
        eligible: vec![],
        seat_rule: SeatRule::Everyone,
        family_limit: 4,
        child_limit: Some(2),
        child_seats: None,
        questions: vec![],
        look: Default::default(),
        lesson: None,
        partner: None,
        trip: None,
        waitlist: true,
        draw: None,
        opens: at("2026-11-20T08:00"),
        closes: at("2026-11-26T20:00"),
        withdraw_until: at("2026-11-26T20:00"),
        sessions,
    }
}

struct Story {
    world: World,
    campus: Id<Place>,
    east: Id<Place>,
    desk: Device,
    desk_east: Device,
    li: Device,
    child: Id<xinmei_model::Child>,
}

async fn story() -> Story {
    let world = World::new().await;
    let (campus, class) = (world.campus("本部").await, world.class("本部", 2024, 2).await);
    let east = world.campus("东校区").await;
    let child = world.child("李雨桐", class).await;
    world.link(&Guardian::parent("李明"), child).await;
    let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let desk_east = world.staff("何敏", RoleKind::Coordinator, "活动协调员", east).await;
    let li = world.join("李明").await;
    Story { world, campus, east, desk, desk_east, li, child }
}

fn draft(place: Id<Place>, name: &str, capacity: u32, location: &str) -> VenueDraft {
    VenueDraft { place, name: name.into(), location: location.into(), capacity, note: "轮椅可到".into() }
}

async fn venues(device: &Device) -> Vec<VenueView> {
    device.ask(venue::List {}).await.venues
}

async fn named(device: &Device, name: &str) -> Id<Venue> {
    venues(device).await.into_iter().find(|one| one.draft.name == name).expect("it is there").id
}

async fn event_of(device: &Device, title: &str) -> Id<Event> {
    let events = device.ask(event::List {}).await.events;
    events.into_iter().find(|line| line.title == title).expect("it was published").id
}

async fn refusal(device: &Device) -> Refusal {
    let item = device.ask(ListOutbox {}).await.items.remove(0);
    device.ask(Seen { mutation: item.mutation }).await;
    let ItemState::Refused { refusal } = item.state else { panic!("{item:?}") };
    refusal
}

#[tokio::test(flavor = "multi_thread")]
async fn an_exhibition_in_a_hall_with_a_session_on_the_other_campus() {
    let Story { world, campus, east, desk, desk_east, li, child } = story().await;
    // Kept with the network cut, each where its desk is.
    desk.ask(venue::Put { venue: None, draft: draft(campus, "新美书画廊", 60, "三楼东侧") }).await;
    desk_east.ask(venue::Put { venue: None, draft: draft(east, "队史廊", 40, "二楼走廊") }).await;
    assert_eq!(venues(&desk).await.len(), 1, "it is there at once");
    for device in [&desk, &desk_east, &desk, &li] {
        device.sync().await;
    }
    let all = venues(&desk).await;
    let keeps: Vec<_> = all.iter().filter(|one| one.keeps).map(|one| one.draft.name.as_str()).collect();
    assert_eq!((keeps, all.len()), (vec!["新美书画廊"], 2));
    let (hall, corridor) = (named(&desk, "新美书画廊").await, named(&desk, "队史廊").await);
    let foreign = venue::Put { venue: Some(corridor), draft: draft(east, "走廊", 9, "") };
    let no = Fault::Refused { refusal: Refusal::NoPower { power: Power::ManageEvents } };
    assert_eq!(desk.refused(foreign).await, no);
    assert_eq!(li.refused(venue::Drop { venue: hall }).await, no);

    let mut exhibition = plan(
        campus,
        "红岩精神巡展",
        vec![session("第 1 场", "09:00", "10:00", 60), session("东校区专场", "10:10", "10:40", 41)],
    );
    exhibition.held_in = Some(hall);
    exhibition.sessions[1].held_in = Some(corridor);
    let fits = desk.ask(venue_fit::Fits { event: None, plan: exhibition.clone() }).await;
    let small = Refusal::VenueTooSmall { venue: "队史廊".into(), capacity: 40, seats: 41 };
    assert_eq!(
        fits.troubles.iter().map(|one| (one.session, &one.refusal)).collect::<Vec<_>>(),
        [(1, &small)]
    );
    exhibition.sessions[1].capacity = 40;
    assert!(desk.ask(venue_fit::Fits { event: None, plan: exhibition.clone() }).await.troubles.is_empty());
    desk.ask(exhibition.clone()).await;
    desk.sync().await;
    li.sync().await;

    // A family reads where to go, and that nobody gets from one campus to the other in ten minutes.
    let opened = li.ask(event::Open { event: event_of(&li, "红岩精神巡展").await }).await;
    assert_eq!(opened.line.venue, "新美书画廊");
    let here = opened.line.held_in.clone().unwrap();
    assert_eq!((here.location.as_str(), here.note.as_str()), ("三楼东侧", "轮椅可到"));
    let [first, second] = [&opened.line.sessions[0], &opened.line.sessions[1]];
    assert_eq!(first.held_in, None);
    assert_eq!(second.held_in.as_ref().map(|one| one.name.as_str()), Some("队史廊"));
    let sign_up = |session: Id<Session>| event::SignUp {
        session,
        children: vec![child],
        adults: 1,
        answers: vec![],
        others: vec![],
        on_behalf_of: None,
    };
    let (at_home, away) = (first.id, second.id);
    li.ask(sign_up(at_home)).await;
    li.sync().await;
    // The corridor is full at that time: the school says so, and by whom.
    let mut other = plan(east, "读书会", vec![session("一", "10:05", "10:35", 1)]);
    other.held_in = Some(corridor);
    desk_east.ask(other).await;
    desk_east.sync().await;
    let taken = Refusal::VenueTaken {
        venue: "队史廊".into(),
        title: "红岩精神巡展".into(),
        starts: at("2026-11-27T10:10"),
        left: 0,
        seats: 1,
    };
    assert_eq!(refusal(&desk_east).await, taken);

    // Five minutes are enough in one building, and too few from the other campus.
    let mut open_class = plan(campus, "公开课", vec![session("一", "10:45", "11:15", 9)]);
    open_class.held_in = Some(hall);
    desk.ask(open_class).await;
    desk.sync().await;
    li.sync().await;
    let near = li.ask(event::Open { event: event_of(&li, "公开课").await }).await;
    assert!(near.clashes.is_empty(), "{:?}", near.clashes);
    li.ask(sign_up(away)).await;
    li.sync().await;
    let far = li.ask(event::Open { event: event_of(&li, "公开课").await }).await;
    assert_eq!(far.clashes.iter().map(|one| one.too_far).collect::<Vec<_>>(), [true], "{:?}", far.clashes);

    // Another name, fewer people, no more: nobody loses anything, and what was said stays.
    let fewer = desk.ask(venue::Exceeding { venue: hall, capacity: 50 }).await.sessions;
    assert_eq!(fewer.iter().map(|one| one.capacity).collect::<Vec<_>>(), [60]);
    desk.ask(venue::Put { venue: Some(hall), draft: draft(campus, "书画廊", 50, "三楼东侧") }).await;
    desk.ask(venue::Drop { venue: hall }).await;
    desk.sync().await;
    li.sync().await;
    assert_eq!(venues(&li).await.iter().map(|one| one.id).collect::<Vec<_>>(), [corridor]);
    let opened = li.ask(event::Open { event: event_of(&li, "红岩精神巡展").await }).await;
    assert_eq!((opened.line.venue.as_str(), opened.line.mine.len()), ("新美书画廊", 2));
    let here = opened.line.held_in.unwrap();
    assert_eq!((here.name.as_str(), here.dropped), ("书画廊", true));
    // Held again it is planned in what is still used, and the words of the rest are there.
    let copied = desk.ask(desk::Copy { event: opened.line.id }).await.plan;
    assert_eq!((copied.held_in, copied.venue.as_str()), (None, "新美书画廊"));
    assert_eq!(copied.sessions[1].held_in, Some(corridor));
    world.end(&[&desk, &desk_east, &li]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_keeps_venues() {
    let Story { world, desk, desk_east, li, .. } = story().await;
    let zhou = world.terminal("周敏").await;
    zhou.does(&["sync"]).await;
    let add = ["venue", "add", "校史馆", "120", "--location", "一楼", "--note", "轮椅可到"];
    zhou.does(&add).await;
    assert_eq!(zhou.does(&["venue", "list"]).await.cells()[0][1..5], ["校史馆", "120", "本部", "一楼"]);
    zhou.does(&["venue", "change", "校史馆", "--name", "校史陈列馆", "--capacity", "100"]).await;
    let list = zhou.does(&["--json", "venue", "list"]).await.json();
    assert_eq!(list["venues"][0]["names"][0]["name"], "校史馆");
    assert_eq!(list["venues"][0]["draft"]["location"], "一楼", "what is not said stays");
    let unknown = zhou.run(&["venue", "drop", "操场"]).await;
    assert!(unknown.code == 2 && unknown.err.contains("操场"), "{unknown:?}");
    let wrong = zhou.run(&["venue", "add", "操场", "0"]).await;
    assert!(wrong.code != 0, "{wrong:?}");
    zhou.does(&["venue", "drop", "校史陈列馆"]).await;
    assert!(zhou.does(&["venue", "list"]).await.cells().is_empty());
    zhou.does(&["sync"]).await;
    world.end(&[&desk, &desk_east, &li]).await;
}
