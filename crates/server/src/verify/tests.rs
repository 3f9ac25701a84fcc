//! 1,000 seeded tamperings of a store by plain SQL: each is named.

use jiff::Timestamp;
use rusqlite::{Connection, params};
use xinmei_model::{
    Attachment, Change, FileHash, FileKind, HoursApproval, HoursBy, HoursCheckpoint, HoursEntry, HoursHead,
    HoursState, Id,
};

use super::*;
use crate::{edge::Edge, ledger::Ledger, school, store::Open};

/// Entries of the chain: enough that each place can be in front of, within and behind what is done.
const ENTRIES: u64 = 5;

/// Unoptimised, each signature costs milliseconds.
const TAMPERINGS: u64 = if cfg!(debug_assertions) { 100 } else { 1_000 };

/// A reckoner of one seed: SplitMix64.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

fn at(seq: u64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + i64::try_from(seq).unwrap()).unwrap()
}

fn entry(edge: &Edge, seq: u64, previous: FileHash) -> HoursEntry {
    let by = |name: &str| HoursBy { person: edge.id(), name: name.into(), at: at(seq) };
    let mut entry = HoursEntry {
        id: edge.id(),
        person: edge.id(),
        person_name: format!("志愿者{seq}"),
        place: edge.id(),
        shift: (seq > 2).then(|| edge.id()),
        post: (seq > 2).then(|| edge.id()),
        title: "护学岗，东门".into(),
        programme: "“绿书签”".into(),
        day: "2026-11-20".parse().unwrap(),
        minutes: 40 + u32::try_from(seq).unwrap(),
        evidence: "张老师在场".into(),
        files: vec![file(1)],
        corrects: seq.is_multiple_of(2).then(|| edge.id()),
        reason: if seq.is_multiple_of(2) { "记错了".into() } else { String::new() },
        entered: by("周敏"),
        state: HoursState::Waiting,
    };
    let (by, signature) = (by("何静"), String::new());
    let mut approval = HoursApproval { by, seq, previous, hash: previous, signature };
    approval.hash = FileHash::of(&entry.hashed(&approval));
    entry.state = HoursState::Approved(approval);
    entry
}

/// A school with a chain, and the checkpoint of each entry, as devices kept them.
async fn written(dir: &Path) -> (Connection, Identity, Vec<HoursEntry>, Vec<HoursCheckpoint>) {
    let edge = Edge::of_machine();
    let (store, writer, identity) = school::create(dir, &edge).unwrap();
    let school = identity.school;
    let ledger = Ledger::start(store, writer, identity, edge.clone(), |_| {}).unwrap();
    let mut head = HoursHead::empty(school);
    let mut changes = Vec::new();
    for seq in 1..=ENTRIES {
        let entry = entry(&edge, seq, head.hash);
        head = HoursHead { count: seq, hash: entry.approval().unwrap().hash, ..head };
        let feeds = entry.feeds();
        changes.push(Change::put(entry, feeds));
    }
    changes.push(Change::put(head, []));
    ledger.write(move |tx| tx.apply(changes.clone()).map(|_| ())).await.unwrap();
    drop(ledger);
    let (_, conn, identity) = school::open(dir).unwrap();
    let mut entries = read(&conn);
    entries.sort_by_key(|entry| entry.approval().unwrap().seq);
    let kept = entries.iter().map(|entry| entry.checkpoint(school).unwrap()).collect();
    (conn, identity, entries, kept)
}

fn read(conn: &Connection) -> Vec<HoursEntry> {
    let mut select = conn.prepare("SELECT body FROM row WHERE kind = 'hours-entry'").unwrap();
    let bodies = select.query_map([], |row| row.get::<_, String>(0)).unwrap();
    bodies.map(|body| serde_json::from_str(&body.unwrap()).unwrap()).collect()
}

fn put(conn: &Connection, entry: &HoursEntry) {
    let body = serde_json::to_string(entry).unwrap();
    let id = entry.id.uuid();
    conn.execute("UPDATE row SET body = ?2 WHERE id = ?1", params![id.as_bytes().as_slice(), body]).unwrap();
}

fn remove(conn: &Connection, entry: &HoursEntry) {
    let id = entry.id.uuid();
    conn.execute("DELETE FROM row WHERE id = ?1", params![id.as_bytes().as_slice()]).unwrap();
}

fn put_head(conn: &Connection, count: u64, hash: FileHash, school: Id<xinmei_model::School>) {
    let body = serde_json::to_string(&HoursHead { count, hash, ..HoursHead::empty(school) }).unwrap();
    conn.execute("UPDATE row SET body = ?1 WHERE kind = 'hours-head'", params![body]).unwrap();
}

/// Every field says something else now and then, whether it said anything before or not.
fn alter(entry: &mut HoursEntry, dice: &mut Dice) {
    fn other<T>() -> Id<T> {
        Id::new(uuid::Uuid::from_u128(7))
    }
    match dice.below(18) {
        0 => entry.minutes += 60,
        1 => entry.person_name.push('甲'),
        2 => entry.title = "另一件事".into(),
        3 => entry.day = entry.day.tomorrow().unwrap(),
        4 => entry.evidence.clear(),
        5 => entry.entered.name = "无名".into(),
        6 => entry.person = other(),
        7 => entry.place = other(),
        8 => entry.shift = entry.shift.is_none().then(other),
        9 => entry.post = entry.post.is_none().then(other),
        10 => entry.programme.clear(),
        11 => entry.corrects = entry.corrects.is_none().then(other),
        12 => entry.reason.push('。'),
        13 => entry.files.push(file(2)),
        14 => entry.files[0].sha256 = FileHash::of(b"another photograph"),
        15 => entry.files.clear(),
        16 => entry.entered.person = other(),
        _ => {
            let HoursState::Approved(approval) = &mut entry.state else { panic!("it is in the chain") };
            approval.by.name = "无名".into();
        }
    }
}

fn file(number: u8) -> Attachment {
    let (sha256, name) = (FileHash::of(&[number]), format!("签到表{number}.pdf"));
    Attachment { sha256, name, kind: FileKind::Pdf, bytes: 1_000, picture: None }
}

/// Hashes from a place on worked out anew, as whoever knows `docs/hours.md` can; with the school's key, signed anew too.
fn rehash(entries: &mut [HoursEntry], from: usize, signer: Option<&Identity>) -> FileHash {
    let mut previous = match from.checked_sub(1).and_then(|before| entries.get(before)) {
        Some(before) => before.approval().unwrap().hash,
        None => FileHash::new([0; 32]),
    };
    for (place, entry) in entries.iter_mut().enumerate().skip(from) {
        let mut approval = entry.approval().unwrap().clone();
        (approval.previous, approval.seq) = (previous, u64::try_from(place).unwrap() + 1);
        approval.hash = FileHash::of(&entry.hashed(&approval));
        previous = approval.hash;
        entry.state = HoursState::Approved(approval);
        if let Some(identity) = signer {
            let message = entry.checkpoint(identity.school).unwrap().message();
            let signature = data_encoding::BASE64URL_NOPAD.encode(&identity.sign(&message));
            if let HoursState::Approved(approval) = &mut entry.state {
                approval.signature = signature;
            }
        }
    }
    previous
}

/// Does one thing to the store, and says which place is the first that does not fit, and with which checkpoints.
fn tamper(
    conn: &Connection,
    identity: &Identity,
    entries: &[HoursEntry],
    kept: &[HoursCheckpoint],
    dice: &mut Dice,
) -> (u64, Vec<HoursCheckpoint>) {
    let n = usize::try_from(dice.below(ENTRIES)).unwrap();
    let seq = u64::try_from(n).unwrap() + 1;
    let mut forged = entries.to_vec();
    match dice.below(7) {
        0 => {
            alter(&mut forged[n], dice);
            put(conn, &forged[n]);
            (seq, Vec::new())
        }
        1 => {
            remove(conn, &entries[n]);
            (seq, Vec::new())
        }
        // Two change places, as their rows say it.
        2 => {
            let other = (n + 1 + usize::try_from(dice.below(ENTRIES - 1)).unwrap()) % entries.len();
            let states = (forged[n].state.clone(), forged[other].state.clone());
            (forged[n].state, forged[other].state) = (states.1, states.0);
            put(conn, &forged[n]);
            put(conn, &forged[other]);
            (u64::try_from(n.min(other)).unwrap() + 1, Vec::new())
        }
        // Cut off, and the head with it: nothing in the store remembers.
        3 => {
            entries.iter().skip(n).for_each(|entry| remove(conn, entry));
            let before = n.checked_sub(1).map(|before| entries[before].approval().unwrap().hash);
            put_head(conn, seq - 1, before.unwrap_or(FileHash::new([0; 32])), identity.school);
            (seq, kept[kept.len() - 1..].to_vec())
        }
        // Altered, and every hash after it made to fit.
        4 => {
            alter(&mut forged[n], dice);
            let hash = rehash(&mut forged, n, None);
            forged.iter().for_each(|entry| put(conn, entry));
            put_head(conn, ENTRIES, hash, identity.school);
            (seq, Vec::new())
        }
        // Removed, the others moved up and made to fit, and signed with the key that stands in the same store.
        5 => {
            let gone = forged.remove(n);
            remove(conn, &gone);
            let hash = rehash(&mut forged, n, Some(identity));
            forged.iter().for_each(|entry| put(conn, entry));
            put_head(conn, ENTRIES - 1, hash, identity.school);
            (seq, kept[n.saturating_sub(1)..=n].to_vec())
        }
        // Altered and signed anew.
        _ => {
            alter(&mut forged[n], dice);
            let hash = rehash(&mut forged, n, Some(identity));
            forged.iter().for_each(|entry| put(conn, entry));
            put_head(conn, ENTRIES, hash, identity.school);
            (seq, kept[n.saturating_sub(1)..=n].to_vec())
        }
    }
}

#[tokio::test]
async fn a_thousand_tamperings_are_each_named_by_the_first_entry_that_does_not_fit() {
    let dir = std::env::temp_dir().join(format!("xinmei-verify-{}", Edge::of_machine().id::<()>()));
    let (conn, identity, entries, kept) = written(&dir).await;
    let whole = verify(&mut Open(&conn), &identity, &kept).unwrap();
    assert!(matches!(whole, Verified::Whole { count: ENTRIES, checkpoints: 5, .. }), "{whole}");
    for seed in 0..TAMPERINGS {
        let mut dice = Dice(seed);
        conn.execute_batch("BEGIN").unwrap();
        let (seq, checkpoints) = tamper(&conn, &identity, &entries, &kept, &mut dice);
        let found = verify(&mut Open(&conn), &identity, &checkpoints).unwrap();
        conn.execute_batch("ROLLBACK").unwrap();
        match found {
            Verified::Broken(fault) => assert_eq!(fault.seq, seq, "seed {seed}: {fault:?}"),
            whole => panic!("seed {seed}: nothing was found at {seq}: {whole}"),
        }
    }
    // What is hidden from whoever it concerns, or shown to others, reads as it was approved, and is named all the same.
    for sql in [
        "DELETE FROM row_list WHERE row = ?1 AND list LIKE 'hours-by/%'",
        "UPDATE row_list SET ord = 0 WHERE row = ?1 AND list LIKE 'all/%'",
        "UPDATE feed_row SET present = 0 WHERE row = ?1 AND feed LIKE 'person/%'",
        "UPDATE row SET feeds = '' WHERE id = ?1",
        "INSERT INTO feed_row (feed, row, rev, present, since) VALUES ('school', ?1, 9, 1, 9)",
    ] {
        conn.execute_batch("BEGIN").unwrap();
        assert!(conn.execute(sql, params![entries[2].id.uuid().as_bytes().as_slice()]).unwrap() > 0, "{sql}");
        let found = verify(&mut Open(&conn), &identity, &kept).unwrap();
        conn.execute_batch("ROLLBACK").unwrap();
        let fault = ChainFault { seq: 3, entry: Some(entries[2].id), is: ChainFaultIs::Hidden };
        assert_eq!(found, Verified::Broken(fault), "{sql}");
    }
    // A row that cannot be read at all is named too.
    conn.execute("UPDATE row SET body = '{}' WHERE kind = 'hours-entry'", []).unwrap();
    let found = verify(&mut Open(&conn), &identity, &[]).unwrap();
    assert!(found.to_string().starts_with("hours: an entry does not read as it was approved ("), "{found}");
    drop(conn);
    std::fs::remove_dir_all(&dir).unwrap();
}
