//! A profile made by hand: its key, who joined, and the rows the school sends.

use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{
    XChaCha20Poly1305,
    aead::{Aead, KeyInit, Payload},
};
use data_encoding::BASE64URL_NOPAD;
use rusqlite::{Connection, OpenFlags};
use serde_json::json;
use uuid::Uuid;
use xinmei_client::replica::{Enrolment, StoreKey};
use xinmei_model::{Change, Event, Feed, Id, Place, Right, School, wire::RowUpdate};

use super::SCHOOL;
use crate::people::{self, Family};

/// The profile's folder.
pub(super) const NAME: &str = "family";
/// The store in it.
pub(super) const STORE: &str = "replica.db";
/// Opens the profile.
pub(super) const PASSWORD: &str = "correct horse battery staple";
/// The school's incarnation.
pub(super) const EPOCH: Uuid = Uuid::from_u128(0xE);
/// Notices of the first page.
pub(super) const NOTICES: usize = 12;

/// Writes the key wrapped by the password, as joining does, at the least cost Argon2 has: opening is not what is tested.
pub(super) fn wrap_key(profile: &Path, key: &StoreKey) -> anyhow::Result<()> {
    let (salt, nonce) = ([1_u8; 16], [2_u8; 24]);
    let params = Params::new(8, 1, 1, Some(32)).map_err(|error| anyhow::anyhow!("{error}"))?;
    let mut wrapping = [0_u8; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(PASSWORD.as_bytes(), &salt, &mut wrapping)
        .map_err(|error| anyhow::anyhow!("{error}"))?;
    let cipher = XChaCha20Poly1305::new_from_slice(&wrapping).map_err(|error| anyhow::anyhow!("{error}"))?;
    let payload = Payload { msg: key.as_slice(), aad: b"xinmei store key 1" };
    let sealed = cipher.encrypt(&nonce.into(), payload).map_err(|error| anyhow::anyhow!("{error}"))?;
    let wrap = json!({
        "version": 1, "memory_kib": 8, "passes": 1,
        "salt": BASE64URL_NOPAD.encode(&salt), "nonce": BASE64URL_NOPAD.encode(&nonce),
        "sealed": BASE64URL_NOPAD.encode(&sealed), "check": "",
    });
    Ok(std::fs::write(profile.join("keys.json"), serde_json::to_vec(&wrap)?)?)
}

/// A connection of the test's own, that only looks.
pub(super) fn look(store: &Path, key: &StoreKey) -> rusqlite::Result<Connection> {
    let conn = Connection::open_with_flags(store, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    conn.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    conn.execute_batch(&xinmei_client::replica::unlock(key))?;
    conn.execute_batch("PRAGMA query_only = ON;")?;
    Ok(conn)
}

/// Who joined.
pub(super) fn enrolment() -> Enrolment {
    Enrolment {
        school: SCHOOL,
        school_key: BASE64URL_NOPAD.encode(&[7; 32]),
        person: family().parent.id,
        device: Uuid::from_u128(3),
        address: "school.example:8443".into(),
        ca: None,
    }
}

fn root() -> Id<Place> {
    people::named("root", 0)
}

/// The family of this computer.
pub(super) fn family() -> Family {
    people::family(root(), 0)
}

fn messages() -> Feed {
    Feed::ChildRight(family().child.id, Right::Messages)
}

/// The feeds this device holds.
pub(super) fn feeds() -> Vec<Feed> {
    vec![Feed::School, Feed::Person(family().parent.id), Feed::Child(family().child.id), messages()]
}

/// What the school sends at first.
pub(super) fn first_rows() -> Vec<RowUpdate> {
    let school = School {
        id: Id::new(SCHOOL),
        name: "江畔实验小学".into(),
        zone: "Asia/Shanghai".into(),
        hold_s: 120,
        travel_min: 30,
        offer_min: 120,
        quiet: None,
        quiet_staff: None,
    };
    let mut changes = vec![Change::put(school, [Feed::School])];
    changes.extend(people::class(root()).into_iter().map(|place| Change::put(place, [Feed::School])));
    changes.extend(family().rows());
    changes.extend(open_day());
    let mut rows: Vec<RowUpdate> = changes.into_iter().filter_map(update).collect();
    rows.extend((0..NOTICES).map(notice));
    rows
}

/// The open day as it stands in the school's own feed.
fn open_day() -> Vec<Change> {
    let draft = people::open_day(24);
    let path = people::class(root()).remove(0).path;
    let event = Event { family_limit: 50, ..draft.event(path) };
    let sessions = draft.sessions.iter().map(|session| session.session(draft.id));
    let sessions = sessions.map(|session| Change::put(session, [Feed::School])).collect::<Vec<_>>();
    std::iter::once(Change::put(event, [Feed::School])).chain(sessions).collect()
}

fn update(change: Change) -> Option<RowUpdate> {
    let Change::Put { row, feeds } = change else { return None };
    let body = row.body().ok().and_then(|body| serde_json::from_str(&body).ok());
    // Only feeds this device holds are named to it.
    let feeds = feeds.into_iter().filter(|feed| self::feeds().contains(feed)).collect();
    Some(RowUpdate { kind: row.kind().name().into(), id: row.id(), rev: 1, feeds, left: Vec::new(), body })
}

/// A notice that asks to be acknowledged.
pub(super) fn notice(n: usize) -> RowUpdate {
    let id: Id<xinmei_model::Notice> = people::named("notice", n);
    let class = family().child.path.last().copied();
    let body = json!({
        "id": id, "author": Uuid::from_u128(0xF), "author_name": "王老师", "author_title": "班主任",
        "audience": { "include": [{ "kind": "place", "id": class }], "except": [] },
        "families": 40, "children": 41, "title": format!("通知 {n}"), "body": "请准时参加".repeat(20),
        "ask": { "is": "acknowledge" },
        "answered_by": { "is": "any-guardian" }, "keeps_answers": false, "due": null, "supersedes": null, "changed": null,
        "composed": "2026-11-23T01:00:00Z", "state": { "is": "sent", "at": "2026-11-23T01:01:00Z" },
    });
    let feeds = vec![messages()];
    RowUpdate { kind: "notice".into(), id: id.uuid(), rev: 2, feeds, left: Vec::new(), body: Some(body) }
}

/// A notice that left the only feed it stood in: it is purged.
pub(super) fn gone(n: usize) -> RowUpdate {
    let id: Id<xinmei_model::Notice> = people::named("notice", n);
    let left = vec![messages()];
    RowUpdate { kind: "notice".into(), id: id.uuid(), rev: 3, feeds: Vec::new(), left, body: None }
}
