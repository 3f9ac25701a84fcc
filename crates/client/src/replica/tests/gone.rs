//! What goes: a row that stands in no feed any more, and a file that no row names any more.

use xinmei_model::{Attachment, FileHash, FileKind, HoursBy, HoursEntry, HoursState};

use super::*;

fn entry(stage: &Stage, files: Vec<Attachment>) -> HoursEntry {
    let at = "2026-11-20T09:00:00Z".parse().unwrap();
    HoursEntry {
        id: Id::new(Uuid::from_u128(0xE1)),
        person: stage.me.person,
        person_name: "李建国".into(),
        place: Id::new(Uuid::from_u128(0xE2)),
        shift: None,
        post: None,
        title: "整理图书".into(),
        programme: String::new(),
        day: "2026-11-20".parse().unwrap(),
        minutes: 60,
        evidence: "有照片".into(),
        files,
        corrects: None,
        reason: String::new(),
        entered: HoursBy { person: stage.me.person, name: "李建国".into(), at },
        state: HoursState::Waiting,
    }
}

#[test]
fn a_row_without_a_feed_goes_and_one_in_another_feed_stays() {
    let mut stage = Stage::family();
    let link: Id<Link> = Id::new(Uuid::from_u128(0xD));
    let left = |kind: &str, id: Uuid, feed: Feed| RowUpdate {
        kind: kind.into(),
        id,
        rev: 12,
        feeds: Vec::new(),
        left: vec![feed],
        body: None,
    };
    let page = stage.page(vec![
        left("notice", notice().uuid(), messages()),
        left("link", link.uuid(), Feed::Child(child())),
    ]);
    assert!(stage.replica.apply_page(&page).unwrap().purged);
    assert!(stage.get(notice()).is_none());
    assert!(stage.get(link).is_some(), "it stands in the person's feed");
}

#[test]
fn a_row_that_stops_naming_a_file_counts_as_a_purge() {
    let mut stage = Stage::family();
    let file = |byte: u8| Attachment {
        sha256: FileHash::of(&[byte]),
        name: "签到表.pdf".into(),
        kind: FileKind::Pdf,
        bytes: 1,
        picture: None,
    };
    let mut purges = |rev, files| {
        let entry = entry(&stage, files);
        let feeds = vec![Feed::Person(stage.me.person)];
        let row = update("hours-entry", entry.id.uuid(), rev, feeds, serde_json::to_value(&entry).unwrap());
        let page = stage.page(vec![row]);
        stage.replica.apply_page(&page).unwrap().purged
    };
    assert!(!purges(12, vec![file(1)]), "nothing was there");
    assert!(!purges(13, vec![file(1), file(2)]), "one more");
    assert!(purges(14, vec![file(2)]), "one of two is gone");
    assert!(!purges(13, vec![]), "what is older says nothing");
    assert!(purges(15, vec![]));
}

#[test]
fn what_was_attached_a_moment_ago_outlives_the_end_of_another_file() {
    let mut stage = Stage::family();
    let [old, new] = [b"an old letter".as_slice(), b"a new one".as_slice()];
    let file = Attachment {
        sha256: FileHash::of(old),
        name: "旧信.pdf".into(),
        kind: FileKind::Pdf,
        bytes: 13,
        picture: None,
    };
    let kept = [old, new].map(|content| (FileHash::of(content), content.to_vec()));
    stage.replica.keep_files(&kept).unwrap();
    for (rev, files) in [(12, vec![file]), (13, vec![])] {
        let entry = entry(&stage, files);
        let feeds = vec![Feed::Person(stage.me.person)];
        let row = update("hours-entry", entry.id.uuid(), rev, feeds, serde_json::to_value(&entry).unwrap());
        let page = stage.page(vec![row]);
        stage.replica.apply_page(&page).unwrap();
        // The new one is on its way into a request that was not saved yet.
        assert!(stage.replica.file_stand(FileHash::of(new)).unwrap().is_some());
        assert_eq!(stage.replica.file_stand(FileHash::of(old)).unwrap().is_some(), rev == 12);
    }
}
