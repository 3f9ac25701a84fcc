//! The command line of the window.

use std::path::PathBuf;

use clap::Parser;

/// The window of one profile.
#[derive(Parser)]
#[command(name = "xinmei-desktop", version, about = "新美家校: the window of one profile")]
pub(crate) struct Args {
    /// Where profiles are kept
    #[arg(long, env = "XINMEI_DATA_DIR")]
    pub(crate) data_dir: Option<PathBuf>,
    /// Which profile: one school and one person
    #[arg(long, default_value = "default")]
    pub(crate) profile: String,
    /// Draw without the graphics card: for a window that stays blank
    #[arg(long)]
    pub(crate) safe_rendering: bool,
    /// Keep the store's key out of the operating system's keyring; the password is asked at each start
    #[arg(long)]
    pub(crate) no_keyring: bool,
    /// Open the store with the password in the first line of this file descriptor, for scripts
    #[arg(long)]
    pub(crate) password_fd: Option<u32>,
    /// An invite, as the operating system hands it over: xinmei://join?…
    #[arg(value_parser = link)]
    pub(crate) link: Option<String>,
}

/// The first line of an open file.
#[cfg(unix)]
pub(crate) fn password(fd: u32) -> std::io::Result<String> {
    use std::io::{BufRead, Read};
    let file = std::fs::File::open(format!("/dev/fd/{fd}"))?;
    let mut line = String::new();
    std::io::BufReader::new(file.take(4096)).read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// File descriptors are Unix's.
#[cfg(not(unix))]
pub(crate) fn password(_: u32) -> std::io::Result<String> {
    Err(std::io::ErrorKind::Unsupported.into())
}

/// A link is at most this long; a school's pin and address fit many times.
pub(crate) const LINK_BYTES: usize = 4096;

fn link(text: &str) -> Result<String, String> {
    if text.len() > LINK_BYTES || !text.starts_with("xinmei://join?") {
        return Err("not an invite: it starts with xinmei://join?".to_owned());
    }
    Ok(text.to_owned())
}

/// Starts this program again with WebKitGTK's switch for machines without a usable graphics card. Its own environment
/// is read before `main`, so it cannot be set later.
#[cfg(target_os = "linux")]
pub(crate) fn restart_with_safe_rendering() -> std::io::Result<()> {
    use std::os::unix::process::CommandExt;
    const SWITCH: &str = "WEBKIT_DISABLE_DMABUF_RENDERER";
    if std::env::var_os(SWITCH).is_some() {
        return Ok(());
    }
    let again = std::env::current_exe()?;
    Err(std::process::Command::new(again).args(std::env::args_os().skip(1)).env(SWITCH, "1").exec())
}

/// Elsewhere the system's own web view knows what to do.
#[cfg(not(target_os = "linux"))]
pub(crate) fn restart_with_safe_rendering() -> std::io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn only_invites_are_links() {
        assert!(link("xinmei://join?s=school.example").is_ok());
        assert!(link("xinmei://elsewhere").is_err());
        assert!(link("https://school.example/join?").is_err());
        assert!(link(&format!("xinmei://join?{}", "a".repeat(5000))).is_err());
    }
}
