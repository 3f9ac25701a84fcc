//! Files on this computer: what was attached here and waits to be sent, and what was fetched to be read.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use xinmei_model::FileHash;

use super::{Replica, meta};
use crate::api::Fault;

/// Bytes of one piece.
pub(crate) const PIECE: usize = 256 * 1024;
/// Bytes of files kept on this computer; past this, what was not wanted for longest goes.
const KEPT_BYTES: u64 = 1024 * 1024 * 1024;
/// What was attached to nothing yet is kept for a day: its draft may not have been.
const UNNAMED: SignedDuration = SignedDuration::from_hours(24);

/// How a file stands on this computer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileStand {
    /// Bytes of the whole.
    pub bytes: u32,
    /// Bytes that are here, from the beginning.
    pub have: u32,
    /// Bytes the school has of it, as an upload from here.
    pub sent: u32,
    /// When the school had all of it, by the school's time.
    pub up: Option<Timestamp>,
}

impl FileStand {
    /// Whether all of it is here.
    #[must_use]
    pub fn is_here(&self) -> bool {
        self.have == self.bytes
    }
}

/// Kept: what a row names, what a wish carries, what a draft names.
const NEEDED: &str = "EXISTS (SELECT 1 FROM row_list WHERE list = 'with-file/' || lower(hex(sha256)))
    OR EXISTS (SELECT 1 FROM outbox WHERE instr(mutation, lower(hex(sha256))))
    OR EXISTS (SELECT 1 FROM parked WHERE instr(mutation, lower(hex(sha256))))
    OR EXISTS (SELECT 1 FROM draft WHERE instr(body, lower(hex(sha256))))";

impl Replica {
    /// Keeps files that were attached here, all or none.
    ///
    /// # Errors
    /// [`Fault::DiskFull`] with nothing kept, [`Fault::Broken`].
    pub fn keep_files(&self, files: &[(FileHash, Vec<u8>)]) -> Result<(), Fault> {
        let clock = self.edge().now();
        self.write(|conn| {
            for (hash, content) in files {
                if stand(conn, *hash)?.is_some_and(|stand| stand.is_here()) {
                    touch(conn, *hash, clock)?;
                    continue;
                }
                forget(conn, *hash)?;
                let bytes = u32::try_from(content.len()).unwrap_or(u32::MAX);
                for (piece, at) in content.chunks(PIECE).zip((0..).step_by(PIECE)) {
                    append(conn, clock, *hash, bytes, at, piece)?;
                }
            }
            make_room(conn)
        })
    }

    /// How a file stands; `None` where nothing of it is here.
    ///
    /// # Errors
    /// [`Fault::Broken`].
    pub fn file_stand(&self, hash: FileHash) -> Result<Option<FileStand>, Fault> {
        self.read_raw(|conn| stand(conn, hash))
    }

    /// Bytes of a file from `at` on, at most so many.
    ///
    /// # Errors
    /// [`Fault::Broken`].
    pub fn file_bytes(&self, hash: FileHash, at: u32, most: usize) -> Result<Vec<u8>, Fault> {
        self.read_raw(|conn| {
            let mut select = conn.prepare_cached(
                "SELECT at, content FROM file_part WHERE sha256 = ?1 AND at + length(content) > ?2 ORDER BY at",
            )?;
            let mut rows = select.query(params![hash.as_bytes().as_slice(), at])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let (begins, content): (u32, Vec<u8>) = (row.get(0)?, row.get(1)?);
                let skip = usize::try_from(at.saturating_sub(begins)).unwrap_or(usize::MAX);
                found.extend_from_slice(content.get(skip..).unwrap_or_default());
                if found.len() >= most {
                    break;
                }
            }
            found.truncate(most);
            Ok(found)
        })
    }

    /// Takes in the next piece of a file that is being fetched. With the last one it is looked at whole: `false` where it is not
    /// what was asked for, and nothing of it is kept.
    ///
    /// # Errors
    /// [`Fault::DiskFull`], [`Fault::Broken`].
    pub fn take_piece(&self, hash: FileHash, bytes: u32, at: u32, piece: &[u8]) -> Result<bool, Fault> {
        let clock = self.edge().now();
        self.write(|conn| {
            append(conn, clock, hash, bytes, at, piece)?;
            let whole = stand(conn, hash)?.is_some_and(|stand| stand.is_here());
            if whole && hash_of(conn, hash)? != hash {
                forget(conn, hash)?;
                return Ok(false);
            }
            if whole {
                make_room(conn)?;
            }
            Ok(true)
        })
    }

    /// Notes that a file is wanted now.
    ///
    /// # Errors
    /// [`Fault::DiskFull`], [`Fault::Broken`].
    pub fn touch_file(&self, hash: FileHash) -> Result<(), Fault> {
        let clock = self.edge().now();
        self.write(|conn| touch(conn, hash, clock))
    }

    /// Notes how much of a file the school has.
    ///
    /// # Errors
    /// [`Fault::DiskFull`], [`Fault::Broken`].
    pub fn note_sent(&self, hash: FileHash, sent: u32) -> Result<(), Fault> {
        let clock = self.edge().now();
        self.write(|conn| {
            let now = meta::school_time(conn, clock)?.as_millisecond();
            conn.prepare_cached(
                "UPDATE file SET sent = ?2, up = CASE WHEN ?2 = bytes THEN ?3 END WHERE sha256 = ?1",
            )?
            .execute(params![hash.as_bytes().as_slice(), sent, now])?;
            Ok(())
        })
    }
}

/// How a file stands.
pub(crate) fn stand(conn: &Connection, hash: FileHash) -> Result<Option<FileStand>, Fault> {
    let mut select = conn.prepare_cached("SELECT bytes, have, sent, up FROM file WHERE sha256 = ?1")?;
    let found = select.query_row([hash.as_bytes().as_slice()], |row| {
        let up: Option<i64> = row.get(3)?;
        let up = up.and_then(|ms| Timestamp::from_millisecond(ms).ok());
        Ok(FileStand { bytes: row.get(0)?, have: row.get(1)?, sent: row.get(2)?, up })
    });
    Ok(found.optional()?)
}

fn append(
    conn: &Connection,
    clock: Timestamp,
    hash: FileHash,
    bytes: u32,
    at: u32,
    piece: &[u8],
) -> Result<(), Fault> {
    let (name, end) =
        (hash.as_bytes().as_slice(), at.saturating_add(u32::try_from(piece.len()).unwrap_or(u32::MAX)));
    conn.prepare_cached(
        "INSERT INTO file (sha256, bytes, have, used) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (sha256) DO UPDATE SET have = excluded.have, used = excluded.used",
    )?
    .execute(params![name, bytes, end, clock.as_millisecond()])?;
    conn.prepare_cached("INSERT OR REPLACE INTO file_part (sha256, at, content) VALUES (?1, ?2, ?3)")?
        .execute(params![name, at, piece])?;
    Ok(())
}

fn touch(conn: &Connection, hash: FileHash, clock: Timestamp) -> Result<(), Fault> {
    conn.prepare_cached("UPDATE file SET used = ?2 WHERE sha256 = ?1")?
        .execute(params![hash.as_bytes().as_slice(), clock.as_millisecond()])?;
    Ok(())
}

fn forget(conn: &Connection, hash: FileHash) -> Result<(), Fault> {
    conn.prepare_cached("DELETE FROM file WHERE sha256 = ?1")?.execute([hash.as_bytes().as_slice()])?;
    Ok(())
}

fn hash_of(conn: &Connection, hash: FileHash) -> Result<FileHash, Fault> {
    use sha2::{Digest as _, Sha256};
    let mut digest = Sha256::new();
    let mut select = conn.prepare_cached("SELECT content FROM file_part WHERE sha256 = ?1 ORDER BY at")?;
    let mut rows = select.query([hash.as_bytes().as_slice()])?;
    while let Some(row) = rows.next()? {
        digest.update(row.get_ref(0)?.as_blob().unwrap_or_default());
    }
    Ok(FileHash::new(digest.finalize().into()))
}

/// Another life of the school has no uploads of this one.
pub(super) fn forget_sent(conn: &Connection) -> Result<(), Fault> {
    conn.execute("UPDATE file SET sent = 0, up = NULL", [])?;
    Ok(())
}

/// It is not tried again for a while.
pub(super) fn give_up(conn: &Connection, clock: Timestamp, hash: FileHash) -> Result<(), Fault> {
    let now = meta::school_time(conn, clock)?.as_millisecond();
    conn.prepare_cached("UPDATE file SET up = ?2 WHERE sha256 = ?1")?
        .execute(params![hash.as_bytes().as_slice(), now])?;
    Ok(())
}

/// Removes what nothing needs. With a time, what was attached within a day of it stays all the same.
pub(super) fn prune(conn: &Connection, clock: Option<Timestamp>) -> Result<(), Fault> {
    let since = clock.map_or(i64::MAX, |clock| (clock - UNNAMED).as_millisecond());
    conn.execute(&format!("DELETE FROM file WHERE used < ?1 AND NOT ({NEEDED})"), [since])?;
    Ok(())
}

/// Files that rows name.
pub(super) fn named(conn: &Connection) -> Result<Vec<Vec<u8>>, Fault> {
    let mut select = conn.prepare_cached(
        "SELECT sha256 FROM file WHERE EXISTS
             (SELECT 1 FROM row_list WHERE list = 'with-file/' || lower(hex(sha256)))",
    )?;
    let hashes = select.query_map([], |row| row.get(0))?;
    Ok(hashes.collect::<Result<_, _>>()?)
}

/// Removes those of these that nothing needs any more.
pub(super) fn let_go(conn: &Connection, named: &[Vec<u8>]) -> Result<(), Fault> {
    let mut delete =
        conn.prepare_cached(&format!("DELETE FROM file WHERE sha256 = ?1 AND NOT ({NEEDED})"))?;
    for hash in named {
        delete.execute([hash])?;
    }
    Ok(())
}

/// Removes what was not wanted for longest, where there is too much. What waits to be sent stays.
fn make_room(conn: &Connection) -> Result<(), Fault> {
    let kept = |conn: &Connection| -> Result<u64, Fault> {
        Ok(conn.query_row("SELECT coalesce(sum(have), 0) FROM file", [], |row| row.get(0))?)
    };
    while kept(conn)? > KEPT_BYTES {
        let gone = conn.execute(
            "DELETE FROM file WHERE sha256 = (
                 SELECT sha256 FROM file f
                 WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE instr(mutation, lower(hex(f.sha256))))
                   AND NOT EXISTS (SELECT 1 FROM draft WHERE instr(body, lower(hex(f.sha256))))
                 ORDER BY used LIMIT 1)",
            [],
        )?;
        if gone == 0 {
            break;
        }
    }
    Ok(())
}
