//! Two people of a post swap shifts: both places change hands or neither does, and nobody but the desk reads who it is.

mod fits;
mod refused;

use super::*;
use jiff::Timestamp;
use xinmei_model::{ClassTurn, ShiftTurns, SwapAct, SwapOffer, SwapPart, SwapRule, SwapSide, SwapState};

fn swapping(rule: SwapRule) -> PostTerms {
    PostTerms { swap: rule, ..PostTerms::default() }
}

fn act(step: SwapAct) -> Act {
    Act::Volunteer(VolunteerAct::Swap(step))
}

fn accept(swap: Id<SwapOffer>, shift: Id<Shift>) -> Act {
    act(SwapAct::AcceptSwap { swap, shift })
}

fn answer(swap: Id<SwapOffer>, agrees: bool) -> VolunteerAct {
    let reason = if agrees { String::new() } else { "两位都不要换".into() };
    VolunteerAct::Swap(SwapAct::AnswerSwap { swap, agrees, reason, seen: None })
}

const HOURS: [(&str, &str, u32); 3] = [("08:00", "09:00", 2), ("10:00", "11:00", 2), ("12:00", "13:00", 2)];

impl Scene {
    /// A post with three shifts: the first person comes to the first, the second to the second, the third to the third.
    fn three(&mut self, rule: SwapRule) -> [Id<Shift>; 3] {
        let post = self.post(&HOURS, swapping(rule));
        let shifts = [0, 1, 2].map(|n: usize| post.shifts[n].id);
        for (who, shift) in shifts.iter().enumerate() {
            self.world.does(guardian(self.people[who]), &take(*shift));
        }
        shifts
    }

    fn offers(&mut self, who: usize, give: Id<Shift>, want: &[Id<Shift>]) -> Id<SwapOffer> {
        let swap = self.world.fresh();
        let wish = offering(swap, give, want);
        self.world.does(guardian(self.people[who]), &wish);
        swap
    }

    fn part(&self, swap: Id<SwapOffer>, who: usize) -> SwapPart {
        self.world.get(SwapPart::of(swap, self.people[who]))
    }

    fn used(&self, shifts: &[Id<Shift>]) -> Vec<u32> {
        shifts.iter().map(|shift| self.world.allotment(shift.uuid()).used).collect()
    }

    fn accept_refused(&self, who: usize, swap: Id<SwapOffer>, shift: Id<Shift>) -> Refusal {
        self.world.refuses(guardian(self.people[who]), &accept(swap, shift))
    }
}

fn offering(swap: Id<SwapOffer>, give: Id<Shift>, want: &[Id<Shift>]) -> Act {
    act(SwapAct::OfferSwap { swap, give, want: want.to_vec(), words: " 周三要出差 ".into() })
}

#[test]
fn two_swap_in_one_decision_and_as_many_come_as_before() {
    let mut scene = scene();
    let [one, two, three] = scene.three(SwapRule::Free);
    let swap = scene.offers(0, one, &[two]);
    assert_eq!(scene.part(swap, 0).words, "周三要出差");
    assert_eq!(scene.accept_refused(2, swap, three), malformed("shift"), "not one of those that are wished");
    assert_eq!(scene.accept_refused(2, swap, two), Refusal::ShiftAlready, "not theirs to give");
    scene.world.does(guardian(scene.people[1]), &accept(swap, two));
    let states = |shift| [0, 1].map(|who| scene.state(who, shift));
    assert_eq!(states(one), [TakeState::Dropped, TakeState::Taken].map(Some));
    assert_eq!(states(two), [TakeState::Taken, TakeState::Dropped].map(Some));
    assert_eq!(scene.used(&[one, two, three]), [1, 1, 1]);
    for (who, gives, gets) in [(0, one, two), (1, two, one)] {
        let part = scene.part(swap, who);
        assert_eq!((part.state, part.gives, part.gets), (SwapState::Done, gives, Some(gets)));
    }
    // Nobody is looked for: nobody gave anything back.
    assert!(scene.world.all::<xinmei_model::StandInSearch>().is_empty());
}

#[test]
fn what_others_read_names_nobody_and_neither_reads_who_the_other_is() {
    let mut scene = scene();
    let [one, two, _] = scene.three(SwapRule::Confirmed);
    let swap = scene.offers(0, one, &[]);
    let post = scene.world.get(one).post;
    let shown = scene.world.get(swap);
    assert_eq!(scene.world.feeds(swap), [Feed::School, Feed::Desk(post.uuid())].into());
    let body = serde_json::to_value(&shown).unwrap();
    let fields: Vec<_> = body.as_object().unwrap().keys().cloned().collect();
    assert_eq!(fields, ["give", "id", "open", "post", "want"], "shifts, and nothing else");
    scene.world.does(guardian(scene.people[1]), &accept(swap, two));
    for (own, other) in [(0, 1), (1, 0)] {
        let part = scene.part(swap, own);
        let [own, other] = [own, other].map(|who: usize| scene.people[who]);
        assert_eq!(scene.world.feeds(part.id), [Feed::Person(own), Feed::Desk(post.uuid())].into());
        assert!(!scene.world.sees(other, part.id) && scene.world.sees(scene.desk.person, part.id));
        let text = serde_json::to_string(&part).unwrap();
        assert!(!text.contains(&other.to_string()) && !text.contains(&scene.world.get(other).name));
    }
}

#[test]
fn where_the_desk_confirms_nothing_changes_hands_before() {
    let mut scene = scene();
    let [one, two, three] = scene.three(SwapRule::Confirmed);
    let swap = scene.offers(0, one, &[]);
    assert_eq!(scene.desk_refused(answer(swap, true)), Refusal::SwapOver, "nobody has answered");
    scene.world.does(guardian(scene.people[1]), &accept(swap, two));
    assert_eq!(scene.state(0, one), Some(TakeState::Taken));
    assert_eq!(scene.accept_refused(2, swap, three), Refusal::SwapOver, "one answer at a time");
    let no_power = Refusal::NoPower { power: Power::ManageShifts };
    let confirm = Act::Volunteer(answer(swap, true));
    assert_eq!(scene.world.refuses(guardian(scene.people[1]), &confirm), no_power);
    // Whoever answered takes it back, and it is open for the others.
    scene.world.does(guardian(scene.people[1]), &act(SwapAct::WithdrawSwap { swap }));
    assert!(scene.world.get(swap).open);
    assert_eq!((scene.part(swap, 0).state, scene.part(swap, 0).gets), (SwapState::Open, None));
    scene.world.does(guardian(scene.people[2]), &accept(swap, three));
    scene.desk_does(answer(swap, true));
    assert_eq!(scene.state(0, three), Some(TakeState::Taken));
    assert_eq!(scene.state(2, one), Some(TakeState::Taken));
    assert_eq!(scene.used(&[one, two, three]), [1, 1, 1]);
    // The desk says no, with a reason both read.
    let again = scene.offers(0, three, &[two]);
    scene.world.does(guardian(scene.people[1]), &accept(again, two));
    let blank = SwapAct::AnswerSwap { swap: again, agrees: false, reason: " ".into(), seen: None };
    assert_eq!(scene.desk_refused(VolunteerAct::Swap(blank)), malformed("reason"));
    scene.desk_does(answer(again, false));
    for who in [0, 1] {
        let part = scene.part(again, who);
        assert_eq!((part.state, part.reason.as_str()), (SwapState::Refused, "两位都不要换"));
    }
}

#[test]
fn who_no_longer_fits_is_told_apart_from_whoever_answers_and_the_desk_reads_who() {
    let mut scene = scene();
    let [one, two, three] = scene.three(SwapRule::Confirmed);
    // Without what they give: a shift they leave stands in nobody's way.
    let close = scene.post(&[("09:00", "10:00", 3)], PostTerms::default()).shifts[0].id;
    let swap = scene.offers(0, one, &[]);
    scene.world.does(guardian(scene.people[1]), &accept(swap, two));
    let clash = scene.post(&[("10:30", "11:30", 3)], PostTerms::default()).shifts[0].id;
    scene.world.does(guardian(scene.people[0]), &take(clash));
    let name = scene.world.get(scene.people[0]).name;
    assert_eq!(scene.desk_refused(answer(swap, true)), Refusal::SwapUnfit { name });
    scene.desk_does(answer(swap, false));
    let swap = scene.offers(0, one, &[]);
    assert_eq!(scene.accept_refused(1, swap, two), Refusal::SwapUnfit { name: String::new() });
    scene.world.does(guardian(scene.people[2]), &take(close));
    scene.world.does(guardian(scene.people[2]), &accept(swap, three));
    // One's own clash is one's own to read.
    let early = scene.post(&[("08:30", "08:45", 3)], PostTerms::default()).shifts[0].id;
    scene.world.does(guardian(scene.people[1]), &take(early));
    scene.world.does(guardian(scene.people[2]), &act(SwapAct::WithdrawSwap { swap }));
    assert_eq!(scene.accept_refused(1, swap, two), Refusal::ShiftClash { with: early.uuid() });
}

#[test]
fn a_swap_ends_with_what_it_is_about() {
    let gone = |change: &dyn Fn(&mut Scene, [Id<Shift>; 3])| {
        let mut scene = scene();
        let shifts = scene.three(SwapRule::Confirmed);
        let open = scene.offers(0, shifts[0], &[]);
        change(&mut scene, shifts);
        (scene.part(open, 0).state, scene.world.get(open).open)
    };
    let over = (SwapState::Lapsed, false);
    let parent = |scene: &Scene| guardian(scene.people[0]);
    assert_eq!(gone(&|scene, [one, ..]| _ = scene.world.does(parent(scene), &drop_shift(one))), over);
    assert_eq!(
        gone(&|scene, [one, ..]| {
            scene.desk_does(VolunteerAct::CallOffShift { shift: one, reason: "停课".into() });
        }),
        over
    );
    let moved = |shift, starts: &str| VolunteerAct::ChangeShift {
        shift,
        starts: at(&format!("{DAY}{starts}")),
        ends: at(&format!("{DAY}09:00")),
        needed: 2,
        version: 0,
    };
    assert_eq!(gone(&|scene, [one, ..]| scene.desk_does(moved(one, "08:10"))), over);
    assert_eq!(
        gone(&|scene, [one, ..]| {
            let post = scene.world.get(one).post;
            scene.desk_does(VolunteerAct::EndPost { post });
        }),
        over
    );
    // Another shift of the post is none of it.
    let stands = (SwapState::Open, true);
    assert_eq!(
        gone(&|scene, [_, two, _]| _ = scene.world.does(guardian(scene.people[1]), &drop_shift(two))),
        stands
    );

    // Whoever answered is gone: the offer is open for the others.
    let mut scene = scene();
    let [one, two, three] = scene.three(SwapRule::Confirmed);
    let swap = scene.offers(0, one, &[]);
    scene.world.does(guardian(scene.people[1]), &accept(swap, two));
    scene.world.does(guardian(scene.people[1]), &drop_shift(two));
    assert_eq!(scene.part(swap, 1).state, SwapState::Lapsed);
    assert_eq!((scene.part(swap, 0).state, scene.world.get(swap).open), (SwapState::Open, true));
    // A shift that was swapped away is in no other swap.
    let other = scene.offers(2, three, &[one]);
    scene.world.does(guardian(scene.people[0]), &accept(other, one));
    scene.desk_does(answer(other, true));
    assert_eq!((scene.part(swap, 0).state, scene.world.get(swap).open), (SwapState::Lapsed, false));
    assert_eq!(scene.part(other, 0).state, SwapState::Done);
}

#[test]
fn an_offer_is_made_of_what_one_has_and_could_take() {
    let mut scene = scene();
    let [one, two, three] = scene.three(SwapRule::Free);
    let elsewhere = scene.post(&[("14:00", "15:00", 1)], PostTerms::default()).shifts[0].id;
    let fixed = scene.post(&HOURS, swapping(SwapRule::Off));
    let refused = |scene: &mut Scene, who: usize, give, want: &[Id<Shift>]| {
        let swap = scene.world.fresh();
        scene.world.refuses(guardian(scene.people[who]), &offering(swap, give, want))
    };
    assert_eq!(refused(&mut scene, 1, one, &[]), Refusal::ShiftAlready, "not theirs");
    assert_eq!(refused(&mut scene, 0, one, &[one]), malformed("want"));
    assert_eq!(refused(&mut scene, 0, one, &[two, two]), malformed("want"));
    assert_eq!(refused(&mut scene, 0, one, &[elsewhere]), malformed("want"));
    let many: Vec<_> = (0..=limits::SWAP_WANTS).map(|_| scene.world.fresh()).collect();
    assert!(matches!(refused(&mut scene, 0, one, &many), Refusal::TooMany { .. }));
    let busy = scene.post(&[("10:15", "10:45", 1)], PostTerms::default()).shifts[0].id;
    scene.world.does(guardian(scene.people[0]), &take(busy));
    assert_eq!(refused(&mut scene, 0, one, &[two]), Refusal::ShiftClash { with: busy.uuid() });
    scene.world.does(guardian(scene.people[0]), &take(fixed.shifts[2].id));
    assert_eq!(refused(&mut scene, 0, fixed.shifts[2].id, &[]), Refusal::SwapOff);
    let swap = scene.offers(0, one, &[]);
    assert_eq!(refused(&mut scene, 0, one, &[]), Refusal::ShiftAlready, "one offer of a shift");
    scene.world.does(guardian(scene.people[0]), &act(SwapAct::WithdrawSwap { swap }));
    assert_eq!(
        scene.world.refuses(guardian(scene.people[0]), &act(SwapAct::WithdrawSwap { swap })),
        Refusal::SwapOver
    );
    assert_eq!(scene.accept_refused(1, swap, two), Refusal::SwapOver);
    let started: Timestamp = at(&format!("{DAY}08:00")).timestamp();
    let swap = scene.offers(0, one, &[]);
    scene.world.now = started;
    let since = Refusal::Started { since: at(&format!("{DAY}08:00")) };
    assert_eq!(refused(&mut scene, 0, one, &[]), since);
    assert_eq!(scene.accept_refused(2, swap, three), since);
}

#[test]
fn a_place_that_is_kept_for_a_class_goes_only_to_one_of_it() {
    let mut scene = scene();
    let class = scene.world.class(2024, 2);
    let other = scene.world.class(2024, 5);
    let people = [("李雨桐", class), ("王一诺", class), ("赵一", other)].map(|(name, class)| {
        let child = scene.world.child(name, class);
        scene.world.guardian(&format!("{name}的妈妈")).of(child, xinmei_model::Relation::Mother, PARENT).id()
    });
    scene.people = people.to_vec();
    let post = scene.post(&[("08:00", "09:00", 1), ("10:00", "11:00", 2)], PostTerms::default());
    let (kept, open) = (post.shifts[0].id, post.shifts[1].id);
    let until = at(&format!("{DAY}07:00"));
    let turns =
        vec![ShiftTurns { shift: kept, turns: vec![ClassTurn { class, places: 1, until: until.clone() }] }];
    scene.desk_does(VolunteerAct::SetTurns { post: post.id, turns });
    scene.world.does(guardian(people[0]), &take(kept));
    scene.world.does(guardian(people[1]), &take(open));
    scene.world.does(guardian(people[2]), &take(open));
    let swap = scene.offers(0, kept, &[open]);
    assert_eq!(scene.accept_refused(2, swap, open), Refusal::NotOpenYet { opens: until });
    scene.world.does(guardian(people[1]), &accept(swap, open));
    assert_eq!(scene.state(1, kept), Some(TakeState::Taken));
    let held = scene.world.allotment(kept.uuid());
    assert_eq!((held.used, held.holds[0].used), (1, 1));
}

#[test]
fn the_desk_swaps_two_who_telephoned() {
    let mut scene = scene();
    let [one, two, _] = scene.three(SwapRule::Off);
    let people = scene.people.clone();
    let swap = |first: usize, second: usize| {
        VolunteerAct::Swap(SwapAct::SwapShifts {
            one: SwapSide { person: people[first], shift: one },
            other: SwapSide { person: people[second], shift: two },
            note: "两位都来过电话".into(),
        })
    };
    assert_eq!(scene.desk_refused(swap(1, 0)), Refusal::SwapOver);
    let no_power = Refusal::NoPower { power: Power::ManageShifts };
    assert_eq!(scene.world.refuses(guardian(people[0]), &Act::Volunteer(swap(0, 1))), no_power);
    scene.desk_does(swap(0, 1));
    assert_eq!((scene.state(0, two), scene.state(1, one)), (Some(TakeState::Taken), Some(TakeState::Taken)));
    let takes: Vec<Take> = scene.world.list(List::TakesOf(two));
    let entered = takes.iter().find(|take| take.person == people[0]).unwrap().entered.clone().unwrap();
    assert_eq!((entered.by.as_str(), entered.note.as_str()), ("周协调", "两位都来过电话"));
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 200,
        failure_persistence: Some(Box::new(FileFailurePersistence::Off)),
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_swap_changes_how_many_come_and_nobody_comes_who_could_not(
        confirmed in any::<bool>(),
        steps in proptest::collection::vec((0..9_u8, 0..3_usize, 0..5_usize, 0..5_usize), 1..60),
    ) {
        let mut scene = scene();
        let rule = if confirmed { SwapRule::Confirmed } else { SwapRule::Free };
        let training = scene.qualification("护学岗培训", false);
        let people = scene.people.clone();
        scene.desk_does(VolunteerAct::ConfirmQualification {
            qualification: training, people: people[..2].to_vec(), until: None, seen: None,
        });
        let hours = [("08:00", "09:00", 2), ("08:30", "09:30", 2), ("10:00", "11:00", 1), ("13:00", "14:00", 2)];
        let terms = PostTerms { rest_min: 45, ..swapping(rule) };
        let post = scene.post(&hours, terms);
        let trained = PostTerms { requires: vec![training], ..swapping(rule) };
        let second = scene.post(&[("11:30", "12:30", 2)], trained);
        let shifts: Vec<_> = post.shifts.iter().chain(&second.shifts).map(|shift| shift.id).collect();
        for (what, who, one, other) in steps {
            let actor = guardian(people[who]);
            let (one, other) = (shifts[one], shifts[other]);
            let offers = scene.world.all::<SwapOffer>();
            let before = scene.used(&shifts);
            let all = scene.world.contents();
            let offer = offers.get((one.uuid().as_u128() % 7) as usize % offers.len().max(1)).map(|offer| offer.id);
            let (act, swaps) = match (what, offer) {
                (0, _) => (drop_shift(one), false),
                (1..=3, _) => (take(one), false),
                (4, _) | (_, None) => {
                    let swap = scene.world.fresh();
                    let want = if one == other { vec![] } else { vec![other] };
                    (offering(swap, one, &want), true)
                }
                (5 | 6, Some(swap)) => (accept(swap, one), true),
                (7, Some(swap)) => (act(SwapAct::WithdrawSwap { swap }), true),
                (_, Some(swap)) => (Act::Volunteer(answer(swap, who != 0)), true),
            };
            let actor = if what == 8 && offer.is_some() { scene.desk.actor() } else { actor };
            let answered = scene.world.act(actor, &act);
            prop_assert!(answered.is_ok() || all == scene.world.contents());
            if swaps {
                prop_assert_eq!(&scene.used(&shifts), &before, "{:?}", act);
            }
            let mut coming: BTreeMap<_, Vec<(Shift, Post)>> = BTreeMap::new();
            for id in &shifts {
                let shift = scene.world.get(*id);
                let takes: Vec<Take> = scene.world.list(List::TakesOf(*id));
                let taken: Vec<_> = takes.iter().filter(|take| take.state == TakeState::Taken).collect();
                prop_assert_eq!(scene.world.allotment(id.uuid()).used as usize, taken.len());
                for take in taken {
                    let post = scene.world.get(shift.post);
                    prop_assert!(post.terms.requires.is_empty() || people[..2].contains(&take.person));
                    coming.entry(take.person).or_default().push((shift.clone(), post));
                }
            }
            for own in coming.values() {
                for (index, (one, of)) in own.iter().enumerate() {
                    for (next, also) in &own[index + 1..] {
                        let (first, last) = if one.starts <= next.starts { (one, next) } else { (next, one) };
                        let rest = i64::from(of.terms.rest_min.max(also.terms.rest_min));
                        let apart = last.starts.timestamp().duration_since(first.ends.timestamp());
                        prop_assert!(apart >= SignedDuration::from_mins(rest), "{one:?} {next:?}");
                    }
                }
            }
            // Of each offer either it is open, or nothing is, or two are agreed.
            for offer in scene.world.all::<SwapOffer>() {
                let parts: Vec<SwapPart> = scene.world.list(List::SwapPartsOf(offer.id));
                let live: Vec<_> = parts.iter().filter(|part| part.is_live()).collect();
                let whole = match live.as_slice() {
                    [] => !offer.open,
                    [one] => offer.open && one.began && one.state == SwapState::Open && one.gets.is_none(),
                    [a, b] => !offer.open && a.gets == Some(b.gives) && b.gets == Some(a.gives) && a.began != b.began,
                    _ => false,
                };
                prop_assert!(whole, "{offer:?} {live:?}");
                for part in live {
                    let takes: Vec<Take> = scene.world.list(List::TakesOf(part.gives));
                    let holds = |take: &Take| take.person == part.person && take.state == TakeState::Taken;
                    prop_assert!(takes.iter().any(holds), "a swap of what is theirs no longer: {part:?}");
                }
            }
        }
    }
}
