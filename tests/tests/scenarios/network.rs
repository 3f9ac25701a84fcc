//! Bad networks only make it slower: cuts at any byte, a line of 16 kbit/s, portals and proxies that answer in the
//! school's place. And nobody listens in: whoever cannot prove to be the school hears no secret.

use std::{
    collections::BTreeMap,
    io::Write,
    time::{Duration, Instant},
};

use xinmei_client::api::{
    Fault, Request, notice,
    profile::{self, Standing},
    sync::{self, LineState, ListOutbox},
};
use xinmei_model::{AnsweredBy, Ask, Audience, Id, Kind, List, Notice, Place, RoleKind, Target};
use xinmei_tests::{
    Device, Guardian, PASSWORD, World,
    wire::{Fake, Shows, Weather, Wire, http},
};

async fn school() -> (World, Id<Place>) {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let child = world.child("李雨桐", class).await;
    world.elsewhere("李建国").await;
    world.link(&Guardian::parent("李建国"), child).await;
    world.appoint("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    (world, class)
}

fn a_notice(class: Id<Place>, title: &str) -> notice::Send {
    notice::Send {
        audience: Audience { include: vec![Target::Place(class)], except: Vec::new() },
        families_seen: 1,
        title: title.into(),
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
    }
}

fn gzip_bomb() -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let zeros = vec![b' '; 1 << 20];
    // Twice what a client unpacks before it gives up.
    for _ in 0..48 {
        packer.write_all(&zeros).unwrap();
    }
    packer.finish().unwrap()
}

fn lies() -> Vec<(&'static str, Vec<u8>)> {
    let json = "content-type: application/json\r\n";
    let problem = "content-type: application/problem+json\r\n";
    let page = "<html><body>请先登录校园无线网</body></html>".as_bytes();
    let portal = http("200 OK", "content-type: text/html\r\n", page);
    let login = http("302 Found", "location: https://127.0.0.1:1/login\r\n", b"");
    let cut = {
        let whole = http("200 OK", json, &[b' '; 1000]);
        whole[..whole.len() - 500].to_vec()
    };
    let told = |status: &str, code: &str, signature: &str| {
        let status_code = &status[..3];
        let body = format!(
            r#"{{"type":"about:blank","title":"x","status":{status_code},"code":"{code}","detail":"x","signature":"{signature}"}}"#
        );
        http(status, problem, body.as_bytes())
    };
    vec![
        ("a portal's page", portal),
        ("a portal's redirect", login),
        ("a page called JSON", http("200 OK", json, page)),
        ("five megabytes of JSON", http("200 OK", json, format!("[{}0]", "0,".repeat(2_500_000)).as_bytes())),
        ("a gzip bomb", http("200 OK", &format!("{json}content-encoding: gzip\r\n"), &gzip_bomb())),
        ("no gzip at all", http("200 OK", &format!("{json}content-encoding: gzip\r\n"), page)),
        ("an empty object", http("200 OK", json, b"{}")),
        ("null", http("200 OK", json, b"null")),
        ("nothing", http("204 No Content", "", b"")),
        ("JSON of another type", http("200 OK", "content-type: text/plain\r\n", b"{}")),
        ("an answer cut off", cut),
        ("a proxy's 401", http("401 Unauthorized", "content-type: text/html\r\n", page)),
        ("a session that ended, for ever", told("401 Unauthorized", "session-ended", "")),
        ("a removal nobody signed", told("403 Forbidden", "device-removed", "AAAA")),
        ("a removal without a signature", told("401 Unauthorized", "device-removed", "")),
        ("a proxy's 502", http("502 Bad Gateway", "content-type: text/html\r\n", page)),
        ("an overload", told("503 Service Unavailable", "busy", "")),
        ("no HTTP", b"220 mail.example ESMTP\r\n".to_vec()),
        ("a hundred thousand headers", {
            let mut answer = b"HTTP/1.1 200 OK\r\n".to_vec();
            answer.extend("x-a: b\r\n".repeat(100_000).bytes());
            answer
        }),
        ("silence and an end", Vec::new()),
    ]
}

/// What a lie must not change: the rows, the cursor, the outbox, who is signed in.
async fn state(device: &Device) -> (String, u64, String, bool) {
    let replica = device.client.replica().unwrap();
    let outbox = device.ask(ListOutbox {}).await;
    let waiting: Vec<_> = outbox.items.iter().map(|item| item.mutation).collect();
    let ready = matches!(device.ask(profile::Status {}).await, Standing::Ready { .. });
    (replica.holdings().unwrap(), replica.pull_request().unwrap().cursor, format!("{waiting:?}"), ready)
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_answers_in_the_schools_place_changes_nothing() {
    let (mut world, class) = school().await;
    let zhang = world.join("张晓梅").await;
    let address = world.server().school.address.host.clone();
    world.kill_server().await;
    zhang.ask(a_notice(class, "周三放学时间")).await;
    let before = state(&zhang).await;
    for (name, answer) in lies() {
        let begun = Instant::now();
        let fake = Fake::at(&address, &world, Shows::TheSchools, answer).await;
        let fault = zhang.client.sync_once().await.expect_err(name);
        assert!(
            !matches!(fault, Fault::SignedOut | Fault::Broken { .. } | Fault::DiskFull),
            "{name}: {fault:?}"
        );
        assert_eq!(state(&zhang).await, before, "{name}");
        let shown = if name == "an overload" { LineState::Busy } else { LineState::Offline };
        assert_eq!(zhang.ask(sync::Status {}).await.state, shown, "{name}");
        // The push was what failed; a pull alone is lied to as well.
        zhang.client.pull_once().await.expect_err(name);
        assert!(fake.leave().await.contains("POST /v1/"), "{name}: nobody asked");
        assert_eq!(state(&zhang).await, before, "{name}");
        println!("{:?} {name}", begun.elapsed());
    }
    world.start().await;
    zhang.sync().await;
    assert_eq!(world.list::<Notice>(List::All(Kind::Notice)).len(), 1);
    assert_eq!(zhang.ask(sync::Status {}).await.state, LineState::Synced);
    world.end(&[&zhang]).await;
}

/// The most memory a process ever had, in KiB, as Linux counts it (proc_pid_status(5)).
fn most_memory(pid: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_sent_costs_a_computer_little_memory() {
    let (mut world, class) = school().await;
    let terminal = world.terminal("张晓梅").await;
    terminal.does(&["sync"]).await;
    let address = world.server().school.address.host.clone();
    world.kill_server().await;
    let (mut child, door) = terminal.core().await;
    door.ask(Request::NoticeSend(a_notice(class, "周三放学时间"))).await.unwrap();
    let before = most_memory(child.id().unwrap());
    let big = ["five megabytes of JSON", "a gzip bomb", "a hundred thousand headers"];
    for (name, answer) in lies().into_iter().filter(|(name, _)| big.contains(name)) {
        let fake = Fake::at(&address, &world, Shows::TheSchools, answer).await;
        for _ in 0..3 {
            door.ask(Request::SyncNow(sync::Now {})).await.unwrap();
            tokio::time::sleep(Duration::from_millis(400)).await;
        }
        assert!(fake.leave().await.contains("POST /v1/"), "{name}: nobody asked");
        let more = most_memory(child.id().unwrap()) - before;
        println!("{more} KiB more after {name}");
        assert!(more <= 64 * 1024, "{more} KiB more after {name}");
    }
    world.start().await;
    door.ask(Request::SyncNow(sync::Now {})).await.unwrap();
    child.kill().await.unwrap();
    terminal.does(&["sync"]).await;
    assert_eq!(world.list::<Notice>(List::All(Kind::Notice)).len(), 1);
    world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_cannot_prove_to_be_the_school_hears_no_secret() {
    let (mut world, class) = school().await;
    let zhang = world.join("张晓梅").await;
    let strip = world.strip("李建国").await;
    let address = world.server().school.address.host.clone();
    world.kill_server().await;
    zhang.ask(a_notice(class, "SECRET")).await;
    let ok = || http("200 OK", "content-type: application/json\r\n", b"{}");
    for shows in [Shows::ItsOwn, Shows::AnotherHost, Shows::Expired, Shows::Tls12, Shows::Nothing] {
        let fake = Fake::at(&address, &world, shows, ok()).await;
        let fault = zhang.client.sync_once().await.unwrap_err();
        // To a computer whose date is years off every certificate looks so: it says more than "offline".
        let (told, shown) = match shows {
            Shows::Expired => (Fault::ClockWrong, LineState::ClockWrong),
            _ => (Fault::Offline, LineState::Offline),
        };
        assert_eq!(fault, told, "{shows:?}");
        assert_eq!(zhang.ask(sync::Status {}).await.state, shown, "{shows:?}");
        // Nothing left this computer, so the wish may still be taken back.
        let item = &zhang.ask(ListOutbox {}).await.items[0];
        assert_eq!(item.state, sync::ItemState::Saved, "{shows:?}");
        let heard = fake.leave().await;
        match shows {
            Shows::Nothing => {
                for secret in ["Bearer", "POST", "SECRET", "/v1/"] {
                    assert!(!heard.contains(secret), "{shows:?} heard {secret}");
                }
            }
            _ => assert_eq!(heard, "", "{shows:?}"),
        }
    }
    // While joining nobody is trusted yet: what goes out blindly holds neither code nor password.
    for shows in [Shows::ItsOwn, Shows::TheSchools, Shows::AnotherHost, Shows::Nothing] {
        let face = br#"{"protocol":1,"name":"x","ca":null}"#;
        let fake =
            Fake::at(&address, &world, shows, http("200 OK", "content-type: application/json\r\n", face))
                .await;
        let fault = world.try_join(&strip.link, "").await.unwrap_err();
        assert!(matches!(fault, Fault::Offline | Fault::Denied { .. }), "{shows:?}: {fault:?}");
        let heard = fake.leave().await;
        let code = strip.code.replace('-', "");
        for secret in [strip.code.as_str(), &code, &code.to_lowercase(), PASSWORD, "Bearer"] {
            assert!(!heard.contains(secret), "{shows:?} heard {secret}: {heard}");
        }
    }
    world.start().await;
    zhang.sync().await;
    let li = world.join_by("李建国", &strip.link).await;
    world.end(&[&zhang, &li]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_cut_at_any_byte_delays_and_neither_loses_nor_doubles() {
    let (world, class) = school().await;
    let wire = Wire::to(&world.server().school.address.host).await;
    let strip = world.strip("张晓梅").await;
    let zhang = world.join_by("张晓梅", &strip.link.replace(&strip.address, &wire.address)).await;
    let (mut cuts, mut through) = (0, 0);
    // A handshake is some 1,500 bytes, an answer some hundred to some thousand.
    for cut in (0..4_500).step_by(150) {
        for up in [false, true] {
            zhang.ask(a_notice(class, &format!("通知 {cut}-{up}"))).await;
            let cut = Some(cut);
            wire.weather(match up {
                true => Weather { cut_up: cut, ..Default::default() },
                false => Weather { cut_down: cut, ..Default::default() },
            });
            match zhang.client.sync_once().await {
                Ok(()) => through += 1,
                Err(Fault::Offline) => cuts += 1,
                Err(fault) => panic!("cut at {cut:?}: {fault:?}"),
            }
        }
    }
    println!("{cuts} syncs cut, {through} came through");
    assert!(cuts > 20);
    wire.weather(Weather { doubled: true, ..Default::default() });
    zhang.ask(a_notice(class, "通知，说了两遍")).await;
    zhang.sync().await;
    let mut there = BTreeMap::<_, u32>::new();
    for notice in world.list::<Notice>(List::All(Kind::Notice)) {
        *there.entry(notice.title).or_default() += 1;
    }
    assert_eq!(there.len(), 61);
    assert!(there.values().all(|count| *count == 1), "{there:?}");
    // A device on a good line holds the same.
    let other = world.join("张晓梅").await;
    zhang.sync().await;
    other.sync().await;
    let holdings = |device: &Device| device.client.replica().unwrap().holdings().unwrap();
    assert_eq!(holdings(&zhang), holdings(&other));
    world.end(&[&zhang, &other]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sixteen_kilobits_a_second_are_enough() {
    let (world, class) = school().await;
    let wire = Wire::to(&world.server().school.address.host).await;
    let strip = world.strip("张晓梅").await;
    let zhang = world.join_by("张晓梅", &strip.link.replace(&strip.address, &wire.address)).await;
    wire.weather(Weather { rate: Some(2_000), ..Default::default() });
    let zhang = zhang.reopen().await;
    zhang.ask(a_notice(class, "周三放学时间")).await;
    let begun = Instant::now();
    zhang.sync().await;
    println!("a wish and its answer took {:?} at 16 kbit/s", begun.elapsed());
    assert_eq!(world.list::<Notice>(List::All(Kind::Notice)).len(), 1);
    world.end(&[&zhang]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_outbox_is_sent_in_parts_a_slow_line_can_carry() {
    let (mut world, class) = school().await;
    let zhang = world.join("张晓梅").await;
    world.kill_server().await;
    for n in 0..40 {
        let long = notice::Send {
            body: "很长的通知。".repeat(600), ..a_notice(class, &format!("通知 {n}"))
        };
        zhang.ask(long).await;
    }
    let push = zhang.client.replica().unwrap().push_batch(100).unwrap().unwrap();
    let bytes = serde_json::to_vec(&push).unwrap().len();
    // Within the 45 s of silence that mean a dead line, 16 kbit/s carry 90,000 bytes.
    assert!(bytes < 64 * 1024, "one push has {bytes} bytes");
    world.start().await;
    zhang.sync().await;
    assert_eq!(world.list::<Notice>(List::All(Kind::Notice)).len(), 40);
    world.end(&[&zhang]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_left_open_is_equal_soon_after_the_line_is_back() {
    let (mut world, class) = school().await;
    let zhang = world.join("张晓梅").await;
    zhang.client.start();
    world.kill_server().await;
    zhang.ask(a_notice(class, "周三放学时间")).await;
    // Long enough for it to have tried and failed.
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    assert_eq!(zhang.ask(sync::Status {}).await.state, LineState::Offline);
    world.start().await;
    let healed = Instant::now();
    loop {
        let line = zhang.ask(sync::Status {}).await;
        if line.waiting == 0 && line.state == LineState::Synced {
            break;
        }
        // R8: ten seconds, and what a busy machine adds.
        assert!(healed.elapsed() < Duration::from_secs(20), "{line:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    println!("equal {:?} after healing", healed.elapsed());
    assert_eq!(world.list::<Notice>(List::All(Kind::Notice)).len(), 1);
    world.end(&[&zhang]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_busy_school_is_not_called_away_and_names_its_time() {
    let (mut world, class) = school().await;
    let zhang = world.join("张晓梅").await;
    let address = world.server().school.address.host.clone();
    world.kill_server().await;
    zhang.ask(a_notice(class, "周三放学时间")).await;
    let body = br#"{"type":"about:blank","title":"x","status":429,"code":"busy","detail":"x"}"#;
    let headers = "content-type: application/problem+json\r\nretry-after: 42\r\n";
    let fake =
        Fake::at(&address, &world, Shows::TheSchools, http("429 Too Many Requests", headers, body)).await;
    assert_eq!(zhang.client.sync_once().await, Err(Fault::Busy { retry_s: 42 }));
    assert_eq!(zhang.ask(sync::Status {}).await.state, LineState::Busy);
    assert_eq!(zhang.ask(ListOutbox {}).await.items.len(), 1, "nothing is parked for that");
    fake.leave().await;
    world.start().await;
    zhang.sync().await;
    world.end(&[&zhang]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_window_counts_by_the_schools_clock_on_a_computer_two_days_fast() {
    let (world, _) = school().await;
    let two_days = jiff::SignedDuration::from_hours(48);
    let zhang = world.join("张晓梅").await.reopen_at(two_days).await;
    zhang.sync().await;
    let line = zhang.ask(sync::Status {}).await;
    assert_eq!(line.now.duration_since(world.now()).as_secs(), 0, "{line:?}");
    assert_eq!(zhang.client.clock().duration_since(line.now).as_hours(), 48);
    world.end(&[&zhang]).await;
}
