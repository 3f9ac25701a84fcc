//! Notices to who takes part: for every shape of family, who receives what is told to an event, a session, its waitlist, a
//! post or a shift, who is left out, and why.

use std::collections::BTreeSet;

use xinmei_model::{
    Act, Audience, Because, Child, Event, Id, Notice, NoticeState, Person, Post, Power, Proxy, Refusal,
    Relation, Right, RoleKind, Session, Shift, Stop, Target, Why, addressed, recipients,
};

use crate::world::{World, people::*, plans::*};

/// A class, an open day of two sessions with one seat and six, and a post of two shifts.
pub struct Scene {
    pub world: World,
    pub desk: Staff,
    pub class: Id<xinmei_model::Place>,
    pub event: Id<Event>,
    pub sessions: Vec<Id<Session>>,
    pub post: Id<Post>,
    pub shifts: Vec<Id<Shift>>,
}

pub fn scene() -> Scene {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let class = world.class(2024, 2);
    let (event, sessions) = world.event(desk, &[2, 6]);
    let times = [("2026-10-13T07:00", "2026-10-13T08:00", 3), ("2026-10-14T07:00", "2026-10-14T08:00", 3)];
    let (post, shifts) = world.post(desk, &times);
    Scene { world, desk, class, event, sessions, post, shifts }
}

impl Scene {
    fn child(&mut self, name: &str) -> Id<Child> {
        self.world.child(name, self.class)
    }

    fn guardian(&mut self, name: &str, child: Id<Child>, rights: &[Right]) -> Id<Person> {
        self.world.guardian(name).of(child, Relation::Other, rights).id()
    }

    /// A child with one parent.
    pub fn home(&mut self, name: &str, parent: &str) -> (Id<Child>, Id<Person>) {
        let child = self.child(name);
        (child, self.guardian(parent, child, PARENT))
    }

    fn takes(&mut self, who: Id<Person>, shift: usize) {
        self.world.does(guardian(who), &take(self.shifts[shift]));
    }

    fn because(&self, because: &Because) -> String {
        match because {
            Because::Place(_) => "班".into(),
            Because::Child => "点名".into(),
            Because::Comes(session) => format!("来{}", self.world.get(*session).name),
            Because::Waits(session) => format!("候补{}", self.world.get(*session).name),
            Because::Came(session) => format!("到场{}", self.world.get(*session).name),
            Because::Shift(shift) => {
                format!("班次{}", self.shifts.iter().position(|one| one == shift).unwrap() + 1)
            }
        }
    }

    /// The preview as one text: families with why, who is left out, and who has no family here.
    pub fn preview(&self, include: &[Target], except: &[Target]) -> String {
        let audience = Audience { include: include.into(), except: except.into() };
        let found = self.world.recipients(&audience);
        let here = self.world.ask_on_device_of(self.desk.person, |facts| recipients(facts, &audience));
        assert_eq!(here.as_ref(), Ok(&found), "the desk sees what the school works out");
        let sorted = |names: BTreeSet<String>| names.into_iter().collect::<Vec<_>>().join("、");
        let family = |family: &xinmei_model::Family| {
            let unique: BTreeSet<_> = family.children.iter().collect();
            assert_eq!(unique.len(), family.children.len(), "a child is named once");
            let children = family.children.iter().map(|child| self.world.get(*child).name).collect();
            let guardians = family.guardians.iter();
            let guardians = guardians.map(|(who, child)| {
                format!("{}为{}", self.world.get(*who).name, self.world.get(*child).name)
            });
            let because = family.because.iter().map(|because| self.because(because)).collect();
            format!("{}：{}（{}）", sorted(children), sorted(guardians.collect()), sorted(because))
        };
        let families: BTreeSet<_> = found.families.iter().map(family).collect();
        let left = found.left_out.iter().map(|left| {
            let why = match left.why {
                Why::NotJoined => "未加入",
                Why::OnPaper => "纸质",
                Why::CannotReceive => "不能接收",
            };
            format!("{}为{}{why}", left.guardian_name, self.world.get(left.child).name)
        });
        let nobody = found.no_family.iter().map(|one| one.name.clone()).collect();
        let families: Vec<_> = families.into_iter().collect();
        format!("{}｜{}｜{}", families.join("；"), sorted(left.collect()), sorted(nobody))
    }

    #[track_caller]
    fn comes(&self, expected: &str) {
        assert_eq!(self.preview(&[Target::Event(self.event)], &[]), expected);
    }

    #[track_caller]
    fn helps(&self, expected: &str) {
        assert_eq!(self.preview(&[Target::Post(self.post)], &[]), expected);
    }
}

#[test]
fn who_comes_is_told_and_the_rest_of_the_class_is_not() {
    let mut s = scene();
    let (child, mother) = s.home("雨桐", "王芳");
    s.home("梓轩", "王强");
    s.world.signs_up(mother, s.sessions[1], &[child], 1);
    s.comes("雨桐：王芳为雨桐（来第 2 场）｜｜");
    assert_eq!(s.preview(&[Target::Session(s.sessions[0])], &[]), "｜｜");
    assert_eq!(s.preview(&[Target::Session(s.sessions[1])], &[]), "雨桐：王芳为雨桐（来第 2 场）｜｜");
}

#[test]
fn of_separated_parents_of_whom_one_booked_both_are_told_who_may_both_decide() {
    let mut s = scene();
    let child = s.child("雨桐");
    let mother = s.guardian("妈妈", child, PARENT);
    s.guardian("爸爸", child, PARENT);
    s.world.signs_up(mother, s.sessions[1], &[child], 1);
    s.comes("雨桐：妈妈为雨桐、爸爸为雨桐（来第 2 场）｜｜");
}

#[test]
fn a_father_with_messages_only_does_not_learn_from_a_notice_where_the_mother_will_be() {
    // The booking itself he does not see either.
    let mut s = scene();
    let child = s.child("雨桐");
    let mother = s.guardian("妈妈", child, PARENT);
    let father = s.guardian("爸爸", child, &[Right::Messages]);
    let booking = s.world.signs_up(mother, s.sessions[1], &[child], 1);
    assert!(!s.world.sees(father, booking));
    s.comes("雨桐：妈妈为雨桐（来第 2 场）｜爸爸为雨桐不能接收｜");
    // Where the class is told too, he is told as one of the class.
    let both = [Target::Place(s.class), Target::Event(s.event)];
    assert_eq!(s.preview(&both, &[]), "雨桐：妈妈为雨桐、爸爸为雨桐（来第 2 场、班）｜｜");
}

#[test]
fn of_siblings_of_whom_one_goes_only_that_one_is_named() {
    let mut s = scene();
    let (elder, younger) = (s.child("雨桐"), s.child("雨泽"));
    let mother = s.guardian("妈妈", elder, PARENT);
    s.world.link(mother, younger, Relation::Mother, PARENT);
    let booking = s.world.signs_up(mother, s.sessions[1], &[younger], 1);
    s.comes("雨泽：妈妈为雨泽（来第 2 场）｜｜");
    s.world.does(guardian(mother), &withdraw(booking));
    s.world.signs_up(mother, s.sessions[1], &[elder, younger], 2);
    s.comes("雨桐、雨泽：妈妈为雨桐、妈妈为雨泽（来第 2 场）｜｜");
}

#[test]
fn a_booking_that_was_given_back_is_nobody_and_one_that_waits_only_by_itself() {
    let mut s = scene();
    let (first, mother) = s.home("雨桐", "王芳");
    let (second, father) = s.home("梓轩", "王强");
    let booking = s.world.signs_up(mother, s.sessions[0], &[first], 2);
    s.world.signs_up(father, s.sessions[0], &[second], 2);
    s.comes("雨桐：王芳为雨桐（来第 1 场）｜｜");
    let waiting = Target::Waiting(s.event);
    assert_eq!(s.preview(&[waiting], &[]), "梓轩：王强为梓轩（候补第 1 场）｜｜");
    assert_eq!(
        s.preview(&[Target::Event(s.event), waiting], &[]),
        "梓轩：王强为梓轩（候补第 1 场）；雨桐：王芳为雨桐（来第 1 场）｜｜"
    );
    s.world.does(guardian(mother), &withdraw(booking));
    // The seat is held for who is asked now.
    s.comes("梓轩：王强为梓轩（来第 1 场）｜｜");
    assert_eq!(s.preview(&[waiting], &[]), "｜｜");
}

#[test]
fn who_comes_and_has_no_device_or_may_not_be_told_is_named_with_why() {
    let mut s = scene();
    let (child, mother) = s.home("雨桐", "妈妈");
    let father = s.guardian("爸爸", child, &[Right::Decide]);
    let grandfather = s.guardian("外公", child, PARENT);
    s.world.edit_link(mother, child, |link| link.joined = false);
    s.world.edit_link(grandfather, child, |link| link.on_paper = true);
    s.world.signs_up(father, s.sessions[1], &[child], 1);
    s.comes("｜外公为雨桐纸质、妈妈为雨桐未加入、爸爸为雨桐不能接收｜");
}

#[test]
fn a_child_that_left_the_campus_of_the_event_is_out_of_its_desks_reach() {
    let mut s = scene();
    let (child, mother) = s.home("雨桐", "王芳");
    s.world.signs_up(mother, s.sessions[1], &[child], 1);
    let east = s.world.campus("东校区");
    let far = s.world.class_at(east, 2024, 1);
    s.world.transfer(child, far);
    s.comes("｜｜");
}

#[test]
fn a_shift_is_told_to_who_took_it_and_not_to_the_other_parent() {
    let mut s = scene();
    let (child, mother) = s.home("雨桐", "妈妈");
    s.guardian("爸爸", child, PARENT);
    let (_, other) = s.home("梓轩", "王强");
    s.takes(mother, 0);
    s.takes(other, 1);
    s.helps("梓轩：王强为梓轩（班次2）；雨桐：妈妈为雨桐（班次1）｜｜");
    assert_eq!(s.preview(&[Target::Shift(s.shifts[0])], &[]), "雨桐：妈妈为雨桐（班次1）｜｜");
    s.takes(mother, 1);
    s.world.does(guardian(other), &drop_shift(s.shifts[1]));
    s.helps("雨桐：妈妈为雨桐（班次1、班次2）｜｜");
}

#[test]
fn a_volunteer_with_two_children_is_told_once_because_of_one_of_them() {
    let mut s = scene();
    let (elder, younger) = (s.child("雨桐"), s.child("雨泽"));
    let mother = s.guardian("妈妈", elder, &[Right::PickUp]);
    s.world.link(mother, younger, Relation::Mother, PARENT);
    s.takes(mother, 0);
    s.helps("雨泽：妈妈为雨泽（班次1）｜｜");
    // Where a child of hers is told anyhow it is that one: nothing is asked of her twice.
    let third = s.child("雨晴");
    s.world.link(mother, third, Relation::Mother, PARENT);
    let both = [Target::Post(s.post), Target::Child(third)];
    assert_eq!(s.preview(&both, &[]), "雨晴：妈妈为雨晴（点名、班次1）｜｜");
}

#[test]
fn a_teacher_who_is_a_parent_is_told_of_a_shift_as_a_parent_and_a_colleague_without_a_child_is_named() {
    let mut s = scene();
    let child = s.child("雨桐");
    let teacher = s.guardian("张老师", child, PARENT);
    let hat = s.world.role(teacher, RoleKind::SubjectTeacher, s.class);
    let colleague = s.world.teacher("刘老师", s.class);
    s.world.does(hat.actor(), &take(s.shifts[0]));
    s.world.does(colleague.actor(), &take(s.shifts[0]));
    s.helps("雨桐：张老师为雨桐（班次1）｜｜刘老师");
}

#[test]
fn a_volunteer_without_the_right_to_messages_is_left_out_and_one_of_another_campus_has_no_family_here() {
    let mut s = scene();
    let (_, mother) = s.home("雨桐", "王芳");
    let child = s.child("梓轩");
    let father = s.guardian("王强", child, &[Right::PickUp]);
    let east = s.world.campus("东校区");
    let far = s.world.class_at(east, 2024, 1);
    let there = s.world.child("一诺", far);
    let guest = s.guardian("陈刚", there, PARENT);
    for who in [mother, father, guest] {
        s.takes(who, 0);
    }
    s.helps("雨桐：王芳为雨桐（班次1）｜王强为梓轩不能接收｜陈刚");
}

#[test]
fn exclusions_win_over_bookings_and_shifts() {
    let mut s = scene();
    let (first, mother) = s.home("雨桐", "王芳");
    let (second, father) = s.home("梓轩", "王强");
    s.world.signs_up(mother, s.sessions[1], &[first], 1);
    s.takes(father, 0);
    let (class, event, post) = (Target::Place(s.class), Target::Event(s.event), Target::Post(s.post));
    let cases: [(&[Target], &[Target], &str); 7] = [
        (&[class], &[event], "梓轩：王强为梓轩（班）｜｜"),
        (&[class], &[post], "雨桐：王芳为雨桐（班）｜｜"),
        (&[event], &[Target::Child(first)], "｜｜"),
        (&[event], &[class], "｜｜"),
        (&[post], &[Target::Child(second)], "｜｜"),
        (&[post], &[Target::Shift(s.shifts[1])], "梓轩：王强为梓轩（班次1）｜｜"),
        (&[event, post], &[post], "雨桐：王芳为雨桐（来第 2 场）｜｜"),
    ];
    for (include, except, expected) in cases {
        assert_eq!(s.preview(include, except), expected);
    }
}

#[test]
fn only_the_desk_tells_who_takes_part_and_nobody_learns_it_by_leaving_them_out() {
    let mut s = scene();
    let (child, mother) = s.home("雨桐", "王芳");
    s.world.signs_up(mother, s.sessions[1], &[child], 1);
    s.takes(mother, 0);
    let teacher = s.world.teacher("张晓梅", s.class);
    let head = s.world.staff("校长", RoleKind::Head, s.world.root);
    let east = s.world.campus("东校区");
    let elsewhere = s.world.coordinator(east);
    let (events, shifts) = (Power::ManageEvents, Power::ManageShifts);
    let parts = [
        (Target::Event(s.event), events),
        (Target::Session(s.sessions[1]), events),
        (Target::Waiting(s.event), events),
        (Target::Came(s.event), events),
        (Target::Post(s.post), shifts),
        (Target::Shift(s.shifts[0]), shifts),
    ];
    for (part, power) in parts {
        let include = Audience { include: vec![part], except: vec![] };
        let except = Audience { include: to_place(s.class).include, except: vec![part] };
        for audience in [include, except] {
            let notice = s.world.notice_draft(audience.clone());
            let act = Act::SendNotice { notice };
            assert_eq!(s.world.refuses(head.actor(), &act), Refusal::NoPower { power });
            for who in [teacher, elsewhere] {
                assert!(matches!(s.world.refuses(who.actor(), &act), Refusal::NoPower { .. }));
            }
        }
    }
    s.world.notice(s.desk, Audience { include: vec![Target::Event(s.event)], except: vec![] });
}

#[test]
fn whoever_the_preview_names_can_read_it_and_nobody_else_of_the_family() {
    let mut s = scene();
    let child = s.child("雨桐");
    let (mother, father) = (s.guardian("妈妈", child, PARENT), s.guardian("爸爸", child, PARENT));
    let other = s.home("梓轩", "王强").1;
    s.takes(mother, 0);
    let notice = s.world.notice(s.desk, Audience { include: vec![Target::Post(s.post)], except: vec![] });
    let reads = [mother, father, other].map(|who| s.world.sees(who, notice));
    assert_eq!(reads, [true, false, false]);
    s.world.does(guardian(mother), &acknowledge(notice, child));
    let act = acknowledge(notice, child);
    assert!(matches!(s.world.decide(guardian(other), &act), Err(Stop::Refused(_))));
}

#[test]
fn who_gives_back_afterwards_keeps_what_was_told_and_who_signs_up_afterwards_is_not_waited_for() {
    let mut s = scene();
    let (first, mother) = s.home("雨桐", "王芳");
    let (second, father) = s.home("梓轩", "王强");
    let (third, paper) = s.home("一诺", "陈刚");
    s.world.edit_link(paper, third, |link| link.on_paper = true);
    let booking = s.world.signs_up(mother, s.sessions[1], &[first], 1);
    let entered = Act::SignUp(xinmei_model::SignUp {
        on_behalf_of: Some(Proxy::new(paper, "来电")),
        ..s.world.wish(s.sessions[1], &[third], 1)
    });
    s.world.does(s.desk.actor(), &entered);
    let notice = s.world.notice(s.desk, Audience { include: vec![Target::Event(s.event)], except: vec![] });
    s.world.does(guardian(mother), &withdraw(booking));
    s.world.signs_up(father, s.sessions[1], &[second], 1);
    assert_eq!([mother, father].map(|who| s.world.sees(who, notice)), [true, false]);
    let sent: Notice = s.world.get(notice);
    let of = |facts: &xinmei_model::Facts| addressed(facts, &sent);
    let found = s.world.ask_on_device_of(s.desk.person, of);
    assert_eq!(found, s.world.ask(of), "its author reads it too");
    let (children, found) = found.unwrap();
    assert_eq!(children, BTreeSet::from([first, third]));
    assert_eq!((found.families.len(), found.left_out.len()), (1, 1));
    // What was asked may be answered still: by who was told, and on paper.
    s.world.does(guardian(mother), &acknowledge(notice, first));
    let act = Act::Answer(xinmei_model::Answering {
        on_behalf_of: Some(Proxy::new(paper, "纸条")),
        ..xinmei_model::Answering::new(notice, third, xinmei_model::Reply::Acknowledge)
    });
    s.world.does(s.desk.actor(), &act);
}

#[test]
fn the_list_is_worked_out_anew_when_it_goes_out() {
    let mut s = scene();
    let (first, mother) = s.home("雨桐", "王芳");
    let (second, father) = s.home("梓轩", "王强");
    let booking = s.world.signs_up(mother, s.sessions[1], &[first], 1);
    let notice = s.world.notice_draft(Audience { include: vec![Target::Event(s.event)], except: vec![] });
    let id = notice.id;
    s.world.does(s.desk.actor(), &Act::SendNotice { notice: notice.clone() });
    let again = xinmei_model::NoticeDraft { id: s.world.fresh(), ..notice };
    s.world.signs_up(father, s.sessions[1], &[second], 1);
    let seen = s.world.refuses(s.desk.actor(), &Act::SendNotice { notice: again });
    assert_eq!(seen, Refusal::AudienceChanged { seen: 1, now: 2 });
    s.world.does(guardian(mother), &withdraw(booking));
    s.world.release();
    let sent: Notice = s.world.get(id);
    assert!(matches!(sent.state, NoticeState::Sent { .. }));
    assert_eq!([mother, father].map(|who| s.world.sees(who, id)), [false, true]);
    assert_eq!((sent.families, sent.children), (1, 1));
}

#[test]
fn a_person_cannot_be_named_to_answer_for_who_takes_part_and_an_alert_goes_to_places() {
    let mut s = scene();
    let (child, mother) = s.home("雨桐", "王芳");
    s.world.signs_up(mother, s.sessions[1], &[child], 1);
    let mut notice = s.world.notice_draft(Audience { include: vec![Target::Event(s.event)], except: vec![] });
    notice.answered_by = xinmei_model::AnsweredBy::Guardian { person: mother, name: String::new() };
    let refused = s.world.refuses(s.desk.actor(), &Act::SendNotice { notice });
    assert_eq!(refused, Refusal::Malformed { field: "answered_by".into() });
}
