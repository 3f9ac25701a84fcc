//! Platforms without notifications here: the window shows everything, and its settings say that this computer shows none.

use std::collections::BTreeSet;

use xinmei_client::api::notification::{Note, Opening, Shown};

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
