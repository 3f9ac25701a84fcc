//! A second person's word, alerts and the roll-call against the real server: heads, a teacher, two families.

use jiff::SignedDuration;
use xinmei_client::api::{
    alert::{self, Alarm, ChildMark},
    notice,
    sync::{self, ItemState},
    today::{self, Today},
};
use xinmei_model::{
    Alert, AlertStatus, AnsweredBy, Ask, Audience, Certainty, Child, Id, MsgType, Notice, NoticeState, Place,
    Refusal, RoleKind, RollState, Severity, Target, Urgency,
};
use xinmei_tests::{Device, World, at};

struct Scene {
    world: World,
    principal: Device,
    moral: Device,
    zhang: Device,
    li: Device,
    zhao: Device,
    child: Id<Child>,
}

/// Two classes, so that neither is the school; 雨桐 is in the first, 子涵 in the second.
async fn scene() -> Scene {
    let world = World::new().await;
    let (first, second) = (world.class("本部", 2024, 2).await, world.class("本部", 2024, 3).await);
    let principal = world.staff("熊立新", RoleKind::Head, "校长", world.root()).await;
    let moral = world.staff("吴军", RoleKind::Head, "德育主任", world.root()).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", first).await;
    let (li, children) = world.family("李建国", &[("李雨桐", first)]).await;
    let (zhao, _) = world.family("赵倩", &[("赵子涵", second)]).await;
    principal.sync().await;
    Scene { world, principal, moral, zhang, li, zhao, child: children[0] }
}

fn to(place: Id<Place>, title: &str) -> notice::Send {
    notice::Send {
        audience: Audience { include: vec![Target::Place(place)], except: Vec::new() },
        families_seen: 2,
        title: title.into(),
        body: "请看完再决定。".into(),
        ask: Ask::Acknowledge,
        answered_by: AnsweredBy::AnyGuardian,
        due: None,
        send_at: None,
        supersedes: None,
        keeps_answers: false,
        asks_again: Default::default(),
        changed: None,
        class_reads: false,
        reminds: false,
        alert: None,
        files: Vec::new(),
    }
}

fn alarm(place: Id<Place>) -> notice::Send {
    let alert = Alert {
        status: AlertStatus::Actual,
        msg_type: MsgType::Alert,
        urgency: Urgency::Immediate,
        severity: Severity::Severe,
        certainty: Certainty::Observed,
        roll_call: true,
        expires: None,
    };
    notice::Send {
        ask: Ask::Nothing, alert: Some(alert), ..to(place, "实验楼有烟，学生已到操场")
    }
}

/// Follows an alert.
fn then(old: &Alarm, place: Id<Place>, msg_type: MsgType) -> notice::Send {
    let roll_call = msg_type != MsgType::Cancel;
    let alert = Alert { msg_type, roll_call, ..old.alert.clone() };
    notice::Send { alert: Some(alert), supersedes: Some(old.notice), ..alarm(place) }
}

impl Scene {
    async fn all_sync(&self) {
        for device in [&self.principal, &self.moral, &self.zhang, &self.li, &self.zhao] {
            device.sync().await;
        }
    }

    async fn newest(&self, device: &Device) -> Option<(Id<Notice>, NoticeState)> {
        device.sync().await;
        let notices = device.ask(notice::List {}).await.notices;
        notices.into_iter().next().map(|line| (line.id, line.state))
    }

    async fn end(self) {
        self.world.check();
        let Self { world, principal, moral, zhang, li, zhao, .. } = self;
        world.end(&[&principal, &moral, &zhang, &li, &zhao]).await;
    }
}

async fn alarms(device: &Device) -> Vec<Alarm> {
    device.sync().await;
    device.ask(alert::Now {}).await.alarms
}

async fn approvals(device: &Device) -> Vec<Id<Notice>> {
    device.sync().await;
    let Today::Teacher(day) = device.ask(today::Open {}).await else { panic!("staff") };
    day.approvals.into_iter().map(|line| line.notice).collect()
}

#[tokio::test]
async fn the_whole_school_hears_what_two_heads_agreed_to_and_reads_who() {
    let s = scene().await;
    let root = s.world.root();
    let preview = notice::Preview { audience: to(root, "").audience, send_at: None };
    let names = s.principal.ask(preview).await.approvers.expect("somebody has to agree");
    assert_eq!(names.len(), 1, "not the author");
    assert_eq!((names[0].name.as_str(), names[0].title.as_str()), ("吴军", "德育主任"));
    s.principal.ask(to(root, "下周一全校停课一天")).await;
    let (id, state) = s.newest(&s.principal).await.unwrap();
    assert!(matches!(state, NoticeState::Proposed { .. }), "{state:?}");
    s.world.advance(SignedDuration::from_hours(3)).await;
    assert_eq!(s.newest(&s.li).await, None);
    assert_eq!(approvals(&s.principal).await, []);
    assert_eq!(approvals(&s.moral).await, [id]);
    assert!(s.moral.ask(notice::Open { notice: id, child: None }).await.may_approve);
    s.moral.ask(notice::Approve { notice: id }).await;
    assert_eq!(approvals(&s.moral).await, [], "said is said, before the school has answered too");
    s.world.advance(SignedDuration::from_secs(121)).await;
    let (told, state) = s.newest(&s.li).await.unwrap();
    assert!(told == id && matches!(state, NoticeState::Sent { .. }), "{state:?}");
    let approved = s.li.ask(notice::Open { notice: id, child: None }).await.approved.expect("who agreed");
    assert_eq!((approved.name.as_str(), approved.title.as_str()), ("吴军", "德育主任"));
    s.end().await;
}

#[tokio::test]
async fn a_no_comes_back_with_its_reason_and_families_never_hear_of_it() {
    let s = scene().await;
    s.principal.ask(to(s.world.root(), "下周一全校停课一天")).await;
    let (id, _) = s.newest(&s.principal).await.unwrap();
    s.moral.sync().await;
    s.moral.ask(notice::Decline { notice: id, reason: "日期不对".into() }).await;
    s.moral.sync().await;
    let (_, state) = s.newest(&s.principal).await.unwrap();
    assert!(
        matches!(&state, NoticeState::Declined { by, reason, .. } if by == "吴军" && reason == "日期不对")
    );
    let Today::Teacher(day) = s.principal.ask(today::Open {}).await else { panic!("staff") };
    assert_eq!(day.held[0].notice, id, "its author has it before their eyes");
    assert_eq!(s.newest(&s.li).await, None);
    s.end().await;
}

#[tokio::test]
async fn an_alert_wakes_everybody_the_roll_is_called_and_the_other_head_ends_it() {
    let s = scene().await;
    let root = s.world.root();
    let night = at("2026-11-24T02:00").timestamp().duration_since(s.world.now());
    s.world.advance(night).await;
    s.all_sync().await;
    s.principal.ask(alarm(root)).await;
    s.principal.sync().await;
    s.world.advance(SignedDuration::from_secs(1)).await;
    for device in [&s.principal, &s.moral, &s.zhang, &s.li, &s.zhao] {
        let now = alarms(device).await;
        assert_eq!(now.len(), 1);
        assert_eq!(now[0].title, "实验楼有烟，学生已到操场");
    }
    let incident = alarms(&s.zhang).await[0].incident;

    // A teacher says where the children are, the family reads it; another family reads nothing of it.
    let roll = s.zhang.ask(alert::Roll { incident, class: None }).await;
    assert_eq!((roll.classes.len(), roll.children.len()), (1, 1));
    assert_eq!(roll.classes[0].count.unknown, 1);
    let mark = |state, replaces| ChildMark { child: s.child, state, note: String::new(), replaces };
    s.zhang.ask(alert::Mark { incident, marks: vec![mark(RollState::Safe, 0)] }).await;
    let here = s.zhang.ask(alert::Roll { incident, class: None }).await;
    assert_eq!(
        here.children[0].said.as_ref().unwrap().state,
        RollState::Safe,
        "foreseen on the teacher's own"
    );
    s.zhang.sync().await;
    let told = &alarms(&s.li).await[0].children[0];
    let said = told.said.as_ref().unwrap();
    assert_eq!((said.state, said.by_name.as_str(), told.version), (RollState::Safe, "张晓梅", 1));
    assert!(alarms(&s.zhao).await[0].children[0].said.is_none());
    let count = alarms(&s.moral).await[0].roll.unwrap();
    assert_eq!((count.children, count.safe, count.unknown), (2, 1, 1));

    // The update takes nothing back; the mother fetches the child; what the teacher says unseen is refused.
    let old = alarms(&s.principal).await.remove(0);
    s.principal.ask(then(&old, root, MsgType::Update)).await;
    s.principal.sync().await;
    s.world.advance(SignedDuration::from_secs(1)).await;
    let told = alarms(&s.li).await;
    assert_eq!((told.len(), told[0].incident, told[0].children[0].version), (1, incident, 1));
    s.li.ask(alert::Mark { incident, marks: vec![mark(RollState::PickedUp, 1)] }).await;
    s.li.sync().await;
    let stale = s.zhang.ask(alert::Mark { incident, marks: vec![mark(RollState::NeedsHelp, 1)] }).await;
    s.zhang.sync().await;
    let refusal = Refusal::AnsweredAlready { by: "李建国".into() };
    let items = s.zhang.ask(sync::ListOutbox {}).await.items;
    let item = items.into_iter().find(|item| item.mutation == stale.mutation).expect("it is still in sight");
    assert!(matches!(item.state, ItemState::Refused { refusal: found, .. } if found == refusal));
    s.zhang.ask(sync::Seen { mutation: stale.mutation }).await;

    let on = alarms(&s.moral).await.remove(0);
    assert!(on.may_end);
    s.moral.ask(then(&on, root, MsgType::Cancel)).await;
    s.moral.sync().await;
    s.world.advance(SignedDuration::from_secs(1)).await;
    let clear = alarms(&s.li).await;
    assert_eq!((clear.len(), clear[0].alert.msg_type), (1, MsgType::Cancel));
    s.world.advance(SignedDuration::from_hours(7)).await;
    assert!(alarms(&s.li).await.is_empty(), "the all-clear has been seen");
    s.end().await;
}
