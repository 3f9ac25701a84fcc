//! `cargo xtask ci`: format, lints, limits, generated files.

use anyhow::{Result, bail};

use crate::{args::Args, build, cycles, lints, sh, steps::Steps, test, tidy};

/// `cargo xtask ci`
pub(crate) fn run(mut args: Args) -> Result<()> {
    let with_tests = args.flag("--test");
    args.end()?;
    let mut steps = Steps::new();
    steps.take("format", || sh::run(sh::cargo("fmt").args(["--all", "--", "--check", "-l"])));
    steps.take("sizes", || tidy::look().and_then(refuse));
    steps.take("no unsafe code", || lints::look().and_then(refuse));
    steps.take("import cycles", || cycles::look().and_then(refuse));
    steps.take("licences and advisories (cargo deny)", deny);
    if with_tests {
        test::take(&mut steps);
    } else {
        steps.take("UI: build", build::ui);
        steps.take("files made from the code are current", || build::generated(true));
    }
    steps.take("clippy (4 minutes the first time on two cores)", || {
        sh::run(sh::cargo("clippy").args(["--workspace", "--all-targets", "--", "-D", "warnings"]))
    });
    steps.end()
}

fn refuse(found: Vec<String>) -> Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    bail!("\n      {}", found.join("\n      "))
}

/// The advisory database comes over the network: offline only what is written in the lock file can be checked.
fn deny() -> Result<()> {
    if !sh::succeeds(sh::program("cargo-deny").arg("--version")) {
        println!(
            "    cargo-deny is not installed here; run it where it is: cargo install cargo-deny --locked"
        );
        return Ok(());
    }
    sh::run(sh::cargo("deny").args(["--all-features", "check", "bans", "licenses", "sources"]))?;
    if !sh::succeeds(sh::cargo("deny").args(["fetch", "db"])) {
        println!("    the advisory database cannot be reached; advisories were not checked");
        return Ok(());
    }
    sh::run(sh::cargo("deny").args(["check", "advisories"]))
}
