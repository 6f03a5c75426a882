//! A place where a word is used as a name, or looks like one that is.

use rustc_hash::FxHashMap;

use crate::text::{Span, plain};

/// One use of a name.
#[derive(Debug, Clone, Copy)]
pub struct Sighting {
    /// The name without what is written onto it.
    pub span: Span,
    /// Its spelling, by its number among all words here.
    pub form: u32,
    /// The part of the same name before it, likewise.
    pub before: Option<u32>,
    /// The part after it.
    pub after: Option<u32>,
    /// The title beside it.
    pub title: Option<u32>,
    /// Its Latin spelling in brackets behind it.
    pub gloss: Option<u32>,
    /// Whether something says that it is a name: a title, a Latin spelling, a dot where only names have one.
    pub named: bool,
    /// The sentence, or what else no two mentions of one name share.
    pub sentence: u32,
    /// Whether something is written onto its end.
    pub bears: bool,
}

/// All of them, in order, and the words that they speak of.
#[derive(Debug, Default)]
pub struct Sightings {
    /// The places.
    pub all: Vec<Sighting>,
    /// Whether parts of one name are told from other words by dots, so that two with other parts are two names.
    pub dotted: bool,
    words: Vec<String>,
    numbers: FxHashMap<String, u32>,
}

impl Sightings {
    /// The number of a word.
    pub fn number(&mut self, word: &str) -> u32 {
        let word = plain(word);
        if let Some(number) = self.numbers.get(&word) {
            return *number;
        }
        let number = self.words.len() as u32;
        self.words.push(word.clone());
        self.numbers.insert(word, number);
        number
    }

    /// The word of a number.
    pub fn word(&self, number: u32) -> &str {
        &self.words[number as usize]
    }
}
