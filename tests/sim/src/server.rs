//! The school's server without sockets and threads: the real ledger, push, pull and timers, in groups and at moments
//! that the history chooses.

use std::{
    future::Future,
    path::{Path, PathBuf},
    pin::Pin,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicI64, Ordering},
    },
    task::{Context, Poll, Waker},
};

use jiff::Timestamp;
use tempfile::TempDir;
use uuid::Uuid;
use xinmei_client::edge::{Entropy as _, SeededEntropy};
use xinmei_model::{
    Change, Facts, Id, Person, Row, Stop,
    wire::{Page, Pull, Push, Pushed},
};
use xinmei_server::{
    Fail,
    device::Caller,
    edge::{Clock, Edge, Entropy},
    hub::{Hub, Listening},
    ledger::{self, Ledger, Tx},
    pull, push, school,
    store::Arg,
    timers,
};

use super::disk;

/// A database of the product's own making in which there is no school yet.
static EMPTY: OnceLock<Vec<u8>> = OnceLock::new();

/// The server's clock.
#[derive(Clone)]
pub struct Hands(Arc<AtomicI64>);

impl Hands {
    /// Stands at `start`.
    pub fn at(start: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(start.as_millisecond())))
    }

    /// Moves, backwards too.
    pub fn advance(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.0.load(Ordering::SeqCst)).unwrap()
    }
}

/// The same chance as the devices', for the server.
struct Seeded(SeededEntropy);

impl Entropy for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }
}

/// Clock and chance of a server.
pub fn edge(hands: &Hands, seed: u64) -> Edge {
    Edge { clock: Arc::new(hands.clone()), entropy: Arc::new(Seeded(SeededEntropy::new(seed))) }
}

/// A running server.
pub struct Server {
    /// The folder of its data.
    pub dir: PathBuf,
    /// Its book.
    pub ledger: Ledger,
    hub: Hub,
    next_group: Box<dyn FnMut(bool) -> bool>,
}

type Waiting<T> = Pin<Box<dyn Future<Output = Result<T, Fail>>>>;

fn poll<T>(future: &mut Waiting<T>) -> Option<Result<T, Fail>> {
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => Some(result),
        Poll::Pending => None,
    }
}

impl Server {
    /// Makes a school.
    pub fn create(dir: &Path, edge: Edge) -> Self {
        std::fs::create_dir_all(dir).unwrap();
        disk::begin_with(&dir.join(school::DATABASE), &EMPTY, |path| {
            xinmei_server::store::Sqlite::open(path).unwrap();
        });
        let parts = school::create(dir, &edge).unwrap();
        Self::begin(dir, parts, edge)
    }

    /// Starts with the data in a folder.
    pub fn open(dir: &Path, edge: Edge) -> Self {
        let parts = school::open(dir).unwrap();
        Self::begin(dir, parts, edge)
    }

    fn begin(
        dir: &Path,
        (store, writer, identity): (xinmei_server::store::Sqlite, rusqlite::Connection, school::Identity),
        edge: Edge,
    ) -> Self {
        let hub = Hub::default();
        let poked = hub.clone();
        let (ledger, next_group) =
            Ledger::by_hand(store, writer, identity, edge, move |pokes| poked.poke(pokes));
        Self { dir: dir.to_owned(), ledger, hub, next_group: Box::new(next_group) }
    }

    /// The database file.
    pub fn file(&self) -> PathBuf {
        self.dir.join(school::DATABASE)
    }

    /// Takes pushes that arrived together, in one group; `fire` puts a timer's job in front of them.
    pub fn take(&mut self, asks: &[(Caller, Push)], fire: bool) -> Vec<Result<Pushed, Fail>> {
        let ledger = self.ledger.clone();
        let mut timer: Option<Waiting<usize>> =
            if fire { Some(Box::pin(async move { ledger.write(timers::fire).await })) } else { None };
        if let Some(timer) = &mut timer {
            assert!(poll(timer).is_none());
        }
        let mut waiting: Vec<Waiting<Pushed>> = Vec::new();
        for (caller, ask) in asks.iter().cloned() {
            let ledger = self.ledger.clone();
            waiting.push(Box::pin(async move { push::push(&ledger, caller, ask).await }));
        }
        let mut results: Vec<Option<Result<Pushed, Fail>>> = asks.iter().map(|_| None).collect();
        loop {
            for (waiting, result) in waiting.iter_mut().zip(&mut results) {
                if result.is_none() {
                    *result = poll(waiting);
                }
            }
            if !(self.next_group)(false) {
                break;
            }
        }
        if let Some(mut timer) = timer {
            poll(&mut timer).expect("a group answers everybody in it").unwrap();
        }
        results.into_iter().map(|result| result.expect("a group answers everybody in it")).collect()
    }

    /// Runs one write.
    pub fn write<T: Send + 'static>(
        &mut self,
        f: impl FnMut(&mut Tx<'_>) -> Result<T, Fail> + Send + 'static,
    ) -> Result<T, Fail> {
        let ledger = self.ledger.clone();
        let mut waiting: Waiting<T> = Box::pin(async move { ledger.write(f).await });
        assert!(poll(&mut waiting).is_none());
        assert!((self.next_group)(false));
        poll(&mut waiting).expect("a group answers everybody in it")
    }

    /// Writes rows as an import would.
    pub fn put(&mut self, changes: Vec<Change>) {
        self.write(move |tx| tx.apply(changes.clone())).unwrap();
    }

    /// Answers a pull as `/v1/pull` does.
    pub fn pull(&self, caller: Caller, ask: &Pull) -> Result<Page, Fail> {
        let (identity, now) = (Arc::clone(&self.ledger.identity), self.ledger.now());
        let (page, may) = self.ledger.look(|session| {
            let may = pull::entitled(session, &identity, now, caller.person)?;
            Ok((pull::pull(session, &identity, now, caller, ask, &may)?, may))
        })?;
        self.hub.entitle(caller.person, &may);
        Ok(page)
    }

    /// What a person may hold.
    pub fn entitled(&self, person: Id<Person>) -> std::collections::BTreeSet<xinmei_model::Feed> {
        let now = self.ledger.now();
        self.ledger.look(|session| pull::entitled(session, &self.ledger.identity, now, person)).unwrap()
    }

    /// Opens a live stream as `/v1/live` does.
    pub fn listen(&self, caller: Caller) -> Listening {
        let may = self.entitled(caller.person);
        let rev = self.ledger.look(ledger::rev_of).unwrap();
        let id = self.ledger.edge.id::<()>().uuid();
        self.hub.listen(id, caller.device, caller.person, may, rev)
    }

    /// What a rule says of the school as it stands.
    pub fn asks<R>(&self, rule: impl Fn(&Facts) -> Result<R, Stop>) -> R {
        let (school, now) = (self.ledger.identity.school, self.ledger.now());
        self.ledger.look(|session| ledger::settle(session, school, now, rule)).unwrap().unwrap()
    }

    /// The school's rev.
    pub fn rev(&self) -> u64 {
        self.ledger.look(ledger::rev_of).unwrap()
    }

    /// A row as it stands.
    pub fn row<T: xinmei_model::Noun + Clone>(&self, id: Id<T>) -> Option<T> {
        let row: Option<Row> = self.ledger.look(|session| ledger::read_row(session, id.uuid())).unwrap();
        row.as_ref().and_then(T::of).cloned()
    }

    /// The feeds a row stands in, a line each.
    pub fn feeds(&self, id: Uuid) -> String {
        let ask = "SELECT feeds FROM row WHERE id = $1";
        let row = self.ledger.look(|session| session.one(ask, &[Arg::Bytes(id.as_bytes())])).unwrap();
        row.map(|row| row.text(0).to_owned()).unwrap_or_default()
    }

    /// Whether a row stands in any feed.
    pub fn is_shown(&self, id: Uuid) -> bool {
        !self.feeds(id).is_empty()
    }

    /// A list as it stands.
    pub fn list<T: xinmei_model::Noun + Clone>(&self, list: xinmei_model::List) -> Vec<T> {
        let most = xinmei_model::limits::ROWS_PER_LIST;
        let rows = self.ledger.look(|session| ledger::read_list(session, list, most)).unwrap();
        rows.iter().filter_map(T::of).cloned().collect()
    }
}

/// A folder in memory where there is one: nothing here waits for a disk.
pub(super) fn scratch() -> TempDir {
    let memory = std::path::Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory).unwrap() } else { tempfile::tempdir().unwrap() }
}
