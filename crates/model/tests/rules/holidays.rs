//! What each day is, from what was really announced; and that only a file that was signed so is believed.

use jiff::civil::{Date, date};
use xinmei_model::{
    Act, Announcement, DayKind, Feed, HolidayDay, HolidayKey, HolidayKind, HolidayYear, Holidays, Id, Power,
    Refusal, RoleKind, limits, open_holidays, seal_holidays,
};

use crate::world::World;

/// Signed with the key of this version, and not carried with it: the announcement for 2024.
const OF_2024: &str = include_str!("../data/holidays/2024.holidays");
/// The same days as those that are carried, with more said of the source.
const SECOND_EDITION: &str = include_str!("../data/holidays/2025-edition-2.holidays");
const CARRIED_2025: &str = include_str!("../../data/holidays/2025.holidays");
/// A key of these tests.
const SECRET: [u8; 32] = [7; 32];

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

/// 春节休, 春节班, 周末, 工作日, 未公布周末, 未公布.
fn says(holidays: &Holidays, text: &str) -> String {
    match holidays.day(day(text)) {
        DayKind::Holiday { name } => format!("{}休", name.zh),
        DayKind::MakeUpWorkday { name } => format!("{}班", name.zh),
        DayKind::Weekend => "周末".into(),
        DayKind::Workday => "工作日".into(),
        DayKind::NotAnnounced { weekend: true } => "未公布周末".into(),
        DayKind::NotAnnounced { weekend: false } => "未公布".into(),
    }
}

fn row(said: Announcement) -> HolidayYear {
    HolidayYear { id: HolidayYear::of(Id::new(uuid::Uuid::nil()), said.year), said }
}

/// What was announced for 2019 around its first day: 国办发明电〔2018〕15号.
fn of_2019() -> Announcement {
    let named = |date, kind| HolidayDay { date, kind, zh: "元旦".into(), en: "New Year's Day".into() };
    let days = vec![
        named(date(2018, 12, 29), HolidayKind::Workday),
        named(date(2018, 12, 30), HolidayKind::Holiday),
        named(date(2018, 12, 31), HolidayKind::Holiday),
        named(date(2019, 1, 1), HolidayKind::Holiday),
    ];
    let source = "国办发明电〔2018〕15号".into();
    Announcement { year: 2019, published: date(2018, 12, 4), edition: 1, source, days }
}

#[test]
fn the_spring_festival_of_2026_and_the_weekends_worked_for_it() {
    let carried = Holidays::carried();
    for (text, expected) in [
        ("2026-02-13", "工作日"),
        ("2026-02-14", "春节班"),
        ("2026-02-15", "春节休"),
        ("2026-02-17", "春节休"),
        ("2026-02-23", "春节休"),
        ("2026-02-24", "工作日"),
        ("2026-02-28", "春节班"),
        ("2026-03-01", "周末"),
        ("2026-09-20", "国庆节班"),
        ("2026-09-27", "中秋节休"),
        ("2026-10-07", "国庆节休"),
        ("2026-10-08", "工作日"),
        ("2026-10-10", "国庆节班"),
        ("2025-01-26", "春节班"),
        ("2025-10-06", "国庆节、中秋节休"),
    ] {
        assert_eq!(says(&carried, text), expected, "{text}");
    }
}

/// The counts stand in the announcements: 1 + 8 + 3 + 5 + 3 + 8 days, and 3 + 9 + 3 + 5 + 3 + 3 + 7.
#[test]
fn the_carried_years_have_as_many_days_as_were_announced() {
    let carried = Holidays::carried();
    let years: Vec<_> = carried.years().map(|said| said.year).collect();
    assert_eq!(years, [2025, 2026], "both files are signed and read");
    for (year, free, worked) in [(2025, 28, 5), (2026, 33, 6)] {
        let said = carried.year(year).unwrap();
        let of = |kind| said.days.iter().filter(|day| day.kind == kind).count();
        assert_eq!((of(HolidayKind::Holiday), of(HolidayKind::Workday)), (free, worked), "{year}");
        assert!(said.source.contains("国办发明电"), "{}", said.source);
    }
}

#[test]
fn of_a_year_without_an_announcement_only_the_weekday_is_known() {
    let carried = Holidays::carried();
    assert_eq!(says(&carried, "2027-02-08"), "未公布");
    assert_eq!(says(&carried, "2027-02-07"), "未公布周末");
    assert_eq!(says(&carried, "2024-02-10"), "未公布周末");
    assert!(!carried.is_announced(day("2027-06-01")));
    let with = Holidays::of(&[row(open_holidays(OF_2024, HolidayKey::trusted()).unwrap())]);
    assert_eq!(says(&with, "2024-02-10"), "春节休");
    assert_eq!(says(&with, "2024-02-18"), "春节班");
    assert_eq!(says(&with, "2024-06-08"), "周末");
}

/// What joins the first of January to a weekend is announced with the new year.
#[test]
fn the_last_days_of_a_year_are_settled_with_the_next() {
    let carried = Holidays::carried();
    assert_eq!(says(&carried, "2026-12-25"), "工作日");
    assert_eq!(says(&carried, "2026-12-26"), "未公布周末");
    assert_eq!(says(&carried, "2026-12-31"), "未公布");
    assert_eq!(says(&carried, "2025-12-31"), "工作日", "2026 was announced");
    let (new, old) = (of_2019(), Announcement { year: 2018, published: date(2017, 11, 30), ..of_2019() });
    // 2018 with a day of its own.
    let mut days = old.days.clone();
    days.truncate(1);
    days[0] = HolidayDay { date: date(2018, 12, 30), kind: HolidayKind::Workday, ..days[0].clone() };
    let old = Announcement { days, ..old };
    let both = Holidays::of(&[row(old.clone()), row(new.clone())]);
    assert_eq!(says(&both, "2018-12-29"), "元旦班");
    assert_eq!(says(&both, "2018-12-30"), "元旦休", "the later announcement counts");
    assert_eq!(says(&both, "2018-12-28"), "工作日");
    let alone = Holidays::of(&[row(old)]);
    assert_eq!(says(&alone, "2018-12-29"), "未公布周末");
    assert_eq!(of_2019().check(), Ok(()));
}

#[test]
fn school_days_go_around_holidays_and_over_worked_weekends() {
    let carried = Holidays::carried();
    let after = |text: &str, count| {
        let days = carried.school_days_after(day(text), count);
        days.iter().map(|day| day.strftime("%m-%d").to_string()).collect::<Vec<_>>()
    };
    assert_eq!(after("2026-02-12", 4), ["02-13", "02-14", "02-24", "02-25"], "Saturday the 14th is worked");
    assert_eq!(after("2026-09-30", 3), ["10-08", "10-09", "10-10"]);
    assert_eq!(after("2027-01-01", 2), ["01-04", "01-05"], "as far as is known");
    assert_eq!(after("2026-02-12", 0), [""; 0]);
    assert_eq!(carried.school_days_after(day("2026-01-01"), 9_999).len(), limits::DAYS_ASKED);
    assert!(carried.school_days_after(Date::MAX, 5).is_empty());
    let spans = carried.spans(day("2026-02-16"), day("2026-02-28"));
    let told: Vec<_> = spans.iter().map(|one| (one.from.day(), one.to.day(), one.kind)).collect();
    assert_eq!(told, [(15, 23, HolidayKind::Holiday), (28, 28, HolidayKind::Workday)]);
}

#[test]
fn a_newer_announcement_counts_and_an_older_row_does_not() {
    let newer = open_holidays(SECOND_EDITION, HolidayKey::trusted()).unwrap();
    assert_eq!(newer.edition, 2);
    let with = Holidays::of(&[row(newer.clone())]);
    assert_eq!(with.year(2025), Some(&newer));
    let early = Announcement { published: date(2024, 1, 2), days: Vec::new(), ..newer };
    let with = Holidays::of(&[row(early)]);
    assert_eq!(with, Holidays::carried(), "what this version carries is newer");
}

/// One bit is another file: whichever is turned over, nothing of it is believed. Of the carried one every 31st byte, of a
/// short one each: without optimisation a signature takes 10 ms.
#[test]
fn every_byte_of_a_file_is_under_its_signature() {
    let short = seal_holidays(&serde_json::to_string(&of_2019()).unwrap(), &SECRET).unwrap();
    no_byte_may_change(&short, &[HolidayKey::of(&SECRET)], 1);
    no_byte_may_change(CARRIED_2025, HolidayKey::trusted(), 31);
}

fn no_byte_may_change(file: &str, keys: &[HolidayKey], step: usize) {
    for at in (0..file.len()).step_by(step) {
        let mut other = file.as_bytes().to_vec();
        other[at] ^= 1;
        // What is no text cannot even be handed over.
        let Ok(text) = String::from_utf8(other) else { continue };
        let refused = open_holidays(&text, keys).unwrap_err();
        assert!(
            matches!(
                refused,
                Refusal::HolidayFileUnreadable
                    | Refusal::HolidayFileForeign { .. }
                    | Refusal::HolidayFileForged
            ),
            "byte {at}: {refused:?}"
        );
    }
}

#[test]
fn a_file_that_was_cut_or_grew_is_forged() {
    for (more, less) in [("\n", 0), (" ", 0), ("", 1), ("", 2)] {
        let text = format!("{}{more}", &CARRIED_2025[..CARRIED_2025.len() - less]);
        let refused = open_holidays(&text, HolidayKey::trusted()).unwrap_err();
        assert_eq!(refused, Refusal::HolidayFileForged);
    }
    // Carried over a chat that ends lines in another way.
    let windows = CARRIED_2025.replace('\n', "\r\n");
    assert!(open_holidays(&windows, HolidayKey::trusted()).is_err());
}

#[test]
fn a_file_of_another_key_is_foreign_and_what_is_no_file_is_said_so() {
    let said = serde_json::to_string(&of_2019()).unwrap();
    let (file, key) = (seal_holidays(&said, &SECRET).unwrap(), HolidayKey::of(&SECRET));
    assert_eq!(open_holidays(&file, std::slice::from_ref(&key)), Ok(of_2019()));
    assert_eq!(HolidayKey::parse(&key.text()), Some(key.clone()));
    let foreign = Refusal::HolidayFileForeign { key: key.name() };
    assert_eq!(open_holidays(&file, HolidayKey::trusted()), Err(foreign));
    // Signed by one, named as another.
    let trusted = HolidayKey::trusted()[0].name();
    let named = file.replacen(&key.name(), &trusted, 1);
    assert_eq!(open_holidays(&named, HolidayKey::trusted()), Err(Refusal::HolidayFileForged));
    // The payload alone under the same key is no holiday file.
    let unreadable = Err(Refusal::HolidayFileUnreadable);
    let long = format!("{file}{}", " ".repeat(20_000));
    for odd in ["", "{}", &said, "xinmei-holidays 2 a b\n{}", "xinmei-holidays 1 00 00\n{}", &long] {
        assert_eq!(open_holidays(odd, std::slice::from_ref(&key)), unreadable, "{odd:.30}");
    }
    assert_eq!(HolidayKey::parse("00"), None);
    assert_eq!(HolidayKey::parse(&"0".repeat(64)), None, "a key that signs everything is none");
}

#[test]
fn nobody_signs_what_makes_no_sense() {
    let wrong = |change: &dyn Fn(&mut Announcement)| {
        let mut said = of_2019();
        change(&mut said);
        match seal_holidays(&serde_json::to_string(&said).unwrap(), &SECRET) {
            Err(Refusal::HolidayFileWrong { what }) => what,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(wrong(&|said| said.year = 1999), "year");
    assert_eq!(wrong(&|said| said.published = date(2017, 12, 4)), "published");
    assert_eq!(wrong(&|said| said.edition = 0), "edition");
    assert_eq!(wrong(&|said| said.source = " ".into()), "source");
    assert_eq!(wrong(&|said| said.days.clear()), "days");
    let first = said_days(61);
    assert_eq!(wrong(&move |said| said.days = first.clone()), "days");
    assert_eq!(wrong(&|said| said.days.swap(0, 1)), "2018-12-29", "in order");
    assert_eq!(wrong(&|said| said.days[1] = said.days[0].clone()), "2018-12-29", "each once");
    assert_eq!(wrong(&|said| said.days[0].date = date(2018, 11, 24)), "2018-11-24", "no such December");
    assert_eq!(wrong(&|said| said.days[3].date = date(2020, 1, 1)), "2020-01-01");
    assert_eq!(wrong(&|said| said.days[2].kind = HolidayKind::Workday), "2018-12-31", "a Monday is worked");
    assert_eq!(wrong(&|said| said.days[1].zh = String::new()), "2018-12-30");
    assert_eq!(wrong(&|said| said.days[1].en = "a\nb".into()), "2018-12-30");
    let more = serde_json::to_string(&of_2019()).unwrap().replacen('{', r#"{"more":1,"#, 1);
    let refused = seal_holidays(&more, &SECRET).unwrap_err();
    assert_eq!(refused, Refusal::HolidayFileWrong { what: "line 2".into() }, "the file's own count");
}

fn said_days(count: i16) -> Vec<HolidayDay> {
    let one = of_2019().days[3].clone();
    (0..count)
        .map(|n| HolidayDay { date: date(2019, 1, 1) + jiff::Span::new().days(n), ..one.clone() })
        .collect()
}

#[test]
fn an_administrator_brings_a_year_in_and_everybody_in_the_school_knows() {
    let mut world = World::school();
    let class = world.class(2024, 2);
    let teacher = world.teacher("张晓梅", class);
    let office = world.staff("何静", RoleKind::Administrator, world.root);
    let set = |file: &str| Act::SetHolidays { file: file.into() };
    let power = Refusal::NoPower { power: Power::Administer };
    assert_eq!(world.refuses(teacher.actor(), &set(OF_2024)), power);
    world.does(office.actor(), &set(OF_2024));
    let rows: Vec<HolidayYear> = world.all();
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].said.year, 2024);
    assert_eq!(world.feeds(rows[0].id), [Feed::School].into());
    assert_eq!(world.does(office.actor(), &set(OF_2024)), vec![], "the same again changes nothing");
    assert_eq!(world.does(office.actor(), &set(CARRIED_2025)), vec![], "what is carried is known");

    world.does(office.actor(), &set(SECOND_EDITION));
    let older = Refusal::HolidaysOlder { year: 2025, published: date(2024, 11, 12), edition: 2 };
    assert_eq!(world.refuses(office.actor(), &set(CARRIED_2025)), older);
    let forged = OF_2024.replacen("2024-02-10", "2024-02-09", 1);
    assert_eq!(world.refuses(office.actor(), &set(&forged)), Refusal::HolidayFileForged);
    assert_eq!(world.all::<HolidayYear>().len(), 2);
}
