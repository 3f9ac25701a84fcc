//! What a stranger, a thief or a broken network can say to the server, and what it answers.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use serde_json::json;
use uuid::Uuid;
use xinmei_client::api::{Fault, profile};
use xinmei_model::{Act, Answering, Hat, Id, Refusal, Relation, Reply, Right, RoleKind, Verdict};
use xinmei_server::{
    http::{OPERATIONS, document},
    invite,
};
use xinmei_tests::{Guardian, Raw, World};

#[tokio::test]
async fn every_operation_in_the_document_exists_and_asks_who_is_calling() {
    let world = World::new().await;
    let raw = world.raw("李建国").await;
    for operation in OPERATIONS {
        let path = operation.path.replace("{id}", &Uuid::now_v7().to_string());
        let path = path.replace("{sha256}", &"0".repeat(64));
        let body = (operation.method == "post").then(|| "{}".to_owned());
        let (status, text) = raw.probe(&operation.method.to_uppercase(), &path, None, body).await;
        assert_ne!(status, 405, "{} {} is not routed", operation.method, operation.path);
        if operation.who == "anyone" {
            assert!(status != 401, "{path}: {text}");
        } else {
            assert_eq!(status, 401, "{path} answers a stranger: {text}");
        }
    }
    world.end(&[]).await;
}

#[test]
fn the_document_holds_every_route_and_no_other() {
    // A router does not tell its routes; its source does.
    let sources = [
        include_str!("../../../crates/server/src/http.rs"),
        include_str!("../../../crates/server/src/http/files.rs"),
        include_str!("../../../crates/server/src/http/talk.rs"),
    ];
    let routes = sources.iter().flat_map(|source| source.split(".route(").skip(1)).map(|route| {
        let (_, rest) = route.split_once('"').unwrap();
        let (path, rest) = rest.split_once('"').unwrap();
        let method = rest.trim_start_matches([',', ' ', '\n']).split('(').next().unwrap();
        (method.to_owned(), path.to_owned())
    });
    let routes: BTreeSet<_> = routes.collect();
    let document = document();
    let described = document["paths"].as_object().unwrap().iter().flat_map(|(path, methods)| {
        methods.as_object().unwrap().keys().map(|method| (method.clone(), path.clone()))
    });
    assert_eq!(routes, described.collect());
}

#[tokio::test]
async fn not_yours_and_not_there_are_the_same_answer() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let mine = world.child("李雨桐", class).await;
    let other = world.child("赵子涵", class).await;
    world.link(&Guardian::parent("李建国"), mine).await;
    world.link(&Guardian::parent("赵倩"), other).await;
    let mut li = world.raw("李建国").await;
    let mut zhao = world.raw("赵倩").await;
    let unknown = Id::new(Uuid::now_v7());
    let notice = Id::new(Uuid::now_v7());
    let mut answers = Vec::new();
    for child in [other, unknown] {
        let act = Act::Answer(Answering::new(notice, child, Reply::Acknowledge));
        answers.push(li.push(&Raw::wish(Hat::Guardian, act)).await);
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], Verdict::Refused { refusal: Refusal::NotFound { what: "child".into() } });
    // Somebody else's mutation, and one that never was.
    let wish = Raw::wish(Hat::Guardian, Act::Answer(Answering::new(notice, other, Reply::Acknowledge)));
    zhao.push(&wish).await;
    let theirs = li.probe("GET", &format!("/v1/mutations/{}", wish.id), Some(&li.token), None).await;
    let nobodys = li.probe("GET", &format!("/v1/mutations/{unknown}"), Some(&li.token), None).await;
    assert_eq!(theirs, nobodys);
    assert_eq!(theirs.0, 404);
    // A hat that is somebody else's gives no power.
    let teacher = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    teacher.sync().await;
    let role = world.list::<xinmei_model::Role>(xinmei_model::List::RolesOf(teacher.person))[0].id;
    let act = Act::SetRights { link: Id::new(Uuid::now_v7()), rights: Right::ALL.to_vec(), barred: false };
    let verdict = li.push(&Raw::wish(Hat::Staff { role }, act)).await;
    assert!(matches!(verdict, Verdict::Refused { refusal: Refusal::NoPower { .. } }), "{verdict:?}");
    world.end(&[&teacher]).await;
}

#[tokio::test]
async fn a_pull_gives_no_feed_that_was_asked_for_but_not_granted() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let mine = world.child("李雨桐", class).await;
    let other = world.child("赵子涵", class).await;
    world.link(&Guardian::parent("李建国"), mine).await;
    world.link(&Guardian::parent("赵倩"), other).await;
    let li = world.raw("李建国").await;
    let greedy = [
        "office".to_owned(),
        format!("class/{class}"),
        format!("child/{other}"),
        format!("child/{other}/decide"),
        format!("person/{}", Uuid::now_v7()),
    ];
    for cursor in [0, u64::MAX / 4] {
        let arriving: serde_json::Map<_, _> = greedy.iter().map(|feed| (feed.clone(), json!(0))).collect();
        let ask = json!({ "protocol": 1, "cursor": cursor, "feeds": greedy, "arriving": arriving, "outbox_from": 0 });
        let (status, text) = li.probe("POST", "/v1/pull", Some(&li.token), Some(ask.to_string())).await;
        assert_eq!(status, 200, "{text}");
        assert!(text.contains("李雨桐"));
        assert!(!text.contains("赵子涵") && !text.contains("赵倩"), "{text}");
    }
    world.end(&[]).await;
}

#[tokio::test]
async fn nonsense_is_a_problem_with_a_code_never_a_crash() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let child = world.child("李雨桐", class).await;
    world.link(&Guardian::parent("李建国"), child).await;
    let li = world.raw("李建国").await;
    let deep = "[".repeat(5_000);
    let bodies = [
        "",
        "{",
        "null",
        "[]",
        "\"x\"",
        "{\"protocol\":1}",
        "{\"protocol\":99,\"first\":1,\"mutations\":[]}",
        "{\"protocol\":1,\"first\":-1,\"mutations\":[]}",
        "{\"protocol\":1,\"first\":7,\"mutations\":[{}]}",
        "{\"protocol\":1,\"first\":1,\"mutations\":7}",
        &deep,
        "\u{0}\u{feff}",
    ];
    for operation in OPERATIONS {
        for body in bodies {
            for id in ["x", "00000000-0000-0000-0000-000000000000", "%00", "../../etc"] {
                let path = operation.path.replace("{id}", id).replace("{sha256}", id);
                let body = (operation.method == "post").then(|| body.to_owned());
                if path == "/v1/live" {
                    continue;
                }
                if operation.path.starts_with("/v1/sessions/current") {
                    continue;
                }
                let (status, text) =
                    li.probe(&operation.method.to_uppercase(), &path, Some(&li.token), body).await;
                assert!(status < 500, "{} {path}: {status} {text}", operation.method);
                // An answer to HEAD has no body.
                if status >= 400 && operation.method != "head" {
                    assert!(text.contains("\"code\":"), "{path}: {status} {text}");
                }
                if !operation.path.contains('{') {
                    break;
                }
            }
        }
    }
    // One unreadable mutation is refused alone; the next one counts.
    let good =
        Raw::wish(Hat::Guardian, Act::TakeShift { shift: Id::new(Uuid::now_v7()), on_behalf_of: None });
    let push = json!({ "protocol": 1, "first": 1, "mutations": [{ "do": "fly" }, good] });
    let pushed: xinmei_model::wire::Pushed = li.post("/v1/push", &push).await.unwrap();
    assert_eq!(pushed.last_number, 2);
    assert_eq!(pushed.verdicts[0].verdict, Verdict::Refused { refusal: Refusal::Unreadable });
    // Larger than the limit.
    let huge = format!("{{\"protocol\":1,\"x\":\"{}\"}}", "x".repeat(3 * 1024 * 1024));
    let (status, text) = li.probe("POST", "/v1/push", Some(&li.token), Some(huge)).await;
    assert_eq!(status, 413, "{text}");
    world.end(&[]).await;
}

#[tokio::test]
async fn a_copied_profile_is_told_so() {
    let world = World::new().await;
    let mut li = world.raw("李建国").await;
    let nothing = |n| Act::Withdraw { booking: Id::new(Uuid::from_u128(n)), on_behalf_of: None };
    let first = Raw::wish(Hat::Guardian, nothing(1));
    let twin = Raw::wish(Hat::Guardian, nothing(2));
    li.push(&first).await;
    let problem = li.push_as(1, &twin).await.unwrap_err();
    assert_eq!(problem.code, "number-reused");
    let problem = li.push_as(9, &twin).await.unwrap_err();
    assert_eq!(problem.code, "number-gap");
    world.end(&[]).await;
}

#[tokio::test]
async fn a_strip_works_once_for_two_weeks_and_a_newer_one_replaces_it() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let child = world.child("李雨桐", class).await;
    let father = Guardian { relation: Relation::Father, ..Guardian::parent("李建国") };
    world.link(&father, child).await;
    let person = world.person("李建国").await;
    let school = &world.server().school;
    let issue = |replace| invite::issue_from_console(&school.ledger, school.address.clone(), person, replace);
    let (first, second) = (issue(false).await.unwrap(), issue(false).await.unwrap());
    assert_eq!(second.children[0].name, "李雨桐");

    let denied = |code: &str| {
        let code = code.to_owned();
        move |fault: Fault| {
            assert!(matches!(&fault, Fault::Denied { code: is, .. } if *is == code), "{fault:?}")
        }
    };
    denied("invite-used")(world.try_join(&first.link, "").await.unwrap_err());
    denied("invite-unknown")(world.try_join(&first.address, "0000-0000-0000").await.unwrap_err());
    // Address and code are enough, typed carelessly.
    let typed = second.code.to_lowercase().replace('-', " ");
    world.try_join(&second.address, &typed).await.unwrap();
    denied("invite-used")(world.try_join(&second.address, &second.code).await.unwrap_err());
    let third = issue(false).await.unwrap();
    world.advance(SignedDuration::from_hours(24 * 14 + 1)).await;
    denied("invite-expired")(world.try_join(&third.link, "").await.unwrap_err());
    world.end(&[]).await;
}

#[tokio::test]
async fn a_new_strip_for_a_lost_computer_ends_its_session_and_purges_it() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let (lost, _) = world.family("李建国", &[("李雨桐", class)]).await;
    let school = &world.server().school;
    let strip =
        invite::issue_from_console(&school.ledger, school.address.clone(), lost.person, true).await.unwrap();
    lost.sync().await;
    world.try_join(&strip.link, "").await.unwrap();
    assert!(lost.client.sync_once().await.is_err());
    let standing = lost.ask(profile::Status {}).await;
    assert!(matches!(standing, profile::Standing::Removed), "{standing:?}");
    assert!(!lost.client.replica().unwrap().holdings().unwrap().contains("李雨桐"));
    world.end(&[]).await;
}

#[tokio::test]
async fn a_server_that_does_not_know_the_code_is_not_trusted() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    world.family("李建国", &[("李雨桐", class)]).await;
    let school = &world.server().school;
    let person = world.person("李建国").await;
    let strip =
        invite::issue_from_console(&school.ledger, school.address.clone(), person, false).await.unwrap();
    // Another school at the address the strip names: another authority, no knowledge of the code.
    let other = World::new().await;
    let address = other.server().school.address.host.clone();
    let fault = world.try_join(&address, &strip.code).await.unwrap_err();
    assert!(matches!(fault, Fault::Denied { .. }), "{fault:?}");
    let link = strip.link.replace(&strip.address, &address);
    let fault = world.try_join(&link, "").await.unwrap_err();
    assert!(matches!(fault, Fault::Denied { .. } | Fault::Offline), "{fault:?}");
    other.end(&[]).await;
    world.end(&[]).await;
}
