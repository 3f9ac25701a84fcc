//! The preview in words: for every shape of family, who receives a notice and who is left out, and why.

mod elders;
mod homes;
mod reach;
mod rights;
mod schooling;
mod siblings;

use std::collections::{BTreeMap, BTreeSet};

use xinmei_model::{
    Act, Audience, Bar, Child, Enrolment, Grant, Id, Link, List, Notice, Person, Place, Relation, Right,
    Role, RoleKind, Target, Why, put_child,
};

use crate::world::{World, people::*, plans::*};

/// Every shape of family that is written down, theme by theme.
const THEMES: &[&[Shape]] =
    &[homes::SHAPES, siblings::SHAPES, elders::SHAPES, rights::SHAPES, reach::SHAPES, schooling::SHAPES];

/// So many shapes at least the school was promised.
const FAMILIES: usize = 40;

/// A family, and the preview of a notice to its class, or to whom else it says.
struct Shape {
    /// What is particular about it.
    words: &'static str,
    /// Families with who receives for which child, `｜`, then who is left out and why.
    preview: &'static str,
    describe: fn(&mut Scene),
}

const fn shape(words: &'static str, preview: &'static str, describe: fn(&mut Scene)) -> Shape {
    Shape { words, preview, describe }
}

impl Shape {
    fn scene(&self) -> Scene {
        let mut scene = scene();
        (self.describe)(&mut scene);
        scene
    }
}

fn shapes() -> impl Iterator<Item = &'static Shape> {
    THEMES.iter().copied().flatten()
}

/// A school with two classes on one campus and one on another; who is not described is not there.
struct Scene {
    world: World,
    class: Id<Place>,
    next_door: Id<Place>,
    far: Id<Place>,
    /// Whom the notice is for.
    audience: Audience,
}

fn scene() -> Scene {
    let mut world = World::school();
    let east = world.campus("东校区");
    let (class, next_door) = (world.class(2024, 2), world.class(2024, 3));
    let far = world.class_at(east, 2022, 1);
    Scene { world, class, next_door, far, audience: to_place(class) }
}

impl Scene {
    /// The preview as one text: families first, then who is left out.
    fn preview(&self, audience: &Audience) -> String {
        let found = self.world.recipients(audience);
        let sorted = |names: BTreeSet<String>| names.into_iter().collect::<Vec<_>>().join("、");
        let families: BTreeSet<_> = found
            .families
            .iter()
            .map(|family| {
                let children = family.children.iter().map(|child| self.world.get(*child).name).collect();
                let guardians = family.guardians.iter().map(|(who, child)| {
                    format!("{}为{}", self.world.get(*who).name, self.world.get(*child).name)
                });
                format!("{}：{}", sorted(children), sorted(guardians.collect()))
            })
            .collect();
        let left_out: BTreeSet<_> = found
            .left_out
            .iter()
            .map(|left| {
                assert_eq!(left.guardian_name, self.world.get(left.guardian).name);
                let why = match left.why {
                    Why::NotJoined => "未加入",
                    Why::OnPaper => "纸质",
                    Why::CannotReceive => "不能接收",
                };
                format!("{}为{}{why}", left.guardian_name, self.world.get(left.child).name)
            })
            .collect();
        let families: Vec<_> = families.into_iter().collect();
        format!("{}｜{}", families.join("；"), sorted(left_out))
    }

    fn child(&mut self, name: &str) -> Id<Child> {
        self.world.child(name, self.class)
    }

    /// Two children of the class.
    fn siblings(&mut self) -> [Id<Child>; 2] {
        ["雨桐", "雨泽"].map(|name| self.child(name))
    }

    fn guardian(&mut self, name: &str, child: Id<Child>, rights: &[Right]) -> Id<Person> {
        self.world.guardian(name).of(child, Relation::Other, rights).id()
    }

    /// Guardian of several children, with the same rights.
    fn guardian_of(&mut self, name: &str, children: &[Id<Child>], rights: &[Right]) -> Id<Person> {
        let id = self.world.guardian(name).id();
        children.iter().for_each(|child| self.world.link(id, *child, Relation::Other, rights));
        id
    }

    fn also(&mut self, guardian: Id<Person>, child: Id<Child>, rights: &[Right]) {
        self.world.link(guardian, child, Relation::Other, rights);
    }

    /// Has enrolled no device: that is so for every child at once.
    fn not_joined(&mut self, who: Id<Person>) {
        self.of_every_child(who, |link| link.joined = false);
    }

    /// Has no device: that is so for every child at once, and nobody has joined without one.
    fn on_paper(&mut self, who: Id<Person>) {
        self.of_every_child(who, |link| (link.joined, link.on_paper) = (false, true));
    }

    fn of_every_child(&mut self, who: Id<Person>, change: impl Fn(&mut Link)) {
        for link in self.world.list::<Link>(List::LinksBy(who)) {
            self.world.edit_link(who, link.child, &change);
        }
    }

    /// The office gives exactly these rights, which lifts an order.
    fn set_rights(&mut self, guardian: Id<Person>, child: Id<Child>, rights: &[Right]) {
        let office = self.world.administrator().actor();
        let (link, rights) = (link_id(guardian, child), rights.to_vec());
        self.world.does(office, &Act::SetRights { link, rights, barred: false });
    }

    /// As an import writes it: the old class until yesterday, the new one from today, or none.
    fn moves(&mut self, child: Id<Child>, class: Option<Id<Place>>) {
        let (today, yesterday) = (self.world.today(), self.world.yesterday());
        let mut child = self.world.get(child);
        child.enrolments.iter_mut().for_each(|enrolment| enrolment.to = Some(yesterday));
        child.enrolments.extend(class.map(|class| Enrolment { class, from: today, to: None }));
        child.path = class.map(|class| self.world.path(class)).unwrap_or_default();
        self.world.apply(vec![put_child(child)]);
    }

    fn to(&mut self, include: &[Target], except: &[Target]) {
        self.audience = Audience { include: include.into(), except: except.into() };
    }

    /// The family without names and ids: where each child is, and what each guardian is to it. Families that read alike
    /// here count as one shape, whatever they are called.
    fn outline(&self) -> Vec<String> {
        let (children, links): (Vec<Child>, Vec<Link>) = (self.world.all(), self.world.all());
        let guardians = links.iter().map(|link| self.outline_of(link, &links));
        let mut outline: Vec<_> = children.iter().map(where_is).chain(guardians).collect();
        outline.sort();
        outline
    }

    fn outline_of(&self, link: &Link, all: &[Link]) -> String {
        let child = where_is(&self.world.get(link.child));
        let beside = all.iter().filter(|other| other.child == link.child).count();
        let children = all.iter().filter(|other| other.guardian == link.guardian).count();
        let dates = |grant: &Option<Grant>| grant.as_ref().map(|grant| (grant.from, grant.to));
        let rights = &link.rights;
        let rights = [&rights.messages, &rights.decide, &rights.records, &rights.pick_up].map(dates);
        let state = (link.joined, link.on_paper, link.undecided, link.from, link.to);
        let barred = self.world.find(Bar::on(link.id)).is_some_and(|bar| bar.stands);
        let hats: Vec<_> = self.hats(link.guardian).iter().map(|role| (role.kind, role.place)).collect();
        format!("{child} {beside} {children} {rights:?} {state:?} {barred} {hats:?}")
    }

    fn hats(&self, person: Id<Person>) -> Vec<Role> {
        self.world.list(List::RolesOf(person))
    }
}

fn where_is(child: &Child) -> String {
    format!("{:?} {}", child.class(), child.enrolments.len())
}

#[test]
fn every_family_is_told_as_it_is_written() {
    let wrong = shapes().filter_map(|shape| {
        let scene = shape.scene();
        let found = scene.preview(&scene.audience);
        let (words, written) = (shape.words, shape.preview);
        (found != written).then(|| format!("{words}\n  written {written}\n  found   {found}"))
    });
    let wrong: Vec<_> = wrong.collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn there_are_forty_shapes_of_family_and_more_and_no_two_differ_only_by_name() {
    let mut outlines: BTreeMap<_, &str> = BTreeMap::new();
    for shape in shapes() {
        if let Some(same) = outlines.insert(shape.scene().outline(), shape.words) {
            panic!("one family twice:\n  {same}\n  {}", shape.words);
        }
    }
    assert!(outlines.len() >= FAMILIES, "{} shapes", outlines.len());
}

#[test]
fn in_every_family_whoever_is_named_reads_the_notice_and_whoever_cannot_receive_does_not() {
    for shape in shapes() {
        let mut scene = shape.scene();
        let found = scene.world.recipients(&scene.audience);
        if found.families.is_empty() {
            continue;
        }
        let named: BTreeSet<_> =
            found.families.iter().flat_map(|family| family.guardians.iter().map(|(who, _)| *who)).collect();
        // Who will be told on paper, or has yet to join, may read it: only no device has it.
        let without_device = found.left_out.iter().filter(|left| left.why != Why::CannotReceive);
        let without_device: BTreeSet<_> = without_device.map(|left| left.guardian).collect();
        let guardians: BTreeSet<_> = scene.world.all::<Link>().iter().map(|link| link.guardian).collect();
        let head = scene.world.staff("沈校长", RoleKind::Head, scene.world.root);
        let audience = scene.audience.clone();
        let id: Id<Notice> = scene.world.notice(head, audience);
        for person in guardians.difference(&without_device) {
            // Staff read it at their class, too, whatever they are to a child.
            if scene.hats(*person).is_empty() {
                let (words, name) = (shape.words, scene.world.get(*person).name);
                assert_eq!(scene.world.sees(*person, id), named.contains(person), "{words}: {name}");
            }
        }
    }
}

#[test]
fn exclusions_win_and_a_child_named_twice_is_told_once() {
    let mut scene = scene();
    let (a, b) = (scene.child("雨桐"), scene.child("梓轩"));
    let c = scene.world.child("一诺", scene.next_door);
    for (name, child) in [("甲", a), ("乙", b), ("丙", c)] {
        scene.guardian(name, child, PARENT);
    }
    let (class, next_door) = (Target::Place(scene.class), Target::Place(scene.next_door));
    let campus = Target::Place(scene.world.campus);
    let [a, b, c] = [a, b, c].map(Target::Child);
    let cases: [(&[Target], &[Target], &str); 7] = [
        (&[class], &[], "梓轩：乙为梓轩；雨桐：甲为雨桐｜"),
        (&[class], &[a], "梓轩：乙为梓轩｜"),
        (&[class, a, a, class], &[b], "雨桐：甲为雨桐｜"),
        (&[campus], &[class], "一诺：丙为一诺｜"),
        (&[class, next_door], &[b], "一诺：丙为一诺；雨桐：甲为雨桐｜"),
        (&[a], &[campus], "｜"),
        (&[c], &[a], "一诺：丙为一诺｜"),
    ];
    for (include, except, expected) in cases {
        scene.to(include, except);
        assert_eq!(scene.preview(&scene.audience), expected);
    }
}

#[test]
fn a_family_on_two_campuses_is_one_of_the_school_and_one_child_of_each_place() {
    let mut scene = scene();
    let (here, there) = (scene.child("雨桐"), scene.world.child("雨泽", scene.far));
    scene.guardian_of("妈妈", &[here, there], PARENT);
    let cases = [
        (scene.world.root, "雨桐、雨泽：妈妈为雨桐、妈妈为雨泽｜"),
        (scene.world.campus, "雨桐：妈妈为雨桐｜"),
        (scene.world.grade_of(scene.class), "雨桐：妈妈为雨桐｜"),
        (scene.far, "雨泽：妈妈为雨泽｜"),
        (scene.next_door, "｜"),
    ];
    for (place, expected) in cases {
        assert_eq!(scene.preview(&to_place(place)), expected);
    }
}
