//! What the school holds, as a roster sees it.

use std::collections::{BTreeMap, HashMap};

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;
use xinmei_model::{
    Bar, Child, Contact, Feed, Id, Kind, Level, Link, Person, Place, Remark, Role, RoleKind, Row, School,
};
use xinmei_roster as roster;

use crate::{Fail, Result, ledger::parse_feeds, store::Session};

/// Every row an import reads or writes, at one moment.
pub(super) struct Held {
    pub(super) school: School,
    pub(super) places: HashMap<Id<Place>, Place>,
    pub(super) persons: BTreeMap<Id<Person>, Person>,
    /// By 学号; those who left are among them, with an empty path.
    pub(super) children: BTreeMap<String, Child>,
    pub(super) links: HashMap<Id<Child>, Vec<Link>>,
    pub(super) roles: HashMap<Id<Person>, Vec<Role>>,
    /// Those that stand.
    pub(super) bars: Vec<Bar>,
    remarks: HashMap<Id<Child>, Vec<(Remark, bool)>>,
    phones: HashMap<Id<Contact>, (Id<Person>, String)>,
}

impl Held {
    /// Reads it.
    pub(super) fn load(session: &mut dyn Session) -> Result<Self> {
        let cells = session.rows(
            "SELECT kind, feeds, body FROM row WHERE kind IN
             ('school', 'place', 'person', 'contact', 'child', 'link', 'bar', 'role', 'remark') ORDER BY id",
            &[],
        )?;
        let mut school = None;
        let mut rows = Vec::with_capacity(cells.len());
        for cells in &cells {
            let kind = Kind::named(cells.text(0)).ok_or_else(|| Fail::broken("a row of an unknown kind"))?;
            let row = Row::parse(kind, cells.text(2))
                .map_err(|error| Fail::Row { kind: kind.name().into(), error })?;
            match row {
                Row::School(row) => school = Some(row),
                row => rows.push((row, cells.text(1))),
            }
        }
        let school = school.ok_or_else(|| Fail::broken("the school's row is missing"))?;
        let mut held = Self {
            school,
            places: HashMap::new(),
            persons: BTreeMap::new(),
            children: BTreeMap::new(),
            links: HashMap::new(),
            roles: HashMap::new(),
            bars: Vec::new(),
            remarks: HashMap::new(),
            phones: HashMap::new(),
        };
        rows.into_iter().for_each(|(row, feeds)| held.take(row, feeds));
        Ok(held)
    }

    fn take(&mut self, row: Row, feeds: &str) {
        match row {
            Row::Place(place) => drop(self.places.insert(place.id, place)),
            Row::Person(person) => drop(self.persons.insert(person.id, person)),
            Row::Contact(contact) => drop(self.phones.insert(contact.id, (contact.person, contact.phone))),
            Row::Child(child) => drop(self.children.insert(child.number.clone(), child)),
            Row::Link(link) => self.links.entry(link.child).or_default().push(link),
            Row::Bar(bar) => self.bars.extend(bar.stands.then_some(bar)),
            Row::Role(role) => self.roles.entry(role.person).or_default().push(role),
            Row::Remark(remark) => {
                // A remark the roster no longer has stands in no feed.
                let current = parse_feeds(feeds).contains(&Feed::Office);
                self.remarks.entry(remark.child).or_default().push((remark, current));
            }
            _ => {}
        }
    }

    /// The school's calendar day.
    pub(super) fn today(&self, now: Timestamp) -> Date {
        self.school.day(now)
    }

    /// Everybody with a phone, by name and phone.
    pub(super) fn people(&self) -> HashMap<roster::GuardianKey, Id<Person>> {
        let mut people = HashMap::new();
        let mut known: Vec<_> = self.phones.values().collect();
        known.sort_unstable();
        for (id, phone) in known {
            if let Some(person) = self.persons.get(id) {
                let key = roster::GuardianKey { name: person.name.clone(), phone: phone.clone() };
                people.entry(key).or_insert(*id);
            }
        }
        people
    }

    /// What is said of a child in the roster's words and stands today.
    pub(super) fn remark(&self, child: Id<Child>) -> Option<&Remark> {
        self.remarks.get(&child)?.iter().find(|(_, current)| *current).map(|(remark, _)| remark)
    }

    /// A remark of that wording, standing or not.
    pub(super) fn remark_of_wording(&self, child: Id<Child>, text: &str) -> Option<&Remark> {
        self.remarks.get(&child)?.iter().map(|(remark, _)| remark).find(|remark| remark.text == text)
    }

    pub(super) fn links_of(&self, child: Id<Child>) -> &[Link] {
        self.links.get(&child).map(Vec::as_slice).unwrap_or_default()
    }

    /// A class by its cohort; `None` for places that are no classes.
    pub(super) fn cohort_class(&self, class: Id<Place>) -> Option<roster::CohortClass> {
        let place = self.places.get(&class).filter(|place| place.level == Level::Class)?;
        Some(roster::CohortClass {
            campus: self.campus_of(place).unwrap_or_default(),
            cohort: place.cohort?,
            class: place.number?,
        })
    }

    /// The name of the campus a place lies on.
    pub(super) fn campus_of(&self, place: &Place) -> Option<String> {
        let mut above = place.path.iter().filter_map(|id| self.places.get(id));
        above.find(|place| place.level == Level::Campus).map(|campus| campus.name.clone())
    }

    /// The phone of a guardian as the line of this child gives it.
    pub(super) fn phone(&self, person: Id<Person>, line_of: Uuid) -> String {
        self.phones.get(&Contact::of(person, line_of)).map(|(_, phone)| phone.clone()).unwrap_or_default()
    }

    /// A guardian as a roster would have written them.
    pub(super) fn guardian(&self, link: &Link) -> roster::Guardian {
        let (relation, text) = relation_of(link);
        roster::Guardian {
            key: roster::GuardianKey {
                name: link.guardian_name.clone(),
                phone: self.phone(link.guardian, link.child.uuid()),
            },
            relation,
            relation_text: text,
        }
    }

    /// The pupils, to be compared with `incoming`.
    ///
    /// Somebody whom the file does not name and who is allowed nothing is no difference: the file agrees.
    pub(super) fn pupils(&self, incoming: &roster::Roster) -> Vec<roster::HeldPupil> {
        let rows: HashMap<&str, &roster::PupilRow> =
            incoming.pupils.iter().map(|row| (row.number.as_str(), row)).collect();
        let mut pupils = Vec::with_capacity(self.children.len());
        for child in self.children.values() {
            let Some(class) = child.class().and_then(|class| self.cohort_class(class)) else { continue };
            let named = rows.get(child.number.as_str()).map(|row| row.guardians.as_slice());
            let links = self.links_of(child.id).iter().filter(|link| link.to.is_none());
            let links = links.filter(|link| {
                let counts = link.undecided || link.rights != xinmei_model::Rights::default();
                counts || named.is_some_and(|named| named.iter().any(|g| g.key.name == link.guardian_name))
            });
            pupils.push(roster::HeldPupil {
                number: child.number.clone(),
                name: child.name.clone(),
                sex: sex_of(&child.sex),
                class,
                guardians: links.map(|link| self.guardian(link)).collect(),
                remark: self.remark(child.id).map(|remark| remark.text.clone()).unwrap_or_default(),
            });
        }
        pupils
    }

    /// The staff, to be compared with `incoming`. What no row says (the campus of a head) is taken from there.
    pub(super) fn staff(&self, incoming: &roster::Roster) -> Vec<roster::HeldStaff> {
        let rows: HashMap<&str, &roster::StaffRow> =
            incoming.staff.iter().map(|row| (row.number.as_str(), row)).collect();
        let mut staff = Vec::new();
        for person in self.persons.values() {
            let Some(number) = &person.staff_number else { continue };
            let row = rows.get(number.as_str());
            let roles = self.roles.get(&person.id).map(Vec::as_slice).unwrap_or_default();
            let worn: Vec<&Role> = roles.iter().filter(|role| role.to.is_none()).collect();
            // Whoever wears no hat any more has left; whoever never wore one is known by the file alone.
            if worn.is_empty() && (!roles.is_empty() || row.is_none()) {
                continue;
            }
            let of_row = |field: fn(&roster::StaffRow) -> &String| {
                row.map(|row| field(row).clone()).unwrap_or_default()
            };
            let own = worn.iter().find(|role| role.kind == RoleKind::ClassTeacher);
            let first = own.or(worn.first());
            let campus = first.and_then(|role| self.campus_of(self.places.get(&role.place)?));
            staff.push(roster::HeldStaff {
                number: number.clone(),
                name: person.name.clone(),
                campus: campus.unwrap_or_else(|| of_row(|row| &row.campus)),
                post: first.map_or_else(|| of_row(|row| &row.post), |role| role.title.clone()),
                subject: first.map_or_else(
                    || of_row(|row| &row.subject),
                    |role| role.subject.clone().unwrap_or_default(),
                ),
                own_class: own.and_then(|role| self.cohort_class(role.place)),
                classes: worn.iter().filter_map(|role| self.cohort_class(role.place)).collect(),
                phone: Some(self.phone(person.id, person.id.uuid())).filter(|phone| !phone.is_empty()),
            });
        }
        staff
    }
}

/// The sex as the roster writes it (GB/T 2261.1).
pub(super) fn sex_text(sex: Option<roster::Sex>) -> &'static str {
    match sex {
        Some(roster::Sex::Male) => "男",
        Some(roster::Sex::Female) => "女",
        None => "",
    }
}

fn sex_of(text: &str) -> Option<roster::Sex> {
    match text {
        "男" => Some(roster::Sex::Male),
        "女" => Some(roster::Sex::Female),
        _ => None,
    }
}

/// The relation of a roster in the rows' words; what has no code keeps its own.
pub(super) fn relation(guardian: &roster::Guardian) -> (xinmei_model::Relation, Option<String>) {
    use xinmei_model::Relation as To;
    let to = match guardian.relation {
        roster::Relation::Father => To::Father,
        roster::Relation::Mother => To::Mother,
        roster::Relation::PaternalGrandfather => To::PaternalGrandfather,
        roster::Relation::PaternalGrandmother => To::PaternalGrandmother,
        roster::Relation::MaternalGrandfather => To::MaternalGrandfather,
        roster::Relation::MaternalGrandmother => To::MaternalGrandmother,
        _ => {
            return (To::Other, Some(guardian.relation_text.clone()).filter(|text| !text.is_empty()));
        }
    };
    (to, None)
}

fn relation_of(link: &Link) -> (roster::Relation, String) {
    use roster::Relation as To;
    let (to, text) = match link.relation {
        xinmei_model::Relation::Father => (To::Father, "父亲"),
        xinmei_model::Relation::Mother => (To::Mother, "母亲"),
        xinmei_model::Relation::PaternalGrandfather => (To::PaternalGrandfather, "祖父"),
        xinmei_model::Relation::PaternalGrandmother => (To::PaternalGrandmother, "祖母"),
        xinmei_model::Relation::MaternalGrandfather => (To::MaternalGrandfather, "外祖父"),
        xinmei_model::Relation::MaternalGrandmother => (To::MaternalGrandmother, "外祖母"),
        // Compared by its words alone.
        xinmei_model::Relation::Other => {
            return (To::OtherGuardian, link.relation_text.clone().unwrap_or_default());
        }
    };
    (to, text.to_owned())
}
