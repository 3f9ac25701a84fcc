//! Shifts: never more people than needed, no clash, and voluntary to the start.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use proptest::{prelude::*, test_runner::FileFailurePersistence};
use xinmei_model::{
    Act, Actor, Entered, Feed, Id, List, Person, PostDraft, Power, Proxy, Refusal, Relation, Right, RoleKind,
    Shift, Take, TakeState, limits,
};

use crate::world::{World, people::*, plans::*};

struct Scene {
    world: World,
    desk: Staff,
    people: Vec<Id<Person>>,
    /// 8—9 (one person), 8:30—9:30 (two), 9—10 (two): the first and the third touch, the second meets both.
    shifts: Vec<Id<Shift>>,
}

fn scene() -> Scene {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let class = world.class(2024, 2);
    let mut people = vec![];
    for name in ["王芳", "王强", "刘强", "陈刚"] {
        let child = world.child("孩子", class);
        people.push(world.guardian(name).of(child, Relation::Other, &[Right::PickUp]).id());
    }
    let times = [
        ("2026-10-13T08:00", "2026-10-13T09:00", 1),
        ("2026-10-13T08:30", "2026-10-13T09:30", 2),
        ("2026-10-13T09:00", "2026-10-13T10:00", 2),
    ];
    let (_, shifts) = world.post(desk, &times);
    Scene { world, desk, people, shifts }
}

#[test]
fn a_shift_takes_as_many_as_it_needs_and_says_full_to_the_next() {
    let mut scene = scene();
    let [first, second, third] = [0, 1, 2].map(|i| guardian(scene.people[i]));
    scene.world.does(first, &take(scene.shifts[1]));
    scene.world.does(second, &take(scene.shifts[1]));
    assert_eq!(scene.world.refuses(third, &take(scene.shifts[1])), Refusal::ShiftFull);
    scene.world.does(first, &drop_shift(scene.shifts[1]));
    scene.world.does(third, &take(scene.shifts[1]));
    assert_eq!(scene.world.refuses(first, &take(scene.shifts[1])), Refusal::ShiftFull);
}

#[test]
fn two_shifts_at_one_time_clash_and_two_that_touch_do_not() {
    let mut scene = scene();
    let who = guardian(scene.people[0]);
    scene.world.does(who, &take(scene.shifts[0]));
    let clash = Refusal::ShiftClash { with: scene.shifts[0].uuid() };
    assert_eq!(scene.world.refuses(who, &take(scene.shifts[1])), clash);
    scene.world.does(who, &take(scene.shifts[2]));
    scene.world.does(who, &drop_shift(scene.shifts[0]));
    let clash = Refusal::ShiftClash { with: scene.shifts[2].uuid() };
    assert_eq!(scene.world.refuses(who, &take(scene.shifts[1])), clash);
    scene.world.does(who, &drop_shift(scene.shifts[2]));
    scene.world.does(who, &take(scene.shifts[1]));
}

#[test]
fn a_shift_that_was_given_back_can_be_taken_again_and_nothing_is_done_twice() {
    let mut scene = scene();
    let who = guardian(scene.people[0]);
    let shift = scene.shifts[0];
    let already = Refusal::ShiftAlready;
    assert_eq!(scene.world.refuses(who, &drop_shift(shift)), already, "never taken");
    scene.world.does(who, &take(shift));
    assert_eq!(scene.world.refuses(who, &take(shift)), already);
    scene.world.does(who, &drop_shift(shift));
    assert_eq!(scene.world.refuses(who, &drop_shift(shift)), already);
    scene.world.does(who, &take(shift));
    let takes: Vec<Take> = scene.world.list(List::TakesBy(scene.people[0]));
    assert_eq!((takes.len(), takes[0].state), (1, TakeState::Taken), "one row for one person and shift");
    assert_eq!(scene.world.allotment(shift.uuid()).used, 1);
}

#[test]
fn a_shift_is_taken_and_given_back_until_its_start_and_not_after() {
    let starts = at("2026-10-13T08:00");
    let started = Err(Refusal::Started { since: starts.clone() });
    for (offset, expected) in [(-1, Ok(())), (0, started)] {
        let mut scene = scene();
        let (first, second) = (guardian(scene.people[0]), guardian(scene.people[1]));
        scene.world.clone().does(second, &take(scene.shifts[0]));
        scene.world.does(first, &take(scene.shifts[0]));
        scene.world.now = starts.timestamp() + SignedDuration::from_nanos(offset);
        let dropped = scene.world.act(first, &drop_shift(scene.shifts[0])).map(|_| ());
        let taken = scene.world.act(second, &take(scene.shifts[0])).map(|_| ());
        assert_eq!((dropped, taken), (expected.clone(), expected));
    }
}

#[test]
fn only_who_belongs_to_the_school_volunteers() {
    let mut scene = scene();
    let class = scene.world.class(2024, 3);
    let child = scene.world.child("李雨桐", class);
    let stranger = scene.world.person("陌生人");
    let barred = scene.world.guardian("李建军").of(child, Relation::Father, PARENT).id();
    scene.world.bar(barred, child);
    let without = scene.world.guardian("李建民").of(child, Relation::Other, &[]).id();
    let ended = scene.world.staff("退休教师", RoleKind::SubjectTeacher, class);
    scene.world.edit(ended.role, |role| role.to = Some(role.from));
    let not_found = Refusal::NotFound { what: "person".into() };
    for who in [stranger, barred, without, ended.person] {
        assert_eq!(scene.world.refuses(guardian(who), &take(scene.shifts[0])), not_found);
        let act = Act::TakeShift { shift: scene.shifts[0], on_behalf_of: Some(Proxy::new(who, "来电")) };
        assert_eq!(scene.world.refuses(scene.desk.actor(), &act), not_found);
    }
    let counsellor = scene.world.staff("心理教师", RoleKind::Counsellor, class);
    scene.world.does(counsellor.actor(), &take(scene.shifts[0]));
    let unknown = Refusal::NotFound { what: "shift".into() };
    let nowhere = scene.world.fresh();
    assert_eq!(scene.world.refuses(guardian(scene.people[0]), &take(nowhere)), unknown);
}

#[test]
fn the_desk_enters_nobody_out_of_its_reach() {
    let mut scene = scene();
    let class = scene.world.class(2024, 3);
    let child = scene.world.child("江北的孩子", class);
    let elsewhere = scene.world.fresh();
    scene.world.edit(child, |child| child.path = vec![elsewhere]);
    let parent = scene.world.guardian("江北的家长").of(child, Relation::Mother, PARENT).id();
    let act = Act::TakeShift { shift: scene.shifts[0], on_behalf_of: Some(Proxy::new(parent, "来电")) };
    assert_eq!(scene.world.refuses(scene.desk.actor(), &act), Refusal::NotFound { what: "person".into() });
    scene.world.does(guardian(parent), &take(scene.shifts[0]));
    let head = scene.world.staff("校长", RoleKind::Head, class).person;
    let act = Act::TakeShift { shift: scene.shifts[1], on_behalf_of: Some(Proxy::new(head, "来电")) };
    scene.world.does(scene.desk.actor(), &act);
}

#[test]
fn the_desk_enters_who_phoned_and_nobody_else_does() {
    let mut scene = scene();
    let class = scene.world.class(2024, 3);
    let [who, shift] = [scene.people[0].uuid(), scene.shifts[0].uuid()];
    let (who, shift) = (Id::<Person>::new(who), Id::<Shift>::new(shift));
    let act = Act::TakeShift { shift, on_behalf_of: Some(Proxy::new(who, "来电")) };
    let give_back = Act::DropShift { shift, on_behalf_of: Some(Proxy::new(who, "来电")) };
    let teacher = scene.world.teacher("张晓梅", class).actor();
    let no_power = Refusal::NoPower { power: Power::ManageShifts };
    let malformed = Refusal::Malformed { field: "on_behalf_of".into() };
    for act in [&act, &give_back] {
        assert_eq!(scene.world.refuses(teacher, act), no_power);
        assert_eq!(scene.world.refuses(Actor::Clock, act), no_power);
        assert_eq!(scene.world.refuses(guardian(scene.people[1]), act), malformed);
    }
    scene.world.does(scene.desk.actor(), &act);
    let entered = scene.world.list::<Take>(List::TakesBy(who)).remove(0);
    let by = Entered { by: "周协调".into(), note: "来电".into() };
    assert_eq!((entered.person_name.as_str(), entered.entered), ("王芳", Some(by)));
    let post = scene.world.get(shift).post;
    let feeds = [Feed::Person(who), Feed::Desk(post.uuid()), Feed::Duty(post)];
    assert_eq!(scene.world.feeds(entered.id), feeds.into());
    scene.world.does(scene.desk.actor(), &give_back);
    assert_eq!(scene.world.allotment(shift.uuid()).used, 0);
}

#[test]
fn whoever_takes_a_shift_for_themselves_is_not_entered_by_anybody_whatever_hat_they_name() {
    let mut scene = scene();
    let head = scene.world.staff("校长", RoleKind::Head, scene.world.root);
    let hat = xinmei_model::Hat::Staff { role: head.role };
    scene.world.does(Actor::Person { person: scene.people[0], hat }, &take(scene.shifts[0]));
    scene.world.does(head.actor(), &take(scene.shifts[2]));
    assert!(scene.world.all::<Take>().iter().all(|take| take.entered.is_none()));
}

#[test]
fn a_post_is_planned_by_its_desk_and_within_its_limits() {
    type Spoil = fn(&mut PostDraft);
    let cases: Vec<(Spoil, Refusal)> = vec![
        (|post| post.title.clear(), Refusal::Malformed { field: "title".into() }),
        (|post| post.shifts.clear(), Refusal::Malformed { field: "shifts".into() }),
        (|post| post.shifts[1].id = post.shifts[0].id, Refusal::Malformed { field: "shifts".into() }),
        (|post| post.shifts[1].id = Id::new(post.id.uuid()), Refusal::Malformed { field: "shifts".into() }),
        (
            |post| post.shifts[0].ends = post.shifts[0].starts.clone(),
            Refusal::Malformed { field: "shifts".into() },
        ),
        (|post| post.shifts[0].needed = 0, Refusal::Malformed { field: "shifts.needed".into() }),
        (|post| post.shifts[0].needed = 201, Refusal::Malformed { field: "shifts.needed".into() }),
        (
            |post| post.shifts = vec![post.shifts[0].clone(); limits::SHIFTS_PER_POST + 1],
            Refusal::TooMany { field: "shifts".into(), limit: 250 },
        ),
    ];
    let mut scene = scene();
    let times = [("2026-10-13T08:00", "2026-10-13T09:00", 1), ("2026-10-14T08:00", "2026-10-14T09:00", 200)];
    for (spoil, expected) in cases {
        let mut post = scene.world.post_draft(scene.world.campus, &times);
        scene.world.clone().does(scene.desk.actor(), &Act::PostShifts { post: post.clone() });
        spoil(&mut post);
        assert_eq!(scene.world.refuses(scene.desk.actor(), &Act::PostShifts { post }), expected);
    }
    let post = scene.world.post_draft(scene.world.root, &times);
    let no_power = Refusal::NoPower { power: Power::ManageShifts };
    assert_eq!(scene.world.refuses(scene.desk.actor(), &Act::PostShifts { post }), no_power);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 256,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/seeds/shifts.txt"),
        ))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_happens_nobody_is_in_two_places_and_no_shift_has_too_many(
        steps in prop::collection::vec((0..4_usize, 0..3_usize, any::<bool>(), any::<bool>()), 1..50),
        jump in 0..50_usize,
    ) {
        let mut scene = scene();
        for (index, (who, shift, taking, by_phone)) in steps.into_iter().enumerate() {
            if index == jump {
                scene.world.now = at("2026-10-13T08:45").timestamp();
            }
            let (who, shift) = (scene.people[who], scene.shifts[shift]);
            let on_behalf_of = by_phone.then(|| Proxy::new(who, "来电"));
            let actor = if by_phone { scene.desk.actor() } else { guardian(who) };
            let act = if taking {
                Act::TakeShift { shift, on_behalf_of }
            } else {
                Act::DropShift { shift, on_behalf_of }
            };
            let before = scene.world.contents();
            let answer = scene.world.act(actor, &act);
            let began = scene.world.now >= scene.world.get(shift).starts.timestamp();
            prop_assert!(answer.is_err() || !began, "{:?} after the start", act);
            prop_assert!(answer.is_ok() || before == scene.world.contents());
            if answer.is_ok() {
                prop_assert_eq!(scene.world.act(actor, &act).unwrap_err(), Refusal::ShiftAlready);
            }
            let mut coming: BTreeMap<_, Vec<Shift>> = BTreeMap::new();
            for shift in &scene.shifts {
                let takes: Vec<Take> = scene.world.list(List::TakesOf(*shift));
                let taken = takes.iter().filter(|take| take.state == TakeState::Taken);
                let (row, ledger) = (scene.world.get(*shift), scene.world.allotment(shift.uuid()));
                prop_assert_eq!(ledger.used as usize, taken.clone().count());
                prop_assert!(ledger.used <= row.needed);
                taken.for_each(|take| coming.entry(take.person).or_default().push(row.clone()));
            }
            for shifts in coming.values() {
                let apart = shifts.windows(2).all(|two| two[0].ends <= two[1].starts);
                prop_assert!(apart, "one person in two places: {:?}", shifts);
            }
        }
    }
}
