//! Staying: where the person chose so, closing the window only hides it, and an icon in the tray opens it or quits.
//!
//! Without a tray on the desktop the icon is simply not there: starting the program again shows the window.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
};

use tauri::{
    AppHandle, Manager, Window, WindowEvent,
    menu::{Menu, MenuItem},
    tray::{TrayIcon, TrayIconBuilder},
};
use tokio::sync::broadcast::error::RecvError;
use xinmei_client::{Client, api::notification::Here};

use crate::{notify::words, window};

const TRAY: &str = "main";
const OPEN: &str = "open";
const QUIT: &str = "quit";

/// What the window and the tray go by.
#[derive(Default)]
pub(crate) struct Staying {
    /// Whether closing the window leaves the program running.
    stays: AtomicBool,
    /// How much is new.
    count: AtomicU32,
}

/// Keeps what was chosen at hand, and the tray as it was chosen.
pub(crate) async fn follow(client: Client, app: AppHandle) {
    let mut changed = client.changed();
    let mut before = None;
    loop {
        if let Ok(here) = client.tells_here().await
            && before.as_ref() != Some(&here)
        {
            app.state::<Staying>().stays.store(here.stays, Ordering::Relaxed);
            show(&app, &here);
            before = Some(here);
        }
        let concerns =
            |topics: &Vec<String>| topics.iter().any(|topic| topic == "notification" || topic == "profile");
        loop {
            match changed.recv().await {
                Ok(topics) if !concerns(&topics) => {}
                Ok(_) | Err(RecvError::Lagged(_)) => break,
                Err(RecvError::Closed) => return,
            }
        }
    }
}

/// The window is about to close.
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else { return };
    if window.state::<Staying>().stays.load(Ordering::Relaxed) && window.hide().is_ok() {
        api.prevent_close();
    }
}

/// The tray belongs to the main thread.
fn show(app: &AppHandle, here: &Here) {
    let (handle, here) = (app.clone(), here.clone());
    let shown = app.run_on_main_thread(move || {
        handle.remove_tray_by_id(TRAY);
        if !here.stays {
            return;
        }
        // The library of the tray is looked for as late as here, and panics where there is none.
        match catch_unwind(AssertUnwindSafe(|| icon(&handle, &here))) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(%error, "there is no icon in the tray"),
            Err(_) => tracing::warn!("this computer has no tray"),
        }
    });
    if let Err(error) = shown {
        tracing::warn!(%error, "there is no icon in the tray");
    }
}

/// How much is new, beside the icon; where the desktop shows no words there, on it when it is pointed at.
pub(crate) fn count(app: &AppHandle, count: u32) {
    app.state::<Staying>().count.store(count, Ordering::Relaxed);
    if let Some(tray) = app.tray_by_id(TRAY) {
        tell(&tray, count);
    }
}

fn tell(tray: &TrayIcon, count: u32) {
    let text = (count > 0).then(|| count.to_string());
    let told = tray.set_title(text.as_deref()).and_then(|()| tray.set_tooltip(text.as_deref()));
    if let Err(error) = told {
        tracing::debug!(%error, "the tray shows no number");
    }
}

fn icon(app: &AppHandle, here: &Here) -> tauri::Result<()> {
    let item = |id: &str| MenuItem::with_id(app, id, words::say(here.language, id, &[]), true, None::<&str>);
    let menu = Menu::with_items(app, &[&item(OPEN)?, &item(QUIT)?])?;
    let mut tray =
        TrayIconBuilder::with_id(TRAY).menu(&menu).on_menu_event(|app, event| match event.id().as_ref() {
            OPEN => {
                if let Err(error) = window::focus(app) {
                    tracing::warn!(%error, "the window does not come to the front");
                }
            }
            QUIT => app.exit(0),
            _ => {}
        });
    if let Some(picture) = app.default_window_icon() {
        tray = tray.icon(picture.clone());
    }
    let tray = tray.build(app)?;
    tell(&tray, app.state::<Staying>().count.load(Ordering::Relaxed));
    Ok(())
}
