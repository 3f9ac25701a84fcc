//! What a write can do inside its group's transaction.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use jiff::Timestamp;
use uuid::Uuid;
use xinmei_model::{
    Change, Due, Facts, Feed, Id, Key, Kind, List, Refusal, Rev, Row, School, Stop, counted_by,
};

use super::Pokes;
use crate::{
    Fail, Result,
    edge::Edge,
    school::Identity,
    store::{Arg, Session},
};

/// Rows kept parsed between writes; the writer is the only one who changes them.
const CACHED_ROWS: usize = 20_000;

/// Parsed rows, as the last committed or the running transaction has them.
///
/// It is good for one rev of the school: if somebody else wrote in between (the console, another node), it is
/// forgotten.
#[derive(Default)]
pub(crate) struct Cache(HashMap<Uuid, Arc<Kept>>, Rev);

/// A row with what the store knows beside it.
struct Kept {
    row: Arc<Row>,
    rev: Rev,
    feeds: Vec<Feed>,
}

impl Cache {
    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

/// A row, its rev, and the feeds it stands in.
pub(super) type Standing = (Arc<Row>, Rev, Vec<Feed>);

/// One write inside a group.
pub struct Tx<'s> {
    session: &'s mut dyn Session,
    cache: &'s mut Cache,
    identity: &'s Identity,
    /// Time and chance.
    pub edge: &'s Edge,
    now: Timestamp,
    rev: Rev,
    pokes: BTreeMap<Feed, Rev>,
    counted: BTreeSet<Uuid>,
    touched: Vec<Uuid>,
}

impl<'s> Tx<'s> {
    /// Takes the school's lock and the time, which never runs backwards.
    pub(super) fn begin(
        session: &'s mut dyn Session,
        cache: &'s mut Cache,
        identity: &'s Identity,
        edge: &'s Edge,
        now: Timestamp,
    ) -> Result<Self> {
        if cache.0.len() > CACHED_ROWS {
            cache.clear();
        }
        let row = session
            .one(
                "UPDATE school SET rev = rev WHERE id = $1 RETURNING rev, now_ns",
                &[Arg::Bytes(identity.school.uuid().as_bytes())],
            )?
            .ok_or_else(|| Fail::broken("the school's row is missing"))?;
        let last = Timestamp::from_nanosecond(i128::from(row.int(1))).unwrap_or(Timestamp::MIN);
        let rev = u64::try_from(row.int(0)).unwrap_or_default();
        if rev != cache.1 {
            cache.clear();
        }
        Ok(Self {
            session,
            cache,
            identity,
            edge,
            now: now.max(last),
            rev,
            pokes: BTreeMap::new(),
            counted: BTreeSet::new(),
            touched: Vec::new(),
        })
    }

    /// The server's time for this group.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The last rev given out.
    #[must_use]
    pub fn rev(&self) -> Rev {
        self.rev
    }

    /// Who this school is.
    #[must_use]
    pub fn identity(&self) -> &Identity {
        self.identity
    }

    /// The statements themselves, for tables that are not rows.
    pub fn session(&mut self) -> &mut dyn Session {
        self.session
    }

    /// Runs `run` so that it happens whole or not at all; the inner result is its own.
    ///
    /// # Errors
    /// The first failure after which the store gave up the whole transaction (a full disk, no memory): nothing of the
    /// group stands, and whatever is written after that would stand alone.
    pub fn savepoint<T>(&mut self, mut run: impl FnMut(&mut Self) -> Result<T>) -> Result<Result<T>> {
        let (rev, pokes, counted, mark) =
            (self.rev, self.pokes.clone(), self.counted.clone(), self.touched.len());
        self.session.execute("SAVEPOINT one", &[])?;
        let result = run(self);
        if !self.session.stands() {
            return Err(result.err().unwrap_or_else(|| Fail::broken("the store gave up the transaction")));
        }
        if result.is_err() {
            (self.rev, self.pokes, self.counted) = (rev, pokes, counted);
            for id in self.touched.drain(mark..) {
                self.cache.0.remove(&id);
            }
            self.session.execute("ROLLBACK TO one", &[])?;
        }
        self.session.execute("RELEASE one", &[])?;
        Ok(result)
    }

    /// Stores rev and time; the pokes to send and the next timer, after COMMIT.
    pub(super) fn finish(self) -> Result<(Pokes, i64)> {
        self.cache.1 = self.rev;
        let now_ns = i64::try_from(self.now.as_nanosecond()).unwrap_or(i64::MAX);
        self.session.execute(
            "UPDATE school SET rev = $1, now_ns = $2",
            &[Arg::Int(signed(self.rev)), Arg::Int(now_ns)],
        )?;
        let next = self.session.one("SELECT min(at_ns) FROM due WHERE done = 0", &[])?;
        let next = next.filter(|row| !row.is_null(0)).map_or(i64::MAX, |row| row.int(0));
        Ok((self.pokes.into_iter().collect(), next))
    }

    /// Sessions and shifts whose counts changed in this group.
    pub(crate) fn take_counted(&mut self) -> BTreeSet<Uuid> {
        std::mem::take(&mut self.counted)
    }

    /// Asks a rule until it needs nothing more.
    ///
    /// # Errors
    /// If the store fails or the rule asks in circles.
    pub fn settle<R>(&mut self, rule: impl Fn(&Facts) -> Result<R, Stop>) -> Result<Result<R, Refusal>> {
        let facts = Facts::on_server(self.identity.school, self.now);
        answered(facts.settle(rule, |keys, facts| self.load(keys, facts))?)
    }

    fn load(&mut self, keys: &[Key], facts: &mut Facts) -> Result<()> {
        for key in keys {
            match *key {
                Key::Row(_, id) => {
                    let row = self.kept(id)?.map(|kept| Arc::clone(&kept.row));
                    facts.add_row(id, row);
                }
                Key::List(list, limit) => {
                    let rows = self.list(list, limit)?;
                    facts.add_list(list, limit, rows);
                }
            }
        }
        Ok(())
    }

    fn kept(&mut self, id: Uuid) -> Result<Option<Arc<Kept>>> {
        if let Some(kept) = self.cache.0.get(&id) {
            return Ok(Some(Arc::clone(kept)));
        }
        let Some(cells) = self
            .session
            .one("SELECT kind, rev, feeds, body FROM row WHERE id = $1", &[Arg::Bytes(id.as_bytes())])?
        else {
            return Ok(None);
        };
        let row = parse(cells.text(0), cells.text(3))?;
        let kept = Arc::new(Kept {
            row: Arc::new(row),
            rev: u64::try_from(cells.int(1)).unwrap_or_default(),
            feeds: parse_feeds(cells.text(2)),
        });
        self.cache.0.insert(id, Arc::clone(&kept));
        Ok(Some(kept))
    }

    /// A row as it stands now.
    ///
    /// # Errors
    /// If the store fails.
    pub fn row(&mut self, id: Uuid) -> Result<Option<Standing>> {
        Ok(self.kept(id)?.map(|kept| (Arc::clone(&kept.row), kept.rev, kept.feeds.clone())))
    }

    /// The rows of a list, in its order.
    ///
    /// # Errors
    /// If the store fails.
    pub fn list(&mut self, list: List, limit: u32) -> Result<Vec<Arc<Row>>> {
        let mut rows = Vec::new();
        for id in list_ids(self.session, list, limit)? {
            rows.extend(self.kept(id)?.map(|kept| Arc::clone(&kept.row)));
        }
        Ok(rows)
    }

    /// Makes changes real, in order; the last rev they took.
    ///
    /// # Errors
    /// If the store fails.
    pub fn apply(&mut self, changes: Vec<Change>) -> Result<Rev> {
        for change in changes {
            match change {
                Change::Put { row, feeds } => self.put(row, feeds)?,
                Change::Set(due) => self.set(&due)?,
            }
        }
        Ok(self.rev)
    }

    /// Puts one row. A row that reads as before in the same feeds changes nothing and takes no rev.
    fn put(&mut self, row: Row, mut feeds: Vec<Feed>) -> Result<()> {
        let row = self.identity.signs(row);
        let id = row.id();
        feeds.sort_unstable();
        feeds.dedup();
        let old = self.kept(id)?;
        if old.as_ref().is_some_and(|old| *old.row == row && old.feeds == feeds) {
            return Ok(());
        }
        self.rev += 1;
        let body = row.body().map_err(|error| Fail::Row { kind: row.kind().name().into(), error })?;
        let names = join_feeds(&feeds);
        self.session.execute(
            "INSERT INTO row (id, kind, rev, feeds, body) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (id) DO UPDATE SET rev = excluded.rev, feeds = excluded.feeds, body = excluded.body",
            &[
                Arg::Bytes(id.as_bytes()),
                Arg::Text(row.kind().name()),
                Arg::Int(signed(self.rev)),
                Arg::Text(&names),
                Arg::Text(&body),
            ],
        )?;
        self.relist(id, old.as_ref().map(|old| old.row.lists()).unwrap_or_default(), row.lists())?;
        let before = old.map(|old| old.feeds.clone()).unwrap_or_default();
        for feed in before.iter().filter(|feed| !feeds.contains(feed)) {
            self.stand(*feed, id, false)?;
        }
        for feed in &feeds {
            self.stand(*feed, id, true)?;
        }
        self.counted.extend(counted_by(&row));
        self.touched.push(id);
        self.cache.0.insert(id, Arc::new(Kept { row: Arc::new(row), rev: self.rev, feeds }));
        Ok(())
    }

    /// Removes a row altogether: only undoing an import does, and the sweeping of files that nothing names.
    ///
    /// # Errors
    /// If the store fails.
    pub fn remove(&mut self, id: Uuid) -> Result<()> {
        let Some(old) = self.kept(id)? else { return Ok(()) };
        self.rev += 1;
        self.relist(id, old.row.lists(), Vec::new())?;
        for feed in &old.feeds {
            self.stand(*feed, id, false)?;
        }
        self.session.execute("DELETE FROM row WHERE id = $1", &[Arg::Bytes(id.as_bytes())])?;
        self.touched.push(id);
        self.cache.0.remove(&id);
        Ok(())
    }

    fn relist(&mut self, id: Uuid, before: Vec<(List, i64)>, after: Vec<(List, i64)>) -> Result<()> {
        for (list, ord) in before.iter().filter(|entry| !after.contains(entry)) {
            self.session.execute(
                "DELETE FROM row_list WHERE list = $1 AND ord = $2 AND row = $3",
                &[Arg::Text(&list.key()), Arg::Int(*ord), Arg::Bytes(id.as_bytes())],
            )?;
        }
        for (list, ord) in after.iter().filter(|entry| !before.contains(entry)) {
            self.session.execute(
                "INSERT INTO row_list (list, ord, row) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
                &[Arg::Text(&list.key()), Arg::Int(*ord), Arg::Bytes(id.as_bytes())],
            )?;
        }
        Ok(())
    }

    fn stand(&mut self, feed: Feed, id: Uuid, present: bool) -> Result<()> {
        self.session.execute(
            "INSERT INTO feed_row (feed, row, rev, present, since) VALUES ($1, $2, $3, $4, $3)
             ON CONFLICT (feed, row) DO UPDATE SET rev = excluded.rev, present = excluded.present,
               since = CASE WHEN feed_row.present = 1 THEN feed_row.since ELSE excluded.rev END",
            &[
                Arg::Text(&feed.to_string()),
                Arg::Bytes(id.as_bytes()),
                Arg::Int(signed(self.rev)),
                Arg::Int(i64::from(present)),
            ],
        )?;
        self.pokes.insert(feed, self.rev);
        Ok(())
    }

    fn set(&mut self, due: &Due) -> Result<()> {
        let at_ns = i64::try_from(due.at.as_nanosecond()).unwrap_or(i64::MAX);
        self.session.execute(
            "INSERT INTO due (id, kind, subject, at_ns, generation) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (id) DO NOTHING",
            &[
                Arg::Bytes(due.id.uuid().as_bytes()),
                Arg::Text(due.kind.name()),
                Arg::Bytes(due.subject.as_bytes()),
                Arg::Int(at_ns),
                Arg::Int(i64::from(due.generation)),
            ],
        )?;
        Ok(())
    }
}

/// Asks a rule on a snapshot until it needs nothing more.
///
/// # Errors
/// If the store fails or the rule asks in circles.
pub fn settle<R>(
    session: &mut dyn Session,
    school: Id<School>,
    now: Timestamp,
    rule: impl Fn(&Facts) -> Result<R, Stop>,
) -> Result<Result<R, Refusal>> {
    let load = |keys: &[Key], facts: &mut Facts| {
        for key in keys {
            match *key {
                Key::Row(_, id) => facts.add_row(id, read_row(session, id)?.map(Arc::new)),
                Key::List(list, limit) => {
                    let rows = read_list(session, list, limit)?.into_iter().map(Arc::new).collect();
                    facts.add_list(list, limit, rows);
                }
            }
        }
        Ok::<_, Fail>(())
    };
    answered(Facts::on_server(school, now).settle(rule, load)?)
}

/// A server knows: a rule ends with what it found, or refuses.
fn answered<R>(end: Result<R, Stop>) -> Result<Result<R, Refusal>> {
    match end {
        Ok(found) => Ok(Ok(found)),
        Err(Stop::Refused(refusal)) => Ok(Err(refusal)),
        Err(Stop::Unknown) => Err(Fail::broken("a server cannot not know")),
        Err(Stop::Needs(_)) => Err(Fail::broken("a rule asks for facts in circles")),
    }
}

/// One row on a snapshot.
///
/// # Errors
/// If the store fails.
pub fn read_row(session: &mut dyn Session, id: Uuid) -> Result<Option<Row>> {
    let cells = session.one("SELECT kind, body FROM row WHERE id = $1", &[Arg::Bytes(id.as_bytes())])?;
    cells.map(|cells| parse(cells.text(0), cells.text(1))).transpose()
}

/// The first rows of a list on a snapshot, in its order.
///
/// # Errors
/// If the store fails.
pub fn read_list(session: &mut dyn Session, list: List, limit: u32) -> Result<Vec<Row>> {
    let cells = session.rows(
        "SELECT row.kind, row.body FROM row_list JOIN row ON row.id = row_list.row
         WHERE row_list.list = $1 ORDER BY row_list.ord, row_list.row LIMIT $2",
        &[Arg::Text(&list.key()), Arg::Int(i64::from(limit))],
    )?;
    cells.iter().map(|cells| parse(cells.text(0), cells.text(1))).collect()
}

fn list_ids(session: &mut dyn Session, list: List, limit: u32) -> Result<Vec<Uuid>> {
    let cells = session.rows(
        "SELECT row FROM row_list WHERE list = $1 ORDER BY ord, row LIMIT $2",
        &[Arg::Text(&list.key()), Arg::Int(i64::from(limit))],
    )?;
    Ok(cells.iter().map(|cells| cells.uuid(0)).collect())
}

fn parse(kind: &str, body: &str) -> Result<Row> {
    let known = Kind::named(kind).ok_or_else(|| Fail::broken(format!("unknown kind {kind}")))?;
    Row::parse(known, body).map_err(|error| Fail::Row { kind: kind.into(), error })
}

/// The feeds of a stored row; names of a newer version are passed over.
#[must_use]
pub fn parse_feeds(names: &str) -> Vec<Feed> {
    names.lines().filter_map(|name| name.parse().ok()).collect()
}

fn join_feeds(feeds: &[Feed]) -> String {
    feeds.iter().map(Feed::to_string).collect::<Vec<_>>().join("\n")
}

fn signed(rev: Rev) -> i64 {
    i64::try_from(rev).unwrap_or(i64::MAX)
}
