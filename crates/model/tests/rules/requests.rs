//! Requests of families: 请假 and 代接, who answers, who sees what, and that a ban is never overridden.

use jiff::civil::date;
use xinmei_model::{
    Absence, Act, Actor, Child, Contact, DayPart, Entered, FamilyRequest, FamilyRequestDraft, Feed, Id, Link,
    List, Person, PickUp, Place, Power, Proxy, Refusal, Relation, RequestState, Right, RoleKind, Wanted,
    derived, hand_over, limits,
};

use crate::world::{World, people::*, plans::*};

struct Scene {
    world: World,
    class: Id<Place>,
    teacher: Staff,
    maths: Staff,
    gate: Staff,
    child: Id<Child>,
    mother: Id<Person>,
    grandmother: Id<Person>,
}

/// Monday, 12 October 2026. 雨桐 with a mother, and a grandmother who may not decide.
fn scene() -> Scene {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let teacher = world.teacher("张晓梅", class);
    let maths = world.staff("罗文", RoleKind::SubjectTeacher, class);
    let gate = world.coordinator(world.campus);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("刘芳").of(child, Relation::Mother, PARENT).id();
    let grandmother = world.guardian("赵秀英").of(child, Relation::PaternalGrandmother, GRANDPARENT).id();
    Scene { world, class, teacher, maths, gate, child, mother, grandmother }
}

fn leave(from: &str, to: &str) -> Wanted {
    let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
    Wanted::Leave { from, to, part: DayPart::WholeDay, reason: "发烧".into() }
}

fn pick_up(by: &str, time: &str) -> Wanted {
    Wanted::PickUp { by: by.into(), relation: "外公".into(), phone: "13800000001".into(), at: at(time) }
}

impl Scene {
    fn draft(&mut self, wanted: Wanted) -> FamilyRequestDraft {
        FamilyRequestDraft { id: self.world.fresh(), child: self.child, wanted, on_behalf_of: None }
    }

    fn make(&mut self, wanted: Wanted) -> Id<FamilyRequest> {
        let request = self.draft(wanted);
        let id = request.id;
        self.world.does(guardian(self.mother), &Act::MakeRequest { request });
        id
    }

    fn refused(&mut self, wanted: Wanted) -> Refusal {
        let request = self.draft(wanted);
        self.world.refuses(guardian(self.mother), &Act::MakeRequest { request })
    }

    fn agreed(&mut self, wanted: Wanted) -> Id<FamilyRequest> {
        let id = self.make(wanted);
        self.world.does(self.teacher.actor(), &answer(id, true));
        id
    }

    fn state(&self, id: Id<FamilyRequest>) -> RequestState {
        self.world.get(id).state
    }

    /// Who of mother, grandmother, class teacher, maths teacher and gate sees a row.
    fn sees<T>(&self, id: Id<T>) -> [bool; 5] {
        [self.mother, self.grandmother, self.teacher.person, self.maths.person, self.gate.person]
            .map(|who| self.world.sees(who, id))
    }
}

fn answer(request: Id<FamilyRequest>, agrees: bool) -> Act {
    Act::AnswerRequest { request, agrees, note: " 好的 ".into() }
}

fn withdraw(request: Id<FamilyRequest>) -> Act {
    Act::WithdrawRequest { request, on_behalf_of: None }
}

fn absence(request: Id<FamilyRequest>) -> Id<Absence> {
    derived("absence", request.uuid(), request.uuid())
}

#[test]
fn the_reason_is_for_the_class_teacher_and_that_the_child_is_away_for_everybody_who_teaches_it() {
    let mut scene = scene();
    let id = scene.make(leave("2026-10-13", "2026-10-14"));
    assert_eq!(scene.sees(id), [true, true, true, false, false]);
    assert_eq!(scene.world.find(absence(id)), None, "nobody is away before the school agreed");
    scene.world.does(scene.teacher.actor(), &answer(id, true));
    let agreed = RequestState::Agreed { by: "张晓梅".into(), note: "好的".into(), at: scene.world.now };
    assert_eq!(scene.state(id), agreed);
    assert_eq!(scene.sees(id), [true, true, true, false, false]);
    assert_eq!(scene.sees(absence(id)), [false, false, true, true, true]);
    let gate = Feed::Gate(scene.world.campus);
    assert_eq!(scene.world.feeds(absence(id)), [Feed::Class(scene.class), gate].into());
    let absence = scene.world.get(absence(id));
    let on = |day| absence.is_on(day);
    let days = [date(2026, 10, 12), date(2026, 10, 13), date(2026, 10, 14), date(2026, 10, 15)];
    assert_eq!(days.map(on), [false, true, true, false]);
}

#[test]
fn who_fetches_a_child_is_for_the_class_teacher_and_the_gate() {
    let mut scene = scene();
    let id = scene.agreed(pick_up(" 王建军 ", "2026-10-13T16:10"));
    let pick_up = scene.world.get(PickUp::of(id));
    assert_eq!((pick_up.by.as_str(), pick_up.agreed_by.as_str()), ("王建军", "张晓梅"));
    assert_eq!(scene.world.feeds(pick_up.id), [Feed::Gate(scene.world.campus)].into());
    assert_eq!(scene.sees(pick_up.id), [false, false, false, false, true]);
}

#[test]
fn only_who_may_decide_asks_and_only_the_class_teacher_answers() {
    let mut scene = scene();
    let request = scene.draft(leave("2026-10-13", "2026-10-13"));
    let act = Act::MakeRequest { request };
    let no_right = Refusal::NoRight { right: Right::Decide };
    assert_eq!(scene.world.refuses(guardian(scene.grandmother), &act), no_right);
    let id = scene.make(leave("2026-10-13", "2026-10-13"));
    let no_power = Refusal::NoPower { power: Power::AnswerRequests };
    let head = scene.world.staff("陈校长", RoleKind::Head, scene.world.root);
    for actor in [scene.maths.actor(), scene.gate.actor(), head.actor(), guardian(scene.mother)] {
        assert_eq!(scene.world.refuses(actor, &answer(id, true)), no_power);
    }
    let next_door = scene.world.class(2024, 3);
    let other = scene.world.teacher("周敏", next_door);
    assert_eq!(scene.world.refuses(other.actor(), &answer(id, true)), no_power);
    assert_eq!(scene.world.refuses(Actor::Clock, &answer(id, true)), no_power);
    scene.world.does(scene.teacher.actor(), &answer(id, false));
    assert!(matches!(scene.state(id), RequestState::Declined { .. }));
    assert_eq!(scene.world.find(absence(id)), None);
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &answer(id, true)), Refusal::RequestGone);
}

#[test]
fn dates_and_names_that_make_no_sense_are_refused() {
    let mut scene = scene();
    let malformed = |field: &str| Refusal::Malformed { field: field.into() };
    assert_eq!(scene.refused(leave("2026-10-14", "2026-10-13")), malformed("to"));
    assert_eq!(scene.refused(leave("2026-10-13", "2026-12-12")), malformed("to"), "61 days");
    assert_eq!(scene.refused(leave("2026-10-04", "2026-10-13")), malformed("from"), "8 days ago");
    assert_eq!(scene.refused(leave("2027-10-14", "2027-10-14")), malformed("from"));
    for good in [("2026-10-13", "2026-12-11"), ("2026-10-05", "2026-10-05"), ("2027-10-13", "2027-10-13")] {
        scene.make(leave(good.0, good.1));
    }
    let part = |from: &str, to: &str, reason: &str| {
        let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
        Wanted::Leave { from, to, part: DayPart::Morning, reason: reason.into() }
    };
    assert_eq!(scene.refused(part("2026-10-13", "2026-10-14", "看牙")), malformed("to"));
    assert_eq!(scene.refused(part("2026-10-13", "2026-10-13", " ")), malformed("reason"));
    scene.make(part("2026-10-13", "2026-10-13", "看牙"));
    assert_eq!(scene.refused(pick_up(" ", "2026-10-13T16:10")), malformed("by"));
    assert_eq!(scene.refused(pick_up("王建军", "2027-10-14T16:10")), malformed("at"));
    let since = at("2026-10-12T07:00");
    assert_eq!(scene.refused(pick_up("王建军", "2026-10-12T07:00")), Refusal::Started { since });
    for phone in ["1380000000", "138000000012", "1380000000a", "１３８００００００１"] {
        let wanted = match pick_up("王建军", "2026-10-13T16:10") {
            Wanted::PickUp { by, relation, at, .. } => {
                Wanted::PickUp { by, relation, at, phone: phone.into() }
            }
            other => other,
        };
        assert_eq!(scene.refused(wanted), malformed("phone"), "{phone}");
    }
    let mut request = scene.draft(leave("2026-10-13", "2026-10-13"));
    request.id = Id::new(scene.child.uuid());
    let act = Act::MakeRequest { request };
    assert_eq!(scene.world.refuses(guardian(scene.mother), &act), malformed("id"));
}

#[test]
fn a_child_has_so_many_requests_open_and_those_that_are_over_do_not_count() {
    let mut scene = scene();
    for _ in 0..limits::REQUESTS_PER_CHILD {
        scene.make(pick_up("王建军", "2026-10-13T16:10"));
    }
    let limit = Refusal::TooMany { field: "requests".into(), limit: 20 };
    assert_eq!(scene.refused(leave("2026-10-20", "2026-10-20")), limit);
    scene.world.pass_minutes(48 * 60);
    scene.make(leave("2026-10-20", "2026-10-20"));
}

#[test]
fn a_sick_child_is_excused_afterwards_and_nobody_is_fetched_yesterday() {
    let mut scene = scene();
    let sick = scene.make(leave("2026-10-09", "2026-10-09"));
    scene.world.does(scene.teacher.actor(), &answer(sick, true));
    assert_eq!(scene.world.get(absence(sick)).to, date(2026, 10, 9));
    let fetched = scene.make(pick_up("王建军", "2026-10-12T16:10"));
    scene.world.pass_minutes(24 * 60);
    let since = at("2026-10-12T16:10");
    assert_eq!(
        scene.world.refuses(scene.teacher.actor(), &answer(fetched, true)),
        Refusal::Started { since }
    );
    scene.world.does(scene.teacher.actor(), &answer(fetched, false));
}

#[test]
fn what_was_agreed_is_taken_back_until_it_is_over_and_leaves_every_list() {
    let mut scene = scene();
    let away = scene.agreed(leave("2026-10-12", "2026-10-13"));
    let fetched = scene.agreed(pick_up("王建军", "2026-10-13T16:10"));
    scene.world.does(guardian(scene.mother), &withdraw(away));
    scene.world.does(guardian(scene.mother), &withdraw(fetched));
    assert!(matches!(scene.state(away), RequestState::Withdrawn { .. }));
    assert_eq!(scene.sees(absence(away)), [false; 5]);
    assert_eq!(scene.sees(PickUp::of(fetched)), [false; 5]);
    assert_eq!(scene.world.refuses(guardian(scene.mother), &withdraw(away)), Refusal::RequestGone);
    let late = scene.agreed(leave("2026-10-12", "2026-10-12"));
    scene.world.pass_minutes(24 * 60);
    let since = at("2026-10-13T00:00");
    assert_eq!(scene.world.refuses(guardian(scene.mother), &withdraw(late)), Refusal::Started { since });
    let no_right = Refusal::NoRight { right: Right::Decide };
    assert_eq!(scene.world.refuses(guardian(scene.grandmother), &withdraw(late)), no_right);
}

#[test]
fn a_teacher_who_enters_what_a_family_phoned_has_answered_and_a_coordinator_has_not() {
    let mut scene = scene();
    let entered = |scene: &mut Scene, wanted| {
        let on_behalf_of = Some(Proxy::new(scene.mother, "妈妈来电"));
        FamilyRequestDraft { on_behalf_of, ..scene.draft(wanted) }
    };
    let request = entered(&mut scene, leave("2026-10-12", "2026-10-12"));
    let id = request.id;
    scene.world.does(scene.teacher.actor(), &Act::MakeRequest { request });
    let row = scene.world.get(id);
    assert!(matches!(row.state, RequestState::Agreed { by, .. } if by == "张晓梅"));
    assert_eq!(row.entered, Some(Entered { by: "张晓梅".into(), note: "妈妈来电".into() }));
    assert_eq!((row.guardian, scene.sees(absence(id))[3]), (scene.mother, true));
    let request = entered(&mut scene, leave("2026-10-14", "2026-10-14"));
    let id = request.id;
    scene.world.does(scene.gate.actor(), &Act::MakeRequest { request });
    assert_eq!(scene.state(id), RequestState::Open);
    let on_behalf_of = Some(Proxy::new(scene.mother, "妈妈来电"));
    scene.world.does(scene.teacher.actor(), &Act::WithdrawRequest { request: id, on_behalf_of });
    assert!(matches!(scene.state(id), RequestState::Withdrawn { .. }));
}

#[test]
fn a_pick_up_never_overrides_a_ban() {
    let mut scene = scene();
    let father = scene.world.guardian("李建国").of(scene.child, Relation::Father, &[Right::Messages]).id();
    let id = scene.make(pick_up("李 建国", "2026-10-13T16:10"));
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &answer(id, true)), Refusal::PickUpBarred);
    let on_behalf_of = Some(Proxy::new(scene.mother, ""));
    let request =
        FamilyRequestDraft { on_behalf_of, ..scene.draft(pick_up("李建国", "2026-10-13T16:10")) };
    let act = Act::MakeRequest { request };
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &act), Refusal::PickUpBarred);
    // The teacher sees the link without the right, and nothing of why.
    scene.world.link(father, scene.child, Relation::Father, PARENT);
    scene.world.does(scene.teacher.actor(), &answer(id, true));
}

#[test]
fn another_name_does_not_hide_a_telephone_that_is_not_to_fetch_the_child() {
    let mut scene = scene();
    let father = scene.world.guardian("李建国").of(scene.child, Relation::Father, PARENT).id();
    let id = Contact::of(father, scene.child.uuid());
    scene.world.put(Contact { id, person: father, phone: "13800000001".into() }, []);
    let agreed = scene.agreed(pick_up("王建军", "2026-10-13T16:10"));
    let office = scene.world.staff("罗敏", RoleKind::Administrator, scene.world.root);
    let link: Id<Link> = derived("link", father.uuid(), scene.child.uuid());
    scene.world.does(office.actor(), &Act::SetRights { link, rights: vec![Right::Messages], barred: false });
    assert!(matches!(scene.state(agreed), RequestState::Revoked { .. }));
    let again = scene.make(pick_up("王建军", "2026-10-14T16:10"));
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &answer(again, true)), Refusal::PickUpBarred);
    let Wanted::PickUp { by, relation, at, .. } = pick_up("王建军", "2026-10-14T16:10") else {
        unreachable!()
    };
    let without = scene.make(Wanted::PickUp { by, relation, phone: String::new(), at });
    scene.world.does(scene.teacher.actor(), &answer(without, true));
}

#[test]
fn a_ban_that_comes_later_takes_back_what_was_agreed() {
    let mut scene = scene();
    let father = scene.world.guardian("李建国").of(scene.child, Relation::Father, PARENT).id();
    let theirs = scene.agreed(pick_up("李建国", "2026-10-13T16:10"));
    let others = scene.agreed(pick_up("王建军", "2026-10-14T16:10"));
    let office = scene.world.staff("罗敏", RoleKind::Administrator, scene.world.root);
    let link: Id<Link> = derived("link", father.uuid(), scene.child.uuid());
    let bar = Act::SetRights { link, rights: vec![], barred: true };
    scene.world.does(office.actor(), &bar);
    assert_eq!(scene.state(theirs), RequestState::Revoked { at: scene.world.now });
    assert_eq!(scene.sees(PickUp::of(theirs)), [false; 5]);
    assert!(matches!(scene.state(others), RequestState::Agreed { .. }));
    assert!(scene.sees(PickUp::of(others))[4]);
}

#[test]
fn a_child_that_changes_class_takes_its_requests_along() {
    let mut scene = scene();
    let open = scene.make(leave("2026-10-20", "2026-10-20"));
    let away = scene.agreed(leave("2026-10-13", "2026-10-13"));
    let past = scene.agreed(leave("2026-10-09", "2026-10-09"));
    let next_door = scene.world.class(2024, 3);
    let other = scene.world.teacher("周敏", next_door);
    scene.world.transfer(scene.child, next_door);
    let child = scene.world.get(scene.child);
    let requests: Vec<FamilyRequest> = scene.world.list(List::RequestsFor(scene.child));
    let handed = hand_over(&child, &requests, scene.world.today(), scene.world.now);
    scene.world.apply(handed);
    let sees = |id: Id<FamilyRequest>| [scene.teacher, other].map(|it| scene.world.sees(it.person, id));
    assert_eq!([sees(open), sees(away), sees(past)], [[false, true], [false, true], [true, false]]);
    assert!(scene.world.sees(other.person, absence(away)));
}
