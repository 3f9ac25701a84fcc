//! The replica against pages and verdicts made by hand.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use data_encoding::BASE64URL_NOPAD;
use ed25519_dalek::{Signer, SigningKey};
use jiff::Timestamp;
use serde_json::json;
use uuid::Uuid;
use xinmei_model::{
    Act, Answering, Child, Feed, Id, Link, List, MutationId, Notice, Noun, Person, Refusal, Reply, Row,
    Verdict,
    wire::{Ended, Page, Pushed, RowUpdate, Settled, ended_message, removed_message},
};
use zeroize::Zeroizing;

use super::{Enrolment, Fate, Replica, Trouble, meta};
use crate::{
    api::{Fault, sync::ItemState},
    edge::{Edge, MovableClock, SeededEntropy},
    profile::scratch,
};

mod ended;
mod gone;
mod guests;
mod hoped;
mod told;
mod topics;
mod trouble;
mod whole;

const EPOCH: Uuid = Uuid::from_u128(0xE);

struct Stage {
    replica: Replica,
    clock: MovableClock,
    school: SigningKey,
    me: Enrolment,
    path: PathBuf,
    cursor: u64,
}

impl Stage {
    fn new() -> Self {
        let clock = MovableClock::at("2026-11-23T08:00:00Z".parse().unwrap());
        let path = scratch("replica").join("replica.db");
        let school = SigningKey::from_bytes(&[7; 32]);
        let me = Enrolment {
            school: Uuid::from_u128(1),
            school_key: BASE64URL_NOPAD.encode(school.verifying_key().as_bytes()),
            person: Id::new(Uuid::from_u128(2)),
            device: Uuid::from_u128(3),
            address: "school.example:8443".into(),
            ca: None,
        };
        let edge = Edge::new(Arc::new(clock.clone()), Arc::new(SeededEntropy::new(1)));
        let replica = Replica::open(&path, Zeroizing::new([9; 32]), edge).unwrap();
        replica.enrol(&me).unwrap();
        Self { replica, clock, school, me, path, cursor: 0 }
    }

    /// A guardian with one child and one notice that asks to be acknowledged.
    fn family() -> Self {
        let mut stage = Self::new();
        let page = stage.page(family_rows());
        let held = [Feed::School, Feed::Person(stage.me.person), Feed::Child(child()), messages()];
        let page = Page { arrived: held.to_vec(), ..page };
        stage.replica.apply_page(&page).unwrap();
        stage
    }

    fn page(&mut self, rows: Vec<RowUpdate>) -> Page {
        self.cursor += 10;
        Page {
            epoch: EPOCH,
            now: self.now(),
            cursor: self.cursor,
            rows,
            arrived: Vec::new(),
            arriving: BTreeMap::new(),
            ended: None,
            last_number: self.replica.pull_request().unwrap().outbox_from - 1,
            verdicts: Vec::new(),
            more: false,
        }
    }

    fn now(&self) -> Timestamp {
        self.replica.edge().now()
    }

    fn acknowledge(&self) -> Result<MutationId, Fault> {
        let act = Act::Answer(Answering::new(notice(), child(), Reply::Acknowledge));
        self.replica.save(vec![act]).map(|(ids, _)| ids[0])
    }

    fn answers(&self) -> Vec<xinmei_model::Answer> {
        self.replica.read(|snapshot| snapshot.list(List::AnswersTo(notice()))).unwrap()
    }

    fn states(&self) -> Vec<ItemState> {
        self.replica.read(|snapshot| snapshot.outbox()).unwrap().into_iter().map(|item| item.state).collect()
    }

    fn get<T: Noun + Clone>(&self, id: Id<T>) -> Option<T> {
        self.replica.read(|snapshot| snapshot.get(id)).unwrap()
    }

    fn verdict(&self, id: MutationId, verdict: Verdict) -> Pushed {
        let verdicts = vec![Settled { id, number: 1, verdict }];
        Pushed { epoch: EPOCH, rev: 99, last_number: 1, verdicts }
    }
}

fn child() -> Id<Child> {
    Id::new(Uuid::from_u128(0xC))
}

fn notice() -> Id<Notice> {
    Id::new(Uuid::from_u128(0xA))
}

fn messages() -> Feed {
    Feed::ChildRight(child(), xinmei_model::Right::Messages)
}

fn update(kind: &str, id: Uuid, rev: u64, feeds: Vec<Feed>, body: serde_json::Value) -> RowUpdate {
    RowUpdate { kind: kind.into(), id, rev, feeds, left: Vec::new(), body: Some(body) }
}

fn family_rows() -> Vec<RowUpdate> {
    let me = Uuid::from_u128(2);
    let school = Uuid::from_u128(1);
    let (link, class) = (Uuid::from_u128(0xD), Uuid::from_u128(0xB));
    let grant = json!({ "from": "2026-09-01", "to": null, "by": "roster" });
    vec![
        update(
            "school",
            school,
            1,
            vec![Feed::School],
            json!({
                "id": school, "name": "江畔实验小学", "zone": "Asia/Shanghai", "hold_s": 60, "offer_min": 120,
            }),
        ),
        update(
            "person",
            me,
            1,
            vec![Feed::Person(Id::new(me))],
            json!({
                "id": me, "name": "刘芳", "staff_number": null, "joined": null, "on_paper": false,
            }),
        ),
        update(
            "child",
            child().uuid(),
            2,
            vec![Feed::Child(child())],
            json!({
                "id": child(), "name": "李雨桐", "number": "20240201", "sex": "女",
                "path": [class], "enrolments": [],
            }),
        ),
        update(
            "link",
            link,
            2,
            vec![Feed::Child(child()), Feed::Person(Id::new(me))],
            json!({
                "id": link, "guardian": me, "guardian_name": "刘芳", "joined": true, "on_paper": false,
                "child": child(), "relation": "mother", "relation_text": null,
                "rights": { "messages": grant, "decide": grant, "records": grant, "pick_up": grant },
                "barred": false, "undecided": false, "from": "2026-09-01", "to": null,
            }),
        ),
        update("notice", notice().uuid(), 3, vec![messages()], notice_body(class)),
    ]
}

fn notice_body(class: Uuid) -> serde_json::Value {
    let audience = json!({ "include": [{ "kind": "place", "id": class }], "except": [] });
    let author = Uuid::from_u128(0xF);
    json!({
        "id": notice(), "author": author, "author_name": "王老师", "author_title": "班主任", "audience": audience,
        "families": 40, "children": 41, "title": "明天开家长会", "body": "请准时参加", "ask": { "is": "acknowledge" }, "answered_by": { "is": "any-guardian" },
        "keeps_answers": false, "due": null,
        "supersedes": null, "changed": null, "composed": "2026-11-23T07:00:00Z",
        "state": { "is": "sent", "at": "2026-11-23T07:01:00Z" },
    })
}

#[test]
fn a_page_is_read_back() {
    let stage = Stage::family();
    assert_eq!(stage.get(child()).unwrap().name, "李雨桐");
    assert!(stage.get(notice()).is_some(), "the notice fixture no longer fits the model");
    assert!(stage.get(stage.me.person).is_some_and(|me: Person| me.name == "刘芳"));
    let links: Vec<Link> = stage.replica.read(|s| s.list(List::LinksBy(stage.me.person))).unwrap();
    assert_eq!(links.len(), 1);
    let pull = stage.replica.pull_request().unwrap();
    assert_eq!((pull.cursor, pull.feeds.len(), pull.outbox_from), (10, 4, 1));
    assert!(!stage.replica.read(|s| Ok(s.arriving())).unwrap());
}

#[test]
fn a_hope_is_folded_in_until_its_rows_are_here() {
    let mut stage = Stage::family();
    let id = stage.acknowledge().unwrap();
    assert_eq!(stage.answers().len(), 1, "foreseen");
    let answer = stage.answers()[0].id.uuid();
    let pending = |stage: &Stage| stage.replica.read(|s| s.is_pending(answer)).unwrap();
    assert_eq!(pending(&stage), Some(ItemState::Saved));
    let push = stage.replica.push_batch(100).unwrap().unwrap();
    assert_eq!((push.first, push.mutations.len()), (1, 1));
    assert_eq!(pending(&stage), Some(ItemState::Sent));
    let applied = stage.replica.apply_pushed(&stage.verdict(id, Verdict::Accepted { rev: 15 })).unwrap();
    assert!(applied.more);
    assert!(stage.replica.push_batch(100).unwrap().is_none(), "what has a verdict is not sent again");
    assert_eq!(stage.answers().len(), 1, "the rows are not here yet");
    let page = stage.page(Vec::new());
    stage.replica.apply_page(&page).unwrap();
    assert!(stage.states().is_empty() && stage.answers().is_empty(), "now the rows decide");
    assert_eq!(stage.replica.fate(id).unwrap(), Fate::Settled { verdict: Verdict::Accepted { rev: 15 } });
}

#[test]
fn a_refused_wish_stays_until_it_was_seen() {
    let stage = Stage::family();
    let id = stage.acknowledge().unwrap();
    stage.replica.push_batch(100).unwrap();
    let refusal = Refusal::NoticeGone { by: None };
    let refused = stage.verdict(id, Verdict::Refused { refusal: refusal.clone() });
    stage.replica.apply_pushed(&refused).unwrap();
    assert!(stage.answers().is_empty());
    assert_eq!(stage.states(), [ItemState::Refused { refusal }]);
    assert_eq!(stage.replica.waiting_and_failed().unwrap(), (0, 1));
    stage.replica.seen(id).unwrap();
    assert!(stage.states().is_empty());
    assert!(stage.replica.seen(id).is_err());
}

#[test]
fn only_what_was_never_sent_is_taken_back_and_numbers_have_no_gaps() {
    let stage = Stage::family();
    let first = stage.acknowledge().unwrap();
    let act = || Act::CancelEvent { event: Id::new(Uuid::from_u128(5)), reason: "雨".into() };
    let (ids, _) = stage.replica.save(vec![act(), act()]).unwrap();
    stage.replica.take_back(ids[0]).unwrap();
    let push = stage.replica.push_batch(100).unwrap().unwrap();
    assert_eq!((push.first, push.mutations.len()), (1, 2));
    assert!(stage.replica.take_back(first).is_err(), "it was sent");
    stage.replica.never_left(&push).unwrap();
    assert!(stage.states().iter().all(|state| *state == ItemState::Saved));
    let (ids, _) = stage.replica.save(vec![act()]).unwrap();
    let last = stage.replica.read(|s| s.outbox()).unwrap().pop().unwrap();
    assert_eq!((last.number, last.mutation.id), (3, ids[0]));
}

#[test]
fn a_plain_no_is_said_at_once_and_nothing_is_saved() {
    let stage = Stage::family();
    let on_behalf_of = Some(xinmei_model::Proxy::new(stage.me.person, ""));
    let wish = Answering { on_behalf_of, ..Answering::new(notice(), child(), Reply::Acknowledge) };
    let stranger = Act::Answer(wish);
    let result = stage.replica.save(vec![stranger]);
    assert!(matches!(result, Err(Fault::Refused { .. })), "{result:?}");
    assert!(stage.states().is_empty());
}

#[test]
fn rights_end_by_the_schools_signature_only() {
    let mut stage = Stage::family();
    let feeds = vec![Feed::Child(child()), messages()];
    let message = ended_message(stage.me.device, &feeds);
    let wrong = SigningKey::from_bytes(&[8; 32]).sign(&message);
    for (signature, gone) in [(wrong, false), (stage.school.sign(&message), true)] {
        let signature = BASE64URL_NOPAD.encode(&signature.to_bytes());
        let ended = Some(Ended { feeds: feeds.clone(), signature });
        let page = Page { ended, ..stage.page(Vec::new()) };
        stage.replica.apply_page(&page).unwrap();
        assert_eq!(stage.get(child()).is_none(), gone);
        assert_eq!(stage.get(notice()).is_none(), gone);
        assert_eq!(stage.replica.pull_request().unwrap().feeds.len(), if gone { 2 } else { 4 });
    }
    let links: Vec<Link> = stage.replica.read(|s| s.list(List::LinksBy(stage.me.person))).unwrap();
    assert_eq!(links.len(), 1, "it stands in the person's feed");
    let bytes = std::fs::read(&stage.path).unwrap();
    assert!(!bytes.windows(6).any(|part| part == "李雨".as_bytes()));
}

#[test]
fn removal_needs_the_schools_signature_and_keeps_what_waits() {
    let stage = Stage::family();
    stage.acknowledge().unwrap();
    assert!(!stage.replica.apply_removed("").unwrap());
    assert!(stage.get(child()).is_some());
    let signature = stage.school.sign(&removed_message(stage.me.device));
    assert!(stage.replica.apply_removed(&BASE64URL_NOPAD.encode(&signature.to_bytes())).unwrap());
    assert!(stage.get(child()).is_none());
    assert_eq!(stage.states().len(), 1);
}

#[test]
fn a_kind_of_a_newer_server_is_kept_as_received() {
    let mut stage = Stage::family();
    let id = Uuid::from_u128(0x77);
    let row = update("lunch", id, 12, vec![Feed::School], json!({ "id": id, "dish": "红烧肉" }));
    let page = stage.page(vec![row]);
    stage.replica.apply_page(&page).unwrap();
    let kept: String = stage
        .replica
        .read_raw(|conn| {
            Ok(conn.query_row("SELECT body FROM row WHERE kind = 'lunch'", [], |row| row.get(0))?)
        })
        .unwrap();
    assert!(kept.contains("红烧肉"));
    assert!(Row::parse(xinmei_model::Kind::Notice, &kept).is_err());
}

#[test]
fn a_new_epoch_starts_again_and_keeps_the_outbox() {
    let mut stage = Stage::family();
    let id = stage.acknowledge().unwrap();
    stage.replica.push_batch(100).unwrap();
    stage.replica.apply_pushed(&stage.verdict(id, Verdict::Accepted { rev: 500 })).unwrap();
    let page = Page { epoch: Uuid::from_u128(0xEE), last_number: 0, ..stage.page(family_rows()) };
    assert!(stage.replica.apply_page(&page).unwrap().more);
    let pull = stage.replica.pull_request().unwrap();
    assert_eq!((pull.cursor, pull.feeds.len(), pull.outbox_from), (0, 0, 1));
    assert!(stage.replica.push_batch(100).unwrap().is_some(), "the restored school may not know it");
}

#[test]
fn a_restored_school_gets_back_what_it_forgot() {
    let mut stage = Stage::family();
    let id = stage.acknowledge().unwrap();
    stage.replica.push_batch(100).unwrap();
    stage.replica.apply_pushed(&stage.verdict(id, Verdict::Accepted { rev: 5 })).unwrap();
    assert!(stage.states().is_empty(), "settled, its receipt kept");
    let act = Act::CancelEvent { event: Id::new(Uuid::from_u128(5)), reason: "雨".into() };
    stage.replica.save(vec![act]).unwrap();
    let page = Page { epoch: Uuid::from_u128(0xEE), last_number: 0, ..stage.page(Vec::new()) };
    stage.replica.apply_page(&page).unwrap();
    let push = stage.replica.push_batch(100).unwrap().unwrap();
    assert_eq!((push.first, push.mutations.len()), (1, 2));
    assert_eq!(push.mutations[0]["id"], json!(id));
}

#[test]
fn the_schools_time_is_learned_and_a_jumping_clock_does_no_harm() {
    let mut stage = Stage::family();
    let school_now = stage.now();
    stage.clock.advance(-10 * 365 * 86_400_000);
    let now = |stage: &Stage| stage.replica.read(|s| Ok(s.now())).unwrap();
    assert_eq!(now(&stage), school_now, "never before the last answer");
    let page = Page { now: school_now, ..stage.page(Vec::new()) };
    stage.replica.apply_page(&page).unwrap();
    stage.clock.advance(60_000);
    assert_eq!(now(&stage).as_millisecond(), school_now.as_millisecond() + 60_000);
}

#[test]
fn a_damaged_file_is_set_aside_and_the_outbox_carried_over() {
    let stage = Stage::family();
    stage.acknowledge().unwrap();
    stage.replica.checkpoint().unwrap();
    // Another program's mark in our own file stands for every damage that still lets pages be read.
    stage.replica.write(|conn| Ok(conn.execute_batch("PRAGMA application_id = 1")?)).unwrap();
    let Stage { replica, path, me, .. } = stage;
    let edge = replica.edge().clone();
    drop(replica);
    let replica = Replica::open(&path, Zeroizing::new([9; 32]), edge).unwrap();
    assert_eq!(replica.enrolment().unwrap(), Some(me));
    assert_eq!(replica.pull_request().unwrap().cursor, 0, "rows are fetched again");
    assert_eq!(replica.read(|s| s.outbox()).unwrap().len(), 1);
    let folder = std::fs::read_dir(path.parent().unwrap()).unwrap();
    assert!(folder.flatten().any(|entry| entry.file_name().to_string_lossy().contains(".aside-")));
}
