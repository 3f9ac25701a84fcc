//! Every test, with progress and one clear line at the end.

use std::path::Path;

use anyhow::{Result, bail};

use crate::{
    packages,
    step::{has, step, step_in},
};

/// Runs every test.
pub(crate) fn test(quick: bool) -> Result<()> {
    let mut failed = Vec::new();
    let mut passed = 0_usize;
    let mut run = |result: Result<()>| match result {
        Ok(()) => passed += 1,
        Err(error) => {
            println!("  ✗ {error}");
            failed.push(error.to_string());
        }
    };
    if quick {
        run(rust(&["--workspace", "--exclude", "xinmei-desktop"]));
    } else {
        println!("Every test: the UI (2 min), the crates (8 min at first), the real window (3 min at first).");
        packages::debian()?;
        packages::ui()?;
        run(step_in("ui", "UI: types, accessibility rules of the compiler", "npm", &["run", "check"]));
        run(step_in("ui", "UI: tests", "npm", &["test"]));
        run(step_in("ui", "UI: build", "npm", &["run", "build"]));
        if !Path::new("ui/dist/index.html").exists() {
            bail!("the UI did not build; nothing else can be tested");
        }
        run(rust(&["--workspace"]));
    }
    if failed.is_empty() {
        println!("All {passed} steps passed.");
        return Ok(());
    }
    bail!("{} of {} steps failed:\n  {}", failed.len(), failed.len() + passed, failed.join("\n  "))
}

fn rust(packages: &[&str]) -> Result<()> {
    let what = "Rust: rules, stores, scenarios, simulation, power cuts, the window";
    if has("cargo-nextest") {
        step(what, "cargo", &[&["nextest", "run"], packages].concat())
    } else {
        step(what, "cargo", &[&["test"], packages].concat())
    }
}
