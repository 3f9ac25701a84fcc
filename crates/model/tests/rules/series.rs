//! Notices that repeat: each time is a notice of its own, the next one is always in its author's hands.

use jiff::{SignedDuration, Zoned};
use xinmei_model::{
    Act, Due, DueKind, Feed, Id, Notice, NoticeDraft, NoticeState, Power, Refusal, Relation, Series,
    SeriesDraft, limits, occurrences,
};

use crate::world::{World, people::*, plans::*};

struct Scene {
    world: World,
    teacher: Staff,
    class: Id<xinmei_model::Place>,
    mother: Id<xinmei_model::Person>,
}

/// Monday, the 12th of October, nine o'clock.
fn scene() -> Scene {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let teacher = world.teacher("张晓梅", class);
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    Scene { world, teacher, class, mother }
}

impl Scene {
    fn draft(&mut self, rule: &str) -> SeriesDraft {
        let notice = self.world.notice_draft(to_place(self.class));
        let (send_at, due) = (Some(at("2026-10-12T16:00")), Some(at("2026-10-14T08:00")));
        let id = self.world.fresh();
        SeriesDraft {
            id,
            notice: NoticeDraft { send_at, due, ..notice },
            rule: rule.into(),
            skip_holidays: false,
        }
    }

    fn begins(&mut self, rule: &str) -> Id<Series> {
        let series = self.draft(rule);
        let id = series.id;
        self.world.does(self.teacher.actor(), &Act::RepeatNotice { series });
        id
    }

    fn at(&mut self, text: &str) {
        self.world.now = at(text).timestamp();
        self.world.fire_due();
    }

    /// Its notices, the first first: whether it is out, and by when it is due.
    fn notices(&self) -> Vec<(bool, String)> {
        let mut notices: Vec<Notice> = self.world.all();
        notices.sort_by_key(|notice| notice.due.as_ref().map(Zoned::timestamp));
        let told = notices.iter().map(|notice| {
            (notice.is_sent(), notice.due.as_ref().unwrap().strftime("%m-%d %H:%M").to_string())
        });
        told.collect()
    }
}

fn out(due: &str) -> (bool, String) {
    (true, due.into())
}
fn held(due: &str) -> (bool, String) {
    (false, due.into())
}

const WEEKLY: &str = "FREQ=WEEKLY;BYDAY=MO;COUNT=3";

#[test]
fn each_monday_there_is_one_more_and_its_deadline_moves_along() {
    let mut s = scene();
    let id = s.begins(WEEKLY);
    assert_eq!(s.world.feeds(id), [Feed::Author(s.teacher.person)].into());
    assert_eq!(s.notices(), [held("10-14 08:00")]);
    s.at("2026-10-12T16:00");
    assert_eq!(s.notices(), [out("10-14 08:00"), held("10-21 08:00")], "the next one is in hand");
    let next = s.world.all::<Notice>().into_iter().find(|notice| !notice.is_sent()).unwrap();
    assert_eq!(next.state, NoticeState::Held { until: at("2026-10-19T16:00").timestamp() });
    assert!(!s.world.sees(s.mother, next.id));
    s.at("2026-10-19T16:00");
    s.at("2026-10-26T16:00");
    assert_eq!(s.notices(), [out("10-14 08:00"), out("10-21 08:00"), out("10-28 08:00")]);
    assert!(s.world.get(id).ended.is_some());
    s.at("2026-12-30T16:00");
    assert_eq!(s.notices().len(), 3);
}

#[test]
fn firing_again_or_late_makes_no_second_one() {
    let mut s = scene();
    let id = s.begins(WEEKLY);
    s.at("2026-10-12T16:00");
    let before = s.world.contents();
    let again = Due::new(DueKind::RepeatNotice, id.uuid(), s.world.now, 1);
    assert_eq!(s.world.fire(again), vec![]);
    assert_eq!(s.world.contents(), before);
    // The server was away for the second time and comes back a day later: it is left out, the third is not.
    let (mut late, mut away) = (scene(), scene());
    late.begins(WEEKLY);
    late.at("2026-10-13T16:00");
    assert_eq!(late.notices(), [out("10-14 08:00"), held("10-21 08:00")]);
    away.begins(WEEKLY);
    away.at("2026-10-20T16:00");
    assert_eq!(away.notices(), [out("10-14 08:00"), held("10-28 08:00")]);
}

#[test]
fn its_author_stops_it_and_what_is_in_hand_goes_with_it() {
    let mut s = scene();
    let id = s.begins(WEEKLY);
    s.at("2026-10-12T16:00");
    let colleague = s.world.teacher("周明", s.class);
    let missing = Refusal::NotFound { what: "series".into() };
    assert_eq!(s.world.refuses(colleague.actor(), &Act::EndSeries { series: id }), missing);
    s.world.does(s.teacher.actor(), &Act::EndSeries { series: id });
    s.at("2026-11-30T16:00");
    let states: Vec<_> = s.world.all::<Notice>().into_iter().map(|notice| notice.state).collect();
    assert!(states.iter().any(|state| matches!(state, NoticeState::Sent { .. })), "what families have stays");
    assert!(states.iter().any(|state| matches!(state, NoticeState::Recalled { .. })));
    assert_eq!(states.len(), 2);
    assert_eq!(s.world.does(s.teacher.actor(), &Act::EndSeries { series: id }), vec![]);
}

#[test]
fn who_no_longer_writes_to_the_class_repeats_nothing() {
    let mut s = scene();
    let id = s.begins(WEEKLY);
    let today = s.world.today();
    s.world.edit(s.teacher.role, |role| role.to = Some(today));
    s.at("2026-10-12T16:00");
    s.at("2026-10-19T16:00");
    s.at("2026-10-26T16:00");
    assert!(s.world.get(id).ended.is_some());
    assert!(s.notices().iter().filter(|(sent, _)| *sent).count() <= 1);
}

#[test]
fn a_rule_ends_and_is_one_that_people_say() {
    let s = scene();
    let school = s.world.get(s.world.school);
    let from = at("2026-10-12T16:00");
    let days = |rule: &str| {
        let times = occurrences(&school, rule, &from)?;
        Some(times.iter().map(|at| at.strftime("%m-%d %H:%M").to_string()).collect::<Vec<_>>())
    };
    assert_eq!(
        days("FREQ=WEEKLY;BYDAY=WE,FR;COUNT=3").unwrap(),
        ["10-14 16:00", "10-16 16:00", "10-21 16:00"]
    );
    assert_eq!(days("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=2").unwrap(), ["10-31 16:00", "11-30 16:00"]);
    // Until the end of a day at the school, which is another day in UTC.
    assert_eq!(days("FREQ=DAILY;UNTIL=20261014T155959Z").unwrap().len(), 3);
    for odd in [
        "",
        "FREQ=WEEKLY;BYDAY=MO",
        "FREQ=SECONDLY;COUNT=3",
        "FREQ=HOURLY;COUNT=3",
        "COUNT=3;FREQ=WEEKLY",
        "FREQ=WEEKLY;COUNT=x",
        "FREQ=WEEKLY;COUNT=3\nRDATE:20261224T000000",
        "FREQ=WEEKLY;BYDAY=XX;COUNT=3",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3",
        "FREQ=DAILY;UNTIL=20200101T000000Z",
    ] {
        assert_eq!(days(odd), None, "{odd}");
    }
    let long = days("FREQ=DAILY;COUNT=5000").unwrap();
    assert_eq!(long.len(), limits::OCCURRENCES + 1);
}

#[test]
fn a_series_is_refused_where_a_notice_would_be() {
    let mut s = scene();
    let refused = |s: &Scene, series| s.world.refuses(s.teacher.actor(), &Act::RepeatNotice { series });
    let malformed = |field: &str| Refusal::Malformed { field: field.into() };
    let good = s.draft(WEEKLY);
    let with = |change: &dyn Fn(&mut SeriesDraft)| {
        let mut draft = good.clone();
        change(&mut draft);
        draft
    };
    assert_eq!(refused(&s, with(&|it| it.notice.send_at = None)), malformed("send_at"));
    assert_eq!(refused(&s, with(&|it| it.rule = "FREQ=WEEKLY".into())), malformed("rule"));
    let limit = limits::OCCURRENCES as u32;
    let too_many = Refusal::TooMany { field: "rule".into(), limit };
    assert_eq!(refused(&s, with(&|it| it.rule = "FREQ=DAILY;COUNT=61".into())), too_many);
    assert_eq!(refused(&s, with(&|it| it.rule = "FREQ=MONTHLY;COUNT=20".into())), malformed("rule"));
    assert_eq!(refused(&s, with(&|it| it.notice.title = " ".into())), malformed("title"));
    assert_eq!(refused(&s, with(&|it| it.notice.keeps_answers = true)), malformed("supersedes"));
    let early = refused(&s, with(&|it| it.notice.due = Some(at("2026-10-12T10:00"))));
    assert!(matches!(early, Refusal::DueTooEarly { .. }), "{early:?}");
    let stranger = s.world.class(2024, 3);
    let elsewhere = refused(&s, with(&|it| it.notice.audience = to_place(stranger)));
    assert_eq!(elsewhere, Refusal::NoPower { power: Power::SendNotices });
    s.world.pass(SignedDuration::from_secs(1));
    s.world.does(s.teacher.actor(), &Act::RepeatNotice { series: good });
}

#[test]
fn its_acts_keep_their_form() {
    let mut s = scene();
    let series = s.draft(WEEKLY);
    let notice = serde_json::to_string(&series.notice).unwrap();
    let id = series.id;
    let begin =
        format!(r#"{{"do":"repeat-notice","series":{{"id":"{id}","notice":{notice},"rule":"{WEEKLY}"}}}}"#);
    let end = format!(r#"{{"do":"end-series","series":"{id}"}}"#);
    for (act, json) in [(Act::RepeatNotice { series }, begin), (Act::EndSeries { series: id }, end)] {
        assert_eq!(serde_json::to_string(&act).unwrap(), json);
        assert_eq!(serde_json::from_str::<Act>(&json).unwrap(), act);
    }
}
