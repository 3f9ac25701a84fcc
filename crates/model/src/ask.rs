//! What a notice asks of a family, and what a family may reply.

use std::collections::BTreeSet;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Attachment, Id, Person, Refusal, Stop, attachment::check_files, limits, limits::check_text};

/// What a notice asks of a family, for each child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Ask {
    /// Nothing; it informs.
    Nothing,
    /// To have it open on the screen.
    Read,
    /// 知道了.
    Acknowledge,
    /// One or more of these: a poll, or 接龙 where places are limited.
    Choose {
        /// What there is to choose from, in this order; at most [`limits::CHOICES`].
        choices: Vec<Choice>,
        /// How many of them a family may take for one child.
        most: u32,
    },
    /// A short form; at most [`limits::FIELDS`].
    FillIn {
        /// Its fields, in this order.
        fields: Vec<FormField>,
    },
    /// To agree or not to agree, to exactly this text.
    Sign,
}

/// Something to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct Choice {
    /// In words.
    pub text: String,
    /// Children it has room for; any number if `None`.
    pub limit: Option<u32>,
}

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
pub struct FormField {
    /// What is asked.
    pub label: String,
    /// What can be entered.
    pub value: FieldKind,
    /// Whether it must be filled.
    pub required: bool,
}

/// What can be entered in a field. Values travel as text, empty where nothing was entered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum FieldKind {
    /// Up to [`limits::REPLY_CHARS`].
    Text,
    /// A decimal number: `38`, `36.5`, `-2`.
    Number,
    /// A day, ISO 8601: `2026-11-27`.
    Date,
    /// Exactly one of these.
    Choice {
        /// In words.
        choices: Vec<String>,
    },
    /// Files: their names, a line each. The reply carries them.
    File,
}

/// Who has to answer for a child.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum AnsweredBy {
    /// Any guardian who may decide completes it.
    #[default]
    AnyGuardian,
    /// Each guardian who may decide, for themselves.
    EachGuardian,
    /// This one.
    Guardian {
        /// Who.
        person: Id<Person>,
        /// That guardian's name, as the school knows it: what a draft says here is replaced.
        name: String,
    },
}

/// What a guardian replies for one child.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, ts_rs::TS)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Reply {
    /// It was open on the screen.
    Read,
    /// 知道了.
    Acknowledge,
    /// These choices, by their place from 0, ascending.
    Choose {
        /// At least one.
        choices: Vec<u32>,
    },
    /// A value for each field; see [`FieldKind`] for what they look like.
    FillIn {
        /// In the order of the fields.
        values: Vec<String>,
        /// The files that [`FieldKind::File`] fields name, no two of one name; at most [`limits::FILES_PER_ANSWER`].
        #[serde(default)]
        files: Vec<Attachment>,
    },
    /// 同意 or 不同意.
    Sign {
        /// 同意.
        agrees: bool,
        /// SHA-256 of the text that was signed, in hexadecimal: see [`Notice::text_sha256`](crate::Notice::text_sha256).
        sha256: String,
    },
}

impl Ask {
    /// Whether a family has something to do.
    #[must_use]
    pub fn is_duty(&self) -> bool {
        *self != Self::Nothing
    }

    /// Whether an answer may be changed until the notice is due: what was read stays read.
    #[must_use]
    pub fn may_change(&self) -> bool {
        matches!(self, Self::Choose { .. } | Self::FillIn { .. } | Self::Sign)
    }

    /// The words of the choice at this place.
    pub(crate) fn choice(&self, place: u32) -> &str {
        let choices = if let Self::Choose { choices, .. } = self { choices.as_slice() } else { &[] };
        choices.get(place as usize).map_or("", |choice| choice.text.as_str())
    }

    /// The choices with their limit, each with its place.
    pub fn limited(&self) -> impl Iterator<Item = (u32, u32)> {
        let choices = if let Self::Choose { choices, .. } = self { choices.as_slice() } else { &[] };
        (0_u32..).zip(choices).filter_map(|(place, choice)| choice.limit.map(|limit| (place, limit)))
    }

    /// Refuses what cannot be asked.
    pub(crate) fn check(&self) -> Result<(), Stop> {
        match self {
            Self::Nothing | Self::Read | Self::Acknowledge | Self::Sign => Ok(()),
            Self::Choose { choices, most } => {
                check_choices("ask.choices", choices.iter().map(|choice| choice.text.as_str()))?;
                let count = u32::try_from(choices.len()).unwrap_or(u32::MAX);
                let in_range = |limit: u32| (1..=limits::SEATS_PER_SESSION).contains(&limit);
                if !choices.iter().filter_map(|choice| choice.limit).all(in_range) {
                    return Err(malformed("ask.limit"));
                }
                if !(1..=count).contains(most) {
                    return Err(malformed("ask.most"));
                }
                Ok(())
            }
            Self::FillIn { fields } => check_fields("ask.fields", fields, 1),
        }
    }

    /// Refuses a reply that is none to this.
    pub(crate) fn check_reply(&self, reply: &Reply, sha256: &str) -> Result<(), Stop> {
        match (self, reply) {
            (Self::Nothing, _) => Err(Refusal::NothingAsked.into()),
            (Self::Read, Reply::Read) | (Self::Acknowledge, Reply::Acknowledge) => Ok(()),
            (Self::Choose { choices, most }, Reply::Choose { choices: chosen }) => {
                let ascending = chosen.is_sorted_by(|one, next| one < next);
                let known = chosen.last().is_some_and(|last| (*last as usize) < choices.len());
                if !ascending || !known {
                    return Err(malformed("reply.choices"));
                }
                if chosen.len() > *most as usize {
                    return Err(Refusal::TooMany { field: "reply.choices".into(), limit: *most }.into());
                }
                Ok(())
            }
            (Self::FillIn { fields }, Reply::FillIn { values, files }) if fields.len() == values.len() => {
                check_values(fields, values)?;
                check_files(files, limits::FILES_PER_ANSWER)?;
                // Each is named by one field, once: then it is clear which file answers what.
                let of_files = fields.iter().zip(values).filter(|(field, _)| field.value == FieldKind::File);
                let mut named: Vec<&str> = of_files.flat_map(|(_, value)| file_names(value)).collect();
                let mut carried: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
                named.sort_unstable();
                carried.sort_unstable();
                if named != carried || carried.windows(2).any(|pair| pair.first() == pair.last()) {
                    return Err(malformed("reply.files"));
                }
                Ok(())
            }
            (Self::Sign, Reply::Sign { sha256: signed, .. }) if signed == sha256 => Ok(()),
            (Self::Sign, Reply::Sign { .. }) => Err(Refusal::TextChanged.into()),
            _ => Err(malformed("reply")),
        }
    }
}

impl Reply {
    /// The places of what was chosen; none in other replies.
    #[must_use]
    pub fn choices(&self) -> &[u32] {
        if let Self::Choose { choices } = self { choices } else { &[] }
    }

    /// The same with the names of its files alone.
    pub(crate) fn without_files(&self) -> Self {
        match self {
            Self::FillIn { values, .. } => Self::FillIn { values: values.clone(), files: Vec::new() },
            other => other.clone(),
        }
    }

    /// The files it carries; none in other replies.
    #[must_use]
    pub fn files(&self) -> &[Attachment] {
        if let Self::FillIn { files, .. } = self { files } else { &[] }
    }
}

impl FormField {
    fn check(&self, value: &str) -> Result<(), Stop> {
        if value.trim().is_empty() {
            return if self.required { Err(malformed(&self.label)) } else { Ok(()) };
        }
        check_text(&self.label, value, 1, limits::REPLY_CHARS)?;
        let fits = match &self.value {
            // Which files there are is for the whole reply to say.
            FieldKind::Text | FieldKind::File => true,
            FieldKind::Number => is_decimal(value.trim()),
            FieldKind::Date => value.trim().parse::<Date>().is_ok(),
            FieldKind::Choice { choices } => choices.iter().any(|choice| choice == value),
        };
        if fits { Ok(()) } else { Err(malformed(&self.label)) }
    }
}

/// Refuses fields that cannot be asked.
pub(crate) fn check_fields(name: &str, fields: &[FormField], least: usize) -> Result<(), Stop> {
    check_count(name, fields.len(), least, limits::FIELDS)?;
    for field in fields {
        check_text(name, &field.label, 1, limits::TITLE_CHARS)?;
        if let FieldKind::Choice { choices } = &field.value {
            check_choices(name, choices.iter().map(String::as_str))?;
        }
    }
    Ok(())
}

/// Refuses values that do not fit the fields they are for, each in its place.
pub(crate) fn check_values(fields: &[FormField], values: &[String]) -> Result<(), Stop> {
    fields.iter().zip(values).try_for_each(|(field, value)| field.check(value))
}

/// The names in the value of a [`FieldKind::File`].
pub fn file_names(value: &str) -> impl Iterator<Item = &str> {
    value.lines().filter(|line| !line.is_empty())
}

/// Digits with at most one point among them, and perhaps a sign: no exponent, so that nothing becomes 2.02601E+08.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, rest) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && rest.is_none_or(all_digits)
}

fn check_choices<'c>(field: &str, choices: impl Iterator<Item = &'c str>) -> Result<(), Stop> {
    let (mut seen, mut count) = (BTreeSet::new(), 0);
    for choice in choices {
        check_text(field, choice, 1, limits::TITLE_CHARS)?;
        count += 1;
        // Two of one name could not be told apart in a list of answers.
        if !seen.insert(choice.trim()) {
            return Err(malformed(field));
        }
    }
    check_count(field, count, 2, limits::CHOICES)
}

fn check_count(field: &str, count: usize, least: usize, most: usize) -> Result<(), Stop> {
    if count < least {
        return Err(malformed(field));
    }
    if count > most {
        let limit = u32::try_from(most).unwrap_or(u32::MAX);
        return Err(Refusal::TooMany { field: field.into(), limit }.into());
    }
    Ok(())
}

fn malformed(field: &str) -> Stop {
    Refusal::Malformed { field: field.into() }.into()
}
