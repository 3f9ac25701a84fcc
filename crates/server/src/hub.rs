//! Who is listening. A frame is encoded once for each feed and shared; a slow socket loses pokes and delays nobody:
//! a lost poke costs time, never data.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::Bytes;
use jiff::Timestamp;
use tokio::sync::mpsc;
use uuid::Uuid;
use xinmei_model::{Feed, Id, Person, Rev, wire::Live};

use crate::ledger::Pokes;

/// Frames a socket may be behind; past this it has more to ask for anyway.
const BEHIND: usize = 64;

/// Streams of one device at once: one that stands, and some that a broken network has not ended yet.
const STREAMS: usize = 4;

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
    /// When its session ends.
    until: Timestamp,
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

impl Listening {
    /// The stream ends with its session.
    #[must_use]
    pub fn until(self, expires: Timestamp) -> Self {
        if let Some(socket) = self.hub.seats().sockets.get_mut(&self.id) {
            socket.until = expires;
        }
        self
    }
}

impl Hub {
    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins to listen; `id` is time-ordered. The oldest of too many streams of one device ends.
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
        let mut others = seats.of_device(person, device);
        others.sort_unstable();
        let most = others.len().saturating_sub(STREAMS - 1);
        others.into_iter().take(most).for_each(|oldest| seats.leave(oldest));
        let socket = Socket { device, person, feeds: BTreeSet::new(), frames: sender, until: Timestamp::MAX };
        seats.sockets.insert(id, socket);
        seats.hear(id, feeds);
        Listening { hub: self.clone(), id, frames }
    }

    /// A pull has computed anew what a person may hold: open streams of that person follow.
    pub fn entitle(&self, person: Id<Person>, feeds: &BTreeSet<Feed>) {
        let mut seats = self.seats();
        for id in seats.of_person(person) {
            if seats.sockets.get(&id).is_some_and(|socket| socket.feeds != *feeds) {
                seats.hear(id, feeds.clone());
            }
        }
    }

    /// A device was removed or signed out: its streams end.
    pub fn close(&self, device: Uuid) {
        let mut seats = self.seats();
        let gone: Vec<Uuid> =
            seats.sockets.iter().filter(|(_, socket)| socket.device == device).map(|(id, _)| *id).collect();
        gone.into_iter().for_each(|id| seats.leave(id));
    }

    /// Ends the streams whose session has ended.
    pub fn close_ended(&self, now: Timestamp) {
        let mut seats = self.seats();
        let ended: Vec<Uuid> =
            seats.sockets.iter().filter(|(_, socket)| socket.until <= now).map(|(id, _)| *id).collect();
        ended.into_iter().for_each(|id| seats.leave(id));
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
    /// The sockets of a person: each of them hears that person's own feed, whatever else it hears.
    fn of_person(&self, person: Id<Person>) -> Vec<Uuid> {
        self.by_feed.get(&Feed::Person(person)).into_iter().flatten().copied().collect()
    }

    fn of_device(&self, person: Id<Person>, device: Uuid) -> Vec<Uuid> {
        let mut ids = self.of_person(person);
        ids.retain(|id| self.sockets.get(id).is_some_and(|socket| socket.device == device));
        ids
    }

    fn hear(&mut self, id: Uuid, mut feeds: BTreeSet<Feed>) {
        let Some(socket) = self.sockets.get_mut(&id) else { return };
        feeds.insert(Feed::Person(socket.person));
        let old = std::mem::replace(&mut socket.feeds, feeds.clone());
        for feed in old {
            self.forget(feed, id);
        }
        for feed in feeds {
            self.by_feed.entry(feed).or_default().insert(id);
        }
    }

    fn narrow(&mut self, person: Id<Person>) {
        for id in self.of_person(person) {
            self.hear(id, BTreeSet::new());
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

#[cfg(test)]
mod tests {
    use super::*;

    fn listen(hub: &Hub, n: u128, device: u128, person: u128) -> Listening {
        let person = Id::new(Uuid::from_u128(person));
        hub.listen(Uuid::from_u128(n), Uuid::from_u128(device), person, BTreeSet::from([Feed::School]), 1)
    }

    fn ended(listening: &mut Listening) -> bool {
        // The greeting may be left.
        while listening.frames.try_recv().is_ok() {}
        listening.frames.is_closed()
    }

    #[test]
    fn one_device_holds_a_handful_of_streams() {
        let hub = Hub::default();
        let mut other = listen(&hub, 1, 7, 1);
        let mut streams: Vec<_> = (2..10).map(|n| listen(&hub, n, 8, 1)).collect();
        assert_eq!(hub.listening(), STREAMS + 1);
        let still = streams.iter_mut().map(|stream| !ended(stream)).collect::<Vec<_>>();
        assert_eq!(still, [false, false, false, false, true, true, true, true], "the oldest go");
        assert!(!ended(&mut other), "another device is not touched");
    }

    #[test]
    fn a_stream_ends_with_its_session() {
        let hub = Hub::default();
        let mut short = listen(&hub, 1, 1, 1).until(Timestamp::from_second(100).unwrap());
        let mut long = listen(&hub, 2, 2, 2).until(Timestamp::from_second(200).unwrap());
        hub.close_ended(Timestamp::from_second(100).unwrap());
        assert!(ended(&mut short) && !ended(&mut long));
    }

    #[test]
    fn a_person_whose_rights_may_have_changed_hears_nothing_but_that() {
        let hub = Hub::default();
        let (mut one, mut two) = (listen(&hub, 1, 1, 1), listen(&hub, 2, 2, 2));
        let heard = |listening: &mut Listening| {
            let mut frames = 0;
            while listening.frames.try_recv().is_ok() {
                frames += 1;
            }
            frames
        };
        assert_eq!((heard(&mut one), heard(&mut two)), (1, 1), "the greeting");
        hub.poke(vec![(Feed::Person(Id::new(Uuid::from_u128(1))), 2)]);
        hub.poke(vec![(Feed::School, 3)]);
        assert_eq!((heard(&mut one), heard(&mut two)), (1, 1));
        hub.entitle(Id::new(Uuid::from_u128(1)), &BTreeSet::from([Feed::School]));
        hub.poke(vec![(Feed::School, 4)]);
        assert_eq!((heard(&mut one), heard(&mut two)), (1, 1));
    }
}
