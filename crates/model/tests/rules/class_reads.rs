//! What the staff of a class know of what colleagues ask of it: that it was told, and where its author lets them, what its
//! families answer.

use xinmei_model::{
    Act, Answer, Answering, Ask, Audience, Child, Feed, Id, List, Notice, NoticeDraft, Person, Place, Proxy,
    Refusal, Relation, Reply, Right, RoleKind, Seen, Target,
};

use crate::world::{World, people::*, plans::*};

/// Two classes of a grade with a teacher and a child each, one on another campus, and a head who writes.
struct Scene {
    world: World,
    class: Id<Place>,
    next_door: Id<Place>,
    grade: Id<Place>,
    head: Staff,
    teacher: Staff,
    neighbour: Staff,
    child: Id<Child>,
    mother: Id<Person>,
    other: (Id<Child>, Id<Person>),
}

fn scene() -> Scene {
    let mut world = World::school();
    let (class, next_door) = (world.class(2024, 2), world.class(2024, 3));
    let grade = world.grade_of(class);
    world.class(2023, 1);
    let head = world.staff("周建华", RoleKind::Head, world.root);
    let (teacher, neighbour) = (world.teacher("张晓梅", class), world.teacher("陈思思", next_door));
    let child = world.child("李雨桐", class);
    let mother = world.guardian("刘芳").of(child, Relation::Mother, PARENT).id();
    let second = world.child("王梓轩", next_door);
    let father = world.guardian("王强").of(second, Relation::Father, PARENT).id();
    Scene { world, class, next_door, grade, head, teacher, neighbour, child, mother, other: (second, father) }
}

impl Scene {
    fn draft(&mut self, audience: Audience) -> NoticeDraft {
        NoticeDraft { ask: Ask::Acknowledge, class_reads: true, ..self.world.notice_draft(audience) }
    }

    fn send(&mut self, by: Staff, notice: NoticeDraft) -> Id<Notice> {
        let id = notice.id;
        self.world.does(by.actor(), &Act::SendNotice { notice });
        self.world.release();
        id
    }

    /// The head asks an audience, and 雨桐's mother answers.
    fn asked(&mut self, audience: Audience, class_reads: bool) -> (Id<Notice>, Id<Answer>) {
        let draft = NoticeDraft { class_reads, ..self.draft(audience) };
        let notice = self.send(self.head, draft);
        self.world.does(guardian(self.mother), &acknowledge(notice, self.child));
        (notice, self.answer(notice))
    }

    fn answer(&self, notice: Id<Notice>) -> Id<Answer> {
        let answers: Vec<Answer> = self.world.list(List::AnswersTo(notice));
        answers.into_iter().find(|answer| answer.child == self.child).unwrap().id
    }
}

#[test]
fn the_class_teacher_reads_what_the_own_class_answers_and_nobody_else_does() {
    let mut s = scene();
    let subject = s.world.staff("钱老师", RoleKind::SubjectTeacher, s.class);
    let (office, desk) = (s.world.administrator(), s.world.coordinator(s.world.campus));
    let (notice, answer) = s.asked(to_place(s.grade), true);
    let expected =
        [Feed::ChildRight(s.child, Right::Messages), Feed::Author(s.head.person), Feed::Answers(s.class)];
    assert_eq!(s.world.feeds(answer), expected.into());
    assert!(s.world.sees(s.teacher.person, answer));
    for (who, staff) in [("next door", s.neighbour), ("subject", subject), ("office", office), ("desk", desk)]
    {
        assert!(!s.world.sees(staff.person, answer), "{who}");
        assert!(s.world.sees(staff.person, notice), "{who} knows that it was asked");
    }
    assert!(!s.world.sees(s.other.1, answer));
}

#[test]
fn a_teacher_who_leaves_the_class_reads_its_answers_no_more() {
    let mut s = scene();
    let (_, answer) = s.asked(to_place(s.grade), true);
    let yesterday = s.world.yesterday();
    s.world.edit(s.teacher.role, |role| role.to = Some(yesterday));
    assert!(!s.world.sees(s.teacher.person, answer));
}

#[test]
fn what_the_author_keeps_is_the_authors() {
    let mut s = scene();
    let (notice, answer) = s.asked(to_place(s.grade), false);
    assert!(s.world.sees(s.head.person, answer));
    assert!(!s.world.sees(s.teacher.person, answer));
    assert!(s.world.sees(s.teacher.person, notice), "what the class was told its teacher knows");
}

#[test]
fn what_was_asked_of_single_families_or_of_who_takes_part_is_no_matter_of_the_class() {
    let mut s = scene();
    let single = Audience { include: vec![Target::Child(s.child)], except: Vec::new() };
    let (notice, answer) = s.asked(single, true);
    assert!(!s.world.sees(s.teacher.person, answer) && !s.world.sees(s.teacher.person, notice));

    // Named by itself as well as by the place it is in, the class is taken out: only the family is asked.
    let include = vec![Target::Place(s.grade), Target::Child(s.child)];
    let (notice, _) = s.asked(Audience { include, except: vec![Target::Place(s.next_door)] }, true);
    assert!(s.world.get(notice).heard_at(&s.world.path(s.class)));
    assert!(!s.world.get(notice).heard_at(&s.world.path(s.next_door)));

    let desk = s.world.coordinator(s.world.campus);
    let (event, _) = s.world.event(desk, &[5]);
    let audience = Audience { except: vec![Target::Event(event)], ..to_place(s.class) };
    let draft = s.draft(audience);
    let notice = s.send(desk, draft);
    s.world.does(guardian(s.mother), &acknowledge(notice, s.child));
    assert!(!s.world.sees(s.teacher.person, s.answer(notice)), "who comes is for the desk to know");
}

#[test]
fn every_class_that_is_told_knows_it_and_nobody_once_it_was_taken_back() {
    let mut s = scene();
    let third = s.world.class(2023, 2);
    let stranger = s.world.teacher("孙老师", third);
    let include = vec![Target::Place(s.class), Target::Place(s.next_door)];
    let except = vec![Target::Child(s.other.0)];
    let draft = s.draft(Audience { include, except });
    let notice = s.send(s.head, draft);
    for teacher in [s.teacher, s.neighbour] {
        assert!(s.world.sees(teacher.person, notice));
    }
    assert!(!s.world.sees(stranger.person, notice));
    s.world.does(s.head.actor(), &recall(notice));
    assert!(!s.world.sees(s.teacher.person, notice));

    let own = s.draft(to_place(s.class));
    let own = s.send(s.teacher, own);
    assert!(s.world.sees(s.head.person, own), "who asks the class next sees how much it was asked");
}

#[test]
fn answers_that_are_carried_over_are_read_by_whom_the_new_notice_lets() {
    let mut s = scene();
    let (old, _) = s.asked(to_place(s.grade), true);
    for (class_reads, supersedes) in [(false, old), (true, old)] {
        let mut world = s.world.clone();
        let draft = world.notice_draft(to_place(s.grade));
        let draft = NoticeDraft {
            ask: Ask::Acknowledge,
            supersedes: Some(supersedes),
            keeps_answers: true,
            class_reads,
            ..draft
        };
        let new = draft.id;
        world.does(s.head.actor(), &Act::SendNotice { notice: draft });
        world.release();
        let [carried] = &world.list::<Answer>(List::AnswersTo(new))[..] else { panic!("carried over") };
        assert_eq!(world.sees(s.teacher.person, carried.id), class_reads);
    }
}

#[test]
fn a_class_teacher_enters_what_came_on_paper_for_whoever_asked_and_how_they_are_related_is_kept() {
    let mut s = scene();
    let draft = s.draft(to_place(s.grade));
    let notice = s.send(s.head, draft);
    let on_behalf_of = Some(Proxy::new(s.mother, "交了纸条"));
    let wish = Answering { on_behalf_of, ..Answering::new(notice, s.child, Reply::Acknowledge) };
    s.world.does(s.teacher.actor(), &Act::Answer(wish.clone()));
    let answer = s.world.get(s.answer(notice));
    assert_eq!(answer.given.relation, Some(Relation::Mother));
    assert_eq!(answer.given.entered.unwrap().by, "张晓梅");
    let power = Refusal::NoPower { power: xinmei_model::Power::ActForFamilies };
    assert_eq!(s.world.refuses(s.neighbour.actor(), &Act::Answer(wish)), power);
}

#[test]
fn that_a_family_looked_is_noted_once_and_read_where_its_answers_are() {
    let mut s = scene();
    let draft = s.draft(to_place(s.grade));
    let notice = s.send(s.head, draft);
    let look = Act::MarkSeen { notice };
    let seen = Seen::of(notice, s.mother);
    s.world.does(guardian(s.mother), &look);
    let expected = [Feed::Person(s.mother), Feed::Author(s.head.person), Feed::Answers(s.class)];
    assert_eq!(s.world.feeds(seen), expected.into());
    let first = s.world.get(seen).at;
    s.world.pass_minutes(60);
    assert_eq!(s.world.does(guardian(s.mother), &look), [], "looking again changes nothing");
    assert_eq!(s.world.get(seen).at, first);
    assert!(!s.world.sees(s.other.1, seen), "no other family learns of it");

    let far = s.world.class(2023, 3);
    let stranger = s.world.child("陈思远", far);
    let stranger = s.world.guardian("陈刚").of(stranger, Relation::Father, PARENT).id();
    for actor in [guardian(stranger), s.teacher.actor(), s.head.actor()] {
        let refusal = s.world.refuses(actor, &look);
        assert!(matches!(refusal, Refusal::NotFound { .. }), "{refusal:?}");
    }
    s.world.does(s.head.actor(), &recall(notice));
    assert!(matches!(s.world.refuses(guardian(s.other.1), &look), Refusal::NotFound { .. }));
}
