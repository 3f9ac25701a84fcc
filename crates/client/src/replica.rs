//! The replica: one encrypted file with two truths, the rows the school confirmed and a short list of hopes.
//!
//! One writer, some query-only readers. One closure is one transaction; no lock is held over the network.

pub(crate) mod before;
pub(crate) mod files;
mod guests;
pub(crate) mod heard;
pub(crate) mod hope;
pub(crate) mod kept;
pub(crate) mod meta;
pub(crate) mod open;
mod outbox;
mod page;
mod purge;
pub(crate) mod roll;
mod settle;
pub(crate) mod told;
mod waiting;

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use rusqlite::{Connection, TransactionBehavior};
use zeroize::Zeroizing;

pub(crate) use before::HeldBefore;
pub use files::FileStand;
pub(crate) use files::PIECE;
pub use kept::KeptChain;
pub use meta::Enrolment;
pub use open::unlock;
pub use outbox::Fate;
pub use page::Applied;
pub use settle::Trouble;
pub use waiting::ToUpload;

use crate::{Snapshot, api::Fault, edge::Edge};

/// The key of a store: 32 random bytes, never a passphrase.
pub type StoreKey = Zeroizing<[u8; 32]>;

/// What changed, in words the window listens for.
pub(crate) type Topics = BTreeSet<&'static str>;

/// Readers kept open; more than this are closed again after use.
const READERS: usize = 4;

/// An open store.
pub struct Replica {
    path: PathBuf,
    key: Option<StoreKey>,
    edge: Edge,
    writer: Mutex<Connection>,
    /// On a full disk the writer reads too.
    alone: bool,
    readers: Mutex<Vec<Connection>>,
}

impl Replica {
    /// Opens or makes the store at `path`. A file that is damaged, or not ours, is set aside and what can be saved of it
    /// is carried over.
    ///
    /// # Errors
    /// [`Fault::DiskFull`], or [`Fault::Broken`] where the folder cannot be written.
    pub fn open(path: &Path, key: StoreKey, edge: Edge) -> Result<Self, Fault> {
        Self::open_plain_for(path, Some(key), edge)
    }

    /// As [`Replica::open`]; without a key the file is not encrypted, which only simulations want.
    ///
    /// # Errors
    /// As [`Replica::open`].
    pub fn open_plain_for(path: &Path, key: Option<StoreKey>, edge: Edge) -> Result<Self, Fault> {
        let open::Opened { writer, alone } = open::writer(path, key.as_ref(), &edge)?;
        let replica = Self {
            path: path.to_owned(),
            key,
            edge,
            writer: Mutex::new(writer),
            alone,
            readers: Mutex::new(Vec::new()),
        };
        replica.write(open::relist_if_new_version)?;
        let clock = replica.edge.now();
        match replica.write(|conn| files::prune(conn, Some(clock))) {
            // On a full disk what is there can still be read.
            Err(Fault::DiskFull) => {}
            pruned => pruned?,
        }
        Ok(replica)
    }

    /// One read transaction.
    ///
    /// # Errors
    /// What `f` returns, or [`Fault::Broken`].
    pub fn read<R>(&self, f: impl FnOnce(&Snapshot<'_>) -> Result<R, Fault>) -> Result<R, Fault> {
        let now = self.edge.now();
        self.read_raw(|conn| f(&Snapshot::new(conn, now)?))
    }

    /// One read transaction below the snapshot, for a store nobody joined yet.
    pub(crate) fn read_raw<R>(&self, f: impl FnOnce(&Connection) -> Result<R, Fault>) -> Result<R, Fault> {
        if self.alone {
            let mut conn = lock(&self.writer);
            let transaction = conn.transaction()?;
            let result = f(&transaction);
            transaction.finish()?;
            return result;
        }
        let spare = lock(&self.readers).pop();
        let mut conn = match spare {
            Some(conn) => conn,
            None => open::reader(&self.path, self.key.as_ref())?,
        };
        let transaction = conn.transaction()?;
        let result = f(&transaction);
        transaction.finish()?;
        let mut readers = lock(&self.readers);
        if readers.len() < READERS {
            readers.push(conn);
        }
        result
    }

    /// One write transaction: all of it, or nothing.
    pub(crate) fn write<R>(&self, f: impl FnOnce(&Connection) -> Result<R, Fault>) -> Result<R, Fault> {
        let mut conn = lock(&self.writer);
        let transaction = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = f(&transaction)?;
        transaction.commit()?;
        Ok(result)
    }

    /// After a purge nothing of the purged rows may stay in the log: waits for readers, then folds it in.
    pub(crate) fn checkpoint(&self) -> Result<(), Fault> {
        let conn = lock(&self.writer);
        lock(&self.readers).clear();
        conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(())
    }

    /// Older copies of this store, set aside, hold what it may not hold any more.
    pub(crate) fn remove_asides(&self) -> Result<(), Fault> {
        Ok(open::remove_asides(&self.path)?)
    }

    /// Every row as it was received, one line each: what this computer knows, for a person who asks and for tests of
    /// what never reached it.
    ///
    /// # Errors
    /// [`Fault::Broken`].
    pub fn holdings(&self) -> Result<String, Fault> {
        self.read_raw(|conn| {
            let mut rows = conn.prepare("SELECT kind || ' ' || body FROM row ORDER BY kind, id")?;
            let lines = rows.query_map([], |row| row.get::<_, String>(0))?;
            Ok(lines.collect::<Result<Vec<_>, _>>()?.join("\n"))
        })
    }

    /// Marks this store as a device's, as joining does.
    ///
    /// # Errors
    /// [`Fault::DiskFull`], [`Fault::Broken`].
    pub fn enrol(&self, enrolment: &Enrolment) -> Result<(), Fault> {
        self.write(|conn| enrolment.store(conn))
    }

    /// What this store was marked as.
    ///
    /// # Errors
    /// [`Fault::Broken`].
    pub fn enrolment(&self) -> Result<Option<Enrolment>, Fault> {
        self.read_raw(Enrolment::load)
    }

    /// The key this store was opened with.
    pub(crate) fn key(&self) -> Option<&StoreKey> {
        self.key.as_ref()
    }

    /// The clock and randomness this store was opened with.
    #[must_use]
    pub fn edge(&self) -> &Edge {
        &self.edge
    }
}

/// A poisoned lock guards a connection whose transaction was rolled back: it can be used.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a row's kind means for the window.
pub(crate) fn topics_of(kind: &str, topics: &mut Topics) {
    let names: &[&'static str] = match kind {
        "notice" | "child-file" | "membership" | "answer" | "seen" | "recall" => {
            &["notice", "alert", "today"]
        }
        "roll-mark" => &["alert"],
        // How full a choice of a notice is, too.
        "fill" => &["event", "shift", "notice", "today"],
        "check-in" | "steward" | "gate" | "pass" => &["check-in"],
        // A family's booking says that it was let in.
        "arrival" => &["check-in", "event", "today"],
        "event" | "session" => &["event", "venue", "today"],
        "allotment" | "booking" | "seat" | "standing" | "draw-roll" | "draw-result" => {
            &["event", "trip", "today"]
        }
        "conference" | "meeting-offer" | "meeting" | "please-come" | "meeting-note" => {
            &["conference", "today"]
        }
        "contest" | "candidate" | "shown-candidate" | "turn" | "stage-result" => &["contest", "today"],
        "family-request" | "absence" | "pick-up" => &["request", "today"],
        "conversation" | "message" | "read-mark" => &["conversation", "today"],
        "report" | "access" => &["conversation", "report", "today"],
        "pupil-take" | "pupil-fill" => &["pupil", "shift", "hours", "today"],
        "post" | "shift" | "take" | "swap-offer" | "swap-part" | "campaign" | "qualification"
        | "qualified" | "class-contact" | "class-ready" | "turn-part" | "stand-in-search"
        | "stand-in-wish" => &["shift", "today"],
        // Who is let in follows from who receives them.
        "guest" => &["shift", "hours", "today"],
        "child" | "link" => &["class", "profile", "notice", "request", "conversation", "today"],
        "person" | "bar" => &["class", "profile"],
        "series" => &["series", "notice"],
        "inbox" => &["inbox", "conversation", "today"],
        "template" => &["template"],
        "theme" => &["theme"],
        "venue" => &["venue", "event", "today"],
        "partner-org" => &["partner", "trip"],
        "trip-child" | "trip-mark" | "trip-where" => &["trip"],
        "course" | "material" | "participation" => &["course", "event"],
        "on-duty" | "hours-entry" | "hours-checkpoint" | "hours-proof" | "star-hours" => &["hours", "today"],
        "holiday-year" => &["holidays", "series", "today"],
        "remark" => &["class", "import", "today"],
        "preference" => &["notification"],
        "calendar-link" => &["calendar"],
        "school" | "year" | "place" | "role" => &[
            "profile",
            "class",
            "notice",
            "event",
            "shift",
            "request",
            "conversation",
            "conference",
            "contest",
            "import",
            "template",
            "theme",
            "venue",
            "inbox",
            "today",
        ],
        _ => &[],
    };
    topics.extend(names);
}

#[cfg(test)]
mod tests;
