//! Builders that speak of people.

use jiff::{ToSpan, civil::Date};
use xinmei_model::{
    Act, Actor, Child, Enrolment, Feed, Grant, Hat, Id, Level, Link, Person, Place, Relation, Remark, Right,
    Rights, Role, RoleKind, School, put_child, put_link, put_person,
};

use super::World;

/// A member of staff and the hat.
#[derive(Clone, Copy, Debug)]
pub struct Staff {
    pub person: Id<Person>,
    pub role: Id<Role>,
}

impl Staff {
    pub fn actor(self) -> Actor {
        Actor::Person { person: self.person, hat: Hat::Staff { role: self.role } }
    }
}

/// A person in the hat of a guardian.
pub fn guardian(person: Id<Person>) -> Actor {
    Actor::Person { person, hat: Hat::Guardian }
}

/// A guardian who is being described.
pub struct Guardian<'w> {
    world: &'w mut World,
    pub id: Id<Person>,
}

impl Guardian<'_> {
    /// Guardian of this child, with exactly these rights since the beginning of the school year.
    pub fn of(self, child: Id<Child>, relation: Relation, rights: &[Right]) -> Self {
        self.world.link(self.id, child, relation, rights);
        self
    }

    pub fn id(self) -> Id<Person> {
        self.id
    }
}

impl World {
    pub(super) fn found(&mut self) {
        let school = School {
            id: self.school,
            name: "江畔实验小学".into(),
            zone: "Asia/Shanghai".into(),
            hold_s: 120,
            travel_min: 30,
            offer_min: 60,
            quiet: None,
            quiet_staff: None,
        };
        self.put(school, [Feed::School]);
        let (root, campus) = (self.root, self.campus);
        self.place(root, Level::School, vec![], "江畔实验小学", None, None);
        self.place(campus, Level::Campus, vec![root], "本部", None, None);
    }

    fn place(
        &mut self,
        id: Id<Place>,
        level: Level,
        mut path: Vec<Id<Place>>,
        name: &str,
        cohort: Option<i16>,
        number: Option<u8>,
    ) -> Id<Place> {
        path.push(id);
        self.put(Place { id, level, path, name: name.into(), cohort, number }, [Feed::School]);
        id
    }

    pub fn today(&self) -> Date {
        self.get(self.school).day(self.now)
    }

    pub fn yesterday(&self) -> Date {
        self.today() - 1.day()
    }

    pub fn path(&self, place: Id<Place>) -> Vec<Id<Place>> {
        self.get(place).path
    }

    /// Another campus.
    pub fn campus(&mut self, name: &str) -> Id<Place> {
        let id = self.fresh();
        self.place(id, Level::Campus, vec![self.root], name, None, None)
    }

    /// 2024级2班 on the first campus.
    pub fn class(&mut self, cohort: i16, number: u8) -> Id<Place> {
        self.class_at(self.campus, cohort, number)
    }

    /// A class on a campus; its grade is made when it is missing.
    pub fn class_at(&mut self, campus: Id<Place>, cohort: i16, number: u8) -> Id<Place> {
        let known = self.all::<Place>().into_iter();
        let mut grades =
            known.filter(|p| p.level == Level::Grade && p.cohort == Some(cohort) && p.within(campus));
        let grade = grades.next().map(|grade| grade.id).unwrap_or_else(|| {
            let (id, path) = (self.fresh(), self.path(campus));
            self.place(id, Level::Grade, path, "", Some(cohort), None)
        });
        let (id, path) = (self.fresh(), self.path(grade));
        self.place(id, Level::Class, path, "", Some(cohort), Some(number))
    }

    pub fn grade_of(&self, class: Id<Place>) -> Id<Place> {
        let path = self.path(class);
        path[path.len() - 2]
    }

    pub fn child(&mut self, name: &str, class: Id<Place>) -> Id<Child> {
        let id: Id<Child> = self.fresh();
        let enrolments = vec![Enrolment { class, from: YEAR_BEGINS, to: None }];
        let number = format!("G5001{:06}", id.uuid().as_u128());
        let path = self.path(class);
        let child = Child { id, name: name.into(), number, sex: "女".into(), path, enrolments };
        self.apply(vec![put_child(child)]);
        id
    }

    /// 转班, or to another campus.
    pub fn transfer(&mut self, child: Id<Child>, class: Id<Place>) {
        let path = self.path(class);
        let child = Child { path, ..self.get(child) };
        self.apply(vec![put_child(child)]);
    }

    pub fn person(&mut self, name: &str) -> Id<Person> {
        let id = self.fresh();
        let joined = Some(self.now);
        let person = Person { id, name: name.into(), staff_number: None, joined, on_paper: false };
        self.apply(vec![put_person(person)]);
        id
    }

    pub fn guardian(&mut self, name: &str) -> Guardian<'_> {
        let id = self.person(name);
        Guardian { world: self, id }
    }

    pub fn link(&mut self, guardian: Id<Person>, child: Id<Child>, relation: Relation, rights: &[Right]) {
        let id = link_id(guardian, child);
        let link = Link {
            id,
            guardian,
            guardian_name: self.get(guardian).name,
            joined: true,
            on_paper: false,
            child,
            relation,
            relation_text: None,
            rights: Rights::granted(rights, YEAR_BEGINS, "名单导入"),
            undecided: false,
            from: YEAR_BEGINS,
            to: None,
        };
        let child = self.get(child);
        self.apply(vec![put_link(link, &child)]);
    }

    pub fn edit_link(&mut self, guardian: Id<Person>, child: Id<Child>, change: impl FnOnce(&mut Link)) {
        self.edit(link_id(guardian, child), change);
    }

    pub fn bar(&mut self, guardian: Id<Person>, child: Id<Child>) {
        let link = link_id(guardian, child);
        let office = self.administrator().actor();
        self.does(office, &Act::SetRights { link, rights: Vec::new(), barred: true });
    }

    pub fn role(&mut self, person: Id<Person>, kind: RoleKind, place: Id<Place>) -> Staff {
        let id = self.fresh();
        let role = Role {
            id,
            person,
            person_name: self.get(person).name,
            kind,
            title: format!("{kind:?}"),
            subject: None,
            place,
            from: YEAR_BEGINS,
            to: None,
            office_hours: None,
        };
        self.put(role, [Feed::School]);
        Staff { person, role: id }
    }

    pub fn staff(&mut self, name: &str, kind: RoleKind, place: Id<Place>) -> Staff {
        let person = self.person(name);
        self.role(person, kind, place)
    }

    pub fn teacher(&mut self, name: &str, class: Id<Place>) -> Staff {
        self.staff(name, RoleKind::ClassTeacher, class)
    }

    pub fn coordinator(&mut self, campus: Id<Place>) -> Staff {
        self.staff("周协调", RoleKind::Coordinator, campus)
    }

    pub fn administrator(&mut self) -> Staff {
        self.staff("吴管理", RoleKind::Administrator, self.root)
    }

    pub fn remark(&mut self, child: Id<Child>, text: &str) -> Id<Remark> {
        let id = self.fresh();
        self.put(Remark { id, child, text: text.into(), decided: None }, [Feed::Office]);
        id
    }
}

/// First day of the school year all tests live in.
pub const YEAR_BEGINS: Date = jiff::civil::date(2026, 9, 1);

/// What a parent in charge usually holds.
pub const PARENT: &[Right] = &Right::ALL;
/// What a grandparent usually holds.
pub const GRANDPARENT: &[Right] = &[Right::Messages, Right::PickUp];

pub fn link_id(guardian: Id<Person>, child: Id<Child>) -> Id<Link> {
    xinmei_model::derived("link", guardian.uuid(), child.uuid())
}

/// A grant that ended on `to`.
pub fn until(to: Date) -> Option<Grant> {
    Some(Grant { from: YEAR_BEGINS, to: Some(to), by: "法院".into() })
}
