//! `cargo xtask promises`: what the school promises, shown at the size of each commit (or of landing, or of
//! acceptance). Small sizes of the same tests run with all others.

use anyhow::{Context, Result, bail};

use crate::{args::Args, sh, steps::Steps};

/// From PyPI; made for what S7 asks for.
const SCHEMATHESIS: &str = "schemathesis==4.32.5";

/// `cargo xtask promises`
pub(crate) fn run(mut args: Args) -> Result<()> {
    let size = args.value("--size")?.unwrap_or_else(|| "commit".into());
    args.end()?;
    let mut steps = Steps::new();
    take(&mut steps, &size)?;
    steps.end()
}

/// All of them.
pub(crate) fn take(steps: &mut Steps, size: &str) -> Result<()> {
    let (cuts, histories, tests) = match size {
        // What an hour of two slow cores leaves room for. The numbers that are promised for a commit are the next line's.
        "landing" => ("60000", "3000", "commit"),
        "commit" => ("200000", "20000", "commit"),
        "acceptance" => ("1000000", "1000000", "acceptance"),
        other => bail!("--size {other}: say landing, commit or acceptance"),
    };
    // The build of `cargo xtask test`, where it was just made.
    steps.take("promises: build (16 minutes the first time)", || {
        sh::run(sh::cargo("build").args(["--profile", sh::TESTED]).args(sh::EVERYTHING))
    });
    steps.take("promises: a power cut loses nothing that was saved (R3)", || {
        sh::run(sh::program(built("xinmei-powercut")).args(["--cuts", cuts, "--jobs", "2"]))
    });
    steps.take("promises: all devices end up the same (R4)", || {
        sh::run(sh::program(built("sim")).args(["--seed", "1", "--histories", histories]))
    });
    steps.take("promises: kills, last seats, other people's ids (R1, R2, R5, S3; 8 minutes)", || {
        let programs = ["--workspace", "--test", "kill", "--test", "crowd", "--test", "probes"];
        sh::run(sh::tests(sh::TESTED, "promises", &programs).env("XINMEI_SIZE", tests))
    });
    steps.take("promises: no input breaks the server (S7, 7 minutes)", || {
        let tool = schemathesis()?;
        sh::run(sh::program(built("fuzz")).arg(tool).env("XINMEI_SIZE", tests))
    });
    Ok(())
}

fn built(name: &str) -> std::path::PathBuf {
    sh::built_in(sh::TESTED, name)
}

/// The tool, in a folder of its own; it is fetched once.
fn schemathesis() -> Result<std::path::PathBuf> {
    let folder = sh::root().join("target/xtask").join(SCHEMATHESIS);
    let tool = folder.join("bin/schemathesis");
    if !sh::succeeds(sh::program(&tool).arg("--version")) {
        let venv = sh::program("python3").args(["-m", "venv", "--clear"]).arg(&folder).status();
        if !venv.context("python3 could not be started")?.success() {
            bail!("python3 -m venv failed; install the Debian package python3-venv");
        }
        sh::run(sh::program(folder.join("bin/pip")).args(["install", "--quiet", SCHEMATHESIS]))?;
    }
    Ok(tool)
}
