//! Certificates, what a computer keeps of the ledger, and stars.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{HoursCheckpoint, HoursProof, Id, Person, ProofService};

use super::{ItemState, ProofLine};

/// `hours.issue`: a certificate; the school signs it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursIssue")]
pub struct Issue {
    /// Of whom; of whoever sits here if `None`.
    pub person: Option<Id<Person>>,
    /// From this day.
    pub from: Date,
    /// To this day.
    pub to: Date,
    /// By a desk alone; may be empty.
    pub training: String,
    /// The same.
    pub awards: String,
    /// The same.
    pub evaluation: String,
}

/// `hours.proof`: a certificate to be printed.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursShowProof")]
pub struct ShowProof {
    /// Which.
    pub proof: Id<HoursProof>,
}

/// A certificate.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ProofView {
    /// As in the list.
    pub line: ProofLine,
    /// Of whom.
    pub name: String,
    /// The school.
    pub school: String,
    /// How many entries.
    pub entries: u32,
    /// By what was done.
    pub services: Vec<ProofService>,
    /// Stars, where the school gives any.
    pub stars: Option<u32>,
    /// 培训; may be empty, as the next two.
    pub training: String,
    /// 表彰奖励
    pub awards: String,
    /// 评价
    pub evaluation: String,
    /// What the QR code carries.
    pub text: String,
    /// Its modules, row by row; `true` is dark.
    pub qr: Vec<Vec<bool>>,
    /// The first 16 digits of the school's key.
    pub key: String,
}

/// `hours.checkpoints`: what this computer kept of the chain, for whoever verifies the school's store.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursCheckpoints")]
pub struct Checkpoints {}

/// What was kept.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct KeptCheckpoints {
    /// By place in the chain.
    pub checkpoints: Vec<HoursCheckpoint>,
    /// The school's public key: 64 hexadecimal digits.
    pub school_key: String,
}

/// `hours.stars`: from how many hours on there are stars.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursStars")]
pub struct LookStars {}

/// The school's stars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StarHoursView {
    /// Of the first star, of the second, and so on; none if empty.
    pub hours: Vec<u32>,
    /// Whether the hat may set them.
    pub may_set: bool,
    /// How many there may be.
    pub most: u32,
    /// A wish about them waits on this computer.
    pub waits: Option<ItemState>,
}

/// `hours.set-stars`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "HoursSetStars")]
pub struct SetStars {
    /// Of the first star, of the second, and so on; none if empty.
    pub hours: Vec<u32>,
}
