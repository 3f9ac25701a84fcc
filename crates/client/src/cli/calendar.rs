//! What one has booked, for the calendar one uses anyway.

use std::process::ExitCode;

use clap::Subcommand;
use xinmei_client::api::{Request, calendar as ask, file::SavedAt, table::Language};
use xinmei_model::{Booking, Id};

use super::terminal::{Terminal, line};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// The address at which a calendar program reads it. Whoever has it can read along.
    Link {
        /// Whoever reads there is told in English how things stand.
        #[arg(long)]
        english: bool,
    },
    /// A new address; the one before leads nowhere any more.
    Make,
    /// End the address.
    End,
    /// One booking as an .ics file into the folder of downloads; prints where.
    Save {
        /// Which.
        booking: Id<Booking>,
        /// How it stands is said in English.
        #[arg(long)]
        english: bool,
    },
    /// All of it as an .ics file reads, as far as this computer knows.
    Print {
        /// How things stand is said in English.
        #[arg(long)]
        english: bool,
    },
}

fn language(english: bool) -> Language {
    if english { Language::English } else { Language::Chinese }
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let link = |english| Request::CalendarLink(ask::Look { language: language(english) });
        match self {
            Self::Link { english } => terminal.show(link(english), "", &[]).await,
            Self::Make => {
                let code = terminal.save(Request::CalendarMake(ask::Make {})).await?;
                terminal.show(link(false), "", &[]).await?;
                Ok(code)
            }
            Self::End => terminal.save(Request::CalendarEnd(ask::End {})).await,
            Self::Save { booking, english } => {
                let save = ask::Save { booking, language: language(english) };
                let saved: SavedAt = terminal.ask(Request::CalendarSave(save)).await?;
                if terminal.json {
                    terminal.print(&serde_json::to_value(&saved)?, "", &[]);
                } else {
                    line(&saved.path);
                }
                Ok(ExitCode::SUCCESS)
            }
            Self::Print { english } => {
                let print = ask::Print { language: language(english) };
                let text: ask::Text = terminal.ask(Request::CalendarPrint(print)).await?;
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
