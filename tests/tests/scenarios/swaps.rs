//! 换班 over real HTTPS: three families and a coordinator. What others pull names nobody, one answers offline, and the desk confirms.

use xinmei_client::api::{
    shift,
    swap::{OfferSwap, SwapList, Swaps},
    sync::{ItemState, ListOutbox, Seen},
    volunteer::Step,
};
use xinmei_model::{
    Id, List, PostTerms, Refusal, RoleKind, Shift, SwapAct, SwapOffer, SwapPart, SwapRule, SwapState, Take,
    TakeState, VolunteerAct,
};
use xinmei_tests::{Device, World, at};

async fn step(device: &Device, act: SwapAct) {
    device.ask(Step { step: VolunteerAct::Swap(act) }).await;
    device.sync().await;
}

async fn swaps(device: &Device) -> SwapList {
    device.sync().await;
    device.ask(Swaps::default()).await
}

async fn take(device: &Device, shift: Id<Shift>) {
    device.ask(shift::Take { shift, on_behalf_of: None }).await;
    device.sync().await;
}

fn coming(world: &World, shift: Id<Shift>) -> Vec<String> {
    let takes: Vec<Take> = world.list(List::TakesOf(shift));
    takes.into_iter().filter(|take| take.state == TakeState::Taken).map(|take| take.person_name).collect()
}

/// The rows of swaps a device holds, as text.
fn held(device: &Device, shift: Id<Shift>) -> (Vec<SwapOffer>, Vec<SwapPart>) {
    let read = |s: &xinmei_client::Snapshot<'_>| {
        let row: Option<Shift> = s.get(shift)?;
        let offers: Vec<SwapOffer> =
            row.map(|row| s.list(List::SwapOffersOf(row.post))).transpose()?.unwrap_or_default();
        let mut parts = Vec::new();
        for offer in &offers {
            parts.extend(s.list::<SwapPart>(List::SwapPartsOf(offer.id))?);
        }
        Ok((offers, parts))
    };
    device.client.replica().unwrap().read(read).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_of_three_swap_and_nobody_reads_who_it_is_but_the_desk() {
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
        needed: 2,
    };
    desk.ask(shift::Post {
        place: campus,
        title: "护学岗".into(),
        about: String::new(),
        meeting_point: "东门".into(),
        programme: String::new(),
        shifts: vec![one("26"), one("27"), one("30")],
        terms: PostTerms { swap: SwapRule::Confirmed, ..PostTerms::default() },
    })
    .await;
    for device in [&desk, &first, &second, &third] {
        device.sync().await;
    }
    let lines = first.ask(shift::List {}).await.shifts;
    let [wed, thu, mon] = [0, 1, 2].map(|n: usize| lines[n].id);
    take(&first, wed).await;
    take(&second, thu).await;
    take(&third, mon).await;

    first.ask(OfferSwap { give: wed, want: vec![], words: "那天要出差".into() }).await;
    first.sync().await;
    let mine = swaps(&first).await.mine;
    assert_eq!((mine.len(), mine[0].state), (1, SwapState::Open));
    let swap = mine[0].swap;
    // What the others pull: the shifts, and neither a person, nor a word.
    for (device, own) in [(&second, thu), (&third, mon)] {
        let list = swaps(device).await;
        assert_eq!(list.offers[0].yours.iter().map(|one| one.shift).collect::<Vec<_>>(), [own]);
        let (offers, parts) = held(device, wed);
        let text = serde_json::to_string(&offers).unwrap();
        assert!(parts.is_empty() && offers.len() == 1, "{parts:?}");
        assert!(!text.contains(&first.person.to_string()));
        let all = device.client.replica().unwrap().holdings().unwrap();
        assert!(!all.contains(&first.person.to_string()) && !all.contains("刘芳") && !all.contains("出差"));
    }
    assert_eq!(swaps(&desk).await.desk[0].words, "那天要出差");

    // The third answers without the net; the second was quicker. Late is told, and nothing was lost.
    third.ask(Step { step: VolunteerAct::Swap(SwapAct::AcceptSwap { swap, shift: mon }) }).await;
    assert_eq!(third.ask(Swaps::default()).await.mine[0].state, SwapState::Agreed, "foreseen");
    step(&second, SwapAct::AcceptSwap { swap, shift: thu }).await;
    third.sync().await;
    let outbox = third.ask(ListOutbox {}).await.items;
    let over = |state: &ItemState| matches!(state, ItemState::Refused { refusal: Refusal::SwapOver });
    assert!(outbox.iter().any(|item| over(&item.state)), "{outbox:?}");
    for item in outbox {
        third.ask(Seen { mutation: item.mutation }).await;
    }
    assert!(third.ask(Swaps::default()).await.mine.is_empty());

    // Nothing changed hands; the desk reads both names and confirms.
    assert_eq!((coming(&world, wed), coming(&world, thu)), (vec!["刘芳".into()], vec!["王强".to_owned()]));
    let asked = swaps(&desk).await.desk.remove(0);
    assert_eq!((asked.one.name.as_str(), asked.waits), ("刘芳", true));
    assert_eq!(asked.other.map(|other| other.name).as_deref(), Some("王强"));
    step(&desk, SwapAct::AnswerSwap { swap, agrees: true, reason: String::new(), seen: None }).await;
    assert_eq!((coming(&world, wed), coming(&world, thu)), (vec!["王强".into()], vec!["刘芳".to_owned()]));
    for (device, other, gets) in [(&first, &second, thu), (&second, &first, wed)] {
        let mine = swaps(device).await.mine;
        assert_eq!(
            (mine[0].state, mine[0].gets.as_ref().map(|one| one.shift)),
            (SwapState::Done, Some(gets))
        );
        let (offers, parts) = held(device, wed);
        let text = serde_json::to_string(&(offers, parts)).unwrap();
        assert!(!text.contains(&other.person.to_string()), "neither reads who the other is");
    }
    assert!(swaps(&third).await.offers.is_empty());
    world.end(&[&desk, &first, &second, &third]).await;
}
