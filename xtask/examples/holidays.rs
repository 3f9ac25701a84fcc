//! Makes keys for holiday files, signs files, and says what a file says. For whoever makes the releases: `docs/holidays.md`.
//!
//! An example and not a binary, so that the task runner itself needs nothing of the product.
#![allow(clippy::print_stdout, reason = "a command line prints")]

use std::{
    fs::{self, OpenOptions},
    io::Write as _,
    path::Path,
    process::ExitCode,
};

use anyhow::{Context, Result, bail};
use xinmei_model::{HolidayKey, Secret, open_holidays, seal_holidays};

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args[..] {
        ["key", file] => key(Path::new(file)),
        ["sign", key, payload, file] => sign(Path::new(key), Path::new(payload), Path::new(file)),
        ["check", file] => check(Path::new(file)),
        _ => Err(anyhow::anyhow!("key FILE | sign KEY PAYLOAD.json YEAR.holidays | check YEAR.holidays")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("holidays: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// A new key: the secret half into a new file that only its owner reads, the public half to be compiled in.
fn key(path: &Path) -> Result<()> {
    if inside_repository(path) {
        bail!("{} is in a repository: a secret half is kept elsewhere", path.display());
    }
    let mut secret = [0; 32];
    #[allow(clippy::disallowed_methods, reason = "no edge here: this is a tool of whoever makes releases")]
    getrandom::fill(&mut secret).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(path).with_context(|| format!("{} cannot be made", path.display()))?;
    writeln!(file, "{}", Secret::new(secret)).and_then(|()| file.sync_all())?;
    println!("{}", HolidayKey::of(&secret).text());
    eprintln!(
        "Add this line to KEYS in crates/model/src/holiday_file.rs; keep {} to yourself.",
        path.display()
    );
    Ok(())
}

/// Whether a new file there would lie in a git repository.
fn inside_repository(path: &Path) -> bool {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    folder.canonicalize().is_ok_and(|folder| folder.ancestors().any(|above| above.join(".git").exists()))
}

/// Signs a payload as it is, byte by byte.
fn sign(key: &Path, payload: &Path, file: &Path) -> Result<()> {
    let text = fs::read_to_string(key).with_context(|| format!("{} cannot be read", key.display()))?;
    let digits = data_encoding::HEXLOWER.decode(text.trim().as_bytes()).ok();
    let secret: [u8; 32] = digits
        .and_then(|bytes| bytes.try_into().ok())
        .with_context(|| format!("{} holds no secret half: 64 hexadecimal digits", key.display()))?;
    let payload =
        fs::read_to_string(payload).with_context(|| format!("{} cannot be read", payload.display()))?;
    let sealed = seal_holidays(&payload, &secret).context("it was not signed")?;
    fs::write(file, sealed).with_context(|| format!("{} cannot be written", file.display()))?;
    let public = HolidayKey::of(&secret);
    if !HolidayKey::trusted().contains(&public) {
        eprintln!("This version does not take it: {} is not among its keys.", public.text());
    }
    println!("{} written", file.display());
    Ok(())
}

/// Says what a file says, if this version takes it.
fn check(path: &Path) -> Result<()> {
    let file = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let said = open_holidays(&file, HolidayKey::trusted())?;
    println!("{}, announced {}, edition {}: {}", said.year, said.published, said.edition, said.source);
    for span in said.spans() {
        println!("{} – {}  {:?}  {}  {}", span.from, span.to, span.kind, span.name.zh, span.name.en);
    }
    Ok(())
}
