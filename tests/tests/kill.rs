//! Processes are killed at any moment, as a crash or a power switch does it: what was said to be saved is saved, what
//! was said to be accepted stays accepted, once; what was being typed is still there.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use jiff::SignedDuration;
use tokio::io::{AsyncBufReadExt, BufReader};
use uuid::Uuid;
use xinmei_client::{
    api::{Request, Saved, notice, sync},
    replica::Fate,
};
use xinmei_model::{
    Act, AnsweredBy, Ask, Audience, Hat, Id, List, Mutation, MutationId, Notice, NoticeDraft, Place, Role,
    RoleKind, Target, Verdict,
};
use xinmei_tests::{
    Guardian, Raw, Seed, Size, Terminal, World, program,
    wire::{Weather, Wire},
};

/// Wishes saved before each kill: offline ones must fit the outbox.
const WISHES_PER_KILL: u64 = 6;
/// Devices that push at once while the server is killed.
const DEVICES: usize = 50;

async fn class_with_teacher() -> (World, Id<Place>) {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let child = world.child("李雨桐", class).await;
    world.elsewhere("李建国").await;
    world.link(&Guardian::parent("李建国"), child).await;
    world.appoint("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    (world, class)
}

fn to_class(class: Id<Place>) -> Audience {
    Audience { include: vec![Target::Place(class)], except: Vec::new() }
}

fn a_notice(class: Id<Place>, title: String) -> Request {
    Request::NoticeSend(notice::Send {
        audience: to_class(class),
        families_seen: 1,
        title,
        body: "明天下午三点放学。".into(),
        ask: Ask::Nothing,
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
    })
}

/// Every wish that was said to be saved was accepted, and is at the school once; none is there twice.
async fn settled_once(world: &World, terminal: &Terminal, saved: &BTreeMap<String, MutationId>) {
    let line = terminal.does(&["--json", "sync"]).await.json();
    assert_eq!((&line["waiting"], &line["failed"]), (&0.into(), &0.into()), "{line}");
    let (mut child, door) = terminal.core().await;
    for (title, id) in saved {
        let fate = door.fate(*id).await.unwrap();
        assert!(
            matches!(fate, Fate::Settled { verdict: Verdict::Accepted { .. } }),
            "{title} {id}: {fate:?}"
        );
    }
    child.kill().await.unwrap();
    let mut there = BTreeMap::<_, u32>::new();
    for notice in world.all::<Notice>() {
        *there.entry(notice.title).or_default() += 1;
    }
    let doubled: Vec<_> = there.iter().filter(|(_, count)| **count > 1).collect();
    assert!(doubled.is_empty(), "doubled: {doubled:?}");
    let lost: Vec<_> = saved.keys().filter(|title| !there.contains_key(*title)).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_window_said_was_saved_or_typed_survives_its_kill_and_is_sent_once() {
    let (mut world, class) = class_with_teacher().await;
    let terminal = world.terminal("张晓梅").await;
    let mut seed = Seed::of_run();
    let saved = Arc::new(Mutex::new(BTreeMap::<String, MutationId>::new()));
    let typed = Arc::new(AtomicU64::new(0));
    let kills = Size::of_run().pick(40, 800, 8_000);
    for round in 0..kills {
        // Every other stretch of ten the school is away: then the outbox carries it all.
        if round % 20 == 10 {
            world.kill_server().await;
        } else if round % 20 == 0 && round > 0 {
            world.start().await;
        }
        let (mut child, door) = terminal.core().await;
        let ask = Request::DraftGet(sync::GetDraft { key: "notice.compose".into() });
        let draft: sync::Draft = serde_json::from_value(door.ask(ask).await.unwrap()).unwrap();
        let kept = draft.body.trim_start_matches("写到第").parse().unwrap_or(0);
        let least = typed.load(Ordering::SeqCst);
        assert!(kept >= least, "round {round}: {least} letters were kept, {kept} are there");
        typed.store(kept, Ordering::SeqCst);

        let (saver, into) = (door, Arc::clone(&saved));
        let saving = tokio::spawn(async move {
            for n in 0..WISHES_PER_KILL {
                let title = format!("通知 {round}-{n}");
                let Ok(reply) = saver.ask(a_notice(class, title.clone())).await else { return };
                let reply: Saved = serde_json::from_value(reply).unwrap();
                into.lock().unwrap().insert(title, reply.mutation);
            }
        });
        let (typist, count) = (xinmei_client::socket::Door::There(terminal.profile()), Arc::clone(&typed));
        let typing = tokio::spawn(async move {
            loop {
                let n = count.load(Ordering::SeqCst) + 1;
                let put = sync::PutDraft { key: "notice.compose".into(), body: format!("写到第{n}") };
                if typist.ask(Request::DraftPut(put)).await.is_err() {
                    return;
                }
                count.store(n, Ordering::SeqCst);
            }
        });
        tokio::time::sleep(Duration::from_millis(seed.within(1, 120))).await;
        child.kill().await.unwrap();
        saving.await.unwrap();
        typing.await.unwrap();
    }
    if (kills - 1) % 20 >= 10 {
        world.start().await;
    }
    let saved = saved.lock().unwrap().clone();
    println!(
        "{kills} kills, {} wishes said to be saved, {} drafts",
        saved.len(),
        typed.load(Ordering::SeqCst)
    );
    assert!(saved.len() as u64 >= kills, "most kills came before anything was saved");
    settled_once(&world, &terminal, &saved).await;
    world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_killed_after_it_printed_saved_has_saved() {
    let (world, class) = class_with_teacher().await;
    let terminal = world.terminal("张晓梅").await;
    let mut seed = Seed::of_run();
    let class = class.to_string();
    let mut saved = BTreeMap::new();
    let mut printed_nothing = 0;
    for round in 0..Size::of_run().pick(16, 200, 2_000) {
        let title = format!("通知 {round}");
        let args = ["notice", "send", "--title", &title, "--body", "三点放学", "--to", &class];
        let mut child = terminal.command(&args).stdout(std::process::Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // Half are killed right after the line, while they talk to the school; half at any time.
        let wait = async {
            if round % 2 == 0 {
                return lines.next_line().await.unwrap();
            }
            let anytime = Duration::from_millis(seed.within(50, 700));
            let first = tokio::time::timeout(anytime, lines.next_line()).await;
            first.ok().and_then(Result::unwrap)
        };
        let line = wait.await;
        child.start_kill().unwrap();
        child.wait().await.unwrap();
        match line.as_deref().and_then(|line| line.strip_prefix("saved ")) {
            Some(id) => drop(saved.insert(title, id.parse().unwrap())),
            None => printed_nothing += 1,
        }
    }
    println!("{} said saved, {printed_nothing} were killed before", saved.len());
    settled_once(&world, &terminal, &saved).await;
    world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_accepted_before_it_was_killed_is_accepted_once_and_for_good() {
    let (mut world, class) = class_with_teacher().await;
    let teacher = world.person("张晓梅").await;
    let role = world.list::<Role>(List::RolesOf(teacher))[0].id;
    let (listen, data) = (world.server().school.address.host.clone(), world.data());
    // Half of the devices have a line on which answers are cut at any byte.
    let line = Wire::to(&listen).await;
    let mut devices = Vec::new();
    for n in 0..DEVICES {
        let raw = world.raw("张晓梅").await;
        devices.push(if n % 2 == 0 { raw } else { raw.through(&line.address) });
    }
    world.kill_server().await;

    let stop = Arc::new(AtomicBool::new(false));
    let pushing: Vec<_> = devices
        .into_iter()
        .enumerate()
        .map(|(n, raw)| tokio::spawn(push_until(Arc::clone(&stop), raw, n, Hat::Staff { role }, class)))
        .collect();
    let mut seed = Seed::of_run();
    for _ in 0..Size::of_run().pick(10, 100, 10_000) {
        // The handshake is some 1,500 bytes of it.
        line.weather(Weather { cut_down: Some(seed.within(1, 4_000)), ..Weather::default() });
        let mut served = program::serve(&data, &listen).await;
        assert_eq!(served.url, format!("https://{listen}"));
        tokio::time::sleep(Duration::from_millis(seed.within(20, 300))).await;
        served.child.kill().await.unwrap();
    }
    line.weather(Weather::default());
    world.start().await;
    stop.store(true, Ordering::SeqCst);

    let (mut told, mut retries) = (Vec::new(), 0);
    for task in pushing {
        let (raw, said, tries) = task.await.unwrap();
        retries += tries;
        told.push((raw, said));
    }
    let total: usize = told.iter().map(|(_, said)| said.len()).sum();
    println!("{total} verdicts, {retries} retries");
    assert!(retries > 0, "no kill hit a push");
    let mut titles = BTreeMap::<String, u32>::new();
    for notice in world.all::<Notice>() {
        *titles.entry(notice.title).or_default() += 1;
    }
    assert!(titles.values().all(|count| *count == 1), "{titles:?}");
    assert_eq!(titles.len(), total, "each wish is there once");
    // Whoever asks again, at once or after more than a year, hears the same.
    for days in [0, 400] {
        world.advance(SignedDuration::from_hours(24 * days)).await;
        let asking: Vec<_> =
            told.iter().cloned().map(|(raw, said)| tokio::spawn(ask_again(raw, said))).collect();
        for task in asking {
            task.await.unwrap();
        }
    }
    assert_eq!(world.all::<Notice>().len(), total, "nothing was done again");
    world.end(&[]).await;
}

async fn ask_again(raw: Raw, said: Vec<(Mutation, Verdict)>) {
    for (number, (mutation, verdict)) in (1..).zip(&said) {
        assert!(matches!(verdict, Verdict::Accepted { .. }), "{verdict:?}");
        assert_eq!(&raw.push_as(number, mutation).await.unwrap(), verdict, "what the school said stays said");
    }
}

/// One device: a wish after the other, each until it has its verdict.
async fn push_until(
    stop: Arc<AtomicBool>,
    raw: Raw,
    device: usize,
    hat: Hat,
    class: Id<Place>,
) -> (Raw, Vec<(Mutation, Verdict)>, u32) {
    let (mut said, mut retries) = (Vec::new(), 0);
    while !stop.load(Ordering::SeqCst) {
        let notice = NoticeDraft {
            id: Id::new(Uuid::now_v7()),
            audience: to_class(class),
            families_seen: 1,
            title: format!("通知 {device}-{}", said.len()),
            body: "三点放学".into(),
            ask: Ask::Nothing,
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
        };
        let mutation = Raw::wish(hat, Act::SendNotice { notice });
        let verdict = loop {
            if let Some(verdict) = raw.try_push(said.len() as u64 + 1, &mutation).await {
                break verdict;
            }
            retries += 1;
            tokio::time::sleep(Duration::from_millis(30)).await;
        };
        said.push((mutation, verdict));
    }
    (raw, said, retries)
}
