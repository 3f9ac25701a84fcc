//! 收回: an author takes a notice back, or puts a new version in its place. What it said leaves every device; that it was there and
//! does not hold does not.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Audience, Change, Facts, Feed, Id, Kind, Notice, NoticeState, Person, Place, Target, child_file,
    derived, facts::Decision, limits, limits::check_text,
};

/// The trace of a notice that was taken back or replaced after it had gone out: whoever read it learns that it does not
/// hold. It says nothing of what the notice said, which may be why it was taken back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recall {
    /// Follows from the notice.
    pub id: Id<Recall>,
    /// Which notice.
    pub notice: Id<Notice>,
    /// Who wrote it, and took it back.
    pub author: Id<Person>,
    /// The author's name.
    pub author_name: String,
    /// The hat it was written in: 班主任.
    pub author_title: String,
    /// The places it was addressed to, and those left out; of single families nothing.
    pub audience: Audience,
    /// Families were told by the feeds of these places, and nobody was left out; else by a membership each.
    pub by_place: bool,
    /// By when it asked for something.
    pub due: Option<Zoned>,
    /// When it had gone out.
    pub sent: Timestamp,
    /// The version that holds instead, where it was replaced: for those whom it is for.
    #[serde(default)]
    pub replaced: Option<Id<Notice>>,
    /// When it was taken back.
    pub at: Timestamp,
    /// Why, or what holds instead, in the author's words; may be empty.
    pub words: String,
}

impl Recall {
    /// Where it is kept.
    #[must_use]
    pub fn of(notice: Id<Notice>) -> Id<Self> {
        derived("recall", notice.uuid(), notice.uuid())
    }

    /// Whether somebody who joined the school at `joined` had the notice: by [`Notice::concerns`] one that came before it
    /// was taken back was told of a duty that was still open.
    #[must_use]
    pub fn concerns(&self, joined: Option<Timestamp>) -> bool {
        let open = |joined| self.due.as_ref().is_some_and(|due| due.timestamp() > joined);
        joined.is_some_and(|joined| joined <= self.sent || joined <= self.at && open(joined))
    }

    /// Whether the staff of a place with this path had it.
    #[must_use]
    pub fn was_heard_at(&self, path: &[Id<Place>]) -> bool {
        self.audience.tells(path)
    }

    /// Whether the families of a place with this path had it by the feeds of places.
    #[must_use]
    pub fn stood_on(&self, path: &[Id<Place>]) -> bool {
        self.by_place && self.audience.tells(path)
    }

    /// Puts the trace of a notice where the notice was; nowhere, where it had not gone out.
    pub(crate) fn trace(
        notice: &Notice,
        at: Timestamp,
        words: &str,
        replaced: Option<Id<Notice>>,
    ) -> Option<Change> {
        let NoticeState::Sent { at: sent } = notice.state else { return None };
        // Its author keeps the notice itself.
        let feeds: Vec<_> =
            notice.feeds_when_sent().into_iter().filter(|feed| !matches!(feed, Feed::Author(_))).collect();
        let recall = Self {
            id: Self::of(notice.id),
            notice: notice.id,
            author: notice.author,
            author_name: notice.author_name.clone(),
            author_title: notice.author_title.clone(),
            audience: places_of(&notice.audience),
            by_place: !notice.stands_at().is_empty(),
            due: notice.due.clone(),
            sent,
            replaced,
            at,
            words: words.to_owned(),
        };
        Some(Change::put(recall, feeds))
    }
}

fn places_of(audience: &Audience) -> Audience {
    let places = |targets: &[Target]| targets.iter().filter(|one| one.place().is_some()).copied().collect();
    Audience { include: places(&audience.include), except: places(&audience.except) }
}

/// Takes a notice back; with words for the families where they have it.
pub(crate) fn recall(facts: &Facts, actor: &Actor, id: Id<Notice>, words: &str) -> Decision {
    check_text("words", words, 0, limits::NOTE_CHARS)?;
    let notice = facts.get(id)?;
    if !matches!(actor, Actor::Person { person, .. } if *person == notice.author) {
        return Err(facts.missing(Kind::Notice));
    }
    notice.still_there()?;
    let (at, words) = (facts.now(), words.trim());
    let mut changes = child_file::take_back(facts, notice)?;
    let trace = Recall::trace(notice, at, words, None);
    // Of one that had not gone out nobody asks why.
    let told = if trace.is_some() { words } else { "" };
    changes.extend(trace);
    let state = NoticeState::Recalled { at, words: told.to_owned() };
    changes.push(Change::put(Notice { state, ..notice.clone() }, [Feed::Author(notice.author)]));
    Ok(changes)
}
