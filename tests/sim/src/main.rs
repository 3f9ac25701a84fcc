//! `cargo xtask sim --seed N --histories N`: many computers, one school, everything that can go wrong.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use xinmei_sim::Report;

struct Args {
    seed: u64,
    histories: u64,
    jobs: usize,
    trace: bool,
}

fn args() -> Args {
    let jobs = std::thread::available_parallelism().map_or(1, usize::from);
    let mut args = Args { seed: 1, histories: 1_000, jobs, trace: false };
    let mut given = std::env::args().skip(1);
    while let Some(name) = given.next() {
        let mut number = || given.next().and_then(|text| text.parse().ok()).expect("a number follows");
        match name.as_str() {
            "--seed" => args.seed = number(),
            "--histories" => args.histories = number(),
            "--jobs" => args.jobs = usize::try_from(number()).unwrap().max(1),
            "--trace" => args.trace = true,
            _ => panic!("usage: sim [--seed N] [--histories N] [--jobs N] [--trace]"),
        }
    }
    args
}

fn main() {
    let Args { seed, histories, jobs, trace } = args();
    let (next, total, begun) = (AtomicU64::new(0), Mutex::new(Report::default()), Instant::now());
    std::thread::scope(|scope| {
        for _ in 0..jobs {
            scope.spawn(|| {
                loop {
                    let n = next.fetch_add(1, Ordering::SeqCst);
                    if n >= histories {
                        return;
                    }
                    // One that fails ends the run: its seed stands on standard error.
                    let report =
                        std::panic::catch_unwind(|| xinmei_sim::run(xinmei_sim::seed_of(seed, n), trace));
                    let Ok(report) = report else { std::process::exit(1) };
                    let mut total = total.lock().unwrap();
                    total.merge(&report);
                    if total.histories % 1_000 == 0 {
                        eprintln!("{} of {histories} after {} s", total.histories, begun.elapsed().as_secs());
                    }
                }
            });
        }
    });
    let (total, took) = (total.into_inner().unwrap(), begun.elapsed().as_secs_f64());
    let rate = f64::from(u32::try_from(histories).unwrap_or(u32::MAX)) / took;
    eprintln!("sim: seed {seed}, 0 violations, {total}; {took:.1} s, {rate:.1} histories a second");
}
