//! Who comes to a notice after it went out, and whom it lost on the way.

use xinmei_model::{
    Act, Audience, Child, Due, DueKind, Id, Notice, NoticeState, Person, Relation, Right, RoleKind, Target,
    joined,
};

use crate::world::{World, people::*, plans::*};

/// Two families of two classes; the mother of 雨桐 has no device yet.
struct Scene {
    world: World,
    teacher: Staff,
    child: Id<Child>,
    mother: Id<Person>,
    other: Id<Child>,
    father: Id<Person>,
}

fn scene() -> Scene {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let teacher = world.teacher("张晓梅", class);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    let other = world.child("王梓轩", class);
    let father = world.guardian("王强").of(other, Relation::Father, PARENT).id();
    world.edit(mother, |person: &mut Person| person.joined = None);
    world.edit_link(mother, child, |link| link.joined = false);
    Scene { world, teacher, child, mother, other, father }
}

impl Scene {
    /// To the two children by name, due on a day or open without end.
    fn sends_to_both(&mut self, due: Option<&str>) -> Id<Notice> {
        let include = vec![Target::Child(self.child), Target::Child(self.other)];
        let draft = self.world.notice_draft(Audience { include, except: vec![] });
        let notice = xinmei_model::NoticeDraft { due: due.map(at), ..draft };
        let id = notice.id;
        self.world.does(self.teacher.actor(), &Act::SendNotice { notice });
        id
    }

    fn joins(&mut self, who: Id<Person>) {
        let changes = self.world.ask(|facts| joined(facts, who)).unwrap();
        self.world.apply(changes);
    }

    fn later(&mut self) {
        self.world.pass_minutes(60);
    }
}

#[test]
fn whoever_joins_after_it_went_out_finds_what_is_still_open_and_nothing_of_the_past() {
    let mut s = scene();
    let open = s.sends_to_both(Some("2026-12-31T18:00"));
    let told = s.sends_to_both(None);
    s.world.release();
    s.later();
    s.joins(s.mother);
    assert!(s.world.sees(s.mother, open));
    let since = s.world.get(s.mother).joined;
    assert!(s.world.get(open).concerns(since, s.world.now));
    assert!(!s.world.get(told).concerns(since, s.world.now), "the past is not told");
}

#[test]
fn whoever_is_given_the_right_to_messages_finds_what_the_other_guardians_still_have_open() {
    let mut s = scene();
    let office = s.world.administrator();
    let grandfather = s.world.guardian("李国栋").of(s.child, Relation::Other, &[Right::PickUp]).id();
    let open = s.sends_to_both(Some("2026-12-31T18:00"));
    let past = s.sends_to_both(None);
    s.world.release();
    assert!(!s.world.sees(grandfather, open));
    s.later();
    let give = |rights: &[Right]| Act::SetRights {
        link: link_id(grandfather, s.child),
        rights: rights.to_vec(),
        barred: false,
    };
    let (some, none) = (give(&[Right::Messages]), give(&[Right::PickUp]));
    s.world.does(office.actor(), &some);
    assert_eq!([open, past].map(|id| s.world.sees(grandfather, id)), [true, false]);
    s.world.does(office.actor(), &none);
    assert!(!s.world.sees(grandfather, open), "with the right it goes");
}

#[test]
fn a_child_who_goes_to_another_class_while_a_notice_waits_does_not_keep_it_from_the_others() {
    let mut s = scene();
    let id = s.sends_to_both(Some("2026-12-31T18:00"));
    let next_door = s.world.class(2024, 3);
    s.world.transfer(s.child, next_door);
    s.world.release();
    let notice = s.world.get(id);
    assert!(matches!(notice.state, NoticeState::Sent { .. }));
    assert_eq!(notice.audience.include, [Target::Child(s.other)], "nobody waits for who was not asked");
    assert!(s.world.sees(s.father, id));
    s.joins(s.mother);
    assert!(
        !s.world.sees(s.mother, id),
        "the teacher of the old class does not write to the new one's family"
    );
}

#[test]
fn where_every_child_went_it_does_not_go_out() {
    let mut s = scene();
    let id = s.sends_to_both(None);
    let next_door = s.world.class(2024, 3);
    s.world.transfer(s.child, next_door);
    s.world.transfer(s.other, next_door);
    s.world.pass_minutes(3);
    let due = Due::new(DueKind::ReleaseNotice, id.uuid(), s.world.now, 0);
    s.world.fire(due);
    assert!(matches!(s.world.get(id).state, NoticeState::Recalled { .. }));
}

#[test]
fn it_goes_out_in_the_hat_that_still_reaches_most() {
    let mut s = scene();
    let id = s.sends_to_both(None);
    let next_door = s.world.class(2024, 3);
    s.world.transfer(s.child, next_door);
    s.world.role(s.teacher.person, RoleKind::Coordinator, s.world.root);
    s.world.release();
    assert_eq!(s.world.get(id).audience.include.len(), 2);
}
