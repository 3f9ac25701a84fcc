//! What a family received, and because of which of its children.

use std::collections::HashMap;

use jiff::Timestamp;
use xinmei_model::{Child, Id, List, Membership, Notice, Person, Recall, Right};

use crate::{
    api::{Fault, profile::ChildName},
    view::{
        family::{Family, Own},
        reading::Reading,
    },
};

/// A family and what makes a notice one of its own.
pub(crate) struct Received {
    /// The family.
    pub(crate) family: Family,
    /// Audiences of their own that this guardian belongs to, with the children they rest on.
    members: HashMap<Id<Notice>, Vec<Id<Child>>>,
    joined: Option<Timestamp>,
}

impl Received {
    pub(crate) fn load(reading: &Reading<'_>, family: Family) -> Result<Self, Fault> {
        let mut members: HashMap<_, Vec<_>> = HashMap::new();
        let rows: Vec<Membership> = reading.snapshot.list(List::MembershipsOf(reading.me))?;
        for row in rows {
            members.entry(row.notice).or_default().push(row.child);
        }
        let me: Option<Person> = reading.snapshot.get(reading.me)?;
        Ok(Self { family, members, joined: me.and_then(|person| person.joined) })
    }

    /// The family's children a sent notice is for; none where it is not the family's, or of the time before it joined.
    pub(crate) fn addressed(&self, reading: &Reading<'_>, notice: &Notice) -> Vec<&Own> {
        if !notice.is_sent() || !notice.concerns(self.joined, reading.now) {
            return Vec::new();
        }
        let places = notice.stands_at();
        let members = self.members.get(&notice.id);
        let is_for = |own: &&Own| {
            let there = own.child.path.iter().any(|place| places.contains(place));
            // What was sent to a class the child has left stays, by a membership of its own.
            there && own.link.allows(Right::Messages, reading.day)
                || members.is_some_and(|children| children.contains(&own.child.id))
        };
        self.family.children().iter().filter(is_for).collect()
    }

    /// The family's children a notice was for that was taken back since; none where it was of the time before it joined.
    pub(crate) fn recalled(&self, reading: &Reading<'_>, recall: &Recall) -> Vec<ChildName> {
        if !recall.concerns(self.joined) {
            return Vec::new();
        }
        let members = self.members.get(&recall.notice);
        let was_for = |own: &&Own| {
            recall.stood_on(&own.child.path) && own.link.allows(Right::Messages, reading.day)
                || members.is_some_and(|children| children.contains(&own.child.id))
        };
        self.family.children().iter().filter(was_for).map(|own| own.name.clone()).collect()
    }

    /// As [`Received::addressed`], by name.
    pub(crate) fn children(&self, reading: &Reading<'_>, notice: &Notice) -> Vec<ChildName> {
        self.addressed(reading, notice).into_iter().map(|own| own.name.clone()).collect()
    }
}
