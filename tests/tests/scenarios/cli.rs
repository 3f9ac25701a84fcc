//! The three windows by command line alone: what is printed, as lines and as JSON, the exit codes, and what each message
//! tells a person to do.

mod notice;
mod proposing;

use jiff::SignedDuration;
use serde_json::{Value, json};
use xinmei_model::{Id, Place, RoleKind};
use xinmei_tests::{Guardian, Said, Terminal, World, program};

struct Windows {
    world: World,
    class: Id<Place>,
    zhang: Terminal,
    zhou: Terminal,
    li: Terminal,
    zhao: Terminal,
}

impl Windows {
    async fn open() -> Self {
        let world = World::new().await;
        let class = world.class("本部", 2024, 2).await;
        let campus = world.campus("本部").await;
        world.appoint("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
        world.appoint("周敏", RoleKind::Coordinator, "活动协调员", campus).await;
        for (parent, name) in [("李建国", "李雨桐"), ("赵倩", "赵子涵")] {
            let child = world.child(name, class).await;
            world.link(&Guardian::parent(parent), child).await;
        }
        let (zhang, zhou) = (world.terminal("张晓梅").await, world.terminal("周敏").await);
        let (li, zhao) = (world.terminal("李建国").await, world.terminal("赵倩").await);
        Self { world, class, zhang, zhou, li, zhao }
    }

    /// A file a command reads.
    fn file(&self, name: &str, content: &Value) -> String {
        let path = self.world.dir.path().join(name);
        std::fs::write(&path, content.to_string()).unwrap();
        path.display().to_string()
    }

    async fn publish(&self, seats: u32) -> String {
        let events = self.zhou.call("event.list", &json!({})).await;
        let plan = json!({
            "place": events["places"][0]["id"], "title": "家长开放日", "about": "", "venue": "三楼报告厅",
            "programme": "家长开放日", "eligible": [], "seat_rule": "adults", "family_limit": 2, "waitlist": true,
            "opens": "2026-11-23T09:00[Asia/Shanghai]", "closes": "2026-11-25T20:00[Asia/Shanghai]",
            "withdraw_until": "2026-11-25T20:00[Asia/Shanghai]",
            "sessions": [{
                "name": "第 1 场", "capacity": seats,
                "starts": "2026-11-26T09:30[Asia/Shanghai]", "ends": "2026-11-26T11:00[Asia/Shanghai]",
            }],
        });
        let file = self.file("event.json", &plan);
        accepted(&self.zhou.does(&["event", "publish", &file]).await);
        for family in [&self.li, &self.zhao] {
            family.does(&["sync"]).await;
        }
        self.zhou.does(&["event", "list"]).await.cells()[0][4].clone()
    }
}

/// `saved <id>` and `accepted <id> <rev>`, in this order, of the same wish.
fn accepted(said: &Said) {
    let lines: Vec<Vec<&str>> = said.out.lines().map(|line| line.split(' ').collect()).collect();
    assert_eq!((lines.len(), lines[0][0], lines[1][0]), (2, "saved", "accepted"), "{said:?}");
    assert_eq!(lines[0][1], lines[1][1], "{said:?}");
    assert!(lines[1][2].parse::<u64>().is_ok(), "{said:?}");
}

/// The family's first booking.
async fn booking(family: &Terminal) -> Value {
    family.does(&["sync"]).await;
    family.does(&["--json", "event", "list"]).await.json()["events"][0]["mine"][0].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_asks_for_leave_and_a_pick_up_and_the_class_teacher_answers() {
    let windows = Windows::open().await;
    let (zhang, li) = (&windows.zhang, &windows.li);
    let backwards = ["request", "leave", "--child", "李雨桐", "--from", "2026-11-27", "--to", "2026-11-24"];
    let refused = li.run(&[&backwards[..], &["--reason", "发烧"]].concat()).await;
    assert_eq!((refused.code, refused.out.as_str()), (1, ""), "said at once: {refused:?}");
    let leave = ["request", "leave", "--child", "李雨桐", "--from", "2026-11-24", "--reason", "发烧"];
    accepted(&li.does(&leave).await);
    let at = "2026-11-25T16:10[Asia/Shanghai]";
    accepted(&li.does(&["request", "pick-up", "--child", "李雨桐", "--by", "王建军", "--at", at]).await);
    zhang.does(&["sync"]).await;
    let lines = zhang.does(&["request", "list"]).await.cells();
    let open =
        |kind: &str| lines.iter().find(|line| line[2] == kind && line[3] == "open").unwrap()[0].clone();
    let (leave, pick_up) = (open("leave"), open("pick-up"));
    accepted(&zhang.does(&["request", "agree", &leave, "--note", "早日康复"]).await);
    accepted(&zhang.does(&["request", "decline", &pick_up]).await);
    let day = zhang.does(&["request", "day", "2026-11-24"]).await.json();
    assert_eq!(day["absent"][0]["child"]["name"], json!("李雨桐"));
    li.does(&["sync"]).await;
    accepted(&li.does(&["request", "withdraw", &leave]).await);
    let gone = li.run(&["request", "withdraw", &leave]).await;
    assert!(gone.code == 1 && gone.after("refused").is_some(), "{gone:?}");
    windows.world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn families_choose_fill_in_and_sign() {
    let windows = Windows::open().await;
    let (zhang, li) = (&windows.zhang, &windows.li);
    zhang.does(&["sync"]).await;
    for (title, asks) in [
        ("选一项", &["--choose", "书法=1", "--choose", "跳绳"][..]),
        ("填一填", &["--field", "题目!", "--field", "宽=number"]),
        ("请签字", &["--sign", "--each"]),
    ] {
        let send = ["notice", "send", "--title", title, "--body", "请看", "--to", "3.2"];
        accepted(&zhang.does(&[&send[..], asks].concat()).await);
    }
    let both = zhang
        .run(&["notice", "send", "--title", "一", "--body", "二", "--to", "3.2", "--ack", "--sign"])
        .await;
    assert_eq!(both.code, 2, "one notice asks one thing: {both:?}");
    windows.world.advance(SignedDuration::from_secs(121)).await;
    li.does(&["sync"]).await;
    let lines = li.does(&["notice", "list"]).await.cells();
    let id = |title: &str| lines.iter().find(|line| line[4] == title).unwrap()[0].clone();
    let (choose, fill, sign) = (id("选一项"), id("填一填"), id("请签字"));
    let answer = |id: &str, reply: &[&str]| {
        let words: Vec<String> = ["notice", "answer", id, "--child", "李雨桐"]
            .iter()
            .chain(reply)
            .map(ToString::to_string)
            .collect();
        async move { li.run(&words.iter().map(String::as_str).collect::<Vec<_>>()).await }
    };
    let unknown = answer(&choose, &["--choose", "游泳"]).await;
    assert!(unknown.code == 2 && unknown.err.contains("书法, 跳绳"), "{unknown:?}");
    accepted(&answer(&choose, &["--choose", "书法"]).await);
    accepted(&answer(&choose, &["--choose", "跳绳"]).await);
    let wordless = answer(&fill, &["--fill", "宽=四十"]).await;
    assert!(wordless.code != 0 && wordless.err.contains("题目"), "{wordless:?}");
    accepted(&answer(&fill, &["--fill", "题目=早晨", "--fill", "宽=36.5"]).await);
    let neither = answer(&sign, &[]).await;
    assert!(neither.code == 2 && neither.err.contains("--agree"), "{neither:?}");
    accepted(&answer(&sign, &["--agree"]).await);
    zhang.does(&["sync"]).await;
    let given = |id: String| async move {
        let opened = zhang.does(&["notice", "open", &id]).await.json();
        let sheet = opened["sheet"].as_array().unwrap().clone();
        sheet.into_iter().find(|cell| cell["child"]["name"] == "李雨桐").unwrap()["answers"][0].clone()
    };
    let chosen = given(choose).await;
    assert_eq!(chosen["now"]["reply"]["choices"], json!([1]));
    assert_eq!((chosen["version"].as_u64(), chosen["earlier"].as_array().map(Vec::len)), (Some(2), Some(1)));
    assert_eq!(given(fill).await["now"]["reply"]["values"], json!(["早晨", "36.5"]));
    assert_eq!(given(sign).await["now"]["reply"]["agrees"], json!(true));
    windows.world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_goes_out_is_acknowledged_and_the_teacher_sees_it() {
    let windows = Windows::open().await;
    let (zhang, li) = (&windows.zhang, &windows.li);
    let send = |families: &'static str| {
        [
            "notice",
            "send",
            "--title",
            "周三放学时间",
            "--body",
            "三点放学",
            "--to",
            "3.2",
            "--ack",
            "--families",
            families,
        ]
    };
    zhang.does(&["sync"]).await;
    let wrong = zhang.run(&send("3")).await;
    assert_eq!((wrong.code, wrong.out.as_str()), (2, ""), "{wrong:?}");
    assert!(wrong.err.contains("2 families") && wrong.err.contains("nothing was sent"), "{wrong:?}");
    accepted(&zhang.does(&send("2")).await);
    li.does(&["sync"]).await;
    assert_eq!(li.does(&["notice", "list"]).await.out, "", "the author still holds it");
    windows.world.advance(SignedDuration::from_secs(121)).await;
    li.does(&["sync"]).await;
    let line = li.does(&["notice", "list"]).await.cells().remove(0);
    assert_eq!((line[3].as_str(), line[4].as_str()), ("张晓梅", "周三放学时间"));
    accepted(&li.does(&["notice", "answer", &line[0], "--child", "李雨桐"]).await);
    zhang.does(&["sync"]).await;
    let opened = zhang.does(&["notice", "open", &line[0]]).await.json();
    let sheet = opened["sheet"].as_array().unwrap();
    let answered: Vec<_> = sheet.iter().filter(|cell| cell["done"] == json!(true)).collect();
    assert_eq!(answered.len(), 1);
    assert_eq!(
        (&answered[0]["child"]["name"], &answered[0]["answers"][0]["now"]["guardian"]),
        (&json!("李雨桐"), &json!("李建国"))
    );
    windows.world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_families_offline_want_one_seat_and_the_one_given_back_is_offered_to_the_other() {
    let mut windows = Windows::open().await;
    let session = windows.publish(1).await;
    windows.world.kill_server().await;
    for (family, child) in [(&windows.li, "李雨桐"), (&windows.zhao, "赵子涵")] {
        let said = family.run(&["signup", &session, "--child", child, "--adults", "1"]).await;
        assert_eq!(said.code, 3, "saved, and the school cannot be reached: {said:?}");
        assert!(said.after("saved").is_some() && said.out.lines().count() == 1, "{said:?}");
        assert!(said.err.contains("cannot be reached"), "{said:?}");
        let mine = family.does(&["--json", "event", "list"]).await.json()["events"][0]["mine"][0].clone();
        assert_eq!(mine["state"]["is"], "saved", "the words say what is known, not what is hoped");
        let outbox = family.does(&["outbox"]).await.cells();
        assert_eq!((outbox.len(), outbox[0][0].clone()), (1, said.after("saved").unwrap()));
        assert_eq!((outbox[0][1].as_str(), outbox[0][2].as_str()), ("saved", "sign-up"));
        assert_eq!(family.run(&["sync"]).await.code, 3);
    }
    windows.world.start().await;
    // The order of receipt decides.
    windows.zhao.does(&["sync"]).await;
    windows.li.does(&["sync"]).await;
    windows.world.count().await;
    assert_eq!(booking(&windows.zhao).await["state"]["is"], "confirmed");
    let waiting = booking(&windows.li).await;
    assert_eq!(waiting["state"], json!({ "is": "waitlisted", "place": 1 }));

    let given_back = booking(&windows.zhao).await["id"].as_str().unwrap().to_owned();
    accepted(&windows.zhao.does(&["cancel", &given_back]).await);
    assert_eq!(booking(&windows.zhao).await["state"]["is"], "withdrawn");
    let offered = booking(&windows.li).await;
    assert_eq!(offered["state"]["is"], "offered");
    accepted(&windows.li.does(&["accept", offered["id"].as_str().unwrap()]).await);
    assert_eq!(booking(&windows.li).await["state"]["is"], "confirmed");

    // The seat is gone: another family's device does not know it yet, the school says where it stands.
    let event = windows.zhou.does(&["event", "list"]).await.cells()[0][0].clone();
    windows.zhou.does(&["sync"]).await;
    let desk = windows.zhou.does(&["event", "desk", &event]).await.cells();
    let confirmed: Vec<_> = desk.iter().filter(|line| line[1] == "confirmed").collect();
    assert_eq!(
        (confirmed.len(), confirmed[0][2].as_str(), confirmed[0][3].as_str()),
        (1, "李雨桐", "李建国")
    );
    windows.world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shift_is_taken_and_the_coordinator_sees_who_comes() {
    let windows = Windows::open().await;
    let places = windows.zhou.call("event.list", &json!({})).await;
    let post = json!({
        "place": places["places"][0]["id"], "title": "护学岗", "about": "", "meeting_point": "南门", "programme": "",
        "shifts": [{ "starts": "2026-11-24T07:30[Asia/Shanghai]", "ends": "2026-11-24T08:10[Asia/Shanghai]", "needed": 2 }],
    });
    let file = windows.file("post.json", &post);
    accepted(&windows.zhou.does(&["shift", "post", &file]).await);
    windows.li.does(&["sync"]).await;
    let shift = windows.li.does(&["shift", "list"]).await.cells().remove(0);
    assert_eq!((shift[2].as_str(), shift[3].as_str(), shift[4].as_str()), ("护学岗", "0", "2"));
    accepted(&windows.li.does(&["shift", "take", &shift[0]]).await);
    windows.zhou.does(&["sync"]).await;
    let roster = windows.zhou.does(&["--json", "shift", "roster"]).await.json();
    let people = &roster["posts"][0]["shifts"][0]["people"];
    assert_eq!((&people[0]["name"], people.as_array().unwrap().len()), (&json!("李建国"), 1));
    // Tuesdays and Thursdays for two weeks: the one in the file is the first of them.
    let rule = ["--repeat", "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=4"];
    accepted(&windows.zhou.does(&[&["shift", "post", &file][..], &rule].concat()).await);
    let out = windows.zhou.does(&["--json", "shift", "roster"]).await.out;
    for ends in ["2026-11-24T08:10", "2026-11-26T08:10", "2026-12-01T08:10", "2026-12-03T08:10"] {
        assert!(out.contains(&format!(r#""ends":"{ends}"#)), "{ends} is not in {out}");
    }
    let never = windows.zhou.run(&["shift", "post", &file, "--repeat", "FREQ=YEARLY;COUNT=2"]).await;
    assert!(never.err.contains("daily, weekly or monthly"), "{}", never.err);
    windows.world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn json_is_one_value_a_line_and_a_refusal_has_its_code() {
    let windows = Windows::open().await;
    let session = windows.publish(30).await;
    let args = ["--json", "signup", &session, "--child", "李雨桐", "--adults", "1"];
    let said = windows.li.does(&args).await;
    let lines: Vec<Value> = said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!((&lines[0]["event"], &lines[1]["event"]), (&json!("saved"), &json!("accepted")));
    assert_eq!(lines[0]["mutation"], lines[1]["mutation"]);
    assert!(lines[1]["with"].as_str().unwrap().parse::<u64>().is_ok());

    // Saved while it was still open, refused by the school: it closed meanwhile.
    let saved =
        windows.zhao.does(&["--no-wait", "signup", &session, "--child", "赵子涵", "--adults", "1"]).await;
    windows.world.advance(SignedDuration::from_hours(24 * 4)).await;
    let id = saved.after("saved").unwrap();
    windows.zhao.does(&["sync"]).await;
    let item = windows.zhao.does(&["--json", "outbox"]).await.json()["items"][0].clone();
    assert_eq!((&item["mutation"], &item["state"]["is"]), (&json!(id), &json!("refused")), "{item}");
    assert_eq!(
        windows.zhao.does(&["--json", "sync"]).await.json()["failed"],
        1,
        "it stays until it was seen"
    );
    windows.zhao.does(&["outbox", "seen", &id]).await;
    assert_eq!(windows.zhao.does(&["outbox"]).await.out, "");

    // Refused at once by the school: the code is on the line.
    let again = windows.zhao.run(&["signup", &session, "--child", "赵子涵", "--adults", "1"]).await;
    let id = again.after("saved").unwrap();
    assert_eq!((again.code, again.out), (1, format!("saved {id}\nrefused {id} started\n")));
    // What can never be: refused here, nothing saved.
    let many = windows.zhao.run(&["--json", "signup", &session, "--child", "赵子涵", "--adults", "7"]).await;
    assert_eq!((many.code, many.out.as_str()), (1, ""), "{many:?}");
    let error: Value = serde_json::from_str(&many.err).unwrap();
    assert_eq!(error["error"]["fault"], "refused", "{error}");
    assert!(error["error"]["refusal"]["code"].is_string(), "{error}");
    let broken = windows.zhao.run(&["--json", "signup", &session, "--child", "没有人"]).await;
    assert!(serde_json::from_str::<Value>(&broken.err).is_ok(), "every error is JSON there: {broken:?}");
    windows.world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_message_says_what_why_and_what_now() {
    let windows = Windows::open().await;
    let session = windows.publish(30).await;
    // Names.
    let unknown = windows.li.run(&["signup", &session, "--child", "李雨涵", "--adults", "1"]).await;
    assert_eq!((unknown.code, unknown.out.as_str()), (2, ""), "{unknown:?}");
    assert!(
        unknown.err.contains("李雨涵") && unknown.err.contains("李雨桐"),
        "whom else it may be: {unknown:?}"
    );
    let class = windows.world.class("本部", 2024, 3).await;
    let twin = windows.world.child("李雨桐", class).await;
    windows.world.link(&Guardian::parent("赵倩"), twin).await;
    let other = windows.world.child("李雨桐", windows.class).await;
    windows
        .world
        .appoint("周敏", RoleKind::Coordinator, "活动协调员", windows.world.campus("本部").await)
        .await;
    windows.zhou.does(&["sync"]).await;
    let ambiguous =
        windows.zhou.run(&["signup", &session, "--child", "李雨桐", "--adults", "1", "--for", "赵倩"]).await;
    assert_eq!((ambiguous.code, ambiguous.out.as_str()), (2, ""), "{ambiguous:?}");
    for part in ["李雨桐", &twin.to_string(), &other.to_string()] {
        assert!(ambiguous.err.contains(part), "which ones, by id: {ambiguous:?}");
    }
    let place = windows.zhang.run(&["notice", "send", "--title", "x", "--body", "x", "--to", "9.9"]).await;
    assert!(place.code == 2 && place.err.contains("9.9") && place.err.contains("class list"), "{place:?}");
    let hat = windows.zhang.run(&["wear", "校长"]).await;
    assert!(hat.code == 2 && hat.err.contains("校长") && hat.err.contains("班主任"), "{hat:?}");
    let file = windows.zhou.run(&["event", "publish", "/nowhere/event.json"]).await;
    assert!(file.code == 2 && file.err.contains("/nowhere/event.json"), "{file:?}");

    // Codes and passwords.
    let strip = windows.world.strip("李建国").await;
    let mut stranger = Terminal::new();
    let enrol = |code: &'static str| ["enrol", "--server", &strip.address, "--code", code].map(str::to_owned);
    let wrong = stranger.run(&enrol("0000-0000-0000").each_ref().map(String::as_str)).await;
    assert!(wrong.code == 1 && wrong.err.contains("invite-unknown"), "{wrong:?}");
    let short = stranger.run(&enrol("7K2M").each_ref().map(String::as_str)).await;
    assert!(short.code == 1 && short.err.contains("twelve letters and digits"), "{short:?}");
    stranger.password = "short".into();
    let weak = stranger.run(&["enrol", "--invite", &strip.link]).await;
    assert!(weak.code == 1 && weak.err.contains("ten characters"), "{weak:?}");
    let nobody = stranger.run(&["notice", "list"]).await;
    assert!(nobody.code == 4 && nobody.err.contains("xinmei enrol"), "{nobody:?}");
    stranger.password = xinmei_tests::PASSWORD.into();
    stranger.does(&["enrol", "--invite", &strip.link]).await;
    stranger.password = "wrong horse battery staple".into();
    let wrong = stranger.run(&["notice", "list"]).await;
    assert!(
        wrong.code == 1 && wrong.err.contains("password-wrong") && wrong.err.contains("school"),
        "{wrong:?}"
    );
    let mut without = stranger.command(&["notice", "list"]);
    without.env_remove("XINMEI_PASSWORD");
    let locked = program::said(without).await;
    assert!(locked.code == 4 && locked.err.contains("XINMEI_PASSWORD"), "{locked:?}");
    // Usage.
    assert_eq!(stranger.run(&["fly"]).await.code, 2);
    assert_eq!(stranger.run(&["--profile", "../x", "status"]).await.code, 2);
    windows.world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_goes_away_is_no_crash() {
    let windows = Windows::open().await;
    let mut command = windows.li.command(&["status"]);
    let mut child =
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().await.unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(!err.contains("panicked"), "{err}");
    windows.world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_school_from_an_empty_folder_to_the_first_family_by_command_line() {
    let dir = tempfile::tempdir().unwrap();
    let data = dir.path().join("school").display().to_string();
    let server = async |args: &[&str]| {
        let mut command = program::command("xinmei-server");
        command.args(args);
        program::said(command).await
    };
    let made = server(&["init", "--data", &data, "--name", "江畔实验小学"]).await;
    assert!(made.code == 0 && made.out.contains("import"), "what now: {made:?}");
    let twice = server(&["init", "--data", &data, "--name", "别的学校"]).await;
    assert!(twice.code == 1 && twice.err.contains("nothing was changed"), "{twice:?}");
    let roster = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/roster/data/roster.xlsx");
    let preview = server(&["import", "--data", &data, roster]).await;
    assert!(preview.code == 0 && preview.out.contains("Nothing was written"), "{preview:?}");
    let import = server(&["import", "--data", &data, roster, "--confirm"]).await;
    assert!(import.code == 0 && import.out.contains("new 2400"), "{import:?}");
    let again = server(&["import", "--data", &data, roster]).await;
    assert!(again.code == 0 && again.out.contains("new 0, changed 0, moved 0, left 0"), "{again:?}");

    let unknown = server(&["invite", "--data", &data, "--person", "没有人"]).await;
    assert!(unknown.code == 1 && unknown.err.contains("没有人"), "{unknown:?}");
    let mut served = program::serve(std::path::Path::new(&data), "127.0.0.1:0").await;
    let address = served.url.trim_start_matches("https://").to_owned();
    // While the server runs: the console and the server share the book.
    let teacher = first_class_teacher(&data);
    let invite =
        server(&["invite", "--data", &data, "--id", &teacher, "--address", &address, "--json"]).await;
    assert_eq!(invite.code, 0, "{invite:?}");
    let invite = invite.json();
    let terminal = Terminal::new();
    let code = invite["code"].as_str().unwrap();
    let looked = terminal.does(&["--json", "look", &address, code]).await.json();
    assert_eq!(looked["school"], "江畔实验小学");
    terminal.does(&["enrol", "--server", &address, "--code", code]).await;
    let classes = terminal.does(&["class", "list"]).await.cells();
    assert!(!classes.is_empty());
    let children =
        terminal.does(&["class", "open", &format!("{}.{}", classes[0][1], classes[0][2])]).await.cells();
    assert!(children.len() > 20, "{children:?}");
    let status = terminal.does(&["--json", "status"]).await.json();
    assert_eq!((&status["is"], &status["me"]["school"]), (&json!("ready"), &json!("江畔实验小学")));
    let doctor = terminal.does(&["--json", "doctor"]).await.json();
    assert_eq!(doctor["found"], json!([]));

    let backup = dir.path().join("backup.db").display().to_string();
    assert_eq!(server(&["backup", "--data", &data, &backup]).await.code, 0);
    let exists = server(&["backup", "--data", &data, &backup]).await;
    assert!(exists.code == 1 && exists.err.contains("exists already"), "{exists:?}");
    // SIGTERM drains and ends well.
    let pid = served.child.id().unwrap().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
    assert!(served.child.wait().await.unwrap().success());
    let offline = terminal.run(&["sync"]).await;
    assert_eq!(offline.code, 3, "{offline:?}");
    assert_eq!(terminal.does(&["class", "list"]).await.cells(), classes, "reading needs no school");
    let doctor = terminal.run(&["doctor"]).await;
    assert!(doctor.code == 5 && doctor.out.contains("cannot be reached"), "{doctor:?}");
}

/// The id of somebody who teaches a class, from the database itself.
fn first_class_teacher(data: &str) -> String {
    let (store, _writer, identity) = xinmei_server::school::open(std::path::Path::new(data)).unwrap();
    let roles = store
        .read(|session| {
            xinmei_server::ledger::read_list(
                session,
                xinmei_model::List::All(xinmei_model::Kind::Role),
                20_000,
            )
        })
        .unwrap();
    drop(identity);
    let role = roles.iter().find_map(|row| match row {
        xinmei_model::Row::Role(role) if role.kind == RoleKind::ClassTeacher => Some(role),
        _ => None,
    });
    role.unwrap().person.to_string()
}
