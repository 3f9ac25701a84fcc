//! Where the password comes from: a file descriptor, the environment, or a person.

use std::{
    io::{BufRead, IsTerminal, Read, Write},
    process::{Command, Stdio},
};

use anyhow::{Context, bail};

/// A password is a line; more is a mistake.
const BYTES: u64 = 4096;

/// Reads the password; `fd` comes first, then `XINMEI_PASSWORD`, then the terminal.
pub(crate) fn read(fd: Option<u32>) -> anyhow::Result<String> {
    if let Some(fd) = fd {
        let mut text = String::new();
        let file = std::fs::File::open(format!("/dev/fd/{fd}")).context("--password-fd cannot be read")?;
        file.take(BYTES).read_to_string(&mut text)?;
        return Ok(text.lines().next().unwrap_or_default().to_owned());
    }
    if let Ok(password) = std::env::var("XINMEI_PASSWORD") {
        return Ok(password);
    }
    let stdin = std::io::stdin();
    if !stdin.is_terminal() {
        bail!("the password is needed: give --password-fd or XINMEI_PASSWORD");
    }
    eprint!("Password: ");
    std::io::stderr().flush()?;
    echo(false);
    let mut line = String::new();
    let read = stdin.lock().read_line(&mut line);
    echo(true);
    eprintln!();
    read?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// Without `stty` the password shows; there is no other way without unsafe code.
fn echo(on: bool) {
    let word = if on { "echo" } else { "-echo" };
    let _ = Command::new("stty").arg(word).stdin(Stdio::inherit()).stderr(Stdio::null()).status();
}
