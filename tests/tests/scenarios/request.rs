//! A family asks for leave and for somebody else to fetch the child, with the network cut; the class teacher answers; the
//! gate and the other teachers see what they need and no more.

use jiff::civil::{Date, date};
use xinmei_client::api::{
    family_request as request,
    imports::SetRights,
    sync::{ItemState, ListOutbox, Seen},
    today::{self, Today},
};
use xinmei_model::{Child, DayPart, Id, Refusal, Relation, RequestState, Right, RoleKind, Wanted};
use xinmei_tests::{Device, Guardian, World, at};

const TOMORROW: Date = date(2026, 11, 24);

struct Scene {
    world: World,
    child: Id<Child>,
    zhang: Device,
    luo: Device,
    gate: Device,
    li: Device,
}

async fn scene() -> Scene {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let campus = world.campus("本部").await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let luo = world.staff("罗文", RoleKind::SubjectTeacher, "数学", class).await;
    let gate = world.staff("周文静", RoleKind::Coordinator, "活动协调员", campus).await;
    let (li, children) = world.family("李建国", &[("李雨桐", class)]).await;
    for device in [&zhang, &luo, &gate, &li] {
        device.sync().await;
    }
    Scene { world, child: children[0], zhang, luo, gate, li }
}

fn leave() -> Wanted {
    Wanted::Leave {
        from: TOMORROW, to: TOMORROW, part: DayPart::Morning, reason: "发烧三十九度".into()
    }
}

fn pick_up(by: &str) -> Wanted {
    let at = at("2026-11-24T16:10");
    Wanted::PickUp { by: by.into(), relation: "外公".into(), phone: "13800000001".into(), at }
}

impl Scene {
    async fn sync(&self) {
        // What the first hears of the last comes with the second round.
        for device in [&self.li, &self.zhang, &self.luo, &self.gate, &self.li] {
            device.sync().await;
        }
    }

    async fn end(self) {
        self.sync().await;
        self.world.end(&[&self.zhang, &self.luo, &self.gate, &self.li]).await;
    }

    async fn make(&self, wanted: Wanted) {
        self.li.ask(request::Make { child: self.child, wanted, on_behalf_of: None }).await;
    }
}

/// Whether a text stands anywhere in what reached this computer.
fn holds(device: &Device, text: &str) -> bool {
    device.client.replica().unwrap().holdings().unwrap().contains(text)
}

async fn requests(device: &Device) -> Vec<request::RequestView> {
    device.ask(request::List {}).await.requests
}

async fn day(device: &Device) -> request::DayList {
    device.ask(request::Day { day: Some(TOMORROW) }).await
}

#[tokio::test]
async fn a_family_asks_offline_and_everybody_learns_what_they_need() {
    let scene = scene().await;
    scene.make(leave()).await;
    let mine = requests(&scene.li).await.remove(0);
    assert_eq!((mine.state, mine.pending), (RequestState::Open, Some(ItemState::Saved)), "said as it is");
    scene.sync().await;
    assert_eq!(requests(&scene.li).await[0].pending, None);
    let Today::Teacher(today) = scene.zhang.ask(today::Open {}).await else { panic!("a teacher's Today") };
    assert_eq!((today.requests.len(), today.requests[0].may_answer), (1, true));
    assert!(requests(&scene.luo).await.is_empty() && requests(&scene.gate).await.is_empty());
    let request = today.requests[0].id;
    scene.zhang.ask(request::Answer { request, agrees: true, note: "早日康复".into() }).await;
    assert!(requests(&scene.zhang).await[0].pending.is_some());
    scene.sync().await;
    let mine = requests(&scene.li).await.remove(0);
    assert!(
        matches!(mine.state, RequestState::Agreed { by, note, .. } if by == "张晓梅" && note == "早日康复")
    );
    for device in [&scene.zhang, &scene.luo, &scene.gate] {
        let list = day(device).await;
        assert_eq!((list.absent.len(), list.absent[0].child.name.as_str()), (1, "李雨桐"), "{}", device.name);
        assert_eq!(list.absent[0].part, DayPart::Morning);
    }
    assert!(holds(&scene.zhang, "发烧三十九度"));
    for device in [&scene.luo, &scene.gate] {
        assert!(!holds(device, "发烧三十九度"), "the reason is the class teacher's alone");
    }
    scene.end().await;
}

#[tokio::test]
async fn the_gate_knows_who_fetches_until_the_family_takes_it_back() {
    let scene = scene().await;
    scene.make(pick_up("王建军")).await;
    scene.sync().await;
    let request = requests(&scene.zhang).await[0].id;
    scene.zhang.ask(request::Answer { request, agrees: true, note: String::new() }).await;
    scene.zhang.sync().await;
    scene.sync().await;
    let list = day(&scene.gate).await;
    assert_eq!((list.pick_ups[0].by.as_str(), list.pick_ups[0].agreed_by.as_str()), ("王建军", "张晓梅"));
    let others = day(&scene.luo).await;
    assert!(!others.sees_pick_ups && others.pick_ups.is_empty() && others.absent.is_empty());
    scene.li.ask(request::Withdraw { request, on_behalf_of: None }).await;
    scene.sync().await;
    assert!(day(&scene.gate).await.pick_ups.is_empty());
    assert!(!holds(&scene.gate, "13800000001"), "what left the list leaves the computer");
    scene.end().await;
}

#[tokio::test]
async fn a_ban_is_not_overridden_and_takes_back_what_was_agreed() {
    let scene = scene().await;
    let father = Guardian { relation: Relation::Father, ..Guardian::parent("李国强") };
    let link = scene.world.link(&father, scene.child).await;
    scene.make(pick_up("李国强")).await;
    scene.sync().await;
    let request = requests(&scene.zhang).await[0].id;
    scene.zhang.ask(request::Answer { request, agrees: true, note: String::new() }).await;
    scene.zhang.sync().await;
    scene.sync().await;
    assert_eq!(day(&scene.gate).await.pick_ups.len(), 1);
    let office = scene.world.staff("罗敏", RoleKind::Administrator, "信息管理员", scene.world.root()).await;
    office.sync().await;
    office.ask(SetRights { link, rights: vec![Right::Messages], barred: false }).await;
    office.sync().await;
    scene.sync().await;
    assert!(day(&scene.gate).await.pick_ups.is_empty());
    assert!(matches!(requests(&scene.li).await[0].state, RequestState::Revoked { .. }));
    scene.make(pick_up("李国强")).await;
    scene.sync().await;
    let again = requests(&scene.zhang).await.remove(0);
    scene.zhang.ask(request::Answer { request: again.id, agrees: true, note: String::new() }).await;
    scene.zhang.sync().await;
    let refused = ItemState::Refused { refusal: Refusal::PickUpBarred };
    assert_eq!(requests(&scene.zhang).await[0].pending, Some(refused));
    let item = scene.zhang.ask(ListOutbox {}).await.items.remove(0);
    scene.zhang.ask(Seen { mutation: item.mutation }).await;
    scene.zhang.ask(request::Answer { request: again.id, agrees: false, note: "请联系办公室".into() }).await;
    scene.sync().await;
    scene.world.end(&[&scene.zhang, &scene.luo, &scene.gate, &scene.li, &office]).await;
}
