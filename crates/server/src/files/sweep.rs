//! What no row names any more goes: a file a day after it was uploaded, an upload a day after its last byte.

use std::{sync::Arc, time::Duration};

use jiff::Timestamp;
use xinmei_model::{FileHash, List, limits};

use super::{Files, UNFINISHED, upload_in};
use crate::{
    Fail, Result,
    ledger::{Ledger, read_list},
};

/// How often it is looked. A message that was deleted takes its files along within this time.
const EVERY: Duration = Duration::from_secs(600);

impl Files {
    /// Sweeps until the server stops.
    pub async fn sweep_always(self, ledger: Ledger) {
        loop {
            match self.sweep(&ledger).await {
                Ok(0) => {}
                Ok(gone) => tracing::info!(gone, "files that nothing names were removed"),
                Err(Fail::Stopping) => return,
                Err(error) => tracing::error!(%error, "files could not be swept"),
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Removes what no row names; how many files.
    ///
    /// # Errors
    /// If the folder cannot be read, or the store fails.
    pub async fn sweep(&self, ledger: &Ledger) -> Result<usize> {
        self.sweep_unfinished(ledger.now()).await?;
        let mut gone = 0;
        for hash in self.all()? {
            // Looked at without the gate: nearly all of them stay.
            let now = ledger.now();
            let may_go = ledger.look(|session| {
                let named = !read_list(session, List::WithFile(hash), 1)?.is_empty();
                let uploads = read_list(session, List::UploadsOf(hash), limits::ROWS_PER_LIST)?;
                Ok(!named && uploads.iter().filter_map(upload_in).all(|upload| upload.is_over(now)))
            })?;
            if may_go && self.sweep_one(ledger, hash).await? {
                gone += 1;
            }
        }
        Ok(gone)
    }

    /// Looks once more, with the gate shut, and removes rows and file.
    async fn sweep_one(&self, ledger: &Ledger, hash: FileHash) -> Result<bool> {
        let _gate = Arc::clone(&self.gate).lock_owned().await;
        let over = ledger
            .write(move |tx| {
                if !tx.list(List::WithFile(hash), 1)?.is_empty() {
                    return Ok(false);
                }
                let now = tx.now();
                let rows = tx.list(List::UploadsOf(hash), limits::ROWS_PER_LIST)?;
                let uploads: Vec<_> = rows.iter().filter_map(|row| upload_in(row)).collect();
                if !uploads.iter().all(|upload| upload.is_over(now)) {
                    return Ok(false);
                }
                for upload in uploads {
                    tx.remove(upload.id.uuid())?;
                }
                Ok(true)
            })
            .await?;
        if over {
            std::fs::remove_file(self.path(hash))?;
        }
        Ok(over)
    }

    async fn sweep_unfinished(&self, now: Timestamp) -> Result<()> {
        let _gate = Arc::clone(&self.gate).lock_owned().await;
        for entry in std::fs::read_dir(self.dir.join(UNFINISHED))? {
            let entry = entry?;
            let touched = Timestamp::try_from(entry.metadata()?.modified()?).map_err(Fail::broken)?;
            if now >= touched + limits::UPLOAD_KEPT {
                std::fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}
