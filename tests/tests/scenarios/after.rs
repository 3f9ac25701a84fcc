//! The morning after: who came is counted by those who run the event, in the window, in a workbook and on the command line; who
//! came is asked how it was, and has it in writing.

use jiff::SignedDuration;
use xinmei_client::api::{
    Fault,
    attendance::{Certify, Report, ReportExport, ReportOf, TermReport},
    audience::{AudienceName, Because, EventPart, Names},
    check_in::{Arrive, Correct, OpenGate, SetUp},
    desk, event, notice,
    table::Language,
};
use xinmei_model::{
    AnsweredBy, ArrivalMove, Ask, Audience, Child, Event, FieldKind, FormField, Heads, Id, Power, Refusal,
    Reply, Right, RoleKind, SeatRule, Session, Stand, Target,
};
use xinmei_tests::{Device, Guardian, World, at};

/// An open day of two sessions today, and families of two classes.
struct Story {
    world: World,
    desk: Device,
    teacher: Device,
    li: Device,
    zhao: Device,
    chen: Device,
    children: [Id<Child>; 3],
    event: Id<Event>,
    sessions: [Id<Session>; 2],
}

fn session(name: &str, from: &str, until: &str) -> desk::PlannedSession {
    desk::PlannedSession {
        id: None,
        name: name.into(),
        starts: at(&format!("2026-11-23T{from}")),
        ends: at(&format!("2026-11-23T{until}")),
        capacity: 10,
        shares_with: None,
        held_in: None,
        eligible: vec![],
        first_timers: false,
        holds: vec![],
    }
}

impl Story {
    async fn begin() -> Self {
        let world = World::new().await;
        let (second, third) = (world.class("本部", 2025, 1).await, world.class("本部", 2024, 2).await);
        let campus = world.campus("本部").await;
        let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
        let teacher = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", third).await;
        let (li, own) = world.family("李建国", &[("李雨桐", third)]).await;
        let (zhao, others) = world.family("赵倩", &[("赵子涵", second)]).await;
        let (chen, last) = world.family("陈静", &[("陈思远", second)]).await;
        let elder = Guardian { rights: &[Right::Messages], ..Guardian::parent("周玉兰") };
        world.link(&elder, own[0]).await;
        let plan = desk::Publish {
            place: campus,
            title: "家长开放日".into(),
            about: String::new(),
            venue: "校史馆".into(),
            held_in: None,
            programme: "家长开放日".into(),
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
            draw: None,
            look: Default::default(),
            waitlist: true,
            opens: at("2026-11-23T08:00"),
            closes: at("2026-11-23T10:55"),
            withdraw_until: at("2026-11-23T10:55"),
            sessions: vec![session("第 1 场", "11:00", "12:00"), session("第 2 场", "14:00", "15:00")],
        };
        desk.ask(plan).await;
        desk.sync().await;
        let line = desk.ask(event::List {}).await.events.remove(0);
        let story = Self {
            event: line.id,
            sessions: [line.sessions[0].id, line.sessions[1].id],
            children: [own[0], others[0], last[0]],
            world,
            desk,
            teacher,
            li,
            zhao,
            chen,
        };
        story.all_sync().await;
        for (device, child, session) in [(&story.li, 0, 0), (&story.zhao, 1, 0), (&story.chen, 2, 1)] {
            device
                .ask(event::SignUp {
                    session: story.sessions[session],
                    others: vec![],
                    children: vec![story.children[child]],
                    adults: 2,
                    answers: vec![],
                    on_behalf_of: None,
                })
                .await;
            device.sync().await;
        }
        story.desk.sync().await;
        story.desk.ask(SetUp { event: story.event }).await;
        story.all_sync().await;
        story
    }

    async fn all_sync(&self) {
        for device in [&self.desk, &self.teacher, &self.li, &self.zhao, &self.chen] {
            device.sync().await;
        }
    }

    async fn until(&self, time: &str) {
        let by = at(&format!("2026-11-23T{time}")).timestamp().duration_since(self.world.now());
        self.world.advance(by).await;
        self.all_sync().await;
    }

    /// 雨桐's mother comes alone to the first session, and somebody walks in; nobody checks in at the second.
    async fn morning(&self) {
        self.until("10:40").await;
        self.desk.ask(OpenGate { event: self.event, name: "北门".into() }).await;
        self.desk.sync().await;
        let lease = xinmei_client::api::check_in::SetLease { session: self.sessions[0], seats: 3 };
        self.desk.ask(lease).await;
        self.desk.sync().await;
        let (event, session) = (self.event, self.sessions[0]);
        let booking = self.booking(&self.li).await;
        let with = |seats| Arrive {
            event,
            session,
            booking: Some(booking),
            name: String::new(),
            seats,
            extra: 0,
            at: None,
        };
        // Two were written down, and one was meant.
        let slip = self.desk.ask(with(2)).await;
        self.desk.ask(Correct { arrival: slip.arrival, to: ArrivalMove::Undo }).await;
        self.desk.ask(with(1)).await;
        self.desk
            .ask(Arrive {
                event,
                session,
                booking: None,
                name: "社区李主任".into(),
                seats: 0,
                extra: 1,
                at: None,
            })
            .await;
        self.all_sync().await;
    }

    async fn booking(&self, device: &Device) -> Id<xinmei_model::Booking> {
        device.ask(event::Open { event: self.event }).await.line.mine.remove(0).id
    }

    async fn end(self) {
        self.all_sync().await;
        self.world.end(&[&self.desk, &self.teacher, &self.li, &self.zhao, &self.chen]).await;
    }
}

/// There is no certificate of it.
fn none() -> Fault {
    Fault::Invalid { what: "booking".into() }
}

fn heads(children: u32, adults: u32) -> Heads {
    Heads { children, adults }
}

#[tokio::test]
async fn the_report_says_who_came_and_of_a_session_without_a_gate_only_who_signed_up() {
    let s = Story::begin().await;
    s.morning().await;
    let during = s.desk.ask(Report { event: s.event }).await;
    assert_eq!(during.whole.figures.absent, heads(0, 0), "who is not there yet may still come");
    s.until("15:30").await;
    let view = s.desk.ask(Report { event: s.event }).await;
    let stands: Vec<_> = view.sessions.iter().map(|session| session.stand).collect();
    assert_eq!(stands, [Stand::Checked, Stand::Unchecked]);
    let first = view.sessions[0].counted.figures;
    assert_eq!((first.expected, first.came, first.absent), (heads(2, 4), heads(1, 1), heads(1, 3)));
    assert_eq!(first.walked_in, 1);
    let whole = view.whole;
    assert_eq!((whole.figures.unknown, whole.families), (heads(1, 2), 2));
    let classes: Vec<_> = view
        .classes
        .iter()
        .map(|row| (row.place.as_ref().and_then(|place| place.grade), row.counted.figures.expected.children))
        .collect();
    assert_eq!(classes, [(Some(2), 2), (Some(3), 1), (None, 0)]);
    // A class teacher runs no desk, and a family none either.
    for other in [&s.teacher, &s.li] {
        let refusal = Refusal::NoPower { power: Power::ManageEvents };
        let refused = Fault::Refused { refusal };
        assert_eq!(other.refused(Report { event: s.event }).await, refused);
        assert_eq!(other.refused(TermReport { term: None }).await, refused);
    }
    let term = s.desk.ask(TermReport { term: None }).await;
    assert_eq!((term.whole.events, term.whole.sessions, term.unchecked), (1, 2, 1));
    assert_eq!(term.programmes[0].tag.as_deref(), Some("家长开放日"));
    assert_eq!(term.whole.counted, whole);
    let kept = s
        .desk
        .ask(ReportExport { of: ReportOf::Event { event: s.event }, language: Language::Chinese })
        .await;
    assert_eq!(kept.name, "家长开放日 报告 2026-11-23.xlsx");
    s.end().await;
}

#[tokio::test]
async fn who_came_is_asked_how_it_was_and_has_it_in_writing() {
    let s = Story::begin().await;
    s.morning().await;
    let (ours, theirs) = (s.booking(&s.li).await, s.booking(&s.zhao).await);
    assert_eq!(s.li.refused(Certify { booking: ours }).await, none(), "it is not over");
    s.until("15:30").await;
    let audience = Audience { include: vec![Target::Came(s.event)], except: vec![] };
    let preview = s.desk.ask(notice::Preview { audience: audience.clone(), send_at: None }).await;
    assert_eq!(preview.families, 2, "who came, and of the session without a gate who had a seat");
    let because: Vec<_> = preview.list.iter().flat_map(|family| &family.because).collect();
    let ways: Vec<_> = because
        .iter()
        .map(|because| if let Because::Event { who, .. } = because { *who } else { panic!("{because:?}") })
        .collect();
    assert!(ways.contains(&EventPart::Came) && ways.contains(&EventPart::Comes), "{ways:?}");
    let names = s.desk.ask(Names { audience: audience.clone() }).await.names;
    assert!(matches!(&names[..], [AudienceName::Event { who: EventPart::Came, .. }]), "{names:?}");
    let reach = s.desk.ask(notice::Reach {}).await;
    let offered = |name: &AudienceName| matches!(name, AudienceName::Event { who: EventPart::Came, .. });
    assert!(reach.activities.iter().any(offered), "it may be chosen");
    let field =
        FormField { label: "印象最深的是什么".into(), value: FieldKind::Text, required: false };
    let survey = notice::Send {
        audience,
        families_seen: 2,
        title: "“家长开放日”活动反馈".into(),
        body: String::new(),
        ask: Ask::FillIn { fields: vec![field] },
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
    s.desk.ask(survey).await;
    s.desk.sync().await;
    s.world.advance(SignedDuration::from_secs(121)).await;
    s.all_sync().await;
    let told = |notices: notice::Notices| notices.notices.iter().any(|one| one.title.contains("活动反馈"));
    let mut reads = Vec::new();
    for device in [&s.li, &s.zhao, &s.chen] {
        reads.push(told(device.ask(notice::List {}).await));
    }
    assert_eq!(reads, [true, false, true], "who did not come is not asked");
    let notice = s.li.ask(notice::List {}).await.notices[0].id;
    let reply = Reply::FillIn { values: vec!["孩子举手了".into()], files: Vec::new() };
    let replies = vec![notice::ChildReply { child: s.children[0], reply, replaces: 0 }];
    s.li.ask(notice::Answer { notice, replies, on_behalf_of: None }).await;
    s.li.sync().await;
    s.desk.sync().await;
    let sheet = s.desk.ask(notice::Open { notice, child: None }).await.sheet;
    assert!(sheet.iter().any(|cell| cell.child.id == s.children[0] && cell.done), "{sheet:?}");

    let paper = s.li.ask(Certify { booking: ours }).await;
    assert_eq!((paper.title.as_str(), paper.children[0].name.as_str()), ("家长开放日", "李雨桐"));
    assert_eq!(paper.children[0].class.as_ref().unwrap().grade, Some(3));
    let card = s.li.ask(event::Open { event: s.event }).await.line.mine.remove(0);
    assert!(card.certificate);
    assert_eq!(s.zhao.refused(Certify { booking: theirs }).await, none(), "did not come");
    let unknown = s.booking(&s.chen).await;
    assert_eq!(s.chen.refused(Certify { booking: unknown }).await, none(), "nobody knows whether they came");
    assert_eq!(s.zhao.refused(Certify { booking: ours }).await, none(), "another family's");
    s.end().await;
}
