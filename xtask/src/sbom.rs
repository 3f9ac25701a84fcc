//! `cargo xtask sbom`: what is in each program, down to the last library, with versions, licences and checksums: for a
//! school that has to answer whether something it heard of concerns it.
//!
//! Libraries that only build count as well: one of them carries SQLCipher's source. What only tests does not.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{args::Args, sh, tidy, tools};

const ENDING: &str = ".cdx.json";
/// Where each program's package is.
const PROGRAMS: [(&str, &str); 3] =
    [("xinmei-server", "crates/server"), ("xinmei", "crates/client"), ("xinmei-desktop", "")];

/// `cargo xtask sbom`
pub(crate) fn run(args: Args) -> Result<()> {
    args.end()?;
    let to = sh::root().join("target/sbom");
    fs::create_dir_all(&to)?;
    let written = rust(&to);
    // The tool writes beside every Cargo.toml, also for what nobody gets.
    for path in tidy::files()?.iter().filter(|path| path.ends_with("Cargo.toml")) {
        sweep(&sh::root().join(path.trim_end_matches("Cargo.toml")))?;
    }
    written?;
    let ui = sh::read(sh::program("node").arg("tools/sbom.mjs").current_dir(sh::root().join("ui")))?;
    write(&to, "xinmei-ui", &ui)?;
    println!(
        "Read from the lock files, for Linux, Windows and macOS. xinmei-desktop carries xinmei-ui inside."
    );
    Ok(())
}

fn rust(to: &Path) -> Result<()> {
    let mut cyclonedx = tools::CYCLONEDX.ready()?;
    cyclonedx.args(["-qq", "--describe", "binaries", "--target", "all"]);
    sh::run(cyclonedx.args(["--format", "json", "--spec-version", "1.5"]))?;
    let own = home()?;
    for (program, package) in PROGRAMS {
        let made = sh::root().join(package).join(format!("{program}_bin{ENDING}"));
        let text = fs::read_to_string(&made).with_context(|| format!("{} is missing", made.display()))?;
        write(to, program, &without_home(&text, &own))?;
    }
    Ok(())
}

/// This clone, as Cargo writes it into the names of its packages.
fn home() -> Result<String> {
    let id = sh::read(sh::program("cargo").args(["pkgid", "--locked", "--package", "xinmei-desktop"]))?;
    let (home, _) = id.split_once('#').with_context(|| format!("no path in {id:?}"))?;
    Ok(home.to_owned())
}

/// A package of ours is named by its place in the repository, not on this computer.
fn without_home(text: &str, home: &str) -> String {
    text.replace(&format!("{home}/"), "path+file:").replace(&format!("{home}#"), "path+file:.#")
}

fn write(to: &Path, program: &str, text: &str) -> Result<()> {
    let to = to.join(format!("{program}{ENDING}"));
    let here = sh::root().display().to_string();
    if let Some(line) = text.lines().find(|line| line.contains("file:///") || line.contains(&here)) {
        bail!(
            "not written: {} would tell where this computer keeps its files: {}",
            to.display(),
            line.trim()
        );
    }
    let parts = text.matches("\"purl\"").count();
    fs::write(&to, text)?;
    println!("{} ({parts} parts)", to.display());
    Ok(())
}

fn sweep(folder: &Path) -> Result<()> {
    for entry in folder.read_dir()?.flatten() {
        if entry.file_name().to_string_lossy().ends_with(ENDING) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::without_home;

    #[test]
    fn what_is_named_by_this_computer_is_named_by_the_repository() {
        let home = "path+file:///somewhere/新美";
        let text = format!("\"{home}#xinmei-desktop@0.1.0\" \"{home}/crates/model#xinmei-model@0.1.0\"");
        let cleaned = "\"path+file:.#xinmei-desktop@0.1.0\" \"path+file:crates/model#xinmei-model@0.1.0\"";
        assert_eq!(without_home(&text, home), cleaned);
    }
}
