//! The line to the school, the outbox, and Today.

use std::{process::ExitCode, time::Duration};

use clap::Subcommand;
use serde_json::Value;
use xinmei_client::{
    api::{Request, sync as ask, today},
    socket::Door,
};
use xinmei_model::MutationId;

use super::terminal::Terminal;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Send and fetch everything now.
    Sync {
        /// Stay, and print the sync line whenever it changes.
        #[arg(long)]
        watch: bool,
    },
    /// What waits to be sent.
    Outbox {
        #[command(subcommand)]
        what: Option<Outbox>,
    },
    /// Today, in the hat that is on.
    Today,
}

#[derive(Subcommand)]
pub(crate) enum Outbox {
    /// A refused item was read and may go.
    Seen {
        /// Which.
        mutation: MutationId,
    },
    /// An item that was never sent is not sent at all.
    TakeBack {
        /// Which.
        mutation: MutationId,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::Sync { watch: false } => {
                terminal.door.sync().await?;
                terminal.show(Request::SyncStatus(ask::Status {}), "", &[]).await
            }
            Self::Sync { watch: true } => watch(terminal).await,
            Self::Outbox { what: None } => {
                let columns = ["/mutation", "/state", "/about/act", "/about/title", "/about/children"];
                terminal.show(Request::OutboxList(ask::ListOutbox {}), "/items", &columns).await
            }
            Self::Outbox { what: Some(Outbox::Seen { mutation }) } => {
                terminal.show(Request::OutboxSeen(ask::Seen { mutation }), "", &[]).await
            }
            Self::Outbox { what: Some(Outbox::TakeBack { mutation }) } => {
                terminal.show(Request::OutboxTakeBack(ask::TakeBack { mutation }), "", &[]).await
            }
            Self::Today => terminal.show(Request::TodayOpen(today::Open {}), "", &[]).await,
        }
    }
}

/// Prints the sync line whenever it changes, until it is stopped.
async fn watch(terminal: &Terminal) -> anyhow::Result<ExitCode> {
    if let Door::Here(client) = &terminal.door {
        client.start();
    }
    let mut shown = Value::Null;
    loop {
        let line = terminal.door.ask(Request::SyncStatus(ask::Status {})).await?;
        if line != shown {
            if !super::terminal::line(&line) {
                return Ok(ExitCode::SUCCESS);
            }
            shown = line;
        }
        tokio::select! {
            () = tokio::time::sleep(Duration::from_millis(200)) => {}
            _ = tokio::signal::ctrl_c() => return Ok(ExitCode::SUCCESS),
        }
    }
}
