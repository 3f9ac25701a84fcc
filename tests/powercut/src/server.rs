//! The server's story: a school is made, families join, an open day fills up and its waitlist moves, in groups of varying
//! size; the server is stopped and started in between.

mod check;
mod wishes;

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock, mpsc},
    task::Poll,
};

use anyhow::{Context, Result, ensure};
use rusqlite::{Connection, OpenFlags};
use xinmei_client::edge::{Clock as _, Entropy as _, MovableClock, SeededEntropy};
use xinmei_model::{Change, Feed, Verdict, wire::Pushed};
use xinmei_server::{
    edge::{Clock, Edge, Entropy},
    ledger::Ledger,
    push, school,
    store::Arg,
    timers,
};

use crate::{
    chance::Chance,
    history::digest,
    log::{Log, Mode, Recording},
    people, vfs,
};
use wishes::{Wish, coordinators, wishes};

/// How much happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Families who sign up.
    pub families: usize,
    /// Families who are only there. Enough of them, one commit each, and the log grows past SQLite's 1,000 pages: it is
    /// folded in and begun again while the server runs.
    pub others: usize,
}

impl Plan {
    /// A log that is folded in only when the server stops.
    pub const SHORT: Self = Self { families: 40, others: 0 };
    /// A log that is folded in while the server runs.
    pub const LONG: Self = Self { families: 40, others: 90 };
}

/// A recorded story of the server.
pub struct Server {
    log: Log,
    /// All rows, after each state.
    digests: Vec<u64>,
    /// What was wished and answered, in order.
    answered: Vec<Answered>,
    /// What was found wrong with each state.
    judged: Vec<OnceLock<Result<(), String>>>,
    edge: Edge,
}

/// A wish and its verdict.
struct Answered {
    wish: Wish,
    verdict: Verdict,
    /// From which state on it must be there.
    state: usize,
}

struct Hands(MovableClock);

impl Clock for Hands {
    fn now(&self) -> jiff::Timestamp {
        self.0.now()
    }
}

struct Dice(SeededEntropy);

impl Entropy for Dice {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }
}

/// The server at work while it is recorded.
struct Stage {
    recording: Arc<Recording>,
    dir: PathBuf,
    clock: MovableClock,
    edge: Edge,
    ledger: Option<Ledger>,
    digests: Vec<u64>,
    answered: Vec<Answered>,
}

impl Server {
    /// Plays the story of a seed and records it.
    ///
    /// # Errors
    /// If the server fails, or its writer is not at `synchronous = FULL` (with NORMAL planted: not at NORMAL).
    pub fn record(plan: Plan, mode: Mode, seed: u64) -> Result<Self> {
        let folder = crate::run::scratch()?;
        let recording = vfs::record(folder.path(), mode);
        let clock = MovableClock::at(people::NOW.parse()?);
        let dice = Dice(SeededEntropy::new(seed));
        let edge = Edge { clock: Arc::new(Hands(clock.clone())), entropy: Arc::new(dice) };
        let mut stage = Stage {
            dir: folder.path().join("school"),
            recording: Arc::clone(&recording),
            clock,
            edge: edge.clone(),
            ledger: None,
            digests: Vec::new(),
            answered: Vec::new(),
        };
        stage.play(plan, Chance::new(seed))?;
        stage.stop();
        vfs::forget(&recording);
        let judged = stage.digests.iter().map(|_| OnceLock::new()).collect();
        Ok(Self { log: recording.take(), digests: stage.digests, answered: stage.answered, judged, edge })
    }
}

impl Stage {
    fn play(&mut self, plan: Plan, mut chance: Chance) -> Result<()> {
        let made = school::create(&self.dir, &self.edge)?;
        self.begin(made)?;
        self.told()?;
        self.people(plan)?;
        let mut waiting: std::collections::VecDeque<Wish> = coordinators().into();
        self.group(waiting.drain(..).collect())?;
        waiting.extend(wishes(plan.families, &mut chance));
        let half = waiting.len() / 2;
        let mut stopped = false;
        while !waiting.is_empty() {
            let size = (1 + chance.below(8)).min(waiting.len());
            self.group(waiting.drain(..size).collect())?;
            if waiting.len() < half && !stopped {
                stopped = true;
                self.stop();
                self.begin(school::open(&self.dir)?)?;
            }
        }
        // Offers that nobody answered lapse, and the next in line are asked.
        self.clock.advance(3 * 3_600_000);
        let ledger = self.ledger()?;
        block_on(ledger.write(timers::fire))?;
        self.told()
    }

    /// Starts the ledger on an open store, whose writer says how it syncs.
    fn begin(
        &mut self,
        (store, writer, identity): (xinmei_server::store::Sqlite, Connection, school::Identity),
    ) -> Result<()> {
        let synchronous: i64 = writer.query_row("PRAGMA synchronous", [], |row| row.get(0))?;
        let expected = if self.recording.mode == Mode::AsWritten { 2 } else { 1 };
        ensure!(synchronous == expected, "the server's writer is at synchronous = {synchronous}");
        let recording = Arc::clone(&self.recording);
        let poked = move |pokes: xinmei_server::ledger::Pokes| {
            recording.poked(pokes.iter().map(|(_, rev)| *rev).max().unwrap_or_default());
        };
        self.ledger = Some(Ledger::start(store, writer, identity, self.edge.clone(), poked)?);
        Ok(())
    }

    fn stop(&mut self) {
        self.ledger = None;
        self.recording.wait_until_closed();
    }

    fn ledger(&self) -> Result<Ledger> {
        self.ledger.clone().context("the server is stopped")
    }

    /// The school's first rows, its families and their devices; those who are only there one by one.
    fn people(&mut self, plan: Plan) -> Result<()> {
        let ledger = self.ledger()?;
        let mut rows = school::first_rows(&ledger.identity, "江畔实验小学", "Asia/Shanghai", 120, 120, None);
        let root = school::root(&ledger.identity);
        rows.extend(people::class(root).into_iter().map(|place| Change::put(place, [Feed::School])));
        rows.extend(people::coordinator_rows());
        rows.extend((0..plan.families).flat_map(|n| people::family(root, n).rows()));
        let mut devices = vec![wishes::device(&people::coordinator().0)];
        devices.extend((0..plan.families).map(|n| wishes::device(&people::family(root, n).parent)));
        let write = ledger.write(move |tx| {
            tx.apply(rows.clone())?;
            for caller in &devices {
                tx.session().execute(
                    "INSERT INTO device (id, person, name, key, created, contact) VALUES ($1, $2, '', $1, 0, 0)",
                    &[Arg::Bytes(caller.device.as_bytes()), Arg::Bytes(caller.person.uuid().as_bytes())],
                )?;
            }
            Ok(())
        });
        block_on(write)?;
        self.told()?;
        for n in plan.families..plan.families + plan.others {
            let rows = people::family(root, n).rows();
            block_on(ledger.write(move |tx| tx.apply(rows.clone())))?;
            self.told()?;
        }
        Ok(())
    }

    /// Has these wishes taken by one commit: the writer is held up until all of them wait.
    fn group(&mut self, group: Vec<Wish>) -> Result<()> {
        self.clock.advance(1_000);
        let ledger = self.ledger()?;
        let (release, released) = mpsc::channel::<()>();
        let (enter, entered) = mpsc::channel::<()>();
        let gate = ledger.write(move |_| {
            let _ = enter.send(());
            let _ = released.recv();
            Ok(())
        });
        // Only once the gate is alone in its own group may the others come.
        let wait = std::future::poll_fn(move |_| {
            let _ = entered.recv();
            Poll::Ready(())
        });
        // The first of the group sees what the gate's own commit left: a state that nobody is told of.
        let dir = self.dir.clone();
        let between = ledger.write(move |_| Ok(look(&dir)));
        let pushes = group.iter().map(|wish| {
            let (caller, push) = (wish.caller, wish.push.clone());
            ledger.write(move |tx| push::take(tx, caller, &push))
        });
        let mut release = Some(release);
        let go = std::future::poll_fn(move |_| {
            release.take();
            Poll::Ready(())
        });
        // Polled in this order, so all of them wait before the gate opens.
        let all =
            futures_util::future::join5(gate, wait, between, futures_util::future::join_all(pushes), go);
        let (gate, (), between, pushed, ()) = block_on(all);
        gate?;
        self.digests.push(between??);
        self.told()?;
        self.keep(group, pushed.into_iter().collect::<Result<_, _>>()?)
    }

    fn keep(&mut self, group: Vec<Wish>, pushed: Vec<Pushed>) -> Result<()> {
        let state = self.digests.len() - 1;
        for (wish, pushed) in group.into_iter().zip(pushed) {
            let settled = pushed.verdicts.into_iter().next().context("a push without a verdict")?;
            ensure!(settled.id == wish.id, "the verdict of another wish");
            self.answered.push(Answered { wish, verdict: settled.verdict, state });
        }
        Ok(())
    }

    /// From here on somebody counts on what is there now.
    fn told(&mut self) -> Result<()> {
        self.recording.told(self.digests.len());
        self.digests.push(look(&self.dir)?);
        Ok(())
    }
}

/// A hash of all committed rows, on a connection that leaves nothing behind.
fn look(dir: &Path) -> Result<u64> {
    let conn = Connection::open_with_flags(dir.join(school::DATABASE), OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    Ok(digest(&conn)?)
}

/// Waits for the ledger, which has a thread of its own and needs no runtime.
fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime without drivers");
    runtime.block_on(future)
}
