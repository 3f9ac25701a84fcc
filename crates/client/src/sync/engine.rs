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
            Input::Enqueued => self.push.wanted = true,
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
            Input::Pushed(outcome) => self.ended(now, outcome, true),
            Input::Pulled(outcome) => self.ended(now, outcome, false),
            Input::SignedOut => self.stand = Stand::Stopped(LineState::SignedOut),
            Input::Tick => {}
        }
        self.plan(now)
    }

    fn at_once(&mut self, now: u64) {
        (self.push.wanted, self.pull.wanted, self.live.wanted) = (true, true, !self.live.running);
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

    fn ended(&mut self, now: u64, outcome: Outcome, pushed: bool) {
        let errand = if pushed { &mut self.push } else { &mut self.pull };
        errand.running = false;
        match outcome {
            Outcome::Done { more } if pushed => {
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
                (self.push.wanted, self.pull.wanted) = (true, true);
                self.poll_at = now.saturating_add(POLL_MS);
            }
            if now >= self.retry_at {
                for (errand, action) in [
                    (&mut self.push, Action::Push),
                    (&mut self.pull, Action::Pull),
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
            let retry = self.push.wanted || self.pull.wanted || (self.live.wanted && self.reached);
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
            Stand::Running if self.push.running || self.pull.running => LineState::Syncing,
            Stand::Running if self.reached => LineState::Synced,
            Stand::Running => LineState::Offline,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn does(actions: &[Action], action: Action) -> bool {
        actions.contains(&action)
    }

    fn wake(actions: &[Action]) -> u64 {
        actions
            .iter()
            .find_map(|action| if let Action::WakeAt(at) = action { Some(*at) } else { None })
            .unwrap()
    }

    #[test]
    fn one_push_and_one_pull_are_in_flight() {
        let mut engine = Engine::new(1);
        let first = engine.step(0, Input::Started);
        assert!(does(&first, Action::Push) && does(&first, Action::Pull));
        let again = engine.step(1, Input::Enqueued);
        assert!(!does(&again, Action::Push), "the first is still running");
        let pushed = engine.step(2, Input::Pushed(Outcome::Done { more: true }));
        assert!(does(&pushed, Action::Push) && !does(&pushed, Action::Pull));
        let pulled = engine.step(3, Input::Pulled(Outcome::Done { more: false }));
        assert!(does(&pulled, Action::Pull), "the push asked for its rows");
        engine.step(4, Input::Pushed(Outcome::Nothing));
        let done = engine.step(5, Input::Pulled(Outcome::Done { more: false }));
        assert!(does(&done, Action::Show(LineState::Synced)), "{done:?}");
    }

    #[test]
    fn a_lost_poke_costs_at_most_a_minute() {
        let mut engine = Engine::new(1);
        engine.step(0, Input::Started);
        engine.step(10, Input::Pushed(Outcome::Nothing));
        let actions = engine.step(10, Input::Pulled(Outcome::Done { more: false }));
        let at = wake(&actions);
        assert!(at <= 10 + POLL_MS);
        assert!(does(&engine.step(at, Input::Tick), Action::Pull));
    }

    #[test]
    fn failures_wait_longer_and_never_longer_than_eight_seconds() {
        let mut engine = Engine::new(7);
        engine.step(0, Input::Started);
        engine.step(0, Input::Pushed(Outcome::Nothing));
        let mut now = 0;
        for round in 0..12 {
            let actions = engine.step(now, Input::Pulled(Outcome::Failed));
            assert!(!does(&actions, Action::Pull));
            let at = wake(&actions);
            assert!(at > now && at - now <= BACKOFF_MAX_MS, "round {round}");
            now = at;
            let mut actions = engine.step(now, Input::Tick);
            if does(&actions, Action::Push) {
                engine.step(now, Input::Pushed(Outcome::Nothing));
            }
            while !does(&actions, Action::Pull) {
                now = wake(&actions);
                actions = engine.step(now, Input::Tick);
            }
        }
        assert!(does(
            &engine.step(now, Input::Pulled(Outcome::Failed)),
            Action::WakeAt(engine.retry_at.min(engine.poll_at))
        ));
        assert!(does(&engine.step(now + 1, Input::Now), Action::Pull), "a person need not wait");
    }

    #[test]
    fn a_busy_school_is_given_the_time_it_asked_for_and_is_not_called_away() {
        let mut engine = Engine::new(1);
        engine.step(0, Input::Started);
        engine.step(0, Input::Pushed(Outcome::Nothing));
        let actions = engine.step(0, Input::Pulled(Outcome::Busy { wait_ms: 30_000 }));
        assert!(does(&actions, Action::Show(LineState::Busy)), "{actions:?}");
        assert!(!does(&engine.step(29_999, Input::Tick), Action::Pull));
        let actions = engine.step(30_000, Input::Tick);
        assert!(does(&actions, Action::Pull));
        let actions = engine.step(30_001, Input::Pulled(Outcome::ClockWrong));
        assert!(does(&actions, Action::Show(LineState::ClockWrong)), "{actions:?}");
        let actions = engine.step(40_000, Input::Pulled(Outcome::Failed));
        assert!(does(&actions, Action::Show(LineState::Offline)), "{actions:?}");
    }

    #[test]
    fn signing_out_stops_and_signing_in_goes_on() {
        let mut engine = Engine::new(1);
        engine.step(0, Input::Started);
        engine.step(1, Input::Pulled(Outcome::Done { more: false }));
        let actions = engine.step(2, Input::Pushed(Outcome::SignedOut));
        assert!(does(&actions, Action::CloseLive) && does(&actions, Action::Show(LineState::SignedOut)));
        assert!(!does(&engine.step(90_000, Input::Tick), Action::Pull));
        let actions = engine.step(90_001, Input::SignedIn);
        assert!(does(&actions, Action::Push) && does(&actions, Action::Pull));
    }

    #[test]
    fn a_torn_stream_is_opened_again() {
        let mut engine = Engine::new(1);
        engine.step(0, Input::Started);
        engine.step(1, Input::Pushed(Outcome::Nothing));
        assert!(does(&engine.step(1, Input::Pulled(Outcome::Done { more: false })), Action::OpenLive));
        engine.step(2, Input::LiveUp);
        engine.step(3, Input::Pulled(Outcome::Done { more: false }));
        let at = wake(&engine.step(4, Input::LiveDown));
        assert!(at > 4 && does(&engine.step(at, Input::Tick), Action::OpenLive));
    }
}
