//! The preview in words: for every shape of family, who receives a notice and who is left out, and why.

mod shapes;

use std::collections::BTreeSet;

use xinmei_model::{Audience, Child, Id, Notice, Person, Place, Relation, Right, Target, Why};

use crate::world::{World, people::*, plans::*};

/// A school with two classes on one campus and one on another; who is not described is not there.
struct Scene {
    world: World,
    class: Id<Place>,
    next_door: Id<Place>,
    far: Id<Place>,
}

fn scene() -> Scene {
    let mut world = World::school();
    let east = world.campus("东校区");
    let (class, next_door) = (world.class(2024, 2), world.class(2024, 3));
    let far = world.class_at(east, 2022, 1);
    Scene { world, class, next_door, far }
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

    fn guardian(&mut self, name: &str, child: Id<Child>, rights: &[Right]) -> Id<Person> {
        self.world.guardian(name).of(child, Relation::Other, rights).id()
    }
}

/// Describes one family in the class and expects the preview of a notice to the class.
#[track_caller]
fn family(expected: &str, describe: impl FnOnce(&mut Scene)) {
    let mut scene = scene();
    describe(&mut scene);
    assert_eq!(scene.preview(&to_place(scene.class)), expected);
}

#[test]
fn both_parents_of_one_child_are_one_family() {
    family("雨桐：妈妈为雨桐、爸爸为雨桐｜", |scene| {
        let child = scene.child("雨桐");
        scene.guardian("妈妈", child, PARENT);
        scene.guardian("爸爸", child, PARENT);
    });
}

#[test]
fn siblings_are_merged_into_one_family() {
    family("雨桐、雨泽：妈妈为雨桐、妈妈为雨泽｜", |scene| {
        let (elder, younger) = (scene.child("雨桐"), scene.child("雨泽"));
        let mother = scene.guardian("妈妈", elder, PARENT);
        scene.world.link(mother, younger, Relation::Mother, PARENT);
    });
}

#[test]
fn separated_parents_are_two_homes_and_one_family_by_their_child() {
    family("雨桐：妈妈为雨桐、爸爸为雨桐｜外婆为雨桐未加入", |scene| {
        let child = scene.child("雨桐");
        scene.guardian("妈妈", child, PARENT);
        scene.guardian("爸爸", child, &[Right::Messages]);
        let grandmother = scene.guardian("外婆", child, GRANDPARENT);
        scene.world.edit_link(grandmother, child, |link| link.joined = false);
    });
}

#[test]
fn two_homes_with_a_child_each_and_one_in_common_are_one_family() {
    family(
        "一诺、梓轩、雨桐：妈妈为一诺、妈妈为雨桐、爸爸为一诺、爸爸为梓轩｜",
        |scene| {
            let (hers, both, his) = (scene.child("雨桐"), scene.child("一诺"), scene.child("梓轩"));
            let mother = scene.guardian("妈妈", hers, PARENT);
            let father = scene.guardian("爸爸", his, PARENT);
            scene.world.link(mother, both, Relation::Mother, PARENT);
            scene.world.link(father, both, Relation::Father, PARENT);
        },
    );
}

#[test]
fn two_families_of_one_class_are_two() {
    family("梓轩：王强为梓轩；雨桐：王芳为雨桐｜", |scene| {
        let (child, other) = (scene.child("雨桐"), scene.child("梓轩"));
        scene.guardian("王芳", child, PARENT);
        scene.guardian("王强", other, PARENT);
    });
}

#[test]
fn a_grandparent_with_messages_and_pick_up_receives() {
    family("雨桐：奶奶为雨桐｜", |scene| {
        let child = scene.child("雨桐");
        scene.guardian("奶奶", child, GRANDPARENT);
    });
}

#[test]
fn whoever_holds_other_rights_but_not_messages_cannot_receive() {
    family("｜爸爸为雨桐不能接收", |scene| {
        let child = scene.child("雨桐");
        scene.guardian("爸爸", child, &[Right::Decide, Right::Records, Right::PickUp]);
    });
}

#[test]
fn one_right_withheld_for_one_of_two_siblings_leaves_only_that_child_out() {
    family("雨泽：妈妈为雨泽｜妈妈为雨桐不能接收", |scene| {
        let (elder, younger) = (scene.child("雨桐"), scene.child("雨泽"));
        let mother = scene.guardian("妈妈", elder, &[Right::Decide]);
        scene.world.link(mother, younger, Relation::Mother, PARENT);
    });
}

#[test]
fn a_barred_guardian_looks_like_one_without_the_right() {
    family("雨桐：妈妈为雨桐｜爸爸为雨桐不能接收", |scene| {
        let child = scene.child("雨桐");
        scene.guardian("妈妈", child, PARENT);
        let father = scene.guardian("爸爸", child, PARENT);
        scene.world.bar(father, child);
    });
}

#[test]
fn a_link_that_ended_is_named_nowhere_and_a_right_that_ended_cannot_receive() {
    family("｜妈妈为雨桐不能接收", |scene| {
        let child = scene.child("雨桐");
        let (mother, father) = (scene.guardian("妈妈", child, PARENT), scene.guardian("爸爸", child, PARENT));
        let yesterday = scene.world.yesterday();
        scene.world.edit_link(mother, child, |link| link.rights.messages = until(yesterday));
        scene.world.edit_link(father, child, |link| link.to = Some(yesterday));
    });
}

#[test]
fn a_child_whose_guardians_have_not_joined_is_no_family_yet() {
    family("｜妈妈为雨桐未加入", |scene| {
        let child = scene.child("雨桐");
        let mother = scene.guardian("妈妈", child, PARENT);
        scene.world.edit_link(mother, child, |link| link.joined = false);
    });
}

#[test]
fn a_guardian_without_a_device_is_told_on_paper_whether_joined_or_not() {
    family("雨桐：妈妈为雨桐｜外公为雨桐纸质、爷爷为雨桐纸质", |scene| {
        let child = scene.child("雨桐");
        scene.guardian("妈妈", child, PARENT);
        for (name, joined) in [("爷爷", true), ("外公", false)] {
            let id = scene.guardian(name, child, GRANDPARENT);
            scene.world.edit_link(id, child, |link| (link.on_paper, link.joined) = (true, joined));
        }
    });
}

#[test]
fn a_remark_that_waits_takes_nothing_from_a_right_that_was_granted() {
    // The preview and the feeds read one predicate: a new remark stops invites, it does not guess rights.
    family("雨桐：妈妈为雨桐｜", |scene| {
        let child = scene.child("雨桐");
        let mother = scene.guardian("妈妈", child, PARENT);
        scene.world.edit_link(mother, child, |link| link.undecided = true);
    });
}

#[test]
fn a_teacher_who_is_a_parent_receives_as_a_parent_only() {
    family("雨桐：张老师为雨桐｜", |scene| {
        let child = scene.child("雨桐");
        let teacher = scene.guardian("张老师", child, PARENT);
        scene.world.role(teacher, xinmei_model::RoleKind::ClassTeacher, scene.class);
        scene.world.teacher("刘老师", scene.class);
    });
}

#[test]
fn a_child_who_left_the_class_is_not_in_it_and_one_who_came_is() {
    family("一诺：陈刚为一诺｜", |scene| {
        let (leaves, comes) = (scene.child("雨桐"), scene.world.child("一诺", scene.next_door));
        scene.guardian("王芳", leaves, PARENT);
        scene.guardian("陈刚", comes, PARENT);
        scene.world.transfer(leaves, scene.next_door);
        scene.world.transfer(comes, scene.class);
    });
}

#[test]
fn a_family_with_children_on_two_campuses_is_one_family_of_the_school_and_one_child_of_each() {
    let mut scene = scene();
    let (here, there) = (scene.child("雨桐"), scene.world.child("雨泽", scene.far));
    let mother = scene.guardian("妈妈", here, PARENT);
    scene.world.link(mother, there, Relation::Mother, PARENT);
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
        let audience = Audience { include: include.into(), except: except.into() };
        assert_eq!(scene.preview(&audience), expected);
    }
}

#[test]
fn whoever_the_preview_names_can_read_it_and_whoever_it_leaves_out_for_want_of_a_right_cannot() {
    let mut scene = scene();
    let mut people = vec![];
    for (index, rights) in [PARENT, GRANDPARENT, &[Right::Decide], &[], &[Right::Messages]].iter().enumerate()
    {
        let child = scene.child(&format!("孩子{index}"));
        people.push(scene.guardian(&format!("家长{index}"), child, rights));
    }
    let outsider = scene.child("别班");
    scene.world.transfer(outsider, scene.next_door);
    people.push(scene.guardian("别班家长", outsider, PARENT));
    let teacher = scene.world.teacher("张晓梅", scene.class);
    let first: Id<Child> =
        scene.world.list::<xinmei_model::Link>(xinmei_model::List::LinksBy(people[0]))[0].child;
    let own = Audience { include: to_place(scene.class).include, except: vec![Target::Child(first)] };
    for audience in [to_place(scene.class), own] {
        let found = scene.world.recipients(&audience);
        let named: BTreeSet<_> =
            found.families.iter().flat_map(|family| family.guardians.iter().map(|(who, _)| *who)).collect();
        let id: Id<Notice> = scene.world.notice(teacher, audience);
        for person in &people {
            let reads = scene.world.sees(*person, id);
            assert_eq!(reads, named.contains(person), "{}", scene.world.get(*person).name);
        }
        scene.world.does(teacher.actor(), &recall(id));
    }
}

#[test]
fn cousins_are_one_family_only_while_the_grandmother_they_share_receives() {
    let describe = |joined: bool| {
        move |scene: &mut Scene| {
            let (child, cousin) = (scene.child("雨桐"), scene.child("梓轩"));
            scene.guardian("妈妈", child, PARENT);
            scene.guardian("舅舅", cousin, PARENT);
            let grandmother = scene.guardian("外婆", child, GRANDPARENT);
            scene.world.link(grandmother, cousin, Relation::MaternalGrandmother, GRANDPARENT);
            for child in [child, cousin] {
                scene.world.edit_link(grandmother, child, |link| link.joined = joined);
            }
        }
    };
    family("梓轩、雨桐：外婆为梓轩、外婆为雨桐、妈妈为雨桐、舅舅为梓轩｜", describe(true));
    family("梓轩：舅舅为梓轩；雨桐：妈妈为雨桐｜外婆为梓轩未加入、外婆为雨桐未加入", describe(false));
}

#[test]
fn twins_are_one_family_and_a_sibling_elsewhere_is_not_named_to_this_class() {
    family("雨桐、雨泽：爸爸为雨桐、爸爸为雨泽｜", |scene| {
        let twins = [scene.child("雨桐"), scene.child("雨泽")];
        let elder = scene.world.child("雨晴", scene.next_door);
        let father = scene.guardian("爸爸", twins[0], PARENT);
        for child in [twins[1], elder] {
            scene.world.link(father, child, Relation::Father, PARENT);
        }
    });
}

#[test]
fn a_child_raised_by_a_grandfather_is_told_through_him_and_the_parents_far_away_are_named() {
    family("雨桐：爷爷为雨桐｜妈妈为雨桐未加入、爸爸为雨桐未加入", |scene| {
        let child = scene.child("雨桐");
        scene.guardian("爷爷", child, GRANDPARENT);
        for name in ["爸爸", "妈妈"] {
            let parent = scene.guardian(name, child, PARENT);
            scene.world.edit_link(parent, child, |link| link.joined = false);
        }
    });
}

#[test]
fn a_guardian_who_is_no_relative_receives_like_any_other() {
    family("雨桐：福利院老师为雨桐｜", |scene| {
        let child = scene.child("雨桐");
        scene.guardian("福利院老师", child, PARENT);
    });
}

#[test]
fn a_child_without_any_guardian_is_told_to_nobody_and_named_to_nobody() {
    family("梓轩：王强为梓轩｜", |scene| {
        scene.child("雨桐");
        let other = scene.child("梓轩");
        scene.guardian("王强", other, PARENT);
    });
}

#[test]
fn messages_are_received_whichever_other_right_is_withheld() {
    for withheld in [Right::Decide, Right::Records, Right::PickUp] {
        let rights: Vec<_> = Right::ALL.into_iter().filter(|right| *right != withheld).collect();
        family("雨桐：爸爸为雨桐｜", |scene| {
            let child = scene.child("雨桐");
            scene.guardian("爸爸", child, &rights);
        });
    }
}

#[test]
fn a_right_that_begins_tomorrow_is_none_today_and_one_that_ends_today_still_is() {
    family("雨桐：妈妈为雨桐｜爸爸为雨桐不能接收", |scene| {
        let child = scene.child("雨桐");
        let (mother, father) = (scene.guardian("妈妈", child, PARENT), scene.guardian("爸爸", child, PARENT));
        let today = scene.world.today();
        let tomorrow = today.tomorrow().unwrap();
        scene.world.edit_link(mother, child, |link| link.rights.messages = until(today));
        scene.world.edit_link(father, child, |link| {
            link.rights.messages.as_mut().unwrap().from = tomorrow;
        });
    });
}

#[test]
fn a_stepfather_without_a_right_is_left_out_beside_a_mother_who_receives() {
    family("雨桐：妈妈为雨桐｜爸爸为雨桐不能接收、继父为雨桐不能接收", |scene| {
        let child = scene.child("雨桐");
        scene.guardian("妈妈", child, PARENT);
        scene.guardian("继父", child, &[]);
        let father = scene.guardian("爸爸", child, PARENT);
        scene.world.bar(father, child);
    });
}

#[test]
fn two_teachers_of_the_school_with_a_child_each_and_one_together_are_one_family() {
    family(
        "一诺、梓轩、雨桐：周老师为一诺、周老师为雨桐、陈老师为一诺、陈老师为梓轩｜",
        |scene| {
            let (hers, his, both) = (scene.child("雨桐"), scene.child("梓轩"), scene.child("一诺"));
            let her = scene.guardian("周老师", hers, PARENT);
            let him = scene.guardian("陈老师", his, PARENT);
            for person in [her, him] {
                scene.world.link(person, both, Relation::Other, PARENT);
                scene.world.role(person, xinmei_model::RoleKind::SubjectTeacher, scene.class);
            }
        },
    );
}

#[test]
fn a_father_on_paper_for_one_child_and_here_for_the_other_is_told_of_the_other() {
    family("雨泽：爸爸为雨泽｜爸爸为雨桐纸质", |scene| {
        let (elder, younger) = (scene.child("雨桐"), scene.child("雨泽"));
        let father = scene.guardian("爸爸", elder, PARENT);
        scene.world.link(father, younger, Relation::Father, PARENT);
        scene.world.edit_link(father, elder, |link| link.on_paper = true);
    });
}
