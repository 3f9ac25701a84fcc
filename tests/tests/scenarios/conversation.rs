//! A family and its class teacher talk about a child, with the network cut on either side; the other guardian reads along,
//! the other teacher does not; a substitute takes over.

use xinmei_client::api::{
    conversation::{self as talk, ConversationLine, Thread},
    imports::SetRights,
    sync::ItemState,
    today::{self, Today},
};
use xinmei_model::{Child, Conversation, Id, Link, Refusal, Relation, RoleKind, Side};
use xinmei_tests::{Device, Guardian, World};

struct Scene {
    world: World,
    child: Id<Child>,
    /// The mother's.
    link: Id<Link>,
    zhang: Device,
    luo: Device,
    li: Device,
    liu: Device,
}

async fn scene() -> Scene {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let luo = world.staff("罗文", RoleKind::SubjectTeacher, "数学", class).await;
    let (li, children) = world.family("李建国", &[("李雨桐", class)]).await;
    let mother = Guardian { relation: Relation::Mother, ..Guardian::parent("刘芳") };
    let link = world.link(&mother, children[0]).await;
    let liu = world.join("刘芳").await;
    let scene = Scene { world, child: children[0], link, zhang, luo, li, liu };
    scene.sync().await;
    scene
}

impl Scene {
    async fn sync(&self) {
        // What the first hears of the last comes with the second round.
        for device in [&self.li, &self.liu, &self.zhang, &self.luo, &self.li, &self.liu] {
            device.sync().await;
        }
    }

    async fn end(self) {
        self.sync().await;
        self.world.end(&[&self.zhang, &self.luo, &self.li, &self.liu]).await;
    }

    /// The father writes to the class teacher.
    async fn begin(&self) -> Id<Conversation> {
        let partners = self.li.ask(talk::Partners { child: self.child }).await.partners;
        assert_eq!((partners[0].name.as_str(), partners[0].title.as_str()), ("张晓梅", "班主任"));
        let with = Some(partners[0].role.into());
        let (title, text) = ("数学书".into(), "雨桐今天忘带数学书了".into());
        self.li
            .ask(talk::Begin { child: self.child, with, title, text, files: Vec::new() })
            .await
            .conversation
    }
}

async fn lines(device: &Device) -> Vec<ConversationLine> {
    device.ask(talk::List {}).await.conversations
}

async fn thread(device: &Device, conversation: Id<Conversation>) -> Thread {
    device.ask(talk::Open { conversation, most: 50 }).await
}

async fn say(device: &Device, conversation: Id<Conversation>, text: &str) {
    device.ask(talk::Say { conversation, text: text.into(), quotes: None, files: Vec::new() }).await;
}

fn texts(thread: &Thread) -> Vec<&str> {
    thread.messages.iter().map(|message| message.text.as_str()).collect()
}

/// Whether a text stands anywhere in what reached this computer.
fn holds(device: &Device, text: &str) -> bool {
    device.client.replica().unwrap().holdings().unwrap().contains(text)
}

#[tokio::test]
async fn a_coordinator_sees_on_today_who_waits() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let chen = world.staff("陈志远", RoleKind::Coordinator, "志愿者负责人", world.root()).await;
    let (li, children) = world.family("李建国", &[("李雨桐", class)]).await;
    chen.sync().await;
    let begin = talk::Begin {
        child: children[0],
        with: None,
        title: "护学岗".into(),
        text: "周三可以换班吗".into(),
        files: Vec::new(),
    };
    chen.ask(begin).await;
    chen.sync().await;
    let waits = async || {
        chen.sync().await;
        let Today::Coordinator(day) = chen.ask(today::Open {}).await else { panic!("a coordinator's Today") };
        day.questions.len()
    };
    assert_eq!(waits().await, 0, "the family's turn");
    li.sync().await;
    let id = lines(&li).await[0].id;
    say(&li, id, "可以").await;
    li.sync().await;
    assert_eq!(waits().await, 1);
    world.end(&[&chen, &li]).await;
}

#[tokio::test]
async fn a_family_writes_offline_and_the_right_people_read_it() {
    let scene = scene().await;
    let id = scene.begin().await;
    say(&scene.li, id, "能借一本吗").await;
    let here = thread(&scene.li, id).await;
    assert_eq!(texts(&here), ["雨桐今天忘带数学书了", "能借一本吗"]);
    assert!(here.messages.iter().all(|one| one.own && one.pending == Some(ItemState::Saved)));
    scene.sync().await;
    let here = thread(&scene.li, id).await;
    assert_eq!(texts(&here), ["雨桐今天忘带数学书了", "能借一本吗"], "said once");
    assert!(here.messages.iter().all(|one| one.pending.is_none()));
    let Today::Teacher(today) = scene.zhang.ask(today::Open {}).await else { panic!("a teacher's Today") };
    assert_eq!((today.questions.len(), today.questions[0].unread), (1, 2));
    assert_eq!(today.questions[0].last_text, "能借一本吗");
    assert!(lines(&scene.luo).await.is_empty() && !holds(&scene.luo, "能借一本吗"));
    let mother = thread(&scene.liu, id).await;
    assert_eq!((mother.messages.len(), mother.messages[0].own, mother.side), (2, false, Side::Family));
    assert_eq!(thread(&scene.zhang, id).await.guardians.len(), 2);

    say(&scene.zhang, id, "已经借给她了").await;
    scene.sync().await;
    let here = thread(&scene.li, id).await;
    assert_eq!(here.messages[2].text, "已经借给她了");
    assert_eq!(
        here.marks.iter().map(|mark| (mark.name.as_str(), mark.up_to)).collect::<Vec<_>>(),
        [("张晓梅", 3)]
    );
    let Today::Family(today) = scene.li.ask(today::Open {}).await else { panic!("a family's Today") };
    assert_eq!((today.unread.len(), today.unread[0].unread, today.unread[0].waits_for_us), (1, 1, true));
    scene.li.ask(talk::Read { conversation: id, up_to: 3, shown: false }).await;
    assert_eq!(lines(&scene.li).await[0].unread, 0, "at once, on this computer");
    scene.sync().await;
    assert_eq!(lines(&scene.liu).await[0].unread, 3, "what one has read is not what the other has");
    assert!(thread(&scene.zhang, id).await.marks.iter().all(|mark| mark.up_to < 3), "not shown yet");
    scene.end().await;
}

#[tokio::test]
async fn a_slip_is_mended_and_leaves_a_trace() {
    let scene = scene().await;
    let id = scene.begin().await;
    scene.sync().await;
    let message = thread(&scene.li, id).await.messages[0].id;
    scene.li.ask(talk::Edit { message, text: "雨桐今天忘带语文书了".into() }).await;
    scene.zhang.ask(talk::Receive { message }).await;
    scene.sync().await;
    let there = thread(&scene.zhang, id).await.messages.remove(0);
    assert_eq!((there.text.as_str(), there.earlier.len()), ("雨桐今天忘带语文书了", 1));
    assert_eq!(thread(&scene.liu, id).await.messages[0].received, ["张晓梅"]);
    scene.li.ask(talk::Delete { message }).await;
    scene.sync().await;
    assert!(thread(&scene.zhang, id).await.messages[0].deleted.is_some());
    for device in [&scene.zhang, &scene.li, &scene.liu] {
        assert!(!holds(device, "语文书") && !holds(device, "忘带数学书"), "the text is gone everywhere");
    }
    scene.end().await;
}

#[tokio::test]
async fn what_was_typed_too_late_is_shown_with_the_reason() {
    let scene = scene().await;
    let id = scene.begin().await;
    scene.sync().await;
    say(&scene.li, id, "还有一件事").await;
    scene.zhang.ask(talk::End { conversation: id }).await;
    scene.zhang.sync().await;
    scene.sync().await;
    let here = thread(&scene.li, id).await;
    let last = here.messages.last().unwrap();
    assert_eq!(last.text, "还有一件事");
    let refusal = Refusal::ConversationEnded;
    assert!(matches!(&last.pending, Some(ItemState::Refused { refusal: why, .. }) if *why == refusal));
    assert!(!here.may_say && here.line.ended.is_some());
    let seen = last.mutation.unwrap();
    scene.li.ask(xinmei_client::api::sync::Seen { mutation: seen }).await;
    scene.end().await;
}

#[tokio::test]
async fn a_substitute_takes_over_what_is_open_and_whoever_left_holds_nothing() {
    let scene = scene().await;
    let id = scene.begin().await;
    scene.sync().await;
    assert!(holds(&scene.zhang, "忘带数学书"));
    let substitutes = scene.zhang.ask(talk::List {}).await.substitutes;
    let luo = substitutes.iter().find(|one| one.name == "罗文").unwrap();
    scene.zhang.ask(talk::HandOver { from: None, to: luo.role }).await;
    scene.zhang.sync().await;
    scene.sync().await;
    assert!(lines(&scene.zhang).await.is_empty() && !holds(&scene.zhang, "忘带数学书"));
    assert_eq!(texts(&thread(&scene.luo, id).await), ["雨桐今天忘带数学书了"]);
    assert_eq!(thread(&scene.li, id).await.line.with[0].name, "罗文");
    scene.end().await;
}

#[tokio::test]
async fn a_right_that_ends_takes_what_was_said_and_what_was_typed() {
    let scene = scene().await;
    let id = scene.begin().await;
    scene.sync().await;
    say(&scene.liu, id, "妈妈正在写的话").await;
    let office = scene.world.staff("罗敏", RoleKind::Administrator, "信息管理员", scene.world.root()).await;
    office.sync().await;
    office.ask(SetRights { link: scene.link, rights: Vec::new(), barred: true }).await;
    office.sync().await;
    scene.liu.sync().await;
    assert!(lines(&scene.liu).await.is_empty());
    assert!(!holds(&scene.liu, "忘带数学书") && !holds(&scene.liu, "妈妈正在写的话"));
    scene.sync().await;
    scene.world.end(&[&scene.zhang, &scene.luo, &scene.li, &scene.liu, &office]).await;
}
