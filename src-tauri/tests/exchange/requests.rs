//! 请假: asked by a family, agreed by the class teacher at one press, read at the gate.

use super::{CHILD, family, teacher};
use crate::story::{School, joins};

/// In nobody else's reason.
const REASON: &str = "拔智齿";

#[tokio::test(flavor = "multi_thread")]
async fn a_leave_is_agreed_at_one_press_and_stands_on_the_list_of_the_day() {
    let school = School::demo().await;
    let teacher = teacher(&school).await;
    let head = joins(&school, &["--as", "head"], "今日名单").await;
    let family = family(&school).await;
    family.press("请假代接").await;
    family.press("孩子生病或有事").await;
    family.pick("哪个孩子", CHILD).await;
    family.pick("哪天", "今天").await;
    family.fill("原因", REASON).await;
    family.press("提交请假").await;
    family.reads("已提交，等班主任回复").await;

    head.press("今日名单").await;
    head.reads("名单，").await;
    assert!(!head.text().await.contains(CHILD), "nobody has agreed yet");
    teacher.reads(REASON).await;
    teacher.press_of(&format!("同意：{CHILD}")).await;

    family.reads("班主任已同意").await;
    head.reads(CHILD).await;
    assert!(!head.text().await.contains(REASON), "why is for the class teacher alone");
    for window in [teacher, head, family] {
        window.close().await;
    }
}
