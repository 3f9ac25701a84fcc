//! "What did we tell them, when?": 15:00 until it became 15:40, asked by the family, by who wrote it, and by nobody else; and the
//! same by the command line.

use jiff::{SignedDuration, Timestamp};
use xinmei_client::api::{
    Fault, conversation as talk,
    history::{self, HistoryView},
};
use xinmei_model::{
    Act, AnsweredBy, Answering, Ask, Audience, Changed, Child, Gone, Id, Notice, NoticeDraft, Place, Reply,
    RoleKind, Target,
};
use xinmei_tests::{Device, Guardian, World};

struct Scene {
    world: World,
    class: Id<Place>,
    child: Id<Child>,
    zhang: Device,
    li: Device,
}

async fn scene() -> Scene {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let (li, children) = world.family("李建国", &[("李雨桐", class)]).await;
    zhang.sync().await;
    li.sync().await;
    Scene { world, class, child: children[0], zhang, li }
}

fn draft(class: Id<Place>, title: &str) -> NoticeDraft {
    NoticeDraft {
        id: Id::new(uuid::Uuid::now_v7()),
        audience: Audience { include: vec![Target::Place(class)], except: Vec::new() },
        families_seen: 1,
        title: title.into(),
        body: "请到东门接".into(),
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
    }
}

impl Scene {
    async fn minutes(&self, minutes: i64) {
        self.world.advance(SignedDuration::from_mins(minutes)).await;
    }

    async fn send(&self, notice: NoticeDraft) -> Id<Notice> {
        let id = notice.id;
        self.zhang.save(Act::SendNotice { notice }).await;
        self.zhang.sync().await;
        self.minutes(3).await;
        self.li.sync().await;
        id
    }

    async fn look(&self, device: &Device, at: Timestamp) -> HistoryView {
        device.ask(history::Open { child: self.child, at: Some(at) }).await
    }

    async fn titles(&self, device: &Device, at: Timestamp) -> Vec<String> {
        let notices = self.look(device, at).await.history.notices;
        notices.into_iter().filter_map(|one| one.text).map(|text| text.title).collect()
    }
}

#[tokio::test]
async fn fifteen_until_it_became_fifteen_forty() {
    let scene = scene().await;
    let began = scene.world.now();
    let old = scene.send(draft(scene.class, "今天 15:00 放学")).await;
    scene.minutes(1).await;
    scene.li.save(Act::Answer(Answering::new(old, scene.child, Reply::Acknowledge))).await;
    scene.li.sync().await;
    let first = scene.world.now();
    scene.minutes(60).await;
    let changed = Some(Changed { was: "15:00".into(), now: "15:40".into() });
    let new = NoticeDraft { supersedes: Some(old), changed, ..draft(scene.class, "今天 15:40 放学") };
    let new = scene.send(new).await;
    let second = scene.world.now();
    for device in [&scene.li, &scene.zhang] {
        assert!(scene.titles(device, began).await.is_empty());
        assert_eq!(scene.titles(device, first).await, ["今天 15:00 放学"]);
        assert_eq!(scene.titles(device, second).await, ["今天 15:40 放学"]);
        assert_eq!(scene.titles(device, second + SignedDuration::from_hours(9)).await, ["今天 15:40 放学"]);
    }
    let then = scene.look(&scene.zhang, first).await.history;
    let told = &then.notices[0];
    assert!(matches!(&told.gone, Some(Gone::Replaced { by, .. }) if *by == new));
    assert_eq!((told.answers.len(), told.answers[0].by.as_str()), (1, "李建国"));
    assert_eq!((told.with.len(), then.guardians[0].name.as_str()), (1, "李建国"));
    // Step by step: out, answered, replaced; and back.
    let mut at = began;
    let mut steps = Vec::new();
    while let Some(next) = scene.look(&scene.li, at).await.history.after {
        steps.push(next);
        at = next;
    }
    assert_eq!(steps.len(), 3, "{steps:?}");
    assert_eq!(scene.look(&scene.li, steps[2]).await.history.before, Some(steps[1]));
    let held = scene.li.client.replica().unwrap().holdings().unwrap();
    assert!(!held.contains("今天 15:00 放学"), "looking back keeps nothing on this computer");
    scene.world.end(&[&scene.zhang, &scene.li]).await;
}

#[tokio::test]
async fn what_was_taken_back_is_a_trace_and_what_was_said_reads_as_it_did() {
    let scene = scene().await;
    let id = scene.send(draft(scene.class, "写错了的通知")).await;
    let partners = scene.li.ask(talk::Partners { child: scene.child }).await.partners;
    let begin = talk::Begin {
        child: scene.child,
        with: Some(partners[0].role.into()),
        title: "数学书".into(),
        text: "忘带数学书了".into(),
        files: Vec::new(),
    };
    let conversation = scene.li.ask(begin).await.conversation;
    scene.li.sync().await;
    let before = scene.world.now();
    scene.minutes(5).await;
    let said = scene.li.ask(talk::Open { conversation, most: 9 }).await.messages[0].id;
    scene.li.ask(talk::Edit { message: said, text: "忘带语文书了".into() }).await;
    scene.li.sync().await;
    scene.zhang.save(Act::RecallNotice { notice: id, words: String::new() }).await;
    scene.zhang.sync().await;
    scene.li.sync().await;
    let family = scene.look(&scene.li, before).await.history;
    assert!(family.notices[0].text.is_none() && family.notices[0].gone.is_some());
    assert_eq!(family.notices[0].with.len(), 1, "it was there");
    assert_eq!(family.conversations[0].said[0].text, "忘带数学书了");
    assert!(family.conversations[0].said[0].edited.is_some());
    let teacher = scene.look(&scene.zhang, before).await.history;
    assert_eq!(teacher.notices[0].text.as_ref().unwrap().title, "写错了的通知");
    scene.world.end(&[&scene.zhang, &scene.li]).await;
}

#[tokio::test]
async fn another_class_is_not_there_and_without_the_school_nobody_knows() {
    let mut scene = scene().await;
    let other = scene.world.class("本部", 2024, 3).await;
    let chen = scene.world.staff("陈红", RoleKind::ClassTeacher, "班主任", other).await;
    let (wang, children) = scene.world.family("王强", &[("王梓轩", other)]).await;
    for device in [&chen, &wang] {
        device.sync().await;
    }
    let ask = history::Open { child: scene.child, at: None };
    assert!(matches!(chen.refused(ask.clone()).await, Fault::Invalid { .. }), "no such child here");
    assert!(matches!(wang.refused(ask).await, Fault::Invalid { .. }));
    let ask = history::Open { child: children[0], at: None };
    assert!(matches!(scene.zhang.refused(ask).await, Fault::Invalid { .. }));
    scene.world.kill_server().await;
    let ask = history::Open { child: scene.child, at: None };
    assert!(matches!(scene.li.refused(ask).await, Fault::Offline));
    scene.world.start().await;
    scene.world.end(&[&scene.zhang, &scene.li, &chen, &wang]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn by_the_command_line() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    world.appoint("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let child = world.child("李雨桐", class).await;
    world.link(&Guardian::parent("李建国"), child).await;
    let (zhang, li) = (world.terminal("张晓梅").await, world.terminal("李建国").await);
    zhang.does(&["sync"]).await;
    let send = ["notice", "send", "--to", "3.2", "--title", "今天 15:00 放学", "--body", "东门"];
    let said = zhang.run(&send).await;
    assert_eq!(said.code, 0, "{said:?}");
    world.advance(SignedDuration::from_mins(3)).await;
    let out = world.now().to_string();
    let told = li.does(&["history", "--child", "李雨桐", "--at", &format!("{out}[UTC]")]).await.cells();
    assert!(told.iter().any(|line| line.iter().any(|cell| cell == "今天 15:00 放学")), "{told:?}");
    let before =
        li.does(&["history", "--child", "李雨桐", "--at", "2026-11-23T10:00+08:00[Asia/Shanghai]"]).await;
    assert!(
        !before.cells().iter().any(|line| line.iter().any(|cell| cell == "今天 15:00 放学")),
        "{before:?}"
    );
    world.end(&[]).await;
}
