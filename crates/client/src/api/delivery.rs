//! How a notice has reached those it was sent to, as its author sees it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Entered, Id, Notice};

use super::{notice::GuardianName, profile::ChildName};

/// `notice.delivery`: asked of the school; what it said last where it cannot be reached.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeDelivery")]
pub struct Ask {
    /// Of which notice.
    pub notice: Id<Notice>,
}

/// How it stands.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Delivery {
    /// When the school said so.
    pub as_of: Timestamp,
    /// The school cannot be reached: it may stand better by now.
    pub last_known: bool,
    /// Every child it is for, by class and 学号.
    pub children: Vec<ChildDelivery>,
}

/// How it stands for one child.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ChildDelivery {
    /// Who.
    pub child: ChildName,
    /// Each guardian who stands for the child today.
    pub guardians: Vec<GuardianDelivery>,
}

/// How it stands with one guardian.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GuardianDelivery {
    /// Who.
    pub guardian: GuardianName,
    /// How far it came.
    pub way: Way,
    /// When the school heard that this guardian had it on the screen.
    pub seen: Option<Timestamp>,
    /// What this guardian answered for the child.
    pub acted: Option<Acted>,
}

/// How far a notice came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Way {
    /// It is on a device of theirs.
    Held {
        /// At the latest since then; `None` where that was long ago.
        since: Option<Timestamp>,
    },
    /// Their devices have not said so yet.
    NotYet,
    /// They joined, and no device of theirs is signed in any more.
    NoDevice,
    /// They have not joined.
    NotJoined,
    /// They have no device.
    OnPaper,
    /// They hold no right to messages.
    CannotReceive,
    /// The school said nothing of them: they came to it since.
    Unknown,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Acted {
    /// When.
    pub at: Timestamp,
    /// 代办: who entered it, and why.
    pub entered: Option<Entered>,
}
