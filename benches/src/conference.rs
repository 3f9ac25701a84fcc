//! The plan for all meetings of a family: 3 children, 9 teachers on 2 campuses, 30 slots each, of which some are taken. The limit
//! is what a person waits for without noticing: 50 ms.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Zoned};
use uuid::Uuid;
use xinmei_model::{Id, PlanSlot, PlanWish, Unplannable, plan};

use crate::{
    Size,
    figures::{self, Run},
};

/// The promise.
const LIMIT: Duration = Duration::from_millis(50);
const TRAVEL_MIN: u32 = 30;
const SLOTS: i64 = 30;
/// Families whose plans one run makes.
const FAMILIES: u64 = 40;

/// One row for each number of wishes, and one for wishes that cannot all be met.
pub fn plans(size: Size) {
    row("family's plan, 9 wishes", size, |family| wishes(family, 9, 60));
    row("family's plan, 12 wishes", size, |family| wishes(family, 12, 60));
    row("family's conflict, 12 wishes", size, conflict);
}

fn row(name: &str, size: Size, family: impl Fn(u64) -> Vec<PlanWish>) {
    let runs: Vec<_> = (0..size.runs()).map(|_| run(&family)).collect();
    let slowest = runs.iter().map(|run| run.p99).max().unwrap_or_default();
    let limits = vec![1.0 / LIMIT.as_secs_f64(); runs.len()];
    let kept = if slowest < LIMIT { "kept" } else { "BROKEN" };
    let note =
        format!("limit: one in 50 ms; {kept}, p99 of the worst run {:.1} ms", slowest.as_secs_f64() * 1e3);
    figures::print(name, &runs, &limits, &note);
}

fn run(family: &impl Fn(u64) -> Vec<PlanWish>) -> Run {
    let mut times = Vec::new();
    let begun = Instant::now();
    for number in 0..FAMILIES {
        let wishes = family(number);
        let begun = Instant::now();
        let found = plan(&wishes, &[], TRAVEL_MIN);
        times.push(begun.elapsed());
        assert!(!matches!(found, Err(Unplannable::TooMany)), "no more wishes than a plan takes");
    }
    Run::of(times, FAMILIES as usize, begun.elapsed(), 0)
}

/// Wishes of three children in turn: five of nine teachers work here, four there, and so many of a hundred slots are free.
fn wishes(family: u64, wishes: u64, free: u64) -> Vec<PlanWish> {
    let mut chance = Chance(family + 1);
    (0..wishes)
        .map(|wish| {
            let teacher = wish % 9;
            let campus = if teacher < 5 { 1 } else { 2 };
            let slots = (0..SLOTS).filter(|_| chance.next() % 100 < free);
            let slots = slots.map(|slot| time(teacher, campus, slot * 12)).collect();
            PlanWish { child: id(u128::from(wish % 3)), with: id(u128::from(100 + teacher)), slots }
        })
        .collect()
}

/// The last three teachers are only there in the first half hour: two of them fit.
fn conflict(family: u64) -> Vec<PlanWish> {
    let mut all = wishes(family, 12, 60);
    for (wish, number) in all.iter_mut().rev().zip(0..3) {
        wish.slots = vec![time(number, 1, 0), time(number, 1, 10)];
    }
    all
}

fn time(teacher: u64, campus: u128, minute: i64) -> PlanSlot {
    let begin: Zoned = "2026-12-05T14:00:00+08:00[Asia/Shanghai]".parse().unwrap();
    let starts = begin.checked_add(SignedDuration::from_mins(minute)).unwrap();
    let ends = starts.checked_add(SignedDuration::from_mins(10)).unwrap();
    PlanSlot { offer: id(u128::from(200 + teacher)), starts, ends, campus: Some(id(campus)) }
}

fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}

/// SplitMix64: the same families each time.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }
}
