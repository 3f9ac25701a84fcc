//! What one has booked, for the calendar one uses anyway.

use std::process::ExitCode;

use clap::Subcommand;
use xinmei_client::api::{Request, calendar as ask, file::SavedAt};
use xinmei_model::{Booking, Id};

use super::terminal::{Terminal, line};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// The address at which a calendar program reads it. Whoever has it can read along.
    Link,
    /// A new address; the one before leads nowhere any more.
    Make,
    /// End the address.
    End,
    /// One booking as an .ics file into the folder of downloads; prints where.
    Save {
        /// Which.
        booking: Id<Booking>,
    },
    /// All of it as an .ics file reads, as far as this computer knows.
    Print,
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let link = Request::CalendarLink(ask::Look {});
        match self {
            Self::Link => terminal.show(link, "", &[]).await,
            Self::Make => {
                let code = terminal.save(Request::CalendarMake(ask::Make {})).await?;
                terminal.show(link, "", &[]).await?;
                Ok(code)
            }
            Self::End => terminal.save(Request::CalendarEnd(ask::End {})).await,
            Self::Save { booking } => {
                let saved: SavedAt = terminal.ask(Request::CalendarSave(ask::Save { booking })).await?;
                if terminal.json {
                    terminal.print(&serde_json::to_value(&saved)?, "", &[]);
                } else {
                    line(&saved.path);
                }
                Ok(ExitCode::SUCCESS)
            }
            Self::Print => {
                let text: ask::Text = terminal.ask(Request::CalendarPrint(ask::Print {})).await?;
                if terminal.json {
                    terminal.print(&serde_json::to_value(&text)?, "", &[]);
                } else {
                    line(&text.content.trim_end());
                }
                Ok(ExitCode::SUCCESS)
            }
        }
    }
}
