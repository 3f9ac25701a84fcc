//! Where time and chance come in, and nowhere else.
#![expect(clippy::disallowed_methods, reason = "this is the edge the others are kept away from")]

use std::sync::Arc;

use jiff::Timestamp;

/// A clock.
pub trait Clock: Send + Sync {
    /// The time.
    fn now(&self) -> Timestamp;
}

/// A source of random bytes.
pub trait Entropy: Send + Sync {
    /// Fills `bytes`.
    fn fill(&self, bytes: &mut [u8]);
}

/// Both, as they are handed around.
#[derive(Clone)]
pub struct Edge {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
}

impl Edge {
    /// The machine's own clock and randomness.
    #[must_use]
    pub fn of_machine() -> Self {
        Self { clock: Arc::new(Machine), entropy: Arc::new(Machine) }
    }

    /// Random bytes.
    #[must_use]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }

    /// A time-ordered id.
    #[must_use]
    pub fn id<T>(&self) -> xinmei_model::Id<T> {
        let ms = u64::try_from(self.clock.now().as_millisecond()).unwrap_or_default();
        xinmei_model::time_ordered(ms, self.random())
    }
}

struct Machine;

impl Clock for Machine {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

impl Entropy for Machine {
    fn fill(&self, bytes: &mut [u8]) {
        if getrandom::fill(bytes).is_err() {
            // Without randomness every key made from here on would be a lie.
            std::process::abort();
        }
    }
}
