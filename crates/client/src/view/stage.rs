//! A small school for tests of views: a store on disk, a clock that stands still, and rows put in by hand.

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU64, Ordering},
};

use jiff::{Timestamp, Zoned, civil::date};
use uuid::Uuid;
use xinmei_model::{
    Act, AnsweredBy, Ask, Audience, Booking, BookingState, Child, Feed, Fill, Id, Level, Link, MutationId,
    Notice, NoticeState, Person, Place, Post, Refusal, Relation, Right, Rights, Role, RoleKind, Row, School,
    Seat, Shift, Target, Verdict, Year,
    wire::{Page, Pushed, RowUpdate, Settled},
};

mod events;
mod shifts;

pub(crate) use shifts::take;

use super::reading::Reading;
use crate::{
    api::Fault,
    edge::{Edge, MovableClock},
    replica::{Enrolment, Replica},
};

/// Monday, 23 November 2026, 10:30 in Chongqing.
pub(crate) const NOW: &str = "2026-11-23T10:30:00+08:00[Asia/Shanghai]";

pub(crate) fn at(text: &str) -> Zoned {
    format!("2026-{text}:00+08:00[Asia/Shanghai]").parse().unwrap()
}

pub(crate) fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}
pub(crate) const SCHOOL: u128 = 1;
pub(crate) const MAIN_CAMPUS: u128 = 2;
pub(crate) const THIRD_GRADE: u128 = 3;
/// 本部三年级2班
pub(crate) const CLASS: u128 = 4;
pub(crate) const EAST_CAMPUS: u128 = 5;
pub(crate) const FIRST_GRADE: u128 = 6;
/// 东校区一年级2班
pub(crate) const EAST_CLASS: u128 = 7;
/// 李建国, father of both, at this computer.
pub(crate) const FATHER: u128 = 20;
/// 张晓梅, 班主任 of [`CLASS`].
pub(crate) const TEACHER: u128 = 21;
pub(crate) const TEACHER_ROLE: u128 = 22;
/// 李雨桐 of [`CLASS`].
pub(crate) const YUTONG: u128 = 30;
/// 李雨辰 of [`EAST_CLASS`].
pub(crate) const YUCHEN: u128 = 31;

pub(crate) struct Stage {
    pub(crate) replica: Replica,
    folder: PathBuf,
    rev: AtomicU64,
}

impl Drop for Stage {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Stage {
    /// The school and its tree, as a person sees it.
    pub(crate) fn of(person: u128) -> Self {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let folder = std::env::temp_dir().join(format!(
            "xinmei-view-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        ));
        std::fs::create_dir_all(&folder).unwrap();
        let now: Zoned = NOW.parse().unwrap();
        let edge = Edge::with_clock(MovableClock::at(now.timestamp()));
        let replica = Replica::open_plain_for(&folder.join("store"), None, edge).unwrap();
        let enrolment = Enrolment {
            school: Uuid::from_u128(9),
            school_key: String::new(),
            person: id(person),
            device: Uuid::from_u128(99),
            address: "school.example".into(),
            ca: None,
        };
        replica.enrol(&enrolment).unwrap();
        let stage = Self { replica, folder, rev: AtomicU64::new(0) };
        stage.put(School {
            id: id(9),
            name: "江畔实验小学".into(),
            zone: "Asia/Shanghai".into(),
            hold_s: 60,
            travel_min: 30,
            offer_min: 60,
            quiet: None,
            quiet_staff: None,
        });
        let (from, to) = (date(2026, 9, 1), date(2027, 8, 31));
        stage.put(Year { id: id(10), begins_in: 2026, from, to, terms: Vec::new() });
        stage.place(SCHOOL, Level::School, &[], "江畔实验小学", None, None);
        for (campus, name, grade, cohort, class) in [
            (MAIN_CAMPUS, "本部", THIRD_GRADE, 2024, CLASS),
            (EAST_CAMPUS, "东校区", FIRST_GRADE, 2026, EAST_CLASS),
        ] {
            stage.place(campus, Level::Campus, &[SCHOOL], name, None, None);
            stage.place(grade, Level::Grade, &[SCHOOL, campus], "", Some(cohort), None);
            stage.place(class, Level::Class, &[SCHOOL, campus, grade], "", Some(cohort), Some(2));
        }
        stage
    }

    /// 李建国 at this computer, with a child on each campus.
    pub(crate) fn family() -> Self {
        let stage = Self::of(FATHER);
        stage.put(Person {
            id: id(FATHER),
            name: "李建国".into(),
            staff_number: None,
            joined: Some("2026-09-01T00:00:00Z".parse().unwrap()),
            on_paper: false,
        });
        stage.child(YUTONG, "李雨桐", "20240412", CLASS);
        stage.child(YUCHEN, "李雨辰", "20260117", EAST_CLASS);
        for (link, child) in [(40, YUTONG), (41, YUCHEN)] {
            stage.link(link, FATHER, "李建国", child, true);
        }
        stage.hold(&[
            Feed::Person(id(FATHER)),
            Feed::ChildRight(id(YUTONG), Right::Messages),
            Feed::ChildRight(id(YUCHEN), Right::Messages),
            Feed::ChildRight(id(YUTONG), Right::Decide),
            Feed::ChildRight(id(YUCHEN), Right::Decide),
        ]);
        stage
    }

    /// 张晓梅 at this computer, 班主任 of an empty class.
    pub(crate) fn teacher() -> Self {
        Self::staff(RoleKind::ClassTeacher, "班主任", CLASS)
    }

    /// 张晓梅 at this computer, in one hat.
    pub(crate) fn staff(kind: RoleKind, title: &str, place: u128) -> Self {
        let stage = Self::of(TEACHER);
        stage.put(Role {
            id: id(TEACHER_ROLE),
            person: id(TEACHER),
            person_name: "张晓梅".into(),
            kind,
            title: title.into(),
            subject: None,
            place: id(place),
            from: date(2026, 9, 1),
            to: None,
            office_hours: None,
        });
        stage.hold(&[Feed::Author(id(TEACHER)), Feed::Person(id(TEACHER))]);
        stage
    }

    fn place(
        &self,
        place: u128,
        level: Level,
        above: &[u128],
        name: &str,
        cohort: Option<i16>,
        number: Option<u8>,
    ) {
        let path = above.iter().copied().chain([place]).map(id).collect();
        self.put(Place { id: id(place), level, path, name: name.into(), cohort, number });
    }

    pub(crate) fn child(&self, child: u128, name: &str, number: &str, class: u128) {
        let above = if class == CLASS {
            [SCHOOL, MAIN_CAMPUS, THIRD_GRADE]
        } else {
            [SCHOOL, EAST_CAMPUS, FIRST_GRADE]
        };
        self.put(Child {
            id: id(child),
            name: name.into(),
            number: number.into(),
            sex: String::new(),
            path: above.into_iter().chain([class]).map(id).collect(),
            enrolments: Vec::new(),
        });
    }

    pub(crate) fn link(&self, link: u128, guardian: u128, name: &str, child: u128, joined: bool) {
        self.put(Link {
            id: id(link),
            guardian: id(guardian),
            guardian_name: name.into(),
            joined,
            on_paper: false,
            child: id(child),
            relation: Relation::Father,
            relation_text: None,
            rights: Rights::granted(&Right::ALL, date(2026, 9, 1), "import"),
            undecided: false,
            from: date(2026, 9, 1),
            to: None,
        });
    }

    /// A sent notice that asks for 知道了.
    pub(crate) fn notice(&self, notice: u128, place: u128, title: &str, due: Option<&str>) {
        let sent: Timestamp = at("11-20T10:00").timestamp();
        self.put(Notice {
            id: id(notice),
            author: id(TEACHER),
            author_name: "张晓梅".into(),
            author_title: "班主任".into(),
            audience: Audience { include: vec![Target::Place(id(place))], except: Vec::new() },
            children: 2,
            families: 2,
            title: title.into(),
            body: String::new(),
            ask: Ask::Acknowledge,
            answered_by: AnsweredBy::AnyGuardian,
            due: due.map(at),
            state: NoticeState::Sent { at: sent },
            supersedes: None,
            keeps_answers: false,
            asks_again: Default::default(),
            changed: None,
            class_reads: false,
            reminds: false,
            reminded: None,
            send_at: None,
            approved: None,
            alert: None,
            incident: None,
            reminded_at: Vec::new(),
            went_out: Some(sent),
            composed: sent,
            files: Vec::new(),
        });
    }

    /// 雨桐's father has booked a seat in the first session of an event.
    pub(crate) fn booking(&self, booking: u128, event: u128, state: BookingState) {
        let session = id(event + 1);
        self.put(Booking {
            id: id(booking),
            session,
            pool: None,
            event: id(event),
            guardian: id(FATHER),
            guardian_name: "李建国".into(),
            entered: None,
            children: 1,
            adults: 1,
            size: 1,
            state,
            seq: 1,
            at: at("11-21T09:00").timestamp(),
            generation: 0,
            seen_by: Vec::new(),
            answers: Vec::new(),
            put_back: None,
            wishes: vec![],
            drawn: None,
            hold: None,
            missed: false,
            released: None,
        });
        let (child, child_name, event) = (id(YUTONG), "李雨桐".into(), id(event));
        self.put(Seat {
            id: id(booking + 1),
            child,
            child_name,
            booking: id(booking),
            session,
            event,
            gone: false,
        });
    }

    /// A post of the whole school with one shift, `used` of two people found.
    pub(crate) fn shift(&self, shift: u128, title: &str, hours: [&str; 2], used: u32) {
        let (post, shift): (Id<Post>, Id<Shift>) = (id(shift + 1), id(shift));
        self.put(Post {
            id: post,
            place: id(SCHOOL),
            held_at: vec![id(SCHOOL)],
            title: title.into(),
            about: String::new(),
            meeting_point: "东门".into(),
            programme: String::new(),
            terms: Default::default(),
            supervisor_name: String::new(),
            version: 0,
            changed: None,
            ended: None,
        });
        let [starts, ends] = hours.map(at);
        self.put(Shift {
            id: shift,
            post,
            starts,
            ends,
            needed: 2,
            called_off: None,
            turns: Vec::new(),
            version: 0,
            moved: None,
            turns_at: Default::default(),
        });
        self.put(Fill { used, ..Fill::empty(shift.uuid(), 2) });
    }

    /// The post of a shift lets people in who asked.
    pub(crate) fn asks(&self, shift: u128) {
        let post: Option<Post> = self.read(|reading| reading.snapshot.get(id(shift + 1)));
        let mut post = post.unwrap();
        post.terms.entry = xinmei_model::PostEntry::Asked;
        self.put(post);
    }

    /// Puts a row in, as the school would.
    pub(crate) fn put(&self, row: impl Into<Row>) {
        let row = row.into();
        let update = RowUpdate {
            kind: row.kind().name().into(),
            id: row.id(),
            rev: 0,
            feeds: vec![Feed::School],
            left: Vec::new(),
            body: Some(serde_json::from_str(&row.body().unwrap()).unwrap()),
        };
        self.page(vec![update], vec![Feed::School]);
    }

    pub(crate) fn hold(&self, feeds: &[Feed]) {
        self.page(Vec::new(), feeds.to_vec());
    }

    fn page(&self, rows: Vec<RowUpdate>, arrived: Vec<Feed>) {
        let cursor = self.rev.fetch_add(1, Ordering::Relaxed) + 1;
        let page = Page {
            epoch: Uuid::from_u128(7),
            now: NOW.parse::<Zoned>().unwrap().timestamp(),
            cursor,
            rows: rows.into_iter().map(|row| RowUpdate { rev: cursor, ..row }).collect(),
            arrived,
            arriving: Default::default(),
            ended: None,
            last_number: 0,
            verdicts: Vec::new(),
            more: false,
        };
        self.replica.apply_page(&page).unwrap();
    }

    /// Saves a wish.
    pub(crate) fn wish(&self, act: Act) -> MutationId {
        let (ids, _) = self.replica.save(vec![act]).unwrap();
        ids[0]
    }

    /// Sends what waits, without an answer.
    pub(crate) fn push(&self) {
        self.replica.push_batch(10).unwrap().unwrap();
    }

    /// The school says no.
    pub(crate) fn refuse(&self, wish: MutationId, refusal: Refusal) {
        let verdict = Verdict::Refused { refusal };
        let settled = Settled { id: wish, number: 1, verdict };
        let pushed = Pushed { epoch: Uuid::from_u128(7), rev: 0, last_number: 1, verdicts: vec![settled] };
        self.replica.apply_pushed(&pushed).unwrap();
    }

    /// Reads one answer.
    pub(crate) fn read<R>(&self, arrange: impl FnOnce(&Reading<'_>) -> Result<R, Fault>) -> R {
        self.replica.read(|snapshot| arrange(&Reading::open(snapshot)?)).unwrap()
    }
}
