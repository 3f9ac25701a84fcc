//! The real programs: a person at a command line, and a server that is a process of its own.

use std::{
    path::{Path, PathBuf},
    process::Stdio,
    sync::OnceLock,
    time::SystemTime,
};

use serde_json::Value;
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
};
use xinmei_client::{profile::ProfileDir, socket::Door};

use super::{World, device::PASSWORD};

/// One of our programs, beside the test, as the sources are now: a stale one would prove nothing.
pub fn path(name: &str) -> PathBuf {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    let named = |folder: &Path, name: &str| folder.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let folder = FOLDER.get_or_init(|| {
        // target/debug/deps/cli-0123…
        let folder = std::env::current_exe().unwrap().ancestors().nth(2).unwrap().to_owned();
        let sources = newest(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates"));
        let fresh = |name| {
            let built = std::fs::metadata(named(&folder, name)).and_then(|file| file.modified());
            built.is_ok_and(|built| built >= sources)
        };
        // Asking cargo costs a wait for its lock, so it is asked only where it has something to do.
        if !fresh("xinmei") || !fresh("xinmei-server") {
            let mut build = std::process::Command::new(env!("CARGO"));
            build.args(["build", "--quiet", "-p", "xinmei-client", "-p", "xinmei-server", "--target-dir"]);
            build.arg(folder.parent().unwrap()).current_dir(env!("CARGO_MANIFEST_DIR"));
            // target/debug is the profile dev; the others are named as their folders.
            let profile = folder.file_name().unwrap().to_str().unwrap();
            build.args(["--profile", if profile == "debug" { "dev" } else { profile }]);
            assert!(build.status().unwrap().success(), "the programs could not be built");
        }
        folder
    });
    named(folder, name)
}

/// When the newest source under a folder was written.
fn newest(folder: &Path) -> SystemTime {
    let mut newest = SystemTime::UNIX_EPOCH;
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, kind) = (entry.path(), entry.file_type().unwrap());
        if kind.is_dir() && !path.ends_with("tests") {
            newest = newest.max(self::newest(&path));
        } else if kind.is_file() {
            newest = newest.max(entry.metadata().unwrap().modified().unwrap());
        }
    }
    newest
}

/// A program in a clean environment; it ends with the test.
pub fn command(name: &str) -> Command {
    let mut command = Command::new(path(name));
    command.env_clear().env("XINMEI_LOG", "error").stdin(Stdio::null()).kill_on_drop(true);
    command
}

/// What a command said, and how it ended.
#[derive(Debug)]
pub struct Said {
    /// The exit code; -1 for a signal.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Said {
    /// Standard output as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// What follows the word at the beginning of a line: `saved …`.
    pub fn after(&self, word: &str) -> Option<String> {
        let line = self.out.lines().find_map(|line| line.strip_prefix(word)?.strip_prefix(' '))?;
        Some(line.split(' ').next().unwrap_or_default().to_owned())
    }

    /// The cells of each line.
    pub fn cells(&self) -> Vec<Vec<String>> {
        self.out.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect()
    }
}

/// Runs a command to its end.
pub async fn said(mut command: Command) -> Said {
    let output = command.output().await.unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// A person at a command line, with a profile in a folder of its own. It goes with the value.
pub struct Terminal {
    /// Where the profile is.
    pub data: TempDir,
    /// What is typed as the password.
    pub password: String,
}

impl Terminal {
    /// A computer on which nobody joined.
    pub fn new() -> Self {
        Self { data: tempfile::tempdir().unwrap(), password: PASSWORD.into() }
    }

    /// The profile.
    pub fn profile(&self) -> ProfileDir {
        ProfileDir::new(self.data.path(), "default").unwrap()
    }

    /// `xinmei …`
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = command("xinmei");
        command.args(["--no-keyring", "--data-dir"]).arg(self.data.path()).args(args);
        command.env("XINMEI_PASSWORD", &self.password);
        command
    }

    /// Runs `xinmei …`, however it ends.
    pub async fn run(&self, args: &[&str]) -> Said {
        said(self.command(args)).await
    }

    /// Runs `xinmei …`, which must do it.
    pub async fn does(&self, args: &[&str]) -> Said {
        let said = self.run(args).await;
        assert_eq!(said.code, 0, "xinmei {args:?}: {said:?}");
        said
    }

    /// Asks the door, through the command line.
    pub async fn call(&self, name: &str, with: &Value) -> Value {
        self.does(&["--json", "call", name, &with.to_string()]).await.json()
    }

    /// A process that holds this profile until it is killed, and the door to it.
    pub async fn core(&self) -> (Child, Door) {
        let mut child = self.command(&["sync", "--watch"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next_line().await.unwrap();
        assert!(first.is_some(), "the core did not start");
        // Read on: a closed pipe would end it.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        (child, Door::There(self.profile()))
    }
}

impl Default for Terminal {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// The person joins by command line.
    pub async fn terminal(&self, name: &str) -> Terminal {
        let strip = self.strip(name).await;
        let terminal = Terminal::new();
        terminal.does(&["enrol", "--invite", &strip.link]).await;
        terminal
    }
}

/// A server that is a process of its own.
pub struct Served {
    /// The process.
    pub child: Child,
    /// Where it says it listens.
    pub url: String,
}

/// `xinmei-server serve`
pub async fn serve(data: &Path, listen: &str) -> Served {
    let mut command = command("xinmei-server");
    command.args(["serve", "--listen", listen, "--data"]).arg(data).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let ready = lines.next_line().await.unwrap().expect("the server did not start");
    let ready: Value = serde_json::from_str(&ready).unwrap();
    assert_eq!(ready["event"], "ready");
    Served { child, url: ready["url"].as_str().unwrap().to_owned() }
}

/// Numbers of a seed, which a failing test prints; `XINMEI_SEED` gives it again.
pub struct Seed(u64);

impl Seed {
    /// The seed of this run.
    pub fn of_run() -> Self {
        let given = std::env::var("XINMEI_SEED").ok().and_then(|text| text.parse().ok());
        let seed = given.unwrap_or_else(|| uuid::Uuid::new_v4().as_u64_pair().0);
        println!("XINMEI_SEED={seed}");
        Self(seed)
    }

    /// A number from `from` up to, but not, `to`.
    pub fn within(&mut self, from: u64, to: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        from + (mixed ^ (mixed >> 31)) % (to - from)
    }
}
