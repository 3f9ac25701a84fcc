//! What a store asked of the disk, in order, with the promises it made in between.

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

/// A file, by its place in [`Log::names`].
pub type Name = usize;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Op {
    /// A file came into being, empty.
    Create(Name),
    /// Bytes were written; they may be anywhere between here and the disk.
    Write {
        /// Into which file.
        name: Name,
        /// From which byte on.
        at: usize,
        /// What.
        bytes: Box<[u8]>,
    },
    /// A file was cut to a length, or filled up to it.
    Truncate {
        /// Which.
        name: Name,
        /// Its new length.
        size: usize,
    },
    /// All that was written to a file is on the disk now.
    Sync(Name),
    /// A file was removed.
    Delete {
        /// Which.
        name: Name,
        /// Whether its folder was synced too.
        synced: bool,
    },
    /// Somebody was told that the store has come to state `n`; it must not fall behind it any more.
    Told(usize),
    /// The server told others that the school has come to this rev.
    Poked(u64),
}

/// How a store's own `PRAGMA synchronous = FULL` is let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// As the product says it.
    AsWritten,
    /// It reaches SQLite as NORMAL: the fault this test must find.
    PlantedNormal,
}

/// The story of one folder of files.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log {
    /// The files, relative to the folder.
    pub names: Vec<String>,
    /// What happened.
    pub ops: Vec<Op>,
}

/// A folder whose stores are being recorded.
#[derive(Debug)]
pub struct Recording {
    /// The folder.
    pub root: PathBuf,
    /// What is planted.
    pub mode: Mode,
    log: Mutex<Log>,
    open: Mutex<Vec<Name>>,
}

impl Recording {
    pub(crate) fn new(root: &Path, mode: Mode) -> Self {
        Self { root: root.to_owned(), mode, log: Mutex::default(), open: Mutex::default() }
    }

    /// A file of this recording; `None` for a path outside.
    pub(crate) fn name_of(&self, path: &Path) -> Option<Name> {
        let name = path.strip_prefix(&self.root).ok()?.to_str()?.to_owned();
        let mut log = lock(&self.log);
        let known = log.names.iter().position(|known| *known == name);
        Some(known.unwrap_or_else(|| {
            log.names.push(name);
            log.names.len() - 1
        }))
    }

    pub(crate) fn push(&self, op: Op) {
        lock(&self.log).ops.push(op);
    }

    pub(crate) fn opened(&self, name: Name) {
        lock(&self.open).push(name);
    }

    pub(crate) fn closed(&self, name: Name) {
        let mut open = lock(&self.open);
        if let Some(at) = open.iter().position(|open| *open == name) {
            open.swap_remove(at);
        }
    }

    /// Notes that somebody was told of state `n`.
    pub fn told(&self, n: usize) {
        self.push(Op::Told(n));
    }

    /// Notes that others were told of a rev.
    pub fn poked(&self, rev: u64) {
        self.push(Op::Poked(rev));
    }

    /// Waits until every file is closed: the server's writer lives in a thread of its own.
    pub fn wait_until_closed(&self) {
        while !lock(&self.open).is_empty() {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
    }

    /// The story so far.
    #[must_use]
    pub fn take(&self) -> Log {
        std::mem::take(&mut *lock(&self.log))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
