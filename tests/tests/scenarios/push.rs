//! Numbers and ids of a push: whatever a device sends twice, oddly or too late has one answer.

use serde_json::{Value, json};
use uuid::Uuid;
use xinmei_model::{
    Act, Hat, Id, Refusal, Verdict,
    wire::{Page, Problem, Pushed},
};
use xinmei_server::store::Arg;
use xinmei_tests::{Raw, World};

async fn push(raw: &Raw, first: u64, mutations: &[Value]) -> Result<Pushed, Problem> {
    raw.post("/v1/push", &json!({ "protocol": 1, "first": first, "mutations": mutations })).await
}

fn wish() -> Value {
    let act = Act::Withdraw { booking: Id::new(Uuid::now_v7()), on_behalf_of: None };
    serde_json::to_value(Raw::wish(Hat::Guardian, act)).unwrap()
}

#[tokio::test]
async fn numbers_beyond_all_bounds_are_a_gap() {
    let world = World::new().await;
    let li = world.raw("李建国").await;
    for first in [u64::MAX, u64::MAX - 1, i64::MAX.unsigned_abs(), 2] {
        let problem = push(&li, first, &[wish(), wish(), wish()]).await.unwrap_err();
        assert_eq!(problem.code, "number-gap", "{first}");
    }
    assert_eq!(push(&li, 1, &[wish()]).await.unwrap().last_number, 1, "the writer lives");
    world.end(&[]).await;
}

#[tokio::test]
async fn a_wish_that_comes_again_under_a_new_number_is_answered_as_often_as_it_is_asked() {
    let world = World::new().await;
    let li = world.raw("李建国").await;
    let wish = wish();
    let first = push(&li, 1, std::slice::from_ref(&wish)).await.unwrap();
    for _ in 0..3 {
        let again = push(&li, 2, std::slice::from_ref(&wish)).await.unwrap();
        assert_eq!((again.last_number, again.verdicts[0].number), (2, 2));
        assert_eq!(again.verdicts[0].id, first.verdicts[0].id);
        assert_eq!(again.verdicts[0].verdict, first.verdicts[0].verdict);
    }
    let ask = json!({ "protocol": 1, "cursor": 0, "feeds": [], "arriving": {}, "outbox_from": 2 });
    let page: Page = li.post("/v1/pull", &ask).await.unwrap();
    assert_eq!(page.verdicts[0].id, first.verdicts[0].id, "a pull names the wish, too");
    world.end(&[]).await;
}

#[tokio::test]
async fn an_unreadable_wish_under_a_known_id_has_the_first_verdict() {
    let world = World::new().await;
    let li = world.raw("李建国").await;
    let wish = wish();
    let first = push(&li, 1, std::slice::from_ref(&wish)).await.unwrap();
    let garbled = json!({ "id": wish["id"], "do": "fly" });
    for _ in 0..2 {
        let again = push(&li, 2, std::slice::from_ref(&garbled)).await.unwrap();
        assert_eq!(again.verdicts[0].verdict, first.verdicts[0].verdict);
    }
    // The other way round: first unreadable, then readable.
    let other = self::wish();
    let garbled = json!({ "id": other["id"], "do": "fly" });
    push(&li, 3, &[garbled]).await.unwrap();
    let read = push(&li, 4, &[other]).await.unwrap();
    assert_eq!(read.verdicts[0].verdict, Verdict::Refused { refusal: Refusal::Unreadable });
    world.end(&[]).await;
}

#[tokio::test]
async fn a_refusal_that_speaks_of_acceptance_is_still_a_refusal() {
    let world = World::new().await;
    let li = world.raw("李建国").await;
    let first = wish();
    push(&li, 1, std::slice::from_ref(&first)).await.unwrap();
    // Words of a verdict are not the verdict.
    let text = r#"{"is":"refused","refusal":{"code":"malformed","field":"accepted"}}"#;
    world
        .ledger()
        .write(move |tx| tx.session().execute("UPDATE mutation SET verdict = $1", &[Arg::Text(text)]))
        .await
        .unwrap();
    let mut next = wish();
    next["after"] = json!([first["id"]]);
    let settled = push(&li, 2, &[next]).await.unwrap();
    assert!(
        matches!(settled.verdicts[0].verdict, Verdict::Refused { refusal: Refusal::DependsOn { .. } }),
        "{:?}",
        settled.verdicts
    );
    world.end(&[]).await;
}

#[tokio::test]
async fn a_device_removed_between_the_look_and_the_write_writes_nothing() {
    let world = World::new().await;
    let li = world.raw("李建国").await;
    let person = li.person;
    let device = world
        .ledger()
        .write(move |tx| Ok(xinmei_server::device::remove_devices(tx, person)?[0]))
        .await
        .unwrap();
    let caller = xinmei_server::device::Caller { device, person };
    let ask = xinmei_model::wire::Push { protocol: 1, first: 1, mutations: vec![wish()] };
    let refused = xinmei_server::push::push(world.ledger(), caller, ask).await.unwrap_err();
    assert!(matches!(refused, xinmei_server::Fail::Removed { .. }), "{refused}");
    world.end(&[]).await;
}
