//! The whole school is told something only once a second person has agreed.

use jiff::SignedDuration;
use xinmei_model::{
    Act, Audience, Feed, Id, Notice, NoticeState, Person, Place, Power, QuietHours, Refusal, Relation, Role,
    RoleKind, Target, limits,
};

use crate::world::{World, people::*, plans::*};

/// Two campuses with a class and a family each, a coordinator of the first, and two heads of the school.
struct Scene {
    world: World,
    classes: [Id<Place>; 2],
    east: Id<Place>,
    coordinator: Staff,
    principal: Staff,
    moral: Staff,
    mother: Id<Person>,
}

fn scene() -> Scene {
    let mut world = World::school();
    let east = world.campus("东校区");
    let classes = [world.class(2024, 2), world.class_at(east, 2025, 1)];
    let child = world.child("李雨桐", classes[0]);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    let other = world.child("王梓轩", classes[1]);
    world.guardian("王强").of(other, Relation::Father, PARENT);
    let root = world.root;
    let coordinator = world.staff("周协调", RoleKind::Coordinator, root);
    let principal = world.staff("熊校长", RoleKind::Head, root);
    let moral = world.staff("吴主任", RoleKind::Head, root);
    Scene { world, classes, east, coordinator, principal, moral, mother }
}

impl Scene {
    fn send(&mut self, by: Staff, audience: Audience) -> Id<Notice> {
        let notice = self.world.notice_draft(audience);
        let id = notice.id;
        self.world.does(by.actor(), &Act::SendNotice { notice });
        id
    }

    /// To the whole school, waiting.
    fn proposed(&mut self) -> Id<Notice> {
        let root = self.world.root;
        self.send(self.coordinator, to_place(root))
    }

    fn state(&self, id: Id<Notice>) -> NoticeState {
        self.world.get(id).state
    }

    fn waits(&self, id: Id<Notice>) -> bool {
        matches!(self.state(id), NoticeState::Proposed { .. })
    }
}

fn approve(notice: Id<Notice>) -> Act {
    Act::ApproveNotice { notice }
}

fn decline(notice: Id<Notice>, reason: &str) -> Act {
    Act::DeclineNotice { notice, reason: reason.into() }
}

const NO_APPROVER: Refusal = Refusal::NoPower { power: Power::ApproveNotices };

#[test]
fn it_waits_for_ever_until_a_head_agrees_and_then_has_its_own_hold_window() {
    let mut s = scene();
    let id = s.proposed();
    s.world.pass_minutes(60 * 24);
    s.world.fire_due();
    assert!(s.waits(id), "{:?}", s.state(id));
    assert!(!s.world.sees(s.mother, id), "no family has it");
    assert!(s.world.sees(s.principal.person, id) && s.world.sees(s.moral.person, id), "the heads have");
    s.world.does(s.principal.actor(), &approve(id));
    let until = s.world.now + SignedDuration::from_secs(120);
    assert_eq!(s.state(id), NoticeState::Held { until });
    assert!(!s.world.sees(s.mother, id), "held, as any other");
    s.world.release();
    assert!(s.world.sees(s.mother, id));
    let notice = s.world.get(id);
    let approved = notice.approved.unwrap();
    assert_eq!((approved.name.as_str(), approved.person), ("熊校长", s.principal.person));
    assert!(!s.world.feeds(id).contains(&Feed::Approvals(s.world.root)), "nothing is left to agree to");
}

#[test]
fn the_whole_school_is_the_whole_school_by_whatever_parts_it_is_named() {
    let mut s = scene();
    let (campus, east) = (s.world.campus, s.east);
    let parts = |include: &[Id<Place>], except: Vec<Target>| Audience {
        include: include.iter().map(|place| Target::Place(*place)).collect(),
        except,
    };
    let both = s.send(s.coordinator, parts(&[campus, east], vec![]));
    assert!(s.waits(both), "both campuses");
    let classes = s.classes;
    let all = s.send(s.coordinator, parts(&classes, vec![]));
    assert!(s.waits(all), "every class by itself");
    let but = s.send(s.coordinator, parts(&[s.world.root], vec![Target::Place(classes[0])]));
    assert!(s.waits(but), "an exclusion does not make it small");
    let one = s.send(s.coordinator, parts(&[campus], vec![]));
    assert!(matches!(s.state(one), NoticeState::Held { .. }), "one campus is not the school");
}

#[test]
fn nobody_agrees_to_their_own_and_a_teacher_to_none() {
    let mut s = scene();
    let root = s.world.root;
    let id = s.send(s.principal, to_place(root));
    assert!(s.waits(id), "a head needs the other one");
    assert_eq!(s.world.refuses(s.principal.actor(), &approve(id)), NO_APPROVER);
    let teacher = s.world.teacher("张晓梅", s.classes[0]);
    assert_eq!(s.world.refuses(teacher.actor(), &approve(id)), NO_APPROVER);
    assert_eq!(s.world.refuses(guardian(s.mother), &approve(id)), NO_APPROVER);
    let here = s.world.staff("何副校长", RoleKind::Head, s.world.campus);
    assert_eq!(s.world.refuses(here.actor(), &approve(id)), NO_APPROVER, "one campus is not enough");
    s.world.does(s.moral.actor(), &approve(id));
    assert!(matches!(s.state(id), NoticeState::Held { .. }));
}

#[test]
fn where_nobody_else_could_agree_it_is_refused_and_does_not_wait_for_ever() {
    let mut s = scene();
    let yesterday = s.world.yesterday();
    s.world.edit(s.moral.role, |role: &mut Role| role.to = Some(yesterday));
    let root = s.world.root;
    let notice = s.world.notice_draft(to_place(root));
    assert_eq!(s.world.refuses(s.principal.actor(), &Act::SendNotice { notice }), Refusal::NoApprover);
}

#[test]
fn a_no_has_a_reason_and_is_the_end_of_it() {
    let mut s = scene();
    let id = s.proposed();
    assert_eq!(
        s.world.refuses(s.moral.actor(), &decline(id, "  ")),
        Refusal::Malformed { field: "reason".into() }
    );
    let long = "长".repeat(limits::NOTE_CHARS + 1);
    assert!(matches!(s.world.refuses(s.moral.actor(), &decline(id, &long)), Refusal::TooMany { .. }));
    s.world.does(s.moral.actor(), &decline(id, " 时间写错了 "));
    let NoticeState::Declined { by, reason, .. } = s.state(id) else { panic!("{:?}", s.state(id)) };
    assert_eq!((by.as_str(), reason.as_str()), ("吴主任", "时间写错了"));
    assert!(s.world.sees(s.coordinator.person, id), "its author reads why");
    let gone = Refusal::NoticeGone { by: None };
    assert_eq!(s.world.refuses(s.principal.actor(), &approve(id)), gone);
    assert_eq!(s.world.refuses(s.coordinator.actor(), &recall(id)), gone);
    s.world.release();
    assert!(!s.world.sees(s.mother, id));
}

#[test]
fn its_author_takes_it_back_and_nobody_agrees_any_more() {
    let mut s = scene();
    let id = s.proposed();
    s.world.does(s.coordinator.actor(), &recall(id));
    assert!(!s.world.sees(s.principal.person, id), "it is off the heads' desks");
    assert_eq!(s.world.refuses(s.principal.actor(), &approve(id)), Refusal::NoticeGone { by: None });
}

#[test]
fn in_a_school_of_one_campus_the_campus_is_the_school_and_its_own_head_agrees() {
    let mut world = World::school();
    let classes = [world.class(2024, 2), world.class(2025, 1)];
    let child = world.child("李雨桐", classes[0]);
    world.guardian("王芳").of(child, Relation::Mother, PARENT);
    let campus = world.campus;
    let coordinator = world.coordinator(campus);
    let head = world.staff("何校长", RoleKind::Head, campus);
    let notice = world.notice_draft(to_place(campus));
    let id = notice.id;
    world.does(coordinator.actor(), &Act::SendNotice { notice });
    assert!(world.sees(head.person, id));
    world.does(head.actor(), &approve(id));
    let class = world.notice_draft(to_place(classes[0]));
    let teacher = world.teacher("张晓梅", classes[0]);
    let id = class.id;
    world.does(teacher.actor(), &Act::SendNotice { notice: class });
    assert!(matches!(world.get(id).state, NoticeState::Held { .. }));
}

#[test]
fn of_two_heads_the_first_word_counts() {
    let mut s = scene();
    let id = s.proposed();
    s.world.does(s.principal.actor(), &approve(id));
    let gone = Refusal::NoticeGone { by: None };
    assert_eq!(s.world.refuses(s.moral.actor(), &decline(id, "不发")), gone);
    assert_eq!(s.world.refuses(s.moral.actor(), &approve(id)), gone);
}

#[test]
fn agreed_to_at_night_it_goes_out_in_the_morning_and_never_after_its_deadline() {
    let mut s = scene();
    let school = s.world.school;
    s.world.edit(school, |school| school.quiet = Some(QuietHours::usual()));
    let id = s.proposed();
    s.world.now = at("2026-10-12T23:00").timestamp();
    s.world.does(s.principal.actor(), &approve(id));
    assert_eq!(s.state(id), NoticeState::Held { until: at("2026-10-13T06:30").timestamp() });
    let late = s.proposed();
    s.world.now = at("2026-10-16T11:59").timestamp();
    let since = at("2026-10-16T12:00");
    assert_eq!(s.world.refuses(s.moral.actor(), &approve(late)), Refusal::Closed { since });
}

#[test]
fn a_family_that_guesses_its_id_cannot_answer_what_waits() {
    let mut s = scene();
    let id = s.proposed();
    let child = s.world.all::<xinmei_model::Child>()[0].id;
    let refusal = s.world.refuses(guardian(s.mother), &acknowledge(id, child));
    assert_eq!(refusal, Refusal::NotFound { what: "notice".into() });
}
