//! A computer, or the school, stopped between any two steps of a sign-up: the family ends up with one booking, and was
//! never shown more than the school had said.

use std::path::PathBuf;

use jiff::Timestamp;
use tempfile::TempDir;
use xinmei_client::{api::sync::ItemState, edge::MovableClock, replica::Fate};
use xinmei_model::{
    Act, Booking, BookingState, Id, List, MutationId, SignUp, Verdict,
    wire::{Page, Pull, Push, Pushed},
};
use xinmei_sim::{Cast, Chance, Computer, Hands, Part, Pen, Server, disk, edge, enrol};

/// The steps of a sign-up, in order; each leaves something that a stop can lose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Save,
    TakeBatch,
    Send,
    Commit,
    ApplyPushed,
    AskPull,
    AnswerPull,
    ApplyPage,
}

const STEPS: [Step; 8] = [
    Step::Save,
    Step::TakeBatch,
    Step::Send,
    Step::Commit,
    Step::ApplyPushed,
    Step::AskPull,
    Step::AnswerPull,
    Step::ApplyPage,
];

/// Who stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stops {
    Computer,
    Server,
    Both,
}

/// What is in memory or on the wire; a stop loses it.
#[derive(Default)]
struct Flying {
    push: Option<Push>,
    pushed: Option<Pushed>,
    pull: Option<Pull>,
    page: Option<Page>,
}

struct Stage {
    dir: TempDir,
    hands: Hands,
    server: Option<Server>,
    computer: Computer,
    act: SignUp,
    id: Option<MutationId>,
    flying: Flying,
    starts: u32,
}

impl Stage {
    /// A family that sees an event with one session, and has not signed up.
    fn begin() -> Self {
        let memory = std::path::Path::new("/dev/shm");
        let dir = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let start: Timestamp = "2026-11-23T02:00:00Z".parse().unwrap();
        let hands = Hands::at(start);
        let mut server = Server::create(&dir.path().join("school-0"), edge(&hands, 1));
        let cast = Cast::enter(&mut server, start, true);
        let mut act = Pen { chance: &mut Chance::new(7), now: start }.event(cast.campus);
        if let Act::PublishEvent { event } = &mut act {
            // These stories are about stops, not about waiting for sign-up to open.
            event.opens = event.opens.clone() - jiff::SignedDuration::from_hours(24);
            // Nor about seats there are not.
            for session in &mut event.sessions {
                session.capacity = session.capacity.max(4);
                session.holds.clear();
            }
        }
        let Act::PublishEvent { event } = act.clone() else { unreachable!() };
        let (coordinator, ..) = cast.people[0];
        let hat = xinmei_model::Hat::Staff {
            role: xinmei_model::derived("role", coordinator.uuid(), cast.campus.uuid()),
        };
        let actor = xinmei_model::Actor::Person { person: coordinator, hat };
        server
            .write(move |tx| match tx.settle(|facts| xinmei_model::decide(facts, &actor, &act))? {
                Ok(changes) => tx.apply(changes),
                other => panic!("{other:?}"),
            })
            .unwrap();
        let mother = cast.people[1].0;
        let caller = enrol(&mut server, mother);
        let clock = MovableClock::at(start);
        let path = dir.path().join("computer");
        let computer =
            Computer::join("刘芳", caller, Part::Guardian, path, clock, &server.ledger.identity, 3);
        let act = SignUp {
            booking: Id::new(uuid::Uuid::from_u128(0xB0)),
            session: event.sessions[0].id,
            children: vec![cast.children[0]],
            adults: 1,
            answers: vec![],
            others: vec![],
            on_behalf_of: None,
        };
        let flying = Flying::default();
        let mut stage = Self { dir, hands, server: Some(server), computer, act, id: None, flying, starts: 0 };
        stage.sync();
        stage
    }

    fn server(&mut self) -> &mut Server {
        self.server.as_mut().unwrap()
    }

    /// Talks until nothing is left to say.
    fn sync(&mut self) {
        for _ in 0..5 {
            for step in &STEPS[1..] {
                self.take(*step);
            }
        }
    }

    /// One step; where what it needs was lost there is nothing to do.
    fn take(&mut self, step: Step) {
        let caller = self.computer.caller;
        match step {
            Step::Save => {
                let (ids, _) = self.computer.replica().save(vec![Act::SignUp(self.act.clone())]).unwrap();
                self.id = Some(ids[0]);
            }
            Step::TakeBatch => self.flying.push = self.computer.replica().push_batch(100).unwrap(),
            // The bytes are with the school's machine, which has done nothing yet.
            Step::Send => {}
            Step::Commit => {
                if let Some(push) = self.flying.push.take() {
                    self.flying.pushed = self.server().take(&[(caller, push)], false).pop().unwrap().ok();
                    assert!(self.flying.pushed.is_some());
                }
            }
            Step::ApplyPushed => {
                if let Some(pushed) = self.flying.pushed.take() {
                    self.computer.replica().apply_pushed(&pushed).unwrap();
                }
            }
            Step::AskPull => self.flying.pull = Some(self.computer.replica().pull_request().unwrap()),
            Step::AnswerPull => {
                if let Some(pull) = self.flying.pull.take() {
                    self.flying.page = Some(self.server().pull(caller, &pull).unwrap());
                }
            }
            Step::ApplyPage => {
                if let Some(page) = self.flying.page.take() {
                    self.computer.replica().apply_page(&page).unwrap();
                }
            }
        }
        self.check();
    }

    fn file(&mut self, step: Step) -> Option<PathBuf> {
        match step {
            Step::Save | Step::TakeBatch | Step::ApplyPushed | Step::ApplyPage => Some(self.computer.file()),
            Step::Commit => Some(self.server().file()),
            Step::Send | Step::AskPull | Step::AnswerPull => None,
        }
    }

    /// Stops and starts again; `end` is where the log of whoever took the last step ended.
    fn stop(&mut self, who: Stops, step: Step, end: Option<usize>) {
        if who != Stops::Server {
            self.computer.crash(end.filter(|_| step != Step::Commit), 5);
        }
        if who != Stops::Computer {
            let old = self.server.take().unwrap();
            self.starts += 1;
            let folder = self.dir.path().join(format!("school-{}", self.starts));
            std::fs::create_dir_all(&folder).unwrap();
            let end = end.filter(|_| step == Step::Commit);
            disk::copy(&old.file(), &folder.join(xinmei_server::school::DATABASE), end);
            drop(old);
            self.server = Some(Server::open(&folder, edge(&self.hands, 9)));
        }
        self.flying = Flying::default();
        self.check();
    }

    /// What the computer shows is never more than the school has said, and what was saved is there.
    fn check(&mut self) {
        let booking = self.act.booking;
        let shown: Option<Booking> = self.computer.replica().read(|s| s.get(booking)).unwrap();
        let said: Option<Booking> = self.server.as_ref().and_then(|server| server.row(booking));
        let confirmed = shown.is_some_and(|booking| booking.state == BookingState::Confirmed);
        assert!(!confirmed || said.is_some(), "shown as confirmed before the school said so");
        let Some(id) = self.id else { return };
        let outbox = self.computer.replica().read(|s| s.outbox()).unwrap();
        let item = outbox.iter().find(|item| item.mutation.id == id);
        match (self.computer.replica().fate(id).unwrap(), item) {
            (Fate::Waiting, Some(item)) => {
                assert!(!confirmed, "shown as confirmed without a verdict");
                assert_eq!(item.state, if item.attempts > 0 { ItemState::Sent } else { ItemState::Saved });
            }
            (Fate::Settled { verdict: Verdict::Accepted { .. } }, item) => {
                assert!(said.is_some(), "accepted, and not done");
                // Until its rows are here the wish stays in sight as sent.
                assert!(confirmed != item.is_some(), "shown twice or not at all");
            }
            (fate, _) => panic!("what was saved is {fate:?}"),
        }
    }

    /// After everybody is well again: one booking, confirmed, on both sides.
    fn end(mut self) {
        if self.id.is_none() {
            // It stopped before anybody was told that it was saved: the family presses the button again, unless it is there.
            let outbox = self.computer.replica().read(|s| s.outbox()).unwrap();
            match outbox.first() {
                Some(item) => self.id = Some(item.mutation.id),
                None => self.take(Step::Save),
            }
        }
        self.sync();
        let session = self.act.session;
        let on_server: Vec<Booking> = self.server().list(List::BookingsOf(session));
        let here: Vec<Booking> = self.computer.replica().read(|s| s.list(List::BookingsOf(session))).unwrap();
        assert_eq!(on_server.len(), 1, "once, neither lost nor doubled");
        assert_eq!(on_server[0].state, BookingState::Confirmed);
        assert_eq!(here, on_server);
        assert_eq!(self.computer.replica().waiting_and_failed().unwrap(), (0, 0));
        assert!(self.computer.replica().read(|s| s.outbox()).unwrap().is_empty());
        let id = self.id.unwrap();
        assert!(matches!(
            self.computer.replica().fate(id).unwrap(),
            Fate::Settled { verdict: Verdict::Accepted { .. } }
        ));
    }
}

#[test]
fn stopped_between_any_two_steps_of_a_sign_up() {
    let mut cases = 0;
    for (at, last) in STEPS.into_iter().enumerate() {
        for who in [Stops::Computer, Stops::Server, Stops::Both] {
            let mut stage = Stage::begin();
            STEPS[..=at].iter().for_each(|step| stage.take(*step));
            stage.stop(who, last, None);
            stage.end();
            cases += 1;
        }
    }
    eprintln!("{cases} stops between steps");
}

/// A step is one commit or it is none: the machine stops after each commit that a step makes, answered to nobody.
#[test]
fn stopped_between_any_two_commits_within_a_step() {
    let mut cases = 0;
    for (at, last) in STEPS.into_iter().enumerate() {
        for nth in 0.. {
            let mut stage = Stage::begin();
            STEPS[..at].iter().for_each(|step| stage.take(*step));
            let Some(file) = stage.file(last) else { break };
            let mark = disk::mark(&file);
            stage.take(last);
            let states = disk::states_since(&file, &mark);
            let Some(end) = states.get(nth) else { break };
            if last == Step::Save {
                stage.id = None;
            }
            let who = if last == Step::Commit { Stops::Server } else { Stops::Computer };
            stage.stop(who, last, Some(*end));
            stage.end();
            cases += 1;
        }
    }
    eprintln!("{cases} stops between commits");
    assert!(cases >= 10, "each of the five writes has a before and an after");
}

/// A page that was slow is older than what an answered push told: numbers are not given out again because of it.
#[test]
fn a_page_older_than_an_answer_does_not_number_again() {
    let mut stage = Stage::begin();
    let old = stage.computer.replica().pull_request().unwrap();
    let caller = stage.computer.caller;
    let old = stage.server().pull(caller, &old).unwrap();
    let nothing = Act::Withdraw { booking: Id::new(uuid::Uuid::from_u128(0xE)), on_behalf_of: None };
    let (ids, _) = stage.computer.replica().save(vec![nothing]).unwrap();
    for step in [Step::TakeBatch, Step::Send, Step::Commit, Step::ApplyPushed] {
        stage.take(step);
    }
    stage.computer.replica().seen(ids[0]).unwrap();
    stage.take(Step::Save);
    stage.computer.replica().apply_page(&old).unwrap();
    let number = stage.computer.replica().read(|s| s.outbox()).unwrap()[0].number;
    assert_eq!(number, 2, "1 was processed and refused");
    stage.end();
}

/// Receipts are kept by the school's clock: a computer whose own jumps ten years forgets nothing.
#[test]
fn a_clock_that_jumps_years_loses_no_receipt() {
    let mut stage = Stage::begin();
    stage.take(Step::Save);
    stage.sync();
    let id = stage.id.unwrap();
    stage.computer.clock.advance(3_650 * 24 * 3_600_000);
    let act = Act::Withdraw { booking: stage.act.booking, on_behalf_of: None };
    stage.computer.replica().save(vec![act]).unwrap();
    stage.id = None;
    stage.sync();
    assert!(matches!(stage.computer.replica().fate(id).unwrap(), Fate::Settled { .. }));
}

/// The school stops while counts are held back: they are written when it starts again.
#[test]
fn counts_held_back_survive_a_stop() {
    let mut stage = Stage::begin();
    stage.take(Step::Save);
    stage.sync();
    let id = xinmei_model::derived::<xinmei_model::Fill>(
        "fill",
        stage.act.session.uuid(),
        stage.act.session.uuid(),
    );
    let act = Act::Withdraw { booking: stage.act.booking, on_behalf_of: None };
    stage.computer.replica().save(vec![act]).unwrap();
    stage.id = None;
    stage.sync();
    stage.stop(Stops::Server, Step::Send, None);
    stage.hands.advance(2_000);
    stage.server().write(|_| Ok(())).unwrap();
    assert_eq!(stage.server().row(id).unwrap().used, 0, "the family gave its seat back");
}
