//! The client: one profile, its replica, and the line to its school.

use std::{
    fmt::Display,
    path::Path,
    sync::{Arc, Mutex, OnceLock, PoisonError, RwLock},
};

use rusqlite::Connection;
use tokio::sync::{broadcast, mpsc};
use xinmei_model::{Act, Id, MutationId};

use crate::{
    Snapshot, TOPICS,
    api::{Fault, notification::Shown, profile::Standing, sync::LineState},
    attach::Incoming,
    camera::Camera,
    edge::Edge,
    fault::{broken, denied, invalid},
    keys,
    outside::{Outside, Printer},
    profile::{Held, ProfileDir},
    replica::{Applied, Fate, Replica, StoreKey, meta},
    sync::{engine::Input, files::Fetching, session::Session},
    view::me,
};

/// How a client is opened.
#[derive(Clone)]
pub struct Options {
    /// The clock and the randomness.
    pub edge: Edge,
    /// Whether the operating system's keyring may keep the key; without it the password is asked at each start.
    pub keyring: bool,
    /// Where files go on this computer.
    pub outside: Outside,
}

impl Options {
    /// The computer's own clock, randomness and keyring.
    #[must_use]
    pub fn system() -> Self {
        Self { edge: Edge::system(), keyring: true, outside: Outside::system() }
    }
}

/// One profile, held by this process. Clones share it.
#[derive(Clone)]
pub struct Client {
    pub(crate) core: Arc<Core>,
}

pub(crate) struct Core {
    pub(crate) profile: ProfileDir,
    _held: Held,
    pub(crate) options: Options,
    replica: RwLock<Option<Arc<Replica>>>,
    topics: broadcast::Sender<Vec<String>>,
    line: Mutex<LineState>,
    /// What the window shows notifications with.
    pub(crate) shown: Mutex<Shown>,
    pub(crate) inputs: mpsc::UnboundedSender<Input>,
    pub(crate) waiting_inputs: Mutex<Option<mpsc::UnboundedReceiver<Input>>>,
    pub(crate) session: Session,
    /// Doors of the sync: pushes are made one after the other, so are pulls.
    pub(crate) pushing: tokio::sync::Mutex<()>,
    pub(crate) pulling: tokio::sync::Mutex<()>,
    pub(crate) uploading: tokio::sync::Mutex<()>,
    pub(crate) fetching: Fetching,
    pub(crate) incoming: Mutex<Incoming>,
    /// What the window prints with.
    pub(crate) printer: OnceLock<Printer>,
    pub(crate) camera: Camera,
}

impl Client {
    /// Opens a profile, making its folder. `None` where another process is its core: ask that one through
    /// [`crate::socket`]. The store opens by the keyring, where there is one; else it stands locked.
    ///
    /// # Errors
    /// [`Fault::DiskFull`], [`Fault::Broken`].
    pub async fn open(profile: ProfileDir, options: Options) -> Result<Option<Self>, Fault> {
        let Some(held) = profile.hold()? else { return Ok(None) };
        let (inputs, waiting) = mpsc::unbounded_channel();
        let core = Core {
            profile,
            _held: held,
            options,
            replica: RwLock::new(None),
            topics: broadcast::channel(256).0,
            line: Mutex::new(LineState::Offline),
            shown: Mutex::default(),
            inputs,
            waiting_inputs: Mutex::new(Some(waiting)),
            session: Session::default(),
            pushing: tokio::sync::Mutex::new(()),
            pulling: tokio::sync::Mutex::new(()),
            uploading: tokio::sync::Mutex::new(()),
            fetching: Fetching::default(),
            incoming: Mutex::default(),
            printer: OnceLock::new(),
            camera: Camera::default(),
        };
        let client = Self { core: Arc::new(core) };
        // A process that was killed may have left some.
        client.opened().clear();
        let opening = client.clone();
        blocking(move || opening.open_by_keyring()).await?;
        Ok(Some(client))
    }

    fn open_by_keyring(&self) -> Result<(), Fault> {
        let profile = &self.core.profile;
        profile.finish_joining(&self.core.options.edge)?;
        if !self.core.options.keyring || !profile.store().exists() {
            return Ok(());
        }
        match keys::from_keyring(&profile.keyring_name()) {
            Some(key) if keys::fits(&profile.keys(), &key) => self.open_store(key),
            _ => Ok(()),
        }
    }

    pub(crate) fn open_store(&self, key: StoreKey) -> Result<(), Fault> {
        let replica = Replica::open(&self.core.profile.store(), key, self.core.options.edge.clone())?;
        *self.core.replica.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(replica));
        Ok(())
    }

    pub(crate) fn close_store(&self) {
        *self.core.replica.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The open replica.
    ///
    /// # Errors
    /// [`Fault::Locked`] where the password is needed, [`Fault::Invalid`] where nobody joined.
    pub fn replica(&self) -> Result<Arc<Replica>, Fault> {
        let open = self.core.replica.read().unwrap_or_else(PoisonError::into_inner).clone();
        open.ok_or_else(|| match self.core.profile.store().exists() {
            true => Fault::Locked,
            false => invalid("profile"),
        })
    }

    /// One read transaction, on a blocking thread.
    ///
    /// # Errors
    /// What `f` returns; [`Fault::Locked`]; [`Fault::Invalid`] where nobody joined.
    pub async fn read<R: Send + 'static>(
        &self,
        f: impl FnOnce(&Snapshot<'_>) -> Result<R, Fault> + Send + 'static,
    ) -> Result<R, Fault> {
        let replica = self.replica()?;
        blocking(move || replica.read(f)).await
    }

    /// One write transaction, on a blocking thread.
    pub(crate) async fn write<R: Send + 'static>(
        &self,
        f: impl FnOnce(&Connection) -> Result<R, Fault> + Send + 'static,
    ) -> Result<R, Fault> {
        let replica = self.replica()?;
        blocking(move || replica.write(f)).await
    }

    /// Something on the replica, on a blocking thread.
    pub(crate) async fn on_replica<R: Send + 'static>(
        &self,
        f: impl FnOnce(&Replica) -> Result<R, Fault> + Send + 'static,
    ) -> Result<R, Fault> {
        let replica = self.replica()?;
        blocking(move || f(&replica)).await
    }

    /// Saves a wish, durably, in the hat that is on; it is sent when the school can be reached.
    ///
    /// # Errors
    /// [`Fault::Refused`] where waiting could not turn a no into a yes; [`Fault::DiskFull`] with nothing saved.
    pub async fn save(&self, act: Act) -> Result<MutationId, Fault> {
        let ids = self.save_all(vec![act]).await?;
        ids.first().copied().ok_or_else(|| broken(&"a saved wish has no id"))
    }

    /// Saves wishes, all or none.
    ///
    /// # Errors
    /// As [`Client::save`].
    pub async fn save_all(&self, acts: Vec<Act>) -> Result<Vec<MutationId>, Fault> {
        let (ids, topics) = self.on_replica(move |replica| replica.save(acts)).await?;
        self.emit(topics);
        self.tell(Input::Enqueued);
        Ok(ids)
    }

    /// What is known of a wish of this device.
    ///
    /// # Errors
    /// [`Fault::Broken`].
    pub async fn fate(&self, id: MutationId) -> Result<Fate, Fault> {
        self.on_replica(move |replica| replica.fate(id)).await
    }

    /// Logs the cause once and names it by four digits.
    pub fn broken(&self, error: &dyn Display) -> Fault {
        broken(error)
    }

    /// What changes from now on, as topics: `notice`, `alert`, `event`, `shift`, `class`, `request`, `conversation`, `today`,
    /// `profile`, `sync`, `outbox`, `import`, `notification`, `template`, `series`, `file`, `holidays`.
    #[must_use]
    pub fn changed(&self) -> broadcast::Receiver<Vec<String>> {
        self.core.topics.subscribe()
    }

    /// A fresh UUIDv7.
    #[must_use]
    pub fn new_id<T>(&self) -> Id<T> {
        self.core.options.edge.id()
    }

    /// What this computer believes the time to be.
    #[must_use]
    pub fn clock(&self) -> jiff::Timestamp {
        self.core.options.edge.now()
    }

    /// The profile's folder.
    #[must_use]
    pub fn profile(&self) -> &Path {
        self.core.profile.path()
    }

    pub(crate) fn emit<S: Into<String>>(&self, topics: impl IntoIterator<Item = S>) {
        let topics: Vec<String> = topics.into_iter().map(Into::into).collect();
        // One that is not in the list would be forgotten by a window that missed some changes.
        debug_assert!(topics.iter().all(|topic| TOPICS.contains(&topic.as_str())), "{topics:?}");
        if !topics.is_empty() {
            // Nobody listening is fine: the command line does not.
            let _ = self.core.topics.send(topics);
        }
    }

    pub(crate) fn applied(&self, applied: &Applied) {
        self.emit(applied.topics.iter().cloned());
    }

    pub(crate) fn tell(&self, input: Input) {
        // Without a driver nobody listens; the command line syncs by itself.
        let _ = self.core.inputs.send(input);
    }

    pub(crate) fn line_state(&self) -> LineState {
        *self.core.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_line(&self, state: LineState) {
        let mut line = self.core.line.lock().unwrap_or_else(PoisonError::into_inner);
        if *line != state {
            *line = state;
            drop(line);
            self.emit(["sync"]);
        }
    }

    /// How this profile stands.
    ///
    /// # Errors
    /// [`Fault::Broken`].
    pub async fn standing(&self) -> Result<Standing, Fault> {
        let replica = match self.replica() {
            Ok(replica) => replica,
            Err(Fault::Locked) => return Ok(Standing::Locked),
            Err(_) => return Ok(Standing::New),
        };
        blocking(move || {
            let (joined, removed) = replica.read_raw(|conn| {
                Ok((meta::get(conn, "enrolment")?.is_some(), meta::get(conn, "removed")?.is_some()))
            })?;
            if removed {
                return Ok(Standing::Removed);
            }
            if !joined {
                return Ok(Standing::New);
            }
            Ok(Standing::Ready { me: Box::new(replica.read(me)?) })
        })
        .await
    }

    /// Opens a locked store with the password, and gives the keyring the key again.
    ///
    /// # Errors
    /// [`Fault::Denied`] with `password-wrong` or `keys-missing`.
    pub async fn unlock(&self, password: String) -> Result<Standing, Fault> {
        if let Err(Fault::Locked) = self.replica() {
            let client = self.clone();
            blocking(move || {
                let profile = &client.core.profile;
                let key = keys::unwrap(&profile.keys(), &password)?;
                client.open_store(key.clone())?;
                if client.core.options.keyring {
                    keys::to_keyring(&profile.keyring_name(), &key);
                }
                Ok(())
            })
            .await?;
            self.emit(["profile", "sync", "outbox", "today"]);
            self.tell(Input::SignedIn);
        }
        self.standing().await
    }

    /// Opens a new session with the password, and renews the wrap of the key by it.
    ///
    /// # Errors
    /// [`Fault::Denied`] with `password-wrong`; [`Fault::Offline`].
    pub async fn sign_in(&self, password: String) -> Result<Standing, Fault> {
        if let Err(Fault::Locked) = self.replica() {
            self.unlock(password.clone()).await?;
        }
        self.renew(Some(password.clone())).await?;
        let client = self.clone();
        blocking(move || {
            let replica = client.replica()?;
            if let Some(key) = replica.key() {
                keys::wrap(&client.core.profile.keys(), key, &password, &client.core.options.edge)?;
            }
            Ok(())
        })
        .await?;
        self.tell(Input::SignedIn);
        self.emit(["profile", "sync"]);
        self.standing().await
    }

    /// Ends the session on this computer and locks the store: the password opens it again.
    ///
    /// # Errors
    /// [`Fault::Denied`] with `keys-missing` where no password could open it again; [`Fault::Broken`].
    pub async fn sign_out(&self) -> Result<(), Fault> {
        if !self.core.profile.keys().exists() {
            return Err(denied("keys-missing", "no password could open this profile again"));
        }
        self.tell(Input::SignedOut);
        self.end_session().await;
        self.write(|conn| meta::forget(conn, "token")).await?;
        self.core.session.forget().await;
        if self.core.options.keyring {
            let name = self.core.profile.keyring_name();
            blocking(move || {
                keys::forget_keyring(&name);
                Ok(())
            })
            .await?;
        }
        self.opened().clear();
        self.close_store();
        self.emit(["profile", "sync"]);
        Ok(())
    }
}

/// Runs on a blocking thread: the store and the keyring wait.
pub(crate) async fn blocking<R: Send + 'static>(
    f: impl FnOnce() -> Result<R, Fault> + Send + 'static,
) -> Result<R, Fault> {
    tokio::task::spawn_blocking(f).await.map_err(|error| broken(&error))?
}
