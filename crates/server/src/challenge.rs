//! Challenges that a device signs. The server keeps none of those it gave, so that nobody can crowd others out by
//! asking for many: a challenge carries when it was given, under the server's own seal.
//!
//! ```text
//! given, ms (8) | chance (8) | HMAC-SHA-256 over both, first half (16)
//! ```

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use sha2::Sha256;

use crate::edge::Edge;

/// A challenge is good once, for this long.
const GOOD_FOR: SignedDuration = SignedDuration::from_secs(60);

/// Gives challenges and knows them again.
pub struct Challenges {
    /// Of this run: a restart costs a device one more question.
    secret: [u8; 32],
    /// Those that opened a session already, until they are too old anyway. Only a device's own signature puts one
    /// here.
    used: Mutex<HashMap<[u8; 32], Timestamp>>,
}

impl Challenges {
    /// Under a new secret.
    #[must_use]
    pub fn new(edge: &Edge) -> Self {
        Self { secret: edge.random(), used: Mutex::default() }
    }

    /// Gives a challenge.
    #[must_use]
    pub fn give(&self, edge: &Edge, now: Timestamp) -> [u8; 32] {
        let mut head = [0; 16];
        let (given, chance) = head.split_at_mut(8);
        given.copy_from_slice(&now.as_millisecond().to_be_bytes());
        chance.copy_from_slice(&edge.random::<8>());
        let mut challenge = [0; 32];
        let (first, seal) = challenge.split_at_mut(16);
        first.copy_from_slice(&head);
        if let Some(mac) = self.seal(&head) {
            seal.iter_mut().zip(mac.finalize().into_bytes()).for_each(|(to, byte)| *to = byte);
        }
        challenge
    }

    /// Whether a challenge is this server's and fresh.
    #[must_use]
    pub fn stands(&self, challenge: &[u8; 32], now: Timestamp) -> bool {
        let (head, seal) = challenge.split_at(16);
        let Some(given) = head.first_chunk::<8>().map(|given| i64::from_be_bytes(*given)) else {
            return false;
        };
        let sealed = self.seal(head).is_some_and(|mac| mac.verify_truncated_left(seal).is_ok());
        let fresh =
            Timestamp::from_millisecond(given).is_ok_and(|given| now.duration_since(given) < GOOD_FOR);
        sealed && fresh && !self.used().contains_key(challenge)
    }

    /// Uses a challenge up; `false` where it was already.
    #[must_use]
    pub fn take(&self, challenge: [u8; 32], now: Timestamp) -> bool {
        let mut used = self.used();
        used.retain(|_, at| now.duration_since(*at) < GOOD_FOR);
        used.insert(challenge, now).is_none()
    }

    fn used(&self) -> std::sync::MutexGuard<'_, HashMap<[u8; 32], Timestamp>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn seal(&self, head: &[u8]) -> Option<Hmac<Sha256>> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.secret).ok()?;
        mac.update(head);
        Some(mac)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_of_questions_voids_nobodys_challenge() {
        let edge = Edge::of_machine();
        let challenges = Challenges::new(&edge);
        let now = edge.clock.now();
        let mine = challenges.give(&edge, now);
        for _ in 0..50_000 {
            let _ = challenges.give(&edge, now);
        }
        assert!(challenges.stands(&mine, now));
        assert!(challenges.take(mine, now));
        assert!(!challenges.take(mine, now) && !challenges.stands(&mine, now), "good once");
    }

    #[test]
    fn a_challenge_is_the_servers_own_and_a_minute_old_at_most() {
        let edge = Edge::of_machine();
        let (ours, theirs) = (Challenges::new(&edge), Challenges::new(&edge));
        let now = edge.clock.now();
        let challenge = ours.give(&edge, now);
        let later = |seconds| now.checked_add(SignedDuration::from_secs(seconds)).unwrap();
        assert!(ours.stands(&challenge, later(59)));
        assert!(!ours.stands(&challenge, later(60)));
        assert!(!theirs.stands(&challenge, now), "another server's");
        for at in 0..32 {
            let mut forged = challenge;
            forged[at] ^= 1;
            assert!(!ours.stands(&forged, now), "byte {at}");
        }
    }
}
