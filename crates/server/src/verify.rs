//! `xinmei-server verify`: whether the chain of approved hours is as it was approved, against the school's key, its head, and
//! checkpoints that somebody kept elsewhere; and whether the files that show hours are those that were approved.

mod evidence;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use data_encoding::HEXLOWER;
use serde::Serialize;
use uuid::Uuid;
use xinmei_model::{
    ChainFault, ChainFaultIs, HoursCheckpoint, HoursEntry, HoursHead, Id, Kind, Row, verify_chain,
};

pub use evidence::{Evidence, Evidences, verify_evidence};

use crate::{
    Fail, Result,
    school::Identity,
    store::{Arg, Cells, Session},
};

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "hours", rename_all = "kebab-case")]
pub enum Verified {
    /// All of it is as it was approved.
    Whole {
        /// Entries in the chain.
        count: u64,
        /// The hash of the last.
        hash: String,
        /// Checkpoints it was compared with.
        checkpoints: usize,
    },
    /// Something is not.
    Broken(ChainFault),
}

/// All that was found, as one value.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Both<'a> {
    /// Of the chain.
    #[serde(flatten)]
    pub hours: &'a Verified,
    /// Of its files.
    pub evidence: &'a Evidences,
}

/// Reads checkpoints as `xinmei hours checkpoints --json` prints them: one JSON value a line, or a list.
///
/// # Errors
/// If the file cannot be read, or is none of this.
pub fn read_checkpoints(path: &Path) -> Result<Vec<HoursCheckpoint>> {
    let unreadable = |error: &dyn std::fmt::Display| {
        let detail = format!(
            "{} holds no checkpoints ({error}). They are printed by: xinmei hours checkpoints",
            path.display()
        );
        Fail::caller(400, "checkpoints-unreadable", detail)
    };
    let text = std::fs::read_to_string(path).map_err(|error| unreadable(&error))?;
    let values = serde_json::Deserializer::from_str(&text).into_iter::<serde_json::Value>();
    let mut found = Vec::new();
    for value in values {
        match value.map_err(|error| unreadable(&error))? {
            serde_json::Value::Array(several) => found.extend(several),
            one => found.push(one),
        }
    }
    if found.is_empty() {
        return Err(unreadable(&"it is empty"));
    }
    found.into_iter().map(|one| serde_json::from_value(one).map_err(|error| unreadable(&error))).collect()
}

/// Reads the chain of a store as it stands, past every rule.
///
/// # Errors
/// If the store fails.
pub fn verify(
    session: &mut dyn Session,
    identity: &Identity,
    checkpoints: &[HoursCheckpoint],
) -> Result<Verified> {
    let rows = session
        .rows("SELECT id, body, feeds FROM row WHERE kind = $1", &[Arg::Text(Kind::HoursEntry.name())])?;
    let mut entries: Vec<HoursEntry> = Vec::with_capacity(rows.len());
    for row in &rows {
        let id = Id::new(row.uuid(0));
        match Row::parse(Kind::HoursEntry, row.text(1)) {
            Ok(Row::HoursEntry(entry)) if entry.id == id => entries.push(entry),
            _ => {
                let fault = ChainFault { seq: 0, entry: Some(id), is: ChainFaultIs::Altered };
                return Ok(Verified::Broken(fault));
            }
        }
    }
    let head = crate::ledger::read_row(session, HoursHead::of(identity.school).uuid())?;
    let head = head.and_then(|row| if let Row::HoursHead(head) = row { Some(head) } else { None });
    let key: [u8; 32] = identity.public_key().try_into().map_err(|_| Fail::broken("the school's key"))?;
    let mut found = verify_chain(identity.school, &key, &entries, head.as_ref(), checkpoints);
    if found.is_ok()
        && let Some(hidden) = first_hidden(session, &rows, &entries)?
    {
        found = Err(hidden);
    }
    Ok(match found {
        Ok(whole) => Verified::Whole {
            count: whole.count,
            hash: whole.hash.to_string(),
            checkpoints: checkpoints.len(),
        },
        Err(fault) => Verified::Broken(fault),
    })
}

/// The first entry that does not stand exactly where its row says: on its lists, in its feeds.
fn first_hidden(
    session: &mut dyn Session,
    rows: &[Cells],
    entries: &[HoursEntry],
) -> Result<Option<ChainFault>> {
    let kind = Kind::HoursEntry.name();
    let mut listed: BTreeMap<Uuid, BTreeSet<(String, i64)>> = BTreeMap::new();
    let lists = "SELECT row_list.row, row_list.list, row_list.ord
                 FROM row_list JOIN row ON row.id = row_list.row WHERE row.kind = $1";
    for found in session.rows(lists, &[Arg::Text(kind)])? {
        listed.entry(found.uuid(0)).or_default().insert((found.text(1).to_owned(), found.int(2)));
    }
    let mut fed: BTreeMap<Uuid, BTreeSet<String>> = BTreeMap::new();
    let feeds = "SELECT feed_row.row, feed_row.feed FROM feed_row JOIN row ON row.id = feed_row.row
                 WHERE row.kind = $1 AND feed_row.present = 1";
    for found in session.rows(feeds, &[Arg::Text(kind)])? {
        fed.entry(found.uuid(0)).or_default().insert(found.text(1).to_owned());
    }
    let stands = |row: &Cells, entry: &HoursEntry| {
        let feeds: BTreeSet<_> = entry.feeds().iter().map(ToString::to_string).collect();
        let lists = Row::from(entry.clone()).lists().into_iter().map(|(list, at)| (list.key(), at)).collect();
        let id = entry.id.uuid();
        listed.get(&id) == Some(&lists)
            && fed.get(&id) == Some(&feeds)
            && row.text(2).lines().map(str::to_owned).collect::<BTreeSet<_>>() == feeds
    };
    let hidden = rows.iter().zip(entries).filter(|(row, entry)| !stands(row, entry));
    let faults = hidden.map(|(_, entry)| {
        let seq = entry.approval().map_or(0, |approval| approval.seq);
        ChainFault { seq, entry: Some(entry.id), is: ChainFaultIs::Hidden }
    });
    Ok(faults.min_by_key(|fault| (fault.seq, fault.entry)))
}

/// The school's public key, by which certificates are verified: 64 hexadecimal digits.
#[must_use]
pub fn school_key(identity: &Identity) -> String {
    HEXLOWER.encode(&identity.public_key())
}

impl std::fmt::Display for Verified {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let fault = match self {
            Self::Whole { count, checkpoints, .. } => {
                return write!(f, "hours: {count} entries, whole; compared with {checkpoints} checkpoints");
            }
            Self::Broken(fault) => fault,
        };
        let what = match fault.is {
            ChainFaultIs::Altered => "does not read as it was approved",
            ChainFaultIs::Missing => "is missing",
            ChainFaultIs::Twice => "stands there twice",
            ChainFaultIs::Moved => "does not follow the one before it",
            ChainFaultIs::Unsigned => "was not signed by this school as it is",
            ChainFaultIs::CutOff => "is missing, and all after it: the chain was cut off",
            ChainFaultIs::BeyondHead => "stands after the end of the chain",
            ChainFaultIs::NotAsSigned => {
                "is not what the school signed: a checkpoint or the head says otherwise"
            }
            ChainFaultIs::Hidden => "is hidden from, or shown to, others than those it is for",
            ChainFaultIs::ForeignCheckpoint => "is of a checkpoint that this school did not sign",
        };
        match fault.seq {
            0 => write!(f, "hours: an entry {what}")?,
            seq => write!(f, "hours: entry number {seq} {what}")?,
        }
        fault.entry.map_or(Ok(()), |id| write!(f, " ({id})"))
    }
}
