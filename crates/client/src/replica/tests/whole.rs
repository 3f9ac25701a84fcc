//! An answer is taken in whole or not at all, and what was given out once is not given out again.

use super::*;

/// From now on the store refuses rows of a table, as a full disk would in the middle of a transaction.
fn refuse(stage: &Stage, table: &str) {
    let sql =
        format!("CREATE TRIGGER refused BEFORE INSERT ON {table} BEGIN SELECT raise(ABORT, 'no room'); END");
    stage.replica.write(|conn| Ok(conn.execute_batch(&sql)?)).unwrap();
}

#[test]
fn a_page_that_cannot_be_kept_moves_no_cursor() {
    let mut stage = Stage::family();
    let before = stage.replica.pull_request().unwrap().cursor;
    refuse(&stage, "row");
    let page = stage.page(family_rows());
    assert!(stage.replica.apply_page(&page).is_err());
    assert_eq!(stage.replica.pull_request().unwrap().cursor, before, "the rows are asked for again");
}

#[test]
fn a_verdict_that_cannot_be_kept_leaves_the_wish_in_the_outbox() {
    let stage = Stage::family();
    let id = stage.acknowledge().unwrap();
    stage.replica.push_batch(100).unwrap();
    refuse(&stage, "receipt");
    assert!(stage.replica.apply_pushed(&stage.verdict(id, Verdict::Accepted { rev: 5 })).is_err());
    assert_eq!(stage.states(), [ItemState::Sent]);
    assert_eq!(stage.replica.fate(id).unwrap(), Fate::Waiting);
}

#[test]
fn numbers_go_on_after_the_store_was_opened_again() {
    let stage = Stage::family();
    let id = stage.acknowledge().unwrap();
    stage.replica.push_batch(100).unwrap();
    stage.replica.apply_pushed(&stage.verdict(id, Verdict::Accepted { rev: 5 })).unwrap();
    let edge = stage.replica.edge().clone();
    let Stage { replica, path, .. } = stage;
    drop(replica);
    let replica = Replica::open(&path, Zeroizing::new([9; 32]), edge).unwrap();
    let act = Act::CancelEvent { event: Id::new(Uuid::from_u128(5)), reason: "雨".into() };
    replica.save(vec![act]).unwrap();
    assert_eq!(replica.push_batch(100).unwrap().unwrap().first, 2);
}

#[test]
fn a_foreign_file_is_set_aside() {
    let path = scratch("foreign").join("replica.db");
    std::fs::write(&path, vec![0x42; 8192]).unwrap();
    let replica = Replica::open(&path, Zeroizing::new([9; 32]), Edge::system()).unwrap();
    assert_eq!(replica.enrolment().unwrap(), None);
    assert!(std::fs::read_dir(path.parent().unwrap()).unwrap().count() > 1);
}
