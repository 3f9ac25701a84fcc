//! A rehearsal and the real thing: the same presses, one after another, through `decide`.

mod agreeing;

use std::collections::{BTreeMap, BTreeSet};

use xinmei_model::{
    BookingState, Child, EventDraft, Id, Person, Place, Refusal, Relation, Right, SeatRule, Stop, limits,
    rehearsal::{
        Invited, LeftOutOfSeats, OpeningFigures, Preferred, RehearsalStep, Suppositions, invited, play,
        rehearse,
    },
};

use crate::world::{World, people::*, plans::at};

/// A school in which many kinds of families live, and an open day of three sessions.
struct Scene {
    world: World,
    desk: Staff,
    classes: Vec<Id<Place>>,
    draft: EventDraft,
}

/// Four classes of two grades with twelve families each: every third has two children, one class is mostly on paper.
fn scene(change: impl FnOnce(&mut EventDraft)) -> Scene {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let classes: Vec<_> = [(2024, 1), (2024, 2), (2023, 1), (2023, 2)]
        .map(|(cohort, number)| world.class(cohort, number))
        .into();
    for number in 0..48 {
        let class = classes[number % 4];
        let child = world.child(&format!("孩子{number}"), class);
        let mother = world.guardian(&format!("妈妈{number}")).of(child, Relation::Mother, PARENT).id();
        if number % 3 == 0 {
            let sibling = world.child(&format!("弟弟{number}"), classes[(number + 2) % 4]);
            world.link(mother, sibling, Relation::Mother, PARENT);
        }
        if class == classes[3] {
            world.edit_link(mother, child, |link| link.joined = number % 2 == 0);
        }
    }
    patchwork(&mut world, &classes);
    let mut draft = world.event_draft(world.campus, &[9, 7, 12]);
    draft.family_limit = 3;
    change(&mut draft);
    Scene { world, desk, classes, draft }
}

/// A child of hers, one of both, one of his; a child whose only guardian may read but not decide; seven children of one mother.
fn patchwork(world: &mut World, classes: &[Id<Place>]) {
    let (mother, father) = (world.person("她"), world.person("他"));
    for (name, by) in [("她的", vec![mother]), ("两人的", vec![mother, father]), ("他的", vec![father])]
    {
        let child = world.child(name, classes[0]);
        by.into_iter().for_each(|who| world.link(who, child, Relation::Other, PARENT));
    }
    let child = world.child("没人能定", classes[1]);
    world.guardian("外公").of(child, Relation::Other, &[Right::Messages]);
    let many = world.person("七个孩子的妈妈");
    for number in 0..7 {
        let child = world.child(&format!("第{number}个"), classes[number % 4]);
        world.link(many, child, Relation::Mother, PARENT);
    }
}

impl Scene {
    fn invited(&self) -> Invited {
        self.world.ask(|facts| invited(facts, &self.draft)).unwrap()
    }

    fn steps(&self, suppose: &Suppositions, seed: u32, draws: bool) -> Vec<RehearsalStep> {
        play(&self.draft, &self.invited(), suppose, (seed, 0), draws).unwrap().steps
    }
}

/// Everybody comes, everything happens within some hours.
fn eager() -> Suppositions {
    Suppositions {
        want_percent: 90,
        two_adults_percent: 50,
        hours: 6,
        give_back_percent: 30,
        staff_hours: 3,
        ..Suppositions::default()
    }
}

#[test]
fn siblings_come_together_and_nobody_decides_for_a_child_of_somebody_else() {
    let scene = scene(|_| {});
    let invited = scene.invited();
    assert_eq!(invited.alone.len(), 1, "the child whose guardian may only read");
    for household in &invited.households {
        for party in &household.parties {
            assert!(party.children.len() <= limits::CHILDREN_PER_BOOKING);
            for guest in &party.children {
                assert!(party.knows.contains(&guest.child));
                let may = scene.world.ask(|facts| {
                    let links =
                        facts.list::<xinmei_model::Link>(xinmei_model::List::LinksOf(guest.child), 9)?;
                    Ok(links.iter().any(|link| link.guardian == party.guardian))
                });
                assert!(may.unwrap());
            }
        }
    }
    let parties = |least: usize| invited.households.iter().filter(|one| one.parties.len() > least).count();
    assert_eq!((parties(0), parties(1)), (50, 2), "the patchwork family, and the one with seven children");
    let pairs = invited.households.iter().filter(|one| one.parties[0].children.len() == 2).count();
    assert_eq!(pairs, 17, "sixteen with siblings, and two of the three patchwork children");
}

#[test]
fn no_seat_is_given_twice_and_parties_come_whole() {
    for (seed, rule) in
        (0..60).zip([SeatRule::Adults, SeatRule::Children, SeatRule::Everyone].into_iter().cycle())
    {
        let scene = scene(|draft| draft.seat_rule = rule);
        for draws in [false, true] {
            let steps = scene.steps(&eager(), seed, draws);
            whole(&scene, &steps);
        }
    }
}

/// Walks through what happened and counts.
fn whole(scene: &Scene, steps: &[RehearsalStep]) {
    let event = scene.draft.event(vec![]);
    let seats: BTreeMap<_, _> = scene.draft.sessions.iter().map(|one| (one.id, one.capacity)).collect();
    let mut bookings = BTreeMap::new();
    let mut children = BTreeSet::new();
    for step in steps {
        match step {
            RehearsalStep::SignUp { booking, session, children: party, adults, state, .. } => {
                let size = event.seats_for(u32::try_from(party.len()).unwrap(), *adults);
                assert!(0 < size && size <= scene.draft.family_limit);
                assert!(party.iter().all(|child| children.insert(*child)), "a child twice");
                bookings.insert(*booking, (*session, size, *state));
            }
            RehearsalStep::Drawn { became, .. } => {
                for (booking, session, state) in became {
                    let one = bookings.get_mut(booking).unwrap();
                    (one.0, one.2) = (*session, *state);
                }
            }
            RehearsalStep::GiveBack { booking, .. } => {
                let one = bookings.get_mut(booking).unwrap();
                assert_eq!(one.2, BookingState::Confirmed);
                one.2 = BookingState::Withdrawn;
            }
            RehearsalStep::Promoted { booking, .. } => {
                let one = bookings.get_mut(booking).unwrap();
                assert_eq!(one.2, BookingState::Waiting);
                one.2 = BookingState::Confirmed;
            }
        }
        for (session, seats) in &seats {
            let here = bookings.values().filter(|one| one.0 == *session && one.2.holds_seats());
            let used: u32 = here.map(|one| one.1).sum();
            assert!(used <= *seats, "{used} of {seats}");
        }
        if let Some(shared) = scene.draft.sessions.iter().find(|session| session.pool.is_some()) {
            let used: u32 = bookings.values().filter(|one| one.2.holds_seats()).map(|one| one.1).sum();
            assert!(used <= shared.capacity, "{used} of {} that all share", shared.capacity);
        }
    }
    assert!(!steps.is_empty());
}

/// All sessions share so many seats.
fn shared(draft: &mut EventDraft, seats: u32) {
    let first = draft.sessions[0].id;
    for session in &mut draft.sessions {
        (session.pool, session.capacity) = (Some(first), seats);
    }
}

#[test]
fn shared_seats_are_given_once_and_enough_of_them_are_told_for_all() {
    for seed in 0..40 {
        let scene = scene(|draft| shared(draft, 20));
        whole(&scene, &scene.steps(&eager(), seed, false));
        let told = rehearse(&scene.draft, &scene.invited(), &eager(), seed, 10).unwrap();
        assert_eq!(told.draw, None, "what is shared is not drawn");
        let enough = told.enough.unwrap();
        assert!(enough.windows(2).all(|two| two[0].seats == two[1].seats), "{enough:?}");
    }
}

#[test]
fn one_seed_is_one_rehearsal_and_another_is_another() {
    let scene = scene(|_| {});
    let once = |seed| rehearse(&scene.draft, &scene.invited(), &eager(), seed, 40).unwrap();
    assert_eq!(once(7), once(7));
    let (one, other) = (once(7), once(8));
    assert_ne!((one.race, one.draw), (other.race, other.draw));
}

#[test]
fn every_family_that_wants_to_come_has_one_fate() {
    for seed in 0..40 {
        let scene = scene(|draft| {
            draft.seat_rule = SeatRule::Everyone;
            draft.waitlist = seed % 2 == 0;
            draft.family_limit = 2 + seed % 3;
        });
        let one = rehearse(&scene.draft, &scene.invited(), &eager(), seed, 1).unwrap();
        for figures in [one.race, one.draw.unwrap()] {
            let f = figures.fates;
            let all = [
                f.seated,
                f.partly,
                f.waiting,
                f.turned_away,
                f.too_large,
                f.too_late,
                f.no_session,
                f.gave_back,
            ];
            assert_eq!(all.iter().map(|one| one.median).sum::<u32>(), f.wanting.median);
            assert!(f.wanting.median <= one.families);
            // Two children and a parent are three.
            assert!(seed % 3 != 0 || f.too_large.median > 0);
        }
    }
}

#[test]
fn with_seats_enough_nobody_waits() {
    for seed in 0..20 {
        let mut scene = scene(|draft| draft.family_limit = 12);
        let suppose = Suppositions { prefer: Preferred::First, ..eager() };
        let short = rehearse(&scene.draft, &scene.invited(), &suppose, seed, 50).unwrap();
        assert!(short.race.fates.waiting.median > 0);
        let enough = short.enough.unwrap();
        let planned: u32 = scene.draft.sessions.iter().map(|session| session.capacity).sum();
        assert!(enough.iter().map(|one| one.seats).sum::<u32>() > planned);
        for (session, enough) in scene.draft.sessions.iter_mut().zip(&enough) {
            session.capacity = enough.seats;
        }
        let now = rehearse(&scene.draft, &scene.invited(), &suppose, seed, 50).unwrap();
        assert_eq!((now.race.fates.waiting.high, now.race.fates.turned_away.high), (0, 0));
        // And it says of itself that no more are needed.
        let again: Vec<_> = now.enough.unwrap().iter().map(|one| one.seats).collect();
        assert!(again.iter().zip(&enough).all(|(again, enough)| *again <= enough.seats));
    }
}

#[test]
fn a_class_that_hears_an_hour_later_is_left_out_of_a_race_and_not_of_a_draw() {
    let mut scene = scene(|_| {});
    scene.draft.sessions.iter_mut().for_each(|session| session.capacity = 3);
    // Siblings are in these two classes, or in the other two.
    let late = [scene.classes[1], scene.classes[3]];
    let suppose = |late: &[Id<Place>]| Suppositions {
        first_minute_percent: 90,
        hours: 1,
        give_back_percent: 0,
        staff_hours: 0,
        late: late.to_vec(),
        ..eager()
    };
    let played = |late| rehearse(&scene.draft, &scene.invited(), &suppose(late), 3, 100).unwrap();
    let of = |figures: &OpeningFigures, class| {
        figures.classes.iter().find(|one| one.class == class).unwrap().clone()
    };
    let both = played(&late);
    let draw = both.draw.as_ref().unwrap();
    for class in late {
        assert!(of(&both.race, class).left_out.is_some(), "{class}");
        assert_eq!(of(draw, class).left_out, None);
        assert!(of(draw, class).percent > of(&both.race, class).percent * 2);
    }
    assert_eq!(of(&both.race, late[0]).left_out, Some(LeftOutOfSeats::Nobody));
    for class in [scene.classes[0], scene.classes[2]] {
        assert_eq!(of(&both.race, class).left_out, None, "only who hears late is left out");
    }
    let alone = played(&late[..1]);
    let (with, without) = (of(&alone.race, late[0]).percent, of(&both.race, late[0]).percent);
    assert!(with > without, "a family with a child elsewhere hears it there: {with} and {without}");
}

#[test]
fn a_class_no_session_is_for_is_named_and_one_that_came_before_has_none() {
    let mut scene = scene(|_| {});
    let grade = scene.world.grade_of(scene.classes[0]);
    for session in &mut scene.draft.sessions {
        session.eligible = vec![grade];
    }
    let played = rehearse(&scene.draft, &scene.invited(), &eager(), 1, 20).unwrap();
    let left: Vec<_> = played.race.classes.iter().map(|one| (one.class, one.left_out)).collect();
    for class in &scene.classes[2..] {
        assert!(left.contains(&(*class, Some(LeftOutOfSeats::NoSession))));
    }
    for class in &scene.classes[..2] {
        assert!(!left.contains(&(*class, Some(LeftOutOfSeats::NoSession))));
    }
    assert!(played.race.fates.no_session.median > 0);
}

#[test]
fn who_comes_for_the_first_time_is_asked_of_the_rule() {
    let mut scene = scene(|_| {});
    // Each session but the last is for first-timers; one family came last week.
    let mut earlier = scene.world.event_draft(scene.world.campus, &[9]);
    earlier.sessions[0].starts = at("2026-10-12T10:00");
    earlier.sessions[0].ends = at("2026-10-12T11:00");
    earlier.closes = at("2026-10-12T09:30");
    let session = earlier.sessions[0].id;
    let desk = scene.desk.actor();
    scene.world.does(desk, &xinmei_model::Act::PublishEvent { event: earlier });
    let party = scene.invited().households[0].parties[0].clone();
    let (who, child): (Id<Person>, Id<Child>) = (party.guardian, party.children[0].child);
    scene.world.signs_up(who, session, &[child], 1);
    scene.world.now = at("2026-10-12T12:00").timestamp();
    for session in &mut scene.draft.sessions {
        session.first_timers = true;
    }
    let invited = scene.invited();
    let guests = invited.households.iter().flat_map(|one| &one.parties).flat_map(|one| &one.children);
    let been: Vec<_> = guests.filter(|guest| guest.been).map(|guest| guest.child).collect();
    assert_eq!(been, [child]);
    for seed in 0..10 {
        let suppose = Suppositions { want_percent: 100, ..eager() };
        for step in scene.steps(&suppose, seed, false) {
            if let RehearsalStep::SignUp { children, .. } = step {
                assert!(!children.contains(&child));
            }
        }
    }
}

#[test]
fn suppositions_and_runs_have_limits() {
    let scene = scene(|_| {});
    let invited = scene.invited();
    let fine = Suppositions::default();
    let wrong = [
        ("want_percent", Suppositions { want_percent: 101, ..fine.clone() }),
        ("two_adults_percent", Suppositions { two_adults_percent: 101, ..fine.clone() }),
        ("first_minute_percent", Suppositions { first_minute_percent: 101, ..fine.clone() }),
        ("hours", Suppositions { hours: limits::REHEARSAL_HOURS + 1, ..fine.clone() }),
        ("suits", Suppositions { suits: 41, ..fine.clone() }),
        ("times", Suppositions { times: 41, ..fine.clone() }),
        ("give_back_percent", Suppositions { give_back_percent: 101, ..fine.clone() }),
        ("late", Suppositions { late: vec![scene.world.campus; 201], ..fine.clone() }),
        ("late_minutes", Suppositions { late_minutes: u32::MAX, ..fine.clone() }),
        ("staff_hours", Suppositions { staff_hours: u32::MAX, ..fine.clone() }),
    ];
    for (name, suppose) in wrong {
        let refused = rehearse(&scene.draft, &invited, &suppose, 1, 1).unwrap_err();
        assert!(matches!(refused, Refusal::TooMany { field, .. } if field == name));
    }
    for (name, suppose) in [
        ("hours", Suppositions { hours: 0, ..fine.clone() }),
        ("suits", Suppositions { suits: 0, ..fine.clone() }),
    ] {
        let refused = rehearse(&scene.draft, &invited, &suppose, 1, 1).unwrap_err();
        assert_eq!(refused, Refusal::Malformed { field: name.into() });
    }
    let runs = |runs| rehearse(&scene.draft, &invited, &fine, 1, runs).map(|_| ());
    assert_eq!(runs(0), Err(Refusal::Malformed { field: "runs".into() }));
    let limit = limits::REHEARSAL_RUNS;
    assert_eq!(runs(limit + 1), Err(Refusal::TooMany { field: "runs".into(), limit }));
    // Whoever is not there yet is asked for, and nothing is guessed.
    let nowhere = EventDraft { place: Id::new(uuid::Uuid::from_u128(9)), ..scene.draft.clone() };
    let found = scene.world.ask(|facts| invited_of(facts, &nowhere));
    assert!(matches!(found, Err(Stop::Refused(Refusal::NotFound { .. }))));
}

fn invited_of(facts: &xinmei_model::Facts, draft: &EventDraft) -> Result<Invited, Stop> {
    invited(facts, draft)
}
