//! When this person is told, and how this computer does it.

use std::sync::PoisonError;

use xinmei_model::Act;

use super::{plan, preference};
use crate::{
    Client,
    api::{
        Ask, Done, Fault, Saved,
        notification::{Chosen, Here, Language, Prefer, SetHere, Settings, Shown},
    },
    replica::meta,
    view::ask::save,
};

/// Where the language of notifications is kept.
const LANGUAGE: &str = "language";
/// Where it is kept that the program stays when its window is closed.
const STAYS: &str = "stays";

impl Ask for Settings {
    type Reply = Chosen;

    async fn answer(self, client: &Client) -> Result<Chosen, Fault> {
        let shown = client.core.shown.lock().unwrap_or_else(PoisonError::into_inner).clone();
        client
            .read(move |snapshot| {
                let (preference, plan) = (preference(snapshot)?, plan(snapshot)?);
                Ok(Chosen {
                    quiet: preference.quiet,
                    digest: preference.digest,
                    shown,
                    here: here(snapshot.fact(LANGUAGE)?, snapshot.fact(STAYS)?),
                    waiting: plan.waiting,
                    next: plan.next,
                })
            })
            .await
    }
}

impl Ask for Prefer {
    type Reply = Saved;

    async fn answer(self, client: &Client) -> Result<Saved, Fault> {
        save(client, Act::SetPreferences { quiet: self.quiet, digest: self.digest }).await
    }
}

impl Ask for SetHere {
    type Reply = Done;

    async fn answer(self, client: &Client) -> Result<Done, Fault> {
        let Here { language, stays } = self.here;
        client
            .write(move |conn| {
                meta::put(conn, LANGUAGE, &serde_json::to_string(&language)?)?;
                if stays { meta::put(conn, STAYS, "yes") } else { meta::forget(conn, STAYS) }
            })
            .await?;
        client.emit(["notification"]);
        Ok(Done {})
    }
}

/// As it is kept.
fn here(language: Option<String>, stays: Option<String>) -> Here {
    let language = language.and_then(|text| serde_json::from_str::<Language>(&text).ok());
    Here { language: language.unwrap_or_default(), stays: stays.is_some() }
}

impl Client {
    /// How this computer tells; as a new one does while the store is locked.
    ///
    /// # Errors
    /// [`Fault::Broken`].
    pub async fn tells_here(&self) -> Result<Here, Fault> {
        match self.read(|snapshot| Ok(here(snapshot.fact(LANGUAGE)?, snapshot.fact(STAYS)?))).await {
            Err(Fault::Locked | Fault::Invalid { .. }) => Ok(here(None, None)),
            done => done,
        }
    }

    /// What shows notifications from now on.
    pub fn shows_through(&self, shown: Shown) {
        let mut before = self.core.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if *before != shown {
            *before = shown;
            drop(before);
            self.emit(["notification"]);
        }
    }
}
