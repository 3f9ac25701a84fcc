//! Whether the chain of hours is whole: asked by the school's server of its store, and by a device of what it was sent.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{FileHash, HoursCheckpoint, HoursEntry, HoursHead, Id, School};

/// The first thing that does not fit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ChainFault {
    /// The place in the chain, from 1.
    #[ts(type = "number")]
    pub seq: u64,
    /// The entry that stands there, if one does.
    pub entry: Option<Id<HoursEntry>>,
    /// What is wrong with it.
    pub is: ChainFaultIs,
}

/// What can be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum ChainFaultIs {
    /// It does not read as it was approved: its hash is another.
    Altered,
    /// Nothing stands at this place, but something stands after it.
    Missing,
    /// Two stand at this place.
    Twice,
    /// It does not follow the one before it.
    Moved,
    /// The school did not sign it.
    Unsigned,
    /// The chain ends before this place, and a head or a checkpoint reaches further.
    CutOff,
    /// The chain goes further than its head says.
    BeyondHead,
    /// A checkpoint signed by the school says otherwise of this place.
    NotAsSigned,
    /// A checkpoint that was handed in was not signed by this school.
    ForeignCheckpoint,
    /// It stands there, but not where whoever it concerns finds it: on its lists, and in its feeds. Of the store alone.
    Hidden,
}

/// What was found whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct ChainWhole {
    /// Entries.
    #[ts(type = "number")]
    pub count: u64,
    /// The hash of the last.
    #[ts(type = "string")]
    pub hash: FileHash,
}

/// Whether the whole chain is as it was approved, from its first entry to its head, and as these checkpoints say. Entries that
/// were not approved are passed over; their order does not matter.
///
/// Without a checkpoint of its end, what is found is what its signatures and its head show: whoever writes both anew with the
/// school's key is found by a checkpoint alone, which is why devices keep them.
///
/// # Errors
/// The first place that does not fit.
pub fn verify_chain(
    school: Id<School>,
    key: &[u8; 32],
    entries: &[HoursEntry],
    head: Option<&HoursHead>,
    checkpoints: &[HoursCheckpoint],
) -> Result<ChainWhole, ChainFault> {
    let fault = |seq, entry: Option<&HoursEntry>, is| ChainFault { seq, entry: entry.map(|one| one.id), is };
    let mut said: BTreeMap<u64, Vec<FileHash>> = BTreeMap::new();
    for one in checkpoints {
        if one.school != school || !one.is_signed(key) {
            return Err(fault(one.count, None, ChainFaultIs::ForeignCheckpoint));
        }
        said.entry(one.count).or_default().push(one.hash);
    }
    let mut approved: Vec<_> = entries.iter().filter_map(|entry| Some((entry.approval()?, entry))).collect();
    approved.sort_by_key(|(approval, entry)| (approval.seq, entry.id));
    let mut end = HoursHead::empty(school);
    for (approval, entry) in approved {
        let next = end.count.saturating_add(1);
        if approval.seq < next {
            return Err(fault(approval.seq, Some(entry), ChainFaultIs::Twice));
        }
        if approval.seq > next {
            return Err(fault(next, None, ChainFaultIs::Missing));
        }
        let again = entry.hash_again().unwrap_or(end.hash);
        if again != approval.hash {
            return Err(fault(next, Some(entry), ChainFaultIs::Altered));
        }
        if approval.previous != end.hash {
            return Err(fault(next, Some(entry), ChainFaultIs::Moved));
        }
        if said.get(&next).is_some_and(|hashes| hashes.iter().any(|hash| *hash != approval.hash)) {
            return Err(fault(next, Some(entry), ChainFaultIs::NotAsSigned));
        }
        if !entry.checkpoint(school).is_some_and(|made| made.is_signed(key)) {
            return Err(fault(next, Some(entry), ChainFaultIs::Unsigned));
        }
        (end.count, end.hash) = (next, approval.hash);
    }
    let reaches = said.last_key_value().map_or(0, |(count, _)| *count).max(head.map_or(0, |head| head.count));
    if reaches > end.count {
        return Err(fault(end.count.saturating_add(1), None, ChainFaultIs::CutOff));
    }
    let head = head.map_or((0, FileHash::new([0; 32])), |head| (head.count, head.hash));
    if head.0 < end.count {
        return Err(fault(head.0.saturating_add(1), None, ChainFaultIs::BeyondHead));
    }
    if head.1 != end.hash {
        return Err(fault(end.count, None, ChainFaultIs::NotAsSigned));
    }
    Ok(ChainWhole { count: end.count, hash: end.hash })
}

/// Whether what a device was sent fits itself and what it kept: a part of the chain, so that gaps say nothing.
///
/// `kept` are hashes that the school signed, by place, from entries and checkpoints alike; `own` are places of entries that this
/// device must still have.
///
/// # Errors
/// The first place that does not fit.
pub fn verify_part(
    school: Id<School>,
    key: &[u8; 32],
    entries: &[HoursEntry],
    kept: &[HoursCheckpoint],
    own: &[(u64, Id<HoursEntry>)],
) -> Result<(), ChainFault> {
    let mut signed: BTreeMap<u64, FileHash> = BTreeMap::new();
    for one in kept {
        let is = match signed.insert(one.count, one.hash) {
            _ if one.school != school || !one.is_signed(key) => ChainFaultIs::ForeignCheckpoint,
            Some(other) if other != one.hash => ChainFaultIs::NotAsSigned,
            _ => continue,
        };
        return Err(ChainFault { seq: one.count, entry: None, is });
    }
    let mut held: BTreeMap<u64, &HoursEntry> = BTreeMap::new();
    for entry in entries {
        let Some(approval) = entry.approval() else { continue };
        let before = approval.seq.checked_sub(1).and_then(|before| signed.get(&before));
        let is = if entry.hash_again() != Some(approval.hash) {
            ChainFaultIs::Altered
        } else if !entry.checkpoint(school).is_some_and(|made| made.is_signed(key)) {
            ChainFaultIs::Unsigned
        } else if signed.get(&approval.seq).is_some_and(|hash| *hash != approval.hash) {
            ChainFaultIs::NotAsSigned
        } else if before.is_some_and(|hash| *hash != approval.previous) {
            ChainFaultIs::Moved
        } else if held.insert(approval.seq, entry).is_some() {
            ChainFaultIs::Twice
        } else {
            continue;
        };
        return Err(ChainFault { seq: approval.seq, entry: Some(entry.id), is });
    }
    for (seq, id) in own {
        match held.get(seq) {
            Some(entry) if entry.id == *id => {}
            other => {
                let is = if other.is_some() { ChainFaultIs::Moved } else { ChainFaultIs::Missing };
                return Err(ChainFault { seq: *seq, entry: Some(*id), is });
            }
        }
    }
    Ok(())
}
