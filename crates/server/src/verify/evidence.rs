//! Whether the files that show approved hours are those that were approved. The chain says which they were; this reads their bytes.

use serde::Serialize;
use xinmei_model::{FileHash, HoursEntry, Id, Kind, Row};

use crate::{
    Result,
    files::Files,
    store::{Arg, Session},
};

/// A file of an approved entry that is not what was approved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Of which entry.
    pub entry: Id<HoursEntry>,
    /// Its place in the chain.
    pub seq: u64,
    /// As its sender called it.
    pub name: String,
    /// What its bytes, or those of its thumbnail, hashed to.
    pub sha256: FileHash,
    /// There is nothing of it any more; otherwise there is something else.
    pub gone: bool,
}

/// What was found of the files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Evidences {
    /// How many were looked at.
    pub files: u64,
    /// Those that are not what was approved, in the order of the chain.
    pub broken: Vec<Evidence>,
}

/// Looks at every file of every approved entry.
///
/// # Errors
/// If the store fails, or a file cannot be read.
pub fn verify_evidence(session: &mut dyn Session, files: &Files) -> Result<Evidences> {
    let rows = session.rows("SELECT body FROM row WHERE kind = $1", &[Arg::Text(Kind::HoursEntry.name())])?;
    let mut found = Evidences::default();
    for row in &rows {
        // What cannot be read the chain names.
        let Ok(Row::HoursEntry(entry)) = Row::parse(Kind::HoursEntry, row.text(0)) else { continue };
        let Some(approval) = entry.approval() else { continue };
        for file in &entry.files {
            found.files += 1;
            for (sha256, _) in file.parts() {
                let again = files.hash_again(sha256)?;
                if again != Some(sha256) {
                    let (entry, seq, name) = (entry.id, approval.seq, file.name.clone());
                    found.broken.push(Evidence { entry, seq, name, sha256, gone: again.is_none() });
                }
            }
        }
    }
    found.broken.sort_by(|one, other| (one.seq, &one.name).cmp(&(other.seq, &other.name)));
    Ok(found)
}

impl std::fmt::Display for Evidence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { entry, seq, name, sha256, gone } = self;
        let what = if *gone { "is not there any more" } else { "is not the file that was approved" };
        write!(f, "evidence: “{name}” of entry number {seq} {what} ({entry}, {sha256})")
    }
}
