//! Files that show hours: read by the volunteer and the desk alone, and part of what the school signs.

use super::*;
use xinmei_model::{Attachment, Feed, FileKind, Upload, limits};

fn file(name: &str) -> Attachment {
    let (sha256, kind) = (FileHash::of(name.as_bytes()), FileKind::Pdf);
    Attachment { sha256, name: format!("{name}.pdf"), kind, bytes: 9, picture: None }
}

fn asks(scene: &mut Scene, files: &[Attachment]) -> (Id<HoursEntry>, Act) {
    let (id, place) = (scene.world.fresh(), scene.world.campus);
    let draft = HoursDraft {
        id,
        place,
        title: "整理图书".into(),
        programme: String::new(),
        day: jiff::civil::date(2026, 10, 12),
        minutes: 45,
        evidence: "见附件".into(),
        files: files.to_vec(),
        on_behalf_of: None,
    };
    (id, step(HoursAct::RequestHours(draft)))
}

fn uploads(scene: &mut Scene, person: Id<Person>, file: &Attachment) {
    let (id, at) = (Upload::of(person, file.sha256), scene.world.now);
    scene.world.put(Upload { id, person, sha256: file.sha256, bytes: file.bytes, at }, []);
}

#[test]
fn files_are_named_by_who_uploaded_them_and_read_by_volunteer_and_desk() {
    let mut scene = scene();
    let (letter, wang, liu) = (file("感谢信"), scene.wang, scene.liu);
    uploads(&mut scene, wang, &letter);
    let (id, act) = asks(&mut scene, std::slice::from_ref(&letter));
    let missing = Refusal::FileMissing { name: "感谢信.pdf".into() };
    assert_eq!(scene.world.refuses(guardian(liu), &act), missing, "a hash is no secret");
    scene.world.does(guardian(wang), &act);
    assert_eq!(act.files().count(), 1, "the wish waits for its files");
    let campus = scene.world.campus;
    assert_eq!(scene.world.feeds(id), [Feed::Person(wang), Feed::Hours(campus)].into());
    let named: Vec<HoursEntry> = scene.world.list(List::WithFile(letter.sha256));
    assert_eq!(named.iter().map(|entry| entry.id).collect::<Vec<_>>(), [id]);
    // What is taken back names nothing any more.
    scene.world.does(guardian(wang), &step(HoursAct::WithdrawHours { entry: id }));
    assert!(scene.world.list::<HoursEntry>(List::WithFile(letter.sha256)).is_empty());
    let many: Vec<_> = (0..=limits::HOURS_FILES).map(|n| file(&n.to_string())).collect();
    let (_, act) = asks(&mut scene, &many);
    assert!(matches!(scene.world.refuses(guardian(wang), &act), Refusal::TooMany { .. }));
}

#[test]
fn another_file_in_an_approved_entry_is_found_and_entries_without_files_are_hashed_as_before() {
    let mut scene = scene();
    let (letter, wang, desk) = (file("感谢信"), scene.wang, scene.desk.actor());
    uploads(&mut scene, wang, &letter);
    let (id, act) = asks(&mut scene, std::slice::from_ref(&letter));
    scene.world.does(guardian(wang), &act);
    scene.world.does(desk, &approve(id, 45));
    let entry = scene.world.get(id);
    assert_eq!(entry.hash_again(), entry.approval().map(|approval| approval.hash));
    let others = [
        vec![],
        vec![file("另一封信")],
        vec![Attachment { name: "改名.pdf".into(), ..letter.clone() }],
        vec![Attachment { bytes: 8, ..letter.clone() }],
        vec![letter.clone(), letter],
    ];
    for files in others {
        let altered = HoursEntry { files, ..entry.clone() };
        assert_ne!(altered.hash_again(), entry.hash_again());
    }
    // A row of before there were files reads as one without, and back.
    let without = HoursEntry { files: Vec::new(), ..entry };
    let text = serde_json::to_string(&without).unwrap();
    assert!(!text.contains("files"));
    assert_eq!(serde_json::from_str::<HoursEntry>(&text).unwrap().hash_again(), without.hash_again());
}

#[test]
fn files_of_what_was_refused_go_when_there_was_time_to_object_and_those_of_what_was_approved_stay() {
    let mut scene = scene();
    let (letter, photo, wang, desk) = (file("感谢信"), file("照片"), scene.wang, scene.desk.actor());
    let mut ids = Vec::new();
    for files in [vec![letter.clone()], vec![photo.clone()], vec![]] {
        files.iter().for_each(|file| uploads(&mut scene, wang, file));
        let (id, act) = asks(&mut scene, &files);
        scene.world.does(guardian(wang), &act);
        ids.push(id);
    }
    scene.world.does(desk, &approve(ids[1], 45));
    let refuse = |entry| step(HoursAct::RefuseHours { entry, reason: "看不清".into() });
    for id in [ids[0], ids[2]] {
        scene.world.does(desk, &refuse(id));
    }
    let refused = scene.world.get(ids[0]);
    assert_eq!(refused.files, std::slice::from_ref(&letter), "the volunteer may say that it can be read");
    scene.world.now += limits::HOURS_REFUSED_FILES - jiff::SignedDuration::from_secs(1);
    scene.world.fire_due();
    assert_eq!(scene.world.get(ids[0]), refused);
    scene.world.now += jiff::SignedDuration::from_secs(1);
    scene.world.fire_due();
    assert_eq!(scene.world.get(ids[0]), HoursEntry { files: Vec::new(), ..refused });
    assert!(scene.world.list::<HoursEntry>(List::WithFile(letter.sha256)).is_empty());
    assert_eq!(scene.world.get(ids[1]).files, [photo], "it is part of what the school signed");
}
