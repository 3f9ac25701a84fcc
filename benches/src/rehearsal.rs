//! A rehearsal of the rush: 2,000 families, 4 sessions, 200 openings, as a race and as a draw, with the seats that would do. The
//! limit is what a person waits for with patience: 2 s.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Zoned};
use uuid::Uuid;
use xinmei_model::{
    EventDraft, Id, SeatRule, SessionDraft,
    rehearsal::{Guest, Household, Invited, Party, Suppositions, rehearse},
};

use crate::{
    Size,
    figures::{self, Run},
};

/// The promise.
const LIMIT: Duration = Duration::from_secs(2);
const FAMILIES: u32 = 2_000;
const RUNS: u32 = 200;

/// One row: a rehearsal.
pub fn rehearsals(size: Size) {
    let (draft, invited) = (draft(), invited());
    let runs: Vec<_> = (0..size.runs()).zip(1..).map(|(_, seed)| run(&draft, &invited, seed)).collect();
    let slowest = runs.iter().map(|run| run.p99).max().unwrap_or_default();
    let limits = vec![f64::from(RUNS) / LIMIT.as_secs_f64(); runs.len()];
    let kept = if slowest < LIMIT { "kept" } else { "BROKEN" };
    let note = format!(
        "limit: {RUNS} openings in 2 s; {kept}, the slowest rehearsal took {:.0} ms",
        slowest.as_secs_f64() * 1e3
    );
    figures::print("rehearsal, 2,000 families", &runs, &limits, &note);
}

fn run(draft: &EventDraft, invited: &Invited, seed: u32) -> Run {
    let begun = Instant::now();
    let played = rehearse(draft, invited, &Suppositions::default(), seed, RUNS).expect("within the limits");
    let took = begun.elapsed();
    assert!(played.race.fates.waiting.median > 0 && played.draw.is_some(), "a rush with a line");
    Run::of(vec![took], RUNS as usize, took, 0)
}

/// Every fifth family has two children; classes of forty.
fn invited() -> Invited {
    let mut number = 1_000_u128;
    let households = (0..FAMILIES).map(|family| {
        let children = if family % 5 == 0 { 2 } else { 1 };
        let children: Vec<_> = (0..children)
            .map(|_| {
                number += 1;
                let class = number / 40;
                let path = vec![id(1), id(2), id(100 + class / 10), id(10_000 + class)];
                Guest { child: id(number), path, been: false, missed: BTreeSet::new() }
            })
            .collect();
        let knows: BTreeSet<_> = children.iter().map(|guest| guest.child).collect();
        let guardian = id(100_000 + u128::from(family));
        Household {
            parties: vec![Party {
                guardian,
                joined: family % 10 != 0,
                children,
                decides: knows.clone(),
                works: false,
                knows,
            }],
        }
    });
    Invited { held_at: vec![id(1), id(2)], households: households.collect(), alone: Vec::new() }
}

fn draft() -> EventDraft {
    let at = |text: &str| -> Zoned { format!("{text}:00+08:00[Asia/Shanghai]").parse().unwrap() };
    let sessions = (0..4).map(|hour| {
        let starts = at("2026-10-16T09:00").checked_add(SignedDuration::from_hours(hour)).unwrap();
        let ends = starts.checked_add(SignedDuration::from_mins(50)).unwrap();
        let name = format!("第 {} 场", hour + 1);
        let id = id(50 + u128::from(hour.unsigned_abs()));
        SessionDraft {
            id,
            name,
            starts,
            ends,
            capacity: 120,
            pool: None,
            held_in: None,
            eligible: vec![],
            first_timers: false,
            holds: vec![],
        }
    });
    EventDraft {
        id: id(40),
        place: id(2),
        title: "家长开放日".into(),
        about: String::new(),
        venue: String::new(),
        held_in: None,
        programme: String::new(),
        tags: vec![],
        theme: None,
        lesson: None,
        partner: None,
        trip: None,
        eligible: vec![],
        seat_rule: SeatRule::Adults,
        family_limit: 2,
        child_limit: 1,
        child_seats: None,
        questions: vec![],
        look: Default::default(),
        waitlist: true,
        opens: at("2026-10-12T19:00"),
        closes: at("2026-10-14T20:00"),
        withdraw_until: at("2026-10-15T20:00"),
        sessions: sessions.collect(),
        draw: None,
    }
}

fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}
