//! Push: many clients with one mutation at a time, and one client with a full outbox.

use std::time::{Duration, Instant};

use uuid::Uuid;
use xinmei_model::{
    Act, Hat, Id, Mutation, PostDraft, RoleKind, Shift, ShiftDraft,
    wire::{PROTOCOL, Push, Pushed},
};
use xinmei_tests::{Guardian, Raw, World, at};

use crate::{
    Size,
    figures::{self, Run},
    raw,
};

const CLIENTS: usize = 64;
const BATCH: usize = 100;

/// A school where each of `people` has a shift of their own to take and drop.
async fn school(people: usize) -> (World, Vec<(Raw, Id<Shift>)>) {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let campus = world.campus("本部").await;
    let coordinator = world.staff("周敏", RoleKind::Coordinator, "志愿服务协调员", campus).await;
    let shifts: Vec<ShiftDraft> = (0..people)
        .map(|_| ShiftDraft {
            id: Id::new(Uuid::now_v7()),
            starts: at("2026-12-04T07:30"),
            ends: at("2026-12-04T08:10"),
            needed: 1,
        })
        .collect();
    let ids: Vec<_> = shifts.iter().map(|shift| shift.id).collect();
    let post = PostDraft {
        id: Id::new(Uuid::now_v7()),
        place: campus,
        title: "护学岗".into(),
        about: String::new(),
        meeting_point: "东门".into(),
        programme: String::new(),
        shifts,
        terms: Default::default(),
    };
    coordinator.save(Act::PostShifts { post }).await;
    coordinator.sync().await;
    let mut devices = Vec::new();
    for (n, shift) in ids.into_iter().enumerate() {
        let child = world.child(&format!("孩子{n}"), class).await;
        world.link(&Guardian::parent(&format!("家长{n}")), child).await;
        devices.push((world.raw(&format!("家长{n}")).await, shift));
    }
    (world, devices)
}

/// Takes and drops in turn: each is a real decision with a real effect.
fn wish(shift: Id<Shift>, n: usize) -> Mutation {
    let act = if n.is_multiple_of(2) {
        Act::TakeShift { shift, on_behalf_of: None }
    } else {
        Act::DropShift { shift, on_behalf_of: None }
    };
    Raw::wish(Hat::Guardian, act)
}

/// 64 clients, one mutation each at a time.
pub async fn many(size: Size) {
    let each = if size == Size::Small { 60 } else { 200 };
    let (world, devices) = school(CLIENTS).await;
    let clock = world.run_clock();
    let (mut runs, mut limits) = (Vec::new(), Vec::new());
    let mut devices = devices;
    for _ in 0..size.runs() {
        limits.push(raw::inserts(CLIENTS * each, 64));
        let (commits, begun) = (world.ledger().commits(), Instant::now());
        let tasks: Vec<_> = devices
            .into_iter()
            .map(|(mut device, shift)| {
                tokio::spawn(async move {
                    let mut times = Vec::with_capacity(each);
                    for n in 0..each {
                        let wish = wish(shift, n);
                        let sent = Instant::now();
                        device.push(&wish).await;
                        times.push(sent.elapsed());
                    }
                    (device, shift, times)
                })
            })
            .collect();
        let mut times = Vec::new();
        devices = Vec::new();
        for task in tasks {
            let (device, shift, own) = task.await.unwrap();
            devices.push((device, shift));
            times.extend(own);
        }
        let took = begun.elapsed();
        runs.push(Run::of(times, CLIENTS * each, took, world.ledger().commits() - commits));
    }
    clock.abort();
    figures::print(
        "push, many",
        &runs,
        &limits,
        "64 clients, one mutation each at a time; raw in groups of 64",
    );
    world.end(&[]).await;
}

/// One client, batches of 100.
pub async fn outbox(size: Size) {
    let batches = if size == Size::Small { 20 } else { 100 };
    let (world, devices) = school(1).await;
    let (mut device, shift) = devices.into_iter().next().unwrap();
    let clock = world.run_clock();
    let (mut runs, mut limits) = (Vec::new(), Vec::new());
    for _ in 0..size.runs() {
        limits.push(raw::inserts(batches * BATCH, BATCH));
        let (commits, begun) = (world.ledger().commits(), Instant::now());
        let mut times: Vec<Duration> = Vec::new();
        for _ in 0..batches {
            let mutations = (0..BATCH).map(|n| serde_json::to_value(wish(shift, n)).unwrap()).collect();
            let push = Push { protocol: PROTOCOL, first: device.number, mutations };
            let sent = Instant::now();
            let pushed: Pushed = device.post("/v1/push", &push).await.unwrap();
            times.push(sent.elapsed());
            assert_eq!(pushed.verdicts.len(), BATCH);
            device.number = pushed.last_number + 1;
        }
        let took = begun.elapsed();
        runs.push(Run::of(times, batches * BATCH, took, world.ledger().commits() - commits));
    }
    clock.abort();
    figures::print("push, outbox", &runs, &limits, "1 client, batches of 100; raw in groups of 100");
    world.end(&[]).await;
}
