//! An entry of a calendar, and how names and lines of one are put together.

use std::collections::BTreeSet;

use jiff::{Timestamp, Zoned};
use uuid::Uuid;

use crate::limits;

/// How sure an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarStatus {
    /// It takes place, with this family.
    Confirmed,
    /// A place in line, or an offer that was not answered.
    Tentative,
    /// Given back, or called off.
    Cancelled,
}

/// One entry of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEntry {
    /// The booking or take: the same entry however it changes.
    pub of: Uuid,
    /// Wall time and zone.
    pub starts: Zoned,
    /// Wall time and zone.
    pub ends: Zoned,
    /// What, and for which children, by their given names.
    pub title: String,
    /// Where.
    pub place: String,
    /// Plain text.
    pub about: String,
    /// How sure it is.
    pub status: CalendarStatus,
    /// The person is there too, and has no time for anything else.
    pub busy: bool,
    /// Which version of the entry this is: a later one has a larger number.
    pub sequence: u32,
    /// When the school took it.
    pub changed: Timestamp,
}

impl CalendarEntry {
    /// Whether a calendar still shows it: what is past stays a while, and what is off a shorter one.
    pub(crate) fn is_shown(&self, now: Timestamp) -> bool {
        let kept = match self.status {
            CalendarStatus::Cancelled => limits::CALENDAR_CANCELLED,
            CalendarStatus::Confirmed | CalendarStatus::Tentative => limits::CALENDAR_PAST,
        };
        now.duration_since(self.ends.timestamp()) < kept
    }
}

/// Those that say something, each on its line.
pub(crate) fn lines(parts: &[&str]) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// 雨桐 and 雨辰; the whole names where two would sound alike.
pub(crate) fn given_names<'n>(names: &[&'n str]) -> Vec<&'n str> {
    let short: Vec<_> = names.iter().map(|name| given_name(name)).collect();
    let alike = short.iter().collect::<BTreeSet<_>>().len() < short.len();
    if alike { names.to_vec() } else { short }
}

const SURNAMES_OF_TWO: &[&str] = &[
    "欧阳", "司马", "上官", "诸葛", "东方", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "端木",
    "独孤", "南宫", "长孙", "宇文", "轩辕", "司空", "钟离", "闾丘", "申屠", "公冶", "太史", "澹台", "淳于",
    "单于",
];

/// 雨桐: what the family says. A name that is not surely surname and given name stays whole, as in the window.
fn given_name(name: &str) -> &str {
    let letters: Vec<char> = name.chars().collect();
    let is_two = SURNAMES_OF_TWO.iter().any(|surname| name.starts_with(surname));
    let surname = match (is_two, letters.len()) {
        (true, 4) => 2,
        (false, 3) => 1,
        _ => 0,
    };
    let surname = if letters.iter().all(|letter| is_han(*letter)) { surname } else { 0 };
    name.char_indices().nth(surname).and_then(|(from, _)| name.get(from..)).unwrap_or(name)
}

fn is_han(letter: char) -> bool {
    matches!(letter,
        '々' | '〇' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{323AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_are_called_as_their_family_calls_them() {
        for (names, said) in [
            (&["李雨桐", "李雨辰"][..], "雨桐、雨辰"),
            (&["欧阳一诺"][..], "一诺"),
            (&["欧阳娜"][..], "欧阳娜"),
            (&["陈妤"][..], "陈妤"),
            (&["李雨桐", "王雨桐"][..], "李雨桐、王雨桐"),
            (&["Ann Lee"][..], "Ann Lee"),
            (&["阿依古丽"][..], "阿依古丽"),
        ] {
            assert_eq!(given_names(names).join("、"), said);
        }
    }
}
