//! The client's story: a family's computer takes in pages, saves wishes, sends them, hears of verdicts, takes one back,
//! keeps what is being typed, and is switched off and on.

mod check;
mod profile;

use std::{path::PathBuf, sync::Arc};

use anyhow::{Context, Result, ensure};
use uuid::Uuid;
use xinmei_client::{
    Options,
    api::{
        Ask,
        sync::{PutDraft, TakeBack},
    },
    edge::{Edge, MovableClock, SeededEntropy},
    profile::ProfileDir,
    replica::{Replica, StoreKey},
};
use xinmei_model::{
    Act, Answering, MutationId, Refusal, Reply, SignUp, Verdict,
    wire::{Page, Pushed, RowUpdate, Settled},
};

use crate::{
    chance::Chance,
    history::digest,
    log::{Log, Mode, Recording},
    people, vfs,
};

/// Saves of one story.
const SAVES: usize = 40;

/// A recorded story of a client.
pub struct Client {
    log: Log,
    /// The store after each state.
    states: Vec<State>,
    key: StoreKey,
    clock: MovableClock,
}

/// The store at one moment.
struct State {
    digest: u64,
    /// Number and id of what waits; `None` before anybody joined.
    outbox: Option<Vec<(u64, MutationId)>>,
}

/// The client at work while it is recorded.
struct Stage {
    recording: Arc<Recording>,
    profile: ProfileDir,
    clock: MovableClock,
    edge: Edge,
    key: StoreKey,
    client: Option<xinmei_client::Client>,
    runtime: tokio::runtime::Runtime,
    states: Vec<State>,
    cursor: u64,
    notices: usize,
    saved: usize,
}

impl Client {
    /// Plays the story of a seed and records it.
    ///
    /// # Errors
    /// If the client fails, or its writer is not at `synchronous = FULL` (with NORMAL planted: not at NORMAL).
    pub fn record(mode: Mode, seed: u64) -> Result<Self> {
        let folder = crate::run::scratch()?;
        let recording = vfs::record(folder.path(), mode);
        let clock = MovableClock::at(people::NOW.parse()?);
        let edge = Edge::new(Arc::new(clock.clone()), Arc::new(SeededEntropy::new(seed)));
        let key = StoreKey::new([9; 32]);
        let mut stage = Stage {
            recording: Arc::clone(&recording),
            profile: ProfileDir::new(folder.path(), profile::NAME)?,
            clock: clock.clone(),
            edge,
            key: key.clone(),
            client: None,
            runtime: tokio::runtime::Builder::new_current_thread().enable_all().build()?,
            states: Vec::new(),
            cursor: 0,
            notices: 0,
            saved: 0,
        };
        stage.play(Chance::new(seed))?;
        stage.switch_off();
        vfs::forget(&recording);
        Ok(Self { log: recording.take(), states: stage.states, key, clock })
    }
}

impl Stage {
    fn play(&mut self, mut chance: Chance) -> Result<()> {
        self.join()?;
        self.switch_on()?;
        let mut since = 0;
        while self.saved < SAVES {
            self.clock.advance(1_000);
            match chance.below(8) {
                0 | 1 => self.save(1, &mut chance)?,
                2 => self.save(1 + chance.below(3), &mut chance)?,
                3 | 4 => self.draft(&mut chance)?,
                5 => self.send(&mut chance)?,
                6 => self.page(&mut chance)?,
                _ => self.take_back()?,
            }
            since += 1;
            if since == 25 {
                since = 0;
                self.switch_off();
                self.switch_on()?;
            }
        }
        Ok(())
    }

    fn store(&self) -> PathBuf {
        self.profile.path().join(profile::STORE)
    }

    /// Makes the store as joining does, and takes in the first page.
    fn join(&mut self) -> Result<()> {
        std::fs::create_dir_all(self.profile.path())?;
        profile::wrap_key(self.profile.path(), &self.key)?;
        vfs::forget_connections(&self.recording.root);
        let replica = Replica::open(&self.store(), self.key.clone(), self.edge.clone())?;
        let synchronous = vfs::first_synchronous(&self.recording.root)?;
        let expected = if self.recording.mode == Mode::AsWritten { 2 } else { 1 };
        ensure!(synchronous == expected, "the client's writer is at synchronous = {synchronous}");
        self.told(&replica)?;
        replica.enrol(&profile::enrolment())?;
        self.told(&replica)?;
        let rows = profile::first_rows();
        let arrived = profile::feeds();
        replica.apply_page(&Page { arrived, ..self.next_page(rows, 0) })?;
        self.told(&replica)
    }

    fn switch_on(&mut self) -> Result<()> {
        let options = Options { edge: self.edge.clone(), keyring: false, ..Options::system() };
        let opened = self.runtime.block_on(async {
            let client = xinmei_client::Client::open(self.profile.clone(), options).await?;
            let client = client.context("the profile is held")?;
            client.unlock(profile::PASSWORD.into()).await?;
            anyhow::Ok(client)
        })?;
        self.client = Some(opened);
        Ok(())
    }

    fn switch_off(&mut self) {
        self.client = None;
        self.recording.wait_until_closed();
    }

    fn client(&self) -> Result<xinmei_client::Client> {
        self.client.clone().context("it is switched off")
    }

    fn replica(&self) -> Result<Arc<Replica>> {
        Ok(self.client()?.replica()?)
    }

    /// One save of one or more wishes.
    fn save(&mut self, count: usize, chance: &mut Chance) -> Result<()> {
        let acts = (0..count).map(|_| self.act(chance)).collect();
        self.runtime.block_on(self.client()?.save_all(acts))?;
        self.saved += 1;
        let replica = self.replica()?;
        self.told(&replica)
    }

    /// 知道了 for a notice, which is foreseen, or a sign-up, which only the school can decide.
    fn act(&mut self, chance: &mut Chance) -> Act {
        let child = profile::family().child.id;
        if chance.one_in(2) {
            let notice = people::named("notice", chance.below(self.notices));
            return Act::Answer(Answering::new(notice, child, Reply::Acknowledge));
        }
        Act::SignUp(SignUp {
            booking: self.edge.id(),
            session: people::named("session", 0),
            children: vec![child],
            adults: 1,
            answers: vec![],
            others: vec![],
            on_behalf_of: None,
        })
    }

    fn draft(&mut self, chance: &mut Chance) -> Result<()> {
        let body = if chance.one_in(4) {
            String::new()
        } else {
            "请问明天几点放学？".repeat(1 + chance.below(40))
        };
        let put = PutDraft { key: format!("screen.{}", chance.below(3)), body };
        self.runtime.block_on(put.answer(&self.client()?))?;
        let replica = self.replica()?;
        self.told(&replica)
    }

    /// Sends what waits; the school accepts most of it. Each of the two writes is one state.
    fn send(&mut self, chance: &mut Chance) -> Result<()> {
        let replica = self.replica()?;
        let push = replica.push_batch(1 + chance.below(6))?;
        self.told(&replica)?;
        let Some(push) = push else { return Ok(()) };
        let mut verdicts = Vec::new();
        for (number, mutation) in (push.first..).zip(&push.mutations) {
            let id: MutationId = serde_json::from_value(mutation["id"].clone())?;
            let verdict = match chance.one_in(4) {
                true => Verdict::Refused { refusal: Refusal::Full },
                false => Verdict::Accepted { rev: self.cursor + 1 },
            };
            verdicts.push(Settled { id, number, verdict });
        }
        let last_number = push.first + push.mutations.len() as u64 - 1;
        replica.apply_pushed(&Pushed {
            epoch: profile::EPOCH,
            rev: self.cursor + 1,
            last_number,
            verdicts,
        })?;
        self.told(&replica)
    }

    /// Takes in a page: new notices, and at times one that is gone, after which the log is folded in at once.
    fn page(&mut self, chance: &mut Chance) -> Result<()> {
        let replica = self.replica()?;
        let mut rows: Vec<RowUpdate> =
            (0..1 + chance.below(3)).map(|n| profile::notice(self.notices + n)).collect();
        self.notices += rows.len();
        if chance.one_in(3) && self.notices > 6 {
            rows.push(profile::gone(chance.below(4)));
        }
        let last = replica.read(|snapshot| snapshot.outbox())?;
        // The school has processed what has a verdict, and what was sent has one by now.
        let last_number = last.iter().filter(|entry| entry.attempts > 0).map(|entry| entry.number).max();
        let last_number = last_number.unwrap_or(replica.pull_request()?.outbox_from.saturating_sub(1));
        let page = self.next_page(rows, last_number);
        replica.apply_page(&page)?;
        self.told(&replica)
    }

    fn take_back(&mut self) -> Result<()> {
        let replica = self.replica()?;
        let outbox = replica.read(|snapshot| snapshot.outbox())?;
        let Some(last) = outbox.iter().rev().find(|entry| entry.attempts == 0) else { return Ok(()) };
        let take_back = TakeBack { mutation: last.mutation.id };
        self.runtime.block_on(take_back.answer(&self.client()?))?;
        self.told(&replica)
    }

    fn next_page(&mut self, rows: Vec<RowUpdate>, last_number: u64) -> Page {
        self.cursor += 10;
        self.notices = self.notices.max(profile::NOTICES);
        Page {
            epoch: profile::EPOCH,
            now: self.edge.now(),
            cursor: self.cursor,
            rows,
            arrived: Vec::new(),
            arriving: Default::default(),
            ended: None,
            last_number,
            verdicts: Vec::new(),
            more: false,
        }
    }

    /// From here on the person counts on what is there now.
    fn told(&mut self, replica: &Replica) -> Result<()> {
        self.recording.told(self.states.len());
        let conn = profile::look(&self.store(), &self.key)?;
        self.states.push(State { digest: digest(&conn)?, outbox: outbox(replica)? });
        Ok(())
    }
}

/// What waits, by the product's own reading.
fn outbox(replica: &Replica) -> Result<Option<Vec<(u64, MutationId)>>> {
    if replica.enrolment()?.is_none() {
        return Ok(None);
    }
    let entries = replica.read(|snapshot| snapshot.outbox())?;
    Ok(Some(entries.into_iter().map(|entry| (entry.number, entry.mutation.id)).collect()))
}

/// The school.
const SCHOOL: Uuid = Uuid::from_u128(1);
