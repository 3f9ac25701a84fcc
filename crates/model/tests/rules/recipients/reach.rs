//! Who has joined, who has not, and who is told on paper.

use super::{Shape, shape};
use crate::world::people::*;

pub(super) const SHAPES: &[Shape] = &[
    shape(
        "a child whose guardians have not joined is no family yet",
        "｜妈妈为雨桐未加入",
        |scene| {
            let child = scene.child("雨桐");
            let mother = scene.guardian("妈妈", child, PARENT);
            scene.not_joined(mother);
        },
    ),
    shape(
        "a father who has yet to join is named beside a mother who has",
        "雨桐：妈妈为雨桐｜爸爸为雨桐未加入",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            let father = scene.guardian("爸爸", child, PARENT);
            scene.not_joined(father);
        },
    ),
    shape(
        "a father of two who has yet to join is named for each child, and the mother keeps them together",
        "雨桐、雨泽：妈妈为雨桐、妈妈为雨泽｜爸爸为雨桐未加入、爸爸为雨泽未加入",
        |scene| {
            let both = scene.siblings();
            scene.guardian_of("妈妈", &both, PARENT);
            let father = scene.guardian_of("爸爸", &both, PARENT);
            scene.not_joined(father);
        },
    ),
    shape(
        "a grandfather without a device is told on paper beside a mother who has joined",
        "雨桐：妈妈为雨桐｜爷爷为雨桐纸质",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            let grandfather = scene.guardian("爷爷", child, GRANDPARENT);
            scene.on_paper(grandfather);
        },
    ),
    shape(
        "a family that is all on paper is reached by nobody, and printed for each",
        "｜外公为雨桐纸质、外婆为雨桐纸质",
        |scene| {
            let child = scene.child("雨桐");
            for name in ["外公", "外婆"] {
                let id = scene.guardian(name, child, PARENT);
                scene.on_paper(id);
            }
        },
    ),
    shape(
        "a father of two without a device is told on paper of each child",
        "｜爸爸为雨桐纸质、爸爸为雨泽纸质",
        |scene| {
            let both = scene.siblings();
            let father = scene.guardian_of("爸爸", &both, PARENT);
            scene.on_paper(father);
        },
    ),
    shape(
        "of a mother on paper and a father who has yet to join each has a remedy of their own",
        "｜妈妈为雨桐纸质、爸爸为雨桐未加入",
        |scene| {
            let child = scene.child("雨桐");
            let mother = scene.guardian("妈妈", child, PARENT);
            scene.on_paper(mother);
            let father = scene.guardian("爸爸", child, PARENT);
            scene.not_joined(father);
        },
    ),
    shape(
        "nothing is printed for a grandfather without a device who is barred",
        "雨桐：妈妈为雨桐｜爷爷为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            let grandfather = scene.guardian("爷爷", child, GRANDPARENT);
            scene.on_paper(grandfather);
            scene.world.bar(grandfather, child);
        },
    ),
    shape(
        "nobody is asked to invite a father who is barred and has yet to join",
        "雨桐：妈妈为雨桐｜爸爸为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            let father = scene.guardian("爸爸", child, PARENT);
            scene.not_joined(father);
            scene.world.bar(father, child);
        },
    ),
];
