//! Whom a notice is for, and who receives it and why: the preview a teacher sees and the membership the server makes are
//! one function.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Child, Facts, Id, Link, List, Person, Place, Right, Stop, limits};

/// One part of an audience.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema, ts_rs::TS,
)]
#[serde(tag = "kind", content = "id", rename_all = "kebab-case")]
pub enum Target {
    /// Everyone at a place and below.
    Place(Id<Place>),
    /// The family of one child.
    Child(Id<Child>),
}

impl Target {
    /// The place, where it is one.
    #[must_use]
    pub fn place(&self) -> Option<Id<Place>> {
        if let Self::Place(place) = self { Some(*place) } else { None }
    }
}

/// Places and children, minus exclusions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Audience {
    /// Who.
    pub include: Vec<Target>,
    /// Who not, although included.
    pub except: Vec<Target>,
}

impl Audience {
    /// The one place whose families it is, where it stands in that place's own feed.
    #[must_use]
    pub fn place(&self) -> Option<Id<Place>> {
        match (self.include.as_slice(), self.except.as_slice()) {
            ([Target::Place(place)], []) => Some(*place),
            _ => None,
        }
    }

    /// The children it names, whether or not anybody receives for them.
    ///
    /// # Errors
    /// [`Stop::Needs`] until they were loaded.
    pub fn children(&self, facts: &Facts) -> Result<BTreeSet<Id<Child>>, Stop> {
        let included = children_of(facts, &self.include)?;
        let excluded = children_of(facts, &self.except)?;
        Ok(included.difference(&excluded).copied().collect())
    }
}

/// Why someone is left out of an audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Has not enrolled a device: print an invite.
    NotJoined,
    /// Has no device: print large type.
    OnPaper,
    /// Holds no right to messages; only the office sees the reason.
    CannotReceive,
}

/// Someone who does not get it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Whose family.
    pub child: Id<Child>,
    /// Which guardian.
    pub guardian: Id<Person>,
    /// The guardian's name.
    pub guardian_name: String,
    /// How they are related.
    pub relation: crate::Relation,
    /// Why not.
    pub why: Why,
}

/// One household of an audience.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Family {
    /// The children it is about.
    pub children: Vec<Id<Child>>,
    /// Guardians who will receive it, each with the child the right rests on.
    pub guardians: Vec<(Id<Person>, Id<Child>)>,
}

/// The exact audience, with reasons. The preview a teacher sees and the membership the server makes are this one
/// function.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recipients {
    /// Households that will receive it.
    pub families: Vec<Family>,
    /// Guardians who will not, in households that do or do not receive it.
    pub left_out: Vec<LeftOut>,
}

impl Recipients {
    /// Children for whom somebody receives it.
    #[must_use]
    pub fn children(&self) -> usize {
        self.families.iter().map(|family| family.children.len()).sum()
    }
}

/// Works out who receives a notice today. Siblings who share a receiving guardian are one family.
///
/// # Errors
/// [`Stop::Needs`] until children and links of the audience were loaded.
pub fn recipients(facts: &Facts, audience: &Audience) -> Result<Recipients, Stop> {
    let today = facts.today()?;
    let children = audience.children(facts)?;
    let links =
        Facts::each(&children, |child| facts.list::<Link>(List::LinksOf(*child), limits::ROWS_PER_LIST))?;

    let mut result = Recipients::default();
    // The family each receiving guardian was put into; a child whose guardians lead to two families joins them.
    let mut family_of: BTreeMap<Id<Person>, usize> = BTreeMap::new();
    let mut families: Vec<Option<Family>> = Vec::new();
    for (child, links) in children.iter().zip(links) {
        let mut receiving = Vec::new();
        for link in links {
            if !link.holds(today) {
                continue;
            }
            let why = if !link.allows(Right::Messages, today) {
                Some(Why::CannotReceive)
            } else if link.on_paper {
                Some(Why::OnPaper)
            } else if !link.joined {
                Some(Why::NotJoined)
            } else {
                receiving.push(link.guardian);
                None
            };
            result.left_out.extend(why.map(|why| LeftOut {
                child: *child,
                guardian: link.guardian,
                guardian_name: link.guardian_name.clone(),
                relation: link.relation,
                why,
            }));
        }
        if receiving.is_empty() {
            continue;
        }
        let mut merged = Family { children: vec![*child], guardians: Vec::new() };
        let earlier: BTreeSet<_> = receiving.iter().filter_map(|g| family_of.get(g).copied()).collect();
        for index in earlier {
            if let Some(old) = families.get_mut(index).and_then(Option::take) {
                merged.children.extend(old.children);
                merged.guardians.extend(old.guardians);
            }
        }
        for guardian in receiving {
            if !merged.guardians.contains(&(guardian, *child)) {
                merged.guardians.push((guardian, *child));
            }
        }
        for (guardian, _) in &merged.guardians {
            family_of.insert(*guardian, families.len());
        }
        families.push(Some(merged));
    }
    result.families = families.into_iter().flatten().collect();
    Ok(result)
}

fn children_of(facts: &Facts, targets: &[Target]) -> Result<BTreeSet<Id<Child>>, Stop> {
    let found = Facts::each(targets, |target| match target {
        Target::Place(place) => {
            let children = facts.list::<Child>(List::ChildrenIn(*place), limits::ROWS_PER_LIST)?;
            Ok(children.iter().map(|child| child.id).collect())
        }
        Target::Child(child) => Ok(vec![facts.get(*child)?.id]),
    })?;
    Ok(found.into_iter().flatten().collect())
}
