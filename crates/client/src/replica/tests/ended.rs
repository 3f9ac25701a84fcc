//! What goes with the right to know of a child.

use super::*;

fn ended(stage: &mut Stage) -> Page {
    let feeds = vec![Feed::Child(child()), messages()];
    let signature = stage.school.sign(&ended_message(stage.me.device, &feeds));
    let signature = BASE64URL_NOPAD.encode(&signature.to_bytes());
    Page { ended: Some(Ended { feeds, signature }), ..stage.page(Vec::new()) }
}

fn texts(stage: &Stage, table: &str) -> u32 {
    let sql = format!("SELECT count(*) FROM {table}");
    stage.replica.read_raw(|conn| Ok(conn.query_row(&sql, [], |row| row.get(0))?)).unwrap()
}

fn draft(stage: &Stage, key: &str, body: &str) {
    let sql = "INSERT INTO draft (key, body) VALUES (?1, ?2)";
    stage.replica.write(|conn| Ok(conn.execute(sql, [key, body])?)).unwrap();
}

#[test]
fn what_was_typed_about_the_child_goes_and_the_rest_stays() {
    let mut stage = Stage::family();
    draft(&stage, "notice.compose", "雨桐的");
    draft(&stage, "event.plan", "请接李雨桐");
    draft(&stage, &format!("sign-up.{}", child()), "两个大人");
    let id = stage.acknowledge().unwrap();
    stage.replica.push_batch(100).unwrap();
    stage.replica.apply_pushed(&stage.verdict(id, Verdict::Accepted { rev: 5 })).unwrap();
    assert_eq!(texts(&stage, "receipt"), 1);
    let cancel = Act::CancelEvent { event: Id::new(Uuid::from_u128(5)), reason: "雨".into() };
    let (ids, _) = stage.replica.save(vec![cancel.clone()]).unwrap();
    stage.acknowledge().unwrap();
    stage.replica.save(vec![cancel]).unwrap();
    let aside = stage.path.with_file_name("replica.db.aside-1");
    std::fs::write(&aside, "李雨桐").unwrap();

    let page = ended(&mut stage);
    stage.replica.apply_page(&page).unwrap();
    assert_eq!((texts(&stage, "draft"), texts(&stage, "receipt")), (1, 0));
    assert!(!aside.exists(), "older copies of the store go too");
    let push = stage.replica.push_batch(100).unwrap().unwrap();
    assert_eq!((push.first, push.mutations.len()), (2, 2), "no gap where the wish for the child was");
    assert_eq!(push.mutations[0]["id"], json!(ids[0]));
    assert!(!serde_json::to_string(&push).unwrap().contains(&child().to_string()));
}

#[test]
fn a_wish_for_the_child_that_was_sent_keeps_its_number_and_loses_its_text() {
    let mut stage = Stage::family();
    let id = stage.acknowledge().unwrap();
    stage.replica.push_batch(100).unwrap();
    let page = ended(&mut stage);
    stage.replica.apply_page(&page).unwrap();
    let push = stage.replica.push_batch(100).unwrap().unwrap();
    assert_eq!((push.first, &push.mutations[0]), (1, &json!({ "id": id })));
    assert_eq!(meta_number(&stage), 1);
}

fn meta_number(stage: &Stage) -> u64 {
    stage.replica.read_raw(|conn| meta::number(conn, "last_number")).unwrap()
}

#[test]
fn an_end_nobody_signed_takes_no_text() {
    let mut stage = Stage::family();
    draft(&stage, "event.plan", "请接李雨桐");
    let mut page = ended(&mut stage);
    page.ended = page.ended.map(|ended| Ended { signature: String::new(), ..ended });
    stage.replica.apply_page(&page).unwrap();
    assert_eq!(texts(&stage, "draft"), 1);
}
