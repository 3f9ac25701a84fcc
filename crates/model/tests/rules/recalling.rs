//! 撤回: what a notice said leaves every family, and that it was there and is not meant stays with whoever had it.

use jiff::SignedDuration;
use xinmei_model::{
    Act, Audience, Child, Feed, Id, Notice, NoticeDraft, NoticeState, Person, Place, Recall, Refusal,
    Relation, RoleKind, Target, limits,
};

use crate::world::{World, people::*, plans::*};

/// Two families of a class, their teacher and the one who teaches mathematics; a third family next door.
struct Scene {
    world: World,
    class: Id<Place>,
    teacher: Staff,
    maths: Staff,
    other: Id<Child>,
    mother: Id<Person>,
    father: Id<Person>,
    stranger: Id<Person>,
}

fn scene() -> Scene {
    let mut world = World::school();
    let (class, next_door) = (world.class(2024, 2), world.class(2024, 3));
    let teacher = world.teacher("张晓梅", class);
    let maths = world.staff("罗文", RoleKind::SubjectTeacher, class);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    let other = world.child("王梓轩", class);
    let father = world.guardian("王强").of(other, Relation::Father, PARENT).id();
    let far = world.child("刘子涵", next_door);
    let stranger = world.guardian("刘强").of(far, Relation::Father, PARENT).id();
    Scene { world, class, teacher, maths, other, mother, father, stranger }
}

impl Scene {
    fn take_back(&mut self, notice: Id<Notice>, words: &str) {
        self.world.does(self.teacher.actor(), &Act::RecallNotice { notice, words: words.into() });
    }

    /// Who has the trace: mother, father, the family next door, the class teacher, the maths teacher.
    fn told(&self, notice: Id<Notice>) -> [bool; 5] {
        let who = [self.mother, self.father, self.stranger, self.teacher.person, self.maths.person];
        who.map(|who| self.world.sees(who, Recall::of(notice)))
    }
}

#[test]
fn whoever_had_it_reads_that_it_was_taken_back_and_why_and_nothing_of_what_it_said() {
    let mut s = scene();
    let notice = s.world.notice(s.teacher, to_place(s.class));
    let sent = s.world.now;
    s.world.pass_minutes(60);
    s.take_back(notice, "  时间写错了，稍后重发 ");
    assert_eq!(s.told(notice), [true, true, false, true, true]);
    let recall = s.world.get(Recall::of(notice));
    assert_eq!((recall.sent, recall.at), (sent, s.world.now));
    assert_eq!(recall.words, "时间写错了，稍后重发");
    let trace = serde_json::to_string(&recall).unwrap();
    let kept = s.world.get(notice);
    assert!(!kept.title.is_empty() && !trace.contains(&kept.title), "{trace}");
    let NoticeState::Recalled { words, .. } = kept.state else { panic!("it was taken back") };
    assert_eq!(words, recall.words, "its author reads what was said");
    assert_eq!(s.world.feeds(notice), [Feed::Author(s.teacher.person)].into());
}

#[test]
fn a_family_that_was_left_out_learns_nothing_of_it_afterwards_either() {
    let mut s = scene();
    let audience = Audience { include: vec![Target::Place(s.class)], except: vec![Target::Child(s.other)] };
    let notice = s.world.notice(s.teacher, audience);
    s.take_back(notice, "");
    assert_eq!(s.told(notice), [true, false, false, true, true]);
}

#[test]
fn staff_of_a_class_that_was_left_out_learn_nothing_of_it_and_those_of_the_others_do() {
    let mut s = scene();
    let grade = s.world.grade_of(s.class);
    // There is another grade: the whole school would take two heads.
    s.world.class(2023, 1);
    let next_door = s.world.class(2024, 3);
    let head = s.world.staff("何敏", RoleKind::Head, s.world.root);
    let audience = Audience { include: vec![Target::Place(grade)], except: vec![Target::Place(next_door)] };
    let notice = s.world.notice(head, audience);
    s.world.does(head.actor(), &Act::RecallNotice { notice, words: String::new() });
    let recall = s.world.get(Recall::of(notice));
    assert!(recall.was_heard_at(&s.world.path(s.class)) && !recall.was_heard_at(&s.world.path(next_door)));
    assert!(!recall.stood_on(&s.world.path(s.class)), "families were told by a membership each");
}

#[test]
fn it_concerns_who_was_there_or_was_told_of_a_duty_that_was_still_open() {
    let mut s = scene();
    let draft = s.world.notice_draft(to_place(s.class));
    let notice = draft.id;
    let draft = NoticeDraft { due: Some(at("2026-10-20T18:00")), ..draft };
    s.world.does(s.teacher.actor(), &Act::SendNotice { notice: draft });
    s.world.release();
    s.world.pass_minutes(90);
    s.take_back(notice, "");
    let recall = s.world.get(Recall::of(notice));
    let hours = |hours| SignedDuration::from_hours(hours);
    for (joined, concerned) in [
        (Some(recall.sent), true),
        (Some(recall.at), true),
        (Some(recall.at + hours(1)), false),
        (None, false),
    ] {
        assert_eq!(recall.concerns(joined), concerned, "{joined:?}");
    }
    // A duty that was over is no news to who comes then.
    let past = Recall { due: Some(at("2026-10-12T08:00")), ..recall.clone() };
    assert!(!past.concerns(Some(recall.at)) && past.concerns(Some(recall.sent)));
}

#[test]
fn what_never_went_out_leaves_no_trace() {
    let mut s = scene();
    let draft = s.world.notice_draft(to_place(s.class));
    let id = draft.id;
    s.world.does(s.teacher.actor(), &Act::SendNotice { notice: draft });
    s.take_back(id, "不发了");
    assert_eq!(s.told(id), [false; 5]);
    assert!(s.world.all::<Recall>().is_empty());
    let NoticeState::Recalled { words, .. } = s.world.get(id).state else { panic!("it was taken back") };
    assert_eq!(words, "", "nobody was told");
}

#[test]
fn a_right_that_ends_takes_the_trace_along() {
    let mut s = scene();
    let notice = s.world.notice(s.teacher, to_place(s.class));
    s.take_back(notice, "");
    s.world.edit_link(s.father, s.other, |link| link.rights.messages = None);
    assert_eq!(s.told(notice), [true, false, false, true, true]);
}

#[test]
fn what_is_said_of_it_has_a_limit() {
    let mut s = scene();
    let notice = s.world.notice(s.teacher, to_place(s.class));
    let act = Act::RecallNotice { notice, words: "长".repeat(limits::NOTE_CHARS + 1) };
    let refusal = s.world.refuses(s.teacher.actor(), &act);
    assert!(matches!(&refusal, Refusal::TooMany { field, .. } if field == "words"), "{refusal:?}");
    assert_eq!(s.told(notice), [false; 5]);
}

#[test]
fn a_version_in_its_place_leaves_a_trace_that_names_it() {
    let mut s = scene();
    let old = s.world.notice(s.teacher, to_place(s.class));
    let audience = Audience { include: vec![Target::Place(s.class)], except: vec![Target::Child(s.other)] };
    let draft = NoticeDraft { supersedes: Some(old), ..s.world.notice_draft(audience) };
    let new = draft.id;
    s.world.does(s.teacher.actor(), &Act::SendNotice { notice: draft });
    assert!(s.world.find(Recall::of(old)).is_none(), "until it goes out the old one holds");
    s.world.release();
    let recall = s.world.get(Recall::of(old));
    assert_eq!((recall.replaced, recall.words.as_str()), (Some(new), ""));
    assert_eq!(s.told(old), [true, true, false, true, true], "the father, too, who has no other");
    assert_eq!([s.mother, s.father].map(|who| s.world.sees(who, new)), [true, false]);
}
