//! More shapes of families: rights that differ between siblings, two homes, bars, paper.

use super::{family, scene};
use crate::world::{people::*, plans::*};
use xinmei_model::{Audience, Relation, Right, RoleKind, Target};

#[test]
fn a_father_barred_for_one_of_two_siblings_is_told_of_the_other() {
    family("雨泽：爸爸为雨泽｜爸爸为雨桐不能接收", |scene| {
        let (elder, younger) = (scene.child("雨桐"), scene.child("雨泽"));
        let father = scene.guardian("爸爸", elder, PARENT);
        scene.world.link(father, younger, Relation::Father, PARENT);
        scene.world.bar(father, elder);
    });
}

#[test]
fn a_child_whose_parents_are_both_barred_is_told_to_the_aunt_who_has_it() {
    family("雨桐：姑姑为雨桐｜妈妈为雨桐不能接收、爸爸为雨桐不能接收", |scene| {
        let child = scene.child("雨桐");
        for name in ["妈妈", "爸爸"] {
            let parent = scene.guardian(name, child, PARENT);
            scene.world.bar(parent, child);
        }
        scene.guardian("姑姑", child, PARENT);
    });
}

#[test]
fn a_foster_mother_whose_care_of_one_sibling_ended_is_told_of_the_one_who_stayed() {
    family("雨泽：寄养妈妈为雨泽｜", |scene| {
        let (left, stayed) = (scene.child("雨桐"), scene.child("雨泽"));
        let mother = scene.guardian("寄养妈妈", left, PARENT);
        scene.world.link(mother, stayed, Relation::Other, PARENT);
        let yesterday = scene.world.yesterday();
        scene.world.edit_link(mother, left, |link| link.to = Some(yesterday));
    });
}

#[test]
fn a_teacher_of_the_class_who_is_barred_from_the_own_child_receives_nothing_as_a_parent() {
    family("雨桐：妈妈为雨桐｜陈老师为雨桐不能接收", |scene| {
        let child = scene.child("雨桐");
        scene.guardian("妈妈", child, PARENT);
        let father = scene.guardian("陈老师", child, PARENT);
        scene.world.role(father, RoleKind::ClassTeacher, scene.class);
        scene.world.bar(father, child);
    });
}

#[test]
fn of_siblings_on_two_campuses_with_the_right_withheld_at_one_the_school_names_only_the_other() {
    let mut scene = scene();
    let (here, there) = (scene.child("雨桐"), scene.world.child("雨泽", scene.far));
    let father = scene.guardian("爸爸", here, PARENT);
    scene.world.link(father, there, Relation::Father, &[Right::PickUp]);
    assert_eq!(scene.preview(&to_place(scene.world.root)), "雨桐：爸爸为雨桐｜爸爸为雨泽不能接收");
    assert_eq!(scene.preview(&to_place(scene.far)), "｜爸爸为雨泽不能接收");
}

#[test]
fn a_family_that_is_all_on_paper_is_reached_by_nobody_and_printed_for_each() {
    family("｜外公为雨桐纸质、外婆为雨桐纸质", |scene| {
        let child = scene.child("雨桐");
        for name in ["外公", "外婆"] {
            let id = scene.guardian(name, child, PARENT);
            scene.world.edit_link(id, child, |link| (link.on_paper, link.joined) = (true, false));
        }
    });
}

#[test]
fn a_nanny_who_only_fetches_is_told_nothing() {
    family("雨桐：妈妈为雨桐｜阿姨为雨桐不能接收", |scene| {
        let child = scene.child("雨桐");
        scene.guardian("妈妈", child, PARENT);
        scene.guardian("阿姨", child, &[Right::PickUp]);
    });
}

#[test]
fn three_generations_under_one_roof_are_one_family() {
    family(
        "雨桐：外公为雨桐、外婆为雨桐、奶奶为雨桐、妈妈为雨桐、爷爷为雨桐、爸爸为雨桐｜",
        |scene| {
            let child = scene.child("雨桐");
            for name in ["爸爸", "妈妈"] {
                scene.guardian(name, child, PARENT);
            }
            for name in ["爷爷", "奶奶", "外公", "外婆"] {
                scene.guardian(name, child, GRANDPARENT);
            }
        },
    );
}

#[test]
fn half_siblings_are_one_family_by_their_mother_and_each_father_is_told_of_his_own() {
    family(
        "雨桐、雨泽：前夫为雨桐、妈妈为雨桐、妈妈为雨泽、爸爸为雨泽｜",
        |scene| {
            let (elder, younger) = (scene.child("雨桐"), scene.child("雨泽"));
            let mother = scene.guardian("妈妈", elder, PARENT);
            scene.world.link(mother, younger, Relation::Mother, PARENT);
            scene.guardian("前夫", elder, PARENT);
            scene.guardian("爸爸", younger, PARENT);
        },
    );
}

#[test]
fn parents_who_took_one_child_each_are_two_families() {
    family(
        "雨桐：妈妈为雨桐；雨泽：爸爸为雨泽｜妈妈为雨泽不能接收、爸爸为雨桐不能接收",
        |scene| {
            let (hers, his) = (scene.child("雨桐"), scene.child("雨泽"));
            let mother = scene.guardian("妈妈", hers, PARENT);
            let father = scene.guardian("爸爸", his, PARENT);
            scene.world.link(mother, his, Relation::Mother, &[Right::PickUp]);
            scene.world.link(father, hers, Relation::Father, &[]);
        },
    );
}

#[test]
fn whoever_has_the_child_for_one_day_is_told_on_that_day() {
    family("雨桐：舅舅为雨桐｜妈妈为雨桐未加入", |scene| {
        let child = scene.child("雨桐");
        let mother = scene.guardian("妈妈", child, PARENT);
        scene.world.edit_link(mother, child, |link| link.joined = false);
        let uncle = scene.guardian("舅舅", child, &[Right::Messages]);
        let today = scene.world.today();
        scene.world.edit_link(uncle, child, |link| {
            (link.from, link.to) = (today, Some(today));
        });
    });
}

#[test]
fn a_family_left_out_by_one_child_still_hears_of_the_other() {
    let mut scene = scene();
    let (elder, younger) = (scene.child("雨桐"), scene.child("雨泽"));
    let mother = scene.guardian("妈妈", elder, PARENT);
    scene.world.link(mother, younger, Relation::Mother, PARENT);
    let audience = Audience { except: vec![Target::Child(elder)], ..to_place(scene.class) };
    assert_eq!(scene.preview(&audience), "雨泽：妈妈为雨泽｜");
}

#[test]
fn a_guardian_of_a_child_next_door_who_works_in_this_class_is_no_family_of_it() {
    let mut scene = scene();
    let child = scene.world.child("一诺", scene.next_door);
    let teacher = scene.guardian("周老师", child, PARENT);
    scene.world.role(teacher, RoleKind::SubjectTeacher, scene.class);
    assert_eq!(scene.preview(&to_place(scene.class)), "｜");
    assert_eq!(scene.preview(&to_place(scene.next_door)), "一诺：周老师为一诺｜");
}
