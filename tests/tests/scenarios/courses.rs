//! A course for parents: signed up for, attended, marked by two desks of which one was cut off, counted; its materials reach whom
//! they are for and nobody else.

use jiff::SignedDuration;
use xinmei_client::api::{
    Ask as _,
    course::{self, Give, OwnIs, SignUp},
    course_count::Count,
    desk, event,
    file::{Give as GiveFile, Given, Read as ReadFile},
    participation::{Attendance, AttendanceView, Mark, MarkOf, Record},
};
use xinmei_model::{
    Attachment, Child, Course, CourseDraft, CourseKind, Event, Giving, Id, Lesson, Material, RoleKind,
    SeatRule, Session,
};
use xinmei_tests::{Device, Guardian, World, at};

struct Story {
    world: World,
    desk: Device,
    other: Device,
    li: Device,
    wang: Device,
    zhao: Device,
    children: [Id<Child>; 2],
    course: Id<Course>,
    event: Id<Event>,
    session: Id<Session>,
}

impl Story {
    async fn begin() -> Self {
        let world = World::new().await;
        let (second, third) = (world.class("本部", 2025, 1).await, world.class("本部", 2024, 2).await);
        let campus = world.campus("本部").await;
        let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
        let other = world.staff("何静", RoleKind::Coordinator, "活动协调员", campus).await;
        let (li, own) = world.family("李建国", &[("李雨桐", third)]).await;
        world.elsewhere("王芳").await;
        world.link(&Guardian::parent("王芳"), own[0]).await;
        let wang = world.join("王芳").await;
        let (zhao, others) = world.family("赵倩", &[("赵子涵", second)]).await;
        let draft = CourseDraft {
            place: campus,
            title: "做智慧家长".into(),
            about: String::new(),
            programme: "新美家长发展中心".into(),
            for_whom: "全体家长".into(),
            kind: CourseKind::Parents,
            published: true,
        };
        desk.ask(course::Put { course: None, draft, version: 0 }).await;
        desk.sync().await;
        let course = desk.ask(course::List {}).await.courses[0].id;
        let planned = |title: &str, day: &str| desk::Publish {
            place: campus,
            title: title.into(),
            about: String::new(),
            venue: "报告厅".into(),
            programme: "新美家长发展中心".into(),
            tags: vec![],
            theme: None,
            lesson: Some(Lesson { course, speakers: "心理教师".into() }),
            partner: None,
            trip: None,
            eligible: vec![],
            seat_rule: SeatRule::Adults,
            family_limit: 2,
            child_limit: None,
            questions: vec![],
            draw: None,
            look: Default::default(),
            held_in: None,
            waitlist: true,
            opens: at("2026-11-23T08:00"),
            closes: at("2026-11-23T10:55"),
            withdraw_until: at("2026-11-23T10:55"),
            sessions: vec![desk::PlannedSession {
                id: None,
                name: "第一讲".into(),
                starts: at(&format!("2026-11-{day}T11:00")),
                ends: at(&format!("2026-11-{day}T12:00")),
                capacity: 10,
                held_in: None,
                eligible: vec![],
                first_timers: false,
                holds: vec![],
            }],
        };
        desk.ask(planned("第一讲", "23")).await;
        desk.ask(planned("第二讲", "30")).await;
        desk.sync().await;
        let first = desk.ask(course::Open { course }).await.lessons.remove(0);
        let story = Self {
            event: first.line.id,
            session: first.line.sessions[0].id,
            children: [own[0], others[0]],
            course,
            world,
            desk,
            other,
            li,
            wang,
            zhao,
        };
        story.all_sync().await;
        story
    }

    async fn all_sync(&self) {
        for device in [&self.desk, &self.other, &self.li, &self.wang, &self.zhao] {
            device.sync().await;
        }
    }

    async fn until(&self, time: &str) {
        let by = at(&format!("2026-11-23T{time}")).timestamp().duration_since(self.world.now());
        self.world.advance(by).await;
        self.all_sync().await;
    }

    async fn gives(&self, name: &str, giving: Giving) -> Attachment {
        let content = format!("{name}：提纲");
        let bytes = u32::try_from(content.len()).unwrap();
        let content = data_encoding::BASE64.encode(content.as_bytes());
        let given: Given =
            self.desk.ask(GiveFile { file: None, name: name.into(), bytes, at: 0, content }).await;
        let file = given.attachment.unwrap();
        self.desk.ask(Give { event: self.event, file: file.clone(), giving }).await;
        file
    }

    async fn list(&self, device: &Device) -> AttendanceView {
        device.ask(Attendance { session: self.session, find: String::new() }).await
    }

    /// A desk marks 雨桐's father, as it sees him now.
    async fn mark(&self, device: &Device, came: bool) {
        let list = self.list(device).await;
        let all = list.families.iter().flat_map(|family| &family.guardians);
        let father = all.into_iter().find(|one| one.name.name == "李建国").unwrap();
        let mark = MarkOf { guardian: father.name.id, child: self.children[0], came, seen: father.seen };
        device.ask(Mark { session: self.session, marks: vec![mark] }).await;
    }

    /// Whether somebody may read a file, and it is what was given.
    async fn reads(&self, device: &Device, of: Id<Material>, file: &Attachment) -> bool {
        let read = ReadFile { of: of.uuid(), sha256: file.sha256, at: 0 };
        read.answer(&device.client).await.is_ok_and(|piece| !piece.content.is_empty())
    }

    async fn materials(&self, device: &Device) -> Vec<String> {
        let lessons = device.ask(course::Open { course: self.course }).await.lessons;
        let mut names: Vec<_> =
            lessons[0].materials.iter().map(|one| one.file.attachment.name.clone()).collect();
        names.sort();
        names
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lessons_are_signed_up_for_in_one_go_and_each_says_how_it_went() {
    let story = Story::begin().await;
    let lessons = story.li.ask(course::Open { course: story.course }).await.lessons;
    let mut sessions: Vec<_> = lessons.iter().map(|lesson| lesson.line.sessions[0].id).collect();
    let nowhere = Id::new(uuid::Uuid::from_u128(9));
    sessions.push(nowhere);
    let children = vec![story.children[0]];
    let went = story.li.ask(SignUp { sessions, children, adults: 1 }).await.lessons;
    assert_eq!(went.iter().map(|one| one.fault.is_none()).collect::<Vec<_>>(), [true, true, false]);
    story.li.sync().await;
    let line = story.li.ask(event::List {}).await.events;
    assert_eq!(line.iter().filter(|event| !event.mine.is_empty()).count(), 2);
    story.world.end(&[&story.desk, &story.other, &story.li, &story.wang, &story.zhao]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_desks_mark_one_parent_and_only_that_parent_has_the_record() {
    let story = Story::begin().await;
    for (device, child) in [(&story.li, 0), (&story.zhao, 1)] {
        let children = vec![story.children[child]];
        device.ask(SignUp { sessions: vec![story.session], children, adults: 1 }).await;
    }
    story.gives("提纲.txt", Giving::Now).await;
    story.gives("答案.txt", Giving::Afterwards).await;
    let own = story.gives("练习.txt", Giving::TookPart).await;
    story.all_sync().await;
    assert_eq!(story.materials(&story.li).await, ["提纲.txt"]);
    story.until("11:10").await;
    // The other desk's network is cut: neither knows what the other says.
    story.mark(&story.other, false).await;
    story.mark(&story.desk, true).await;
    let pending = story.list(&story.other).await;
    assert_eq!((pending.came, pending.waiting), (0, 1), "it is shown before the school has heard");
    story.desk.sync().await;
    story.other.sync().await;
    story.all_sync().await;
    for device in [&story.desk, &story.other] {
        let list = story.list(device).await;
        let father = list.families.iter().flat_map(|one| &one.guardians).find(|one| one.came.is_some());
        let father = father.unwrap();
        assert!(father.came == Some(true) && father.disputed && father.marks.len() == 2, "both are shown");
        assert_eq!((list.came, list.unmarked), (1, 1));
    }
    assert_eq!(story.materials(&story.li).await, ["提纲.txt", "练习.txt"]);
    assert_eq!(story.materials(&story.wang).await, ["提纲.txt"], "each home is its own");
    let lessons = story.li.ask(course::Open { course: story.course }).await.lessons;
    let given = lessons[0].materials.iter().find(|one| one.file.attachment == own);
    let of = given.unwrap().id;
    assert!(story.reads(&story.li, of, &own).await, "it can be opened");
    assert!(!story.reads(&story.wang, of, &own).await, "it is not for the other home");
    assert_eq!(story.li.ask(Record {}).await.took_part, 1);
    assert!(story.wang.ask(Record {}).await.lessons.is_empty());

    story.world.advance(SignedDuration::from_mins(60)).await;
    story.all_sync().await;
    assert_eq!(story.materials(&story.zhao).await, ["提纲.txt", "答案.txt"]);
    let lessons = story.zhao.ask(course::Open { course: story.course }).await.lessons;
    assert_eq!(lessons[0].own[0].is, OwnIs::Unknown, "nobody said anything of this family");
    // Who knows both marks settles it.
    story.mark(&story.other, false).await;
    story.other.sync().await;
    story.all_sync().await;
    let lessons = story.li.ask(course::Open { course: story.course }).await.lessons;
    assert_eq!(lessons[0].own[0].is, OwnIs::Missed);
    assert_eq!(story.materials(&story.li).await, ["提纲.txt", "答案.txt"], "what was for who came is gone");
    let count = story.desk.ask(Count { term: None }).await;
    let of = count.whole.figures;
    assert_eq!((count.whole.sessions, of.times, of.missed, of.unknown), (1, 0, 1, 1));
    assert_eq!((of.children, of.reached), (2, 0));
    story.world.end(&[&story.desk, &story.other, &story.li, &story.wang, &story.zhao]).await;
}
