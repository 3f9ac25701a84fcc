//! A school restored from an older backup: a volunteer is told which of their own hours it has not got any more, and asks for them anew.

use std::{collections::BTreeSet, fs};

use xinmei_client::api::hours::{
    Approve, AskAgain, Desk, HoursIs, KnowMissing, Mine, Missing, MissingAgain, Request, SeenHours,
};
use xinmei_model::{Id, Place, RoleKind};
use xinmei_tests::{Device, World, program};

/// Somebody asks, and a desk approves.
async fn hours(li: &Device, desk: &Device, place: Id<Place>, title: &str) {
    let request = Request {
        place,
        title: title.into(),
        programme: String::new(),
        day: "2026-11-20".parse().unwrap(),
        minutes: 60,
        evidence: "张老师在场".into(),
        files: Vec::new(),
        on_behalf_of: None,
    };
    li.ask(request).await;
    li.sync().await;
    approve(desk).await;
    li.sync().await;
}

async fn approve(desk: &Device) {
    desk.sync().await;
    let waiting = desk.ask(Desk::default()).await.waiting;
    let entries = waiting.iter().map(|line| SeenHours { entry: line.id, minutes: line.minutes }).collect();
    desk.ask(Approve { entries }).await;
    desk.sync().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_did_hours_is_told_which_of_them_a_restored_school_has_not_got() {
    let mut world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let (campus, root) = (world.campus("本部").await, world.root());
    let desk = world.staff("何静", RoleKind::Coordinator, "志愿服务协调员", root).await;
    let (li, _) = world.family("李建国", &[("李雨桐", class)]).await;
    li.sync().await;
    let first = world.join("李建国").await;
    first.sync().await;
    hours(&first, &desk, campus, "整理班级图书角").await;
    // A third computer of the same person, by command line.
    let line = world.terminal("李建国").await;
    let to = world.dir.path().join("monday");
    let mut backup = program::command("xinmei-server");
    backup.arg("backup").arg(&to).arg("--data").arg(world.data());
    assert_eq!(program::said(backup).await.code, 0);
    // Approved after the backup, and lost with the disk, as are the computers that asked and approved.
    hours(&first, &desk, campus, "运动会摄影").await;
    hours(&first, &desk, campus, "布置教室").await;
    hours(&first, &desk, campus, "整理操场").await;
    li.sync().await;
    line.does(&["sync"]).await;
    assert_eq!(li.ask(Mine {}).await.minutes, 240);
    drop((first, desk));
    world.kill_server().await;
    fs::remove_dir_all(world.data()).unwrap();
    fs::rename(&to, world.data()).unwrap();
    world.start().await;

    li.sync().await;
    assert_eq!(li.ask(Mine {}).await.minutes, 60);
    // What one knows of goes off the list for good, one by one or several, and nothing else does.
    let titles = async |device: &Device| {
        let lost = device.ask(Missing {}).await.entries;
        lost.into_iter().map(|one| one.title).collect::<BTreeSet<_>>()
    };
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let all = names(&["运动会摄影", "布置教室", "整理操场"]);
    assert_eq!(titles(&li).await, all);
    li.ask(KnowMissing { entries: Vec::new() }).await;
    li.ask(KnowMissing { entries: vec![li.ask(Mine {}).await.entries[0].id] }).await;
    assert_eq!(titles(&li).await, all, "what is there was not missing");
    let known = li.ask(Missing {}).await.entries;
    let known = known.iter().filter(|one| one.title != "运动会摄影").map(|one| one.id).collect::<Vec<_>>();
    assert_eq!(known.len(), 2);
    li.ask(KnowMissing { entries: known }).await;
    let li = li.reopen().await;
    li.sync().await;
    let lost = li.ask(Missing {}).await.entries;
    assert_eq!(lost.len(), 1, "{lost:?}");
    line.does(&["sync"]).await;
    // Another computer of the same person still names all of them.
    let said = line.does(&["hours", "missing"]).await.cells();
    assert_eq!(said.len(), 3, "{said:?}");
    let photo = said.iter().find(|cells| cells[3] == "运动会摄影").unwrap();
    assert_eq!(&photo[1..], ["2026-11-20", "60", "运动会摄影", "approved", "request"]);
    let one = &lost[0];
    assert_eq!((one.title.as_str(), one.minutes, one.again), ("运动会摄影", 60, MissingAgain::Request));
    assert!(matches!(one.stood, HoursIs::Approved { seq: 2, .. }));
    let again = AskAgain { entry: one.id, evidence: "恢复前已有记录".into() };
    li.ask(again.clone()).await;
    assert_eq!(li.ask(Missing {}).await.entries, []);
    li.sync().await;
    let desk = world.join("何静").await;
    approve(&desk).await;
    li.sync().await;
    let mine = li.ask(Mine {}).await;
    assert_eq!((mine.minutes, mine.copy.fault), (120, None));
    assert_eq!(li.ask(Missing {}).await.entries, []);
    // Once is enough, at whichever of their computers.
    line.does(&["sync"]).await;
    assert_eq!(line.does(&["hours", "missing"]).await.cells().len(), 2, "there nobody said that they know");
    line.does(&["hours", "missing", "--known"]).await;
    assert_eq!(line.does(&["hours", "missing"]).await.out, "");
    li.refused(again).await;
    world.end(&[&li, &desk]).await;
}
