//! What a house has decided about terms: what renders them, what must not, what stays as it is.

use std::collections::HashMap;

use crate::text::words::for_each_word;
use crate::text::{Lang, fold};

/// The terms of a house.
#[derive(Debug, Default, Clone)]
pub struct Glossary {
    concepts: Vec<Concept>,
    /// Terms by how their first word begins: the number of the concept and that of the term in it.
    by_start: HashMap<String, Vec<(u32, u32)>>,
}

/// One thing, with the words for it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Concept {
    /// The words, in the order of the glossary.
    pub terms: Vec<Term>,
    /// Whether it is to stand in a translation as it stands in the original.
    pub kept: bool,
}

/// A word or phrase for a thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// As the glossary writes it.
    pub text: String,
    /// Where it is used.
    pub side: Side,
    /// Whether the house does not want it.
    pub forbidden: bool,
    words: Vec<String>,
}

/// Where a term is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// In originals, whatever their language.
    Source,
    /// In translations, whatever their language.
    Target,
    /// In texts of a language.
    Lang(Lang),
}

impl Term {
    /// A term; `None` if it holds no word.
    pub fn new(text: &str, side: Side, forbidden: bool) -> Option<Term> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut words = Vec::new();
        for_each_word(&text, |from, to| words.push(fold(&text[from..to])));
        (!words.is_empty()).then_some(Term { text, side, forbidden, words })
    }

    /// Its words, case-folded.
    pub fn words(&self) -> &[String] {
        &self.words
    }
}

impl Concept {
    /// What is to be written in translations into a language.
    pub fn wanted(&self, lang: Lang) -> impl Iterator<Item = &Term> {
        self.of_target(lang).filter(|term| !term.forbidden)
    }

    /// What is not to be written there.
    pub fn forbidden(&self, lang: Lang) -> impl Iterator<Item = &Term> {
        self.of_target(lang).filter(|term| term.forbidden)
    }

    fn of_target(&self, lang: Lang) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |term| term.side == Side::Target || term.side == Side::Lang(lang))
    }
}

/// Code points by which terms are looked up.
const START: usize = 2;

impl Glossary {
    /// Whether nothing has been decided.
    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty()
    }

    /// The terms of originals in a language that may begin with a word, case-folded, or with a form of it.
    pub fn beginning_like(&self, folded: &str, lang: Lang) -> impl Iterator<Item = (&Concept, &Term)> {
        let found = self.by_start.get(start(folded)).into_iter().flatten();
        found
            .map(|(concept, term)| {
                let concept = &self.concepts[*concept as usize];
                (concept, &concept.terms[*term as usize])
            })
            .filter(move |(_, term)| term.side == Side::Source || term.side == Side::Lang(lang))
    }
}

impl Extend<Concept> for Glossary {
    fn extend<I: IntoIterator<Item = Concept>>(&mut self, concepts: I) {
        for concept in concepts {
            let number = self.concepts.len() as u32;
            for (n, term) in concept.terms.iter().enumerate().filter(|(_, term)| term.side != Side::Target) {
                let first = term.words.first().map_or("", String::as_str);
                self.by_start.entry(start(first).to_owned()).or_default().push((number, n as u32));
            }
            self.concepts.push(concept);
        }
    }
}

impl FromIterator<Concept> for Glossary {
    fn from_iter<I: IntoIterator<Item = Concept>>(concepts: I) -> Glossary {
        let mut all = Glossary::default();
        all.extend(concepts);
        all
    }
}

fn start(word: &str) -> &str {
    &word[..word.char_indices().nth(START).map_or(word.len(), |(at, _)| at)]
}
