//! The end of a trip, and the same trip held again.

use xinmei_client::api::{sync, trip_end};

use super::*;

impl Story {
    /// What was refused, which is read and goes.
    async fn told_no(&self, device: &Device) -> String {
        let items = device.ask(sync::ListOutbox {}).await.items;
        for item in &items {
            device.ask(sync::Seen { mutation: item.mutation }).await;
        }
        format!("{items:?}")
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trip_is_over_once_everybody_is_accounted_for() {
    let s = Story::begin().await;
    let [yutong, yuze, zihan] = s.children;
    for (stop, child) in [(0, yutong), (0, yuze), (0, zihan), (2, yutong), (2, zihan)] {
        s.calls(&s.escort, stop, child, true).await;
    }
    let end = |reason: &str| trip_end::End { session: s.session, reason: reason.into(), goes_on: false };
    // Without a network, as on the bus: the computer knows who is missing.
    assert_eq!(s.roll(&s.escort, 2).await.end.open.iter().map(|one| one.id).collect::<Vec<_>>(), [yuze]);
    s.escort.ask(end("")).await;
    s.escort.sync().await;
    s.desk.sync().await;
    assert!(s.roll(&s.desk, 2).await.end.at.is_none(), "the school does not end it either");
    s.escort.ask(end("妈妈在馆门口接走了")).await;
    s.all_sync().await;
    s.all_sync().await;
    let end = s.roll(&s.desk, 2).await.end;
    let (left, of) = (&end.left[0].left, end.left[0].child.id);
    assert_eq!((of, left.by_name.as_str(), left.reason.as_str()), (yuze, "陈静", "妈妈在馆门口接走了"));
    // The family reads that it is over, how far its own children came, and none of the words.
    let own = s.open(&s.li).await.own;
    let of = |child| own.iter().find(|one| one.child.id == child).unwrap().progress;
    assert_eq!((of(yutong), of(yuze)), (TripProgress::Back, TripProgress::Left));
    assert!(!serde_json::to_string(&s.open(&s.li).await).unwrap().contains("接走"));
    // Who calls somebody afterwards is told so; only that somebody is missing is taken whenever it comes.
    let mark = StopMark { child: yuze, here: true, note: String::new(), replaces: 1 };
    s.teacher.ask(Mark { session: s.session, stop: 2, marks: vec![mark] }).await;
    s.teacher.sync().await;
    assert!(s.told_no(&s.teacher).await.contains("TripEnded"));
    assert!(s.told_no(&s.escort).await.contains("NotAllBack"));
    // Held again it goes the same way; nobody has been called there, and what a change does not say stays.
    let copied = s.desk.ask(desk::Copy { event: s.event }).await.plan;
    let again = desk::Publish { title: "再访红岩村".into(), ..copied };
    s.desk.ask(again.clone()).await;
    s.desk.sync().await;
    let events = s.desk.ask(event::List {}).await.events;
    let event = events.into_iter().find(|line| line.title == again.title).unwrap().id;
    let change = desk::Publish { title: "再到红岩村".into(), trip: None, ..again };
    s.desk.ask(desk::Change { event, version: 0, plan: change }).await;
    s.desk.sync().await;
    let trip = s.desk.ask(Open { event }).await;
    assert_eq!((trip.title.as_str(), trip.plan), ("再到红岩村", Some(plan())));
    s.world.end(&[&s.desk, &s.teacher, &s.escort, &s.li, &s.zhao]).await;
}
