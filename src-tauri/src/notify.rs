//! Notifications beside the window: what the client says is due is shown by the desktop's own service, and a click on it
//! brings the window to the front at the right place.
//!
//! One small module for each platform, all with the same few functions. What a platform cannot do it says, and the
//! settings of the window show it.

#[cfg(not(target_os = "linux"))]
mod elsewhere;
#[cfg(target_os = "linux")]
mod linux;
pub(crate) mod words;

use tauri::{AppHandle, Emitter};
use tokio::sync::mpsc;
use xinmei_client::{Client, Telling, api::notification::Opening};

#[cfg(not(target_os = "linux"))]
use elsewhere::{Screen, badge};
#[cfg(target_os = "linux")]
use linux::{Screen, badge};

use crate::{staying, window};

/// Shows what is due, for as long as the window lives, and follows clicks.
pub(crate) async fn run(client: Client, app: AppHandle) {
    // What was handed out is marked as told: it must not get lost because a click came at the same moment.
    let (send, mut told) = mpsc::unbounded_channel();
    let mut teller = client.teller();
    tokio::spawn(async move { while send.send(teller.next().await).is_ok() {} });
    let mut screen = Screen::open().await;
    client.shows_through(screen.shown());
    loop {
        tokio::select! {
            telling = told.recv() => {
                let Some(telling) = telling else { return };
                tell(&client, &app, &mut screen, &telling).await;
                client.shows_through(screen.shown());
            }
            opening = screen.clicked() => follow(&app, &opening),
        }
    }
}

/// Shows how much is new where the window is not: on the icon in the dock, and in the tray.
pub(crate) fn count(app: &AppHandle, count: u32) {
    staying::count(app, count);
    let app = app.clone();
    tauri::async_runtime::spawn(async move { badge(&app, count).await });
}

/// Shows each, unless the window is in front: whoever sits before it sees what is new there. An alert is shown always.
async fn tell(client: &Client, app: &AppHandle, screen: &mut Screen, telling: &Telling) {
    screen.keep(&telling.standing).await;
    let in_front = window::in_front(app);
    let notes: Vec<_> = telling.notes.iter().filter(|note| note.urgent || !in_front).collect();
    if notes.is_empty() {
        return;
    }
    let language = client.tells_here().await.map(|here| here.language).unwrap_or_default();
    let action = words::say(language, "open", &[]);
    for note in notes {
        let (title, line) = words::of(note, language);
        screen.show(note, &title, &line, &action).await;
    }
}

/// Brings the window to the front, where it opens the place.
fn follow(app: &AppHandle, opening: &Opening) {
    if let Err(error) = window::focus(app) {
        tracing::warn!(%error, "the window does not come to the front");
    }
    if let Err(error) = app.emit("open", opening) {
        tracing::warn!(%error, "the window was not told where to go");
    }
}
