//! What an act travels in, as it stands on the wire and in outboxes: fixed for good.

use uuid::Uuid;
use xinmei_model::{Act, Hat, Id, Mutation};

fn id<T>(n: u128) -> Id<T> {
    Id::new(Uuid::from_u128(n))
}

fn text(n: u8) -> String {
    format!("00000000-0000-0000-0000-0000000000{n:02x}")
}

#[test]
fn a_mutation_is_written_and_read_as_in_the_first_release() {
    let act = Act::RecallNotice { notice: id(3), words: String::new() };
    let mutation = Mutation { id: id(1), hat: Hat::Staff { role: id(2) }, after: vec![], act };
    let json = format!(
        r#"{{"id":"{}","hat":{{"is":"staff","role":"{}"}},"after":[],"act":{{"do":"recall-notice","notice":"{}"}}}}"#,
        text(1),
        text(2),
        text(3)
    );
    assert_eq!(serde_json::to_string(&mutation).unwrap(), json);
    assert_eq!(serde_json::from_str::<Mutation>(&json.replace(r#""after":[],"#, "")).unwrap(), mutation);
    assert_eq!(serde_json::to_string(&Hat::Guardian).unwrap(), r#"{"is":"guardian"}"#);
}
