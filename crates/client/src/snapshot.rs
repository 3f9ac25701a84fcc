//! The replica as it is read: confirmed rows with the hopes of the outbox folded in, at one moment.

use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;
use xinmei_model::{
    Facts, Feed, FileHash, Hat, Id, Key, Kind, Link, List, Mutation, MutationId, Noun, Person, Role, Row,
    School, Stop, Verdict, hats_of, limits,
};

use crate::{
    api::{Fault, sync::ItemState},
    fault::{broken, invalid},
    replica::{Enrolment, FileStand, HeldBefore, KeptChain, before, files, kept, meta, told},
};

/// One read transaction over the replica.
pub struct Snapshot<'c> {
    conn: &'c Connection,
    me: Enrolment,
    now: Timestamp,
}

/// An item of the outbox, as it is kept.
#[derive(Clone, Debug)]
pub struct OutboxEntry {
    /// Its number on this device; 1 is the first, 0 is none any more: it was parked.
    pub number: u64,
    /// The wish.
    pub mutation: Mutation,
    /// How it stands.
    pub state: ItemState,
    /// When it was composed, by this computer's clock.
    pub composed: Timestamp,
    /// How often it was tried; 0 may still be taken back.
    pub attempts: u32,
}

/// An item of the outbox that this version cannot read.
#[derive(Clone, Debug)]
pub struct Unreadable {
    /// Which.
    pub id: MutationId,
    /// As it is kept.
    pub text: String,
    /// How it stands.
    pub state: ItemState,
    /// When it was composed, by this computer's clock.
    pub composed: Timestamp,
}

/// The row as the newest hope has it. By the index alone: a gate that let in five thousand has as many hopes of its own row,
/// and each further one reads it.
pub(crate) const HOPED: &str = "SELECT kind, body FROM overlay WHERE row = ?1 ORDER BY number DESC LIMIT 1";

/// The row as the school has it.
const HELD: &str = "SELECT kind, body FROM row WHERE id = ?1";

/// A list in its order, each row once, as the newest hope has it.
const LIST: &str = "SELECT kind, body FROM (
    SELECT l.ord AS ord, l.row AS row, r.kind AS kind, r.body AS body
    FROM row_list l JOIN row r ON r.id = l.row
    WHERE l.list = ?1 AND NOT EXISTS (SELECT 1 FROM overlay o WHERE o.row = l.row)
    UNION ALL
    SELECT l.ord, l.row, o.kind, o.body
    FROM overlay_list l JOIN overlay o ON o.number = l.number AND o.row = l.row
    WHERE l.list = ?1 AND l.number = (SELECT max(n.number) FROM overlay n WHERE n.row = l.row)
)";

impl<'c> Snapshot<'c> {
    pub(crate) fn new(conn: &'c Connection, clock: Timestamp) -> Result<Self, Fault> {
        let me = Enrolment::load(conn)?.ok_or_else(|| invalid("profile"))?;
        let now = meta::school_time(conn, clock)?;
        Ok(Self { conn, me, now })
    }

    /// A row, hopes folded in.
    ///
    /// # Errors
    /// [`Fault::Broken`] if the store cannot be read.
    pub fn get<T: Noun + Clone>(&self, id: Id<T>) -> Result<Option<T>, Fault> {
        Ok(self.row(id.uuid())?.as_ref().and_then(T::of).cloned())
    }

    /// A row as the school has it, as far as this computer has heard: no hope is folded in.
    ///
    /// # Errors
    /// As [`Snapshot::get`].
    pub fn settled<T: Noun + Clone>(&self, id: Id<T>) -> Result<Option<T>, Fault> {
        let found: Option<(String, String)> = self
            .conn
            .prepare_cached(HELD)?
            .query_row([id.uuid().as_bytes().as_slice()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(found.and_then(|(kind, body)| parse(&kind, &body)).as_ref().and_then(T::of).cloned())
    }

    /// A list in its order, hopes folded in.
    ///
    /// # Errors
    /// As [`Snapshot::get`].
    pub fn list<T: Noun + Clone>(&self, list: List) -> Result<Vec<T>, Fault> {
        let rows = self.rows(list, false, limits::ROWS_PER_LIST)?;
        Ok(rows.iter().filter_map(T::of).cloned().collect())
    }

    /// The last `limit` rows of a list, the last first.
    ///
    /// # Errors
    /// As [`Snapshot::get`].
    pub fn list_desc<T: Noun + Clone>(&self, list: List, limit: u32) -> Result<Vec<T>, Fault> {
        let rows = self.rows(list, true, limit)?;
        Ok(rows.iter().filter_map(T::of).cloned().collect())
    }

    /// How the newest wish stands that this row shows, if it shows one.
    ///
    /// # Errors
    /// As [`Snapshot::get`].
    pub fn is_pending(&self, row: Uuid) -> Result<Option<ItemState>, Fault> {
        let found: Option<(u32, Option<String>)> = self
            .conn
            .prepare_cached(
                "SELECT o.attempts, o.verdict FROM overlay v JOIN outbox o ON o.number = v.number
                 WHERE v.row = ?1 ORDER BY v.number DESC LIMIT 1",
            )?
            .query_row([row.as_bytes().as_slice()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(found.map(|(attempts, verdict)| item_state(attempts, verdict.as_deref())))
    }

    /// How a file stands on this computer; `None` where nothing of it is here.
    ///
    /// # Errors
    /// As [`Snapshot::get`].
    pub fn file_stand(&self, hash: FileHash) -> Result<Option<FileStand>, Fault> {
        files::stand(self.conn, hash)
    }

    /// The outbox, oldest first, then what was parked; refused and parked items stay until they were seen. Items this
    /// version cannot read are in [`Snapshot::unreadable`].
    ///
    /// # Errors
    /// As [`Snapshot::get`].
    pub fn outbox(&self) -> Result<Vec<OutboxEntry>, Fault> {
        Ok(self.items()?.into_iter().filter_map(Result::ok).collect())
    }

    /// Items of the outbox that this version cannot read: a newer one wrote them, or the file was damaged. Nothing else
    /// waits for them.
    ///
    /// # Errors
    /// As [`Snapshot::get`].
    pub fn unreadable(&self) -> Result<Vec<Unreadable>, Fault> {
        Ok(self.items()?.into_iter().filter_map(Result::err).collect())
    }

    fn items(&self) -> Result<Vec<Result<OutboxEntry, Unreadable>>, Fault> {
        let mut select = self.conn.prepare_cached(
            "SELECT * FROM (
                 SELECT number, id, mutation, composed, attempts, verdict, NULL AS parked FROM outbox
                 UNION ALL SELECT 0, id, mutation, composed, 1, NULL, code FROM parked
             ) ORDER BY parked IS NOT NULL, number, composed",
        )?;
        let mut rows = select.query([])?;
        let mut items = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, text): (Vec<u8>, String) = (row.get(1)?, row.get(2)?);
            let composed = Timestamp::from_millisecond(row.get(3)?).unwrap_or_default();
            let (attempts, verdict, parked) = (row.get(4)?, row.get::<_, Option<String>>(5)?, row.get(6)?);
            let state = match parked {
                Some(code) => ItemState::Parked { code },
                None => item_state(attempts, verdict.as_deref()),
            };
            items.push(match serde_json::from_str(&text) {
                Ok(mutation) => Ok(OutboxEntry { number: row.get(0)?, mutation, state, composed, attempts }),
                Err(error) => {
                    tracing::warn!(%error, "an item of the outbox cannot be read");
                    let id = MutationId::new(Uuid::from_slice(&id).unwrap_or_default());
                    let waits = matches!(state, ItemState::Saved | ItemState::Sent);
                    Err(Unreadable {
                        id,
                        text,
                        state: if waits { ItemState::Unreadable } else { state },
                        composed,
                    })
                }
            });
        }
        Ok(items)
    }

    /// The school's time, as well as this computer knows it: its clock, corrected by the last answer.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The school, once it has arrived.
    ///
    /// # Errors
    /// As [`Snapshot::get`].
    pub fn school(&self) -> Result<Option<School>, Fault> {
        self.get(Id::new(self.me.school))
    }

    /// Who is sitting here.
    #[must_use]
    pub fn person(&self) -> Id<Person> {
        self.me.person
    }

    /// This device.
    #[must_use]
    pub fn device(&self) -> Uuid {
        self.me.device
    }

    /// The hat that is on: the one last put on while it is still worn, else the first of [`Snapshot::hats`].
    ///
    /// # Errors
    /// As [`Snapshot::get`].
    pub fn hat(&self) -> Result<Hat, Fault> {
        let hats = self.hats()?;
        if let Some(text) = meta::get(self.conn, "hat")?
            && let Ok(hat) = serde_json::from_str::<Hat>(&text)
            && hats.contains(&hat)
        {
            return Ok(hat);
        }
        // Until somebody chooses: a teacher who is a parent too begins as a teacher.
        Ok(hats.last().copied().unwrap_or(Hat::Guardian))
    }

    /// Every hat worn today, the guardian's first.
    ///
    /// # Errors
    /// As [`Snapshot::get`].
    pub fn hats(&self) -> Result<Vec<Hat>, Fault> {
        let Some(school) = self.school()? else { return Ok(Vec::new()) };
        let today = school.day(self.now);
        let links: Vec<Link> = self.list(List::LinksBy(self.me.person))?;
        let roles: Vec<Role> = self.list(List::RolesOf(self.me.person))?;
        Ok(hats_of(&links, &roles, today))
    }

    /// Whether rows are still on their way: lists say "arriving" instead of "empty".
    #[must_use]
    pub fn arriving(&self) -> bool {
        let arriving = self.conn.query_row(
            "SELECT EXISTS (SELECT 1 FROM feed WHERE arriving_to IS NOT NULL)
                 OR NOT EXISTS (SELECT 1 FROM meta WHERE key = 'settled')",
            [],
            |row| row.get(0),
        );
        arriving.unwrap_or(true)
    }

    /// The last time the school answered, by the school's clock.
    #[must_use]
    pub fn contact(&self) -> Option<Timestamp> {
        meta::get(self.conn, "contact").ok().flatten()?.parse().ok()
    }

    /// Whether something that came about at `at` and stands in this row is news here, and not of the past.
    pub(crate) fn is_news(&self, row: Uuid, at: Timestamp) -> Result<bool, Fault> {
        told::is_news(self.conn, row, at, self.contact().unwrap_or(self.now))
    }

    /// Whether this computer has told it.
    pub(crate) fn is_told(&self, key: &str) -> Result<bool, Fault> {
        told::is_told(self.conn, key)
    }

    /// A fact this computer keeps about itself.
    pub(crate) fn fact(&self, key: &str) -> Result<Option<String>, Fault> {
        meta::get(self.conn, key)
    }

    /// What was kept of the chain of hours.
    pub(crate) fn kept_chain(&self) -> Result<KeptChain, Fault> {
        kept::load(self.conn)
    }

    /// What was kept of it, from before the school was restored from a backup too.
    pub(crate) fn kept_of_every_life(&self) -> Result<KeptChain, Fault> {
        kept::load_all(self.conn)
    }

    /// One's own hours as they stood before it was.
    pub(crate) fn hours_before(&self) -> Result<Vec<HeldBefore>, Fault> {
        before::load(self.conn)
    }

    /// The school's Ed25519 public key, base64url.
    pub(crate) fn school_key(&self) -> &str {
        &self.me.school_key
    }

    /// The feeds this device holds whole.
    ///
    /// # Errors
    /// As [`Snapshot::get`].
    pub fn feeds(&self) -> Result<Vec<Feed>, Fault> {
        let mut select = self.conn.prepare_cached("SELECT name FROM feed WHERE arriving_to IS NULL")?;
        let names = select.query_map([], |row| row.get::<_, String>(0))?;
        Ok(names.collect::<Result<Vec<_>, _>>()?.iter().filter_map(|name| name.parse().ok()).collect())
    }

    /// Empty facts of this replica, to be loaded by [`Snapshot::load`].
    #[must_use]
    pub fn facts(&self) -> Facts {
        Facts::on_replica(Id::new(self.me.school), self.now)
    }

    /// Loads what a rule asked for.
    ///
    /// # Errors
    /// As [`Snapshot::get`].
    pub fn load(&self, keys: &[Key], facts: &mut Facts) -> Result<(), Fault> {
        for key in keys {
            match *key {
                Key::Row(_, id) => facts.add_row(id, self.row(id)?.map(Arc::new)),
                Key::List(list, limit) => {
                    let rows = self.rows(list, false, limit)?;
                    facts.add_list(list, limit, rows.into_iter().map(Arc::new).collect());
                }
            }
        }
        Ok(())
    }

    /// Runs a rule of the model until it needs nothing more. `None` where a replica cannot know.
    ///
    /// # Errors
    /// [`Fault::Refused`] where the rule refuses; else as [`Snapshot::get`].
    pub fn settle<R>(&self, rule: impl FnMut(&Facts) -> Result<R, Stop>) -> Result<Option<R>, Fault> {
        match self.facts().settle(rule, |keys, facts| self.load(keys, facts))? {
            Ok(result) => Ok(Some(result)),
            Err(Stop::Unknown) => Ok(None),
            Err(Stop::Refused(refusal)) => Err(Fault::Refused { refusal }),
            Err(Stop::Needs(_)) => Err(broken(&"a rule asks for facts in circles")),
        }
    }

    fn row(&self, id: Uuid) -> Result<Option<Row>, Fault> {
        for sql in [HOPED, HELD] {
            let found: Option<(String, String)> = self
                .conn
                .prepare_cached(sql)?
                .query_row([id.as_bytes().as_slice()], |row| Ok((row.get(0)?, row.get(1)?)))
                .optional()?;
            if let Some((kind, body)) = found {
                return Ok(parse(&kind, &body));
            }
        }
        Ok(None)
    }

    fn rows(&self, list: List, descending: bool, limit: u32) -> Result<Vec<Row>, Fault> {
        let order = if descending { "ord DESC, row DESC" } else { "ord, row" };
        let mut select = self.conn.prepare_cached(&format!("{LIST} ORDER BY {order} LIMIT ?2"))?;
        let mut found = select.query(params![list.key(), limit])?;
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            let kind = row.get_ref(0)?.as_str().unwrap_or_default();
            rows.extend(parse(kind, row.get_ref(1)?.as_str().unwrap_or_default()));
        }
        Ok(rows)
    }
}

/// A row of a kind this version knows.
fn parse(kind: &str, body: &str) -> Option<Row> {
    Row::parse(Kind::named(kind)?, body).ok()
}

fn item_state(attempts: u32, verdict: Option<&str>) -> ItemState {
    match verdict.map(serde_json::from_str) {
        Some(Ok(Verdict::Refused { refusal })) => ItemState::Refused { refusal },
        Some(Ok(Verdict::Accepted { .. })) => ItemState::Sent,
        Some(Err(error)) => {
            tracing::warn!(%error, "a verdict cannot be read");
            ItemState::Unreadable
        }
        None if attempts > 0 => ItemState::Sent,
        None => ItemState::Saved,
    }
}
