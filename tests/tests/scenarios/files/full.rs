//! A full disk, at the school and on a computer: it is said, nothing is lost, and it goes on once there is room.

use std::{path::Path, process::Stdio, time::Duration};

use jiff::SignedDuration;
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    net::TcpListener,
    process::{Child, Command},
};
use xinmei_client::api::notice;
use xinmei_model::{
    FileHash, RoleKind, Target,
    wire::{BeginUpload, UploadStand},
};
use xinmei_tests::{Terminal, World, program};

use super::{give, letter, pdf};

/// Larger than what is left on either disk.
const BYTES: usize = 2_000_000;

/// A shell in which folders can be file systems of their own; it ends with this test.
fn shell(script: &str) -> Command {
    let mut shell = Command::new("unshare");
    shell.args(["--map-root-user", "--user", "--mount", "--pid", "--fork", "--kill-child"]);
    shell.args(["bash", "-c", script, "disk"]).stdin(Stdio::null()).kill_on_drop(true);
    shell
}

/// `xinmei-server serve` with 1 MB left for files, until the file `room` is there.
async fn serve(data: &Path, listen: &str, room: &Path) -> Child {
    let script = r#"
        set -e
        mount -t tmpfs -o size=4m,mode=700 none "$1/files"
        head -c 3000000 /dev/zero > "$1/files/filler"
        room=$2; files=$1/files; shift 2
        "$@" &
        while [ ! -e "$room" ]; do kill -0 $!; sleep 0.05; done
        rm "$files/filler" "$room"
        wait
    "#;
    let command = program::command("xinmei-server");
    let mut shell = shell(script);
    shell.arg(data).arg(room).arg(command.as_std().get_program());
    shell.args(["serve", "--listen", listen, "--data"]).arg(data).stdout(Stdio::piped());
    let mut child = shell.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let ready = lines.next_line().await.unwrap().expect("the server did not start");
    assert!(ready.contains("ready"), "{ready}");
    child
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_meets_a_full_disk_is_told_so_and_goes_on_where_it_was() {
    let mut world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    world.family("李建国", &[("李雨桐", class)]).await;
    world.appoint("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let (terminal, raw) = (world.terminal("张晓梅").await, world.raw("李建国").await);
    let listen = world.server().school.address.host.clone();
    world.kill_server().await;
    let (data, room) = (world.data(), world.dir.path().join("room"));
    let mut server = serve(&data, &listen, &room).await;

    let content = pdf(40, BYTES);
    let hash = FileHash::of(&content);
    let begin = BeginUpload { sha256: hash, bytes: u32::try_from(BYTES).unwrap() };
    raw.post::<_, UploadStand>("/v1/uploads", &begin).await.unwrap();
    let (mut at, piece) = (0, 256 * 1024);
    let full = loop {
        let said = raw.part(hash, at, &content[at..BYTES.min(at + piece)]).await;
        if said.0 != 204 {
            break said;
        }
        at += piece;
    };
    assert_eq!(full, (507, "disk-full".into()));
    assert!(at > 0, "some of it had room");
    let stand: UploadStand = raw.post("/v1/uploads", &begin).await.unwrap();
    assert_eq!(usize::try_from(stand.offset).unwrap(), at, "what was taken stays taken, and no more");

    // The command line waits with its notice; it is not refused.
    let form = world.dir.path().join("同意书.pdf");
    std::fs::write(&form, pdf(41, BYTES)).unwrap();
    let (class, path) = (class.to_string(), form.to_string_lossy().into_owned());
    let args = ["--no-wait", "notice", "send", "--title", "研学", "--body", "见附件", "--to", &class];
    terminal.does(&[&args[..], &["--attach", &path]].concat()).await;
    let sync = terminal.run(&["sync"]).await;
    assert!(sync.code != 0 && sync.err.contains("busy"), "{sync:?}");
    assert!(terminal.does(&["outbox"]).await.out.contains("研学"));

    std::fs::write(&room, "").unwrap();
    while room.exists() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    while at < BYTES {
        let end = BYTES.min(at + piece);
        assert_eq!(raw.part(hash, at, &content[at..end]).await.0, 204);
        at = end;
    }
    assert_eq!(raw.file(hash).await, (200, content));
    server.kill().await.unwrap();
    // The server ends a moment after the shell it ran in.
    while TcpListener::bind(&listen).await.is_err() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    world.start().await;
    world.end(&[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_that_meets_a_full_disk_is_told_so_and_comes_whole_once_there_is_room() {
    let world = World::new().await;
    let class = world.class("本部", 2024, 2).await;
    let child = world.child("李雨桐", class).await;
    world.elsewhere("李建国").await;
    world.link(&xinmei_tests::Guardian::parent("李建国"), child).await;
    let zhang = world.staff("张晓梅", RoleKind::ClassTeacher, "班主任", class).await;
    let terminal: Terminal = world.terminal("李建国").await;
    let form = give(&zhang, "同意书.pdf", &pdf(42, BYTES)).await.unwrap();
    zhang.ask(letter(Target::Place(class), vec![form])).await;
    zhang.sync().await;
    world.advance(SignedDuration::from_secs(121)).await;
    terminal.does(&["sync"]).await;
    let id = zhang.ask(notice::List {}).await.notices[0].id.to_string();

    let (disk, to) = (world.dir.path().join("disk"), world.dir.path().join("saved"));
    std::fs::create_dir(&disk).unwrap();
    std::fs::create_dir(&to).unwrap();
    let script = r#"
        mount -t tmpfs -o size=16m,mode=700 none "$1" && cp -a "$2/." "$1/" || exit 99
        disk=$1; to=$3; shift 3
        left=$(df --output=avail -k "$disk" | tail -n 1)
        head -c $(( (left - 600) * 1024 )) /dev/zero > "$disk/filler"
        "$@" > /dev/null; echo "full: $? $(ls "$to" | wc -l)"
        rm "$disk/filler"
        "$@" > /dev/null; echo "room: $? $(ls "$to" | wc -l)"
    "#;
    let folder = to.to_string_lossy().into_owned();
    let command = terminal.command(&["notice", "save", &id, "--to", &folder]);
    let inner = command.as_std();
    let mut shell = shell(script);
    shell.arg(&disk).arg(terminal.data.path()).arg(&to).arg(inner.get_program());
    let old = terminal.data.path().as_os_str();
    shell.args(inner.get_args().map(|arg| if arg == old { disk.as_os_str() } else { arg }));
    shell.envs(inner.get_envs().filter_map(|(key, value)| Some((key, value?))));
    let said = program::said(shell).await;
    assert_eq!(said.out, "full: 5 0\nroom: 0 1\n", "{said:?}");
    assert!(said.err.contains("not saved: the disk is full"), "{said:?}");
    assert_eq!(std::fs::read(to.join("同意书.pdf")).unwrap(), pdf(42, BYTES));
    world.end(&[&zhang]).await;
}
