//! Who is there to act.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};
use xinmei_model::{
    Actor, Child, Hat, Id, Kind, Level, Link, List, Person, Place, Relation, Right, Role, RoleKind, Row,
    School, Year, limits,
};

use crate::{
    Fail, Result,
    ledger::{read_list, read_row},
    store::Session,
};

/// A child whose family may act, with those who may.
#[derive(Clone)]
pub(super) struct Family {
    pub(super) child: Id<Child>,
    pub(super) number: String,
    pub(super) path: Vec<Id<Place>>,
    /// Guardians with a device who may decide.
    pub(super) deciding: Vec<Id<Person>>,
    pub(super) father: Option<Id<Person>>,
}

/// The people and places of the school, in an order that depends on the roster alone.
pub(super) struct Cast {
    places: BTreeMap<Id<Place>, Place>,
    roles: Vec<Role>,
    pub(super) families: Vec<Family>,
    year: i16,
}

impl Cast {
    /// Reads it.
    pub(super) fn load(session: &mut dyn Session, school: Id<School>, now: Timestamp) -> Result<Self> {
        let Some(Row::School(school)) = read_row(session, school.uuid())? else {
            return Err(Fail::broken("the school's row is missing"));
        };
        let today = school.day(now);
        let rows = read_list(session, List::All(Kind::Place), limits::ROWS_PER_LIST)?;
        let places: BTreeMap<_, _> = rows
            .into_iter()
            .filter_map(|row| if let Row::Place(place) = row { Some((place.id, place)) } else { None })
            .collect();
        let root = places.values().find(|place| place.level == Level::School).map(|place| place.id);
        let root = root.ok_or_else(|| Fail::broken("the school has no root"))?;
        let mut families = Vec::new();
        for row in read_list(session, List::ChildrenIn(root), limits::ROWS_PER_LIST)? {
            if let Row::Child(child) = row {
                families.push(family(session, child, today)?);
            }
        }
        families.sort_by(|a, b| a.number.cmp(&b.number));
        let rows = read_list(session, List::All(Kind::Role), limits::ROWS_PER_LIST)?;
        let mut roles: Vec<_> = rows
            .into_iter()
            .filter_map(|row| if let Row::Role(role) = row { Some(role) } else { None })
            .filter(|role| role.holds(today))
            .collect();
        roles.sort_by(|a, b| {
            (&a.person_name, &a.title, &a.subject, a.id).cmp(&(&b.person_name, &b.title, &b.subject, b.id))
        });
        let year = Year::for_roster(today);
        Ok(Self { places, roles, families, year })
    }

    pub(super) fn campus(&self, name: &str) -> Result<Id<Place>> {
        let mut campuses = self.places.values().filter(|place| place.level == Level::Campus);
        let found = campuses.find(|campus| campus.name == name).map(|campus| campus.id);
        found.ok_or_else(|| Fail::broken(format!("no campus {name}")))
    }

    /// A grade of a campus, or a class of it.
    pub(super) fn cohort(&self, campus: &str, grade: i16, number: Option<u8>) -> Result<Id<Place>> {
        let campus = self.campus(campus)?;
        let mut places = self.places.values().filter(|place| place.within(campus) && place.number == number);
        let found = places.find(|place| place.grade_in(self.year) == Some(grade)).map(|place| place.id);
        found.ok_or_else(|| Fail::broken(format!("no grade {grade} class {number:?}")))
    }

    /// Somebody at work in a role at a place.
    pub(super) fn staff(&self, kind: RoleKind, place: Option<Id<Place>>) -> Result<Actor> {
        let mut roles = self.roles.iter().filter(|role| role.kind == kind);
        let role = roles.find(|role| place.is_none_or(|place| role.place == place));
        let role = role.ok_or_else(|| Fail::broken(format!("nobody is {kind:?} there")))?;
        Ok(Actor::Person { person: role.person, hat: Hat::Staff { role: role.id } })
    }

    /// Somebody else of a kind, at the same place or above it where there is one.
    pub(super) fn other(&self, kind: RoleKind, not: Actor) -> Result<Actor> {
        let Actor::Person { person, hat: Hat::Staff { role } } = not else {
            return Err(Fail::broken("nobody in particular"));
        };
        let place = self.roles.iter().find(|one| one.id == role).map(|one| one.place);
        let path = place.and_then(|place| self.places.get(&place)).map(|place| &place.path);
        let above = |one: &&Role| path.is_some_and(|path| path.contains(&one.place));
        let found = self.roles.iter().find(|one| one.kind == kind && one.person != person && above(one));
        let role = found.ok_or_else(|| Fail::broken(format!("no other {kind:?} there")))?;
        Ok(Actor::Person { person: role.person, hat: Hat::Staff { role: role.id } })
    }

    /// Somebody at work by what the school calls it: 校长.
    pub(super) fn titled(&self, title: &str) -> Result<Actor> {
        let role = self.roles.iter().find(|role| role.title == title);
        let role = role.ok_or_else(|| Fail::broken(format!("nobody is {title}")))?;
        Ok(Actor::Person { person: role.person, hat: Hat::Staff { role: role.id } })
    }

    /// The same, of two who are called so the one whose hat is of a place.
    pub(super) fn titled_at(&self, title: &str, place: Id<Place>) -> Result<Actor> {
        let mut roles = self.roles.iter().filter(|role| role.title == title);
        let role = roles.clone().find(|role| role.place == place).or_else(|| roles.next());
        let role = role.ok_or_else(|| Fail::broken(format!("nobody is {title}")))?;
        Ok(Actor::Person { person: role.person, hat: Hat::Staff { role: role.id } })
    }

    /// The teacher of a subject in a class.
    pub(super) fn subject(&self, class: Id<Place>, subject: &str) -> Result<Actor> {
        let teaches = |role: &&Role| role.place == class && role.subject.as_deref() == Some(subject);
        let role = self.roles.iter().find(teaches);
        let role = role.ok_or_else(|| Fail::broken(format!("nobody teaches {subject} there")))?;
        Ok(Actor::Person { person: role.person, hat: Hat::Staff { role: role.id } })
    }

    /// The place of a hat.
    pub(super) fn place_of(&self, actor: Actor) -> Result<Id<Place>> {
        let role = self.roles.iter().find(
            |role| matches!(actor, Actor::Person { hat: Hat::Staff { role: id }, .. } if id == role.id),
        );
        role.map(|role| role.place).ok_or_else(|| Fail::broken("a hat nobody wears"))
    }

    /// The whole school.
    pub(super) fn root(&self) -> Result<Id<Place>> {
        let root = self.places.values().find(|place| place.level == Level::School);
        root.map(|place| place.id).ok_or_else(|| Fail::broken("the school has no root"))
    }

    /// The classes of a place.
    pub(super) fn classes_in(&self, place: Id<Place>) -> Vec<Id<Place>> {
        let within = |class: &&Place| class.level == Level::Class && class.within(place);
        self.places.values().filter(within).map(|class| class.id).collect()
    }

    /// Every teacher who works on a campus.
    pub(super) fn teachers(&self, campus: Id<Place>) -> Vec<Actor> {
        let near = |role: &&Role| self.places.get(&role.place).is_some_and(|place| place.within(campus));
        let mut seen = BTreeSet::new();
        self.roles
            .iter()
            .filter(near)
            .filter(|role| seen.insert(role.person))
            .map(|role| Actor::Person { person: role.person, hat: Hat::Staff { role: role.id } })
            .collect()
    }

    /// The family of a child.
    pub(super) fn family(&self, number: &str) -> Result<&Family> {
        let found = self.families.iter().find(|family| family.number == number);
        found.ok_or_else(|| Fail::broken(format!("no child {number}")))
    }

    /// The father of a child, as himself.
    pub(super) fn father(&self, number: &str) -> Result<Actor> {
        let father = self.family(number)?.father.ok_or_else(|| Fail::broken("no father"))?;
        Ok(guardian(father))
    }
}

/// Somebody acting for their own children.
pub(super) fn guardian(person: Id<Person>) -> Actor {
    Actor::Person { person, hat: Hat::Guardian }
}

fn family(session: &mut dyn Session, child: Child, today: Date) -> Result<Family> {
    let rows = read_list(session, List::LinksOf(child.id), limits::ROWS_PER_LIST)?;
    let mut links: Vec<Link> = rows
        .into_iter()
        .filter_map(|row| if let Row::Link(link) = row { Some(link) } else { None })
        .collect();
    links.sort_by(|a, b| (a.relation, &a.guardian_name).cmp(&(b.relation, &b.guardian_name)));
    let father = links.iter().find(|link| link.relation == Relation::Father).map(|link| link.guardian);
    let deciding = links.iter().filter(|link| link.joined && link.allows(Right::Decide, today));
    let deciding = deciding.map(|link| link.guardian).collect();
    Ok(Family { child: child.id, number: child.number, path: child.path, deciding, father })
}

/// Who somebody is.
pub(super) fn person(actor: xinmei_model::Actor) -> Option<Id<Person>> {
    if let xinmei_model::Actor::Person { person, .. } = actor { Some(person) } else { None }
}
