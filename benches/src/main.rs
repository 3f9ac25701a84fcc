//! The benchmark program: each row is measured on the real product (release build, HTTPS, sessions, rights, verdicts,
//! `synchronous=FULL`) beside its physical limit in the same run, interleaved. Ratios come first: an absolute figure
//! means nothing from one machine to the next.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a measuring program: it prints, it reads the clock, and a panic stops a measurement that went wrong"
)]

mod conference;
mod figures;
mod matching;
mod notice;
mod push;
mod raw;
mod rehearsal;
mod rush;

use clap::{Parser, ValueEnum};

/// Measures one row, or all.
#[derive(Parser)]
struct Cli {
    /// `push`, `rush`, `notice`, `conference`, `matching` or `rehearsal`; all if not given
    row: Option<Row>,
    /// How much work a run does
    #[arg(long, default_value = "small")]
    size: Size,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Row {
    Push,
    Rush,
    Notice,
    Conference,
    Matching,
    Rehearsal,
}

/// How much work a run does.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Size {
    /// A minute.
    Small,
    /// For the record.
    Full,
}

impl Size {
    /// Runs of each measurement; the median is printed.
    fn runs(self) -> usize {
        match self {
            Self::Small => 5,
            Self::Full => 9,
        }
    }
}

#[tokio::main]
async fn main() {
    let cli = Cli::parse();
    println!("{}", figures::machine());
    println!("{}", figures::HEAD);
    if cli.row.is_none_or(|row| row == Row::Push) {
        push::many(cli.size).await;
        push::outbox(cli.size).await;
    }
    if cli.row.is_none_or(|row| row == Row::Rush) {
        rush::rush(cli.size).await;
    }
    if cli.row.is_none_or(|row| row == Row::Notice) {
        notice::notice(cli.size).await;
    }
    if cli.row.is_none_or(|row| row == Row::Conference) {
        conference::plans(cli.size);
    }
    if cli.row.is_none_or(|row| row == Row::Matching) {
        matching::proposals(cli.size);
    }
    if cli.row.is_none_or(|row| row == Row::Rehearsal) {
        rehearsal::rehearsals(cli.size);
    }
}
