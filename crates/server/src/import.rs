//! Roster imports: previewed, confirmed, undone.
//!
//! ```text
//! file ── preview ──▶ what would change ── confirm ──▶ rows, each remembered ── undo ──▶ what was before
//!         (nothing written)                (judged anew; stale is refused)       (where nobody changed it since)
//! ```
//!
//! An import grants rights only to guardians it sees for the first time, on lines without a remark. It never
//! changes the rights of a link that exists. What it replaced is kept to undo it, for [`UNDOABLE`]; then it is
//! dropped, because it names people whom the school may have let go since.

mod book;
mod describe;
mod file;
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
use xinmei_roster::{Book, Format};

pub use self::file::File;
use self::{
    book::Entry,
    file::{book_of, year_of},
    held::Held,
    judge::Judged,
    write::Import,
};
use crate::{
    Fail, Result,
    ledger::{Ledger, Tx},
    store::{Arg, Session},
};

/// A preview that was not confirmed is forgotten, with its file, after a day.
const FORGET: SignedDuration = SignedDuration::from_hours(24);

/// An import can be undone for 90 days: long after the first weeks of a term have shown what was wrong with it.
const UNDOABLE: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Whom absence from the roster takes out; nobody unless somebody says so.
#[derive(Clone, Copy, Debug, Default)]
pub struct Leave {
    /// Pupils leave the school.
    pub pupils: bool,
    /// Staff take their hats off.
    pub staff: bool,
}

/// What the table keeps of a preview.
#[derive(Serialize, Deserialize)]
struct Kept {
    shown: shown::Previewed,
    /// Of the judgement it was made from.
    digest: String,
}

/// Reads the files of one roster and says what it would change. Nothing but the preview itself is written.
///
/// The roster is of the school year `year`, or of the one its titles name, or of the one that today belongs to.
///
/// # Errors
/// `roster-unreadable` with the reader's own code and words; `years-differ`.
pub async fn preview(
    ledger: &Ledger,
    caller_name: &str,
    files: Vec<File>,
    year: Option<i16>,
) -> Result<shown::Previewed> {
    if files.iter().map(|file| file.content.len()).sum::<usize>() > limits::ROSTER_BYTES {
        let detail = format!("A roster has at most {} bytes.", limits::ROSTER_BYTES);
        return Err(Fail::caller(413, "roster-unreadable", detail));
    }
    let id = ledger.edge.id::<()>().uuid();
    let now = ledger.edge.clock.now();
    let (kept, book) = ledger
        .read(move |session| {
            let name = files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>().join("、");
            let name: String = name.chars().take(limits::TITLE_CHARS).collect();
            let book = book_of(files)?;
            let held = Held::load(session)?;
            let year = year_of(year, &book, held.today(now))?;
            let judged = Judged::new(&held, &book, year);
            let sheets = book.sheets.len() > 1 || book.sheets.iter().any(|s| s.format == Format::Xlsx);
            let shown = describe::previewed(id, &name, sheets, &held, &judged);
            Ok((Kept { shown, digest: judged.digest()? }, book))
        })
        .await?;
    let by = caller_name.to_owned();
    let shown = kept.shown.clone();
    ledger.write(move |tx| keep(tx, id, &by, &kept, &book)).await?;
    Ok(shown)
}

/// Writes a preview down, and forgets what was not confirmed in time.
fn keep(tx: &mut Tx<'_>, id: Uuid, by: &str, kept: &Kept, book: &Book) -> Result<()> {
    let preview = serde_json::to_string(kept).map_err(Fail::broken)?;
    let content = serde_json::to_vec(book).map_err(Fail::broken)?;
    let now = tx.now();
    let old = Arg::Int(before(now, FORGET));
    let session = tx.session();
    session.execute("DELETE FROM import WHERE state = 'preview' AND at < $1", &[old])?;
    session.execute(
        "INSERT INTO import (id, name, at, by_name, state, preview, content, previous)
         VALUES ($1, $2, $3, $4, 'preview', $5, $6, '[]')",
        &[
            Arg::Bytes(id.as_bytes()),
            Arg::Text(&kept.shown.name),
            Arg::Int(now.as_millisecond()),
            Arg::Text(by),
            Arg::Text(&preview),
            Arg::Bytes(&content),
        ],
    )?;
    Ok(())
}

/// A time as the table has it.
fn before(now: Timestamp, ago: SignedDuration) -> i64 {
    now.saturating_sub(ago).map_or(i64::MIN, Timestamp::as_millisecond)
}

/// Makes a previewed import real, whole or not at all.
///
/// # Errors
/// `preview-stale` where the school changed so that the import would do something else than was shown;
/// `lines-unread` where somebody shall leave while the roster has lines of nobody; `import-done`, `import-undone`;
/// not found.
pub async fn confirm(ledger: &Ledger, id: Uuid, by_name: &str, leave: Leave) -> Result<shown::Outcome> {
    let (name, book) = ledger
        .read(move |session| {
            let cells = session
                .one("SELECT name, state, content FROM import WHERE id = $1", &[Arg::Bytes(id.as_bytes())])?
                .ok_or_else(Fail::not_found)?;
            must_be("preview", cells.text(1))?;
            let book: Book = serde_json::from_slice(cells.bytes(2)).map_err(damaged)?;
            Ok((cells.text(0).to_owned(), Arc::new(book)))
        })
        .await?;
    let by = by_name.to_owned();
    ledger.write(move |tx| confirm_in(tx, id, &by, &name, &book, leave)).await
}

fn confirm_in(
    tx: &mut Tx<'_>,
    id: Uuid,
    by: &str,
    name: &str,
    book: &Book,
    leave: Leave,
) -> Result<shown::Outcome> {
    let cells = tx
        .session()
        .one("SELECT state, preview FROM import WHERE id = $1", &[Arg::Bytes(id.as_bytes())])?
        .ok_or_else(Fail::not_found)?;
    must_be("preview", cells.text(0))?;
    let mut kept = kept(cells.text(1))?;
    let held = Held::load(tx.session())?;
    let judged = Judged::new(&held, book, kept.shown.year);
    if judged.digest()? != kept.digest {
        let detail = "The school changed since this preview; make a new one and look again.";
        return Err(Fail::caller(409, "preview-stale", detail));
    }
    all_are_known(describe::counts(&judged).unidentified, leave)?;
    let entries = Import::new(tx, held, judged, format!("{by} · {name}"), leave)?.run()?;
    let previous = serde_json::to_string(&entries).map_err(Fail::broken)?;
    // The history needs the counts; names and lines are not kept longer than they are needed.
    kept.shown =
        shown::Previewed { faults: Vec::new(), changes: Vec::new(), remarks: Vec::new(), ..kept.shown };
    let preview = serde_json::to_string(&kept).map_err(Fail::broken)?;
    let now = tx.now();
    tx.session().execute(
        "UPDATE import SET state = 'settled', previous = '[]' WHERE state = 'done' AND at < $1",
        &[Arg::Int(before(now, UNDOABLE))],
    )?;
    tx.session().execute(
        "UPDATE import SET state = 'done', at = $1, by_name = $2, preview = $3, previous = $4, content = $5
         WHERE id = $6",
        &[
            Arg::Int(now.as_millisecond()),
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
/// `import-undone` the second time; `import-settled` after [`UNDOABLE`]; not found.
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
            let entries: Vec<Entry> = serde_json::from_str(cells.text(1)).map_err(damaged)?;
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
        "SELECT id, name, at, by_name, state, preview FROM import WHERE state IN ('done', 'undone', 'settled')
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
            undoable: cells.text(4) == "done",
        })
    });
    Ok(shown::Imports { imports: imports.collect::<Result<_>>()? })
}

fn kept(text: &str) -> Result<Kept> {
    serde_json::from_str(text).map_err(damaged)
}

fn damaged(error: serde_json::Error) -> Fail {
    Fail::Row { kind: "import".into(), error }
}

/// Refuses to let anybody leave while lines or sheets of the roster are nobody's: they may be theirs.
fn all_are_known(unidentified: u32, leave: Leave) -> Result<()> {
    if unidentified == 0 || !(leave.pupils || leave.staff) {
        return Ok(());
    }
    let detail = format!(
        "{unidentified} lines or sheets of this roster could not be read, and whoever stands there counts as absent. \
         Put them right and import the roster again, or import it without letting anybody leave."
    );
    Err(Fail::caller(409, "lines-unread", detail))
}

/// Refuses an import that is further on in its life, or not so far yet.
fn must_be(wanted: &str, state: &str) -> Result<()> {
    match state {
        state if state == wanted => Ok(()),
        "done" => Err(Fail::caller(409, "import-done", "This import was confirmed already.")),
        "undone" => Err(Fail::caller(409, "import-undone", "This import was undone already.")),
        "settled" => {
            let detail = "This import is too long ago to be undone; import a roster that is right instead.";
            Err(Fail::caller(409, "import-settled", detail))
        }
        _ => Err(Fail::not_found()),
    }
}
