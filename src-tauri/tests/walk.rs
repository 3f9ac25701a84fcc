//! Four windows through one school day: a teacher, a coordinator and two families who want the same seat.

use std::time::Duration;

use serde_json::Value;

use crate::{
    drive::Window,
    story::{SAVED, School, joins},
};

const TITLE: &str = "明天带一件厚外套";
const EVENT: &str = "只有一个名额的开放日";
/// The hold window of the demo school, and what a slow machine adds.
const HELD: Duration = Duration::from_secs(170);

async fn sends(teacher: &Window) {
    teacher.press("发通知").await;
    teacher.fill("加上班级", "三年级").await;
    teacher.choose("三年级2班").await;
    teacher.fill("标题", TITLE).await;
    teacher.press("发给 ").await;
    teacher.reads(TITLE).await;
}

async fn publishes(coordinator: &Window) {
    coordinator.press("活动").await;
    coordinator.press("发布活动").await;
    coordinator.fill("标题", EVENT).await;
    coordinator.refill("名额", "1").await;
    coordinator.earlier_year("开放报名").await;
    coordinator.press("发布，共 1 场 1 个名额").await;
    coordinator.reads(EVENT).await;
}

async fn signs_up_offline(family: &Window) {
    family.press("报名第 1 场").await;
    family.reads(SAVED).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_a_race_for_one_seat_and_a_shift() {
    let mut school = School::demo().await;
    let teacher = joins(&school, &["--as", "teacher"], "宋海波").await;
    sends(&teacher).await;
    let coordinator = joins(&school, &["--as", "coordinator"], "活动").await;
    publishes(&coordinator).await;

    let li = joins(&school, &["--as", "parent"], "李雨桐").await;
    let yan = joins(&school, &["--person", "阎艳", "--replace"], "王舒窈").await;
    for family in [&li, &yan] {
        family.press("活动").await;
        family.click(EVENT).await;
        family.reads("还有 1 个名额").await;
    }
    school.stop().await;
    signs_up_offline(&li).await;
    signs_up_offline(&yan).await;
    school.start().await;

    // The order of arrival decides, and both are told the truth.
    let (first, second) = loop {
        let (a, b) = (li.text().await, yan.text().await);
        match (a.contains("报名成功"), b.contains("报名成功")) {
            (true, false) if b.contains("候补第 1 位") => break (&li, &yan),
            (false, true) if a.contains("候补第 1 位") => break (&yan, &li),
            (true, true) => panic!("one seat was given twice"),
            _ => tokio::time::sleep(Duration::from_millis(200)).await,
        }
    };
    first.press("取消报名").await;
    second.reads("有名额了").await;
    second.press("确认").await;
    second.reads("报名成功").await;

    yan.press("志愿").await;
    yan.press("我来").await;
    coordinator.press("志愿").await;
    coordinator.press("排班").await;
    coordinator.reads("阎艳").await;

    li.press("通知").await;
    let goes_out = async {
        while !li.text().await.contains(TITLE) {
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    };
    tokio::time::timeout(HELD, goes_out).await.expect("the notice did not go out");
    li.click(TITLE).await;
    li.press("知道了").await;
    teacher.press("通知").await;
    teacher.click(TITLE).await;
    teacher.reads("1 / ").await;
    let told = teacher.run("return document.body.innerText", Value::Null).await;
    assert!(told.as_str().unwrap().contains("李雨桐"));
    for window in [teacher, coordinator, li, yan] {
        window.close().await;
    }
}
