//! What was found in files that have not changed since, kept from one run to the next.
//!
//! An entry goes by a hash of all that decides what a check says: the bytes of the file, the configuration as it is
//! written with the flags of the command line, and the program itself. So nothing here is ever out of date, only unused.
//! Findings are kept as they are before the configuration silences any, and before a baseline or a report sees them.
//! Evidence for lints that set articles against each other is kept too, and what that of all articles came to, which goes
//! by the keys of all of them.
//!
//! A cache is a help and no more: what is missing, cut off, garbled or of another program is looked at anew, and a disk
//! that refuses is no failure of the run. Whoever can write to a cache can hide findings, as they could by editing the
//! configuration; so nothing that is written to articles ever comes from it.

mod conclusion;
mod entry;
mod folder;
mod shard;

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use sha2::{Digest, Sha256};

use super::Look;
use crate::config::Setup;
use crate::corpus::{DocId, Gathered};
use crate::format;

pub(super) use conclusion::AllFound;
pub(super) use entry::File;
pub use folder::{Folder, NAME};
use shard::Shard;

/// By what an entry goes: half of a SHA-256. It is a cryptographic hash because articles come from anywhere, and none may
/// be made to have the findings of another.
pub(super) type Key = [u8; 16];

/// Entries are spread over so many files: a run that changes one article writes one of them anew.
const SHARDS: usize = 64;

/// So many bytes of new entries are held at most until they are written; what comes after is looked at anew next time.
const HELD: usize = 256 << 20;

/// A cache in a folder.
pub struct Cache {
    folder: Folder,
    /// Days since 1970.
    today: u16,
    old: Vec<OnceLock<Shard>>,
    new: Mutex<New>,
    held: AtomicUsize,
}

/// What this run adds.
#[derive(Default)]
struct New {
    entries: HashMap<Key, Vec<u8>>,
    /// Entries that were of use, and whose day is to be told.
    used: Vec<Key>,
}

impl Cache {
    /// The cache of a folder, which need not be there. Nothing is read yet.
    pub fn new(folder: Folder) -> Cache {
        let age = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let today = u16::try_from(age.as_secs() / 86_400).unwrap_or(u16::MAX);
        let old = (0..SHARDS).map(|_| OnceLock::new()).collect();
        Cache { folder, today, old, new: Mutex::default(), held: AtomicUsize::new(0) }
    }

    /// By what a file goes; `None` where a setup is not known by how it is written. `texts` are its original, empty where it
    /// has none, and itself.
    pub(super) fn key(&self, setup: &Setup, path: &Path, texts: [&[u8]; 2], gather: bool) -> Option<Key> {
        let format = setup.format.or_else(|| format::of_path(path)).map_or("", |row| row.name);
        let hash = Sha256::new()
            .chain_update(setup.fingerprint?)
            .chain_update([u8::from(gather), format.len() as u8])
            .chain_update(format)
            .chain_update((texts[0].len() as u64).to_le_bytes())
            .chain_update(texts[0])
            .chain_update(texts[1])
            .finalize();
        hash.first_chunk().copied()
    }

    /// What was seen of a file the last time, before silencing; `source` gives its text, if that is needed.
    pub(super) fn find(&self, key: &Key, setup: &Setup, file: &File<'_>) -> Option<Look> {
        let found = self.shard(key).find(key)?;
        let look = entry::read(found.bytes, setup, file)?;
        if found.day.abs_diff(self.today) >= shard::FRESH {
            self.added().used.push(*key);
        }
        Some(look)
    }

    /// What the documents of a file were boiled down to, in order.
    pub(super) fn evidence(&self, key: &Key, setup: &Setup) -> Option<Vec<Gathered>> {
        entry::evidence(self.shard(key).find(key)?.bytes, setup)
    }

    /// What the evidence of all articles came to, which go by these keys; `setup` gives that of a document.
    pub(super) fn conclusion(&self, keys: &[Key], setup: &dyn Fn(DocId) -> Option<Arc<Setup>>) -> Option<AllFound> {
        let key = key_of_all(keys);
        let found = self.shard(&key).find(&key)?;
        if found.day.abs_diff(self.today) >= shard::FRESH {
            self.added().used.push(key);
        }
        conclusion::read(found.bytes, setup)
    }

    /// Keeps what it came to.
    pub(super) fn keep_conclusion(&self, keys: &[Key], all: &AllFound, setup: &dyn Fn(DocId) -> Option<Arc<Setup>>) {
        if let Some(bytes) = conclusion::write(all, setup) {
            self.hold(key_of_all(keys), bytes);
        }
    }

    /// Keeps what was seen of a file, before silencing.
    pub(super) fn keep(&self, key: Key, setup: &Setup, look: &Look) {
        if let Some(bytes) = entry::write(setup, look) {
            self.hold(key, bytes);
        }
    }

    fn hold(&self, key: Key, bytes: Vec<u8>) {
        if self.held.fetch_add(bytes.len(), Ordering::Relaxed) < HELD {
            self.added().entries.insert(key, bytes);
        }
    }

    /// Writes what this run has added. Two runs at once may lose entries of each other and nothing else.
    ///
    /// # Errors
    ///
    /// If the disk refuses. What is there is whole all the same.
    pub fn save(&self) -> io::Result<()> {
        let New { mut entries, used } = std::mem::take(&mut *self.added());
        if entries.is_empty() && used.is_empty() {
            return Ok(());
        }
        let folder = self.folder.make()?;
        for number in 0..SHARDS {
            let is_here = |key: &Key| shard_of(key) == number;
            let new: Vec<(Key, Vec<u8>)> = entries.extract_if(|key, _| is_here(key)).collect();
            let used: Vec<&Key> = used.iter().filter(|key| is_here(key)).collect();
            if !new.is_empty() || !used.is_empty() {
                self.old(number).write_with(&new, &used, self.today, &file(&folder, number))?;
            }
        }
        Ok(())
    }

    fn shard(&self, key: &Key) -> &Shard {
        self.old(shard_of(key))
    }

    fn old(&self, number: usize) -> &Shard {
        self.old[number].get_or_init(|| match self.folder.path() {
            Some(folder) => Shard::read(&file(folder, number), self.today),
            None => Shard::default(),
        })
    }

    fn added(&self) -> std::sync::MutexGuard<'_, New> {
        self.new.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// By what the articles of a run go together, in their order.
fn key_of_all(keys: &[Key]) -> Key {
    let hash = Sha256::new().chain_update("all").chain_update(keys.as_flattened()).finalize();
    hash.first_chunk().copied().unwrap_or_default()
}

fn shard_of(key: &Key) -> usize {
    usize::from(key[0]) % SHARDS
}

fn file(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("{number:02}.bin"))
}
