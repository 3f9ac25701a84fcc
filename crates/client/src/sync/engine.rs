//! The engine decides, the driver does. A pure state machine: no IO, no clock, no randomness but its seed.

use crate::{api::sync::LineState, edge::splitmix};

/// A lost poke costs at most this, in milliseconds.
const POLL_MS: u64 = 60_000;
/// First wait after a failure, in milliseconds; doubled each time.
const BACKOFF_MS: u64 = 1_000;
/// Longest wait after a failure, in milliseconds: ten seconds after a line healed, all is equal.
const BACKOFF_MAX_MS: u64 = 8_000;

/// How a push or a pull ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was taken in; `more` asks for a pull at once (after a push: for what it changed).
    Done {
        /// There is more.
        more: bool,
    },
    /// There was nothing to send.
    Nothing,
    /// The school was not reached, or could not be taken in.
    Failed,
    /// The school was reached and asked for time.
    Busy {
        /// How much, in milliseconds.
        wait_ms: u64,
    },
    /// The school cannot be told from a stranger at the date of this computer.
    ClockWrong,
    /// The password is needed.
    SignedOut,
    /// An update is needed.
    UpdateNeeded,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// The store is open and somebody joined.
    Started,
    /// A wish was saved.
    Enqueued,
    /// A push ended.
    Pushed(Outcome),
    /// A pull ended.
    Pulled(Outcome),
    /// An upload ended.
    Uploaded(Outcome),
    /// The live stream said that something changed.
    Poked,
    /// The live stream stands.
    LiveUp,
    /// The live stream ended.
    LiveDown,
    /// A time that was asked for has come.
    Tick,
    /// A person wants it now.
    Now,
    /// The session ended and only the password helps; the store may be closed.
    SignedOut,
    /// There is a session again.
    SignedIn,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Send the next wishes.
    Push,
    /// Ask for what is new.
    Pull,
    /// Upload the next file that a wish carries.
    Upload,
    /// Open the live stream.
    OpenLive,
    /// Close the live stream.
    CloseLive,
    /// Call again with [`Input::Tick`] at this time, in milliseconds; a later one replaces it.
    WakeAt(u64),
    /// Show this on the sync line.
    Show(LineState),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    Idle,
    Running,
    Stopped(LineState),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Push,
    Pull,
    Upload,
}

#[derive(Clone, Copy, Debug, Default)]
struct Errand {
    wanted: bool,
    running: bool,
}

/// The engine of one device.
#[derive(Clone, Debug)]
pub struct Engine {
    stand: Stand,
    push: Errand,
    pull: Errand,
    upload: Errand,
    live: Errand,
    /// Whether the last answer was ours.
    reached: bool,
    /// What the line shows while it was not.
    away: LineState,
    failures: u32,
    retry_at: u64,
    poll_at: u64,
    shown: Option<LineState>,
    random: u64,
}

impl Engine {
    /// An engine that has not started. The seed spreads retries of many devices.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            stand: Stand::Idle,
            push: Errand::default(),
            pull: Errand::default(),
            upload: Errand::default(),
            live: Errand::default(),
            reached: false,
            away: LineState::Offline,
            failures: 0,
            retry_at: 0,
            poll_at: 0,
            shown: None,
            random: seed,
        }
    }

    /// What follows from an input at `now`, in milliseconds of any clock that never runs backwards.
    pub fn step(&mut self, now: u64, input: Input) -> Vec<Action> {
        match input {
            Input::Started | Input::SignedIn => {
                self.stand = Stand::Running;
                self.at_once(now);
            }
            Input::Now => self.at_once(now),
            Input::Enqueued => (self.push.wanted, self.upload.wanted) = (true, true),
            Input::Poked => self.pull.wanted = true,
            Input::LiveUp => {
                // Something may have been said while nobody listened.
                self.reached(now);
                self.pull.wanted = true;
            }
            Input::LiveDown => {
                self.live.running = false;
                self.live.wanted = true;
                self.fail(now);
            }
            Input::Pushed(outcome) => self.ended(now, outcome, Kind::Push),
            Input::Pulled(outcome) => self.ended(now, outcome, Kind::Pull),
            Input::Uploaded(outcome) => self.ended(now, outcome, Kind::Upload),
            Input::SignedOut => self.stand = Stand::Stopped(LineState::SignedOut),
            Input::Tick => {}
        }
        self.plan(now)
    }

    fn at_once(&mut self, now: u64) {
        (self.push.wanted, self.pull.wanted, self.live.wanted) = (true, true, !self.live.running);
        self.upload.wanted = true;
        (self.failures, self.retry_at) = (0, now);
    }

    fn reached(&mut self, now: u64) {
        (self.reached, self.failures, self.retry_at) = (true, 0, now);
    }

    /// Waits twice as long after each failure, by half to the whole of it.
    fn fail(&mut self, now: u64) {
        let longest = BACKOFF_MS.saturating_mul(1 << self.failures.min(16)).min(BACKOFF_MAX_MS);
        self.failures = self.failures.saturating_add(1);
        let wait = longest / 2 + splitmix(&mut self.random) % (longest / 2 + 1);
        self.retry_at = self.retry_at.max(now.saturating_add(wait));
    }

    fn ended(&mut self, now: u64, outcome: Outcome, kind: Kind) {
        let errand = match kind {
            Kind::Push => &mut self.push,
            Kind::Pull => &mut self.pull,
            Kind::Upload => &mut self.upload,
        };
        errand.running = false;
        match outcome {
            Outcome::Done { .. } if kind == Kind::Upload => {
                // The wish that waited for it may go, and there may be another file.
                (self.push.wanted, self.upload.wanted) = (true, true);
                self.reached(now);
            }
            Outcome::Done { more } if kind == Kind::Push => {
                // There may be another batch; its verdicts come with rows.
                self.push.wanted = true;
                self.pull.wanted |= more;
                self.reached(now);
            }
            Outcome::Done { more } => {
                self.pull.wanted |= more;
                self.live.wanted = !self.live.running;
                self.poll_at = now.saturating_add(POLL_MS);
                self.reached(now);
            }
            Outcome::Nothing => {}
            Outcome::Failed | Outcome::Busy { .. } | Outcome::ClockWrong => {
                errand.wanted = true;
                self.reached = false;
                self.fail(now);
                self.away = match outcome {
                    Outcome::Busy { wait_ms } => {
                        self.retry_at = self.retry_at.max(now.saturating_add(wait_ms));
                        LineState::Busy
                    }
                    Outcome::ClockWrong => LineState::ClockWrong,
                    _ => LineState::Offline,
                };
            }
            Outcome::SignedOut => {
                errand.wanted = true;
                self.stand = Stand::Stopped(LineState::SignedOut);
            }
            Outcome::UpdateNeeded => {
                errand.wanted = true;
                self.stand = Stand::Stopped(LineState::UpdateNeeded);
            }
        }
    }

    fn plan(&mut self, now: u64) -> Vec<Action> {
        let mut actions = Vec::new();
        if self.stand == Stand::Running {
            if now >= self.poll_at {
                (self.push.wanted, self.pull.wanted, self.upload.wanted) = (true, true, true);
                self.poll_at = now.saturating_add(POLL_MS);
            }
            if now >= self.retry_at {
                for (errand, action) in [
                    (&mut self.push, Action::Push),
                    (&mut self.pull, Action::Pull),
                    (&mut self.upload, Action::Upload),
                    (&mut self.live, Action::OpenLive),
                ] {
                    // A stream is worth opening only where the school answers.
                    let may = action != Action::OpenLive || self.reached;
                    if errand.wanted && !errand.running && may {
                        (errand.wanted, errand.running) = (false, true);
                        actions.push(action);
                    }
                }
            }
            let retry = self.push.wanted
                || self.pull.wanted
                || self.upload.wanted
                || (self.live.wanted && self.reached);
            let at =
                if retry && self.retry_at > now { self.retry_at.min(self.poll_at) } else { self.poll_at };
            actions.push(Action::WakeAt(at));
        } else if self.live.running {
            self.live.running = false;
            actions.push(Action::CloseLive);
        }
        let state = self.state();
        if self.shown != Some(state) {
            self.shown = Some(state);
            actions.push(Action::Show(state));
        }
        actions
    }

    fn state(&self) -> LineState {
        match self.stand {
            Stand::Stopped(state) => state,
            Stand::Idle => LineState::Offline,
            Stand::Running if !self.reached && self.failures > 0 => self.away,
            // An upload may take hours; the outbox tells of it.
            Stand::Running if self.push.running || self.pull.running => LineState::Syncing,
            Stand::Running if self.reached => LineState::Synced,
            Stand::Running => LineState::Offline,
        }
    }
}

#[cfg(test)]
mod tests;
