//! The rows a decision has been given so far.

use std::{collections::HashMap, sync::Arc};

use jiff::{Timestamp, civil::Date};
use uuid::Uuid;

use crate::{Change, Id, Kind, List, Noun, Refusal, Row, School};

/// What a decision still has to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// One row.
    Row(Kind, Uuid),
    /// The first `limit` rows of a list, in its order.
    List(List, u32),
}

/// Why a decision stopped before it came to changes.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// Load these and ask again. A decision names as many as it can see.
    Needs(Vec<Key>),
    /// The school says no.
    Refused(Refusal),
    /// A replica cannot know; only the server can.
    Unknown,
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// What a decision comes to: changes, in this order, or why there are none.
pub type Decision = Result<Vec<Change>, Stop>;

/// Each round loads at least one key; real rules end in three or four.
const ROUNDS: usize = 64;

/// Rows and lists loaded for one decision, at one moment.
///
/// What has not been loaded is asked for by [`Stop::Needs`]; what was loaded and is not there is *absent* on a
/// server, and *unknown* on a replica, which holds only what its person may see.
#[derive(Clone, Debug)]
pub struct Facts {
    school: Id<School>,
    now: Timestamp,
    complete: bool,
    rows: HashMap<Uuid, Option<Arc<Row>>>,
    lists: HashMap<List, (u32, Vec<Arc<Row>>)>,
}

impl Facts {
    /// Facts on a server, where what is absent does not exist.
    #[must_use]
    pub fn on_server(school: Id<School>, now: Timestamp) -> Self {
        Self { school, now, complete: true, rows: HashMap::new(), lists: HashMap::new() }
    }

    /// Facts on a replica, where what is absent may exist elsewhere.
    #[must_use]
    pub fn on_replica(school: Id<School>, now: Timestamp) -> Self {
        Self { complete: false, ..Self::on_server(school, now) }
    }

    /// The instant the decision is made at.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Asks a rule until it needs nothing more; `load` answers what it lacks.
    ///
    /// Within, how the rule ended: [`Stop::Needs`] only where it asks in circles.
    ///
    /// # Errors
    /// What `load` fails with.
    pub fn settle<R, E>(
        mut self,
        mut rule: impl FnMut(&Self) -> Result<R, Stop>,
        mut load: impl FnMut(&[Key], &mut Self) -> Result<(), E>,
    ) -> Result<Result<R, Stop>, E> {
        for _ in 0..ROUNDS {
            match rule(&self) {
                Err(Stop::Needs(keys)) => load(&keys, &mut self)?,
                end => return Ok(end),
            }
        }
        Ok(rule(&self))
    }

    /// Answers [`Key::Row`].
    pub fn add_row(&mut self, id: Uuid, row: Option<Arc<Row>>) {
        self.rows.insert(id, row);
    }

    /// Answers [`Key::List`]. The rows of the list need not be asked for one by one afterwards.
    pub fn add_list(&mut self, list: List, limit: u32, rows: Vec<Arc<Row>>) {
        for row in &rows {
            self.rows.insert(row.id(), Some(Arc::clone(row)));
        }
        self.lists.insert(list, (limit, rows));
    }

    /// The same for somebody who may not know of these rows: they are as good as not there.
    #[must_use]
    pub fn without(&self, hidden: &[Uuid]) -> Self {
        let mut facts = self.clone();
        facts.rows.extend(hidden.iter().map(|id| (*id, None)));
        for (_, rows) in facts.lists.values_mut() {
            rows.retain(|row| !hidden.contains(&row.id()));
        }
        facts
    }

    /// A row that may be there or not.
    ///
    /// # Errors
    /// [`Stop::Needs`] until it was loaded.
    pub fn find<T: Noun>(&self, id: Id<T>) -> Result<Option<&T>, Stop> {
        match self.rows.get(&id.uuid()) {
            None => Err(Stop::Needs(vec![Key::Row(T::KIND, id.uuid())])),
            Some(row) => Ok(row.as_deref().and_then(T::of)),
        }
    }

    /// Whether a device may not give this id to a new row: a row of any kind bears it, or it is one that is only ever
    /// derived ([`derived`](crate::derived)) and would meet the row it belongs to later.
    ///
    /// # Errors
    /// [`Stop::Needs`] until it was loaded.
    pub fn taken<T: Noun>(&self, id: Id<T>) -> Result<bool, Stop> {
        self.find(id)?;
        let derived = id.uuid().get_version() == Some(uuid::Version::Sha1);
        Ok(derived || self.rows.get(&id.uuid()).is_some_and(Option::is_some))
    }

    /// A row that must be there.
    ///
    /// # Errors
    /// [`Stop::Needs`] until it was loaded; if it is absent, [`Refusal::NotFound`] on a server and
    /// [`Stop::Unknown`] on a replica.
    pub fn get<T: Noun>(&self, id: Id<T>) -> Result<&T, Stop> {
        self.find(id)?.ok_or_else(|| self.missing(T::KIND))
    }

    /// The first `limit` rows of a list, those of type `T`.
    ///
    /// # Errors
    /// [`Stop::Needs`] until it was loaded to that length.
    pub fn list<T: Noun>(&self, list: List, limit: u32) -> Result<Vec<&T>, Stop> {
        match self.lists.get(&list) {
            Some((loaded, rows)) if *loaded >= limit => {
                Ok(rows.iter().filter_map(|row| T::of(row)).collect())
            }
            _ => Err(Stop::Needs(vec![Key::List(list, limit)])),
        }
    }

    /// Runs a lookup for each item and collects what *all* of them need, so that a store is asked once.
    ///
    /// # Errors
    /// The first refusal, or every need together.
    pub fn each<I: IntoIterator, R>(
        items: I,
        mut look: impl FnMut(I::Item) -> Result<R, Stop>,
    ) -> Result<Vec<R>, Stop> {
        let (mut found, mut needs) = (Vec::new(), Vec::new());
        for item in items {
            match look(item) {
                Ok(row) => found.push(row),
                Err(Stop::Needs(keys)) => needs.extend(keys),
                Err(stop) => return Err(stop),
            }
        }
        if needs.is_empty() { Ok(found) } else { Err(Stop::Needs(needs)) }
    }

    /// What absence means here.
    #[must_use]
    pub fn missing(&self, kind: Kind) -> Stop {
        if self.complete { Refusal::NotFound { what: kind.name().into() }.into() } else { Stop::Unknown }
    }

    /// Whether absence is proof.
    #[must_use]
    pub fn complete(&self) -> bool {
        self.complete
    }

    /// Whether a moment is past for certain: by the school's clock, since a device's may say anything, and must refuse nothing by
    /// it that a better clock would let through.
    #[must_use]
    pub fn past(&self, at: Timestamp) -> bool {
        self.complete && at <= self.now
    }

    /// The school and its settings.
    ///
    /// # Errors
    /// As [`Facts::get`].
    pub fn school(&self) -> Result<&School, Stop> {
        self.get(self.school)
    }

    /// The school's calendar day.
    ///
    /// # Errors
    /// As [`Facts::get`].
    pub fn today(&self) -> Result<Date, Stop> {
        Ok(self.school()?.day(self.now))
    }
}
