//! What the school settles for everybody.

use std::process::ExitCode;

use clap::Subcommand;
use jiff::civil::Time;
use xinmei_client::api::{Request, school as ask};
use xinmei_model::QuietHours;

use super::terminal::Terminal;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// When nothing goes out to anybody: `--from 22:00 --until 06:30`, or `--off`.
    QuietHours {
        /// The first quiet minute.
        #[arg(long, required_unless_present = "off", requires = "until")]
        from: Option<Time>,
        /// The first minute that is not.
        #[arg(long, requires = "from")]
        until: Option<Time>,
        /// No quiet hours.
        #[arg(long, conflicts_with = "from")]
        off: bool,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let Self::QuietHours { from, until, off: _ } = self;
        let quiet = from.zip(until).map(|(from, until)| QuietHours { from, until });
        terminal.save(Request::SchoolQuiet(ask::SetQuiet { quiet })).await
    }
}
