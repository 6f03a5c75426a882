//! The distinct words of one document. Equal ids, equal words, whatever their case.

use std::ops::Range;

use hashbrown::HashTable;

use super::eights;
use super::fold::{fold, word_hash, word_hash_end, word_hash_step};

/// Interns words case-folded (full case folding, NFC, the typographic apostrophe as `'`).
#[derive(Debug, Default)]
pub struct Vocabulary {
    arena: String,
    entries: Vec<Entry>,
    /// How often each stands in the document: by itself, since it is what every use of a word touches.
    counts: Vec<u32>,
    /// What tells a word is in the table itself: in a long text every look elsewhere waits for memory.
    table: HashTable<Slot>,
}

/// A word and where it stands in the arena.
#[derive(Debug, Clone, Copy)]
struct Entry {
    hash: u64,
    start: u32,
    end: u32,
    is_ascii: bool,
    is_possessive: bool,
}

#[derive(Debug, Clone, Copy)]
struct Slot {
    hash: u64,
    length: u32,
    id: u32,
}

impl Slot {
    fn is(&self, hash: u64, length: usize) -> bool {
        self.hash == hash && self.length as usize == length
    }
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
            counts: Vec::with_capacity(room),
            table: HashTable::with_capacity(room),
        }
    }

    /// The id of the word at a place of a text, counting one more use of it.
    pub(super) fn add(&mut self, text: &str, at: Range<usize>) -> u32 {
        let Some(short) = Short::of(text.as_bytes(), &at) else {
            return self.add_other(&text[at]);
        };
        let hash = short.hash();
        let known = self.table.find(hash, |slot| slot.is(hash, short.length) && short.is(self, slot.id));
        match known.map(|slot| slot.id) {
            Some(id) => self.count_again(id),
            None => self.insert(&text[at], hash, true),
        }
    }

    /// Any word that is longer, or not of ASCII alone.
    fn add_other(&mut self, word: &str) -> u32 {
        let folded = short_fold(word).unwrap_or_else(|| fold(word));
        let hash = word_hash(&folded);
        match self.find(&folded, hash) {
            Some(id) => self.count_again(id),
            None => self.insert(&folded, hash, folded.is_ascii()),
        }
    }

    fn count_again(&mut self, id: u32) -> u32 {
        self.counts[id as usize] += 1;
        id
    }

    /// A new word, of ASCII or folded.
    fn insert(&mut self, word: &str, hash: u64, is_ascii: bool) -> u32 {
        let id = self.entries.len() as u32;
        let start = self.arena.len();
        self.arena.push_str(word);
        self.arena[start..].make_ascii_lowercase();
        let entry = Entry {
            hash,
            start: start as u32,
            end: self.arena.len() as u32,
            is_ascii,
            is_possessive: self.arena[start..].ends_with("'s"),
        };
        self.entries.push(entry);
        self.counts.push(1);
        let slot = Slot { hash, length: entry.end - entry.start, id };
        self.table.insert_unique(hash, slot, |slot| slot.hash);
        id
    }

    fn find(&self, folded: &str, hash: u64) -> Option<u32> {
        let same = |slot: &Slot| slot.is(hash, folded.len()) && self.word(slot.id) == folded;
        self.table.find(hash, same).map(|slot| slot.id)
    }

    /// The id of a word that is already folded, if the document holds it.
    pub fn id(&self, folded: &str) -> Option<u32> {
        self.find(folded, word_hash(folded))
    }

    /// The [`word_hash`] of a word, for tables that hold words by it.
    pub fn hash(&self, id: u32) -> u64 {
        self.entries[id as usize].hash
    }

    /// The folded word behind an id.
    pub fn word(&self, id: u32) -> &str {
        let entry = self.entries[id as usize];
        &self.arena[entry.start as usize..entry.end as usize]
    }

    /// Whether it is of ASCII alone.
    pub fn is_ascii(&self, id: u32) -> bool {
        self.entries[id as usize].is_ascii
    }

    /// Whether it has the ending of the genitive, `'s`.
    pub fn is_possessive(&self, id: u32) -> bool {
        self.entries[id as usize].is_possessive
    }

    /// How often the document holds it.
    pub fn count(&self, id: u32) -> u32 {
        self.counts[id as usize]
    }

    /// How many distinct words there are; ids are the numbers below it.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// The ids of all words.
    pub fn ids(&self) -> impl Iterator<Item = u32> + use<> {
        0..self.entries.len() as u32
    }

    /// The [`word_hash`] of every word, in the order of their ids.
    pub fn hashes(&self) -> impl Iterator<Item = u64> {
        self.entries.iter().map(|entry| entry.hash)
    }

    /// Whether the document holds no word.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// A word of at most sixteen bytes, all ASCII, in small letters: most words of most languages in Latin letters.
struct Short {
    eights: [u64; 2],
    length: usize,
}

impl Short {
    fn of(bytes: &[u8], at: &Range<usize>) -> Option<Short> {
        let length = at.len();
        let eights = match length {
            1..=8 => [eights::at(bytes, at.start, length), 0],
            9..=16 => [eights::at(bytes, at.start, 8), eights::at(bytes, at.start + 8, length - 8)],
            _ => return None,
        };
        let is_ascii = eights::are_ascii(eights[0] | eights[1]);
        is_ascii.then(|| Short { eights: eights.map(eights::lowered), length })
    }

    fn hash(&self) -> u64 {
        let first = word_hash_step(self.length as u64, self.eights[0]);
        word_hash_end(if self.length <= 8 { first } else { word_hash_step(first, self.eights[1]) })
    }

    /// Whether it is a word of the same hash and length: of words up to eight bytes that is certain.
    fn is(&self, vocabulary: &Vocabulary, id: u32) -> bool {
        self.length <= 8 || {
            let entry = vocabulary.entries[id as usize];
            let word = &vocabulary.arena.as_bytes()[entry.start as usize..entry.end as usize];
            eights::at(word, 0, 8) == self.eights[0] && eights::at(word, 8, self.length - 8) == self.eights[1]
        }
    }
}

/// The folded form of a word of ASCII and one typographic apostrophe, which stands in so many words that have nothing
/// else.
fn short_fold(word: &str) -> Option<String> {
    let (before, after) = word.split_once('’')?;
    (before.is_ascii() && after.is_ascii()).then(|| format!("{before}'{after}").to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_are_one_whatever_their_case_or_composition() {
        let mut v = Vocabulary::default();
        let mut add = |word: &str| v.add(word, 0..word.len());
        let id = add("Straße");
        assert_eq!(add("STRASSE"), id);
        let id = add("Caf\u{e9}");
        assert_eq!(add("cafe\u{301}"), id);
        assert_eq!(v.count(id), 2);
        let mut add = |word: &str| v.add(word, 0..word.len());
        let id = add("Don’t");
        assert_eq!(v.word(id), "don't");
        assert_eq!(v.id("don't"), Some(id));
        assert_eq!(v.id("do"), None);
        assert_eq!(v.len(), 3);
    }
    proptest! {
        #[test]
        fn short_words_are_folded_and_found_as_all_others(words in vec("[ -~]{1,20}", 1..20)) {
            let text = words.concat();
            let mut v = Vocabulary::default();
            let mut at = 0;
            for word in &words {
                let id = v.add(&text, at..at + word.len());
                at += word.len();
                prop_assert_eq!(v.word(id), fold(word));
                prop_assert_eq!(v.id(&fold(word)), Some(id));
                prop_assert_eq!(v.hash(id), word_hash(&fold(word)));
                prop_assert_eq!(v.is_possessive(id), fold(word).ends_with("'s"));
                prop_assert!(v.is_ascii(id));
            }
            let mut distinct: Vec<String> = words.iter().map(|w| fold(w)).collect();
            distinct.sort();
            distinct.dedup();
            prop_assert_eq!(v.len(), distinct.len());
        }
    }
}
