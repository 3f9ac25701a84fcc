//! When this person is told of what is new, on every device of theirs.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::civil::Time;
use xinmei_client::api::{Request, notification as ask};
use xinmei_model::{PersonalQuiet, QuietHours};

use super::terminal::Terminal;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// When one is told, and what waits until then.
    Show,
    /// When one is left alone: `--school`, `--never`, or `--from 18:00 --until 07:30`.
    QuietHours(Quiet),
    /// Once a day all in one: `--at 18:00`, or `--off`.
    Digest(Digest),
}

#[derive(Args)]
#[group(required = true, multiple = true)]
pub(crate) struct Quiet {
    /// In the quiet hours of the school.
    #[arg(long, conflicts_with_all = ["never", "from", "until"])]
    school: bool,
    /// Never.
    #[arg(long, conflicts_with_all = ["from", "until"])]
    never: bool,
    /// Their first minute.
    #[arg(long, requires = "until")]
    from: Option<Time>,
    /// The first minute after them.
    #[arg(long, requires = "from")]
    until: Option<Time>,
}

#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Digest {
    /// When.
    #[arg(long)]
    at: Option<Time>,
    /// Each by itself.
    #[arg(long)]
    off: bool,
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        let settings = Request::NotificationSettings(ask::Settings {});
        if let Self::Show = self {
            return terminal.show(settings, "", &[]).await;
        }
        let chosen: ask::Chosen = terminal.ask(settings).await?;
        let (mut quiet, mut digest) = (chosen.quiet, chosen.digest);
        match self {
            Self::QuietHours(hours) => quiet = hours.chosen(),
            Self::Digest(daily) => digest = daily.at,
            Self::Show => {}
        }
        terminal.save(Request::NotificationPrefer(ask::Prefer { quiet, digest })).await
    }
}

impl Quiet {
    fn chosen(&self) -> PersonalQuiet {
        match self.from.zip(self.until) {
            Some((from, until)) => PersonalQuiet::Own { hours: QuietHours { from, until } },
            None if self.never => PersonalQuiet::Never,
            None => PersonalQuiet::School,
        }
    }
}
