//! Whom an event is for, as families: who signs up together.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    Child, Event, EventDraft, Facts, Id, Kind, Link, List, Person, Place, Right, Role, Stop, audience::Homes,
    been_before, drawing::missed_by, limits,
};

/// Everybody a planned event is for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invited {
    /// The place that runs it, and everything above.
    pub held_at: Vec<Id<Place>>,
    /// Families, in the order of their first children.
    pub households: Vec<Household>,
    /// Children it is for whom nobody may sign up: no guardian may decide today.
    pub alone: Vec<Id<Child>>,
}

/// A family: children who share guardians that decide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Household {
    /// Mostly one; where no guardian decides for all children there are more.
    pub parties: Vec<Party>,
}

/// Children who come together: one guardian decides for all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Who signs up.
    pub guardian: Id<Person>,
    /// Whether that guardian, or another who decides for all of them, has joined.
    pub joined: bool,
    /// At most [`limits::CHILDREN_PER_BOOKING`].
    pub children: Vec<Guest>,
    /// All children of the household whose seats count for this guardian.
    pub knows: BTreeSet<Id<Child>>,
    /// All children of the household for whom this guardian decides.
    pub decides: BTreeSet<Id<Child>>,
    /// Whether this guardian works at the school.
    pub works: bool,
}

/// A child an event is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// Who.
    pub child: Id<Child>,
    /// The class, and everything above.
    pub path: Vec<Id<Place>>,
    /// It has come to something of the programme before.
    pub been: bool,
    /// Draws that left it without a seat.
    pub missed: BTreeSet<Id<Event>>,
}

/// Whom a planned event is for, today.
///
/// # Errors
/// [`Stop::Needs`] until places, children and links were loaded.
pub fn invited(facts: &Facts, draft: &EventDraft) -> Result<Invited, Stop> {
    let held_at = facts.get(draft.place)?.path.clone();
    let today = facts.today()?;
    let event = draft.event(held_at.clone());
    let children = facts.list::<Child>(List::ChildrenIn(draft.place), limits::ROWS_PER_LIST)?;
    let children: Vec<_> = children.into_iter().filter(|child| event.is_for(&child.path)).collect();
    let links =
        Facts::each(&children, |child| facts.list::<Link>(List::LinksOf(child.id), limits::ROWS_PER_LIST));
    let roles = facts.list::<Role>(List::All(Kind::Role), limits::ROWS_PER_LIST);
    let first_timers = draft.sessions.iter().any(|session| session.first_timers);
    let guests = Facts::each(&children, |child| {
        let been = first_timers && been_before(facts, &event, child.id)?;
        let missed = missed_by(facts, child.id)?;
        Ok(Guest { child: child.id, path: child.path.clone(), been, missed })
    });
    let (links, guests) = (links?, guests?);
    let staff: BTreeSet<_> = roles?.iter().filter(|role| role.holds(today)).map(|role| role.person).collect();

    let mut homes = Homes::default();
    let mut alone = Vec::new();
    let mut by_child = BTreeMap::new();
    for (guest, links) in guests.into_iter().zip(links) {
        let decide = links.iter().filter(|link| link.allows(Right::Decide, today));
        let decide: Vec<_> = decide.map(|link| link.guardian).collect();
        if decide.is_empty() {
            alone.push(guest.child);
        }
        homes.gather(guest.child, &BTreeSet::new(), &decide);
        by_child.insert(guest.child, (by_child.len(), guest, links));
    }
    let mut households = Vec::new();
    for family in homes.finish(BTreeSet::new()).families {
        let mut own: Vec<_> = family.children.iter().filter_map(|child| by_child.get(child)).collect();
        own.sort_by_key(|(order, ..)| *order);
        let order = own.first().map_or(usize::MAX, |(order, ..)| *order);
        let own: Vec<_> = own.into_iter().map(|(_, guest, links)| (guest, links.as_slice())).collect();
        households.push((order, Household { parties: parties(own, &staff, today) }));
    }
    households.sort_by_key(|(order, _)| *order);
    Ok(Invited { held_at, households: households.into_iter().map(|(_, one)| one).collect(), alone })
}

/// Who comes with whom: the guardian who decides for most children takes all of them, and so on with who is left.
fn parties(
    own: Vec<(&Guest, &[&Link])>,
    staff: &BTreeSet<Id<Person>>,
    today: jiff::civil::Date,
) -> Vec<Party> {
    let guardians: BTreeSet<_> =
        own.iter().flat_map(|(_, links)| links.iter()).map(|link| link.guardian).collect();
    let decides = |who: Id<Person>, links: &[&Link]| {
        links.iter().find(|link| link.guardian == who && link.allows(Right::Decide, today)).is_some()
    };
    let joined = |who: Id<Person>| {
        own.iter().any(|(_, links)| links.iter().any(|link| link.guardian == who && link.joined))
    };
    let mut left = own.clone();
    let mut parties = Vec::new();
    while !left.is_empty() {
        let able = |who: &Id<Person>| left.iter().filter(|(_, links)| decides(*who, links)).count();
        let best = guardians.iter().max_by_key(|who| (able(who), joined(**who), std::cmp::Reverse(**who)));
        let Some(guardian) = best.copied().filter(|who| able(who) > 0) else { break };
        let (together, others): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|(_, links)| decides(guardian, links));
        let counts = |links: &[&Link]| links.iter().any(|it| it.guardian == guardian && it.counts(today));
        let decided = own.iter().filter(|(_, links)| decides(guardian, links));
        let decided: BTreeSet<_> = decided.map(|(guest, _)| guest.child).collect();
        let knows: BTreeSet<_> =
            own.iter().filter(|(_, links)| counts(links)).map(|(guest, _)| guest.child).collect();
        for some in together.chunks(limits::CHILDREN_PER_BOOKING) {
            parties.push(Party {
                guardian,
                joined: joined(guardian),
                children: some.iter().map(|(guest, _)| (*guest).clone()).collect(),
                knows: knows.clone(),
                decides: decided.clone(),
                works: staff.contains(&guardian),
            });
        }
        left = others;
    }
    parties
}
