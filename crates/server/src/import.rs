//! Roster imports: previewed, confirmed, undone.
//!
//! ```text
//! file ── preview ──▶ what would change ── confirm ──▶ rows, each remembered ── undo ──▶ what was before
//!         (nothing written)                (judged anew; stale is refused)       (where nobody changed it since)
//! ```
//!
//! An import grants rights only to guardians it sees for the first time, on lines without a remark. It never
//! changes the rights of a link that exists.

mod book;
mod describe;
mod held;
mod judge;
mod pupils;
pub mod shown;
mod staff;
mod undo;
mod write;

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use xinmei_model::limits;
use xinmei_roster::{Book, Format, ReadFault, read};

use self::{book::Entry, held::Held, judge::Judged, write::Import};
use crate::{
    Fail, Result,
    ledger::{Ledger, Tx},
    store::{Arg, Session},
};

/// A preview that was not confirmed is forgotten, with its file, after a day.
const FORGET: SignedDuration = SignedDuration::from_hours(24);

/// What the table keeps of a preview.
#[derive(Serialize, Deserialize)]
struct Kept {
    shown: shown::Previewed,
    /// Of the judgement it was made from.
    digest: String,
}

/// Reads a file and says what it would change. Nothing but the preview itself is written.
///
/// # Errors
/// `roster-unreadable` with the reader's own code and words.
pub async fn preview(
    ledger: &Ledger,
    caller_name: &str,
    name: &str,
    content: Vec<u8>,
) -> Result<shown::Previewed> {
    if content.len() > limits::ROSTER_BYTES {
        let detail = format!("A roster has at most {} bytes.", limits::ROSTER_BYTES);
        return Err(Fail::caller(413, "roster-unreadable", detail));
    }
    let id = ledger.edge.id::<()>().uuid();
    let name: String = name.chars().take(limits::TITLE_CHARS).collect();
    let now = ledger.edge.clock.now();
    let (named, by) = (name.clone(), caller_name.to_owned());
    let (kept, content) = ledger
        .read(move |session| {
            let book = book_of(&content, &named)?;
            let held = Held::load(session)?;
            let judged = Judged::new(&held, &book, held.school_year(now));
            let sheets = book.format == Format::Xlsx;
            let shown = describe::previewed(id, &named, sheets, &held, &judged);
            Ok((Kept { shown, digest: judged.digest()? }, content))
        })
        .await?;
    let text = serde_json::to_string(&kept).map_err(Fail::broken)?;
    ledger
        .write(move |tx| {
            let now = tx.now().as_millisecond();
            let session = tx.session();
            let old = now.saturating_sub(i64::try_from(FORGET.as_millis()).unwrap_or(i64::MAX));
            session.execute("DELETE FROM import WHERE state = 'preview' AND at < $1", &[Arg::Int(old)])?;
            session.execute(
                "INSERT INTO import (id, name, at, by_name, state, preview, content, previous)
                 VALUES ($1, $2, $3, $4, 'preview', $5, $6, '[]')",
                &[
                    Arg::Bytes(id.as_bytes()),
                    Arg::Text(&name),
                    Arg::Int(now),
                    Arg::Text(&by),
                    Arg::Text(&text),
                    Arg::Bytes(&content),
                ],
            )?;
            Ok(())
        })
        .await?;
    Ok(kept.shown)
}

/// Makes a previewed import real, whole or not at all.
///
/// # Errors
/// `preview-stale` where the school changed so that the import would do something else than was shown;
/// `import-done`, `import-undone`; not found.
pub async fn confirm(ledger: &Ledger, id: Uuid, by_name: &str, let_leave: bool) -> Result<shown::Outcome> {
    let (name, book) = ledger
        .read(move |session| {
            let cells = session
                .one("SELECT name, state, content FROM import WHERE id = $1", &[Arg::Bytes(id.as_bytes())])?
                .ok_or_else(Fail::not_found)?;
            must_be("preview", cells.text(1))?;
            Ok((cells.text(0).to_owned(), Arc::new(book_of(cells.bytes(2), cells.text(0))?)))
        })
        .await?;
    let by = by_name.to_owned();
    ledger.write(move |tx| confirm_in(tx, id, &by, &name, &book, let_leave)).await
}

fn confirm_in(
    tx: &mut Tx<'_>,
    id: Uuid,
    by: &str,
    name: &str,
    book: &Book,
    let_leave: bool,
) -> Result<shown::Outcome> {
    let cells = tx
        .session()
        .one("SELECT state, preview FROM import WHERE id = $1", &[Arg::Bytes(id.as_bytes())])?
        .ok_or_else(Fail::not_found)?;
    must_be("preview", cells.text(0))?;
    let mut kept = kept(cells.text(1))?;
    let held = Held::load(tx.session())?;
    let judged = Judged::new(&held, book, held.school_year(tx.now()));
    if judged.digest()? != kept.digest {
        let detail = "The school changed since this preview; make a new one and look again.";
        return Err(Fail::caller(409, "preview-stale", detail));
    }
    let entries = Import::new(tx, held, judged, format!("{by} · {name}"), let_leave)?.run()?;
    let previous = serde_json::to_string(&entries).map_err(Fail::broken)?;
    // The history needs the counts; names and lines are not kept longer than they are needed.
    kept.shown =
        shown::Previewed { faults: Vec::new(), changes: Vec::new(), remarks: Vec::new(), ..kept.shown };
    let preview = serde_json::to_string(&kept).map_err(Fail::broken)?;
    let now = tx.now().as_millisecond();
    tx.session().execute(
        "UPDATE import SET state = 'done', at = $1, by_name = $2, preview = $3, previous = $4, content = $5
         WHERE id = $6",
        &[
            Arg::Int(now),
            Arg::Text(by),
            Arg::Text(&preview),
            Arg::Text(&previous),
            Arg::Bytes(&[]),
            Arg::Bytes(id.as_bytes()),
        ],
    )?;
    Ok(shown::Outcome { id, rows: describe::count(entries.len()), kept: 0 })
}

/// Puts back what one import changed, where nothing changed since; the rest is kept and counted.
///
/// # Errors
/// `import-undone` the second time; not found.
pub async fn undo(ledger: &Ledger, id: Uuid, by: &str) -> Result<shown::Outcome> {
    let by = by.to_owned();
    ledger
        .write(move |tx| {
            let cells = tx
                .session()
                .one(
                    "SELECT state, previous, by_name FROM import WHERE id = $1",
                    &[Arg::Bytes(id.as_bytes())],
                )?
                .ok_or_else(Fail::not_found)?;
            must_be("done", cells.text(0))?;
            let entries: Vec<Entry> = serde_json::from_str(cells.text(1)).map_err(Fail::broken)?;
            let undone = undo::put_back(tx, entries)?;
            let first = cells.text(2);
            let by = if first == by { by.clone() } else { format!("{first}, {by}") };
            tx.session().execute(
                "UPDATE import SET state = 'undone', previous = '[]', by_name = $1 WHERE id = $2",
                &[Arg::Text(&by), Arg::Bytes(id.as_bytes())],
            )?;
            Ok(shown::Outcome { id, rows: describe::count(undone.rows), kept: describe::count(undone.kept) })
        })
        .await
}

/// The imports that were confirmed, newest first.
///
/// # Errors
/// If the store fails.
pub fn history(session: &mut dyn Session) -> Result<shown::Imports> {
    let rows = session.rows(
        "SELECT id, name, at, by_name, state, preview FROM import WHERE state IN ('done', 'undone')
         ORDER BY at DESC, id DESC",
        &[],
    )?;
    let imports = rows.iter().map(|cells| {
        Ok(shown::ImportLine {
            id: cells.uuid(0),
            name: cells.text(1).to_owned(),
            at: Timestamp::from_millisecond(cells.int(2)).map_err(Fail::broken)?,
            by: cells.text(3).to_owned(),
            counts: kept(cells.text(5))?.shown.counts,
            undone: cells.text(4) == "undone",
        })
    });
    Ok(shown::Imports { imports: imports.collect::<Result<_>>()? })
}

fn kept(text: &str) -> Result<Kept> {
    serde_json::from_str(text).map_err(|error| Fail::Row { kind: "import".into(), error })
}

/// Refuses an import that is further on in its life, or not so far yet.
fn must_be(wanted: &str, state: &str) -> Result<()> {
    match state {
        state if state == wanted => Ok(()),
        "done" => Err(Fail::caller(409, "import-done", "This import was confirmed already.")),
        "undone" => Err(Fail::caller(409, "import-undone", "This import was undone already.")),
        _ => Err(Fail::not_found()),
    }
}

fn book_of(content: &[u8], name: &str) -> Result<Book> {
    read(content, name).map_err(|fault| {
        let detail = format!("{}: {fault}.", code_of(&fault));
        Fail::caller(422, "roster-unreadable", detail)
    })
}

fn code_of(fault: &ReadFault) -> String {
    let value = serde_json::to_value(fault).unwrap_or_default();
    value.get("code").and_then(|code| code.as_str()).unwrap_or_default().to_owned()
}
