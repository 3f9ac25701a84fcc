//! Chance that follows from a seed: the same seed tells the same story.

/// A splitmix64 sequence.
#[derive(Clone, Debug)]
pub struct Chance(u64);

impl Chance {
    /// Starts at `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The sequence of one case among many of one seed.
    #[must_use]
    pub fn of_case(seed: u64, case: u64) -> Self {
        let mut chance = Self(seed);
        Self(chance.word() ^ case.wrapping_mul(0xD6E8_FEB8_6659_FD93))
    }

    /// The next word.
    pub fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.word() % end as u64).unwrap_or_default()
    }

    /// Whether one of `n` equal chances came.
    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}
