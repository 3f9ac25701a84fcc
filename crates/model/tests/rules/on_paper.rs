//! Who has no device and is told on paper.

use xinmei_model::{Act, Person, Power, Refusal, Relation, joined};

use crate::world::{World, people::*};

#[test]
fn whoever_prints_the_strips_notes_who_has_no_device_and_a_device_ends_it() {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let (teacher, desk) = (world.teacher("张晓梅", class), world.coordinator(world.campus));
    let (child, sibling) = (world.child("李雨桐", class), world.child("李雨泽", class));
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    let own = (Relation::PaternalGrandmother, GRANDPARENT);
    let grandmother = world.guardian("赵秀英").of(child, own.0, own.1).of(sibling, own.0, own.1).id();
    world.edit(grandmother, |person: &mut Person| person.joined = None);
    let link = link_id(grandmother, child);
    let note = |on_paper| Act::SetOnPaper { link, on_paper };
    let refused = Refusal::NoPower { power: Power::Invite };
    assert_eq!(world.refuses(guardian(mother), &note(true)), refused);
    assert_eq!(world.refuses(desk.actor(), &note(true)), refused);
    world.does(teacher.actor(), &note(true));
    assert!(world.get(grandmother).on_paper);
    for child in [child, sibling] {
        assert!(world.get(link_id(grandmother, child)).on_paper, "wherever she is a guardian");
    }
    assert_eq!(world.does(teacher.actor(), &note(true)), [], "said again, nothing changes");
    world.does(teacher.actor(), &note(false));
    assert!(!world.get(link).on_paper);
    // A device that joins ends it by itself.
    world.does(teacher.actor(), &note(true));
    let changes = world.ask(|facts| joined(facts, grandmother)).unwrap();
    world.apply(changes);
    assert!(!world.get(grandmother).on_paper && !world.get(link).on_paper);
    // What was noted without a network before that comes too late.
    assert_eq!(world.does(teacher.actor(), &note(true)), []);
}
