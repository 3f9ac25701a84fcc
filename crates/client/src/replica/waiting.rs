//! Wishes that carry files wait until the school has them, and let the others pass.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;
use xinmei_model::{
    Act, Answer, Attachment, FileHash, Kind, Mutation, MutationId, Noun, Row, limits,
    wire::{PROTOCOL, Push},
};

use super::{
    Replica, Topics, files, hope, meta,
    outbox::{blank, renumber, uuid_of},
    settle,
};
use crate::{api::Fault, snapshot::Snapshot};

/// Bytes of mutations one push carries, unless a single one is larger: a line of 16 kbit/s must carry it well within
/// the silence that means a dead line.
const PUSH_BYTES: usize = 32 * 1024;

/// The school keeps an upload for a day; after half of it, it is asked whether it still has it.
const UP: SignedDuration = SignedDuration::from_hours(12);
/// Above every number a device will ever give.
const ASIDE: u64 = 1 << 40;

/// A file that a waiting wish carries and the school does not have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToUpload {
    /// Which.
    pub sha256: FileHash,
    /// How long it is.
    pub bytes: u32,
}

/// A wish without a verdict.
struct Wish {
    number: u64,
    attempts: u32,
    /// `None` where this version cannot read it: it is sent as it is.
    mutation: Option<Mutation>,
}

impl Replica {
    /// The next wishes to send, with the attempt counted before it is made. `None` where nothing waits.
    ///
    /// # Errors
    /// [`Fault::DiskFull`], [`Fault::Broken`].
    pub fn push_batch(&self, limit: usize) -> Result<Option<Push>, Fault> {
        let clock = self.edge().now();
        self.write(|conn| {
            let before = let_pass(conn, clock)?;
            let mut select = conn.prepare_cached(
                "SELECT number, mutation, id FROM outbox WHERE verdict IS NULL AND number < ?2
                 ORDER BY number LIMIT ?1",
            )?;
            let most = limit.min(limits::MUTATIONS_PER_PUSH);
            let mut rows = select.query(params![most, before.unwrap_or(i64::MAX.unsigned_abs())])?;
            let (mut first, mut bytes, mut mutations) = (None, 0, Vec::new());
            while let Some(row) = rows.next()? {
                let (number, text): (u64, String) = (row.get(0)?, row.get(1)?);
                let begin = *first.get_or_insert(number);
                bytes += text.len();
                let gap = begin + u64::try_from(mutations.len()).unwrap_or(u64::MAX) != number;
                if gap || (bytes > PUSH_BYTES && !mutations.is_empty()) {
                    break;
                }
                // What is no JSON any more is sent by its id alone: the school refuses it, and what is behind it goes on.
                let mutation = serde_json::from_str(&text);
                mutations
                    .push(mutation.or_else(|_| Ok::<_, Fault>(blank(uuid_of(&row.get::<_, Vec<u8>>(2)?)?)))?);
            }
            let Some(first) = first else { return Ok(None) };
            let end = first + u64::try_from(mutations.len()).unwrap_or_default();
            conn.execute(
                "UPDATE outbox SET attempts = attempts + 1 WHERE number >= ?1 AND number < ?2",
                params![first, end],
            )?;
            Ok(Some(Push { protocol: PROTOCOL, first, mutations }))
        })
    }

    /// The first file that a waiting wish carries and the school does not have. A wish whose file is gone from this computer
    /// is put aside.
    ///
    /// # Errors
    /// [`Fault::DiskFull`], [`Fault::Broken`].
    pub fn next_upload(&self) -> Result<(Option<ToUpload>, Topics), Fault> {
        let clock = self.edge().now();
        self.write(|conn| {
            let mut topics = Topics::new();
            let now = meta::school_time(conn, clock)?;
            // The last first: the numbers of those before it stay what they are.
            let mut next = None;
            for wish in wishes(conn)?.iter().rev() {
                for (sha256, bytes) in lacking(conn, now, wish)? {
                    if files::stand(conn, sha256)?.is_some_and(|stand| stand.is_here()) {
                        next = Some(ToUpload { sha256, bytes });
                    } else if wish.attempts == 0 {
                        topics.extend(settle::park(conn, clock, wish.number, "file-lost")?);
                        break;
                    }
                }
            }
            Ok((next, topics))
        })
    }

    /// The school does not take a file: every wish that carries it is put aside, with the school's code. One that was sent before
    /// goes as it is, and the school judges it.
    ///
    /// # Errors
    /// [`Fault::DiskFull`], [`Fault::Broken`].
    pub fn park_with_file(&self, hash: FileHash, code: &str) -> Result<Topics, Fault> {
        let clock = self.edge().now();
        self.write(|conn| {
            let mut topics = Topics::new();
            for wish in wishes(conn)?.iter().rev().filter(|wish| wish.attempts == 0) {
                if parts(wish).any(|(part, _)| part == hash) {
                    topics.extend(settle::park(conn, clock, wish.number, code)?);
                }
            }
            files::give_up(conn, clock, hash)?;
            Ok(topics)
        })
    }
}

/// Puts wishes whose files are on their way, and those that follow from them, behind the others, and says which number is the
/// first that may not be sent. Only wishes that were never sent change their places: the school has taken none of them.
pub(super) fn let_pass(conn: &Connection, clock: Timestamp) -> Result<Option<u64>, Fault> {
    let waiting = wishes(conn)?;
    let now = meta::school_time(conn, clock)?;
    let (mut ready, mut held) = (Vec::new(), Vec::new());
    let (mut ids, mut talks) = (BTreeSet::<MutationId>::new(), BTreeSet::<Uuid>::new());
    for wish in &waiting {
        let lacks = lacking(conn, now, wish)?;
        if wish.attempts > 0 {
            // It was sent once, before the school began another life, and goes where it was.
            if !lacks.is_empty() && all_here(conn, &lacks)? {
                return Ok(Some(wish.number));
            }
            continue;
        }
        let follows = wish.mutation.as_ref().is_some_and(|mutation| {
            mutation.after.iter().any(|id| ids.contains(id))
                || talk(&mutation.act).is_some_and(|talk| talks.contains(&talk))
        });
        if !lacks.is_empty() || follows {
            if let Some(mutation) = &wish.mutation {
                ids.insert(mutation.id);
                talks.extend(talk(&mutation.act));
            }
            held.push(wish.number);
        } else {
            ready.push(wish.number);
        }
    }
    if held.is_empty() {
        return Ok(None);
    }
    let places: Vec<u64> = waiting.iter().filter(|wish| wish.attempts == 0).map(|wish| wish.number).collect();
    let first_held = places.get(ready.len()).copied();
    let order: Vec<u64> = ready.into_iter().chain(held).collect();
    if order != places {
        for number in &order {
            renumber(conn, *number, number.saturating_add(ASIDE))?;
        }
        for (number, place) in order.iter().zip(&places) {
            renumber(conn, number.saturating_add(ASIDE), *place)?;
        }
        hope::foresee_all(conn, Some(clock))?;
    }
    Ok(first_held)
}

/// The conversation in which something is said: what is said keeps its order.
fn talk(act: &Act) -> Option<Uuid> {
    match act {
        Act::SayMessage { conversation, .. } => Some(conversation.uuid()),
        Act::OpenConversation { conversation } => Some(conversation.id.uuid()),
        _ => None,
    }
}

fn wishes(conn: &Connection) -> Result<Vec<Wish>, Fault> {
    let mut select = conn.prepare_cached(
        "SELECT number, attempts, mutation FROM outbox WHERE verdict IS NULL ORDER BY number",
    )?;
    let mut rows = select.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let text: String = row.get(2)?;
        let mutation = serde_json::from_str(&text).ok();
        found.push(Wish { number: row.get(0)?, attempts: row.get(1)?, mutation });
    }
    Ok(found)
}

/// Files that stand in the answer which a wish changes, from whoever gave that: the school does not ask for them again.
fn standing(conn: &Connection, now: Timestamp, wish: &Wish) -> Result<Vec<Attachment>, Fault> {
    let Some(Act::Answer(wish)) = wish.mutation.as_ref().map(|mutation| &mutation.act) else {
        return Ok(Vec::new());
    };
    if wish.reply.files().is_empty() {
        return Ok(Vec::new());
    }
    let snapshot = Snapshot::new(conn, now)?;
    let Some(notice) = snapshot.get(wish.notice)? else { return Ok(Vec::new()) };
    let guardian = wish.on_behalf_of.as_ref().map_or(snapshot.person(), |proxy| proxy.person);
    let id = Answer::of(&notice, wish.child, guardian);
    let mut select = conn.prepare_cached("SELECT body FROM row WHERE id = ?1")?;
    let body: Option<String> = select.query_row([id.uuid().as_bytes()], |row| row.get(0)).optional()?;
    let row = body.and_then(|body| Row::parse(Kind::Answer, &body).ok());
    Ok(row
        .as_ref()
        .and_then(<Answer as Noun>::of)
        .map_or_else(Vec::new, |answer| answer.given.reply.files().to_vec()))
}

fn parts(wish: &Wish) -> impl Iterator<Item = (FileHash, u32)> {
    let acts = wish.mutation.iter().map(|mutation| &mutation.act);
    acts.flat_map(|act| act.files()).flat_map(|file| file.parts())
}

/// What it carries and the school does not have, as far as this computer knows.
fn lacking(conn: &Connection, now: Timestamp, wish: &Wish) -> Result<Vec<(FileHash, u32)>, Fault> {
    let standing = standing(conn, now, wish)?;
    let stands = |part| standing.iter().flat_map(Attachment::parts).any(|standing| standing == part);
    let mut lacking = Vec::new();
    for (hash, bytes) in parts(wish) {
        if stands((hash, bytes)) {
            continue;
        }
        let up = files::stand(conn, hash)?.and_then(|stand| stand.up);
        if up.is_none_or(|up| now.duration_since(up) >= UP) {
            lacking.push((hash, bytes));
        }
    }
    Ok(lacking)
}

fn all_here(conn: &Connection, lacking: &[(FileHash, u32)]) -> Result<bool, Fault> {
    for (hash, _) in lacking {
        if !files::stand(conn, *hash)?.is_some_and(|stand| stand.is_here()) {
            return Ok(false);
        }
    }
    Ok(true)
}
