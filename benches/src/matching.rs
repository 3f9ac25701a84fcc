//! Whom to ask where people are missing: 60 shifts of one week, 500 people with up to twenty shifts behind each. The limit is what a person
//! waits for without noticing: 50 ms.

use std::{
    collections::HashMap,
    sync::Arc,
    time::{Duration, Instant},
};

use jiff::{SignedDuration, Timestamp, Zoned, civil::Date};
use uuid::Uuid;
use xinmei_model::{
    Facts, Gap, Id, Key, Level, List, Opening, Person, Place, Post, Role, RoleKind, Row, School, Shift, Take,
    TakeState, VolunteerRecord, propose,
};

use crate::{
    Size,
    figures::{self, Run},
};

/// The promise.
const LIMIT: Duration = Duration::from_millis(50);
const SHIFTS: u64 = 60;
const PEOPLE: u64 = 500;
/// Each of them came to fewer shifts than this before, none to one less than it.
const BEHIND: u64 = 20;
/// Proposals one run makes.
const ROUNDS: usize = 20;

/// One row.
pub fn proposals(size: Size) {
    let (gaps, people) = school();
    let runs: Vec<_> = (0..size.runs()).map(|_| run(&gaps, &people)).collect();
    let slowest = runs.iter().map(|run| run.p99).max().unwrap_or_default();
    let limits = vec![1.0 / LIMIT.as_secs_f64(); runs.len()];
    let kept = if slowest < LIMIT { "kept" } else { "BROKEN" };
    let note =
        format!("limit: one in 50 ms; {kept}, p99 of the worst run {:.1} ms", slowest.as_secs_f64() * 1e3);
    figures::print("people proposed, 60 shifts, 500 people", &runs, &limits, &note);
}

fn run(gaps: &[Gap], people: &[VolunteerRecord]) -> Run {
    let mut times = Vec::new();
    let begun = Instant::now();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let found = propose(gaps, people);
        times.push(begun.elapsed());
        assert_eq!(found.len() as u64, SHIFTS * 2, "everybody missing is found");
    }
    Run::of(times, ROUNDS, begun.elapsed(), 0)
}

fn id<T>(number: u64) -> Id<T> {
    Id::new(Uuid::from_u128(u128::from(number)))
}

fn at(day: i64, hour: i64) -> Zoned {
    let begin: Zoned = "2026-11-23T07:00:00+08:00[Asia/Shanghai]".parse().unwrap();
    begin.checked_add(SignedDuration::from_hours(day * 24 + hour)).unwrap()
}

fn shift(number: u64, day: i64, hour: i64) -> Shift {
    let (starts, ends) = (at(day, hour), at(day, hour + 1));
    Shift {
        id: id(number),
        post: id(2),
        starts,
        ends,
        needed: 2,
        called_off: None,
        turns: Vec::new(),
        version: 0,
        moved: None,
        turns_at: Default::default(),
    }
}

/// The gaps of a week and who could fill them.
fn school() -> (Vec<Gap>, Vec<VolunteerRecord>) {
    let now: Timestamp = at(0, -12).timestamp();
    let (mut rows, mut lists): (HashMap<Uuid, Row>, HashMap<List, Vec<Row>>) = Default::default();
    let school = School {
        id: id(1),
        name: "江畔实验小学".into(),
        zone: "Asia/Shanghai".into(),
        hold_s: 0,
        offer_min: 0,
        quiet: None,
        quiet_staff: None,
        travel_min: 30,
    };
    rows.insert(school.id.uuid(), school.into());
    let place = Place {
        id: id(3),
        level: Level::Campus,
        path: vec![id(3)],
        name: "本部".into(),
        cohort: None,
        number: None,
    };
    rows.insert(place.id.uuid(), place.into());
    let post = Post {
        id: id(2),
        place: id(3),
        held_at: vec![id(3)],
        title: "护学岗".into(),
        about: String::new(),
        meeting_point: String::new(),
        programme: String::new(),
        terms: Default::default(),
        supervisor_name: String::new(),
        version: 0,
        changed: None,
        ended: None,
    };
    rows.insert(post.id.uuid(), post.into());
    for number in 0..SHIFTS {
        let (day, hour) = (number as i64 / 12, number as i64 % 12);
        rows.insert(Uuid::from_u128(u128::from(1_000 + number)), shift(1_000 + number, day, hour).into());
    }
    for number in 0..PEOPLE * BEHIND {
        let row = shift(100_000 + number, -1 - (number % 60) as i64, (number % 7) as i64);
        rows.insert(row.id.uuid(), row.into());
    }
    for number in 0..PEOPLE {
        let person: Id<Person> = id(10_000 + number);
        let role = Role {
            id: id(20_000 + number),
            person,
            person_name: format!("老师{number}"),
            kind: RoleKind::SubjectTeacher,
            title: String::new(),
            subject: None,
            place: id(3),
            from: Date::constant(2026, 9, 1),
            to: None,
            office_hours: None,
        };
        lists.insert(List::RolesOf(person), vec![role.into()]);
        let takes = (0..number % BEHIND).map(|one| {
            let shift = 100_000 + number * BEHIND + one;
            let take = Take {
                id: id(1_000_000 + shift),
                shift: id(shift),
                post: id(2),
                person,
                person_name: format!("老师{number}"),
                entered: None,
                state: TakeState::Taken,
                came: true,
                reason: String::new(),
                class: None,
                offer: None,
                reminded: None,
                confirmed: None,
                seal: String::new(),
                at: now,
            };
            take.into()
        });
        lists.insert(List::TakesBy(person), takes.collect());
    }
    let load = |keys: &[Key], facts: &mut Facts| -> Result<(), std::convert::Infallible> {
        for key in keys {
            match key {
                Key::Row(_, id) => facts.add_row(*id, rows.get(id).cloned().map(Arc::new)),
                Key::List(list, limit) => {
                    let found = lists.get(list).cloned().unwrap_or_default();
                    facts.add_list(*list, *limit, found.into_iter().map(Arc::new).collect());
                }
            }
        }
        Ok(())
    };
    let facts = || Facts::on_server(id(1), now);
    let gaps = (0..SHIFTS).map(|number| {
        let opening = facts().settle(|facts| Opening::of(facts, id(1_000 + number)), load).unwrap().unwrap();
        Gap { opening, come: 0, missing: 2, hard_to_fill: false }
    });
    let people = (0..PEOPLE).map(|number| {
        let person = id(10_000 + number);
        facts().settle(|facts| VolunteerRecord::of(facts, person), load).unwrap().unwrap()
    });
    (gaps.collect(), people.collect())
}
