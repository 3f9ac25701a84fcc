//! Machines and clocks: computers and the server stop and start again, clocks jump, time passes.

use xinmei_client::sync::engine::Input;

use super::{
    disk,
    history::History,
    server::{self, Server},
};

const DAY_MS: i64 = 24 * 3_600_000;

impl History {
    pub(super) fn time_passes(&mut self) {
        let ms = match self.chance.weighted(&[35, 35, 22, 8]) {
            0 => self.chance.between(1_000, 60_000),
            1 => self.chance.between(60_000, 30 * 60_000),
            2 => self.chance.between(30 * 60_000, 5 * 3_600_000),
            _ => self.chance.between(3_600_000, 20 * 3_600_000),
        };
        self.note(format_args!("{} s pass", ms / 1000));
        self.pass(u64::try_from(ms).unwrap());
    }

    /// A computer's clock jumps; nobody else's does.
    pub(super) fn skew(&mut self, who: usize) {
        let ms = match self.chance.below(4) {
            0 => self.chance.between(-2 * DAY_MS, 2 * DAY_MS),
            1 => 3_650 * DAY_MS,
            2 => -3_650 * DAY_MS,
            _ => self.chance.between(-3_600_000, 3_600_000),
        };
        self.computers[who].clock.advance(ms);
        self.fault("clock jump");
        self.note(format_args!("the clock of {who} jumps {ms} ms"));
    }

    /// Somebody's computer stops and starts again; `since` makes it stop between two commits of what it just did.
    pub(super) fn crash(&mut self, who: usize, since: Option<disk::Mark>) {
        let computer = &mut self.computers[who];
        let end = since.and_then(|mark| self.chance.pick(&disk::states_since(&computer.file(), &mark)));
        let seed = self.chance.word();
        computer.crash(end, seed);
        computer.wishes.iter_mut().for_each(|wish| wish.through = false);
        self.fault(if end.is_some() { "computer stopped within a step" } else { "computer stopped" });
        self.note(format_args!("{who} crashes at {end:?}"));
        self.check_wishes(who);
        self.feed(who, Input::Started);
    }

    pub(super) fn fire(&mut self) {
        for _ in 0..=self.chance.below(2) {
            self.turn(Vec::new(), true);
        }
    }

    /// The clock of the school's machine is set back.
    pub(super) fn set_back(&mut self) {
        let ms = self.chance.between(1, 26 * 3_600_000);
        self.hands.advance(-ms);
        self.fault("school's clock set back");
        self.note(format_args!("the school's clock is set back {ms} ms"));
    }

    pub(super) fn stream_tears(&mut self) {
        let who = self.anybody();
        if self.computers[who].live.take().is_some() {
            self.fault("stream torn");
            self.feed(who, Input::LiveDown);
        }
    }

    /// The server's machine stops; what it was doing may be on its disk or not, nobody was answered.
    pub(super) fn crash_server(&mut self) {
        let Some(server) = self.server.take() else { return };
        self.leave_behind(server, None);
        self.fault("server stopped");
        if self.chance.odds(50) {
            self.letters.retain(|letter| letter.is_ask());
        }
    }

    /// Drops a server and keeps its disk as it stood at `end` of the log.
    pub(super) fn leave_behind(&mut self, server: Server, end: Option<usize>) {
        self.starts += 1;
        self.folder = self.dir.path().join(format!("school-{}", self.starts));
        std::fs::create_dir_all(&self.folder).unwrap();
        disk::copy(&server.file(), &self.folder.join(xinmei_server::school::DATABASE), end);
        let old = server.file();
        drop(server);
        disk::remove(&old);
        self.note(format_args!("the server stops at {end:?}"));
        for who in 0..self.computers.len() {
            if self.computers[who].live.take().is_some() {
                self.feed(who, Input::LiveDown);
            }
        }
    }

    pub(super) fn start_server(&mut self) {
        if self.server.is_none() {
            let edge = server::edge(&self.hands, self.chance.word());
            let server = Server::open(&self.folder, edge);
            self.truth.look(&server, &mut self.report);
            // Of what it said without writing anything it knows nothing any more.
            self.truth.latest = super::truth::time_of(&server);
            self.server = Some(server);
            self.note(format_args!("the server starts"));
        }
    }

    /// Time passes for everybody, by the same measure.
    pub(super) fn pass(&mut self, ms: u64) {
        self.passed += ms;
        let signed = i64::try_from(ms).unwrap();
        self.hands.advance(signed);
        for computer in &self.computers {
            computer.clock.advance(signed);
        }
        for who in 0..self.computers.len() {
            self.time_out(who);
            if self.passed >= self.computers[who].wake {
                self.feed(who, Input::Tick);
            }
        }
    }
}
