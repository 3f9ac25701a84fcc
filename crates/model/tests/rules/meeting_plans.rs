//! The plan for all meetings of a family: never an overlap, the way kept, and where there is none the smallest conflict; compared
//! with trying everything.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Zoned};
use proptest::{prelude::*, test_runner::FileFailurePersistence};
use uuid::Uuid;
use xinmei_model::{Id, Place, PlanSlot, PlanWish, Stay, Unplannable, clash, plan};

use crate::world::plans::at;

const TRAVEL: u32 = 30;

fn id<T>(number: u128) -> Id<T> {
    Id::new(Uuid::from_u128(number))
}

fn minute(minute: i64) -> Zoned {
    at("2026-10-13T14:00").checked_add(SignedDuration::from_mins(minute)).unwrap()
}

/// From a minute after two, so long, on a campus or on none.
fn slot(offer: u128, from: i64, long: i64, campus: u8) -> PlanSlot {
    let campus: Option<Id<Place>> = (campus > 0).then(|| id(u128::from(campus)));
    PlanSlot { offer: id(offer), starts: minute(from), ends: minute(from + long), campus }
}

fn wish(number: u128, slots: Vec<PlanSlot>) -> PlanWish {
    PlanWish { child: id(1), with: id(number), slots }
}

fn stay(slot: &PlanSlot) -> Stay<'_> {
    Stay { starts: &slot.starts, ends: &slot.ends, campus: slot.campus }
}

fn fits(chosen: &[&PlanSlot], busy: &[Stay<'_>]) -> bool {
    let apart = |one: &PlanSlot, other: Stay<'_>| clash(stay(one), other, TRAVEL).is_none();
    chosen.iter().enumerate().all(|(index, one)| {
        busy.iter().all(|other| apart(one, *other))
            && chosen[index + 1..].iter().all(|other| apart(one, stay(other)))
    })
}

/// Minutes from the first start to the last end, of the best of all choices.
fn tried(wishes: &[&PlanWish], busy: &[Stay<'_>]) -> Option<i64> {
    fn go<'p>(
        wishes: &[&'p PlanWish],
        busy: &[Stay<'_>],
        chosen: &mut Vec<&'p PlanSlot>,
        best: &mut Option<i64>,
    ) {
        let Some((first, rest)) = wishes.split_first() else {
            let span = span(chosen);
            *best = Some(best.map_or(span, |best| best.min(span)));
            return;
        };
        for slot in &first.slots {
            chosen.push(slot);
            if fits(chosen, busy) {
                go(rest, busy, chosen, best);
            }
            chosen.pop();
        }
    }
    let mut best = None;
    go(wishes, busy, &mut Vec::new(), &mut best);
    best
}

fn span(chosen: &[&PlanSlot]) -> i64 {
    let first = chosen.iter().map(|slot| slot.starts.timestamp()).min();
    let last = chosen.iter().map(|slot| slot.ends.timestamp()).max();
    first.zip(last).map_or(0, |(first, last)| last.duration_since(first).as_mins())
}

fn check(wishes: &[PlanWish], busy: &[PlanSlot]) -> Result<(), TestCaseError> {
    let busy: Vec<_> = busy.iter().map(stay).collect();
    let all: Vec<_> = wishes.iter().collect();
    match plan(wishes, &busy, TRAVEL) {
        Ok(slots) => {
            let chosen: Vec<_> = slots.iter().collect();
            prop_assert_eq!(chosen.len(), wishes.len());
            for (slot, wish) in chosen.iter().zip(wishes) {
                prop_assert!(wish.slots.contains(slot), "one of the slots that would do");
            }
            prop_assert!(fits(&chosen, &busy), "an overlap, or no time for the way: {:?}", chosen);
            prop_assert_eq!(Some(span(&chosen)), tried(&all, &busy), "the least time at the school");
        }
        Err(Unplannable::Conflict(set)) => {
            prop_assert_eq!(tried(&all, &busy), None, "there was a plan");
            let members: Vec<_> = set.iter().map(|index| &wishes[*index]).collect();
            prop_assert_eq!(tried(&members, &busy), None, "the conflict is none");
            for number in 0..1_usize << wishes.len() {
                let some: Vec<_> =
                    (0..wishes.len()).filter(|i| number & (1 << i) != 0).map(|i| &wishes[i]).collect();
                if some.len() < set.len() {
                    prop_assert!(tried(&some, &busy).is_some(), "a smaller conflict");
                }
            }
        }
        Err(Unplannable::TooMany) => prop_assert!(false, "not so many"),
    }
    Ok(())
}

fn some_slots(most: usize) -> impl Strategy<Value = Vec<PlanSlot>> {
    let one = (0..4_u128, 0..20_i64, prop::sample::select(vec![10_i64, 15, 20]), 0..3_u8);
    prop::collection::vec(one, 0..=most).prop_map(|slots| {
        let made = |(offer, from, long, campus)| slot(offer, from * 5, long, campus);
        slots.into_iter().map(made).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct("tests/seeds/meeting_plans.txt"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn a_plan_is_found_exactly_where_trying_everything_finds_one(
        slots in prop::collection::vec(some_slots(5), 1..=5),
        busy in some_slots(2),
    ) {
        let wishes: Vec<_> = (1..).zip(slots).map(|(number, slots)| wish(number, slots)).collect();
        check(&wishes, &busy)?;
    }
}

#[test]
fn three_teachers_in_a_row_and_no_waiting() {
    let half_hour = || (0..3).map(|n| slot(1, n * 10, 10, 1)).collect::<Vec<_>>();
    let wishes: Vec<_> = (1..=3).map(|number| wish(number, half_hour())).collect();
    let slots = plan(&wishes, &[], TRAVEL).unwrap();
    let starts: BTreeSet<_> = slots.iter().map(|slot| slot.starts.timestamp()).collect();
    assert_eq!(starts.len(), 3);
    assert_eq!(span(&slots.iter().collect::<Vec<_>>()), 30);
}

#[test]
fn of_two_campuses_the_way_is_kept_and_the_later_start_wins_where_it_saves_waiting() {
    let here = wish(1, vec![slot(1, 0, 10, 1), slot(1, 60, 10, 1)]);
    let there = wish(2, vec![slot(2, 30, 10, 2), slot(2, 100, 10, 2)]);
    let slots = plan(&[here, there], &[], TRAVEL).unwrap();
    let starts: Vec<_> = slots.iter().map(|slot| slot.starts.strftime("%H:%M").to_string()).collect();
    assert_eq!(
        starts,
        ["15:00", "15:40"],
        "20 minutes are too short for the way, and 50 in all are better than 110"
    );
}

#[test]
fn the_smallest_conflict_names_those_two_and_not_the_third() {
    let free = wish(1, vec![slot(1, 60, 10, 1)]);
    let one = wish(2, vec![slot(2, 0, 10, 1)]);
    let other = wish(3, vec![slot(3, 5, 10, 1)]);
    assert_eq!(plan(&[one, free.clone(), other], &[], TRAVEL), Err(Unplannable::Conflict(vec![0, 2])));
    assert_eq!(plan(&[free, wish(4, vec![])], &[], TRAVEL), Err(Unplannable::Conflict(vec![1])));
    assert_eq!(plan(&[], &[], TRAVEL), Ok(vec![]));
    let many: Vec<_> = (0..13).map(|number| wish(number, vec![])).collect();
    assert_eq!(plan(&many, &[], TRAVEL), Err(Unplannable::TooMany));
}
