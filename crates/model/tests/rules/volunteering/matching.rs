//! Who is proposed where people are missing: only who may come, nobody twice, and who came seldom first.

use super::*;
use xinmei_model::{Fared, Gap, Opening, ProposalReason, Proposed, VolunteerRecord, assign, propose};

impl Scene {
    fn proposes(&self, shifts: &[Id<Shift>]) -> Vec<Proposed> {
        self.proposes_where(shifts, false)
    }

    /// A post at this hour of twelve weeks, one place each.
    fn weekly(&mut self, hour: i8) -> Vec<Id<Shift>> {
        let day = |week| date(2026, 12, 7).saturating_add(jiff::Span::new().weeks(week));
        let times = (0..12).map(|week| {
            let at = |hour| format!("{}T{hour:02}:00", day(week));
            (at(hour), at(hour + 1))
        });
        let times: Vec<_> = times.collect();
        let times: Vec<_> = times.iter().map(|(from, to)| (from.as_str(), to.as_str(), 1)).collect();
        let post = self.world.post_draft(self.world.campus, &times);
        self.world.does(self.desk.actor(), &Act::PostShifts { post: post.clone() });
        post.shifts.iter().map(|shift| shift.id).collect()
    }

    fn proposes_where(&self, shifts: &[Id<Shift>], hard_to_fill: bool) -> Vec<Proposed> {
        let gap = |id: &Id<Shift>| {
            let (opening, row) =
                (self.world.ask(|facts| Opening::of(facts, *id)).unwrap(), self.world.get(*id));
            let come = self.world.allotment(id.uuid()).used;
            Gap { opening, come, missing: row.needed - come, hard_to_fill }
        };
        let gaps: Vec<_> = shifts.iter().map(gap).collect();
        let record = |who: &Id<Person>| self.world.ask(|facts| VolunteerRecord::of(facts, *who)).unwrap();
        let people: Vec<_> = self.people.iter().map(record).collect();
        propose(&gaps, &people)
    }
}

#[test]
fn who_lacks_something_is_elsewhere_or_said_no_is_not_proposed() {
    let mut scene = scene();
    let training = scene.qualification("护学岗培训", false);
    let people = scene.people.clone();
    scene.desk_does(VolunteerAct::ConfirmQualification {
        qualification: training,
        people: people[..2].to_vec(),
        until: None,
        seen: None,
    });
    let terms = PostTerms { requires: vec![training], ..PostTerms::default() };
    let trained = scene.post(&[("08:00", "09:00", 3)], terms).shifts[0].id;
    let other = scene.post(&[("08:30", "09:30", 1)], PostTerms::default()).shifts[0].id;
    scene.world.does(guardian(people[0]), &take(other));
    let proposed = scene.proposes(&[trained]);
    assert_eq!(proposed.len(), 1, "one is elsewhere, one is not trained");
    assert_eq!(proposed[0].person, people[1]);
    let because = &proposed[0].because;
    assert_eq!(because[..2], [ProposalReason::Qualified, ProposalReason::ThisTerm { shifts: 0 }]);
    assert!(because.contains(&ProposalReason::SameCampus));
    let (shift, words) = (trained, String::new());
    scene.desk_does(VolunteerAct::OfferShift { shift, people: vec![people[1]], words, until: None });
    assert!(scene.proposes(&[trained]).is_empty(), "who is asked already is not proposed");
    let (agrees, reason, on_behalf_of) = (false, String::new(), None);
    let no = VolunteerAct::AnswerOffer { shift, agrees, reason, on_behalf_of };
    scene.world.does(guardian(people[1]), &Act::Volunteer(no));
    assert!(scene.proposes(&[trained]).is_empty(), "nor who said no");
}

#[test]
fn who_came_seldom_and_was_left_alone_is_asked_before_others() {
    let mut scene = scene();
    let hours = [("08:00", "09:00", 3), ("10:00", "11:00", 1), ("12:00", "13:00", 1)];
    let post = scene.post(&hours, PostTerms::default());
    let [early, asked, last] = [0, 1, 2].map(|one| post.shifts[one].id);
    let people = scene.people.clone();
    scene.world.does(guardian(people[0]), &take(early));
    let (words, until) = (String::new(), None);
    scene.desk_does(VolunteerAct::OfferShift { shift: asked, people: vec![people[1]], words, until });
    let proposed = scene.proposes(&[last]);
    assert_eq!((proposed.len(), proposed[0].person), (1, people[2]));
    let [first, second] = [people[0], people[2]].map(|who| {
        let opening = scene.world.ask(|facts| Opening::of(facts, last)).unwrap();
        scene.world.ask(|facts| VolunteerRecord::of(facts, who)).unwrap().could_come(&opening)
    });
    assert_eq!((first.this_term, first.at_post, second.this_term), (1, 1, 0));
    assert_eq!(first.nearest, Some(SignedDuration::from_hours(3)));
}

#[test]
fn a_post_is_hard_to_fill_where_one_shift_in_four_went_short() {
    let is_hard = |shifts, short| Fared { shifts, short }.is_hard_to_fill();
    assert!(!is_hard(0, 0) && !is_hard(12, 0) && !is_hard(9, 2));
    assert!(is_hard(8, 2) && is_hard(1, 1) && is_hard(u32::MAX, u32::MAX));
}

/// Twelve weeks of a post that few take, each place filled as proposed, while one of three comes every week to a post they like.
#[test]
fn a_post_that_is_hard_to_fill_is_shared_over_the_term() {
    let carried = |hard_to_fill| {
        let mut scene = scene();
        let people = scene.people.clone();
        let [unloved, liked] = [8, 10].map(|hour| scene.weekly(hour));
        let mut carried = [0_u32; 3];
        for (unloved, liked) in unloved.into_iter().zip(liked) {
            scene.world.does(guardian(people[0]), &take(liked));
            let proposed = scene.proposes_where(&[unloved], hard_to_fill);
            let who = proposed[0].person;
            scene.world.does(guardian(who), &take(unloved));
            carried[people.iter().position(|one| *one == who).unwrap()] += 1;
        }
        carried
    };
    assert_eq!(
        carried(false)[0],
        0,
        "who gives their time elsewhere is spared, and the others have it for ever"
    );
    let shared = carried(true);
    assert!(shared.iter().all(|carried| (2..=5).contains(carried)), "{shared:?}");
}

#[test]
fn who_is_busy_is_proposed_after_whoever_carried_a_post_most() {
    let mut scene = scene();
    let (people, desk) = (scene.people.clone(), scene.desk);
    let unloved = scene.weekly(8);
    let (last, before) = unloved.split_last().unwrap();
    for shift in before {
        scene.world.does(guardian(people[0]), &take(*shift));
    }
    let row = scene.world.get(*last);
    let (_, sessions) = scene.world.event_with(desk, &[30], |event| {
        (event.sessions[0].starts, event.sessions[0].ends) = (row.starts, row.ends);
    });
    for person in &people[1..] {
        let links: Vec<xinmei_model::Link> = scene.world.list(List::LinksBy(*person));
        scene.world.signs_up(*person, sessions[0], &[links[0].child], 1);
    }
    let proposed = scene.proposes_where(&[*last], true);
    assert_eq!((proposed.len(), proposed[0].person), (1, people[0]), "the others have a seat then");
}

#[test]
fn nobody_is_asked_twice_and_every_shift_gets_somebody_before_one_gets_two() {
    let mut scene = scene();
    let post = scene.post(&[("08:00", "09:00", 3), ("08:00", "09:00", 1)], PostTerms::default());
    let shifts: Vec<_> = post.shifts.iter().map(|shift| shift.id).collect();
    let proposed = scene.proposes(&shifts);
    assert_eq!(proposed, scene.proposes(&shifts), "the same each time");
    let people: std::collections::BTreeSet<_> = proposed.iter().map(|one| one.person).collect();
    assert_eq!((proposed.len(), people.len()), (3, 3));
    assert_eq!(proposed.iter().filter(|one| one.shift == shifts[1]).count(), 1);
}

/// How many are placed and what that costs, by trying every way.
fn by_trying(
    places: &[Vec<i64>],
    costs: &[Vec<Option<i64>>],
    person: usize,
    used: &mut Vec<usize>,
) -> (i64, i64) {
    let people = costs.first().map_or(0, Vec::len);
    if person == people {
        return (0, 0);
    }
    let mut best = by_trying(places, costs, person + 1, used);
    for gap in 0..places.len() {
        let (Some(cost), Some(place)) = (costs[gap][person], places[gap].get(used[gap])) else { continue };
        used[gap] += 1;
        let (few, rest) = by_trying(places, costs, person + 1, used);
        used[gap] -= 1;
        best = best.min((few - 1, rest + cost + place));
    }
    best
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 512,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/seeds/matching.txt"),
        ))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn as_many_as_possible_are_placed_and_at_the_least_cost(
        (places, costs) in (1..4_usize, 1..6_usize).prop_flat_map(|(gaps, people)| (
            prop::collection::vec(prop::collection::vec(0..50_i64, 0..3), gaps),
            prop::collection::vec(prop::collection::vec(prop::option::of(-20..20_i64), people), gaps),
        )),
    ) {
        let mut places = places;
        places.iter_mut().for_each(|places| places.sort_unstable());
        let given = assign(&places, &costs);
        let mut used = vec![0_usize; places.len()];
        let (mut placed, mut cost) = (0, 0);
        for (person, gap) in given.into_iter().enumerate() {
            let Some(gap) = gap else { continue };
            placed -= 1;
            cost += costs[gap][person].expect("only where they can be") + places[gap][used[gap]];
            used[gap] += 1;
        }
        let best = by_trying(&places, &costs, 0, &mut vec![0; places.len()]);
        prop_assert_eq!((placed, cost), best);
    }
}

#[test]
fn a_week_of_a_large_school_gets_somebody_at_every_place() {
    // 60 shifts that lack two people each, 500 people of whom some can come. How long it takes the bench measures.
    let mut chance = 7_u64;
    let mut next = || {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(chance >> 40).unwrap()
    };
    let places = vec![vec![0, 100_000]; 60];
    let costs: Vec<Vec<_>> =
        (0..60).map(|_| (0..500).map(|_| (next() % 10 < 3).then(|| next() % 5_000)).collect()).collect();
    let placed = assign(&places, &costs).into_iter().flatten().count();
    assert_eq!(placed, 120);
}

#[test]
fn a_proposal_looks_at_so_many_shifts_and_people_and_at_no_more() {
    let mut scene = scene();
    let post = scene.post(&[("08:00", "09:00", 3)], PostTerms::default());
    let shift = post.shifts[0].id;
    let opening = scene.world.ask(|facts| Opening::of(facts, shift)).unwrap();
    scene.world.does(guardian(scene.people[0]), &take(shift));
    let record =
        |scene: &Scene, who: Id<Person>| scene.world.ask(|facts| VolunteerRecord::of(facts, who)).unwrap();
    let (comes, free) = (record(&scene, scene.people[0]), record(&scene, scene.people[1]));
    let gap = Gap { opening, come: 1, missing: 2, hard_to_fill: false };
    // Whoever comes after the last that is looked at is proposed for nothing.
    for (before, proposed) in [(limits::PROPOSED_PEOPLE - 1, 1), (limits::PROPOSED_PEOPLE, 0)] {
        let mut people = vec![comes.clone(); before];
        people.push(free.clone());
        assert_eq!(propose(std::slice::from_ref(&gap), &people).len(), proposed);
    }
    let mut gaps = vec![Gap { missing: 0, ..gap.clone() }; limits::PROPOSED_SHIFTS - 1];
    gaps.push(gap);
    assert_eq!(propose(&gaps, std::slice::from_ref(&free)).len(), 1);
    gaps.insert(0, gaps[0].clone());
    assert!(propose(&gaps, &[free]).is_empty());
}
