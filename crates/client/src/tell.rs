//! Telling: what is due is marked and handed out, once; whoever has a screen shows it.
//!
//! The own timer is here and not in the window: it is woken by what changes and by the next thing that falls due.

use std::{collections::BTreeSet, time::Duration};

use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::sleep,
};

use crate::{
    Client, Snapshot,
    api::{Fault, notification::Note},
    replica::told,
    view::notification::{Plan, plan},
};

/// A page and its wishes change several things at once; they are looked at together.
const GATHER: Duration = Duration::from_millis(200);
/// The longest sleep: a computer that was suspended, or whose clock was set, is right again after it.
const NAP: Duration = Duration::from_secs(60);
/// What can bring something to tell.
const TOPICS: [&str; 10] = [
    "notice",
    "conversation",
    "request",
    "event",
    "conference",
    "shift",
    "outbox",
    "profile",
    "notification",
    "today",
];

/// What is to be told now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// Each of them once; marked as told already.
    pub notes: Vec<Note>,
    /// Keys of all that still holds: a notification that is still shown and has none of these has nothing to tell any
    /// more.
    pub standing: BTreeSet<String>,
}

impl Client {
    /// What is due now, marked as told in the same transaction that finds it.
    ///
    /// # Errors
    /// [`Fault::Locked`], [`Fault::Invalid`] where nobody joined; [`Fault::DiskFull`] with nothing told.
    pub async fn tell_due(&self) -> Result<Telling, Fault> {
        Ok(telling(self.plan_and_mark().await?))
    }

    async fn plan_and_mark(&self) -> Result<Plan, Fault> {
        let looked = self.read(plan).await?;
        if looked.tell.is_empty() {
            return Ok(looked);
        }
        let clock = self.clock();
        self.write(move |conn| {
            let plan = plan(&Snapshot::new(conn, clock)?)?;
            told::mark(conn, plan.keys(), plan.now)?;
            Ok(plan)
        })
        .await
    }

    /// The timer of this profile's notifications.
    #[must_use]
    pub fn teller(&self) -> Teller {
        Teller { changed: self.changed(), client: self.clone(), wake: Some(Duration::ZERO) }
    }
}

fn telling(plan: Plan) -> Telling {
    Telling { notes: plan.tell, standing: plan.standing }
}

/// Waits for what is to be told.
pub struct Teller {
    client: Client,
    changed: Receiver<Vec<String>>,
    wake: Option<Duration>,
}

impl Teller {
    /// The next time something is to be told, or no longer holds. Comes back at once when called first.
    pub async fn next(&mut self) -> Telling {
        loop {
            self.wait().await;
            match self.client.plan_and_mark().await {
                Ok(plan) => {
                    self.wake = plan.sleep().map(|left| left.unsigned_abs().min(NAP));
                    return telling(plan);
                }
                // The password opens it, or joining: both are changes. Until then nothing holds.
                Err(Fault::Locked | Fault::Invalid { .. }) => {
                    self.wake = None;
                    return Telling::default();
                }
                Err(fault) => {
                    tracing::warn!(%fault, "nothing can be told now");
                    self.wake = Some(NAP);
                }
            }
        }
    }

    /// Until something changed, or is due.
    async fn wait(&mut self) {
        let due = self.wake.unwrap_or(Duration::MAX);
        let changed = async {
            while !concerns(self.changed.recv().await) {}
            sleep(GATHER).await;
        };
        tokio::select! {
            () = changed => {}
            () = sleep(due) => {}
        }
        while self.changed.try_recv().is_ok() {}
    }
}

/// Whether a change can bring something to tell; one that was missed may.
fn concerns(changed: Result<Vec<String>, RecvError>) -> bool {
    changed.map_or(true, |topics| topics.iter().any(|topic| TOPICS.contains(&topic.as_str())))
}
