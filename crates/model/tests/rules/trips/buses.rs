//! Who sits on which bus.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use uuid::Uuid;
use xinmei_model::{Bus, Child, Id, Place, Rider, SeatedBecause, Seating, TripPlan, seating};

fn id<T>(n: u32) -> Id<T> {
    Id::new(Uuid::from_u128(u128::from(n)))
}

fn plan(seats: &[u32], children_per_adult: u32) -> TripPlan {
    let bus = |(at, seats): (usize, &u32)| Bus { name: format!("{} 号车", at + 1), seats: *seats };
    let buses = seats.iter().enumerate().map(bus).collect();
    TripPlan { buses, children_per_adult, ..super::plan() }
}

/// Families as (class, children, adults).
fn riders(families: &[(u32, u32, u32)]) -> Vec<Rider> {
    let mut riders = Vec::new();
    for (party, (class, children, adults)) in (0..).zip(families) {
        for _ in 0..*children {
            let child = id(1_000 + u32::try_from(riders.len()).unwrap());
            riders.push(Rider {
                child,
                class: Some(id(*class)),
                party: id(party),
                adults: *adults,
                by_hand: None,
            });
        }
    }
    riders
}

fn where_is(seating: &Seating) -> BTreeMap<Id<Child>, (usize, SeatedBecause)> {
    let on = |(at, load): (usize, &xinmei_model::BusLoad)| {
        load.children.iter().map(move |seated| (seated.child, (at, seated.because))).collect::<Vec<_>>()
    };
    seating.buses.iter().enumerate().flat_map(on).collect()
}

#[test]
fn classes_stay_together_and_each_bus_gets_its_adults() {
    // Two classes of twenty, one of five: two buses of thirty, four members of staff.
    let families: Vec<_> = [(1, 20), (2, 20), (3, 5)]
        .iter()
        .flat_map(|(class, children)| (0..*children).map(|_| (*class, 1, 0)))
        .collect();
    let (plan, riders) = (plan(&[30, 30], 10), riders(&families));
    let seating = seating(&plan, &riders, 5);
    let place = where_is(&seating);
    for class in 1..=3 {
        let on: BTreeSet<_> =
            riders.iter().filter(|one| one.class == Some(id(class))).map(|one| place[&one.child].0).collect();
        assert_eq!(on.len(), 1, "class {class} sits together");
    }
    assert!(place.values().all(|(_, because)| *because == SeatedBecause::WithClass));
    let escorts: Vec<_> = seating.buses.iter().map(|load| (load.children.len(), load.escorts)).collect();
    assert_eq!(escorts, [(25, 3), (20, 2)]);
    assert!(seating.buses.iter().all(|load| load.lacks(&plan) == 0));
}

#[test]
fn what_was_put_by_hand_stands_and_siblings_sit_with_their_adult() {
    let mut all = riders(&[(1, 2, 1), (1, 1, 0), (2, 1, 1)]);
    all[2].by_hand = Some(1);
    let seating = seating(&plan(&[10, 10], 10), &all, 0);
    let place = where_is(&seating);
    assert_eq!(place[&all[2].child], (1, SeatedBecause::ByHand));
    assert_eq!(place[&all[0].child].0, place[&all[1].child].0);
    assert_eq!(seating.buses.iter().map(|load| load.parents).sum::<u32>(), 2);
    // A bus that is planned no more holds nobody.
    let fewer = xinmei_model::seating(&plan(&[10], 10), &all, 0);
    assert_eq!(fewer.buses[0].children.len(), 4);
    assert_ne!(where_is(&fewer)[&all[2].child].1, SeatedBecause::ByHand);
}

#[test]
fn who_has_no_seat_is_named() {
    let all = riders(&[(1, 2, 1), (1, 2, 0)]);
    let seating = seating(&plan(&[3], 10), &all, 1);
    assert_eq!(seating.buses[0].taken(), 3);
    let left = seating.children_left.len() as u32 + seating.parents_left + seating.escorts_left;
    assert_eq!(left, 3);
}

proptest! {
    #[test]
    fn nobody_is_lost_and_no_bus_is_fuller_than_it_has_seats(
        seats in prop::collection::vec(1_u32..50, 0..6),
        families in prop::collection::vec((0_u32..6, 1_u32..4, 0_u32..3), 0..60),
        hands in prop::collection::vec(prop::option::weighted(0.2, 0_u32..7), 180),
        escorts in 0_u32..12,
        ratio in 1_u32..20,
    ) {
        let plan = plan(&seats, ratio);
        let mut all = riders(&families);
        for (rider, hand) in all.iter_mut().zip(&hands) {
            rider.by_hand = *hand;
        }
        let found = seating(&plan, &all, escorts);
        prop_assert_eq!(&found, &seating(&plan, &all, escorts), "the same everywhere");

        let place = where_is(&found);
        let seated: usize = found.buses.iter().map(|load| load.children.len()).sum();
        prop_assert_eq!(place.len(), seated, "nobody sits twice");
        let left: BTreeSet<_> = found.children_left.iter().copied().collect();
        prop_assert!(all.iter().all(|one| place.contains_key(&one.child) != left.contains(&one.child)));
        prop_assert_eq!(place.len() + left.len(), all.len());
        let parents: u32 = families.iter().map(|(_, _, adults)| adults).sum();
        let sit: u32 = found.buses.iter().map(|load| load.parents).sum();
        prop_assert_eq!(sit + found.parents_left, parents);
        let along: u32 = found.buses.iter().map(|load| load.escorts).sum();
        prop_assert_eq!(along + found.escorts_left, escorts);

        for (load, seats) in found.buses.iter().zip(&seats) {
            prop_assert!(load.taken() <= *seats);
        }
        // Nobody stands outside while there is a seat.
        let free: u32 = found.buses.iter().zip(&seats).map(|(load, seats)| seats - load.taken()).sum();
        let outside = u32::try_from(left.len()).unwrap() + found.parents_left + found.escorts_left;
        prop_assert!(free == 0 || outside == 0, "{free} free, {outside} outside");
        // A hand is obeyed while its bus has a seat.
        for (rider, (at, because)) in all.iter().filter_map(|one| place.get(&one.child).map(|it| (one, it))) {
            if *because == SeatedBecause::ByHand {
                prop_assert_eq!(rider.by_hand, Some(u32::try_from(*at).unwrap()));
            }
        }
        for (at, bus) in (0_u32..).zip(&seats) {
            let wanted = all.iter().filter(|one| one.by_hand == Some(at)).count();
            let obeyed = place.values().filter(|(on, why)| *on == at as usize && *why == SeatedBecause::ByHand);
            prop_assert_eq!(obeyed.count(), wanted.min(*bus as usize));
        }
        // No bus lacks an adult while staff on another are more than it needs.
        let short = found.buses.iter().zip(&seats).any(|(load, seats)| load.lacks(&plan) > 0 && load.taken() < *seats);
        let spare = found.buses.iter().any(|load| {
            let children = u32::try_from(load.children.len()).unwrap();
            load.escorts > 0 && load.adults() > plan.adults_for(children)
        });
        prop_assert!(!(short && spare));
    }

    #[test]
    fn a_class_that_fits_sits_together(
        seats in prop::collection::vec(20_u32..50, 1..5),
        sizes in prop::collection::vec(1_u32..20, 1..3),
    ) {
        // Not more in all than the smallest bus has: every class fits wherever it comes.
        let families: Vec<_> = (0..).zip(&sizes).flat_map(|(class, size)| (0..*size).map(move |_| (class, 1, 0))).collect();
        prop_assume!(families.len() <= 20);
        let all = riders(&families);
        let place = where_is(&seating(&plan(&seats, 10), &all, 0));
        let mut buses: BTreeMap<Id<Place>, BTreeSet<usize>> = BTreeMap::new();
        for rider in &all {
            buses.entry(rider.class.unwrap()).or_default().insert(place[&rider.child].0);
        }
        prop_assert!(buses.values().all(|on| on.len() == 1));
    }
}
