//! Somebody gives a place back, and a few people at a time are asked to stand in; and who comes is asked whether they still do.

mod bounds;
mod busy;
mod moved;
mod term;

use std::collections::BTreeSet;

use proptest::{prelude::*, test_runner::FileFailurePersistence};
use xinmei_model::{
    Act, Allotment, DayPart, Feed, Id, List, OfferFrom, Person, PostDraft, PostTerms, Power, Proxy,
    QuietHours, Refusal, Shift, StandInRule, StandInSearch, StandInState, Take, TakeState, VolunteerAct,
    limits,
};

use crate::world::{World, people::*, plans::*};

/// A shift tomorrow at eight for one, taken by the first of nine parents; the others come on Thursday.
struct Scene {
    world: World,
    desk: Staff,
    people: Vec<Id<Person>>,
    shift: Id<Shift>,
}

fn scene_with(needed: u32, starts: &str, terms: PostTerms) -> Scene {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let class = world.class(2024, 2);
    let people: Vec<_> = (0..9)
        .map(|number| {
            let child = world.child("孩子", class);
            world.guardian(&format!("家长{number}")).of(child, xinmei_model::Relation::Other, PARENT).id()
        })
        .collect();
    let ends = starts.replace("08:00", "09:00");
    let times = [(starts, ends.as_str(), needed), ("2026-10-15T08:00", "2026-10-15T09:00", 9)];
    let post = PostDraft { terms, ..world.post_draft(world.campus, &times) };
    let (shift, thursday) = (post.shifts[0].id, post.shifts[1].id);
    world.does(desk.actor(), &Act::PostShifts { post });
    for person in &people[..needed as usize] {
        world.does(guardian(*person), &take(shift));
    }
    for person in &people[1..] {
        world.does(guardian(*person), &take(thursday));
    }
    Scene { world, desk, people, shift }
}

/// The afternoon before.
fn scene() -> Scene {
    let mut scene = scene_with(1, "2026-10-13T08:00", PostTerms::default());
    scene.world.now = at("2026-10-12T16:30").timestamp();
    scene
}

impl Scene {
    fn drops(&mut self, who: usize) {
        self.world.does(guardian(self.people[who]), &drop_shift(self.shift));
    }

    fn answers(&mut self, person: Id<Person>, agrees: bool) {
        let act = answer(self.shift, agrees);
        self.world.does(guardian(person), &act);
    }

    fn search(&self) -> StandInSearch {
        self.world.get(StandInSearch::of(self.shift))
    }

    fn in_state(&self, state: TakeState) -> Vec<Id<Person>> {
        let takes: Vec<Take> = self.world.list(List::TakesOf(self.shift));
        takes.iter().filter(|take| take.state == state).map(|take| take.person).collect()
    }

    /// The clock moves to the next wave, and the timers fire.
    fn next_wave(&mut self) {
        self.world.now = self.search().next.expect("a wave to come");
        self.world.fire_due();
    }

    fn own(&self, who: usize) -> Take {
        let takes: Vec<Take> = self.world.list(List::TakesOf(self.shift));
        takes.into_iter().find(|take| take.person == self.people[who]).expect("a take")
    }
}

fn answer(shift: Id<Shift>, agrees: bool) -> Act {
    let step = VolunteerAct::AnswerOffer { shift, agrees, reason: String::new(), on_behalf_of: None };
    Act::Volunteer(step)
}

fn wish(asks: bool, days: &[i8], part: DayPart) -> Act {
    Act::Volunteer(VolunteerAct::WishStandIn { asks, days: days.to_vec(), part })
}

#[test]
fn a_place_given_back_is_offered_to_a_few_and_the_first_yes_has_it() {
    let mut scene = scene();
    scene.drops(0);
    scene.world.fire_due();
    let search = scene.search();
    assert_eq!((search.state, search.waves.len(), search.asked()), (StandInState::Searching, 1, 3));
    assert_eq!(scene.world.feeds(search.id), [Feed::Desk(search.post.uuid())].into(), "the desk's alone");
    let asked = scene.in_state(TakeState::Offered);
    assert!(!asked.contains(&scene.people[0]), "who gave it back is not asked for it");
    for person in &asked {
        let takes: Vec<Take> = scene.world.list(List::TakesBy(*person));
        let offer = takes.iter().find(|take| take.shift == scene.shift).unwrap().offer.clone().unwrap();
        assert_eq!((offer.source, offer.by), (OfferFrom::StandIn, None));
    }
    assert_eq!(scene.world.allotment(scene.shift.uuid()).used, 0, "what is offered holds no place");
    scene.next_wave();
    assert_eq!(scene.in_state(TakeState::Offered).len(), 6);
    scene.answers(asked[1], true);
    assert_eq!(scene.in_state(TakeState::Taken), [asked[1]]);
    assert_eq!(scene.in_state(TakeState::Released).len(), 5, "the others are released with thanks");
    let search = scene.search();
    assert_eq!((search.state, search.next), (StandInState::Filled, None));
    let before = scene.world.contents();
    for due in scene.world.timers.clone().into_values() {
        scene.world.fire(due);
    }
    assert_eq!(scene.world.contents(), before, "no timer asks anybody once the place is given");
}

#[test]
fn a_wave_fired_twice_asks_nobody_twice() {
    let mut scene = scene();
    scene.drops(0);
    scene.world.fire_due();
    let before = scene.world.contents();
    for due in scene.world.timers.clone().into_values() {
        scene.world.fire(due);
    }
    assert_eq!(scene.world.contents(), before);
}

#[test]
fn once_all_said_no_the_next_are_not_kept_waiting_and_in_the_end_the_desk_is_told() {
    let mut scene = scene();
    scene.drops(0);
    let mut asked = BTreeSet::new();
    for _ in 0..3 {
        scene.world.pass_minutes(1);
        scene.world.fire_due();
        for person in scene.in_state(TakeState::Offered) {
            assert!(asked.insert(person), "nobody is asked again");
            scene.answers(person, false);
        }
    }
    assert_eq!(asked.len(), 8, "everybody who knows the post, a few at a time");
    scene.world.pass_minutes(1);
    scene.world.fire_due();
    assert_eq!(scene.search().state, StandInState::NobodyLeft);
    assert_eq!(scene.search().waves.iter().map(|wave| wave.people.len()).max(), Some(3));
}

#[test]
fn nobody_is_asked_in_quiet_hours_nor_long_before_nor_when_it_is_too_late() {
    let mut scene = scene();
    let school = scene.world.school;
    scene.world.edit(school, |school| school.quiet = Some(QuietHours::usual()));
    scene.world.now = at("2026-10-12T22:30").timestamp();
    scene.drops(0);
    scene.world.fire_due();
    assert!(scene.search().waves.is_empty());
    assert_eq!(scene.search().next, Some(at("2026-10-13T06:30").timestamp()));
    scene.next_wave();
    assert_eq!(scene.search().waves.len(), 1);

    let mut far = scene_with(1, "2026-10-26T08:00", PostTerms::default());
    far.drops(0);
    assert_eq!(far.search().next, Some(at("2026-10-19T08:00").timestamp()), "a week before");
    far.world.now = at("2026-10-18T12:00").timestamp();
    far.world.does(guardian(far.people[3]), &take(far.shift));
    assert_eq!(far.search().state, StandInState::Filled, "somebody took it of their own accord");
    far.world.now = at("2026-10-19T09:00").timestamp();
    far.world.fire_due();
    assert_eq!(far.search().asked(), 0);

    let mut late = self::scene();
    late.world.now = at("2026-10-13T07:50").timestamp();
    late.drops(0);
    assert!(late.world.find(StandInSearch::of(late.shift)).is_none());
}

#[test]
fn asked_is_who_agreed_to_be_asked_and_may_come() {
    let mut scene = scene();
    let [no, monday, elsewhere] = [1, 2, 3].map(|who| scene.people[who]);
    scene.world.does(guardian(no), &wish(false, &[], DayPart::WholeDay));
    scene.world.does(guardian(monday), &wish(true, &[1], DayPart::WholeDay));
    let (_, other) = scene.world.post(scene.desk, &[("2026-10-13T08:30", "2026-10-13T10:00", 3)]);
    scene.world.does(guardian(elsewhere), &take(other[0]));
    // Who never came to this post is asked where they said so.
    let class = scene.world.class(2024, 2);
    let child = scene.world.child("孩子", class);
    let new = scene.world.guardian("新来的").of(child, xinmei_model::Relation::Other, PARENT).id();
    scene.world.does(guardian(new), &wish(true, &[2], DayPart::Morning));
    let refused = scene.world.refuses(guardian(new), &wish(true, &[8], DayPart::Morning));
    assert_eq!(refused, Refusal::Malformed { field: "days".into() });
    scene.drops(0);
    let mut asked = BTreeSet::new();
    for _ in 0..4 {
        scene.world.pass_minutes(1);
        scene.world.fire_due();
        for person in scene.in_state(TakeState::Offered) {
            asked.insert(person);
            scene.answers(person, false);
        }
    }
    let expected: BTreeSet<_> = scene.people[4..].iter().copied().chain([new]).collect();
    assert_eq!(asked, expected);
}

#[test]
fn the_same_hour_of_the_week_comes_first_and_who_was_asked_lately_last() {
    let mut scene = scene();
    // One parent comes on another Tuesday at eight.
    let post = scene.world.get(scene.shift).post;
    let draft = PostDraft {
        id: post,
        ..scene.world.post_draft(scene.world.campus, &[("2026-10-20T08:00", "2026-10-20T09:00", 1)])
    };
    let next_week = draft.shifts[0].id;
    let change = VolunteerAct::ChangePost { post: Box::new(draft), version: 0 };
    scene.world.does(scene.desk.actor(), &Act::Volunteer(change));
    let near = scene.people[7];
    scene.world.does(guardian(near), &take(next_week));
    scene.drops(0);
    scene.world.fire_due();
    let first = scene.search().waves[0].people.clone();
    assert_eq!(first[0], near);
    // Another morning those who were asked lately are the last.
    let day = at("2026-10-13T10:00").timestamp();
    scene.answers(first[1], true);
    scene.world.now = day;
    let times = [("2026-10-16T08:00", "2026-10-16T09:00", 1)];
    let friday = PostDraft { id: post, ..scene.world.post_draft(scene.world.campus, &times) };
    scene.shift = friday.shifts[0].id;
    let change = VolunteerAct::ChangePost { post: Box::new(friday), version: 1 };
    scene.world.does(scene.desk.actor(), &Act::Volunteer(change));
    scene.world.does(guardian(scene.people[0]), &take(scene.shift));
    scene.drops(0);
    scene.world.fire_due();
    let search = scene.search();
    assert_eq!(search.asked(), 2, "there is time");
    assert!(search.waves[0].people.iter().all(|person| !first.contains(person)));
}

#[test]
fn a_post_says_how_it_is_looked_for_and_the_desk_may_stop() {
    let rule = |stand_in| PostTerms { stand_in, ..PostTerms::default() };
    let step = |scene: &Scene, start| {
        let shift = scene.shift;
        let start =
            if start { VolunteerAct::SearchStandIn { shift } } else { VolunteerAct::StopStandIn { shift } };
        Act::Volunteer(start)
    };
    let mut off = scene_with(1, "2026-10-13T08:00", rule(StandInRule::Off));
    off.drops(0);
    assert!(off.world.find(StandInSearch::of(off.shift)).is_none());
    let refused = off.world.refuses(off.desk.actor(), &step(&off, true));
    assert_eq!(refused, Refusal::Malformed { field: "stand_in".into() });

    let mut scene = scene_with(1, "2026-10-13T08:00", rule(StandInRule::Desk));
    let start = step(&scene, true);
    assert_eq!(scene.world.refuses(scene.desk.actor(), &start), Refusal::ShiftFull);
    scene.drops(0);
    scene.world.fire_due();
    assert!(scene.world.find(StandInSearch::of(scene.shift)).is_none(), "the desk begins it");
    let no_power = Refusal::NoPower { power: Power::ManageShifts };
    assert_eq!(scene.world.refuses(guardian(scene.people[1]), &start), no_power);
    scene.world.does(scene.desk.actor(), &start);
    assert_eq!(scene.search().by_name, "周协调");
    assert_eq!(scene.world.refuses(scene.desk.actor(), &start), Refusal::ShiftAlready);
    scene.world.fire_due();
    let asked = scene.in_state(TakeState::Offered);
    assert_eq!(asked.len(), 2, "there is time");
    let stop = step(&scene, false);
    assert_eq!(scene.world.refuses(guardian(asked[0]), &stop), no_power);
    scene.world.does(scene.desk.actor(), &stop);
    assert_eq!(scene.in_state(TakeState::Released).len(), 2);
    assert_eq!(scene.world.refuses(scene.desk.actor(), &stop), Refusal::ShiftAlready);
    let before = scene.world.contents();
    scene.world.pass_minutes(600);
    scene.world.fire_due();
    assert_eq!(scene.world.contents(), before, "what was stopped asks nobody");
}

#[test]
fn the_evening_before_whoever_comes_is_asked_once_and_silence_gives_nothing_back() {
    let mut scene = scene_with(2, "2026-10-13T08:00", PostTerms::default());
    let confirm = |scene: &Scene, on_behalf_of| {
        Act::Volunteer(VolunteerAct::ConfirmShift { shift: scene.shift, on_behalf_of })
    };
    scene.world.now = at("2026-10-12T18:00").timestamp();
    scene.world.fire_due();
    assert!(scene.own(0).is_unconfirmed() && scene.own(1).is_unconfirmed());
    let outsider = confirm(&scene, None);
    assert_eq!(scene.world.refuses(guardian(scene.people[5]), &outsider), Refusal::ShiftAlready);
    scene.world.does(guardian(scene.people[0]), &outsider);
    assert!(!scene.own(0).is_unconfirmed());
    assert_eq!(scene.world.refuses(guardian(scene.people[0]), &outsider), Refusal::ShiftAlready);
    let before = scene.world.contents();
    scene.world.pass_minutes(30);
    for due in scene.world.timers.clone().into_values() {
        scene.world.fire(due);
    }
    assert_eq!(scene.world.contents(), before, "nobody is asked twice");
    assert_eq!(scene.own(1).state, TakeState::Taken);
    let phoned = confirm(&scene, Some(Proxy::new(scene.people[1], "来电")));
    scene.world.does(scene.desk.actor(), &phoned);
    assert!(scene.own(1).confirmed.is_some());
    // Who cannot come after all gives it back, and the search begins.
    scene.drops(1);
    scene.world.fire_due();
    assert_eq!(scene.search().waves.len(), 1);
    // Who takes it this evening knows that they come.
    let stand_in = scene.in_state(TakeState::Offered)[0];
    scene.answers(stand_in, true);
    scene.world.now = at("2026-10-13T07:00").timestamp();
    scene.world.fire_due();
    let takes: Vec<Take> = scene.world.list(List::TakesBy(stand_in));
    assert!(takes.iter().all(|take| take.reminded.is_none() || take.shift != scene.shift));
    scene.world.now = at("2026-10-13T08:00").timestamp();
    let started = Refusal::Started { since: at("2026-10-13T08:00") };
    let late = confirm(&scene, Some(Proxy::new(stand_in, "来电")));
    assert_eq!(scene.world.refuses(scene.desk.actor(), &late), started);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 96,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/seeds/standing_in.txt"),
        ))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_people_answer_waves_are_small_and_the_last_place_ends_the_search(
        needed in 1..3_u32,
        steps in prop::collection::vec((0..9_usize, 0..7_u8), 1..50),
    ) {
        let mut scene = scene_with(needed, "2026-10-14T08:00", PostTerms::default());
        for (who, what) in steps {
            let person = scene.people[who];
            let shift = scene.shift;
            let act = match what {
                0 => drop_shift(shift),
                1 => answer(shift, true),
                2 => answer(shift, false),
                3 => take(shift),
                4 => wish(who % 2 == 0, &[], DayPart::WholeDay),
                5 => { scene.world.pass_minutes(20); scene.world.fire_due(); continue }
                _ => { scene.world.pass_minutes(150); scene.world.fire_due(); continue }
            };
            let _ = scene.world.act(guardian(person), &act);
            let taken = scene.in_state(TakeState::Taken).len();
            prop_assert!(taken <= needed as usize);
            prop_assert_eq!(scene.world.get(Allotment::of(shift.uuid())).used as usize, taken);
            let Some(search) = scene.world.find(StandInSearch::of(shift)) else { continue };
            let most = limits::STAND_IN_WAVE_SOON + needed as usize - 1;
            prop_assert!(search.waves.iter().all(|wave| wave.people.len() <= most));
            let each: BTreeSet<_> = search.waves.iter().flat_map(|wave| &wave.people).collect();
            prop_assert_eq!(each.len(), search.asked(), "nobody twice in one search");
            prop_assert!(search.next.is_some() == (search.state == StandInState::Searching));
            if taken == needed as usize {
                prop_assert!(search.state != StandInState::Searching);
                prop_assert!(scene.in_state(TakeState::Offered).is_empty());
            }
        }
    }
}
