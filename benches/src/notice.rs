//! A notice to 3,000 families, and their answers, 64 at once: how soon the author sees counts. To the whole school it is one
//! row in the feed of that place; with one child left out it is a membership for each guardian.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use jiff::SignedDuration;
use uuid::Uuid;
use xinmei_client::api;
use xinmei_model::{
    Act, Answering, Ask, Audience, Child, Hat, Id, List, Membership, Notice, NoticeDraft, Reply, RoleKind,
    Target,
};
use xinmei_tests::{Device, Guardian, Raw, World};

use crate::{
    Size,
    figures::{self, Run},
    raw,
};

const FAMILIES: usize = 3_000;
const CLASSES: usize = 60;
const AT_ONCE: usize = 64;

type Families = Vec<(Raw, Id<Child>)>;

/// Each run sends another notice in the same school.
pub async fn notice(size: Size) {
    let world = World::new().await;
    let head = world.staff("何敏", RoleKind::Head, "校长", world.root()).await;
    // What the whole school is told goes out once another head has agreed.
    let other = world.staff("吴军", RoleKind::Head, "德育主任", world.root()).await;
    let mut families: Families = Vec::with_capacity(FAMILIES);
    for n in 0..FAMILIES {
        let (cohort, number) = (2021 + n % CLASSES / 10, 1 + n % CLASSES % 10);
        let class = world.class("本部", i16::try_from(cohort).unwrap(), u8::try_from(number).unwrap()).await;
        let child = world.child(&format!("孩子{n}"), class).await;
        world.elsewhere(&format!("家长{n}")).await;
        world.link(&Guardian::parent(&format!("家长{n}")), child).await;
        families.push((world.raw(&format!("家长{n}")).await, child));
    }
    // Whoever is left out has no family here: both rows have the same answers.
    let class = world.class("本部", 2021, 1).await;
    let new = world.child("转学生", class).await;
    head.sync().await;
    for (row, except) in [("notice, answers", None), ("notice, one left out", Some(new))] {
        families = told(size, row, except, &world, [&head, &other], families).await;
    }
    world.end(&[&head, &other]).await;
}

/// One row of the table: the head sends, the other head agrees.
async fn told(
    size: Size,
    row: &str,
    except: Option<Id<Child>>,
    world: &World,
    [head, other]: [&Device; 2],
    mut families: Families,
) -> Families {
    let (mut runs, mut limits, mut firsts, mut outs) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let members = if except.is_some() { FAMILIES } else { 0 };
    for _ in 0..size.runs() {
        limits.push(raw::inserts(FAMILIES, AT_ONCE));
        let id = send(head, to_school(world, except)).await;
        other.sync().await;
        other.save(Act::ApproveNotice { notice: id }).await;
        other.sync().await;
        let begun = Instant::now();
        world.advance(SignedDuration::from_secs(121)).await;
        outs.push(begun.elapsed().as_secs_f64());
        assert!(world.row(id).is_some_and(|row| row.is_sent() && row.families as usize == FAMILIES));
        assert_eq!(world.list::<Membership>(List::AudienceOf(id)).len(), members);
        let clock = world.run_clock();
        let (run, first, back) = answers(world, head, id, families).await;
        clock.abort();
        families = back;
        runs.push(run);
        firsts.push(first.as_secs_f64());
    }
    let note = format!(
        "3,000 families, 64 at once, `知道了`; 1 row, {members} memberships; out {:.0} ms after it is due, the author sees the \
         first counts after {:.0} ms; raw in groups of 64",
        figures::median(outs) * 1e3,
        figures::median(firsts) * 1e3,
    );
    figures::print(row, &runs, &limits, &note);
    head.sync().await;
    families
}

/// The whole school, or all but one child.
fn to_school(world: &World, except: Option<Id<Child>>) -> Audience {
    let except = except.map(Target::Child).into_iter().collect();
    Audience { include: vec![Target::Place(world.root())], except }
}

async fn send(head: &Device, audience: Audience) -> Id<Notice> {
    let id = Id::new(Uuid::now_v7());
    let notice = NoticeDraft {
        id,
        audience,
        families_seen: u32::try_from(FAMILIES).unwrap(),
        title: "周三提前放学".into(),
        body: "下午三点放学，请准时接孩子。".into(),
        ask: Ask::Acknowledge,
        answered_by: Default::default(),
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
    };
    head.save(Act::SendNotice { notice }).await;
    head.sync().await;
    id
}

/// Every family answers; how long it takes from the first answer sent until the author's own window counts one.
async fn answers(
    world: &World,
    head: &Device,
    notice: Id<Notice>,
    families: Families,
) -> (Run, Duration, Families) {
    let waiting = Arc::new(Mutex::new(families));
    let (commits, begun) = (world.ledger().commits(), Instant::now());
    let tasks: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let waiting = Arc::clone(&waiting);
            tokio::spawn(async move {
                let (mut done, mut times) = (Vec::new(), Vec::new());
                loop {
                    let Some((mut raw, child)) = waiting.lock().unwrap().pop() else { return (done, times) };
                    let wish = Answering::new(notice, child, Reply::Acknowledge);
                    let sent = Instant::now();
                    raw.push(&Raw::wish(Hat::Guardian, Act::Answer(wish))).await;
                    times.push(sent.elapsed());
                    done.push((raw, child));
                }
            })
        })
        .collect();
    let first = loop {
        head.sync().await;
        let open = head.ask(api::notice::Open { notice, child: None }).await;
        if open.line.answered > 0 {
            break begun.elapsed();
        }
    };
    let (mut families, mut times) = (Vec::new(), Vec::new());
    for task in tasks {
        let (done, own) = task.await.unwrap();
        families.extend(done);
        times.extend(own);
    }
    let took = begun.elapsed();
    let run = Run::of(times, FAMILIES, took, world.ledger().commits() - commits);
    (run, first, families)
}
