//! Shifts.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Subcommand;
use xinmei_client::api::{Request, shift as ask};
use xinmei_model::{Id, Shift};

use super::{names, terminal::Terminal};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Open shifts and one's own.
    List,
    /// Take a shift.
    Take {
        /// Which.
        shift: Id<Shift>,
        /// 代办: for whom.
        #[arg(long = "for")]
        on_behalf_of: Option<String>,
    },
    /// Give a shift back.
    Drop {
        /// Which.
        shift: Id<Shift>,
        /// 代办: for whom.
        #[arg(long = "for")]
        on_behalf_of: Option<String>,
    },
    /// Open a post with its shifts from a JSON file: what `shift.post` takes.
    Post {
        /// The file.
        file: PathBuf,
    },
    /// The coordinator's posts with who comes.
    Roster,
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::List => {
                let columns = ["/id", "/starts", "/title", "/taken", "/needed", "/mine", "/pending"];
                terminal.show(Request::ShiftList(ask::List {}), "/shifts", &columns).await
            }
            Self::Take { shift, on_behalf_of } => {
                let on_behalf_of = names::maybe_person(terminal, on_behalf_of.as_ref()).await?;
                terminal.save(Request::ShiftTake(ask::Take { shift, on_behalf_of })).await
            }
            Self::Drop { shift, on_behalf_of } => {
                let on_behalf_of = names::maybe_person(terminal, on_behalf_of.as_ref()).await?;
                terminal.save(Request::ShiftDrop(ask::Drop { shift, on_behalf_of })).await
            }
            Self::Post { file } => {
                let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
                let plan: ask::Post = serde_json::from_str(&text).context("not a post")?;
                terminal.save(Request::ShiftPost(plan)).await
            }
            Self::Roster => {
                terminal
                    .show(Request::ShiftRoster(ask::Roster {}), "/posts", &["/id", "/title", "/shifts"])
                    .await
            }
        }
    }
}
