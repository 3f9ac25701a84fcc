//! Reminding by hand: who may, how often, and not at night.

use jiff::SignedDuration;
use xinmei_model::{Act, Ask, Id, Notice, NoticeDraft, QuietHours, Refusal, Relation, School, limits};

use crate::world::{World, people::*, plans::*};

struct Scene {
    world: World,
    teacher: Staff,
    head: Staff,
    notice: Id<Notice>,
}

/// A class that was asked at nine on a Monday, due on Friday at six; the school is quiet from ten to six.
fn scene() -> Scene {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let teacher = world.teacher("张晓梅", class);
    let head = world.staff("周建华", xinmei_model::RoleKind::Head, world.root);
    let child = world.child("李雨桐", class);
    world.guardian("刘芳").of(child, Relation::Mother, PARENT).id();
    let [from, until] = [22, 6].map(|hour| jiff::civil::time(hour, 0, 0, 0));
    let school = School { quiet: Some(QuietHours { from, until }), ..world.get(world.school) };
    world.put(school, [xinmei_model::Feed::School]);
    let draft = world.notice_draft(to_place(class));
    let due = Some(at("2026-10-16T18:00"));
    let draft = NoticeDraft { ask: Ask::Acknowledge, due, ..draft };
    let notice = draft.id;
    world.does(teacher.actor(), &Act::SendNotice { notice: draft });
    world.release();
    Scene { world, teacher, head, notice }
}

impl Scene {
    fn at(&mut self, text: &str) {
        self.world.now = at(text).timestamp();
        self.world.fire_due();
    }

    fn act(&self) -> Act {
        Act::RemindNotice { notice: self.notice }
    }

    fn reminds(&mut self) {
        let act = self.act();
        self.world.does(self.teacher.actor(), &act);
    }

    fn refusal(&self) -> Refusal {
        self.world.refuses(self.teacher.actor(), &self.act())
    }

    fn times(&self) -> usize {
        self.world.get(self.notice).reminded_at.len()
    }
}

#[test]
fn its_author_reminds_at_once_and_not_again_within_the_hour() {
    let mut s = scene();
    s.at("2026-10-13T10:00");
    s.reminds();
    let notice = s.world.get(s.notice);
    let now = s.world.now;
    assert_eq!((notice.reminded, notice.reminded_at), (Some(now), vec![now]));
    s.at("2026-10-13T10:59");
    assert_eq!(s.refusal(), Refusal::RemindedLately { again: now + limits::REMIND_AGAIN });
    s.at("2026-10-13T11:00");
    s.reminds();
    assert_eq!(s.times(), 2);
}

#[test]
fn nobody_is_reminded_without_end() {
    let mut s = scene();
    s.at("2026-10-13T08:00");
    for _ in 0..limits::REMINDS_BY_HAND {
        s.reminds();
        s.world.now += SignedDuration::from_hours(2);
    }
    let limit = u32::try_from(limits::REMINDS_BY_HAND).unwrap();
    assert_eq!(s.refusal(), Refusal::TooMany { field: "reminders".into(), limit });
}

#[test]
fn what_reminds_by_itself_is_not_counted() {
    let mut s = scene();
    s.world.edit(s.notice, |notice| notice.reminds = true);
    let school = s.world.get(s.world.school);
    let first = s.world.get(s.notice).reminders(&school)[0];
    let due = xinmei_model::Due::new(xinmei_model::DueKind::RemindNotice, s.notice.uuid(), first, 0);
    s.world.now = first;
    s.world.fire(due);
    for _ in 0..limits::REMINDS_BY_HAND {
        s.world.now += SignedDuration::from_hours(1);
        s.reminds();
    }
    assert_eq!(s.times(), 1 + limits::REMINDS_BY_HAND);
    s.world.now += SignedDuration::from_hours(1);
    assert!(matches!(s.refusal(), Refusal::TooMany { .. }));
}

#[test]
fn a_notice_without_a_deadline_is_reminded_of_too_and_at_night_in_the_morning() {
    let mut s = scene();
    s.world.edit(s.notice, |notice| notice.due = None);
    s.at("2026-10-13T10:00");
    s.reminds();
    s.at("2026-10-13T23:00");
    s.reminds();
    assert_eq!(s.times(), 1);
    s.at("2026-10-14T06:00");
    assert_eq!(s.times(), 2);
}

#[test]
fn at_night_it_waits_for_the_morning_and_pressed_twice_it_comes_once() {
    let mut s = scene();
    s.at("2026-10-13T23:00");
    s.reminds();
    s.reminds();
    assert_eq!(s.times(), 0, "nobody is woken");
    s.at("2026-10-14T06:00");
    assert_eq!(s.times(), 1);
}

#[test]
fn what_reminds_by_itself_leaves_those_alone_who_were_reminded_just_now() {
    let mut s = scene();
    s.world.edit(s.notice, |notice| notice.reminds = true);
    let school = s.world.get(s.world.school);
    let first = s.world.get(s.notice).reminders(&school)[0];
    s.world.now = first - SignedDuration::from_mins(10);
    s.reminds();
    let due = xinmei_model::Due::new(xinmei_model::DueKind::RemindNotice, s.notice.uuid(), first, 0);
    s.world.now = first;
    assert_eq!(s.world.fire(due), []);
    assert_eq!(s.times(), 1);
}

#[test]
fn only_its_author_reminds_and_only_of_a_duty_that_is_still_open() {
    let mut s = scene();
    let act = s.act();
    let not_found = |refusal| assert!(matches!(refusal, Refusal::NotFound { .. }), "{refusal:?}");
    not_found(s.world.refuses(s.head.actor(), &act));
    not_found(s.world.refuses(guardian(s.teacher.person), &act));

    let draft = s.world.notice_draft(s.world.get(s.notice).audience);
    let draft = NoticeDraft { ask: Ask::Nothing, ..draft };
    let nothing = draft.id;
    s.world.does(s.teacher.actor(), &Act::SendNotice { notice: draft });
    let by_teacher = |s: &Scene| s.world.refuses(s.teacher.actor(), &Act::RemindNotice { notice: nothing });
    assert_eq!(by_teacher(&s), Refusal::NothingAsked, "it is still in hand");
    s.world.release();
    assert_eq!(by_teacher(&s), Refusal::NothingAsked, "it asks nothing");

    let mut over = s.world.clone();
    over.now = at("2026-10-16T18:00").timestamp();
    assert_eq!(over.refuses(s.teacher.actor(), &act), Refusal::Closed { since: at("2026-10-16T18:00") });
    s.world.does(s.teacher.actor(), &recall(s.notice));
    assert_eq!(s.refusal(), Refusal::NoticeGone { by: None });
}
