//! How much a promise test does: little with every run of the tests, more for each commit, most for acceptance.

/// The size of this run; `XINMEI_SIZE=commit` or `acceptance` asks for more than the quick one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// Seconds, in a debug build.
    Quick,
    /// What `cargo xtask test` runs before a change lands, in a release build.
    Commit,
    /// Hours, before a release.
    Acceptance,
}

impl Size {
    /// What was asked for.
    ///
    /// # Panics
    /// If it is none of the three: a size that is misspelt must not be a small one.
    pub fn of_run() -> Self {
        match std::env::var("XINMEI_SIZE").as_deref() {
            Err(_) | Ok("quick") => Self::Quick,
            Ok("commit") => Self::Commit,
            Ok("acceptance") => Self::Acceptance,
            Ok(other) => panic!("XINMEI_SIZE={other}: say quick, commit or acceptance"),
        }
    }

    /// The number for this size.
    pub fn pick<T>(self, quick: T, commit: T, acceptance: T) -> T {
        match self {
            Self::Quick => quick,
            Self::Commit => commit,
            Self::Acceptance => acceptance,
        }
    }
}
