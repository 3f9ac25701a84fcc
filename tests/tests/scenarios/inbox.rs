//! A question goes to a shared inbox and not to one person; a teacher passes another on to it and leaves; a counsellor reads
//! along, and everybody knows.

use xinmei_client::{
    api::{
        Fault,
        conversation::{self as talk, ConversationLine, Thread},
        inbox::{self as shared, InboxLine},
        sync::{ItemState, Seen},
    },
    replica::Fate,
};
use xinmei_model::{Addressee, Child, Conversation, Id, Inbox, Place, Refusal, Role, RoleKind, Verdict};
use xinmei_tests::{Device, World};

struct Scene {
    world: World,
    school: Id<Place>,
    child: Id<Child>,
    office: Device,
    he: Device,
    wang: Device,
    zhang: Device,
    li: Device,
}

async fn scene() -> Scene {
    let world = World::new().await;
    let school = world.root();
    let class = world.class("本部", 2024, 2).await;
    let office = world.staff("陈静", RoleKind::Administrator, "信息管理员", school).await;
    let he = world.staff("何敏", RoleKind::Head, "德育主任", school).await;
    let wang = world.staff("王晓梅", RoleKind::Counsellor, "心理教师", school).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let (li, children) = world.family("李建国", &[("李雨桐", class)]).await;
    let scene = Scene { world, school, child: children[0], office, he, wang, zhang, li };
    scene.sync().await;
    scene
}

impl Scene {
    async fn sync(&self) {
        // What the first hears of the last comes with the second round.
        for _ in 0..2 {
            for device in [&self.office, &self.he, &self.wang, &self.zhang, &self.li] {
                device.sync().await;
            }
        }
    }

    async fn end(self) {
        self.sync().await;
        self.world.end(&[&self.office, &self.he, &self.wang, &self.zhang, &self.li]).await;
    }

    async fn hat(&self, name: &str) -> Id<Role> {
        let list = self.office.ask(shared::List {}).await;
        list.hats.iter().find(|hat| hat.name == name).unwrap().role
    }

    async fn keep(&self, inbox: Option<Id<Inbox>>, readers: &[&str]) {
        let mut hats = Vec::new();
        for name in readers {
            hats.push(self.hat(name).await);
        }
        let (name, about) = ("教导处".into(), "转学、课程".into());
        self.office.ask(shared::Keep { inbox, name, about, place: self.school, readers: hats }).await;
        self.sync().await;
    }

    /// What the family finds to write to.
    async fn offered(&self) -> Vec<InboxLine> {
        self.li.ask(talk::Partners { child: self.child }).await.inboxes
    }

    async fn begin(&self, with: Addressee) -> Id<Conversation> {
        let (title, text) = ("转学".into(), "请问转学要带什么".into());
        let begin = talk::Begin { child: self.child, with: Some(with), title, text, files: Vec::new() };
        self.li.ask(begin).await.conversation
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

#[tokio::test]
async fn whoever_reads_an_inbox_answers_what_a_family_asked_with_the_network_cut() {
    let scene = scene().await;
    scene.keep(None, &["何敏", "王晓梅"]).await;
    let offered = scene.offered().await;
    let names: Vec<_> = offered[0].readers.iter().map(|one| one.name.as_str()).collect();
    assert_eq!((offered.len(), offered[0].name.as_str(), names), (1, "教导处", vec!["何敏", "王晓梅"]));
    let id = scene.begin(offered[0].inbox.into()).await;
    assert_eq!(lines(&scene.li).await[0].pending, Some(ItemState::Saved));
    assert_eq!(lines(&scene.li).await[0].inboxes[0].name, "教导处");
    scene.sync().await;
    assert!(lines(&scene.zhang).await.is_empty(), "the class teacher was not asked");
    for device in [&scene.he, &scene.wang] {
        assert!(lines(device).await[0].waits_for_us);
    }
    say(&scene.wang, id, "带户口本就好").await;
    scene.sync().await;
    assert!(!lines(&scene.he).await[0].waits_for_us, "one answered for all");
    let told = thread(&scene.li, id).await;
    assert_eq!(told.messages[1].by.as_ref().unwrap().name, "王晓梅");
    scene.end().await;
}

#[tokio::test]
async fn a_reader_who_is_taken_off_the_list_keeps_nothing() {
    let scene = scene().await;
    scene.keep(None, &["何敏", "王晓梅"]).await;
    let inbox = scene.offered().await[0].inbox;
    scene.begin(inbox.into()).await;
    scene.sync().await;
    let holds = |device: &Device| device.client.replica().unwrap().holdings().unwrap().contains("请问转学");
    assert!(holds(&scene.wang) && holds(&scene.he));
    scene.keep(Some(inbox), &["何敏"]).await;
    assert!(!holds(&scene.wang) && lines(&scene.wang).await.is_empty());
    assert!(holds(&scene.he));
    scene.office.ask(shared::Close { inbox }).await;
    scene.sync().await;
    assert!(scene.offered().await.is_empty() && holds(&scene.he), "what is open goes on");
    scene.end().await;
}

#[tokio::test]
async fn a_teacher_passes_a_question_on_and_leaves() {
    let scene = scene().await;
    scene.keep(None, &["何敏"]).await;
    let inbox = scene.offered().await[0].inbox;
    let zhang = scene.hat("张晓梅").await;
    let id = scene.begin(zhang.into()).await;
    scene.sync().await;
    assert!(thread(&scene.zhang, id).await.may_take_out.is_empty(), "nobody else would answer");
    let beside = thread(&scene.zhang, id).await.inboxes_beside;
    assert_eq!(beside.iter().map(|one| one.inbox).collect::<Vec<_>>(), [inbox]);
    let (who, out) = (Addressee::from(inbox), Addressee::from(zhang));
    scene.zhang.ask(talk::BringIn { conversation: id, who, reads_only: false }).await;
    scene.zhang.ask(talk::TakeOut { conversation: id, who: out }).await;
    scene.sync().await;
    assert!(lines(&scene.zhang).await.is_empty());
    assert!(lines(&scene.he).await[0].waits_for_us);
    let seen = thread(&scene.li, id).await;
    assert_eq!((seen.line.with.len(), seen.inboxes[0].readers[0].name.as_str()), (0, "何敏"));
    scene.end().await;
}

#[tokio::test]
async fn whoever_could_not_pass_a_question_on_has_not_left() {
    let scene = scene().await;
    scene.keep(None, &["王晓梅"]).await;
    let inbox = scene.offered().await[0].inbox;
    let (zhang, he) = (scene.hat("张晓梅").await, scene.hat("何敏").await);
    let id = scene.begin(zhang.into()).await;
    scene.sync().await;
    // Somebody else could answer: that alone would let the teacher go.
    scene.zhang.ask(talk::BringIn { conversation: id, who: he.into(), reads_only: false }).await;
    scene.sync().await;
    // With the network cut the teacher passes it on; meanwhile the inbox is closed.
    scene.office.ask(shared::Close { inbox }).await;
    scene.office.sync().await;
    let brings =
        scene.zhang.ask(talk::BringIn { conversation: id, who: inbox.into(), reads_only: false }).await;
    let leaves = scene.zhang.ask(talk::TakeOut { conversation: id, who: zhang.into() }).await;
    scene.sync().await;
    let fate = scene.zhang.client.fate(leaves.mutation).await.unwrap();
    assert!(
        matches!(&fate, Fate::Settled { verdict: Verdict::Refused { refusal: Refusal::DependsOn { .. } } }),
        "{fate:?}"
    );
    let seen = thread(&scene.li, id).await;
    assert_eq!(seen.line.with.len(), 2, "both still answer");
    for told in [brings, leaves] {
        scene.zhang.ask(Seen { mutation: told.mutation }).await;
    }
    scene.end().await;
}

#[tokio::test]
async fn a_counsellor_reads_along_and_everybody_knows() {
    let scene = scene().await;
    let (zhang, wang) = (scene.hat("张晓梅").await, scene.hat("王晓梅").await);
    let id = scene.begin(zhang.into()).await;
    scene.sync().await;
    scene.zhang.ask(talk::BringIn { conversation: id, who: wang.into(), reads_only: true }).await;
    scene.sync().await;
    let seen = thread(&scene.li, id).await;
    let with: Vec<_> = seen.line.with.iter().map(|one| (one.name.as_str(), one.reads_only)).collect();
    assert_eq!(with, [("张晓梅", false), ("王晓梅", true)]);
    let along = thread(&scene.wang, id).await;
    assert!(along.reads_only && !along.may_say && !along.may_end && along.colleagues.is_empty());
    assert_eq!(along.may_take_out, [wang.into()]);
    assert!(along.messages.iter().all(|one| !one.may_receive && one.may_report));
    let more = talk::Say { conversation: id, text: "我也说".into(), quotes: None, files: Vec::new() };
    let refused = Fault::Refused { refusal: Refusal::ReadsOnly };
    assert_eq!(scene.wang.refused(more).await, refused, "at once, also with the network cut");
    scene.wang.ask(talk::TakeOut { conversation: id, who: wang.into() }).await;
    scene.sync().await;
    assert!(lines(&scene.wang).await.is_empty());
    scene.end().await;
}
