//! A small school: one class, many families, an open day.

use jiff::{Zoned, civil::Date};
use uuid::Uuid;
use xinmei_model::{
    Change, Child, Enrolment, EventDraft, Feed, Id, Level, Link, Person, Place, Relation, Right, Rights,
    Role, RoleKind, SeatRule, SessionDraft, derived, put_child, put_link, put_person, time_ordered,
};

const FIRST_DAY: Date = jiff::civil::date(2026, 9, 1);

/// The Monday all of this happens on, 10:00 in Chongqing.
pub const NOW: &str = "2026-11-23T02:00:00Z";

/// A wall time in the school's zone.
#[must_use]
pub fn at(wall: &str) -> Zoned {
    format!("{wall}:00[Asia/Shanghai]").parse().unwrap()
}

/// An id that follows from a name, of the form a device gives to what it composes.
#[must_use]
pub fn named<T>(name: &str, n: usize) -> Id<T> {
    let derived: Id<T> = derived(&format!("powercut/{name}/{n}"), Uuid::nil(), Uuid::nil());
    time_ordered(0, *derived.uuid().as_bytes().first_chunk().unwrap())
}

/// A family of one parent and one child.
#[derive(Clone)]
pub struct Family {
    /// The parent.
    pub parent: Person,
    /// The child.
    pub child: Child,
    /// The parent's link to the child, with all rights.
    pub link: Link,
}

/// The class: the root's path is the school's.
#[must_use]
pub fn class(root: Id<Place>) -> Vec<Place> {
    let (campus, grade, class) = (named("campus", 0), named("grade", 0), named("class", 0));
    let place = |id, level, path: &[Id<Place>], name: &str| Place {
        id,
        level,
        path: path.to_vec(),
        name: name.into(),
        cohort: (level != Level::Campus).then_some(2024),
        number: (level == Level::Class).then_some(2),
    };
    vec![
        place(campus, Level::Campus, &[root, campus], "本部"),
        place(grade, Level::Grade, &[root, campus, grade], ""),
        place(class, Level::Class, &[root, campus, grade, class], ""),
    ]
}

/// The `n`th family of the class.
#[must_use]
pub fn family(root: Id<Place>, n: usize) -> Family {
    let path = class(root).pop().map(|class| class.path).unwrap_or_default();
    let parent = Person {
        id: named("parent", n),
        name: format!("家长{n}"),
        staff_number: None,
        joined: None,
        on_paper: false,
    };
    let class = *path.last().unwrap();
    let child = Child {
        id: named("child", n),
        name: format!("学生{n}"),
        number: format!("2026{n:05}"),
        sex: String::new(),
        path,
        enrolments: vec![Enrolment { class, from: FIRST_DAY, to: None }],
    };
    let link = Link {
        id: derived("link", parent.id.uuid(), child.id.uuid()),
        guardian: parent.id,
        guardian_name: parent.name.clone(),
        joined: false,
        on_paper: false,
        child: child.id,
        relation: Relation::Mother,
        relation_text: None,
        rights: Rights::granted(&Right::ALL, FIRST_DAY, "powercut"),
        undecided: false,
        from: FIRST_DAY,
        to: None,
    };
    Family { parent, child, link }
}

impl Family {
    /// The rows of this family.
    #[must_use]
    pub fn rows(&self) -> Vec<Change> {
        vec![
            put_person(self.parent.clone()),
            put_child(self.child.clone()),
            put_link(self.link.clone(), &self.child),
        ]
    }
}

/// The coordinator, and the hat.
#[must_use]
pub fn coordinator() -> (Person, Role) {
    let person = Person {
        id: named("coordinator", 0),
        name: "周敏".into(),
        staff_number: None,
        joined: None,
        on_paper: false,
    };
    let role = Role {
        id: named("role", 0),
        person: person.id,
        person_name: person.name.clone(),
        kind: RoleKind::Coordinator,
        title: "活动协调员".into(),
        subject: None,
        place: named("campus", 0),
        from: FIRST_DAY,
        to: None,
        office_hours: None,
    };
    (person, role)
}

/// The rows of the coordinator.
#[must_use]
pub fn coordinator_rows() -> Vec<Change> {
    let (person, role) = coordinator();
    let feeds = [Feed::School, Feed::Person(person.id)];
    vec![put_person(person), Change::put(role, feeds)]
}

/// An open day of one session with a waitlist.
#[must_use]
pub fn open_day(seats: u32) -> EventDraft {
    EventDraft {
        id: named("event", 0),
        place: named("campus", 0),
        title: "家长开放日".into(),
        about: String::new(),
        venue: "三楼报告厅".into(),
        held_in: None,
        programme: "家长开放日".into(),
        tags: Vec::new(),
        eligible: Vec::new(),
        seat_rule: SeatRule::Adults,
        family_limit: 2,
        child_limit: 1,
        child_seats: None,
        questions: vec![],
        look: Default::default(),
        waitlist: true,
        theme: None,
        lesson: None,
        partner: None,
        trip: None,
        draw: None,
        opens: at("2026-11-23T09:00"),
        closes: at("2026-11-25T20:00"),
        withdraw_until: at("2026-11-25T20:00"),
        sessions: vec![SessionDraft {
            id: named("session", 0),
            name: "第 1 场".into(),
            starts: at("2026-11-26T09:30"),
            ends: at("2026-11-26T10:10"),
            capacity: seats,
            pool: None,
            held_in: None,
            eligible: vec![],
            first_timers: false,
            holds: vec![],
        }],
    }
}
