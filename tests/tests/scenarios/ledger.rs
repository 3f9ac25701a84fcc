//! The writer survives what goes wrong inside a group: a full disk, a panic, a row that cannot be read.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll, Waker},
    time::Duration,
};

use jiff::SignedDuration;
use uuid::Uuid;
use xinmei_model::{Allotment, Change, Due, DueKind};
use xinmei_server::{
    Fail,
    edge::Edge,
    ledger::{Ledger, Tx},
    school,
    store::Arg,
};
use xinmei_tests::World;

type Waiting = Pin<Box<dyn Future<Output = Result<(), Fail>>>>;

fn note(tx: &mut Tx<'_>, name: &'static str) -> Result<(), Fail> {
    tx.session().execute("INSERT INTO meta (name, value) VALUES ($1, '')", &[Arg::Text(name)]).map(drop)
}

fn fill_the_disk(tx: &mut Tx<'_>) -> Result<(), Fail> {
    // No page more than there are: an insert that needs one finds the disk full, and SQLite gives up everything.
    tx.session().rows("PRAGMA max_page_count = 1", &[])?;
    let large = "x".repeat(1 << 20);
    tx.session().execute("INSERT INTO meta (name, value) VALUES ('b', $1)", &[Arg::Text(&large)]).map(drop)
}

#[test]
fn a_full_disk_costs_the_write_that_met_it_and_nobody_twice() {
    let dir = tempfile::tempdir().unwrap();
    let edge = Edge::of_machine();
    let (store, writer, identity) = school::create(&dir.path().join("school"), &edge).unwrap();
    let (ledger, mut next_group) = Ledger::by_hand(store, writer, identity, edge, |_| {});
    let write = |run: fn(&mut Tx<'_>) -> Result<(), Fail>| -> Waiting {
        let ledger = ledger.clone();
        Box::pin(async move { ledger.write(run).await })
    };
    let mut group = [write(|tx| note(tx, "a")), write(fill_the_disk), write(|tx| note(tx, "c"))];
    let poll = |waiting: &mut Waiting| waiting.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    group.iter_mut().for_each(|waiting| assert!(poll(waiting).is_pending()));
    assert!(next_group(false));
    let results: Vec<_> = group.iter_mut().map(poll).collect();
    assert!(matches!(results[0], Poll::Ready(Ok(()))), "{results:?}");
    assert!(matches!(results[2], Poll::Ready(Ok(()))), "{results:?}");
    let Poll::Ready(Err(Fail::Store(error))) = &results[1] else { panic!("{results:?}") };
    assert_eq!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::DiskFull), "the first error: {error}");
    let rows = ledger.look(|session| session.rows("SELECT name FROM meta ORDER BY name", &[])).unwrap();
    assert_eq!(rows.iter().map(|row| row.text(0)).collect::<Vec<_>>(), ["a", "c"]);
}

#[tokio::test]
async fn a_panic_costs_the_write_it_came_from() {
    let world = World::new().await;
    let failed = world.ledger().write(|_| -> Result<(), Fail> { panic!("a bug") }).await.unwrap_err();
    assert!(failed.to_string().contains("a bug"), "{failed}");
    let raw = world.raw("李建国").await;
    assert_eq!(raw.probe("GET", "/readyz", None, None).await, (200, "ready".into()));
    world.end(&[]).await;
}

#[tokio::test]
async fn ready_means_that_the_writer_writes() {
    let world = World::new().await;
    let raw = world.raw("李建国").await;
    let full = |tx: &mut Tx<'_>| tx.session().rows("PRAGMA query_only = 1", &[]).map(drop);
    let _ = world.ledger().write(full).await;
    let (status, text) = raw.probe("GET", "/readyz", None, None).await;
    assert!(status >= 500, "{text}");
    assert_eq!(raw.probe("GET", "/healthz", None, None).await.0, 200);
    world.end(&[]).await;
}

#[tokio::test]
async fn one_timer_that_cannot_be_fired_stops_no_other() {
    let world = World::new().await;
    let at = world.now().checked_add(SignedDuration::from_secs(60)).unwrap();
    let good: Vec<Due> = (0..3).map(|n| Due::new(DueKind::ExpireOffer, Uuid::from_u128(n), at, 1)).collect();
    let timers = good.clone();
    let at_ns = i64::try_from(at.as_nanosecond()).unwrap();
    let set = world.ledger().write(move |tx| {
        for n in 0..60_u8 {
            tx.session().execute(
                "INSERT INTO due (id, kind, subject, at_ns, generation) VALUES ($1, 'unheard-of', $1, $2, 1)",
                &[Arg::Bytes(&[n; 16]), Arg::Int(at_ns - 1)],
            )?;
        }
        tx.apply(timers.iter().copied().map(Change::Set).collect())
    });
    set.await.unwrap();
    world.advance(SignedDuration::from_secs(61)).await;
    let count = |sql| world.ledger().look(|session| session.one(sql, &[])).unwrap().unwrap().int(0);
    assert_eq!(count("SELECT count(*) FROM due WHERE kind = 'unheard-of' AND done = 2"), 60);
    assert_eq!(count("SELECT count(*) FROM due WHERE kind = 'expire-offer' AND done = 1"), 3);
    assert!(world.ledger().next_due().is_none());
    world.end(&[]).await;
}

#[tokio::test]
async fn a_count_that_cannot_be_made_vetoes_no_write() {
    let world = World::new().await;
    let of = Uuid::now_v7();
    let write = world.ledger().write(move |tx| {
        tx.session().execute(
            "INSERT INTO row (id, kind, rev, feeds, body) VALUES ($1, 'session', 1, '', '{')",
            &[Arg::Bytes(of.as_bytes())],
        )?;
        tx.apply(vec![Change::put(Allotment::new(of, 1), [])])
    });
    write.await.unwrap();
    world.advance(SignedDuration::from_secs(1)).await;
    world.ledger().write(|tx| note(tx, "after")).await.unwrap();
    assert!(!world.ledger().counts_waiting());
    world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn long_reads_take_turns() {
    let world = World::new().await;
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let reads: Vec<_> = (0..40)
        .map(|_| {
            let (ledger, now, most) = (world.ledger().clone(), Arc::clone(&now), Arc::clone(&most));
            tokio::spawn(async move {
                let read = ledger.read(move |session| {
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::sleep(Duration::from_millis(20));
                    now.fetch_sub(1, Ordering::SeqCst);
                    session.one("PRAGMA cache_size", &[])
                });
                read.await.unwrap().unwrap().int(0)
            })
        })
        .collect();
    for read in reads {
        assert!(read.await.unwrap() >= -8 * 1024, "a reader's cache is small");
    }
    assert!(most.load(Ordering::SeqCst) <= 8, "{most:?} at once");
    world.end(&[]).await;
}

#[tokio::test]
async fn a_clock_that_is_set_back_is_told_and_stops_nothing() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let child = world.child("李雨桐", class).await;
    world.link(&xinmei_tests::Guardian::parent("李建国"), child).await;
    let raw = world.raw("李建国").await;
    let strip = world.strip("李建国").await;
    world.advance(SignedDuration::from_hours(14 * 24 + 1)).await;
    world.advance(-SignedDuration::from_hours(48)).await;
    let (status, text) = raw.probe("GET", "/readyz", None, None).await;
    assert!(status == 200 && text.contains("2880 minutes ahead"), "{text}");
    let fault = world.try_join(&strip.link, "").await.unwrap_err();
    assert!(format!("{fault:?}").contains("invite-expired"), "the school's time counts: {fault:?}");
    world.end(&[]).await;
}
