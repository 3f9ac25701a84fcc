//! Programs: run to the end, or kept until their owner goes. Nothing outlives this process.

use std::{
    env,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread::sleep,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

/// Everything that `cargo xtask test` runs is built once, in this profile of Cargo's.
pub(crate) const TESTED: &str = "tested";

/// Whatever is tested. Not `--all-targets`: that links a program for the benchmarks of everything, and there are none.
pub(crate) const EVERYTHING: [&str; 4] = ["--workspace", "--bins", "--tests", "--examples"];

/// Whether clippy reads along when our own packages are compiled.
static LINTS: AtomicBool = AtomicBool::new(false);

static STOP: AtomicBool = AtomicBool::new(false);
const BEAT: Duration = Duration::from_millis(50);
/// How long a program may take to end after it was asked to; the server drains for five seconds.
const GRACE: Duration = Duration::from_secs(8);

/// The repository.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."))
}

/// Whether this is a build server: it does not ask, and it takes the lock file as it is.
pub(crate) fn in_ci() -> bool {
    env::var_os("CI").is_some_and(|value| value != "false" && !value.is_empty())
}

/// On Ctrl-C or a signal everything that was started is ended first.
pub(crate) fn end_what_we_started_on_ctrl_c() {
    if let Err(error) = ctrlc::set_handler(|| STOP.store(true, Ordering::SeqCst)) {
        eprintln!("xtask: Ctrl-C may leave programs running: {error}");
    }
}

/// Whether Ctrl-C was pressed.
pub(crate) fn stopped() -> bool {
    STOP.load(Ordering::SeqCst)
}

/// Waits a little; fails once Ctrl-C was pressed.
pub(crate) fn pause(time: Duration) -> Result<()> {
    let until = Instant::now() + time;
    while Instant::now() < until {
        if stopped() {
            bail!("stopped");
        }
        sleep(BEAT.min(time));
    }
    Ok(())
}

/// A program, to be run in the repository. Relative programs are those of the build.
pub(crate) fn program(name: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// Cargo, with the lock file as it is on a build server.
pub(crate) fn cargo(subcommand: &str) -> Command {
    let mut command = program(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // `nextest run` is two words, and only behind the second it knows the flag.
    command.args(subcommand.split(' '));
    if in_ci() && subcommand != "fmt" && subcommand != "deny" {
        command.arg("--locked");
    }
    if LINTS.load(Ordering::SeqCst) {
        // Beside cargo, as `cargo clippy` finds it.
        let clippy = Path::new(command.get_program()).with_file_name("clippy-driver");
        command.env("RUSTC_WORKSPACE_WRAPPER", clippy);
        command.env("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
    }
    command
}

/// From now on what is compiled is linted as it is: a compilation for clippy alone takes minutes more. It is what
/// `cargo clippy` does with `cargo check`, and a warning is an error.
pub(crate) fn lint_what_is_built() {
    LINTS.store(true, Ordering::SeqCst);
}

/// Nextest where it is installed: it runs the tests of all packages side by side. `profile` is Cargo's, `limits`
/// nextest's.
pub(crate) fn tests(profile: &str, limits: &str, args: &[&str]) -> Command {
    let mut command = if succeeds(program("cargo-nextest").args(["nextest", "--version"])) {
        let mut nextest = cargo("nextest run");
        nextest.args(["--cargo-profile", profile, "--profile", limits]);
        nextest
    } else {
        let mut test = cargo("test");
        test.args(["--no-fail-fast", "--profile", profile]);
        test
    };
    command.args(args);
    command
}

/// Npm, in the UI.
pub(crate) fn npm(args: &[&str]) -> Command {
    let mut command = program("npm");
    command.args(args).current_dir(root().join("ui"));
    command
}

/// A program of the debug build.
pub(crate) fn built(name: &str) -> PathBuf {
    built_in("dev", name)
}

/// A program as it was built in a profile of Cargo's.
pub(crate) fn built_in(profile: &str, name: &str) -> PathBuf {
    target().join(if profile == "dev" { "debug" } else { profile }).join(name)
}

/// Where cargo builds.
pub(crate) fn target() -> PathBuf {
    root().join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// Runs it to its end; its output is the caller's.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let name = name_of(command);
    let mut child = Owned::start(command)?;
    let status = loop {
        if let Some(status) = child.0.try_wait()? {
            break status;
        }
        pause(BEAT)?;
    };
    if stopped() {
        bail!("stopped");
    }
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}

/// Runs it to its end and gives what it printed.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let name = name_of(command);
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("{name} could not be started"))?;
    if !output.status.success() {
        bail!("{name} failed ({})", output.status);
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether it ends well; nothing is shown.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    let command = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn name_of(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy();
    let args = command.get_args().take(2).map(|arg| arg.to_string_lossy()).collect::<Vec<_>>();
    format!("{program} {}", args.join(" ")).trim_end().to_owned()
}

/// A program that ends with its owner: asked first, then made to.
pub(crate) struct Owned(pub(crate) Child);

impl Owned {
    /// Starts it.
    pub(crate) fn start(command: &mut Command) -> Result<Self> {
        if stopped() {
            bail!("stopped");
        }
        let name = name_of(command);
        Ok(Self(command.spawn().with_context(|| format!("{name} could not be started"))?))
    }

    /// Whether it still runs.
    pub(crate) fn runs(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }
}

impl Drop for Owned {
    fn drop(&mut self) {
        if !self.runs() {
            return;
        }
        let id = self.0.id().to_string();
        if succeeds(Command::new("kill").args(["-TERM", &id])) {
            let until = Instant::now() + GRACE;
            while self.runs() && Instant::now() < until {
                sleep(BEAT);
            }
        }
        if self.runs() {
            // Gone already is fine.
            let _ = self.0.kill();
        }
        let _ = self.0.wait();
    }
}
