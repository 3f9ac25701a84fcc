//! `cargo xtask advisories`: what the world came to know about a version that stands in a lock file. The answer changes
//! while the commit does not, so no commit is refused for it; it is asked before a release and every week (ADR 11).

use anyhow::{Context, Result, bail};

use crate::{args::Args, sh, steps::Steps, tools};

/// `cargo xtask advisories`
pub(crate) fn run(args: Args) -> Result<()> {
    args.end()?;
    let mut steps = Steps::new();
    steps.take("Rust: advisories for Cargo.lock (2 minutes the first time on two cores)", rust);
    steps.take("UI: advisories for package-lock.json", ui);
    steps.end()
}

fn rust() -> Result<()> {
    let deny = || {
        let mut deny = tools::DENY.ready()?;
        deny.args(["--log-level", "error", "--workspace", "--all-features", "--locked"]);
        anyhow::Ok(deny)
    };
    sh::run(deny()?.args(["fetch", "db"])).context(
        "nothing was checked: the RustSec advisories could not be fetched, for the reason above. They are a git \
         repository on GitHub: ask again where that can be reached",
    )?;
    // Fetched a moment ago; once more could only fail.
    sh::run(deny()?.args(["check", "--disable-fetch", "--show-stats", "advisories"])).context(
        "a version in Cargo.lock is advised against, as shown above: `cargo update` it, replace it, or write into \
         deny.toml why it does not concern us, until when",
    )
}

/// Also what only builds and tests the UI: it runs on our computers.
fn ui() -> Result<()> {
    let mut audit = sh::npm(&["audit", "--package-lock-only", "--json"]);
    let output = audit.output().context("npm could not be started")?;
    let said = String::from_utf8_lossy(&output.stdout);
    if !said.contains("\"auditReportVersion\"") {
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
        bail!(
            "nothing was checked: npm's registry here gave no advisories, for the reason above. A mirror often has \
             none: ask again where npm's own registry can be reached"
        );
    }
    if output.status.success() {
        return Ok(());
    }
    // Once more, for people.
    sh::run(&mut sh::npm(&["audit", "--package-lock-only"])).context(
        "a version in package-lock.json is advised against, as shown above: raise it in ui/package.json, or under \
         \"overrides\" where somebody else asks for it",
    )
}
