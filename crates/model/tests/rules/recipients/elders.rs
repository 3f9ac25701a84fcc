//! Grandparents, aunts, nannies, and who stands for children of more than one home.

use super::{Scene, Shape, shape};
use crate::world::people::*;
use xinmei_model::{Child, Id, Person, Right};

pub(super) const SHAPES: &[Shape] = &[
    shape("a grandmother with messages and pick-up receives", "雨桐：奶奶为雨桐｜", |scene| {
        let child = scene.child("雨桐");
        scene.guardian("奶奶", child, GRANDPARENT);
    }),
    shape(
        "a grandfather who only fetches is told nothing",
        "雨桐：妈妈为雨桐｜爷爷为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            scene.guardian("爷爷", child, &[Right::PickUp]);
        },
    ),
    shape(
        "a nanny who fetches two siblings is told of neither and joins no families",
        "雨桐：妈妈为雨桐；雨泽：爸爸为雨泽｜阿姨为雨桐不能接收、阿姨为雨泽不能接收",
        |scene| {
            let [hers, his] = scene.siblings();
            scene.guardian("妈妈", hers, PARENT);
            scene.guardian("爸爸", his, PARENT);
            scene.guardian_of("阿姨", &[hers, his], &[Right::PickUp]);
        },
    ),
    shape(
        "three generations under one roof are one family",
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
    ),
    shape(
        "three generations with different rights: each is told, or left out, for a reason of their own",
        "雨桐：外婆为雨桐、妈妈为雨桐｜外公为雨桐不能接收、太奶奶为雨桐未加入、爷爷为雨桐纸质、爸爸为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            scene.guardian("爸爸", child, &[Right::Decide, Right::Records]);
            scene.guardian("外婆", child, &[Right::Messages]);
            scene.guardian("外公", child, &[Right::PickUp]);
            let grandfather = scene.guardian("爷爷", child, GRANDPARENT);
            scene.on_paper(grandfather);
            let eldest = scene.guardian("太奶奶", child, &[Right::Messages]);
            scene.not_joined(eldest);
        },
    ),
    shape(
        "a child raised by a grandfather is told through him, and the parents far away are named",
        "雨桐：爷爷为雨桐｜妈妈为雨桐未加入、爸爸为雨桐未加入",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("爷爷", child, GRANDPARENT);
            for name in ["爸爸", "妈妈"] {
                let parent = scene.guardian(name, child, PARENT);
                scene.not_joined(parent);
            }
        },
    ),
    shape(
        "a child raised by grandparents on paper is told to the parents who work in another city",
        "雨桐：妈妈为雨桐、爸爸为雨桐｜奶奶为雨桐纸质、爷爷为雨桐纸质",
        |scene| {
            let child = scene.child("雨桐");
            for name in ["爸爸", "妈妈"] {
                scene.guardian(name, child, PARENT);
            }
            for name in ["爷爷", "奶奶"] {
                let id = scene.guardian(name, child, GRANDPARENT);
                scene.on_paper(id);
            }
        },
    ),
    shape(
        "cousins are one family by the grandmother who receives for both",
        "梓轩、雨桐：外婆为梓轩、外婆为雨桐、妈妈为雨桐、舅舅为梓轩｜",
        |scene| {
            cousins(scene, GRANDPARENT);
        },
    ),
    shape(
        "cousins are two families while the grandmother they share has yet to join",
        "梓轩：舅舅为梓轩；雨桐：妈妈为雨桐｜外婆为梓轩未加入、外婆为雨桐未加入",
        |scene| {
            let (grandmother, _) = cousins(scene, GRANDPARENT);
            scene.not_joined(grandmother);
        },
    ),
    shape(
        "cousins are two families where the grandmother they share receives for one of them",
        "梓轩：舅舅为梓轩；雨桐：外婆为雨桐、妈妈为雨桐｜外婆为梓轩不能接收",
        |scene| {
            let (grandmother, [_, cousin]) = cousins(scene, GRANDPARENT);
            scene.world.bar(grandmother, cousin);
        },
    ),
    shape(
        "two unrelated children of one neighbour who was given messages of both are counted as one family",
        "梓轩、雨桐：王强为梓轩、王芳为雨桐、邻居为梓轩、邻居为雨桐｜",
        |scene| {
            let (child, other) = (scene.child("雨桐"), scene.child("梓轩"));
            scene.guardian("王芳", child, PARENT);
            scene.guardian("王强", other, PARENT);
            scene.guardian_of("邻居", &[child, other], &[Right::Messages]);
        },
    ),
    shape(
        "whoever has the child for one day is told on that day",
        "雨桐：舅舅为雨桐｜妈妈为雨桐未加入",
        |scene| {
            let child = scene.child("雨桐");
            let mother = scene.guardian("妈妈", child, PARENT);
            scene.not_joined(mother);
            let uncle = scene.guardian("舅舅", child, &[Right::Messages]);
            let today = scene.world.today();
            scene.world.edit_link(uncle, child, |link| (link.from, link.to) = (today, Some(today)));
        },
    ),
];

/// A mother and her brother with a child each, and their mother who stands for both.
fn cousins(scene: &mut Scene, rights: &[Right]) -> (Id<Person>, [Id<Child>; 2]) {
    let (child, cousin) = (scene.child("雨桐"), scene.child("梓轩"));
    scene.guardian("妈妈", child, PARENT);
    scene.guardian("舅舅", cousin, PARENT);
    (scene.guardian_of("外婆", &[child, cousin], rights), [child, cousin])
}
