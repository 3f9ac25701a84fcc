//! One history: what happens, in which order.

use std::path::PathBuf;

use jiff::Timestamp;
use tempfile::TempDir;
use xinmei_client::{api::Fault, edge::MovableClock, sync::engine::Input};
use xinmei_model::{Act, Actor, Bar, Hat, Link, QuietHours, Refusal, Right, decide, derived};
use xinmei_server::ledger;

use super::{
    acts::{self, Pen},
    cast::{self, Cast, Part},
    chance::Chance,
    computer::{Computer, Wish},
    net::Letter,
    report::Report,
    server::{self, Hands, Server},
    truth::{self, Barred, Truth},
};

/// Computers at most: those of the beginning and those that join later.
const COMPUTERS: usize = 7;

/// One history.
pub struct History {
    /// Where it comes from.
    pub seed: u64,
    pub(super) chance: Chance,
    pub(super) dir: TempDir,
    pub(super) hands: Hands,
    /// Milliseconds that have passed; engines go by it.
    pub(super) passed: u64,
    pub(super) server: Option<Server>,
    /// The folder of the server's data, while it is stopped.
    pub(super) folder: PathBuf,
    pub(super) starts: u64,
    pub(super) cast: Cast,
    pub(super) computers: Vec<Computer>,
    pub(super) letters: Vec<Letter>,
    pub(super) attempts: u64,
    /// Attempts of which two copies were on the way.
    pub(super) doubled: std::collections::BTreeSet<u64>,
    pub(super) truth: Truth,
    pub(super) report: Report,
    pub(super) trace: bool,
    /// Nothing goes wrong any more.
    pub(super) healing: bool,
}

impl History {
    /// The school on a Monday, 10:00 in Chongqing, with three to six computers that have just joined.
    pub fn begin(seed: u64, trace: bool) -> Self {
        let mut chance = Chance::new(seed);
        let start: Timestamp = "2026-11-23T02:00:00Z".parse().unwrap();
        let (dir, hands) = (server::scratch(), Hands::at(start));
        let folder = dir.path().join("school-0");
        let mut server = Server::create(&folder, server::edge(&hands, chance.word()));
        let cast = Cast::enter(&mut server, start, chance.odds(75));
        let report = Report { histories: 1, ..Report::default() };
        let mut history = Self {
            seed,
            chance,
            dir,
            hands,
            passed: 1_000,
            server: Some(server),
            folder,
            starts: 0,
            cast,
            computers: Vec::new(),
            letters: Vec::new(),
            attempts: 0,
            doubled: std::collections::BTreeSet::new(),
            truth: Truth::default(),
            report,
            trace,
            healing: false,
        };
        let count = 3 + history.chance.weighted(&[10, 20, 30, 40]);
        for n in 0..count {
            let (person, name, part) = history.cast.people[n];
            history.join(person, name, part);
        }
        // Nobody sees a button before the first rows are there.
        while !history.letters.is_empty() {
            history.carry(false);
        }
        for act in {
            let campus = history.cast.campus;
            let mut pen = history.pen();
            [pen.first_event(campus), pen.post(campus)]
        } {
            history.save(0, vec![act]);
        }
        history
    }

    /// Folds what happened into the trace, and shows it where somebody looks for a fault.
    pub(super) fn note(&mut self, what: std::fmt::Arguments<'_>) {
        let text = what.to_string();
        for byte in text.bytes() {
            self.report.trace = (self.report.trace ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        if self.trace {
            eprintln!("{:>5} {:>9} {text}", self.report.steps, self.passed);
        }
    }

    pub(super) fn fault(&mut self, kind: &str) {
        self.report.faults.add(kind);
    }

    pub(super) fn pen(&mut self) -> Pen<'_> {
        let now = xinmei_server::edge::Clock::now(&self.hands);
        Pen { chance: &mut self.chance, now }
    }

    /// A computer joins; its clock is what it is.
    pub(super) fn join(
        &mut self,
        person: xinmei_model::Id<xinmei_model::Person>,
        name: &'static str,
        part: Part,
    ) {
        let Some(server) = &mut self.server else { return };
        let caller = cast::enrol(server, person);
        self.truth.look(server, &mut self.report);
        let clock = MovableClock::at(xinmei_server::edge::Clock::now(&self.hands));
        let dir = self.dir.path().join(format!("computer-{}", self.computers.len()));
        let seed = self.chance.word();
        let identity = &server.ledger.identity;
        self.computers.push(Computer::join(name, caller, part, dir, clock, identity, seed));
        let who = self.computers.len() - 1;
        self.note(format_args!("{who} {name} joins"));
        if self.chance.odds(30) {
            self.skew(who);
        }
        self.feed(who, Input::Started);
    }

    /// Everything that happens before the faults are over.
    pub fn live(&mut self) {
        // Most are short, some are long: what goes wrong early and what takes its time are both found.
        let steps =
            if self.chance.odds(80) { self.chance.between(20, 60) } else { self.chance.between(60, 200) };
        for _ in 0..steps {
            self.report.steps += 1;
            match self.chance.weighted(&[50, 12, 5, 4, 3, 4, 5, 4, 2, 1]) {
                0 => self.somebody_acts(),
                1 => self.time_passes(),
                2 => {
                    let who = self.anybody();
                    self.skew(who)
                }
                3 => {
                    let who = self.anybody();
                    self.crash(who, None)
                }
                4 => self.crash_server(),
                5 => self.fire(),
                6 if self.chance.odds(45) => self.deputy_acts(),
                6 if self.chance.odds(35) => self.settle_report(),
                6 if self.chance.odds(20) => self.keep_inbox(),
                6 if self.chance.odds(15) => self.note_on_paper(),
                6 if self.chance.odds(15) => self.set_hours(),
                6 => self.change_rights(),
                7 => self.stream_tears(),
                9 => self.set_back(),
                _ => self.join_late(),
            }
            let ms = u64::try_from(self.chance.between(20, 3_000)).unwrap();
            self.pass(ms);
            for _ in 0..self.chance.below(7) {
                self.carry(true);
            }
            if self.server.is_none() && self.chance.odds(30) {
                self.start_server();
            }
        }
    }

    pub(super) fn anybody(&mut self) -> usize {
        self.chance.below(self.computers.len())
    }

    fn somebody_acts(&mut self) {
        let who = self.anybody();
        if self.chance.odds(4) {
            return self.take_back(who);
        }
        if self.chance.odds(15) {
            return self.look_at_refused(who);
        }
        let strangers = self.truth.known_bookings();
        let mut acts = Vec::new();
        for _ in 0..if self.chance.odds(10) { 2 } else { 1 } {
            let now = xinmei_server::edge::Clock::now(&self.hands);
            let mut pen = Pen { chance: &mut self.chance, now };
            acts.extend(pen.wish(&self.computers[who], &self.cast, &strangers));
        }
        if !acts.is_empty() {
            self.save(who, acts);
        }
    }

    /// A person presses the button.
    pub(super) fn save(&mut self, who: usize, acts: Vec<Act>) {
        let computer = &self.computers[who];
        let stop = self.chance.odds(2).then(|| computer.mark());
        match computer.replica().save(acts.clone()) {
            Ok((ids, _)) => {
                let wishes =
                    ids.into_iter().zip(acts).map(|(id, act)| Wish { id, act, gone: false, through: false });
                let wishes: Vec<Wish> = wishes.collect();
                for wish in &wishes {
                    self.report.wishes.add(acts::name_of(&wish.act));
                    self.note(format_args!("{who} wishes {} {}", acts::name_of(&wish.act), wish.id));
                }
                if stop.is_some() {
                    // Nobody was told that it was saved; what is found afterwards counts.
                    self.crash(who, stop);
                    let (found, lost): (Vec<_>, Vec<_>) = wishes.into_iter().partition(|wish| {
                        self.computers[who].replica().fate(wish.id).unwrap()
                            != xinmei_client::replica::Fate::Unknown
                    });
                    assert!(
                        found.is_empty() || lost.is_empty(),
                        "wishes saved together are saved or lost together"
                    );
                    self.computers[who].wishes.extend(found);
                } else {
                    self.computers[who].wishes.extend(wishes);
                    self.feed(who, Input::Enqueued);
                }
            }
            Err(Fault::Refused { refusal }) => {
                self.report.refused_here.add(refusal.code());
                self.note(format_args!("{who} is refused {refusal} here"));
                if let [act] = acts.as_slice() {
                    self.check_refused_here(who, act, &refusal);
                }
            }
            Err(fault) => panic!("{who} could not save: {fault:?}"),
        }
    }

    /// A computer that knows everything refuses only what the school would refuse too, whatever its clock says.
    fn check_refused_here(&self, who: usize, act: &Act, refusal: &Refusal) {
        // At a gate somebody is told before anything is written down; what was written down the school takes, to be seen.
        let at_the_door =
            matches!(refusal, Refusal::AlreadyIn { .. } | Refusal::GateClosed | Refusal::NoPower { .. });
        if at_the_door && matches!(act, Act::Arrive(_)) {
            return;
        }
        let (computer, Some(server)) = (&self.computers[who], &self.server) else { return };
        let waits = computer.replica().waiting_and_failed().unwrap().0 > 0;
        if waits
            || computer.cursor() != server.rev()
            || computer.replica().read(|s| Ok(s.arriving())).unwrap()
        {
            return;
        }
        let hat = computer.replica().read(|s| s.hat()).unwrap();
        let actor = Actor::Person { person: computer.caller.person, hat };
        let (school, now) = (server.ledger.identity.school, super::truth::time_of(server));
        let decision = server
            .ledger
            .look(|s| ledger::settle(s, school, now, |facts| decide(facts, &actor, act)))
            .unwrap();
        // Which of two reasons is named first may depend on the hour.
        assert!(decision.is_err(), "{who} was told {refusal} at once; the school says {decision:?}");
    }

    fn take_back(&mut self, who: usize) {
        let computer = &mut self.computers[who];
        let outbox = computer.replica().read(|s| s.outbox()).unwrap();
        let unsent: Vec<_> =
            outbox.iter().filter(|item| item.attempts == 0).map(|item| item.mutation.id).collect();
        let Some(id) = self.chance.pick(&unsent) else { return };
        self.computers[who].replica().take_back(id).unwrap();
        self.computers[who].wishes.iter_mut().filter(|wish| wish.id == id).for_each(|wish| wish.gone = true);
        self.note(format_args!("{who} takes back {id}"));
    }

    pub(super) fn look_at_refused(&mut self, who: usize) {
        let computer = &mut self.computers[who];
        for item in computer.replica().read(|s| s.outbox()).unwrap() {
            if matches!(item.state, xinmei_client::api::sync::ItemState::Refused { .. }) {
                computer.replica().seen(item.mutation.id).unwrap();
                computer
                    .wishes
                    .iter_mut()
                    .filter(|wish| wish.id == item.mutation.id)
                    .for_each(|wish| wish.gone = true);
            }
        }
        self.note(format_args!("{who} reads what was refused"));
    }

    fn join_late(&mut self) {
        if self.computers.len() < COMPUTERS && self.server.is_some() {
            let late = self.cast.late.clone();
            let (person, name) = self.chance.pick(&late).unwrap();
            self.join(person, name, Part::Guardian);
        }
    }

    /// The office notes that a guardian has no device, or has one again.
    fn note_on_paper(&mut self) {
        let late = self.cast.late.clone();
        let Some(server) = &mut self.server else { return };
        let Some((person, _)) = self.chance.pick(&late) else { return };
        let links: Vec<Link> = server.list(xinmei_model::List::LinksBy(person));
        let Some(link) = links.first() else { return };
        let act = Act::SetOnPaper { link: link.id, on_paper: !link.on_paper };
        let actor =
            Actor::Person { person: self.cast.office.0, hat: Hat::Staff { role: self.cast.office.1 } };
        let decided = server.write(move |tx| match tx.settle(|facts| decide(facts, &actor, &act))? {
            Ok(changes) => tx.apply(changes).map(|_| true),
            // Whoever is barred everywhere is no guardian today.
            Err(xinmei_model::Refusal::NoPower { .. } | xinmei_model::Refusal::NotFound { .. }) => Ok(false),
            other => panic!("the office may do that: {other:?}"),
        });
        let noted = decided.unwrap();
        self.truth.look(server, &mut self.report);
        if noted {
            self.fault("noted on paper");
        }
        self.note(format_args!("{} on paper: {} {noted}", link.guardian_name, !link.on_paper));
        self.deliver_pokes();
    }

    /// The office changes when nobody is told, or how long a notice is held.
    fn set_hours(&mut self) {
        let Some(server) = &mut self.server else { return };
        let quiet = self.chance.odds(60).then(QuietHours::usual);
        let seconds = [0, 120, 600][self.chance.below(3)];
        let act = match self.chance.below(3) {
            0 => Act::SetHoldWindow { seconds },
            which => Act::SetQuietHours { quiet, staff: which == 1 },
        };
        let actor =
            Actor::Person { person: self.cast.office.0, hat: Hat::Staff { role: self.cast.office.1 } };
        let set = server.write(move |tx| {
            let changes = tx.settle(|facts| decide(facts, &actor, &act))?;
            tx.apply(changes.expect("the office may do that")).map(drop)
        });
        set.unwrap();
        self.truth.hours_set = Some(truth::time_of(server));
        self.truth.look(server, &mut self.report);
        self.fault("hours set");
        self.deliver_pokes();
    }

    /// The office bars a guardian, takes a right away, or gives everything back.
    fn change_rights(&mut self) {
        let pairs: Vec<_> =
            self.computers.iter().filter(|c| c.part == Part::Guardian).map(|c| c.caller.person).collect();
        let Some(server) = &mut self.server else { return };
        let Some(person) = self.chance.pick(&pairs) else { return };
        let links: Vec<Link> = server.list(xinmei_model::List::LinksBy(person));
        let Some(link) = self.chance.pick(&links) else { return };
        let bar: Option<Bar> = server.row(Bar::on(link.id));
        let barred = !bar.is_some_and(|bar| bar.stands) && self.chance.odds(45);
        let rights: &[Right] = match self.chance.below(3) {
            0 => &[Right::Messages],
            _ => &Right::ALL,
        };
        let act = Act::SetRights {
            link: derived("link", person.uuid(), link.child.uuid()),
            rights: rights.to_vec(),
            barred,
        };
        let actor =
            Actor::Person { person: self.cast.office.0, hat: Hat::Staff { role: self.cast.office.1 } };
        let rev = server
            .write(move |tx| match tx.settle(|facts| decide(facts, &actor, &act))? {
                Ok(changes) => tx.apply(changes),
                other => panic!("the office may do that: {other:?}"),
            })
            .unwrap();
        self.truth.look(server, &mut self.report);
        for before in self.truth.barred.iter_mut().filter(|b| b.person == person && b.child == link.child) {
            before.until.get_or_insert(rev);
        }
        if barred {
            self.truth.barred.push(Barred { person, child: link.child, from: rev, until: None });
        }
        self.fault(if barred { "barred" } else { "rights changed" });
        self.note(format_args!(
            "{} and {}: barred {barred}, {} rights",
            link.guardian_name,
            link.child,
            rights.len()
        ));
        self.deliver_pokes();
    }
}
