//! Shifts.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Subcommand;
use xinmei_client::api::{Request, shift as ask};
use xinmei_model::{Id, Shift};

use super::{names::Proxy, terminal::Terminal};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Open shifts and one's own.
    List,
    /// Take a shift.
    Take {
        /// Which.
        shift: Id<Shift>,
        #[command(flatten)]
        proxy: Proxy,
    },
    /// Give a shift back.
    Drop {
        /// Which.
        shift: Id<Shift>,
        #[command(flatten)]
        proxy: Proxy,
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
            Self::Take { shift, proxy } => {
                let on_behalf_of = proxy.find(terminal).await?;
                terminal.save(Request::ShiftTake(ask::Take { shift, on_behalf_of })).await
            }
            Self::Drop { shift, proxy } => {
                let on_behalf_of = proxy.find(terminal).await?;
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
