//! 试演: before an open day is published the coordinator sees which class the rush would leave out, with the server gone; nothing
//! of it is sent or kept, and the same figures come out again.

use serde_json::json;
use xinmei_client::api::{
    Fault,
    desk::{PlannedSession, Publish},
    draw::PlannedDraw,
    event::List,
    rehearsal::Rehearse,
    sync::ListOutbox,
};
use xinmei_model::{
    Id, Place, Power, Refusal, RoleKind, SeatRule, limits,
    rehearsal::{LeftOutOfSeats, Suppositions},
};
use xinmei_tests::{Device, Guardian, World, at};

struct Story {
    world: World,
    desk: Device,
    teacher: Device,
    campus: Id<Place>,
    joined: Id<Place>,
    paper: Id<Place>,
}

impl Story {
    /// Two classes of nine families: in one everybody has joined, in the other nobody.
    async fn begin() -> Self {
        let world = World::new().await;
        let joined = world.class("本部", 2024, 2).await;
        let paper = world.class("本部", 2024, 3).await;
        let campus = world.campus("本部").await;
        for number in 0..9 {
            let parent = format!("家长{number}");
            world.elsewhere(&parent).await;
            let child = world.child(&format!("孩子{number}"), joined).await;
            world.link(&Guardian::parent(&parent), child).await;
            let child = world.child(&format!("同学{number}"), paper).await;
            world.link(&Guardian::parent(&format!("在纸上{number}")), child).await;
        }
        let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
        let teacher = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", joined).await;
        desk.sync().await;
        teacher.sync().await;
        Self { world, desk, teacher, campus, joined, paper }
    }

    fn plan(&self) -> Publish {
        let session = |hour: u32| PlannedSession {
            id: None,
            name: format!("第 {} 场", hour - 8),
            starts: at(&format!("2026-11-26T{hour:02}:30")),
            ends: at(&format!("2026-11-26T{hour:02}:50")),
            capacity: 4,
            shares_with: None,
            held_in: None,
            eligible: vec![],
            first_timers: false,
            holds: vec![],
        };
        Publish {
            place: self.campus,
            title: "家长开放日".into(),
            about: String::new(),
            venue: String::new(),
            held_in: None,
            programme: String::new(),
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
            questions: vec![],
            look: Default::default(),
            waitlist: true,
            opens: at("2026-11-23T19:00"),
            closes: at("2026-11-25T20:00"),
            withdraw_until: at("2026-11-26T08:00"),
            // Out of order: they are told by start.
            sessions: vec![session(10), session(9)],
            draw: None,
        }
    }

    fn ask(&self, seed: Option<u32>) -> Rehearse {
        let suppose =
            Suppositions { want_percent: 100, two_adults_percent: 0, hours: 6, ..Suppositions::default() };
        Rehearse { plan: self.plan(), suppose, runs: 40, seed }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_class_without_the_app_is_left_out_of_the_rush_and_not_of_a_draw() {
    let mut story = Story::begin().await;
    story.world.kill_server().await;
    let desk = &story.desk;
    let told = desk.ask(story.ask(None)).await;
    assert_eq!((told.runs, told.families, told.by_staff, told.alone), (40, 18, 9, 0));
    assert!(!told.draws);
    assert_eq!(told.sessions.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["第 1 场", "第 2 场"]);
    for session in &told.sessions {
        assert_eq!((session.race.capacity, session.race.used.median), (4, 4));
        assert_eq!(session.race.full_runs, 40);
        assert_eq!(session.draw.as_ref().unwrap().full_after_s, None, "nobody is faster in a draw");
    }
    // Eighteen families of one adult want to come.
    assert!(told.sessions.iter().map(|one| one.enough.unwrap()).sum::<u32>() >= 18);
    let classes: Vec<_> = told.classes.iter().map(|one| (one.class.id, one.race.left_out)).collect();
    assert_eq!(classes, [(story.joined, None), (story.paper, Some(LeftOutOfSeats::Nobody))]);
    let paper = told.classes[1].draw.as_ref().unwrap();
    assert_eq!((paper.left_out, paper.by_staff, paper.families), (None, 9, 9));
    assert_eq!(told.race.wanting.median, 18);
    assert_eq!((told.race.seated.median, told.draw.as_ref().unwrap().seated.median), (8, 8));

    assert_eq!(desk.ask(story.ask(Some(told.seed))).await, told, "the same seed, the same figures");
    assert_ne!(desk.ask(story.ask(Some(told.seed ^ 1))).await.classes, told.classes);
    assert!(desk.ask(ListOutbox {}).await.items.is_empty(), "nothing waits to be sent");
    assert!(desk.ask(List {}).await.events.is_empty(), "and nothing was planned");
    story.world.start().await;
    story.world.end(&[&story.desk, &story.teacher]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_the_school_would_refuse_is_refused_and_everything_has_a_limit() {
    let story = Story::begin().await;
    let refused = |fault| match fault {
        Fault::Refused { refusal } => refusal,
        other => panic!("{other}"),
    };
    let ask = |change: &dyn Fn(&mut Rehearse)| {
        let mut ask = story.ask(Some(1));
        change(&mut ask);
        ask
    };
    let of_teacher = refused(story.teacher.refused(story.ask(Some(1))).await);
    assert_eq!(of_teacher, Refusal::NoPower { power: Power::ManageEvents });
    let desk = &story.desk;
    let none = refused(desk.refused(ask(&|ask| ask.plan.sessions.clear())).await);
    assert_eq!(none, Refusal::Malformed { field: "sessions".into() });
    let draw = ask(&|ask| {
        let (public_value, known) = ("收盘价".into(), at("2026-11-24T15:30"));
        ask.plan.draw = Some(PlannedDraw { public_value, decimals: 2, known });
    });
    let early = refused(desk.refused(draw).await);
    assert_eq!(early, Refusal::Malformed { field: "draw.known".into() });
    let runs = refused(desk.refused(ask(&|ask| ask.runs = u32::MAX)).await);
    assert_eq!(runs, Refusal::TooMany { field: "runs".into(), limit: limits::REHEARSAL_RUNS });
    let hours = refused(desk.refused(ask(&|ask| ask.suppose.hours = u32::MAX)).await);
    assert_eq!(hours, Refusal::TooMany { field: "hours".into(), limit: limits::REHEARSAL_HOURS });
    story.world.end(&[&story.desk, &story.teacher]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_says_who_is_left_out_first() {
    let story = Story::begin().await;
    let terminal = story.world.terminal("周敏").await;
    let file = story.world.dir.path().join("plan.json");
    std::fs::write(&file, json!(story.plan()).to_string()).unwrap();
    let file = file.display().to_string();
    let args = [
        "event",
        "rehearse",
        &file,
        "--want",
        "100",
        "--two-adults",
        "0",
        "--hours",
        "6",
        "--runs",
        "40",
        "--seed",
        "5",
    ];
    let said = terminal.does(&args).await;
    let lines: Vec<&str> = said.out.lines().collect();
    assert!(lines[0].starts_with("18 families, 40 openings, seed 5"), "{said:?}");
    assert!(lines[1].contains("left out") && lines[1].contains("本部 3.3"), "{said:?}");
    assert!(lines[1].contains("9 families want to come"), "{said:?}");
    assert_eq!(terminal.does(&args).await.out, said.out);
    let json = terminal.does(&[&["--json"], &args[..]].concat()).await.json();
    assert_eq!(json["classes"][1]["race"]["left_out"], "nobody");
    // A class that hears late is named as everywhere.
    let late = terminal.does(&[&args[..], &["--late", "3.2", "--late-minutes", "120"]].concat()).await;
    assert_ne!(late.out, said.out);
    assert!(terminal.does(&["outbox"]).await.out.is_empty());
    let wrong = terminal.run(&["event", "rehearse", &file, "--want", "101"]).await;
    assert!(wrong.code != 0 && wrong.err.contains("want_percent"), "{wrong:?}");
    story.world.end(&[&story.desk, &story.teacher]).await;
}
