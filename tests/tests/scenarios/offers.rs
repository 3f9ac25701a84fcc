//! People are asked to come, over real HTTPS: three families and a coordinator, one place.

use xinmei_client::api::{
    notification::{Note, NoteKind, ShiftNews},
    shift::{self, ShiftLine},
    sync::{ItemState, ListOutbox, Seen},
    today,
    volunteer::{Propose, Step},
};
use xinmei_model::{PostTerms, Refusal, RoleKind, TakeState, VolunteerAct};
use xinmei_tests::{Device, World, at};

async fn step(device: &Device, step: VolunteerAct) {
    device.ask(Step { step }).await;
    device.sync().await;
}

async fn line(device: &Device) -> ShiftLine {
    device.sync().await;
    device.ask(shift::List {}).await.shifts.remove(0)
}

async fn told(device: &Device) -> Vec<Note> {
    device.client.tell_due().await.unwrap().notes
}

#[tokio::test(flavor = "multi_thread")]
async fn of_three_who_are_asked_the_first_yes_has_the_place_and_the_others_hear_it_kindly() {
    let world = World::new().await;
    let campus = world.campus("本部").await;
    let class = world.class("本部", 2024, 2).await;
    let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let (first, _) = world.family("刘芳", &[("李雨桐", class)]).await;
    let (second, _) = world.family("王强", &[("王小明", class)]).await;
    let (third, _) = world.family("陈刚", &[("陈晨", class)]).await;
    let one = |day: &str| shift::PlannedShift {
        starts: at(&format!("2026-11-{day}T07:30")),
        ends: at(&format!("2026-11-{day}T08:10")),
        needed: 1,
    };
    let post = shift::Post {
        place: campus,
        title: "护学岗".into(),
        about: String::new(),
        meeting_point: "东门".into(),
        programme: String::new(),
        shifts: vec![one("26"), one("27")],
        terms: PostTerms::default(),
    };
    desk.ask(post).await;
    let posted = line(&desk).await;
    let shift = posted.id;
    let people = vec![first.person, second.person, third.person];
    // What was there when a device joined is no news to it.
    for device in [&first, &second, &third] {
        device.sync().await;
    }
    world.advance(jiff::SignedDuration::from_mins(1)).await;
    let words = "周四早上缺一位".to_owned();
    step(&desk, VolunteerAct::OfferShift { shift, people, words, until: None }).await;

    let asked = line(&first).await;
    assert_eq!(asked.own, Some(TakeState::Offered));
    assert_eq!(
        asked.offer.map(|offer| (offer.by, offer.words)),
        Some(("周敏".into(), "周四早上缺一位".into()))
    );
    let today::Today::Family(day) = first.ask(today::Open {}).await else { panic!() };
    assert!(day.duties.iter().any(|duty| matches!(&duty.what, today::DutyKind::Come { .. })));
    let notes = told(&first).await;
    let is = |news| move |kind: &NoteKind| matches!(kind, NoteKind::Shift { news: one } if *one == news);
    assert!(notes.iter().any(|note| is(ShiftNews::Offered)(&note.what) && note.to_do), "{notes:?}");

    // The second has not heard yet that the place is gone as they say yes.
    line(&second).await;
    let says =
        |agrees| VolunteerAct::AnswerOffer { shift, agrees, reason: String::new(), on_behalf_of: None };
    step(&first, says(true)).await;
    assert!(line(&first).await.mine);
    step(&second, says(true)).await;
    let outbox = second.ask(ListOutbox {}).await;
    let refused = |state: &ItemState| matches!(state, ItemState::Refused { refusal: Refusal::ShiftFull });
    assert!(outbox.items.iter().any(|item| refused(&item.state)), "{:?}", outbox.items);
    for item in outbox.items {
        second.ask(Seen { mutation: item.mutation }).await;
    }
    for device in [&second, &third] {
        let line = line(device).await;
        assert_eq!(
            (line.own, line.mine),
            (Some(TakeState::Released), false),
            "not needed any more, and told so"
        );
    }
    assert!(told(&third).await.iter().any(|note| is(ShiftNews::Released)(&note.what)));

    // Whom the desk could ask for the other day: not who comes the day before, and nobody is asked by looking.
    desk.sync().await;
    let posts = desk.ask(shift::Roster {}).await.posts;
    let other = posts[0].shifts[1].line.id;
    let proposal = desk.ask(Propose { shifts: vec![other] }).await.shifts;
    assert_eq!((proposal[0].missing, proposal[0].people.len()), (1, 1));
    assert_ne!(proposal[0].people[0].person, first.person, "who came seldom is asked first");

    // The shift moves: who comes keeps the place and is told.
    let change = VolunteerAct::ChangeShift {
        shift,
        starts: at("2026-11-26T07:20"),
        ends: at("2026-11-26T08:00"),
        needed: 1,
        version: 0,
    };
    world.advance(jiff::SignedDuration::from_mins(1)).await;
    step(&desk, change).await;
    let moved = line(&first).await;
    assert_eq!((moved.mine, moved.moved.map(|was| was.starts)), (true, Some(posted.starts)));
    assert!(told(&first).await.iter().any(|note| is(ShiftNews::Moved)(&note.what)));
    world.end(&[&desk, &first, &second, &third]).await;
}
