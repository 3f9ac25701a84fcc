//! Files that a notice, an answer or a message carries. A row names them by what their bytes hash to; the bytes travel
//! beside the rows.
//!
//! Who may read a file is who may see a row that names it ([`List::WithFile`]). Before a row names it, it is its uploader's
//! ([`Upload`]), and who has not uploaded it cannot name it: a hash is no secret.

use std::{fmt, str::FromStr};

use data_encoding::HEXLOWER;
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest as _, Sha256};

use crate::{
    Act, Facts, FileKind, Id, Person, Refusal, Stop, derived,
    file_name::{check_file_name, extension},
    limits,
};

/// SHA-256 of a file's bytes, and its name wherever they are kept. As text: 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileHash([u8; 32]);

/// A text that is no SHA-256.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a SHA-256 in lower-case hexadecimal")]
pub struct ParseFileHashError;

impl FileHash {
    /// What these bytes hash to.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// A digest that was made piece by piece.
    #[must_use]
    pub const fn new(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// The digest.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for FileHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&HEXLOWER.encode(&self.0))
    }
}

impl FromStr for FileHash {
    type Err = ParseFileHashError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let bytes = HEXLOWER.decode(text.as_bytes()).map_err(|_| ParseFileHashError)?;
        bytes.try_into().map(Self).map_err(|_| ParseFileHashError)
    }
}

impl Serialize for FileHash {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}
impl<'de> Deserialize<'de> for FileHash {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
    }
}
impl JsonSchema for FileHash {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FileHash".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
    }
}
impl ts_rs::TS for FileHash {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        "string".into()
    }
    fn inline(cfg: &ts_rs::Config) -> String {
        Self::name(cfg)
    }
}

/// A file that a row carries.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Attachment {
    /// Where its bytes are.
    pub sha256: FileHash,
    /// As its sender called it; fit to be a file's name on any system.
    pub name: String,
    /// What it is. Whoever opens it looks at its bytes first: this is the sender's word.
    pub kind: FileKind,
    /// How long it is, in bytes.
    pub bytes: u32,
    /// For a picture.
    pub picture: Option<Picture>,
}

/// How a picture looks before it is opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Picture {
    /// In pixels, as it is shown.
    pub width: u32,
    /// In pixels, as it is shown.
    pub height: u32,
    /// A small JPEG of it, at most [`limits::THUMBNAIL_BYTES`] long.
    pub thumbnail: FileHash,
    /// How long that is, in bytes.
    pub thumbnail_bytes: u32,
}

impl Attachment {
    /// The bytes it is made of, and how many: its own, and a picture's thumbnail.
    pub fn parts(&self) -> impl Iterator<Item = (FileHash, u32)> {
        let thumbnail = self.picture.as_ref().map(|picture| (picture.thumbnail, picture.thumbnail_bytes));
        [(self.sha256, self.bytes)].into_iter().chain(thumbnail)
    }

    fn check(&self) -> Result<(), Stop> {
        let malformed = |field: &str| Err(Refusal::Malformed { field: field.into() }.into());
        check_file_name("files.name", &self.name)?;
        if self.kind != FileKind::of_extension(extension(&self.name)) {
            return malformed("files.kind");
        }
        if self.bytes > limits::FILE_BYTES {
            return Err(Refusal::TooMany { field: "files.bytes".into(), limit: limits::FILE_BYTES }.into());
        }
        if self.bytes == 0 || self.picture.is_some() != self.kind.is_picture() {
            return malformed("files");
        }
        if let Some(picture) = &self.picture {
            let fits = |side| (1..=limits::PICTURE_SIDE).contains(&side);
            if !fits(picture.width) || !fits(picture.height) {
                return malformed("files.picture");
            }
            if !(1..=limits::THUMBNAIL_BYTES).contains(&picture.thumbnail_bytes) {
                return malformed("files.thumbnail");
            }
        }
        Ok(())
    }
}

/// A file of a person that has arrived whole. It never leaves the server, which forgets it a day after it arrived unless a
/// row names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    /// Follows from who and what.
    pub id: Id<Upload>,
    /// Whose.
    pub person: Id<Person>,
    /// What.
    pub sha256: FileHash,
    /// How long it is, in bytes.
    pub bytes: u32,
    /// When the last of it arrived.
    pub at: Timestamp,
}

impl Upload {
    /// Where it is kept that a person has uploaded a file.
    #[must_use]
    pub fn of(person: Id<Person>, sha256: FileHash) -> Id<Self> {
        derived(&format!("upload/{sha256}"), person.uuid(), person.uuid())
    }

    /// Whether it may go unless a row names it.
    #[must_use]
    pub fn is_over(&self, now: Timestamp) -> bool {
        now >= self.at + limits::UPLOAD_KEPT
    }
}

impl Act {
    /// The files it carries, which the school must have before it can be done.
    pub fn files(&self) -> impl Iterator<Item = &Attachment> {
        let files = match self {
            Self::SendNotice { notice } | Self::SendChildFiles { notice, .. } => notice.files.as_slice(),
            Self::OpenConversation { conversation } => &conversation.message.files,
            Self::SayMessage { message, .. } => &message.files,
            Self::Answer(answering) => answering.reply.files(),
            Self::Contest(step) => step.files(),
            Self::Course(act) => act.files(),
            Self::Hours(act) => act.files(),
            _ => &[],
        };
        files.iter().chain(self.child_files().iter().map(|own| &own.file))
    }
}

/// Whether these may be carried, by what they say of themselves.
pub(crate) fn check_files(files: &[Attachment], most: usize) -> Result<(), Stop> {
    if files.len() > most {
        let limit = u32::try_from(most).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: "files".into(), limit }.into());
    }
    files.iter().try_for_each(Attachment::check)
}

/// Refuses where somebody carries what they have not uploaded. A replica does not know what arrived at the school.
pub(crate) fn require_uploaded(facts: &Facts, by: Id<Person>, files: &[Attachment]) -> Result<(), Stop> {
    if !facts.complete() {
        return Ok(());
    }
    let parts = files.iter().flat_map(|file| file.parts().map(move |part| (file, part)));
    Facts::each(parts, |(file, (sha256, bytes))| {
        let upload = facts.find(Upload::of(by, sha256))?;
        if upload.is_some_and(|upload| upload.bytes == bytes) {
            Ok(())
        } else {
            Err(Refusal::FileMissing { name: file.name.clone() }.into())
        }
    })
    .map(drop)
}
