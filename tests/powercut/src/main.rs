//! `xinmei-powercut`: as many cuts as asked for, or one again.
#![allow(clippy::print_stdout, reason = "a command line")]

use anyhow::{Result, bail};
use clap::Parser;
use xinmei_powercut::{
    log::Mode,
    run::{Cut, Which, cuts, record, run},
};

/// Cuts the power under the real stores and looks what is left.
#[derive(Parser)]
struct Args {
    /// Cuts, of all stories together.
    #[arg(long, default_value_t = 60_000)]
    cuts: usize,
    /// What the stories and the cuts follow from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// One story only.
    #[arg(long, value_enum)]
    story: Option<Which>,
    /// Threads.
    #[arg(long, default_value_t = 1)]
    jobs: usize,
    /// Plants `synchronous = NORMAL`: then something must be lost.
    #[arg(long)]
    plant_normal: bool,
    /// One cut only, after so many operations.
    #[arg(long, requires_all = ["cut_seed", "story"])]
    at: Option<usize>,
    /// What that cut keeps.
    #[arg(long)]
    cut_seed: Option<u64>,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let mode = if args.plant_normal { Mode::PlantedNormal } else { Mode::AsWritten };
    let stories =
        args.story.map_or(vec![Which::Server, Which::ServerLong, Which::Client], |which| vec![which]);
    let mut failed = false;
    for which in stories {
        let story = record(which, mode, args.seed)?;
        let cuts = match (args.at, args.cut_seed) {
            (Some(k), Some(seed)) => vec![Cut { k, seed }],
            _ if args.story.is_some() => cuts(&*story, args.cuts, args.seed),
            _ => cuts(&*story, (args.cuts * which.fifths()).div_ceil(5), args.seed),
        };
        let report = run(which, &*story, &cuts, args.seed, args.jobs);
        println!(
            "{which:?}: {} operations, {} cuts in {:.1} s ({:.0} a second): {} lost, {} broken, {} half-made",
            story.log().ops.len(),
            report.cuts,
            report.seconds,
            report.cuts as f64 / report.seconds.max(0.001),
            report.lost,
            report.broken,
            report.unmade,
        );
        if let Some(first) = report.first {
            println!("  {first}{}", if args.plant_normal { " --plant-normal" } else { "" });
            failed = true;
        }
    }
    if failed != args.plant_normal {
        bail!(if failed { "a power cut lost what was saved" } else { "the planted fault was not found" });
    }
    Ok(())
}
