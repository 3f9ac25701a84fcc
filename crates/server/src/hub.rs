//! Who is listening. A frame is encoded once for each feed and shared; a slow socket loses pokes and delays nobody:
//! a lost poke costs time, never data.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use tokio::sync::mpsc;
use uuid::Uuid;
use xinmei_model::{Feed, Id, Person, Rev, wire::Live};

use crate::ledger::Pokes;

/// Frames a socket may be behind; past this it has more to ask for anyway.
const BEHIND: usize = 64;

/// The listeners.
#[derive(Clone, Default)]
pub struct Hub(Arc<Mutex<Seats>>);

#[derive(Default)]
struct Seats {
    by_feed: HashMap<Feed, HashSet<Uuid>>,
    sockets: HashMap<Uuid, Socket>,
}

struct Socket {
    device: Uuid,
    person: Id<Person>,
    feeds: BTreeSet<Feed>,
    frames: mpsc::Sender<Bytes>,
}

/// A listening socket; it leaves when dropped.
pub struct Listening {
    hub: Hub,
    id: Uuid,
    /// Frames to send.
    pub frames: mpsc::Receiver<Bytes>,
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.hub.seats().leave(self.id);
    }
}

impl Hub {
    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to listen.
    #[must_use]
    pub fn listen(
        &self,
        id: Uuid,
        device: Uuid,
        person: Id<Person>,
        feeds: BTreeSet<Feed>,
        rev: Rev,
    ) -> Listening {
        let (sender, frames) = mpsc::channel(BEHIND);
        // The channel is new and empty: the greeting has room.
        let _ = sender.try_send(frame(&Live::Hello { rev }));
        let mut seats = self.seats();
        seats.sockets.insert(id, Socket { device, person, feeds: BTreeSet::new(), frames: sender });
        seats.hear(id, feeds);
        Listening { hub: self.clone(), id, frames }
    }

    /// A pull has computed anew what a person may hold: open streams of that person follow.
    pub fn entitle(&self, person: Id<Person>, feeds: &BTreeSet<Feed>) {
        let mut seats = self.seats();
        let stale: Vec<Uuid> = seats
            .sockets
            .iter()
            .filter(|(_, socket)| socket.person == person && socket.feeds != *feeds)
            .map(|(id, _)| *id)
            .collect();
        for id in stale {
            seats.hear(id, feeds.clone());
        }
    }

    /// A device was removed or signed out: its streams end.
    pub fn close(&self, device: Uuid) {
        let mut seats = self.seats();
        let gone: Vec<Uuid> =
            seats.sockets.iter().filter(|(_, socket)| socket.device == device).map(|(id, _)| *id).collect();
        gone.into_iter().for_each(|id| seats.leave(id));
    }

    /// Tells everybody concerned.
    pub fn poke(&self, pokes: Pokes) {
        let mut seats = self.seats();
        for (feed, rev) in pokes {
            let Some(listeners) = seats.by_feed.get(&feed) else { continue };
            let bytes = frame(&Live::Poke { feed, rev });
            for id in listeners {
                if let Some(socket) = seats.sockets.get(id) {
                    // Full or closed: that socket asks later.
                    let _ = socket.frames.try_send(bytes.clone());
                }
            }
            if let Feed::Person(person) = feed {
                // Rights may have changed: until the next pull computed them anew, this person's streams carry
                // nothing but their own feed.
                seats.narrow(person);
            }
        }
    }

    /// How many sockets are listening.
    #[must_use]
    pub fn listening(&self) -> usize {
        self.seats().sockets.len()
    }
}

impl Seats {
    fn hear(&mut self, id: Uuid, feeds: BTreeSet<Feed>) {
        let Some(socket) = self.sockets.get_mut(&id) else { return };
        let old = std::mem::replace(&mut socket.feeds, feeds.clone());
        for feed in old {
            self.forget(feed, id);
        }
        for feed in feeds {
            self.by_feed.entry(feed).or_default().insert(id);
        }
    }

    fn narrow(&mut self, person: Id<Person>) {
        let ids: Vec<Uuid> =
            self.sockets.iter().filter(|(_, socket)| socket.person == person).map(|(id, _)| *id).collect();
        for id in ids {
            self.hear(id, BTreeSet::from([Feed::Person(person)]));
        }
    }

    fn leave(&mut self, id: Uuid) {
        if let Some(socket) = self.sockets.remove(&id) {
            for feed in socket.feeds {
                self.forget(feed, id);
            }
        }
    }

    fn forget(&mut self, feed: Feed, id: Uuid) {
        if let Some(listeners) = self.by_feed.get_mut(&feed) {
            listeners.remove(&id);
            if listeners.is_empty() {
                self.by_feed.remove(&feed);
            }
        }
    }
}

/// One server-sent event (WHATWG HTML §9.2).
fn frame(live: &Live) -> Bytes {
    let json = serde_json::to_string(live).unwrap_or_default();
    Bytes::from(format!("data: {json}\n\n"))
}
