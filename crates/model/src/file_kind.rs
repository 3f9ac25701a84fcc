//! What a file is: told by the last part of its name, and found again in its first bytes before anybody opens it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// PDF.
    Pdf,
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// Text without markup.
    Text,
    /// A text document.
    Document,
    /// A table.
    Sheet,
    /// Slides.
    Slides,
    /// Sound.
    Audio,
    /// A film.
    Video,
    /// Anything else. It may be kept, and is never opened from here.
    Other,
}

/// What begins a file of these names. `at` is where; what lies before it may be anything.
struct Sign {
    at: usize,
    is: &'static [u8],
    /// Names that such a file may have.
    named: &'static [&'static str],
}

const fn sign(at: usize, is: &'static [u8], named: &'static [&'static str]) -> Sign {
    Sign { at, is, named }
}

/// <https://www.garykessler.net/library/file_sigs.html>; the office formats are told from each other by their names only, as
/// the programs that open them do.
const SIGNS: &[Sign] = &[
    sign(0, b"%PDF-", &["pdf"]),
    sign(0, b"\xFF\xD8\xFF", &["jpg", "jpeg"]),
    sign(0, b"\x89PNG\r\n\x1A\n", &["png"]),
    sign(0, b"PK\x03\x04", &["docx", "xlsx", "pptx", "odt", "ods", "odp"]),
    sign(0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", &["doc", "xls", "ppt", "wps", "et", "dps"]),
    sign(0, b"ID3", &["mp3"]),
    sign(0, b"\xFF\xFB", &["mp3"]),
    sign(0, b"\xFF\xF3", &["mp3"]),
    sign(0, b"\xFF\xF2", &["mp3"]),
    sign(8, b"WAVE", &["wav"]),
    sign(4, b"ftypM4A", &["m4a"]),
    sign(4, b"ftypisom", &["mp4", "m4a"]),
    sign(4, b"ftypiso", &["mp4"]),
    sign(4, b"ftypmp4", &["mp4", "m4a"]),
    sign(4, b"ftypavc1", &["mp4"]),
    sign(4, b"ftypM4V", &["mp4"]),
    sign(4, b"ftypqt", &["mov"]),
];

/// What text begins with that a program would run or a browser would show.
const ACTIVE: &[&str] = &["#!", "<", "[desktop entry]", "@echo"];

impl FileKind {
    /// What a file of this extension is; in lower case, without the dot.
    #[must_use]
    pub fn of_extension(extension: &str) -> Self {
        match extension {
            "pdf" => Self::Pdf,
            "jpg" | "jpeg" => Self::Jpeg,
            "png" => Self::Png,
            "txt" | "csv" => Self::Text,
            "docx" | "doc" | "odt" | "wps" => Self::Document,
            "xlsx" | "xls" | "ods" | "et" => Self::Sheet,
            "pptx" | "ppt" | "odp" | "dps" => Self::Slides,
            "mp3" | "m4a" | "wav" => Self::Audio,
            "mp4" | "mov" => Self::Video,
            _ => Self::Other,
        }
    }

    /// Whether the system may be asked to open it.
    #[must_use]
    pub fn opens(self) -> bool {
        self != Self::Other
    }

    /// Whether it is shown small before it is opened.
    #[must_use]
    pub fn is_picture(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }
}

/// Whether a file holds what its extension says. What is of no known kind may hold anything.
#[must_use]
pub fn holds_what_it_says(extension: &str, bytes: &[u8]) -> bool {
    match FileKind::of_extension(extension) {
        FileKind::Other => true,
        FileKind::Text => is_plain_text(bytes),
        _ => SIGNS.iter().any(|sign| {
            let there = bytes.get(sign.at..).is_some_and(|rest| rest.starts_with(sign.is));
            there && sign.named.contains(&extension)
        }),
    }
}

/// Text in any encoding of ASCII's family (UTF-8, GB18030), or in UTF-16 with its mark, that nothing would run.
fn is_plain_text(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return bytes.len().is_multiple_of(2);
    }
    let control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C);
    if bytes.iter().any(control) {
        return false;
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    let head: Vec<u8> = bytes.iter().take(32).map(u8::to_ascii_lowercase).collect();
    !ACTIVE.iter().any(|active| head.starts_with(active.as_bytes()))
}
