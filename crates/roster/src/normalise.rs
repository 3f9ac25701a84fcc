//! One spelling for what people write in many: names, phones, numbers, grades, classes, sexes, relations.

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Sex as GB/T 2261.1 codes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sex {
    /// 男, code 1.
    Male,
    /// 女, code 2.
    Female,
}

/// A guardian's relation to the pupil, after GB/T 4761-2008.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// 父亲, code 51.
    Father,
    /// 母亲, code 52.
    Mother,
    /// 继父或养父, code 57.
    StepOrAdoptiveFather,
    /// 继母或养母, code 58.
    StepOrAdoptiveMother,
    /// 祖父, code 61.
    PaternalGrandfather,
    /// 祖母, code 62.
    PaternalGrandmother,
    /// 外祖父, code 63.
    MaternalGrandfather,
    /// 外祖母, code 64.
    MaternalGrandmother,
    /// 兄、弟、姐、妹, one-digit code 7.
    Sibling,
    /// 伯、叔、舅、姨、姑 and other relatives, code 97.
    OtherRelative,
    /// Not a relative (code 99), or a relation which is not in the table and is kept in its own words.
    OtherGuardian,
}

impl Relation {
    /// The code of GB/T 4761-2008 (two digits; 7 is the one-digit code for brothers and sisters).
    #[must_use]
    pub fn gb_t_4761(self) -> u8 {
        match self {
            Self::Father => 51,
            Self::Mother => 52,
            Self::StepOrAdoptiveFather => 57,
            Self::StepOrAdoptiveMother => 58,
            Self::PaternalGrandfather => 61,
            Self::PaternalGrandmother => 62,
            Self::MaternalGrandfather => 63,
            Self::MaternalGrandmother => 64,
            Self::Sibling => 7,
            Self::OtherRelative => 97,
            Self::OtherGuardian => 99,
        }
    }
}

const RELATIONS: &[(Relation, &[&str])] = &[
    (Relation::Father, &["父亲", "父", "爸爸", "爸", "父子", "父女"]),
    (Relation::Mother, &["母亲", "母", "妈妈", "妈", "母子", "母女"]),
    (Relation::StepOrAdoptiveFather, &["继父", "养父", "继父或养父"]),
    (Relation::StepOrAdoptiveMother, &["继母", "养母", "继母或养母"]),
    (Relation::PaternalGrandfather, &["祖父", "爷爷"]),
    (Relation::PaternalGrandmother, &["祖母", "奶奶"]),
    (Relation::MaternalGrandfather, &["外祖父", "外公", "姥爷"]),
    (Relation::MaternalGrandmother, &["外祖母", "外婆", "姥姥"]),
    (
        Relation::Sibling,
        &["兄", "弟", "姐", "妹", "哥哥", "弟弟", "姐姐", "妹妹", "兄弟", "姐妹", "兄弟姐妹"],
    ),
    (
        Relation::OtherRelative,
        &[
            "伯父",
            "伯伯",
            "大伯",
            "伯母",
            "叔父",
            "叔叔",
            "婶母",
            "婶婶",
            "舅父",
            "舅舅",
            "舅母",
            "舅妈",
            "姨父",
            "姨夫",
            "姨母",
            "姨妈",
            "阿姨",
            "小姨",
            "姑父",
            "姑夫",
            "姑母",
            "姑姑",
            "姑妈",
            "曾祖父",
            "曾祖母",
            "其他亲属",
            "亲属",
        ],
    ),
    (Relation::OtherGuardian, &["其他", "其他监护人", "监护人", "非亲属", "社工", "福利院"]),
];

/// The table's relation for a word in use; `None` if the word is not in the table.
pub(crate) fn relation(text: &str) -> Option<Relation> {
    let text = compact(text);
    RELATIONS.iter().find(|(_, words)| words.contains(&text.as_str())).map(|(relation, _)| *relation)
}

pub(crate) fn sex(text: &str) -> Option<Sex> {
    match compact(text).as_str() {
        "男" | "男性" => Some(Sex::Male),
        "女" | "女性" => Some(Sex::Female),
        _ => None,
    }
}

/// NFC, without invisible marks, control characters as spaces, trimmed of every white space (U+3000 too).
/// Line breaks within stay.
pub(crate) fn tidy(text: &str) -> String {
    let visible = text.nfc().filter(|c| !is_invisible(*c));
    let text: String = visible.map(|c| if c.is_control() && c != '\n' { ' ' } else { c }).collect();
    text.trim().to_owned()
}

/// Marks that change how a name looks or compares without being seen: zero width, direction, byte order.
/// The joiners U+200C and U+200D stay; some scripts need them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Full-width ASCII and spaces to ASCII.
pub(crate) fn half_width(text: &str) -> String {
    let narrow = |c: char| match c {
        '\u{3000}' | '\u{00A0}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c).saturating_sub(0xFEE0)).unwrap_or(c),
        _ => c,
    };
    text.chars().map(narrow).collect()
}

/// Tidied, half-width, without any white space: for numbers and code words, never for names.
pub(crate) fn compact(text: &str) -> String {
    half_width(&tidy(text)).chars().filter(|c| !c.is_whitespace()).collect()
}

/// A person's name: tidied, one interpunct (U+00B7) for its variants and without spaces around it, no space between
/// Han characters (王　芳 is set that way to align), one space elsewhere.
pub(crate) fn name(text: &str) -> String {
    let mut out = String::new();
    let mut gap = false;
    for c in tidy(text).chars() {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        let c = interpunct(c);
        if gap && needs_space(out.chars().next_back(), c) {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

fn interpunct(c: char) -> char {
    match c {
        '•' | '‧' | '・' | '･' | '∙' | '⋅' | '●' | '\u{0387}' => '\u{00B7}',
        _ => c,
    }
}

fn needs_space(before: Option<char>, after: char) -> bool {
    let Some(before) = before else { return false };
    let is_dot = before == '\u{00B7}' || after == '\u{00B7}';
    !(is_dot || is_han(before) && is_han(after))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}

/// A mainland phone: 11 digits beginning with 1, also written full-width, with spaces, hyphens or +86.
/// The error is how many digits there are.
pub(crate) fn phone(text: &str) -> Result<String, usize> {
    let text = compact(text);
    let digits: String = text.chars().filter(|c| !matches!(c, '-' | '\u{2010}'..='\u{2014}')).collect();
    let local = digits.strip_prefix("+86").or_else(|| digits.strip_prefix("0086")).unwrap_or(&digits);
    let count = local.chars().filter(char::is_ascii_digit).count();
    let is_phone = local.len() == 11 && count == 11 && local.starts_with('1');
    if is_phone { Ok(local.to_owned()) } else { Err(count) }
}

/// Whether a spreadsheet has rounded the number: `2.02601E+08`, `1E+18`.
pub(crate) fn is_scientific(text: &str) -> bool {
    let text = compact(text);
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let power = exponent.strip_prefix(['+', '-']);
    let is_marked = power.is_some() || mantissa.contains('.');
    is_marked && digits(whole) && digits(fraction) && digits(power.unwrap_or(exponent))
}

/// A pupil or staff number: 1 to 32 ASCII letters, digits or hyphens.
pub(crate) fn number(text: &str) -> Option<String> {
    let text = compact(text);
    let is_plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    (is_plain && (1..=32).contains(&text.len())).then_some(text)
}

/// 一年级, 1, １年级, 一 → 1; up to 6.
pub(crate) fn grade(text: &str) -> Option<u8> {
    let text = compact(text);
    let text = text.strip_prefix("小学").unwrap_or(&text);
    let text = text.strip_suffix("年级").unwrap_or(text);
    count(text).filter(|n| (1..=6).contains(n))
}

/// 2班, 2, （2）班, 二班, 02班 → 2; up to 99.
pub(crate) fn class_number(text: &str) -> Option<u8> {
    let text = compact(text);
    let text = text.strip_suffix("班级").unwrap_or(&text);
    let text = text.strip_suffix('班').unwrap_or(text);
    let inner = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'));
    count(inner.unwrap_or(text)).filter(|n| *n > 0)
}

/// A class with or without its grade: 三年级2班, 三（2）班, 三2班, 3年级2班, 2班.
pub(crate) fn class_ref(text: &str) -> Option<(Option<u8>, u8)> {
    if let Some(class) = class_number(text) {
        return Some((None, class));
    }
    let text = compact(text);
    let (grade_text, class_text) = match text.find("年级") {
        Some(at) => text.split_at(at + "年级".len()),
        None => {
            let first = text.chars().next()?;
            let rest = text.get(first.len_utf8()..)?;
            // “三2班” and “3(2)班” are read; “32班” and “三二班” would be a guess.
            if first.is_ascii_digit() && !rest.starts_with('(') || !rest.starts_with(is_class_start) {
                return None;
            }
            text.split_at(first.len_utf8())
        }
    };
    Some((Some(grade(grade_text)?), class_number(class_text)?))
}

fn is_class_start(c: char) -> bool {
    c == '(' || c.is_ascii_digit()
}

/// A whole number below 100 in ASCII or Han digits (一, 十, 十二, 二十, 二十三).
fn count(text: &str) -> Option<u8> {
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok().filter(|n| *n < 100);
    }
    let digit = |c: char| "零一二三四五六七八九".chars().position(|d| d == c);
    let one = |text: &str| {
        let mut chars = text.chars();
        let found = chars.next().and_then(digit)?;
        (chars.next().is_none() && found > 0).then_some(found)
    };
    let value = match text.split_once('十') {
        None => one(text)?,
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { one(tens)? };
            let ones = if ones.is_empty() { 0 } else { one(ones)? };
            tens * 10 + ones
        }
    };
    u8::try_from(value).ok()
}

#[cfg(test)]
#[path = "normalise_tests.rs"]
mod tests;
