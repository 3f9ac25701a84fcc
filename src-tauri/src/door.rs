//! The one door: the command `call`, the event `changed`. A click on a notification adds the event `open` (`notify.rs`).

use std::collections::BTreeSet;

use serde_json::Value;
use tauri::{AppHandle, Emitter, State};
use tokio::sync::broadcast::error::RecvError;
use xinmei_client::{
    Client, TOPICS,
    api::{Fault, Request},
};

/// Answers a request of the window.
#[tauri::command]
pub(crate) async fn call(client: State<'_, Client>, request: Value) -> Result<Value, Fault> {
    // The reason stays unlogged: it would quote what was asked.
    let request: Request =
        serde_json::from_value(request).map_err(|_| Fault::Invalid { what: "request".to_owned() })?;
    request.answer(&client).await
}

/// Tells the window what changed, until the client is gone.
pub(crate) async fn tell(client: Client, app: AppHandle) {
    let mut changed = client.changed();
    drop(client);
    loop {
        let mut topics: BTreeSet<String> = match changed.recv().await {
            Ok(topics) => topics.into_iter().collect(),
            // A window that missed some changes reads everything again.
            Err(RecvError::Lagged(_)) => TOPICS.map(str::to_owned).into(),
            Err(RecvError::Closed) => return,
        };
        // A page applied row by row is one change to the window.
        while let Ok(more) = changed.try_recv() {
            topics.extend(more);
        }
        if let Err(error) = app.emit("changed", topics) {
            tracing::warn!(%error, "the window was not told");
        }
    }
}
