//! The distinct words of one document. Equal ids, equal words, whatever their case.

use std::hash::Hasher;

use hashbrown::HashTable;
use rustc_hash::FxHasher;

use super::fold::fold_into;

/// Interns words case-folded (full case folding, NFC, the typographic apostrophe as `'`).
#[derive(Debug, Default)]
pub struct Vocabulary {
    arena: String,
    ends: Vec<u32>,
    counts: Vec<u32>,
    table: HashTable<u32>,
}

impl Vocabulary {
    /// The id of a word, counting one more use of it.
    pub(super) fn add(&mut self, word: &str) -> u32 {
        let start = self.arena.len();
        fold_into(word, &mut self.arena);
        let hash = hash(&self.arena[start..]);
        let (arena, ends) = (&self.arena, &self.ends);
        let same = |&id: &u32| slice(arena, ends, id) == &arena[start..];
        if let Some(&id) = self.table.find(hash, same) {
            self.arena.truncate(start);
            self.counts[id as usize] += 1;
            return id;
        }
        let id = self.ends.len() as u32;
        self.ends.push(self.arena.len() as u32);
        self.counts.push(1);
        let (arena, ends) = (&self.arena, &self.ends);
        self.table.insert_unique(hash, id, |&id| self::hash(slice(arena, ends, id)));
        id
    }

    /// The id of a word that is already folded, if the document holds it.
    pub fn id(&self, folded: &str) -> Option<u32> {
        self.table.find(hash(folded), |&id| slice(&self.arena, &self.ends, id) == folded).copied()
    }

    /// The folded word behind an id.
    pub fn word(&self, id: u32) -> &str {
        slice(&self.arena, &self.ends, id)
    }

    /// How often the document holds it.
    pub fn count(&self, id: u32) -> u32 {
        self.counts[id as usize]
    }

    /// How many distinct words there are; ids are the numbers below it.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether the document holds no word.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

fn slice<'a>(arena: &'a str, ends: &[u32], id: u32) -> &'a str {
    let start = if id == 0 { 0 } else { ends[id as usize - 1] };
    &arena[start as usize..ends[id as usize] as usize]
}

fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
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
