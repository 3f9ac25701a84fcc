//! Joining again on a computer that was somebody's already: nothing is given up before the school has said yes.

use std::path::Path;

use xinmei_client::{
    Client, Options,
    api::{
        Ask as _, Fault, notice,
        profile::{Join, SignOut, Standing, Status},
        sync::{GetDraft, ListOutbox, PutDraft},
    },
    profile::ProfileDir,
};
use xinmei_model::{AnsweredBy, Ask, Audience, Id, Kind, List, Notice, Place, RoleKind, Target};
use xinmei_tests::{Device, PASSWORD, World};

const DRAFT: &str = "明天请带水壶";

/// A teacher who typed and sent without a network, and whose profile is locked now.
async fn locked_teacher(world: &mut World, class: Id<Place>) -> Device {
    let zhang = world.join("张晓梅").await;
    world.kill_server().await;
    let send = notice::Send {
        audience: Audience { include: vec![Target::Place(class)], except: Vec::new() },
        families_seen: 1,
        title: "周三放学时间".into(),
        body: "三点放学。".into(),
        ask: Ask::Nothing,
        answered_by: AnsweredBy::AnyGuardian,
        due: None,
        send_at: None,
        supersedes: None,
        keeps_answers: false,
        asks_again: Default::default(),
        changed: None,
        class_reads: false,
        reminds: false,
        alert: None,
        files: Vec::new(),
    };
    zhang.ask(send).await;
    zhang.ask(PutDraft { key: "notice.compose".into(), body: DRAFT.into() }).await;
    zhang.ask(SignOut {}).await;
    assert!(matches!(zhang.ask(Status {}).await, Standing::Locked));
    world.start().await;
    zhang
}

async fn school() -> (World, Id<Place>) {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    world.family("李建国", &[("李雨桐", class)]).await;
    world.appoint("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    (world, class)
}

async fn join(client: &Client, link: &str, password: &str) -> Result<Standing, Fault> {
    let (address, password) = (link.to_owned(), password.to_owned());
    Join { address, code: String::new(), password, device_name: "test".into() }.answer(client).await
}

fn files(profile: &Path, part: &str) -> usize {
    let names = std::fs::read_dir(profile).unwrap();
    names.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().contains(part)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_strip_leaves_the_old_profile_with_its_outbox() {
    let (mut world, class) = school().await;
    let zhang = locked_teacher(&mut world, class).await;
    let used = world.strip("张晓梅").await;
    world.try_join(&used.link, "").await.unwrap();
    let fresh = world.strip("张晓梅").await;
    // A used strip, and for staff a password that is too short.
    for (link, password) in [(&used.link, PASSWORD), (&fresh.link, "tencharact")] {
        let fault = join(&zhang.client, link, password).await.unwrap_err();
        assert!(matches!(fault, Fault::Denied { .. }), "{fault:?}");
        assert_eq!(files(zhang.client.profile(), "joining"), 0, "no rest of it is left");
    }
    zhang.client.unlock(PASSWORD.into()).await.unwrap();
    assert_eq!(zhang.ask(ListOutbox {}).await.items.len(), 1);
    assert_eq!(zhang.ask(GetDraft { key: "notice.compose".into() }).await.body, DRAFT);
    // The first strip was used on another computer, which took this one's place: what waits here stays here.
    world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn joining_again_takes_over_what_waited_and_leaves_no_copy() {
    let (mut world, class) = school().await;
    let zhang = locked_teacher(&mut world, class).await;
    let strip = world.strip("张晓梅").await;
    join(&zhang.client, &strip.link, PASSWORD).await.unwrap();
    assert_eq!(zhang.ask(ListOutbox {}).await.items.len(), 1);
    assert_eq!(zhang.ask(GetDraft { key: "notice.compose".into() }).await.body, DRAFT);
    assert_eq!(files(zhang.client.profile(), ".aside-"), 0);
    zhang.sync().await;
    assert_eq!(
        world.list::<Notice>(List::All(Kind::Notice)).len(),
        1,
        "sent under a number of the new device"
    );
    world.end(&[&zhang]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forgotten_password_sets_the_old_profile_aside_with_its_key() {
    let (mut world, class) = school().await;
    let zhang = locked_teacher(&mut world, class).await;
    let strip = world.strip("张晓梅").await;
    let path = zhang.client.profile().to_owned();
    let another = "another horse battery staple";
    join(&zhang.client, &strip.link, another).await.unwrap();
    assert!(zhang.ask(ListOutbox {}).await.items.is_empty());
    assert_eq!((files(&path, "replica.db.aside-"), files(&path, "keys.json.aside-")), (1, 1));
    zhang.sync().await;
    // Whoever remembers the old password can still open what was set aside.
    let kept = path.with_file_name("kept");
    std::fs::create_dir(&kept).unwrap();
    for (part, name) in [("replica.db.aside-", "replica.db"), ("keys.json.aside-", "keys.json")] {
        let mut names = std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path());
        let from = names.find(|path| path.to_string_lossy().contains(part)).unwrap();
        std::fs::copy(from, kept.join(name)).unwrap();
    }
    let profile = ProfileDir::new(kept.parent().unwrap(), "kept").unwrap();
    let options = Options { keyring: false, ..Options::system() };
    let client = Client::open(profile, options).await.unwrap().unwrap();
    client.unlock(PASSWORD.into()).await.unwrap();
    assert_eq!(ListOutbox {}.answer(&client).await.unwrap().items.len(), 1);
    world.end(&[&zhang]).await;
}
