//! What families answer, on their own computer without a network and by telephone, and what both sides read of it.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::{CHILD, FATHER, TEACHER, family, opens, sends, teacher, writes};
use crate::{
    drive::Window,
    story::{SAVED, School, enrols, joins},
};

const SIGN: &str = "周五看牙防龋同意书";
const CHOOSE: &str = "下学期社团请选一项";
const READ: &str = "明天带两节五号电池";

/// The office lets notices go out at once.
async fn holds_nothing(school: &School) {
    let office = joins(school, &["--as", "administrator"], "管理员").await;
    office.press("切换身份").await;
    office.press("设置").await;
    office.pick("通知发出前可以撤回的时间", "不等").await;
    office.reads("通知不再停留，直接发出").await;
    office.close().await;
}

/// What the family has on paper for its files.
async fn slip(family: &Window) -> String {
    family.run("window.print = () => {}", Value::Null).await;
    family.press_of(&format!("打印存档：{CHILD}")).await;
    let slip = family.run("return document.querySelector('.slip')?.textContent ?? ''", Value::Null).await;
    slip.as_str().unwrap().to_owned()
}

/// The family, with a home of its own to keep files in.
async fn family_at_home(school: &School) -> (TempDir, Window) {
    let home = tempfile::tempdir().unwrap();
    let at = home.path().display().to_string();
    let invite = school.invite(&["--as", "parent"]).await;
    let family = Window::open_with(tempfile::tempdir().unwrap(), &[&invite], &[("HOME", &at)]).await;
    enrols(&family, CHILD).await;
    (home, family)
}

/// The same as a file for the record, without a dialog.
async fn keeps(family: &Window, home: &Path) {
    family.press_of(&format!("存为 PDF：{CHILD}")).await;
    family.reads("已存到“下载”文件夹").await;
    let pdf = std::fs::read(home.join(format!("{SIGN} {CHILD}.pdf"))).unwrap();
    assert!(pdf.starts_with(b"%PDF-") && pdf.len() > 5_000, "{} bytes", pdf.len());
    assert!(pdf.windows(9).any(|part| part == b"/FontFile"), "whoever opens it needs no font");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_and_a_choice_made_offline_arrive_with_who_made_them() {
    let mut school = School::demo().await;
    holds_nothing(&school).await;
    let teacher = teacher(&school).await;
    let (home, family) = family_at_home(&school).await;
    writes(&teacher, SIGN, "校医周五上午在医务室为孩子涂氟，约十分钟。").await;
    teacher.pick("请家长", "签字").await;
    sends(&teacher, SIGN).await;
    writes(&teacher, CHOOSE, "每周三下午。").await;
    teacher.pick("请家长", "选择").await;
    teacher.fill("第 1 项", "书法").await;
    teacher.fill("第 2 项", "合唱").await;
    sends(&teacher, CHOOSE).await;

    family.press("通知").await;
    family.reads(SIGN).await;
    family.reads(CHOOSE).await;
    school.stop().await;
    family.click(SIGN).await;
    family.reads("上面的全文，就是您签字的内容").await;
    family.press_of(&format!("同意，为{CHILD}签字")).await;
    family.reads(SAVED).await;
    opens(&family, "通知", CHOOSE).await;
    family.pick("选一项", "合唱").await;
    family.press_of(&format!("提交：{CHILD}")).await;
    family.reads(SAVED).await;
    assert!(!family.text().await.contains("已完成"), "nothing is done before the school has it");

    school.start().await;
    family.reads("已完成").await;
    opens(&family, "通知", SIGN).await;
    family.reads("已同意").await;
    family.forgets(SAVED).await;
    keeps(&family, home.path()).await;
    let slip = slip(&family).await;
    for words in [SIGN, "涂氟", CHILD, FATHER, "（爸爸）", "同意", "SHA-256"] {
        assert!(slip.contains(words), "{words} is not on the slip: {slip}");
    }

    for (title, answered) in [(SIGN, "已同意"), (CHOOSE, "合唱")] {
        opens(&teacher, "通知", title).await;
        teacher.reads("1 / ").await;
        teacher.press(CHILD).await;
        teacher.reads(FATHER).await;
        teacher.reads(answered).await;
        teacher.press("关闭").await;
    }
    for window in [teacher, family] {
        window.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_that_phones_reads_who_entered_its_answer() {
    let school = School::demo().await;
    school.holds_nothing().await;
    let teacher = teacher(&school).await;
    let family = family(&school).await;
    writes(&teacher, READ, "科学课用。").await;
    teacher.pick("请家长", "知道了").await;
    sends(&teacher, READ).await;
    family.reads(READ).await;

    opens(&teacher, "通知", READ).await;
    teacher.press(CHILD).await;
    teacher.pick("替哪一位监护人", &format!("{CHILD}爸爸（{FATHER}）")).await;
    teacher.fill("备注", "爸爸来电").await;
    teacher.press("代办：记下知道了").await;
    teacher.reads("1 / ").await;

    opens(&family, "通知", READ).await;
    family.reads("已完成").await;
    family.reads(&format!("{TEACHER}老师代办，爸爸来电")).await;
    family.press("今天").await;
    family.forgets(READ).await;
    for window in [teacher, family] {
        window.close().await;
    }
}
