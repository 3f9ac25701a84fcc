//! A seeded simulation of many computers and one school, without sockets and threads.
//!
//! The replica, its engine, push, pull, the ledger, the timers and the hub are the product's own; clocks, chance, the
//! network and the moments at which disks stop are the history's. The same seed is the same history. What must hold is
//! checked after each step ([`truth`], [`check`]) and once more when the faults are over ([`heal`]).

mod acts;
mod alarm;
mod author;
mod cast;
mod chance;
mod check;
mod computer;
pub mod disk;
mod door;
mod drawing;
mod heal;
mod history;
mod keeping;
mod machines;
mod meetings;
mod net;
mod notices;
mod plans;
mod report;
mod seats;
mod server;
mod swaps;
mod talk;
mod truth;
mod volunteers;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

pub use acts::Pen;
pub use cast::{Cast, Part, enrol};
pub use chance::Chance;
pub use computer::{Attempt, Computer, Wish};
pub use history::History;
pub use report::{Counts, Report};
pub use server::{Hands, Server, edge};
pub use truth::time_of;

/// Runs one history.
///
/// # Panics
/// Where a promise is broken; the last line is the command that shows it again.
pub fn run(seed: u64, trace: bool) -> Report {
    let history = || {
        let mut history = History::begin(seed, trace);
        history.live();
        history.heal();
        history.end()
    };
    match catch_unwind(AssertUnwindSafe(history)) {
        Ok(report) => report,
        Err(broken) => {
            eprintln!("cargo xtask sim --seed {seed} --histories 1");
            resume_unwind(broken)
        }
    }
}

/// The seed of the `n`th history of a run.
pub fn seed_of(run: u64, n: u64) -> u64 {
    if n == 0 {
        run
    } else {
        Chance::new(run.wrapping_add(n.wrapping_mul(0x632B_E59B_D9B4_E019))).word() >> 16
    }
}
