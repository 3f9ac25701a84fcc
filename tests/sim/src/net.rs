//! The network: requests and answers that are lost, doubled, late, cut, or in another order; and what the engine of a
//! computer does about it.

use xinmei_client::sync::engine::{Action, Input, Outcome};
use xinmei_model::wire::{Page, Pull, Push, Pushed};
use xinmei_server::Fail;

use super::{computer::Attempt, disk, history::History};

/// A computer stops waiting for an answer after this long, in milliseconds.
const PATIENCE: u64 = 30_000;

/// What is on its way. Bytes, as on the wire.
#[derive(Clone, Debug)]
pub(super) enum Body {
    /// A request.
    Push(Vec<u8>),
    /// A request.
    Pull(Vec<u8>),
    /// An answer.
    Pushed(Vec<u8>),
    /// An answer.
    Page(Vec<u8>),
}

/// A request or an answer on its way.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    who: usize,
    life: u32,
    attempt: u64,
    body: Body,
}

impl Letter {
    /// Whether it goes to the school.
    pub(super) fn is_ask(&self) -> bool {
        matches!(self.body, Body::Push(_) | Body::Pull(_))
    }
}

impl History {
    /// Tells an engine what happened and does what it decides.
    pub(super) fn feed(&mut self, who: usize, input: Input) {
        for action in self.computers[who].engine.step(self.passed, input) {
            match action {
                Action::Push => self.send_push(who),
                Action::Pull => self.send_pull(who),
                // No wish of these histories carries a file.
                Action::Upload => self.feed(who, Input::Uploaded(Outcome::Nothing)),
                Action::OpenLive => self.open_live(who),
                Action::CloseLive => self.computers[who].live = None,
                Action::WakeAt(at) => self.computers[who].wake = at,
                Action::Show(_) => {}
            }
        }
    }

    fn attempt(&mut self, push: Option<Push>) -> Attempt {
        self.attempts += 1;
        Attempt { number: self.attempts, until: self.passed + PATIENCE, push }
    }

    fn send_push(&mut self, who: usize) {
        let crash = self.may_crash(who);
        // Small batches make more of them.
        let limit = if self.chance.odds(30) { 1 } else { 100 };
        let Some(push) = self.computers[who].replica().push_batch(limit).unwrap() else {
            return self.feed(who, Input::Pushed(Outcome::Nothing));
        };
        if crash.is_some() {
            return self.crash(who, crash);
        }
        let body = Body::Push(serde_json::to_vec(&push).unwrap());
        let attempt = self.attempt(Some(push));
        self.letters.push(Letter { who, life: self.computers[who].life(), attempt: attempt.number, body });
        self.computers[who].pushing = Some(attempt);
    }

    fn send_pull(&mut self, who: usize) {
        let pull = self.computers[who].replica().pull_request().unwrap();
        let body = Body::Pull(serde_json::to_vec(&pull).unwrap());
        let attempt = self.attempt(None);
        self.letters.push(Letter { who, life: self.computers[who].life(), attempt: attempt.number, body });
        self.computers[who].pulling = Some(attempt);
    }

    fn open_live(&mut self, who: usize) {
        if let Some(server) = &self.server
            && self.chance.odds(80)
        {
            self.computers[who].live = Some(server.listen(self.computers[who].caller));
            self.feed(who, Input::LiveUp);
        } else {
            self.feed(who, Input::LiveDown);
        }
    }

    /// Whoever listens hears of the last commits, or misses it.
    pub(super) fn deliver_pokes(&mut self) {
        for who in 0..self.computers.len() {
            let Some(live) = &mut self.computers[who].live else { continue };
            let mut poked = false;
            while live.frames.try_recv().is_ok() {
                poked = true;
            }
            if poked && (!self.faults() || self.chance.odds(75)) {
                self.feed(who, Input::Poked);
            } else if poked {
                self.fault("poke lost");
            }
        }
    }

    /// A computer that waited long enough tries again later.
    pub(super) fn time_out(&mut self, who: usize) {
        let passed = self.passed;
        let over =
            |attempt: &mut Option<Attempt>| attempt.take_if(|attempt| attempt.until <= passed).is_some();
        if over(&mut self.computers[who].pushing) {
            self.feed(who, Input::Pushed(Outcome::Failed));
        }
        if over(&mut self.computers[who].pulling) {
            self.feed(who, Input::Pulled(Outcome::Failed));
        }
    }

    /// One letter moves, or meets its fate.
    pub(super) fn carry(&mut self, faults: bool) {
        if self.letters.is_empty() {
            return;
        }
        let at = self.chance.below(self.letters.len());
        let letter = self.letters.remove(at);
        if faults {
            match self.chance.below(100) {
                0..8 => return self.fault(if letter.is_ask() { "request lost" } else { "answer lost" }),
                8..13 => {
                    self.fault(if letter.is_ask() { "request doubled" } else { "answer doubled" });
                    self.doubled.insert(letter.attempt);
                    self.letters.push(letter.clone());
                }
                13..25 => {
                    self.fault("delayed");
                    return self.letters.push(letter);
                }
                25..28 if !letter.is_ask() => return self.cut(&letter),
                _ => {}
            }
        }
        self.report.letters += 1;
        match letter.body {
            Body::Push(_) => self.push_arrives(letter),
            Body::Pull(_) => self.pull_arrives(letter),
            Body::Pushed(_) | Body::Page(_) => self.answer_arrives(&letter),
        }
    }

    /// An answer that ends too early is no answer.
    fn cut(&mut self, letter: &Letter) {
        let (Body::Pushed(bytes) | Body::Page(bytes)) = &letter.body else { return };
        let end = self.chance.below(bytes.len());
        assert!(serde_json::from_slice::<Pushed>(&bytes[..end]).is_err());
        assert!(serde_json::from_slice::<Page>(&bytes[..end]).is_err());
        self.fault("answer cut");
    }

    /// Nobody listens at the school: where it is certain that the request never left, the computer knows.
    fn refused_connection(&mut self, letter: &Letter) {
        // Of two copies one may have arrived before, or still may.
        let doubled = self.doubled.contains(&letter.attempt);
        let computer = &mut self.computers[letter.who];
        let mine = |attempt: &Attempt| attempt.number == letter.attempt;
        if doubled || computer.life() != letter.life {
            return;
        }
        self.report.faults.add("connection refused");
        if let Some(attempt) = computer.pushing.take_if(|attempt| mine(attempt)) {
            computer.replica().never_left(&attempt.push.unwrap()).unwrap();
            self.feed(letter.who, Input::Pushed(Outcome::Failed));
        } else if computer.pulling.take_if(|attempt| mine(attempt)).is_some() {
            self.feed(letter.who, Input::Pulled(Outcome::Failed));
        }
    }

    fn push_arrives(&mut self, letter: Letter) {
        if self.server.is_none() {
            return self.refused_connection(&letter);
        }
        // Others may arrive in the same moment and stand in the same group.
        let mut together = vec![letter];
        while together.len() < 5 && self.chance.odds(50) {
            let Some(at) = self.letters.iter().position(|other| matches!(other.body, Body::Push(_))) else {
                break;
            };
            together.push(self.letters.remove(at));
        }
        let fire = self.chance.odds(10);
        self.turn(together, fire);
    }

    /// The server takes one group, and may stop before anybody was answered.
    pub(super) fn turn(&mut self, letters: Vec<Letter>, fire: bool) {
        let Some(mut server) = self.server.take() else { return };
        let stop = (self.faults() && self.chance.odds(3)).then(|| disk::mark(&server.file()));
        let asks: Vec<_> = letters
            .iter()
            .map(|letter| {
                let Body::Push(bytes) = &letter.body else { unreachable!() };
                (self.computers[letter.who].caller, serde_json::from_slice::<Push>(bytes).unwrap())
            })
            .collect();
        let results = server.take(&asks, fire);
        self.note(format_args!("a group of {} at rev {}", asks.len(), server.rev()));
        if let Some(mark) = stop {
            let end = self.chance.pick(&disk::states_since(&server.file(), &mark));
            self.fault("server stopped between commit and answer");
            return self.leave_behind(server, end);
        }
        self.truth.look(&server, &mut self.report);
        self.server = Some(server);
        for (letter, result) in letters.into_iter().zip(results) {
            let pushed = match result {
                Ok(pushed) => pushed,
                Err(Fail::Caller { code, detail, .. }) => panic!("{} of {}: {detail}", code, letter.who),
                Err(fail) => panic!("a push of {} failed: {fail}", letter.who),
            };
            for settled in &pushed.verdicts {
                self.truth.settled(settled, &mut self.report);
                self.note(format_args!("{} is told {settled:?}", letter.who));
            }
            let body = Body::Pushed(serde_json::to_vec(&pushed).unwrap());
            self.letters.push(Letter { body, ..letter });
        }
        self.deliver_pokes();
    }

    fn pull_arrives(&mut self, letter: Letter) {
        let Some(server) = &self.server else { return self.refused_connection(&letter) };
        let Body::Pull(bytes) = &letter.body else { unreachable!() };
        let pull: Pull = serde_json::from_slice(bytes).unwrap();
        let page = server.pull(self.computers[letter.who].caller, &pull).unwrap();
        assert!(
            page.now >= self.truth.latest,
            "the school's time ran from {} back to {}",
            self.truth.latest,
            page.now
        );
        self.truth.latest = page.now;
        page.verdicts.iter().for_each(|settled| self.truth.settled(settled, &mut self.report));
        self.note(format_args!("{} pulls {} rows to {}", letter.who, page.rows.len(), page.cursor));
        let body = Body::Page(serde_json::to_vec(&page).unwrap());
        self.letters.push(Letter { body, ..letter });
    }

    fn answer_arrives(&mut self, letter: &Letter) {
        let who = letter.who;
        let computer = &mut self.computers[who];
        let errand = match letter.body {
            Body::Pushed(_) => &mut computer.pushing,
            _ => &mut computer.pulling,
        };
        // Numbers are never used twice, so an answer to an earlier life finds nobody.
        if errand.take_if(|attempt| attempt.number == letter.attempt).is_none() {
            return;
        }
        let crash = self.may_crash(who);
        let computer = &self.computers[who];
        let input = match &letter.body {
            Body::Pushed(bytes) => {
                let applied =
                    computer.replica().apply_pushed(&serde_json::from_slice(bytes).unwrap()).unwrap();
                Input::Pushed(Outcome::Done { more: applied.more })
            }
            Body::Page(bytes) => {
                let page: Page = serde_json::from_slice(bytes).unwrap();
                let applied = computer.replica().apply_page(&page).unwrap();
                self.note(format_args!("{who} is at {}", page.cursor));
                self.check_page(who, &page);
                Input::Pulled(Outcome::Done { more: applied.more })
            }
            Body::Push(_) | Body::Pull(_) => unreachable!(),
        };
        self.check_wishes(who);
        if crash.is_some() {
            return self.crash(who, crash);
        }
        self.feed(who, input);
    }

    /// Whether this computer will stop within the step that begins here, and how its disk stands.
    fn may_crash(&mut self, who: usize) -> Option<disk::Mark> {
        (self.faults() && self.chance.odds(2)).then(|| self.computers[who].mark())
    }

    /// Whether things still go wrong.
    pub(super) fn faults(&self) -> bool {
        !self.healing
    }
}
