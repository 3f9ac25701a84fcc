//! A family and a class teacher about one child; what is half written outlives the computer.

use std::time::Duration;

use super::{FATHER, TEACHER, family, opens, teacher};
use crate::story::{School, reopens};

const TITLE: &str = "午睡的毯子";
const ASKED: &str = "毯子薄了，明天可以送一条来吗？";
const ANSWERED: &str = "可以，放门卫室，写上名字。";
const DRAFT: &str = "还有一件事，下周";
/// What may be lost of what is typed.
const KEPT_WITHIN: Duration = Duration::from_millis(300);

#[tokio::test(flavor = "multi_thread")]
async fn a_question_an_answer_a_receipt_a_quote_and_a_draft_that_outlives_the_computer() {
    let school = School::demo().await;
    let teacher = teacher(&school).await;
    let family = family(&school).await;
    family.press("对话").await;
    family.press("新对话").await;
    family.reads(TEACHER).await;
    family.fill("什么事", TITLE).await;
    family.fill("想说的话", ASKED).await;
    family.press("发送").await;
    family.reads("谁能看到").await;

    opens(&teacher, "对话", TITLE).await;
    teacher.reads(ASKED).await;
    teacher.fill("写消息", ANSWERED).await;
    teacher.press("发送").await;

    family.reads(ANSWERED).await;
    family.press_of(&format!("收到：{ANSWERED}")).await;
    teacher.reads(&format!("收到：{FATHER}")).await;
    family.press_of(&format!("引用：{ANSWERED}")).await;
    family.fill("写消息", "好的").await;
    family.press("发送").await;
    teacher.reads("好的").await;
    let quoted = "return document.querySelector('main blockquote')?.innerText ?? ''";
    let quoted = teacher.run(quoted, serde_json::Value::Null).await;
    assert!(quoted.as_str().unwrap().contains(ANSWERED), "{quoted}");

    family.fill("写消息", DRAFT).await;
    tokio::time::sleep(KEPT_WITHIN).await;
    let family = reopens(family.die()).await;
    opens(&family, "对话", TITLE).await;
    family.reads(ANSWERED).await;
    assert_eq!(family.typed("写消息").await, DRAFT);
    for window in [teacher, family] {
        window.close().await;
    }
}
