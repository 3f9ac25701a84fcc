//! The rest of this computer, as far as files go there: the folder of downloads, and what opens a file.

use std::{
    fs::{File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use tokio::sync::oneshot;

use crate::{
    api::Fault,
    fault::{denied, invalid},
};

/// Names tried before it is given up: `报名表 (2).pdf`.
const TRIES: u32 = 999;

/// Writes what the window prints now, as a PDF (ISO 32000), to a path where nothing is yet; tells when that is done.
pub type Printer = Box<dyn Fn(PathBuf) -> oneshot::Receiver<io::Result<()>> + Send + Sync>;

/// Where files may go on this computer.
#[derive(Clone, Debug)]
pub struct Outside {
    /// Where files are saved; `None` where this system has no such folder.
    pub downloads: Option<PathBuf>,
    /// Where files lie while they are open: in memory, where the system has such a folder. `None`: in the profile.
    pub runtime: Option<PathBuf>,
    /// Hands a file to the program that opens it.
    pub opener: fn(&Path) -> io::Result<()>,
}

impl Outside {
    /// This computer's own.
    #[must_use]
    pub fn system() -> Self {
        Self {
            downloads: dirs::download_dir().or_else(dirs::home_dir),
            runtime: dirs::runtime_dir(),
            opener: |path| opener::open(path).map_err(io::Error::other),
        }
    }

    fn folder(&self) -> Result<&Path, Fault> {
        let none = || denied("no-downloads", "there is no folder of downloads");
        self.downloads.as_deref().ok_or_else(none)
    }

    /// Shows a saved file in the system's file manager. It takes a name and no path: whoever asks cannot point anywhere
    /// else.
    ///
    /// # Errors
    /// [`Fault::Invalid`] for a path, [`Fault::Denied`] with `no-downloads` or `folder-not-shown`.
    pub fn show(&self, name: &str) -> Result<(), Fault> {
        if Path::new(name).file_name().is_none_or(|alone| alone != name) {
            return Err(invalid("name"));
        }
        let folder = self.folder()?;
        let file = folder.join(name);
        // A file that was moved meanwhile leaves its folder to look at.
        let shown = if file.is_file() {
            opener::reveal(&file)
        } else {
            Err(opener::OpenError::Io(io::ErrorKind::NotFound.into()))
        };
        shown
            .or_else(|_| opener::open(folder))
            .map_err(|error| denied("folder-not-shown", &error.to_string()))
    }

    /// Saves a file under its name, and never over another; where it lies now.
    ///
    /// # Errors
    /// [`Fault::Denied`] with `no-downloads`, [`Fault::DiskFull`] with nothing saved, [`Fault::Broken`].
    pub fn save(&self, name: &str, content: &[u8]) -> Result<PathBuf, Fault> {
        let folder = self.folder()?;
        std::fs::create_dir_all(folder).map_err(told)?;
        for turn in 1..=TRIES {
            let path = folder.join(numbered(name, turn));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return fill(file, &path, content).map(|()| path),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(told(error)),
            }
        }
        Err(denied("no-downloads", "every name of this file is taken in the folder of downloads"))
    }
}

/// A folder that takes nothing is told as such.
fn told(error: io::Error) -> Fault {
    use io::ErrorKind::{NotADirectory, PermissionDenied, ReadOnlyFilesystem};
    match error.kind() {
        PermissionDenied | ReadOnlyFilesystem | NotADirectory => {
            denied("folder-closed", "nothing can be written into the folder of downloads")
        }
        _ => error.into(),
    }
}

/// A file that cannot be filled is not left half.
fn fill(mut file: File, path: &Path, content: &[u8]) -> Result<(), Fault> {
    let written = file.write_all(content).and_then(|()| file.sync_all());
    if written.is_err() {
        // What is left of it is of no use, and its name says otherwise.
        let _ = std::fs::remove_file(path);
    }
    Ok(written?)
}

fn numbered(name: &str, turn: u32) -> String {
    match (turn, name.rsplit_once('.')) {
        (1, _) => name.to_owned(),
        (turn, Some((stem, extension))) => format!("{stem} ({turn}).{extension}"),
        (turn, None) => format!("{name} ({turn})"),
    }
}

/// The folder of files that are open, of one profile.
pub(crate) struct Opened(pub(crate) PathBuf);

impl Opened {
    /// A new folder there, that only its person reads.
    pub(crate) fn folder(&self, unique: &str) -> Result<PathBuf, Fault> {
        let folder = self.0.join(unique);
        crate::profile::make_private(&folder)?;
        Ok(folder)
    }

    /// Lays a file there, in a folder of its own that only its person reads.
    pub(crate) fn lay(&self, unique: &str, name: &str, content: &[u8]) -> Result<PathBuf, Fault> {
        let path = self.folder(unique)?.join(name);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        fill(options.open(&path)?, &path, content)?;
        Ok(path)
    }

    /// Removes everything that was opened.
    pub(crate) fn clear(&self) {
        match std::fs::remove_dir_all(&self.0) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                tracing::warn!(%error, "what was opened could not be removed");
            }
            _ => {}
        }
    }
}
