//! Alerts wait for nothing, are sent by few, end with an all-clear, and every child is called.

use xinmei_model::{
    Act, Alert, AlertStatus, Ask, Audience, Certainty, Child, Id, Marking, MsgType, Notice, NoticeDraft,
    NoticeState, Person, Place, Power, QuietHours, Refusal, Relation, Right, RoleKind, RollMark, RollState,
    Severity, Target, Urgency, limits,
};

use crate::world::{World, people::*, plans::*};

/// One campus, two classes; 雨桐 with both parents and a grandmother, 梓轩 with a father; two heads and a teacher of each class.
struct Scene {
    world: World,
    classes: [Id<Place>; 2],
    teacher: Staff,
    next_door: Staff,
    principal: Staff,
    moral: Staff,
    child: Id<Child>,
    mother: Id<Person>,
    grandmother: Id<Person>,
    other: Id<Child>,
    father: Id<Person>,
}

fn scene() -> Scene {
    let mut world = World::school();
    let classes = [world.class(2024, 2), world.class(2024, 3)];
    let teacher = world.teacher("张晓梅", classes[0]);
    let next_door = world.teacher("何军", classes[1]);
    let root = world.root;
    let principal = world.staff("熊校长", RoleKind::Head, root);
    let moral = world.staff("吴主任", RoleKind::Head, root);
    let child = world.child("李雨桐", classes[0]);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    let grandmother = world.guardian("赵秀英").of(child, Relation::PaternalGrandmother, GRANDPARENT).id();
    let other = world.child("王梓轩", classes[1]);
    let father = world.guardian("王强").of(other, Relation::Father, PARENT).id();
    Scene { world, classes, teacher, next_door, principal, moral, child, mother, grandmother, other, father }
}

fn fire() -> Alert {
    Alert {
        status: AlertStatus::Actual,
        msg_type: MsgType::Alert,
        urgency: Urgency::Immediate,
        severity: Severity::Severe,
        certainty: Certainty::Observed,
        roll_call: true,
        expires: None,
    }
}

fn all_clear() -> Alert {
    Alert { msg_type: MsgType::Cancel, roll_call: false, ..fire() }
}

impl Scene {
    fn draft(&mut self, alert: Alert) -> NoticeDraft {
        let root = self.world.root;
        NoticeDraft {
            title: "实验楼有烟，学生已到操场".into(),
            ask: Ask::Nothing,
            due: None,
            alert: Some(alert),
            ..self.world.notice_draft(to_place(root))
        }
    }

    fn send(&mut self, by: Staff, notice: NoticeDraft) -> Id<Notice> {
        let id = notice.id;
        self.world.does(by.actor(), &Act::SendNotice { notice });
        self.world.fire_due();
        id
    }

    fn alarm(&mut self) -> Id<Notice> {
        let draft = self.draft(fire());
        self.send(self.principal, draft)
    }

    fn follow(&mut self, by: Staff, old: Id<Notice>, alert: Alert) -> Id<Notice> {
        let draft = NoticeDraft { supersedes: Some(old), ..self.draft(alert) };
        self.send(by, draft)
    }

    fn refused(&mut self, change: impl FnOnce(&mut NoticeDraft)) -> Refusal {
        let mut notice = self.draft(fire());
        change(&mut notice);
        self.world.refuses(self.principal.actor(), &Act::SendNotice { notice })
    }

    fn mark_of(&self, incident: Id<Notice>, child: Id<Child>) -> RollMark {
        self.world.get(RollMark::of(incident, child))
    }

    fn readers(&self, id: Id<RollMark>) -> [bool; 7] {
        let all = [
            self.teacher.person,
            self.principal.person,
            self.moral.person,
            self.mother,
            self.grandmother,
            self.next_door.person,
            self.father,
        ];
        all.map(|who| self.world.sees(who, id))
    }
}

fn mark(incident: Id<Notice>, child: Id<Child>, state: RollState, replaces: u32) -> Act {
    Act::MarkRollCall(Marking { incident, child, state, note: String::new(), replaces })
}

fn malformed(field: &str) -> Refusal {
    Refusal::Malformed { field: field.into() }
}

#[test]
fn it_goes_out_at_once_in_the_middle_of_the_night_without_a_second_person() {
    let mut s = scene();
    let school = s.world.school;
    s.world.edit(school, |school| school.quiet = Some(QuietHours::usual()));
    s.world.now = at("2026-10-13T03:00").timestamp();
    let id = s.alarm();
    assert_eq!(s.world.get(id).state, NoticeState::Sent { at: s.world.now });
    for who in [s.mother, s.grandmother, s.father, s.teacher.person, s.next_door.person, s.moral.person] {
        assert!(s.world.sees(who, id));
    }
    assert!(s.world.get(id).alarms_at(s.world.now));
}

#[test]
fn only_few_may_send_one() {
    let mut s = scene();
    let refused = Refusal::NoPower { power: Power::SendAlerts };
    let mut notice = s.draft(fire());
    notice.audience = to_place(s.classes[0]);
    let root = s.world.root;
    let coordinator = s.world.staff("周协调", RoleKind::Coordinator, root);
    let act = Act::SendNotice { notice };
    for who in [s.teacher.actor(), coordinator.actor(), guardian(s.mother)] {
        assert_eq!(s.world.refuses(who, &act), refused);
    }
}

#[test]
fn a_head_of_one_campus_alarms_that_campus_and_its_classes_alone() {
    let mut s = scene();
    let east = s.world.campus("东校区");
    let head = s.world.staff("何副校长", RoleKind::Head, east);
    let notice = s.draft(fire());
    assert_eq!(
        s.world.refuses(head.actor(), &Act::SendNotice { notice }),
        Refusal::NoPower { power: Power::SendAlerts }
    );
}

#[test]
fn an_alert_for_two_classes_reaches_their_families_and_their_staff_and_nobody_else() {
    let mut s = scene();
    let third = s.world.class(2024, 4);
    let stranger = s.world.teacher("冯老师", third);
    let child = s.world.child("陈一诺", third);
    let parent = s.world.guardian("陈刚").of(child, Relation::Father, PARENT).id();
    let audience = Audience { include: s.classes.map(Target::Place).to_vec(), except: vec![] };
    let draft = NoticeDraft { audience, ..s.draft(fire()) };
    let id = s.send(s.principal, draft);
    for who in [s.mother, s.father, s.teacher.person, s.next_door.person, s.moral.person] {
        assert!(s.world.sees(who, id));
    }
    assert!(!s.world.sees(stranger.person, id) && !s.world.sees(parent, id));
    let refusal = s.world.refuses(stranger.actor(), &mark(id, child, RollState::Safe, 0));
    assert_eq!(refusal, Refusal::NotFound { what: "notice".into() }, "that class was not called");
}

#[test]
fn what_waits_or_asks_too_much_is_no_alert() {
    let mut s = scene();
    let (class, child) = (s.classes[0], s.child);
    assert_eq!(s.refused(|d| d.send_at = Some(at("2026-10-12T12:00"))), malformed("send_at"));
    assert_eq!(s.refused(|d| d.due = Some(at("2026-10-12T12:00"))), malformed("due"));
    assert_eq!(s.refused(|d| d.ask = Ask::Sign), malformed("ask"));
    assert_eq!(s.refused(|d| d.audience.include = vec![Target::Child(child)]), malformed("audience"));
    assert_eq!(s.refused(|d| d.audience.except = vec![Target::Place(class)]), malformed("audience"));
    let over = Alert { expires: Some(at("2026-10-12T09:00")), ..fire() };
    assert_eq!(s.refused(|d| d.alert = Some(over)), malformed("alert.expires"));
    assert_eq!(s.refused(|d| d.alert = Some(all_clear())), malformed("alert.msg_type"));
    let called = Alert { roll_call: true, ..all_clear() };
    assert_eq!(s.refused(|d| d.alert = Some(called)), malformed("alert.roll_call"));
}

#[test]
fn families_that_joined_a_minute_ago_do_not_stop_it() {
    let mut s = scene();
    let draft = NoticeDraft { families_seen: 1, ..s.draft(fire()) };
    let id = s.send(s.principal, draft);
    assert_eq!(s.world.get(id).families, 2);
}

#[test]
fn an_update_replaces_it_and_the_other_head_gives_the_all_clear() {
    let mut s = scene();
    let first = s.alarm();
    let update = Alert { msg_type: MsgType::Update, severity: Severity::Minor, ..fire() };
    let second = s.follow(s.principal, first, update);
    assert_eq!(s.world.get(second).incident, Some(first));
    assert!(matches!(s.world.get(first).state, NoticeState::Superseded { by, .. } if by == second));
    let third = s.follow(s.moral, second, all_clear());
    let clear = s.world.get(third);
    assert_eq!((clear.incident, clear.author), (Some(first), s.moral.person));
    assert!(!clear.alarms_at(s.world.now) && !s.world.get(second).alarms_at(s.world.now));
    assert!(s.world.sees(s.mother, third) && !s.world.sees(s.mother, second));
}

#[test]
fn an_exercise_ends_as_an_exercise_and_with_whom_it_began() {
    let mut s = scene();
    let drill = Alert { status: AlertStatus::Exercise, ..fire() };
    let draft = s.draft(drill);
    let first = s.send(s.principal, draft);
    assert_eq!(
        s.refused(|d| (d.supersedes, d.alert) = (Some(first), Some(all_clear()))),
        malformed("alert.msg_type")
    );
    let clear = Alert { status: AlertStatus::Exercise, ..all_clear() };
    let class = s.classes[0];
    let elsewhere = |d: &mut NoticeDraft| {
        (d.supersedes, d.alert, d.audience) = (Some(first), Some(clear.clone()), to_place(class));
    };
    assert_eq!(s.refused(elsewhere), malformed("audience"));
    assert_eq!(
        s.refused(|d| (d.supersedes, d.alert) = (Some(first), None)),
        malformed("alert.msg_type"),
        "a notice like any other does not end it"
    );
}

#[test]
fn it_is_over_by_itself_where_it_says_so() {
    let mut s = scene();
    let until = at("2026-10-12T12:00");
    let draft = s.draft(Alert { expires: Some(until.clone()), ..fire() });
    let id = s.send(s.principal, draft);
    let alert = s.world.get(id);
    assert!(alert.alarms_at(until.timestamp() - jiff::SignedDuration::from_nanos(1)));
    assert!(!alert.alarms_at(until.timestamp()));
}

#[test]
fn a_teacher_calls_the_roll_and_family_and_heads_see_it_and_nobody_else() {
    let mut s = scene();
    let incident = s.alarm();
    s.world.does(s.teacher.actor(), &mark(incident, s.child, RollState::Safe, 0));
    let row = s.mark_of(incident, s.child);
    assert_eq!((row.version, row.said.state, row.said.by_name.as_str()), (1, RollState::Safe, "张晓梅"));
    assert_eq!(s.readers(row.id), [true, true, true, true, true, false, false]);
    let refusal = s.world.refuses(s.teacher.actor(), &mark(incident, s.other, RollState::Safe, 0));
    assert_eq!(refusal, Refusal::NoPower { power: Power::SeeClass });
}

#[test]
fn a_mother_who_fetched_her_child_says_so_and_a_grandmother_without_the_right_does_not() {
    let mut s = scene();
    let incident = s.alarm();
    let grandmother = guardian(s.grandmother);
    let decide = Refusal::NoRight { right: Right::Decide };
    assert_eq!(s.world.refuses(grandmother, &mark(incident, s.child, RollState::Safe, 0)), decide);
    assert!(
        s.world.decide(grandmother, &mark(incident, s.child, RollState::PickedUp, 0)).is_ok(),
        "she fetches"
    );
    s.world.does(guardian(s.mother), &mark(incident, s.child, RollState::PickedUp, 0));
    let said = s.mark_of(incident, s.child).said;
    assert_eq!((said.by_name.as_str(), said.by_title.as_str()), ("王芳", ""));
    let no = mark(incident, s.child, RollState::Safe, 1);
    let refusal = s.world.refuses(guardian(s.grandmother), &no);
    assert_eq!(refusal, Refusal::NoRight { right: xinmei_model::Right::Decide });
    let refusal = s.world.refuses(guardian(s.father), &no);
    assert_eq!(refusal, Refusal::NotFound { what: "child".into() });
}

#[test]
fn what_somebody_saw_meanwhile_is_never_replaced_unseen_and_everything_said_is_kept() {
    let mut s = scene();
    let incident = s.alarm();
    s.world.does(s.teacher.actor(), &mark(incident, s.child, RollState::NeedsHelp, 0));
    s.world.does(s.moral.actor(), &mark(incident, s.child, RollState::PickedUp, 1));
    let stale = mark(incident, s.child, RollState::Safe, 1);
    assert_eq!(s.world.refuses(s.teacher.actor(), &stale), Refusal::AnsweredAlready { by: "吴主任".into() });
    let again = s.world.does(s.teacher.actor(), &mark(incident, s.child, RollState::PickedUp, 0));
    assert_eq!(again, vec![], "the same, said twice, is said once");
    let row = s.mark_of(incident, s.child);
    let states: Vec<_> = row.earlier.iter().map(|one| one.state).collect();
    assert_eq!((states, row.said.state), (vec![RollState::NeedsHelp], RollState::PickedUp));
}

#[test]
fn marks_outlive_an_update_count_after_the_all_clear_and_stop_with_a_recall() {
    let mut s = scene();
    let first = s.alarm();
    s.world.does(s.teacher.actor(), &mark(first, s.child, RollState::Safe, 0));
    let update = Alert { msg_type: MsgType::Update, ..fire() };
    let second = s.follow(s.principal, first, update);
    s.world.does(s.next_door.actor(), &mark(first, s.other, RollState::NeedsHelp, 0));
    assert_eq!(
        s.world.refuses(s.next_door.actor(), &mark(second, s.other, RollState::Safe, 0)),
        Refusal::NotFound { what: "notice".into() },
        "the incident is the first alert"
    );
    let third = s.follow(s.principal, second, all_clear());
    s.world.does(s.next_door.actor(), &mark(first, s.other, RollState::PickedUp, 1));
    assert_eq!(s.world.list::<RollMark>(xinmei_model::List::MarksOf(first)).len(), 2);
    s.world.does(s.principal.actor(), &recall(third));
    let refusal = s.world.refuses(s.teacher.actor(), &mark(first, s.child, RollState::PickedUp, 1));
    assert_eq!(refusal, Refusal::NoticeGone { by: None });
}

#[test]
fn nothing_is_called_that_was_not_asked_for_and_nobody_is_called_for_ever() {
    let mut s = scene();
    let draft = s.draft(Alert { roll_call: false, ..fire() });
    let quiet = s.send(s.principal, draft);
    let refusal = s.world.refuses(s.teacher.actor(), &mark(quiet, s.child, RollState::Safe, 0));
    assert_eq!(refusal, Refusal::NothingAsked);
    let incident = s.alarm();
    let two = [RollState::Safe, RollState::NeedsHelp];
    for version in 0..=u32::try_from(limits::ROLL_MARKS).unwrap() {
        let state = two[version as usize % 2];
        s.world.does(s.teacher.actor(), &mark(incident, s.child, state, version));
    }
    let last = u32::try_from(limits::ROLL_MARKS).unwrap() + 1;
    let refusal = s.world.refuses(s.teacher.actor(), &mark(incident, s.child, RollState::PickedUp, last));
    assert!(matches!(refusal, Refusal::TooMany { .. }), "{refusal:?}");
    let plain = s.world.notice(s.teacher, to_place(s.classes[0]));
    let refusal = s.world.refuses(s.teacher.actor(), &mark(plain, s.child, RollState::Safe, 0));
    assert_eq!(refusal, Refusal::NotFound { what: "notice".into() });
}
