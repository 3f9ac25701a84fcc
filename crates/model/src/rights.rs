//! Who may do what: the one table behind every act, every feed and `docs/authz.csv`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Child, Facts, Hat, Id, Kind, Level, Link, List, Person, Place, Proxy, Refusal, Right, Role,
    RoleKind, Stop, limits,
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
    /// Send alerts, which wait for nothing.
    SendAlerts,
    /// Agree to what somebody else would say to the whole school.
    ApproveNotices,
    /// 代办: book and answer for a family that phoned.
    ActForFamilies,
    /// Print invites.
    Invite,
    /// Answer what families of a class ask: 请假, 代接.
    AnswerRequests,
    /// See the day's list at the gate.
    RunGate,
    /// Talk with families about a child.
    Converse,
    /// Give the open conversations of one hat to another.
    HandOver,
    /// Settle what was reported of a conversation.
    Moderate,
    /// Keep templates of notices for everybody who works here.
    KeepTemplates,
    /// Plan and publish events and see who signed up.
    ManageEvents,
    /// Plan posts and shifts.
    ManageShifts,
    /// Import the roster, decide remarks, set rights.
    Administer,
}

impl Power {
    /// All of them, in the order they are shown.
    pub const ALL: [Self; 15] = [
        Self::SeeClass,
        Self::SendNotices,
        Self::SendAlerts,
        Self::ApproveNotices,
        Self::ActForFamilies,
        Self::Invite,
        Self::AnswerRequests,
        Self::RunGate,
        Self::Converse,
        Self::HandOver,
        Self::Moderate,
        Self::KeepTemplates,
        Self::ManageEvents,
        Self::ManageShifts,
        Self::Administer,
    ];
}

/// The powers of each kind of role.
pub const POWERS: &[(RoleKind, &[Power])] = &[
    (
        RoleKind::ClassTeacher,
        &[
            Power::SeeClass,
            Power::SendNotices,
            Power::ActForFamilies,
            Power::Invite,
            Power::AnswerRequests,
            Power::Converse,
        ],
    ),
    (RoleKind::SubjectTeacher, &[Power::SeeClass, Power::SendNotices, Power::Converse]),
    (
        RoleKind::Coordinator,
        &[
            Power::SeeClass,
            Power::SendNotices,
            Power::ActForFamilies,
            Power::RunGate,
            Power::Converse,
            Power::ManageEvents,
            Power::ManageShifts,
        ],
    ),
    (
        RoleKind::Head,
        &[
            Power::SeeClass,
            Power::SendNotices,
            Power::SendAlerts,
            Power::ApproveNotices,
            Power::RunGate,
            Power::Converse,
            Power::HandOver,
            Power::Moderate,
            Power::KeepTemplates,
        ],
    ),
    (RoleKind::Counsellor, &[Power::SeeClass, Power::Converse]),
    (
        RoleKind::Administrator,
        &[
            Power::SeeClass,
            Power::ActForFamilies,
            Power::Invite,
            Power::HandOver,
            Power::Moderate,
            Power::KeepTemplates,
            Power::Administer,
        ],
    ),
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

    /// Whether this hat reads what families of `place` answer to colleagues who let the class read it: that of the class
    /// itself, which answers for its families. Whoever acts for all classes does not read along in all of them.
    #[must_use]
    pub fn reads_answers_of(&self, place: &Place) -> bool {
        place.level == Level::Class && place.id == self.place && power_of(self.kind, Power::ActForFamilies)
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
    Ok(actor.staff_name(facts)?.unwrap_or_default())
}

/// Whether somebody wears a hat, any hat, that has `power` at the place with this path: asked before more of a
/// request is read than its header.
///
/// # Errors
/// [`Stop::Needs`] until the person's roles were loaded.
pub fn wears_power(
    facts: &Facts,
    person: Id<Person>,
    power: Power,
    path: &[Id<Place>],
) -> Result<bool, Stop> {
    let today = facts.today()?;
    let roles = facts.list::<Role>(List::RolesOf(person), limits::ROWS_PER_LIST)?;
    Ok(roles.into_iter().any(|role| role.holds(today) && role.may(power, path)))
}

/// On what somebody may be invited.
#[derive(Clone, Debug)]
pub struct Invitable<'f> {
    /// The links that may be printed on the strip.
    pub links: Vec<&'f Link>,
    /// Whether the account wears a hat today or will: its strip opens more than a family.
    pub staff: bool,
}

/// Whether somebody may have an account at all: a link that may be invited, or a role that is not over.
///
/// # Errors
/// [`Refusal::NotFound`] where there is neither, [`Stop::Needs`] until the rows were loaded.
pub fn may_join(facts: &Facts, person: Id<Person>) -> Result<Invitable<'_>, Stop> {
    let today = facts.today()?;
    let links = facts.list::<Link>(List::LinksBy(person), limits::ROWS_PER_LIST)?;
    let links: Vec<_> = links.into_iter().filter(|link| link.may_be_invited(today)).collect();
    let staff = !roles_ahead(facts, person, today)?.is_empty();
    if links.is_empty() && !staff { Err(facts.missing(Kind::Person)) } else { Ok(Invitable { links, staff }) }
}

/// Whom a hat may print a strip for, and for which children. A strip opens the whole account: families are invited
/// by whoever has the power at the child's class, staff only by a hat that administers every place they work at.
///
/// # Errors
/// [`Refusal::NoPower`], [`Refusal::NotFound`] as [`may_join`], [`Stop::Needs`] until the rows were loaded.
pub fn may_invite<'f>(facts: &'f Facts, actor: &Actor, person: Id<Person>) -> Result<Invitable<'f>, Stop> {
    let refused = |power| Stop::from(Refusal::NoPower { power });
    let role = role_worn(facts, actor)?.ok_or_else(|| refused(Power::Invite))?;
    let Invitable { links, staff } = may_join(facts, person)?;
    let worn = roles_ahead(facts, person, facts.today()?)?;
    let places = Facts::each(&worn, |worn| facts.get(worn.place))?;
    if !places.iter().all(|place| role.may(Power::Administer, &place.path)) {
        return Err(refused(Power::Administer));
    }
    let children = Facts::each(&links, |link| facts.get(link.child))?;
    let near = links.into_iter().zip(children).filter(|(_, child)| role.may(Power::Invite, &child.path));
    let links: Vec<_> = near.map(|(link, _)| link).collect();
    if links.is_empty() && !staff { Err(refused(Power::Invite)) } else { Ok(Invitable { links, staff }) }
}

/// Whether a strip still stands when it is redeemed: the person may still join, and one printed for a family does not
/// open the account of somebody who has become staff since.
///
/// # Errors
/// As [`may_join`]; [`Refusal::NoPower`] where the strip does not reach that far.
pub fn may_redeem(facts: &Facts, person: Id<Person>, printed_for_staff: bool) -> Result<Invitable<'_>, Stop> {
    let invitable = may_join(facts, person)?;
    if invitable.staff && !printed_for_staff {
        return Err(Refusal::NoPower { power: Power::Administer }.into());
    }
    Ok(invitable)
}

/// The roles somebody has today or will have.
fn roles_ahead(facts: &Facts, person: Id<Person>, today: Date) -> Result<Vec<&Role>, Stop> {
    let roles = facts.list::<Role>(List::RolesOf(person), limits::ROWS_PER_LIST)?;
    Ok(roles.into_iter().filter(|role| role.to.is_none_or(|to| today <= to)).collect())
}

/// The hats a person wears on a day, the guardian's first, given the person's own links and roles.
#[must_use]
pub fn hats_of(links: &[Link], roles: &[Role], day: Date) -> Vec<Hat> {
    let guardian = links.iter().any(|link| link.counts(day)).then_some(Hat::Guardian);
    let staff = roles.iter().filter(|role| role.holds(day)).map(|role| Hat::Staff { role: role.id });
    guardian.into_iter().chain(staff).collect()
}

/// The role behind a staff hat, if it is the actor's own and is worn today.
pub(crate) fn role_worn<'f>(facts: &'f Facts, actor: &Actor) -> Result<Option<&'f Role>, Stop> {
    let Actor::Person { person, hat: Hat::Staff { role }, .. } = actor else { return Ok(None) };
    let today = facts.today()?;
    Ok(facts.find(*role)?.filter(|role| role.person == *person && role.holds(today)))
}

/// Who an act for a child is done for: the guardian whose right it rests on.
///
/// A guardian acts on the own right. Staff act 代办 for a named guardian, whose right it still is, and need the
/// power at the child's class. A child that is not the actor's is "not found", like one that does not exist.
pub(crate) fn require_right(
    facts: &Facts,
    actor: &Actor,
    on_behalf_of: Option<&Proxy>,
    child: Id<Child>,
    right: Right,
) -> Result<Id<Person>, Stop> {
    let Actor::Person { person, hat, .. } = actor else {
        return Err(Refusal::NoRight { right }.into());
    };
    let guardian = match (hat, on_behalf_of) {
        (Hat::Guardian, None) => *person,
        (Hat::Staff { .. }, Some(proxy)) => {
            // A child out of reach and one that does not exist are refused alike.
            let path = match facts.find(child)? {
                Some(child) => child.path.clone(),
                None if facts.complete() => Vec::new(),
                None => return Err(Stop::Unknown),
            };
            require_power(facts, actor, Power::ActForFamilies, &path)?;
            proxy.person
        }
        _ => return Err(Refusal::Malformed { field: "on_behalf_of".into() }.into()),
    };
    link_allowing(facts, guardian, child, right).map(|_| guardian)
}

/// The link on which a guardian's act for a child rests.
pub(crate) fn link_allowing(
    facts: &Facts,
    guardian: Id<Person>,
    child: Id<Child>,
    right: Right,
) -> Result<&Link, Stop> {
    let today = facts.today()?;
    let links = facts.list::<Link>(List::LinksBy(guardian), limits::ROWS_PER_LIST)?;
    match links.into_iter().find(|link| link.child == child && link.counts(today)) {
        None => Err(facts.missing(Kind::Child)),
        Some(link) if link.allows(right, today) => Ok(link),
        Some(_) => Err(Refusal::NoRight { right }.into()),
    }
}
