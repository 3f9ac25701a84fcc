//! Many cuts of one story.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Instant,
};

use anyhow::Result;
use clap::ValueEnum;
use tempfile::TempDir;

use crate::{
    chance::Chance,
    client::Client,
    disk::Disk,
    history::{Found, Moment, Story},
    log::Mode,
    server::{Plan, Server},
};

/// Which story is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Which {
    /// The server, its log folded in when it stops.
    Server,
    /// The server, its log folded in while it runs.
    ServerLong,
    /// A family's computer.
    Client,
}

impl Which {
    /// How much of all cuts is of this story, in fifths: those of a long log take twice the time.
    #[must_use]
    pub fn fifths(self) -> usize {
        match self {
            Self::ServerLong => 1,
            Self::Server | Self::Client => 2,
        }
    }
}

/// Plays a story and records it.
///
/// # Errors
/// If the product fails without any cut.
pub fn record(which: Which, mode: Mode, seed: u64) -> Result<Box<dyn Story>> {
    Ok(match which {
        Which::Server => Box::new(Server::record(Plan::SHORT, mode, seed)?),
        Which::ServerLong => Box::new(Server::record(Plan::LONG, mode, seed)?),
        Which::Client => Box::new(Client::record(mode, seed)?),
    })
}

/// What came of the cuts.
#[derive(Debug, Default)]
pub struct Report {
    /// How many.
    pub cuts: usize,
    /// After how many something that was told was gone.
    pub lost: usize,
    /// After how many the store was damaged, half-done, or contradicted itself.
    pub broken: usize,
    /// After how many a half-made store was in the way of making it again; see [`Found::Unmade`].
    pub unmade: usize,
    /// Seconds.
    pub seconds: f64,
    /// The first failure, and how to see it again.
    pub first: Option<String>,
}

/// One cut.
#[derive(Clone, Copy, Debug)]
pub struct Cut {
    /// After how many operations.
    pub k: usize,
    /// What of the rest is kept.
    pub seed: u64,
}

/// The cuts of a seed, in the order of the story.
#[must_use]
pub fn cuts(story: &dyn Story, count: usize, seed: u64) -> Vec<Cut> {
    let ops = story.log().ops.len();
    let cut = |n: usize| {
        let mut chance = Chance::of_case(seed, n as u64);
        Cut { k: chance.below(ops + 1), seed: chance.word() }
    };
    let mut cuts: Vec<Cut> = (0..count).map(cut).collect();
    cuts.sort_by_key(|cut| cut.k);
    cuts
}

/// Cuts the power as told, on `jobs` threads.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "it measures how long this machine took")]
pub fn run(which: Which, story: &dyn Story, cuts: &[Cut], seed: u64, jobs: usize) -> Report {
    let begun = Instant::now();
    let share = cuts.len().div_ceil(jobs.max(1)).max(1);
    let parts: Vec<Report> = std::thread::scope(|scope| {
        let parts: Vec<_> =
            cuts.chunks(share).map(|cuts| scope.spawn(move || run_part(which, story, cuts, seed))).collect();
        parts.into_iter().map(|part| part.join().expect("a checker does not panic")).collect()
    });
    let mut report = Report { seconds: begun.elapsed().as_secs_f64(), ..Report::default() };
    for part in parts {
        report.cuts += part.cuts;
        report.lost += part.lost;
        report.broken += part.broken;
        report.unmade += part.unmade;
        report.first = report.first.or(part.first);
    }
    report
}

fn run_part(which: Which, story: &dyn Story, cuts: &[Cut], seed: u64) -> Report {
    let scratch = scratch().expect("a folder to work in");
    let mut disk = Disk::new(story.log());
    let mut report = Report::default();
    for cut in cuts {
        disk.advance(cut.k);
        let outcome = one(story, &disk, *cut, &scratch);
        report.cuts += 1;
        let failure = match outcome {
            Ok(Found::Held) => continue,
            Ok(Found::Unmade) => {
                report.unmade += 1;
                continue;
            }
            Ok(Found::Lost { told, found }) => {
                report.lost += 1;
                let found = found.map_or("nothing".into(), |found| format!("state {found}"));
                format!("state {told} was told of, {found} is there")
            }
            Err(why) => {
                report.broken += 1;
                why
            }
        };
        report.first.get_or_insert_with(|| format!("{failure}\n  {}", command(which, seed, *cut)));
    }
    report
}

/// The one command that shows a failure again.
fn command(which: Which, seed: u64, Cut { k, seed: cut }: Cut) -> String {
    let which = which.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    format!(
        "cargo run --release -p xinmei-powercut -- --story {which} --seed {seed} --at {k} --cut-seed {cut}"
    )
}

fn one(story: &dyn Story, disk: &Disk<'_>, cut: Cut, scratch: &TempDir) -> Result<Found, String> {
    // A folder of its own for each: a ledger's thread may still be closing its files in the last one.
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let folder = scratch.path().join(NEXT.fetch_add(1, Ordering::Relaxed).to_string());
    let mut chance = Chance::new(cut.seed);
    let kept = std::fs::create_dir(&folder).and_then(|()| disk.cut(&mut chance, &folder));
    kept.map_err(|error| error.to_string())?;
    let moment = Moment { told: disk.told, newest: story.newest(cut.k), poked: disk.poked };
    let outcome = story.check(&folder, moment, &mut chance);
    // What cannot be removed yet goes with the folder around it.
    let _ = std::fs::remove_dir_all(&folder);
    outcome
}

/// A folder in memory, where there is one: nothing here may depend on a real disk.
///
/// # Errors
/// If there is no room.
pub fn scratch() -> std::io::Result<TempDir> {
    let memory = std::path::Path::new("/dev/shm");
    let builder = || tempfile::Builder::new().prefix("powercut").to_owned();
    if memory.is_dir() { builder().tempdir_in(memory) } else { builder().tempdir() }
}
