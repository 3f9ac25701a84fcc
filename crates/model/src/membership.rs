//! Who belongs to the audience of a notice that is for more, or less, than one place.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    Change, Child, Decision, Facts, Feed, Id, Link, List, Notice, Person, Place, Right, derived, limits,
};

/// That a person belongs to the audience of one notice, because of one child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    /// Follows from notice, person and child.
    pub id: Id<Membership>,
    /// Whose audience.
    pub notice: Id<Notice>,
    /// Who.
    pub person: Id<Person>,
    /// Because of whom.
    pub child: Id<Child>,
}

pub(crate) fn membership_id(notice: Id<Notice>, person: Id<Person>, child: Id<Child>) -> Id<Membership> {
    derived(&format!("membership/{notice}"), person.uuid(), child.uuid())
}

pub(crate) fn membership(
    notice: Id<Notice>,
    person: Id<Person>,
    child: Id<Child>,
    author: Option<Id<Person>>,
) -> Change {
    let id = membership_id(notice, person, child);
    // In the person's own feed, so that every device of theirs is told to ask for the audience.
    let feeds = [Feed::Person(person)].into_iter().chain(author.map(Feed::Author));
    Change::put(Membership { id, notice, person, child }, feeds.collect::<Vec<_>>())
}

/// What is still open of what the other guardians of a child were told: for one who is given the right to messages now.
pub(crate) fn catch_up(facts: &Facts, link: &Link) -> Decision {
    let links = facts.list::<Link>(List::LinksOf(link.child), limits::ROWS_PER_LIST)?;
    let others = links.into_iter().filter(|other| other.guardian != link.guardian);
    let told = Facts::each(others, |other| {
        facts.list::<Membership>(List::MembershipsOf(other.guardian), limits::ROWS_PER_LIST)
    })?;
    let told: BTreeSet<_> =
        told.into_iter().flatten().filter(|one| one.child == link.child).map(|one| one.notice).collect();
    let notices = Facts::each(told, |notice| facts.find(notice))?;
    // Who signed up is told of it by a right of its own.
    let open = notices.into_iter().flatten().filter(|notice| {
        notice.is_sent() && !notice.audience.takes_part() && notice.concerns(None, facts.now())
    });
    Ok(open.map(|notice| membership(notice.id, link.guardian, link.child, None)).collect())
}

/// What a notice needs so that a family keeps it whose child goes from the place it was sent to: a family keeps what
/// was addressed to it. Of `left` are the places the child is no longer in.
#[must_use]
pub fn keep_for(notice: &Notice, left: &[Id<Place>], links: &[Link], day: Date) -> Vec<Change> {
    if !notice.is_sent() || !notice.stands_at().iter().any(|place| left.contains(place)) {
        return Vec::new();
    }
    let reading = links.iter().filter(|link| link.allows(Right::Messages, day));
    reading.map(|link| membership(notice.id, link.guardian, link.child, None)).collect()
}
