//! What a finding is known by in a baseline, and how that is written down.

use std::fmt;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::diagnostic::Diagnostic;
use crate::report::{slashed, words_hash};

/// A finding that is accepted for now. The words are those of its block only, so that what is done to other paragraphs
/// does not touch it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Where it was last found: the path from the folder of the baseline, with forward slashes. Only a hint.
    pub path: String,
    /// The id of the lint.
    pub lint: String,
    /// The letters before the marked words in their block, up to twenty, words parted by spaces.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// The marked words; of long ones the beginning and a hash.
    pub words: String,
    /// The letters after them, likewise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub after: String,
    /// How many times it is found with the same words around it.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub count: usize,
}

fn one() -> usize {
    1
}

fn is_one(count: &usize) -> bool {
    *count == 1
}

/// How many letters and digits to each side of a finding take part, in code points: some three words.
const NEIGHBOURS: usize = 20;
/// Marked words of more letters than this are cut, in code points.
const LONGEST: usize = 80;

/// What entries are compared by: the lint and the letters, without case, spaces and line breaks. Re-wrapping a paragraph
/// changes none of them, also where words are not parted by spaces.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    lint: String,
    letters: [String; 3],
}

impl Entry {
    /// The entry of a finding, in the file of this name.
    pub fn of(d: &Diagnostic, path: &str) -> Entry {
        let text = d.at.source.text();
        let part = |from: u32, to: u32| text.get(from as usize..to as usize).unwrap_or_default();
        let (at, block) = (d.at.span, d.block);
        Entry {
            path: path.to_owned(),
            lint: d.lint.id.clone(),
            before: last(part(block.start, at.start)),
            words: marked(part(at.start, at.end)),
            after: first(part(at.end, block.end), NEIGHBOURS),
            count: 1,
        }
    }

    /// What it is compared by.
    pub fn key(&self) -> Key {
        let letters = |text: &str| text.split(' ').flat_map(str::chars).flat_map(char::to_lowercase).collect();
        Key { lint: self.lint.clone(), letters: [&self.before, &self.words, &self.after].map(|text| letters(text)) }
    }
}

impl fmt::Display for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} “{}”", slashed(Path::new(&self.path)), self.lint, self.words)?;
        if self.count > 1 { write!(f, " ({} times)", self.count) } else { Ok(()) }
    }
}

/// The marked words. One that has no space in it may be all marks and no letters, so they count too.
fn marked(text: &str) -> String {
    let is_one_word = !text.trim().contains(char::is_whitespace);
    let words = if is_one_word { text.trim().to_owned() } else { first(text, usize::MAX) };
    if words.chars().count() <= LONGEST {
        return words;
    }
    let letters: String = words.split(' ').collect::<String>().to_lowercase();
    format!("{} {:016x}", first(&words, LONGEST / 2), words_hash(&[&letters]))
}

/// The first letters, words parted by single spaces.
fn first(text: &str, most: usize) -> String {
    let mut out = String::new();
    let (mut count, mut is_apart) = (0, false);
    for c in text.chars() {
        if !c.is_alphanumeric() {
            is_apart = true;
            continue;
        }
        if count == most {
            break;
        }
        if is_apart && !out.is_empty() {
            out.push(' ');
        }
        out.push(c);
        (count, is_apart) = (count + 1, false);
    }
    out
}

/// The last letters, likewise.
fn last(text: &str) -> String {
    let from = text.char_indices().rev().filter(|(_, c)| c.is_alphanumeric()).take(NEIGHBOURS).last();
    from.map_or(String::new(), |(at, _)| first(&text[at..], NEIGHBOURS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_taken_from_the_edge_next_to_the_finding() {
        assert_eq!(first(" —ferry,\n> the pier is open again", NEIGHBOURS), "ferry the pier is open ag");
        assert_eq!(last("All was well. After three winters: "), "ell After three winters");
        assert_eq!(last("…"), "");
    }

    #[test]
    fn marks_alone_are_words_and_long_words_are_cut() {
        assert_eq!(marked("â€™"), "â€™");
        assert_eq!(marked("the\n  the"), "the the");
        let long = "word ".repeat(50);
        assert_eq!(marked(&long), marked(&long.replace(' ', "\n")));
        assert_ne!(marked(&long), marked(&format!("{long}more")));
        assert!(marked(&long).len() < 90, "{}", marked(&long));
    }
}
