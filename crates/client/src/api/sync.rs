//! What waits to be sent, and how the line to the school stands.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Act, MutationId, Refusal};

/// `sync.status`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "SyncStatus")]
pub struct Status {}

/// `sync.now`: try at once instead of waiting for the next attempt.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "SyncNow")]
pub struct Now {}

/// The sync line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[ts(rename = "SyncLine")]
pub struct Line {
    /// How it stands.
    pub state: LineState,
    /// The last time the school answered.
    pub contact: Option<Timestamp>,
    /// Items saved or sent, without a verdict.
    pub waiting: u32,
    /// Items refused or parked, and not seen yet.
    pub failed: u32,
    /// Where the school's server is: `school.example:8443`.
    pub address: String,
    /// The school's time as this computer knows it: its own clock, corrected by the school's last answer. A window
    /// counts by this and never by the computer's clock alone.
    pub now: Timestamp,
}

/// How the line to the school stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LineState {
    /// Everything is as the school has it.
    Synced,
    /// Talking.
    Syncing,
    /// The school cannot be reached.
    Offline,
    /// The school is reached and cannot answer now.
    Busy,
    /// This computer's date is so wrong that the school cannot be told from a stranger.
    ClockWrong,
    /// The password is needed.
    SignedOut,
    /// An update is needed.
    UpdateNeeded,
}

/// `outbox.list`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "OutboxList")]
pub struct ListOutbox {}

/// What waits, oldest first, then what was refused and not seen.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Outbox {
    /// The items.
    pub items: Vec<OutboxItem>,
}

/// One item of the outbox.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OutboxItem {
    /// Which.
    pub mutation: MutationId,
    /// What it is about, in a few facts the window makes a sentence of.
    pub about: About,
    /// How it stands.
    pub state: ItemState,
    /// When it was composed, by this computer's clock.
    pub composed: Timestamp,
    /// How far what it carries has come, where it carries files and waits: they go first.
    pub upload: Option<UploadProgress>,
}

/// Files on their way to the school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UploadProgress {
    /// How many there are.
    pub files: u32,
    /// How many of them the school has.
    pub there: u32,
    /// Of all their bytes those that the school has, in hundredths.
    pub percent: u32,
}

/// How an item of the outbox stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum ItemState {
    /// 已保存在本机
    Saved,
    /// 已提交，等学校确认
    Sent,
    /// 未办成
    Refused {
        /// Why.
        refusal: Refusal,
    },
    /// 未送达: the school's server cannot take it, so that it was put aside for the others behind it.
    Parked {
        /// Stable, as in problem details: `number-reused`, `too-large`, `malformed`, `broken`…
        code: String,
    },
    /// This version cannot read it any more; it is kept, and sent as it is.
    Unreadable,
}

/// What a wish is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct About {
    /// The act's name: `sign-up`, `acknowledge`…
    pub act: String,
    /// The title of the notice, event or post.
    pub title: String,
    /// What was typed, whole; as it is kept where it cannot be read. A person may copy it.
    pub text: String,
    /// The children concerned.
    pub children: Vec<String>,
    /// How many people come, for a sign-up.
    pub people: u32,
}

/// The stable name of an act, as on the wire.
#[must_use]
pub fn act_name(act: &Act) -> String {
    if let Act::Contest(step) = act {
        return step.name().to_owned();
    }
    if let Act::Volunteer(step) = act {
        return step.name().to_owned();
    }
    if let Act::Hours(step) = act {
        return step.name().to_owned();
    }
    serde_json::to_value(act)
        .ok()
        .and_then(|value| value.get("do").and_then(|name| name.as_str().map(str::to_owned)))
        .unwrap_or_default()
}

/// `outbox.seen`: a refused item was read and may go.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "OutboxSeen")]
pub struct Seen {
    /// Which.
    pub mutation: MutationId,
}

/// `outbox.take-back`: an item that was never sent is not sent at all.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "OutboxTakeBack")]
pub struct TakeBack {
    /// Which.
    pub mutation: MutationId,
}

/// `draft.get`
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "DraftGet")]
pub struct GetDraft {
    /// Which screen and row: `notice.compose`, `event.plan`.
    pub key: String,
}

/// `draft.put`: kept within 300 ms of typing, survives a kill. An empty body forgets it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "DraftPut")]
pub struct PutDraft {
    /// As in `draft.get`.
    pub key: String,
    /// Whatever the screen needs to come back as it was, as text.
    pub body: String,
}

/// A draft.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Draft {
    /// Empty where there is none.
    pub body: String,
}
