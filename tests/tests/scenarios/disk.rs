//! A full disk, a damaged file, a stranger's file, a wrong clock: each costs a sentence or a minute, never data.

use std::path::Path;

use jiff::SignedDuration;
use rusqlite::Connection;
use serde_json::json;
use xinmei_client::api::event::BookingIs;
use xinmei_model::{Id, Kind, List, Notice, Place, RoleKind};
use xinmei_tests::{Guardian, Said, Terminal, World, program};

async fn class_with_teacher() -> (World, Id<Place>) {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let child = world.child("李雨桐", class).await;
    world.elsewhere("李建国").await;
    world.link(&Guardian::parent("李建国"), child).await;
    world.appoint("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    (world, class)
}

/// Runs `xinmei` where no file may grow beyond so many KiB: as a full disk it lets what is there be read.
async fn within(terminal: &Terminal, kib: u64, args: &[&str]) -> Said {
    let command = terminal.command(args);
    let inner = command.as_std();
    let mut shell = tokio::process::Command::new("/bin/bash");
    // Without the trap the signal of the limit would end the process; with it, writing fails, as on a full disk.
    shell.args(["-c", "trap '' XFSZ; ulimit -f \"$0\"; exec \"$@\"", &kib.to_string()]);
    shell.arg(inner.get_program()).args(inner.get_args()).env_clear();
    shell.envs(inner.get_envs().filter_map(|(key, value)| Some((key, value?))));
    shell.stdin(std::process::Stdio::null()).kill_on_drop(true);
    program::said(shell).await
}

/// Runs `xinmei` on a copy of the profile on a file system of its own with so many KiB free.
async fn on_a_small_disk(terminal: &Terminal, at: &Path, free_kib: u64, args: &[&str]) -> Said {
    let script = r#"
        set -e
        mount -t tmpfs -o size=4m,mode=700 none "$1"
        cp -a "$2/." "$1/"
        free=$3; at=$1; shift 3
        left=$(df --output=avail -k "$at" | tail -n 1)
        head -c $(( (left - free) * 1024 )) /dev/zero > "$at/filler"
        set +e
        "$@" ; code=$?
        rm -f "$at/filler"
        # What is there afterwards is what the next start finds.
        rm -rf "$KEEP"; cp -a "$at" "$KEEP"
        exit $code
    "#;
    let command = terminal.command(args);
    let inner = command.as_std();
    let mut shell = tokio::process::Command::new("unshare");
    shell.args(["--map-root-user", "--user", "--mount", "bash", "-c", script, "disk"]);
    shell.arg(at).arg(terminal.data.path()).arg(free_kib.to_string()).arg(inner.get_program());
    // The same command, on the small disk.
    let old = terminal.data.path().as_os_str();
    shell.args(inner.get_args().map(|arg| if arg == old { at.as_os_str() } else { arg }));
    shell.envs(inner.get_envs().filter_map(|(key, value)| Some((key, value?))));
    shell.env("KEEP", at.with_extension("kept"));
    shell.stdin(std::process::Stdio::null()).kill_on_drop(true);
    program::said(shell).await
}

/// Saved, or an honest no; anything between is a lie.
fn honest(said: &Said) -> bool {
    match said.code {
        0 => {
            assert!(said.after("saved").is_some(), "{said:?}");
            true
        }
        5 => {
            assert_eq!(said.out, "", "{said:?}");
            assert!(said.err.contains("not saved: the disk is full"), "{said:?}");
            false
        }
        _ => panic!("neither saved nor honest: {said:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_file_can_grow_nothing_is_half_saved_and_reading_goes_on() {
    let (world, class) = class_with_teacher().await;
    let terminal = world.terminal("张晓梅").await;
    let (class, mut saved, mut full) = (class.to_string(), Vec::new(), 0);
    // The file itself is some 200 KiB and may not grow; its log may, up to the limit.
    for step in 0..16_u64 {
        let kib = 32 + step * step;
        let title = format!("通知 {step}");
        let args = ["--no-wait", "notice", "send", "--title", &title, "--body", "三点放学", "--to", &class];
        if honest(&within(&terminal, kib, &args).await) {
            saved.push(title);
        } else {
            full += 1;
            assert!(!terminal.does(&["outbox"]).await.out.contains(&title), "half saved");
        }
        let read = within(&terminal, kib, &["notice", "list"]).await;
        assert_eq!(read.code, 0, "reading at {kib} KiB: {read:?}");
    }
    println!("{full} times full, {} times saved", saved.len());
    assert!(full > 0 && !saved.is_empty());
    assert_eq!(terminal.does(&["outbox"]).await.out.lines().count(), saved.len());
    terminal.does(&["sync"]).await;
    let mut there: Vec<_> =
        world.list::<Notice>(List::All(Kind::Notice)).into_iter().map(|n| n.title).collect();
    there.sort();
    saved.sort();
    assert_eq!(there, saved);
    world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_full_disk_a_save_is_honest_at_every_level_and_what_is_there_can_be_read() {
    let (world, class) = class_with_teacher().await;
    let terminal = world.terminal("张晓梅").await;
    let disk = world.dir.path().join("disk");
    std::fs::create_dir(&disk).unwrap();
    let kept = Terminal::new();
    let class = class.to_string();
    let (mut saved, mut full) = (0, 0);
    for free in [0, 4, 8, 16, 28, 32, 36, 40, 48, 64, 80, 96, 128, 192, 256] {
        let args = ["--no-wait", "notice", "send", "--title", "通知", "--body", "三点放学", "--to", &class];
        let is_saved = honest(&on_a_small_disk(&terminal, &disk, free, &args).await);
        // The next start, with room again.
        std::fs::remove_dir_all(kept.profile().path()).ok();
        std::fs::rename(disk.with_extension("kept").join("default"), kept.profile().path()).unwrap();
        let outbox = kept.does(&["outbox"]).await.out.lines().count();
        assert_eq!(outbox, usize::from(is_saved), "at {free} KiB");
        if is_saved {
            saved += 1
        } else {
            full += 1
        }
        let read = on_a_small_disk(&terminal, &disk, free, &["class", "list"]).await;
        assert!(read.code == 0 && read.out.contains("张晓梅"), "reading with {free} KiB free: {read:?}");
    }
    println!("{full} times full, {saved} times saved");
    assert!(full > 0 && saved > 0);
    world.end(&[]).await;
}

/// Files set aside in the profile.
fn aside(terminal: &Terminal) -> usize {
    let entries = std::fs::read_dir(terminal.profile().path()).unwrap();
    entries
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().contains("replica.db.aside-"))
        .count()
}

/// The log folded in, so that the whole store is one file.
async fn whole(terminal: &Terminal) -> std::path::PathBuf {
    terminal.does(&["outbox"]).await;
    let store = terminal.profile().path().join("replica.db");
    assert!(!store.with_extension("db-wal").exists(), "the last process folds its log in");
    store
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_store_is_set_aside_fetched_again_and_what_waited_is_carried_over() {
    let (world, class) = class_with_teacher().await;
    let terminal = world.terminal("张晓梅").await;
    let class = class.to_string();
    let before = terminal.does(&["class", "list"]).await.out;
    let store = whole(&terminal).await;
    let pages = std::fs::metadata(&store).unwrap().len() / 4096;
    let (mut healed, mut carried, mut asked_again) = (0, 0, 0);
    // Every page once would take minutes; these are the first, the last, and a spread between.
    let spread: Vec<u64> =
        (0..pages).step_by(usize::try_from(pages / 9).unwrap().max(1)).chain([pages - 1]).collect();
    for (n, page) in spread.into_iter().enumerate() {
        let copy = Terminal::new();
        copy_profile(&terminal, &copy);
        let title = format!("通知 {n}");
        let args = ["--no-wait", "notice", "send", "--title", &title, "--body", "三点放学", "--to", &class];
        copy.does(&args).await;
        let store = whole(&copy).await;
        let mut bytes = std::fs::read(&store).unwrap();
        let at = usize::try_from(page * 4096 + 100).unwrap();
        bytes[at..at + 64].iter_mut().for_each(|byte| *byte ^= 0x5A);
        std::fs::write(&store, bytes).unwrap();

        let outbox = copy.run(&["outbox"]).await;
        match outbox.code {
            0 => {
                assert_eq!(aside(&copy), 1, "page {page}: a damaged file is never used on");
                healed += 1;
                carried += usize::from(outbox.out.contains(&title));
                let doctor = copy.run(&["doctor", "--json"]).await;
                assert!(doctor.code == 5 && doctor.out.contains("set aside"), "{doctor:?}");
                // What was fetched again is what there was.
                copy.does(&["sync"]).await;
                assert_eq!(copy.does(&["class", "list"]).await.out, before, "page {page}");
            }
            // Who this device was could not be read: it has to join again, and is told so.
            4 => {
                assert!(outbox.err.contains("xinmei enrol"), "page {page}: {outbox:?}");
                assert_eq!(aside(&copy), 1, "page {page}: what it was is kept");
                asked_again += 1;
            }
            _ => panic!("page {page}: {outbox:?}"),
        }
    }
    println!("{healed} healed, {carried} with the outbox, {asked_again} join again");
    assert!(healed > 0 && carried > 0);
    world.end(&[]).await;
}

fn copy_profile(from: &Terminal, to: &Terminal) {
    let (from, to) = (from.profile(), to.profile());
    std::fs::create_dir_all(to.path()).unwrap();
    for entry in std::fs::read_dir(from.path()).unwrap().map(Result::unwrap) {
        if entry.file_type().unwrap().is_file() {
            std::fs::copy(entry.path(), to.path().join(entry.file_name())).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_strangers_file_and_a_lost_key_are_told_from_ours_and_nothing_is_deleted() {
    let (world, _) = class_with_teacher().await;
    for foreign in ["text", "sqlite", "empty"] {
        let terminal = world.terminal("李建国").await;
        let store = whole(&terminal).await;
        std::fs::remove_file(&store).unwrap();
        match foreign {
            "text" => std::fs::write(&store, "家长通讯录".repeat(1_000)).unwrap(),
            "sqlite" => {
                Connection::open(&store).unwrap().execute("CREATE TABLE theirs (x)", []).unwrap();
            }
            _ => std::fs::write(&store, "").unwrap(),
        }
        let there = std::fs::read(&store).unwrap();
        let said = terminal.run(&["notice", "list"]).await;
        assert!(said.code == 4 && said.err.contains("xinmei enrol"), "{foreign}: {said:?}");
        if !there.is_empty() {
            let entries = std::fs::read_dir(terminal.profile().path()).unwrap();
            let kept = entries
                .map(|entry| entry.unwrap().path())
                .any(|path| std::fs::read(path).is_ok_and(|b| b == there));
            assert!(kept, "{foreign}: the stranger's file is gone");
        }
        let strip = world.strip("李建国").await;
        terminal.does(&["enrol", "--invite", &strip.link]).await;
        assert!(terminal.does(&["status"]).await.out.contains("李雨桐"), "{foreign}: back by a new strip");
    }
    // The wrapped key is gone: no password opens the store, and it is said.
    let terminal = world.terminal("李建国").await;
    std::fs::write(terminal.profile().path().join("keys.json"), "{").unwrap();
    let said = terminal.run(&["notice", "list"]).await;
    assert!(said.code == 1 && said.err.contains("keys-missing") && said.err.contains("strip"), "{said:?}");
    let strip = world.strip("李建国").await;
    terminal.does(&["enrol", "--invite", &strip.link]).await;
    assert_eq!(aside(&terminal), 1);
    world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_leaves_a_foreign_damaged_or_newer_database_as_it_is_and_says_why() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("school");
    let server = async |args: &[&str]| {
        let mut command = program::command("xinmei-server");
        command.args(args).arg("--data").arg(&data);
        program::said(command).await
    };
    let none = server(&["serve", "--listen", "127.0.0.1:0"]).await;
    assert!(none.code == 1 && none.err.contains("xinmei-server init"), "what now: {none:?}");
    assert_eq!(server(&["init", "--name", "江畔实验小学"]).await.code, 0);
    let file = data.join("school.db");
    // The log folded in, so that the school is one file.
    let fold = |path: &Path| {
        let folded =
            Connection::open(path).unwrap().query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        folded.unwrap();
    };
    fold(&file);
    let ours = std::fs::read(&file).unwrap();

    let newer = dir.path().join("newer.db");
    std::fs::write(&newer, &ours).unwrap();
    Connection::open(&newer).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let foreign = dir.path().join("foreign.db");
    Connection::open(&foreign).unwrap().execute("CREATE TABLE theirs (x)", []).unwrap();
    let mut torn = ours.clone();
    torn[4096..4096 * 3].fill(0xFF);
    let cases = [
        ("newer", std::fs::read(&newer).unwrap(), "newer xinmei-server"),
        ("foreign", std::fs::read(&foreign).unwrap(), "another program"),
        ("text", "不是数据库".repeat(2_000).into_bytes(), "Restore a backup"),
        ("cut off", ours[..ours.len() / 2].to_vec(), "Restore a backup"),
        ("torn", torn, "Restore a backup"),
    ];
    for (case, bytes, words) in cases {
        for suffix in ["-wal", "-shm"] {
            std::fs::remove_file(data.join(format!("school.db{suffix}"))).ok();
        }
        std::fs::write(&file, &bytes).unwrap();
        let serve = server(&["serve", "--listen", "127.0.0.1:0"]);
        let said = tokio::time::timeout(std::time::Duration::from_secs(10), serve).await;
        let said = said.unwrap_or_else(|_| panic!("{case}: it serves"));
        assert_eq!((said.code, said.out.as_str()), (1, ""), "{case}: {said:?}");
        assert!(said.err.contains(words), "{case}: {said:?}");
        assert!(std::fs::read(&file).unwrap() == bytes, "{case}: the file was changed");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_clock_refuses_nobody() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let campus = world.campus("本部").await;
    world.appoint("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
    let zhou = world.terminal("周敏").await;
    let places = zhou.call("event.list", &json!({})).await;
    let plan = json!({
        "place": places["places"][0]["id"], "title": "家长开放日", "about": "", "venue": "", "programme": "",
        "eligible": [], "seat_rule": "adults", "family_limit": 2, "waitlist": true,
        "opens": "2026-11-23T09:00[Asia/Shanghai]", "closes": "2026-11-23T20:00[Asia/Shanghai]",
        "withdraw_until": "2026-11-23T20:00[Asia/Shanghai]",
        "sessions": [{
            "name": "第 1 场", "capacity": 30,
            "starts": "2026-11-26T09:30[Asia/Shanghai]", "ends": "2026-11-26T11:00[Asia/Shanghai]",
        }],
    });
    zhou.call("event.publish", &plan).await;
    zhou.does(&["sync"]).await;
    let mut devices = Vec::new();
    for (n, days) in [-3650_i64, -2, 2, 3650].into_iter().enumerate() {
        let (name, child) = (format!("家长{n}"), format!("孩子{n}"));
        let child = world.child(&child, class).await;
        world.link(&Guardian::parent(&name), child).await;
        let device = world.join(&name).await;
        let events = device.ask(xinmei_client::api::event::List {}).await.events;
        let session = events[0].sessions[0].id;
        // The clock is set wrong after the last contact, while offline; the wish is saved all the same.
        let device = device.reopen_at(SignedDuration::from_hours(24 * days)).await;
        let wish = xinmei_client::api::event::SignUp {
            session,
            children: vec![child],
            adults: 1,
            answers: vec![],
            others: vec![],
            on_behalf_of: None,
        };
        device.ask(wish).await;
        device.sync().await;
        let mine = device.ask(xinmei_client::api::event::List {}).await.events.remove(0).mine;
        assert_eq!(mine[0].state, BookingIs::Confirmed, "a clock wrong by {days} days");
        let opened = device.ask(xinmei_client::api::event::Open { event: events[0].id }).await;
        assert!(opened.open_now, "after a contact the school's time counts, not the computer's");
        // And back again.
        let device = device.reopen_at(SignedDuration::ZERO).await;
        device.sync().await;
        devices.push(device);
    }
    world.end(&devices.iter().collect::<Vec<_>>()).await;
}
