//! The family: a guardian's own children, each with the link that opens it.

use xinmei_model::{Child, Hat, Id, Link, List, Right};

use super::reading::Reading;
use crate::api::{Fault, profile::ChildName};

/// A guardian's own child.
pub(crate) struct Own {
    /// The child.
    pub(crate) child: Child,
    /// What opens it.
    pub(crate) link: Link,
    /// Its name.
    pub(crate) name: ChildName,
    /// The guardian may decide today.
    pub(crate) decides: bool,
}

/// A guardian's children, the eldest first.
pub(crate) struct Family(Vec<Own>);

impl Family {
    /// The children of whoever sits here, whatever the hat.
    pub(crate) fn load(reading: &Reading<'_>) -> Result<Self, Fault> {
        let links: Vec<Link> = reading.snapshot.list(List::LinksBy(reading.me))?;
        let mut children = Vec::new();
        for link in links.into_iter().filter(|link| link.counts(reading.day)) {
            let Some(child) = reading.snapshot.get(link.child)? else { continue };
            let name = reading.child_name(&child)?;
            let decides = link.allows(Right::Decide, reading.day);
            children.push(Own { child, link, name, decides });
        }
        children.sort_by(|a, b| {
            let eldest = |own: &Own| own.name.class.as_ref().and_then(|class| class.grade);
            eldest(b).cmp(&eldest(a)).then_with(|| a.child.number.cmp(&b.child.number))
        });
        Ok(Self(children))
    }

    /// The children the hat is for: none in a staff hat.
    pub(crate) fn of_hat(reading: &Reading<'_>) -> Result<Self, Fault> {
        match reading.hat {
            Hat::Guardian => Self::load(reading),
            Hat::Staff { .. } => Ok(Self(Vec::new())),
        }
    }

    /// The children.
    pub(crate) fn children(&self) -> &[Own] {
        &self.0
    }

    /// Names of those among `ids`, in the family's order.
    pub(crate) fn names_of(&self, ids: &[Id<Child>]) -> Vec<ChildName> {
        self.names(|own| ids.contains(&own.child.id))
    }

    /// Names of those that `which` picks, in the family's order.
    pub(crate) fn names(&self, which: impl Fn(&Own) -> bool) -> Vec<ChildName> {
        self.0.iter().filter(|own| which(own)).map(|own| own.name.clone()).collect()
    }

    /// Where a child stands in the family's order.
    pub(crate) fn position(&self, name: Option<&ChildName>) -> usize {
        let at = |name: &ChildName| self.0.iter().position(|own| own.child.id == name.id);
        name.and_then(at).unwrap_or(usize::MAX)
    }
}
