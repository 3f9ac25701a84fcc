//! Who may act for whom: the rights of guardians, the powers of staff, and what a stranger learns.

use jiff::ToSpan;
use xinmei_model::{
    Act, Actor, Answering, Booking, Child, Entered, Hat, Id, Link, Notice, POWERS, Person, Place, Power,
    Proxy, Refusal, Relation, RelationGrants, Reply, Right, RoleKind, Session, SignUp, limits,
};

use crate::world::{World, people::*, plans::*};

const NO_RIGHT: Refusal = Refusal::NoRight { right: Right::Decide };

fn not_found(what: &str) -> Refusal {
    Refusal::NotFound { what: what.into() }
}

/// 雨桐 of 2024级2班, her mother who decides, her grandmother who does not, a booking, and a notice to the class.
struct Scene {
    world: World,
    class: Id<Place>,
    teacher: Staff,
    desk: Staff,
    child: Id<Child>,
    mother: Id<Person>,
    grandmother: Id<Person>,
    session: Id<Session>,
    booking: Id<Booking>,
    notice: Id<Notice>,
}

fn scene() -> Scene {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let (teacher, desk) = (world.teacher("张晓梅", class), world.coordinator(world.campus));
    let child = world.child("李雨桐", class);
    let sibling = world.child("李雨泽", class);
    let rights = (Relation::Mother, PARENT);
    let mother = world.guardian("王芳").of(child, rights.0, rights.1).of(sibling, rights.0, rights.1).id();
    let grandmother = world.guardian("赵秀英").of(child, Relation::PaternalGrandmother, GRANDPARENT).id();
    let (_, sessions) = world.event(desk, &[1, 5]);
    // Somebody else had the only seat of the first session; 雨桐 waited and is offered it.
    let other = world.child("陈一诺", class);
    let father = world.guardian("陈刚").of(other, Relation::Father, PARENT).id();
    let taken = world.signs_up(father, sessions[0], &[other], 1);
    let booking = world.signs_up(mother, sessions[0], &[child], 1);
    world.does(guardian(father), &withdraw(taken));
    let notice = world.notice(teacher, to_place(class));
    Scene { world, class, teacher, desk, child, mother, grandmother, session: sessions[1], booking, notice }
}

impl Scene {
    /// Everything that needs the right to decide for 雨桐.
    fn deciding(&mut self, on_behalf_of: Option<Id<Person>>) -> Vec<Act> {
        let wish = self.world.wish(self.session, &[self.child], 1);
        let proxy = || on_behalf_of.map(|person| Proxy::new(person, ""));
        let (booking, notice, child) = (self.booking, self.notice, self.child);
        vec![
            Act::SignUp(SignUp { on_behalf_of: proxy(), ..wish }),
            Act::AcceptOffer { booking, on_behalf_of: proxy() },
            Act::DeclineOffer { booking, on_behalf_of: proxy() },
            Act::Withdraw { booking, on_behalf_of: proxy() },
            Act::Answer(Answering {
                on_behalf_of: proxy(),
                ..Answering::new(notice, child, Reply::Acknowledge)
            }),
        ]
    }

    /// Each act, with what an unknown row in its place is refused as.
    #[track_caller]
    fn all_refused(&mut self, actor: Actor, on_behalf_of: Option<Id<Person>>, expected: &Refusal) {
        for act in self.deciding(on_behalf_of) {
            assert_eq!(&self.world.refuses(actor, &act), expected, "{act:?}");
        }
    }

    /// A stranger learns the same as from an id that was never given.
    #[track_caller]
    fn nothing_there(&mut self, actor: Actor, on_behalf_of: Option<Id<Person>>) {
        let real = self.deciding(on_behalf_of);
        self.child = self.world.fresh();
        self.booking = self.world.fresh();
        let unknown = self.deciding(on_behalf_of);
        for (real, unknown) in real.iter().zip(&unknown) {
            let refusal = self.world.refuses(actor, real);
            assert_eq!(refusal, self.world.refuses(actor, unknown), "{real:?}");
            assert!(matches!(refusal, Refusal::NotFound { .. }), "{refusal:?} for {real:?}");
        }
    }
}

#[test]
fn whoever_may_decide_does_all_of_it() {
    for index in 0..5 {
        let mut scene = scene();
        if index == 0 {
            scene.world.does(guardian(scene.mother), &withdraw(scene.booking));
        }
        let act = scene.deciding(None).swap_remove(index);
        assert!(!scene.world.does(guardian(scene.mother), &act).is_empty(), "{act:?}");
    }
}

#[test]
fn a_grandparent_with_messages_and_pick_up_may_neither_book_nor_answer() {
    let mut scene = scene();
    let grandmother = guardian(scene.grandmother);
    scene.all_refused(grandmother, None, &NO_RIGHT);
    assert!(scene.world.sees(scene.grandmother, scene.notice), "but reads it");
}

#[test]
fn a_stranger_learns_what_an_unknown_id_would_say() {
    let mut scene = scene();
    let stranger = scene.world.person("陌生人");
    scene.nothing_there(guardian(stranger), None);
}

#[test]
fn a_guardian_of_another_child_learns_nothing_either() {
    let mut scene = scene();
    let other = scene.world.child("刘子涵", scene.class);
    let father = scene.world.guardian("刘强").of(other, Relation::Father, PARENT).id();
    scene.nothing_there(guardian(father), None);
}

#[test]
fn a_barred_guardian_is_a_stranger() {
    let mut scene = scene();
    scene.world.bar(scene.mother, scene.child);
    scene.nothing_there(guardian(scene.mother), None);
}

#[test]
fn a_link_that_ended_yesterday_is_gone_and_one_that_ends_today_still_stands() {
    let mut scene = scene();
    let (today, yesterday) = (scene.world.today(), scene.world.yesterday());
    scene.world.edit_link(scene.mother, scene.child, |link| link.to = Some(today));
    let act = acknowledge(scene.notice, scene.child);
    scene.world.does(guardian(scene.mother), &act);
    scene.world.edit_link(scene.mother, scene.child, |link| link.to = Some(yesterday));
    scene.nothing_there(guardian(scene.mother), None);
}

#[test]
fn a_right_that_ended_yesterday_or_begins_tomorrow_is_no_right_and_one_that_ends_today_is() {
    let mut scene = scene();
    let (today, yesterday) = (scene.world.today(), scene.world.yesterday());
    let mother = guardian(scene.mother);
    scene.world.edit_link(scene.mother, scene.child, |link| link.rights.decide = until(yesterday));
    scene.all_refused(mother, None, &NO_RIGHT);
    let tomorrow = Some(xinmei_model::Grant { from: today + 1.day(), to: None, by: "办公室".into() });
    scene.world.edit_link(scene.mother, scene.child, |link| link.rights.decide = tomorrow);
    scene.all_refused(mother, None, &NO_RIGHT);
    scene.world.edit_link(scene.mother, scene.child, |link| link.rights.decide = until(today));
    scene.world.does(mother, &acknowledge(scene.notice, scene.child));
}

#[test]
fn a_day_ends_at_the_schools_midnight() {
    let mut scene = scene();
    let today = scene.world.today();
    scene.world.edit_link(scene.mother, scene.child, |link| link.rights.decide = until(today));
    scene.world.now = at("2026-10-12T23:59:59.999999999").timestamp();
    scene.world.does(guardian(scene.mother), &withdraw(scene.booking));
    scene.world.now = at("2026-10-13T00:00").timestamp();
    let act = acknowledge(scene.notice, scene.child);
    assert_eq!(scene.world.refuses(guardian(scene.mother), &act), NO_RIGHT);
}

#[test]
fn all_of_a_family_or_none_holds_for_rights_too() {
    let mut scene = scene();
    let half = scene.world.child("李雨晴", scene.class);
    scene.world.link(scene.mother, half, Relation::Mother, GRANDPARENT);
    let wish = scene.world.wish(scene.session, &[scene.child, half], 1);
    assert_eq!(scene.world.refuses(guardian(scene.mother), &Act::SignUp(wish)), NO_RIGHT);
    // Booked together, and then the right over one of them ends.
    scene.world.does(guardian(scene.mother), &withdraw(scene.booking));
    scene.world.link(scene.mother, half, Relation::Mother, PARENT);
    let both = scene.world.signs_up(scene.mother, scene.session, &[scene.child, half], 1);
    scene.world.link(scene.mother, half, Relation::Mother, GRANDPARENT);
    assert_eq!(scene.world.refuses(guardian(scene.mother), &withdraw(both)), NO_RIGHT);
}

// ---- 代办 ----

#[test]
fn staff_act_for_a_family_that_phoned_and_the_family_sees_who() {
    let mut scene = scene();
    let mother = Some(Proxy::new(scene.mother, " 妈妈来电 "));
    let give_back = Act::Withdraw { booking: scene.booking, on_behalf_of: mother.clone() };
    scene.world.does(scene.desk.actor(), &give_back);
    let act = Act::Answer(Answering {
        on_behalf_of: mother.clone(),
        ..Answering::new(scene.notice, scene.child, Reply::Acknowledge)
    });
    scene.world.does(scene.teacher.actor(), &act);
    let mut wish = scene.world.wish(scene.session, &[scene.child], 1);
    wish.on_behalf_of = mother;
    let id = wish.booking;
    scene.world.does(scene.teacher.actor(), &Act::SignUp(wish));
    let booking = scene.world.get(id);
    let entered = Some(Entered { by: "张晓梅".into(), note: "妈妈来电".into() });
    assert_eq!((&booking.entered, booking.guardian_name.as_str()), (&entered, "王芳"));
    assert!(scene.world.sees(scene.mother, id));
    let answer = scene.world.all::<xinmei_model::Answer>().remove(0);
    assert_eq!((&answer.given.entered, answer.given.guardian_name.as_str()), (&entered, "王芳"));
}

#[test]
fn a_booking_the_family_made_itself_names_no_member_of_staff() {
    let scene = scene();
    assert_eq!(scene.world.get(scene.booking).entered, None);
}

#[test]
fn staff_cannot_give_a_guardian_more_than_that_guardian_holds() {
    let mut scene = scene();
    let (desk, grandmother) = (scene.desk.actor(), Some(scene.grandmother));
    scene.all_refused(desk, grandmother, &NO_RIGHT);
}

#[test]
fn staff_acting_for_somebody_who_is_no_guardian_find_nothing() {
    let mut scene = scene();
    let stranger = Some(Proxy::new(scene.world.person("陌生人"), ""));
    let act = Act::Answer(Answering {
        on_behalf_of: stranger.clone(),
        ..Answering::new(scene.notice, scene.child, Reply::Acknowledge)
    });
    assert_eq!(scene.world.refuses(scene.desk.actor(), &act), not_found("child"));
    let act = Act::Withdraw { booking: scene.booking, on_behalf_of: stranger };
    assert_eq!(scene.world.refuses(scene.desk.actor(), &act), not_found("booking"));
}

#[test]
fn only_some_roles_act_for_families_and_only_where_they_hold() {
    let no_power = Refusal::NoPower { power: Power::ActForFamilies };
    for (kind, powers) in POWERS {
        let mut scene = scene();
        let next_door = scene.world.class(2024, 3);
        let here = scene.world.staff("本班", *kind, scene.class);
        let there = scene.world.staff("隔壁", *kind, next_door);
        let mother = Some(scene.mother);
        scene.all_refused(there.actor(), mother, &no_power);
        if powers.contains(&Power::ActForFamilies) {
            let on_behalf_of = Some(Proxy::new(scene.mother, ""));
            let act = Act::Withdraw { booking: scene.booking, on_behalf_of };
            scene.world.does(here.actor(), &act);
        } else {
            scene.all_refused(here.actor(), mother, &no_power);
        }
    }
}

#[test]
fn out_of_reach_a_child_that_exists_and_one_that_does_not_are_refused_alike() {
    let mut scene = scene();
    let next_door = scene.world.class(2024, 3);
    let teacher = scene.world.teacher("隔壁", next_door).actor();
    let made_up = Actor::Person { person: scene.grandmother, hat: Hat::Staff { role: scene.world.fresh() } };
    let unknown = scene.world.fresh();
    for actor in [teacher, made_up] {
        let [real, unknown] = [scene.child, unknown].map(|child| {
            let on_behalf_of = Some(Proxy::new(scene.mother, ""));
            scene.world.refuses(
                actor,
                &Act::Answer(Answering {
                    on_behalf_of,
                    ..Answering::new(scene.notice, child, Reply::Acknowledge)
                }),
            )
        });
        assert_eq!(real, unknown);
    }
}

#[test]
fn a_hat_of_somebody_else_and_a_role_that_ended_allow_nothing() {
    let mut scene = scene();
    let mother = Some(scene.mother);
    let thief = scene.world.person("冒名者");
    let stolen = Actor::Person { person: thief, hat: Hat::Staff { role: scene.desk.role } };
    let acts = scene.deciding(mother);
    let no_power = Refusal::NoPower { power: Power::ActForFamilies };
    scene.all_refused(stolen, mother, &no_power);
    let desk = scene.desk;
    let today = scene.world.today();
    scene.world.edit(desk.role, |role| role.to = Some(today));
    scene.world.clone().does(desk.actor(), &acts[3]);
    scene.world.edit(desk.role, |role| role.to = Some(role.from));
    scene.all_refused(desk.actor(), mother, &no_power);
    scene.world.edit(desk.role, |role| (role.from, role.to) = (today + 1.day(), None));
    scene.all_refused(desk.actor(), mother, &no_power);
}

#[test]
fn a_hat_counts_alone_although_the_same_person_wears_another() {
    let mut scene = scene();
    let child = scene.world.child("张小宝", scene.class);
    scene.world.link(scene.teacher.person, child, Relation::Mother, GRANDPARENT);
    // As a mother she may not decide, although as a teacher she could act for others.
    let as_mother = guardian(scene.teacher.person);
    assert_eq!(scene.world.refuses(as_mother, &acknowledge(scene.notice, child)), NO_RIGHT);
    // As a teacher she cannot give herself the right either.
    let on_behalf_of = Some(Proxy::new(scene.teacher.person, ""));
    let act =
        Act::Answer(Answering { on_behalf_of, ..Answering::new(scene.notice, child, Reply::Acknowledge) });
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &act), NO_RIGHT);
}

#[test]
fn a_guardian_acts_for_nobody_else_and_staff_name_whom_they_act_for() {
    let mut scene = scene();
    let malformed = Refusal::Malformed { field: "on_behalf_of".into() };
    let (mother, desk) = (guardian(scene.mother), scene.desk.actor());
    scene.all_refused(mother, Some(scene.grandmother), &malformed);
    scene.all_refused(desk, None, &malformed);
    scene.all_refused(Actor::Clock, None, &NO_RIGHT);
}

// ---- rights as the office sets them ----

#[test]
fn only_who_administers_the_school_sets_rights_and_decides_remarks() {
    let mut scene = scene();
    let remark = scene.world.remark(scene.child, "父母离异，随母生活");
    let link = link_id(scene.grandmother, scene.child);
    let set = Act::SetRights { link, rights: vec![Right::Messages], barred: false };
    let decide = Act::DecideRemarks { remarks: vec![remark], grants: vec![] };
    let campus_office = scene.world.staff("校区", RoleKind::Administrator, scene.world.campus);
    for actor in [guardian(scene.mother), scene.teacher.actor(), scene.desk.actor(), campus_office.actor()] {
        for act in [&set, &decide] {
            let no_power = Refusal::NoPower { power: Power::Administer };
            assert_eq!(scene.world.refuses(actor, act), no_power, "{act:?}");
        }
    }
    let office = scene.world.administrator().actor();
    scene.world.does(office, &set);
    scene.world.does(office, &decide);
    let empty = Act::DecideRemarks { remarks: vec![], grants: vec![] };
    assert_eq!(scene.world.refuses(office, &empty), Refusal::Malformed { field: "remarks".into() });
}

#[test]
fn remarks_of_a_whole_school_are_decided_together() {
    let mut scene = scene();
    let remarks: Vec<_> = (0..limits::REMARKS_PER_DECISION)
        .map(|n| {
            let child = scene.world.child(&format!("孩子{n}"), scene.class);
            scene.world.guardian("家长").of(child, Relation::Mother, &[]);
            scene.world.remark(child, "单亲")
        })
        .collect();
    let office = scene.world.administrator().actor();
    let grants = vec![RelationGrants { relation: Relation::Mother, rights: PARENT.to_vec(), barred: false }];
    scene.world.does(office, &Act::DecideRemarks { remarks: remarks.clone(), grants });
    assert!(remarks.into_iter().all(|remark| scene.world.get(remark).decided.is_some()));
}

#[test]
fn a_decision_gives_each_relation_exactly_its_rights_and_lifts_no_order() {
    let mut scene = scene();
    let father = scene.world.guardian("李建国").of(scene.child, Relation::Father, &[]).id();
    let barred = scene.world.guardian("李建军").of(scene.child, Relation::Other, PARENT).id();
    scene.world.edit_link(father, scene.child, |link| link.undecided = true);
    scene.world.bar(barred, scene.child);
    let remark = scene.world.remark(scene.child, "随母生活");
    let office = scene.world.administrator().actor();
    let grant =
        |relation, rights: &[Right]| RelationGrants { relation, rights: rights.into(), barred: false };
    let grants = vec![
        grant(Relation::Mother, PARENT),
        grant(Relation::Father, &[Right::Messages]),
        grant(Relation::Other, PARENT),
    ];
    scene.world.does(office, &Act::DecideRemarks { remarks: vec![remark], grants });
    let today = scene.world.today();
    let held = |who| {
        let link: Link = scene.world.get(link_id(who, scene.child));
        assert!(!link.undecided);
        Right::ALL.into_iter().filter(|right| link.allows(*right, today)).collect::<Vec<_>>()
    };
    assert_eq!(held(scene.mother), Right::ALL);
    assert_eq!(held(father), [Right::Messages]);
    assert_eq!(held(scene.grandmother), [], "a relation that is not named keeps nothing");
    assert_eq!(held(barred), [], "an order is lifted by name only");
    let decided = scene.world.get(remark).decided.unwrap();
    assert_eq!(decided, ("吴管理".into(), scene.world.now));
    let again = Act::DecideRemarks { remarks: vec![remark], grants: vec![] };
    assert_eq!(scene.world.refuses(office, &again), Refusal::NothingAsked, "nobody is overruled unawares");
    assert_eq!(held(scene.mother), Right::ALL);
}
