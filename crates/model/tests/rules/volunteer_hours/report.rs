//! 志愿报告: whatever it is grouped by, the rows and what stands in several come to the whole.

use std::collections::BTreeSet;

use jiff::{civil::Date, tz::TimeZone};
use proptest::{prelude::*, test_runner::FileFailurePersistence};
use xinmei_model::{
    Campaign, HoursBy, HoursFigures, HoursPart, PupilConsent, PupilState, PupilTake, ReportedAs,
    ReportedShift, hours_groups, hours_parts, hours_sum,
};

use super::*;

fn class(number: u128) -> ReportedAs {
    ReportedAs::Class(Id::new(uuid::Uuid::from_u128(0x9000 + number)))
}

#[test]
fn a_report_counts_shifts_people_and_hours_and_every_part_once() {
    let mut scene = scene();
    let said = [(scene.wang, came("08:00", Some("09:30")), 0), (scene.liu, missed("发烧"), 0)];
    scene.world.does(scene.desk.actor(), &mark(scene.shift, &said));
    let id = scene.entry(scene.wang).id;
    scene.world.does(scene.other.actor(), &approve(id, 90));
    // A correction that waits adds nothing; approved, it is in place of the other.
    let fix = HoursCorrection { id: scene.world.fresh(), corrects: id, minutes: 60, reason: "早退".into() };
    scene.world.does(scene.desk.actor(), &step(HoursAct::CorrectHours(fix.clone())));
    let asked = scene.draft(30);
    scene.world.does(guardian(scene.liu), &step(HoursAct::RequestHours(asked)));
    let parts = |scene: &Scene| {
        let entries = scene.world.all::<HoursEntry>();
        let shift = scene.world.get(scene.shift);
        let post = scene.world.get(shift.post);
        let said = scene.world.list(List::DutyOf(scene.shift));
        let shifts = [ReportedShift { post: post.clone(), shift, filled: 2, said, pupils: Vec::new() }];
        // 王芳 has children in two classes.
        let two = |who, _: Date| {
            if who == scene.wang { BTreeSet::from([class(1), class(2)]) } else { BTreeSet::new() }
        };
        hours_parts(&entries, &shifts, scene.world.now, &TimeZone::UTC, |_| Some(post.clone()), two)
    };
    let before = hours_sum(&parts(&scene));
    assert_eq!((before.approved, before.waiting, before.people), (90, 30, 1));
    scene.world.does(scene.other.actor(), &approve(fix.id, 60));
    let parts = parts(&scene);
    let whole = hours_sum(&parts);
    let expected = HoursFigures {
        approved: 60,
        waiting: 30,
        people: 1,
        came: 1,
        excused: 1,
        missed: 0,
        shifts: 1,
        needed: 5,
        filled: 2,
        ..HoursFigures::default()
    };
    assert_eq!(whole, expected);
    let classes = hours_groups(&parts, |part| part.counts_as.clone());
    let minutes: Vec<_> =
        classes.rows.iter().map(|(key, row)| (*key, row.approved, row.waiting, row.excused)).collect();
    assert_eq!(minutes, [(class(1), 60, 0, 0), (class(2), 60, 0, 0), (ReportedAs::Other, 0, 30, 1)]);
    assert_eq!((classes.twice.approved, classes.twice.people, classes.twice.came), (60, 1, 1));
}

#[test]
fn pupils_are_figures_of_their_own_each_once_and_add_nothing_to_the_hours() {
    let mut scene = scene();
    let [one, two] = [1_u128, 2].map(|number| Id::<Place>::new(uuid::Uuid::from_u128(0x9000 + number)));
    let shift = scene.world.get(scene.shift);
    let post = scene.world.get(shift.post);
    let mut pupil = |class, said: Option<DutySaid>| {
        let child = scene.world.fresh();
        let by_name = "李雨桐的妈妈".to_owned();
        PupilTake {
            id: PupilTake::of(shift.id, child),
            shift: shift.id,
            post: post.id,
            child,
            child_name: "李雨桐".into(),
            tail: "0412".into(),
            class,
            seq: 1,
            state: PupilState::Down,
            consent: PupilConsent { by: scene.wang, by_name, at: scene.world.now },
            withdrawn: None,
            entered: None,
            marks: Vec::new(),
            count: u32::from(said.is_some()),
            holds: said,
            disputed: false,
        }
    };
    let stayed = Some(came("08:00", Some("08:40")));
    let pupils = vec![
        pupil(Some(one), stayed.clone()),
        pupil(Some(two), stayed.clone()),
        pupil(None, stayed),
        pupil(Some(one), Some(missed("发烧"))),
        pupil(Some(one), None),
    ];
    let again = pupils[0].clone();
    let reported =
        |pupils| ReportedShift { post: post.clone(), shift: shift.clone(), filled: 0, said: vec![], pupils };
    let now = shift.ends.timestamp();
    let parts = hours_parts(
        &[],
        &[reported(pupils), reported(vec![again])],
        now,
        &TimeZone::UTC,
        |_| Some(post.clone()),
        |_, _| BTreeSet::new(),
    );
    let whole = hours_sum(&parts);
    assert_eq!((whole.pupils, whole.services, whole.served), (3, 4, 160), "who came twice is one pupil");
    assert_eq!((whole.approved, whole.waiting, whole.people, whole.came, whole.excused), (0, 0, 0, 0, 0));
    let classes = hours_groups(&parts, |part| part.counts_as.clone());
    let rows: Vec<_> = classes.rows.iter().map(|(key, row)| (*key, row.pupils, row.served)).collect();
    assert_eq!(rows, [(class(1), 1, 80), (class(2), 1, 40), (ReportedAs::Other, 1, 40)]);
    assert_eq!(classes.twice, HoursFigures::default());
}

/// A part about one person, with keys of its own.
fn part() -> impl Strategy<Value = HoursPart> {
    let keys = proptest::collection::btree_set(0_u128..5, 1..4);
    (0_u128..6, keys, 0_i8..20, 0_u128..3, 0_u32..600, any::<bool>(), 0_u32..3).prop_map(
        |(person, keys, day, place, minutes, counts, marks)| {
            let approved = if counts { minutes } else { 0 };
            HoursPart {
                person: Some(Id::new(uuid::Uuid::from_u128(person))),
                pupil: None,
                counts_as: keys.iter().map(|key| class(*key)).collect(),
                day: Date::constant(2026, 10, 1 + day),
                place: Id::new(uuid::Uuid::from_u128(place)),
                post: None,
                title: String::new(),
                programmes: keys.iter().map(u128::to_string).collect(),
                campaign: (place > 0).then(|| Id::<Campaign>::new(uuid::Uuid::from_u128(place))),
                figures: HoursFigures {
                    approved,
                    waiting: minutes - approved,
                    people: u32::from(approved > 0),
                    came: marks,
                    missed: 2 - marks,
                    ..HoursFigures::default()
                },
            }
        },
    )
}

/// What the rows of a grouping come to is the whole and what stands in several.
fn agrees<K: Ord + Clone>(parts: &[HoursPart], keys: impl Fn(&HoursPart) -> BTreeSet<K>, apart: bool) {
    let whole = hours_sum(parts);
    let groups = hours_groups(parts, keys);
    let figures: [fn(&HoursFigures) -> u32; 5] =
        [|one| one.approved, |one| one.waiting, |one| one.people, |one| one.came, |one| one.missed];
    for of in figures {
        let rows: u32 = groups.rows.values().map(of).sum();
        assert_eq!(rows, of(&whole) + of(&groups.twice));
    }
    // Who did something for two posts is one of the people of each, but no minute is counted twice.
    if apart {
        let none = HoursFigures { people: groups.twice.people, ..HoursFigures::default() };
        assert_eq!(groups.twice, none);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: Some(Box::new(FileFailurePersistence::Off)), ..ProptestConfig::default() })]

    #[test]
    fn by_whatever_it_is_grouped_the_rows_come_to_the_whole(parts in proptest::collection::vec(part(), 0..40)) {
        let whole = hours_sum(&parts);
        let minutes: u32 = parts.iter().map(|part| part.figures.approved).sum();
        let people: BTreeSet<_> = parts.iter().filter(|part| part.figures.approved > 0).map(|part| part.person).collect();
        prop_assert_eq!((whole.approved, whole.people as usize), (minutes, people.len()));
        agrees(&parts, |part| part.counts_as.clone(), false);
        agrees(&parts, |part| part.programmes.clone(), false);
        agrees(&parts, |part| BTreeSet::from([part.day]), true);
        agrees(&parts, |part| BTreeSet::from([part.place]), true);
        agrees(&parts, |part| BTreeSet::from([part.campaign]), true);
    }

    #[test]
    fn entries_are_counted_as_the_ledger_counts_them(
        asked in proptest::collection::vec((0_usize..2, 1_u32..300, 0_u8..4), 1..12),
    ) {
        let world = World::school();
        let place = world.campus;
        let by = HoursBy { person: Id::new(uuid::Uuid::from_u128(7)), name: "何静".into(), at: world.now };
        let mut entries: Vec<HoursEntry> = Vec::new();
        for (n, (who, minutes, state)) in (1_u64..).zip(asked) {
            let approval = xinmei_model::HoursApproval {
                by: by.clone(), seq: n, previous: FileHash::new([0; 32]), hash: FileHash::new([0; 32]), signature: String::new(),
            };
            // A correction is of the same person's entry.
            let person = Id::new(uuid::Uuid::from_u128(who as u128));
            let old = entries.iter().rev().find(|one| one.approval().is_some() && one.person == person);
            let corrects = old.filter(|_| state == 3).map(|one| one.id);
            let corrects = corrects.filter(|old| entries.iter().all(|one| one.corrects != Some(*old)));
            entries.push(HoursEntry {
                id: Id::new(uuid::Uuid::from_u128(0x7000 + u128::from(n))),
                person,
                person_name: String::new(),
                place,
                shift: None,
                post: None,
                title: "整理图书".into(),
                programme: String::new(),
                day: Date::constant(2026, 10, 1),
                minutes,
                evidence: String::new(),
                files: Vec::new(),
                corrects,
                reason: String::new(),
                entered: by.clone(),
                state: match state {
                    0 => HoursState::Waiting,
                    1 => HoursState::Withdrawn,
                    _ => HoursState::Approved(approval),
                },
            });
        }
        let parts = hours_parts(&entries, &[], world.now, &TimeZone::UTC, |_| None, |_, _| BTreeSet::new());
        let groups = hours_groups(&parts, |part| BTreeSet::from([part.person]));
        for who in 0..2_u128 {
            let who = Id::new(uuid::Uuid::from_u128(who));
            let own = entries.iter().filter(|entry| entry.person == who);
            let counted = groups.rows.get(&Some(who)).map_or(0, |row| row.approved);
            prop_assert_eq!(counted, hours_minutes(own));
        }
    }
}
