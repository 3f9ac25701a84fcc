//! A profile: one folder for one person at one school, held by one process.

use std::{
    fs::{File, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
};

use crate::{
    Client, TOPICS,
    api::{
        Ask, Done, Fault,
        profile::{SignIn, SignOut, Standing, Status, Unlock, Wear},
    },
    edge::Edge,
    fault::invalid,
    replica::{meta, open},
};

/// A profile's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileDir {
    path: PathBuf,
}

impl ProfileDir {
    /// The folder `name` under `data`. The name may hold letters, digits, `-` and `_`.
    ///
    /// # Errors
    /// [`Fault::Invalid`] for another name.
    pub fn new(data: &Path, name: &str) -> Result<Self, Fault> {
        let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
        if name.is_empty() || name.len() > 64 || !name.chars().all(fits) {
            return Err(invalid("profile"));
        }
        Ok(Self { path: data.join(name) })
    }

    /// The data folder of this system's conventions (XDG, `%APPDATA%`, `~/Library`); `None` where there is no home.
    #[must_use]
    pub fn default_data() -> Option<PathBuf> {
        let var = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let data = if cfg!(windows) {
            var("APPDATA")
        } else if cfg!(target_os = "macos") {
            var("HOME").map(|home| home.join("Library/Application Support"))
        } else {
            var("XDG_DATA_HOME").or_else(|| var("HOME").map(|home| home.join(".local/share")))
        };
        data.map(|data| data.join("xinmei"))
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The store.
    pub(crate) fn store(&self) -> PathBuf {
        self.path.join("replica.db")
    }

    /// The wrapped key.
    pub(crate) fn keys(&self) -> PathBuf {
        self.path.join("keys.json")
    }

    /// The store of a joining that the school has not answered yet.
    pub(crate) fn joining_store(&self) -> PathBuf {
        self.path.join("joining.db")
    }

    /// The wrapped key of that store.
    pub(crate) fn joining_keys(&self) -> PathBuf {
        self.path.join("joining.json")
    }

    /// As [`ProfileDir::joining_keys`], once the school has answered: from here on the new store is the profile's.
    fn joined_keys(&self) -> PathBuf {
        self.path.join("joined.json")
    }

    /// Forgets a joining that came to nothing.
    pub(crate) fn forget_joining(&self) -> Result<(), Fault> {
        open::remove(&self.joining_store())?;
        Ok(open::remove(&self.joining_keys())?)
    }

    /// The school answered, and the store of the joining says so: it becomes the profile's store.
    pub(crate) fn commit_joining(&self, edge: &Edge) -> Result<Option<PathBuf>, Fault> {
        std::fs::rename(self.joining_keys(), self.joined_keys())?;
        sync_folder(&self.path)?;
        self.finish_joining(edge)
    }

    /// Puts the joined store in the place of the old one, which is set aside with its key: it gives where. A process
    /// that was stopped half-way goes on here when the profile is opened.
    pub(crate) fn finish_joining(&self, edge: &Edge) -> Result<Option<PathBuf>, Fault> {
        if !self.joined_keys().exists() {
            return Ok(None);
        }
        let mut aside = None;
        if self.joining_store().exists() {
            if self.store().exists() {
                let stamp = edge.now().as_millisecond();
                if self.keys().exists() {
                    open::set_aside(&self.keys(), stamp)?;
                }
                aside = Some(open::set_aside(&self.store(), stamp)?);
            }
            open::rename(&self.joining_store(), &self.store())?;
        }
        std::fs::rename(self.joined_keys(), self.keys())?;
        sync_folder(&self.path)?;
        Ok(aside)
    }

    /// Removes a store that was set aside, and the key that opens it.
    pub(crate) fn remove_aside(&self, aside: &Path) -> Result<(), Fault> {
        open::remove(aside)?;
        let name = aside.file_name().unwrap_or_default().to_string_lossy();
        let stamp = name.trim_start_matches("replica.db").to_owned();
        Ok(open::remove(&self.path.join(format!("keys.json{stamp}")))?)
    }

    /// The local socket.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.path.join("door")
    }

    /// The keyring's entry: the whole path, so that two data folders do not share a key.
    pub(crate) fn keyring_name(&self) -> String {
        std::path::absolute(&self.path).unwrap_or_else(|_| self.path.clone()).display().to_string()
    }

    /// Makes the folder and takes its lock. `None` where another process is the core.
    pub(crate) fn hold(&self) -> Result<Option<Held>, Fault> {
        make_private(&self.path)?;
        let lock =
            OpenOptions::new().create(true).truncate(false).write(true).open(self.path.join("lock"))?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Held { _lock: lock })),
            Err(std::fs::TryLockError::WouldBlock) => Ok(None),
            Err(std::fs::TryLockError::Error(error)) => Err(error.into()),
        }
    }
}

/// The lock of a profile; let go of when dropped, or when the process ends in any way.
pub(crate) struct Held {
    _lock: File,
}

#[cfg(unix)]
pub(crate) fn make_private(path: &Path) -> Result<(), Fault> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o700))?;
    Ok(())
}

/// Elsewhere a person's folders are private by inheritance.
#[cfg(not(unix))]
pub(crate) fn make_private(path: &Path) -> Result<(), Fault> {
    Ok(std::fs::create_dir_all(path)?)
}

/// Writes a small file so that a power cut leaves the old one or the new one.
pub(crate) fn write_durably(file: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let fresh = file.with_extension("new");
    let mut options = OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(&fresh)?;
    out.write_all(bytes)?;
    out.sync_all()?;
    std::fs::rename(&fresh, file)?;
    file.parent().map_or(Ok(()), sync_folder)
}

/// Makes renames in a folder survive a power cut.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> Result<(), Fault> {
    Ok(File::open(folder)?.sync_all()?)
}

/// Elsewhere a folder cannot be opened; its changes are written by themselves.
#[cfg(not(unix))]
fn sync_folder(_: &Path) -> Result<(), Fault> {
    Ok(())
}

impl Ask for Status {
    type Reply = Standing;
    async fn answer(self, client: &Client) -> Result<Standing, Fault> {
        client.standing().await
    }
}

impl Ask for Unlock {
    type Reply = Standing;
    async fn answer(self, client: &Client) -> Result<Standing, Fault> {
        client.unlock(self.password).await
    }
}

impl Ask for SignIn {
    type Reply = Standing;
    async fn answer(self, client: &Client) -> Result<Standing, Fault> {
        client.sign_in(self.password).await
    }
}

impl Ask for SignOut {
    type Reply = Done;
    async fn answer(self, client: &Client) -> Result<Done, Fault> {
        client.sign_out().await?;
        Ok(Done {})
    }
}

impl Ask for Wear {
    type Reply = Standing;
    async fn answer(self, client: &Client) -> Result<Standing, Fault> {
        let hat = self.hat;
        let worn = client.read(move |snapshot| Ok(snapshot.hats()?.contains(&hat))).await?;
        if !worn {
            return Err(invalid("hat"));
        }
        let text = serde_json::to_string(&hat)?;
        client.write(move |conn| meta::put(conn, "hat", &text)).await?;
        // What one reads follows from the hat.
        client.emit(TOPICS);
        client.standing().await
    }
}

/// A fresh folder for a test.
#[cfg(test)]
pub(crate) fn scratch(name: &str) -> PathBuf {
    let id: xinmei_model::Id<()> = crate::edge::Edge::system().id();
    let folder = std::env::temp_dir().join(format!("xinmei-{name}-{id}"));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}
