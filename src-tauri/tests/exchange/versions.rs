//! What was replaced or taken back is nowhere any more: not in the list, not on Today, not on the page that is open.

use serde_json::json;

use super::{CHILD, family, opens, sends, teacher, writes};
use crate::{
    drive::{Window, eventually},
    story::School,
};

const BEFORE: &str = "秋游 7:20 在东门集合";
const AFTER: &str = "秋游 7:50 在东门集合";
const RECALLED: &str = "明天全班体检";
const INSTEAD: &str = "体检改到下周，另行通知";

/// A notice that asks for 知道了 is with the family, which has it open.
async fn reads_and_notes(teacher: &Window, family: &Window, title: &str) {
    writes(teacher, title, "请带水。").await;
    teacher.pick("请家长", "知道了").await;
    sends(teacher, title).await;
    family.press("今天").await;
    family.reads(title).await;
    family.click(title).await;
    family.press_of(&format!("替{CHILD}点“知道了”")).await;
    family.reads("已完成").await;
}

/// Neither on the page that is open nor on any screen that lists it; struck out beside what replaced it, it may stand once.
async fn is_nowhere(family: &Window, fact: &str) {
    let stands = "const copy = document.body.cloneNode(true);
                  for (const struck of copy.querySelectorAll('del')) struck.remove();
                  return copy.textContent.includes(arguments[0])";
    let gone = async || family.run(stands, json!(fact)).await == false;
    eventually(gone).await;
    for (rail, reads) in [("今天", "接下来"), ("通知", "当时手里有什么")] {
        family.press(rail).await;
        family.reads(reads).await;
        eventually(gone).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_notice_replaces_the_old_one_everywhere_and_asks_again() {
    let school = School::demo().await;
    school.holds_nothing().await;
    let teacher = teacher(&school).await;
    let family = family(&school).await;
    reads_and_notes(&teacher, &family, BEFORE).await;

    opens(&teacher, "通知", BEFORE).await;
    teacher.press("更新").await;
    teacher.reads("替代").await;
    teacher.refill("标题", AFTER).await;
    teacher.press("发给 ").await;
    teacher.reads("已交给学校").await;

    is_nowhere(&family, "7:20").await;
    family.press("今天").await;
    family.reads("7:50").await;
    family.press_of(&format!("知道了：{AFTER}")).await;
    opens(&family, "通知", "7:50").await;
    family.reads("已完成").await;
    opens(&teacher, "通知", "7:50").await;
    teacher.reads("1 / ").await;
    for window in [teacher, family] {
        window.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recalled_notice_is_gone_from_the_page_that_shows_it() {
    let school = School::demo().await;
    school.holds_nothing().await;
    let teacher = teacher(&school).await;
    let family = family(&school).await;
    reads_and_notes(&teacher, &family, RECALLED).await;

    opens(&teacher, "通知", RECALLED).await;
    teacher.press("撤回通知").await;
    teacher.fill("告诉他们一句", INSTEAD).await;
    teacher.confirm("撤回通知").await;
    teacher.reads("已撤回").await;
    // The page that shows it becomes the trace, and in the list that stands where it stood.
    family.reads("已撤回的通知").await;
    family.reads(INSTEAD).await;
    is_nowhere(&family, RECALLED).await;
    family.reads(INSTEAD).await;
    // Its author keeps the trace.
    opens(&teacher, "通知", RECALLED).await;
    teacher.reads("撤回").await;
    for window in [teacher, family] {
        window.close().await;
    }
}
