//! What a fresh Debian machine lacks, and the UI's own packages.

use std::{
    io::{IsTerminal, Write},
    path::Path,
};

use anyhow::{Result, bail};

use crate::step::{has, in_ci, output, step, step_in};

/// Debian packages the window is built and tested with.
const DEBIAN: &[&str] = &[
    "libwebkit2gtk-4.1-dev", "libgtk-3-dev", "librsvg2-dev", "libayatana-appindicator3-dev", "libssl-dev",
    "pkg-config", "build-essential", "file", "webkit2gtk-driver", "xvfb", "xauth", "fonts-noto-cjk",
    "fonts-noto-color-emoji", "dbus", "dbus-x11", "gnome-keyring", "imagemagick",
];

/// Installs what is missing: directly as root or in CI, else after asking.
pub(crate) fn debian() -> Result<()> {
    if !has("dpkg-query") {
        println!("▸ This is no Debian: install WebKitGTK 4.1, GTK 3 and OpenSSL with headers yourself if the build asks.");
        return Ok(());
    }
    let missing: Vec<&str> = DEBIAN
        .iter()
        .copied()
        .filter(|package| {
            let status = output("dpkg-query", &["-W", "-f=${Status}", package]);
            !status.is_ok_and(|status| status.contains("ok installed"))
        })
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("▸ Missing Debian packages: {}", missing.join(" "));
    let root = output("id", &["-u"]).is_ok_and(|id| id.trim() == "0");
    if !root && !in_ci() && !agreed()? {
        bail!("install them yourself: sudo apt-get install {}", missing.join(" "));
    }
    let install = ["install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300"];
    let (program, before): (_, &[&str]) = if root { ("apt-get", &[]) } else { ("sudo", &["apt-get"]) };
    step("Reading Debian's package lists", program, &[before, &["update", "-qq"]].concat())?;
    step("Installing them (about a minute)", program, &[before, &install, &missing].concat())
}

fn agreed() -> Result<bool> {
    if !std::io::stdin().is_terminal() {
        return Ok(false);
    }
    print!("  Install them with sudo? [y/N] ");
    std::io::stdout().flush()?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(answer.trim().eq_ignore_ascii_case("y"))
}

/// The UI's packages, by its lock file.
pub(crate) fn ui() -> Result<()> {
    let (lock, stamp) = (Path::new("ui/package-lock.json"), Path::new("ui/node_modules/.package-lock.json"));
    let newer = |a: &Path, b: &Path| Some(a.metadata().ok()?.modified().ok()? > b.metadata().ok()?.modified().ok()?);
    if stamp.exists() && newer(lock, stamp) == Some(false) {
        return Ok(());
    }
    step_in("ui", "Installing the UI's packages (about a minute)", "npm", &["ci", "--no-audit", "--no-fund"])
}
