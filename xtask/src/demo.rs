//! `cargo xtask run`: the demo school, its people, and their windows.

use std::{
    env, fs,
    io::Write,
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::{
    args::Args,
    build,
    screen::{self, Screen},
    sh::{self, Owned},
    steps::time,
};

/// Who the demo school has an invite for.
pub(crate) const ROLES: [&str; 5] = ["parent", "teacher", "coordinator", "head", "administrator"];
/// Of everyone in the demo school.
const PASSWORD: &str = "演示密码-xinmei-demo-2026";
/// Printed on the demo school's strips.
const ADDRESS: &str = "127.0.0.1:8443";

/// `cargo xtask run`
pub(crate) fn run(mut args: Args) -> Result<()> {
    let begun = Instant::now();
    let mut roles: Vec<String> = Vec::new();
    for role in args.values("--as") {
        if !ROLES.contains(&role.as_str()) {
            bail!("--as takes: {}", ROLES.join(", "));
        }
        if !roles.contains(&role) {
            roles.push(role);
        }
    }
    if roles.is_empty() {
        roles.push("parent".to_owned());
    }
    let no_window = args.flag("--no-window");
    let fresh = args.flag("--fresh");
    args.end()?;

    let screen = if no_window || screen::is_there() {
        None
    } else {
        build::packages()?;
        println!(
            "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set): a virtual one is started,"
        );
        println!("and a picture of each window is kept. On a desktop the windows open.");
        Some(Screen::start(&folder().join("screen"))?)
    };
    let demo = Demo::start(&roles, fresh, screen)?;
    let ready = time(begun.elapsed());
    if no_window {
        return demo.serve_only(&roles, &ready);
    }
    match &demo.screen {
        None => demo.show_windows(&roles, &ready),
        Some(screen) => {
            let mut pictures = Vec::new();
            for role in &roles {
                let picture = folder().join("screenshots").join(format!("{role}.png"));
                demo.picture(screen, role, &picture, &[])?;
                pictures.push(picture.strip_prefix(sh::root()).unwrap_or(&picture).display().to_string());
            }
            println!(
                "\nDone in {}: the windows came up; see {}.",
                time(begun.elapsed()),
                pictures.join(", ")
            );
            Ok(())
        }
    }
}

fn folder() -> PathBuf {
    sh::root().join(".demo")
}

/// A running demo school.
pub(crate) struct Demo {
    server: Owned,
    /// Where its windows are, if not on this person's own screen.
    pub(crate) screen: Option<Screen>,
}

impl Demo {
    /// Builds, makes the school, enrols `roles`, serves.
    pub(crate) fn start(roles: &[String], fresh: bool, screen: Option<Screen>) -> Result<Self> {
        println!("[1/5] Debian packages (about 1 minute the first time)");
        build::packages()?;
        println!("[2/5] The UI (about 1 minute the first time)");
        build::ui()?;
        println!(
            "[3/5] The server, the command line and the window (about 8 minutes the first time on two cores)"
        );
        build::programs()?;

        println!("[4/5] The demo school (a few seconds)");
        let (school, profiles) = (folder().join("school"), folder().join("profiles"));
        if fresh {
            for old in [&school, &profiles] {
                if old.exists() {
                    fs::remove_dir_all(old)?;
                }
            }
        }
        // Half a school is no school: it is made beside its place and moved there whole.
        if !school.exists() {
            let half = folder().join("school.half");
            if half.exists() {
                fs::remove_dir_all(&half)?;
            }
            if profiles.exists() {
                fs::remove_dir_all(&profiles)?;
            }
            fs::create_dir_all(folder())?;
            sh::run(server().args(["demo", "--data"]).arg(&half))?;
            fs::rename(&half, &school)?;
        }
        if TcpListener::bind(ADDRESS).is_err() {
            bail!(
                "{ADDRESS} is taken: another `cargo xtask run` is still there, or another program; end it first"
            );
        }
        let joining: Vec<_> =
            roles.iter().filter(|role| !profiles.join(role).join("keys.json").exists()).collect();
        let mut links = Vec::new();
        for role in joining {
            let mut invite = server();
            invite
                .args(["invite", "--json", "--replace", "--address", ADDRESS, "--as", role])
                .arg("--data")
                .arg(&school);
            links.push((role, json_text(&sh::read(&mut invite)?, "link")?));
        }

        let mut serve = server();
        serve.arg("serve").arg("--data").arg(&school).args(["--listen", ADDRESS]);
        let mut serving = Owned::start(serve.stdin(Stdio::null()).stdout(Stdio::piped()))?;
        let ready = screen::first_line(&mut serving.0).context("the server did not start")?;
        let demo = Self { server: serving, screen };
        println!("      serving at {}", json_text(&ready, "url")?);

        println!("[5/5] Enrolling: {}", roles.join(", "));
        for (role, link) in links {
            let mut enrol = demo.client(role);
            enrol.env("XINMEI_PASSWORD", PASSWORD).args(["enrol", "--invite", &link, "--device", "演示电脑"]);
            sh::run(enrol.stdout(Stdio::null()))?;
        }
        Ok(demo)
    }

    fn client(&self, role: &str) -> Command {
        let mut command = sh::program(sh::built("xinmei"));
        command.arg("--data-dir").arg(folder().join("profiles")).args(["--profile", role]);
        self.lend(command)
    }

    fn window(&self, role: &str) -> Command {
        let mut command = sh::program(sh::built("xinmei-desktop"));
        command.arg("--data-dir").arg(folder().join("profiles")).args(["--profile", role]);
        self.lend(command)
    }

    fn lend(&self, mut command: Command) -> Command {
        if let Some(screen) = &self.screen {
            screen.lend(&mut command);
        }
        command
    }

    /// Whether no keyring opens this profile.
    fn is_locked(&self, role: &str) -> bool {
        let mut status = self.client(role);
        status.args(["--json", "status"]).env_remove("XINMEI_PASSWORD");
        sh::read(status.stderr(Stdio::null())).map_or(true, |standing| standing.contains("locked"))
    }

    /// Opens a window; where no keyring opens its profile, the password does.
    fn open(&self, role: &str) -> Result<Owned> {
        let mut window = self.window(role);
        if !self.is_locked(role) {
            return Owned::start(window.stdin(Stdio::null()));
        }
        println!("      no keyring opens {role}: the password is handed over");
        window.args(["--no-keyring", "--password-fd", "0"]);
        let mut window = Owned::start(window.stdin(Stdio::piped()))?;
        let mut stdin = window.0.stdin.take().context("no stdin")?;
        writeln!(stdin, "{PASSWORD}")?;
        Ok(window)
    }

    fn show_windows(mut self, roles: &[String], ready: &str) -> Result<()> {
        let mut windows = Vec::new();
        for role in roles {
            windows.push(self.open(role)?);
        }
        println!(
            "\nReady after {ready}. Password of everyone: {PASSWORD}. Close the windows or press Ctrl-C to end."
        );
        while windows.iter_mut().any(Owned::runs) {
            if !self.server.runs() {
                bail!("the server ended; its last lines above say why");
            }
            sh::pause(Duration::from_millis(200))?;
        }
        println!("All windows are closed; the server has ended too.");
        Ok(())
    }

    fn serve_only(mut self, roles: &[String], ready: &str) -> Result<()> {
        println!(
            "\nReady after {ready}. Password of everyone: {PASSWORD}. Ask as {}, for example:",
            roles.join(", ")
        );
        let role = roles.first().map_or("parent", String::as_str);
        println!("  target/debug/xinmei --data-dir .demo/profiles --profile {role} notice list");
        println!("Press Ctrl-C to end.");
        while self.server.runs() {
            sh::pause(Duration::from_millis(200))?;
        }
        bail!("the server ended; its last lines above say why")
    }

    /// Opens a window on the screen, keeps a picture of it, and closes it.
    pub(crate) fn picture(&self, screen: &Screen, role: &str, to: &Path, env: &[(&str, &str)]) -> Result<()> {
        let mut window = Owned::start(self.window(role).envs(env.iter().copied()))?;
        screen.picture(to)?;
        if !window.runs() {
            bail!("the window of {role} ended by itself");
        }
        Ok(())
    }
}

fn server() -> Command {
    let mut command = sh::program(sh::built("xinmei-server"));
    if env::var_os("XINMEI_LOG").is_none() {
        command.env("XINMEI_LOG", "warn");
    }
    command
}

/// The text under `key` in one flat JSON line: links, addresses and ids hold no escapes.
fn json_text(json: &str, key: &str) -> Result<String> {
    let after =
        json.split_once(&format!("\"{key}\"")).and_then(|(_, rest)| rest.trim_start().strip_prefix(':'));
    let text =
        after.and_then(|rest| rest.trim_start().strip_prefix('"')).and_then(|rest| rest.split_once('"'));
    Ok(text.with_context(|| format!("no {key:?} in: {json}"))?.0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::json_text;

    #[test]
    fn a_text_is_found_in_json_of_any_shape() {
        assert_eq!(json_text(r#"{"a":1,"link":"xinmei://x?y"}"#, "link").unwrap(), "xinmei://x?y");
        assert_eq!(json_text("{\n  \"link\": \"x\"\n}", "link").unwrap(), "x");
        assert!(json_text("{}", "link").is_err());
    }
}
