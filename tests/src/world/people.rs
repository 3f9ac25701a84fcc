//! People and places, put into the school as an import would.

use jiff::{Zoned, civil::Date};
use xinmei_model::{
    Bar, Change, Child, Enrolment, Feed, Id, Level, Link, Person, Place, Relation, Right, Rights, Role,
    RoleKind, Term, Year, derived, put_child, put_link, put_person,
};
use xinmei_server::school::{self, Identity};

use super::{World, device::Device};

/// A wall time in the school's zone: `at("2026-11-26T09:30")`.
pub fn at(wall: &str) -> Zoned {
    format!("{wall}:00[Asia/Shanghai]").parse().unwrap()
}

const FIRST_DAY: Date = jiff::civil::date(2026, 9, 1);

pub(crate) fn year(identity: &Identity) -> Change {
    let term = |name: &str, from, to| Term { name: name.into(), from, to };
    let date = jiff::civil::date;
    let year = Year {
        id: identity.named("year/2026"),
        begins_in: 2026,
        from: FIRST_DAY,
        to: date(2027, 7, 10),
        terms: vec![
            term("2026 秋", FIRST_DAY, date(2027, 1, 20)),
            term("2027 春", date(2027, 2, 20), date(2027, 7, 10)),
        ],
    };
    Change::put(year, [Feed::School])
}

/// A guardian to be linked to children.
pub struct Guardian<'a> {
    /// Name; the same name is the same person.
    pub name: &'a str,
    /// How related.
    pub relation: Relation,
    /// Rights from the first day of term.
    pub rights: &'a [Right],
    /// Kept away.
    pub barred: bool,
}

impl<'a> Guardian<'a> {
    /// A parent with all four rights.
    pub fn parent(name: &'a str) -> Self {
        Self { name, relation: Relation::Mother, rights: &Right::ALL, barred: false }
    }
}

impl World {
    fn identity(&self) -> &Identity {
        &self.ledger().identity
    }

    /// The root of the tree.
    pub fn root(&self) -> Id<Place> {
        school::root(self.identity())
    }

    /// A campus.
    pub async fn campus(&self, name: &str) -> Id<Place> {
        let id = self.identity().named(&format!("place/{name}"));
        let path = vec![self.root(), id];
        self.place(Place { id, level: Level::Campus, path, name: name.into(), cohort: None, number: None })
            .await;
        id
    }

    /// A class with its campus and grade: `class("本部", 2024, 2)` is 三年级2班 in this school year.
    pub async fn class(&self, campus: &str, cohort: i16, number: u8) -> Id<Place> {
        let campus_id = self.campus(campus).await;
        let grade = self.identity().named(&format!("place/{campus}/{cohort}"));
        let class = self.identity().named(&format!("place/{campus}/{cohort}/{number}"));
        let path = vec![self.root(), campus_id, grade];
        let mut place = Place {
            id: grade,
            level: Level::Grade,
            path,
            name: String::new(),
            cohort: Some(cohort),
            number: None,
        };
        self.place(place.clone()).await;
        place.path.push(class);
        self.place(Place { id: class, level: Level::Class, number: Some(number), ..place }).await;
        class
    }

    async fn place(&self, place: Place) {
        self.put(vec![Change::put(place, [Feed::School])]).await;
    }

    /// A child in a class; the same name in the same class is the same child.
    pub async fn child(&self, name: &str, class: Id<Place>) -> Id<Child> {
        let id = self.identity().named(&format!("child/{name}/{class}"));
        let path = self.row::<Place>(class).unwrap().path;
        let number = format!("2026{:05}", id.uuid().as_u128() % 100_000);
        let enrolments = vec![Enrolment { class, from: FIRST_DAY, to: None }];
        let child = Child { id, name: name.into(), number, sex: String::new(), path, enrolments };
        self.put(vec![put_child(child)]).await;
        id
    }

    /// A person of that name.
    pub async fn person(&self, name: &str) -> Id<Person> {
        let id = self.identity().named(&format!("person/{name}"));
        if self.row::<Person>(id).is_none() {
            let person = Person { id, name: name.into(), staff_number: None, joined: None, on_paper: false };
            self.put(vec![put_person(person)]).await;
        }
        id
    }

    /// Somebody who joined on a computer this test does not need; to be said before [`World::link`].
    pub async fn elsewhere(&self, name: &str) {
        let id = self.person(name).await;
        let person = Person { joined: Some(self.now()), ..self.row(id).unwrap() };
        self.put(vec![put_person(person)]).await;
    }

    /// Links a guardian to a child, or changes the link.
    pub async fn link(&self, guardian: &Guardian<'_>, child: Id<Child>) -> Id<Link> {
        let person = self.person(guardian.name).await;
        let id = derived("link", person.uuid(), child.uuid());
        let joined = self.row::<Person>(person).unwrap().joined.is_some();
        let link = Link {
            id,
            guardian: person,
            guardian_name: guardian.name.into(),
            joined,
            on_paper: false,
            child,
            relation: guardian.relation,
            relation_text: None,
            rights: Rights::granted(if guardian.barred { &[] } else { guardian.rights }, FIRST_DAY, "test"),
            undecided: false,
            from: FIRST_DAY,
            to: None,
        };
        let child = self.row::<Child>(child).unwrap();
        let bar = Bar {
            id: Bar::on(id),
            link: id,
            guardian: person,
            child: child.id,
            stands: guardian.barred,
            by: "test".into(),
            at: self.now(),
        };
        self.put(vec![put_link(link, &child), Change::put(bar, [Feed::Office])]).await;
        id
    }

    /// A parent with all rights, joined, and the children.
    pub async fn family(&self, parent: &str, children: &[(&str, Id<Place>)]) -> (Device, Vec<Id<Child>>) {
        let mut ids = Vec::new();
        for (name, class) in children {
            let child = self.child(name, *class).await;
            self.link(&Guardian::parent(parent), child).await;
            ids.push(child);
        }
        (self.join(parent).await, ids)
    }

    /// A member of staff, joined, wearing the hat.
    pub async fn staff(&self, name: &str, kind: RoleKind, title: &str, place: Id<Place>) -> Device {
        self.appoint(name, kind, title, place).await;
        self.join(name).await
    }

    /// Gives somebody a hat.
    pub async fn appoint(&self, name: &str, kind: RoleKind, title: &str, place: Id<Place>) {
        let person = self.person(name).await;
        let role = Role {
            id: derived("role", person.uuid(), place.uuid()),
            person,
            person_name: name.into(),
            kind,
            title: title.into(),
            subject: None,
            place,
            from: FIRST_DAY,
            to: None,
            office_hours: None,
        };
        self.put(vec![Change::put(role, [Feed::School, Feed::Person(person)])]).await;
    }
}
