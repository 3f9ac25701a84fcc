//! Staff: one account each, and a hat for each duty at each place.

use xinmei_model::{Id, Level, Person, Place, Role, RoleKind, put_link, put_role};
use xinmei_roster::{ClassKey, GuardianKey, Outcome, StaffRow};

use super::write::Import;
use crate::Result;

/// Posts as schools write them, and what each is here for. A post that is not listed teaches its classes, and
/// without classes has no power: nothing is guessed.
const POSTS: &[(RoleKind, &[&str])] = &[
    (RoleKind::ClassTeacher, &["班主任"]),
    (RoleKind::SubjectTeacher, &["任课教师", "科任教师", "科任"]),
    (RoleKind::Coordinator, &["活动协调员", "志愿服务协调员"]),
    (RoleKind::Head, &["书记", "校长", "副校长", "德育主任"]),
    (RoleKind::Administrator, &["信息管理员"]),
    (RoleKind::Counsellor, &["心理教师", "家校共育指导师"]),
];

/// What somebody is called in a class that is not their own.
const SUBJECT_TEACHER: &str = "任课教师";

/// A hat that a line asks for.
struct Duty<'r> {
    kind: RoleKind,
    title: &'r str,
    place: Id<Place>,
}

fn kind_of(post: &str) -> RoleKind {
    let found = POSTS.iter().find(|(_, names)| names.contains(&post));
    found.map_or(RoleKind::SubjectTeacher, |(kind, _)| *kind)
}

impl Import<'_, '_> {
    /// Every line of staff.
    pub(super) fn staff(&mut self) -> Result<()> {
        let rows = std::mem::take(&mut self.judged.roster.staff);
        for row in &rows {
            self.one(row)?;
        }
        self.judged.roster.staff = rows;
        Ok(())
    }

    fn one(&mut self, row: &StaffRow) -> Result<()> {
        let person = self.account_of(row)?;
        if let Some(phone) = &row.phone {
            self.phone(person, person.uuid(), phone)?;
            let key = GuardianKey { name: row.name.clone(), phone: phone.clone() };
            self.people.entry(key).or_insert(person);
        }
        let wanted = self.duties(row)?;
        let held = self.held.roles.get(&person).cloned().unwrap_or_default();
        let worn: Vec<&Role> = held.iter().filter(|role| role.to.is_none()).collect();
        let same = |role: &Role, duty: &Duty| {
            (role.kind, role.title.as_str(), role.place) == (duty.kind, duty.title, duty.place)
        };
        for role in worn.iter().filter(|role| !wanted.iter().any(|duty| same(role, duty))) {
            self.role(Role { to: Some(self.yesterday), ..(*role).clone() })?;
        }
        for duty in wanted {
            let Duty { kind, place, title } = duty;
            let old = worn.iter().find(|role| same(role, &duty));
            let name = format!("role/{}/{kind:?}/{place}/{}", row.number, self.today);
            self.role(Role {
                id: old.map_or_else(|| self.book.tx.identity().named(&name), |role| role.id),
                person,
                person_name: row.name.clone(),
                kind,
                title: title.to_owned(),
                subject: Some(row.subject.clone()).filter(|subject| !subject.is_empty()),
                place,
                from: old.map_or(self.today, |role| role.from),
                to: None,
                office_hours: old.and_then(|role| role.office_hours),
            })?;
        }
        Ok(())
    }

    /// The one account of a member of staff: their own, the one they have as a parent, or a new one.
    fn account_of(&mut self, row: &StaffRow) -> Result<Id<Person>> {
        let number = Some(row.number.clone());
        if let Some(held) = self.held.persons.values().find(|person| person.staff_number == number).cloned() {
            if held.name != row.name {
                self.rename(&held, &row.name)?;
            }
            return Ok(held.id);
        }
        let phone = row.phone.clone().unwrap_or_default();
        let parent = self.people.get(&GuardianKey { name: row.name.clone(), phone }).copied();
        let parent = parent.and_then(|id| self.held.persons.get(&id)).filter(|p| p.staff_number.is_none());
        if let Some(parent) = parent.cloned() {
            self.person(Person { staff_number: number, ..parent.clone() })?;
            return Ok(parent.id);
        }
        let id = self.book.tx.identity().named(&format!("staff/{}", row.number));
        let name = row.name.clone();
        self.person(Person { id, name, staff_number: number, joined: None, on_paper: false })?;
        Ok(id)
    }

    /// A new name stands on the hats and links too, where everybody reads it.
    fn rename(&mut self, person: &Person, name: &str) -> Result<()> {
        self.person(Person { name: name.to_owned(), ..person.clone() })?;
        let mut roles = self.held.roles.remove(&person.id).unwrap_or_default();
        for role in &mut roles {
            role.person_name = name.to_owned();
            self.role(role.clone())?;
        }
        self.held.roles.insert(person.id, roles);
        let children: Vec<_> = self.held.children.values().cloned().collect();
        for child in children {
            let Some(links) = self.held.links.get_mut(&child.id) else { continue };
            for link in links.iter_mut().filter(|link| link.guardian == person.id) {
                link.guardian_name = name.to_owned();
                self.book.write(put_link(link.clone(), &child))?;
            }
        }
        Ok(())
    }

    /// What a line gives its member of staff to do, and where.
    fn duties<'r>(&mut self, row: &'r StaffRow) -> Result<Vec<Duty<'r>>> {
        let (kind, title) = (kind_of(&row.post), row.post.as_str());
        let places = match kind {
            RoleKind::Head | RoleKind::Administrator => vec![self.root()],
            RoleKind::Coordinator | RoleKind::Counsellor => {
                self.own_campus(&row.campus)?.into_iter().collect()
            }
            RoleKind::ClassTeacher | RoleKind::SubjectTeacher => return self.teaching(row, kind),
        };
        Ok(places.into_iter().map(|place| Duty { kind, title, place }).collect())
    }

    /// The classes taught. A 班主任 answers for one class and its invites; in the others they are like anybody else.
    fn teaching<'r>(&mut self, row: &'r StaffRow, kind: RoleKind) -> Result<Vec<Duty<'r>>> {
        let mut duties = Vec::with_capacity(row.classes.len());
        for key in &row.classes {
            let own = kind == RoleKind::SubjectTeacher || row.own_class() == Some(key);
            let (kind, title) =
                if own { (kind, row.post.as_str()) } else { (RoleKind::SubjectTeacher, SUBJECT_TEACHER) };
            duties.extend(self.class_taught(key)?.map(|place| Duty { kind, title, place }));
        }
        Ok(duties)
    }

    /// Whether staff arrived before any pupil: then their lines are the first to name campuses and classes.
    fn staff_first(&self) -> bool {
        !self.judged.roster.has_pupils && !self.held.children.values().any(|child| !child.path.is_empty())
    }

    fn own_campus(&mut self, name: &str) -> Result<Option<Id<Place>>> {
        let campuses: Vec<_> =
            self.held.places.values().filter(|place| place.level == Level::Campus).collect();
        if name.is_empty() {
            // Without a campus in the line, only a school without campuses is meant as a whole.
            return Ok(campuses.is_empty().then(|| self.root()));
        }
        let held = campuses.iter().find(|campus| campus.name == name).map(|campus| campus.id);
        if held.is_none() && self.staff_first() {
            return Ok(self.campus(name)?.last().copied());
        }
        Ok(held)
    }

    fn class_taught(&mut self, key: &ClassKey) -> Result<Option<Id<Place>>> {
        let class = key.cohort_class(self.judged.year);
        let held =
            self.held.places.keys().find(|id| self.held.cohort_class(**id).as_ref() == Some(&class)).copied();
        if held.is_none() && self.staff_first() {
            return Ok(self.class(key)?.last().copied());
        }
        Ok(held)
    }

    /// Those absent from the file take their hats off.
    pub(super) fn staff_leave(&mut self) -> Result<()> {
        let staff = std::mem::take(&mut self.judged.comparison.staff);
        for gone in staff.iter().filter(|staff| matches!(staff.outcome, Outcome::Left { .. })) {
            let persons = self.held.persons.values();
            let mut persons = persons.filter(|person| person.staff_number.as_ref() == Some(&gone.number));
            let Some(person) = persons.next().map(|person| person.id) else { continue };
            for role in self.held.roles.get(&person).cloned().unwrap_or_default() {
                if role.to.is_none() {
                    self.role(Role { to: Some(self.yesterday), ..role })?;
                }
            }
        }
        self.judged.comparison.staff = staff;
        Ok(())
    }

    fn role(&mut self, role: Role) -> Result<()> {
        self.book.write(put_role(role))
    }
}
