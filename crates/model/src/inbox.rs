//! 教导处, 心理辅导: an inbox that several of the school read, each in the own hat, so that a question does not wait for one
//! person. Everybody at the school knows who reads it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Actor, Change, Child, Decision, Facts, Feed, Id, Kind, List, Place, Power, Refusal, Role, Stop, limits,
    limits::check_text, rights,
};

/// An inbox as whoever administers the school describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct InboxDraft {
    /// Of a new one, or of one that is there.
    pub id: Id<Inbox>,
    /// What it is called: up to [`limits::INBOX_NAME_CHARS`].
    pub name: String,
    /// What it is for: up to [`limits::NOTE_CHARS`]; may be empty.
    pub about: String,
    /// For whose families: those of this place and below it.
    pub place: Id<Place>,
    /// In which hats it is read: 1 to [`limits::INBOX_READERS`], each of which may talk with all these families.
    pub readers: Vec<Id<Role>>,
}

/// A shared inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbox {
    /// Identity.
    pub id: Id<Inbox>,
    /// 教导处
    pub name: String,
    /// What it is for; may be empty.
    pub about: String,
    /// For whose families.
    pub place: Id<Place>,
    /// In which hats it is read. One that is no longer worn reads nothing.
    pub readers: Vec<Id<Role>>,
    /// Nothing new is asked there; what is open goes on.
    #[serde(default)]
    pub closed: bool,
}

impl Inbox {
    /// Whether a family of this child may write there, as far as the inbox itself says.
    #[must_use]
    pub fn takes(&self, child: &Child) -> bool {
        !self.closed && child.path.contains(&self.place)
    }

    /// Who reads it today, of the hats given.
    pub fn read_by<'r>(
        &self,
        roles: impl IntoIterator<Item = &'r Role>,
        today: jiff::civil::Date,
    ) -> Vec<&'r Role> {
        let reads = |role: &&Role| role.holds(today) && self.readers.contains(&role.id);
        roles.into_iter().filter(reads).collect()
    }
}

/// Makes an inbox, or changes one.
pub(crate) fn keep(facts: &Facts, actor: &Actor, draft: &InboxDraft) -> Decision {
    check_text("name", &draft.name, 1, limits::INBOX_NAME_CHARS)?;
    check_text("about", &draft.about, 0, limits::NOTE_CHARS)?;
    administers(facts, actor, draft.place)?;
    if draft.readers.is_empty() {
        return Err(Refusal::Malformed { field: "readers".into() }.into());
    }
    if draft.readers.len() > limits::INBOX_READERS {
        let limit = u32::try_from(limits::INBOX_READERS).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "readers".into(), limit }.into());
    }
    let before = facts.find(draft.id)?;
    match before {
        // What it was for before is not everybody's to take over.
        Some(before) => administers(facts, actor, before.place)?,
        None if facts.taken(draft.id)? => return Err(Refusal::Malformed { field: "id".into() }.into()),
        None => {
            let all = facts.list::<Inbox>(List::All(Kind::Inbox), limits::ROWS_PER_LIST)?;
            if all.iter().filter(|inbox| !inbox.closed).count() >= limits::INBOXES {
                let limit = u32::try_from(limits::INBOXES).unwrap_or(u32::MAX);
                return Err(Refusal::TooMany { field: "inboxes".into(), limit }.into());
            }
        }
    }
    let today = facts.today()?;
    let path = facts.get(draft.place)?.path.as_slice();
    let may_read = |role: &Role| role.holds(today) && role.may(Power::Converse, path);
    let kept = |role| before.is_some_and(|before| before.readers.contains(&role));
    for (id, row) in Facts::each(&draft.readers, |role| facts.find(*role).map(|row| (*role, row)))? {
        // One that ended since it was named stands in nobody's way.
        if !kept(id) && !row.is_some_and(may_read) {
            return Err(facts.missing(Kind::Role));
        }
    }
    let mut readers = draft.readers.clone();
    let mut seen = std::collections::BTreeSet::new();
    readers.retain(|role| seen.insert(*role));
    Ok(vec![put(Inbox {
        id: draft.id,
        name: draft.name.trim().to_owned(),
        about: draft.about.trim().to_owned(),
        place: draft.place,
        readers,
        closed: false,
    })])
}

/// Nothing new is asked there from now on.
pub(crate) fn close(facts: &Facts, actor: &Actor, id: Id<Inbox>) -> Decision {
    let inbox = facts.get(id)?;
    administers(facts, actor, inbox.place)?;
    if inbox.closed {
        return Ok(Vec::new());
    }
    Ok(vec![put(Inbox { closed: true, ..inbox.clone() })])
}

/// An inbox that a family of this child may write to: open, for its class, and read by somebody today.
pub(crate) fn open_to<'f>(facts: &'f Facts, id: Id<Inbox>, child: &Child) -> Result<&'f Inbox, Stop> {
    let inbox = facts.find(id)?.filter(|inbox| inbox.takes(child));
    let inbox = inbox.ok_or_else(|| facts.missing(Kind::Inbox))?;
    let roles = Facts::each(&inbox.readers, |role| facts.find(*role))?;
    if inbox.read_by(roles.into_iter().flatten(), facts.today()?).is_empty() {
        return Err(facts.missing(Kind::Inbox));
    }
    Ok(inbox)
}

/// The inboxes a hat reads.
pub(crate) fn read_in(facts: &Facts, role: Id<Role>) -> Result<Vec<Id<Inbox>>, Stop> {
    let inboxes = facts.list::<Inbox>(List::InboxesOf(role), limits::ROWS_PER_LIST)?;
    Ok(inboxes.into_iter().map(|inbox| inbox.id).collect())
}

fn administers(facts: &Facts, actor: &Actor, place: Id<Place>) -> Result<(), Stop> {
    let path = facts.find(place)?.map(|place| place.path.as_slice()).unwrap_or_default();
    rights::require_power(facts, actor, Power::Administer, path)
}

fn put(inbox: Inbox) -> Change {
    Change::put(inbox, [Feed::School])
}
