//! Running other programs, one announced step at a time.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result, bail};

/// The root of the repository.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).parent().map(PathBuf::from).unwrap_or_default()
}

/// Says what is done, does it, says how long it took.
pub(crate) fn step(what: &str, program: &str, args: &[&str]) -> Result<()> {
    step_in(".", what, program, args)
}

/// As [`step`], in a folder.
pub(crate) fn step_in(folder: &str, what: &str, program: &str, args: &[&str]) -> Result<()> {
    println!("▸ {what}");
    #[expect(clippy::disallowed_methods, reason = "the time a step took is for the reader only")]
    let begun = Instant::now();
    let status = Command::new(program)
        .args(args)
        .current_dir(folder)
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("{program} cannot be started; is it installed?"))?;
    if !status.success() {
        bail!("{what}: {program} {} ended with {status}", args.join(" "));
    }
    println!("  done in {} s", begun.elapsed().as_secs());
    Ok(())
}

/// What a program prints, or why it failed.
pub(crate) fn output(program: &str, args: &[&str]) -> Result<String> {
    let output = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("{program} cannot be started"))?;
    if !output.status.success() {
        bail!("{program} {}: {}", args.join(" "), String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program can be found.
pub(crate) fn has(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
}

/// Whether this runs unattended.
pub(crate) fn in_ci() -> bool {
    std::env::var_os("CI").is_some()
}
