//! 照去年再办: what was held moves by whole weeks, and cohorts follow each other in the grades.

use jiff::{
    Timestamp, ToSpan, Zoned,
    civil::{Date, date},
    tz::TimeZone,
};
use proptest::prelude::*;
use xinmei_model::{
    Draw, Event, EventShape, Id, Level, Place, Session, SessionState, Year, copied_sessions, day_of_copy,
    successor,
};

use crate::world::{World, plans::at};

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

/// An event as it was held: its first session at this wall time, sign-up so many hours before.
struct Was {
    event: Event,
    sessions: Vec<Session>,
}

fn held(starts: &[Zoned], before: [i64; 3]) -> Was {
    let mut world = World::school();
    let desk = world.coordinator(world.campus);
    let (event, _) = world.event(desk, &vec![5; starts.len()]);
    let mut event = world.get(event);
    let mut sessions = world.all::<Session>();
    sessions.sort_by_key(|session| session.starts.timestamp());
    for (session, starts) in sessions.iter_mut().zip(starts) {
        session.starts = starts.clone();
        session.ends = starts + 50.minutes();
    }
    let [opens, closes, withdraw] = before.map(|hours| &starts[0] - hours.hours());
    (event.opens, event.closes, event.withdraw_until) = (opens, closes, withdraw);
    Was { event, sessions }
}

impl Was {
    fn shape(&self, zone: &TimeZone) -> EventShape {
        EventShape::of(&self.event, &self.sessions, zone).unwrap()
    }

    fn day(&self, zone: &TimeZone, now: Timestamp) -> Date {
        day_of_copy(&self.shape(zone), &self.sessions, zone, now).unwrap()
    }
}

fn open_day(first: &str) -> Was {
    held(&[at(first)], [240, 40, 16])
}

fn copied(first: &str, now: &str) -> String {
    open_day(first).day(&zone("Asia/Shanghai"), at(now).timestamp()).to_string()
}

#[test]
fn a_copy_is_in_the_same_week_of_the_year_and_on_the_same_weekday() {
    // Thursday the 27th of November: Thursday the 26th a year later.
    assert_eq!(copied("2025-11-27T09:30", "2026-10-01T08:00"), "2026-11-26");
    // Over a leap day, and over several years.
    assert_eq!(copied("2027-11-25T09:30", "2028-10-01T08:00"), "2028-11-23");
    assert_eq!(copied("2020-11-26T09:30", "2026-10-01T08:00"), "2026-11-26");
    // The leap day itself, a Thursday: Friday the 28th is nearest to its anniversary, Thursday the 27th is the weekday.
    assert_eq!(copied("2024-02-29T09:30", "2025-02-01T08:00"), "2025-02-27");
    // Over the end of a year, both ways.
    assert_eq!(copied("2025-12-30T18:00", "2026-12-01T08:00"), "2026-12-29");
    assert_eq!(copied("2025-12-30T18:00", "2026-12-30T08:00"), "2027-01-05");
    assert_eq!(copied("2026-01-02T18:00", "2026-12-20T08:00"), "2027-01-01");
}

#[test]
fn what_was_held_just_now_is_held_again_as_soon_as_families_can_sign_up() {
    assert_eq!(copied("2026-11-26T09:30", "2026-11-27T08:00"), "2026-12-03");
    // A week later sign-up would be closed.
    assert_eq!(copied("2026-11-26T09:30", "2026-12-02T08:00"), "2026-12-10");
    // What is still ahead is not planned twice on one day.
    assert_eq!(copied("2026-11-26T09:30", "2026-11-01T08:00"), "2026-12-03");
    // A missed anniversary is caught up with, not waited for.
    assert_eq!(copied("2025-11-10T09:30", "2026-11-20T08:00"), "2026-11-23");
}

#[test]
fn wall_time_stays_where_the_clocks_change() {
    let berlin = zone("Europe/Berlin");
    let summer: Zoned = "2026-10-22T09:30[Europe/Berlin]".parse().unwrap();
    let was = held(&[summer.clone(), &summer + 14.days()], [240, 40, 16]);
    let shape = was.shape(&berlin);
    let times = shape.on(date(2026, 10, 29), &berlin).unwrap();
    assert_eq!(times.sessions[0].0.to_string(), "2026-10-29T09:30:00+01:00[Europe/Berlin]");
    // The second one was in winter already, and stays there.
    assert_eq!(times.sessions[1].0.to_string(), "2026-11-12T09:30:00+01:00[Europe/Berlin]");
    // Sign-up had opened before the clocks changed.
    assert_eq!(times.opens.time(), was.event.opens.time());
}

#[test]
fn a_session_that_was_called_off_is_not_planned_again() {
    let mut was = held(&[at("2026-11-26T09:30"), at("2026-11-26T10:30")], [240, 40, 16]);
    was.sessions[0].state = SessionState::Cancelled { reason: "停电".into(), at: Timestamp::UNIX_EPOCH };
    let kept = copied_sessions(&was.sessions);
    assert_eq!(kept, [was.sessions[1].clone()]);
    was.sessions[1].state = was.sessions[0].state.clone();
    assert_eq!(
        copied_sessions(&was.sessions).len(),
        2,
        "an event that was called off whole is held after all"
    );
}

#[test]
fn the_words_of_a_draw_name_the_new_day() {
    let mut was = open_day("2026-11-26T18:30");
    was.event.draw = Some(Draw {
        commitment: xinmei_model::FileHash::of(b"secret"),
        public_value: "2026-11-26 上证指数收盘价".into(),
        decimals: 2,
        known: at("2026-11-26T15:30"),
        rolled: None,
        drawn: None,
    });
    let shanghai = zone("Asia/Shanghai");
    let times = was.shape(&shanghai).on(date(2027, 11, 25), &shanghai).unwrap();
    assert_eq!(times.draw, Some(("2027-11-25 上证指数收盘价".into(), at("2027-11-25T15:30"))));
}

fn year(begins_in: i16) -> Year {
    Year::usual(Id::new(uuid::Uuid::from_u128(begins_in as u128)), begins_in, date(begins_in, 9, 1)).unwrap()
}

#[test]
fn a_class_is_followed_by_the_one_that_is_in_its_grade_now() {
    let mut world = World::school();
    let (third, third_now) = (world.class(2023, 2), world.class(2024, 2));
    world.class(2024, 1);
    let places: Vec<Place> = world.all();
    let place = |id: Id<Place>| places.iter().find(|place| place.id == id).unwrap();
    let (then, now) = (year(2025), year(2026));
    // 三年级2班 of last year is another row than 三年级2班 now.
    assert_eq!(successor(place(third), &then, &now, &places), Some(place(third_now)));
    let grade = |id| places.iter().find(|one| one.level == Level::Grade && place(id).path.contains(&one.id));
    assert_eq!(successor(grade(third).unwrap(), &then, &now, &places), grade(third_now));
    assert_eq!(
        successor(place(third), &then, &then, &places),
        Some(place(third)),
        "within one year nobody moved up"
    );
    assert_eq!(successor(place(third_now), &then, &now, &places), None, "no cohort came after them");
    assert_eq!(successor(place(world.campus), &then, &now, &places), Some(place(world.campus)));
    // The same class on another campus is not theirs.
    let elsewhere =
        Place { path: vec![world.root, world.fresh(), world.fresh()], ..place(third_now).clone() };
    assert_eq!(successor(place(third), &then, &now, [&elsewhere]), None);
}

const ZONES: [&str; 4] = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Pacific/Auckland"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    /// Whatever was held whenever: weekday and wall time stay, the first session and the close of sign-up lie ahead, and the
    /// order of everything is as it was.
    #[test]
    fn a_copy_keeps_weekday_wall_time_and_order_and_lies_ahead(
        zone_at in 0..ZONES.len(),
        day in 0_i32..3_000,
        // Clocks change at night; a school's sessions are not then.
        hour in 6_i8..21,
        offsets in proptest::collection::vec(0_i32..120, 1..5),
        before in (49_i64..2_000, 24_i64..48, 1_i64..24),
        later_h in 0_i64..60_000,
    ) {
        let zone = zone(ZONES[zone_at]);
        let first = date(2019, 1, 1).checked_add(day.days()).unwrap();
        let on = |days: i32| first.checked_add(days.days()).unwrap().at(hour, 30, 0, 0).to_zoned(zone.clone()).unwrap();
        let mut starts: Vec<_> = offsets.iter().map(|days| on(*days)).collect();
        starts.sort_by_key(Zoned::timestamp);
        let was = held(&starts, [before.0, before.1, before.2]);
        let now = starts[0].timestamp() + later_h.hours();
        let shape = was.shape(&zone);
        let day = was.day(&zone, now);
        let times = shape.on(day, &zone).unwrap();
        let weeks = starts[0].date().until(day).unwrap().get_days();
        prop_assert!(weeks >= 7 && weeks % 7 == 0);
        for ((new_starts, new_ends), old) in times.sessions.iter().zip(&was.sessions) {
            prop_assert_eq!(new_starts.weekday(), old.starts.weekday());
            prop_assert_eq!(new_starts.time(), old.starts.time());
            prop_assert_eq!(new_ends.time(), old.ends.time());
            prop_assert!(new_starts < new_ends);
            prop_assert!(new_starts.timestamp() > now);
        }
        prop_assert!(times.closes.timestamp() > now);
        prop_assert!(times.opens < times.closes && times.closes < times.withdraw_until);
        prop_assert!(times.withdraw_until < times.sessions[0].0);
    }
}
