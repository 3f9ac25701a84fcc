//! What a run did: the figures that show that it exercises something.

use std::{collections::BTreeMap, fmt};

/// Counts by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<String, u64>);

impl Counts {
    /// One more.
    pub fn add(&mut self, name: impl Into<String>) {
        *self.0.entry(name.into()).or_default() += 1;
    }

    /// Of one name.
    pub fn of(&self, name: &str) -> u64 {
        self.0.get(name).copied().unwrap_or_default()
    }

    /// All together.
    pub fn total(&self) -> u64 {
        self.0.values().sum()
    }

    fn merge(&mut self, other: &Self) {
        for (name, count) in &other.0 {
            *self.0.entry(name.clone()).or_default() += count;
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<_> = self.0.iter().map(|(name, count)| format!("{name} {count}")).collect();
        f.write_str(&parts.join(", "))
    }
}

/// What histories did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// How many.
    pub histories: u64,
    /// Steps taken.
    pub steps: u64,
    /// Requests and answers that arrived.
    pub letters: u64,
    /// Wishes saved, by act.
    pub wishes: Counts,
    /// Faults injected, by kind.
    pub faults: Counts,
    /// Verdicts: `accepted`, or the code of the refusal.
    pub verdicts: Counts,
    /// Wishes refused on the person's own computer, by code.
    pub refused_here: Counts,
    /// What became of bookings: `offered`, `withdrawn`…
    pub bookings: Counts,
    /// Folds everything that happened: the same seed gives the same.
    pub trace: u64,
}

impl Report {
    /// Takes another one in.
    pub fn merge(&mut self, other: &Self) {
        self.histories += other.histories;
        self.steps += other.steps;
        self.letters += other.letters;
        self.wishes.merge(&other.wishes);
        self.faults.merge(&other.faults);
        self.verdicts.merge(&other.verdicts);
        self.refused_here.merge(&other.refused_here);
        self.bookings.merge(&other.bookings);
        self.trace ^= other.trace;
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { histories, steps, letters, wishes, faults, verdicts, refused_here, bookings, trace } =
            self;
        write!(
            f,
            "{histories} histories, {steps} steps, {letters} letters; {} wishes ({wishes}); {} faults ({faults}); \
             verdicts: {verdicts}; refused on the spot: {refused_here}; bookings: {bookings}; trace {trace:016x}",
            wishes.total(),
            faults.total(),
        )
    }
}
