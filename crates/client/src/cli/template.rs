//! Templates of notices.

use std::{collections::BTreeMap, process::ExitCode};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use xinmei_client::api::{Request, template as ask};
use xinmei_model::{Id, Template, TemplateDraft};

use super::{answering::Asking, terminal::Terminal};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// One's own and the school's.
    List,
    /// Keep a template: `{日期}` in title and text is a field.
    Put(Box<Putting>),
    /// Drop a template.
    Drop {
        /// By name or id.
        template: String,
    },
}

/// A template as it is written on the command line.
#[derive(Args)]
pub(crate) struct Putting {
    /// What it is called.
    name: String,
    /// One line.
    #[arg(long)]
    title: String,
    /// Plain text.
    #[arg(long)]
    body: String,
    /// Remind those who have not answered.
    #[arg(long)]
    remind: bool,
    /// For everybody who works here.
    #[arg(long)]
    school: bool,
    #[command(flatten)]
    asking: Asking,
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::List => {
                let columns = ["/id", "/school", "/draft/name", "/fields", "/draft/title"];
                terminal.show(Request::TemplateList(ask::List {}), "/templates", &columns).await
            }
            Self::Put(putting) => putting.run(terminal).await,
            Self::Drop { template } => {
                let template = find(terminal, &template).await?.id;
                terminal.save(Request::TemplateDrop(ask::Drop { template })).await
            }
        }
    }
}

impl Putting {
    async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let Self { name, title, body, remind: reminds, school, asking } = self;
        let (ask, answered_by) = asking.read(terminal).await?;
        // The same name is the same template.
        let template =
            all(terminal).await?.into_iter().find(|one| one.school == school && one.draft.name == name);
        let draft = TemplateDraft { name, title, body, ask, answered_by, reminds };
        terminal
            .save(Request::TemplatePut(ask::Put { template: template.map(|one| one.id), draft, school }))
            .await
    }
}

async fn all(terminal: &Terminal) -> anyhow::Result<Vec<ask::TemplateView>> {
    let list: ask::Templates = terminal.ask(Request::TemplateList(ask::List {})).await?;
    Ok(list.templates)
}

/// A template by name, where the name is unique; by id always.
async fn find(terminal: &Terminal, text: &str) -> anyhow::Result<ask::TemplateView> {
    let id: Option<Id<Template>> = text.parse().ok();
    let mut found = all(terminal).await?;
    found.retain(|one| Some(one.id) == id || one.draft.name == text);
    match found.len() {
        1 => found.pop().context("no template"),
        0 => bail!("no template is called {text}: see `xinmei template list`"),
        _ => bail!("several templates are called {text}: name it by its id"),
    }
}

/// A template with its fields filled: `日期=12月3日`.
pub(crate) async fn filled(
    terminal: &Terminal,
    name: &str,
    values: &[String],
) -> anyhow::Result<TemplateDraft> {
    let one = find(terminal, name).await?;
    let mut given = BTreeMap::new();
    for text in values {
        let (field, value) = text.split_once('=').context("write a field of the template as NAME=VALUE")?;
        let field = field.trim().to_owned();
        if !one.fields.contains(&field) {
            bail!("the template has no field {field}; it has: {}", one.fields.join(", "));
        }
        given.insert(field, value.trim().to_owned());
    }
    let fill = ask::Fill { template: one.id, values: given };
    let filled: ask::Filled = terminal.ask(Request::TemplateFill(fill)).await?;
    if !filled.missing.is_empty() {
        bail!("without a value: {}; give --field NAME=VALUE", filled.missing.join(", "));
    }
    Ok(TemplateDraft { title: filled.title, body: filled.body, ..one.draft })
}
