//! A disk at the moment of a power cut: what was synced is there; of the rest each sector may be.

use std::{io, path::Path, sync::Arc};

use crate::{
    chance::Chance,
    log::{Log, Op},
};

/// The unit a disk writes whole, if it writes it.
pub const SECTOR: usize = 512;

/// The disk while the story is told.
pub struct Disk<'l> {
    log: &'l Log,
    at: usize,
    entries: Vec<Entry>,
    inodes: Vec<Inode<'l>>,
    /// The state somebody was told of last.
    pub told: Option<usize>,
    /// The rev others were told of last.
    pub poked: u64,
}

/// A name: which file it means on the disk, and which it came to mean since.
#[derive(Default)]
struct Entry {
    synced: Option<usize>,
    pending: Vec<Option<usize>>,
}

impl Entry {
    fn now(&self) -> Option<usize> {
        self.pending.last().copied().unwrap_or(self.synced)
    }

    fn sync(&mut self) {
        self.synced = self.now();
        self.pending.clear();
    }
}

#[derive(Default)]
struct Inode<'l> {
    synced: Arc<Vec<u8>>,
    /// Each with its place in the story.
    pending: Vec<(usize, &'l Op)>,
}

/// What became of one sector's part of one write.
enum Fate {
    Kept,
    Dropped,
    /// The first bytes only; the others as they were.
    Torn(usize),
    /// The first bytes, then noise.
    Garbled(usize),
}

/// What kind of cut it was.
#[derive(Clone, Copy, Debug)]
enum Cut {
    NothingKept,
    AllKept,
    MostKept,
    FewKept,
    Coin,
    Garbled,
    /// In the order of writing, up to this one, which is torn.
    InOrder(usize),
}

impl<'l> Disk<'l> {
    /// An empty disk.
    #[must_use]
    pub fn new(log: &'l Log) -> Self {
        let entries = log.names.iter().map(|_| Entry::default()).collect();
        Self { log, at: 0, entries, inodes: Vec::new(), told: None, poked: 0 }
    }

    /// Goes on until `k` things have happened.
    pub fn advance(&mut self, k: usize) {
        while self.at < k.min(self.log.ops.len()) {
            let op = &self.log.ops[self.at];
            self.at += 1;
            self.step(op);
        }
    }

    fn step(&mut self, op: &'l Op) {
        match *op {
            Op::Create(name) => {
                self.inodes.push(Inode::default());
                self.entries[name].pending.push(Some(self.inodes.len() - 1));
            }
            Op::Write { name, .. } | Op::Truncate { name, .. } => {
                if let Some(inode) = self.entries[name].now() {
                    self.inodes[inode].pending.push((self.at, op));
                }
            }
            Op::Sync(name) => {
                let Some(inode) = self.entries[name].now() else { return };
                let inode = &mut self.inodes[inode];
                let bytes = Arc::make_mut(&mut inode.synced);
                inode.pending.drain(..).for_each(|(_, op)| apply(bytes, op));
                // A name is durable with the first sync of its file, as ext4, XFS and APFS have it. With the first sync
                // of a journal or a log SQLite's VFS syncs the folder too (`UNIXFILE_DIRSYNC`).
                let file = &self.log.names[name];
                let is_new = !self.entries[name].pending.is_empty();
                self.entries[name].sync();
                if is_new && (file.ends_with("-wal") || file.ends_with("-journal")) {
                    self.entries.iter_mut().for_each(Entry::sync);
                }
            }
            Op::Delete { name, synced } => {
                self.entries[name].pending.push(None);
                if synced {
                    self.entries.iter_mut().for_each(Entry::sync);
                }
            }
            Op::Told(n) => self.told = Some(n),
            Op::Poked(rev) => self.poked = rev,
        }
    }

    /// Cuts the power and writes down what is found afterwards. Nothing is kept of shared memory.
    ///
    /// # Errors
    /// If the folder cannot be written.
    pub fn cut(&self, chance: &mut Chance, folder: &Path) -> io::Result<()> {
        let pending: Vec<usize> =
            self.inodes.iter().flat_map(|inode| inode.pending.iter().map(|(at, _)| *at)).collect();
        let cut = match chance.below(8) {
            0 => Cut::NothingKept,
            1 => Cut::AllKept,
            2 => Cut::MostKept,
            3 => Cut::FewKept,
            4 => Cut::Garbled,
            5 if !pending.is_empty() => Cut::InOrder(pending[chance.below(pending.len())]),
            _ => Cut::Coin,
        };
        for (name, entry) in self.log.names.iter().zip(&self.entries) {
            let Some(inode) = surviving(entry, cut, chance) else { continue };
            let bytes = self.inodes[inode].after(cut, chance);
            let path = folder.join(name);
            if let Some(parent) = path.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(path, bytes.as_slice())?;
        }
        Ok(())
    }
}

fn surviving(entry: &Entry, cut: Cut, chance: &mut Chance) -> Option<usize> {
    match cut {
        Cut::NothingKept => entry.synced,
        Cut::AllKept => entry.now(),
        _ => match chance.below(entry.pending.len() + 1) {
            0 => entry.synced,
            n => entry.pending[n - 1],
        },
    }
}

impl Inode<'_> {
    fn after(&self, cut: Cut, chance: &mut Chance) -> Arc<Vec<u8>> {
        if self.pending.is_empty() {
            return Arc::clone(&self.synced);
        }
        let mut bytes = (*self.synced).clone();
        let mut end = bytes.len();
        for (story, op) in &self.pending {
            match op {
                Op::Write { at, bytes: new, .. } => {
                    end = end.max(at + new.len());
                    for (at, part) in sectors(*at, new) {
                        let fate = cut.fate(chance, *story, part.len());
                        write_part(&mut bytes, at, part, fate, chance);
                    }
                }
                op if matches!(cut.fate(chance, *story, 1), Fate::Kept) => apply(&mut bytes, op),
                _ => {}
            }
        }
        // The length of a file may get there before its bytes do.
        if !matches!(cut, Cut::NothingKept) && chance.one_in(4) {
            bytes.resize(end.max(bytes.len()), 0);
        }
        Arc::new(bytes)
    }
}

impl Cut {
    /// The fate of `len` bytes that were written as the `story`th operation.
    fn fate(self, chance: &mut Chance, story: usize, len: usize) -> Fate {
        let coin = |kept| if kept { Fate::Kept } else { Fate::Dropped };
        match self {
            Self::NothingKept => Fate::Dropped,
            Self::AllKept => Fate::Kept,
            Self::InOrder(last) if story == last => Fate::Torn(chance.below(len + 1)),
            Self::InOrder(last) => coin(story < last),
            Self::MostKept => coin(!chance.one_in(16)),
            Self::FewKept => coin(chance.one_in(16)),
            Self::Coin | Self::Garbled => match chance.below(5) {
                0 | 1 => Fate::Kept,
                2 | 3 => Fate::Dropped,
                _ if matches!(self, Self::Garbled) => Fate::Garbled(chance.below(len + 1)),
                _ => Fate::Torn(chance.below(len + 1)),
            },
        }
    }
}

fn write_part(bytes: &mut Vec<u8>, at: usize, part: &[u8], fate: Fate, chance: &mut Chance) {
    match fate {
        Fate::Kept => put(bytes, at, part),
        Fate::Dropped => {}
        Fate::Torn(len) => put(bytes, at, &part[..len]),
        Fate::Garbled(len) => {
            let mut garbled = part.to_vec();
            garbled[len..].iter_mut().for_each(|byte| *byte = (chance.word() >> 56) as u8);
            put(bytes, at, &garbled);
        }
    }
}

/// Splits a write where sectors of the file begin.
fn sectors(at: usize, bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut done = 0;
    std::iter::from_fn(move || {
        let begin = at + done;
        let len = (SECTOR - begin % SECTOR).min(bytes.len() - done);
        let part = &bytes[done..done + len];
        done += len;
        (len > 0).then_some((begin, part))
    })
}

fn apply(bytes: &mut Vec<u8>, op: &Op) {
    match op {
        Op::Write { at, bytes: new, .. } => put(bytes, *at, new),
        Op::Truncate { size, .. } => bytes.resize(*size, 0),
        _ => {}
    }
}

fn put(bytes: &mut Vec<u8>, at: usize, new: &[u8]) {
    if new.is_empty() {
        return;
    }
    if bytes.len() < at + new.len() {
        bytes.resize(at + new.len(), 0);
    }
    bytes[at..at + new.len()].copy_from_slice(new);
}
