//! A row of which there are thousands of hopes: each act of a gate makes one more of the gate itself.

use rusqlite::{Connection, StatementStatus, params};

use super::*;
use crate::snapshot::HOPED;

/// As it was read before: the newest of all of them, after all of them were gone through.
const GONE_THROUGH: &str = "SELECT kind, body FROM (
    SELECT kind, body, number FROM overlay WHERE row = ?1
    UNION ALL SELECT kind, body, 0 FROM row WHERE id = ?1
) ORDER BY number DESC LIMIT 1";

fn hope(conn: &Connection, numbers: std::ops::Range<u64>, row: Uuid) {
    for number in numbers {
        let body = format!("{{\"n\":{number}}}");
        conn.prepare_cached("INSERT INTO overlay (number, row, kind, body) VALUES (?1, ?2, 'gate', ?3)")
            .unwrap()
            .execute(params![number, row.as_bytes().as_slice(), body])
            .unwrap();
    }
}

fn read(conn: &Connection, sql: &str, row: Uuid) -> (String, i32) {
    let mut select = conn.prepare(sql).unwrap();
    let id = row.as_bytes().as_slice();
    let body = select.query_row([id], |row| row.get::<_, String>(1)).unwrap();
    (body, select.get_status(StatementStatus::VmStep))
}

#[test]
fn the_newest_hope_of_five_thousand_is_found_as_quickly_as_that_of_five() {
    let stage = Stage::new();
    let [few, many] = [Uuid::from_u128(51), Uuid::from_u128(52)];
    stage
        .replica
        .write(|conn| {
            hope(conn, 1..6, few);
            hope(conn, 6..5_006, many);
            for row in [few, many] {
                assert_eq!(read(conn, HOPED, row).0, read(conn, GONE_THROUGH, row).0, "the same answer");
            }
            let [quick, slow] = [few, many].map(|row| read(conn, HOPED, row).1);
            assert!(slow <= quick + 2, "{quick} steps of five, {slow} of five thousand");
            Ok(())
        })
        .unwrap();
}
