//! A screen, a bus and a keyring of our own, for machines without a desktop.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use anyhow::{Context, Result, bail};

use crate::sh::{self, Owned};

/// Opens the keyring of the screen; it holds nothing but demo keys.
const KEYRING_PASSWORD: &[u8] = b"xinmei-demo";
/// A drawn page has at least this many colours: letters have soft edges.
const COLOURS: u32 = 120;

/// Whether this person sees windows.
pub(crate) fn is_there() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// A screen of our own. Dropping it ends everything on it.
pub(crate) struct Screen {
    display: String,
    bus: String,
    home: PathBuf,
    // In the order they must end.
    _keyring: Owned,
    _bus: Owned,
    _display: Owned,
}

impl Screen {
    /// Starts Xvfb, a session bus and an unlocked keyring that keep their files under `home`.
    pub(crate) fn start(home: &Path) -> Result<Self> {
        for folder in ["run", "share", "cache", "config"] {
            fs::create_dir_all(home.join(folder))?;
        }
        fs::set_permissions(home.join("run"), fs::Permissions::from_mode(0o700))?;
        let home = home.canonicalize()?;

        let mut xvfb = Command::new("Xvfb");
        // It would start over when its last client goes, and lose one that comes at that moment.
        xvfb.args(["-displayfd", "1", "-noreset", "-screen", "0", "1360x850x24", "-nolisten", "tcp"]);
        let mut screen = Owned::start(xvfb.stdout(Stdio::piped()).stderr(Stdio::null()))?;
        let display = format!(":{}", first_line(&mut screen.0)?);

        let mut daemon = Command::new("dbus-daemon");
        daemon.args(["--session", "--nofork", "--nopidfile", "--print-address=1"]);
        with_homes(&mut daemon, &home).env("DISPLAY", &display);
        let mut bus = Owned::start(daemon.stdout(Stdio::piped()).stderr(Stdio::null()))?;
        let address = first_line(&mut bus.0)?;

        let mut daemon = Command::new("gnome-keyring-daemon");
        daemon.args(["--foreground", "--unlock", "--components=secrets"]);
        with_homes(&mut daemon, &home).env("DISPLAY", &display).env("DBUS_SESSION_BUS_ADDRESS", &address);
        daemon.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
        let mut keyring = Owned::start(&mut daemon)?;
        keyring.0.stdin.take().context("no stdin")?.write_all(KEYRING_PASSWORD)?;

        let screen = Self { display, bus: address, home, _keyring: keyring, _bus: bus, _display: screen };
        screen.wait_for_keyring()?;
        Ok(screen)
    }

    /// Lets a program run on it.
    pub(crate) fn lend<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        with_homes(command, &self.home)
            .env("DISPLAY", &self.display)
            .env("DBUS_SESSION_BUS_ADDRESS", &self.bus)
            .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY")
    }

    fn wait_for_keyring(&self) -> Result<()> {
        let mut ask = Command::new("dbus-send");
        ask.args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"]);
        ask.args(["org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets"]);
        for _ in 0..100 {
            if sh::read(self.lend(&mut ask))?.contains("boolean true") {
                return Ok(());
            }
            sh::pause(Duration::from_millis(100))?;
        }
        bail!("the keyring did not come up")
    }

    /// A picture of the screen, once something is drawn on it and stands still.
    pub(crate) fn picture(&self, to: &Path) -> Result<()> {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut last = String::new();
        for _ in 0..60 {
            sh::pause(Duration::from_millis(500))?;
            sh::run(self.lend(Command::new("import").args(["-window", "root"]).arg(to)))?;
            let seen = sh::read(Command::new("identify").args(["-format", "%k %#"]).arg(to))?;
            let colours: u32 = seen.split(' ').next().unwrap_or_default().parse().unwrap_or_default();
            if colours >= COLOURS && seen == last {
                return Ok(());
            }
            last = seen;
        }
        bail!("nothing stood still in the window within 30 seconds; the last picture is {}", to.display())
    }
}

/// Nothing of this person's own desktop is read or written.
fn with_homes<'c>(command: &'c mut Command, home: &Path) -> &'c mut Command {
    command
        .env("XDG_RUNTIME_DIR", home.join("run"))
        .env("XDG_DATA_HOME", home.join("share"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("XDG_CONFIG_HOME", home.join("config"))
}

/// The first line a program prints.
pub(crate) fn first_line(child: &mut Child) -> Result<String> {
    let mut line = String::new();
    BufReader::new(child.stdout.take().context("no stdout")?).read_line(&mut line)?;
    let line = line.trim();
    if line.is_empty() {
        bail!("it ended before it was ready");
    }
    Ok(line.to_owned())
}
