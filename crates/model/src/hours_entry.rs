//! 志愿时长: what somebody did for how long, approved by somebody else. An entry that was approved is never edited; it is
//! corrected by a new one. What is hashed and signed is told in `docs/hours.md`, byte for byte.

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signature, VerifyingKey};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{Attachment, FileHash, Id, Person, Place, Post, School, Shift, derived};

/// The first words of what is hashed of an entry.
const ENTRY: &str = "xinmei-hours 1\n";
/// The first words of what the school signs of its chain.
const CHECKPOINT: &str = "xinmei-hours-checkpoint 1";
/// In place of a length: nothing was said, which is not the same as nothing written.
const ABSENT: u32 = u32::MAX;

/// One entry of the ledger. For the volunteer, who holds their own copy, and for the desks of its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursEntry {
    /// Of a shift: follows from shift and person. Otherwise made by the device that asks.
    pub id: Id<HoursEntry>,
    /// Whose time it is.
    pub person: Id<Person>,
    /// That person's name, as it was.
    pub person_name: String,
    /// The place whose desks approve it.
    pub place: Id<Place>,
    /// The shift, where it comes from one.
    pub shift: Option<Id<Shift>>,
    /// The shift's post.
    pub post: Option<Id<Post>>,
    /// What it was, as it was called then: the post's title.
    pub title: String,
    /// The programme tag, as it was called then; may be empty.
    pub programme: String,
    /// On which day.
    pub day: Date,
    /// How long, in minutes. Of a correction: what holds instead, 0 where it counts for nothing.
    pub minutes: u32,
    /// What shows it, in words; may be empty where it comes from a shift.
    pub evidence: String,
    /// Files that show it: at most [`limits::HOURS_FILES`](crate::limits::HOURS_FILES). Their hashes are part of the chain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Attachment>,
    /// The approved entry it is in place of.
    pub corrects: Option<Id<HoursEntry>>,
    /// Why that is corrected; empty of all others.
    pub reason: String,
    /// Who entered it.
    pub entered: HoursBy,
    /// How it stands.
    pub state: HoursState,
}

/// Who did something with an entry, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct HoursBy {
    /// Who.
    pub person: Id<Person>,
    /// That person's name, as it was.
    pub name: String,
    /// When the school heard.
    pub at: Timestamp,
}

/// How an entry stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum HoursState {
    /// Somebody else has to approve it.
    Waiting,
    /// It counts, and stands in the chain.
    Approved(HoursApproval),
    /// It does not count.
    Refused {
        /// By whom.
        by: HoursBy,
        /// Why.
        reason: String,
    },
    /// Taken back before anybody answered.
    Withdrawn,
}

/// What approving adds: a place in the school's chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursApproval {
    /// By whom.
    pub by: HoursBy,
    /// Its place in the chain, from 1.
    pub seq: u64,
    /// The hash of the entry before it; 32 zero bytes before the first.
    pub previous: FileHash,
    /// The hash of this one.
    pub hash: FileHash,
    /// The school's signature over the checkpoint that this entry made; unpadded base64url.
    pub signature: String,
}

/// Where the chain ends. Server only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursHead {
    /// Follows from the school.
    pub id: Id<HoursHead>,
    /// Entries in the chain.
    pub count: u64,
    /// The hash of the last.
    pub hash: FileHash,
}

/// Where the chain ended at a moment, signed by the school. Everybody has it, and every device keeps what it was sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
pub struct HoursCheckpoint {
    /// Follows from the school.
    #[ts(skip)]
    pub id: Id<HoursCheckpoint>,
    /// Of which school.
    pub school: Id<School>,
    /// Entries in the chain.
    #[ts(type = "number")]
    pub count: u64,
    /// The hash of the last.
    #[ts(type = "string")]
    pub hash: FileHash,
    /// When.
    pub at: Timestamp,
    /// Ed25519 by the school's key; unpadded base64url.
    pub signature: String,
}

impl HoursHead {
    /// Where the school's is kept.
    #[must_use]
    pub fn of(school: Id<School>) -> Id<Self> {
        derived("hours-head", school.uuid(), school.uuid())
    }

    /// Before the first entry.
    #[must_use]
    pub fn empty(school: Id<School>) -> Self {
        Self { id: Self::of(school), count: 0, hash: FileHash::new([0; 32]) }
    }
}

impl HoursCheckpoint {
    /// Where the school's is kept.
    #[must_use]
    pub fn of(school: Id<School>) -> Id<Self> {
        derived("hours-checkpoint", school.uuid(), school.uuid())
    }

    /// What is signed.
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        let Self { school, count, hash, at, .. } = self;
        format!("{CHECKPOINT}\n{school}\n{count}\n{hash}\n{}\n", at.as_nanosecond()).into_bytes()
    }

    /// Whether the school signed it: `key` is its Ed25519 public half.
    #[must_use]
    pub fn is_signed(&self, key: &[u8; 32]) -> bool {
        is_signed(&self.message(), &self.signature, key)
    }
}

/// Whether an Ed25519 key signed a message. The signature is unpadded base64url.
#[must_use]
pub(crate) fn is_signed(message: &[u8], signature: &str, key: &[u8; 32]) -> bool {
    let check = || {
        let signature: [u8; 64] = BASE64URL_NOPAD.decode(signature.as_bytes()).ok()?.try_into().ok()?;
        let key = VerifyingKey::from_bytes(key).ok().filter(|key| !key.is_weak())?;
        key.verify_strict(message, &Signature::from_bytes(&signature)).ok()
    };
    check().is_some()
}

impl HoursEntry {
    /// Where that of a shift and person is kept.
    #[must_use]
    pub fn of_shift(shift: Id<Shift>, person: Id<Person>) -> Id<Self> {
        derived("hours", shift.uuid(), person.uuid())
    }

    /// Its place in the chain, where it was approved.
    #[must_use]
    pub fn approval(&self) -> Option<&HoursApproval> {
        if let HoursState::Approved(approval) = &self.state { Some(approval) } else { None }
    }

    /// Whether it waits for somebody.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.state == HoursState::Waiting
    }

    /// The bytes that are hashed where `approval` approves it: see `docs/hours.md`.
    #[must_use]
    pub fn hashed(&self, approval: &HoursApproval) -> Vec<u8> {
        let mut bytes = ENTRY.as_bytes().to_vec();
        bytes.extend_from_slice(approval.previous.as_bytes());
        let mut field = |text: Option<&str>| {
            let length = text.map_or(ABSENT, |text| u32::try_from(text.len()).unwrap_or(ABSENT - 1));
            bytes.extend_from_slice(&length.to_be_bytes());
            bytes.extend_from_slice(text.unwrap_or_default().as_bytes());
        };
        let of = |by: &HoursBy| [by.person.to_string(), by.name.clone(), by.at.as_nanosecond().to_string()];
        field(Some(&approval.seq.to_string()));
        field(Some(&self.id.to_string()));
        field(Some(&self.person.to_string()));
        field(Some(&self.person_name));
        field(Some(&self.place.to_string()));
        field(self.shift.map(|id| id.to_string()).as_deref());
        field(self.post.map(|id| id.to_string()).as_deref());
        field(Some(&self.title));
        field(Some(&self.programme));
        field(Some(&self.day.to_string()));
        field(Some(&self.minutes.to_string()));
        field(Some(&self.evidence));
        field(self.corrects.map(|id| id.to_string()).as_deref());
        field(Some(&self.reason));
        of(&self.entered).iter().for_each(|text| field(Some(text)));
        of(&approval.by).iter().for_each(|text| field(Some(text)));
        // An entry without files is hashed as it always was.
        for file in &self.files {
            let thumbnail = file.picture.as_ref().map(|picture| picture.thumbnail.to_string());
            field(Some(&file.sha256.to_string()));
            field(Some(&file.name));
            field(Some(&file.bytes.to_string()));
            field(thumbnail.as_deref());
        }
        bytes
    }

    /// What its approval says its hash is, worked out again; `None` where it was not approved.
    #[must_use]
    pub fn hash_again(&self) -> Option<FileHash> {
        self.approval().map(|approval| FileHash::of(&self.hashed(approval)))
    }

    /// The checkpoint that it made of this school's chain, where it was approved.
    #[must_use]
    pub fn checkpoint(&self, school: Id<School>) -> Option<HoursCheckpoint> {
        let approval = self.approval()?;
        Some(HoursCheckpoint {
            id: HoursCheckpoint::of(school),
            school,
            count: approval.seq,
            hash: approval.hash,
            at: approval.by.at,
            signature: approval.signature.clone(),
        })
    }
}

/// The approved entries that count: none that another approved one is in place of.
pub fn standing<'e>(entries: impl Iterator<Item = &'e HoursEntry> + Clone) -> Vec<&'e HoursEntry> {
    let approved = entries.filter(|entry| entry.approval().is_some());
    let replaced: std::collections::BTreeSet<_> = approved.clone().filter_map(|one| one.corrects).collect();
    approved.filter(|entry| !replaced.contains(&entry.id)).collect()
}

/// The minutes of a person that count, given all of that person's entries.
pub fn minutes<'e>(entries: impl Iterator<Item = &'e HoursEntry> + Clone) -> u32 {
    standing(entries).iter().fold(0, |sum, entry| sum.saturating_add(entry.minutes))
}
