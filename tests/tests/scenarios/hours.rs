//! Quiet hours against the real server: set by the office, told to everybody, kept by notices; office hours that a
//! family sees; and reminders that reach the silent only.

use jiff::{SignedDuration, Timestamp, Zoned, civil::time};
use xinmei_client::api::{
    Fault, conversation as talk, notice,
    profile::{Standing, Status},
    school::SetQuiet,
    today::{self, DutyKind, Today},
};
use xinmei_model::{
    AnsweredBy, Ask, Audience, Id, NoticeState, OfficeHours, Place, Power, QuietHours, Refusal, Reply,
    RoleKind, Target,
};
use xinmei_tests::{Device, Guardian, Said, World, at};

const NIGHT: QuietHours = QuietHours { from: time(22, 0, 0, 0), until: time(6, 30, 0, 0) };

fn duty(class: Id<Place>, families_seen: u32, due: Zoned) -> notice::Send {
    notice::Send {
        audience: Audience { include: vec![Target::Place(class)], except: Vec::new() },
        families_seen,
        title: "春游回执".into(),
        body: "请在截止前回应。".into(),
        ask: Ask::Acknowledge,
        answered_by: AnsweredBy::AnyGuardian,
        due: Some(due),
        send_at: None,
        supersedes: None,
        keeps_answers: false,
        asks_again: Default::default(),
        changed: None,
        class_reads: false,
        reminds: true,
        alert: None,
        files: Vec::new(),
    }
}

async fn quiet_of(device: &Device) -> (Option<QuietHours>, bool) {
    device.sync().await;
    let Standing::Ready { me } = device.ask(Status {}).await else { panic!("somebody is here") };
    (me.quiet, me.sets_quiet)
}

/// The reminder each open duty of a family shows.
async fn reminded(device: &Device) -> Vec<Option<Timestamp>> {
    device.sync().await;
    let Today::Family(day) = device.ask(today::Open {}).await else { panic!("a family's Today") };
    let reminders = day.duties.into_iter().filter_map(|duty| match duty.what {
        DutyKind::Answer { reminded, .. } => Some(reminded),
        _ => None,
    });
    reminders.collect()
}

async fn until(world: &World, when: &str) {
    let left = at(when).timestamp().duration_since(world.now());
    world.advance(left).await;
}

#[tokio::test]
async fn at_night_a_notice_waits_for_the_morning_and_everybody_knows_why() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let office = world.staff("何静", RoleKind::Administrator, "管理员", world.root()).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let (li, _) = world.family("李建国", &[("李雨桐", class)]).await;
    assert_eq!((quiet_of(&office).await, quiet_of(&zhang).await), ((None, true), (None, false)));
    office.ask(SetQuiet { quiet: Some(NIGHT), staff: false }).await;
    office.sync().await;
    assert_eq!(quiet_of(&li).await, (Some(NIGHT), false));
    assert_eq!(quiet_of(&zhang).await, (Some(NIGHT), false));

    until(&world, "2026-11-23T21:59").await;
    zhang.sync().await;
    let send = duty(class, 1, at("2026-11-26T18:00"));
    let preview = notice::Preview { audience: send.audience.clone(), send_at: None };
    let morning = at("2026-11-24T06:30").timestamp();
    assert_eq!(zhang.ask(preview.clone()).await.quiet_until, Some(morning));
    let noon = notice::Preview { send_at: Some(at("2026-11-24T12:00")), ..preview };
    assert_eq!(zhang.ask(noon).await.quiet_until, None);
    zhang.ask(send).await;
    let line = zhang.ask(notice::List {}).await.notices.remove(0);
    assert!(
        matches!(line.state, NoticeState::Held { until } if until == morning),
        "before the school has it: {line:?}"
    );
    zhang.sync().await;
    until(&world, "2026-11-24T06:29").await;
    assert_eq!(reminded(&li).await, []);
    until(&world, "2026-11-24T06:31").await;
    assert_eq!(reminded(&li).await, [None]);
    world.check();
    world.end(&[&office, &zhang, &li]).await;
}

#[tokio::test]
async fn a_teacher_who_tries_to_set_them_is_refused_and_told() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    zhang.sync().await;
    let fault = zhang.refused(SetQuiet { quiet: Some(NIGHT), staff: false }).await;
    let refusal = Refusal::NoPower { power: Power::Administer };
    assert!(matches!(&fault, Fault::Refused { refusal: found } if *found == refusal), "{fault:?}");
    assert_eq!(quiet_of(&zhang).await.0, None);
    world.end(&[&zhang]).await;
}

#[tokio::test]
async fn a_reminder_reaches_the_silent_only_and_its_author_sees_when() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let (li, _) = world.family("李建国", &[("李雨桐", class)]).await;
    let (zhao, _) = world.family("赵倩", &[("赵子涵", class)]).await;
    zhang.sync().await;
    zhang.ask(duty(class, 2, at("2026-11-25T18:00"))).await;
    zhang.sync().await;
    world.advance(SignedDuration::from_secs(121)).await;
    li.sync().await;
    let line = li.ask(notice::List {}).await.notices.remove(0);
    let replies =
        vec![notice::ChildReply { child: line.children[0].id, reply: Reply::Acknowledge, replaces: 0 }];
    li.ask(notice::Answer { notice: line.id, replies, on_behalf_of: None }).await;
    li.sync().await;
    let times = ["2026-11-24T18:00", "2026-11-25T16:00"].map(|when| at(when).timestamp());
    zhang.sync().await;
    let opened = zhang.ask(notice::Open { notice: line.id, child: None }).await;
    assert_eq!((opened.reminders.as_slice(), opened.line.reminded), (times.as_slice(), None));
    assert_eq!(
        li.ask(notice::Open { notice: line.id, child: None }).await.reminders,
        [],
        "the author's business"
    );

    assert_eq!(reminded(&zhao).await, [None]);
    for (when, time) in [("2026-11-24T18:01", times[0]), ("2026-11-25T16:01", times[1])] {
        until(&world, when).await;
        assert_eq!(reminded(&zhao).await, [Some(time)]);
        assert_eq!(reminded(&li).await, [], "who has answered is left alone");
    }
    zhang.sync().await;
    assert_eq!(zhang.ask(notice::Open { notice: line.id, child: None }).await.line.reminded, Some(times[1]));
    world.check();
    world.end(&[&zhang, &li, &zhao]).await;
}

#[tokio::test]
async fn a_family_sees_when_its_teacher_answers() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let luo = world.staff("罗文", RoleKind::SubjectTeacher, "数学", class).await;
    let (li, children) = world.family("李建国", &[("李雨桐", class)]).await;
    let hours = Some(OfficeHours { from: time(8, 0, 0, 0), until: time(17, 30, 0, 0) });
    zhang.sync().await;
    zhang.ask(talk::SetOfficeHours { hours }).await;
    zhang.sync().await;
    let Standing::Ready { me } = zhang.ask(Status {}).await else { panic!("somebody is here") };
    assert_eq!((me.office_hours, me.keeps_office_hours), (hours, true));
    li.sync().await;
    let Standing::Ready { me } = li.ask(Status {}).await else { panic!("somebody is here") };
    assert_eq!((me.office_hours, me.keeps_office_hours), (None, false));
    let partners = li.ask(talk::Partners { child: children[0] }).await.partners;
    assert_eq!(partners.iter().map(|one| one.office_hours).collect::<Vec<_>>(), [hours, None]);
    let with = Some(partners[0].role.into());
    let begin = talk::Begin {
        child: children[0],
        with,
        title: "数学书".into(),
        text: "忘带了".into(),
        files: Vec::new(),
    };
    let id = li.ask(begin).await.conversation;
    li.sync().await;
    let back_at = async |device: &Device| {
        device.sync().await;
        device.ask(talk::Open { conversation: id, most: 50 }).await.back_at
    };
    // Monday, ten in the morning.
    assert_eq!(back_at(&li).await, None);
    until(&world, "2026-11-23T20:00").await;
    assert_eq!(back_at(&li).await, Some(at("2026-11-24T08:00").timestamp()));
    assert_eq!(back_at(&zhang).await, None, "a family's question");
    // Who tells no hours may answer at any time.
    zhang.ask(talk::BringIn { conversation: id, who: partners[1].role.into(), reads_only: false }).await;
    zhang.sync().await;
    assert_eq!(back_at(&li).await, None);
    luo.sync().await;
    luo.ask(talk::SetOfficeHours {
        hours: Some(OfficeHours { from: time(7, 0, 0, 0), until: time(12, 0, 0, 0) }),
    })
    .await;
    luo.sync().await;
    assert_eq!(back_at(&li).await, Some(at("2026-11-24T07:00").timestamp()), "the first who is back");
    world.end(&[&zhang, &luo, &li]).await;
}

fn accepted(said: &Said) {
    assert!(said.after("saved").is_some() && said.after("accepted").is_some(), "{said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn by_the_command_line_alone() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    world.appoint("何静", RoleKind::Administrator, "管理员", world.root()).await;
    world.appoint("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let child = world.child("李雨桐", class).await;
    world.link(&Guardian::parent("李建国"), child).await;
    let li = world.join("李建国").await;
    let (office, zhang) = (world.terminal("何静").await, world.terminal("张晓梅").await);
    let quiet = ["school", "quiet-hours"];
    assert_eq!(office.run(&quiet).await.code, 2, "from when until when, or off");
    assert_eq!(office.run(&[&quiet[..], &["--from", "22:00"]].concat()).await.code, 2);
    let nap = [&quiet[..], &["--from", "08:00", "--until", "20:30"]].concat();
    accepted(&office.does(&nap).await);
    let no = zhang.run(&nap).await;
    assert_eq!(no.code, 1, "{no:?}");
    zhang.does(&["sync"]).await;
    let send = ["notice", "send", "--title", "春游回执", "--body", "请回应", "--to", "3.2"];
    assert_eq!(zhang.run(&[&send[..], &["--remind"]].concat()).await.code, 2, "there is no deadline");
    let due = ["--ack", "--remind", "--due", "2026-11-26T18:00+08:00[Asia/Shanghai]"];
    accepted(&zhang.does(&[&send[..], &due].concat()).await);
    let line = zhang.call("notice.list", &serde_json::json!({})).await["notices"][0].clone();
    let evening = at("2026-11-23T20:30").timestamp();
    assert_eq!(line["state"]["until"].as_str().unwrap().parse::<Timestamp>().unwrap(), evening);
    accepted(&office.does(&[&quiet[..], &["--off"]].concat()).await);
    let hours = ["conversation", "office-hours"];
    accepted(&zhang.does(&[&hours[..], &["--from", "08:00", "--until", "17:30"]].concat()).await);
    assert_eq!(office.run(&[&hours[..], &["--off"]].concat()).await.code, 1, "it talks with no family");
    world.end(&[&li]).await;
}
