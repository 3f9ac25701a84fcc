//! Who may do what: the one table behind every act, every feed and `docs/authz.csv`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Child, Facts, Hat, Id, Link, List, Person, Place, Refusal, Right, Role, RoleKind, Stop, limits,
};

/// What a role may allow at its place and below.
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
pub enum Power {
    /// Read the class list: children and who is whose guardian.
    SeeClass,
    /// Send notices to families.
    SendNotices,
    /// 代办: book and answer for a family that phoned.
    ActForFamilies,
    /// Print invites.
    Invite,
    /// Plan and publish events and see who signed up.
    ManageEvents,
    /// Plan posts and shifts.
    ManageShifts,
    /// Import the roster, decide remarks, set rights.
    Administer,
}

/// The powers of each kind of role.
pub const POWERS: &[(RoleKind, &[Power])] = &[
    (RoleKind::ClassTeacher, &[Power::SeeClass, Power::SendNotices, Power::ActForFamilies, Power::Invite]),
    (RoleKind::SubjectTeacher, &[Power::SeeClass, Power::SendNotices]),
    (
        RoleKind::Coordinator,
        &[
            Power::SeeClass,
            Power::SendNotices,
            Power::ActForFamilies,
            Power::ManageEvents,
            Power::ManageShifts,
        ],
    ),
    (RoleKind::Head, &[Power::SeeClass, Power::SendNotices]),
    (RoleKind::Counsellor, &[]),
    (RoleKind::Administrator, &[Power::SeeClass, Power::ActForFamilies, Power::Invite, Power::Administer]),
];

/// Whether a kind of role has a power.
#[must_use]
pub fn power_of(kind: RoleKind, power: Power) -> bool {
    POWERS.iter().any(|(role, powers)| *role == kind && powers.contains(&power))
}

impl Role {
    /// Whether this hat has `power` at the place with this path, while it is worn.
    #[must_use]
    pub fn may(&self, power: Power, path: &[Id<Place>]) -> bool {
        power_of(self.kind, power) && path.contains(&self.place)
    }
}

/// Refuses unless the actor's hat has `power` at the place with this path. Every act names one hat, and only
/// that hat counts.
pub(crate) fn require_power(
    facts: &Facts,
    actor: &Actor,
    power: Power,
    path: &[Id<Place>],
) -> Result<(), Stop> {
    let role = role_worn(facts, actor)?;
    if role.is_some_and(|role| role.may(power, path)) {
        Ok(())
    } else {
        Err(Refusal::NoPower { power }.into())
    }
}

/// The name of an actor whose hat has `power` at the place with this path: for what is done outside mutations.
///
/// # Errors
/// [`Refusal::NoPower`], or [`Stop::Needs`] until the role was loaded.
pub fn name_with_power(
    facts: &Facts,
    actor: &Actor,
    power: Power,
    path: &[Id<Place>],
) -> Result<String, Stop> {
    require_power(facts, actor, power, path)?;
    Ok(actor.entered_by(facts)?.unwrap_or_default())
}

/// The hats a person wears on a day, the guardian's first, given the person's own links and roles.
#[must_use]
pub fn hats_of(links: &[Link], roles: &[Role], day: Date) -> Vec<Hat> {
    let guardian = links.iter().any(|link| link.counts(day)).then_some(Hat::Guardian);
    let staff = roles.iter().filter(|role| role.holds(day)).map(|role| Hat::Staff { role: role.id });
    guardian.into_iter().chain(staff).collect()
}

/// The role behind a staff hat, if it is the actor's own and is worn today.
fn role_worn<'f>(facts: &'f Facts, actor: &Actor) -> Result<Option<&'f Role>, Stop> {
    let Actor::Person { person, hat: Hat::Staff { role }, .. } = actor else { return Ok(None) };
    let today = facts.today()?;
    Ok(facts.find(*role)?.filter(|role| role.person == *person && role.holds(today)))
}

/// The link between a guardian and a child, if it stands.
fn link_between(
    facts: &Facts,
    guardian: Id<Person>,
    child: Id<Child>,
    today: Date,
) -> Result<Option<&Link>, Stop> {
    let links = facts.list::<Link>(List::LinksBy(guardian), limits::ROWS_PER_LIST)?;
    Ok(links.into_iter().find(|link| link.child == child && link.counts(today)))
}

/// Who an act for a child is done for: the guardian whose right it rests on.
///
/// A guardian acts on the own right. Staff act 代办 for a named guardian, whose right it still is, and need the
/// power at the child's class. A child that is not the actor's is "not found", like one that does not exist.
pub(crate) fn require_right(
    facts: &Facts,
    actor: &Actor,
    on_behalf_of: Option<Id<Person>>,
    child: Id<Child>,
    right: Right,
) -> Result<Id<Person>, Stop> {
    let Actor::Person { person, hat, .. } = actor else {
        return Err(Refusal::NoRight { right }.into());
    };
    let today = facts.today()?;
    let guardian = match (hat, on_behalf_of) {
        (Hat::Guardian, None) => *person,
        (Hat::Staff { .. }, Some(guardian)) => {
            // A child out of reach and one that does not exist are refused alike.
            let path = match facts.find(child)? {
                Some(child) => child.path.clone(),
                None if facts.complete() => Vec::new(),
                None => return Err(Stop::Unknown),
            };
            require_power(facts, actor, Power::ActForFamilies, &path)?;
            guardian
        }
        _ => return Err(Refusal::Malformed { field: "on_behalf_of".into() }.into()),
    };
    match link_between(facts, guardian, child, today)? {
        None => Err(facts.missing(crate::Kind::Child)),
        Some(link) if link.allows(right, today) => Ok(guardian),
        Some(_) => Err(Refusal::NoRight { right }.into()),
    }
}
