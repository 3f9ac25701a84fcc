//! 请您来: a teacher asks the family of one child to book a meeting. The family sees it as something to do until it has one.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Child, Conference, ConferenceKind, Facts, Feed, Id, Kind, Person, Power, Refusal, Right,
    Role, Stop, derived, facts::Decision, limits, limits::check_text, rights,
};

/// One teacher asks for one child's family. For those who are told of the child, and for the teacher.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PleaseCome {
    /// Follows from conference, teacher and child.
    pub id: Id<PleaseCome>,
    /// To which conference.
    pub conference: Id<Conference>,
    /// Whose family.
    pub child: Id<Child>,
    /// The child's name.
    pub child_name: String,
    /// In which hat.
    pub role: Id<Role>,
    /// Who asks.
    pub person: Id<Person>,
    /// That person's name.
    pub person_name: String,
    /// For the family to read; may be empty.
    pub words: String,
    /// Since when.
    pub at: Timestamp,
    /// It was taken back.
    pub ended: bool,
}

/// Asks for the family of one child, or takes that back.
pub(crate) fn please_come(
    facts: &Facts,
    actor: &Actor,
    (conference, child): (Id<Conference>, Id<Child>),
    words: &str,
    ends: bool,
) -> Decision {
    let conference = facts.get(conference)?;
    // A child out of reach and one that does not exist are refused alike.
    let path = match facts.find(child)? {
        Some(child) => child.path.as_slice(),
        None if facts.complete() => &[],
        None => return Err(Stop::Unknown),
    };
    rights::require_power(facts, actor, Power::Converse, path)?;
    let role = rights::role_worn(facts, actor)?.ok_or(Refusal::NoPower { power: Power::Converse })?;
    check_text("words", words, 0, limits::NOTE_CHARS)?;
    if conference.is_cancelled() {
        return Err(Refusal::EventNotOpen.into());
    }
    if conference.kind == ConferenceKind::Guidance && !path.contains(&conference.place) {
        return Err(Refusal::NotEligible.into());
    }
    let child = facts.get(child)?;
    let id = PleaseCome::id_of(conference.id, role.person, child.id);
    if ends && facts.find(id)?.is_none_or(|asked| asked.ended) {
        return Err(facts.missing(Kind::PleaseCome));
    }
    let asked = PleaseCome {
        id,
        conference: conference.id,
        child: child.id,
        child_name: child.name.clone(),
        role: role.id,
        person: role.person,
        person_name: role.person_name.clone(),
        words: words.trim().to_owned(),
        at: facts.now(),
        ended: ends,
    };
    let desk = (conference.kind == ConferenceKind::ConferenceDay).then_some(Feed::Desk(conference.id.uuid()));
    let told = [Feed::ChildRight(child.id, Right::Messages), Feed::Inbox(role.id.uuid())];
    Ok(vec![Change::put(asked, told.into_iter().chain(desk).collect::<Vec<_>>())])
}

impl PleaseCome {
    /// The one row of a teacher who asks for a child in a conference.
    #[must_use]
    pub fn id_of(conference: Id<Conference>, person: Id<Person>, child: Id<Child>) -> Id<Self> {
        let pair = derived::<Self>("asks", person.uuid(), child.uuid());
        derived("please-come", conference.uuid(), pair.uuid())
    }
}
