//! Public holidays and the weekends worked for them: what is carried, what the school brings in, and notices that leave
//! them out.

use jiff::civil::{Date, date};
use xinmei_client::api::{
    Fault,
    holidays::{Days, List, Set, Soon},
    notice, series,
    sync::{self, ItemState},
    today::{Open, Today},
};
use xinmei_model::{
    Announcement, AnsweredBy, Ask, Audience, Change, DayKind, Feed, HolidayDay, HolidayKind, HolidayYear, Id,
    Place, Power, Refusal, RoleKind, Target,
};
use xinmei_tests::{Device, World, at};

/// Signed with the key of this version, and not carried with it.
const OF_2024: &str = include_str!("../../../crates/model/tests/data/holidays/2024.holidays");
const SECOND_EDITION: &str =
    include_str!("../../../crates/model/tests/data/holidays/2025-edition-2.holidays");
const CARRIED_2025: &str = include_str!("../../../crates/model/data/holidays/2025.holidays");

/// A teacher, a family, and who administers the school.
async fn school() -> (World, Id<Place>, Device, Device, Device) {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let he = world.staff("何静", RoleKind::Administrator, "校长", world.root()).await;
    let (li, _) = world.family("李建国", &[("李雨桐", class)]).await;
    for device in [&zhang, &he, &li] {
        device.sync().await;
    }
    (world, class, zhang, he, li)
}

/// 国庆节休, 国庆节班, 周末, 工作日, 未公布.
async fn says(device: &Device, days: &[Date]) -> Vec<String> {
    let known = device.ask(Days { days: days.to_vec() }).await;
    let said = known.days.into_iter().map(|day| match day.kind {
        DayKind::Holiday { name } => format!("{}休", name.zh),
        DayKind::MakeUpWorkday { name } => format!("{}班", name.zh),
        DayKind::Weekend => "周末".into(),
        DayKind::Workday => "工作日".into(),
        DayKind::NotAnnounced { .. } => "未公布".into(),
    });
    said.collect()
}

async fn years(device: &Device) -> Vec<(i16, u32, bool)> {
    let known = device.ask(List {}).await;
    known.years.iter().map(|one| (one.year, one.edition, one.brought_in)).collect()
}

#[tokio::test]
async fn a_school_knows_what_is_carried_and_what_it_brings_in_itself() {
    let (mut world, _, zhang, he, li) = school().await;
    let days =
        [date(2026, 9, 20), date(2026, 10, 1), date(2026, 11, 24), date(2026, 12, 31), date(2027, 2, 6)];
    assert_eq!(says(&li, &days).await, ["国庆节班", "国庆节休", "工作日", "未公布", "未公布"]);
    assert_eq!(years(&li).await, [(2026, 1, false), (2025, 1, false)]);
    assert_eq!(li.ask(List {}).await.not_announced, [2027]);
    let soon = li.ask(Soon {}).await;
    assert!(soon.spans.is_empty(), "nothing until the new year, {soon:?}");
    assert_eq!(soon.not_announced, Some(2027));

    he.ask(Set { file: OF_2024.into() }).await;
    assert_eq!(years(&he).await[2], (2024, 1, true), "here at once");
    he.sync().await;
    li.sync().await;
    assert_eq!(says(&li, &[date(2024, 2, 10), date(2024, 2, 18)]).await, ["春节休", "春节班"]);
    // Without a network they are known as well.
    world.kill_server().await;
    assert_eq!(years(&li).await, [(2026, 1, false), (2025, 1, false), (2024, 1, true)]);
    world.start().await;
    world.end(&[&zhang, &he, &li]).await;
}

#[tokio::test]
async fn what_is_not_signed_or_not_newer_is_refused_where_it_is_brought_in() {
    let (world, _, zhang, he, li) = school().await;
    let refused = async |device: &Device, file: &str| match device.refused(Set { file: file.into() }).await {
        Fault::Refused { refusal } => refusal,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(&zhang, OF_2024).await, Refusal::NoPower { power: Power::Administer });
    let forged = OF_2024.replacen("workday", "holiday", 1);
    assert_eq!(refused(&he, &forged).await, Refusal::HolidayFileForged);
    assert_eq!(refused(&he, "BEGIN:VCALENDAR").await, Refusal::HolidayFileUnreadable);

    he.ask(Set { file: SECOND_EDITION.into() }).await;
    he.sync().await;
    let older = Refusal::HolidaysOlder { year: 2025, published: date(2024, 11, 12), edition: 2 };
    assert_eq!(refused(&he, CARRIED_2025).await, older);

    // A file of a key that only a newer version knows: the school decides, and it does not know it either.
    let foreign = OF_2024.replacen("xinmei-holidays 1 ", "xinmei-holidays 1 0", 1);
    let name: String = foreign.split(' ').nth(2).unwrap_or_default().chars().take(16).collect();
    let foreign = foreign.replacen(foreign.split(' ').nth(2).unwrap_or_default(), &name, 1);
    he.ask(Set { file: foreign }).await;
    he.sync().await;
    let item = he.ask(sync::ListOutbox {}).await.items.remove(0);
    let ItemState::Refused { refusal } = item.state else { panic!("{:?}", item.state) };
    assert_eq!(refusal, Refusal::HolidayFileForeign { key: name });
    he.ask(sync::Seen { mutation: item.mutation }).await;
    for device in [&zhang, &li] {
        device.sync().await;
    }
    world.end(&[&zhang, &he, &li]).await;
}

#[tokio::test]
async fn the_console_of_the_server_brings_a_file_in() {
    let (world, _, zhang, he, li) = school().await;
    let path = world.data().join("2024.holidays");
    std::fs::write(&path, OF_2024).unwrap();
    let said = xinmei_server::holidays::bring_in(world.ledger(), &path).await.unwrap();
    assert_eq!((said.year, said.days.len()), (2024, 28 + 8));
    xinmei_server::holidays::bring_in(world.ledger(), &path).await.unwrap();
    std::fs::write(&path, OF_2024.replace('\n', "\r\n")).unwrap();
    let refused = xinmei_server::holidays::bring_in(world.ledger(), &path).await.unwrap_err();
    assert!(refused.to_string().contains("holidays-refused"), "{refused}");
    std::fs::remove_file(&path).unwrap();
    let missing = xinmei_server::holidays::bring_in(world.ledger(), &path).await.unwrap_err();
    assert!(missing.to_string().contains("holidays-unreadable"), "{missing}");
    for device in [&zhang, &he, &li] {
        device.sync().await;
    }
    assert_eq!(years(&li).await[2], (2024, 1, true));
    world.end(&[&zhang, &he, &li]).await;
}

/// The year as it is known, and one more holiday this week, for the test's sake: Wednesday the 25th, for a Saturday.
fn invented() -> HolidayYear {
    let known = xinmei_model::Holidays::carried();
    let mut said: Announcement = known.year(2026).unwrap().clone();
    let named = |date, kind| HolidayDay { date, kind, zh: "校庆".into(), en: "Anniversary".into() };
    said.days.push(named(date(2026, 11, 25), HolidayKind::Holiday));
    said.days.push(named(date(2026, 11, 28), HolidayKind::Workday));
    HolidayYear { id: Id::new(uuid::Uuid::nil()), said: Announcement { edition: 9, ..said } }
}

fn notice(class: Id<Place>) -> notice::Send {
    notice::Send {
        audience: Audience { include: vec![Target::Place(class)], except: Vec::new() },
        families_seen: 1,
        title: "带跳绳".into(),
        body: "课间活动用。".into(),
        ask: Ask::Nothing,
        answered_by: AnsweredBy::AnyGuardian,
        due: None,
        send_at: Some(at("2026-11-24T16:00")),
        supersedes: None,
        keeps_answers: false,
        asks_again: Default::default(),
        changed: None,
        class_reads: false,
        reminds: false,
        alert: None,
        files: Vec::new(),
    }
}

#[tokio::test]
async fn a_notice_that_repeats_leaves_a_holiday_out_and_says_so_before() {
    let (world, class, zhang, he, li) = school().await;
    let year =
        HolidayYear { id: HolidayYear::of(world.all::<xinmei_model::School>()[0].id, 2026), ..invented() };
    world.put(vec![Change::put(year, [Feed::School])]).await;
    for device in [&zhang, &he, &li] {
        device.sync().await;
    }
    let (rule, from) = ("FREQ=DAILY;COUNT=3".to_owned(), at("2026-11-24T16:00"));
    let ask = |skip_holidays| series::Ask { rule: rule.clone(), from: from.clone(), skip_holidays };
    let plain = zhang.ask(ask(false)).await;
    assert_eq!((plain.times.len(), plain.left_out.len()), (3, 0));
    assert_eq!(plain.on_holidays[0].name.zh, "校庆", "who writes it is told");
    let skipping = zhang.ask(ask(true)).await;
    assert_eq!(skipping.times, [at("2026-11-24T16:00"), at("2026-11-26T16:00")]);
    assert_eq!(skipping.left_out[0].at, at("2026-11-25T16:00"));
    assert!(skipping.on_holidays.is_empty() && skipping.not_announced.is_none());
    let late = series::Ask { rule: "FREQ=WEEKLY;COUNT=9".into(), from: from.clone(), skip_holidays: true };
    assert_eq!(zhang.ask(late).await.not_announced, Some(at("2026-12-29T16:00")));

    zhang.ask(series::Begin { notice: notice(class), rule: rule.clone(), skip_holidays: true }).await;
    zhang.sync().await;
    let line = zhang.ask(series::List {}).await.series.remove(0);
    assert_eq!((line.of, line.coming.len()), (2, 2));
    for (when, out) in [("2026-11-24T16:01", 1), ("2026-11-25T16:01", 1), ("2026-11-26T16:01", 2)] {
        world.advance(at(when).timestamp().duration_since(world.now())).await;
        li.sync().await;
        assert_eq!(li.ask(notice::List {}).await.notices.len(), out, "{when}");
    }
    // The family's week has the holiday, and the Saturday that is worked.
    let Today::Family(day) = li.ask(Open {}).await else { panic!("a family's day") };
    assert_eq!(day.week.last().map(String::as_str), Some("2026-11-28"));
    let marks: Vec<_> = day.marks.iter().map(|mark| mark.date).collect();
    assert_eq!(marks, [date(2026, 11, 25), date(2026, 11, 28)]);
    for device in [&zhang, &he] {
        device.sync().await;
    }
    world.end(&[&zhang, &he, &li]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_shows_a_year_and_brings_one_in() {
    let world = World::new().await;
    world.class("本部", 2024, 2).await;
    world.appoint("何静", RoleKind::Administrator, "校长", world.root()).await;
    let he = world.terminal("何静").await;
    he.does(&["sync"]).await;
    let cells = he.does(&["school", "holidays", "2026"]).await.cells();
    assert_eq!(cells[0][..2], ["2026", "2025-11-04"]);
    assert_eq!(cells[1], ["2026-01-01", "2026-01-03", "休", "元旦", "New Year's Day"]);
    assert!(
        cells.contains(
            &["2026-02-28", "2026-02-28", "班", "春节", "Spring Festival"].map(String::from).to_vec()
        )
    );
    assert_eq!(he.does(&["school", "holidays", "2027"]).await.cells(), [["2027", "not announced yet"]]);
    let path = world.data().join("2024.holidays");
    std::fs::write(&path, OF_2024).unwrap();
    he.does(&["school", "holidays", "--set", path.to_str().unwrap()]).await;
    assert_eq!(he.does(&["school", "holidays", "2024"]).await.cells()[0][0], "2024");
    let odd = world.data().join("odd.holidays");
    std::fs::write(&odd, "{}").unwrap();
    let refused = he.run(&["school", "holidays", "--set", odd.to_str().unwrap()]).await;
    assert!(refused.code == 1 && refused.err.contains("not a holiday file"), "{refused:?}");
    world.end(&[]).await;
}
