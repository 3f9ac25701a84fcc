//! What the school settles for everybody.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::civil::Time;
use xinmei_client::api::{Request, school as ask};
use xinmei_model::QuietHours;

use super::terminal::Terminal;

/// Hours of a day, or none.
#[derive(Args)]
pub(crate) struct Hours {
    /// Their first minute.
    #[arg(long, required_unless_present = "off", requires = "until")]
    from: Option<Time>,
    /// The first minute after them.
    #[arg(long, requires = "from")]
    until: Option<Time>,
    /// None.
    #[arg(long, conflicts_with = "from")]
    off: bool,
}

impl Hours {
    /// From when until when.
    pub(crate) fn span(&self) -> Option<(Time, Time)> {
        self.from.zip(self.until)
    }
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// When nothing goes out to families: `--from 22:00 --until 06:30`, or `--off`.
    QuietHours {
        #[command(flatten)]
        hours: Hours,
        /// When staff are told nothing, instead.
        #[arg(long)]
        staff: bool,
    },
    /// How long a notice stands in its author's hands before it goes out.
    Hold {
        /// 0 for not at all.
        #[arg(long)]
        seconds: u32,
    },
    /// How long it takes from one campus to another.
    Travel {
        /// 0 where they lie side by side.
        #[arg(long)]
        minutes: u32,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::QuietHours { hours, staff } => {
                let quiet = hours.span().map(|(from, until)| QuietHours { from, until });
                terminal.save(Request::SchoolQuiet(ask::SetQuiet { quiet, staff })).await
            }
            Self::Hold { seconds } => terminal.save(Request::SchoolHold(ask::SetHold { seconds })).await,
            Self::Travel { minutes } => {
                terminal.save(Request::SchoolTravel(ask::SetTravel { minutes })).await
            }
        }
    }
}
