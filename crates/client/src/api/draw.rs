//! The draw: what it stands at, its entry, and "recompute", which anybody may.

use jiff::{Timestamp, Zoned};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Booking, DrawFault, FileHash, Id, Secret, Session};

/// A draw as it is planned. The secret is made by this computer and never shown before the draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlannedDraw {
    /// Which public value decides, in words: 2026-12-04 上证指数收盘价.
    pub public_value: String,
    /// With how many decimals it is published; 0 to 6.
    pub decimals: u32,
    /// When it will be known; after sign-up closes.
    pub known: Zoned,
}

/// The draw of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DrawView {
    /// Which public value decides, in words.
    pub public_value: String,
    /// With how many decimals it is written.
    pub decimals: u32,
    /// When it will be known; nobody draws before.
    pub known: Zoned,
    /// SHA-256 of the school's secret, as it was published with the event.
    pub commitment: FileHash,
    /// Where it stands.
    pub phase: DrawPhase,
    /// Entries: so far as last heard, then those of the roll.
    pub entries: u32,
    /// Sessions one entry may name.
    pub most_wishes: u32,
}

/// Where a draw stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum DrawPhase {
    /// Sign-up has not opened.
    NotOpen,
    /// Wishes are taken.
    Wishes {
        /// Until then.
        until: Zoned,
    },
    /// Sign-up has closed; the roll of entries has not arrived here yet.
    Closing,
    /// The roll is published and fixed: it waits for the public value.
    Rolled {
        /// What the roll hashes to.
        roll_sha256: FileHash,
    },
    /// Drawn.
    Drawn {
        /// When.
        at: Timestamp,
        /// The public value, as the coordinator entered it.
        value: String,
        /// The secret, revealed.
        secret: Secret,
        /// What the roll hashes to.
        roll_sha256: FileHash,
        /// Entries that got a session.
        seated: u32,
    },
}

/// How an entry came out of the draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DrawnPlace {
    /// Its place in the order of the tickets; 1 was served first.
    pub place: u32,
    /// Of so many.
    pub of: u32,
    /// Which of its wishes it got, 1 being the first; none if `None`.
    pub wish: Option<u32>,
}

/// `event.draw`: the coordinator enters the public value, and it is drawn.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventDraw")]
pub struct Draw {
    /// Which.
    pub event: Id<xinmei_model::Event>,
    /// The public value: digits, with a point before its decimals.
    pub value: String,
}

/// `event.recompute`: works the draw out again on this computer, without a network.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "EventRecompute")]
pub struct Recompute {
    /// Which.
    pub event: Id<xinmei_model::Event>,
}

/// What recomputing came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Recomputed {
    /// What was checked, in this order.
    pub steps: Vec<RecomputedStep>,
    /// The first step that does not agree; all do if `None`.
    pub fault: Option<DrawFault>,
    /// SHA-256 of the secret, as it was published with the event.
    pub commitment: FileHash,
    /// The secret that was revealed.
    pub secret: Secret,
    /// The public value, as it was entered.
    pub value: String,
    /// What the roll hashes to.
    pub roll_sha256: FileHash,
    /// When this computer first saw the roll's hash, by the school's time; `None` if only after the draw.
    pub roll_seen: Option<Timestamp>,
    /// What secret, value and roll come to.
    pub seed: FileHash,
    /// Entries in the roll.
    pub entries: u32,
    /// Entries that got a session.
    pub seated: u32,
    /// The family's own entries.
    pub mine: Vec<OwnEntry>,
}

/// One thing that was checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RecomputedStep {
    /// What does not agree if it does not.
    pub step: DrawFault,
    /// Whether it agrees; `None` if an earlier step did not and it was not checked.
    pub agrees: Option<bool>,
}

/// The family's own entry, as it was worked out here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OwnEntry {
    /// Which.
    pub booking: Id<Booking>,
    /// Its ticket: the smallest of its hashes.
    pub ticket: FileHash,
    /// Earlier draws in which it got nothing: as many tickets more.
    pub misses: u32,
    /// Its place in the order of the tickets; 1 is served first.
    pub place: u32,
    /// The session it gets.
    pub session: Option<Id<Session>>,
    /// Which of its wishes that is, 1 being the first.
    pub wish: Option<u32>,
}

/// How often a session was wished for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SessionWishes {
    /// Which.
    pub session: Id<Session>,
    /// Entries that name it first, second…; as many numbers as the longest entry has wishes.
    pub by_rank: Vec<u32>,
    /// Seats the parties take that name it first.
    pub seats_first: u32,
}

/// The draw as the desk sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeskDraw {
    /// By session, in the order of the event.
    pub wishes: Vec<SessionWishes>,
    /// Whether the public value may be entered now, by this computer's best knowledge.
    pub may_draw: bool,
}
