//! The distinct words of one document. Equal ids, equal words, whatever their case.

use hashbrown::HashTable;

use super::fold::fold;

/// Interns words case-folded (full case folding, NFC, the typographic apostrophe as `'`).
#[derive(Debug, Default)]
pub struct Vocabulary {
    arena: String,
    entries: Vec<Entry>,
    table: HashTable<u32>,
}

/// A word: where it stands in the arena, and how often in the document.
#[derive(Debug, Clone, Copy)]
struct Entry {
    hash: u64,
    start: u32,
    end: u32,
    count: u32,
}

/// Distinct words are at most about one in so many bytes of a short text; long texts repeat themselves more.
const SPREAD: usize = 12;
/// More room than this is not made beforehand.
const MOST: usize = 1 << 12;

impl Vocabulary {
    /// With room for the words of a text of so many bytes.
    pub(super) fn for_length(bytes: usize) -> Vocabulary {
        let room = (bytes / SPREAD).min(MOST);
        Vocabulary {
            arena: String::with_capacity(room * 8),
            entries: Vec::with_capacity(room),
            table: HashTable::with_capacity(room),
        }
    }

    /// The id of a word, counting one more use of it.
    pub(super) fn add(&mut self, word: &str) -> u32 {
        if let Some((lower, length)) = lowered(word) {
            return self.add_folded(&lower[..length], hash_padded(&lower, length));
        }
        let folded = fold(word);
        self.add_folded(folded.as_bytes(), hash(&folded))
    }

    fn add_folded(&mut self, folded: &[u8], hash: u64) -> u32 {
        if let Some(id) = self.find(folded, hash) {
            self.entries[id as usize].count += 1;
            return id;
        }
        let id = self.entries.len() as u32;
        let start = self.arena.len() as u32;
        self.arena.push_str(std::str::from_utf8(folded).unwrap_or_default());
        self.entries.push(Entry { hash, start, end: self.arena.len() as u32, count: 1 });
        let entries = &self.entries;
        self.table.insert_unique(hash, id, |&id| entries[id as usize].hash);
        id
    }

    fn find(&self, folded: &[u8], hash: u64) -> Option<u32> {
        let same = |&id: &u32| {
            let entry = &self.entries[id as usize];
            // Of words up to eight bytes the hash is one to one for each length.
            entry.hash == hash
                && (entry.end - entry.start) as usize == folded.len()
                && (folded.len() <= 8 || self.word(id).as_bytes() == folded)
        };
        self.table.find(hash, same).copied()
    }

    /// The id of a word that is already folded, if the document holds it.
    pub fn id(&self, folded: &str) -> Option<u32> {
        self.find(folded.as_bytes(), hash(folded))
    }

    /// The folded word behind an id.
    pub fn word(&self, id: u32) -> &str {
        let entry = self.entries[id as usize];
        &self.arena[entry.start as usize..entry.end as usize]
    }

    /// How often the document holds it.
    pub fn count(&self, id: u32) -> u32 {
        self.entries[id as usize].count
    }

    /// How many distinct words there are; ids are the numbers below it.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the document holds no word.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Words up to this length are folded on the stack.
const SHORT: usize = 32;

/// A short word of plain ASCII, folded, zeros behind it, and its length; `None` for any other. The typographic
/// apostrophe is let in, since it stands in so many words that have nothing else.
fn lowered(word: &str) -> Option<([u8; SHORT], usize)> {
    let bytes = word.as_bytes();
    let mut lower = [0; SHORT];
    let mut all = 0;
    for (to, &byte) in lower.get_mut(..bytes.len())?.iter_mut().zip(bytes) {
        *to = byte.to_ascii_lowercase();
        all |= byte;
    }
    if all < 0x80 {
        return Some((lower, bytes.len()));
    }
    const APOSTROPHE: &[u8] = "’".as_bytes();
    let at = bytes.windows(APOSTROPHE.len()).position(|part| part == APOSTROPHE)?;
    let rest = &bytes[at + APOSTROPHE.len()..];
    if !bytes[..at].is_ascii() || !rest.is_ascii() {
        return None;
    }
    lower[at..].fill(0);
    lower[at] = b'\'';
    for (to, byte) in lower[at + 1..].iter_mut().zip(rest) {
        *to = byte.to_ascii_lowercase();
    }
    Some((lower, at + 1 + rest.len()))
}

/// The hash of a word that has zeros behind it up to the next multiple of eight bytes.
fn hash_padded(padded: &[u8], length: usize) -> u64 {
    let mut hash = length as u64;
    for eight in padded[..length.next_multiple_of(8)].chunks_exact(8) {
        let part = u64::from_le_bytes(eight.try_into().unwrap_or_default());
        hash = (hash.rotate_left(5) ^ part).wrapping_mul(0xf135_7aea_2e62_a9c5);
    }
    // The table takes its place from the lowest bits and its tag from the highest; multiplication mixes upwards.
    hash.rotate_left(26)
}

fn hash(word: &str) -> u64 {
    let mut padded = [0; SHORT];
    if let Some(short) = padded.get_mut(..word.len()) {
        short.copy_from_slice(word.as_bytes());
        return hash_padded(&padded, word.len());
    }
    let mut long = word.as_bytes().to_vec();
    long.resize(word.len().next_multiple_of(8), 0);
    hash_padded(&long, word.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_one_whatever_their_case_or_composition() {
        let mut v = Vocabulary::default();
        let id = v.add("Straße");
        assert_eq!(v.add("STRASSE"), id);
        let id = v.add("Caf\u{e9}");
        assert_eq!(v.add("cafe\u{301}"), id);
        assert_eq!(v.count(id), 2);
        let id = v.add("Don’t");
        assert_eq!(v.word(id), "don't");
        assert_eq!(v.id("don't"), Some(id));
        assert_eq!(v.id("do"), None);
        assert_eq!(v.len(), 3);
    }
}
