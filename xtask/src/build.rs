//! What has to be there before anything runs: Debian packages, the built UI, the programs.

use std::{
    io::{IsTerminal, Write},
    path::Path,
    process::Command,
    time::SystemTime,
};

use anyhow::{Context, Result, bail};

use crate::{args::Args, sh};

/// To build and run the window, to drive it, and to show Chinese in it.
const PACKAGES: [&str; 18] = [
    "build-essential",
    "dbus",
    "dbus-x11",
    "file",
    "fonts-noto-cjk",
    "fonts-noto-color-emoji",
    "gnome-keyring",
    "imagemagick",
    "libayatana-appindicator3-dev",
    "libgtk-3-dev",
    "librsvg2-dev",
    "libssl-dev",
    "libwebkit2gtk-4.1-dev",
    "pkg-config",
    "webkit2gtk-driver",
    "xauth",
    "xvfb",
    "npm",
];

/// Installs what is missing: asks first, unless it is root or a build server.
pub(crate) fn packages() -> Result<()> {
    let query = Command::new("dpkg-query").args(["-W", "-f", "${Package} ${db:Status-Status}\n"]).output();
    let Ok(query) = query else {
        println!("    This is no Debian; the window needs the likes of: {}", PACKAGES.join(" "));
        return Ok(());
    };
    let known = String::from_utf8_lossy(&query.stdout);
    let there = |package: &str| known.lines().any(|line| line == format!("{package} installed"));
    let npm_runs = sh::succeeds(Command::new("npm").arg("--version"));
    let missing: Vec<&str> =
        PACKAGES.into_iter().filter(|package| !(there(package) || *package == "npm" && npm_runs)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let root = sh::read(Command::new("id").arg("-u"))?.trim() == "0";
    let wish = format!("apt-get install --no-install-recommends {}", missing.join(" "));
    if !root && !sh::in_ci() {
        if !std::io::stdin().is_terminal() {
            bail!("Debian packages are missing; install them with: sudo {wish}");
        }
        print!("    Missing: {}.\n    Install with sudo (about a minute)? [Y/n] ", missing.join(" "));
        std::io::stdout().flush()?;
        let mut answer = String::new();
        std::io::stdin().read_line(&mut answer)?;
        if !matches!(answer.trim(), "" | "y" | "Y" | "yes") {
            bail!("not installed; later: sudo {wish}");
        }
    }
    let apt = |args: &[&str]| {
        let mut command = if root { Command::new("apt-get") } else { Command::new("sudo") };
        if !root {
            command.arg("apt-get");
        }
        command.args(["-q", "-y", "-o", "DPkg::Lock::Timeout=300"]).args(args);
        command.env("DEBIAN_FRONTEND", "noninteractive");
        sh::run(&mut command)
    };
    apt(&["update"])?;
    apt(&[&["install", "--no-install-recommends"], missing.as_slice()].concat())
}

/// `npm ci` where the lock file is newer than what is installed.
pub(crate) fn npm_ci() -> Result<()> {
    let ui = sh::root().join("ui");
    let installed = changed_at(&ui.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= changed_at(&ui.join("package-lock.json")) {
        return Ok(());
    }
    sh::run(&mut sh::npm(&["ci", "--no-audit", "--no-fund"]))
}

/// Builds the UI where a source is newer than the build.
pub(crate) fn ui() -> Result<()> {
    npm_ci()?;
    let ui = sh::root().join("ui");
    let built = changed_at(&ui.join("dist/index.html"));
    let sources = ["src", "messages", "index.html", "package.json", "package-lock.json", "vite.config.ts"];
    let newest = sources.iter().filter_map(|source| newest_in(&ui.join(source))).max();
    if built.is_some() && built >= newest {
        return Ok(());
    }
    sh::run(&mut sh::npm(&["run", "build", "--silent"]))
}

fn changed_at(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|metadata| metadata.modified()).ok()
}

/// The newest file there; what the build itself writes does not count.
fn newest_in(path: &Path) -> Option<SystemTime> {
    if path.ends_with("lib/paraglide") {
        return None;
    }
    let Ok(entries) = path.read_dir() else { return changed_at(path) };
    entries.flatten().filter_map(|entry| newest_in(&entry.path())).max()
}

/// The server, the command line and the window. The whole workspace is named, and an example with it, because then
/// Cargo chooses the same features as for the tests: else everything would be built twice.
pub(crate) fn programs() -> Result<()> {
    let bins = ["--bin", "xinmei-server", "--bin", "xinmei", "--bin", "xinmei-desktop"];
    sh::run(sh::cargo("build").args(["--workspace", "--example", "generate"]).args(bins))
}

/// Whether the files made from the code are what the code makes, as it is built in a profile of Cargo's.
pub(crate) fn generated(profile: &str, check: bool) -> Result<()> {
    sh::run(sh::cargo("build").args(["--profile", profile, "--workspace", "--example", "generate"]))?;
    let mut generate = sh::program(sh::built_in(profile, "examples/generate"));
    if check {
        generate.arg("--check");
    }
    sh::run(&mut generate)
}

/// `cargo xtask bindings`
pub(crate) fn bindings(mut args: Args) -> Result<()> {
    let check = args.flag("--check");
    args.end()?;
    generated("dev", check)
}

/// `cargo xtask holidays`
pub(crate) fn holidays(mut args: Args) -> Result<()> {
    let mut command = sh::cargo("run");
    command.args(["--quiet", "--package", "xtask", "--example", "holidays", "--"]);
    while let Some(word) = args.word() {
        command.arg(word);
    }
    sh::run(&mut command)
}

/// `cargo xtask bench`
pub(crate) fn bench(mut args: Args) -> Result<()> {
    let mut command = sh::cargo("run");
    command.args(["--release", "--package", "xinmei-benches", "--"]);
    let size = args.value("--size")?;
    command.args(args.word());
    args.end()?;
    if let Some(size) = size {
        command.args(["--size", &size]);
    }
    println!("The first release build takes about ten minutes on two cores.");
    sh::run(&mut command)
}

/// `cargo xtask sim`
pub(crate) fn sim(mut args: Args) -> Result<()> {
    let mut command = sh::cargo("run");
    command.args(["--release", "--package", "xinmei-sim", "--bin", "sim", "--"]);
    for name in ["--seed", "--histories"] {
        if let Some(value) = args.value(name)? {
            value.parse::<u64>().with_context(|| format!("{name} needs a number"))?;
            command.args([name, &value]);
        }
    }
    args.end()?;
    sh::run(&mut command)
}
