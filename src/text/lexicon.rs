//! A long list of words, kept as text until someone asks for one.

use std::hash::Hasher;
use std::sync::OnceLock;

use rustc_hash::FxHasher;
use serde::Deserialize;

/// Words in one string, folded and separated by white space. Nothing is read from it before the first question: most runs
/// of the program never ask.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(transparent)]
pub struct Lexicon {
    words: String,
    #[serde(skip)]
    hashes: OnceLock<Box<[u64]>>,
}

impl Lexicon {
    /// Whether a folded word is in the list.
    pub fn has(&self, folded: &str) -> bool {
        let hashes = self.hashes.get_or_init(|| {
            let mut hashes: Vec<u64> = self.words.split_whitespace().map(hash).collect();
            hashes.sort_unstable();
            hashes.into()
        });
        hashes.binary_search(&hash(folded)).is_ok()
    }
}

/// Two different words of a few thousand share 64 bits in one of a million million lists.
fn hash(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_its_words_only() {
        let lexicon = Lexicon { words: "monday\n tuesday".to_owned(), ..Lexicon::default() };
        assert!(lexicon.has("tuesday") && lexicon.has("monday"));
        assert!(!lexicon.has("day") && !lexicon.has(""));
    }
}
