//! Turns laid over shifts, and what holds of their places whatever is said in whatever order.

use jiff::{SignedDuration, Zoned};
use proptest::{prelude::*, test_runner::FileFailurePersistence};
use xinmei_model::{
    Act, List, Proxy, Refusal, Shift, TakeState, TurnLength, TurnPart, TurnPlan, VolunteerAct, lay_turns,
    turn_counts,
};

use super::{OPENS, answer, scene};
use crate::world::plans::*;

#[test]
fn classes_take_turns_over_the_days_that_have_shifts() {
    let mut scene = scene(1);
    let days = ["2026-10-13", "2026-10-14", "2026-10-19", "2026-10-28", "2026-11-02"];
    let times = days.map(|day| (format!("{day}T07:30"), format!("{day}T08:10"), 2));
    let times: Vec<_> =
        times.iter().map(|(from, to, needed)| (from.as_str(), to.as_str(), *needed)).collect();
    let (post, _) = scene.world.post(scene.desk, &times);
    let shifts: Vec<Shift> = scene.world.list(List::ShiftsOf(post));
    let now = at("2026-10-12T09:00");
    let plan = TurnPlan {
        from: at("2026-10-12T00:00").date(),
        to: at("2026-10-31T00:00").date(),
        classes: vec![scene.class, scene.other],
        each: TurnLength::Week,
        places: 3,
        opens_hours: 12,
    };
    let laid = lay_turns(&plan, &shifts, &now);
    let classes: Vec<_> = laid.iter().map(|one| one.turns[0].class).collect();
    let [a, b] = [scene.class, scene.other];
    assert_eq!(classes, [a, a, b, a], "a week without a shift takes nobody's turn");
    assert!(laid.iter().all(|one| one.turns[0].places == 2), "no more than a shift needs");
    assert_eq!(laid[0].turns[0].until, at("2026-10-12T19:30"));
    let daily = TurnPlan { each: TurnLength::Day, ..plan.clone() };
    let classes: Vec<_> = lay_turns(&daily, &shifts, &now).iter().map(|one| one.turns[0].class).collect();
    assert_eq!(classes, [a, b, a, b]);
    let late = lay_turns(&plan, &shifts, &at("2026-10-12T20:00"));
    assert!(late[0].turns.is_empty(), "what would be open already is not kept");
    assert_eq!(lay_turns(&TurnPlan { classes: Vec::new(), ..plan.clone() }, &shifts, &now), []);

    let act = Act::Volunteer(VolunteerAct::SetTurns { post, turns: laid });
    scene.world.does(scene.desk.actor(), &act);
    let shifts: Vec<Shift> = scene.world.list(List::ShiftsOf(post));
    let counts = turn_counts(&shifts);
    assert_eq!((counts[&a].shifts, counts[&a].places, counts[&b].shifts), (3, 6, 1));
}

#[test]
fn when_turns_were_laid_is_kept_and_what_is_said_again_is_not_news() {
    let mut scene = scene(2);
    let since =
        |scene: &super::Scene| scene.world.get(scene.shift).turns_at.values().copied().collect::<Vec<_>>();
    assert_eq!(since(&scene), []);
    scene.keep(1);
    let laid = scene.world.now;
    assert_eq!(since(&scene), [laid]);
    scene.world.pass_minutes(5);
    scene.keep(1);
    assert_eq!(since(&scene), [laid], "as it stood already");
    // Another class has its turn there too: what the first has is no news to it.
    let (row, other) = (scene.world.get(scene.shift), scene.world.class(2024, 1));
    let beside = xinmei_model::ClassTurn { class: other, places: 1, until: row.starts.clone() };
    let turns =
        vec![xinmei_model::ShiftTurns { shift: row.id, turns: [row.turns.clone(), vec![beside]].concat() }];
    let act = Act::Volunteer(VolunteerAct::SetTurns { post: row.post, turns });
    scene.world.does(scene.desk.actor(), &act);
    let both = scene.world.get(scene.shift).turns_at;
    assert_eq!((both[&row.turns[0].class], both[&other]), (laid, scene.world.now));
    scene.keep(2);
    assert_eq!(since(&scene), [scene.world.now]);
}

#[derive(Clone, Debug)]
enum Step {
    Take(usize),
    Drop(usize),
    Ask(usize),
    Answer(usize, bool),
    Set(u32),
    Pass(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0..5_usize).prop_map(Step::Take),
        (0..5_usize).prop_map(Step::Drop),
        (0..3_usize).prop_map(Step::Ask),
        (0..5_usize, any::<bool>()).prop_map(|(who, agrees)| Step::Answer(who, agrees)),
        (0..4_u32).prop_map(Step::Set),
        (1..600_i64).prop_map(Step::Pass),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("seeds"))),
        ..ProptestConfig::with_cases(96)
    })]

    /// Whatever is said in whatever order: never more come than are needed, what is counted is who comes, and while
    /// places are kept no other family comes below what is left of them.
    #[test]
    fn never_more_than_needed_and_never_below_what_is_kept(steps in proptest::collection::vec(step(), 1..40)) {
        let mut scene = scene(3);
        scene.keep(2);
        scene.appoint(2);
        for who in 0..3 {
            scene.ready(who);
        }
        let opens: Zoned = at(OPENS);
        scene.world.now = (opens.timestamp() - SignedDuration::from_hours(24)).max(scene.world.now);
        for step in steps {
            let before = scene.world.allotment(scene.shift.uuid());
            let hold = scene.world.get(scene.shift).hold_of_class(scene.class);
            let kept = before.left_of(hold).min(before.free());
            let (actor, act) = match step {
                Step::Take(who) => (scene.parent(who), take(scene.shift)),
                Step::Drop(who) => (scene.parent(who), drop_shift(scene.shift)),
                Step::Ask(who) => (scene.parent(2), scene.ask(who)),
                Step::Answer(who, agrees) => (scene.parent(who), answer(scene.shift, agrees)),
                Step::Set(places) => {
                    let turns = (places > 0).then(|| scene.turn(scene.class, places)).into_iter().collect();
                    (scene.desk.actor(), scene.set(turns))
                }
                Step::Pass(minutes) => {
                    scene.world.pass(SignedDuration::from_mins(minutes));
                    continue;
                }
            };
            let done = scene.world.act(actor, &act).is_ok();
            let after = scene.world.allotment(scene.shift.uuid());
            let other = actor == scene.parent(3) || actor == scene.parent(4);
            if done && other && matches!(step, Step::Take(_)) && scene.world.now < opens.timestamp() {
                prop_assert!(after.free() >= kept, "{before:?} {after:?}");
            }
            let takes: Vec<xinmei_model::Take> = scene.world.list(List::TakesOf(scene.shift));
            let come = takes.iter().filter(|take| take.state == TakeState::Taken).count();
            prop_assert!(come <= 3);
            prop_assert_eq!(after.used as usize, come);
            for take in takes.iter().filter(|take| take.class.is_some()) {
                let part = scene.world.find::<TurnPart>(xinmei_model::derived("turn-part", take.shift.uuid(), take.person.uuid()));
                prop_assert_eq!(part.map(|part| part.state), Some(take.state));
            }
        }
    }
}

fn moves(scene: &super::Scene, starts: &str, ends: &str) -> Act {
    let row = scene.world.get(scene.shift);
    let (starts, ends, needed) = (at(starts), at(ends), row.needed);
    Act::Volunteer(VolunteerAct::ChangeShift { shift: row.id, starts, ends, needed, version: row.version })
}

#[test]
fn a_turn_moves_with_its_shift_and_opens_by_the_clock_there() {
    let mut scene = scene(2);
    scene.keep(2);
    let act = moves(&scene, "2026-10-15T07:30", "2026-10-15T08:10");
    scene.world.does(scene.desk.actor(), &act);
    let opens = at("2026-10-14T12:00");
    assert_eq!(scene.world.get(scene.shift).turns[0].until, opens);
    scene.world.now = opens.timestamp();
    scene.world.fire_due();
    assert!(!scene.world.allotment(scene.shift.uuid()).keeps_some(), "a timer opened it");
    // What is open to everybody is not taken from them again.
    let act = moves(&scene, "2026-10-20T07:30", "2026-10-20T08:10");
    scene.world.does(scene.desk.actor(), &act);
    assert!(!scene.world.allotment(scene.shift.uuid()).keeps_some());
}

#[test]
fn a_class_that_has_its_turn_again_has_who_came_of_it_counted_again() {
    let mut scene = scene(3);
    scene.keep(2);
    scene.world.does(scene.parent(0), &take(scene.shift));
    let nobody = scene.set(Vec::new());
    scene.world.does(scene.desk.actor(), &nobody);
    scene.keep(2);
    let hold = scene.world.get(scene.shift).hold_of_class(scene.class);
    assert_eq!(scene.world.allotment(scene.shift.uuid()).left_of(hold), 1);
    // Who comes as anybody is no longer the class's to see.
    scene.world.does(scene.parent(0), &drop_shift(scene.shift));
    scene.world.does(scene.desk.actor(), &nobody);
    scene.world.does(scene.parent(0), &take(scene.shift));
    assert!(scene.world.feeds(scene.part(0).unwrap().id).is_empty());
}

#[test]
fn a_contact_does_not_read_from_a_refusal_where_else_somebody_comes() {
    let mut scene = scene(2);
    scene.keep(2);
    let (_, others) = scene.world.post(scene.desk, &[("2026-10-13T07:40", "2026-10-13T08:20", 1)]);
    scene.world.does(scene.parent(0), &take(others[0]));
    scene.appoint(2);
    scene.ready(0);
    assert_eq!(scene.world.refuses(scene.parent(2), &scene.ask(0)), super::not_found("class-ready"));
    let clash = Refusal::ShiftClash { with: others[0].uuid() };
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &scene.ask(0)), clash);
}

#[test]
fn the_teacher_who_entered_a_family_says_for_it_that_it_still_comes() {
    let mut scene = scene(2);
    scene.keep(2);
    let proxy = || Some(Proxy::new(scene.people[0], "妈妈来电"));
    let enter = Act::TakeShift { shift: scene.shift, on_behalf_of: proxy() };
    let confirm = VolunteerAct::ConfirmShift { shift: scene.shift, on_behalf_of: proxy() };
    scene.world.does(scene.teacher.actor(), &enter);
    scene.world.does(scene.teacher.actor(), &Act::Volunteer(confirm));
}

#[test]
fn a_guardian_who_loses_every_right_is_asked_for_nothing_of_the_class() {
    let mut scene = scene(2);
    scene.keep(2);
    scene.appoint(0);
    scene.ready(0);
    let children = scene.world.list::<xinmei_model::Child>(List::ChildrenIn(scene.class));
    let child = children.into_iter().find(|child| child.name == "李雨桐").unwrap().id;
    scene.world.bar(scene.people[0], child);
    assert!(scene.world.get(xinmei_model::ClassReady::of(scene.class, scene.people[0])).ended);
    assert!(scene.world.get(xinmei_model::ClassContact::of(scene.class, scene.people[0])).ended);
}
