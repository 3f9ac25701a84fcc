//! `cargo xtask ci`: format, lints, limits, generated files.

use anyhow::{Result, bail};

use crate::{args::Args, build, cycles, lints, promises, sh, steps::Steps, test, tidy, tools};

/// `cargo xtask ci`
pub(crate) fn run(mut args: Args) -> Result<()> {
    let with_tests = args.flag("--test");
    args.end()?;
    let mut steps = Steps::new();
    steps.take("format", || sh::run(sh::cargo("fmt").args(["--all", "--", "--check", "-l"])));
    steps.take("sizes", || tidy::look().and_then(refuse));
    steps.take("no unsafe code", || lints::look().and_then(refuse));
    steps.take("import cycles", || cycles::look().and_then(refuse));
    steps.take("bans, licences and sources of what is linked (2 minutes the first time on two cores)", deny);
    if with_tests {
        sh::lint_what_is_built();
        test::take(&mut steps);
        // Last: whoever broke something small hears of it first.
        promises::take(&mut steps, "landing")?;
    } else {
        steps.take("UI: build", build::ui);
        steps.take("files made from the code are current", || build::generated("dev", true));
        steps.take("clippy (4 minutes the first time on two cores)", || {
            sh::run(sh::cargo("clippy").args(["--workspace", "--all-targets", "--", "-D", "warnings"]))
        });
    }
    steps.end()
}

fn refuse(found: Vec<String>) -> Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    bail!("\n      {}", found.join("\n      "))
}

/// What may be linked, where it may come from, and under which licences; deny.toml says which. What the commit alone
/// decides: advisories come and go without it, and have a command of their own (ADR 11).
fn deny() -> Result<()> {
    let mut deny = tools::DENY.ready()?;
    // Only what is refused is shown, with a line of figures for the rest.
    deny.args(["--log-level", "error", "--workspace", "--all-features", "--locked", "check", "--show-stats"]);
    sh::run(deny.args(["bans", "licenses", "sources"]))
}
