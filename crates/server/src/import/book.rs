//! Writing with a memory: every row an import changes is remembered, so that it can be put back.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use xinmei_model::{Change, Feed, Kind, Rev, Row};

use crate::{Fail, Result, ledger::Tx};

/// One row as an import found and left it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Entry {
    pub(super) id: Uuid,
    /// The rev the import gave it: while the row still has it, nobody changed it since.
    pub(super) rev: Rev,
    /// What it was; `None` if the import made it.
    pub(super) before: Option<Before>,
}

/// A row as it was.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Before {
    kind: Kind,
    feeds: Vec<Feed>,
    body: String,
}

impl Before {
    fn of(row: &Row, feeds: Vec<Feed>) -> Result<Self> {
        let kind = row.kind();
        let body = row.body().map_err(|error| Fail::Row { kind: kind.name().into(), error })?;
        Ok(Self { kind, feeds, body })
    }

    /// The row itself.
    pub(super) fn row(&self) -> Result<Row> {
        Row::parse(self.kind, &self.body).map_err(|error| Fail::Row { kind: self.kind.name().into(), error })
    }

    /// The change that puts it back.
    pub(super) fn put_back(&self) -> Result<Change> {
        Ok(Change::Put { row: self.row()?, feeds: self.feeds.clone() })
    }

    pub(super) fn body(&self) -> &str {
        &self.body
    }
}

/// A write that remembers.
pub(super) struct Book<'t, 's> {
    pub(super) tx: &'t mut Tx<'s>,
    entries: Vec<Entry>,
    at: HashMap<Uuid, usize>,
}

impl<'t, 's> Book<'t, 's> {
    pub(super) fn new(tx: &'t mut Tx<'s>) -> Self {
        Self { tx, entries: Vec::new(), at: HashMap::new() }
    }

    /// Makes one change real. A row that reads as before is not touched.
    pub(super) fn write(&mut self, change: Change) -> Result<()> {
        let Change::Put { row, .. } = &change else {
            return Err(Fail::broken("an import sets no timers"));
        };
        let id = row.id();
        let before = self.tx.row(id)?;
        let rev = self.tx.rev();
        self.tx.apply(vec![change])?;
        if self.tx.rev() == rev {
            return Ok(());
        }
        let rev = self.tx.rev();
        if let Some(entry) = self.at.get(&id).and_then(|at| self.entries.get_mut(*at)) {
            entry.rev = rev;
            return Ok(());
        }
        let before = before.map(|(row, _, feeds)| Before::of(&row, feeds)).transpose()?;
        self.at.insert(id, self.entries.len());
        self.entries.push(Entry { id, rev, before });
        Ok(())
    }

    /// What was written, in order.
    pub(super) fn entries(self) -> Vec<Entry> {
        self.entries
    }
}
