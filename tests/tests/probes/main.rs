//! Everybody tries everything on everybody's ids. What is somebody else's, what is another school's and what never was
//! have one answer, and no answer holds a row that its reader may not see.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

mod acts;
mod contests;
mod hours;
mod plans;
mod school;
mod volunteering;

use std::collections::{BTreeMap, BTreeSet};

use acts::{acts, kind_at};
use school::{School, new};
use serde_json::{Value, json};
use uuid::Uuid;
use xinmei_model::{Act, Attachment, FileHash, FileKind, Hat, Kind, MessageText};
use xinmei_server::http::OPERATIONS;
use xinmei_tests::{Raw, Size};

/// The places of an act that hold an id.
fn places(value: &Value, path: &str, found: &mut Vec<String>) {
    match value {
        Value::String(text) if text.parse::<Uuid>().is_ok() => found.push(path.to_owned()),
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                places(item, &format!("{path}/{n}"), found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                places(field, &format!("{path}/{name}"), found);
            }
        }
        _ => {}
    }
}

/// Pushes an act with these ids in one place; the answer without the id.
async fn answer(raw: &mut Raw, hat: Hat, act: &Value, path: &str, id: Uuid) -> String {
    let mut act = act.clone();
    *act.pointer_mut(path).unwrap() = json!(id);
    let mutation = json!({ "id": Uuid::now_v7(), "hat": hat, "act": act });
    let ask = json!({ "protocol": 1, "first": raw.number, "mutations": [mutation] });
    let (status, text) = raw.probe("POST", "/v1/push", Some(&raw.token), Some(ask.to_string())).await;
    raw.number += 1;
    assert_eq!(status, 200, "{text}");
    let pushed: Value = serde_json::from_str(&text).unwrap();
    let verdict = &pushed["verdicts"][0]["verdict"];
    assert_eq!(verdict["is"], "refused", "{path} {id} of {act}");
    verdict.to_string().replace(&id.to_string(), "…")
}

/// Ids of a kind that a person reads nowhere, then those of another school.
fn foreign(school: &School, other: &[(Uuid, Kind)], raw: &Raw, kind: Kind, most: usize) -> Vec<Uuid> {
    let known = school.known(&school.may(raw));
    let hidden = school.rows().into_iter().filter(|(id, of, _)| *of == kind && !known.contains(id));
    let theirs = other.iter().filter(|(_, of)| *of == kind).map(|(id, _)| *id);
    hidden.map(|(id, ..)| id).take(most).chain(theirs.take(most)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_act_tells_what_is_hidden_from_what_is_not_there() {
    let (mut school, other) = (School::new().await, School::new().await);
    let theirs: Vec<_> = other.rows().into_iter().map(|(id, kind, _)| (id, kind)).collect();
    let most = Size::of_run().pick(2, 3, 30);
    let (mut probes, mut told) = (0, Vec::new());
    for (who, mut raw, hat) in std::mem::take(&mut school.principals) {
        let may = school.may(&raw);
        let own: BTreeMap<Kind, Uuid> = {
            let rows = school.rows().into_iter().rev();
            rows.filter(|(_, _, feeds)| !feeds.is_disjoint(&may)).map(|(id, kind, _)| (kind, id)).collect()
        };
        for act in acts(matches!(hat, Hat::Staff { .. })) {
            let mut act = serde_json::to_value(&act).unwrap();
            let mut ids = Vec::new();
            places(&act, "", &mut ids);
            let kinds: BTreeMap<String, Kind> =
                ids.into_iter().filter_map(|path| Some((path.clone(), kind_at(&act, &path)?))).collect();
            // All that is not being tried is the person's own, so that each place comes to be looked at.
            for (path, kind) in &kinds {
                if let Some(id) = own.get(kind) {
                    *act.pointer_mut(path).unwrap() = json!(id);
                }
            }
            for (path, kind) in &kinds {
                let nobodys = answer(&mut raw, hat, &act, path, Uuid::now_v7()).await;
                for id in foreign(&school, &theirs, &raw, *kind, most) {
                    probes += 1;
                    let said = answer(&mut raw, hat, &act, path, id).await;
                    if said != nobodys {
                        told.push(format!("{who}: {} {path} {id}: {said}, not {nobodys}", act["do"]));
                    }
                }
            }
        }
    }
    println!("{probes} probes");
    assert!(told.is_empty(), "{} answers tell:\n{}", told.len(), told.join("\n"));
    assert!(probes > 900, "{probes} are too few");
    school.world.end(&[]).await;
    other.world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_pull_gives_a_row_that_its_reader_may_not_see() {
    let mut school = School::new().await;
    let rows = school.rows();
    let feeds: BTreeSet<String> = rows.iter().flat_map(|(.., feeds)| feeds.clone()).collect();
    let mut probes = 0;
    for (who, raw, _) in std::mem::take(&mut school.principals) {
        let may = school.may(&raw);
        let hidden: BTreeSet<Uuid> =
            rows.iter().filter(|(.., feeds)| feeds.is_disjoint(&may)).map(|(id, ..)| *id).collect();
        // Each feed alone, and all of them; as held, and as arriving; from the beginning, and from the future.
        let mut asks: Vec<Vec<&String>> = feeds.iter().map(|feed| vec![feed]).collect();
        asks.push(feeds.iter().collect());
        for ask in asks {
            for (cursor, held) in [(0, true), (0, false), (u64::MAX / 4, true)] {
                probes += 1;
                let arriving: BTreeMap<_, _> = ask.iter().filter(|_| !held).map(|feed| (feed, 0)).collect();
                let held: Vec<_> = ask.iter().filter(|_| held).collect();
                let ask = json!({
                    "protocol": 1, "cursor": cursor, "feeds": held, "arriving": arriving, "outbox_from": 0
                });
                let body = Some(ask.to_string());
                let (status, text) = raw.probe("POST", "/v1/pull", Some(&raw.token), body).await;
                assert_eq!(status, 200, "{who}: {text}");
                let page: Value = serde_json::from_str(&text).unwrap();
                for row in page["rows"].as_array().unwrap() {
                    let id: Uuid = row["id"].as_str().unwrap().parse().unwrap();
                    assert!(!hidden.contains(&id), "{who} asks for {ask} and gets {row}");
                    for feed in row["feeds"].as_array().unwrap() {
                        assert!(may.contains(feed.as_str().unwrap()), "{who} is told of {feed}");
                    }
                }
            }
        }
    }
    println!("{probes} probes");
    assert!(probes > 900, "{probes} are too few");
    school.world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_operation_tells_whose_a_thing_is() {
    let mut school = School::new().await;
    let settled = school.settled.clone();
    let persons: Vec<Uuid> =
        school.rows().into_iter().filter(|(_, kind, _)| *kind == Kind::Person).map(|(id, ..)| id).collect();
    for (who, raw, hat) in std::mem::take(&mut school.principals) {
        let token = Some(raw.token.as_str());
        // In the path: mutations of others, imports by those who may not import.
        let nobodys = raw.probe("GET", &format!("/v1/mutations/{}", Uuid::now_v7()), token, None).await;
        for (_, id) in settled.iter().filter(|(person, _)| *person != raw.person.uuid()) {
            let said = raw.probe("GET", &format!("/v1/mutations/{id}"), token, None).await;
            assert_eq!(said, nobodys, "{who} asks for the fate of {id}");
        }
        // On whose devices a notice is: for its author alone.
        let delivery = |id: Uuid| format!("/v1/notices/{id}/delivery");
        let nobodys = raw.probe("GET", &delivery(Uuid::now_v7()), token, None).await;
        assert_eq!(nobodys.0, 404, "{who}: {}", nobodys.1);
        for (id, ..) in school.rows().into_iter().filter(|(_, kind, _)| *kind == Kind::Notice) {
            let said = raw.probe("GET", &delivery(id), token, None).await;
            assert_eq!(said, nobodys, "{who} asks where {id} is");
        }
        // In the body: somebody else's mutation under a number of one's own.
        let mut raw = raw.clone();
        for (_, id) in settled.iter().filter(|(person, _)| *person != raw.person.uuid()) {
            let act = Act::RecallNotice { notice: new(), words: String::new() };
            let mutation = json!({ "id": id, "hat": hat, "act": act });
            let ask = json!({ "protocol": 1, "first": raw.number, "mutations": [mutation] });
            let (status, text) = raw.probe("POST", "/v1/push", Some(&raw.token), Some(ask.to_string())).await;
            raw.number += 1;
            assert_eq!(status, 200, "{text}");
            assert!(!text.contains("accepted"), "{who} is told what became of {id}: {text}");
        }
        let token = Some(raw.token.as_str());
        let administers = who == "an administrator";
        for path in ["confirm", "undo"] {
            let path = format!("/v1/imports/{}/{path}", Uuid::now_v7());
            let ask = json!({ "hat": hat, "let_leave": false }).to_string();
            let (status, text) = raw.probe("POST", &path, token, Some(ask)).await;
            assert_eq!(status, 404, "{who}: {text}");
        }
        let (status, _) = raw.probe("GET", "/v1/imports", token, None).await;
        assert_eq!(status == 200, administers, "{who} sees imports");
        // What others had in their hands, their reports, their inboxes.
        let sees = school.known(&school.may(&raw));
        for (id, kind, _) in school.rows().into_iter().filter(|(id, ..)| !sees.contains(id)) {
            let (path, ask) = match kind {
                Kind::Child => (
                    "/v1/history".to_owned(),
                    json!({ "hat": hat, "child": id, "at": "2026-11-23T03:00:00Z" }),
                ),
                Kind::Report => (format!("/v1/reports/{id}/read"), json!({ "hat": hat })),
                _ => continue,
            };
            let (status, text) = raw.probe("POST", &path, token, Some(ask.to_string())).await;
            assert_eq!(status, 404, "{who} at {path}: {text}");
        }
        for role in school.rows().into_iter().filter(|(_, kind, _)| *kind == Kind::Role).map(|(id, ..)| id) {
            let ask = json!({ "hat": hat }).to_string();
            let said = raw.probe("POST", &format!("/v1/inboxes/{role}/count"), token, Some(ask)).await;
            let own = matches!(hat, Hat::Staff { role: own } if own.uuid() == role);
            let may = own || administers || who.starts_with("a head");
            assert!(may || said.0 == 404, "{who} counts {role}: {said:?}");
        }
        // In bulk: one person's invite, with and without a stranger beside.
        if administers {
            continue;
        }
        let ask = |persons: &[Uuid]| json!({ "hat": hat, "persons": persons, "replace_devices": false });
        let unknown = ask(&[Uuid::now_v7()]).to_string();
        let nobodys = raw.probe("POST", "/v1/invites", token, Some(unknown)).await;
        for person in &persons {
            for ask in [ask(&[*person]), ask(&[*person, Uuid::now_v7()])] {
                let said = raw.probe("POST", "/v1/invites", token, Some(ask.to_string())).await;
                let invites = said.0 == 200 && who == "a class teacher";
                assert!(invites || said == nobodys, "{who} invites {person}: {said:?}");
            }
        }
    }
    school.world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_read_by_whoever_sees_a_row_that_names_it() {
    let mut school = School::new().await;
    let (files, rows) = (school.files.clone(), school.rows());
    let (mut given, mut kept) = (0, 0);
    for (who, mut raw, hat) in std::mem::take(&mut school.principals) {
        let may = school.may(&raw);
        let nobodys = FileHash::of(b"never uploaded");
        let nothing = raw.file(nobodys).await;
        for (message, hash) in &files {
            let sees = rows.iter().any(|(id, _, feeds)| id == message && !feeds.is_disjoint(&may));
            let said = raw.file(*hash).await;
            assert_eq!(said.0 == 200, sees, "{who} reads {hash}");
            given += usize::from(sees);
            if sees {
                continue;
            }
            kept += 1;
            assert_eq!(said, nothing, "{who} asks for {hash}");
            for hash in [*hash, nobodys] {
                let path = format!("/v1/uploads/{hash}");
                assert_eq!(raw.probe("HEAD", &path, Some(&raw.token), None).await.0, 404, "{who} {hash}");
                assert_eq!(raw.part(hash, 0, b"x").await, (404, "not-found".into()), "{who} {hash}");
            }
            // Nor is it named by whoever knows only what it hashes to.
            let mut refused = Vec::new();
            for sha256 in [*hash, nobodys] {
                let name = "病历.txt".to_owned();
                let file = Attachment { sha256, name, kind: FileKind::Text, bytes: 8, picture: None };
                let message = MessageText { id: new(), text: String::new(), quotes: None, files: vec![file] };
                let own = rows
                    .iter()
                    .find(|(_, kind, feeds)| *kind == Kind::Conversation && !feeds.is_disjoint(&may));
                let conversation = own.map_or_else(new, |(id, ..)| xinmei_model::Id::new(*id));
                let say = Act::SayMessage { conversation, child: new(), message };
                refused.push(raw.push(&Raw::wish(hat, say)).await);
            }
            assert_eq!(refused[0], refused[1], "{who} names {hash}");
            assert!(matches!(refused[0], xinmei_model::Verdict::Refused { .. }));
        }
    }
    assert!(given > 2 && kept > 20, "{given} given, {kept} kept");
    school.world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_session_is_told_nothing() {
    let (school, other) = (School::new().await, School::new().await);
    let raw = &school.principals[0].1;
    let ended = school.world.raw("a former teacher").await;
    assert_eq!(ended.probe("DELETE", "/v1/sessions/current", Some(&ended.token), None).await.0, 204);
    let thrown_out = school.world.raw("家长2").await;
    let person = thrown_out.person;
    school.world.ledger().write(move |tx| xinmei_server::device::remove_devices(tx, person)).await.unwrap();
    let elsewhere = other.world.raw("an administrator").await.token;
    let tokens = [
        ("nobody", None),
        ("nonsense", Some("AAAA")),
        ("no base64", Some("%%%")),
        ("another school's session", Some(elsewhere.as_str())),
        ("a session that was ended", Some(ended.token.as_str())),
        ("a device that was removed", Some(thrown_out.token.as_str())),
    ];
    for operation in OPERATIONS.iter().filter(|operation| operation.who != "anyone") {
        for (who, token) in tokens {
            for id in [Uuid::now_v7(), school.settled[0].1] {
                let path =
                    operation.path.replace("{id}", &id.to_string()).replace("{sha256}", &"0".repeat(64));
                let body = (operation.method == "post").then(|| "{}".to_owned());
                let (status, text) = raw.probe(&operation.method.to_uppercase(), &path, token, body).await;
                assert_eq!(status, 401, "{who} at {path}: {text}");
                // An answer to HEAD has no body.
                if operation.method == "head" {
                    continue;
                }
                let problem: Value = serde_json::from_str(&text).unwrap();
                let code = problem["code"].as_str().unwrap();
                assert!(matches!(code, "session-ended" | "device-removed"), "{who} at {path}: {text}");
            }
        }
    }
    school.world.end(&[]).await;
    other.world.end(&[]).await;
}
