//! A small school with everything in it, and everybody who may try.

use std::collections::BTreeSet;

use super::acts::course;
use super::contests::{contest, entry};
use super::hours::asked;
use super::plans::{event, post, sign_up};
use uuid::Uuid;
use xinmei_model::{
    Act, Alert, AlertStatus, Answer, AnsweredBy, Answering, Ask, Attachment, Audience, Certainty, Change,
    Child, ChildFile, ChildFileDraft, ChildFiles, Conversation, ConversationDraft, DayPart, DayTime,
    EventShape, FamilyRequestDraft, Feed, FieldKind, FileHash, FileKind, FormField, Hat, Id, InboxDraft,
    Kind, List, Marking, Message, MessageText, MsgType, Notice, NoticeDraft, Place, Proxy, Relation, Remark,
    Reply, ReportDraft, ReportReason, Right, Role, RoleKind, RollState, SeatRule, Series, SeriesDraft,
    SessionShape, Severity, Target, Template, TemplateDraft, Theme, ThemeDraft, ThemeMessages, Urgency,
    Venue, VenueDraft, VenuePut, Verdict, Wanted,
};
use xinmei_server::pull;
use xinmei_tests::{Guardian, Raw, World, at};

/// A school with three classes on two campuses, everything in each of them, and everybody who may try.
pub struct School {
    /// The school.
    pub world: World,
    /// Who tries, in which hat.
    pub principals: Vec<(&'static str, Raw, Hat)>,
    /// Mutations that were settled, by person.
    pub settled: Vec<(Uuid, Uuid)>,
    /// Files, each with the row that carries it.
    pub files: Vec<(Uuid, FileHash)>,
}

pub fn new<T>() -> Id<T> {
    Id::new(Uuid::now_v7())
}

/// 请假, or 代接.
pub fn request(child: Id<xinmei_model::Child>, on_behalf_of: Option<Proxy>, pick_up: bool) -> Act {
    let day = jiff::civil::date(2026, 11, 25);
    let wanted = if pick_up {
        let at = xinmei_tests::at("2026-11-25T16:10");
        Wanted::PickUp { by: "王建军".into(), relation: "外公".into(), phone: String::new(), at }
    } else {
        Wanted::Leave { from: day, to: day, part: DayPart::WholeDay, reason: "发烧".into() }
    };
    Act::MakeRequest { request: FamilyRequestDraft { id: new(), child, wanted, on_behalf_of } }
}

/// A conversation about a child with a hat of the school.
pub fn talk(id: Id<Conversation>, child: Id<xinmei_model::Child>, with: Id<Role>) -> Act {
    let message = MessageText { id: new(), text: "张老师好".into(), quotes: None, files: Vec::new() };
    Act::OpenConversation {
        conversation: ConversationDraft { id, child, with: with.into(), title: "数学书".into(), message },
    }
}

/// A shared inbox that somebody would make.
pub fn inbox(place: Id<Place>, reader: Id<Role>) -> Act {
    let (name, about) = ("教导处".into(), String::new());
    Act::KeepInbox { inbox: InboxDraft { id: new(), name, about, place, readers: vec![reader] } }
}

pub fn notice(id: Id<Notice>, target: Target) -> Act {
    let notice = NoticeDraft {
        id,
        audience: Audience { include: vec![target], except: Vec::new() },
        families_seen: 1,
        title: "放学".into(),
        body: "三点放学".into(),
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
    Act::SendNotice { notice }
}

pub fn repeated(id: Id<Series>, class: Id<Place>) -> Act {
    let Act::SendNotice { notice } = notice(new(), Target::Place(class)) else { panic!("a notice is sent") };
    let notice = NoticeDraft { send_at: Some(at("2026-12-07T16:00")), ..notice };
    Act::RepeatNotice {
        series: SeriesDraft { id, notice, rule: "FREQ=WEEKLY;COUNT=2".into(), skip_holidays: true },
    }
}

pub fn template(template: Id<Template>, school: bool) -> Act {
    let draft = TemplateDraft {
        name: "研学".into(),
        title: "{日期}研学".into(),
        body: String::new(),
        ask: Ask::Acknowledge,
        answered_by: AnsweredBy::AnyGuardian,
        reminds: false,
    };
    Act::PutTemplate { template, draft, school }
}

/// A hall on a campus.
pub fn venue(venue: Id<Venue>, place: Id<Place>) -> Act {
    let draft = VenueDraft {
        place,
        name: "校史馆".into(),
        location: "一楼".into(),
        capacity: 120,
        note: String::new(),
    };
    Act::PutVenue(VenuePut { venue, draft })
}

/// An afternoon of reading, kept as a theme.
pub fn theme(theme: Id<Theme>) -> Act {
    let at = |days, time: &str| DayTime { days, time: time.parse().unwrap() };
    let session = SessionShape {
        name: "第 1 场".into(),
        starts: at(0, "16:40"),
        ends: at(0, "17:30"),
        capacity: 30,
        pool: None,
        held_in: None,
        first_timers: false,
        holds: vec![],
    };
    let event = EventShape {
        title: "共读{书名}".into(),
        about: String::new(),
        venue: String::new(),
        held_in: None,
        programme: String::new(),
        tags: Vec::new(),
        seat_rule: SeatRule::Everyone,
        family_limit: 4,
        child_limit: 1,
        child_seats: None,
        questions: Vec::new(),
        look: Default::default(),
        waitlist: true,
        opens: at(-7, "08:00"),
        closes: at(-1, "20:00"),
        withdraw_until: at(-1, "20:00"),
        sessions: vec![session],
        draw: None,
        partner: None,
        trip: None,
    };
    let (name, posts, survey, messages) = ("读书堂".into(), Vec::new(), Vec::new(), ThemeMessages::default());
    Act::PutTheme { theme, draft: ThemeDraft { name, event, posts, messages, survey } }
}

impl School {
    pub async fn new() -> Self {
        let world = World::new().await;
        let mut school = Self { world, principals: Vec::new(), settled: Vec::new(), files: Vec::new() };
        let classes = [("本部", 2024, 2), ("本部", 2024, 3), ("江北", 2023, 1)];
        for (n, (campus, cohort, number)) in classes.into_iter().enumerate() {
            school.fill(n, campus, cohort, number).await;
        }
        let (first, second) = (school.world.campus("本部").await, school.world.campus("江北").await);
        let class = school.world.class("本部", 2024, 2).await;
        let root = school.world.root();
        for (who, kind, place) in [
            ("a class teacher", RoleKind::ClassTeacher, class),
            ("a subject teacher", RoleKind::SubjectTeacher, class),
            ("a coordinator", RoleKind::Coordinator, first),
            ("a coordinator of the other campus", RoleKind::Coordinator, second),
            ("a head", RoleKind::Head, first),
            ("a head of all", RoleKind::Head, root),
            ("a counsellor", RoleKind::Counsellor, first),
            ("an administrator", RoleKind::Administrator, root),
        ] {
            school.world.appoint(who, kind, "教师", place).await;
            school.staff(who).await;
        }
        school.whole().await;
        school.world.appoint("a former teacher", RoleKind::ClassTeacher, "班主任", class).await;
        school.staff("a former teacher").await;
        school.ended("a former teacher").await;
        for who in ["家长0", "祖辈0", "被禁0", "家长1", "nobody's guardian"] {
            let raw = school.world.raw(who).await;
            school.principals.push((who, raw, Hat::Guardian));
        }
        school
    }

    /// What concerns everybody: a notice that waits for a second head, and an alert with a child called.
    async fn whole(&mut self) {
        let root = self.world.root();
        self.world.appoint("校长", RoleKind::Head, "校长", root).await;
        let mut raw = self.world.raw("校长").await;
        let hat = Hat::Staff { role: self.world.list::<Role>(List::RolesOf(raw.person))[0].id };
        let Act::SendNotice { notice: waits } = notice(new(), Target::Place(root)) else { panic!() };
        let waits = NoticeDraft { families_seen: 3, ..waits };
        let alert = Alert {
            status: AlertStatus::Exercise,
            msg_type: MsgType::Alert,
            urgency: Urgency::Immediate,
            severity: Severity::Minor,
            certainty: Certainty::Observed,
            roll_call: true,
            expires: None,
        };
        let place = self.world.campus("江北").await;
        let Act::SendNotice { notice: alarm } = notice(new(), Target::Place(place)) else { panic!() };
        let alarm = NoticeDraft { alert: Some(alert), ..alarm };
        let incident = alarm.id;
        for notice in [waits, alarm] {
            let verdict = raw.push(&Raw::wish(hat, Act::SendNotice { notice })).await;
            assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
        }
        self.world.advance(jiff::SignedDuration::from_secs(1)).await;
        let class = self.world.class("江北", 2023, 1).await;
        let child = self.world.list::<Child>(List::ChildrenIn(class))[0].id;
        let note = String::new();
        let mark = Marking { incident, child, state: RollState::Safe, note, replaces: 0 };
        let verdict = raw.push(&Raw::wish(hat, Act::MarkRollCall(mark))).await;
        assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
    }

    /// Ends every hat of a person.
    async fn ended(&self, who: &str) {
        let person = self.world.person(who).await;
        for role in self.world.list::<Role>(List::RolesOf(person)) {
            let role = Role { to: Some(jiff::civil::date(2026, 10, 1)), ..role };
            self.world.put(vec![Change::put(role, [Feed::School, Feed::Person(person)])]).await;
        }
    }

    async fn staff(&mut self, who: &'static str) {
        let raw = self.world.raw(who).await;
        let role = self.world.list::<Role>(List::RolesOf(raw.person))[0].id;
        self.principals.push((who, raw, Hat::Staff { role }));
    }

    /// A class with a family and one of everything that belongs to it.
    async fn fill(&mut self, n: usize, campus: &str, cohort: i16, number: u8) {
        let world = &self.world;
        let class = world.class(campus, cohort, number).await;
        let place = world.campus(campus).await;
        let child = world.child(&format!("孩子{n}"), class).await;
        let (parent, elder, barred) = (format!("家长{n}"), format!("祖辈{n}"), format!("被禁{n}"));
        for who in [&parent, &elder, &barred] {
            world.elsewhere(who).await;
        }
        world.link(&Guardian::parent(&parent), child).await;
        let rights = &[Right::PickUp];
        let relation = Relation::PaternalGrandmother;
        world.link(&Guardian { relation, rights, ..Guardian::parent(&elder) }, child).await;
        world.link(&Guardian { barred: true, ..Guardian::parent(&barred) }, child).await;
        let remark = Remark { id: new(), child, text: format!("备注{n}"), decided: None };
        world.put(vec![Change::put(remark, [Feed::Office])]).await;
        let (coordinator, teacher) = (format!("协调员{n}"), format!("老师{n}"));
        world.appoint(&coordinator, RoleKind::Coordinator, "活动协调员", place).await;
        world.appoint(&teacher, RoleKind::ClassTeacher, "班主任", class).await;
        let (session, shift, note, held) = (new(), new(), new(), new());
        for (who, acts) in [
            (
                coordinator,
                vec![
                    event(place, session),
                    post(place, shift),
                    theme(new()),
                    venue(new(), place),
                    course(new(), place),
                    contest(held, place),
                ],
            ),
            (
                teacher,
                vec![notice(note, Target::Place(class)), template(new(), false), repeated(new(), class)],
            ),
            (
                parent,
                vec![
                    sign_up(session, child),
                    Act::TakeShift { shift, on_behalf_of: None },
                    entry(held, child, None),
                    asked(new(), place, None),
                ],
            ),
        ] {
            let mut raw = self.world.raw(&who).await;
            let hat = match self.world.list::<Role>(List::RolesOf(raw.person)).first() {
                Some(role) => Hat::Staff { role: role.id },
                None => Hat::Guardian,
            };
            for act in acts {
                let wish = Raw::wish(hat, act);
                let verdict = raw.push(&wish).await;
                assert!(matches!(verdict, Verdict::Accepted { .. }), "{wish:?}: {verdict:?}");
                self.settled.push((raw.person.uuid(), wish.id.uuid()));
            }
        }
        super::volunteering::fill(&self.world, n, place).await;
        self.files.push(super::hours::fill(&self.world, n, place).await);
        self.world.advance(jiff::SignedDuration::from_secs(121)).await;
        let mut raw = self.world.raw(&format!("家长{n}")).await;
        let mut teacher = self.world.raw(&format!("老师{n}")).await;
        let role = self.world.list::<Role>(List::RolesOf(teacher.person))[0].id;
        let (open, agreed) = (request(child, None, false), request(child, None, true));
        let Act::MakeRequest { request: FamilyRequestDraft { id, .. } } = agreed else { panic!() };
        let answer = Act::AnswerRequest { request: id, agrees: true, note: String::new() };
        let (conversation, id) = (new(), new());
        let talk = talk(conversation, child, role);
        let content = format!("病历 {n}");
        let sha256 = raw.upload(content.as_bytes()).await;
        let bytes = u32::try_from(content.len()).unwrap();
        let carried =
            Attachment { sha256, name: "病历.txt".into(), kind: FileKind::Text, bytes, picture: None };
        let message = MessageText { id, text: String::new(), quotes: None, files: vec![carried] };
        let say = Act::SayMessage { conversation, child, message };
        self.files.push((id.uuid(), sha256));
        for act in [Act::Answer(Answering::new(note, child, Reply::Acknowledge)), open, agreed, talk, say] {
            let verdict = raw.push(&Raw::wish(Hat::Guardian, act)).await;
            assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
        }
        let message = self.world.list::<Message>(List::MessagesOf(conversation))[0].id;
        let (reason, words) = (ReportReason::Insult, String::new());
        let report = Act::ReportMessage(ReportDraft { message, child, reason, words });
        // A form that its family sends back, to the author alone.
        let Act::SendNotice { notice: form } = notice(new(), Target::Place(class)) else {
            panic!("a notice is sent")
        };
        let slip = FormField { label: "回执".into(), value: FieldKind::File, required: true };
        let form = NoticeDraft { ask: Ask::FillIn { fields: vec![slip] }, ..form };
        let form_id = form.id;
        // A file of the child's own: its family reads it, and whoever sees the class.
        let content = format!("成绩 {n}");
        let sha256 = teacher.upload(content.as_bytes()).await;
        let name = format!("{}.txt", self.world.row(child).unwrap().number);
        let bytes = u32::try_from(content.len()).unwrap();
        let file = Attachment { sha256, name, kind: FileKind::Text, bytes, picture: None };
        let Act::SendNotice { notice } = notice(new(), Target::Place(class)) else {
            panic!("a notice is sent")
        };
        self.files.push((ChildFile::of(notice.id, child).uuid(), sha256));
        let child_files = ChildFiles { files: vec![ChildFileDraft { child, file }], keeps: false };
        let marks = Act::SendChildFiles { notice, child_files };
        for act in [answer, report, marks, Act::SendNotice { notice: form }] {
            let verdict = teacher.push(&Raw::wish(Hat::Staff { role }, act)).await;
            assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
        }
        self.world.advance(jiff::SignedDuration::from_secs(121)).await;
        let content = format!("回执 {n}");
        let sha256 = raw.upload(content.as_bytes()).await;
        let bytes = u32::try_from(content.len()).unwrap();
        let file =
            Attachment { sha256, name: "回执.txt".into(), kind: FileKind::Text, bytes, picture: None };
        let reply = Reply::FillIn { values: vec![file.name.clone()], files: vec![file] };
        let wish = Raw::wish(Hat::Guardian, Act::Answer(Answering::new(form_id, child, reply)));
        let verdict = raw.push(&wish).await;
        assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
        let answer = self.world.list::<Answer>(List::AnswersTo(form_id))[0].id;
        self.files.push((answer.uuid(), sha256));
    }

    /// Every row: id, kind, and the feeds it stands in.
    pub fn rows(&self) -> Vec<(Uuid, Kind, BTreeSet<String>)> {
        let rows = self
            .world
            .ledger()
            .look(|session| session.rows("SELECT id, kind, feeds FROM row ORDER BY rev, id", &[]));
        let rows = rows.unwrap();
        let feeds = |text: &str| text.lines().map(str::to_owned).collect();
        rows.iter().map(|row| (row.uuid(0), Kind::named(row.text(1)).unwrap(), feeds(row.text(2)))).collect()
    }

    /// Every id that a person reads somewhere, in rows of other things too: a link names its guardian.
    pub fn known(&self, may: &BTreeSet<String>) -> BTreeSet<Uuid> {
        let rows = self.world.ledger().look(|session| session.rows("SELECT id, feeds, body FROM row", &[]));
        let mut known = BTreeSet::new();
        for row in rows.unwrap().iter().filter(|row| row.text(1).lines().any(|feed| may.contains(feed))) {
            known.insert(row.uuid(0));
            known.extend(row.text(2).split('"').filter_map(|text| text.parse::<Uuid>().ok()));
        }
        known
    }

    /// What a person may see.
    pub fn may(&self, raw: &Raw) -> BTreeSet<String> {
        let (ledger, now) = (self.world.ledger(), self.world.now());
        let feeds =
            ledger.look(|session| pull::entitled(session, &ledger.identity, now, raw.person)).unwrap();
        feeds.iter().map(Feed::to_string).collect()
    }
}
