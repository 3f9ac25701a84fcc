//! Parents: one home, two, and homes put together anew.

use super::{Shape, shape};
use crate::world::people::*;
use xinmei_model::Right;

pub(super) const SHAPES: &[Shape] = &[
    shape(
        "both parents of one child are one family",
        "雨桐：妈妈为雨桐、爸爸为雨桐｜",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            scene.guardian("爸爸", child, PARENT);
        },
    ),
    shape(
        "two families of one class are two",
        "梓轩：王强为梓轩；雨桐：王芳为雨桐｜",
        |scene| {
            let (child, other) = (scene.child("雨桐"), scene.child("梓轩"));
            scene.guardian("王芳", child, PARENT);
            scene.guardian("王强", other, PARENT);
        },
    ),
    shape(
        "separated parents are two homes and one family by their child; the grandmother of one has yet to join",
        "雨桐：妈妈为雨桐、爸爸为雨桐｜外婆为雨桐未加入",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            scene.guardian("爸爸", child, &[Right::Messages]);
            let grandmother = scene.guardian("外婆", child, GRANDPARENT);
            scene.not_joined(grandmother);
        },
    ),
    shape(
        "two homes with a child each and one in common are one family",
        "一诺、梓轩、雨桐：妈妈为一诺、妈妈为雨桐、爸爸为一诺、爸爸为梓轩｜",
        |scene| {
            let (hers, both, his) = (scene.child("雨桐"), scene.child("一诺"), scene.child("梓轩"));
            scene.guardian_of("妈妈", &[hers, both], PARENT);
            scene.guardian_of("爸爸", &[his, both], PARENT);
        },
    ),
    shape(
        "half siblings are one family by their mother, and each father is told of his own",
        "雨桐、雨泽：前夫为雨桐、妈妈为雨桐、妈妈为雨泽、爸爸为雨泽｜",
        |scene| {
            let [elder, younger] = scene.siblings();
            scene.guardian_of("妈妈", &[elder, younger], PARENT);
            scene.guardian("前夫", elder, PARENT);
            scene.guardian("爸爸", younger, PARENT);
        },
    ),
    shape(
        "parents who took one child each are two families",
        "雨桐：妈妈为雨桐；雨泽：爸爸为雨泽｜妈妈为雨泽不能接收、爸爸为雨桐不能接收",
        |scene| {
            let [hers, his] = scene.siblings();
            let mother = scene.guardian("妈妈", hers, PARENT);
            let father = scene.guardian("爸爸", his, PARENT);
            scene.also(mother, his, &[Right::PickUp]);
            scene.also(father, hers, &[]);
        },
    ),
    shape(
        "step-parents who were given messages of each other's child make one family of two",
        "梓轩、雨桐：继母为梓轩、继母为雨桐、继父为梓轩、继父为雨桐｜",
        |scene| {
            let (hers, his) = (scene.child("雨桐"), scene.child("梓轩"));
            let mother = scene.guardian("继母", hers, PARENT);
            let father = scene.guardian("继父", his, PARENT);
            scene.also(mother, his, &[Right::Messages]);
            scene.also(father, hers, &[Right::Messages]);
        },
    ),
    shape(
        "a stepfather who was given messages receives beside both parents",
        "雨桐：妈妈为雨桐、爸爸为雨桐、继父为雨桐｜",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            scene.guardian("爸爸", child, PARENT);
            scene.guardian("继父", child, &[Right::Messages]);
        },
    ),
    shape(
        "a stepfather without a right is left out beside a barred father, and the two look alike",
        "雨桐：妈妈为雨桐｜爸爸为雨桐不能接收、继父为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            scene.guardian("继父", child, &[]);
            let father = scene.guardian("爸爸", child, PARENT);
            scene.world.bar(father, child);
        },
    ),
    shape(
        "a father whose link ended is named nowhere, and the mother receives alone",
        "雨桐：妈妈为雨桐｜",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            let father = scene.guardian("爸爸", child, PARENT);
            let yesterday = scene.world.yesterday();
            scene.world.edit_link(father, child, |link| link.to = Some(yesterday));
        },
    ),
    shape(
        "a foster mother with an end date that is still to come receives, and the mother by birth does not",
        "雨桐：寄养妈妈为雨桐｜妈妈为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, &[Right::PickUp]);
            let foster = scene.guardian("寄养妈妈", child, PARENT);
            let tomorrow = scene.world.today().tomorrow().unwrap();
            scene.world.edit_link(foster, child, |link| link.to = Some(tomorrow));
        },
    ),
    shape(
        "a foster mother whose end date is past is named nowhere, and the parents have the child back",
        "雨桐：妈妈为雨桐、爸爸为雨桐｜",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            scene.guardian("爸爸", child, PARENT);
            let foster = scene.guardian("寄养妈妈", child, PARENT);
            let yesterday = scene.world.yesterday();
            scene.world.edit_link(foster, child, |link| link.to = Some(yesterday));
        },
    ),
    shape(
        "a foster mother who has the child from tomorrow on is named nowhere today",
        "雨桐：妈妈为雨桐｜",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            let foster = scene.guardian("寄养妈妈", child, PARENT);
            let tomorrow = scene.world.today().tomorrow().unwrap();
            scene.world.edit_link(foster, child, |link| link.from = tomorrow);
        },
    ),
    shape(
        "a guardian who is no relative receives like any other",
        "雨桐：福利院老师为雨桐｜",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("福利院老师", child, PARENT);
        },
    ),
    shape(
        "a child without any guardian is told to nobody and named to nobody",
        "梓轩：王强为梓轩｜",
        |scene| {
            scene.child("雨桐");
            let other = scene.child("梓轩");
            scene.guardian("王强", other, PARENT);
        },
    ),
];
