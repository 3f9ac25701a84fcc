//! A sample of cuts at each test run; `cargo run --release -p xinmei-powercut -- --cuts N --seed S` makes as many as wanted.
#![allow(clippy::print_stdout, reason = "tests print their figures")]

use xinmei_powercut::{
    chance::Chance,
    disk::Disk,
    history::Moment,
    log::{Log, Mode, Op},
    run::{Report, Which, cuts, record, run, scratch},
};

const SEED: u64 = 20_261_123;

fn cut(which: Which, mode: Mode, count: usize) -> Report {
    let story = record(which, mode, SEED).expect("the product works without a cut");
    let report = run(which, &*story, &cuts(&*story, count, SEED), SEED, 1);
    println!(
        "{which:?}, {mode:?}: {} cuts in {:.1} s: {} lost, {} broken, {} half-made",
        report.cuts, report.seconds, report.lost, report.broken, report.unmade
    );
    report
}

fn holds(which: Which, count: usize) {
    let report = cut(which, Mode::AsWritten, count);
    assert!(report.first.is_none(), "{}", report.first.unwrap_or_default());
}

#[test]
fn the_server_keeps_what_it_answered() {
    holds(Which::Server, 1_500);
}

#[test]
fn the_server_keeps_it_while_its_log_is_folded_in() {
    holds(Which::ServerLong, 400);
}

#[test]
fn the_client_keeps_what_it_saved() {
    holds(Which::Client, 3_000);
}

/// The proof that this would be noticed. `synchronous = NORMAL` is planted in the VFS, which sees each PRAGMA before
/// SQLite does: it overwrites the value of the product's own `PRAGMA synchronous = FULL` with "1", NORMAL's number.
/// Recording asserts that `PRAGMA synchronous` then answers 1 on the product's writer (and 2 where nothing is planted).
/// NORMAL loses commits but breaks nothing, so the checker must find the one and not the other.
#[test]
fn with_normal_planted_acknowledged_work_is_lost_and_noticed() {
    for which in [Which::Server, Which::Client] {
        let report = cut(which, Mode::PlantedNormal, 150);
        assert!(report.lost > 0, "{which:?}: the planted fault was not found");
        assert_eq!(report.broken, 0, "{which:?}: {}", report.first.unwrap_or_default());
    }
}

/// The proof that half of a transaction would be noticed: after a cut that lost nothing, one table's part of the last
/// group is taken away by hand.
#[test]
fn half_a_transaction_is_noticed() {
    let story = record(Which::Server, Mode::AsWritten, SEED).expect("it works");
    let mut disk = Disk::new(story.log());
    disk.advance(story.log().ops.len());
    let moment = Moment { told: disk.told, newest: usize::MAX, poked: disk.poked };
    for (sql, noticed) in [
        ("SELECT 1", false),
        ("DELETE FROM mutation WHERE rowid = (SELECT max(rowid) FROM mutation)", true),
        ("DELETE FROM row WHERE rowid = (SELECT max(rowid) FROM row WHERE kind = 'booking')", true),
        ("UPDATE device SET last_number = last_number + 1", true),
        ("DELETE FROM feed_row WHERE rowid = (SELECT max(rowid) FROM feed_row)", true),
    ] {
        let folder = scratch().expect("a folder");
        disk.cut(&mut Chance::new(1), folder.path()).expect("written");
        let conn = rusqlite::Connection::open(folder.path().join("school/school.db")).expect("a database");
        conn.execute_batch(sql).expect("done by hand");
        drop(conn);
        let found = story.check(folder.path(), moment, &mut Chance::new(1));
        assert_eq!(found.is_err(), noticed, "{sql}: {found:?}");
    }
}

/// A failing seed is a bug report only if it tells the same story again. Bytes may differ: SQLCipher's are random.
#[test]
fn a_seed_tells_the_same_story_again() {
    for which in [Which::Server, Which::Client] {
        let shapes = [(); 2].map(|()| shape(record(which, Mode::AsWritten, SEED).expect("it works").log()));
        let differs = shapes[0].iter().zip(&shapes[1]).position(|(one, other)| one != other);
        let differs = differs.map(|at| (at, &shapes[0][at], &shapes[1][at]));
        assert!(shapes[0] == shapes[1], "{which:?} differs first in {differs:?}");
    }
}

/// The long story is worth its time only while its log is folded in and begun again under a running server.
#[test]
fn the_long_log_is_folded_in_while_the_server_runs() {
    let story = record(Which::ServerLong, Mode::AsWritten, SEED).expect("it works");
    let log = story.log();
    let wal = log.names.iter().position(|name| name.ends_with("-wal")).expect("a log");
    let begun = |op: &&Op| matches!(op, Op::Write { name, at: 0, .. } if *name == wal);
    let made = |op: &&Op| matches!(op, Op::Create(name) if *name == wal);
    let (begun, made) = (log.ops.iter().filter(begun).count(), log.ops.iter().filter(made).count());
    assert!(begun > made, "the log was begun {begun} times in {made} files");
}

/// Nobody is answered while anything of what was said is not on the disk.
#[test]
fn nothing_is_on_its_way_when_somebody_is_told() {
    for which in [Which::Server, Which::ServerLong, Which::Client] {
        let story = record(which, Mode::AsWritten, SEED).expect("it works");
        let log = story.log();
        let wal = log.names.iter().position(|name| name.ends_with("-wal")).expect("a log");
        let mut dirty = false;
        for op in &log.ops {
            match op {
                Op::Write { name, .. } if *name == wal => dirty = true,
                Op::Sync(name) if *name == wal => dirty = false,
                Op::Told(n) => assert!(!dirty, "{which:?}: state {n} was told before its log was synced"),
                Op::Poked(rev) => assert!(!dirty, "{which:?}: rev {rev} was poked before its log was synced"),
                _ => {}
            }
        }
    }
}

fn shape(log: &Log) -> Vec<String> {
    let ops = log.ops.iter().map(|op| match op {
        Op::Write { name, at, bytes } => format!("write {name} {at} {}", bytes.len()),
        op => format!("{op:?}"),
    });
    ops.collect()
}
