//! Who volunteers: for themselves, or 代办; and that they belong to the school.

use crate::{
    Actor, Child, Facts, Hat, Id, Kind, Link, List, Person, Place, Population, Post, Power, Proxy, Refusal,
    Role, Shift, Stop, class_contact::minds_class, class_turn::family_in, limits, rights,
};

/// As what somebody belongs to the school.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Belongs {
    /// Works here.
    pub(crate) staff: bool,
    /// Is a guardian of a child here.
    pub(crate) parent: bool,
}

impl Belongs {
    /// Whether a post is for them.
    pub(crate) fn fits(self, population: Population) -> bool {
        match population {
            Population::Everyone => true,
            Population::Parents => self.parent,
            Population::Staff => self.staff,
        }
    }

    /// Refuses whom a post is not for.
    pub(crate) fn require(
        self,
        facts: &Facts,
        actor: &Actor,
        person: Id<Person>,
        population: Population,
    ) -> Result<(), Stop> {
        if self.fits(population) {
            return Ok(());
        }
        // Not every link of somebody else is here.
        if !facts.complete() && actor.person() != Some(person) {
            return Err(Stop::Unknown);
        }
        Err(Refusal::OtherVolunteers { population }.into())
    }
}

/// Whose shift it is: one's own, or 代办 somebody who phoned. `path` is that of the post's place.
pub(crate) fn volunteer(
    facts: &Facts,
    actor: &Actor,
    path: &[Id<Place>],
    on_behalf_of: Option<&Proxy>,
) -> Result<Id<Person>, Stop> {
    let Actor::Person { person, hat, .. } = actor else {
        return Err(Refusal::NoPower { power: Power::ManageShifts }.into());
    };
    match (hat, on_behalf_of) {
        (Hat::Staff { .. }, Some(proxy)) => {
            rights::require_power(facts, actor, Power::ManageShifts, path)?;
            Ok(proxy.person)
        }
        (_, Some(_)) => Err(Refusal::Malformed { field: "on_behalf_of".into() }.into()),
        (_, None) => Ok(*person),
    }
}

/// Whose shift it is: as [`volunteer`], and for a family of a class whose turn it is 代办 by whoever minds the families of that class.
pub(crate) fn volunteer_at(
    facts: &Facts,
    actor: &Actor,
    (shift, post): (&Shift, &Post),
    on_behalf_of: Option<&Proxy>,
) -> Result<Id<Person>, Stop> {
    if let Some(proxy) = on_behalf_of {
        for turn in &shift.turns {
            if minds_class(facts, actor, turn.class)? && family_in(facts, proxy.person, turn.class)?.is_some()
            {
                return Ok(proxy.person);
            }
        }
    }
    volunteer(facts, actor, &post.held_at, on_behalf_of)
}

/// A volunteer belongs to the school: staff, or a guardian with any right for a child here. For others a hat enters
/// only staff, whose names everybody knows, and guardians of children it reaches; anybody else is as good as not there.
pub(crate) fn require_member(facts: &Facts, actor: &Actor, person: Id<Person>) -> Result<Belongs, Stop> {
    let links = counting_links(facts, person)?;
    let belongs = belongs(facts, person, &links)?;
    let reached = if actor.person() == Some(person) {
        belongs.parent
    } else {
        let children = Facts::each(&links, |link| facts.find(link.child))?;
        let role = rights::role_worn(facts, actor)?;
        // A hat that minds a class's families reaches them, for its turns.
        let may = |role: &Role, path: &[Id<Place>]| {
            role.may(Power::ManageShifts, path) || role.may(Power::ActForFamilies, path)
        };
        let reached = |child: &Child| role.is_some_and(|role| may(role, &child.path));
        children.into_iter().flatten().any(reached)
    };
    if belongs.staff || reached { Ok(belongs) } else { Err(facts.missing(Kind::Person)) }
}

/// As what somebody belongs to the school, whoever asks.
pub(crate) fn belonging(facts: &Facts, person: Id<Person>) -> Result<Belongs, Stop> {
    let belongs = belongs(facts, person, &counting_links(facts, person)?)?;
    if belongs.staff || belongs.parent { Ok(belongs) } else { Err(facts.missing(Kind::Person)) }
}

fn counting_links(facts: &Facts, person: Id<Person>) -> Result<Vec<&Link>, Stop> {
    let today = facts.today()?;
    let links = facts.list::<Link>(List::LinksBy(person), limits::ROWS_PER_LIST)?;
    Ok(links.into_iter().filter(|link| link.counts(today)).collect())
}

fn belongs(facts: &Facts, person: Id<Person>, links: &[&Link]) -> Result<Belongs, Stop> {
    let today = facts.today()?;
    let roles = facts.list::<Role>(List::RolesOf(person), limits::ROWS_PER_LIST)?;
    Ok(Belongs { staff: roles.iter().any(|role| role.holds(today)), parent: !links.is_empty() })
}
