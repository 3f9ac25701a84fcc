//! What a desk reads of two before it enters a swap is what the exchange itself would say.

use super::*;
use xinmei_model::swap_why_not;

impl Scene {
    fn why_not(&self, (who, gives): (usize, Id<Shift>), gets: Id<Shift>) -> Option<Refusal> {
        let (actor, side) = (self.desk.actor(), SwapSide { person: self.people[who], shift: gives });
        self.world.ask(|facts| swap_why_not(facts, &actor, side, gets)).unwrap()
    }
}

fn entering(scene: &Scene, one: (usize, Id<Shift>), other: (usize, Id<Shift>)) -> VolunteerAct {
    let side = |(who, shift): (usize, Id<Shift>)| SwapSide { person: scene.people[who], shift };
    VolunteerAct::Swap(SwapAct::SwapShifts { one: side(one), other: side(other), note: String::new() })
}

#[test]
fn the_desk_reads_of_both_what_speaks_against_it() {
    let mut scene = scene();
    let training = scene.qualification("护学岗培训", false);
    let people = vec![scene.people[0]];
    scene.desk_does(VolunteerAct::ConfirmQualification {
        qualification: training,
        people,
        until: None,
        seen: None,
    });
    let [one, two, _] = scene.three(SwapRule::Free);
    assert_eq!((scene.why_not((0, one), two), scene.why_not((1, two), one)), (None, None));
    assert_eq!(scene.why_not((1, one), two), Some(Refusal::SwapOver), "who does not come gives nothing");

    // The first comes elsewhere while the second's shift is on; one's own shift stands in nobody's way.
    let post = scene.post(&[("10:30", "11:30", 1)], PostTerms::default());
    let clashing = post.shifts[0].id;
    scene.world.does(guardian(scene.people[0]), &take(clashing));
    assert!(matches!(scene.why_not((0, one), two), Some(Refusal::ShiftClash { .. })));
    assert_eq!(scene.why_not((1, two), one), None);
    let unfit = Refusal::SwapUnfit { name: scene.world.get(scene.people[0]).name };
    assert_eq!(scene.desk_refused(entering(&scene, (0, one), (1, two))), unfit);

    // Who lacks what a post asks for now.
    let trained = scene.post(&HOURS, PostTerms { requires: vec![training], ..swapping(SwapRule::Free) });
    scene.world.does(guardian(scene.people[0]), &take(trained.shifts[2].id));
    let lacks = scene.why_not((1, two), trained.shifts[2].id);
    assert!(matches!(lacks, Some(Refusal::MissingQualification { .. })), "{lacks:?}");
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_read_before_is_what_is_decided(
        takes in proptest::collection::vec((0..3_usize, 0..5_usize), 2..12),
        pairs in proptest::collection::vec((0..3_usize, 0..5_usize, 0..3_usize, 0..5_usize), 1..20),
    ) {
        let mut scene = scene();
        let hours =
            [("08:00", "09:00", 3), ("08:30", "09:30", 3), ("10:00", "11:00", 3), ("13:00", "14:00", 3), ("13:20", "14:00", 3)];
        let post = scene.post(&hours, PostTerms { rest_min: 45, ..swapping(SwapRule::Off) });
        let shifts: Vec<_> = post.shifts.iter().map(|shift| shift.id).collect();
        for (who, shift) in takes {
            let _ = scene.world.act(guardian(scene.people[who]), &take(shifts[shift]));
        }
        for (first, one, second, other) in pairs.into_iter().filter(|pair| pair.0 != pair.2 && pair.1 != pair.3) {
            let (one, other) = ((first, shifts[one]), (second, shifts[other]));
            let against = [scene.why_not(one, other.1), scene.why_not(other, one.1)];
            let act = Act::Volunteer(entering(&scene, one, other));
            let done = scene.world.act(scene.desk.actor(), &act);
            prop_assert_eq!(done.is_ok(), against == [None, None], "{:?} {:?}", against, done);
        }
    }
}
