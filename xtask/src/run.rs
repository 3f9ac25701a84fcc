//! `cargo xtask run`: a school on this computer, and a window on it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use anyhow::{Context, Result, anyhow, bail};

use crate::{
    Who, packages,
    step::{has, output, root, step, step_in},
};

/// The demo school's folder: not in git, safe to delete.
const DEMO: &str = ".demo";
/// Where the demo school listens.
const ADDRESS: &str = "127.0.0.1:8443";
/// Everybody's password in the demo school.
const PASSWORD: &str = "xinmei-demo-2026";
/// Until a window has painted and synced, where nobody is there to see it.
const PAINT: Duration = Duration::from_secs(12);

/// A program this command started; it ends with it.
struct Started(Child);

impl Drop for Started {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Builds, starts the school, opens a window for each person.
pub(crate) fn run(who: &[Who], fresh: bool, shoot: bool) -> Result<()> {
    let who = if who.is_empty() { &[Who::Parent] } else { who };
    println!("A school on this computer. First time: about 10 minutes on two cores; later: seconds.");
    println!("  1 packages (1 min) · 2 the UI (1 min) · 3 programs (8 min) · 4 the demo school (20 s) · 5 the window");
    packages::debian()?;
    packages::ui()?;
    step_in("ui", "Building the UI", "npm", &["run", "build", "--silent"])?;
    let build = ["build", "--quiet", "--package", "xinmei-server", "--package", "xinmei-client", "--package", "xinmei-desktop"];
    step("Building server, command line and window", "cargo", &build)?;
    if fresh && Path::new(DEMO).exists() {
        fs::remove_dir_all(DEMO)?;
    }
    let school = format!("{DEMO}/school");
    if !Path::new(&school).join("school.db").exists() {
        step("Making the demo school", "target/debug/xinmei-server", &["demo", "--data", &school])?;
    }
    let (_server, url) = serve(&school)?;
    println!("▸ The school is at {url}");
    let screen = Screen::find()?;
    let mut windows = Vec::new();
    for person in who {
        enrol(&school, *person)?;
        windows.push((*person, window(*person, &screen)?));
    }
    println!("  Password of everybody in the demo school: {PASSWORD}");
    if shoot || screen.is_virtual() {
        photograph(&screen, &mut windows)?;
        if shoot {
            println!("Done. The windows and the school were closed again.");
            return Ok(());
        }
    }
    println!("Running. Close the windows, or press Ctrl-C, to end it.");
    for (_, mut window) in windows {
        window.0.wait()?;
    }
    println!("Done. The school stopped with its last window; its data stays in {DEMO}/.");
    Ok(())
}

fn serve(school: &str) -> Result<(Started, String)> {
    let mut child = Command::new("target/debug/xinmei-server")
        .args(["serve", "--data", school, "--listen", ADDRESS])
        .stdout(Stdio::piped())
        .stdin(Stdio::null())
        .spawn()
        .context("the server cannot be started")?;
    let out = child.stdout.take().ok_or_else(|| anyhow!("the server has no output"))?;
    let started = Started(child);
    let mut line = String::new();
    BufReader::new(out).read_line(&mut line)?;
    let ready: serde_json::Value = serde_json::from_str(&line)
        .map_err(|_| anyhow!("the server did not start; is another one listening on {ADDRESS}?"))?;
    Ok((started, ready.get("url").and_then(|url| url.as_str()).unwrap_or_default().to_owned()))
}

/// Joins the person's profile with an invite, unless it joined before.
fn enrol(school: &str, who: Who) -> Result<()> {
    let (profiles, name) = (format!("{DEMO}/profiles"), who.name());
    if Path::new(&profiles).join(name).join("replica.db").exists() || joined(&profiles, name) {
        return Ok(());
    }
    println!("▸ Joining as {name}");
    let invite = output(
        "target/debug/xinmei-server",
        &["invite", "--data", school, "--as", name, "--address", ADDRESS, "--json"],
    )?;
    let invite: serde_json::Value = serde_json::from_str(&invite)?;
    let link = invite.get("link").and_then(|link| link.as_str()).unwrap_or_default();
    let status = Command::new("target/debug/xinmei")
        .args(["--data-dir", &profiles, "--profile", name, "--no-keyring", "enrol", "--invite", link])
        .env("XINMEI_PASSWORD", PASSWORD)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()?;
    if !status.success() {
        bail!("joining as {name} failed");
    }
    Ok(())
}

fn joined(profiles: &str, name: &str) -> bool {
    Path::new(profiles).join(name).join("keys.json").exists()
}

/// Where windows are shown.
enum Screen {
    /// The person's own.
    Real,
    /// A virtual one, because there is none.
    Virtual {
        /// Ends with this.
        _server: Started,
        /// `:90`
        name: String,
    },
}

impl Screen {
    fn find() -> Result<Self> {
        if std::env::var_os("DISPLAY").is_some() || std::env::var_os("WAYLAND_DISPLAY").is_some() {
            return Ok(Self::Real);
        }
        if !has("Xvfb") {
            bail!("there is no display, and no Xvfb to make a virtual one: apt-get install xvfb");
        }
        let number = (90..190)
            .find(|n| !Path::new(&format!("/tmp/.X11-unix/X{n}")).exists())
            .ok_or_else(|| anyhow!("no free display number"))?;
        let name = format!(":{number}");
        println!("▸ There is no display here: using a virtual one ({name}, 1360 × 850)");
        let server = Command::new("Xvfb")
            .args([&name, "-screen", "0", "1360x850x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?;
        let started = Started(server);
        let socket = format!("/tmp/.X11-unix/X{number}");
        for _ in 0..50 {
            if Path::new(&socket).exists() {
                return Ok(Self::Virtual { _server: started, name });
            }
            thread::sleep(Duration::from_millis(100));
        }
        bail!("the virtual display did not start")
    }

    fn is_virtual(&self) -> bool {
        matches!(self, Self::Virtual { .. })
    }
}

/// The window opens with the demo's password given on its standard input, as a script would.
fn window(who: Who, screen: &Screen) -> Result<Started> {
    println!("▸ Opening the window of {}", who.name());
    let mut command = Command::new("target/debug/xinmei-desktop");
    command
        .args(["--data-dir", &format!("{DEMO}/profiles"), "--profile", who.name(), "--no-keyring", "--password-fd", "0"])
        .stdin(Stdio::piped());
    if let Screen::Virtual { name, .. } = screen {
        command.env("DISPLAY", name).env("WEBKIT_DISABLE_DMABUF_RENDERER", "1");
    }
    let mut child = command.spawn().context("the window cannot be opened")?;
    if let Some(mut stdin) = child.stdin.take() {
        use std::io::Write;
        writeln!(stdin, "{PASSWORD}")?;
    }
    Ok(Started(child))
}

/// One picture of each window. On a virtual screen without a window manager each covers the one before.
fn photograph(screen: &Screen, windows: &mut [(Who, Started)]) -> Result<()> {
    let folder = PathBuf::from(DEMO).join("screenshots");
    fs::create_dir_all(&folder)?;
    println!("▸ Waiting for the windows to paint");
    thread::sleep(PAINT);
    for (who, window) in windows.iter_mut() {
        if let Some(status) = window.0.try_wait()? {
            bail!("the window of {} closed by itself ({status})", who.name());
        }
    }
    let (name, args) = match screen {
        Screen::Virtual { name, .. } => (name.clone(), ["-window", "root"]),
        Screen::Real => (std::env::var("DISPLAY").unwrap_or_default(), ["-window", "root"]),
    };
    let who = windows.last().map_or("window", |(who, _)| who.name());
    let picture = root().join(&folder).join(format!("{who}.png"));
    let status = Command::new("import").args(["-display", &name]).args(args).arg(&picture).status()?;
    if !status.success() {
        bail!("no picture could be taken; is ImageMagick installed?");
    }
    println!("  A picture of it: {}", picture.display());
    Ok(())
}
