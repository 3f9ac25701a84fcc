//! A place is given back the evening before: a few people are asked, one says yes, the others are released. Real HTTPS, the
//! server's own timers.

use jiff::SignedDuration;
use xinmei_client::api::{
    keeping::{Keeping, Kept},
    notification::{NoteKind, ShiftNews},
    shift,
    today::{self, DutyKind, Today},
    volunteer::Step,
};
use xinmei_model::{
    DayPart, Id, List, PostTerms, RoleKind, Shift, StandInState, Take, TakeState, VolunteerAct,
};
use xinmei_tests::{Device, World, at};

async fn step(device: &Device, step: VolunteerAct) {
    device.ask(Step { step }).await;
    device.sync().await;
    let outbox = device.ask(xinmei_client::api::sync::ListOutbox {}).await;
    assert!(outbox.items.is_empty(), "{:?}", outbox.items);
}

async fn keeping(device: &Device) -> Kept {
    device.sync().await;
    device.ask(Keeping {}).await
}

fn answer(shift: Id<Shift>) -> VolunteerAct {
    VolunteerAct::AnswerOffer { shift, agrees: true, reason: String::new(), on_behalf_of: None }
}

fn state(world: &World, shift: Id<Shift>, device: &Device) -> Option<TakeState> {
    let takes: Vec<Take> = world.list(List::TakesOf(shift));
    takes.into_iter().find(|take| take.person == device.person).map(|take| take.state)
}

async fn until(world: &World, text: &str) {
    let then = at(text).timestamp();
    world.advance(then.duration_since(world.now()).max(SignedDuration::ZERO)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_place_given_back_the_evening_before_is_filled_by_the_first_yes() {
    let world = World::new().await;
    let campus = world.campus("本部").await;
    let class = world.class("本部", 2024, 2).await;
    let desk = world.staff("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let mut people = Vec::new();
    for name in ["刘芳", "王强", "陈静", "赵敏", "孙丽"] {
        people.push(world.family(name, &[(&format!("{name}的孩子"), class)]).await.0);
    }
    let one =
        |from: &str, until: &str, needed| shift::PlannedShift { starts: at(from), ends: at(until), needed };
    desk.ask(shift::Post {
        place: campus,
        title: "护学岗，东门".into(),
        about: String::new(),
        meeting_point: "东门岗亭".into(),
        programme: String::new(),
        shifts: vec![
            one("2026-11-26T16:30", "2026-11-26T17:10", 1),
            one("2026-11-30T16:30", "2026-11-30T17:10", 5),
        ],
        terms: PostTerms::default(),
    })
    .await;
    desk.sync().await;
    let [first, others @ ..] = people.as_slice() else { panic!() };
    first.sync().await;
    let lines = first.ask(shift::List {}).await.shifts;
    let (id, later) = (lines[0].id, lines[1].id);
    first.ask(shift::Take { shift: id, on_behalf_of: None }).await;
    first.sync().await;
    // Who came to the post may be asked; one of them does not want to be.
    for other in others {
        other.sync().await;
        other.ask(shift::Take { shift: later, on_behalf_of: None }).await;
        other.sync().await;
    }
    let never = &others[3];
    step(never, VolunteerAct::WishStandIn { asks: false, days: vec![], part: DayPart::WholeDay }).await;
    assert!(!keeping(never).await.wish.asks);

    // The evening before: do you still come?
    until(&world, "2026-11-25T18:00").await;
    let asked = keeping(first).await.mine;
    assert_eq!(asked.iter().map(|one| one.shift).collect::<Vec<_>>(), [id]);
    let told = first.client.tell_due().await.unwrap().notes;
    let still = |kind: &NoteKind| *kind == NoteKind::Shift { news: ShiftNews::StillComing };
    assert!(told.iter().any(|note| still(&note.what)), "{told:?}");
    let Today::Family(family) = first.ask(today::Open {}).await else { panic!() };
    let is_it = |what: &DutyKind| matches!(what, DutyKind::StillComing { shift, .. } if *shift == id);
    assert!(family.duties.iter().any(|duty| is_it(&duty.what)));
    let shown = keeping(&desk).await.shifts.remove(0);
    assert_eq!((shown.shift, shown.unconfirmed, shown.may_search), (id, 1, false));
    step(first, VolunteerAct::ConfirmShift { shift: id, on_behalf_of: None }).await;
    assert!(keeping(first).await.mine.is_empty());
    assert_eq!(keeping(&desk).await.shifts[0].unconfirmed, 0);

    // She is ill after all.
    first.ask(shift::Drop { shift: id, on_behalf_of: None }).await;
    first.sync().await;
    world.advance(SignedDuration::from_secs(1)).await;
    let search = keeping(&desk).await.shifts.remove(0).search.unwrap();
    assert_eq!(
        (search.state, search.waves, search.asked, search.waiting),
        (StandInState::Searching, 1, 2, 2)
    );
    assert_eq!(state(&world, id, never), None, "who does not want to be asked is not");
    // Which two is drawn: nobody's name comes first.
    let asked: Vec<_> =
        others.iter().filter(|one| state(&world, id, one) == Some(TakeState::Offered)).collect();
    let [yes, thanked] = asked.as_slice() else { panic!("two are asked") };
    yes.sync().await;
    step(yes, answer(id)).await;
    assert_eq!(state(&world, id, yes), Some(TakeState::Taken));
    assert_eq!(state(&world, id, thanked), Some(TakeState::Released));
    let shown = keeping(&desk).await.shifts.remove(0);
    let search = shown.search.unwrap();
    assert_eq!((search.state, search.said_no, search.next), (StandInState::Filled, 0, None));
    // Time asks nobody any more.
    until(&world, "2026-11-26T12:00").await;
    assert_eq!(keeping(&desk).await.shifts[0].search.as_ref().unwrap().waves, 1);
    let devices: Vec<_> = people.iter().chain([&desk]).collect();
    world.end(&devices).await;
}
