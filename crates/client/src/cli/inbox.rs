//! Shared inboxes: 教导处, 心理辅导.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::Subcommand;
use xinmei_client::api::{Request, inbox as ask};
use xinmei_model::{Id, Inbox, Role};

use super::terminal::Terminal;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// All of them, with who reads each.
    List,
    /// Make one, or change the one of this name at this place.
    Keep {
        /// What it is called.
        name: String,
        /// What it is for.
        #[arg(long, default_value = "")]
        about: String,
        /// For whose families: a place that you administer, by name or id.
        #[arg(long)]
        place: String,
        /// In which hats it is read, by id: see `xinmei conversation hats`.
        #[arg(long, required = true)]
        reader: Vec<Id<Role>>,
    },
    /// Let nothing new be asked there; what is open goes on.
    Close {
        /// By name or id.
        inbox: String,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::List => {
                let columns = ["/inbox", "/name", "/place/name", "/about", "/readers", "/closed"];
                terminal.show(Request::InboxList(ask::List {}), "/inboxes", &columns).await
            }
            Self::Keep { name, about, place, reader: readers } => {
                let ask::Inboxes { inboxes, places, .. } =
                    terminal.ask(Request::InboxList(ask::List {})).await?;
                let found = places.iter().find(|one| one.name == place || one.id.to_string() == place);
                let place = found.with_context(|| format!("you administer no place called {place}"))?.id;
                let same = inboxes.into_iter().find(|one| one.name == name && one.place.id == place);
                let inbox = same.map(|one| one.inbox);
                terminal.save(Request::InboxKeep(ask::Keep { inbox, name, about, place, readers })).await
            }
            Self::Close { inbox } => {
                let inbox = find(terminal, &inbox).await?;
                terminal.save(Request::InboxClose(ask::Close { inbox })).await
            }
        }
    }
}

async fn all(terminal: &Terminal) -> anyhow::Result<Vec<ask::InboxLine>> {
    let list: ask::Inboxes = terminal.ask(Request::InboxList(ask::List {})).await?;
    Ok(list.inboxes)
}

/// An inbox by name, where the name is unique; by id always.
pub(crate) async fn find(terminal: &Terminal, text: &str) -> anyhow::Result<Id<Inbox>> {
    let id: Option<Id<Inbox>> = text.parse().ok();
    let mut found = all(terminal).await?;
    found.retain(|one| Some(one.inbox) == id || one.name == text);
    match found.len() {
        1 => found.pop().map(|one| one.inbox).context("no inbox"),
        0 => bail!("no inbox is called {text}: see `xinmei inbox list`"),
        _ => bail!("several inboxes are called {text}: name it by its id"),
    }
}
