//! Custody: what is not granted never reaches the computer, and what ended is gone from it.

use jiff::SignedDuration;
use xinmei_client::api::{Fault, desk, event, notice};
use xinmei_model::{
    AnsweredBy, Ask, Audience, Id, Place, Refusal, Relation, Right, RoleKind, SeatRule, Target,
};
use xinmei_tests::{Device, Guardian, World, at};

async fn tell(teacher: &Device, world: &World, class: Id<Place>, title: &str) {
    let audience = Audience { include: vec![Target::Place(class)], except: Vec::new() };
    teacher.sync().await;
    let families_seen =
        teacher.ask(notice::Preview { audience: audience.clone(), send_at: None }).await.families;
    let send = notice::Send {
        audience,
        families_seen,
        title: title.into(),
        body: title.into(),
        ask: Ask::Acknowledge,
        answered_by: AnsweredBy::AnyGuardian,
        due: None,
        send_at: None,
        supersedes: None,
        keeps_answers: false,
        asks_again: Default::default(),
        changed: None,
        class_reads: false,
        reminds: false,
        alert: None,
        files: Vec::new(),
    };
    teacher.ask(send).await;
    teacher.sync().await;
    world.advance(SignedDuration::from_secs(121)).await;
}

/// Everything that reached this computer, as one text: the rows of the replica whole.
fn holdings(device: &Device) -> String {
    device.client.replica().unwrap().holdings().unwrap()
}

#[tokio::test]
async fn a_guardian_without_messages_or_barred_sees_no_byte_of_them() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let child = world.child("李雨桐", class).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    world.link(&Guardian::parent("刘芳"), child).await;
    let pick_up =
        Guardian { relation: Relation::Father, rights: &[Right::PickUp], ..Guardian::parent("李建国") };
    world.link(&pick_up, child).await;
    world.link(&Guardian::parent("王某"), child).await;
    let (mother, father, other) =
        (world.join("刘芳").await, world.join("李建国").await, world.join("王某").await);
    world.link(&Guardian { barred: true, ..Guardian::parent("王某") }, child).await;
    tell(&zhang, &world, class, "暗号一七三").await;
    for device in [&mother, &father, &other] {
        device.sync().await;
    }
    assert!(holdings(&mother).contains("暗号一七三"));
    assert!(!holdings(&father).contains("暗号一七三"));
    assert!(holdings(&father).contains("李雨桐"), "who fetches the child knows the child");
    for word in ["暗号一七三", "李雨桐", "张晓梅", "三年级"] {
        assert!(!holdings(&other).contains(word), "a barred guardian's computer holds {word}");
    }
    zhang.sync().await;
    world.end(&[&zhang, &mother, &father, &other]).await;
}

#[tokio::test]
async fn rights_that_end_take_the_data_with_them_on_the_next_contact() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let child = world.child("李雨桐", class).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    world.link(&Guardian::parent("李建国"), child).await;
    let father = world.join("李建国").await;
    tell(&zhang, &world, class, "暗号一七三").await;
    father.sync().await;
    assert!(holdings(&father).contains("暗号一七三"));
    world.link(&Guardian { barred: true, ..Guardian::parent("李建国") }, child).await;
    father.sync().await;
    for word in ["暗号一七三", "李雨桐"] {
        assert!(!holdings(&father).contains(word), "{word} is still there");
    }
    zhang.sync().await;
    world.end(&[&zhang, &father]).await;
}

#[tokio::test]
async fn what_an_undone_import_takes_away_leaves_every_computer() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let child = world.child("李雨桐", class).await;
    zhang.sync().await;
    assert!(holdings(&zhang).contains("李雨桐"));
    world.ledger().write(move |tx| tx.remove(child.uuid())).await.unwrap();
    zhang.sync().await;
    assert!(!holdings(&zhang).contains("李雨桐"));
    world.end(&[&zhang]).await;
}

#[tokio::test]
async fn a_grandmother_without_decide_reads_but_does_not_book() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let campus = world.campus("本部").await;
    let child = world.child("李雨桐", class).await;
    let coordinator = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let grandmother = Guardian {
        relation: Relation::PaternalGrandmother,
        rights: &[Right::Messages, Right::PickUp],
        ..Guardian::parent("周桂英")
    };
    world.link(&grandmother, child).await;
    let grandmother = world.join("周桂英").await;
    tell(&zhang, &world, class, "周三提前放学").await;
    let publish = desk::Publish {
        place: campus,
        title: "开放日".into(),
        about: String::new(),
        venue: String::new(),
        held_in: None,
        programme: String::new(),
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
        opens: at("2026-11-23T08:00"),
        closes: at("2026-11-25T20:00"),
        withdraw_until: at("2026-11-25T20:00"),
        sessions: vec![desk::PlannedSession {
            id: None,
            name: "第 1 场".into(),
            starts: at("2026-11-26T09:30"),
            ends: at("2026-11-26T11:00"),
            capacity: 5,
            shares_with: None,
            held_in: None,
            eligible: vec![],
            first_timers: false,
            holds: vec![],
        }],
    };
    coordinator.ask(publish).await;
    coordinator.sync().await;
    grandmother.sync().await;
    assert_eq!(grandmother.ask(notice::List {}).await.notices.len(), 1);
    let session = grandmother.ask(event::List {}).await.events[0].sessions[0].id;
    let wish = event::SignUp {
        session,
        children: vec![child],
        adults: 1,
        answers: vec![],
        others: vec![],
        on_behalf_of: None,
    };
    let fault = grandmother.refused(wish).await;
    assert_eq!(fault, Fault::Refused { refusal: Refusal::NoRight { right: Right::Decide } });
    coordinator.sync().await;
    zhang.sync().await;
    world.end(&[&coordinator, &zhang, &grandmother]).await;
}
