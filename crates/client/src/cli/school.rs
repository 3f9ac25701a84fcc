//! What the school settles for everybody.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use jiff::civil::Time;
use xinmei_client::api::{Request, holidays, school as ask};
use xinmei_model::{HolidayKind, QuietHours};

use super::terminal::{Terminal, line};

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
    /// Public holidays and the weekends worked for them, as announced; with `--set`, bring a signed file in.
    Holidays {
        /// Of one year; of all that are known if left out.
        year: Option<i16>,
        /// A holiday file: `2027.holidays`.
        #[arg(long, value_name = "FILE", conflicts_with = "year")]
        set: Option<PathBuf>,
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
            Self::Holidays { set: Some(path), .. } => {
                let file = std::fs::read_to_string(&path)
                    .with_context(|| format!("{} cannot be read", path.display()))?;
                terminal.save(Request::HolidaysSet(holidays::Set { file })).await
            }
            Self::Holidays { year, set: None } => known(terminal, year).await,
            Self::Travel { minutes } => {
                terminal.save(Request::SchoolTravel(ask::SetTravel { minutes })).await
            }
        }
    }
}

/// Prints what is known of holidays: first day, last day, 休 or 班, the name in both languages.
async fn known(terminal: &Terminal, year: Option<i16>) -> anyhow::Result<ExitCode> {
    let mut known: holidays::HolidayYears = terminal.ask(Request::HolidaysList(holidays::List {})).await?;
    known.years.retain(|one| year.is_none_or(|year| one.year == year));
    known.not_announced.retain(|one| year.is_none_or(|year| *one == year));
    if let Some(year) = year
        && known.years.is_empty()
    {
        known.not_announced = vec![year];
    }
    if terminal.json {
        terminal.print(&serde_json::to_value(&known)?, "", &[]);
        return Ok(ExitCode::SUCCESS);
    }
    for year in &known.not_announced {
        line(&format_args!("{year}\tnot announced yet"));
    }
    for one in &known.years {
        line(&format_args!("{}\t{}\t{}", one.year, one.published, one.source));
        for span in &one.spans {
            let mark = match span.kind {
                HolidayKind::Holiday => "休",
                HolidayKind::Workday => "班",
            };
            line(&format_args!("{}\t{}\t{mark}\t{}\t{}", span.from, span.to, span.name.zh, span.name.en));
        }
    }
    Ok(ExitCode::SUCCESS)
}
