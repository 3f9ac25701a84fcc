use xinmei_model::{Act, Answering, Reply, RoleKind, Take, TakeState};

use super::{list, roster::roster};
use crate::{
    api::sync::ItemState,
    view::{
        outbox,
        stage::{FATHER, SCHOOL, Stage, YUTONG, at, id},
        today::coordinator,
    },
};

const SHIFT: u128 = 600;

fn taken(stage: &Stage) {
    part(stage, TakeState::Taken);
}

fn part(stage: &Stage, state: TakeState) {
    stage.put(Take {
        id: xinmei_model::derived("take", id::<()>(SHIFT).uuid(), id::<()>(FATHER).uuid()),
        shift: id(SHIFT),
        post: id(SHIFT + 1),
        person: id(FATHER),
        person_name: "李建国".into(),
        entered: None,
        state,
        came: state == TakeState::Taken,
        reason: String::new(),
        offer: None,
        seal: String::new(),
        at: at("11-21T09:00").timestamp(),
    });
}

#[test]
fn a_wish_for_a_shift_is_told_from_a_wish_to_give_it_back() {
    let stage = Stage::family();
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 0);
    stage.shift(SHIFT + 10, "陪餐", ["11-24T08:00", "11-24T09:00"], 0);
    stage.wish(Act::TakeShift { shift: id(SHIFT), on_behalf_of: None });
    let lines = stage.read(list).shifts;
    assert!(!lines[0].mine && lines[0].pending == Some(ItemState::Saved));
    assert_eq!(lines[0].clash, None, "a shift is no clash with itself");
    assert_eq!(lines[1].clash.as_deref(), Some("护学岗"));

    let stage = Stage::family();
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 1);
    taken(&stage);
    stage.wish(Act::DropShift { shift: id(SHIFT), on_behalf_of: None });
    let line = &stage.read(list).shifts[0];
    assert!(line.mine && line.pending == Some(ItemState::Saved), "still one's own until the school has it");
}

#[test]
fn a_question_is_nobodys_time_asked_or_being_taken_back() {
    let stage = Stage::family();
    stage.shift(SHIFT, "讲解员", ["11-24T07:30", "11-24T08:10"], 0);
    stage.asks(SHIFT);
    stage.shift(SHIFT + 10, "陪餐", ["11-24T08:00", "11-24T09:00"], 0);
    stage.wish(Act::TakeShift { shift: id(SHIFT), on_behalf_of: None });
    let shown = stage.read(list).shifts;
    assert!(!shown[0].mine && shown[0].own == Some(TakeState::Asked));
    assert_eq!(shown[1].clash, None, "who asks has no time taken by it");

    let stage = Stage::family();
    stage.shift(SHIFT, "讲解员", ["11-24T07:30", "11-24T08:10"], 0);
    stage.asks(SHIFT);
    part(&stage, TakeState::Asked);
    stage.wish(Act::DropShift { shift: id(SHIFT), on_behalf_of: None });
    let line = &stage.read(list).shifts[0];
    assert!(!line.mine && line.own != Some(TakeState::Taken), "{:?}", line.own);
    assert_eq!(line.pending, Some(ItemState::Saved));
}

#[test]
fn the_roster_says_who_comes_and_where_people_are_missing() {
    let stage = Stage::staff(RoleKind::Coordinator, "志愿服务协调员", SCHOOL);
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 1);
    stage.shift(SHIFT + 10, "陪餐", ["11-24T08:00", "11-24T09:00"], 2);
    stage.child(YUTONG, "李雨桐", "20240412", crate::view::stage::CLASS);
    stage.link(40, FATHER, "李建国", YUTONG, true);
    taken(&stage);
    let posts = stage.read(roster).posts;
    assert_eq!(posts.iter().map(|post| post.title.as_str()).collect::<Vec<_>>(), ["护学岗", "陪餐"]);
    let people = &posts[0].shifts[0].people;
    assert_eq!(
        (people[0].name.as_str(), people[0].of.as_slice()),
        ("李建国", ["李雨桐".to_owned()].as_slice())
    );
    let missing = stage.read(coordinator::today).missing;
    assert_eq!(
        missing.iter().map(|one| (one.title.as_str(), one.taken)).collect::<Vec<_>>(),
        [("护学岗", 1)]
    );
}

#[test]
fn the_outbox_says_what_each_item_is_about() {
    let stage = Stage::family();
    stage.shift(SHIFT, "护学岗", ["11-24T07:30", "11-24T08:10"], 0);
    stage.notice(100, SCHOOL, "秋游", None);
    stage.wish(Act::TakeShift { shift: id(SHIFT), on_behalf_of: None });
    stage.wish(Act::Answer(Answering::new(id(100), id(YUTONG), Reply::Acknowledge)));
    let items = stage.read(outbox::list).items;
    let said: Vec<_> =
        items.iter().map(|item| (item.about.act.as_str(), item.about.title.as_str())).collect();
    assert_eq!(said, [("take-shift", "护学岗"), ("answer", "秋游")]);
    assert_eq!(items[1].about.children, ["李雨桐"]);
}
