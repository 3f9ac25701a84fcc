//! The address at which a person's own calendar program reads what they have booked. Whoever has it reads along: it holds a
//! secret that is made on the person's device, and of which the school keeps no more than the SHA-256.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Facts, Feed, FileHash, Id, Kind, List, Person, Refusal, derived, facts::Decision,
};

/// A person's address. There is one: making it anew ends the one before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarLink {
    /// Follows from the person.
    pub id: Id<CalendarLink>,
    /// Whose.
    pub person: Id<Person>,
    /// What the 32 bytes of the secret hash to.
    pub secret_sha256: FileHash,
    /// When.
    pub made: Timestamp,
    /// When the person ended it; the address leads nowhere from then on.
    pub ended: Option<Timestamp>,
}

impl CalendarLink {
    /// Where a person's is kept.
    #[must_use]
    pub fn of(person: Id<Person>) -> Id<Self> {
        derived("calendar-link", person.uuid(), person.uuid())
    }
}

/// Makes the address of whoever acts, in the place of an earlier one. It is nobody else's business: it stands in their own
/// feed.
pub(crate) fn make(facts: &Facts, actor: &Actor, secret_sha256: FileHash) -> Decision {
    let person = actor.person().ok_or_else(|| facts.missing(Kind::Person))?;
    let (id, made) = (CalendarLink::of(person), facts.now());
    // Of two with one secret neither address would lead anywhere.
    let taken = facts.list::<CalendarLink>(List::CalendarLinkWith(secret_sha256), 2)?;
    if taken.iter().any(|link| link.id != id) {
        return Err(Refusal::Malformed { field: "secret_sha256".into() }.into());
    }
    let link = CalendarLink { id, person, secret_sha256, made, ended: None };
    Ok(vec![Change::put(link, [Feed::Person(person)])])
}

/// Ends the address of whoever acts.
pub(crate) fn end(facts: &Facts, actor: &Actor) -> Decision {
    let person = actor.person().ok_or_else(|| facts.missing(Kind::Person))?;
    facts.get(CalendarLink::of(person))?;
    end_calendar_link(facts, person)
}

/// Ends somebody's address, where there is one. It goes with their devices: whoever has one of them has the address.
///
/// # Errors
/// [`Stop::Needs`](crate::Stop::Needs) until the row was loaded.
pub fn end_calendar_link(facts: &Facts, person: Id<Person>) -> Decision {
    let link = facts.find(CalendarLink::of(person))?.filter(|link| link.ended.is_none());
    let ended = link.map(|link| CalendarLink { ended: Some(facts.now()), ..link.clone() });
    Ok(ended.into_iter().map(|link| Change::put(link, [Feed::Person(person)])).collect())
}
