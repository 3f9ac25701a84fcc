//! What a notice asks and what a family replies, as options of a command.

use anyhow::{Context as _, bail};
use clap::Args;
use xinmei_client::api::notice::Opened;
use xinmei_model::{AnsweredBy, Ask, Child, Choice, FieldKind, FormField, Id, Proxy, Reply};

use super::{file, names, terminal::Terminal};

/// What is asked.
#[derive(Args)]
pub(crate) struct Asking {
    /// Ask for 知道了.
    #[arg(long, group = "asks")]
    ack: bool,
    /// Ask to have it read.
    #[arg(long, group = "asks")]
    read: bool,
    /// Ask for 同意 or 不同意, to exactly this text.
    #[arg(long, group = "asks")]
    sign: bool,
    /// A choice, once for each; `周三下午=12` has room for 12 children.
    #[arg(long, group = "asks", value_name = "TEXT[=LIMIT]")]
    choose: Vec<String>,
    /// How many choices a family may take for one child.
    #[arg(long, default_value_t = 1, requires = "choose")]
    most: u32,
    /// A field of a form, once for each: text, number, date, file, or the choices themselves; `!` where it must be filled.
    /// With a template: what stands in a field of its text.
    #[arg(long, group = "asks", value_name = "LABEL[!][=number|date|file|A/B/C]")]
    pub(super) field: Vec<String>,
    /// Each guardian who may decide has to answer.
    #[arg(long, conflicts_with = "by")]
    each: bool,
    /// This guardian has to answer, by name or id.
    #[arg(long)]
    by: Option<String>,
}

impl Asking {
    pub(crate) async fn read(&self, terminal: &Terminal) -> anyhow::Result<(Ask, AnsweredBy)> {
        let by = match &self.by {
            Some(name) => {
                AnsweredBy::Guardian { person: names::person(terminal, name).await?, name: name.clone() }
            }
            None if self.each => AnsweredBy::EachGuardian,
            None => AnsweredBy::AnyGuardian,
        };
        Ok((self.ask()?, by))
    }

    fn ask(&self) -> anyhow::Result<Ask> {
        Ok(if self.ack {
            Ask::Acknowledge
        } else if self.read {
            Ask::Read
        } else if self.sign {
            Ask::Sign
        } else if !self.choose.is_empty() {
            let choices = self.choose.iter().map(|text| choice(text)).collect::<anyhow::Result<_>>()?;
            Ask::Choose { choices, most: self.most }
        } else if !self.field.is_empty() {
            Ask::FillIn { fields: self.field.iter().map(|text| field(text)).collect() }
        } else {
            Ask::Nothing
        })
    }
}

fn choice(text: &str) -> anyhow::Result<Choice> {
    let Some((words, limit)) = text.rsplit_once('=') else {
        return Ok(Choice { text: text.to_owned(), limit: None });
    };
    let limit = limit.parse().with_context(|| format!("{limit} is no number of places"))?;
    Ok(Choice { text: words.to_owned(), limit: Some(limit) })
}

fn field(text: &str) -> FormField {
    let (label, kind) = text.split_once('=').unwrap_or((text, ""));
    let (label, required) = label.strip_suffix('!').map_or((label, false), |label| (label, true));
    let value = match kind {
        "" | "text" => FieldKind::Text,
        "number" => FieldKind::Number,
        "date" => FieldKind::Date,
        "file" => FieldKind::File,
        choices => FieldKind::Choice { choices: choices.split('/').map(str::to_owned).collect() },
    };
    FormField { label: label.to_owned(), value, required }
}

/// What is replied.
#[derive(Args)]
pub(crate) struct Replying {
    /// A choice, by its words; once for each.
    #[arg(long, group = "replies")]
    choose: Vec<String>,
    /// A field of a form and its value, or the path of a file; once for each.
    #[arg(long, group = "replies", value_name = "LABEL=VALUE|PATH")]
    fill: Vec<String>,
    /// 同意
    #[arg(long, group = "replies")]
    agree: bool,
    /// 不同意
    #[arg(long, group = "replies")]
    disagree: bool,
}

impl Replying {
    /// The reply to what this notice asks.
    pub(crate) async fn to(&self, terminal: &Terminal, notice: &Opened) -> anyhow::Result<Reply> {
        Ok(match &notice.line.ask {
            Ask::Nothing => bail!("this notice asks for nothing"),
            Ask::Read => Reply::Read,
            Ask::Acknowledge => Reply::Acknowledge,
            Ask::Choose { choices, .. } => {
                let known = || choices.iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(", ");
                if self.choose.is_empty() {
                    bail!("choose with --choose: {}", known());
                }
                let mut chosen = Vec::new();
                for text in &self.choose {
                    let place = choices.iter().position(|choice| choice.text == *text);
                    let place = place.with_context(|| format!("{text} is not among: {}", known()))?;
                    chosen.push(u32::try_from(place)?);
                }
                chosen.sort_unstable();
                Reply::Choose { choices: chosen }
            }
            Ask::FillIn { fields } => {
                let (mut values, mut files) = (vec![String::new(); fields.len()], Vec::new());
                for text in &self.fill {
                    let (label, value) = text.split_once('=').context("fields are filled as LABEL=VALUE")?;
                    let mut slots = fields.iter().zip(&mut values);
                    let slot = slots.find(|(field, _)| field.label == label);
                    let (field, slot) = slot.with_context(|| format!("no field is called {label}"))?;
                    if field.value != FieldKind::File {
                        value.clone_into(slot);
                        continue;
                    }
                    for file in file::give(terminal, &[value.into()]).await? {
                        let lines = [slot.as_str(), &file.name];
                        *slot =
                            lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
                        files.push(file);
                    }
                }
                Reply::FillIn { values, files }
            }
            Ask::Sign => {
                if self.agree == self.disagree {
                    bail!("say --agree or --disagree");
                }
                Reply::Sign { agrees: self.agree, sha256: notice.sha256.clone() }
            }
        })
    }
}

/// The version of the answer that stands for a child, as this computer knows it; 0 where there is none.
pub(crate) fn version(notice: &Opened, child: Id<Child>, proxy: Option<&Proxy>) -> u32 {
    let cell = notice.sheet.iter().find(|cell| cell.child.id == child);
    let mut answers = cell.into_iter().flat_map(|cell| &cell.answers);
    let theirs = proxy.filter(|_| notice.answered_by == AnsweredBy::EachGuardian);
    let answer = answers.find(|answer| match theirs {
        Some(proxy) => answer.now.guardian_id == proxy.person,
        None => answer.mine,
    });
    answer.map_or(0, |answer| answer.version)
}
