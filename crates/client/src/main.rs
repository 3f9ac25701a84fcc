//! `xinmei`: the window's own core, as a command line.
#![allow(clippy::print_stdout, reason = "a command line prints; the library does not")]

mod cli;

use clap::Parser;

#[tokio::main]
async fn main() -> std::process::ExitCode {
    let args = cli::Args::parse();
    cli::run(args).await
}
