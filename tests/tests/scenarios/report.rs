//! A message is reported: an administrator reads the conversation, everybody in it sees so, a guardian is stopped from writing and
//! lets off again, and it is settled with words for both. And: handing over for somebody who left.

use xinmei_client::api::{
    Fault,
    conversation::{self as talk, Thread},
    report::{self, ReportView},
    sync::{ItemState, Seen},
    today::{self, Today},
};
use xinmei_model::{
    AccessKind, Act, Child, Conversation, Id, Link, List, Message, Refusal, Relation, ReportReason, Right,
    RoleKind,
};
use xinmei_tests::{Device, Guardian, World};

struct Scene {
    world: World,
    child: Id<Child>,
    zhang: Device,
    head: Device,
    office: Device,
    li: Device,
    liu: Device,
    conversation: Id<Conversation>,
    rude: Id<Message>,
}

/// The father is rude to the class teacher.
async fn scene() -> Scene {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let head = world.staff("何敏", RoleKind::Head, "校长", world.root()).await;
    let office = world.staff("陈志", RoleKind::Administrator, "信息管理员", world.root()).await;
    let (li, children) = world.family("李建国", &[("李雨桐", class)]).await;
    let mother = Guardian { relation: Relation::Mother, ..Guardian::parent("刘芳") };
    world.link(&mother, children[0]).await;
    let liu = world.join("刘芳").await;
    li.sync().await;
    let with = Some(li.ask(talk::Partners { child: children[0] }).await.partners[0].role.into());
    let begin = talk::Begin {
        child: children[0],
        with,
        title: "作业".into(),
        text: "你们老师都不负责".into(),
        files: Vec::new(),
    };
    let conversation = li.ask(begin).await.conversation;
    li.sync().await;
    let rude = li.ask(talk::Open { conversation, most: 9 }).await.messages[0].id;
    let scene = Scene { world, child: children[0], zhang, head, office, li, liu, conversation, rude };
    scene.sync().await;
    scene
}

impl Scene {
    fn devices(&self) -> [&Device; 5] {
        [&self.zhang, &self.head, &self.office, &self.li, &self.liu]
    }

    async fn sync(&self) {
        for device in self.devices().into_iter().chain(self.devices()) {
            device.sync().await;
        }
    }

    async fn thread(&self, device: &Device) -> Thread {
        device.ask(talk::Open { conversation: self.conversation, most: 9 }).await
    }

    async fn reported(&self) -> ReportView {
        let words = "骂人".into();
        self.zhang.ask(report::Make { message: self.rude, reason: ReportReason::Insult, words }).await;
        self.sync().await;
        self.office.ask(report::List {}).await.reports.remove(0)
    }

    async fn end(self) {
        self.sync().await;
        let devices = [&self.zhang, &self.head, &self.office, &self.li, &self.liu];
        self.world.end(&devices).await;
    }
}

fn holds(device: &Device, text: &str) -> bool {
    device.client.replica().unwrap().holdings().unwrap().contains(text)
}

#[tokio::test]
async fn everybody_in_it_sees_who_read_it_and_nothing_of_it_stays() {
    let scene = scene().await;
    let one = scene.reported().await;
    assert_eq!((one.said_by.name.as_str(), one.words.as_str()), ("李建国", "骂人"));
    let Today::Administrator(day) = scene.office.ask(today::Open {}).await else {
        panic!("the office's Today")
    };
    assert_eq!(day.reports, 1);
    assert!(!holds(&scene.li, "骂人") && !holds(&scene.liu, "骂人"), "others do not know of it");
    assert!(scene.thread(&scene.zhang).await.messages[0].report.is_some());

    let read = scene.office.ask(report::Read { report: one.id }).await;
    assert_eq!((read.title.as_str(), read.messages[0].text.as_str()), ("作业", "你们老师都不负责"));
    assert_eq!(read.reported, Some(scene.rude));
    scene.sync().await;
    for device in [&scene.zhang, &scene.li, &scene.liu] {
        let log = scene.thread(device).await.log;
        assert_eq!((log.len(), log[0].by.as_str(), log[0].title.as_str()), (1, "陈志", "信息管理员"));
        assert_eq!(log[0].what, AccessKind::Read { reason: ReportReason::Insult });
        assert_eq!(log[0].at, scene.world.now());
    }
    assert!(!holds(&scene.office, "你们老师都不负责"), "read, and not kept");
    assert!(!holds(&scene.head, "你们老师都不负责"));
    let refused = scene.head.refused(report::Read { report: one.id }).await;
    assert!(matches!(refused, Fault::Denied { code, .. } if code == "not-found"), "an administrator alone");
    scene.end().await;
}

#[tokio::test]
async fn a_settled_report_opens_nothing_and_has_words_for_both() {
    let scene = scene().await;
    let one = scene.reported().await;
    let (to_reporter, to_all) = ("已经谈过".to_owned(), "请好好说话".to_owned());
    scene.head.ask(report::Close { report: one.id, to_reporter, to_all }).await;
    scene.head.sync().await;
    scene.sync().await;
    let refused = scene.office.refused(report::Read { report: one.id }).await;
    assert!(matches!(refused, Fault::Denied { code, .. } if code == "report-closed"));
    let own = scene.thread(&scene.zhang).await.messages.remove(0).report.unwrap();
    assert_eq!(own.closed.unwrap().to_reporter, "已经谈过");
    let log = scene.thread(&scene.li).await.log;
    assert_eq!(log[0].what, AccessKind::Closed { words: "请好好说话".into() });
    assert!(!holds(&scene.li, "已经谈过"), "that was for whoever reported it");
    scene.end().await;
}

#[tokio::test]
async fn a_stopped_guardian_is_told_why_and_whom_to_call() {
    let scene = scene().await;
    let one = scene.reported().await;
    let father = one.guardians.iter().find(|one| one.guardian.name == "李建国").unwrap().guardian.id;
    // Typed before the father's computer hears of it.
    scene
        .li
        .ask(talk::Say {
            conversation: scene.conversation,
            text: "还有".into(),
            quotes: None,
            files: Vec::new(),
        })
        .await;
    let (why, call) = ("辱骂老师".to_owned(), "教导处，办公室 201".to_owned());
    let stop = report::Stop { report: one.id, guardian: father, why: why.clone(), call: call.clone() };
    scene.office.ask(stop).await;
    scene.office.sync().await;
    scene.sync().await;
    let thread = scene.thread(&scene.li).await;
    let stopped = thread.stopped.unwrap();
    assert_eq!(
        (stopped.why.as_str(), stopped.call.as_str(), thread.may_say),
        ("辱骂老师", "教导处，办公室 201", false)
    );
    let last = thread.messages.last().unwrap();
    let refusal = Refusal::WritingStopped { why, call };
    assert!(matches!(&last.pending, Some(ItemState::Refused { refusal: said, .. }) if *said == refusal));
    scene.li.ask(Seen { mutation: last.mutation.unwrap() }).await;
    assert!(scene.thread(&scene.liu).await.may_say, "one guardian, not the family");
    let here = scene.office.ask(report::List {}).await.reports.remove(0);
    assert!(here.guardians.iter().any(|one| one.stopped && one.guardian.id == father));
    scene.head.ask(report::LetWrite { report: one.id, guardian: father }).await;
    scene.head.sync().await;
    scene.sync().await;
    assert!(scene.thread(&scene.li).await.may_say);
    scene.end().await;
}

#[tokio::test]
async fn the_head_lets_a_counsellor_read_along_and_has_not_read_a_word() {
    let scene = scene().await;
    let su = scene.world.staff("苏婉", RoleKind::SubjectTeacher, "心理老师", scene.world.root()).await;
    scene.head.sync().await;
    let one = scene.reported().await;
    let reader = one.readers.iter().find(|one| one.name == "苏婉").expect("she may be asked").clone();
    scene.head.ask(report::AppointReader { report: one.id, who: reader.role, ends: false }).await;
    scene.head.sync().await;
    scene.sync().await;
    for family in [&scene.li, &scene.liu] {
        let thread = scene.thread(family).await;
        let came = thread.line.with.iter().find(|one| one.role == reader.role).unwrap();
        assert!(came.reads_only && matches!(came.came, xinmei_model::Came::Appointed { .. }));
        let appointed = |line: &talk::AccessView| matches!(line.what, AccessKind::Appointed { .. });
        assert!(thread.log.iter().any(appointed), "everybody in it reads that");
    }
    let here = scene.head.ask(report::List {}).await.reports.remove(0);
    assert_eq!((here.log.len(), here.closed.is_none()), (1, true));
    assert_eq!(here.appointed.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["苏婉"]);
    assert!(here.readers.iter().all(|one| one.name != "何敏"), "nobody asks themselves");
    su.sync().await;
    let thread = scene.thread(&su).await;
    assert_eq!((thread.may_say, thread.messages.is_empty()), (false, false));
    scene.end().await;
}

#[tokio::test]
async fn a_right_that_ends_takes_ones_own_report_along() {
    let scene = scene().await;
    let words = "请学校看一下".to_owned();
    scene.liu.ask(report::Make { message: scene.rude, reason: ReportReason::Threat, words }).await;
    scene.liu.sync().await;
    scene.sync().await;
    assert!(holds(&scene.liu, "请学校看一下"));
    let links: Vec<Link> = scene.world.list(List::LinksOf(scene.child));
    let link = links.iter().find(|link| link.guardian_name == "刘芳").unwrap().id;
    let act = Act::SetRights { link, rights: vec![Right::PickUp], barred: false };
    scene.office.save(act).await;
    scene.office.sync().await;
    scene.liu.sync().await;
    assert!(!holds(&scene.liu, "请学校看一下"));
    scene.end().await;
}

#[tokio::test]
async fn what_somebody_left_behind_goes_to_a_substitute_unread() {
    let scene = scene().await;
    let luo = {
        let class = scene.world.class("本部", 2024, 2).await;
        scene.world.staff("罗文", RoleKind::SubjectTeacher, "数学", class).await
    };
    scene.sync().await;
    luo.sync().await;
    let hats = scene.office.ask(talk::ListHats {}).await.hats;
    let zhang = hats.iter().find(|hat| hat.name == "张晓梅").unwrap();
    assert!(!zhang.over && hats.iter().all(|hat| hat.name != "陈志"), "who does not talk has nothing");
    let inbox = scene.office.ask(talk::LookInbox { role: zhang.role }).await;
    assert_eq!(inbox.open, 1);
    let to = inbox.substitutes.iter().find(|one| one.name == "罗文").unwrap().role;
    scene.office.ask(talk::HandOver { from: Some(zhang.role), to }).await;
    scene.office.sync().await;
    scene.sync().await;
    luo.sync().await;
    assert_eq!(luo.ask(talk::List {}).await.conversations.len(), 1);
    assert!(scene.zhang.ask(talk::List {}).await.conversations.is_empty());
    assert!(!holds(&scene.office, "你们老师都不负责"));
    assert_eq!(scene.office.ask(talk::LookInbox { role: zhang.role }).await.open, 0);
    let nosy = luo.refused(talk::LookInbox { role: zhang.role }).await;
    assert!(matches!(nosy, Fault::Denied { code, .. } if code == "not-found"));
    luo.sync().await;
    scene.end().await;
}
