//! What an author of notices has beside them: a deadline that can be met, the table as a file, how far a notice came, and
//! templates.

use std::collections::BTreeMap;

use data_encoding::BASE64;
use jiff::{SignedDuration, ToSpan};
use xinmei_client::api::{
    Fault,
    delivery::{self, GuardianDelivery, Way},
    notice, series,
    sync::{self, ItemState},
    table::{Language, Table},
    template,
};
use xinmei_model::{
    AnsweredBy, Ask, Audience, Id, Notice, NoticeState, Place, Power, Refusal, Relation, Reply, Role,
    RoleKind, Target, TemplateDraft,
};
use xinmei_tests::{Device, Guardian, World, at};

fn duty(class: Id<Place>, families_seen: u32) -> notice::Send {
    notice::Send {
        audience: Audience { include: vec![Target::Place(class)], except: Vec::new() },
        families_seen,
        title: "秋游 15:00".into(),
        body: "请带水。".into(),
        ask: Ask::Acknowledge,
        answered_by: AnsweredBy::AnyGuardian,
        due: Some(at("2026-11-24T20:00")),
        send_at: None,
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

/// A teacher, two families who have joined, and a grandmother who has not.
async fn school() -> (World, Id<Place>, Device, Device, Device) {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let (li, children) = world.family("李建国", &[("李雨桐", class)]).await;
    let (zhao, _) = world.family("赵倩", &[("赵子涵", class)]).await;
    let elder = Guardian { relation: Relation::PaternalGrandmother, ..Guardian::parent("周玉兰") };
    world.link(&elder, children[0]).await;
    zhang.sync().await;
    (world, class, zhang, li, zhao)
}

async fn sent(world: &World, teacher: &Device, class: Id<Place>) -> Id<Notice> {
    teacher.ask(duty(class, 2)).await;
    teacher.sync().await;
    world.advance(SignedDuration::from_secs(121)).await;
    teacher.sync().await;
    teacher.ask(notice::List {}).await.notices[0].id
}

#[tokio::test]
async fn a_deadline_before_it_goes_out_is_refused_by_the_school_and_here_where_it_is_sure() {
    let (world, class, zhang, li, zhao) = school().await;
    let soon = world.now().to_zoned(at("2026-11-24T20:00").time_zone().clone());
    // Within the hold window: only the school's clock can tell.
    let due = Some(&soon + 1.minute());
    zhang.ask(notice::Send { due, ..duty(class, 2) }).await;
    zhang.sync().await;
    let item = zhang.ask(sync::ListOutbox {}).await.items.remove(0);
    let ItemState::Refused { refusal: Refusal::DueTooEarly { goes_out } } = item.state else {
        panic!("{:?}", item.state)
    };
    assert!(goes_out > (&soon + 1.minute()).timestamp());
    zhang.ask(sync::Seen { mutation: item.mutation }).await;
    // Before the time it is to go out: nobody needs the school for that.
    let (send_at, due) = (Some(&soon + 3.hours()), Some(&soon + 2.hours()));
    let refused = zhang.refused(notice::Send { send_at, due, ..duty(class, 2) }).await;
    assert!(matches!(refused, Fault::Refused { refusal: Refusal::DueTooEarly { .. } }), "{refused:?}");
    world.end(&[&zhang, &li, &zhao]).await;
}

#[tokio::test]
async fn the_table_is_for_its_author_and_needs_no_network() {
    let (mut world, class, zhang, li, zhao) = school().await;
    let id = sent(&world, &zhang, class).await;
    world.kill_server().await;
    let made = zhang.ask(Table { notice: id, language: Language::Chinese }).await;
    assert!(
        made.name.starts_with("秋游 15 00 回应 2026-11-2") && made.name.ends_with(".xlsx"),
        "{}",
        made.name
    );
    let content = BASE64.decode(made.content.as_bytes()).unwrap();
    assert!(content.starts_with(b"PK"), "a workbook is an archive");
    world.start().await;
    li.sync().await;
    let refused = li.refused(Table { notice: id, language: Language::Chinese }).await;
    assert!(matches!(refused, Fault::Invalid { .. }));
    zhao.sync().await;
    zhang.sync().await;
    world.end(&[&zhang, &li, &zhao]).await;
}

/// How it stands with each guardian, by name.
fn ways(said: &delivery::Delivery) -> BTreeMap<String, GuardianDelivery> {
    let guardians = said.children.iter().flat_map(|child| child.guardians.clone());
    guardians.map(|one| (one.guardian.name.clone(), one)).collect()
}

#[tokio::test]
async fn its_author_sees_on_whose_devices_a_notice_is() {
    let (mut world, class, zhang, li, zhao) = school().await;
    let id = sent(&world, &zhang, class).await;
    let ask = || delivery::Ask { notice: id };
    let first = ways(&zhang.ask(ask()).await);
    assert_eq!(first["李建国"].way, Way::NotYet);
    assert_eq!(first["周玉兰"].way, Way::NotJoined);
    // The page brings it; the next question tells the school that it arrived.
    li.sync().await;
    world.advance(SignedDuration::from_mins(1)).await;
    li.sync().await;
    let heard = world.now();
    let line = li.ask(notice::List {}).await.notices.remove(0);
    let replies =
        vec![notice::ChildReply { child: line.children[0].id, reply: Reply::Acknowledge, replaces: 0 }];
    li.ask(notice::Answer { notice: id, replies, on_behalf_of: None }).await;
    li.sync().await;
    zhang.sync().await;
    // What was noted is written beside the answer, not before it.
    let mut said = zhang.ask(ask()).await;
    for _ in 0..50 {
        if matches!(ways(&said)["李建国"].way, Way::Held { .. }) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        said = zhang.ask(ask()).await;
    }
    let now = ways(&said);
    let Way::Held { since: Some(since) } = now["李建国"].way else { panic!("{:?}", now["李建国"]) };
    assert!(since <= heard && !said.last_known, "{since} {heard}");
    assert!(now["李建国"].acted.is_some());
    assert_eq!((now["赵倩"].way, &now["赵倩"].acted), (Way::NotYet, &None));
    // Later changes of the school do not make it younger.
    sent(&world, &zhang, class).await;
    li.sync().await;
    li.sync().await;
    let later = ways(&zhang.ask(ask()).await);
    assert_eq!(later["李建国"].way, Way::Held { since: Some(since) });
    // Without the school, what it said last.
    world.kill_server().await;
    let kept = zhang.ask(ask()).await;
    assert!(kept.last_known);
    assert_eq!(ways(&kept)["李建国"].way, Way::Held { since: Some(since) });
    world.start().await;
    zhao.sync().await;
    // Somebody else has no such question.
    let refused = li.refused(ask()).await;
    assert!(matches!(refused, Fault::Invalid { .. }), "{refused:?}");
    zhang.sync().await;
    li.sync().await;
    world.end(&[&zhang, &li, &zhao]).await;
}

fn trip() -> TemplateDraft {
    TemplateDraft {
        name: "研学同意书".into(),
        title: "{地点}研学同意书".into(),
        body: "{日期}到{地点}。".into(),
        ask: Ask::Sign,
        answered_by: AnsweredBy::AnyGuardian,
        reminds: false,
    }
}

async fn names(device: &Device) -> Vec<(String, bool)> {
    device.sync().await;
    let list = device.ask(template::List {}).await;
    list.templates.into_iter().map(|one| (one.draft.name, one.may_change)).collect()
}

#[tokio::test]
async fn templates_are_kept_offline_shared_by_the_school_and_filled() {
    let (world, class, zhang, li, zhao) = school().await;
    let luo = world.staff("罗文", RoleKind::SubjectTeacher, "任课教师", class).await;
    let he = world.staff("何静", RoleKind::Administrator, "校办", world.root()).await;
    zhang.ask(template::Put { template: None, draft: trip(), school: false }).await;
    let mine = zhang.ask(template::List {}).await.templates.remove(0);
    assert_eq!((mine.fields.len(), mine.may_change), (2, true), "before the school heard of it");
    let draft = TemplateDraft { name: "陪餐".into(), ask: Ask::Acknowledge, ..trip() };
    he.ask(template::Put { template: None, draft: draft.clone(), school: true }).await;
    let refused = luo.refused(template::Put { template: None, draft, school: true }).await;
    assert_eq!(
        refused,
        Fault::Refused { refusal: Refusal::NoPower { power: Power::KeepTemplates } },
        "known at once"
    );
    he.sync().await;
    assert_eq!(names(&zhang).await, [("研学同意书".into(), true), ("陪餐".into(), false)]);
    assert_eq!(names(&luo).await, [("陪餐".into(), false)]);
    assert_eq!(names(&li).await, []);
    let values = |of: &[(&str, &str)]| of.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    let fill = template::Fill { template: mine.id, values: values(&[("地点", "科技馆")]) };
    let filled = zhang.ask(fill).await;
    assert_eq!((filled.title.as_str(), filled.body.as_str()), ("科技馆研学同意书", "{日期}到科技馆。"));
    assert_eq!(filled.missing, ["日期"]);
    zhang.ask(template::Drop { template: mine.id }).await;
    assert_eq!(names(&zhang).await, [("陪餐".into(), false)]);
    // Whoever takes off the last hat holds the school's templates no more.
    let role = world.list::<Role>(xinmei_model::List::RolesOf(luo.person)).remove(0);
    let ended = Role { to: Some(jiff::civil::date(2026, 10, 1)), ..role };
    let feeds = [xinmei_model::Feed::School, xinmei_model::Feed::Person(luo.person)];
    world.put(vec![xinmei_model::Change::put(ended, feeds)]).await;
    luo.sync().await;
    assert_eq!(names(&luo).await, []);
    zhao.sync().await;
    for device in [&zhang, &li, &he] {
        device.sync().await;
    }
    world.end(&[&zhang, &li, &zhao, &luo, &he]).await;
}

#[tokio::test]
async fn a_notice_repeats_until_its_author_stops_it() {
    let (world, class, zhang, li, zhao) = school().await;
    let until = |when: &str| at(when).timestamp().duration_since(world.now());
    let send_at = Some(at("2026-11-24T16:00"));
    let rule = "FREQ=DAILY;COUNT=3".to_owned();
    let from = send_at.clone().unwrap();
    let when = zhang.ask(series::Ask { rule: rule.clone(), from: from.clone(), skip_holidays: false }).await;
    assert_eq!((when.times.len(), when.times[2].clone(), when.too_many), (3, at("2026-11-26T16:00"), false));
    assert!(
        zhang
            .ask(series::Ask { rule: "FREQ=DAILY".into(), from, skip_holidays: false })
            .await
            .times
            .is_empty()
    );
    let notice = notice::Send { send_at, due: Some(at("2026-11-25T08:00")), ..duty(class, 2) };
    zhang.ask(series::Begin { notice, rule, skip_holidays: false }).await;
    assert_eq!(
        zhang.ask(notice::List {}).await.notices.len(),
        1,
        "the first is in hand before the school heard of it"
    );
    zhang.sync().await;
    world.advance(until("2026-11-24T16:01")).await;
    for device in [&zhang, &li] {
        device.sync().await;
    }
    let first = li.ask(notice::List {}).await.notices;
    assert_eq!((first.len(), first[0].due.clone()), (1, Some(at("2026-11-25T08:00"))));
    let line = zhang.ask(series::List {}).await.series.remove(0);
    assert_eq!((line.coming.len(), line.of), (2, 3));
    let held = |lines: &[notice::NoticeLine]| {
        lines.iter().filter(|line| matches!(line.state, NoticeState::Held { .. })).count()
    };
    assert_eq!(held(&zhang.ask(notice::List {}).await.notices), 1, "the next one is in hand");
    assert!(li.ask(series::List {}).await.series.is_empty());
    world.advance(until("2026-11-25T16:01")).await;
    li.sync().await;
    zhang.sync().await;
    assert_eq!(li.ask(notice::List {}).await.notices.len(), 2);
    zhang.ask(series::End { series: line.id }).await;
    zhang.sync().await;
    assert!(zhang.ask(series::List {}).await.series.is_empty());
    world.advance(until("2026-11-27T16:01")).await;
    for device in [&li, &zhao, &zhang] {
        device.sync().await;
    }
    assert_eq!(li.ask(notice::List {}).await.notices.len(), 2);
    assert_eq!(held(&zhang.ask(notice::List {}).await.notices), 0);
    world.end(&[&zhang, &li, &zhao]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_writes_from_a_template_and_keeps_the_table() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    world.appoint("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let child = world.child("李雨桐", class).await;
    world.link(&Guardian::parent("李建国"), child).await;
    let (zhang, li) = (world.terminal("张晓梅").await, world.terminal("李建国").await);
    zhang.does(&["sync"]).await;
    let put = ["template", "put", "春游", "--title", "{日期}春游", "--body", "{日期}到{地点}。", "--ack"];
    zhang.does(&put).await;
    assert_eq!(zhang.does(&["template", "list"]).await.cells()[0][2..4], ["春游", "日期,地点"]);
    let place = class.to_string();
    let send = ["notice", "send", "--template", "春游", "--to", &place];
    let short = zhang.run(&[&send[..], &["--field", "日期=4月2日"]].concat()).await;
    assert!(short.code == 2 && short.err.contains("地点"), "{short:?}");
    let odd = zhang.run(&[&send[..], &["--field", "时间=8:00"]].concat()).await;
    assert!(odd.code == 2 && odd.err.contains("日期, 地点"), "{odd:?}");
    zhang.does(&[&send[..], &["--field", "日期=4月2日", "--field", "地点=鹅岭"]].concat()).await;
    world.advance(SignedDuration::from_secs(121)).await;
    li.does(&["sync"]).await;
    let line = li.does(&["notice", "list"]).await.cells().remove(0);
    assert_eq!(line[4], "4月2日春游");
    zhang.does(&["sync"]).await;
    let out = world.data().join("table.xlsx");
    let out = out.to_str().unwrap();
    let export = ["notice", "export", &line[0], "--out", out];
    zhang.does(&export).await;
    let size = std::fs::metadata(out).unwrap().len();
    let again = zhang.run(&export).await;
    assert_eq!((again.code, std::fs::metadata(out).unwrap().len()), (2, size), "{again:?}");
    let said = zhang.does(&["notice", "delivery", &line[0]]).await.cells();
    assert_eq!(said[0][..2], ["李雨桐", "李建国"]);
    let weekly = ["--repeat", "FREQ=WEEKLY;COUNT=3", "--at", "2026-12-07T16:00+08:00[Asia/Shanghai]"];
    zhang
        .does(
            &[&["notice", "send", "--title", "大扫除", "--body", "带抹布", "--to", &place][..], &weekly]
                .concat(),
        )
        .await;
    let series = zhang.does(&["notice", "series"]).await.cells();
    assert_eq!((series.len(), series[0][1].as_str()), (1, "大扫除"));
    zhang.does(&["notice", "end-series", &series[0][0]]).await;
    assert!(zhang.does(&["notice", "series"]).await.cells().is_empty());
    let early = zhang
        .run(&[
            "notice",
            "send",
            "--title",
            "晚了",
            "--body",
            "x",
            "--ack",
            "--to",
            &place,
            "--due",
            "2026-01-01T08:00+08:00[Asia/Shanghai]",
        ])
        .await;
    assert!(early.code == 1 && early.err.contains("after it is due"), "{early:?}");
    world.end(&[]).await;
}
