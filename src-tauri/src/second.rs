//! One window for each profile: a second start brings the first to the front, and hands over its invite.
//!
//! The client's own socket answers questions to the core; this one, beside it, is the window's. One line is the
//! invite, or nothing; one line comes back.

use tauri::AppHandle;
use xinmei_client::{Client, profile::ProfileDir};

#[cfg(unix)]
pub(crate) use unix::{hand_over, listen};

/// Asks the window that is open to come to the front. False where there is none to ask.
#[cfg(not(unix))]
pub(crate) async fn hand_over(_: &ProfileDir, _: Option<&str>) -> bool {
    false
}

/// Listens for later starts.
#[cfg(not(unix))]
pub(crate) async fn listen(_: &ProfileDir, _: Client, _: AppHandle) {}

#[cfg(unix)]
mod unix {
    use std::{io::Result, os::unix::fs::PermissionsExt, path::PathBuf, time::Duration};

    use tokio::{
        io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
        net::{UnixListener, UnixStream},
        time::timeout,
    };
    use xinmei_client::api::profile::Standing;

    use super::{AppHandle, Client, ProfileDir};
    use crate::{args::LINK_BYTES, window};

    /// A caller that says nothing is let go.
    const PATIENCE: Duration = Duration::from_secs(2);

    fn path(profile: &ProfileDir) -> PathBuf {
        profile.path().join("window")
    }

    /// Asks the window that is open to come to the front. False where there is none to ask.
    pub(crate) async fn hand_over(profile: &ProfileDir, link: Option<&str>) -> bool {
        let asked = timeout(PATIENCE, ask(path(profile), link.unwrap_or_default())).await;
        matches!(asked, Ok(Ok(true)))
    }

    async fn ask(path: PathBuf, link: &str) -> Result<bool> {
        let mut stream = UnixStream::connect(path).await?;
        stream.write_all(format!("{link}\n").as_bytes()).await?;
        Ok(read_line(&mut stream).await? == "ok")
    }

    /// Listens for later starts.
    pub(crate) async fn listen(profile: &ProfileDir, client: Client, app: AppHandle) {
        // The profile is ours: a socket that is there is left over.
        let path = path(profile);
        let _ = std::fs::remove_file(&path);
        let listener = match UnixListener::bind(&path) {
            Ok(listener) => listener,
            Err(error) => return tracing::warn!(%error, "a second start cannot find this window"),
        };
        // The folder is the person's own already.
        let _ = std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600));
        loop {
            let Ok((stream, _)) = listener.accept().await else {
                tokio::time::sleep(PATIENCE).await;
                continue;
            };
            if let Ok(Err(error)) = timeout(PATIENCE, answer(stream, &client, &app)).await {
                tracing::debug!(%error, "a second start went away");
            }
        }
    }

    async fn answer(mut stream: UnixStream, client: &Client, app: &AppHandle) -> Result<()> {
        let link = read_line(&mut stream).await?;
        // Whoever has joined keeps what is on the screen; another school is another profile.
        if !link.is_empty() && matches!(client.standing().await, Ok(Standing::New)) {
            window::follow(app, &link).map_err(std::io::Error::other)?;
        }
        window::focus(app).map_err(std::io::Error::other)?;
        stream.write_all(b"ok\n").await
    }

    async fn read_line(stream: &mut UnixStream) -> Result<String> {
        let mut line = String::new();
        BufReader::new(stream).take(LINK_BYTES as u64 + 1).read_line(&mut line).await?;
        Ok(line.trim_end().to_owned())
    }
}
