//! Last year's open day, held again and kept as a theme: cohorts follow each other in the grades, weekdays and wall times stay,
//! and what was held keeps its names.

use std::collections::BTreeMap;

use xinmei_client::api::{
    Fault, desk, event,
    theme::{self, Themes},
};
use xinmei_model::{Event, Id, Place, Power, Refusal, RoleKind, SeatRule, ThemePost, Year, put_year};
use xinmei_tests::{Device, World, at};

fn last_year(place: Id<Place>, eligible: Vec<Id<Place>>) -> desk::Publish {
    let session = |hour: usize| desk::PlannedSession {
        id: None,
        name: format!("第 {} 场", hour - 8),
        starts: at(&format!("2025-11-27T{hour:02}:40")),
        ends: at(&format!("2025-11-27T{:02}:10", hour + 1)),
        capacity: 60,
        shares_with: None,
        held_in: None,
        eligible: vec![],
        first_timers: false,
        holds: vec![],
    };
    desk::Publish {
        place,
        title: "第七届家长开放日".into(),
        about: "走进课堂".into(),
        venue: "各班教室".into(),
        held_in: None,
        programme: "家长开放日".into(),
        tags: vec![" 六大工程 ".into(), "五项创新".into(), "六大工程".into()],
        theme: None,
        lesson: None,
        partner: None,
        trip: None,
        eligible,
        seat_rule: SeatRule::Adults,
        family_limit: 2,
        child_limit: None,
        child_seats: None,
        questions: vec![],
        look: Default::default(),
        waitlist: true,
        draw: None,
        opens: at("2025-11-24T08:00"),
        closes: at("2025-11-26T20:00"),
        withdraw_until: at("2025-11-26T20:00"),
        sessions: [9, 10].map(session).into(),
    }
}

/// The school of last year and of this one.
async fn school() -> (World, Device, [Id<Place>; 4]) {
    let world = World::new().await;
    for begins in [2025, 2026] {
        let first = jiff::civil::date(begins, 9, 1);
        let year = Year::usual(Id::new(uuid::Uuid::now_v7()), begins, first).unwrap();
        world.put(vec![put_year(year)]).await;
    }
    let campus = world.campus("本部").await;
    let classes = [
        world.class("本部", 2023, 2).await,
        world.class("本部", 2024, 2).await,
        world.class("本部", 2025, 1).await,
    ];
    let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let [third_then, third_now, first_then] = classes;
    (world, desk, [campus, third_then, third_now, first_then])
}

async fn published(desk: &Device, plan: desk::Publish) -> Id<Event> {
    let title = plan.title.clone();
    desk.ask(plan).await;
    desk.sync().await;
    let events = desk.ask(event::List {}).await.events;
    events.into_iter().find(|line| line.title == title).expect("it was published").id
}

async fn themes(device: &Device) -> Themes {
    device.ask(theme::List {}).await
}

#[tokio::test(flavor = "multi_thread")]
async fn last_years_open_day_is_held_again_for_who_is_in_those_grades_now() {
    let (world, desk, [campus, third_then, third_now, first_then]) = school().await;
    let was = published(&desk, last_year(campus, vec![third_then, first_then])).await;
    let copied = desk.ask(desk::Copy { event: was }).await;
    let plan = copied.plan.clone();
    assert_eq!(copied.weeks, 52);
    let times: Vec<_> = plan.sessions.iter().map(|session| session.starts.clone()).collect();
    assert_eq!(times, [at("2026-11-26T09:40"), at("2026-11-26T10:40")]);
    assert_eq!(plan.closes, at("2026-11-25T20:00"));
    // 三年级2班 is another cohort now; the first grade of last year has nobody after it.
    assert_eq!(plan.eligible, [third_now]);
    assert_eq!(copied.left_out.iter().map(|place| place.id).collect::<Vec<_>>(), [first_then]);
    assert_eq!(plan.tags, ["六大工程", "五项创新"]);

    let again = published(&desk, desk::Publish { title: "第八届家长开放日".into(), ..plan }).await;
    let old = desk.ask(event::Open { event: was }).await;
    assert_eq!(old.line.title, "第七届家长开放日", "what was held keeps its name");
    assert_eq!(old.for_whom.iter().map(|place| place.id).collect::<Vec<_>>(), [third_then, first_then]);
    let new = desk.ask(event::Open { event: again }).await;
    assert_eq!(new.line.tags, ["六大工程", "五项创新"]);
    world.end(&[&desk]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_theme_is_kept_planned_from_renamed_and_dropped_and_its_events_stay() {
    let (world, desk, [campus, third_then, third_now, _]) = school().await;
    let other = world.staff("何敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let teacher = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", third_now).await;
    let was = published(&desk, last_year(campus, vec![third_then])).await;
    let mut draft = desk.ask(theme::Of { event: was }).await;
    assert_eq!(draft.name, "家长开放日");
    draft.event.title = "第{届次}届家长开放日".into();
    draft.posts = vec![ThemePost {
        title: "引导岗".into(),
        meeting_point: "东门".into(),
        needed: 4,
        before_min: 30,
        after_min: 15,
    }];
    desk.ask(theme::Put { theme: None, draft: draft.clone() }).await;
    // Saved here, it is there at once; the school has it when it is sent.
    let own = themes(&desk).await.themes.remove(0);
    assert_eq!((own.fields.clone(), own.used), (vec!["届次".to_owned()], 0));
    assert!(themes(&other).await.themes.is_empty());
    for device in [&desk, &other, &teacher] {
        device.sync().await;
    }
    assert_eq!(themes(&other).await.themes[0].draft, draft);
    let hers = themes(&teacher).await;
    assert!(hers.themes.is_empty() && !hers.may_keep, "who plans no events is shown none");
    let refused = teacher.refused(theme::Put { theme: Some(own.id), draft: draft.clone() }).await;
    let no = Fault::Refused { refusal: Refusal::NoPower { power: Power::ManageEvents } };
    assert_eq!(refused, no);

    let values = BTreeMap::from([("届次".to_owned(), "八".to_owned())]);
    let first = jiff::civil::date(2027, 4, 15);
    let ask = theme::Plan { theme: own.id, place: campus, first, values };
    let planned = other.ask(ask).await;
    assert!(planned.missing.is_empty());
    assert_eq!(planned.plan.title, "第八届家长开放日");
    assert_eq!(planned.plan.sessions[1].starts, at("2027-04-15T10:40"));
    assert_eq!(planned.plan.opens, at("2027-04-12T08:00"));
    let event = published(&other, planned.plan).await;
    desk.sync().await;
    assert_eq!(themes(&desk).await.themes[0].used, 1);
    // Kept again from the event that came of it, the posts are there.
    assert_eq!(other.ask(theme::Of { event }).await.posts, draft.posts);

    let renamed = xinmei_model::ThemeDraft { name: "新心相印".into(), ..draft };
    desk.ask(theme::Put { theme: Some(own.id), draft: renamed }).await;
    desk.ask(theme::Drop { theme: own.id }).await;
    for device in [&desk, &other] {
        device.sync().await;
        assert!(themes(device).await.themes.is_empty());
        assert_eq!(device.ask(event::Open { event }).await.line.title, "第八届家长开放日");
    }
    world.end(&[&desk, &other, &teacher]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_copies_keeps_and_plans() {
    let (world, desk, [campus, third_then, third_now, _]) = school().await;
    let was = published(&desk, last_year(campus, vec![third_then])).await.to_string();
    let zhou = world.terminal("周敏").await;
    zhou.does(&["sync"]).await;
    let plan = zhou.does(&["--json", "event", "copy", &was]).await.json();
    assert_eq!(plan["eligible"][0], third_now.to_string());
    zhou.does(&["theme", "keep", &was, "开放日", "--title", "第{届次}届家长开放日"]).await;
    assert_eq!(zhou.does(&["theme", "list"]).await.cells()[0][1..4], ["0", "开放日", "届次"]);
    let short = zhou.run(&["theme", "plan", "开放日", "2027-04-15"]).await;
    assert!(short.code == 2 && short.err.contains("届次"), "{short:?}");
    let plan = ["--json", "theme", "plan", "开放日", "2027-04-15", "--field", "届次=八"];
    let plan = zhou.does(&plan).await.json();
    let file = world.dir.path().join("plan.json");
    std::fs::write(&file, plan.to_string()).unwrap();
    zhou.does(&["event", "publish", file.to_str().unwrap(), "--tag", "六位一体"]).await;
    let events = zhou.does(&["--json", "event", "list"]).await.json();
    let tags: Vec<_> = events["events"].as_array().unwrap().iter().map(|line| line["tags"].clone()).collect();
    assert!(tags.contains(&serde_json::json!(["六大工程", "五项创新", "六位一体"])), "{tags:?}");
    assert_eq!(zhou.does(&["theme", "list"]).await.cells()[0][1], "1");
    zhou.does(&["theme", "drop", "开放日"]).await;
    assert!(zhou.does(&["theme", "list"]).await.cells().is_empty());
    world.end(&[&desk]).await;
}
