//! What must hold of a family's computer after a cut: what was saved waits, once, under its number.

use std::{path::Path, sync::Arc};

use xinmei_client::{
    edge::{Edge, SeededEntropy},
    replica::Replica,
};
use xinmei_model::Act;

use super::{Client, outbox, profile};
use crate::{
    chance::Chance,
    history::{Found, Moment, Story, digest, place, sound},
    log::Log,
    people,
};

/// One cut in so many is followed by another save.
const GOES_ON: usize = 8;

impl Story for Client {
    fn log(&self) -> &Log {
        &self.log
    }

    fn check(&self, folder: &Path, moment: Moment, chance: &mut Chance) -> Result<Found, String> {
        let text = |error: &dyn std::fmt::Display| error.to_string();
        let folder = folder.join(profile::NAME);
        let store = folder.join(profile::STORE);
        if moment.told.is_none() {
            // Opening makes the store, so a half-made one must be no hindrance.
            std::fs::create_dir_all(&folder).map_err(|error| text(&error))?;
        } else if !store.exists() {
            return Err("the store is gone".into());
        }
        let edge = Edge::new(Arc::new(self.clock.clone()), Arc::new(SeededEntropy::new(chance.word())));
        let replica = Replica::open(&store, self.key.clone(), edge).map_err(|error| text(&error))?;
        if let Some(aside) = set_aside(&folder) {
            return Err(format!(
                "taken for damaged and set aside as {aside}; {}",
                self.carried(&replica, moment)
            ));
        }
        let conn = profile::look(&store, &self.key).map_err(|error| text(&error))?;
        sound(&conn)?;
        let Some(told) = moment.told else { return Ok(Found::Held) };
        let digests: Vec<u64> = self.states.iter().map(|state| state.digest).collect();
        let found = place(&digests, digest(&conn).map_err(|error| text(&error))?, moment)?;
        drop(conn);
        let waits = outbox(&replica).map_err(|error| text(&error))?;
        if waits != self.states[found].outbox {
            return Err("the outbox reads otherwise than it was written".into());
        }
        if found < told {
            return Ok(Found::Lost { told, found: Some(found) });
        }
        if waits.is_some() && chance.one_in(GOES_ON) {
            goes_on(&replica)?;
        }
        Ok(Found::Held)
    }
}

impl Client {
    /// Whether what waited came over from a store that was set aside.
    fn carried(&self, replica: &Replica, moment: Moment) -> &'static str {
        let waited = moment.told.and_then(|told| self.states[told].outbox.as_ref());
        match (waited, outbox(replica)) {
            (None, _) => "nothing waited yet",
            (Some(waited), Ok(Some(waits))) if waits == *waited => "what waited was carried over",
            (Some(_), _) => "what waited is gone or changed",
        }
    }
}

/// A store set aside, if there is one.
fn set_aside(folder: &Path) -> Option<String> {
    let entries = std::fs::read_dir(folder).ok()?;
    let mut names = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.find(|name| name.contains(".aside-"))
}

/// The next wish gets the next number: none is used twice, none is left out.
fn goes_on(replica: &Replica) -> Result<(), String> {
    let before = outbox(replica).map_err(|error| error.to_string())?.unwrap_or_default();
    let act = Act::CancelEvent { event: people::named("event", 7), reason: "雨".into() };
    let (ids, _) =
        replica.save(vec![act]).map_err(|error| format!("nothing can be saved any more: {error}"))?;
    let after = outbox(replica).map_err(|error| error.to_string())?.unwrap_or_default();
    let numbers_go_up = after.windows(2).all(|pair| pair[0].0 < pair[1].0);
    let added = after.len() == before.len() + 1 && after.starts_with(&before);
    let last = after.last().map(|(_, id)| *id);
    if added && numbers_go_up && last == ids.first().copied() {
        Ok(())
    } else {
        Err("another save after the cut is not added at the end".into())
    }
}
