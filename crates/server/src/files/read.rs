//! Reading files: who may, and from which byte on.

use std::{
    collections::BTreeSet,
    fs::File,
    io::{ErrorKind, Read as _, Seek as _, SeekFrom},
    ops::Range,
};

use axum::body::Bytes;
use futures_util::{Stream, StreamExt as _};
use jiff::Timestamp;
use xinmei_model::{Feed, FileHash, Id, List, Person};

use super::{Files, PIECE, hash_of, uploaded};
use crate::{
    Fail, Result,
    ledger::parse_feeds,
    pull,
    school::Identity,
    store::{Arg, Session},
};

/// Rows that may name one file: the blank form that all families of a school send back, three times.
const ROWS: i64 = 10_000;

/// Refuses a file that stands in no row this person may see as if it were not there. What no row names yet is its uploader's.
///
/// # Errors
/// Not found; if the store fails.
pub fn may_read(
    session: &mut dyn Session,
    identity: &Identity,
    now: Timestamp,
    person: Id<Person>,
    hash: FileHash,
) -> Result<()> {
    let rows = session.rows(
        "SELECT row.feeds FROM row_list JOIN row ON row.id = row_list.row WHERE row_list.list = $1 LIMIT $2",
        &[Arg::Text(&List::WithFile(hash).key()), Arg::Int(ROWS)],
    )?;
    // Asked whether there are rows or not: how long it takes tells nothing.
    let may: BTreeSet<Feed> = pull::entitled(session, identity, now, person)?;
    let named = rows.iter().any(|row| parse_feeds(row.text(0)).iter().any(|feed| may.contains(feed)));
    // Once a row names it, rows say who reads it: a right that ended takes along what one uploaded oneself.
    let own = rows.is_empty() && uploaded(session, person, hash)?.is_some();
    if named || own { Ok(()) } else { Err(Fail::not_found()) }
}

/// A part of a file.
pub struct Part {
    file: File,
    /// Which bytes.
    pub range: Range<u64>,
    /// Of how many.
    pub whole: u64,
}

impl Files {
    /// Opens a file to read a part of it, or all of it.
    ///
    /// # Errors
    /// Not found; `range` where there is nothing there.
    pub fn part(&self, hash: FileHash, asked: Option<(u64, Option<u64>)>) -> Result<Part> {
        let mut file = match File::open(self.path(hash)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(Fail::not_found()),
            file => file?,
        };
        let whole = file.metadata()?.len();
        let (from, last) = asked.unwrap_or((0, None));
        let end = last.map_or(whole, |last| last.saturating_add(1).min(whole));
        if from >= end {
            return Err(Fail::caller(416, "range", format!("The file has {whole} bytes.")));
        }
        file.seek(SeekFrom::Start(from))?;
        Ok(Part { file, range: from..end, whole })
    }
}

impl Files {
    /// What the bytes that lie in a file's place hash to now; `None` where there are none.
    ///
    /// # Errors
    /// If they cannot be read.
    pub fn hash_again(&self, hash: FileHash) -> Result<Option<FileHash>> {
        let path = self.path(hash);
        if path.try_exists()? { hash_of(&path).map(Some) } else { Ok(None) }
    }
}

impl Part {
    /// Its bytes, in pieces.
    pub fn stream(self) -> impl Stream<Item = std::io::Result<Bytes>> + Send {
        let Self { file, range, .. } = self;
        let left = usize::try_from(range.end - range.start).unwrap_or(usize::MAX);
        futures_util::stream::unfold((Some(file), left), |(file, left)| async move {
            let mut file = file.filter(|_| left > 0)?;
            let read = tokio::task::spawn_blocking(move || {
                let mut piece = vec![0; left.min(PIECE)];
                file.read_exact(&mut piece).map(|()| (piece, file))
            });
            Some(match read.await {
                Ok(Ok((piece, file))) => {
                    let left = left.saturating_sub(piece.len());
                    (Ok(Bytes::from(piece)), (Some(file), left))
                }
                Ok(Err(error)) => (Err(error), (None, 0)),
                Err(error) => (Err(std::io::Error::other(error)), (None, 0)),
            })
        })
        .boxed()
    }
}
