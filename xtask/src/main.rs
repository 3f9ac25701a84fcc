//! `cargo xtask`: everything a contributor or a curious person runs.
#![allow(clippy::print_stdout, reason = "a command line answers on standard output")]

mod bindings;
mod packages;
mod run;
mod step;
mod test;
mod tidy;

use clap::{Parser, Subcommand, ValueEnum};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Run, test and measure Xinmei")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start a school server with the demo school and open the window
    Run {
        /// Who sits at the window; several windows may be opened at once
        #[arg(long = "as", value_enum, num_args = 1..)]
        who: Vec<Who>,
        /// Make the demo school anew
        #[arg(long)]
        fresh: bool,
        /// Take a screenshot of each window and stop
        #[arg(long)]
        shoot: bool,
    },
    /// Run every test
    Test {
        /// Only what compiles in seconds: no window, no UI
        #[arg(long)]
        quick: bool,
    },
    /// Measure a row of the performance table
    Bench {
        /// `push` or `rush`; both if not given
        row: Option<String>,
        #[arg(long, default_value = "small")]
        size: String,
    },
    /// Simulate many clients and one server from a seed
    Sim {
        #[arg(long, default_value_t = 1)]
        seed: u64,
        #[arg(long, default_value_t = 200)]
        histories: u64,
    },
    /// Write what is generated from the code: the window's types, the rights table, the OpenAPI document
    Bindings {
        /// Fail instead of writing, if anything is stale
        #[arg(long)]
        check: bool,
    },
    /// Lints, generated files, sizes and import cycles
    Ci,
}

/// Somebody of the demo school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Who {
    Parent,
    Teacher,
    Coordinator,
    Administrator,
}

impl Who {
    /// As the server's command line names them.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Parent => "parent",
            Self::Teacher => "teacher",
            Self::Coordinator => "coordinator",
            Self::Administrator => "administrator",
        }
    }
}

fn main() -> anyhow::Result<()> {
    std::env::set_current_dir(step::root())?;
    match Cli::parse().command {
        Command::Run { who, fresh, shoot } => run::run(&who, fresh, shoot),
        Command::Test { quick } => test::test(quick),
        Command::Bench { row, size } => {
            let mut args = vec!["run", "--release", "--quiet", "--package", "xinmei-benches", "--"];
            args.extend(row.as_deref());
            args.extend(["--size", &size]);
            step::step("Measuring (a release build first; some minutes)", "cargo", &args)
        }
        Command::Sim { seed, histories } => {
            let (seed, histories) = (seed.to_string(), histories.to_string());
            let args = ["run", "--release", "--quiet", "--package", "xinmei-tests", "--bin", "sim", "--"];
            let args = [&args[..], &["--seed", &seed, "--histories", &histories]].concat();
            step::step("Simulating (a release build first; some minutes)", "cargo", &args)
        }
        Command::Bindings { check } => bindings::write(check),
        Command::Ci => tidy::ci(),
    }
}
