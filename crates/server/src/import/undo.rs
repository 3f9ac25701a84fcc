//! Putting back what one import changed, where nothing changed since.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use uuid::Uuid;
use xinmei_model::{Change, Child, List, Row, class_moved, limits, put_link};

use super::book::Entry;
use crate::{
    Fail, Result,
    ledger::Tx,
    store::{Arg, Session},
};

/// Rows read at once.
const PAGE: i64 = 5_000;

/// What an undoing did.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Undone {
    pub(super) rows: usize,
    pub(super) kept: usize,
}

/// Puts back. A row that changed since is kept, and so is a new row that something else has come to refer to: the
/// child of a guardian who joined, the class a notice was sent to. Whoever joined keeps the hats, too.
pub(super) fn put_back(tx: &mut Tx<'_>, entries: Vec<Entry>) -> Result<Undone> {
    let mut undone = Undone::default();
    // By id, so that the same undoing writes in the same order.
    let mut restored = BTreeMap::new();
    let mut made = BTreeMap::new();
    let mut stay = HashSet::new();
    for entry in entries {
        let current = tx.row(entry.id)?;
        let untouched = current.as_ref().is_some_and(|(_, rev, _)| *rev == entry.rev);
        match (untouched, current, entry.before) {
            (true, _, Some(before)) => drop(restored.insert(entry.id, before)),
            (true, Some((row, _, _)), None) => drop(made.insert(entry.id, row)),
            _ => {
                stay.insert(entry.id);
                undone.kept += 1;
            }
        }
    }
    let needed =
        needed(tx.session(), &made, &stay, |id| restored.get(&id).map(|before| before.body().to_owned()))?;
    // Where anybody stays, the school year they are in stays too.
    let year = |row: &Row| matches!(row, Row::Year(_)) && (undone.kept > 0 || !needed.is_empty());
    let gone: Vec<Uuid> =
        made.iter().filter(|(id, row)| !needed.contains(id) && !year(row)).map(|(id, _)| *id).collect();
    undone.kept += made.len() - gone.len();
    undone.rows = restored.len() + gone.len();
    for id in gone {
        tx.remove(id)?;
        // A strip that was printed for nobody opens nothing.
        tx.session()
            .execute("DELETE FROM invite WHERE person = $1 AND used IS NULL", &[Arg::Bytes(id.as_bytes())])?;
    }
    for before in restored.values() {
        tx.apply(vec![before.put_back()?])?;
    }
    for before in restored.values() {
        follow(tx, &before.row()?)?;
    }
    Ok(undone)
}

/// Links that were kept stand where their child stands now, and so does what carries its class.
fn follow(tx: &mut Tx<'_>, row: &Row) -> Result<()> {
    let Row::Child(child) = row else { return Ok(()) };
    for row in tx.list(List::LinksOf(child.id), limits::ROWS_PER_LIST)? {
        if let Row::Link(link) = &*row {
            let change: Change = put_link(link.clone(), child);
            tx.apply(vec![change])?;
        }
    }
    let moved = follow_class(tx, child)?;
    tx.apply(moved).map(drop)
}

/// What carries the class of a child, where that is another now.
pub(super) fn follow_class(tx: &mut Tx<'_>, child: &Child) -> Result<Vec<Change>> {
    let moved = tx.settle(|facts| class_moved(facts, child))?;
    moved.map_err(|refusal| Fail::broken(format!("a child changes class: {refusal}")))
}

/// Rows of `made` that rows which stay refer to, directly or through one another.
///
/// Nothing refers to a hat, but whoever is among those who `stay`, or is needed, wears it.
fn needed(
    session: &mut dyn Session,
    made: &BTreeMap<Uuid, Arc<Row>>,
    stay: &HashSet<Uuid>,
    restored: impl Fn(Uuid) -> Option<String>,
) -> Result<HashSet<Uuid>> {
    let mut hats: BTreeMap<Uuid, Vec<Uuid>> = BTreeMap::new();
    for (id, row) in made {
        if let Row::Role(role) = &**row {
            hats.entry(role.person.uuid()).or_default().push(*id);
        }
    }
    let mut open: Vec<Uuid> = stay.iter().filter_map(|id| hats.get(id)).flatten().copied().collect();
    let mut from = Uuid::nil();
    loop {
        let rows = session.rows(
            "SELECT id, body FROM row WHERE id > $1 ORDER BY id LIMIT $2",
            &[Arg::Bytes(from.as_bytes()), Arg::Int(PAGE)],
        )?;
        let Some(last) = rows.last() else { break };
        from = last.uuid(0);
        for cells in rows.iter().filter(|cells| !made.contains_key(&cells.uuid(0))) {
            match restored(cells.uuid(0)) {
                Some(body) => ids_in(&body, &mut open),
                None => ids_in(cells.text(1), &mut open),
            }
        }
    }
    let mut needed = HashSet::new();
    while let Some(id) = open.pop() {
        if let (Some(row), true) = (made.get(&id), !needed.contains(&id)) {
            needed.insert(id);
            open.extend(hats.get(&id).into_iter().flatten());
            let body = row.body().map_err(|error| Fail::Row { kind: row.kind().name().into(), error })?;
            ids_in(&body, &mut open);
        }
    }
    Ok(needed)
}

/// Every UUID in a row's body: each id stands there as a JSON string of 36 characters.
fn ids_in(body: &str, ids: &mut Vec<Uuid>) {
    let texts = body.split('"').filter(|text| text.len() == 36);
    ids.extend(texts.filter_map(|text| text.parse::<Uuid>().ok()));
}
