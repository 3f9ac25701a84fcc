//! The roster and its remarks.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Subcommand;
use uuid::Uuid;
use xinmei_client::api::{Request, imports as ask};
use xinmei_model::{Id, RelationGrants, Remark};

use super::terminal::Terminal;

#[derive(Subcommand)]
pub(crate) enum Import {
    /// What a file would change; nothing is written.
    Preview {
        /// A roster: .xlsx or .csv.
        file: PathBuf,
        /// The school year it is of, where its title does not say: 2026 for 2026—2027.
        #[arg(long)]
        year: Option<i16>,
    },
    /// Do what a preview said.
    Confirm {
        /// Which preview.
        id: Uuid,
        /// Pupils absent from the file leave.
        #[arg(long)]
        let_leave: bool,
        /// Staff absent from the file take their hats off.
        #[arg(long)]
        let_staff_leave: bool,
    },
    /// Put back what one import changed.
    Undo {
        /// Which import.
        id: Uuid,
    },
    /// Imports, newest first.
    History,
}

#[derive(Subcommand)]
pub(crate) enum Remarks {
    /// Remarks to decide, identical ones together.
    List,
    /// Turn remarks into rights.
    Decide {
        /// Which.
        #[arg(required = true)]
        remark: Vec<Id<Remark>>,
        /// What guardians of each relation get, as JSON: `[{"relation":"mother","rights":["messages"],"barred":false}]`.
        #[arg(long)]
        grants: String,
    },
}

impl Import {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let request = match self {
            Self::Preview { file, year } => {
                let bytes = std::fs::read(&file).with_context(|| file.display().to_string())?;
                let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let content = data_encoding::BASE64.encode(&bytes);
                Request::ImportPreview(ask::Preview { name, content, year })
            }
            Self::Confirm { id, let_leave, let_staff_leave } => {
                Request::ImportConfirm(ask::Confirm { id, let_leave, let_staff_leave })
            }
            Self::Undo { id } => Request::ImportUndo(ask::Undo { id }),
            Self::History => {
                let columns = ["/id", "/at", "/by", "/name", "/undone"];
                return terminal.show(Request::ImportHistory(ask::History {}), "/imports", &columns).await;
            }
        };
        terminal.show(request, "", &[]).await
    }
}

impl Remarks {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::List => {
                let ask = Request::RemarkList(ask::ListRemarks {});
                terminal.show(ask, "/wordings", &["/text", "/relations", "/remarks"]).await
            }
            Self::Decide { remark, grants } => {
                let grants: Vec<RelationGrants> = serde_json::from_str(&grants).context("--grants")?;
                terminal.save(Request::RemarkDecide(ask::DecideRemarks { remarks: remark, grants })).await
            }
        }
    }
}
