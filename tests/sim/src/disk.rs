//! A disk that can be stopped between any two commits: a copy of the database with its log cut at one of them.
//!
//! The format of the log: <https://www.sqlite.org/fileformat2.html#walformat>.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

const HEADER: usize = 32;
const FRAME: usize = 24;

/// Puts an empty database where one is to begin. Its tables are made once in a run: SQLite would spend a tenth of each
/// history on reading how they are declared.
pub fn begin_with(path: &Path, empty: &OnceLock<Vec<u8>>, make: impl FnOnce(&Path)) {
    let empty = empty.get_or_init(|| {
        make(path);
        assert!(!log_of(path).exists(), "the last to close a database folds its log in");
        fs::read(path).unwrap()
    });
    fs::write(path, empty).unwrap();
}

/// How far the log of a database had come at a moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    salt: Vec<u8>,
    end: usize,
}

fn log_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}

/// The salt of the log and the ends of its commits.
fn commits(path: &Path) -> (Vec<u8>, Vec<usize>) {
    let log = fs::read(log_of(path)).unwrap_or_default();
    if log.len() < HEADER {
        return (Vec::new(), Vec::new());
    }
    let page = u32::from_be_bytes(log[8..12].try_into().unwrap());
    let page = if page == 1 { 65_536 } else { usize::try_from(page).unwrap() };
    let salt = &log[16..24];
    let mut ends = Vec::new();
    let mut at = HEADER;
    // Frames of an earlier round of the log bear another salt.
    while at + FRAME + page <= log.len() && log[at + 8..at + 16] == *salt {
        at += FRAME + page;
        if log[at - FRAME - page + 4..at - FRAME - page + 8] != [0; 4] {
            ends.push(at);
        }
    }
    (salt.to_vec(), ends)
}

/// Remembers how far the log has come.
pub fn mark(path: &Path) -> Mark {
    let (salt, ends) = commits(path);
    Mark { salt, end: ends.last().copied().unwrap_or(HEADER) }
}

/// Every state the disk was in since `mark`, as ends of the log; the last is how it stands now.
pub fn states_since(path: &Path, mark: &Mark) -> Vec<usize> {
    let (salt, ends) = commits(path);
    // After a checkpoint the log begins anew; what was before it stands in the database itself.
    let from = if salt == mark.salt { mark.end } else { HEADER };
    let mut states = vec![from];
    states.extend(ends.into_iter().filter(|end| *end > from));
    states
}

/// Copies a database as it stood when its log ended at `end`; whole if `None`.
pub fn copy(from: &Path, to: &Path, end: Option<usize>) {
    fs::copy(from, to).unwrap();
    let mut log = fs::read(log_of(from)).unwrap_or_default();
    if let Some(end) = end {
        log.truncate(end);
    }
    fs::write(log_of(to), log).unwrap();
}

/// Removes a database and its log.
pub fn remove(path: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        let _ = fs::remove_file(PathBuf::from(name));
    }
}
