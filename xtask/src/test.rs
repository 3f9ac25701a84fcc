//! `cargo xtask test`: everything that can fail, with one clear line at the end.

use anyhow::Result;

use crate::{args::Args, build, promises, screen::Screen, sh, steps::Steps};

/// `cargo xtask test`
pub(crate) fn run(mut args: Args) -> Result<()> {
    let quick = args.flag("--quick");
    args.end()?;
    let mut steps = Steps::new();
    if quick {
        steps.take("Rust tests, without the window (1 minute once built)", || {
            sh::run(&mut sh::tests("dev", "default", &[]))
        });
    } else {
        take(&mut steps);
        promises::take(&mut steps, "landing")?;
    }
    steps.end()
}

/// All of them.
pub(crate) fn take(steps: &mut Steps) {
    steps.take("Debian packages", build::packages);
    steps.take("npm ci, where the lock file changed", build::npm_ci);
    steps.take("UI: types and templates (1 minute)", || sh::run(&mut sh::npm(&["run", "check", "--silent"])));
    steps.take("UI: tests (5 minutes)", || sh::run(&mut sh::npm(&["test", "--silent"])));
    steps.take("UI: build", build::ui);
    // One compilation for everything: another set of features would build Tauri twice.
    steps.take("Rust: build of everything (16 minutes the first time on two cores)", || {
        sh::run(sh::cargo("build").args(["--profile", sh::TESTED]).args(sh::EVERYTHING))
    });
    steps.take("files made from the code are current", || build::generated(sh::TESTED, true));
    steps.take("Rust: tests, and real windows on a screen of their own", || {
        let home = sh::root().join("target/xtask/screen");
        let screen = Screen::start(&home)?;
        sh::run(screen.lend(&mut sh::tests(sh::TESTED, "default", &["--workspace"])))
    });
}
