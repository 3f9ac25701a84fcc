//! Themes of events.

use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};

use anyhow::{Context as _, bail};
use clap::Subcommand;
use jiff::civil::Date;
use xinmei_client::api::{Request, event, theme as ask};
use xinmei_model::{Event, Id, Theme, ThemeDraft};

use super::terminal::Terminal;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// The school's.
    List,
    /// Keep an event as a theme: `{届次}` in title and text is a field.
    Keep {
        /// Which event.
        event: Id<Event>,
        /// What the theme is called; the same name is the same theme.
        name: String,
        /// Its title, if it reads otherwise each time.
        #[arg(long)]
        title: Option<String>,
    },
    /// Keep a theme from a JSON file: what `theme list` shows as its `draft`.
    Put {
        /// The file.
        file: PathBuf,
    },
    /// The plan of a new event, as `event publish` takes it.
    Plan {
        /// By name or id.
        theme: String,
        /// The day of its first session: 2027-04-15.
        first: Date,
        /// What stands in a field of its title and text: 届次=第八届.
        #[arg(long)]
        field: Vec<String>,
    },
    /// Drop a theme; events that were planned from it stay.
    Drop {
        /// By name or id.
        theme: String,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::List => {
                let columns = ["/id", "/used", "/draft/name", "/fields", "/draft/event/title"];
                terminal.show(Request::ThemeList(ask::List {}), "/themes", &columns).await
            }
            Self::Keep { event, name, title } => {
                let draft: ThemeDraft = terminal.ask(Request::ThemeOf(ask::Of { event })).await?;
                let mut draft = ThemeDraft { name, ..draft };
                if let Some(title) = title {
                    draft.event.title = title;
                }
                keep(terminal, draft).await
            }
            Self::Put { file } => {
                let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
                keep(terminal, serde_json::from_str(&text).context("not a theme")?).await
            }
            Self::Plan { theme, first, field } => {
                let theme = find(terminal, &theme).await?;
                let events: event::Events = terminal.ask(Request::EventList(event::List {})).await?;
                let place = events.places.first().context("this hat plans no events")?.id;
                let values = values(&theme, &field)?;
                let plan = ask::Plan { theme: theme.id, place, first, values };
                let planned: ask::Planned = terminal.ask(Request::ThemePlan(plan)).await?;
                if !planned.missing.is_empty() {
                    bail!("without a value: {}; give --field NAME=VALUE", planned.missing.join(", "));
                }
                terminal.print(&serde_json::to_value(planned.plan)?, "", &[]);
                Ok(ExitCode::SUCCESS)
            }
            Self::Drop { theme } => {
                let theme = find(terminal, &theme).await?.id;
                terminal.save(Request::ThemeDrop(ask::Drop { theme })).await
            }
        }
    }
}

/// The same name is the same theme.
async fn keep(terminal: &Terminal, draft: ThemeDraft) -> anyhow::Result<ExitCode> {
    let known = all(terminal).await?.into_iter().find(|one| one.draft.name == draft.name);
    terminal.save(Request::ThemePut(ask::Put { theme: known.map(|one| one.id), draft })).await
}

fn values(theme: &ask::ThemeView, given: &[String]) -> anyhow::Result<BTreeMap<String, String>> {
    let mut values = BTreeMap::new();
    for text in given {
        let (field, value) = text.split_once('=').context("write a field of the theme as NAME=VALUE")?;
        let field = field.trim().to_owned();
        if !theme.fields.contains(&field) {
            bail!("the theme has no field {field}; it has: {}", theme.fields.join(", "));
        }
        values.insert(field, value.trim().to_owned());
    }
    Ok(values)
}

async fn all(terminal: &Terminal) -> anyhow::Result<Vec<ask::ThemeView>> {
    let list: ask::Themes = terminal.ask(Request::ThemeList(ask::List {})).await?;
    Ok(list.themes)
}

/// A theme by name, where the name is unique; by id always.
async fn find(terminal: &Terminal, text: &str) -> anyhow::Result<ask::ThemeView> {
    let id: Option<Id<Theme>> = text.parse().ok();
    let mut found = all(terminal).await?;
    found.retain(|one| Some(one.id) == id || one.draft.name == text);
    match found.len() {
        1 => found.pop().context("no theme"),
        0 => bail!("no theme is called {text}: see `xinmei theme list`"),
        _ => bail!("several themes are called {text}: name it by its id"),
    }
}
