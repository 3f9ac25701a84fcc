//! Paper: what the window prints, as a file.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// `paper.save`: what the window would print now, as a PDF in the user's folder for downloads; denied with `no-paper`
/// where the window cannot.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[ts(rename = "PaperSave")]
pub struct Save {
    /// What the file is called, without its extension.
    pub title: String,
}
