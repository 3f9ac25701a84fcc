//! What a file may be called, so that it is safe on every system and reads as what it is.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::{FileKind, Refusal, Stop, limits};

/// Names Windows keeps for devices, with any extension.
/// <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>
const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "conin$", "conout$", "com0", "com1", "com2", "com3", "com4", "com5", "com6",
    "com7", "com8", "com9", "com¹", "com²", "com³", "lpt0", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6",
    "lpt7", "lpt8", "lpt9", "lpt¹", "lpt²", "lpt³",
];

/// What a name becomes of which nothing is left.
const UNNAMED: &str = "文件";

/// The last part of a name, in lower case; empty where there is none.
#[must_use]
pub fn extension(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension,
        _ => "",
    }
}

/// Characters that no file's name holds on some system.
fn is_reserved(c: char) -> bool {
    matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
}

/// Characters that make a name read otherwise than it is: what turns or hides its neighbours, and what cannot be seen.
fn is_deceptive(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFB}'
            | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
        // Not for files: what private use looks like depends on who looks.
        || matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}')
}

/// Whether a name says one kind and is another: `报名表.pdf.exe`.
fn is_double(name: &str) -> bool {
    let Some((stem, last)) = name.rsplit_once('.') else { return false };
    let inner = extension(stem).to_lowercase();
    !FileKind::of_extension(last).opens() && FileKind::of_extension(&inner).opens()
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    DEVICES.contains(&stem.as_str())
}

/// Refuses a name that some system would not take, or that deceives.
pub(crate) fn check_file_name(field: &str, name: &str) -> Result<(), Stop> {
    limits::check_text(field, name, 1, limits::FILE_NAME_CHARS)?;
    let bad = name.chars().any(|c| is_reserved(c) || is_deceptive(c))
        || name.trim() != name
        || name.starts_with('.')
        || name.ends_with('.')
        || name.chars().any(|c| c.is_whitespace() && c != ' ')
        || extension(name).bytes().any(|byte| byte.is_ascii_uppercase())
        || is_device(name)
        || is_double(name)
        || !is_nfc(name);
    if bad { Err(Refusal::Malformed { field: field.into() }.into()) } else { Ok(()) }
}

/// The nearest name that may be used: what cannot be is left out, what is too long is shortened before its extension.
/// The path it may stand in is not its name.
#[must_use]
pub fn file_name_of(text: &str) -> String {
    let last = text.rsplit(['/', '\\']).next().unwrap_or_default();
    let whole: String = last
        .nfc()
        .filter(|c| !is_deceptive(*c))
        .map(|c| if is_reserved(c) || c.is_whitespace() { ' ' } else { c })
        .collect();
    let trimmed = |text: &str| text.trim_matches([' ', '.']).to_owned();
    let whole = trimmed(&whole);
    let (stem, extension) = match whole.rsplit_once('.') {
        Some((stem, extension)) if is_extension(extension) => (trimmed(stem), extension.to_lowercase()),
        _ => (whole.replace('.', " "), String::new()),
    };
    let stem = if is_device(&stem) { format!("{UNNAMED} {stem}") } else { stem };
    let dotted = if extension.is_empty() { String::new() } else { format!(".{extension}") };
    let room = limits::FILE_NAME_CHARS.saturating_sub(dotted.chars().count());
    let mut stem = trimmed(&stem.chars().take(room).collect::<String>());
    // `报名表.pdf.exe` is told as what it is.
    if is_double(&format!("{stem}{dotted}")) {
        stem = stem.replace('.', " ");
    }
    if stem.is_empty() {
        stem = UNNAMED.to_owned();
    }
    format!("{stem}{dotted}").nfc().collect()
}

/// What counts as an extension: short, and nothing but letters and digits.
fn is_extension(text: &str) -> bool {
    (1..=10).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}
