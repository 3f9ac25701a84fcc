//! Platforms without notifications here: the window shows everything, and its settings say that this computer shows none.

use std::collections::BTreeSet;

use tauri::{AppHandle, Manager};
use xinmei_client::api::notification::{Note, Opening, Shown};

/// How much is new, on the program's icon, where the system has a place for it.
pub(super) async fn badge(app: &AppHandle, count: u32) {
    for window in app.webview_windows().values() {
        if let Err(error) = window.set_badge_count(Some(i64::from(count))) {
            tracing::debug!(%error, "the icon shows no number");
        }
    }
}

/// Nothing to show on.
pub(super) struct Screen;

impl Screen {
    pub(super) async fn open() -> Self {
        Self
    }

    pub(super) fn shown(&self) -> Shown {
        Shown::Nowhere
    }

    pub(super) async fn show(&mut self, _: &Note, _: &str, _: &str, _: &str) {}

    pub(super) async fn keep(&mut self, _: &BTreeSet<String>) {}

    pub(super) async fn clicked(&mut self) -> Opening {
        std::future::pending().await
    }
}
