//! That a family has seen a notice: what its author reads of those who did not have to answer, or have not yet.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Facts, Feed, Hat, Id, Kind, Link, List, Notice, Person, Right, derived, facts::Decision,
    limits,
};

/// That a guardian had a notice on the screen. It says nothing of whether it was understood: for that a notice asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Follows from notice and person.
    pub id: Id<Seen>,
    /// What.
    pub notice: Id<Notice>,
    /// Who.
    pub person: Id<Person>,
    /// When the school heard of it: later than it was, where there was no network.
    pub at: Timestamp,
}

impl Seen {
    /// Where it is kept.
    #[must_use]
    pub fn of(notice: Id<Notice>, person: Id<Person>) -> Id<Self> {
        derived("seen", notice.uuid(), person.uuid())
    }
}

/// A guardian saw a notice, once and for all their children. Its author reads it, and the class where that reads along.
pub(crate) fn mark(facts: &Facts, actor: &Actor, id: Id<Notice>) -> Decision {
    let Actor::Person { person, hat: Hat::Guardian } = actor else { return Err(facts.missing(Kind::Notice)) };
    let notice = facts.get(id)?;
    if !notice.is_sent() {
        return Err(facts.missing(Kind::Notice));
    }
    let today = facts.today()?;
    let links = facts.list::<Link>(List::LinksBy(*person), limits::ROWS_PER_LIST)?;
    let links: Vec<_> = links.into_iter().filter(|link| link.allows(Right::Messages, today)).collect();
    let children = Facts::each(&links, |link| facts.get(link.child))?;
    let told =
        Facts::each(&children, |child| Ok(!facts.complete() || notice.is_for(facts, *person, child.id)?))?;
    let told: Vec<_> =
        children.into_iter().zip(told).filter(|(_, told)| *told).map(|(child, _)| child).collect();
    if told.is_empty() {
        return Err(facts.missing(Kind::Notice));
    }
    let kept = Seen::of(id, *person);
    if facts.find(kept)?.is_some() {
        return Ok(Vec::new());
    }
    let classes = told.into_iter().filter(|child| notice.is_read_by_class(&child.path));
    let classes = classes.filter_map(|child| child.class().map(Feed::Answers));
    let feeds = [Feed::Person(*person), Feed::Author(notice.author)].into_iter().chain(classes);
    let seen = Seen { id: kept, notice: id, person: *person, at: facts.now() };
    Ok(vec![Change::put(seen, feeds.collect::<Vec<_>>())])
}
