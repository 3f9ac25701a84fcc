//! Who volunteers: for themselves, or 代办; and that they belong to the school.

use crate::{
    Actor, Child, Facts, Hat, Id, Link, List, Person, Place, Population, Power, Proxy, Refusal, Role, Stop,
    limits, rights,
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
    /// Refuses whom a post is not for.
    pub(crate) fn require(self, population: Population) -> Result<(), Stop> {
        let fits = match population {
            Population::Everyone => true,
            Population::Parents => self.parent,
            Population::Staff => self.staff,
        };
        if fits { Ok(()) } else { Err(Refusal::OtherVolunteers { population }.into()) }
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

/// A volunteer belongs to the school: staff, or a guardian with any right for a child here. For others a hat enters
/// only staff, whose names everybody knows, and guardians of children it reaches; anybody else is as good as not there.
pub(crate) fn require_member(facts: &Facts, actor: &Actor, person: Id<Person>) -> Result<Belongs, Stop> {
    let today = facts.today()?;
    let roles = facts.list::<Role>(List::RolesOf(person), limits::ROWS_PER_LIST)?;
    let links = facts.list::<Link>(List::LinksBy(person), limits::ROWS_PER_LIST)?;
    let links: Vec<_> = links.into_iter().filter(|link| link.counts(today)).collect();
    let staff = roles.iter().any(|role| role.holds(today));
    let reached = if actor.person() == Some(person) {
        !links.is_empty()
    } else {
        let children = Facts::each(&links, |link| facts.find(link.child))?;
        let role = rights::role_worn(facts, actor)?;
        let reached = |child: &Child| role.is_some_and(|role| role.may(Power::ManageShifts, &child.path));
        children.into_iter().flatten().any(reached)
    };
    if staff || reached {
        Ok(Belongs { staff, parent: !links.is_empty() })
    } else {
        Err(facts.missing(crate::Kind::Person))
    }
}
