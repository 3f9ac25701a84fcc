//! The world: one school, its server, its clock.

pub mod device;
pub mod people;
pub mod program;
pub mod raw;
pub mod wire;

use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use device::Device;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;
use xinmei_model::{Allotment, Booking, Change, Id, Kind, List, Session, Take, TakeState, limits};
use xinmei_server::{
    Fail,
    edge::{Clock, Edge, Entropy},
    ledger::{self, Ledger},
    school,
    serve::{self, Options, Running},
};

/// One clock for the server and every device, in nanoseconds since 1970.
#[derive(Clone)]
pub struct Hands(Arc<AtomicI64>);

impl Hands {
    fn now(&self) -> Timestamp {
        Timestamp::from_nanosecond(i128::from(self.0.load(Ordering::SeqCst))).unwrap()
    }
}
impl Clock for Hands {
    fn now(&self) -> Timestamp {
        Hands::now(self)
    }
}
impl xinmei_client::edge::Clock for Hands {
    fn now(&self) -> Timestamp {
        Hands::now(self)
    }
}

/// Randomness of the machine: keys and codes must differ between devices.
struct Random;
impl Entropy for Random {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(16) {
            let random = uuid::Uuid::new_v4();
            chunk.copy_from_slice(&random.as_bytes()[..chunk.len()]);
        }
    }
}

/// One school, its server, its clock.
pub struct World {
    /// Where everything is kept.
    pub dir: TempDir,
    hands: Hands,
    listen: SocketAddr,
    server: Option<Running>,
    ended: bool,
}

impl World {
    /// A school in the first days of its use: Monday, 2026-11-23, 10:00 in Chongqing. The hold window is 120 s, an
    /// offer stands for 120 min.
    pub async fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let start: Timestamp = "2026-11-23T02:00:00Z".parse().unwrap();
        let hands = Hands(Arc::new(AtomicI64::new(i64::try_from(start.as_nanosecond()).unwrap())));
        let dir = tempfile::tempdir().unwrap();
        let mut world =
            Self { dir, hands, listen: "127.0.0.1:0".parse().unwrap(), server: None, ended: false };
        let (store, writer, identity) = school::create(&world.data(), &world.edge()).unwrap();
        let mut rows = school::first_rows(&identity, "江畔实验小学", "Asia/Shanghai", 120, 120, None);
        rows.push(people::year(&identity));
        let ledger = Ledger::start(store, writer, identity, world.edge(), |_| {}).unwrap();
        ledger.write(move |tx| tx.apply(rows.clone())).await.unwrap();
        drop(ledger);
        world.start().await;
        world
    }

    /// The server's data folder.
    pub fn data(&self) -> std::path::PathBuf {
        self.dir.path().join("school")
    }

    fn edge(&self) -> Edge {
        Edge { clock: Arc::new(self.hands.clone()), entropy: Arc::new(Random) }
    }

    /// Starts the server again, at the address it had.
    pub async fn start(&mut self) {
        let options = || Options {
            data: self.data(),
            listen: self.listen,
            names: vec!["127.0.0.1".into()],
            tls: Default::default(),
        };
        // While it was stopped one of two hundred clients may have been given its port for a call of its own.
        let mut tries = 0;
        let running = loop {
            match serve::start(options(), self.edge()).await {
                Err(Fail::Caller { code: "listen", .. }) if tries < 100 => {
                    tries += 1;
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                started => break started.unwrap(),
            }
        };
        self.listen = running.school.address.host.parse().unwrap();
        self.server = Some(running);
    }

    /// Stops the server as a power cut would.
    pub async fn kill_server(&mut self) {
        if let Some(server) = self.server.take() {
            server.kill();
            // The listener is closed by another task.
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// The running server.
    pub fn server(&self) -> &Running {
        self.server.as_ref().expect("the server is stopped")
    }

    /// The server's book.
    pub fn ledger(&self) -> &Ledger {
        &self.server().school.ledger
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.hands.now()
    }

    /// Moves the clock forward and fires what came due.
    pub async fn advance(&self, by: SignedDuration) {
        self.hands.0.fetch_add(i64::try_from(by.as_nanos()).unwrap(), Ordering::SeqCst);
        if self.server.is_some() {
            while self.ledger().write(xinmei_server::timers::fire).await.unwrap() > 0 {}
        }
    }

    /// Lets the clock run, for measurements: it is moved by what really passed, every ten milliseconds.
    pub fn run_clock(&self) -> tokio::task::JoinHandle<()> {
        let hands = self.hands.clone();
        tokio::spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_millis(10)).await;
                hands.0.fetch_add(10_000_000, Ordering::SeqCst);
            }
        })
    }

    /// Writes rows as an import would.
    pub async fn put(&self, changes: Vec<Change>) {
        self.ledger().write(move |tx| tx.apply(changes.clone())).await.unwrap();
    }

    /// A row as the server has it.
    pub fn row<T: xinmei_model::Noun + Clone>(&self, id: Id<T>) -> Option<T> {
        let row = self.ledger().look(|session| ledger::read_row(session, id.uuid())).unwrap();
        row.as_ref().and_then(T::of).cloned()
    }

    /// A list as the server has it.
    pub fn list<T: xinmei_model::Noun + Clone>(&self, list: List) -> Vec<T> {
        let rows =
            self.ledger().look(|session| ledger::read_list(session, list, limits::ROWS_PER_LIST)).unwrap();
        rows.iter().filter_map(T::of).cloned().collect()
    }

    /// Every row of a kind, however many.
    pub fn all<T: xinmei_model::Noun + Clone>(&self) -> Vec<T> {
        let sql = "SELECT body FROM row WHERE kind = $1";
        let kind = xinmei_server::store::Arg::Text(T::KIND.name());
        let rows = self.ledger().look(|session| session.rows(sql, &[kind])).unwrap();
        let parse = |text: &str| xinmei_model::Row::parse(T::KIND, text).ok();
        rows.iter().filter_map(|cells| T::of(&parse(cells.text(0))?).cloned()).collect()
    }

    /// Writes the counts that were held back.
    pub async fn count(&self) {
        self.advance(SignedDuration::from_secs(1)).await;
        self.ledger().write(|_| Ok(())).await.unwrap();
    }

    /// Ends the test: nothing may be left over on the server, nor on these devices.
    pub async fn end(mut self, devices: &[&Device]) {
        for device in devices {
            let (waiting, failed) = device.client.replica().unwrap().waiting_and_failed().unwrap();
            assert_eq!(
                (waiting, failed),
                (0, 0),
                "{}: wishes without a verdict, refusals not seen",
                device.name
            );
        }
        self.check();
        self.ended = true;
        if let Some(server) = self.server.take() {
            server.stop().await;
        }
    }

    /// What must hold at any moment: seats counted right and never more than there are; no timer overdue.
    pub fn check(&self) {
        for event in self.list::<xinmei_model::Event>(List::All(Kind::Event)) {
            for session in self.list::<Session>(List::SessionsOf(event.id)) {
                self.check_session(&session);
            }
        }
        for post in self.list::<xinmei_model::Post>(List::All(Kind::Post)) {
            for shift in self.list::<xinmei_model::Shift>(List::ShiftsOf(post.id)) {
                let taken = self.list::<Take>(List::TakesOf(shift.id));
                let taken = taken.iter().filter(|take| take.state == TakeState::Taken).count();
                assert!(taken <= usize::try_from(shift.needed).unwrap(), "more people than the shift needs");
            }
        }
        let now_ns = i64::try_from(self.now().as_nanosecond()).unwrap();
        let overdue = self
            .ledger()
            .look(|session| {
                session.one(
                    "SELECT count(*) FROM due WHERE done = 0 AND at_ns < $1",
                    &[xinmei_server::store::Arg::Int(now_ns - 1_000_000_000)],
                )
            })
            .unwrap()
            .unwrap()
            .int(0);
        assert_eq!(overdue, 0, "timers that were due have not fired");
    }

    /// What must hold of a session at any moment.
    pub fn check_session(&self, session: &Session) {
        let bookings = self.list::<Booking>(List::BookingsOf(session.id));
        let (mut held, now) = (0, self.now());
        for of in self.list::<Session>(List::SessionsOf(session.event)) {
            let shares = of.shares_seats_with(session);
            let own = self.list::<Booking>(List::BookingsOf(of.id)).into_iter();
            let own = own.filter(|b| shares && b.state.holds_seats() && b.is_counted(&of, now));
            held += own.map(|b| b.size).sum::<u32>();
        }
        assert!(held <= session.capacity, "{held} of {} seats are held", session.capacity);
        let id = Allotment::of(session.counted_with().uuid());
        let allotment = self.row(id).expect("every session or pool has its allotment");
        assert_eq!(allotment.used, held, "the allotment counts what is held");
        for booking in bookings {
            let seats = self.list::<xinmei_model::Seat>(List::SeatsOf(booking.id)).len();
            let children = usize::try_from(booking.children).unwrap();
            assert!(booking.state.is_over() || seats == children, "all of a family or none");
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if !self.ended && !std::thread::panicking() {
            panic!("a world must be ended: world.end(&[…]).await");
        }
    }
}
