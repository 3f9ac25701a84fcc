//! Whose a file is, by the 学号 its name begins with. A file that could be anybody else's is nobody's.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::{Child, Id, extension};

/// A child that a file may be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbered<'a> {
    /// Who.
    pub child: Id<Child>,
    /// 学号
    pub number: &'a str,
    /// The child's name: a file that bears another child's is not taken.
    pub name: &'a str,
    /// Whether the notice is for this child. Others are known, so that it can be said whose a file is.
    pub addressed: bool,
}

/// Whose a file is, or why it is nobody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileMatch {
    /// This child's.
    Of(Id<Child>),
    /// Its name begins with no 学号 that is known here.
    Unknown,
    /// It is this child's, who is not in the audience.
    NotAddressed(Id<Child>),
    /// More than one child has that 学号; these are two of them.
    Several(Id<Child>, Id<Child>),
    /// There is another file for this child.
    Second(Id<Child>),
    /// The number is one child's and the name another's.
    NamesAnother {
        /// Whose the number is.
        number: Id<Child>,
        /// Whose the name is.
        name: Id<Child>,
    },
}

/// As it is compared: full-width digits and letters are those of ASCII, case does not count, signs before it neither.
fn normal(text: &str) -> String {
    let text: String = text.nfkc().flat_map(char::to_lowercase).collect();
    text.trim().trim_start_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// The name without its extension, as it is compared.
fn stem(name: &str) -> String {
    let end = extension(name);
    normal(name.strip_suffix(end).and_then(|stem| stem.strip_suffix('.')).unwrap_or(name))
}

/// What follows a number in a stem that begins with it; `None` where it does not, or where the number goes on.
fn after<'s>(stem: &'s str, number: &str) -> Option<&'s str> {
    let rest = stem.strip_prefix(number).filter(|_| !number.is_empty())?;
    (!rest.starts_with(|c: char| c.is_ascii_alphanumeric())).then_some(rest)
}

/// Whether a file's name begins with this 学号, or is it.
pub(crate) fn begins_with_number(name: &str, number: &str) -> bool {
    after(&stem(name), &normal(number)).is_some()
}

/// Whose each file is, in the order of their names. The longest number that fits counts: `2023-01` before `2023`.
#[must_use]
pub fn match_files(children: &[Numbered<'_>], names: &[&str]) -> Vec<FileMatch> {
    let mut by_number: HashMap<String, Vec<&Numbered<'_>>> = HashMap::new();
    for child in children {
        by_number.entry(normal(child.number)).or_default().push(child);
    }
    let found: Vec<_> = names.iter().map(|name| one(children, &by_number, name)).collect();
    let mut files: HashMap<Id<Child>, usize> = HashMap::new();
    for file in &found {
        if let FileMatch::Of(child) = file {
            *files.entry(*child).or_default() += 1;
        }
    }
    let several = |child: Id<Child>| files.get(&child).is_some_and(|count| *count > 1);
    // Which of two is meant nobody here knows: neither is taken.
    let judge = |file| match file {
        FileMatch::Of(child) if several(child) => FileMatch::Second(child),
        other => other,
    };
    found.into_iter().map(judge).collect()
}

fn one(children: &[Numbered<'_>], by_number: &HashMap<String, Vec<&Numbered<'_>>>, name: &str) -> FileMatch {
    let stem = stem(name);
    let ends = stem.char_indices().map(|(at, c)| at + c.len_utf8()).rev();
    let known = ends.filter_map(|end| {
        let number = stem.get(..end)?;
        Some((by_number.get(number)?, after(&stem, number)?))
    });
    let Some((theirs, rest)) = known.into_iter().next() else { return FileMatch::Unknown };
    // A number that two have may be one of a class: the child that is addressed is meant, if it is the only one.
    let addressed: Vec<_> = theirs.iter().filter(|child| child.addressed).collect();
    let child = match (addressed.as_slice(), theirs.as_slice()) {
        ([one], _) => one,
        ([], [one]) => return FileMatch::NotAddressed(one.child),
        ([one, two, ..], _) => return FileMatch::Several(one.child, two.child),
        ([], [one, two, ..]) => return FileMatch::Several(one.child, two.child),
        ([], []) => return FileMatch::Unknown,
    };
    match named(children, child, rest) {
        Some(name) => FileMatch::NamesAnother { number: child.child, name },
        None => FileMatch::Of(child.child),
    }
}

/// Another child whose name stands behind the number, where the child's own does not.
fn named(children: &[Numbered<'_>], child: &Numbered<'_>, rest: &str) -> Option<Id<Child>> {
    let own = normal(child.name);
    if rest.is_empty() || rest.contains(&own) {
        return None;
    }
    // A name of one character is part of too many words.
    let bears = |other: &&Numbered<'_>| {
        let name = normal(other.name);
        name != own && name.chars().count() > 1 && rest.contains(&name)
    };
    children.iter().find(bears).map(|other| other.child)
}
