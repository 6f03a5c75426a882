//! A file of entries: a head, a table, and the entries one after the other.
//!
//! ```text
//! mark  identity  count   count × (key  day  length  check)   entries
//! 16    8         4       count × (16   2    4       8)       sum of lengths
//! ```
//!
//! Numbers are little endian. A file that does not fit this exactly is none of ours; an entry whose check fails is no
//! entry. The identity is that of the program, so that what another version wrote is passed over and replaced.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::Path;

use sha2::{Digest, Sha256};

use super::Key;
use crate::write::replace;

const MARK: &[u8; 16] = b"copydesk cache 1";

/// A hash of all sources that this program was built from, which its build script makes.
const IDENTITY: [u8; 8] = match u64::from_str_radix(env!("COPYDESK_IDENTITY"), 16) {
    Ok(number) => number.to_le_bytes(),
    Err(_) => panic!("the build script writes a number"),
};

const HEAD: usize = 16 + 8 + 4;
const ROW: usize = 16 + 2 + 4 + 8;

/// A file of entries is not read or written if it is larger, in bytes; all of a cache then hold 1 GiB.
const LARGEST: u64 = 16 << 20;

/// Entries that were of no use for so many days are dropped.
const KEPT: u16 = 30;

/// The day of an entry is told anew after so many: not every run is to write files.
pub const FRESH: u16 = 7;

/// The entries of a file, as they were read.
#[derive(Default)]
pub struct Shard {
    bytes: Vec<u8>,
    rows: HashMap<Key, Row>,
}

#[derive(Clone)]
struct Row {
    day: u16,
    check: [u8; 8],
    range: Range<usize>,
}

/// An entry that was found.
pub struct Found<'a> {
    /// The day on which it was last of use.
    pub day: u16,
    /// What it holds.
    pub bytes: &'a [u8],
}

impl Shard {
    /// Reads a file; empty where there is none of ours.
    pub fn read(path: &Path, today: u16) -> Shard {
        // Not over a link, and not from a pipe: a folder that came with a download may hold anything.
        let is_file = fs::symlink_metadata(path).is_ok_and(|data| data.is_file() && data.len() <= LARGEST);
        let bytes = if is_file { fs::read(path).unwrap_or_default() } else { Vec::new() };
        let Some(mut rows) = rows(&bytes) else { return Shard::default() };
        // What lies in the future was written by a clock that was wrong.
        rows.retain(|_, row| row.day.abs_diff(today) <= KEPT);
        Shard { bytes, rows }
    }

    /// The entry of a key, if it is whole.
    pub fn find(&self, key: &Key) -> Option<Found<'_>> {
        let row = self.rows.get(key)?;
        let bytes = self.bytes.get(row.range.clone())?;
        (check(key, bytes) == row.check).then_some(Found { day: row.day, bytes })
    }

    /// Writes these entries and new ones, the old ones only as far as there is room, those that were of use last first.
    pub fn write_with(&self, new: &[(Key, Vec<u8>)], used: &[&Key], today: u16, path: &Path) -> io::Result<()> {
        let mut all: Vec<(&Key, u16, &[u8])> = new.iter().map(|(key, bytes)| (key, today, &bytes[..])).collect();
        for (key, row) in &self.rows {
            let is_new = new.iter().any(|(other, _)| other == key);
            if let Some(bytes) = self.bytes.get(row.range.clone()).filter(|_| !is_new) {
                all.push((key, if used.contains(&key) { today } else { row.day }, bytes));
            }
        }
        all.sort_by_key(|(key, day, _)| (day.abs_diff(today), *key));
        let mut room = LARGEST as usize - HEAD;
        all.retain(|(_, _, bytes)| {
            let takes = bytes.len() + ROW;
            let fits = takes <= room;
            room -= if fits { takes } else { 0 };
            fits
        });
        let mut out = Vec::with_capacity(LARGEST as usize - room);
        out.extend(MARK);
        out.extend(IDENTITY);
        out.extend((all.len() as u32).to_le_bytes());
        for (key, day, bytes) in &all {
            out.extend(*key);
            out.extend(day.to_le_bytes());
            out.extend((bytes.len() as u32).to_le_bytes());
            out.extend(check(key, bytes));
        }
        all.iter().for_each(|(_, _, bytes)| out.extend(*bytes));
        replace(path, &out)
    }
}

fn check(key: &Key, bytes: &[u8]) -> [u8; 8] {
    let hash = Sha256::new().chain_update(key).chain_update(bytes).finalize();
    hash.first_chunk().copied().unwrap_or_default()
}

fn rows(bytes: &[u8]) -> Option<HashMap<Key, Row>> {
    let (mark, rest) = bytes.split_first_chunk::<16>()?;
    let (identity, rest) = rest.split_first_chunk::<8>()?;
    let (count, mut rest) = rest.split_first_chunk::<4>()?;
    let count = u32::from_le_bytes(*count) as usize;
    if mark != MARK || *identity != IDENTITY || count > rest.len() / ROW {
        return None;
    }
    let mut rows = HashMap::with_capacity(count);
    let mut at = HEAD + count * ROW;
    for _ in 0..count {
        let (key, after) = rest.split_first_chunk::<16>()?;
        let (day, after) = after.split_first_chunk::<2>()?;
        let (length, after) = after.split_first_chunk::<4>()?;
        let (check, after) = after.split_first_chunk::<8>()?;
        let end = at.checked_add(u32::from_le_bytes(*length) as usize)?;
        rows.insert(*key, Row { day: u16::from_le_bytes(*day), check: *check, range: at..end });
        (at, rest) = (end, after);
    }
    (at == bytes.len()).then_some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: u16 = 20_000;

    fn key(n: u8) -> Key {
        [n; 16]
    }

    fn written(new: &[(Key, Vec<u8>)]) -> (tempfile::TempDir, std::path::PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("00.bin");
        Shard::default().write_with(new, &[], TODAY, &path).unwrap();
        (folder, path)
    }

    #[test]
    fn what_is_written_is_found_and_a_changed_byte_is_no_entry() {
        let (_folder, path) = written(&[(key(1), b"one".to_vec()), (key(2), b"two".to_vec())]);
        let shard = Shard::read(&path, TODAY);
        assert_eq!(shard.find(&key(2)).unwrap().bytes, b"two");
        assert!(shard.find(&key(3)).is_none());
        let whole = fs::read(&path).unwrap();
        for at in 0..whole.len() {
            let mut garbled = whole.clone();
            garbled[at] ^= 1;
            fs::write(&path, &garbled).unwrap();
            let shard = Shard::read(&path, TODAY);
            for (n, text) in [(1, b"one"), (2, b"two")] {
                assert!(shard.find(&key(n)).is_none_or(|found| found.bytes == text), "byte {at}");
            }
            let left = [1, 2].iter().filter(|n| shard.find(&key(**n)).is_some()).count();
            // The day alone is no part of what is checked.
            let day = |row: usize| HEAD + row * ROW + 16..HEAD + row * ROW + 18;
            assert!(left < 2 || day(0).contains(&at) || day(1).contains(&at), "byte {at}");
        }
        for length in 0..whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            assert!(Shard::read(&path, TODAY).rows.is_empty(), "{length} bytes");
        }
    }

    #[test]
    fn what_nobody_needs_any_more_is_dropped() {
        let (_folder, path) = written(&[(key(1), b"one".to_vec()), (key(2), b"two".to_vec())]);
        let later = TODAY + KEPT;
        Shard::read(&path, later).write_with(&[(key(3), b"three".to_vec())], &[&key(2)], later, &path).unwrap();
        let shard = Shard::read(&path, later + 1);
        let kept: Vec<bool> = (1..=3).map(|n| shard.find(&key(n)).is_some()).collect();
        assert_eq!(kept, [false, true, true]);
        assert!(Shard::read(&path, TODAY - KEPT - 1).rows.is_empty(), "written by a clock that was wrong");
    }

    #[test]
    fn a_file_has_an_end() {
        let large = vec![0; LARGEST as usize / 2];
        let (_folder, path) = written(&[(key(1), large.clone()), (key(2), large), (key(3), b"small".to_vec())]);
        assert!(fs::metadata(&path).unwrap().len() <= LARGEST);
        let shard = Shard::read(&path, TODAY);
        assert_eq!((1..=3).filter(|n| shard.find(&key(*n)).is_some()).count(), 2);
    }
}
