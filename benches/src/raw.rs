//! The physical limit: SQLite alone, on the same disk, with the same durability, doing one insert for each mutation.

use std::time::Instant;

/// Inserts `total` rows of 500 bytes in transactions of `group`; rows a second.
pub fn inserts(total: usize, group: usize) -> f64 {
    let dir = tempfile::tempdir().unwrap();
    let mut db = rusqlite::Connection::open(dir.path().join("raw.db")).unwrap();
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -65536;
         CREATE TABLE row (id BLOB NOT NULL PRIMARY KEY, body TEXT NOT NULL) STRICT;",
    )
    .unwrap();
    let body = "x".repeat(500);
    let begun = Instant::now();
    let mut left = total;
    while left > 0 {
        let count = group.min(left);
        let transaction = db.transaction().unwrap();
        {
            let mut insert =
                transaction.prepare_cached("INSERT INTO row (id, body) VALUES (?1, ?2)").unwrap();
            for _ in 0..count {
                insert.execute((uuid::Uuid::now_v7().as_bytes().as_slice(), &body)).unwrap();
            }
        }
        transaction.commit().unwrap();
        left -= count;
    }
    total as f64 / begun.elapsed().as_secs_f64()
}
