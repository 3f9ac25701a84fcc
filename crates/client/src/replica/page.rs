//! The school's answers, a page of rows or the fate of a push, each taken in by one transaction.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, VerifyingKey};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;
use xinmei_model::{
    Feed,
    wire::{Ended, PROTOCOL, Page, Pull, Pushed, RowUpdate, ended_message, removed_message},
};

use super::{
    Enrolment, Replica, Topics, before, files, guests, heard, hope, kept, meta, open, outbox, purge, roll,
    settle, told, topics_of,
};
use crate::{api::Fault, fault::invalid};

/// What taking something in came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// What changed, in words the window listens for.
    pub topics: Vec<String>,
    /// Whether to pull at once.
    pub more: bool,
    /// Whether rows were purged, so that the log should be folded in.
    pub purged: bool,
    /// Whether rights ended, by the school's word: older copies of the store go too.
    pub ended: bool,
}

impl Replica {
    /// What to ask the school for.
    ///
    /// # Errors
    /// [`Fault::Broken`].
    pub fn pull_request(&self) -> Result<Pull, Fault> {
        self.read_raw(|conn| {
            let mut pull = Pull {
                protocol: PROTOCOL,
                cursor: meta::number(conn, "cursor")?,
                feeds: Vec::new(),
                arriving: Default::default(),
                outbox_from: outbox_from(conn)?,
            };
            let mut select = conn.prepare_cached("SELECT name, arriving_to FROM feed ORDER BY name")?;
            let rows =
                select.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<u64>>(1)?)))?;
            for row in rows {
                let (name, arriving) = row?;
                let Ok(feed) = name.parse::<Feed>() else { continue };
                match arriving {
                    None => pull.feeds.push(feed),
                    Some(rev) => drop(pull.arriving.insert(feed, rev)),
                }
            }
            Ok(pull)
        })
    }

    /// Takes in a page: rows, feeds, verdicts and the cursor, or nothing.
    ///
    /// # Errors
    /// [`Fault::DiskFull`], [`Fault::Broken`]; nothing is changed then.
    pub fn apply_page(&self, page: &Page) -> Result<Applied, Fault> {
        let clock = self.edge().now();
        let applied = self.write(|conn| {
            let named = files::named(conn)?;
            let applied = take_in(conn, clock, page)?;
            if applied.purged {
                // Files go with the last row that named them; what was attached a moment ago is named by none yet.
                files::let_go(conn, &named)?;
            }
            Ok(applied)
        })?;
        if applied.purged {
            self.checkpoint()?;
        }
        if applied.ended {
            self.remove_asides()?;
        }
        Ok(applied)
    }

    /// Takes in what became of a push.
    ///
    /// # Errors
    /// [`Fault::DiskFull`], [`Fault::Broken`]; nothing is changed then.
    pub fn apply_pushed(&self, pushed: &Pushed) -> Result<Applied, Fault> {
        let clock = self.edge().now();
        self.write(|conn| {
            let mut topics = Topics::from(["outbox", "sync"]);
            meet_epoch(conn, pushed.epoch, pushed.last_number, &mut topics)?;
            settle::answered(conn, pushed.last_number)?;
            settle::settle(conn, clock, &pushed.verdicts, &mut topics)?;
            Ok(applied(topics, pushed.rev > meta::number(conn, "cursor")?, false))
        })
    }

    /// The school removed this device: everything goes but what was waiting. `false` where the school did not sign it.
    ///
    /// # Errors
    /// [`Fault::Broken`].
    pub fn apply_removed(&self, signature: &str) -> Result<bool, Fault> {
        let removed = self.write(|conn| {
            let me = Enrolment::load(conn)?.ok_or_else(|| invalid("profile"))?;
            if !signed(&me, &removed_message(me.device), signature) {
                tracing::warn!("an unsigned removal was ignored");
                return Ok(false);
            }
            forget_rows(conn)?;
            before::forget(conn)?;
            for table in ["draft", "receipt", "told", "heard"] {
                conn.execute(&format!("DELETE FROM {table}"), [])?;
            }
            files::prune(conn, None)?;
            meta::forget(conn, "token")?;
            meta::forget(conn, "device_key")?;
            meta::put(conn, "removed", "yes")?;
            Ok(true)
        })?;
        if removed {
            self.checkpoint()?;
            self.remove_asides()?;
        }
        Ok(removed)
    }
}

fn take_in(conn: &Connection, clock: Timestamp, page: &Page) -> Result<Applied, Fault> {
    let mut topics = Topics::new();
    if meet_epoch(conn, page.epoch, page.last_number, &mut topics)? {
        // The page answers a cursor of the school's earlier life.
        meta::learn_time(conn, clock, page.now)?;
        return Ok(applied(topics, true, false));
    }
    let guests = guests::before(conn, page)?;
    let mut purged = page.rows.iter().any(|update| update.body.is_none());
    for update in &page.rows {
        purged |= put_row(conn, update, &mut topics)?;
    }
    feeds(conn, page)?;
    told::hear(conn, page)?;
    roll::remember(conn, page)?;
    kept::remember(conn, page)?;
    let ended = match &page.ended {
        Some(ended) => end(conn, ended, &mut topics)?,
        None => false,
    };
    purged |= ended;
    // Also when it is lower: then the school goes over the same ground again, and rows are made right by it.
    meta::put(conn, "cursor", &page.cursor.to_string())?;
    meta::learn_time(conn, clock, page.now)?;
    if !page.more && page.arriving.is_empty() && meta::get(conn, "settled")?.is_none() {
        meta::put(conn, "settled", "yes")?;
        topics.extend(["profile", "notice", "event", "conference", "shift", "class", "today"]);
    }
    let touched = !topics.is_empty();
    settle::close_gap(conn, page.last_number)?;
    settle::settle(conn, clock, &page.verdicts, &mut topics)?;
    if let Some(known) = guests {
        guests::forget(conn, &known)?;
    }
    if touched {
        topics.extend(hope::foresee_all(conn, Some(clock))?);
    }
    topics.insert("sync");
    Ok(Applied { ended, ..applied(topics, page.more, purged) })
}

fn applied(topics: Topics, more: bool, purged: bool) -> Applied {
    Applied { topics: topics.into_iter().map(str::to_owned).collect(), more, purged, ended: false }
}

/// Another epoch is another life of the school: the replica starts again, the outbox stays, and what the school no longer
/// knows is sent again. `true` where it starts again.
fn meet_epoch(conn: &Connection, epoch: Uuid, last_number: u64, topics: &mut Topics) -> Result<bool, Fault> {
    let known = meta::get(conn, "epoch")?;
    meta::put(conn, "epoch", &epoch.to_string())?;
    if known.is_none_or(|known| known == epoch.to_string()) {
        return Ok(false);
    }
    tracing::warn!(%epoch, "the school has a new epoch");
    before::remember(conn)?;
    forget_rows(conn)?;
    files::forget_sent(conn)?;
    settle::realign(conn, last_number)?;
    topics.extend(["profile", "notice", "event", "conference", "shift", "class", "today", "outbox", "sync"]);
    Ok(true)
}

fn forget_rows(conn: &Connection) -> Result<(), Fault> {
    for table in ["row", "row_list", "row_feed", "feed", "overlay", "overlay_list"] {
        conn.execute(&format!("DELETE FROM {table}"), [])?;
    }
    heard::forget(conn)?;
    meta::forget(conn, "cursor")?;
    meta::forget(conn, "settled")
}

/// Whether something is gone with it: the row itself, or a file that it named.
fn put_row(conn: &Connection, update: &RowUpdate, topics: &mut Topics) -> Result<bool, Fault> {
    let id = update.id.as_bytes().as_slice();
    let mut gone = false;
    if let Some(body) = update.body.as_ref().filter(|_| !update.feeds.is_empty()) {
        let body = serde_json::to_string(body)?;
        let written = conn
            .prepare_cached(
                "INSERT INTO row (id, kind, rev, body) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, rev = excluded.rev, body = excluded.body
                 WHERE excluded.rev >= rev",
            )?
            .execute(params![id, update.kind, update.rev, body])?;
        if written > 0 {
            let before = files_of(conn, id)?;
            conn.prepare_cached("DELETE FROM row_list WHERE row = ?1")?.execute([id])?;
            if let Some(row) = hope::readable(&update.kind, &body).filter(|row| row.id() == update.id) {
                open::list(conn, &row)?;
            }
            if !before.is_empty() {
                let after = files_of(conn, id)?;
                gone = before.iter().any(|file| !after.contains(file));
            }
        }
    }
    let exists: bool = conn
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM row WHERE id = ?1)")?
        .query_row([id], |row| row.get(0))?;
    if exists {
        let mut stand = conn.prepare_cached("INSERT OR IGNORE INTO row_feed (feed, row) VALUES (?1, ?2)")?;
        for feed in &update.feeds {
            stand.execute(params![feed.to_string(), id])?;
        }
        let mut leave = conn.prepare_cached("DELETE FROM row_feed WHERE feed = ?1 AND row = ?2")?;
        for feed in &update.left {
            leave.execute(params![feed.to_string(), id])?;
        }
        gone |= purge_unseen(conn, update.id, topics)?;
    }
    topics_of(&update.kind, topics);
    Ok(gone)
}

/// The lists on which a row stands because of the files it names.
fn files_of(conn: &Connection, row: &[u8]) -> Result<Vec<String>, Fault> {
    let mut select =
        conn.prepare_cached("SELECT list FROM row_list WHERE row = ?1 AND list GLOB 'with-file/*'")?;
    let lists = select.query_map([row], |row| row.get(0))?;
    Ok(lists.collect::<Result<_, _>>()?)
}

/// A row that stands in no feed any more goes, with its places on lists.
fn purge_unseen(conn: &Connection, id: Uuid, topics: &mut Topics) -> Result<bool, Fault> {
    let id = id.as_bytes().as_slice();
    let kind: Option<String> = conn
        .prepare_cached(
            "DELETE FROM row WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM row_feed WHERE row = ?1) RETURNING kind",
        )?
        .query_row([id], |row| row.get(0))
        .optional()?;
    let Some(kind) = kind else { return Ok(false) };
    conn.prepare_cached("DELETE FROM row_list WHERE row = ?1")?.execute([id])?;
    topics_of(&kind, topics);
    Ok(true)
}

/// Which feeds are whole and which still arrive, exactly as the page says.
fn feeds(conn: &Connection, page: &Page) -> Result<(), Fault> {
    let mut keep = conn.prepare_cached("INSERT OR REPLACE INTO feed (name, arriving_to) VALUES (?1, ?2)")?;
    for (feed, rev) in &page.arriving {
        keep.execute(params![feed.to_string(), rev])?;
    }
    for feed in &page.arrived {
        keep.execute(params![feed.to_string(), None::<u64>])?;
    }
    Ok(())
}

/// Rights that ended: what stands in none of the other feeds goes. Without the school's signature nothing does.
fn end(conn: &Connection, ended: &Ended, topics: &mut Topics) -> Result<bool, Fault> {
    let me = Enrolment::load(conn)?.ok_or_else(|| invalid("profile"))?;
    if !signed(&me, &ended_message(me.device, &ended.feeds), &ended.signature) {
        tracing::warn!("an unsigned end of rights was ignored");
        return Ok(false);
    }
    let mut purged = false;
    let before = purge::children(conn)?;
    for feed in &ended.feeds {
        let name = feed.to_string();
        let mut select = conn.prepare_cached("DELETE FROM row_feed WHERE feed = ?1 RETURNING row")?;
        let rows: Vec<Vec<u8>> = select.query_map([&name], |row| row.get(0))?.collect::<Result<_, _>>()?;
        conn.prepare_cached("DELETE FROM feed WHERE name = ?1")?.execute([&name])?;
        told::unhear(conn, &name)?;
        for row in rows {
            purged |= purge_unseen(conn, outbox::uuid_of(&row)?, topics)?;
        }
    }
    purge::texts(conn, before, topics)?;
    topics.insert("profile");
    Ok(purged)
}

/// Whether the school said this.
fn signed(me: &Enrolment, message: &[u8], signature: &str) -> bool {
    let check = || {
        let key: [u8; 32] = BASE64URL_NOPAD.decode(me.school_key.as_bytes()).ok()?.try_into().ok()?;
        let signature: [u8; 64] = BASE64URL_NOPAD.decode(signature.as_bytes()).ok()?.try_into().ok()?;
        let key = VerifyingKey::from_bytes(&key).ok()?;
        key.verify_strict(message, &Signature::from_bytes(&signature)).ok()
    };
    check().is_some()
}

/// The oldest number whose verdict is not known.
fn outbox_from(conn: &Connection) -> Result<u64, Fault> {
    let oldest: Option<u64> =
        conn.query_row("SELECT min(number) FROM outbox WHERE verdict IS NULL", [], |row| row.get(0))?;
    Ok(match oldest {
        Some(number) => number,
        None => meta::number(conn, "last_number")? + 1,
    })
}
