//! Files that notices, answers and messages carry.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;
use xinmei_model::{Attachment, FileHash, Id, Notice};

use super::profile::ChildName;

/// `file.give`: a file the person chose, in pieces, in their order. With the last piece it is made fit to be sent and kept on this
/// computer, encrypted; what is sent names the [`Attachment`] that comes back.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "FileGive")]
pub struct Give {
    /// Which, from the second piece on.
    pub file: Option<Id<Attachment>>,
    /// As the person's system calls it.
    pub name: String,
    /// Bytes of the whole.
    pub bytes: u32,
    /// Where this piece begins.
    pub at: u32,
    /// The piece: base64 (RFC 4648 §4) of at most 256 KiB.
    pub content: String,
}

/// How far a file has come.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "FileGiven")]
pub struct Given {
    /// Which.
    pub file: Id<Attachment>,
    /// Bytes taken.
    pub have: u32,
    /// Once it is whole: what to send.
    pub attachment: Option<Attachment>,
}

/// A file of a row, as this computer has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FileView {
    /// What its sender says of it.
    pub attachment: Attachment,
    /// Whether it may be opened from here; all may be saved.
    pub opens: bool,
    /// Bytes that are here already.
    pub here: u32,
    /// For one that waits here to be sent: bytes the school has.
    pub sent: Option<u32>,
}

/// `file.open`: fetches it where it is not here, looks at what it is, and hands it to the system.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "FileOpen")]
pub struct Open {
    /// The notice, answer or message that carries it.
    pub of: Uuid,
    /// Which.
    pub sha256: FileHash,
}

/// `file.save`: into the folder of downloads, under a name nothing has there.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "FileSave")]
pub struct Save {
    /// The notice, answer or message that carries it.
    pub of: Uuid,
    /// Which.
    pub sha256: FileHash,
}

/// Where it was saved.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "FileSaved")]
pub struct SavedAt {
    /// The whole path.
    pub path: String,
    /// The name it has there.
    pub name: String,
}

/// `file.save-answers`: all that came with the answers to a notice, into the folder of downloads, each under 学号 and name and
/// under no name that something has there.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "FileSaveAnswers")]
pub struct SaveAnswers {
    /// Which.
    pub notice: Id<Notice>,
}

/// How many were saved.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "FileSavedAnswers")]
pub struct SavedAnswers {
    /// Files.
    pub files: u32,
    /// The name of the last one, where there was any.
    pub last: Option<String>,
}

/// `file.thumbnail`: a picture, small.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "FileThumbnail")]
pub struct Thumbnail {
    /// The notice, answer or message that carries it; `None` for one that is being composed here.
    pub of: Option<Uuid>,
    /// The picture's own hash.
    pub sha256: FileHash,
    /// Its thumbnail's.
    pub thumbnail: FileHash,
}

/// A JPEG.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "FileThumbnailJpeg")]
pub struct Jpeg {
    /// Base64 (RFC 4648 §4).
    pub content: String,
}

/// `file.read`: a piece of a file's bytes, fetched where it is not here.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "FileRead")]
pub struct Read {
    /// The notice, answer or message that carries it.
    pub of: Uuid,
    /// Which.
    pub sha256: FileHash,
    /// From which byte on.
    pub at: u32,
}

/// A piece of a file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "FilePiece")]
pub struct Piece {
    /// Base64 (RFC 4648 §4) of at most 256 KiB; nothing at the end.
    pub content: String,
}

/// The file a notice carries for one child.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ChildFileView {
    /// The row that carries it, as `file.open` and `file.save` ask for it.
    pub id: Uuid,
    /// Whose.
    pub child: ChildName,
    /// 学号
    pub number: String,
    /// The file.
    pub file: FileView,
}
