//! A head asks a grade; the teacher of one class sees who of it has answered, enters what came on paper, and chases.

use jiff::SignedDuration;
use xinmei_client::api::{
    Fault,
    delivery::{self, Way},
    notice, sync, table,
    today::{self, DutyKind, Today},
};
use xinmei_model::{
    AnsweredBy, Ask, Audience, Child, Id, Notice, Place, Proxy, Refusal, Relation, Reply, RoleKind, Target,
};
use xinmei_tests::{Device, World, at};

/// Two classes of a grade, each with a teacher and a family, and a class of another grade.
struct Scene {
    world: World,
    class: Id<Place>,
    next_door: Id<Place>,
    head: Device,
    zhang: Device,
    chen: Device,
    li: Device,
    zhao: Device,
}

async fn scene() -> Scene {
    let world = World::new().await;
    let (class, next_door) = (world.class("本部", 2024, 2).await, world.class("本部", 2024, 3).await);
    world.class("本部", 2023, 1).await;
    let head = world.staff("周建华", RoleKind::Head, "德育主任", world.root()).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let chen = world.staff("陈思思", RoleKind::ClassTeacher, "班主任", next_door).await;
    let (li, _) = world.family("李建国", &[("李雨桐", class)]).await;
    let (zhao, _) = world.family("赵倩", &[("赵子涵", next_door)]).await;
    head.sync().await;
    zhang.sync().await;
    Scene { world, class, next_door, head, zhang, chen, li, zhao }
}

impl Scene {
    fn both(&self) -> Audience {
        Audience { include: [self.class, self.next_door].map(Target::Place).to_vec(), except: Vec::new() }
    }

    /// The head asks both classes, and it is with the families.
    async fn asked(&self, class_reads: bool) -> Id<Notice> {
        let send = notice::Send {
            audience: self.both(),
            families_seen: 2,
            title: "秋季研学告知".into(),
            body: "下周三出发，请知悉。".into(),
            ask: Ask::Acknowledge,
            answered_by: AnsweredBy::AnyGuardian,
            due: Some(at("2026-11-26T18:00")),
            send_at: None,
            supersedes: None,
            keeps_answers: false,
            asks_again: Default::default(),
            changed: None,
            class_reads,
            reminds: false,
            alert: None,
            files: Vec::new(),
        };
        self.head.ask(send).await;
        self.head.sync().await;
        self.world.advance(SignedDuration::from_secs(121)).await;
        for device in [&self.head, &self.zhang, &self.chen, &self.li, &self.zhao] {
            device.sync().await;
        }
        self.head.ask(notice::List {}).await.notices[0].id
    }
}

fn reply(notice: Id<Notice>, child: Id<Child>, on_behalf_of: Option<Proxy>) -> notice::Answer {
    let replies = vec![notice::ChildReply { child, reply: Reply::Acknowledge, replaces: 0 }];
    notice::Answer { notice, replies, on_behalf_of }
}

async fn open(device: &Device, notice: Id<Notice>) -> notice::Opened {
    device.ask(notice::Open { notice, child: None }).await
}

fn names(opened: &notice::Opened) -> Vec<(&str, bool)> {
    opened.sheet.iter().map(|cell| (cell.child.name.as_str(), cell.done)).collect()
}

#[tokio::test]
async fn the_class_teacher_works_with_the_own_part_of_what_a_head_asked_offline_too() {
    let s = scene().await;
    let id = s.asked(true).await;
    let opened = open(&s.zhang, id).await;
    assert_eq!(names(&opened), [("李雨桐", false)], "no child of the next class");
    assert_eq!((opened.line.mine, opened.line.answered, opened.line.of), (false, 0, 1));
    assert!(open(&s.li, id).await.class_reads, "the family is told who reads what it answers");

    let Today::Teacher(day) = s.zhang.ask(today::Open {}).await else { panic!("a teacher's Today") };
    let [progress] = &day.unanswered[..] else { panic!("one is open: {:?}", day.unanswered) };
    assert_eq!((progress.author.as_deref(), progress.children), (Some("德育主任"), 1));

    let child = open(&s.zhao, id).await.line.children[0].id;
    s.zhao.ask(reply(id, child, None)).await;
    s.zhao.sync().await;
    s.zhang.sync().await;
    assert_eq!(open(&s.zhang, id).await.line.answered, 0, "that of the next class is not read here");

    // The slip came on paper, while the school cannot be reached.
    let cell = &opened.sheet[0];
    assert!(cell.may_enter);
    let proxy = Proxy::new(cell.guardians[0].id, "交了纸条");
    s.zhang.ask(reply(id, cell.child.id, Some(proxy))).await;
    let waits = open(&s.zhang, id).await.sheet[0].pending.clone();
    assert_eq!(waits, Some(sync::ItemState::Saved));
    s.zhang.sync().await;
    let opened = open(&s.zhang, id).await;
    assert_eq!((names(&opened), opened.line.answered), (vec![("李雨桐", true)], 1));
    let given = opened.sheet[0].answers[0].now.clone();
    assert_eq!(given.relation, Some(Relation::Mother));
    assert_eq!(given.entered.map(|entered| entered.by), Some("张晓梅".into()));
    s.head.sync().await;
    assert_eq!(open(&s.head, id).await.line.answered, 2, "its author sees it all");

    // On whose devices it is, and the table: of the own class.
    let said = s.zhang.ask(delivery::Ask { notice: id }).await;
    assert_eq!(said.children.len(), 1);
    let way = said.children[0].guardians[0].way;
    assert!(matches!(way, Way::Held { .. } | Way::NotYet), "the school speaks of this device: {way:?}");
    let made = s.zhang.ask(table::Table { notice: id, language: table::Language::Chinese }).await;
    assert!(!made.content.is_empty());
    s.world.end(&[&s.head, &s.zhang, &s.chen, &s.li, &s.zhao]).await;
}

#[tokio::test]
async fn what_the_head_keeps_the_class_knows_of_and_does_not_read() {
    let s = scene().await;
    let id = s.asked(false).await;
    let child = open(&s.li, id).await.line.children[0].id;
    s.li.ask(reply(id, child, None)).await;
    s.li.sync().await;
    s.zhang.sync().await;
    let opened = open(&s.zhang, id).await;
    assert_eq!((opened.sheet.len(), opened.line.of), (0, 0));
    assert!(!open(&s.li, id).await.class_reads);
    let Today::Teacher(day) = s.zhang.ask(today::Open {}).await else { panic!("a teacher's Today") };
    assert!(day.unanswered.is_empty());
    assert!(matches!(s.zhang.refused(delivery::Ask { notice: id }).await, Fault::Invalid { .. }));
    // Both know how much their families were asked today already: it was to two classes, and somebody else's.
    let audience = Audience { include: vec![Target::Place(s.class)], except: Vec::new() };
    let preview = s.zhang.ask(notice::Preview { audience, send_at: None }).await;
    assert_eq!(preview.noise.today, 1);
    s.world.end(&[&s.head, &s.zhang, &s.chen, &s.li, &s.zhao]).await;
}

#[tokio::test]
async fn the_author_reminds_by_hand_and_only_the_silent_hear_of_it() {
    let s = scene().await;
    let id = s.asked(true).await;
    let child = open(&s.li, id).await.line.children[0].id;
    s.li.ask(reply(id, child, None)).await;
    s.li.sync().await;
    s.head.sync().await;
    s.head.ask(notice::Remind { notice: id }).await;
    assert!(open(&s.head, id).await.reminding.is_some(), "it waits on this computer");
    s.head.sync().await;
    let opened = open(&s.head, id).await;
    assert_eq!((opened.reminding, opened.reminded_at.len()), (None, 1));
    let again = opened.reminded_at[0] + SignedDuration::from_hours(1);
    for (family, expected) in [(&s.zhao, Some(opened.reminded_at[0])), (&s.li, None)] {
        family.sync().await;
        let Today::Family(day) = family.ask(today::Open {}).await else { panic!("a family's Today") };
        let reminded = day.duties.iter().find_map(|duty| match duty.what {
            DutyKind::Answer { reminded, .. } => reminded,
            _ => None,
        });
        assert_eq!(reminded, expected);
    }
    // Pressed again too soon: nobody is told twice, and the author learns when it can be done.
    s.head.ask(notice::Remind { notice: id }).await;
    s.head.sync().await;
    let reminding = open(&s.head, id).await.reminding;
    let refusal = Refusal::RemindedLately { again };
    let is_it = |text: &str| text.contains("reminded-lately");
    assert!(is_it(&serde_json::to_string(&reminding).unwrap()), "{reminding:?} for {refusal:?}");
    s.zhang.ask(notice::Remind { notice: id }).await;
    s.zhang.sync().await;
    let reminding = serde_json::to_string(&open(&s.zhang, id).await.reminding).unwrap();
    assert!(reminding.contains("not-found"), "a colleague's is not reminded of: {reminding}");
    for device in [&s.head, &s.zhang] {
        let items = device.ask(sync::ListOutbox {}).await.items;
        device.ask(sync::Seen { mutation: items[0].mutation }).await;
    }
    s.world.end(&[&s.head, &s.zhang, &s.chen, &s.li, &s.zhao]).await;
}

#[tokio::test]
async fn the_author_and_the_class_see_who_has_looked_and_what_is_refused_of_it_troubles_nobody() {
    let s = scene().await;
    let id = s.asked(true).await;
    assert!(!open(&s.li, id).await.seen);
    s.li.ask(notice::MarkSeen { notice: id }).await;
    assert!(open(&s.li, id).await.seen, "at once, also before it was sent");
    s.li.sync().await;
    for staff in [&s.head, &s.zhang, &s.chen] {
        staff.sync().await;
    }
    let looked = |opened: &notice::Opened| {
        let names = opened.sheet.iter().map(|cell| (cell.child.name.clone(), cell.seen, cell.done));
        names.collect::<Vec<_>>()
    };
    let li = ("李雨桐".to_owned(), true, false);
    assert_eq!(looked(&open(&s.head, id).await), [li.clone(), ("赵子涵".to_owned(), false, false)]);
    assert_eq!(looked(&open(&s.zhang, id).await), [li]);
    assert!(!open(&s.chen, id).await.sheet[0].seen);
    let said = s.head.ask(delivery::Ask { notice: id }).await;
    let seen: Vec<_> = said.children.iter().map(|child| child.guardians[0].seen.is_some()).collect();
    assert_eq!(seen, [true, false]);

    // It was taken back while another family looked at it without a network.
    s.zhao.ask(notice::MarkSeen { notice: id }).await;
    s.head.ask(notice::Recall { notice: id, words: String::new() }).await;
    s.head.sync().await;
    s.zhao.sync().await;
    assert!(s.zhao.ask(sync::ListOutbox {}).await.items.is_empty(), "nobody wished it");
    s.world.end(&[&s.head, &s.zhang, &s.chen, &s.li, &s.zhao]).await;
}

#[tokio::test]
async fn the_office_takes_a_call_and_enters_what_the_family_says_without_reading_what_others_answered() {
    let s = scene().await;
    let office = s.world.staff("陈志", RoleKind::Administrator, "信息管理员", s.world.root()).await;
    let id = s.asked(false).await;
    office.sync().await;
    assert!(office.ask(notice::List {}).await.notices.is_empty(), "it was not sent to the office");
    office.refused(notice::Open { notice: id, child: None }).await;
    let child = s.world.child("赵子涵", s.next_door).await;
    let tong = s.world.child("李雨桐", s.class).await;
    s.li.ask(reply(id, tong, None)).await;
    s.li.sync().await;
    office.sync().await;
    let told = office.ask(notice::Open { notice: id, child: Some(tong) }).await;
    assert!(told.on_behalf && !told.sheet[0].done && told.sheet[0].answers.is_empty(), "{:?}", told.sheet);
    let [asked] = office.ask(notice::Asked { child }).await.notices.try_into().unwrap();
    assert_eq!((asked.id, asked.answered, asked.of), (id, 0, 0), "what is asked, and no count");
    let opened = office.ask(notice::Open { notice: id, child: Some(child) }).await;
    assert_eq!(names(&opened), [("赵子涵", false)]);
    let cell = &opened.sheet[0];
    assert!(cell.may_enter && cell.guardians[0].name == "赵倩", "{cell:?}");
    let proxy = Proxy { person: cell.guardians[0].id, note: "妈妈来电".into() };
    office.ask(reply(id, child, Some(proxy))).await;
    office.sync().await;
    s.head.sync().await;
    let sheet = open(&s.head, id).await.sheet;
    let entered = sheet[1].answers[0].now.entered.as_ref().expect("who entered it");
    assert_eq!((sheet[1].done, entered.by.as_str()), (true, "陈志"));
    // A subject teacher acts for nobody.
    let luo = s.world.staff("罗文", RoleKind::SubjectTeacher, "数学", s.class).await;
    luo.sync().await;
    luo.refused(notice::Asked { child }).await;
    s.world.end(&[&s.head, &s.zhang, &s.chen, &s.li, &s.zhao, &office, &luo]).await;
}
