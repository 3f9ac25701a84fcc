//! What no swap goes round: who is there already, what the desk said no to, and a pair the desk never saw.

use super::*;
use xinmei_model::{DutySaid, DutyWish, HoursAct};

fn entering(scene: &Scene, one: Id<Shift>, other: Id<Shift>) -> VolunteerAct {
    let [first, second] = [0, 1].map(|who: usize| scene.people[who]);
    VolunteerAct::Swap(SwapAct::SwapShifts {
        one: SwapSide { person: first, shift: one },
        other: SwapSide { person: second, shift: other },
        note: String::new(),
    })
}

impl Scene {
    fn checked_in(&mut self, who: usize, shift: Id<Shift>) {
        self.world.now = at(&format!("{DAY}07:56")).timestamp();
        let said = DutySaid::Came { from: at(&format!("{DAY}07:55")).timestamp(), until: None };
        let people = vec![DutyWish { person: self.people[who], said, seen: 0 }];
        self.world.does(self.desk.actor(), &Act::Hours(HoursAct::MarkDuty { shift, people }));
    }

    fn says(&mut self, who: usize, shift: Id<Shift>, agrees: bool) {
        let (person, why) = (self.people[who], if agrees { "" } else { "人够了" });
        let reason = why.into();
        self.desk_does(VolunteerAct::AnswerVolunteer { shift, person, agrees, reason });
    }
}

#[test]
fn nobody_swaps_a_shift_they_are_at() {
    let mut scene = scene();
    let [one, two, _] = scene.three(SwapRule::Confirmed);
    let swap = scene.offers(0, one, &[]);
    scene.world.does(guardian(scene.people[1]), &accept(swap, two));
    scene.checked_in(0, one);
    let states = [0, 1].map(|who| scene.part(swap, who).state);
    assert_eq!((states, scene.world.get(swap).open), ([SwapState::Lapsed; 2], false));
    assert_eq!(scene.desk_refused(answer(swap, true)), Refusal::SwapOver);
    let again = scene.world.fresh();
    let offer = offering(again, one, &[]);
    assert_eq!(scene.world.refuses(guardian(scene.people[0]), &offer), Refusal::SwapOver);
    assert_eq!(scene.desk_refused(entering(&scene, one, two)), Refusal::SwapOver, "nor does the desk");
    assert_eq!(scene.state(0, one), Some(TakeState::Taken));

    // Who answered is there: the offer is open for the others.
    let mut scene = super::scene();
    let [one, two, _] = scene.three(SwapRule::Confirmed);
    let swap = scene.offers(1, two, &[]);
    scene.world.does(guardian(scene.people[0]), &accept(swap, one));
    scene.checked_in(0, one);
    assert_eq!((scene.part(swap, 0).state, scene.part(swap, 1).state), (SwapState::Lapsed, SwapState::Open));
    assert!(scene.world.get(swap).open);
    assert_eq!(scene.accept_refused(0, swap, one), Refusal::SwapOver);
}

#[test]
fn the_desk_confirms_the_pair_it_saw() {
    let mut scene = scene();
    let [one, two, three] = scene.three(SwapRule::Confirmed);
    let swap = scene.offers(0, one, &[]);
    scene.world.does(guardian(scene.people[1]), &accept(swap, two));
    let seen = scene.part(swap, 1).at;
    scene.world.pass_minutes(1);
    let of = |seen, agrees| {
        let reason = "不合适".into();
        VolunteerAct::Swap(SwapAct::AnswerSwap { swap, agrees, reason, seen: Some(seen) })
    };
    scene.world.does(guardian(scene.people[1]), &act(SwapAct::WithdrawSwap { swap }));
    assert_eq!(scene.desk_refused(of(seen, true)), Refusal::ChangedMeanwhile, "nobody answers now");
    // Whoever answers anew has not been seen, be it the same person.
    scene.world.does(guardian(scene.people[1]), &accept(swap, two));
    assert_eq!(scene.desk_refused(of(seen, true)), Refusal::ChangedMeanwhile);
    scene.world.does(guardian(scene.people[1]), &act(SwapAct::WithdrawSwap { swap }));
    scene.world.does(guardian(scene.people[2]), &accept(swap, three));
    for agrees in [true, false] {
        assert_eq!(scene.desk_refused(of(seen, agrees)), Refusal::ChangedMeanwhile);
    }
    scene.desk_does(of(scene.part(swap, 2).at, true));
    assert_eq!(scene.state(2, one), Some(TakeState::Taken));
}

#[test]
fn a_swap_goes_round_no_answer_of_the_desk() {
    let mut scene = scene();
    let terms = PostTerms { entry: PostEntry::Asked, ..swapping(SwapRule::Free) };
    let post = scene.post(&HOURS, terms);
    let [one, two] = [0, 1].map(|n: usize| post.shifts[n].id);
    for (who, shift) in [(0, one), (1, two), (2, two)] {
        scene.world.does(guardian(scene.people[who]), &take(shift));
        scene.says(who, shift, true);
    }
    // Where the desk says who comes it says yes to a swap too.
    let swap = scene.offers(0, one, &[]);
    scene.world.does(guardian(scene.people[1]), &accept(swap, two));
    assert_eq!(scene.part(swap, 0).state, SwapState::Agreed);
    assert_eq!(scene.state(0, one), Some(TakeState::Taken));
    scene.world.does(guardian(scene.people[1]), &act(SwapAct::WithdrawSwap { swap }));
    // To the shift the desk said no to nobody comes by a swap.
    scene.world.does(guardian(scene.people[2]), &take(one));
    scene.says(2, one, false);
    let name = scene.world.get(scene.people[2]).name;
    assert_eq!(scene.accept_refused(2, swap, two), Refusal::SwapUnfit { name });
    let back = scene.offers(2, two, &[]);
    assert_eq!(scene.accept_refused(0, back, one), Refusal::SwapUnfit { name: String::new() });
    // The desk that was telephoned says otherwise now, and its word stands.
    let sides =
        [(2, two), (0, one)].map(|(who, shift): (usize, _)| SwapSide { person: scene.people[who], shift });
    let [two_gives, one_gives] = sides;
    let note = "两人来电".into();
    scene.desk_does(VolunteerAct::Swap(SwapAct::SwapShifts { one: two_gives, other: one_gives, note }));
    assert_eq!((scene.state(2, one), scene.state(0, two)), (Some(TakeState::Taken), Some(TakeState::Taken)));
}

#[test]
fn whoever_answered_is_told_that_the_offer_was_taken_back() {
    let mut scene = scene();
    let [one, two, _] = scene.three(SwapRule::Confirmed);
    let swap = scene.offers(0, one, &[]);
    scene.world.does(guardian(scene.people[1]), &accept(swap, two));
    scene.world.does(guardian(scene.people[0]), &act(SwapAct::WithdrawSwap { swap }));
    let states = [0, 1].map(|who| scene.part(swap, who).state);
    assert_eq!(states, [SwapState::Withdrawn, SwapState::Lapsed]);
}
