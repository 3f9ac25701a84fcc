//! What is asked of the school online, because no replica holds it.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Child, Conversation, Hat, History, Id, Message, Person};

/// How a notice has reached those it was sent to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Delivery {
    /// As of when, by the server's clock.
    #[schemars(with = "String")]
    pub now: Timestamp,
    /// Everybody who receives it; nobody while it is held, and once it was recalled or replaced.
    pub guardians: Vec<Delivered>,
}

/// How it has reached one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Delivered {
    /// Who.
    pub person: Id<Person>,
    /// Whether it is on a device of theirs.
    pub device: OnDevice,
}

/// Whether a notice is on a device of somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum OnDevice {
    /// They have no device that is signed in.
    None,
    /// On none of them, as far as the devices have said.
    NotYet,
    /// On at least one.
    Held {
        /// When the device said so first; `None` where that was too long ago to be kept.
        #[schemars(with = "Option<String>")]
        since: Option<Timestamp>,
    },
}

/// Somebody asks what the family of a child had in its hands at a moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AskHistory {
    /// The hat it is asked in.
    pub hat: Hat,
    /// Whose family.
    pub child: Id<Child>,
    /// When.
    #[schemars(with = "String")]
    pub at: Timestamp,
}

/// What it had.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ToldThen {
    /// As far as whoever asks may see it.
    #[schemars(with = "serde_json::Value")]
    pub history: History,
}

/// An administrator reads a reported conversation; its access log says so before anything is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReadReported {
    /// The hat it is read in.
    pub hat: Hat,
}

/// A reported conversation, for this once: it goes into no feed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportedThread {
    /// The conversation.
    #[schemars(with = "serde_json::Value")]
    pub conversation: Conversation,
    /// All that was said, in its order.
    #[schemars(with = "Vec<serde_json::Value>")]
    pub messages: Vec<Message>,
}

/// Whoever hands over for somebody else asks how much there is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountOpen {
    /// The hat it is asked in.
    pub hat: Hat,
}

/// How many conversations of a hat are open.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OpenCount {
    /// The number, and nothing of them.
    pub open: u32,
}
