//! A notice reaches a class and is acknowledged; 15:00 becomes 15:40, and nothing still says 15:00.

use jiff::SignedDuration;
use xinmei_client::api::{
    notice,
    sync::{self, ItemState},
    today::{self, DutyKind, Today},
};
use xinmei_model::{
    AnsweredBy, Ask, Audience, Changed, Child, Choice, Id, Notice, NoticeState, Place, Recall, Refusal,
    Reply, RoleKind, Target,
};
use xinmei_tests::{Device, World, at};

fn to_class(class: Id<Place>) -> Audience {
    Audience { include: vec![Target::Place(class)], except: Vec::new() }
}

fn dismissal(class: Id<Place>, families_seen: u32, time: &str) -> notice::Send {
    notice::Send {
        audience: to_class(class),
        families_seen,
        title: format!("周三放学时间 {time}"),
        body: format!("本周三 {time} 放学，仍在南门。"),
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

fn reply(notice: Id<Notice>, child: Id<Child>, reply: Reply, replaces: u32) -> notice::Answer {
    let replies = vec![notice::ChildReply { child, reply, replaces }];
    notice::Answer { notice, replies, on_behalf_of: None }
}

fn acknowledge(notice: Id<Notice>, child: Id<Child>) -> notice::Answer {
    reply(notice, child, Reply::Acknowledge, 0)
}

/// Everything this person can see, as one text.
async fn surfaces(device: &Device) -> String {
    let notices = device.ask(notice::List {}).await.notices;
    let mut text = serde_json::to_string(&notices).unwrap();
    for line in notices {
        text +=
            &serde_json::to_string(&device.ask(notice::Open { notice: line.id, child: None }).await).unwrap();
    }
    text + &serde_json::to_string(&device.ask(today::Open {}).await).unwrap()
}

async fn school() -> (World, Id<Place>, Device, Device, Device) {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let (li, _) = world.family("李建国", &[("李雨桐", class)]).await;
    let (zhao, _) = world.family("赵倩", &[("赵子涵", class)]).await;
    zhang.sync().await;
    (world, class, zhang, li, zhao)
}

#[tokio::test]
async fn a_notice_is_held_then_reaches_the_class_and_is_acknowledged() {
    let (world, class, zhang, li, zhao) = school().await;
    let preview = zhang.ask(notice::Preview { audience: to_class(class), send_at: None }).await;
    assert_eq!(preview.families, 2);
    zhang.ask(dismissal(class, preview.families, "15:00")).await;
    zhang.sync().await;
    li.sync().await;
    assert!(li.ask(notice::List {}).await.notices.is_empty(), "it stands in the author's hands");
    world.advance(SignedDuration::from_secs(121)).await;
    li.sync().await;
    let line = li.ask(notice::List {}).await.notices.remove(0);
    assert_eq!(line.children[0].name, "李雨桐");
    let Today::Family(day) = li.ask(today::Open {}).await else { panic!("a family's Today") };
    assert!(matches!(day.duties[0].what, DutyKind::Answer { .. }));
    li.ask(acknowledge(line.id, line.children[0].id)).await;
    let Today::Family(day) = li.ask(today::Open {}).await else { panic!("a family's Today") };
    assert!(day.duties.is_empty(), "done at once, also before it was sent");
    li.sync().await;
    zhang.sync().await;
    let opened = zhang.ask(notice::Open { notice: line.id, child: None }).await;
    let answered: Vec<_> = opened.sheet.iter().filter(|cell| cell.done).collect();
    assert_eq!(answered.len(), 1);
    assert_eq!(answered[0].child.name, "李雨桐");
    zhao.sync().await;
    world.end(&[&zhang, &li, &zhao]).await;
}

#[tokio::test]
async fn three_o_clock_becomes_twenty_to_four_on_every_surface() {
    let (world, class, zhang, li, zhao) = school().await;
    zhang.ask(dismissal(class, 2, "15:00")).await;
    zhang.sync().await;
    world.advance(SignedDuration::from_secs(121)).await;
    li.sync().await;
    zhao.sync().await;
    let old = li.ask(notice::List {}).await.notices[0].id;
    let child = li.ask(notice::List {}).await.notices[0].children[0].id;
    li.ask(acknowledge(old, child)).await;
    li.sync().await;

    let update = notice::Send {
        supersedes: Some(old),
        changed: Some(Changed { was: "15:00".into(), now: "15:40".into() }),
        ..dismissal(class, 2, "15:40")
    };
    zhang.sync().await;
    zhang.ask(update).await;
    zhang.sync().await;
    world.advance(SignedDuration::from_secs(121)).await;
    for family in [&li, &zhao] {
        family.sync().await;
        let text = surfaces(family).await;
        // What remains of it is the struck-out old value of the change itself.
        let left = text.replace("\"was\":\"15:00\"", "");
        assert!(!left.contains("15:00"), "a surface of {} still says 15:00: {left}", family.name);
        assert!(left.contains("15:40"));
        assert_eq!(family.ask(notice::List {}).await.notices.len(), 1, "the old one is gone");
        let Today::Family(day) = family.ask(today::Open {}).await else { panic!("a family's Today") };
        assert_eq!(day.duties.len(), 1, "who said yes to 15:00 is asked again");
    }
    zhang.sync().await;
    let history = zhang.ask(notice::Open { notice: old, child: None }).await;
    assert!(matches!(history.line.state, NoticeState::Superseded { .. }), "the author keeps the history");
    world.end(&[&zhang, &li, &zhao]).await;
}

#[tokio::test]
async fn a_recalled_notice_is_gone_from_every_family_and_its_trace_says_so() {
    let (world, class, zhang, li, zhao) = school().await;
    zhang.ask(dismissal(class, 2, "15:00")).await;
    zhang.sync().await;
    world.advance(SignedDuration::from_secs(121)).await;
    li.sync().await;
    let id = li.ask(notice::List {}).await.notices[0].id;
    zhang.ask(notice::Recall { notice: id, words: "时间写错了，稍后重发".into() }).await;
    zhang.sync().await;
    for family in [&li, &zhao] {
        family.sync().await;
        assert!(!surfaces(family).await.contains("15:00"));
        let [line] = family.ask(notice::List {}).await.notices.try_into().unwrap();
        assert_eq!((line.id, line.title.as_str(), line.of, line.children.len()), (id, "", 0, 1));
        let opened = family.ask(notice::Open { notice: id, child: None }).await;
        let NoticeState::Recalled { words, .. } = opened.line.state else { panic!("it was taken back") };
        assert_eq!((words.as_str(), opened.body.as_str()), ("时间写错了，稍后重发", ""));
        let Today::Family(day) = family.ask(today::Open {}).await else { panic!("a family's Today") };
        assert!(day.duties.is_empty());
    }
    // Who joins afterwards never had it, and is not told that it does not hold.
    world.advance(SignedDuration::from_secs(1)).await;
    let (wang, _) = world.family("王强", &[("王小明", class)]).await;
    wang.sync().await;
    assert!(wang.ask(notice::List {}).await.notices.is_empty());
    let trace = wang.client.replica().unwrap().read(|s| s.get(Recall::of(id))).unwrap();
    assert_eq!(trace, None, "nothing of it came here");
    let kept = zhang.ask(notice::Open { notice: id, child: None }).await;
    assert_eq!(kept.line.title, "周三放学时间 15:00", "its author has it as it was");
    world.end(&[&zhang, &li, &zhao]).await;
}

#[tokio::test]
async fn an_exclusion_is_a_membership_never_made() {
    let (world, class, zhang, li, zhao) = school().await;
    let child = world.child("赵子涵", class).await;
    let audience = Audience { include: vec![Target::Place(class)], except: vec![Target::Child(child)] };
    let preview = zhang.ask(notice::Preview { audience: audience.clone(), send_at: None }).await;
    assert_eq!(preview.families, 1);
    zhang.ask(notice::Send { audience, ..dismissal(class, 1, "15:00") }).await;
    zhang.sync().await;
    world.advance(SignedDuration::from_secs(121)).await;
    li.sync().await;
    zhao.sync().await;
    assert_eq!(li.ask(notice::List {}).await.notices.len(), 1);
    assert!(zhao.ask(notice::List {}).await.notices.is_empty());
    world.end(&[&zhang, &li, &zhao]).await;
}

#[tokio::test]
async fn two_families_want_the_last_place_of_a_choice_with_the_network_cut() {
    let (world, class, zhang, li, zhao) = school().await;
    let choice = |text: &str, limit| Choice { text: text.into(), limit };
    let ask = Ask::Choose { choices: vec![choice("书法", Some(1)), choice("跳绳", None)], most: 1 };
    zhang.ask(notice::Send { ask, ..dismissal(class, 2, "15:00") }).await;
    zhang.sync().await;
    world.advance(SignedDuration::from_secs(121)).await;
    li.sync().await;
    zhao.sync().await;
    let line = li.ask(notice::List {}).await.notices.remove(0);
    let (of_li, of_zhao) = (line.children[0].id, zhao.ask(notice::List {}).await.notices[0].children[0].id);
    let first = Reply::Choose { choices: vec![0] };
    li.ask(reply(line.id, of_li, first.clone(), 0)).await;
    zhao.ask(reply(line.id, of_zhao, first.clone(), 0)).await;
    let cell = |opened: notice::Opened| opened.sheet.into_iter().next().unwrap();
    let waits = cell(li.ask(notice::Open { notice: line.id, child: None }).await);
    assert_eq!(
        (waits.done, waits.pending),
        (false, Some(ItemState::Saved)),
        "nothing is promised before the school"
    );
    li.sync().await;
    zhao.sync().await;
    assert!(cell(li.ask(notice::Open { notice: line.id, child: None }).await).done);
    // Counts are told at most twice a second.
    world.advance(SignedDuration::from_secs(1)).await;
    zhao.sync().await;
    let opened = zhao.ask(notice::Open { notice: line.id, child: None }).await;
    assert_eq!(opened.choices[0].left, Some(0));
    let refusal = Refusal::ChoiceFull { choice: "书法".into() };
    assert_eq!(cell(opened).pending, Some(ItemState::Refused { refusal }));
    // 李建国 thinks again; the place is free for the other.
    li.ask(reply(line.id, of_li, Reply::Choose { choices: vec![1] }, 1)).await;
    li.sync().await;
    zhao.ask(reply(line.id, of_zhao, first, 0)).await;
    zhao.sync().await;
    assert!(cell(zhao.ask(notice::Open { notice: line.id, child: None }).await).done);
    zhang.sync().await;
    let author = zhang.ask(notice::Open { notice: line.id, child: None }).await;
    assert_eq!(author.choices.iter().map(|choice| choice.taken).collect::<Vec<_>>(), [1, 1]);
    let changed = author.sheet.iter().find(|cell| cell.child.id == of_li).unwrap();
    assert_eq!((changed.answers[0].version, changed.answers[0].earlier.len()), (2, 1));
    for mutation in zhao.ask(sync::ListOutbox {}).await.items {
        zhao.ask(sync::Seen { mutation: mutation.mutation }).await;
    }
    world.end(&[&zhang, &li, &zhao]).await;
}

#[tokio::test]
async fn a_new_version_asks_only_who_has_not_answered() {
    let (world, class, zhang, li, zhao) = school().await;
    zhang.ask(dismissal(class, 2, "15:00")).await;
    zhang.sync().await;
    world.advance(SignedDuration::from_secs(121)).await;
    li.sync().await;
    let old = li.ask(notice::List {}).await.notices.remove(0);
    li.ask(acknowledge(old.id, old.children[0].id)).await;
    li.sync().await;
    zhang.sync().await;
    let update =
        notice::Send { supersedes: Some(old.id), keeps_answers: true, ..dismissal(class, 2, "15:05") };
    zhang.ask(update).await;
    zhang.sync().await;
    world.advance(SignedDuration::from_secs(121)).await;
    let mut open = Vec::new();
    for family in [&li, &zhao] {
        family.sync().await;
        let Today::Family(day) = family.ask(today::Open {}).await else { panic!("a family's Today") };
        open.push(day.duties.len());
    }
    assert_eq!(open, [0, 1]);
    zhang.sync().await;
    world.end(&[&zhang, &li, &zhao]).await;
}

#[tokio::test]
async fn a_family_that_the_new_version_is_not_for_reads_that_the_old_one_does_not_hold() {
    let (world, class, zhang, li, zhao) = school().await;
    zhang.ask(dismissal(class, 2, "15:00")).await;
    zhang.sync().await;
    world.advance(SignedDuration::from_secs(121)).await;
    li.sync().await;
    zhao.sync().await;
    let old = li.ask(notice::List {}).await.notices[0].id;
    zhao.ask(notice::MarkSeen { notice: old }).await;
    zhao.client.tell_due().await.unwrap();
    let child = world.child("赵子涵", class).await;
    let audience = Audience { include: vec![Target::Place(class)], except: vec![Target::Child(child)] };
    zhang.sync().await;
    let update = notice::Send { supersedes: Some(old), audience, ..dismissal(class, 1, "15:40") };
    zhang.ask(update).await;
    zhang.sync().await;
    world.advance(SignedDuration::from_secs(121)).await;
    li.sync().await;
    zhao.sync().await;
    let [new] = li.ask(notice::List {}).await.notices.try_into().unwrap();
    assert_eq!(new.title, "周三放学时间 15:40");
    let led = li.ask(notice::Open { notice: old, child: None }).await.line;
    let leads = matches!(led.state, NoticeState::Superseded { by, .. } if by == new.id);
    assert!(leads && led.title.is_empty(), "an old link leads to the new one: {led:?}");
    let [trace] = zhao.ask(notice::List {}).await.notices.try_into().unwrap();
    let gone = matches!(trace.state, NoticeState::Recalled { .. });
    assert!(trace.id == old && gone && trace.title.is_empty(), "{trace:?}");
    assert!(!surfaces(&zhao).await.contains("15:"), "and nothing of either");
    let told = zhao.client.tell_due().await.unwrap().notes;
    assert_eq!(told.len(), 1, "who read the old one is told: {told:?}");
    world.end(&[&zhang, &li, &zhao]).await;
}

#[tokio::test]
async fn who_joins_with_the_strip_that_was_printed_finds_what_is_still_open() {
    let (world, class, zhang, li, zhao) = school().await;
    let late = world.child("王小明", class).await;
    world.link(&xinmei_tests::Guardian::parent("王强"), late).await;
    zhang.sync().await;
    let tong = world.child("李雨桐", class).await;
    let audience = Audience { include: vec![Target::Child(tong), Target::Child(late)], except: Vec::new() };
    zhang.ask(notice::Send { audience, ..dismissal(class, 1, "15:00") }).await;
    zhang.sync().await;
    world.advance(SignedDuration::from_secs(121)).await;
    let wang = world.join("王强").await;
    wang.sync().await;
    let [line] = wang.ask(notice::List {}).await.notices.try_into().unwrap();
    assert_eq!((line.title.as_str(), line.of), ("周三放学时间 15:00", 1));
    wang.ask(acknowledge(line.id, late)).await;
    wang.sync().await;
    zhang.sync().await;
    let sheet = zhang.ask(notice::Open { notice: line.id, child: None }).await.sheet;
    assert!(sheet.iter().any(|cell| cell.child.id == late && cell.done));
    world.end(&[&zhang, &li, &zhao, &wang]).await;
}
