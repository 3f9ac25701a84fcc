//! Who may subscribe to what: for every shape of person the exact set of feeds.

use std::collections::BTreeSet;

use jiff::ToSpan;
use proptest::{prelude::*, test_runner::FileFailurePersistence};
use uuid::Uuid;
use xinmei_model::{
    Audience, Child, Event, Feed, Id, Person, Place, Post, Relation, Right, RoleKind, Target, joined,
};

use crate::world::{World, people::*};

/// One class with a child, one on another campus, an event and a post on each campus.
struct Scene {
    world: World,
    class: Id<Place>,
    east: Id<Place>,
    far: Id<Place>,
    child: Id<Child>,
    event: Id<Event>,
    post: Id<Post>,
}

fn scene() -> Scene {
    let mut world = World::school();
    let (class, east) = (world.class(2024, 2), world.campus("东校区"));
    let far = world.class_at(east, 2022, 1);
    let child = world.child("李雨桐", class);
    let desk = world.coordinator(world.root);
    let (event, _) = world.event(desk, &[5]);
    let (post, _) = world.post(desk, &[("2026-10-13T08:00", "2026-10-13T09:00", 1)]);
    world.event_with(desk, &[5], |event| event.place = east);
    Scene { world, class, east, far, child, event, post }
}

impl Scene {
    fn here(&self) -> Vec<Id<Place>> {
        self.world.path(self.class)
    }

    #[track_caller]
    fn has(&self, person: Id<Person>, expected: impl IntoIterator<Item = Feed>) {
        let mut expected: BTreeSet<_> = expected.into_iter().collect();
        expected.insert(Feed::Person(person));
        // What is one's own about a child goes with the right to messages.
        let own = |feed: &Feed| match feed {
            Feed::ChildRight(child, Right::Messages) => Some(Feed::Own(*child, person)),
            _ => None,
        };
        expected.extend(expected.iter().filter_map(own).collect::<Vec<_>>());
        assert_eq!(self.world.feeds_of(person), expected, "{}", self.world.get(person).name);
    }
}

/// What these rights for one child with this path open.
fn of_child(child: Id<Child>, path: &[Id<Place>], rights: &[Right]) -> Vec<Feed> {
    let mut feeds = vec![Feed::School, Feed::Child(child)];
    for right in rights {
        feeds.push(Feed::ChildRight(child, *right));
        feeds.extend(path.iter().map(|place| Feed::Place(*place, *right)));
    }
    feeds
}

/// What staff at a place with this path read there, with an author's feed of their own.
fn of_staff(person: Id<Person>, path: &[Id<Place>]) -> Vec<Feed> {
    let mut feeds = vec![Feed::School, Feed::Staff, Feed::Author(person)];
    feeds.extend(path.iter().flat_map(|place| [Feed::Place(*place, Right::Messages), Feed::Told(*place)]));
    feeds
}

#[test]
fn a_parent_has_the_school_the_child_and_each_right_at_every_place_above() {
    let mut scene = scene();
    let mother = scene.world.guardian("王芳").of(scene.child, Relation::Mother, PARENT).id();
    scene.has(mother, of_child(scene.child, &scene.here(), PARENT));
}

#[test]
fn a_grandparent_has_only_the_rights_that_were_given() {
    let mut scene = scene();
    let id = scene.world.guardian("赵秀英").of(scene.child, Relation::PaternalGrandmother, GRANDPARENT).id();
    scene.has(id, of_child(scene.child, &scene.here(), GRANDPARENT));
}

#[test]
fn children_on_two_campuses_open_both() {
    let mut scene = scene();
    let there = scene.world.child("李雨泽", scene.far);
    let mother = scene.world.guardian("王芳").of(scene.child, Relation::Mother, PARENT);
    let mother = mother.of(there, Relation::Mother, &[Right::Messages]).id();
    let far = of_child(there, &scene.world.path(scene.far), &[Right::Messages]);
    scene.has(mother, [of_child(scene.child, &scene.here(), PARENT), far].concat());
}

#[test]
fn a_barred_guardian_a_stranger_and_one_whose_rights_ended_have_only_their_own_feed() {
    let mut scene = scene();
    let (child, yesterday, today) = (scene.child, scene.world.yesterday(), scene.world.today());
    let mut parent = |name: &str| scene.world.guardian(name).of(child, Relation::Father, PARENT).id();
    let (barred, ended, gone, later) =
        (parent("禁止"), parent("权利到期"), parent("关系到期"), parent("未开始"));
    scene.world.bar(barred, child);
    scene.world.edit_link(gone, child, |link| link.to = Some(yesterday));
    scene.world.edit_link(later, child, |link| link.from = today + 1.day());
    scene.world.edit_link(ended, child, |link| {
        let rights = &mut link.rights;
        for right in [&mut rights.messages, &mut rights.decide, &mut rights.records, &mut rights.pick_up] {
            *right = until(yesterday);
        }
    });
    let none = scene.world.guardian("没有权利").of(child, Relation::Other, &[]).id();
    let stranger = scene.world.person("陌生人");
    let left = scene.world.staff("离职", RoleKind::Head, scene.world.root);
    scene.world.edit(left.role, |role| role.to = Some(yesterday));
    for person in [barred, ended, gone, later, none, stranger, left.person] {
        scene.has(person, []);
    }
}

#[test]
fn one_right_that_ended_takes_its_own_feeds_and_no_others() {
    let mut scene = scene();
    let mother = scene.world.guardian("王芳").of(scene.child, Relation::Mother, PARENT).id();
    let yesterday = scene.world.yesterday();
    scene.world.edit_link(mother, scene.child, |link| link.rights.records = until(yesterday));
    let rest = [Right::Messages, Right::Decide, Right::PickUp];
    scene.has(mother, of_child(scene.child, &scene.here(), &rest));
}

#[test]
fn a_transfer_moves_the_places_and_keeps_the_child() {
    let mut scene = scene();
    let mother = scene.world.guardian("王芳").of(scene.child, Relation::Mother, PARENT).id();
    scene.world.transfer(scene.child, scene.far);
    scene.has(mother, of_child(scene.child, &scene.world.path(scene.far), PARENT));
}

#[test]
fn each_role_opens_what_its_powers_need_and_nothing_else() {
    let mut scene = scene();
    let (class, campus, root) = (scene.class, scene.world.campus, scene.world.root);
    let grade = scene.world.grade_of(class);
    let lists = |places: &[Id<Place>]| {
        places.iter().flat_map(|place| [Feed::Class(*place), Feed::Told(*place)]).collect::<Vec<_>>()
    };
    let own = |class: Id<Place>| {
        [lists(&[class]), vec![Feed::Requests(class), Feed::Answers(class), Feed::Turns(class)]].concat()
    };
    let desks =
        vec![Feed::Desk(scene.event.uuid()), Feed::CheckIn(scene.event), Feed::Desk(scene.post.uuid())];
    let everywhere: Vec<_> = scene.world.all::<Place>().iter().map(|place| place.id).collect();
    let reports: Vec<_> = everywhere.iter().map(|place| Feed::Reports(*place)).collect();
    let gates = [campus, scene.east].map(Feed::Gate).to_vec();
    let cases = [
        (RoleKind::ClassTeacher, class, own(class)),
        (RoleKind::SubjectTeacher, class, lists(&[class])),
        (RoleKind::SubjectTeacher, grade, lists(&[grade, class])),
        (
            RoleKind::Coordinator,
            campus,
            [
                lists(&[campus, grade, class]),
                desks,
                [campus, grade, class].map(Feed::Hours).to_vec(),
                vec![Feed::Gate(campus), Feed::Turns(class)],
            ]
            .concat(),
        ),
        (
            RoleKind::Coordinator,
            class,
            [lists(&[class]), vec![Feed::Answers(class), Feed::Hours(class), Feed::Turns(class)]].concat(),
        ),
        (
            RoleKind::Head,
            root,
            [lists(&everywhere), reports.clone(), gates, vec![Feed::Approvals(root)]].concat(),
        ),
        (RoleKind::Counsellor, campus, lists(&[campus, grade, class])),
        (
            RoleKind::Administrator,
            root,
            [lists(&everywhere), reports, [class, scene.far].map(Feed::Turns).to_vec(), vec![Feed::Office]]
                .concat(),
        ),
        (RoleKind::ClassTeacher, scene.far, own(scene.far)),
    ];
    for (kind, place, expected) in cases {
        let staff = scene.world.staff(&format!("{kind:?}"), kind, place);
        let common = of_staff(staff.person, &scene.world.path(place));
        let talks = kind != RoleKind::Administrator;
        let inbox = talks.then_some(Feed::Inbox(staff.role.uuid())).into_iter().collect();
        scene.has(staff.person, [common, expected, inbox].concat());
    }
    assert!(scene.world.path(scene.far).contains(&scene.east));
}

#[test]
fn a_coordinator_of_the_school_has_the_desks_of_every_campus() {
    let mut scene = scene();
    let staff = scene.world.coordinator(scene.world.root);
    let feeds = scene.world.feeds_of(staff.person);
    assert_eq!(feeds.iter().filter(|feed| matches!(feed, Feed::Desk(_))).count(), 3);
}

#[test]
fn a_teacher_who_is_a_parent_has_both_and_no_staff_feed_of_the_own_child() {
    let mut scene = scene();
    let teacher = scene.world.teacher("张晓梅", scene.far);
    scene.world.link(teacher.person, scene.child, Relation::Mother, PARENT);
    let own = of_child(scene.child, &scene.here(), PARENT);
    let staff = of_staff(teacher.person, &scene.world.path(scene.far));
    let far = scene.far;
    let class = [Feed::Class(far), Feed::Answers(far), Feed::Requests(far), Feed::Turns(far)];
    let open = [class.to_vec(), vec![Feed::Inbox(teacher.role.uuid())]].concat();
    scene.has(teacher.person, [own, staff, open].concat());
}

#[test]
fn an_audience_of_ones_own_stands_only_while_the_right_it_rests_on_does() {
    let mut scene = scene();
    let elsewhere = scene.world.child("刘子涵", scene.class);
    let mother = scene.world.guardian("王芳").of(scene.child, Relation::Mother, PARENT).id();
    let teacher = scene.world.teacher("张晓梅", scene.class);
    let include = vec![Target::Child(scene.child), Target::Child(elsewhere)];
    let id = scene.world.notice(teacher, Audience { include, except: vec![] });
    let open = of_child(scene.child, &scene.here(), PARENT);
    scene.has(mother, [open, vec![Feed::Audience(id)]].concat());
    scene.world.link(mother, scene.child, Relation::Mother, &[Right::Decide]);
    scene.has(mother, of_child(scene.child, &scene.here(), &[Right::Decide]));
}

#[test]
fn the_first_device_of_a_person_is_noted_once_on_every_link() {
    let mut scene = scene();
    let mother = scene.world.guardian("王芳").of(scene.child, Relation::Mother, PARENT).id();
    scene.world.edit(mother, |person| person.joined = None);
    scene.world.edit_link(mother, scene.child, |link| link.joined = false);
    let join = |scene: &mut Scene| {
        let changes = scene.world.ask(|facts| joined(facts, mother)).unwrap();
        scene.world.apply(changes.clone());
        changes.len()
    };
    assert_eq!((join(&mut scene), join(&mut scene)), (2, 0));
    assert_eq!(scene.world.get(mother).joined, Some(scene.world.now));
    let link = link_id(mother, scene.child);
    assert!(scene.world.get(link).joined);
    assert_eq!(scene.world.feeds(link), [Feed::Person(mother), Feed::Class(scene.class)].into());
}

fn feed() -> impl Strategy<Value = Feed> {
    let right = || prop::sample::select(Right::ALL.to_vec());
    let id = || any::<u128>().prop_map(Uuid::from_u128);
    prop_oneof![
        Just(Feed::School),
        Just(Feed::Office),
        (id(), right()).prop_map(|(id, right)| Feed::Place(Id::new(id), right)),
        (id(), right()).prop_map(|(id, right)| Feed::ChildRight(Id::new(id), right)),
        id().prop_map(|id| Feed::Class(Id::new(id))),
        id().prop_map(|id| Feed::Told(Id::new(id))),
        id().prop_map(|id| Feed::Answers(Id::new(id))),
        id().prop_map(|id| Feed::Child(Id::new(id))),
        id().prop_map(|id| Feed::Person(Id::new(id))),
        id().prop_map(Feed::Desk),
        id().prop_map(|id| Feed::Author(Id::new(id))),
        id().prop_map(|id| Feed::Audience(Id::new(id))),
        id().prop_map(|id| Feed::Requests(Id::new(id))),
        id().prop_map(|id| Feed::Gate(Id::new(id))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 256,
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(
            concat!(env!("CARGO_MANIFEST_DIR"), "/tests/seeds/feeds.txt"),
        ))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_feed_is_read_back_as_it_was_written(feed in feed(), other in feed()) {
        prop_assert_eq!(feed.to_string().parse(), Ok(feed));
        let json = serde_json::to_string(&feed).unwrap();
        prop_assert_eq!(serde_json::from_str::<Feed>(&json).unwrap(), feed);
        prop_assert_eq!(feed == other, feed.to_string() == other.to_string());
    }

    #[test]
    fn what_names_no_feed_is_refused_and_never_panics(text in "[a-z/\\-]{0,20}|.{0,60}", feed in feed()) {
        if let Ok(read) = text.parse::<Feed>() {
            prop_assert_eq!(read.to_string(), text);
        }
        for wrong in [format!("{feed}/"), format!("/{feed}"), format!("{feed}/pickup"), feed.to_string().to_uppercase()] {
            prop_assert!(wrong.parse::<Feed>().is_err(), "{} was read", wrong);
        }
    }
}
