//! Siblings, alike and not.

use super::{Shape, shape};
use crate::world::people::*;
use xinmei_model::{Right, Target};

pub(super) const SHAPES: &[Shape] = &[
    shape(
        "siblings are merged into one family",
        "雨桐、雨泽：妈妈为雨桐、妈妈为雨泽｜",
        |scene| {
            let both = scene.siblings();
            scene.guardian_of("妈妈", &both, PARENT);
        },
    ),
    shape(
        "twins of two parents in one class are one family, told by each parent of each twin",
        "雨桐、雨泽：妈妈为雨桐、妈妈为雨泽、爸爸为雨桐、爸爸为雨泽｜",
        |scene| {
            let twins = scene.siblings();
            scene.guardian_of("妈妈", &twins, PARENT);
            scene.guardian_of("爸爸", &twins, PARENT);
        },
    ),
    shape(
        "a sister of twins who is next door is not named to this class",
        "雨桐、雨泽：爸爸为雨桐、爸爸为雨泽｜",
        |scene| {
            let [one, other] = scene.siblings();
            let elder = scene.world.child("雨晴", scene.next_door);
            scene.guardian_of("爸爸", &[one, other, elder], PARENT);
        },
    ),
    shape(
        "a right withheld for one of two siblings leaves only that child out",
        "雨泽：妈妈为雨泽｜妈妈为雨桐不能接收",
        |scene| {
            let [elder, younger] = scene.siblings();
            let mother = scene.guardian("妈妈", elder, &[Right::Decide]);
            scene.also(mother, younger, PARENT);
        },
    ),
    shape(
        "a father barred for one of two siblings is told of the other",
        "雨泽：爸爸为雨泽｜爸爸为雨桐不能接收",
        |scene| {
            let both = scene.siblings();
            let father = scene.guardian_of("爸爸", &both, PARENT);
            scene.world.bar(father, both[0]);
        },
    ),
    shape(
        "a mother of two is told of both, and the father of the one he is not barred from",
        "雨桐、雨泽：妈妈为雨桐、妈妈为雨泽、爸爸为雨泽｜爸爸为雨桐不能接收",
        |scene| {
            let both = scene.siblings();
            scene.guardian_of("妈妈", &both, PARENT);
            let father = scene.guardian_of("爸爸", &both, PARENT);
            scene.world.bar(father, both[0]);
        },
    ),
    shape(
        "siblings whose parents are each barred from another of them are two families",
        "雨桐：妈妈为雨桐；雨泽：爸爸为雨泽｜妈妈为雨泽不能接收、爸爸为雨桐不能接收",
        |scene| {
            let [hers, his] = scene.siblings();
            let mother = scene.guardian_of("妈妈", &[hers, his], PARENT);
            let father = scene.guardian_of("爸爸", &[hers, his], PARENT);
            scene.world.bar(mother, his);
            scene.world.bar(father, hers);
        },
    ),
    shape(
        "a foster mother whose care of one sibling ended is told of the one who stayed",
        "雨泽：寄养妈妈为雨泽｜",
        |scene| {
            let [left, stayed] = scene.siblings();
            let mother = scene.guardian_of("寄养妈妈", &[left, stayed], PARENT);
            let yesterday = scene.world.yesterday();
            scene.world.edit_link(mother, left, |link| link.to = Some(yesterday));
        },
    ),
    shape(
        "siblings of whom one lives with a grandmother are two families",
        "雨桐：外婆为雨桐；雨泽：妈妈为雨泽、爸爸为雨泽｜",
        |scene| {
            let [elder, younger] = scene.siblings();
            scene.guardian("外婆", elder, GRANDPARENT);
            scene.guardian("妈妈", younger, PARENT);
            scene.guardian("爸爸", younger, PARENT);
        },
    ),
    shape(
        "of three siblings in one class the one whom the notice is not for is not named",
        "雨晴、雨泽：妈妈为雨晴、妈妈为雨泽｜",
        |scene| {
            let [elder, younger] = scene.siblings();
            let youngest = scene.child("雨晴");
            scene.guardian_of("妈妈", &[elder, younger, youngest], PARENT);
            scene.to(&[Target::Place(scene.class)], &[Target::Child(elder)]);
        },
    ),
    shape(
        "a family excluded by one child still hears of the sibling whose class is told",
        "雨泽：妈妈为雨泽｜",
        |scene| {
            let (elder, younger) = (scene.child("雨桐"), scene.world.child("雨泽", scene.next_door));
            scene.guardian_of("妈妈", &[elder, younger], PARENT);
            let classes = [scene.class, scene.next_door].map(Target::Place);
            scene.to(&classes, &[Target::Child(elder)]);
        },
    ),
    shape(
        "a family named by one child hears nothing of the sibling whose class is taken out",
        "雨桐：妈妈为雨桐、爸爸为雨桐｜",
        |scene| {
            let (elder, younger) = (scene.child("雨桐"), scene.world.child("雨泽", scene.next_door));
            scene.guardian_of("妈妈", &[elder, younger], PARENT);
            scene.guardian_of("爸爸", &[elder, younger], PARENT);
            scene.to(&[elder, younger].map(Target::Child), &[Target::Place(scene.next_door)]);
        },
    ),
];
