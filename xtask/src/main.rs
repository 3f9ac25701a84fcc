//! `cargo xtask`: what a developer asks for, each as one command.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a command line prints, and says how long it took"
)]

mod advisories;
mod args;
mod build;
mod ci;
mod cycles;
mod demo;
mod lints;
mod promises;
mod sbom;
mod screen;
mod sh;
mod shots;
mod steps;
mod test;
mod tidy;
mod tools;

use std::process::ExitCode;

use anyhow::{Result, bail};
use args::Args;

const USAGE: &str = "\
cargo xtask <command>

  run [--as ROLE…] [--no-window] [--fresh]   the demo school and a window for each role; without --as, a parent
                                             roles: parent, teacher, coordinator, head, administrator
  test [--quick]                             everything (an hour); --quick: the Rust tests without the window
  ci [--test]                                format, lints, limits, generated files; --test: the tests as well
  advisories                                 what became known about a version in the lock files; before a release
  sbom                                       what is in each program, as CycloneDX, into target/sbom
  bindings [--check]                         write (or compare) the files made from the code
  holidays key|sign|check …                  keys of holiday files, and files signed with them: docs/holidays.md
  bench [ROW] [--size small|full]            measure a row of the performance table, or all
  promises [--size commit|acceptance]        what is promised, shown by power cuts, kills, histories and probes
  sim [--seed N] [--histories M]             replay random histories of many devices and one school
  shots                                      pictures of every role in both themes, into docs/pictures
";

fn main() -> ExitCode {
    sh::end_what_we_started_on_ctrl_c();
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) if sh::stopped() => {
            println!("Stopped. Everything that was started has ended.");
            ExitCode::from(130)
        }
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let mut args = Args::of_process();
    match args.word().as_deref() {
        Some("run") => demo::run(args),
        Some("test") => test::run(args),
        Some("ci") => ci::run(args),
        Some("advisories") => advisories::run(args),
        Some("sbom") => sbom::run(args),
        Some("bindings") => build::bindings(args),
        Some("holidays") => build::holidays(args),
        Some("bench") => build::bench(args),
        Some("promises") => promises::run(args),
        Some("sim") => build::sim(args),
        Some("shots") => shots::run(args),
        None | Some("help" | "--help" | "-h") => {
            print!("{USAGE}");
            Ok(())
        }
        Some(other) => bail!("there is no command {other:?}\n\n{USAGE}"),
    }
}
