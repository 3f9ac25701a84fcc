//! Notices that repeat and leave public holidays out.

use jiff::civil::date;
use xinmei_model::{
    Act, Announcement, Feed, HolidayDay, HolidayKind, HolidayYear, Holidays, Id, Notice, NoticeDraft,
    Refusal, Relation, Row, Series, SeriesDraft, occurrences_avoiding,
};

use crate::world::{World, people::*, plans::*};

struct Scene {
    world: World,
    teacher: Staff,
    class: Id<xinmei_model::Place>,
}

/// Monday, the 21st of September 2026, eight o'clock: ten days before the National Day.
fn scene() -> Scene {
    let mut world = World::school();
    world.now = at("2026-09-21T08:00").timestamp();
    let class = world.class(2024, 2);
    let teacher = world.teacher("张晓梅", class);
    let child = world.child("李雨桐", class);
    world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    Scene { world, teacher, class }
}

impl Scene {
    fn draft(&mut self, rule: &str, from: &str, skip_holidays: bool) -> SeriesDraft {
        let notice = self.world.notice_draft(to_place(self.class));
        let id = self.world.fresh();
        let notice = NoticeDraft { send_at: Some(at(from)), due: None, ..notice };
        SeriesDraft { id, notice, rule: rule.into(), skip_holidays }
    }

    fn begins(&mut self, rule: &str, from: &str, skip_holidays: bool) -> Id<Series> {
        let series = self.draft(rule, from, skip_holidays);
        let id = series.id;
        self.world.does(self.teacher.actor(), &Act::RepeatNotice { series });
        id
    }

    fn plays_until(&mut self, text: &str) {
        let end = at(text).timestamp();
        while self.world.now < end {
            self.world.now = (self.world.now + jiff::SignedDuration::from_hours(1)).min(end);
            self.world.fire_due();
        }
    }

    /// The days its notices went out on.
    fn sent(&self) -> Vec<String> {
        let mut days: Vec<_> = self.world.all::<Notice>().iter().filter_map(sent_on).collect();
        days.sort();
        days
    }
}

fn sent_on(notice: &Notice) -> Option<String> {
    let xinmei_model::NoticeState::Sent { at, .. } = &notice.state else { return None };
    Some(at.in_tz("Asia/Shanghai").unwrap().strftime("%m-%d").to_string())
}

const WEEKLY: &str = "FREQ=WEEKLY;BYDAY=MO;COUNT=4";

#[test]
fn a_monday_in_the_golden_week_is_left_out_and_still_counts() {
    let mut s = scene();
    let id = s.begins(WEEKLY, "2026-09-21T16:00", true);
    s.plays_until("2026-11-30T16:00");
    assert_eq!(s.sent(), ["09-21", "09-28", "10-12"], "not the 5th of October");
    assert!(s.world.get(id).ended.is_some());

    let mut plain = scene();
    plain.begins(WEEKLY, "2026-09-21T16:00", false);
    plain.plays_until("2026-11-30T16:00");
    assert_eq!(plain.sent(), ["09-21", "09-28", "10-05", "10-12"], "nobody asked to leave it out");
}

#[test]
fn one_that_would_begin_on_a_holiday_begins_after_it() {
    let mut s = scene();
    let id = s.begins("FREQ=DAILY;COUNT=9", "2026-10-01T16:00", true);
    assert_eq!(s.world.get(id).made, 8, "seven days of holiday, and the first that is none");
    s.plays_until("2026-10-20T16:00");
    assert_eq!(s.sent(), ["10-08", "10-09"]);
    // Where nothing is left it never comes.
    let mut never = scene();
    let series = never.draft("FREQ=DAILY;COUNT=3", "2026-10-01T16:00", true);
    let refused = never.world.refuses(never.teacher.actor(), &Act::RepeatNotice { series });
    assert_eq!(refused, Refusal::Malformed { field: "rule".into() });
}

#[test]
fn one_whose_last_days_are_left_out_ends_with_the_one_before() {
    let mut s = scene();
    let id = s.begins("FREQ=WEEKLY;BYDAY=MO;COUNT=3", "2026-09-21T16:00", true);
    s.plays_until("2026-09-28T16:00");
    assert_eq!(s.sent(), ["09-21", "09-28"]);
    assert!(s.world.get(id).ended.is_some(), "the 5th of October is none");
}

/// What is announced while it runs counts from then on.
#[test]
fn a_holiday_announced_meanwhile_is_left_out() {
    let mut s = scene();
    s.world.now = at("2026-12-14T08:00").timestamp();
    let id = s.begins(WEEKLY, "2026-12-14T16:00", true);
    s.plays_until("2026-12-20T16:00");
    let named =
        |date| HolidayDay { date, kind: HolidayKind::Holiday, zh: "元旦".into(), en: "New Year".into() };
    let (source, days) = ("以测试为目的".into(), vec![named(date(2026, 12, 28)), named(date(2027, 1, 1))]);
    let said = Announcement { year: 2027, published: date(2026, 12, 18), edition: 1, source, days };
    let year = HolidayYear { id: HolidayYear::of(s.world.school, 2027), said };
    s.world.put(Row::HolidayYear(year), [Feed::School]);
    s.plays_until("2027-02-01T16:00");
    assert_eq!(s.sent(), ["01-04", "12-14", "12-21"], "not the 28th of December");
    assert!(s.world.get(id).ended.is_some());
}

#[test]
fn what_is_left_out_is_told_with_its_reason() {
    let s = scene();
    let school = s.world.get(s.world.school);
    let (rule, from) = ("FREQ=WEEKLY;BYDAY=MO,SA;COUNT=6", at("2026-09-28T16:00"));
    let told = |avoid: Option<&Holidays>| {
        let times = occurrences_avoiding(&school, rule, &from, avoid).unwrap();
        let told = times.into_iter().map(|time| {
            (time.at.strftime("%m-%d").to_string(), time.left_out.map(|name| name.zh).unwrap_or_default())
        });
        told.collect::<Vec<_>>()
    };
    let national = || "国庆节".to_owned();
    let none = String::new;
    let day = |text: &str, why: String| (text.to_owned(), why);
    let expected = [
        day("09-28", none()),
        day("10-03", national()),
        day("10-05", national()),
        day("10-10", none()),
        day("10-12", none()),
        day("10-17", none()),
    ];
    assert_eq!(told(Some(&Holidays::carried())), expected, "a Saturday that is worked is none of them");
    assert!(told(None).iter().all(|(_, why)| why.is_empty()));
}

#[test]
fn the_wish_to_skip_is_written_only_where_it_is_there() {
    let mut s = scene();
    for (skip, written) in [(false, false), (true, true)] {
        let series = s.draft(WEEKLY, "2026-09-28T16:00", skip);
        let json = serde_json::to_string(&series).unwrap();
        assert_eq!(json.contains(r#""skip_holidays":true"#), written);
        assert_eq!(json.contains("skip_holidays"), written);
        assert_eq!(serde_json::from_str::<SeriesDraft>(&json).unwrap(), series);
    }
}
