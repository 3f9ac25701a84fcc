//! A campaign whose post asks for something and whose desk says yes or no, over real HTTPS: two families and a coordinator.

use jiff::civil::date;
use xinmei_client::api::{
    notification::{NoteKind, ShiftNews},
    shift::{self, Shifts},
    today,
    volunteer::{Catalogue, ChangePost, PutCampaign, PutQualification, Step},
};
use xinmei_model::{
    CampaignDraft, Id, Place, Population, PostEntry, PostTerms, QualificationDraft, Refusal, RoleKind, Shift,
    TakeState, VolunteerAct,
};
use xinmei_tests::{Device, World, at};

fn plan(place: Id<Place>, terms: PostTerms) -> shift::Post {
    let one = |from: &str, until: &str| shift::PlannedShift { starts: at(from), ends: at(until), needed: 1 };
    shift::Post {
        place,
        title: "讲解员，校史馆".into(),
        about: "带一队来访的家长走完一圈".into(),
        meeting_point: "校史馆门口".into(),
        programme: "校园讲解".into(),
        shifts: vec![
            one("2026-11-26T16:30", "2026-11-26T17:10"),
            one("2026-11-27T16:30", "2026-11-27T17:10"),
        ],
        terms,
    }
}

async fn step(device: &Device, step: VolunteerAct) {
    device.ask(Step { step }).await;
    device.sync().await;
    let outbox = device.ask(xinmei_client::api::sync::ListOutbox {}).await;
    assert!(outbox.items.is_empty(), "{:?}", outbox.items);
}

async fn shifts(device: &Device) -> Shifts {
    device.sync().await;
    device.ask(shift::List {}).await
}

async fn take(device: &Device, shift: Id<Shift>) {
    device.ask(shift::Take { shift, on_behalf_of: None }).await;
    device.sync().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_that_asks_for_something_is_filled_by_yes_and_one_called_off_says_what_instead() {
    let world = World::new().await;
    let campus = world.campus("本部").await;
    let class = world.class("本部", 2024, 2).await;
    let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let (first, _) = world.family("刘芳", &[("李雨桐", class)]).await;
    let (second, _) = world.family("王强", &[("王小明", class)]).await;

    let draft = CampaignDraft {
        place: campus,
        name: "校园讲解员".into(),
        about: String::new(),
        tags: vec![],
        from: date(2026, 11, 23),
        to: date(2026, 12, 31),
    };
    desk.ask(PutCampaign { campaign: None, draft, version: 0 }).await;
    let draft = QualificationDraft {
        place: campus,
        name: "讲解培训".into(),
        about: "每月第一个周六 9:00".into(),
        expires: true,
        training: true,
    };
    desk.ask(PutQualification { qualification: None, draft, version: 0 }).await;
    desk.sync().await;
    let known = desk.ask(Catalogue {}).await;
    let (campaign, training) = (known.campaigns[0].id, known.qualifications[0].id);
    let terms = PostTerms {
        campaign: Some(campaign),
        population: Population::Parents,
        entry: PostEntry::Asked,
        requires: vec![training],
        handbook: "一、先听一次".into(),
        ..PostTerms::default()
    };
    desk.ask(plan(campus, terms.clone())).await;
    desk.sync().await;

    // What is missing is said before anything is pressed.
    let lines = shifts(&first).await.shifts;
    let line = &lines[0];
    assert_eq!(line.campaign.as_ref().map(|one| one.name.as_str()), Some("校园讲解员"));
    assert!(!line.requires[0].has);
    assert!(matches!(line.why_not, Some(Refusal::MissingQualification { .. })), "{:?}", line.why_not);
    let (id, next) = (line.id, lines[1].id);

    let people = vec![first.person, second.person];
    let until = Some(date(2026, 12, 10));
    step(&desk, VolunteerAct::ConfirmQualification { qualification: training, people, until, seen: None })
        .await;
    let lines = shifts(&first).await.shifts;
    assert!(lines[0].requires[0].has && lines[0].why_not.is_none());
    let today = first.ask(today::Open {}).await;
    let today::Today::Family(family) = today else { panic!("{today:?}") };
    let renews =
        |duty: &today::Duty| matches!(&duty.what, today::DutyKind::Renew { name, .. } if name == "讲解培训");
    assert!(family.duties.iter().any(renews), "a qualification that ends soon is a duty");

    take(&first, id).await;
    take(&second, id).await;
    assert_eq!(shifts(&first).await.shifts[0].own, Some(TakeState::Asked));
    desk.sync().await;
    let today::Today::Coordinator(day) = desk.ask(today::Open {}).await else { panic!() };
    assert_eq!(day.asking.len(), 2);
    let answer = |person, agrees, reason: &str| VolunteerAct::AnswerVolunteer {
        shift: id,
        person,
        agrees,
        reason: reason.into(),
    };
    step(&desk, answer(first.person, true, "")).await;
    step(&desk, answer(second.person, false, "这一班够了，周五还缺人")).await;
    let line = shifts(&second).await.shifts.remove(0);
    assert_eq!((line.own, line.reason.as_str()), (Some(TakeState::Declined), "这一班够了，周五还缺人"));
    assert_eq!(line.instead.map(|one| one.shift), Some(next));
    // How full it is reaches everybody a little later.
    world.count().await;
    let line = shifts(&first).await.shifts.remove(0);
    assert_eq!((line.mine, line.taken), (true, 1));

    // The second of two coordinators is told; what was changed stands.
    let roster = desk.ask(shift::Roster {}).await.posts.remove(0);
    let change = |title: &str| ChangePost {
        post: roster.id,
        version: roster.version,
        plan: shift::Post { title: title.into(), shifts: vec![], ..plan(campus, terms.clone()) },
    };
    desk.ask(change("讲解员，校史馆一层")).await;
    desk.sync().await;
    desk.ask(change("讲解员，校史馆二层")).await;
    desk.sync().await;
    let failed = desk.ask(xinmei_client::api::sync::ListOutbox {}).await.items;
    assert_eq!(failed.len(), 1, "{failed:?}");
    desk.ask(xinmei_client::api::sync::Seen { mutation: failed[0].mutation }).await;
    assert_eq!(shifts(&first).await.shifts[0].title, "讲解员，校史馆一层");

    step(&desk, VolunteerAct::CallOffShift { shift: id, reason: "当天停课".into() }).await;
    let line = shifts(&first).await.shifts.remove(0);
    assert_eq!(line.own, Some(TakeState::CalledOff));
    assert_eq!(line.called_off.map(|off| off.reason).as_deref(), Some("当天停课"));
    assert_eq!(line.instead.map(|one| one.shift), Some(next));
    let told = first.client.tell_due().await.unwrap().notes;
    let off = |kind: &NoteKind| *kind == NoteKind::Shift { news: ShiftNews::CalledOff };
    assert!(told.iter().any(|note| off(&note.what)), "{told:?}");
    world.end(&[&desk, &first, &second]).await;
}
