//! Who acts: a person in one of their hats, or the school's own clock.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Facts, Id, Person, Role, Stop};

/// The hat a person acts in. Every act names its hat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Hat {
    /// For one's own children.
    Guardian,
    /// In a role.
    Staff {
        /// Which one.
        role: Id<Role>,
    },
}

/// Who acts: a person in a hat, or the school's own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in person.
    Person {
        /// Who.
        person: Id<Person>,
        /// In which hat.
        hat: Hat,
    },
    /// Time.
    Clock,
}

impl Actor {
    /// Who, if it is a person.
    pub(crate) fn person(&self) -> Option<Id<Person>> {
        match self {
            Self::Person { person, .. } => Some(*person),
            _ => None,
        }
    }

    /// The name of who acts as staff: 张晓梅.
    pub(crate) fn staff_name(&self, facts: &Facts) -> Result<Option<String>, Stop> {
        match self {
            Self::Person { hat: Hat::Staff { role }, .. } => Ok(Some(facts.get(*role)?.person_name.clone())),
            _ => Ok(None),
        }
    }

    /// What to record where staff act for somebody else.
    pub(crate) fn entered(&self, facts: &Facts, proxy: Option<&Proxy>) -> Result<Option<Entered>, Stop> {
        let Some(proxy) = proxy else { return Ok(None) };
        let by = self.staff_name(facts)?;
        Ok(by.map(|by| Entered { by, note: proxy.note.trim().to_owned() }))
    }
}

/// 代办: staff act for somebody who phoned or wrote on paper. The same rules apply, and that person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Proxy {
    /// Whom for.
    pub person: Id<Person>,
    /// In the words of who enters it, 妈妈来电; up to [`limits::NOTE_CHARS`].
    pub note: String,
}

impl Proxy {
    /// For somebody, who told it in this way.
    pub fn new(person: Id<Person>, note: impl Into<String>) -> Self {
        Self { person, note: note.into() }
    }
}

/// 代办, as it is recorded and as the family sees it: 张晓梅老师代办，妈妈来电.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct Entered {
    /// The member of staff who entered what the row says now.
    pub by: String,
    /// In their words; may be empty.
    pub note: String,
}
