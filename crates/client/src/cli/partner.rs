//! 合作单位: the directory of partners.

use std::{io::Write as _, path::PathBuf, process::ExitCode};

use anyhow::{Context as _, bail};
use clap::Subcommand;
use xinmei_client::api::{Request, partner as ask};
use xinmei_model::{Event, Id, PartnerDraft, PartnerOrg};

use super::terminal::Terminal;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// The directory.
    List {
        /// A part of a name, its pinyin or initials, a person, a number.
        #[arg(default_value = "")]
        find: String,
    },
    /// One of it, whole.
    Show {
        /// By name or id.
        partner: String,
    },
    /// Write vCards (RFC 6350) to standard output.
    Export {
        /// By name or id; all of them if it is left out.
        partner: Option<String>,
    },
    /// Bring in a file of vCards 4.0 or 3.0; what is new and what cannot be read is told first.
    Import {
        /// The file.
        file: PathBuf,
        /// Only tell.
        #[arg(long)]
        preview: bool,
    },
    /// Keep a partner from a JSON file: what `partner show` tells as its `draft`; the same name is the same partner.
    Put {
        /// The file.
        file: PathBuf,
    },
    /// Drop a partner; events keep its name.
    Drop {
        /// By name or id.
        partner: String,
    },
    /// Say with whom an event is held.
    Name {
        /// Which event.
        event: Id<Event>,
        /// By name or id; with nobody if it is left out.
        partner: Option<String>,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::List { find } => {
                let columns = [
                    "/id",
                    "/events",
                    "/draft/name",
                    "/draft/about",
                    "/draft/contacts/0/name",
                    "/draft/contacts/0/phone",
                ];
                terminal.show(Request::PartnerList(ask::List { find }), "/partners", &columns).await
            }
            Self::Show { partner } => {
                let partner = one(terminal, &partner).await?;
                terminal.print(&serde_json::to_value(partner)?, "", &[]);
                Ok(ExitCode::SUCCESS)
            }
            Self::Export { partner } => {
                let partner = some(terminal, partner).await?;
                let cards: ask::CardFile =
                    terminal.ask(Request::PartnerCards(ask::Cards { partner })).await?;
                std::io::stdout().write_all(cards.text.as_bytes())?;
                Ok(ExitCode::SUCCESS)
            }
            Self::Import { file, preview } => import(terminal, &file, preview).await,
            Self::Put { file } => {
                let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
                let draft: PartnerDraft = serde_json::from_str(&text).context("not a partner")?;
                let known = all(terminal).await?.into_iter().find(|one| one.draft.name == draft.name);
                let partner = known.map(|one| one.id);
                terminal.save(Request::PartnerPut(ask::Put { partner, draft })).await
            }
            Self::Drop { partner } => {
                let partner = one(terminal, &partner).await?.id;
                terminal.save(Request::PartnerDrop(ask::Drop { partner })).await
            }
            Self::Name { event, partner } => {
                let partner = some(terminal, partner).await?;
                terminal.save(Request::PartnerName(ask::Name { event, partner })).await
            }
        }
    }
}

async fn import(terminal: &Terminal, file: &PathBuf, preview: bool) -> anyhow::Result<ExitCode> {
    let bytes = std::fs::read(file).with_context(|| file.display().to_string())?;
    let text = String::from_utf8(bytes)
        .ok()
        .context("the file is not UTF-8: save it as vCard 3.0 or 4.0 once more")?;
    let read: ask::CardsRead = terminal.ask(Request::PartnerRead(ask::Read { file: text })).await?;
    if let Some(fault) = read.fault {
        bail!("{}: {fault}", file.display());
    }
    terminal.print(&serde_json::to_value(&read)?, "/partners", &["/is", "/draft/name"]);
    for card in &read.unreadable {
        eprintln!("line {}: {} cannot be read: {}", card.line, card.name, serde_json::to_value(&card.fault)?);
    }
    let news = read.partners.into_iter().filter(|one| one.is != ask::CardNews::Same);
    let partners: Vec<_> = news.map(|one| ask::Put { partner: one.partner, draft: one.draft }).collect();
    if preview || partners.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    terminal.save(Request::PartnerBringIn(ask::BringIn { partners })).await
}

async fn all(terminal: &Terminal) -> anyhow::Result<Vec<ask::PartnerView>> {
    let list: ask::PartnerOrgs =
        terminal.ask(Request::PartnerList(ask::List { find: String::new() })).await?;
    Ok(list.partners)
}

async fn some(terminal: &Terminal, text: Option<String>) -> anyhow::Result<Option<Id<PartnerOrg>>> {
    match text {
        Some(text) => Ok(Some(one(terminal, &text).await?.id)),
        None => Ok(None),
    }
}

/// A partner by name, where the name is unique; by id always.
async fn one(terminal: &Terminal, text: &str) -> anyhow::Result<ask::PartnerView> {
    let id: Option<Id<PartnerOrg>> = text.parse().ok();
    let mut found = all(terminal).await?;
    found.retain(|one| Some(one.id) == id || one.draft.name == text);
    match found.len() {
        1 => found.pop().context("no partner"),
        0 => bail!("no partner is called {text}: see `xinmei partner list`"),
        _ => bail!("several partners are called {text}: name one by its id"),
    }
}
