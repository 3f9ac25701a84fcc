//! The coordinator's further screens in the real window: a venue is added, a lesson's roll is marked, the roll of a trip is called,
//! and the order of a contest is shown to everybody.

use crate::story::{School, joins};

#[tokio::test(flavor = "multi_thread")]
async fn a_venue_a_lesson_a_trip_and_a_contest() {
    let school = School::demo().await;
    let desk = joins(&school, &["--as", "coordinator"], "活动").await;

    desk.press("活动").await;
    desk.press("场地").await;
    desk.reads("新美书画廊").await;
    desk.press("添加场地").await;
    desk.fill("名称", "三楼小教室").await;
    desk.fill("可容多少人", "24").await;
    desk.confirm("存下").await;
    desk.reads("可容 24 人").await;

    desk.press("活动").await;
    desk.press("课程").await;
    desk.click("做会说话的家长").await;
    desk.press("记到场").await;
    desk.reads("位家长").await;
    desk.press("到了").await;
    desk.reads("已记 1 位").await;

    // It leaves in forty minutes: the roll at the gate of the school is open.
    desk.press("活动").await;
    desk.click("走进红岩村").await;
    desk.press("点名").await;
    desk.reads("还差").await;
    desk.press_of("到了：").await;
    desk.reads("：到了").await;

    desk.press("活动").await;
    desk.press("评选与竞选").await;
    desk.click("大队委换届选举").await;
    desk.press("出场顺序").await;
    desk.press("不再公布").await;
    desk.press("向全校公布顺序").await;
    desk.reads("不再公布").await;
    desk.close().await;
}
