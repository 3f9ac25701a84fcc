//! Notices by the command line alone: what is known before one goes out, who has looked, who reads along, the slips.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use xinmei_model::{FileHash, Relation, RoleKind};
use xinmei_tests::{Guardian, Said, Terminal};

use super::{Windows, accepted};

impl Windows {
    /// A notice to the class that is with its families; its id.
    async fn told(&self, author: &Terminal, title: &str, more: &[&str]) -> String {
        author.does(&["sync"]).await;
        let send = ["notice", "send", "--title", title, "--to", "3.2"];
        accepted(&author.does(&[&send[..], more].concat()).await);
        self.world.advance(SignedDuration::from_secs(121)).await;
        for terminal in [&self.zhang, &self.zhou, &self.li, &self.zhao] {
            terminal.does(&["sync"]).await;
        }
        let lines = self.li.does(&["notice", "list"]).await.cells();
        lines.into_iter().find(|line| line[4] == title).unwrap().remove(0)
    }
}

fn has(said: &Said, line: &str) {
    assert!(said.out.lines().any(|one| one == line), "{line:?} is not in {said:?}");
}

/// How many lines begin like this.
fn begin(said: &Said, with: &str) -> usize {
    said.out.lines().filter(|line| line.starts_with(with)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_author_reads_who_has_looked_and_who_has_answered() {
    let windows = Windows::open().await;
    let (zhang, li) = (&windows.zhang, &windows.li);
    let id = windows.told(zhang, "明天降温", &["--body", "请加衣", "--ack"]).await;
    let of = |parent: &'static str, id: String| async move {
        zhang.does(&["sync"]).await;
        let lines = zhang.does(&["notice", "delivery", &id]).await.cells();
        let line = lines.into_iter().find(|line| line[1] == parent).unwrap();
        let moment = |cell: &str| (!cell.is_empty()).then(|| cell.parse::<Timestamp>().unwrap());
        (moment(&line[5]), moment(&line[6]))
    };
    assert_eq!(of("李建国", id.clone()).await, (None, None));
    li.call("notice.seen", &json!({ "notice": id })).await;
    li.does(&["sync"]).await;
    let seen = of("李建国", id.clone()).await;
    assert_eq!(seen, (Some(windows.world.now()), None), "looked, and said nothing yet");
    assert_eq!(of("赵倩", id.clone()).await, (None, None));
    windows.world.advance(SignedDuration::from_mins(5)).await;
    accepted(&li.does(&["notice", "answer", &id, "--child", "李雨桐"]).await);
    assert_eq!(of("李建国", id).await, (seen.0, Some(windows.world.now())));
    windows.world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn before_it_goes_out_its_author_reads_who_misses_it_and_when_it_goes() {
    let windows = Windows::open().await;
    let (world, zhang) = (&windows.world, &windows.zhang);
    let yutong = world.child("李雨桐", windows.class).await;
    let elder = Guardian { relation: Relation::PaternalGrandmother, ..Guardian::parent("周玉兰") };
    world.link(&elder, yutong).await;
    let ming = world.child("王明", windows.class).await;
    world.link(&Guardian::parent("王强"), ming).await;
    world.appoint("熊立新", RoleKind::Head, "校长", world.root()).await;
    world.appoint("吴军", RoleKind::Head, "德育主任", world.root()).await;
    world.appoint("何静", RoleKind::Administrator, "管理员", world.root()).await;
    let (xiong, he) = (world.terminal("熊立新").await, world.terminal("何静").await);

    zhang.does(&["sync"]).await;
    let preview = ["notice", "preview", "--to", "3.2"];
    let said = zhang.does(&preview).await;
    has(&said, "gets\t李雨桐\t李建国\t本部 3.2");
    has(&said, "unreached\t王明\t王强\tnot-joined");
    has(&said, "left out\t李雨桐\t周玉兰\tnot-joined");
    assert_eq!((begin(&said, "gets"), begin(&said, "unreached"), begin(&said, "left out")), (2, 1, 1));
    for sum in ["families 2", "children 2", "two-guardians 0", "asked-today 0", "approval not-needed"] {
        has(&said, sum);
    }
    assert!(said.out.contains("after 120 s in which it can be taken back"), "{said:?}");

    // What is asked today makes the next one louder; what asks nothing does not.
    let send = ["notice", "send", "--title", "明天降温", "--body", "请加衣", "--to", "3.2"];
    accepted(&zhang.does(&send).await);
    has(&zhang.does(&preview).await, "asked-today 0");
    accepted(&zhang.does(&[&send[..], &["--ack"]].concat()).await);
    has(&zhang.does(&preview).await, "asked-today 1 本部 3.2");

    let nights = ["school", "quiet-hours", "--from", "22:00", "--until", "06:30"];
    accepted(&he.does(&nights).await);
    zhang.does(&["sync"]).await;
    for (asked, goes) in [
        ("2026-11-24T08:00+08:00[Asia/Shanghai]", "2026-11-24T08:00:00+08:00[Asia/Shanghai] as asked"),
        (
            "2026-11-24T23:00+08:00[Asia/Shanghai]",
            "2026-11-25T06:30:00+08:00[Asia/Shanghai] after the quiet hours",
        ),
    ] {
        let said = zhang.does(&[&preview[..], &["--at", asked]].concat()).await;
        has(&said, &format!("goes-out {goes}"));
    }

    // The whole school takes a second person: when it goes is not for its author alone.
    let root = world.root().to_string();
    xiong.does(&["sync"]).await;
    let said = xiong.does(&["notice", "preview", "--to", &root]).await;
    has(&said, "may agree\t吴军\t德育主任");
    has(&said, "approval needed");
    assert_eq!((begin(&said, "may agree"), begin(&said, "goes-out")), (1, 0), "not the author: {said:?}");
    windows.world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_class_reads_what_it_is_asked_unless_its_author_says_no() {
    let windows = Windows::open().await;
    let (zhang, zhou) = (&windows.zhang, &windows.zhou);
    let read_along = |id: String| async move {
        let opened = zhang.does(&["notice", "open", &id]).await.json();
        (opened["class_reads"].as_bool().unwrap(), opened["sheet"].as_array().unwrap().len())
    };
    let asked = ["--body", "请看", "--ack"];
    let id = windows.told(zhou, "开放日", &asked).await;
    assert_eq!(read_along(id).await, (true, 2));
    let id = windows.told(zhou, "只是告知", &["--body", "请看"]).await;
    assert_eq!(read_along(id).await, (false, 0), "nothing is asked");
    let no = [&asked[..], &["--class-does-not-read"]].concat();
    let id = windows.told(zhou, "家访意愿", &no).await;
    assert_eq!(read_along(id.clone()).await, (false, 0));
    // What families said to its author alone stays so where it is replaced.
    let again = [&asked[..], &["--replaces", &id, "--keep-answers"]].concat();
    let id = windows.told(zhou, "家访意愿，下周", &again).await;
    assert_eq!(read_along(id).await, (false, 0));
    windows.world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slip_says_who_signed_what_and_can_be_checked() {
    let windows = Windows::open().await;
    let (zhang, li, zhao) = (&windows.zhang, &windows.li, &windows.zhao);
    let rules = windows.world.dir.path().join("须知.pdf");
    std::fs::write(&rules, b"%PDF-1.7 rules").unwrap();
    // A text that would like to be a signature.
    let body = "4月2日去鹅岭。\nagrees\t赵倩\tmother";
    let sign = ["--body", body, "--sign", "--attach", rules.to_str().unwrap()];
    let id = windows.told(zhang, "春游同意书", &sign).await;
    let none = li.run(&["notice", "slip", &id]).await;
    assert!(none.code == 2 && none.out.is_empty() && none.err.contains("nobody signed"), "{none:?}");

    accepted(&li.does(&["notice", "answer", &id, "--child", "李雨桐", "--agree"]).await);
    let slip = li.does(&["notice", "slip", &id]).await;
    let child = slip.out.lines().find(|line| line.starts_with("child\t")).unwrap();
    assert!(child.ends_with("\t李雨桐\t本部 3.2"), "{child}");
    assert_eq!((begin(&slip, "agrees\t李建国\tmother\t2026-11-23T10:02"), begin(&slip, "agrees")), (1, 1));
    let of_file = FileHash::of(b"%PDF-1.7 rules").to_string();
    for line in ["  春游同意书", "  4月2日去鹅岭。", "  agrees 赵倩 mother"] {
        has(&slip, line);
    }
    has(&slip, &format!("  {of_file}  须知.pdf"));
    let value = li.does(&["--json", "notice", "slip", &id, "--child", "李雨桐"]).await.json();
    let sha256 = FileHash::of(value["text"].as_str().unwrap().as_bytes()).to_string();
    assert_eq!(value["slips"][0]["signatures"][0]["sha256"], json!(sha256), "anybody can check it: {value}");
    has(&slip, &format!("sha256\t{sha256}\tof the text below"));

    // What waits on a computer is no signature yet.
    zhao.does(&["--no-wait", "notice", "answer", &id, "--child", "赵子涵", "--agree"]).await;
    assert_eq!(zhao.run(&["notice", "slip", &id]).await.code, 2);
    zhao.does(&["sync"]).await;
    assert_eq!(begin(&zhao.does(&["notice", "slip", &id]).await, "agrees\t赵倩"), 1);
    let phoned = ["--for", "赵倩", "--note", "妈妈来电", "--disagree"];
    zhang.does(&["sync"]).await;
    let answer = ["notice", "answer", &id, "--child", "赵子涵"];
    accepted(&zhang.does(&[&answer[..], &phoned].concat()).await);

    zhang.does(&["sync"]).await;
    let all = zhang.does(&["notice", "slip", &id]).await;
    assert_eq!((begin(&all, "child"), begin(&all, "school\t江畔实验小学")), (2, 2), "each whole: {all:?}");
    let one = zhang.does(&["notice", "slip", &id, "--child", "赵子涵"]).await;
    assert_eq!((begin(&one, "child"), begin(&one, "does not agree\t赵倩\tmother")), (1, 1), "{one:?}");
    has(&one, "entered by\t张晓梅\t妈妈来电");
    li.does(&["sync"]).await;
    assert_eq!(begin(&li.does(&["notice", "slip", &id]).await, "child"), 1, "its own alone");
    windows.world.end(&[]).await;
}
