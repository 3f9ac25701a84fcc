//! The one writer. Waiting writes are taken in groups: one transaction and one fsync for many, one savepoint for
//! each. Nothing is answered and nobody is poked before COMMIT.

mod tally;
mod tx;

use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
        mpsc,
    },
};

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use tokio::sync::{Semaphore, oneshot};
use xinmei_model::{Feed, Rev};

use tally::Tally;
pub use tx::{Tx, parse_feeds, read_list, read_row, settle};

use crate::{Fail, Result, edge::Edge, school::Identity, store::Sqlite};

/// Writes taken into one transaction at most: past this the group's latency grows and its cost does not shrink.
const GROUP: usize = 64;

/// Long reads at once: each holds a connection and its cache.
const READS: usize = 8;
/// The school's time may be this far ahead of the machine's before somebody should look.
const AHEAD: SignedDuration = SignedDuration::from_mins(10);

/// Feeds that changed in a committed group, each with its newest rev.
pub type Pokes = Vec<(Feed, Rev)>;

type Run = Box<dyn FnMut(&mut Tx<'_>) -> Result<()> + Send>;

struct Job {
    run: Run,
    done: Box<dyn FnOnce(Result<()>) + Send>,
}

/// The school's book: everything that is written goes through here.
#[derive(Clone)]
pub struct Ledger {
    jobs: mpsc::Sender<Job>,
    store: Arc<Sqlite>,
    reads: Arc<Semaphore>,
    next_due_ns: Arc<AtomicI64>,
    latest_ns: Arc<AtomicI64>,
    counts_waiting: Arc<AtomicBool>,
    commits: Arc<AtomicU64>,
    /// Who this school is.
    pub identity: Arc<Identity>,
    /// Time and chance.
    pub edge: Edge,
}

impl Ledger {
    /// Starts the writer thread. `poked` is called after each commit, from that thread.
    ///
    /// # Errors
    /// If the thread cannot be started.
    pub fn start(
        store: Sqlite,
        writer: Connection,
        identity: Identity,
        edge: Edge,
        poked: impl Fn(Pokes) + Send + 'static,
    ) -> Result<Self> {
        let (ledger, mut next_group) = Self::by_hand(store, writer, identity, edge, poked);
        std::thread::Builder::new()
            .name("ledger".into())
            .spawn(move || while next_group(true) {})
            .map_err(Fail::broken)?;
        Ok(ledger)
    }

    /// A ledger without its thread, and what the thread does: each call takes one group, and says whether there was
    /// one. Called with `false` it does not wait for one, so that a simulation decides who is in a group and what
    /// happens before and after its COMMIT.
    pub fn by_hand(
        store: Sqlite,
        writer: Connection,
        identity: Identity,
        edge: Edge,
        poked: impl Fn(Pokes) + Send + 'static,
    ) -> (Self, impl FnMut(bool) -> bool + Send) {
        let (jobs, waiting) = mpsc::channel();
        let written = writer.query_row("SELECT now_ns FROM school", [], |row| row.get(0)).unwrap_or_default();
        let identity = Arc::new(identity);
        let next_due_ns = Arc::new(AtomicI64::new(0));
        let latest_ns = Arc::new(AtomicI64::new(written));
        let tally = uncounted(&writer);
        let counts_waiting = Arc::new(AtomicBool::new(tally.is_waiting()));
        let commits = Arc::new(AtomicU64::new(0));
        let mut desk = Desk {
            writer,
            identity: Arc::clone(&identity),
            edge: edge.clone(),
            cache: tx::Cache::default(),
            tally,
            next_due_ns: Arc::clone(&next_due_ns),
            latest_ns: Arc::clone(&latest_ns),
            counts_waiting: Arc::clone(&counts_waiting),
            commits: Arc::clone(&commits),
            poked: Box::new(poked),
        };
        let ledger = Self {
            jobs,
            store: Arc::new(store),
            reads: Arc::new(Semaphore::new(READS)),
            next_due_ns,
            latest_ns,
            counts_waiting,
            commits,
            identity,
            edge,
        };
        (ledger, Box::new(move |wait| desk.next_group(&waiting, wait)))
    }

    /// Runs a closure as one savepoint of the next group, and answers after COMMIT. The closure may run more than
    /// once: when a group's COMMIT fails, each of its writes is tried again alone.
    ///
    /// # Errors
    /// What the closure returns, or if the store fails; then nothing of it was written.
    pub async fn write<T: Send + 'static>(
        &self,
        mut f: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let kept = Arc::new(Mutex::new(None));
        let out = Arc::clone(&kept);
        let job = Job {
            run: Box::new(move |tx| {
                let value = f(tx)?;
                *out.lock().unwrap_or_else(PoisonError::into_inner) = Some(value);
                Ok(())
            }),
            done: Box::new(move |result| {
                // The caller may have gone; what was written stays written.
                let _ = answer.send(result);
            }),
        };
        self.jobs.send(job).map_err(|_| Fail::Stopping)?;
        answered.await.map_err(|_| Fail::Stopping)??;
        let value = kept.lock().unwrap_or_else(PoisonError::into_inner).take();
        value.ok_or(Fail::Stopping)
    }

    /// Runs a closure on a snapshot, on this thread: for look-ups by key.
    ///
    /// # Errors
    /// What the closure returns, or if the store fails.
    pub fn look<T>(&self, f: impl FnOnce(&mut dyn crate::store::Session) -> Result<T>) -> Result<T> {
        self.store.read(f)
    }

    /// Runs a closure on a snapshot, on a thread that may block: for anything that reads many rows.
    ///
    /// # Errors
    /// What the closure returns, or if the store fails.
    pub async fn read<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut dyn crate::store::Session) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let _turn = self.reads.acquire().await.map_err(|_| Fail::Stopping)?;
        let store = Arc::clone(&self.store);
        tokio::task::spawn_blocking(move || store.read(f)).await.map_err(|_| Fail::Stopping)?
    }

    /// The school's time: the machine's, which may be set back, but never before what was said already.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        latest(&self.latest_ns, &self.edge)
    }

    /// By how much the school's time is ahead of the machine's clock, where that is worth a word: the clock was
    /// ahead once, and the school's time stands still until the machine's has come as far.
    #[must_use]
    pub fn ahead(&self) -> Option<String> {
        let ahead = self.now().duration_since(self.edge.clock.now());
        (ahead > AHEAD).then(|| {
            let minutes = ahead.as_mins();
            format!(
                "The school's time is {minutes} minutes ahead of this machine's clock and stands still until then: \
                 deadlines come late. Check the clock; if it was ahead and is right now, restore a backup from before."
            )
        })
    }

    /// When the next timer is due.
    #[must_use]
    pub fn next_due(&self) -> Option<Timestamp> {
        match self.next_due_ns.load(Ordering::Acquire) {
            i64::MAX => None,
            ns => Timestamp::from_nanosecond(i128::from(ns)).ok(),
        }
    }

    /// Whether counts are held back until the next write or tick.
    #[must_use]
    pub fn counts_waiting(&self) -> bool {
        self.counts_waiting.load(Ordering::Acquire)
    }

    /// Commits so far: each costs one fsync, however many writes it took.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// The store, for backups.
    #[must_use]
    pub fn store(&self) -> &Sqlite {
        &self.store
    }
}

/// The writer's side.
struct Desk {
    writer: Connection,
    identity: Arc<Identity>,
    edge: Edge,
    cache: tx::Cache,
    tally: Tally,
    next_due_ns: Arc<AtomicI64>,
    latest_ns: Arc<AtomicI64>,
    counts_waiting: Arc<AtomicBool>,
    commits: Arc<AtomicU64>,
    poked: Box<dyn Fn(Pokes) + Send>,
}

impl Desk {
    /// Takes what waits, up to [`GROUP`]. `false` where nothing did, and for good once every ledger is gone.
    fn next_group(&mut self, waiting: &mpsc::Receiver<Job>, wait: bool) -> bool {
        let first = if wait { waiting.recv().ok() } else { waiting.try_recv().ok() };
        let Some(first) = first else { return false };
        let mut group = vec![first];
        while group.len() < GROUP {
            match waiting.try_recv() {
                Ok(job) => group.push(job),
                Err(_) => break,
            }
        }
        self.take(group);
        true
    }

    /// One group. If its COMMIT fails, each write is tried alone, so that one cannot spoil the others.
    fn take(&mut self, mut group: Vec<Job>) {
        let failed = match self.transaction(&mut group) {
            Ok(results) => {
                for (job, result) in group.into_iter().zip(results) {
                    (job.done)(result);
                }
                return;
            }
            Err(error) => error,
        };
        if let [_] = group.as_slice() {
            tracing::error!(%failed, "a write could not be committed");
            if let Some(job) = group.pop() {
                (job.done)(Err(failed));
            }
            return;
        }
        for mut job in group {
            let alone = self.transaction(std::slice::from_mut(&mut job));
            let result = alone.and_then(|mut results| results.pop().unwrap_or(Err(Fail::Stopping)));
            (job.done)(result);
        }
    }

    fn transaction(&mut self, group: &mut [Job]) -> Result<Vec<Result<()>>> {
        // A panic is a bug of ours. It costs the write it came from, not everybody's: nothing was committed.
        let outcome = catch_unwind(AssertUnwindSafe(|| self.attempt(group)))
            .unwrap_or_else(|panic| Err(Fail::broken(format!("a write panicked: {}", words(&*panic)))));
        match outcome {
            Ok((results, pokes)) => {
                self.poke(pokes);
                Ok(results)
            }
            Err(error) => {
                // What the cache learned belongs to a transaction that never was.
                self.cache.clear();
                if !self.writer.is_autocommit() {
                    let _ = self.writer.execute_batch("ROLLBACK");
                }
                self.tally = uncounted(&self.writer);
                Err(error)
            }
        }
    }

    /// Everything up to COMMIT, and nothing after it that could fail.
    fn attempt(&mut self, group: &mut [Job]) -> Result<(Vec<Result<()>>, Pokes)> {
        self.writer.execute_batch("BEGIN IMMEDIATE")?;
        let mut session = crate::store::Open(&self.writer);
        let now = latest(&self.latest_ns, &self.edge);
        let mut tx = Tx::begin(&mut session, &mut self.cache, &self.identity, &self.edge, now)?;
        let mut results = Vec::with_capacity(group.len());
        for job in group.iter_mut() {
            results.push(tx.savepoint(&mut *job.run)?);
        }
        self.tally.write(&mut tx)?;
        let (pokes, next_due) = tx.finish()?;
        self.writer.execute_batch("COMMIT")?;
        self.commits.fetch_add(1, Ordering::Relaxed);
        self.next_due_ns.store(next_due, Ordering::Release);
        self.counts_waiting.store(self.tally.is_waiting(), Ordering::Release);
        Ok((results, pokes))
    }

    /// A lost poke costs time, never data, and never the writer.
    fn poke(&self, pokes: Pokes) {
        if !pokes.is_empty()
            && let Err(panic) = catch_unwind(AssertUnwindSafe(|| (self.poked)(pokes)))
        {
            tracing::error!(panic = words(&*panic), "pokes were lost");
        }
    }
}

/// What a panic said.
fn words(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no words")
}

/// A store that cannot be read says so at the first write.
fn uncounted(writer: &Connection) -> Tally {
    Tally::overdue(writer).unwrap_or_default()
}

fn latest(latest_ns: &AtomicI64, edge: &Edge) -> Timestamp {
    let now = edge.clock.now();
    let ns = i64::try_from(now.as_nanosecond()).unwrap_or(i64::MAX);
    let before = latest_ns.fetch_max(ns, Ordering::AcqRel);
    if before > ns { Timestamp::from_nanosecond(i128::from(before)).unwrap_or(now) } else { now }
}

/// Reads the school's rev from a snapshot.
///
/// # Errors
/// If the store fails.
pub fn rev_of(session: &mut dyn crate::store::Session) -> Result<Rev> {
    let row = session.one("SELECT rev FROM school", &[])?;
    Ok(row.map(|row| u64::try_from(row.int(0)).unwrap_or_default()).unwrap_or_default())
}
