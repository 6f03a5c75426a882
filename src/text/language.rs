//! What a language is like: the files of `lints/languages/`, read when a document of that language comes by.

use std::collections::{BTreeMap, HashSet};
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

use super::fold::fold;
use super::lang::Lang;
use super::naming::Naming;

/// One file of `lints/languages/`. Everything has a neutral default: a language without a file splits at the
/// common end marks, and lints that need more are silent in it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Language {
    /// The English name of the language.
    pub name: String,
    /// The scripts it is written in, by their Unicode names; Latin unless said.
    pub scripts: Vec<String>,
    /// The small letters of its words besides a to z, for a language in Latin script; `None` where nobody listed them.
    pub letters: Option<String>,
    /// Characters that end a sentence, besides `.!?…`.
    pub end_marks: String,
    /// Words that are followed by a full stop without ending a sentence, written without their last stop.
    pub abbreviations: WordSet,
    /// Abbreviations that are words too, or stand before a number only (“No. 5”, “p. 12”, “Mar. 3”): read as such where
    /// a number follows, or a small letter.
    pub abbreviations_of_numbers: WordSet,
    /// Whether a number with a full stop is an ordinal (“am 3. März”).
    pub ordinal_stop: bool,
    /// Opening and closing marks of a quotation, two characters each, the usual ones of the language first.
    pub quotes: Vec<String>,
    /// Whether one closing guillemet stands for two quotations that end together: “ООО «Верфь «Нева»”.
    pub one_closing: bool,
    /// Words that cannot end a sentence: articles, most prepositions, conjunctions.
    pub dangling: WordSet,
    /// Words that can end a sentence although the text seems to end in one of `dangling`: in a language without spaces
    /// those that end in the same letters (“こと” and “と”), in others those that stand with a word before them (“entre elles”).
    pub complete: Vec<String>,
    /// Words of `dangling` that may end a heading, which is often half a sentence: verbs at the end of a clause, prepositions
    /// that their noun stands before (“What we look for”).
    pub heading_ends: WordSet,
    /// Whether headlines, items and the like rightly end in words of `dangling`: in a language with postpositions, or one that
    /// writes the parts of its words apart.
    pub open_lines: bool,
    /// Endings of the inflected forms of names, in small letters: “Путин-а”, “Praz-e”.
    pub inflections: Vec<String>,
    /// Vowels before the last consonant of a word that go where an ending comes: “Hynek”, “Hynka”.
    pub fleeting: String,
    /// Titles and offices that stand with the names of people, small: “president”, “mrs”.
    pub titles: WordSet,
    /// Whether every noun has a capital letter, so that a capital makes no name.
    pub nouns_have_capitals: bool,
    /// Words after which a noun stands and no bare name: articles and what is bent like them. Only where nouns have capitals.
    pub determiners: WordSet,
    /// Endings that only nouns have and no names: “-ung”, “-heit”. Only where nouns have capitals.
    pub noun_endings: Vec<String>,
    /// Words that it shares with many languages, so that one of them was not left over where a translation has it: “taxi”.
    pub loans: WordSet,
    /// Endings of words that it shares with the language of this tag, or under `und` with many: “-tion”, French.
    pub shared_endings: BTreeMap<String, Vec<String>>,
    /// Words that may stand twice in a row (“had had”, “very very”).
    pub doublings: WordSet,
    /// Whether doubling a word is part of the grammar (“anak-anak”, “धीरे धीरे”, “天天”): then only `dangling` words written
    /// twice are slips.
    pub reduplicates: bool,
    /// How names are written, where no capital letter tells them.
    pub names: Naming,
}

static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/languages.rs"));

impl Language {
    /// The data of a language; of an unknown one, or one without a file, the neutral default.
    pub fn of(lang: Lang) -> &'static Language {
        // Checks ask once a block: the table is searched by the tag's bytes, which takes no hash.
        static LOADED: LazyLock<Vec<(Lang, OnceLock<Language>)>> = LazyLock::new(|| {
            let mut all: Vec<_> = Language::known().map(|lang| (lang, OnceLock::new())).collect();
            all.sort_unstable_by_key(|(lang, _)| lang.key());
            all
        });
        static NEUTRAL: LazyLock<Language> = LazyLock::new(Language::default);
        let find = |lang: Lang| LOADED.binary_search_by_key(&lang.key(), |l| l.0.key()).ok().map(|at| &LOADED[at]);
        let whole = || Lang::parse(lang.as_str().split('-').next()?);
        let Some((lang, slot)) = find(lang).or_else(|| find(whole()?)) else { return &NEUTRAL };
        slot.get_or_init(|| {
            let tag = lang.as_str();
            let json = FILES.iter().find(|f| f.0 == tag).map(|f| f.1).unwrap_or("{}");
            serde_json::from_str(json).unwrap_or_else(|e| panic!("lints/languages/{tag}.toml: {e}"))
        })
    }

    /// Whether it has small letters and capitals.
    pub fn has_case(&self) -> bool {
        let cased =
            |script: &String| matches!(script.as_str(), "Latin" | "Cyrillic" | "Greek" | "Armenian" | "Georgian");
        self.scripts.is_empty() || self.scripts.iter().any(cased)
    }

    /// The languages that have a file.
    pub fn known() -> impl Iterator<Item = Lang> {
        FILES.iter().filter_map(|f| Lang::parse(f.0))
    }
}

/// The place of a language among the files, below 64.
pub(super) fn number(lang: Lang) -> Option<usize> {
    FILES.iter().position(|f| f.0 == lang.as_str())
}

/// The language at a place among the files.
pub(super) fn numbered(number: usize) -> Option<Lang> {
    Lang::parse(FILES.get(number)?.0)
}

/// A set of words, folded as the [`Vocabulary`](super::Vocabulary) folds them.
#[derive(Debug, Default, Clone)]
pub struct WordSet(HashSet<String, rustc_hash::FxBuildHasher>);

impl WordSet {
    /// Whether a folded word is in the set.
    pub fn has(&self, folded: &str) -> bool {
        self.0.contains(folded)
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl<S: AsRef<str>> FromIterator<S> for WordSet {
    fn from_iter<I: IntoIterator<Item = S>>(words: I) -> WordSet {
        WordSet(words.into_iter().map(|w| fold(w.as_ref())).collect())
    }
}

impl<'de> Deserialize<'de> for WordSet {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<WordSet, D::Error> {
        Ok(Vec::<String>::deserialize(from)?.into_iter().collect())
    }
}

/// Data by language: `except.en = […]` in a definition. `und` holds in every language.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct PerLanguage<T>(BTreeMap<Lang, T>);

impl<T> Default for PerLanguage<T> {
    fn default() -> Self {
        PerLanguage(BTreeMap::new())
    }
}

impl<T> PerLanguage<T> {
    /// What is there for a language itself.
    pub fn get(&self, lang: Lang) -> Option<&T> {
        self.0.get(&lang)
    }

    /// What holds in a language: its own entry, then the one for all.
    pub fn all(&self, lang: Lang) -> impl Iterator<Item = &T> {
        self.0.get(&lang).into_iter().chain(self.0.get(&Lang::UNKNOWN).filter(move |_| lang.is_known()))
    }
}

impl PerLanguage<WordSet> {
    /// Whether a folded word is in the set of this language or of all.
    pub fn has(&self, lang: Lang, folded: &str) -> bool {
        self.all(lang).any(|set| set.has(folded))
    }
}
