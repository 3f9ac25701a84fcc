//! A file of its own for each child: looked at before it is sent, and as it was sent.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use xinmei_model::{Audience, ChildFiles, Id, Notice};

use super::{notice::Send, profile::ChildName};

/// `notice.match-files`: whose each file is, before anything is sent.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeMatchFiles")]
pub struct Match {
    /// To whom.
    pub audience: Audience,
    /// Names of files, in any order; each begins with a 学号.
    pub names: Vec<String>,
    /// The notice whose files stand where a child has no new one.
    pub keeps: Option<Id<Notice>>,
}

/// Whose the files are.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeMatched")]
pub struct Matched {
    /// Every child of the audience, by class and 学号.
    pub children: Vec<MatchedChild>,
    /// Files that go to nobody, and why.
    pub strays: Vec<Stray>,
}

/// A child of the audience and its file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MatchedChild {
    /// Who.
    pub child: ChildName,
    /// 学号
    pub number: String,
    /// Its file.
    pub file: MatchedFile,
}

/// The file of a child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum MatchedFile {
    /// One of those that were given.
    Given {
        /// Its place among the names.
        at: u32,
    },
    /// That of the notice it replaces.
    Kept {
        /// What it is called.
        name: String,
    },
    /// None.
    None,
}

/// A file that goes to nobody.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Stray {
    /// Its place among the names.
    pub at: u32,
    /// Why.
    pub why: StrayWhy,
}

/// Why a file goes to nobody.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum StrayWhy {
    /// Its name begins with no 学号 that is known here.
    Unknown,
    /// It is for a child who is not in the audience.
    NotAddressed {
        /// Who.
        child: ChildName,
    },
    /// Two children have that 学号.
    Several {
        /// One.
        child: ChildName,
        /// The other.
        other: ChildName,
    },
    /// There is more than one file for a child: none of them is sent.
    Second {
        /// Who.
        child: ChildName,
    },
    /// The 学号 is one child's, the name another's.
    NamesAnother {
        /// Whose the 学号 is.
        child: ChildName,
        /// Whose the name is.
        other: ChildName,
    },
}

/// `notice.send-files`: a notice with a file of its own for each child.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "NoticeSendFiles")]
pub struct SendFiles {
    /// The notice.
    pub notice: Send,
    /// Each family gets that of its own child.
    pub child_files: ChildFiles,
}
