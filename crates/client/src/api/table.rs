//! Files for other programs, made here.

use std::{ffi::OsStr, path::Path};

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Id, Notice};

/// The language of what is written into a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub enum Language {
    /// 中文
    #[default]
    #[serde(rename = "zh-CN")]
    Chinese,
    /// English
    #[serde(rename = "en")]
    English,
}

/// `notice.table`: who has answered and what, as a workbook of Excel; for its author.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeTable")]
pub struct Table {
    /// Of which notice.
    pub notice: Id<Notice>,
    /// In which language.
    pub language: Language,
}

/// A file that was made, and is kept nowhere yet.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MadeFile {
    /// What it would be called.
    pub name: String,
    /// The file, base64 (RFC 4648 §4).
    pub content: String,
}

/// `notice.export`: the same into the user's folder for downloads, as a new file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeExport")]
pub struct Export {
    /// Of which notice.
    pub notice: Id<Notice>,
    /// In which language.
    pub language: Language,
}

/// A file that is there now.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct KeptFile {
    /// What it is called.
    pub name: String,
    /// In which folder.
    pub folder: String,
}

impl KeptFile {
    /// The file at a path.
    pub(crate) fn at(path: &Path) -> Self {
        let text = |part: Option<&OsStr>| part.unwrap_or_default().to_string_lossy().into_owned();
        Self { name: text(path.file_name()), folder: text(path.parent().map(Path::as_os_str)) }
    }
}

/// `file.show`: a file of the folder for downloads, in the system's file manager.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "FileShow")]
pub struct Show {
    /// As [`KeptFile::name`].
    pub name: String,
}
