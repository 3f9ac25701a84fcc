//! Programme tags: what an event counts for beside its own programme (六大工程, 六大中心工作, 五项创新, 六位一体).

use unicode_normalization::UnicodeNormalization as _;

use crate::{Refusal, Stop, limits, limits::check_text};

/// Tags as they are kept: in one form (NFC), without blanks around them, each once, in the order given.
#[must_use]
pub fn tidy_tags(tags: &[String]) -> Vec<String> {
    let mut tidy: Vec<String> = Vec::with_capacity(tags.len());
    for tag in tags {
        let tag: String = tag.trim().nfc().collect();
        if !tag.is_empty() && !tidy.contains(&tag) {
            tidy.push(tag);
        }
    }
    tidy
}

/// Refuses tags that are too many, too long, or no single line.
pub(crate) fn check(field: &str, tags: &[String]) -> Result<(), Stop> {
    if tags.len() > limits::TAGS_PER_EVENT {
        let limit = u32::try_from(limits::TAGS_PER_EVENT).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: field.into(), limit }.into());
    }
    for tag in tags {
        check_text(field, tag, 1, limits::TAG_CHARS)?;
        if tag.trim().chars().any(char::is_control) {
            return Err(Refusal::Malformed { field: field.into() }.into());
        }
    }
    Ok(())
}
