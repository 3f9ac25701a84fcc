//! Files: bytes in a folder beside the database, each under what it hashes to, and the uploads that grow into them.
//!
//! A file is written once, under another name, and stands under its own only when all of it is on the disk. Which files there
//! are follows from rows ([`Upload`], [`List::WithFile`]); what no row knows of is swept away.

mod read;
mod sweep;

use std::{
    fs::{File, OpenOptions},
    io::{self, Read as _, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use sha2::{Digest as _, Sha256};
use tokio::sync::{Mutex, OwnedMutexGuard};
use xinmei_model::{Change, FileHash, Id, List, Person, Row, Upload, limits};

pub use read::{Part, may_read};

use crate::{
    Fail, Result,
    folder::{restrict, sync_folder},
    ledger::{Ledger, Tx, read_list, read_row},
};

/// The folder of files inside a data folder.
pub const FILES: &str = "files";
/// Uploads that are not whole, inside it.
const UNFINISHED: &str = "unfinished";
/// Bytes that are hashed or copied at once.
const PIECE: usize = 256 * 1024;

/// The folder of files. Clones share it.
#[derive(Clone)]
pub struct Files {
    dir: Arc<PathBuf>,
    /// Whoever changes the folder holds it: two parts of one upload, or an upload and the sweeper, must not meet.
    gate: Arc<Mutex<()>>,
}

/// How far an upload has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes that are here, from the beginning.
    pub offset: u32,
    /// Bytes of the whole.
    pub bytes: u32,
}

impl Progress {
    fn is_whole(self) -> bool {
        self.offset == self.bytes
    }
}

/// An upload that is not whole.
struct Unfinished {
    path: PathBuf,
    progress: Progress,
}

impl Files {
    /// Opens the folder inside a data folder, and makes it where there is none.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn open(data: &Path) -> Result<Self> {
        let dir = data.join(FILES);
        std::fs::create_dir_all(dir.join(UNFINISHED))?;
        restrict(&dir)?;
        Ok(Self { dir: Arc::new(dir), gate: Arc::default() })
    }

    fn path(&self, hash: FileHash) -> PathBuf {
        let name = hash.to_string();
        // A folder for each first byte: some systems are slow with a hundred thousand entries.
        self.dir.join(name.get(..2).unwrap_or_default()).join(name)
    }

    /// The upload of this person that is not whole.
    fn unfinished(&self, person: Id<Person>, hash: FileHash) -> Result<Option<Unfinished>> {
        let begins = format!("{person}-{hash}-");
        for entry in std::fs::read_dir(self.dir.join(UNFINISHED))? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(bytes) = name.to_str().and_then(|name| name.strip_prefix(&begins)) else { continue };
            let (Ok(bytes), length) = (bytes.parse(), entry.metadata()?.len()) else { continue };
            let offset = u32::try_from(length).unwrap_or(u32::MAX);
            return Ok(Some(Unfinished { path: entry.path(), progress: Progress { offset, bytes } }));
        }
        Ok(None)
    }

    /// Begins an upload, or finds how far it has come: asking again after a cut is the same question.
    ///
    /// # Errors
    /// `too-large`, `upload-quota`, `malformed`; if the disk is full or the store fails.
    pub async fn begin(
        &self,
        ledger: &Ledger,
        person: Id<Person>,
        hash: FileHash,
        bytes: u32,
    ) -> Result<Progress> {
        if bytes > limits::FILE_BYTES {
            let detail = format!("A file has at most {} bytes.", limits::FILE_BYTES);
            return Err(Fail::caller(413, "too-large", detail));
        }
        if bytes == 0 {
            return Err(crate::device::malformed("bytes"));
        }
        let gate = Arc::clone(&self.gate).lock_owned().await;
        if self.path(hash).exists() && ledger.look(|session| uploaded(session, person, hash))?.is_some() {
            // Its day begins anew, or it could be swept away before a row names it.
            self.note(ledger, person, hash, bytes).await?;
            return Ok(Progress { offset: bytes, bytes });
        }
        let day = ledger.now() - limits::UPLOAD_KEPT;
        let today = ledger.look(|session| {
            let uploads = read_list(session, List::UploadsBy(person), limits::ROWS_PER_LIST)?;
            let uploads = uploads.iter().filter_map(upload_in);
            Ok(uploads.filter(|upload| upload.at > day).map(|upload| u64::from(upload.bytes)).sum::<u64>())
        })?;
        let files = self.clone();
        held(gate, move || files.begin_here(person, hash, bytes, today)).await
    }

    fn begin_here(&self, person: Id<Person>, hash: FileHash, bytes: u32, today: u64) -> Result<Progress> {
        if let Some(found) = self.unfinished(person, hash)? {
            if found.progress.bytes == bytes {
                return Ok(found.progress);
            }
            // The same hash with another length is another's mistake or a lie: it begins anew.
            std::fs::remove_file(found.path)?;
        }
        if today + self.promised(person)? + u64::from(bytes) > limits::UPLOADS_PER_DAY {
            let detail = format!("One person uploads at most {} bytes a day.", limits::UPLOADS_PER_DAY);
            return Err(Fail::caller(413, "upload-quota", detail));
        }
        private()
            .create_new(true)
            .open(self.dir.join(UNFINISHED).join(format!("{person}-{hash}-{bytes}")))?;
        Ok(Progress { offset: 0, bytes })
    }

    /// Bytes of a person's uploads that are not whole.
    fn promised(&self, person: Id<Person>) -> Result<u64> {
        let begins = format!("{person}-");
        let mut sum = 0;
        for entry in std::fs::read_dir(self.dir.join(UNFINISHED))? {
            let name = entry?.file_name();
            let Some(name) = name.to_str().filter(|name| name.starts_with(&begins)) else { continue };
            sum += name.rsplit('-').next().and_then(|bytes| bytes.parse::<u64>().ok()).unwrap_or_default();
        }
        Ok(sum)
    }

    /// How far the upload of this person has come.
    ///
    /// # Errors
    /// Not found; if the store fails.
    pub fn progress(&self, ledger: &Ledger, person: Id<Person>, hash: FileHash) -> Result<Progress> {
        if let Some(found) = self.unfinished(person, hash)? {
            return Ok(found.progress);
        }
        let done = ledger.look(|session| uploaded(session, person, hash))?.ok_or_else(Fail::not_found)?;
        Ok(Progress { offset: done.bytes, bytes: done.bytes })
    }

    /// Takes the next bytes of an upload; with the last of them it becomes a file of this person.
    ///
    /// # Errors
    /// `upload-offset` where it stands elsewhere, `file-changed` where the whole is not what was promised (it begins anew
    /// then), `too-large`; not found; if the disk is full.
    pub async fn append(
        &self,
        ledger: &Ledger,
        person: Id<Person>,
        hash: FileHash,
        offset: u32,
        part: axum::body::Bytes,
    ) -> Result<Progress> {
        let gate = Arc::clone(&self.gate).lock_owned().await;
        let Some(found) = self.unfinished(person, hash)? else {
            let done = self.progress(ledger, person, hash)?;
            return if part.is_empty() && offset == done.offset { Ok(done) } else { Err(stands_at(done)) };
        };
        let files = self.clone();
        // The gate comes back: the row is written while it is held.
        let (progress, _gate) = tokio::task::spawn_blocking(move || {
            files.append_here(found, hash, offset, &part).map(|progress| (progress, gate))
        })
        .await
        .map_err(|_| Fail::Stopping)??;
        if progress.is_whole() {
            self.note(ledger, person, hash, progress.bytes).await?;
        }
        Ok(progress)
    }

    fn append_here(&self, found: Unfinished, hash: FileHash, offset: u32, part: &[u8]) -> Result<Progress> {
        let Unfinished { path, progress } = found;
        if offset != progress.offset {
            return Err(stands_at(progress));
        }
        let grown = u64::from(offset) + part.len() as u64;
        if grown > u64::from(progress.bytes) {
            return Err(Fail::caller(413, "too-large", "This is more than was promised."));
        }
        let mut file = OpenOptions::new().append(true).open(&path)?;
        if let Err(error) = file.write_all(part) {
            // What a full disk took of it is taken back: the offset that was told stays true.
            file.set_len(u64::from(offset))?;
            return Err(error.into());
        }
        let progress = Progress { offset: u32::try_from(grown).unwrap_or(u32::MAX), ..progress };
        if progress.is_whole() {
            file.sync_all()?;
            if hash_of(&path)? != hash {
                std::fs::remove_file(&path)?;
                let detail =
                    "What arrived is not the file that was promised; send it again from the beginning.";
                return Err(Fail::caller(422, "file-changed", detail));
            }
            self.keep(&path, hash)?;
        }
        Ok(progress)
    }

    /// Gives a whole file its place.
    fn keep(&self, from: &Path, hash: FileHash) -> Result<()> {
        let to = self.path(hash);
        let folder = to.parent().unwrap_or(&self.dir);
        std::fs::create_dir_all(folder)?;
        std::fs::rename(from, &to)?;
        sync_folder(folder)?;
        sync_folder(&self.dir)?;
        Ok(())
    }

    /// Puts a file in its place without an upload, and notes that it is this person's: the demo school does so.
    ///
    /// # Errors
    /// If the disk is full or the store fails.
    pub fn put(&self, tx: &mut Tx<'_>, person: Id<Person>, content: &[u8]) -> Result<FileHash> {
        let hash = FileHash::of(content);
        let path = self.dir.join(UNFINISHED).join(format!("{person}-{hash}-{}", content.len()));
        let mut file = private().create(true).truncate(true).open(&path)?;
        file.write_all(content)?;
        file.sync_all()?;
        self.keep(&path, hash)?;
        let bytes = u32::try_from(content.len()).map_err(Fail::broken)?;
        let row = upload(tx, person, hash, bytes);
        tx.apply(vec![row])?;
        Ok(hash)
    }

    async fn note(&self, ledger: &Ledger, person: Id<Person>, sha256: FileHash, bytes: u32) -> Result<()> {
        ledger
            .write(move |tx| {
                let row = upload(tx, person, sha256, bytes);
                tx.apply(vec![row]).map(drop)
            })
            .await
    }

    /// Copies every file into another data folder, for a backup. Uploads that are not whole stay behind.
    ///
    /// # Errors
    /// If a file cannot be read or written.
    pub fn back_up(&self, to: &Path) -> Result<()> {
        let copy = Self::open(to)?;
        for hash in self.all()? {
            let path = copy.path(hash);
            std::fs::create_dir_all(path.parent().unwrap_or(to))?;
            match std::fs::copy(self.path(hash), &path) {
                // It was swept away meanwhile: no row names it.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return Err(error.into()),
                Ok(_) => File::open(&path)?.sync_all()?,
            }
        }
        Ok(())
    }

    /// Every file that is here.
    fn all(&self) -> Result<Vec<FileHash>> {
        let mut found = Vec::new();
        for folder in std::fs::read_dir(&*self.dir)? {
            let folder = folder?;
            if folder.file_name() == UNFINISHED || !folder.file_type()?.is_dir() {
                continue;
            }
            for entry in std::fs::read_dir(folder.path())? {
                found.extend(entry?.file_name().to_str().and_then(|name| name.parse::<FileHash>().ok()));
            }
        }
        Ok(found)
    }
}

/// Runs on a thread that may block, and keeps the gate shut even where the asker hangs up meanwhile.
async fn held<T: Send + 'static>(
    gate: OwnedMutexGuard<()>,
    run: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    let run = move || {
        let _gate = gate;
        run()
    };
    tokio::task::spawn_blocking(run).await.map_err(|_| Fail::Stopping)?
}

fn upload(tx: &Tx<'_>, person: Id<Person>, sha256: FileHash, bytes: u32) -> Change {
    let id = Upload::of(person, sha256);
    Change::put(Upload { id, person, sha256, bytes, at: tx.now() }, [])
}

/// That this person has uploaded it, whole.
fn uploaded(
    session: &mut dyn crate::store::Session,
    person: Id<Person>,
    hash: FileHash,
) -> Result<Option<Upload>> {
    let row = read_row(session, Upload::of(person, hash).uuid())?;
    Ok(row.as_ref().and_then(upload_in).cloned())
}

fn upload_in(row: &Row) -> Option<&Upload> {
    if let Row::Upload(upload) = row { Some(upload) } else { None }
}

fn stands_at(progress: Progress) -> Fail {
    Fail::caller(409, "upload-offset", format!("The upload stands at {}.", progress.offset))
}

fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn hash_of(path: &Path) -> Result<FileHash> {
    let (mut file, mut digest, mut piece) = (File::open(path)?, Sha256::new(), vec![0; PIECE]);
    loop {
        let read = file.read(&mut piece)?;
        if read == 0 {
            return Ok(FileHash::new(digest.finalize().into()));
        }
        digest.update(piece.get(..read).unwrap_or_default());
    }
}
