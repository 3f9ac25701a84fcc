//! What a device and the school's server say to each other, all of it JSON over HTTPS.

mod asked;

use std::collections::BTreeMap;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{Feed, FileHash, Id, Mutation, MutationId, Person, Rev, Verdict};

pub use asked::{
    AskHistory, CountOpen, Delivered, Delivery, OnDevice, OpenCount, ReadReported, ReportedThread, ToldThen,
};

/// The version of this protocol. A server keeps every version it ever spoke.
///
/// * 1 (2026-11): push, pull, live, enrolment.
pub const PROTOCOL: u32 = 1;

/// A device's mutations, in order, from its outbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Push {
    /// [`PROTOCOL`].
    pub protocol: u32,
    /// The number of the first mutation; the others follow without a gap. Numbers belong to the device, begin at 1
    /// and are stored before the first attempt.
    pub first: u64,
    /// The mutations. Kept as JSON here so that one unreadable mutation is refused alone.
    #[schemars(with = "Vec<Mutation>")]
    pub mutations: Vec<serde_json::Value>,
}

/// What became of a push.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pushed {
    /// The school's incarnation.
    pub epoch: Uuid,
    /// The school's rev after it.
    pub rev: Rev,
    /// The device's last processed number.
    pub last_number: u64,
    /// One for each mutation processed by this push, or earlier by the same id.
    pub verdicts: Vec<Settled>,
}

/// A mutation and its verdict.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Settled {
    /// Which.
    pub id: MutationId,
    /// Its number on the device that made it.
    pub number: u64,
    /// The verdict.
    #[schemars(with = "serde_json::Value")]
    pub verdict: Verdict,
}

/// A device asks for what it has not seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pull {
    /// [`PROTOCOL`].
    pub protocol: u32,
    /// Up to which rev it has every row of `feeds`.
    pub cursor: Rev,
    /// The feeds it holds whole.
    pub feeds: Vec<Feed>,
    /// Feeds that are still arriving, each with the rev up to which it has come.
    pub arriving: BTreeMap<Feed, Rev>,
    /// The number of the oldest mutation in its outbox: verdicts from there on are sent along.
    pub outbox_from: u64,
}

/// One page of an answer. Applied by the device in one transaction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Page {
    /// The school's incarnation.
    pub epoch: Uuid,
    /// The server's time; a device never trusts its own for a deadline.
    #[schemars(with = "String")]
    pub now: Timestamp,
    /// The new cursor.
    pub cursor: Rev,
    /// Rows, by rising rev.
    pub rows: Vec<RowUpdate>,
    /// Feeds that arrived with this page, whole.
    pub arrived: Vec<Feed>,
    /// Feeds still arriving, each with the rev up to which it has come.
    pub arriving: BTreeMap<Feed, Rev>,
    /// Rights that ended. What stands in none of the device's other feeds is purged.
    pub ended: Option<Ended>,
    /// The device's last processed number.
    pub last_number: u64,
    /// Verdicts of the device's own mutations.
    pub verdicts: Vec<Settled>,
    /// Whether to ask again at once.
    pub more: bool,
}

/// Feeds a device may no longer hold, signed by the school for this device: an unsigned answer purges nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Ended {
    /// Which.
    pub feeds: Vec<Feed>,
    /// Ed25519 over [`ended_message`], in unpadded base64url (RFC 4648 §5).
    pub signature: String,
}

/// The bytes a school signs when a device's rights have ended.
#[must_use]
pub fn ended_message(device: Uuid, feeds: &[Feed]) -> Vec<u8> {
    let names: Vec<_> = feeds.iter().map(Feed::to_string).collect();
    format!("xinmei ended 1\n{device}\n{}", names.join("\n")).into_bytes()
}

/// The bytes a school signs when a device was removed: it purges everything but its outbox.
#[must_use]
pub fn removed_message(device: Uuid) -> Vec<u8> {
    format!("xinmei removed 1\n{device}").into_bytes()
}

/// Where a row stands in the feeds a device holds, as of a rev.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RowUpdate {
    /// What it is; may be a kind this device does not know yet.
    pub kind: String,
    /// Which.
    pub id: Uuid,
    /// The change that brought it here.
    pub rev: Rev,
    /// Feeds of this device it now stands in.
    pub feeds: Vec<Feed>,
    /// Feeds of this device it has left.
    pub left: Vec<Feed>,
    /// The row, unless it left all of them.
    pub body: Option<serde_json::Value>,
}

/// A frame of the live stream (server-sent events, one JSON line each).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Live {
    /// The stream stands; the school is at this rev.
    Hello {
        /// The school's rev.
        rev: Rev,
    },
    /// Something changed in this feed.
    Poke {
        /// Which feed.
        feed: Feed,
        /// Up to which rev.
        rev: Rev,
    },
}

/// A device announces a file it will upload, or asks after a cut how far it had come.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BeginUpload {
    /// What the whole will hash to.
    pub sha256: FileHash,
    /// How long the whole is; at most [`limits::FILE_BYTES`](crate::limits::FILE_BYTES).
    pub bytes: u32,
}

/// How far an upload has come.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct UploadStand {
    /// Bytes the school has, from the beginning; all of them where it is done.
    pub offset: u32,
}

/// The public face of a school, asked before anybody is trusted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Face {
    /// The school's name.
    pub name: String,
    /// [`PROTOCOL`].
    pub protocol: u32,
    /// The certificate authority of a private server (DER, base64url); `None` where a public one is used. It is
    /// worth nothing until a pin or a proof confirms it.
    pub ca: Option<String>,
}

/// "Prove that you know this code", before the certificate is trusted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProveInvite {
    /// Which code, as its lookup (base64url of 16 bytes).
    pub lookup: String,
    /// 16 random bytes, base64url.
    pub nonce: String,
}

/// The server's proof: HMAC-SHA-256 with the code's proof key over nonce and certificate authority.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct InviteProof {
    /// The proof, base64url.
    pub proof: String,
    /// Who is being invited, for the screen: known only to somebody who holds the strip.
    pub face: Face,
}

/// A device joins with a code. Sent only over a connection whose certificate was confirmed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Enrol {
    /// [`PROTOCOL`].
    pub protocol: u32,
    /// Which code.
    pub lookup: String,
    /// HMAC-SHA-256 with the code's proof key over the device key, base64url.
    pub proof: String,
    /// Ed25519 public key of the device, base64url.
    pub device_key: String,
    /// What the person calls this computer.
    pub device_name: String,
    /// At least 10 characters (staff 15).
    pub password: String,
}

/// A device is part of the school.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Enrolled {
    /// The school.
    pub school: Uuid,
    /// The school's incarnation.
    pub epoch: Uuid,
    /// The school's Ed25519 public key, base64url.
    pub school_key: String,
    /// Who signed in.
    pub person: Id<Person>,
    /// This device.
    pub device: Uuid,
    /// The first session.
    pub session: Token,
}

/// An opaque session token, bound to a device.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Token {
    /// 256 random bits, base64url.
    pub token: String,
    /// The server forgets it then.
    #[schemars(with = "String")]
    pub expires: Timestamp,
}

/// A device asks for a new session by its key, and by the password after a long absence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct OpenSession {
    /// Which device.
    pub device: Uuid,
    /// The challenge the server gave (base64url of 32 bytes).
    pub challenge: String,
    /// Ed25519 by the device key over `"xinmei session 1\n" + challenge`.
    pub signature: String,
    /// Where the server asked for it.
    pub password: Option<String>,
}

/// A challenge to sign; good once, for a minute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Challenge {
    /// 32 random bytes, base64url.
    pub challenge: String,
}

/// Staff ask for invites to print.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IssueInvites {
    /// The hat it is asked in.
    pub hat: crate::Hat,
    /// For whom.
    pub persons: Vec<Id<Person>>,
    /// A lost computer or a forgotten password: the person's other devices are signed out.
    pub replace_devices: bool,
}

/// One invite, shown once: the server keeps only what it needs to recognise the code.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Invite {
    /// For whom.
    pub person: Id<Person>,
    /// That person's name.
    pub person_name: String,
    /// The children it is for, with the relation, as shown on the strip.
    pub children: Vec<InvitedChild>,
    /// Twelve characters of [`CODE_ALPHABET`], in three groups: `7K2M-QXRT-9ABC`.
    pub code: String,
    /// `xinmei://join?…` with address, pin and code.
    pub link: String,
    /// The school's address, as typed by hand: `school.example:8443`.
    pub address: String,
    /// The code ends then.
    #[schemars(with = "String")]
    pub expires: Timestamp,
}

/// A child on a strip.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct InvitedChild {
    /// Which.
    pub child: Id<crate::Child>,
    /// Name.
    pub name: String,
    /// How the person is related.
    pub relation: crate::Relation,
}

/// Crockford's base 32: no I, L, O or U to misread; twelve characters are 60 bits. O is read as 0, I and L as 1.
pub const CODE_ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Problem details (RFC 9457), with a stable `code`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// `about:blank`; the code says it.
    #[serde(rename = "type")]
    pub kind: String,
    /// For a log, in English.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// Stable.
    pub code: String,
    /// What to do now, in English.
    pub detail: String,
    /// For `device-removed`: Ed25519 over [`removed_message`], base64url.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// Reads the mutations of a push one by one.
#[must_use]
pub fn read_mutation(value: &serde_json::Value) -> Option<Mutation> {
    serde_json::from_value(value.clone()).ok()
}
