//! Who belongs to the audience of a notice that is for more, or less, than one place.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Change, Child, Feed, Id, Link, Notice, Person, Place, Right, derived};

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
