//! Seeded histories: a fixed number of new ones, and every one that ever found a fault.

use xinmei_sim::{Report, run, seed_of};

/// As many as a debug build runs in well under half a minute on one core; `cargo xtask sim` runs thousands.
const HISTORIES: u64 = 60;
/// Where they begin.
const SEED: u64 = 20_261_123;
/// Seeds that found something once.
const FOUND: &[u64] = &[];

#[test]
fn whatever_happens_everybody_ends_up_with_the_same() {
    let mut total = Report::default();
    for n in 0..HISTORIES {
        total.merge(&run(seed_of(SEED, n), false));
    }
    eprintln!("{HISTORIES} histories: {total}");
    assert!(total.verdicts.of("accepted") > HISTORIES * 7, "too little happened");
    assert!(total.faults.total() > HISTORIES * 20, "too little went wrong");
}

#[test]
fn what_was_found_once_stays_found() {
    for seed in FOUND {
        run(*seed, false);
    }
}

#[test]
fn the_same_seed_is_the_same_history() {
    assert_eq!(run(SEED, false), run(SEED, false));
}
