//! People: guardians and staff in their hats, children, and the dated rights between them.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    Actor, Change, Facts, Feed, Id, Link, List, OfficeHours, Place, Stop, derived, facts::Decision, limits,
    may_invite, put_link,
};

/// Anyone who signs in: a guardian, a member of staff, or both in one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Identity.
    pub id: Id<Person>,
    /// As the school wrote it, NFC.
    pub name: String,
    /// 工号; staff only.
    pub staff_number: Option<String>,
    /// When the first device was enrolled; `None` is "not joined".
    pub joined: Option<Timestamp>,
    /// Has no device and is told on paper; a device that joins ends it.
    pub on_paper: bool,
}

/// A person's telephone, kept away from every feed: it is printed and matched, never browsed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Follows from the person and whose roster line gives it: a child's, or the person's own as staff. Lines of
    /// siblings may disagree.
    pub id: Id<Contact>,
    /// Whose.
    pub person: Id<Person>,
    /// Eleven digits.
    pub phone: String,
}

impl Contact {
    /// Where the phone of a person is kept as one line of a roster gives it: of a child, or of the person as a member of staff.
    ///
    /// Lines of siblings may disagree, and nothing is guessed: each keeps what the office wrote.
    #[must_use]
    pub fn of(person: Id<Person>, line_of: Uuid) -> Id<Self> {
        derived("contact", person.uuid(), line_of)
    }
}

/// What a member of staff is here for.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    ts_rs::TS,
)]
#[serde(rename_all = "kebab-case")]
pub enum RoleKind {
    /// 班主任
    ClassTeacher,
    /// 任课教师
    SubjectTeacher,
    /// 活动协调员, 志愿服务协调员
    Coordinator,
    /// 书记, 校长, 德育主任
    Head,
    /// 心理教师, 家校共育指导师
    Counsellor,
    /// 信息管理员
    Administrator,
}

/// A hat: a role at a place, for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Identity.
    pub id: Id<Role>,
    /// Who wears it.
    pub person: Id<Person>,
    /// The wearer's name, as everybody reads it.
    pub person_name: String,
    /// What it allows.
    pub kind: RoleKind,
    /// What the school calls it: 班主任, 活动协调员.
    pub title: String,
    /// 语文, for those who teach one.
    pub subject: Option<String>,
    /// Where it holds, with everything below.
    pub place: Id<Place>,
    /// First day.
    pub from: Date,
    /// Last day, inclusive; open if `None`.
    pub to: Option<Date>,
    /// When the wearer answers messages, as far as told.
    #[serde(default)]
    pub office_hours: Option<OfficeHours>,
}

impl Role {
    /// Whether the hat is worn on `day`.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// A pupil.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Child {
    /// Identity; follows from the school and 学号, so that an import always finds the same child.
    pub id: Id<Child>,
    /// As the school wrote it, NFC.
    pub name: String,
    /// 学号. Two children of one name in one class are told apart by its last four.
    pub number: String,
    /// 男, 女 or empty, as in the roster (GB/T 2261.1).
    pub sex: String,
    /// The class today and everything above it, the school first; empty after leaving.
    pub path: Vec<Id<Place>>,
    /// Every class so far, oldest first.
    pub enrolments: Vec<Enrolment>,
}

impl Child {
    /// The class, while enrolled.
    #[must_use]
    pub fn class(&self) -> Option<Id<Place>> {
        self.path.last().copied()
    }

    /// The class it was in on a day.
    #[must_use]
    pub fn class_on(&self, day: Date) -> Option<Id<Place>> {
        let on = |one: &&Enrolment| one.from <= day && one.to.is_none_or(|to| day <= to);
        self.enrolments.iter().rev().find(on).map(|one| one.class)
    }

    /// The last four of 学号: what tells two children of one name apart.
    #[must_use]
    pub fn number_tail(&self) -> String {
        let chars = self.number.chars().count();
        self.number.chars().skip(chars.saturating_sub(4)).collect()
    }
}

/// A child in a class, from a day to a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrolment {
    /// The class.
    pub class: Id<Place>,
    /// First day.
    pub from: Date,
    /// Last day, inclusive; open if `None`.
    pub to: Option<Date>,
}

/// Relation of a guardian to a child (after GB/T 4761).
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
    ts_rs::TS,
)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// 父亲
    Father,
    /// 母亲
    Mother,
    /// 祖父
    PaternalGrandfather,
    /// 祖母
    PaternalGrandmother,
    /// 外祖父
    MaternalGrandfather,
    /// 外祖母
    MaternalGrandmother,
    /// 其他监护人
    Other,
}

/// Whether a guardian is here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum JoinState {
    /// Has joined.
    Joined,
    /// Can be invited.
    NotJoined,
    /// Has no device.
    OnPaper,
    /// Cannot be invited; the office knows why.
    AskOffice,
}

/// The feeds a child and its guardians stand in: the family's own, and the class list of every place above.
fn feeds_of_child(child: &Child) -> Vec<Feed> {
    std::iter::once(Feed::Child(child.id)).chain(child.class().map(Feed::Class)).collect()
}

/// Puts a child where it belongs.
#[must_use]
pub fn put_child(child: Child) -> Change {
    let feeds = feeds_of_child(&child);
    Change::put(child, feeds)
}

/// Puts a person into the own feed only: class lists carry names on the links.
#[must_use]
pub fn put_person(person: Person) -> Change {
    let feed = Feed::Person(person.id);
    Change::put(person, [feed])
}

/// Puts a hat where it belongs: everybody knows who is who at the school, and the wearer has it at hand.
#[must_use]
pub fn put_role(role: Role) -> Change {
    let feeds = [Feed::School, Feed::Person(role.person)];
    Change::put(role, feeds)
}

/// Puts a telephone where it belongs: nowhere.
#[must_use]
pub fn put_contact(contact: Contact) -> Change {
    Change::put(contact, [])
}

/// The first device was enrolled: teachers see "joined" on the class list.
///
/// # Errors
/// [`Stop::Needs`] until the person, the links and the children were loaded.
pub fn joined(facts: &Facts, id: Id<Person>) -> Result<Vec<Change>, Stop> {
    let person = facts.get(id)?;
    let links = facts.list::<Link>(List::LinksBy(id), limits::ROWS_PER_LIST)?;
    let children = Facts::each(&links, |link| facts.get(link.child))?;
    if person.joined.is_some() && !person.on_paper {
        return Ok(Vec::new());
    }
    // Whoever has a device is told there, whatever was noted before.
    let joined = person.joined.or(Some(facts.now()));
    let mut changes = vec![put_person(Person { joined, on_paper: false, ..person.clone() })];
    changes.extend(
        links
            .into_iter()
            .zip(children)
            .map(|(link, child)| put_link(Link { joined: true, on_paper: false, ..link.clone() }, child)),
    );
    Ok(changes)
}

/// Notes that a guardian has no device, or has one again. Whoever may print the guardian's strip may: it is the other
/// answer to the same question.
pub(crate) fn set_on_paper(facts: &Facts, actor: &Actor, link: Id<Link>, on_paper: bool) -> Decision {
    let guardian = facts.get(link)?.guardian;
    may_invite(facts, actor, guardian)?;
    let person = facts.get(guardian)?;
    // Who joined meanwhile has a device: the note was written before that, on a computer without a network.
    if person.on_paper == on_paper || on_paper && person.joined.is_some() {
        return Ok(Vec::new());
    }
    let links = facts.list::<Link>(List::LinksBy(guardian), limits::ROWS_PER_LIST)?;
    let children = Facts::each(&links, |link| facts.get(link.child))?;
    let mut changes = vec![put_person(Person { on_paper, ..person.clone() })];
    let noted = |(link, child): (&Link, &Child)| put_link(Link { on_paper, ..link.clone() }, child);
    changes.extend(links.into_iter().zip(children).map(noted));
    Ok(changes)
}
