//! Things that happen, in the order of time, by the school's own rules.

use std::{collections::BTreeMap, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use xinmei_model::{Act, Actor, Id, Venue, decide, time_ordered};

use super::calendar::{Days, Hands};
use crate::{
    Fail, Result,
    ledger::{Ledger, Tx},
    school::Identity,
    timers,
};

/// The last moments are kept free, so that counts which rest between changes are written too.
const REST: SignedDuration = SignedDuration::from_secs(2);

type Run = Arc<dyn Fn(&mut Tx<'_>) -> Result<()> + Send + Sync>;

/// An id of the form a device gives to what it composes, but the same in every scene that names the thing.
pub(super) fn composed<T>(identity: &Identity, name: &str) -> Id<T> {
    let derived: Id<T> = identity.named(name);
    let random = derived.uuid().as_bytes().first_chunk().copied().unwrap_or_default();
    time_ordered(0, random)
}

/// Something that happens at a time.
struct Scene {
    at: Timestamp,
    run: Run,
}

/// What will happen; played once.
pub(super) struct Stage {
    pub(super) ledger: Ledger,
    pub(super) clock: Arc<Hands>,
    pub(super) days: Days,
    /// Nothing happens before.
    pub(super) begins: Timestamp,
    /// By campus and name.
    pub(super) venues: BTreeMap<(String, String), Id<Venue>>,
    scenes: Vec<Scene>,
}

impl Stage {
    pub(super) fn new(ledger: Ledger, clock: Arc<Hands>, days: Days, begins: Timestamp) -> Self {
        Self { ledger, clock, days, begins, venues: BTreeMap::new(), scenes: Vec::new() }
    }

    /// Adds a scene.
    pub(super) fn at(
        &mut self,
        at: Timestamp,
        run: impl Fn(&mut Tx<'_>) -> Result<()> + Send + Sync + 'static,
    ) {
        let last = self.days.now().saturating_sub(REST).unwrap_or(self.begins).max(self.begins);
        let at = at.clamp(self.begins, last);
        self.scenes.push(Scene { at, run: Arc::new(run) });
    }

    /// Plays everything, and lets due timers fire on the way.
    pub(super) async fn play(&mut self) -> Result<()> {
        let mut scenes = std::mem::take(&mut self.scenes);
        scenes.sort_by_key(|scene| scene.at);
        for scene in scenes {
            self.clock.set(scene.at);
            self.ledger
                .write(move |tx| {
                    while timers::fire(tx)? > 0 {}
                    (scene.run)(tx)
                })
                .await?;
        }
        Ok(())
    }
}

/// Between two times, at a part of the way in hundredths.
pub(super) fn between(from: Timestamp, to: Timestamp, hundredths: i64) -> Timestamp {
    let way = to.duration_since(from).as_secs().max(0);
    from.saturating_add(SignedDuration::from_secs(way / 100 * hundredths)).unwrap_or(from)
}

/// Does one thing by the rules; whether the school allowed it.
pub(super) fn act(tx: &mut Tx<'_>, actor: Actor, act: &Act) -> Result<bool> {
    match tx.settle(|facts| decide(facts, &actor, act))? {
        Ok(changes) => {
            tx.apply(changes)?;
            Ok(true)
        }
        Err(_) => Ok(false),
    }
}

/// Does one thing that the plan cannot do without.
pub(super) fn must(tx: &mut Tx<'_>, actor: Actor, wish: &Act) -> Result<()> {
    match tx.settle(|facts| decide(facts, &actor, wish))? {
        Ok(changes) => tx.apply(changes).map(|_| ()),
        Err(refusal) => Err(Fail::broken(format!("the demo's plan breaks a rule: {refusal} for {wish:?}"))),
    }
}
