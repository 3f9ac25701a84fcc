//! Quiet hours, office hours and reminders: nothing goes out at night, nobody has to answer then, and only who is
//! silent is chased.

use jiff::{SignedDuration, Timestamp, civil::time};
use xinmei_model::{
    Act, Ask, BookingState, DueKind, Id, Notice, NoticeDraft, NoticeState, OfficeHours, Power, QuietHours,
    Refusal, Relation, RoleKind, School, Stop, decide, limits,
};

use crate::world::{World, open_day, people::*, plans::*};

fn quiet(from: i8, until: i8) -> QuietHours {
    QuietHours { from: time(from, 0, 0, 0), until: time(until, 0, 0, 0) }
}

fn when(text: &str) -> Timestamp {
    at(text).timestamp()
}

/// The school of the world with these quiet hours.
fn school(quiet: Option<QuietHours>) -> School {
    let world = World::school();
    School { quiet, ..world.get(world.school) }
}

#[test]
fn the_night_passes_midnight_and_its_first_minute_is_quiet() {
    let school = school(Some(quiet(22, 6)));
    for (asked, awake) in [
        ("2026-10-12T21:59", "2026-10-12T21:59"),
        ("2026-10-12T22:00", "2026-10-13T06:00"),
        ("2026-10-12T23:59", "2026-10-13T06:00"),
        ("2026-10-13T00:00", "2026-10-13T06:00"),
        ("2026-10-13T05:59", "2026-10-13T06:00"),
        ("2026-10-13T06:00", "2026-10-13T06:00"),
    ] {
        assert_eq!(school.awake_from(when(asked)), when(awake), "{asked}");
    }
}

#[test]
fn a_nap_lies_within_one_day() {
    let school = school(Some(quiet(12, 14)));
    assert_eq!(school.awake_from(when("2026-10-12T11:59")), when("2026-10-12T11:59"));
    assert_eq!(school.awake_from(when("2026-10-12T12:00")), when("2026-10-12T14:00"));
    assert_eq!(school.awake_from(when("2026-10-12T14:00")), when("2026-10-12T14:00"));
}

#[test]
fn a_school_without_quiet_hours_is_always_awake() {
    let night = when("2026-10-12T23:00");
    assert_eq!(school(None).awake_from(night), night);
    let hour = SignedDuration::from_hours(1);
    assert_eq!(school(None).awake_for(night, hour), night + hour);
}

#[test]
fn only_waking_hours_count_while_somebody_thinks() {
    let school = school(Some(quiet(22, 6)));
    let think = |from, hours| school.awake_for(when(from), SignedDuration::from_hours(hours));
    assert_eq!(think("2026-10-12T19:00", 2), when("2026-10-12T21:00"));
    assert_eq!(think("2026-10-12T20:00", 2), when("2026-10-12T22:00"), "it ends as the night begins");
    assert_eq!(think("2026-10-12T21:00", 2), when("2026-10-13T07:00"));
    assert_eq!(think("2026-10-12T23:00", 2), when("2026-10-13T08:00"));
    assert_eq!(think("2026-10-12T21:00", 20), when("2026-10-14T09:00"), "over two nights");
}

#[test]
fn a_night_is_as_long_as_the_clock_change_makes_it() {
    let berlin = School { zone: "Europe/Berlin".into(), ..school(Some(quiet(22, 6))) };
    let zoned = |text: &str| text.parse::<jiff::Zoned>().unwrap().timestamp();
    // In the night to 25 October 2026 the clocks go back: nine hours until six.
    let begins = zoned("2026-10-24T22:00[Europe/Berlin]");
    assert_eq!(berlin.awake_from(begins), begins + SignedDuration::from_hours(9));
    assert_eq!(berlin.awake_from(begins), zoned("2026-10-25T06:00[Europe/Berlin]"));
}

#[test]
fn the_administrator_of_the_school_sets_them_and_nobody_else() {
    let mut world = World::school();
    let (root, campus, class) = (world.root, world.campus, world.class(2024, 2));
    let office = world.staff("何静", RoleKind::Administrator, root);
    let set = |quiet| Act::SetQuietHours { quiet, staff: false };
    let act = set(Some(quiet(22, 6)));
    let refusal = Refusal::NoPower { power: Power::Administer };
    let head = world.staff("周岚", RoleKind::Head, root);
    let of_campus = world.staff("陈老师", RoleKind::Administrator, campus);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    for actor in [head.actor(), of_campus.actor(), guardian(mother)] {
        assert_eq!(world.refuses(actor, &act), refusal);
    }
    world.does(office.actor(), &act);
    assert_eq!(world.get(world.school).quiet, Some(quiet(22, 6)));
    assert!(world.sees(mother, world.school), "families know when the school is quiet");
    world.does(office.actor(), &set(None));
    assert_eq!(world.get(world.school).quiet, None);
}

#[test]
fn odd_quiet_hours_are_refused() {
    let mut world = World::school();
    let root = world.root;
    let office = world.staff("何静", RoleKind::Administrator, root);
    let refused = |from, until| {
        let quiet = Some(QuietHours { from, until });
        world.refuses(office.actor(), &Act::SetQuietHours { quiet, staff: false })
    };
    let field = |field: &str| Refusal::Malformed { field: field.into() };
    assert_eq!(refused(time(22, 0, 1, 0), time(6, 0, 0, 0)), field("quiet.from"));
    assert_eq!(refused(time(22, 0, 0, 0), time(6, 0, 0, 1)), field("quiet.until"));
    assert_eq!(refused(time(22, 0, 0, 0), time(22, 0, 0, 0)), field("quiet.until"), "no time, or all of it");
    assert_eq!(refused(time(6, 0, 0, 0), time(22, 0, 0, 0)), field("quiet.until"), "sixteen hours");
    assert_eq!(refused(time(20, 0, 0, 0), time(10, 1, 0, 0)), field("quiet.until"));
    let longest = Some(QuietHours { from: time(20, 0, 0, 0), until: time(10, 0, 0, 0) });
    world.does(office.actor(), &Act::SetQuietHours { quiet: longest, staff: false });
}

/// A class with a mother, and a school that is quiet from ten to six.
struct Scene {
    world: World,
    teacher: Staff,
    class: Id<xinmei_model::Place>,
    mother: Id<xinmei_model::Person>,
}

fn scene() -> Scene {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let teacher = world.teacher("张晓梅", class);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    let school = School { quiet: Some(quiet(22, 6)), ..world.get(world.school) };
    world.put(school, [xinmei_model::Feed::School]);
    Scene { world, teacher, class, mother }
}

impl Scene {
    fn draft(&mut self, due: &str) -> NoticeDraft {
        let draft = self.world.notice_draft(to_place(self.class));
        NoticeDraft { ask: Ask::Acknowledge, due: Some(at(due)), reminds: true, ..draft }
    }

    fn send(&mut self, notice: NoticeDraft) -> Id<Notice> {
        let id = notice.id;
        self.world.does(self.teacher.actor(), &Act::SendNotice { notice });
        id
    }

    fn at(&mut self, text: &str) {
        self.world.now = when(text);
        self.world.fire_due();
    }

    fn state(&self, id: Id<Notice>) -> NoticeState {
        self.world.get(id).state
    }

    fn reminded(&self, id: Id<Notice>) -> Option<Timestamp> {
        self.world.get(id).reminded
    }
}

#[test]
fn what_is_sent_at_night_goes_out_in_the_morning() {
    let mut s = scene();
    s.at("2026-10-12T21:59");
    let draft = s.draft("2026-10-16T18:00");
    let id = s.send(draft);
    let morning = when("2026-10-13T06:00");
    assert_eq!(s.state(id), NoticeState::Held { until: morning }, "the hold window would end at 22:01");
    s.at("2026-10-13T05:59");
    assert!(!s.world.sees(s.mother, id));
    s.at("2026-10-13T06:00");
    assert_eq!(s.state(id), NoticeState::Sent { at: morning });
    assert!(s.world.sees(s.mother, id));
    let mut later = s.draft("2026-10-16T18:00");
    later.send_at = Some(at("2026-10-13T23:00"));
    let later = s.send(later);
    assert_eq!(s.state(later), NoticeState::Held { until: when("2026-10-14T06:00") });
}

#[test]
fn a_timer_that_comes_late_does_not_wake_anybody() {
    let mut s = scene();
    s.at("2026-10-12T21:00");
    let draft = s.draft("2026-10-16T18:00");
    let id = s.send(draft);
    // The server was down from 21:01 until midnight.
    s.at("2026-10-13T00:00");
    assert_eq!(s.state(id), NoticeState::Held { until: when("2026-10-13T06:00") });
    s.at("2026-10-13T06:00");
    assert!(matches!(s.state(id), NoticeState::Sent { .. }));
}

#[test]
fn those_who_have_not_answered_are_reminded_a_day_and_two_hours_before() {
    let mut s = scene();
    let draft = s.draft("2026-10-16T18:00");
    let id = s.send(draft);
    s.at("2026-10-12T09:02");
    let times = [when("2026-10-15T18:00"), when("2026-10-16T16:00")];
    assert_eq!(s.world.get(id).reminders(&s.world.get(s.world.school)), times);
    s.at("2026-10-15T17:59");
    assert_eq!(s.reminded(id), None);
    s.at("2026-10-15T18:00");
    assert_eq!(s.reminded(id), Some(times[0]));
    assert!(s.world.sees(s.mother, id), "it stands where it stood");
    s.at("2026-10-16T16:00");
    assert_eq!(s.reminded(id), Some(times[1]));
    // Any node may fire any timer again.
    let first = s.world.timers.values().find(|due| due.at == times[0]).copied().unwrap();
    assert_eq!(s.world.fire(first), []);
    assert_eq!(s.reminded(id), Some(times[1]));
}

#[test]
fn a_reminder_waits_for_the_day_and_never_for_the_deadline() {
    let mut s = scene();
    // Two hours before are 05:30, at night; a day before is 07:30.
    let draft = s.draft("2026-10-14T07:30");
    let id = s.send(draft);
    s.at("2026-10-12T09:02");
    let notice = s.world.get(id);
    let school = s.world.get(s.world.school);
    assert_eq!(notice.reminders(&school), [when("2026-10-13T07:30"), when("2026-10-14T06:00")]);
    // Due at six in the morning: the second would come with the deadline, and the first at six the day before.
    let early = Notice { due: Some(at("2026-10-14T06:00")), ..notice.clone() };
    assert_eq!(early.reminders(&school), [when("2026-10-13T06:00")]);
    // Too short for the first.
    let short = Notice { due: Some(at("2026-10-12T18:00")), ..notice.clone() };
    assert_eq!(short.reminders(&school), [when("2026-10-12T16:00")]);
    // A day before is after the nap, two hours before are in it.
    let nap = School { quiet: Some(quiet(6, 20)), ..school.clone() };
    let noon = Notice { due: Some(at("2026-10-14T20:30")), ..notice };
    assert_eq!(noon.reminders(&nap), [when("2026-10-13T20:30"), when("2026-10-14T20:00")]);
    // The server was down until the night: it waits for the morning, unless that is too late.
    s.at("2026-10-13T23:00");
    assert_eq!(s.reminded(id), None);
    s.at("2026-10-14T06:00");
    assert!(s.reminded(id).is_some());
}

#[test]
fn nothing_reminds_of_what_is_over_taken_back_or_replaced() {
    let mut s = scene();
    let draft = s.draft("2026-10-13T18:00");
    let id = s.send(draft);
    s.at("2026-10-12T09:02");
    let school = s.world.get(s.world.school);
    let mut late = s.world.clone();
    late.now = when("2026-10-13T18:00");
    late.fire_due();
    assert_eq!(late.get(id).reminded, None, "the deadline has come");
    s.world.does(s.teacher.actor(), &recall(id));
    assert_eq!(s.world.get(id).reminders(&school), []);
    s.at("2026-10-13T16:00");
    assert_eq!(s.reminded(id), None);

    let old = s.draft("2026-10-15T18:00");
    let old = s.send(old);
    s.at("2026-10-13T16:02");
    let new = NoticeDraft { supersedes: Some(old), reminds: false, ..s.draft("2026-10-15T18:00") };
    let new = s.send(new);
    s.at("2026-10-13T16:04");
    s.at("2026-10-15T16:00");
    assert_eq!((s.reminded(old), s.reminded(new)), (None, None), "its author chose otherwise");
}

#[test]
fn a_notice_reminds_of_a_duty_with_a_deadline() {
    let mut s = scene();
    let good = s.draft("2026-10-13T18:00");
    let refused = |notice| s.world.refuses(s.teacher.actor(), &Act::SendNotice { notice });
    let reminds = Refusal::Malformed { field: "reminds".into() };
    assert_eq!(refused(NoticeDraft { due: None, ..good.clone() }), reminds);
    assert_eq!(refused(NoticeDraft { ask: Ask::Nothing, ..good }), reminds);
}

#[test]
fn a_deadline_comes_after_the_notice_goes_out() {
    let mut s = scene();
    s.at("2026-10-12T12:00");
    let hold = SignedDuration::from_secs(120);
    let refused = |s: &Scene, notice| s.world.refuses(s.teacher.actor(), &Act::SendNotice { notice });
    let too_early = |goes_out| Refusal::DueTooEarly { goes_out };
    // The hold window of two minutes counts: due as it goes out is too early.
    let at_noon = s.world.now + hold;
    for due in ["2026-10-12T12:02", "2026-10-11T12:00"] {
        let notice = s.draft(due);
        assert_eq!(refused(&s, notice), too_early(at_noon));
    }
    // So do the quiet hours, asked for or run into.
    let morning = at("2026-10-13T06:00").timestamp();
    let later = NoticeDraft { send_at: Some(at("2026-10-12T23:00")), ..s.draft("2026-10-13T05:00") };
    assert_eq!(refused(&s, later.clone()), too_early(morning));
    let good = NoticeDraft {
        send_at: later.send_at.clone(),
        due: Some(at("2026-10-13T06:01")),
        ..s.draft("2026-10-13T05:00")
    };
    s.send(good);

    // A replica whose clock is years wrong still knows the time that was asked for, and nothing of any other.
    s.at("2031-01-01T12:00");
    let unasked = s.draft("2026-10-12T12:01");
    let on_device = |notice| {
        let act = Act::SendNotice { notice };
        s.world.ask_on_device_of(s.teacher.person, |facts| decide(facts, &s.teacher.actor(), &act))
    };
    assert_eq!(on_device(later).err(), Some(Stop::Refused(too_early(morning))));
    assert!(on_device(unasked).is_ok());
}

#[test]
fn the_clock_of_an_offer_stands_still_at_night() {
    let mut scene = open_day::scene(|_| {});
    let school = School { quiet: Some(quiet(20, 6)), ..scene.world.get(scene.world.school) };
    scene.world.put(school.clone(), [xinmei_model::Feed::School]);
    let line = scene.line(&[2, 1]);
    let evening = scene.world.now.to_zoned(school.time_zone()).date().to_datetime(time(19, 30, 0, 0));
    scene.world.now = evening.to_zoned(school.time_zone()).unwrap().timestamp();
    let held = scene.world.bookings(scene.session)[0].clone();
    scene.world.does(guardian(held.guardian), &Act::Withdraw { booking: held.id, on_behalf_of: None });
    // Half an hour this evening, and the other half from six.
    let until = scene.world.now + SignedDuration::from_mins(30) + SignedDuration::from_hours(10);
    let until = until + SignedDuration::from_mins(30);
    assert_eq!(scene.world.state(line[1].1), BookingState::Offered { until });
    let expires = scene.world.timers.values().filter(|due| due.kind == DueKind::ExpireOffer);
    assert_eq!(expires.map(|due| due.at).max(), Some(until));
}

#[test]
fn the_usual_hours_are_within_the_limit() {
    let usual = QuietHours::usual();
    let length = usual.until.duration_since(usual.from) + SignedDuration::from_hours(24);
    assert!(length < limits::QUIET_HOURS);
}

#[test]
fn a_hat_says_itself_when_its_messages_are_answered() {
    let mut s = scene();
    let hours = OfficeHours { from: time(8, 0, 0, 0), until: time(17, 30, 0, 0) };
    let set = |hours| Act::SetOfficeHours { hours };
    s.world.does(s.teacher.actor(), &set(Some(hours)));
    assert_eq!(s.world.get(s.teacher.role).office_hours, Some(hours));
    assert!(s.world.sees(s.mother, s.teacher.role), "families see them");
    s.world.does(s.teacher.actor(), &set(None));
    assert_eq!(s.world.get(s.teacher.role).office_hours, None);
    let root = s.world.root;
    let office = s.world.staff("何静", RoleKind::Administrator, root);
    for actor in [office.actor(), guardian(s.mother)] {
        let refusal = Refusal::NoPower { power: Power::Converse };
        assert_eq!(s.world.refuses(actor, &set(Some(hours))), refusal, "who talks with nobody");
    }
    let refused = |from, until| s.world.refuses(s.teacher.actor(), &set(Some(OfficeHours { from, until })));
    let field = |field: &str| Refusal::Malformed { field: field.into() };
    assert_eq!(refused(time(8, 0, 1, 0), time(9, 0, 0, 0)), field("hours.from"));
    assert_eq!(refused(time(8, 0, 0, 0), time(9, 0, 0, 1)), field("hours.until"));
    assert_eq!(refused(time(8, 0, 0, 0), time(8, 0, 0, 0)), field("hours.until"));
    assert_eq!(refused(time(17, 0, 0, 0), time(8, 0, 0, 0)), field("hours.until"), "nobody works nights");
}

#[test]
fn who_is_away_is_back_on_the_next_day_of_work() {
    let hours = OfficeHours { from: time(8, 0, 0, 0), until: time(17, 30, 0, 0) };
    let zone = school(None).time_zone();
    // 12 October 2026 is a Monday.
    for (asked, back) in [
        ("2026-10-12T07:59", Some("2026-10-12T08:00")),
        ("2026-10-12T08:00", None),
        ("2026-10-12T17:29", None),
        ("2026-10-12T17:30", Some("2026-10-13T08:00")),
        ("2026-10-16T17:30", Some("2026-10-19T08:00")),
        ("2026-10-17T10:00", Some("2026-10-19T08:00")),
        ("2026-10-18T07:00", Some("2026-10-19T08:00")),
    ] {
        assert_eq!(hours.back_at(when(asked), &zone), back.map(when), "{asked}");
    }
}
