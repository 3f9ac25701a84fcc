//! 家委会联系人: a parent whom the class teacher names for one school year, and families who say that they are ready to be asked.
//! Neither opens a class list, a telephone or a record: a contact reads what families of the class said themselves.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Child, Decision, Facts, FamilyName, Feed, Hat, Id, Kind, Level, Link, List, Person, Place,
    Power, Proxy, Refusal, Right, Stop, Year,
    class_turn::{families_in, family_in},
    derived, limits, rights,
};

/// That a parent fills a class's turns for a school year. For the families of the class, its staff and the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassContact {
    /// Follows from class and person.
    pub id: Id<ClassContact>,
    /// Of which class.
    pub class: Id<Place>,
    /// Who.
    pub person: Id<Person>,
    /// Their name: whoever is asked has to know who asks.
    pub person_name: String,
    /// As the class knows them.
    pub family: FamilyName,
    /// The last day, that of the school year.
    pub until: Date,
    /// Who named them, or ended it.
    pub by_name: String,
    /// When.
    pub at: Timestamp,
    /// It was taken back, or given back, or their last child left the class.
    pub ended: bool,
}

/// 我愿意参加护学岗: that a family may be asked. For its own class's contact, staff and the desk; said anew each school year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassReady {
    /// Follows from class and person.
    pub id: Id<ClassReady>,
    /// In which class.
    pub class: Id<Place>,
    /// Who.
    pub person: Id<Person>,
    /// As the class knows them.
    pub family: FamilyName,
    /// 代办: somebody entered it. Who, and what was said on the telephone, is not for a contact.
    pub entered: bool,
    /// The last day, that of the school year.
    pub until: Date,
    /// When it was said.
    pub at: Timestamp,
    /// It was taken back.
    pub ended: bool,
}

impl ClassContact {
    /// The contact of a class that a person is or was.
    #[must_use]
    pub fn of(class: Id<Place>, person: Id<Person>) -> Id<Self> {
        derived("class-contact", class.uuid(), person.uuid())
    }

    /// Whether it stands on a day; whether a child of theirs is still in the class is asked apart.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        !self.ended && day <= self.until
    }

    pub(crate) fn put(self) -> Change {
        let feeds =
            [Feed::Place(self.class, Right::Messages), Feed::Turns(self.class), Feed::Person(self.person)];
        Change::put(self, feeds)
    }
}

impl ClassReady {
    /// What a person said in a class.
    #[must_use]
    pub fn of(class: Id<Place>, person: Id<Person>) -> Id<Self> {
        derived("class-ready", class.uuid(), person.uuid())
    }

    /// Whether it stands on a day.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        !self.ended && day <= self.until
    }

    pub(crate) fn put(self) -> Change {
        let feeds = [Feed::Turns(self.class), Feed::Person(self.person)];
        Change::put(self, feeds)
    }
}

/// Whether somebody fills the turns of a class today.
pub(crate) fn is_contact(facts: &Facts, person: Id<Person>, class: Id<Place>) -> Result<bool, Stop> {
    let today = facts.today()?;
    let row = facts.find(ClassContact::of(class, person))?;
    Ok(row.is_some_and(|row| row.holds(today)) && family_in(facts, person, class)?.is_some())
}

/// Whether the hat that is on minds the families of a class: its teacher's, the desk's, the office's.
pub(crate) fn minds_class(facts: &Facts, actor: &Actor, class: Id<Place>) -> Result<bool, Stop> {
    let Some(role) = rights::role_worn(facts, actor)? else { return Ok(false) };
    Ok(role.may(Power::ActForFamilies, &facts.get(class)?.path))
}

/// Whether somebody fills the turns of a class: its contact as a parent, or a hat that minds its families.
pub(crate) fn fills(facts: &Facts, actor: &Actor, class: Id<Place>) -> Result<bool, Stop> {
    match actor {
        Actor::Person { person, hat: Hat::Guardian } => is_contact(facts, *person, class),
        _ => minds_class(facts, actor, class),
    }
}

/// Names a parent of the class its contact until the school year ends.
pub(crate) fn appoint(facts: &Facts, actor: &Actor, class: Id<Place>, person: Id<Person>) -> Decision {
    let place = facts.get(class)?;
    rights::require_power(facts, actor, Power::ActForFamilies, &place.path)?;
    if place.level != Level::Class {
        return Err(Refusal::Malformed { field: "class".into() }.into());
    }
    let found = family_in(facts, person, class)?;
    let (link, child) = found.ok_or_else(|| facts.missing(Kind::Person))?;
    let today = facts.today()?;
    let all = facts.list::<ClassContact>(List::ContactsOf(class), limits::ROWS_PER_LIST)?;
    let standing: Vec<_> = all.into_iter().filter(|one| one.holds(today)).collect();
    if standing.iter().any(|one| one.person == person) {
        return Ok(Vec::new());
    }
    let still = Facts::each(&standing, |one| is_contact(facts, one.person, class))?;
    if still.into_iter().filter(|still| *still).count() >= limits::CONTACTS_PER_CLASS {
        let limit = u32::try_from(limits::CONTACTS_PER_CLASS).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "contacts".into(), limit }.into());
    }
    let contact = ClassContact {
        id: ClassContact::of(class, person),
        class,
        person,
        person_name: link.guardian_name.clone(),
        family: FamilyName::of(link, child),
        until: year_ends(facts, today)?,
        by_name: actor.staff_name(facts)?.unwrap_or_default(),
        at: facts.now(),
        ended: false,
    };
    Ok(vec![contact.put()])
}

/// Ends it: by whoever could name somebody, or by the contact, who need not say why.
pub(crate) fn end(facts: &Facts, actor: &Actor, class: Id<Place>, person: Id<Person>) -> Decision {
    if actor.person() != Some(person) {
        rights::require_power(facts, actor, Power::ActForFamilies, &facts.get(class)?.path)?;
    }
    let row = facts.get(ClassContact::of(class, person))?;
    if row.ended {
        return Ok(Vec::new());
    }
    let by_name = actor.staff_name(facts)?.unwrap_or_else(|| row.person_name.clone());
    Ok(vec![ClassContact { ended: true, by_name, at: facts.now(), ..row.clone() }.put()])
}

/// Says that one may be asked to fill a place of the class, or no longer; 代办 for a family who telephoned.
pub(crate) fn say_ready(
    facts: &Facts,
    actor: &Actor,
    class: Id<Place>,
    ready: bool,
    on_behalf_of: Option<&Proxy>,
) -> Decision {
    let person = match (actor, on_behalf_of) {
        (Actor::Person { hat: Hat::Staff { .. }, .. }, Some(proxy)) => {
            rights::require_power(facts, actor, Power::ActForFamilies, &facts.get(class)?.path)?;
            proxy.person
        }
        (Actor::Person { person, hat: Hat::Guardian }, None) => *person,
        _ => return Err(Refusal::Malformed { field: "on_behalf_of".into() }.into()),
    };
    let before = facts.find(ClassReady::of(class, person))?;
    if !ready {
        let before = before.ok_or_else(|| facts.missing(Kind::ClassReady))?;
        return Ok(vec![ClassReady { ended: true, at: facts.now(), ..before.clone() }.put()]);
    }
    let found = family_in(facts, person, class)?;
    let (link, child) = found.ok_or_else(|| facts.missing(Kind::Place))?;
    let today = facts.today()?;
    if before.is_some_and(|row| row.holds(today)) {
        return Ok(Vec::new());
    }
    let row = ClassReady {
        id: ClassReady::of(class, person),
        class,
        person,
        family: FamilyName::of(link, child),
        entered: actor.entered(facts, on_behalf_of)?.is_some(),
        until: year_ends(facts, today)?,
        at: facts.now(),
        ended: false,
    };
    Ok(vec![row.put()])
}

/// What ends for a guardian as they are of a class no longer through a child, where no other child of theirs is there: the child went
/// to another class, where it `stays`, or they are nothing to it any more.
pub(crate) fn left(
    facts: &Facts,
    guardian: Id<Person>,
    child: Id<Child>,
    stays: Option<Id<Place>>,
) -> Decision {
    let (at, today) = (facts.now(), facts.today()?);
    let gone = |class: Id<Place>| -> Result<bool, Stop> {
        let others = families_in(facts, guardian, class)?;
        Ok(stays != Some(class) && others.into_iter().all(|(_, one)| one.id == child))
    };
    let contacts = facts.list::<ClassContact>(List::OfClassesBy(guardian), limits::ROWS_PER_LIST)?;
    let ready = facts.list::<ClassReady>(List::OfClassesBy(guardian), limits::ROWS_PER_LIST)?;
    let mut changes = Vec::new();
    for row in contacts.into_iter().filter(|row| row.holds(today)) {
        if gone(row.class)? {
            changes.push(ClassContact { ended: true, at, ..row.clone() }.put());
        }
    }
    for row in ready.into_iter().filter(|row| row.holds(today)) {
        if gone(row.class)? {
            changes.push(ClassReady { ended: true, at, ..row.clone() }.put());
        }
    }
    Ok(changes)
}

/// What ends as a guardian is nothing to a child any more: nobody asks them for a shift of its class.
pub(crate) fn lost(facts: &Facts, before: &Link, after: &Link) -> Decision {
    let today = facts.today()?;
    if !before.counts(today) || after.counts(today) {
        return Ok(Vec::new());
    }
    left(facts, after.guardian, after.child, None)
}

/// The last day of the school year that is on.
fn year_ends(facts: &Facts, today: Date) -> Result<Date, Stop> {
    let years = facts.list::<Year>(List::All(Kind::Year), limits::ROWS_PER_LIST)?;
    let begun = years.into_iter().filter(|year| year.from <= today && today <= year.to);
    begun.map(|year| year.to).max().ok_or_else(|| facts.missing(Kind::Year))
}
