//! Two campuses, another class, leaving, and staff who are parents.

use super::{Shape, shape};
use crate::world::people::*;
use xinmei_model::{Right, RoleKind, Target};

pub(super) const SHAPES: &[Shape] = &[
    shape(
        "a family with children on two campuses is one family of both",
        "雨桐、雨泽：妈妈为雨桐、妈妈为雨泽｜",
        |scene| {
            let (here, there) = (scene.child("雨桐"), scene.world.child("雨泽", scene.far));
            scene.guardian_of("妈妈", &[here, there], PARENT);
            scene.to(&[scene.class, scene.far].map(Target::Place), &[]);
        },
    ),
    shape(
        "of siblings on two campuses with the right withheld at one, only the other is named",
        "雨桐：爸爸为雨桐｜爸爸为雨泽不能接收",
        |scene| {
            let (here, there) = (scene.child("雨桐"), scene.world.child("雨泽", scene.far));
            let father = scene.guardian("爸爸", here, PARENT);
            scene.also(father, there, &[Right::PickUp]);
            scene.to(&[scene.class, scene.far].map(Target::Place), &[]);
        },
    ),
    shape(
        "a father barred from the child on one campus stays one family with the mother of both",
        "雨桐、雨泽：妈妈为雨桐、妈妈为雨泽、爸爸为雨桐｜爸爸为雨泽不能接收",
        |scene| {
            let (here, there) = (scene.child("雨桐"), scene.world.child("雨泽", scene.far));
            scene.guardian_of("妈妈", &[here, there], PARENT);
            let father = scene.guardian_of("爸爸", &[here, there], PARENT);
            scene.world.bar(father, there);
            scene.to(&[scene.class, scene.far].map(Target::Place), &[]);
        },
    ),
    shape(
        "a child who left the class is not in it, and one who came is",
        "一诺：陈刚为一诺｜",
        |scene| {
            let (leaves, comes) = (scene.child("雨桐"), scene.world.child("一诺", scene.next_door));
            scene.guardian("王芳", leaves, PARENT);
            scene.guardian("陈刚", comes, PARENT);
            scene.moves(leaves, Some(scene.next_door));
            scene.moves(comes, Some(scene.class));
        },
    ),
    shape(
        "a child who moved today is told once where both its classes are told",
        "雨桐：妈妈为雨桐、爸爸为雨桐｜",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            scene.guardian("爸爸", child, PARENT);
            scene.moves(child, Some(scene.next_door));
            scene.to(&[scene.class, scene.next_door].map(Target::Place), &[]);
        },
    ),
    shape(
        "a child who moved today is told where it is now, although the class it came from is taken out",
        "雨桐、雨泽：妈妈为雨桐、妈妈为雨泽｜",
        |scene| {
            let (moved, stays) = (scene.child("雨桐"), scene.world.child("雨泽", scene.next_door));
            scene.guardian_of("妈妈", &[moved, stays], PARENT);
            scene.moves(moved, Some(scene.next_door));
            scene.to(&[Target::Place(scene.world.campus)], &[Target::Place(scene.class)]);
        },
    ),
    shape(
        "a pupil who left is in no class, and whoever stood for it is named nowhere",
        "梓轩：王强为梓轩｜",
        |scene| {
            let (left, stays) = (scene.child("雨桐"), scene.child("梓轩"));
            scene.guardian("王强", stays, PARENT);
            let mother = scene.guardian("王芳", left, PARENT);
            let yesterday = scene.world.yesterday();
            scene.moves(left, None);
            scene.world.edit_link(mother, left, |link| link.to = Some(yesterday));
        },
    ),
    shape(
        "a mother of a pupil who left and of one who stays is told of the one who stays",
        "雨泽：妈妈为雨泽｜",
        |scene| {
            let [left, stays] = scene.siblings();
            let mother = scene.guardian_of("妈妈", &[left, stays], PARENT);
            let yesterday = scene.world.yesterday();
            scene.moves(left, None);
            scene.world.edit_link(mother, left, |link| link.to = Some(yesterday));
        },
    ),
    shape(
        "a class teacher who is a parent receives as a parent only",
        "雨桐：张老师为雨桐｜",
        |scene| {
            let child = scene.child("雨桐");
            let teacher = scene.guardian("张老师", child, PARENT);
            scene.world.role(teacher, RoleKind::ClassTeacher, scene.class);
            scene.world.teacher("刘老师", scene.class);
        },
    ),
    shape(
        "a teacher of the class who is barred from the own child receives nothing as a parent",
        "雨桐：妈妈为雨桐｜陈老师为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            let father = scene.guardian("陈老师", child, PARENT);
            scene.world.role(father, RoleKind::ClassTeacher, scene.class);
            scene.world.bar(father, child);
        },
    ),
    shape(
        "two teachers of the school with a child each and one together are one family",
        "一诺、梓轩、雨桐：周老师为一诺、周老师为雨桐、陈老师为一诺、陈老师为梓轩｜",
        |scene| {
            let (hers, his, both) = (scene.child("雨桐"), scene.child("梓轩"), scene.child("一诺"));
            let her = scene.guardian_of("周老师", &[hers, both], PARENT);
            let him = scene.guardian_of("陈老师", &[his, both], PARENT);
            for person in [her, him] {
                scene.world.role(person, RoleKind::SubjectTeacher, scene.class);
            }
        },
    ),
    shape(
        "a teacher of this class whose child is next door is no family of this class",
        "雨桐：王芳为雨桐｜",
        |scene| {
            let (child, other) = (scene.world.child("一诺", scene.next_door), scene.child("雨桐"));
            scene.guardian("王芳", other, PARENT);
            let teacher = scene.guardian("周老师", child, PARENT);
            scene.world.role(teacher, RoleKind::SubjectTeacher, scene.class);
        },
    ),
    shape(
        "a headmaster who only fetches a grandchild receives nothing as a grandfather",
        "雨桐：妈妈为雨桐｜沈校长为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            let head = scene.guardian("沈校长", child, &[Right::PickUp]);
            scene.world.role(head, RoleKind::Head, scene.world.root);
        },
    ),
];
