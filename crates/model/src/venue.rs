//! 场地: a room or a yard that takes so many people. Events and their sessions are held in it; the words families read stay
//! those of the event, so that a venue that is renamed or dropped rewrites no past.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Decision, Facts, Feed, Id, Kind, Level, List, Person, Place, Power, Refusal, Stop, limits,
    limits::check_text, rights,
};

/// A venue as its keeper writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct VenueDraft {
    /// The campus it is on, or the school. A venue does not move: one that did is another.
    pub place: Id<Place>,
    /// 校史馆; up to [`limits::VENUE_NAME_CHARS`].
    pub name: String,
    /// How to get there, for families: 三楼东侧. Up to [`limits::VENUE_WHERE_CHARS`]; may be empty.
    pub location: String,
    /// People it takes at one time; up to [`limits::VENUE_PEOPLE`].
    pub capacity: u32,
    /// What else to know, for families: 轮椅可到. Up to [`limits::NOTE_CHARS`]; may be empty.
    pub note: String,
}

/// A wish to keep a venue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VenuePut {
    /// Which; made by the keeper's device for a new one.
    pub venue: Id<Venue>,
    /// What it is.
    pub draft: VenueDraft,
}

/// A wish to let nothing new be held in a venue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VenueDrop {
    /// Which.
    pub venue: Id<Venue>,
}

/// What a venue was called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct VenueName {
    /// The name it had.
    pub name: String,
    /// When it got another.
    pub at: Timestamp,
}

/// A venue. Public: families read where to go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Venue {
    /// Identity.
    pub id: Id<Venue>,
    /// Its place and everything above it.
    pub held_at: Vec<Id<Place>>,
    /// What it is.
    #[serde(flatten)]
    pub draft: VenueDraft,
    /// Who kept it last.
    pub by: Id<Person>,
    /// When.
    pub at: Timestamp,
    /// It is not used any more.
    #[serde(default)]
    pub dropped: bool,
    /// What it was called before, the last of it last; at most [`limits::CHANGES_KEPT`].
    #[serde(default)]
    pub names: Vec<VenueName>,
}

impl VenueDraft {
    /// Refuses what nobody could be sent to.
    fn check(&self) -> Result<(), Stop> {
        check_text("name", &self.name, 1, limits::VENUE_NAME_CHARS)?;
        check_text("location", &self.location, 0, limits::VENUE_WHERE_CHARS)?;
        check_text("note", &self.note, 0, limits::NOTE_CHARS)?;
        if self.capacity == 0 {
            return Err(Refusal::Malformed { field: "capacity".into() }.into());
        }
        if self.capacity > limits::VENUE_PEOPLE {
            return Err(Refusal::TooMany { field: "capacity".into(), limit: limits::VENUE_PEOPLE }.into());
        }
        Ok(())
    }

    /// As it is kept: texts without blanks around them.
    fn tidy(&self) -> Self {
        let [name, location, note] = [&self.name, &self.location, &self.note].map(|it| it.trim().to_owned());
        Self { name, location, note, ..*self }
    }
}

impl Place {
    /// Whether venues can be there: a campus, or the school.
    #[must_use]
    pub fn is_ground(&self) -> bool {
        matches!(self.level, Level::School | Level::Campus)
    }
}

/// Who keeps a venue: whoever plans events at its place.
fn require_keeper(facts: &Facts, actor: &Actor, path: &[Id<Place>]) -> Result<Id<Person>, Stop> {
    let power = Power::ManageEvents;
    rights::require_power(facts, actor, power, path)?;
    actor.person().ok_or_else(|| Refusal::NoPower { power }.into())
}

/// Keeps a venue: a new one, one that is there as it reads now, or one that was dropped and is used again.
pub(crate) fn put(facts: &Facts, actor: &Actor, id: Id<Venue>, draft: &VenueDraft) -> Decision {
    let place = facts.get(draft.place)?;
    let by = require_keeper(facts, actor, &place.path)?;
    draft.check()?;
    let draft = draft.tidy();
    let mut names = Vec::new();
    let before = facts.find(id)?;
    if let Some(before) = before {
        if before.draft.place != draft.place {
            return Err(Refusal::Malformed { field: "place".into() }.into());
        }
        if !before.dropped && before.draft == draft {
            return Ok(Vec::new());
        }
        names.clone_from(&before.names);
        if before.draft.name != draft.name {
            names.push(VenueName { name: before.draft.name.clone(), at: facts.now() });
            let old = names.len().saturating_sub(limits::CHANGES_KEPT);
            names.drain(..old);
        }
    } else {
        if facts.taken(id)? {
            return Err(Refusal::Malformed { field: "id".into() }.into());
        }
        if !place.is_ground() {
            return Err(Refusal::Malformed { field: "place".into() }.into());
        }
    }
    if before.is_none_or(|before| before.dropped) {
        let kept = facts.list::<Venue>(List::All(Kind::Venue), limits::ROWS_PER_LIST)?;
        if kept.len() >= limits::VENUES {
            let limit = u32::try_from(limits::VENUES).unwrap_or(u32::MAX);
            return Err(Refusal::TooMany { field: "venues".into(), limit }.into());
        }
    }
    let (held_at, at) = (place.path.clone(), facts.now());
    let venue = Venue { id, held_at, draft, by, at, dropped: false, names };
    Ok(vec![Change::put(venue, [Feed::School])])
}

/// Lets nothing new be held in a venue. What is held there stays, with its words; the row stays too, so that whoever
/// reads of it later still knows what it was.
pub(crate) fn drop(facts: &Facts, actor: &Actor, id: Id<Venue>) -> Decision {
    let venue = facts.get(id)?;
    let by = require_keeper(facts, actor, &venue.held_at)?;
    if venue.dropped {
        return Err(facts.missing(Kind::Venue));
    }
    let (at, dropped) = (facts.now(), true);
    Ok(vec![Change::put(Venue { by, at, dropped, ..venue.clone() }, [Feed::School])])
}
