//! What counts as one family, and that an id belongs to one thing.

use uuid::Uuid;
use xinmei_model::{Act, Child, Id, Person, Proxy, Refusal, Relation, Session, limits};

use crate::world::{World, people::*, plans::*};

struct Scene {
    world: World,
    desk: Staff,
    sessions: Vec<Id<Session>>,
    kids: Vec<Id<Child>>,
}

/// Three children of one class, and two sessions of an event where a family may have two seats.
fn scene() -> Scene {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let class = world.class(2024, 2);
    let kids = ["雨桐", "雨泽", "一诺"].map(|name| world.child(name, class)).into();
    let (_, sessions) = world.event_with(desk, &[20, 20], |event| event.family_limit = 2);
    Scene { world, desk, sessions, kids }
}

impl Scene {
    fn parent(&mut self, name: &str, children: &[usize]) -> Id<Person> {
        let id = self.world.person(name);
        for child in children {
            self.world.link(id, self.kids[*child], Relation::Other, PARENT);
        }
        id
    }

    fn asks(&mut self, who: Id<Person>, session: usize, child: usize, adults: u32) -> Result<(), Refusal> {
        let wish = self.world.wish(self.sessions[session], &[self.kids[child]], adults);
        self.world.act(guardian(who), &Act::SignUp(wish)).map(|_| ())
    }
}

const LIMIT: Result<(), Refusal> = Err(Refusal::FamilyLimit { limit: 2 });

#[test]
fn a_family_has_its_limit_and_not_one_seat_more_over_all_sessions() {
    let mut scene = scene();
    let mother = scene.parent("妈妈", &[0, 1]);
    assert_eq!(scene.asks(mother, 0, 0, 3), LIMIT);
    assert_eq!(scene.asks(mother, 0, 0, 1), Ok(()));
    assert_eq!(scene.asks(mother, 1, 1, 2), LIMIT);
    assert_eq!(scene.asks(mother, 1, 1, 1), Ok(()));
}

#[test]
fn what_the_other_guardian_booked_counts_and_no_child_sits_twice() {
    let mut scene = scene();
    let (mother, father) = (scene.parent("妈妈", &[0, 1]), scene.parent("爸爸", &[0, 1]));
    let first = scene.world.signs_up(mother, scene.sessions[0], &[scene.kids[0]], 2);
    assert_eq!(scene.asks(father, 1, 0, 1), Err(Refusal::AlreadyBooked { booking: first.uuid() }));
    assert_eq!(scene.asks(father, 1, 1, 1), LIMIT);
    scene.world.does(guardian(father), &withdraw(first));
    assert_eq!(scene.asks(father, 1, 1, 1), Ok(()), "either may give back what the family holds");
}

#[test]
fn a_seat_that_is_waited_for_counts_as_held() {
    let mut scene = scene();
    let (mother, other) = (scene.parent("妈妈", &[0, 1]), scene.parent("别家", &[2]));
    let act = Act::SetCapacity { session: scene.sessions[0], capacity: 2, cut: None };
    scene.world.does(scene.desk.actor(), &act);
    assert_eq!(scene.asks(other, 0, 2, 2), Ok(()));
    assert_eq!(scene.asks(mother, 0, 0, 2), Ok(()));
    assert_eq!(scene.asks(mother, 1, 1, 1), LIMIT);
}

#[test]
fn in_a_blended_family_each_guardians_children_are_that_guardians_family() {
    let mut scene = scene();
    // 雨泽 is a child of both; each has another one.
    let (mother, father) = (scene.parent("妈妈", &[0, 1]), scene.parent("爸爸", &[1, 2]));
    assert_eq!(scene.asks(mother, 0, 1, 1), Ok(()));
    assert_eq!(scene.asks(father, 0, 2, 2), LIMIT, "the child of both counts for the father too");
    assert_eq!(scene.asks(father, 0, 2, 1), Ok(()));
    assert_eq!(scene.asks(mother, 0, 0, 1), Ok(()), "the father's other child is none of her family");
}

#[test]
fn another_event_and_another_family_do_not_count() {
    let mut scene = scene();
    let (mother, other) = (scene.parent("妈妈", &[0, 1]), scene.parent("别家", &[2]));
    assert_eq!(scene.asks(mother, 0, 0, 2), Ok(()));
    assert_eq!(scene.asks(other, 0, 2, 2), Ok(()));
    let (_, sessions) = scene.world.event(scene.desk, &[5]);
    scene.world.signs_up(mother, sessions[0], &[scene.kids[0]], 2);
}

#[test]
fn a_party_is_neither_empty_nor_doubled_nor_a_class() {
    let mut scene = scene();
    let mother = scene.parent("妈妈", &[0, 1, 2]);
    let session = scene.sessions[0];
    let many: Vec<Id<Child>> = (0..=limits::CHILDREN_PER_BOOKING).map(|_| scene.world.fresh()).collect();
    let twice = vec![scene.kids[0], scene.kids[0]];
    let malformed = Refusal::Malformed { field: "children".into() };
    let limit = limits::CHILDREN_PER_BOOKING as u32;
    let too_many = Refusal::TooMany { field: "children".into(), limit };
    for (children, expected) in [(vec![], malformed.clone()), (twice, malformed), (many, too_many)] {
        let wish = scene.world.wish(session, &children, 1);
        assert_eq!(scene.world.refuses(guardian(mother), &Act::SignUp(wish)), expected);
    }
    let mut wish = scene.world.wish(session, &[scene.kids[0]], 1);
    let by_phone = |letters: usize| Some(Proxy::new(mother, "字".repeat(letters)));
    let too_long = Refusal::TooMany { field: "note".into(), limit: limits::NOTE_CHARS as u32 };
    wish.on_behalf_of = by_phone(limits::NOTE_CHARS + 1);
    assert_eq!(scene.world.refuses(scene.desk.actor(), &Act::SignUp(wish.clone())), too_long);
    wish.on_behalf_of = by_phone(limits::NOTE_CHARS);
    scene.world.does(scene.desk.actor(), &Act::SignUp(wish));
}

#[test]
fn whatever_a_device_makes_cannot_take_the_id_of_a_row_that_is_there() {
    let mut scene = scene();
    let mother = scene.parent("妈妈", &[0]);
    let class = scene.world.get(scene.kids[0]).class().unwrap();
    let teacher = scene.world.teacher("张晓梅", class);
    let booking = scene.world.signs_up(mother, scene.sessions[0], &[scene.kids[0]], 1);
    scene.world.does(guardian(mother), &withdraw(booking));
    let rows: Vec<Uuid> = vec![
        scene.world.school.uuid(),
        scene.world.campus.uuid(),
        mother.uuid(),
        scene.kids[0].uuid(),
        scene.sessions[0].uuid(),
        scene.world.get(scene.sessions[0]).event.uuid(),
        scene.world.allotment(scene.sessions[0].uuid()).id.uuid(),
        link_id(mother, scene.kids[0]).uuid(),
        booking.uuid(),
    ];
    let shift = &[("2026-10-13T08:00", "2026-10-13T09:00", 1)];
    for taken in rows {
        let mut wish = scene.world.wish(scene.sessions[0], &[scene.kids[0]], 1);
        wish.booking = Id::new(taken);
        let mut event = scene.world.event_draft(scene.world.campus, &[5]);
        let mut sessions = event.clone();
        (event.id, sessions.sessions[0].id) = (Id::new(taken), Id::new(taken));
        let mut post = scene.world.post_draft(scene.world.campus, shift);
        let mut shifts = post.clone();
        (post.id, shifts.shifts[0].id) = (Id::new(taken), Id::new(taken));
        let mut notice = scene.world.notice_draft(to_place(class));
        notice.id = Id::new(taken);
        let desk = scene.desk.actor();
        for (actor, act, field) in [
            (guardian(mother), Act::SignUp(wish), "booking"),
            (desk, Act::PublishEvent { event }, "id"),
            (desk, Act::PublishEvent { event: sessions }, "sessions.id"),
            (desk, Act::PostShifts { post }, "id"),
            (desk, Act::PostShifts { post: shifts }, "shifts.id"),
            (teacher.actor(), Act::SendNotice { notice }, "id"),
        ] {
            let malformed = Refusal::Malformed { field: field.into() };
            assert_eq!(scene.world.refuses(actor, &act), malformed, "{act:?}");
        }
    }
}
