//! Shifts.

use std::{path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Subcommand;
use xinmei_client::api::{Request, series, shift as ask};
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
        /// Its last shift again and again, by an RRULE of RFC 5545 that counts it: `FREQ=WEEKLY;BYDAY=TU,TH;COUNT=16`.
        #[arg(long, value_name = "RULE")]
        repeat: Option<String>,
        /// With `--repeat`: not on public holidays.
        #[arg(long, requires = "repeat")]
        skip_holidays: bool,
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
            Self::Post { file, repeat, skip_holidays } => {
                let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
                let mut plan: ask::Post = serde_json::from_str(&text).context("not a post")?;
                if let Some(rule) = repeat {
                    let last = plan.shifts.last().cloned().context("there is no shift to repeat")?;
                    plan.shifts.extend(again(terminal, &last, rule, skip_holidays).await?);
                }
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

/// A shift at the other times of a rule, as long by the clock on the wall.
async fn again(
    terminal: &Terminal,
    last: &ask::PlannedShift,
    rule: String,
    skip_holidays: bool,
) -> anyhow::Result<Vec<ask::PlannedShift>> {
    let wanted = series::Ask { rule: rule.clone(), from: last.starts.clone(), skip_holidays };
    let found: series::Times = terminal.ask(Request::SeriesTimes(wanted)).await?;
    anyhow::ensure!(
        !found.times.is_empty(),
        "no shift comes of {rule}: it has to be daily, weekly or monthly, and to end"
    );
    anyhow::ensure!(
        !found.too_many,
        "{rule} gives more than {} shifts: post the rest by another rule",
        found.times.len()
    );
    let lasts = last.starts.datetime().until(last.ends.datetime())?;
    let others = found.times.into_iter().filter(|at| *at != last.starts);
    others
        .map(|starts| {
            let ends = starts.datetime().checked_add(lasts)?.to_zoned(starts.time_zone().clone())?;
            Ok(ask::PlannedShift { starts, ends, needed: last.needed })
        })
        .collect()
}
