//! An exercise: sounded by a head, answered at every home, over when the head says so.

use super::{CHILD, family};
use crate::story::{School, joins};

const TITLE: &str = "消防演练，请到操场集合";

#[tokio::test(flavor = "multi_thread")]
async fn an_exercise_calls_the_roll_until_the_all_clear() {
    let school = School::demo().await;
    let head = joins(&school, &["--as", "head"], "今日名单").await;
    let family = family(&school).await;
    head.press("通知").await;
    head.press("发警报").await;
    head.pick("种类", "演练").await;
    head.fill("加上学校", "本部三年级2班").await;
    head.choose("本部三年级2班").await;
    head.fill("标题", TITLE).await;
    head.fill("请大家做什么", "请在操场等老师点名。").await;
    head.press("发出演练通知").await;

    // Above whatever is on the screen, at once.
    family.reads(TITLE).await;
    family.reads(&format!("{}：还没有消息", "雨桐")).await;
    family.press("在我身边").await;
    family.reads("雨桐：在您身边").await;
    head.press_of(&format!("点名：{TITLE}")).await;
    head.reads("已确认 1 / ").await;
    head.reads(CHILD).await;

    head.press("结束演练").await;
    head.press("家演练结束").await;
    family.reads("演练结束").await;
    family.forgets("在我身边").await;
    for window in [head, family] {
        window.close().await;
    }
}
