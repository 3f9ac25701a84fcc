//! Chance that follows from a seed: SplitMix64 (Steele, Lea, Flood 2014), in whole numbers, so that it is the same everywhere.

/// A stream of chance.
pub(super) struct Chance(u64);

impl Chance {
    /// The stream of these three numbers; another for any other.
    pub(super) fn of(seed: u32, run: u32, which: u64) -> Self {
        let mut chance = Self(u64::from(seed) << 32 | u64::from(run));
        let begun = chance.next();
        Self(begun ^ which.wrapping_mul(0xd6e8_feb8_6659_fd93))
    }

    /// The next 64 bits.
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        word ^ (word >> 31)
    }

    /// A number below `end`, which is not 0; each as likely as the others to within 2⁻³².
    pub(super) fn below(&mut self, end: u64) -> u64 {
        let wide = u128::from(self.next()) * u128::from(end);
        u64::try_from(wide >> 64).unwrap_or_default()
    }

    /// Whether it happens that happens in so many of 100 cases.
    pub(super) fn percent(&mut self, percent: u32) -> bool {
        self.below(100) < u64::from(percent)
    }

    /// Mixes.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            let with = self.below(end as u64 + 1);
            items.swap(end, usize::try_from(with).unwrap_or(end));
        }
    }
}
