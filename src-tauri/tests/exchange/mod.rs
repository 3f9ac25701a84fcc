//! 交流中心 in the real window, pressed and typed by a family, its class teacher, the office and a head.

mod alerts;
mod answers;
mod conversations;
mod requests;
mod versions;

use crate::{
    drive::Window,
    story::{School, joins},
};

/// Whoever stands on the strips of the demo school.
const CHILD: &str = "李雨桐";
const FATHER: &str = "李建国";
const TEACHER: &str = "宋海波";

async fn teacher(school: &School) -> Window {
    joins(school, &["--as", "teacher"], TEACHER).await
}

async fn family(school: &School) -> Window {
    joins(school, &["--as", "parent"], CHILD).await
}

/// Writes a notice to the class as far as its words.
async fn writes(teacher: &Window, title: &str, body: &str) {
    teacher.press("发通知").await;
    teacher.fill("加上班级", "三年级").await;
    teacher.choose("三年级2班").await;
    teacher.fill("标题", title).await;
    teacher.fill("正文", body).await;
}

/// Sends what is written, and sees it in the list.
async fn sends(teacher: &Window, title: &str) {
    teacher.press("发给 ").await;
    teacher.reads("已交给学校").await;
    teacher.reads(title).await;
}

/// Opens one of the list that an entry of the rail leads to.
async fn opens(window: &Window, rail: &str, title: &str) {
    window.press(rail).await;
    window.click(title).await;
}
