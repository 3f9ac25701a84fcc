//! One core for each profile: the process that holds the lock listens in the profile's folder, others ask through it.
//!
//! One JSON line for a question, one for its answer. The folder and the socket are the person's own (0700, 0600).

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use xinmei_model::MutationId;

use crate::{
    Client, Options,
    api::{Fault, Request},
    fault::{broken, denied},
    profile::ProfileDir,
    replica::Fate,
};

/// Bytes of one line: a roster in base64 and its frame.
const LINE_BYTES: u64 = 48 * 1024 * 1024;

/// How often, and how long apart, a core is looked for.
const TRIES: u32 = 30;
const PAUSE: Duration = Duration::from_millis(100);

/// A question of another process.
#[derive(Serialize, Deserialize)]
#[serde(tag = "call", content = "with", rename_all = "kebab-case")]
enum Call {
    /// Through the door.
    Ask(Box<Request>),
    /// Sync now, and answer when it is done.
    Sync,
    /// What is known of a wish.
    Fate(MutationId),
}

/// A way to a profile's core: here, or in another process.
pub enum Door {
    /// This process is the core.
    Here(Client),
    /// Another one is.
    There(ProfileDir),
}

impl Door {
    /// Opens the profile, or finds the process that did.
    ///
    /// # Errors
    /// As [`Client::open`].
    pub async fn open(profile: ProfileDir, options: Options) -> Result<Self, Fault> {
        // A core that is just starting, or just ending, holds the lock for a moment and does not listen.
        for _ in 0..TRIES {
            if let Some(client) = Client::open(profile.clone(), options.clone()).await? {
                return Ok(Self::Here(client));
            }
            if platform::listens(&profile).await {
                return Ok(Self::There(profile));
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err(denied("profile-in-use", "another process holds this profile and does not answer"))
    }

    /// Asks through the door.
    ///
    /// # Errors
    /// See [`Fault`].
    pub async fn ask(&self, request: Request) -> Result<Value, Fault> {
        match self {
            Self::Here(client) => request.answer(client).await,
            Self::There(profile) => platform::call(profile, &Call::Ask(Box::new(request))).await,
        }
    }

    /// Sends and fetches everything, and returns when it is done.
    ///
    /// # Errors
    /// As [`Client::sync_once`].
    pub async fn sync(&self) -> Result<(), Fault> {
        match self {
            Self::Here(client) => client.sync_once().await,
            Self::There(profile) => platform::call(profile, &Call::Sync).await.map(drop),
        }
    }

    /// What is known of a wish.
    ///
    /// # Errors
    /// [`Fault::Broken`].
    pub async fn fate(&self, id: MutationId) -> Result<Fate, Fault> {
        match self {
            Self::Here(client) => client.fate(id).await,
            Self::There(profile) => {
                let value = platform::call(profile, &Call::Fate(id)).await?;
                Ok(serde_json::from_value(value)?)
            }
        }
    }
}

async fn answer(client: &Client, line: &[u8]) -> Result<Value, Fault> {
    let call = serde_json::from_slice(line).map_err(|_| crate::fault::invalid("request"))?;
    match call {
        Call::Ask(request) => request.answer(client).await,
        Call::Sync => client.sync_once().await.map(|()| Value::Null),
        Call::Fate(id) => Ok(serde_json::to_value(client.fate(id).await?)?),
    }
}

impl Client {
    /// Listens for other processes of this person. Needs a tokio runtime.
    ///
    /// # Errors
    /// [`Fault::Broken`] where the socket cannot be made, or this platform has none.
    pub fn listen_here(&self) -> Result<(), Fault> {
        platform::listen(self)
    }
}

#[cfg(unix)]
mod platform {
    use std::os::unix::fs::PermissionsExt;

    use serde_json::Value;
    use tokio::{
        io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader},
        net::{UnixListener, UnixStream},
    };

    use super::{Call, Client, Fault, LINE_BYTES, ProfileDir, answer, broken};

    pub(super) fn listen(client: &Client) -> Result<(), Fault> {
        let path = client.core.profile.socket();
        // We hold the lock: a socket that is there is left over.
        match std::fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        let listener = UnixListener::bind(&path)?;
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600))?;
        let client = client.clone();
        tokio::spawn(async move {
            loop {
                let Ok((stream, _)) = listener.accept().await else { continue };
                let client = client.clone();
                tokio::spawn(async move {
                    if let Err(error) = serve(&client, stream).await {
                        tracing::debug!(%error, "a local caller went away");
                    }
                });
            }
        });
        Ok(())
    }

    async fn serve(client: &Client, stream: UnixStream) -> std::io::Result<()> {
        let mut stream = BufReader::new(stream);
        loop {
            let Some(line) = read_line(&mut stream).await? else { return Ok(()) };
            let mut reply = serde_json::to_vec(&answer(client, &line).await)?;
            reply.push(b'\n');
            stream.write_all(&reply).await?;
        }
    }

    async fn read_line(stream: &mut BufReader<UnixStream>) -> std::io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        stream.take(LINE_BYTES).read_until(b'\n', &mut line).await?;
        Ok(line.ends_with(b"\n").then_some(line))
    }

    pub(super) async fn listens(profile: &ProfileDir) -> bool {
        UnixStream::connect(profile.socket()).await.is_ok()
    }

    pub(super) async fn call(profile: &ProfileDir, call: &Call) -> Result<Value, Fault> {
        let stream = UnixStream::connect(profile.socket()).await.map_err(|error| broken(&error))?;
        let mut stream = BufReader::new(stream);
        let mut line = serde_json::to_vec(call)?;
        line.push(b'\n');
        stream.write_all(&line).await?;
        let reply = read_line(&mut stream).await?.ok_or_else(|| broken(&"the core went away"))?;
        serde_json::from_slice::<Result<Value, Fault>>(&reply)?
    }
}

#[cfg(not(unix))]
mod platform {
    use serde_json::Value;

    use super::denied;
    use super::{Call, Client, Fault, ProfileDir};

    pub(super) fn listen(_: &Client) -> Result<(), Fault> {
        Ok(())
    }

    pub(super) async fn listens(_: &ProfileDir) -> bool {
        false
    }

    pub(super) async fn call(_: &ProfileDir, _: &Call) -> Result<Value, Fault> {
        Err(denied("profile-in-use", "another process holds this profile; close it first"))
    }
}
