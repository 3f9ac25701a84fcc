//! Paper: what the window prints, kept as a file for the record.

use std::{path::PathBuf, time::Duration};

use tokio::time::timeout;
use xinmei_model::file_name_of;

use crate::{
    Client,
    api::{Ask, Fault, paper::Save, table::KeptFile},
    client::blocking,
    fault::denied,
    outside::Printer,
};

/// A printer that says nothing is as good as none: a school prints some thousand pages in less.
const PATIENCE: Duration = Duration::from_secs(120);

impl Client {
    /// Gives the window's own printer; a second one is not taken.
    pub fn prints_with(&self, printer: Printer) {
        let _ = self.core.printer.set(printer);
    }
}

impl Ask for Save {
    type Reply = KeptFile;

    async fn answer(self, client: &Client) -> Result<KeptFile, Fault> {
        let none = || denied("no-paper", "this window makes no file of what it prints");
        let printer = client.core.printer.get().ok_or_else(none)?;
        // A title is no path.
        let name = file_name_of(&format!("{}.pdf", self.title.replace(['/', '\\'], " ")));
        // Printed among what is open, which is this person's alone and emptied at the next start.
        let folder = client.opened().folder(&client.new_id::<()>().to_string())?;
        let kept = keep(client, printer, folder.join("page.pdf"), name).await;
        // What is left of it goes at the next start; the file is where it should be.
        let _ = blocking(move || Ok(std::fs::remove_dir_all(&folder)?)).await;
        kept
    }
}

async fn keep(client: &Client, printer: &Printer, page: PathBuf, name: String) -> Result<KeptFile, Fault> {
    let failed = |why: &str| denied("not-printed", why);
    let printed = timeout(PATIENCE, printer(page.clone())).await.map_err(|_| failed("it took too long"))?;
    printed.map_err(|_| failed("the window is gone"))?.map_err(|error| failed(&error.to_string()))?;
    let outside = client.core.options.outside.clone();
    blocking(move || Ok(KeptFile::at(&outside.save(&name, &std::fs::read(&page)?)?))).await
}
