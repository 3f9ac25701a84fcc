//! Files that show hours: handed in without a network and with one, read by the volunteer and the desk alone, part of what the
//! school approved, and gone some time after a request was refused.

use std::fs;

use xinmei_client::api::{
    Fault,
    hours::{Approve, Desk, HoursIs, HoursLine, Mine, Refuse, Request, SeenHours},
};
use xinmei_model::{Attachment, FileHash, Id, Place, RoleKind, limits};
use xinmei_tests::{Device, Said, World, program};

use super::files::{give, pdf, read};

fn request(place: Id<Place>, title: &str, files: Vec<Attachment>) -> Request {
    Request {
        place,
        title: title.into(),
        programme: String::new(),
        day: "2026-11-20".parse().unwrap(),
        minutes: 60,
        evidence: "见附件".into(),
        files,
        on_behalf_of: None,
    }
}

fn called<'l>(lines: &'l [HoursLine], title: &str) -> &'l HoursLine {
    lines.iter().find(|line| line.title == title).unwrap()
}

/// Two requests with files: one composed while the school was away, one with it there.
struct Scene {
    world: World,
    desk: Device,
    li: Device,
    zhao: Device,
    letter: Attachment,
    photo: Attachment,
}

impl Scene {
    async fn begin() -> Self {
        let mut world = World::new().await;
        let class = world.class("本部", 2024, 2).await;
        let (campus, other) = (world.campus("本部").await, world.campus("江北").await);
        let desk = world.staff("何静", RoleKind::Coordinator, "志愿服务协调员", campus).await;
        world.appoint("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
        world.appoint("周敏", RoleKind::Coordinator, "活动协调员", other).await;
        let (li, _) = world.family("李建国", &[("李雨桐", class)]).await;
        let (zhao, _) = world.family("赵倩", &[("赵子涵", class)]).await;
        li.sync().await;
        world.kill_server().await;
        let letter = give(&li, "感谢信.pdf", &pdf(31, 300_000)).await.unwrap();
        li.ask(request(campus, "整理图书", vec![letter.clone()])).await;
        let line = li.ask(Mine {}).await.entries.remove(0);
        assert!(line.pending.is_some() && line.files.len() == 1, "kept here, with its file");
        assert_eq!(read(&li, line.id.uuid(), letter.sha256).await.unwrap(), pdf(31, 300_000));
        world.start().await;
        li.sync().await;
        let photo = give(&li, "书架.pdf", &pdf(32, 2_000)).await.unwrap();
        li.ask(request(campus, "布置书架", vec![photo.clone()])).await;
        for device in [&li, &desk, &zhao] {
            device.sync().await;
        }
        Self { world, desk, li, zhao, letter, photo }
    }

    async fn waiting(&self) -> Vec<HoursLine> {
        self.desk.ask(Desk::default()).await.waiting
    }

    async fn verify(&self, more: &[&str]) -> Said {
        let mut command = program::command("xinmei-server");
        command.arg("verify").arg("--data").arg(self.world.data()).args(more);
        program::said(command).await
    }

    fn lies(&self, hash: FileHash) -> std::path::PathBuf {
        let name = hash.to_string();
        self.world.data().join("files").join(&name[..2]).join(name)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_reads_what_shows_hours_and_a_file_that_is_another_afterwards_is_named() {
    let scene = Scene::begin().await;
    let waiting = scene.waiting().await;
    assert_eq!(waiting.len(), 2);
    let (letter, photo) = (scene.letter.sha256, scene.photo.sha256);
    for (title, hash, content) in
        [("整理图书", letter, pdf(31, 300_000)), ("布置书架", photo, pdf(32, 2_000))]
    {
        let line = called(&waiting, title);
        assert_eq!((line.files.len(), line.files[0].attachment.sha256), (1, hash));
        assert_eq!(read(&scene.desk, line.id.uuid(), hash).await.unwrap(), content);
    }
    // Another family of the class, its teacher, the desk of the other campus, and who belongs to nobody.
    scene.world.elsewhere("陌生人").await;
    let id = called(&waiting, "整理图书").id;
    for who in ["赵倩", "张晓梅", "周敏", "陌生人"] {
        let raw = scene.world.raw(who).await;
        let nothing = raw.file(FileHash::of(b"never uploaded")).await;
        assert_eq!((nothing.0, raw.file(letter).await), (404, nothing), "{who}");
    }
    assert!(matches!(read(&scene.zhao, id.uuid(), letter).await, Err(Fault::Invalid { .. })));

    let entries = waiting.iter().map(|line| SeenHours { entry: line.id, minutes: line.minutes }).collect();
    scene.desk.ask(Approve { entries }).await;
    scene.desk.sync().await;
    scene.li.sync().await;
    let mine = scene.li.ask(Mine {}).await;
    assert_eq!((mine.minutes, mine.copy.fault.clone()), (120, None));
    let whole = scene.verify(&[]).await;
    assert!(whole.code == 0 && whole.out.contains("2 files"), "{whole:?}");

    // Whoever reaches the school's disk puts another letter in its place.
    let path = scene.lies(letter);
    let original = fs::read(&path).unwrap();
    fs::write(&path, pdf(33, 300_000)).unwrap();
    let found = scene.verify(&[]).await;
    assert!(
        found.code == 1 && found.err.contains("感谢信.pdf") && found.err.contains(&id.to_string()),
        "{found:?}"
    );
    assert!(!found.err.contains("书架.pdf") && found.err.contains("not the file that was approved"));
    let json = scene.verify(&["--json"]).await.json();
    assert_eq!(
        (&json["hours"], &json["evidence"]["broken"][0]["name"]),
        (&"whole".into(), &"感谢信.pdf".into())
    );
    // A computer that has not read it yet does not take it for the letter either.
    let fresh = scene.world.join("何静").await;
    fresh.sync().await;
    assert!(read(&fresh, id.uuid(), letter).await.is_err());
    fs::remove_file(&path).unwrap();
    let gone = scene.verify(&[]).await;
    assert!(gone.code == 1 && gone.err.contains("is not there any more"), "{gone:?}");
    fs::write(&path, original).unwrap();
    assert_eq!(scene.verify(&[]).await.code, 0);
    scene.world.end(&[&scene.desk, &scene.li, &scene.zhao, &fresh]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_refused_keeps_its_files_as_long_as_it_may_be_a_mistake() {
    let scene = Scene::begin().await;
    let waiting = scene.waiting().await;
    let (refused, approved) = (called(&waiting, "整理图书"), called(&waiting, "布置书架"));
    let (letter, photo) = (scene.letter.sha256, scene.photo.sha256);
    let seen = SeenHours { entry: approved.id, minutes: approved.minutes };
    scene.desk.ask(Approve { entries: vec![seen] }).await;
    scene.desk.ask(Refuse { entries: vec![refused.id], reason: "看不清".into() }).await;
    scene.desk.sync().await;
    scene.li.sync().await;
    let mine = scene.li.ask(Mine {}).await.entries;
    let line = called(&mine, "整理图书");
    assert!(matches!(line.state, HoursIs::Refused { .. }) && line.files.len() == 1);
    assert_eq!(read(&scene.li, line.id.uuid(), letter).await.unwrap(), pdf(31, 300_000));

    // Computers that are in use meanwhile.
    for _ in 0..6 {
        assert_eq!(scene.world.row(refused.id).unwrap().files.len(), 1);
        scene.world.advance(limits::HOURS_REFUSED_FILES / 6).await;
        for device in [&scene.li, &scene.desk, &scene.zhao] {
            device.sync().await;
        }
    }
    let entry = scene.world.row(refused.id).unwrap();
    assert!(entry.files.is_empty() && entry.evidence == "见附件", "the words stay");
    let school = &scene.world.server().school;
    assert_eq!(school.files.sweep(&school.ledger).await.unwrap(), 1);
    assert!(!scene.lies(letter).exists() && scene.lies(photo).exists());
    for who in ["李建国", "何静"] {
        let raw = scene.world.raw(who).await;
        assert_eq!((raw.file(letter).await.0, raw.file(photo).await.0), (404, 200), "{who}");
    }
    assert_eq!(scene.verify(&[]).await.code, 0);
    // Nor does it lie on a computer, once it is opened again.
    let Scene { world, desk, li, zhao, .. } = scene;
    let (li, desk) = (li.reopen().await, desk.reopen().await);
    for device in [&li, &desk] {
        assert!(device.client.replica().unwrap().file_stand(letter).unwrap().is_none());
    }
    world.end(&[&desk, &li, &zhao]).await;
}
