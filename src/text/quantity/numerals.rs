//! The words for numbers of a language: the section `[numbers]` of its file in `lints/languages/`.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::number::Number;
use crate::text::{Lang, fold};

static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/numbers.rs"));

/// The section as it is written. Forms of one number stand in one string with spaces between; `_` is a space inside a form,
/// and `*` at its end stands for any ending of up to six letters.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Section {
    /// The mark before decimals, the usual one first.
    decimal: String,
    /// Marks between groups of figures.
    grouping: String,
    /// Whether the words of one number are written together.
    glued: bool,
    /// Whether “five and twenty” is 25.
    unit_first: bool,
    /// Whether “ten two” is 12.
    adds_to_ten: bool,
    /// A letter written onto the next word that joins numbers.
    joining_prefix: String,
    /// From 0 on.
    cardinals: Vec<String>,
    /// 20 to 90.
    tens: Vec<String>,
    /// 100 to 900, where they are words of their own.
    hundreds: Vec<String>,
    /// From 0 on.
    ordinals: Vec<String>,
    /// 20th to 90th.
    ordinal_tens: Vec<String>,
    /// January to December.
    months: Vec<String>,
    /// Words between the parts of a number.
    joiners: Vec<String>,
    /// Words for numbers that are other words too.
    vague: Vec<String>,
    /// What may be written onto a number: “drei-jährig”.
    suffixes: Vec<String>,
    /// What stands behind hours.
    clock: Vec<String>,
    /// What is written onto a year to name its decade: “1850s”.
    decades: Vec<String>,
    /// Characters behind a single Han figure that show that it counts; else it may be part of a word.
    counters: Vec<String>,
    /// Units of measure that translations convert.
    imperial: Vec<String>,
    /// Phrases that hold a number and are none: “per cent”.
    skip: Vec<String>,
    /// Words for powers of ten.
    powers: BTreeMap<u32, Vec<String>>,
    /// Letters for them, right behind figures.
    short: BTreeMap<u32, Vec<String>>,
    /// Names of eras, with the year before their first.
    eras: BTreeMap<String, u64>,
    /// Words that may render a number, by the values that they may render.
    hints: BTreeMap<String, Vec<String>>,
}

/// How a word means a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// It counts.
    Cardinal,
    /// It counts, or is another word.
    Vague,
    /// It tells a place in a row.
    Ordinal,
    /// It multiplies by a power of ten.
    Power,
}

/// A word for a number: its value, or the power of ten.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    pub value: u64,
    pub kind: Kind,
}

/// The words for numbers of a language, to be looked up.
#[derive(Debug, Default)]
pub struct Numerals {
    pub(super) decimal: String,
    pub(super) grouping: String,
    pub(super) glued: bool,
    pub(super) unit_first: bool,
    pub(super) adds_to_ten: bool,
    pub(super) joining_prefix: String,
    pub(super) clock: Vec<String>,
    pub(super) decades: Vec<String>,
    pub(super) counters: Vec<String>,
    pub(super) imperial: Vec<String>,
    pub(super) eras: Vec<(String, u64)>,
    joiners: Vec<String>,
    suffixes: Words<()>,
    skip: Words<()>,
    atoms: Words<Atom>,
    hints: Words<Vec<Number>>,
    short: FxHashMap<String, u32>,
    /// Whether it multiplies by ten thousand.
    myriads: bool,
    /// Whether there is anything.
    known: bool,
}

/// Words and beginnings of words.
#[derive(Debug)]
struct Words<T> {
    whole: FxHashMap<String, T>,
    begun: FxHashMap<String, T>,
    /// Bytes of the longest.
    longest: usize,
    /// How they begin, and those of several words.
    starts: Starts,
    phrases: Starts,
}

impl<T> Default for Words<T> {
    fn default() -> Self {
        Words {
            whole: FxHashMap::default(),
            begun: FxHashMap::default(),
            longest: 0,
            starts: Starts::default(),
            phrases: Starts::default(),
        }
    }
}

/// The first two characters of words, as a filter: most words of a text are no numbers, and are told so by these.
#[derive(Debug, Default)]
struct Starts([u64; 4]);

impl Starts {
    fn bit(first: char, second: char) -> (usize, u64) {
        let mixed = (first as u32).wrapping_mul(31).wrapping_add(second as u32).wrapping_mul(0x9e37_79b9) >> 24;
        ((mixed / 64) as usize, 1 << (mixed % 64))
    }

    /// NUL stands for a second character that there is none of: what is behind it may be anything.
    fn add(&mut self, word: &str) {
        let mut chars = word.chars();
        let (place, bit) = Starts::bit(chars.next().unwrap_or('\0'), chars.next().unwrap_or('\0'));
        self.0[place] |= bit;
    }

    fn may_hold(&self, word: &str) -> bool {
        let mut chars = word.chars();
        let Some(first) = chars.next() else { return false };
        let holds = |second: char| {
            let (place, bit) = Starts::bit(first, second);
            self.0[place] & bit != 0
        };
        holds('\0') || chars.next().is_some_and(holds)
    }
}

/// Letters that `*` stands for at most.
const ENDING: usize = 6;

impl<T> Words<T> {
    /// The first meaning given to a form stays.
    fn add(&mut self, form: &str, value: T) {
        let form = fold(form).replace(['_', '-'], " ");
        self.longest = self.longest.max(form.len());
        let stem = form.strip_suffix('*').unwrap_or(&form);
        self.starts.add(stem);
        if stem.contains(' ') {
            self.phrases.add(stem);
        }
        match form.strip_suffix('*') {
            Some(stem) => self.begun.entry(stem.to_owned()).or_insert(value),
            None => self.whole.entry(form).or_insert(value),
        };
    }

    fn get(&self, word: &str) -> Option<&T> {
        if !self.starts.may_hold(word) {
            return None;
        }
        if let Some(value) = self.whole.get(word) {
            return Some(value);
        }
        if self.begun.is_empty() {
            return None;
        }
        let cuts = word.char_indices().rev().map(|(at, _)| at).take(ENDING);
        std::iter::once(word.len()).chain(cuts).find_map(|at| self.begun.get(&word[..at]))
    }
}

impl Numerals {
    /// Those of a language; none where its file lists none.
    pub fn of(lang: Lang) -> &'static Numerals {
        static LOADED: LazyLock<FxHashMap<Lang, (&str, OnceLock<Numerals>)>> = LazyLock::new(|| {
            FILES.iter().filter_map(|(tag, json)| Some((Lang::parse(tag)?, (*json, OnceLock::new())))).collect()
        });
        static NONE: LazyLock<Numerals> =
            LazyLock::new(|| Numerals { decimal: ".,".to_owned(), grouping: ",. ".to_owned(), ..Numerals::default() });
        let Some((json, slot)) = LOADED.get(&lang) else { return &NONE };
        slot.get_or_init(|| {
            let section: Section =
                serde_json::from_str(json).unwrap_or_else(|e| panic!("lints/languages/{lang}.toml: numbers: {e}"));
            Numerals::from(section)
        })
    }

    /// Whether the language has any.
    pub fn is_known(&self) -> bool {
        self.known
    }

    /// Whether it counts by ten thousands: 万, 만.
    pub(super) fn has_myriads(&self) -> bool {
        self.myriads
    }

    /// The meaning of a folded word or phrase.
    pub(super) fn atom(&self, word: &str) -> Option<Atom> {
        self.atoms.get(word).copied()
    }

    /// The meaning of exactly these letters, for what is written together.
    pub(super) fn whole_atom(&self, word: &str) -> Option<Atom> {
        self.atoms.whole.get(word).copied()
    }

    /// Whether a phrase of several words may begin with a word.
    pub(super) fn may_begin_phrase(&self, word: &str) -> bool {
        self.atoms.phrases.may_hold(word) || self.skip.phrases.may_hold(word)
    }

    /// Bytes of the longest word or phrase.
    pub(super) fn longest(&self) -> usize {
        self.atoms.longest.max(self.skip.longest)
    }

    pub(super) fn hint(&self, word: &str) -> Option<&[Number]> {
        self.hints.get(word).map(Vec::as_slice)
    }

    pub(super) fn is_skipped(&self, phrase: &str) -> bool {
        self.skip.get(phrase).is_some()
    }

    pub(super) fn is_joiner(&self, word: &str) -> bool {
        self.joiners.iter().any(|j| j == word)
    }

    pub(super) fn joiners(&self) -> impl Iterator<Item = &str> {
        self.joiners.iter().map(String::as_str)
    }

    pub(super) fn is_suffix(&self, letters: &str) -> bool {
        self.suffixes.get(letters).is_some()
    }

    /// The power of ten that letters right behind figures may stand for.
    pub(super) fn short(&self, letters: &str) -> Option<u32> {
        self.short.get(letters).copied()
    }

    /// The longest power or hint that a text begins with, for what is written without spaces: its bytes and what it is.
    pub(super) fn power_at(&self, text: &str) -> Option<(usize, u32)> {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8()).take(2);
        ends.filter_map(|end| {
            self.whole_atom(&text[..end]).filter(|a| a.kind == Kind::Power).map(|a| (end, a.value as u32))
        })
        .last()
    }
}

impl From<Section> for Numerals {
    fn from(section: Section) -> Numerals {
        let myriads = section.powers.contains_key(&4);
        let mut n = Numerals { known: true, myriads, ..Numerals::default() };
        let vague: Vec<String> = section.vague.iter().map(|w| fold(w)).collect();
        let mut add = |forms: &str, value: u64, kind: Kind| {
            for form in forms.split_whitespace() {
                // A beginning that stands for many words proves little.
                let unsure =
                    kind != Kind::Power && vague.contains(&fold(form)) || form.ends_with('*') && kind == Kind::Cardinal;
                n.atoms.add(form, Atom { value, kind: if unsure { Kind::Vague } else { kind } });
            }
        };
        let rows = |rows: &[String], first: u64, step: u64| -> Vec<(String, u64)> {
            rows.iter().enumerate().map(|(at, forms)| (forms.clone(), first + step * at as u64)).collect()
        };
        for (forms, value) in rows(&section.cardinals, 0, 1) {
            add(&forms, value, Kind::Cardinal);
        }
        rows(&section.tens, 20, 10).iter().for_each(|(forms, value)| add(forms, *value, Kind::Cardinal));
        rows(&section.hundreds, 100, 100).iter().for_each(|(forms, value)| add(forms, *value, Kind::Cardinal));
        for (power, forms) in &section.powers {
            forms.iter().for_each(|form| add(form, u64::from(*power), Kind::Power));
        }
        rows(&section.ordinals, 0, 1).iter().for_each(|(forms, value)| add(forms, *value, Kind::Ordinal));
        rows(&section.ordinal_tens, 20, 10).iter().for_each(|(forms, value)| add(forms, *value, Kind::Ordinal));
        for (months, value) in rows(&section.months, 1, 1) {
            months.split_whitespace().for_each(|form| n.hints.add(form, vec![Number::whole(value)]));
        }
        for (values, forms) in &section.hints {
            let values: Vec<Number> = values.split_whitespace().filter_map(Number::parse).collect();
            forms.iter().for_each(|form| n.hints.add(form, values.clone()));
        }
        section.suffixes.iter().for_each(|form| n.suffixes.add(form, ()));
        section.skip.iter().for_each(|form| n.skip.add(form, ()));
        for (power, forms) in &section.short {
            n.short.extend(forms.iter().map(|form| (fold(form), *power)));
        }
        let folded = |words: &[String]| words.iter().map(|w| fold(w)).collect();
        Numerals {
            decimal: section.decimal,
            grouping: section.grouping,
            glued: section.glued,
            unit_first: section.unit_first,
            adds_to_ten: section.adds_to_ten,
            joining_prefix: section.joining_prefix,
            clock: folded(&section.clock),
            decades: section.decades,
            counters: section.counters,
            imperial: folded(&section.imperial),
            eras: section.eras.into_iter().collect(),
            joiners: folded(&section.joiners),
            ..n
        }
    }
}
