//! The count of a term of courses for parents.

use proptest::prelude::*;
use xinmei_model::{
    Child, CourseFigures, CourseShare, HeldLesson, Id, Link, List, Relation, Session, course_groups,
    course_shares, course_sum,
};

use crate::{
    courses::*,
    world::{people::*, plans::*},
};

/// Children and parents of two classes, in lessons of which some were recorded.
fn held(s: &Scene, sessions: &[Id<Session>]) -> Vec<HeldLesson> {
    let lesson = |id: &Id<Session>| {
        let session = s.world.get(*id);
        let bookings = s.world.bookings(*id);
        HeldLesson {
            event: s.world.get(session.event),
            seats: bookings.iter().flat_map(|booking| s.world.seats(booking.id)).collect(),
            bookings,
            participations: s.world.list(List::ParticipationsAt(*id)),
            session,
        }
    };
    sessions.iter().map(lesson).collect()
}

fn shares(s: &Scene, sessions: &[Id<Session>]) -> Vec<CourseShare> {
    let children: Vec<Child> = s.world.all();
    let class = |id| children.iter().find(|child| child.id == id).and_then(Child::class);
    let enrolled: Vec<_> = children.iter().map(|child| (child.id, child.class())).collect();
    let links: Vec<Link> = s.world.all();
    course_shares(&held(s, sessions), s.world.now, |child, _| class(child), &enrolled, &links)
}

#[test]
fn the_count_has_times_parents_and_children_reached_and_what_is_not_known() {
    let mut s = scene();
    let (child, mother) = s.family("雨桐", "王芳");
    let father = s.world.guardian("李强").of(child, Relation::Father, PARENT).id();
    let other_class = s.world.class(2025, 1);
    let sister = s.world.child("雨欣", other_class);
    s.world.link(mother, sister, Relation::Mother, PARENT);
    let (second, aunt) = s.family("梓轩", "王强");
    let (third, uncle) = s.family("思远", "陈静");
    let (_, later) = s.world.event_with(s.desk, &[30], |event| event.lesson = lesson(s.course));
    for (who, child) in [(mother, child), (aunt, second), (uncle, third)] {
        s.world.signs_up(who, s.session, &[child], 1);
        s.world.signs_up(who, later[0], &[child], 1);
    }
    s.begins();
    for (who, child, came) in [(mother, child, true), (father, child, true), (aunt, second, false)] {
        s.world.does(s.desk.actor(), &s.mark(who, child, came, 0));
    }
    let sessions = [s.session, later[0]];
    s.world.now = at("2026-10-13T08:30").timestamp();
    assert_eq!(course_sum(&shares(&s, &sessions)).times, 0, "it has not begun");
    s.world.now = at("2026-10-13T10:00").timestamp();
    let all = shares(&s, &sessions);
    let sum = course_sum(&all);
    assert_eq!((sum.times, sum.parents, sum.missed), (2, 2, 1));
    assert_eq!((sum.children, sum.reached), (4, 2), "a sister in another class is reached too");
    assert_eq!(sum.unknown, 1 + 3, "of the second lesson nobody recorded nothing is said");
    let of_class = course_groups(&all, |class| class);
    assert_eq!(of_class[&Some(s.class)].reached, 1);
    assert_eq!(of_class[&Some(other_class)].reached, 1);
    assert_eq!((of_class[&Some(other_class)].times, of_class[&Some(s.class)].times), (0, 2));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Every grouping sums to the whole, and no figure is larger than what it is part of.
    #[test]
    fn every_grouping_sums_to_the_whole(
        families in prop::collection::vec((0..3_u8, 0..2_u8, 0..4_u8, 0..4_u8), 1..9),
    ) {
        let mut s = scene();
        let classes = [s.class, s.world.class(2025, 1), s.world.class(2024, 3)];
        let (_, later) = s.world.event_with(s.desk, &[30], |event| event.lesson = lesson(s.course));
        let sessions = [s.session, later[0]];
        let mut wishes = Vec::new();
        for (class, siblings, first, second) in families {
            let children: Vec<_> = (0..=siblings)
                .map(|_| s.world.child("雨桐", classes[usize::from(class)]))
                .collect();
            let parent = s.world.guardian("王芳").of(children[0], Relation::Mother, PARENT).id();
            for child in &children[1..] {
                s.world.link(parent, *child, Relation::Mother, PARENT);
            }
            for (session, choice) in sessions.into_iter().zip([first, second]) {
                if choice % 2 == 1 {
                    s.world.signs_up(parent, session, &children[..1], 1);
                }
                wishes.push((session, parent, children[usize::from(choice) % children.len()], choice));
            }
        }
        s.begins();
        for (session, parent, child, choice) in wishes {
            s.session = session;
            if choice > 1 {
                s.world.does(s.desk.actor(), &s.mark(parent, child, choice == 3, 0));
            }
        }
        s.world.now = at("2026-10-13T10:00").timestamp();
        let all = shares(&s, &sessions);
        let whole = course_sum(&all);
        let groups = course_groups(&all, |class| class);
        let figures = |of: &CourseFigures| {
            [of.times, of.parents, of.children, of.reached, of.missed, of.unknown]
        };
        let mut sums = [0; 6];
        for group in groups.values() {
            sums.iter_mut().zip(figures(group)).for_each(|(sum, figure)| *sum += figure);
        }
        prop_assert_eq!(sums, figures(&whole));
        prop_assert!(groups.values().all(|group| group.reached <= group.children));
        prop_assert!(whole.parents <= whole.times);
    }
}
