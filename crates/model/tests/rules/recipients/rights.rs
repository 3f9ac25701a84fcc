//! Rights withheld, dated and undecided, and orders that keep somebody away.

use super::{Shape, shape};
use crate::world::people::*;
use xinmei_model::{Right, Rights};

pub(super) const SHAPES: &[Shape] = &[
    shape(
        "whoever holds every right but messages cannot receive",
        "｜爸爸为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("爸爸", child, &[Right::Decide, Right::Records, Right::PickUp]);
        },
    ),
    shape(
        "all the guardians of a child are withheld from messages: nobody is told, and each is named",
        "｜外婆为雨桐不能接收、妈妈为雨桐不能接收、爸爸为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, &[Right::Decide, Right::Records]);
            scene.guardian("爸爸", child, &[Right::PickUp]);
            scene.guardian("外婆", child, &[]);
        },
    ),
    shape(
        "messages are received whichever other right is withheld",
        "一诺：周敏为一诺；梓轩：王强为梓轩；雨桐：李伟为雨桐｜",
        |scene| {
            let withheld = [
                ("雨桐", "李伟", Right::Decide),
                ("梓轩", "王强", Right::Records),
                ("一诺", "周敏", Right::PickUp),
            ];
            for (name, guardian, withheld) in withheld {
                let child = scene.child(name);
                let rights: Vec<_> = Right::ALL.into_iter().filter(|right| *right != withheld).collect();
                scene.guardian(guardian, child, &rights);
            }
        },
    ),
    shape(
        "a barred guardian looks like one without the right",
        "雨桐：妈妈为雨桐｜爸爸为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            let father = scene.guardian("爸爸", child, PARENT);
            scene.world.bar(father, child);
        },
    ),
    shape(
        "a child whose parents are both barred is told to the aunt who has it",
        "雨桐：姑姑为雨桐｜妈妈为雨桐不能接收、爸爸为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            for name in ["妈妈", "爸爸"] {
                let parent = scene.guardian(name, child, PARENT);
                scene.world.bar(parent, child);
            }
            scene.guardian("姑姑", child, PARENT);
        },
    ),
    shape(
        "a child whose parents are both barred and who has nobody else is told to nobody",
        "｜妈妈为雨桐不能接收、爸爸为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            for name in ["妈妈", "爸爸"] {
                let parent = scene.guardian(name, child, PARENT);
                scene.world.bar(parent, child);
            }
        },
    ),
    shape(
        "a father whose order was lifted receives again what he was given back",
        "雨桐：妈妈为雨桐、爸爸为雨桐｜",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            let father = scene.guardian("爸爸", child, PARENT);
            scene.world.bar(father, child);
            scene.set_rights(father, child, &[Right::Messages]);
        },
    ),
    shape(
        "a father whose order was lifted and who was given nothing back cannot receive",
        "雨桐：妈妈为雨桐｜爸爸为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            scene.guardian("妈妈", child, PARENT);
            let father = scene.guardian("爸爸", child, PARENT);
            scene.world.bar(father, child);
            scene.set_rights(father, child, &[]);
        },
    ),
    shape(
        "a link that ended is named nowhere, and a right that ended cannot receive",
        "｜妈妈为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            let mother = scene.guardian("妈妈", child, PARENT);
            let father = scene.guardian("爸爸", child, PARENT);
            let yesterday = scene.world.yesterday();
            scene.world.edit_link(mother, child, |link| link.rights.messages = until(yesterday));
            scene.world.edit_link(father, child, |link| link.to = Some(yesterday));
        },
    ),
    shape(
        "a right that begins tomorrow is none today, and one that ends today still is",
        "雨桐：妈妈为雨桐｜爸爸为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            let mother = scene.guardian("妈妈", child, PARENT);
            let father = scene.guardian("爸爸", child, PARENT);
            let today = scene.world.today();
            let tomorrow = today.tomorrow().unwrap();
            scene.world.edit_link(mother, child, |link| link.rights.messages = until(today));
            scene.world.edit_link(father, child, |link| {
                link.rights.messages.as_mut().unwrap().from = tomorrow;
            });
        },
    ),
    // The preview and the feeds read one predicate: a new remark stops invites, it does not guess rights.
    shape(
        "a remark that waits takes nothing from a right that was granted",
        "雨桐：妈妈为雨桐｜",
        |scene| {
            let child = scene.child("雨桐");
            let mother = scene.guardian("妈妈", child, PARENT);
            scene.world.edit_link(mother, child, |link| link.undecided = true);
        },
    ),
    shape(
        "parents who came with a remark that nobody decided have no right yet",
        "｜妈妈为雨桐不能接收、爸爸为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            for name in ["妈妈", "爸爸"] {
                let parent = scene.guardian(name, child, &[]);
                scene.world.edit_link(parent, child, |link| (link.joined, link.undecided) = (false, true));
            }
        },
    ),
    shape(
        "a father who was added while a remark waits has no right yet beside a mother who keeps hers",
        "雨桐：妈妈为雨桐｜爸爸为雨桐不能接收",
        |scene| {
            let child = scene.child("雨桐");
            let mother = scene.guardian("妈妈", child, PARENT);
            scene.world.edit_link(mother, child, |link| link.undecided = true);
            let father = scene.guardian("爸爸", child, PARENT);
            scene.not_joined(father);
            scene.world.edit_link(father, child, |link| {
                (link.rights, link.undecided) = (Rights::default(), true);
            });
        },
    ),
];
