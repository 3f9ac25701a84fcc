//! Notices: held, sent to exactly whom the author saw, answered, recalled, replaced.

use jiff::SignedDuration;
use xinmei_model::{
    Act, Answer, Answering, Ask, Audience, Changed, Child, Due, DueKind, Entered, Feed, Id, Link, Membership,
    Notice, NoticeDraft, NoticeState, Person, Place, Power, Proxy, Refusal, Relation, Reply, Right, RoleKind,
    Target, keep_for, limits,
};

use crate::world::{World, people::*, plans::*};

/// Two families in one class: 雨桐 with mother and a grandmother who may not decide, 梓轩 with a father.
struct Scene {
    world: World,
    class: Id<Place>,
    teacher: Staff,
    child: Id<Child>,
    mother: Id<Person>,
    grandmother: Id<Person>,
    other: Id<Child>,
    father: Id<Person>,
}

fn scene() -> Scene {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let teacher = world.teacher("张晓梅", class);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    let grandmother = world.guardian("赵秀英").of(child, Relation::PaternalGrandmother, GRANDPARENT).id();
    let other = world.child("王梓轩", class);
    let father = world.guardian("王强").of(other, Relation::Father, PARENT).id();
    Scene { world, class, teacher, child, mother, grandmother, other, father }
}

impl Scene {
    fn draft(&mut self) -> NoticeDraft {
        let audience = to_place(self.class);
        self.world.notice_draft(audience)
    }

    fn send(&mut self, notice: NoticeDraft) -> Id<Notice> {
        let id = notice.id;
        self.world.does(self.teacher.actor(), &Act::SendNotice { notice });
        id
    }

    fn sent(&mut self) -> Id<Notice> {
        self.world.notice(self.teacher, to_place(self.class))
    }

    /// Who of the four can read it: teacher, mother, grandmother, father.
    fn readers(&self, id: Id<Notice>) -> [bool; 4] {
        [self.teacher.person, self.mother, self.grandmother, self.father].map(|who| self.world.sees(who, id))
    }

    fn refused(&self, notice: NoticeDraft) -> Refusal {
        self.world.refuses(self.teacher.actor(), &Act::SendNotice { notice })
    }
}

fn except(class: Id<Place>, child: Id<Child>) -> Audience {
    Audience { include: vec![Target::Place(class)], except: vec![Target::Child(child)] }
}

const AUTHOR_ONLY: [bool; 4] = [true, false, false, false];

#[test]
fn a_notice_stays_with_its_author_until_the_last_nanosecond_of_the_hold_window() {
    let mut scene = scene();
    let draft = scene.draft();
    let id = scene.send(draft);
    let until = scene.world.now + SignedDuration::from_secs(120);
    assert_eq!(scene.world.get(id).state, NoticeState::Held { until });
    assert_eq!(scene.world.feeds(id), [Feed::Author(scene.teacher.person)].into());
    let due = *scene.world.timers.values().next().unwrap();
    assert_eq!(due.at, until);
    scene.world.now = until - SignedDuration::from_nanos(1);
    assert_eq!(scene.world.fire(due), vec![], "too early");
    assert_eq!(scene.readers(id), AUTHOR_ONLY);
    scene.world.now = until;
    scene.world.fire(due);
    assert_eq!(scene.world.get(id).state, NoticeState::Sent { at: until });
    let right_there = Feed::Place(scene.class, Right::Messages);
    assert_eq!(
        scene.world.feeds(id),
        [Feed::Author(scene.teacher.person), Feed::Audience(id), right_there, Feed::Told(scene.class)].into()
    );
    assert_eq!(scene.readers(id), [true; 4]);
}

#[test]
fn releasing_a_notice_again_or_late_changes_nothing() {
    let mut scene = scene();
    let id = scene.sent();
    let due = *scene.world.timers.values().next().unwrap();
    let before = scene.world.contents();
    scene.world.pass_minutes(60 * 24);
    assert_eq!(scene.world.fire(due), vec![]);
    assert_eq!(scene.world.contents(), before);
    assert!(matches!(scene.world.get(id).state, NoticeState::Sent { .. }));
}

#[test]
fn an_audience_of_its_own_has_exactly_the_guardians_with_messages_and_nobody_excluded() {
    let mut scene = scene();
    scene.world.link(scene.grandmother, scene.child, Relation::PaternalGrandmother, &[Right::PickUp]);
    let id = scene.world.notice(scene.teacher, except(scene.class, scene.other));
    let staff = [Feed::Author(scene.teacher.person), Feed::Told(scene.class)];
    assert_eq!(scene.world.feeds(id), [staff[0], staff[1], Feed::Audience(id)].into());
    let members: Vec<Membership> = scene.world.all();
    let pairs: Vec<_> = members.iter().map(|member| (member.notice, member.person, member.child)).collect();
    assert_eq!(pairs, [(id, scene.mother, scene.child)]);
    assert_eq!(scene.readers(id), [true, true, false, false]);
}

#[test]
fn a_child_who_changes_class_keeps_what_was_sent_to_the_old_one_and_hears_no_more_of_it() {
    let mut scene = scene();
    let before = scene.sent();
    let next_door = scene.world.class(2024, 3);
    let day = scene.world.today();
    let mut links: Vec<Link> = scene.world.all();
    links.retain(|link| link.child == scene.child);
    for notice in scene.world.all::<Notice>() {
        scene.world.apply(keep_for(&notice, &[scene.class], &links, day));
        assert_eq!(keep_for(&notice, &[next_door], &links, day), []);
    }
    scene.world.transfer(scene.child, next_door);
    assert_eq!(scene.readers(before), [true, true, true, true]);
    let act = acknowledge(before, scene.child);
    scene.world.does(guardian(scene.mother), &act);
    let later = scene.sent();
    assert_eq!(scene.readers(later), [true, false, false, true]);
}

#[test]
fn a_membership_opens_the_notice_only_while_the_right_to_messages_stands() {
    let mut scene = scene();
    let id = scene.world.notice(scene.teacher, except(scene.class, scene.other));
    assert!(scene.world.sees(scene.mother, id));
    let yesterday = scene.world.yesterday();
    scene.world.edit_link(scene.mother, scene.child, |link| link.rights.messages = until(yesterday));
    assert!(!scene.world.sees(scene.mother, id));
    scene.world.bar(scene.grandmother, scene.child);
    assert!(!scene.world.sees(scene.grandmother, id));
}

#[test]
fn the_audience_is_worked_out_anew_when_the_hold_window_ends() {
    let mut scene = scene();
    let next_door = scene.world.class(2024, 3);
    let audience =
        Audience { include: vec![Target::Place(scene.class), Target::Child(scene.child)], except: vec![] };
    let draft = scene.world.notice_draft(audience);
    let id = scene.send(draft);
    assert_eq!(scene.world.get(id).families, 2);
    scene.world.transfer(scene.other, next_door);
    scene.world.release();
    let notice = scene.world.get(id);
    assert_eq!((notice.families, notice.children), (1, 1));
    assert_eq!(scene.readers(id), [true, true, true, false]);
}

#[test]
fn a_notice_of_somebody_who_took_the_hat_off_in_the_hold_window_does_not_go_out() {
    let mut scene = scene();
    let draft = scene.draft();
    let id = scene.send(draft);
    let yesterday = scene.world.yesterday();
    scene.world.edit(scene.teacher.role, |role| role.to = Some(yesterday));
    scene.world.pass_minutes(3);
    let due = Due::new(DueKind::ReleaseNotice, id.uuid(), scene.world.now, 0);
    scene.world.fire(due);
    assert!(matches!(scene.world.get(id).state, NoticeState::Recalled { .. }));
    assert_eq!(scene.readers(id), [false; 4]);
}

#[test]
fn the_author_is_asked_again_when_the_list_is_not_the_one_that_was_shown() {
    let mut scene = scene();
    let mut draft = scene.draft();
    draft.families_seen = 3;
    assert_eq!(scene.refused(draft.clone()), Refusal::AudienceChanged { seen: 3, now: 2 });
    draft.families_seen = 1;
    assert_eq!(scene.refused(draft), Refusal::AudienceChanged { seen: 1, now: 2 });
}

#[test]
fn a_notice_to_nobody_is_refused() {
    let mut scene = scene();
    let empty_class = scene.world.class(2024, 9);
    let above = scene.world.staff("校长", RoleKind::Head, scene.world.root);
    let everyone_excluded =
        Audience { include: vec![Target::Place(scene.class)], except: vec![Target::Place(scene.class)] };
    for audience in [Audience::default(), to_place(empty_class), everyone_excluded] {
        let notice = scene.world.notice_draft(audience);
        assert_eq!(scene.world.refuses(above.actor(), &Act::SendNotice { notice }), Refusal::AudienceEmpty);
    }
}

#[test]
fn a_notice_has_a_title_and_its_limits() {
    let mut scene = scene();
    let good = scene.draft();
    let long = |field: &str, limit| Refusal::TooMany { field: field.into(), limit };
    let title = |title: String| NoticeDraft { title, ..good.clone() };
    assert_eq!(scene.refused(title(" \n".into())), Refusal::Malformed { field: "title".into() });
    assert_eq!(scene.refused(title("𠮷".repeat(limits::TITLE_CHARS + 1))), long("title", 80));
    let body = "字".repeat(limits::BODY_CHARS + 1);
    assert_eq!(scene.refused(NoticeDraft { body, ..good.clone() }), long("body", 4_000));
    let include = vec![Target::Place(scene.class); limits::TARGETS_PER_AUDIENCE];
    let except = vec![Target::Child(scene.other)];
    let audience = Audience { include, except };
    assert_eq!(scene.refused(NoticeDraft { audience, ..good.clone() }), long("audience", 200));
    scene.send(title("𠮷".repeat(limits::TITLE_CHARS)));
}

#[test]
fn a_changed_fact_is_one_of_the_title_and_of_a_notice_that_is_replaced() {
    let mut scene = scene();
    let old = scene.sent();
    let changed = |was: &str, now: &str| Some(Changed { was: was.into(), now: now.into() });
    let field = |field: &str| Refusal::Malformed { field: field.into() };
    let draft = NoticeDraft { title: "放学改到 15:40".into(), supersedes: Some(old), ..scene.draft() };
    let with = |changed| NoticeDraft { changed, ..draft.clone() };
    assert_eq!(scene.refused(with(changed("15:00", "16:00"))), field("changed.now"));
    assert_eq!(scene.refused(with(changed("", "15:40"))), field("changed.was"));
    let long = "改".repeat(limits::TITLE_CHARS + 1);
    assert!(matches!(scene.refused(with(changed(&long, "15:40"))), Refusal::TooMany { .. }));
    let alone = NoticeDraft { supersedes: None, ..with(changed("15:00", "15:40")) };
    assert_eq!(scene.refused(alone), field("changed.now"));
    scene.send(with(changed("15:00", "15:40")));
}

#[test]
fn a_hat_reaches_its_own_place_and_below_and_only_hats_that_send() {
    let mut scene = scene();
    let next_door = scene.world.class(2024, 3);
    let grade = scene.world.grade_of(scene.class);
    let draft = scene.draft();
    let no_power = Refusal::NoPower { power: Power::SendNotices };
    for (kind, place, allowed) in [
        (RoleKind::ClassTeacher, scene.class, true),
        (RoleKind::SubjectTeacher, scene.class, true),
        (RoleKind::Coordinator, scene.world.campus, true),
        (RoleKind::Head, scene.world.root, true),
        (RoleKind::ClassTeacher, grade, true),
        (RoleKind::ClassTeacher, next_door, false),
        (RoleKind::Counsellor, scene.world.root, false),
        (RoleKind::Administrator, scene.world.root, false),
    ] {
        let staff = scene.world.staff("某老师", kind, place);
        let act = Act::SendNotice { notice: draft.clone() };
        let answer = scene.world.clone().act(staff.actor(), &act).map(|_| ());
        let expected = if allowed { Ok(()) } else { Err(no_power.clone()) };
        assert_eq!(answer, expected, "{kind:?} at {place}");
        assert_eq!(scene.world.refuses(guardian(staff.person), &act), no_power);
    }
}

// ---- answers ----

#[test]
fn one_guardian_answers_for_the_child_and_the_second_time_changes_nothing() {
    let mut scene = scene();
    let id = scene.sent();
    let father = scene.world.guardian("李建国").of(scene.child, Relation::Father, PARENT).id();
    let act = acknowledge(id, scene.child);
    assert_eq!(scene.world.does(guardian(scene.mother), &act).len(), 1);
    let before = scene.world.contents();
    assert_eq!(scene.world.does(guardian(scene.mother), &act), vec![]);
    assert_eq!(scene.world.does(guardian(father), &act), vec![]);
    assert_eq!(scene.world.contents(), before);
    let answers: Vec<Answer> = scene.world.all();
    assert_eq!((answers.len(), answers[0].given.guardian_name.as_str()), (1, "王芳"));
    let feeds = [Feed::ChildRight(scene.child, Right::Messages), Feed::Author(scene.teacher.person)];
    assert_eq!(scene.world.feeds(answers[0].id), feeds.into());
    assert!(!scene.world.sees(scene.father, answers[0].id), "another family does not see it");
}

#[test]
fn a_notice_that_asks_nothing_takes_no_answer() {
    let mut scene = scene();
    let draft = NoticeDraft { ask: Ask::Nothing, ..scene.draft() };
    let id = scene.send(draft);
    scene.world.release();
    let act = acknowledge(id, scene.child);
    assert_eq!(scene.world.refuses(guardian(scene.mother), &act), Refusal::NothingAsked);
}

#[test]
fn what_is_held_or_sent_to_others_does_not_exist_for_a_family() {
    let mut scene = scene();
    let next_door = scene.world.class(2024, 3);
    let far = scene.world.child("刘子涵", next_door);
    let stranger = scene.world.guardian("刘强").of(far, Relation::Father, PARENT).id();
    let excluded = scene.world.notice(scene.teacher, except(scene.class, scene.other));
    let recalled = scene.world.notice(scene.teacher, except(scene.class, scene.other));
    scene.world.does(scene.teacher.actor(), &recall(recalled));
    let to_class = scene.sent();
    let draft = scene.draft();
    let held = scene.send(draft);
    let unknown = scene.world.fresh();
    let not_found = Refusal::NotFound { what: "notice".into() };
    for (who, child, id) in [
        (scene.mother, scene.child, held),
        (scene.father, scene.other, excluded),
        (scene.father, scene.other, recalled),
        (stranger, far, to_class),
        (stranger, far, excluded),
        (scene.mother, scene.child, unknown),
    ] {
        assert_eq!(scene.world.refuses(guardian(who), &acknowledge(id, child)), not_found);
    }
    scene.world.does(guardian(scene.mother), &acknowledge(excluded, scene.child));
}

#[test]
fn a_family_without_a_device_is_answered_for_although_no_membership_was_made() {
    let mut scene = scene();
    scene.world.edit_link(scene.father, scene.other, |link| link.on_paper = true);
    let audience =
        Audience { include: vec![Target::Child(scene.child), Target::Child(scene.other)], except: vec![] };
    let id = scene.world.notice(scene.teacher, audience);
    let on_behalf_of = Some(Proxy::new(scene.father, " 爸爸来电 "));
    let act = Act::Answer(Answering { on_behalf_of, ..Answering::new(id, scene.other, Reply::Acknowledge) });
    assert_eq!(scene.world.does(scene.teacher.actor(), &act).len(), 1);
    let [answer] = scene.world.all::<Answer>().try_into().unwrap();
    assert_eq!(answer.given.entered, Some(Entered { by: "张晓梅".into(), note: "爸爸来电".into() }));
}

// ---- recall and supersede ----

#[test]
fn a_recalled_notice_leaves_every_family_and_never_goes_out() {
    for wait in [false, true] {
        let mut scene = scene();
        let draft = scene.draft();
        let id = scene.send(draft);
        if wait {
            scene.world.release();
        }
        scene.world.does(scene.teacher.actor(), &recall(id));
        let at = scene.world.now;
        scene.world.release();
        scene.world.fire(*scene.world.timers.values().next().unwrap());
        assert_eq!(scene.world.get(id).state, NoticeState::Recalled { at, words: String::new() });
        assert_eq!(scene.world.feeds(id), [Feed::Author(scene.teacher.person)].into());
        assert_eq!(scene.readers(id), AUTHOR_ONLY);
        let again = scene.world.refuses(scene.teacher.actor(), &recall(id));
        assert_eq!(again, Refusal::NoticeGone { by: None });
        let answer = scene.world.refuses(guardian(scene.mother), &acknowledge(id, scene.child));
        assert_eq!(answer, Refusal::NoticeGone { by: None });
    }
}

#[test]
fn nobody_but_the_author_recalls_or_replaces_a_notice_or_learns_of_it() {
    let mut scene = scene();
    let id = scene.sent();
    let colleague = scene.world.teacher("刘老师", scene.class);
    let not_found = Refusal::NotFound { what: "notice".into() };
    for actor in [colleague.actor(), guardian(scene.mother)] {
        for notice in [id, scene.world.fresh()] {
            assert_eq!(scene.world.refuses(actor, &recall(notice)), not_found);
        }
    }
    for old in [id, scene.world.fresh()] {
        let notice = NoticeDraft { supersedes: Some(old), ..scene.draft() };
        assert_eq!(scene.world.refuses(colleague.actor(), &Act::SendNotice { notice }), not_found);
    }
}

#[test]
fn what_replaces_a_notice_takes_its_place_everywhere_and_answers_start_anew() {
    let mut scene = scene();
    let old = scene.sent();
    scene.world.does(guardian(scene.mother), &acknowledge(old, scene.child));
    let draft = NoticeDraft { supersedes: Some(old), ..scene.draft() };
    let new = scene.send(draft);
    assert_eq!((scene.readers(old), scene.readers(new)), ([true; 4], AUTHOR_ONLY), "while it is held");
    scene.world.release();
    assert_eq!((scene.readers(old), scene.readers(new)), (AUTHOR_ONLY, [true; 4]));
    let at = scene.world.now;
    assert_eq!(scene.world.get(old).state, NoticeState::Superseded { by: new, at });
    let gone = Refusal::NoticeGone { by: Some(new.uuid()) };
    assert_eq!(scene.world.refuses(guardian(scene.mother), &acknowledge(old, scene.child)), gone);
    let act = recall(old);
    assert_eq!(scene.world.refuses(scene.teacher.actor(), &act), gone);
    let notice = NoticeDraft { supersedes: Some(old), ..scene.draft() };
    assert_eq!(scene.refused(notice), gone);
    assert_eq!(scene.world.does(guardian(scene.mother), &acknowledge(new, scene.child)).len(), 1);
    assert_eq!(scene.world.all::<Answer>().len(), 2);
}

#[test]
fn a_notice_that_was_recalled_before_it_could_be_replaced_stays_recalled() {
    let mut scene = scene();
    let old = scene.sent();
    let draft = NoticeDraft { supersedes: Some(old), ..scene.draft() };
    let new = scene.send(draft);
    scene.world.does(scene.teacher.actor(), &recall(old));
    scene.world.release();
    assert!(matches!(scene.world.get(old).state, NoticeState::Recalled { .. }));
    assert_eq!(scene.readers(new), [true; 4]);
}
