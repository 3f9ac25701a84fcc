//! Wishes the school cannot take, and ones that cannot be read.

use super::*;

fn cancel(reason: &str) -> Act {
    Act::CancelEvent { event: Id::new(Uuid::from_u128(5)), reason: reason.into() }
}

fn no(code: &str, may_pass: bool) -> Trouble {
    Trouble { code: code.into(), may_pass }
}

#[test]
fn what_cannot_be_taken_is_parked_and_the_next_one_gets_its_number() {
    let stage = Stage::family();
    let first = stage.acknowledge().unwrap();
    let (ids, _) = stage.replica.save(vec![cancel("雨"), cancel("雪")]).unwrap();
    stage.replica.push_batch(100).unwrap();
    let topics = stage.replica.trouble(&no("too-large", false)).unwrap().unwrap();
    assert!(topics.contains("outbox"));
    assert!(stage.answers().is_empty(), "nothing is hoped for any more");
    assert_eq!(stage.replica.fate(first).unwrap(), Fate::Parked { code: "too-large".into() });
    let push = stage.replica.push_batch(100).unwrap().unwrap();
    assert_eq!((push.first, push.mutations.len()), (1, 2));
    assert_eq!(push.mutations[0]["id"], json!(ids[0]));
    let parked = ItemState::Parked { code: "too-large".into() };
    assert_eq!(stage.states(), [ItemState::Sent, ItemState::Sent, parked], "it is shown, with its reason");
    assert_eq!(stage.replica.waiting_and_failed().unwrap(), (2, 1));
    let edge = stage.replica.edge().clone();
    let Stage { replica, path, .. } = stage;
    drop(replica);
    let replica = Replica::open(&path, Zeroizing::new([9; 32]), edge).unwrap();
    assert_eq!(replica.waiting_and_failed().unwrap(), (2, 1));
    replica.seen(first).unwrap();
    assert_eq!(replica.waiting_and_failed().unwrap(), (2, 0));
    assert!(replica.seen(first).is_err());
}

#[test]
fn a_server_that_fails_is_asked_some_more_times_before_a_wish_is_parked() {
    let stage = Stage::family();
    stage.acknowledge().unwrap();
    for times in 1..=6 {
        stage.replica.push_batch(1).unwrap().unwrap();
        let parked = stage.replica.trouble(&no("broken", true)).unwrap();
        assert_eq!(parked.is_some(), times == 6, "{times}");
    }
    assert!(stage.replica.push_batch(1).unwrap().is_none());
}

#[test]
fn an_unreadable_item_is_shown_and_stops_neither_views_nor_the_outbox() {
    let stage = Stage::family();
    let (ids, _) = stage.replica.save(vec![cancel("雨"), cancel("雪"), cancel("风")]).unwrap();
    let spoil = |id: MutationId, text: &str| {
        let sql = "UPDATE outbox SET mutation = ?2 WHERE id = ?1";
        let id = id.uuid().as_bytes().to_vec();
        stage.replica.write(|conn| Ok(conn.execute(sql, rusqlite::params![id, text])?)).unwrap();
    };
    spoil(ids[0], "{ torn");
    spoil(ids[1], r#"{"id":"x","act":{"do":"fly"}}"#);
    assert_eq!(stage.states(), [ItemState::Saved], "the one that can be read");
    let unread = stage.replica.read(|snapshot| snapshot.unreadable()).unwrap();
    let shown: Vec<_> = unread.iter().map(|item| (item.id, item.state.clone())).collect();
    assert_eq!(shown, [(ids[0], ItemState::Unreadable), (ids[1], ItemState::Unreadable)]);
    assert!(unread[0].text.contains("torn"));
    let push = stage.replica.push_batch(100).unwrap().unwrap();
    assert_eq!(push.mutations[0], json!({ "id": ids[0] }), "its number is used up, and the others go");
    assert_eq!(push.mutations[1]["act"]["do"], "fly");
    let refusal = Refusal::Unreadable;
    stage.replica.apply_pushed(&stage.verdict(ids[0], Verdict::Refused { refusal })).unwrap();
    stage.replica.seen(ids[0]).unwrap();
    assert_eq!(stage.replica.read(|snapshot| snapshot.unreadable()).unwrap().len(), 1);
}
