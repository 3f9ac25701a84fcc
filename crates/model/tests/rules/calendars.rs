//! A person's calendar: whose bookings and shifts stand in it and for how long, how it is written, and the clocks of many
//! zones around the hours in which they change.

use jiff::{
    SignedDuration, ToSpan, Zoned,
    civil::{DateTime, date},
    tz::TimeZone,
};
use xinmei_model::{
    Act, Booking, CalendarEntry, CalendarLanguage, CalendarLink, CalendarStatus, Event, FileHash, ICalendar,
    Id, Link, Person, Refusal, Relation, Right, RoleKind, Stop, calendar_at, calendar_of,
};

use crate::world::{World, people::*, plans::*};

fn secret(number: u8) -> FileHash {
    FileHash::of(&[number; 32])
}

impl World {
    fn calendar(&self, person: Id<Person>) -> Vec<CalendarEntry> {
        self.ask(|facts| calendar_of(facts, person, CalendarLanguage::Chinese)).unwrap()
    }

    fn only(&self, person: Id<Person>) -> CalendarEntry {
        let mut entries = self.calendar(person);
        assert_eq!(entries.len(), 1, "{entries:?}");
        entries.remove(0)
    }
}

struct Scene {
    world: World,
    desk: Staff,
    mother: Id<Person>,
    father: Id<Person>,
    link: Id<Link>,
    booking: Id<Booking>,
    event: Id<Event>,
}

/// The mother has booked for 李雨桐 and for herself; the father may read, and not decide.
fn scene() -> Scene {
    let mut world = World::school();
    let (desk, class) = (world.coordinator(world.campus), world.class(2024, 2));
    let child = world.child("李雨桐", class);
    let mother = world.guardian("王芳").of(child, Relation::Mother, PARENT).id();
    let father = world.guardian("李建国").of(child, Relation::Father, &[Right::Messages]).id();
    let (event, sessions) = world.event(desk, &[10]);
    let booking = world.signs_up(mother, sessions[0], &[child], 1);
    let link = link_id(mother, child);
    Scene { world, desk, mother, father, link, booking, event }
}

#[test]
fn a_booking_stands_with_whoever_decides_and_with_nobody_else() {
    let scene = scene();
    let entry = scene.world.only(scene.mother);
    assert_eq!(entry.of, scene.booking.uuid());
    assert_eq!((entry.title.as_str(), entry.place.as_str()), ("家长开放日（雨桐）", "校史馆"));
    assert_eq!(entry.about, "第 1 场\n牵手同前行，相遇见美好");
    assert_eq!((entry.status, entry.busy, entry.sequence), (CalendarStatus::Confirmed, true, 1));
    assert!(scene.world.calendar(scene.father).is_empty());
    assert!(scene.world.calendar(scene.desk.person).is_empty());
}

#[test]
fn what_was_given_back_or_called_off_is_told_for_a_while() {
    let mut scene = scene();
    scene.world.does(guardian(scene.mother), &Act::Withdraw { booking: scene.booking, on_behalf_of: None });
    let off = scene.world.only(scene.mother);
    assert_eq!((off.status, off.busy, off.sequence), (CalendarStatus::Cancelled, false, 2));
    scene.world.pass(SignedDuration::from_hours(30 * 24));
    assert_eq!(scene.world.calendar(scene.mother).len(), 1);
    scene.world.pass(SignedDuration::from_hours(2 * 24));
    assert!(scene.world.calendar(scene.mother).is_empty());

    let mut scene = self::scene();
    let cancel = Act::CancelEvent { event: scene.event, reason: "大雨".into() };
    scene.world.does(scene.desk.actor(), &cancel);
    let off = scene.world.only(scene.mother);
    assert_eq!(off.status, CalendarStatus::Cancelled);
    assert!(off.about.contains("活动取消：大雨"), "{}", off.about);
}

#[test]
fn what_is_past_stays_for_sixty_days() {
    let mut scene = scene();
    scene.world.pass(SignedDuration::from_hours(60 * 24));
    assert_eq!(scene.world.calendar(scene.mother).len(), 1);
    scene.world.pass(SignedDuration::from_hours(2 * 24));
    assert!(scene.world.calendar(scene.mother).is_empty());
}

#[test]
fn an_entry_in_line_is_tentative_and_each_step_has_a_larger_number() {
    let mut world = World::school();
    let (desk, class) = (world.coordinator(world.campus), world.class(2024, 2));
    let (first, second) = (world.child("赵子涵", class), world.child("李雨桐", class));
    let zhao = world.guardian("赵倩").of(first, Relation::Mother, PARENT).id();
    let li = world.guardian("李建国").of(second, Relation::Father, PARENT).id();
    let (_, sessions) = world.event(desk, &[1]);
    let taken = world.signs_up(zhao, sessions[0], &[first], 1);
    let waits = world.signs_up(li, sessions[0], &[second], 1);
    let mut numbers = vec![];
    let mut see = |world: &World, status| {
        let entry = world.only(li);
        assert_eq!((entry.status, entry.of), (status, waits.uuid()));
        numbers.push(entry.sequence);
        entry.about
    };
    assert!(see(&world, CalendarStatus::Tentative).contains("候补"));
    world.does(guardian(zhao), &Act::Withdraw { booking: taken, on_behalf_of: None });
    assert!(see(&world, CalendarStatus::Tentative).contains("有名额"));
    world.does(guardian(li), &Act::AcceptOffer { booking: waits, on_behalf_of: None });
    see(&world, CalendarStatus::Confirmed);
    world.does(guardian(li), &Act::Withdraw { booking: waits, on_behalf_of: None });
    see(&world, CalendarStatus::Cancelled);
    assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
}

#[test]
fn shifts_are_ones_own_and_a_right_that_ends_empties_the_calendar() {
    let mut scene = scene();
    let (_, shifts) = scene.world.post(scene.desk, &[("2026-10-14T07:30", "2026-10-14T08:10", 2)]);
    scene.world.does(guardian(scene.mother), &take(shifts[0]));
    let entries = scene.world.calendar(scene.mother);
    assert_eq!(entries.len(), 2);
    let shift = &entries[1];
    assert_eq!((shift.title.as_str(), shift.place.as_str()), ("护学岗，东门", "东门岗亭"));
    assert!(scene.world.calendar(scene.father).is_empty());
    let before = shift.sequence;
    scene.world.pass_minutes(1);
    scene.world.does(guardian(scene.mother), &drop_shift(shifts[0]));
    let given_back = scene.world.calendar(scene.mother).remove(1);
    assert_eq!(given_back.status, CalendarStatus::Cancelled);
    assert!(given_back.sequence > before);

    let (root, link) = (scene.world.root, scene.link);
    let office = scene.world.staff("何静", RoleKind::Administrator, root);
    let set = |rights: &[Right]| Act::SetRights { link, rights: rights.to_vec(), barred: false };
    scene.world.does(office.actor(), &set(&[Right::Messages]));
    assert_eq!(scene.world.calendar(scene.mother).len(), 1, "shifts stay, bookings go");
    scene.world.does(office.actor(), &set(&[]));
    assert!(scene.world.calendar(scene.mother).is_empty());
}

#[test]
fn how_an_entry_stands_is_said_in_english_too_and_what_people_wrote_stays() {
    let mut scene = scene();
    let english = |world: &World| {
        world.ask(|facts| calendar_of(facts, scene.mother, CalendarLanguage::English)).unwrap().remove(0)
    };
    let booked = english(&scene.world);
    assert_eq!(booked.title, "家长开放日 (雨桐)");
    let entries = std::slice::from_ref(&booked);
    let school = scene.world.get(scene.world.school);
    let text =
        ICalendar { school: &school, source: None, entries, language: CalendarLanguage::English }.text();
    assert!(text.contains("PRODID:-//Xinmei//Xinmei//EN\r\n"), "{text}");
    let cancel = Act::CancelEvent { event: scene.event, reason: "大雨".into() };
    scene.world.does(scene.desk.actor(), &cancel);
    let off = english(&scene.world);
    assert!(off.about.contains("The event is off: 大雨") && !off.about.contains("取消"), "{}", off.about);
    // A change of language is no change of the entry.
    assert_eq!((off.sequence, off.of), (scene.world.only(scene.mother).sequence, booked.of));
}

#[test]
fn an_address_is_ones_own_and_a_new_one_ends_the_one_before() {
    let mut scene = scene();
    let mother = guardian(scene.mother);
    let at = |world: &World, number| {
        world.ask(|facts| calendar_at(facts, secret(number), CalendarLanguage::Chinese))
    };
    let nowhere = |world: &World, number| match at(world, number) {
        Err(Stop::Refused(refusal)) => refusal,
        other => panic!("it leads somewhere: {other:?}"),
    };
    let gone = Refusal::NotFound { what: "calendar-link".into() };
    assert_eq!(nowhere(&scene.world, 1), gone);
    assert_eq!(scene.world.refuses(mother, &Act::EndCalendarLink), gone);
    scene.world.does(mother, &Act::MakeCalendarLink { secret_sha256: secret(1) });
    let link = CalendarLink::of(scene.mother);
    assert!(scene.world.sees(scene.mother, link) && !scene.world.sees(scene.father, link));
    assert!(!scene.world.sees(scene.desk.person, link));
    let (school, entries) = at(&scene.world, 1).unwrap();
    assert_eq!((school.id, entries.len()), (scene.world.school, 1));
    scene.world.does(mother, &Act::MakeCalendarLink { secret_sha256: secret(2) });
    assert_eq!(nowhere(&scene.world, 1), gone);
    assert!(at(&scene.world, 2).is_ok());
    scene.world.does(mother, &Act::EndCalendarLink);
    assert_eq!(nowhere(&scene.world, 2), gone);
    assert!(scene.world.does(mother, &Act::EndCalendarLink).is_empty());
    scene.world.does(mother, &Act::MakeCalendarLink { secret_sha256: secret(3) });
    assert!(at(&scene.world, 3).is_ok());
}

#[test]
fn a_device_writes_what_the_school_writes() {
    let scene = scene();
    let school =
        scene.world.ask(|facts| calendar_of(facts, scene.mother, CalendarLanguage::Chinese)).unwrap();
    let device = scene
        .world
        .ask_on_device_of(scene.mother, |facts| calendar_of(facts, scene.mother, CalendarLanguage::Chinese));
    assert_eq!(device, Ok(school));
}

// ---- how it is written ----

/// An entry at these times.
fn entry(starts: Zoned, ends: Zoned) -> CalendarEntry {
    CalendarEntry {
        of: uuid::Uuid::from_u128(7),
        starts,
        ends,
        title: "家长会；请带笔, 本".into(),
        place: String::new(),
        about: "一\n二".into(),
        status: CalendarStatus::Confirmed,
        busy: false,
        sequence: 4,
        changed: at("2026-10-12T09:00").timestamp(),
    }
}

fn written(entries: &[CalendarEntry], source: Option<&str>) -> String {
    let world = World::school();
    let language = CalendarLanguage::Chinese;
    ICalendar { school: &world.get(world.school), source, entries, language }.text()
}

#[test]
fn a_calendar_reads_so() {
    let entries = [entry(at("2026-10-13T09:00"), at("2026-10-13T10:00"))];
    let text = written(&entries, Some("https://school.example/calendar/x.ics"));
    let expected = "\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Xinmei//Xinmei//ZH
CALSCALE:GREGORIAN
METHOD:PUBLISH
NAME:江畔实验小学
X-WR-CALNAME:江畔实验小学
X-WR-TIMEZONE:Asia/Shanghai
COLOR:seagreen
REFRESH-INTERVAL;VALUE=DURATION:PT1H
X-PUBLISHED-TTL:PT1H
SOURCE;VALUE=URI:https://school.example/calendar/x.ics
BEGIN:VTIMEZONE
TZID:Asia/Shanghai
BEGIN:DAYLIGHT
DTSTART:19910414T020000
TZOFFSETFROM:+0800
TZOFFSETTO:+0900
TZNAME:CDT
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19910915T020000
TZOFFSETFROM:+0900
TZOFFSETTO:+0800
TZNAME:CST
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:00000000-0000-0000-0000-000000000007@00000000-0000-0000-0000-000000000001
DTSTAMP:20261012T010000Z
LAST-MODIFIED:20261012T010000Z
SEQUENCE:4
DTSTART;TZID=Asia/Shanghai:20261013T090000
DTEND;TZID=Asia/Shanghai:20261013T100000
SUMMARY:家长会；请带笔\\, 本
DESCRIPTION:一\\n二
STATUS:CONFIRMED
TRANSP:TRANSPARENT
CLASS:PRIVATE
END:VEVENT
END:VCALENDAR
";
    // The UID is longer than a line.
    assert_eq!(text.replace("\r\n ", "").replace("\r\n", "\n"), expected);
    let alone = written(&entries, None);
    for hint in ["NAME:", "X-WR-CALNAME", "REFRESH-INTERVAL", "SOURCE"] {
        assert!(!alone.lines().any(|line| line.starts_with(hint)), "{hint} in {alone}");
    }
}

/// Zones of all parts of the world: with and without summer time, of half and quarter hours, by rules that are old and new.
const ZONES: [&str; 40] = [
    "Asia/Shanghai",
    "Asia/Urumqi",
    "Asia/Hong_Kong",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Asia/Jerusalem",
    "Asia/Beirut",
    "Asia/Almaty",
    "Asia/Ulaanbaatar",
    "Asia/Amman",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Berlin",
    "Europe/Moscow",
    "Europe/Istanbul",
    "Europe/Chisinau",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "Africa/Lagos",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/Asuncion",
    "America/Havana",
    "America/Nuuk",
    "Australia/Sydney",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Easter",
];

/// Reads DTSTART of the first entry as a calendar program does that knows no zones but those it is told.
fn read(text: &str) -> jiff::Timestamp {
    let lines: Vec<_> = text.split("\r\n").collect();
    let value = |line: &str| line.rsplit_once(':').unwrap().1.to_owned();
    let wall = |text: &str| DateTime::strptime("%Y%m%dT%H%M%S", text).unwrap();
    let seconds = |text: &str| {
        let number =
            |from: usize| text.get(from..from + 2).map_or(0, |digits| digits.parse::<i64>().unwrap());
        let all = number(1) * 3600 + number(3) * 60 + number(5);
        if text.starts_with('-') { -all } else { all }
    };
    let event = lines.iter().position(|line| *line == "BEGIN:VEVENT").unwrap();
    let starts = lines[event..].iter().find(|line| line.starts_with("DTSTART")).unwrap();
    if let Some(utc) = value(starts).strip_suffix('Z') {
        return wall(utc).to_zoned(TimeZone::UTC).unwrap().timestamp();
    }
    let zone = starts.split([';', ':']).nth(1).unwrap().replace('=', ":");
    let told = lines.iter().position(|line| *line == zone).unwrap();
    let told = lines[told..].iter().take_while(|line| **line != "END:VTIMEZONE");
    let (mut onset, mut held, starts) = (None, None, wall(&value(starts)));
    for line in told {
        if line.starts_with("DTSTART") {
            onset = Some(wall(&value(line)));
        } else if line.starts_with("TZOFFSETTO") && onset.is_some_and(|onset| onset <= starts) {
            // They stand in the order of time.
            held = Some(seconds(&value(line)));
        }
    }
    let utc = starts.to_zoned(TimeZone::UTC).unwrap().timestamp();
    utc - SignedDuration::from_secs(held.expect("some change of the clocks came before"))
}

#[test]
fn clocks_of_forty_zones_are_told_right_around_the_hours_in_which_they_change() {
    let (from, to) = (date(2024, 1, 1), date(2028, 1, 1));
    let mut changes = 0;
    for name in ZONES {
        let zone = TimeZone::get(name).unwrap();
        let [from, to] = [from, to].map(|day| day.to_zoned(zone.clone()).unwrap().timestamp());
        let around = zone.following(from).map(|change| change.timestamp()).take_while(|at| *at < to);
        let mut around: Vec<_> = around.collect();
        changes += around.len();
        around.push(at("2026-10-13T09:00").timestamp());
        let mut all = vec![];
        for change in around {
            for minutes in [-1_500, -90, -60, -30, -1, 0, 1, 29, 30, 59, 60, 90, 1_500] {
                let starts = (change + SignedDuration::from_mins(minutes)).to_zoned(zone.clone());
                let ends = starts.checked_add(45.minutes()).unwrap();
                let one = entry(starts.clone(), ends);
                assert_eq!(read(&written(std::slice::from_ref(&one), None)), starts.timestamp(), "{starts}");
                all.push(one);
            }
        }
        // And all of them in one calendar, with this or that one first.
        for first in (0..all.len()).step_by(7) {
            all.swap(0, first);
            assert_eq!(read(&written(&all, None)), all[0].starts.timestamp(), "{}", all[0].starts);
        }
    }
    assert!(changes > 150, "{changes} changes of clocks");
}
