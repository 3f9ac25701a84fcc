//! 出行: what is planned of a trip, buses, roll-call.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context as _, bail};
use clap::Subcommand;
use xinmei_client::api::{
    Request,
    table::{Language, MadeFile},
    trip as ask, trip_end,
};
use xinmei_model::{Event, Id, Session, TripPlan};

use super::terminal::Terminal;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// A trip: adults, slips, how far the roll-call has come.
    Show {
        /// Which event.
        event: Id<Event>,
    },
    /// Make a trip of an event, or change its plan, from a JSON file: what `trip show` tells as `plan`.
    Plan {
        /// Which event.
        event: Id<Event>,
        /// The file.
        file: PathBuf,
    },
    /// Who sits on which bus.
    Buses {
        /// Which session.
        session: Id<Session>,
        /// Put this child on another bus first: by its name.
        #[arg(long, requires = "bus")]
        child: Option<String>,
        /// The bus: by its name; `-` where it fits.
        #[arg(long, requires = "child")]
        bus: Option<String>,
        /// Into this file instead, as a workbook of Excel.
        #[arg(long, conflicts_with = "child")]
        out: Option<PathBuf>,
        /// The workbook in English.
        #[arg(long, requires = "out")]
        english: bool,
    },
    /// Say that everybody is back: nobody is called from then on.
    End {
        /// Which session.
        session: Id<Session>,
        /// What is known of children who were there on the way and are not accounted for.
        #[arg(long, default_value = "")]
        reason: String,
        /// It was ended too early: it goes on.
        #[arg(long, conflicts_with = "reason")]
        goes_on: bool,
    },
    /// Call the roll, or read it.
    RollCall {
        /// Which session.
        session: Id<Session>,
        /// At which stop: by its name; the first that is open if it is left out.
        #[arg(long)]
        stop: Option<String>,
        /// Who is there: by name; may be given more than once.
        #[arg(long)]
        here: Vec<String>,
        /// Who is not: NAME, or NAME=why.
        #[arg(long)]
        away: Vec<String>,
    },
}

impl Command {
    pub(crate) async fn run(self, terminal: &Terminal) -> anyhow::Result<ExitCode> {
        match self {
            Self::Show { event } => {
                let columns = [
                    "/session/id",
                    "/session/name",
                    "/children",
                    "/adults_needed",
                    "/parents",
                    "/escorts",
                    "/slips/signed",
                    "/slips/missing",
                    "/slips/refused",
                ];
                terminal.show(Request::TripOpen(ask::Open { event }), "/sessions", &columns).await
            }
            Self::Plan { event, file } => {
                let text = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
                let plan: TripPlan = serde_json::from_str(&text).context("not the plan of a trip")?;
                terminal.save(Request::TripPlan(ask::Plan { event, plan })).await
            }
            Self::Buses { session, child: Some(child), bus: Some(bus), .. } => {
                let list: ask::BusList = terminal.ask(Request::TripBuses(ask::Buses { session })).await?;
                let at = list.buses.iter().position(|one| one.name == bus);
                if at.is_none() && bus != "-" {
                    bail!("no bus is called {bus}");
                }
                let riders = list.buses.iter().flat_map(|bus| &bus.children).chain(&list.left);
                let child = named(riders.map(|one| &one.child), &child)?;
                let bus = at.and_then(|at| u32::try_from(at).ok());
                terminal.save(Request::TripMove(ask::Move { session, child, bus })).await
            }
            Self::Buses { session, out: Some(out), english, .. } => {
                let language = if english { Language::English } else { Language::Chinese };
                let table = Request::TripBusTable(ask::BusTable { session, language });
                let made: MadeFile = terminal.ask(table).await?;
                terminal.keep(&made, &out)
            }
            Self::End { session, reason, goes_on } => {
                terminal.save(Request::TripEnd(trip_end::End { session, reason, goes_on })).await
            }
            Self::Buses { session, .. } => {
                let columns = ["/name", "/seats", "/taken", "/lacks", "/children/0/child/name"];
                terminal.show(Request::TripBuses(ask::Buses { session }), "/buses", &columns).await
            }
            Self::RollCall { session, stop, here, away } => call(terminal, session, stop, here, away).await,
        }
    }
}

async fn call(
    terminal: &Terminal,
    session: Id<Session>,
    stop: Option<String>,
    here: Vec<String>,
    away: Vec<String>,
) -> anyhow::Result<ExitCode> {
    let ask = |stop| Request::TripRoll(ask::Roll { session, stop, find: String::new() });
    let mut roll: ask::TripRoll = terminal.ask(ask(None)).await?;
    if let Some(name) = stop {
        let at = roll.stops.iter().position(|stop| stop.name == name);
        let at =
            at.and_then(|at| u32::try_from(at).ok()).with_context(|| format!("no stop is called {name}"))?;
        roll = terminal.ask(ask(Some(at))).await?;
    }
    let columns = [
        "/child/name",
        "/child/tail",
        "/bus",
        "/slip",
        "/said/here",
        "/said/note",
        "/said/by_name",
        "/left_at",
    ];
    if here.is_empty() && away.is_empty() {
        return terminal.show(ask(Some(roll.stop)), "/lines", &columns).await;
    }
    let away = away.iter().map(|text| text.split_once('=').unwrap_or((text, "")));
    let all =
        here.iter().map(|name| (name.as_str(), true, "")).chain(away.map(|(name, note)| (name, false, note)));
    let mut marks = Vec::new();
    for (name, here, note) in all {
        let child = named(roll.lines.iter().map(|line| &line.child), name)?;
        let line = roll.lines.iter().find(|line| line.child.id == child);
        let replaces = line.map_or(0, |line| line.version);
        marks.push(ask::StopMark { child, here, note: note.to_owned(), replaces });
    }
    terminal.save(Request::TripMark(ask::Mark { session, stop: roll.stop, marks })).await
}

/// A child by its name, or by its name and the last four of 学号: 李雨桐0217.
fn named<'c>(
    children: impl Iterator<Item = &'c xinmei_client::api::profile::ChildName>,
    text: &str,
) -> anyhow::Result<Id<xinmei_model::Child>> {
    let is_it = |child: &&xinmei_client::api::profile::ChildName| {
        child.name == text || format!("{}{}", child.name, child.tail) == text
    };
    let found: Vec<_> = children.filter(is_it).collect();
    match found.as_slice() {
        [one] => Ok(one.id),
        [] => bail!("nobody on this trip is called {text}"),
        _ => bail!("several children are called {text}: add the last four of 学号"),
    }
}
