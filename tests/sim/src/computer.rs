//! A person's computer: the real replica and the real engine, in a file that can be cut between any two commits.

use std::{
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;
use xinmei_client::{
    OutboxEntry, Snapshot,
    edge::{Edge, MovableClock, SeededEntropy},
    replica::{Enrolment, Replica},
    sync::engine::Engine,
};
use xinmei_model::{Act, Child, MutationId, VolunteerAct, wire::Push};
use xinmei_server::{device::Caller, hub::Listening, school::Identity};

use super::{
    cast::Part,
    disk::{self, Mark},
};

/// A store of the product's own making in which nobody has joined yet.
static EMPTY: OnceLock<Vec<u8>> = OnceLock::new();

/// A wish that the computer said it saved.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Which.
    pub id: MutationId,
    /// What.
    pub act: Act,
    /// The person took it back before it was sent, or saw that it was refused: the computer may forget it.
    pub gone: bool,
    /// Its verdict and its rows came; it is looked at once more at the end.
    pub through: bool,
}

impl Wish {
    /// Whether it is still to be looked at.
    pub fn counts(&self) -> bool {
        !self.gone && !self.through
    }
}

/// A request on its way.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Tells it from earlier ones.
    pub number: u64,
    /// When the computer stops waiting.
    pub until: u64,
    /// What was sent, for a push.
    pub push: Option<Push>,
}

/// A person's computer.
pub struct Computer {
    /// Whose.
    pub name: &'static str,
    /// Person and device.
    pub caller: Caller,
    /// What the person does.
    pub part: Part,
    /// Its clock.
    pub clock: MovableClock,
    /// The engine.
    pub engine: Engine,
    /// When it wants to be woken.
    pub wake: u64,
    /// The push on its way.
    pub pushing: Option<Attempt>,
    /// The pull on its way.
    pub pulling: Option<Attempt>,
    /// The live stream.
    pub live: Option<Listening>,
    /// Whatever it said it saved.
    pub wishes: Vec<Wish>,
    edge: Edge,
    dir: PathBuf,
    lives: u32,
    open: Option<(Replica, Connection)>,
}

impl Computer {
    /// Wishes it has let go of, about children it may not know of.
    pub(super) fn forgotten(&self, outbox: &[OutboxEntry]) -> Vec<usize> {
        let children = |act: &Act| match act {
            Act::SignUp(act) => act.children.clone(),
            Act::ChangeBooking(act) => act.children.clone(),
            Act::Answer(wish) => vec![wish.child],
            Act::MakeRequest { request } => vec![request.child],
            Act::MarkRollCall(wish) => vec![wish.child],
            Act::BookMeetings(wish) => wish.meetings.iter().map(|one| one.child).collect(),
            Act::PleaseCome { child, .. } => vec![*child],
            Act::ReportMessage(draft) => vec![draft.child],
            Act::OpenConversation { conversation } => vec![conversation.child],
            Act::SayMessage { child, .. } | Act::EditMessage { child, .. } => vec![*child],
            Act::Volunteer(VolunteerAct::EnterPupil(wish) | VolunteerAct::WithdrawPupil(wish)) => {
                vec![wish.child]
            }
            _ => Vec::new(),
        };
        let held = |wish: &Wish| outbox.iter().any(|item| item.mutation.id == wish.id);
        // Those that are through too: a right that ended and came back leaves a child, and no wish.
        let wishes = self.wishes.iter().enumerate().filter(|(_, wish)| !wish.gone && !held(wish));
        let strangers = |s: &Snapshot<'_>| {
            let mut unknown = Vec::new();
            for (at, wish) in wishes {
                for child in children(&wish.act) {
                    if s.get::<Child>(child)?.is_none() {
                        unknown.push(at);
                    }
                }
            }
            Ok(unknown)
        };
        self.replica().read(strangers).unwrap()
    }

    /// A computer that has just joined.
    pub fn join(
        name: &'static str,
        caller: Caller,
        part: Part,
        dir: PathBuf,
        clock: MovableClock,
        identity: &Identity,
        seed: u64,
    ) -> Self {
        std::fs::create_dir_all(&dir).unwrap();
        let edge = Edge::new(Arc::new(clock.clone()), Arc::new(SeededEntropy::new(seed)));
        let mut computer = Self {
            name,
            caller,
            part,
            clock,
            engine: Engine::new(seed),
            wake: 0,
            pushing: None,
            pulling: None,
            live: None,
            wishes: Vec::new(),
            edge,
            dir,
            lives: 0,
            open: None,
        };
        disk::begin_with(&computer.file(), &EMPTY, |path| {
            // Not of this computer's chance: whichever history is the first to come here stays the same.
            let edge = Edge::new(
                Arc::new(MovableClock::at(jiff::Timestamp::UNIX_EPOCH)),
                Arc::new(SeededEntropy::new(0)),
            );
            Replica::open_plain_for(path, None, edge).unwrap();
        });
        computer.start();
        let enrolment = Enrolment {
            school: identity.school.uuid(),
            school_key: data_encoding::BASE64URL_NOPAD.encode(&identity.public_key()),
            person: caller.person,
            device: caller.device,
            address: "school.example:8443".into(),
            ca: None,
        };
        computer.replica().enrol(&enrolment).unwrap();
        computer
    }

    /// Its store.
    pub fn file(&self) -> PathBuf {
        self.dir.join(format!("{}.db", self.lives))
    }

    fn start(&mut self) {
        let replica = Replica::open_plain_for(&self.file(), None, self.edge.clone()).unwrap();
        let look = Connection::open_with_flags(self.file(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        self.open = Some((replica, look));
    }

    /// The replica.
    pub fn replica(&self) -> &Replica {
        &self.open.as_ref().unwrap().0
    }

    /// A second pair of eyes on the same file.
    pub fn look(&self) -> &Connection {
        &self.open.as_ref().unwrap().1
    }

    /// Which start of the program this is.
    pub fn life(&self) -> u32 {
        self.lives
    }

    /// How far its disk has come.
    pub fn mark(&self) -> Mark {
        disk::mark(&self.file())
    }

    /// Stops at once with its disk as it stood at `end` of the log, and starts again. Whatever was on its way is
    /// nobody's any more.
    pub fn crash(&mut self, end: Option<usize>, seed: u64) {
        let old = self.file();
        self.lives += 1;
        disk::copy(&old, &self.file(), end);
        self.open = None;
        disk::remove(&old);
        (self.pushing, self.pulling, self.live) = (None, None, None);
        self.engine = Engine::new(seed);
        self.start();
    }

    /// Its cursor.
    pub fn cursor(&self) -> u64 {
        self.replica().pull_request().unwrap().cursor
    }

    /// Ids of its rows with kind, rev and body as text.
    pub fn rows(&self) -> Vec<(Uuid, String, u64, String)> {
        let mut select = self.look().prepare_cached("SELECT id, kind, rev, body FROM row").unwrap();
        let rows = select
            .query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .unwrap();
        rows.map(|row| {
            let (id, kind, rev, body) = row.unwrap();
            (Uuid::from_slice(&id).unwrap(), kind, rev, body)
        })
        .collect()
    }

    /// Where its rows stand: feed and row.
    pub fn standing(&self) -> Vec<(String, Uuid)> {
        let mut select =
            self.look().prepare_cached("SELECT feed, row FROM row_feed ORDER BY feed, row").unwrap();
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?))).unwrap();
        rows.map(|row| {
            let (feed, id) = row.unwrap();
            (feed, Uuid::from_slice(&id).unwrap())
        })
        .collect()
    }
}
