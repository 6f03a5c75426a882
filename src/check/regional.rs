//! Two regional spellings in one article: “defense” here, “defence” there.

use std::sync::OnceLock;

use hashbrown::HashTable;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{
    Block, Document, Lang, PerLanguage, Span, Vocabulary, WORD_FILTER, Word, WordSet, word_bit, word_hash,
};

/// A quotation of fewer words is a title, a sign or a term, and is quoted as it is spelled. Longer ones are speech,
/// which the house spells as it does the rest.
const SHORT_QUOTATION: usize = 8;

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Regional {
    /// The two sides, by language.
    spellings: PerLanguage<Spellings>,
    #[serde(skip)]
    built: OnceLock<Table>,
}

/// What tells the two sides of a language apart.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spellings {
    /// Keys of the phrases that name the sides, first and second.
    sides: [String; 2],
    /// Words for numbers: what follows one is a measure.
    #[serde(default)]
    numbers: WordSet,
    groups: Vec<Group>,
}

/// Words that are told apart by the same change: every stem with every form.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    stems: Vec<String>,
    /// `first/second`: what follows the stem on either side.
    forms: Vec<String>,
    /// The spelling that is right on the other side too, and so is evidence of neither: 1 or 2.
    #[serde(default)]
    shared: u8,
    /// Whether both spellings stand in one dialect as two words (practice, practise).
    #[serde(default)]
    apart: bool,
    /// Whether the first spelling counts only after a number (a meter measures gas, six meters are a length).
    #[serde(default)]
    measure: bool,
}

/// What a word is evidence of.
#[derive(Debug, Clone, Copy)]
struct Entry {
    family: u32,
    group: u16,
    side: u8,
    /// Which stem and form of the group the word is made of.
    stem: u16,
    form: u16,
}

/// Every word of the two sides, by its hash: the spellings themselves stay in their groups.
#[derive(Debug)]
struct Table {
    filter: Vec<u8>,
    words: HashTable<(u64, Entry)>,
}

impl Table {
    fn with_capacity(words: usize) -> Table {
        Table { filter: vec![0; WORD_FILTER], words: HashTable::with_capacity(words) }
    }

    fn insert(&mut self, hash: u64, entry: Entry) {
        let (byte, bit) = word_bit(hash);
        self.filter[byte] |= bit;
        // Two words of the table with one hash are one word: the later entry holds.
        match self.words.find_mut(hash, |(h, _)| *h == hash) {
            Some(known) => known.1 = entry,
            None => {
                self.words.insert_unique(hash, (hash, entry), |(h, _)| *h);
            }
        }
    }

    fn get(&self, hash: u64) -> Option<Entry> {
        let (byte, bit) = word_bit(hash);
        if self.filter[byte] & bit == 0 {
            return None;
        }
        self.words.find(hash, |(h, _)| *h == hash).map(|(_, entry)| *entry)
    }
}

impl Spellings {
    /// Stem and ending of a word on one of the sides.
    fn parts(&self, entry: Entry, side: u8) -> (&str, &str) {
        let group = &self.groups[usize::from(entry.group)];
        let (first, second) = group.forms[usize::from(entry.form)].split_once('/').unwrap_or_default();
        (&group.stems[usize::from(entry.stem)], if side == 1 { first } else { second })
    }

    fn is(&self, entry: Entry, word: &str) -> bool {
        let (stem, ending) = self.parts(entry, entry.side);
        word.strip_prefix(stem) == Some(ending)
    }

    /// How the other side spells it.
    fn other(&self, entry: Entry) -> String {
        let (stem, ending) = self.parts(entry, 3 - entry.side);
        format!("{stem}{ending}")
    }

    fn find(&self, table: &Table, vocabulary: &Vocabulary, id: u32) -> Option<Entry> {
        let hash =
            if vocabulary.is_possessive(id) { word_hash(bare(vocabulary.word(id))) } else { vocabulary.hash(id) };
        table.get(hash).filter(|entry| self.is(*entry, bare(vocabulary.word(id))))
    }
}

/// How often the two sides are used, and which comes first.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    counts: [usize; 2],
    first: u8,
}

impl Tally {
    fn add(&mut self, side: u8) {
        self.counts[usize::from(side) - 1] += 1;
        self.first = if self.first == 0 { side } else { self.first };
    }

    fn count(&self, side: u8) -> usize {
        self.counts[usize::from(side) - 1]
    }

    /// The side that is used less; of two that are even, the one that comes first sets the style.
    fn less(&self) -> Option<u8> {
        let [one, two] = self.counts;
        (one > 0 && two > 0).then(|| match one.cmp(&two) {
            std::cmp::Ordering::Less => 1,
            std::cmp::Ordering::Greater => 2,
            std::cmp::Ordering::Equal => 3 - self.first,
        })
    }
}

/// A place where a word of the table stands.
#[derive(Debug, Clone, Copy)]
struct Use {
    word: Word,
    span: Span,
    entry: Entry,
}

impl Check for Regional {
    fn is_silent_in(&self, lang: Lang) -> bool {
        lang != Lang::ENGLISH || self.spellings.get(lang).is_none()
    }

    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        let Some(spellings) = self.spellings.get(Lang::ENGLISH).filter(|_| doc.lang() == Lang::ENGLISH) else { return };
        let table = self.built.get_or_init(|| build(spellings));
        let vocabulary = doc.vocabulary();
        let found: Vec<(u32, Entry)> =
            vocabulary.ids().filter_map(|id| Some((id, spellings.find(table, vocabulary, id)?))).collect();
        if ![1, 2].iter().all(|&side| found.iter().any(|(_, e)| e.side == side)) {
            return;
        }
        let mut known = vec![None; vocabulary.len()];
        found.into_iter().for_each(|(id, entry)| known[id as usize] = Some(entry));
        let uses = uses(doc, &known, spellings);
        let group = |u: &Use| &spellings.groups[usize::from(u.entry.group)];
        let strong = |u: &Use| group(u).shared != u.entry.side;
        let mut all = Tally::default();
        let (mut kinds, mut families) = (FxHashMap::<u16, Tally>::default(), FxHashMap::<u32, Tally>::default());
        for u in &uses {
            if strong(u) {
                all.add(u.entry.side);
            }
            kinds.entry(u.entry.group).or_default().add(u.entry.side);
            families.entry(u.entry.family).or_default().add(u.entry.side);
        }
        let overall = all.less();
        let mut told = FxHashSet::<u32>::default();
        for this in &uses {
            if told.contains(&this.word.id) {
                continue;
            }
            let by_style = overall == Some(this.entry.side) && strong(this);
            // Where one spelling is right everywhere, only its own kind is compared: -ise beside -ize.
            let kind = |u: &Use| u.entry.group == this.entry.group;
            let by_kind = || {
                let (family, tally) = (families[&this.entry.family], kinds[&this.entry.group]);
                let other = 3 - this.entry.side;
                let enough = family.count(other) > 0 || group(this).stems.len() > 1 && tally.count(other) >= 2;
                group(this).shared != 0 && !group(this).apart && enough && tally.less() == Some(this.entry.side)
            };
            if by_style || by_kind() {
                told.insert(this.word.id);
                let fits = |u: &&Use| u.entry.side != this.entry.side && if by_style { strong(u) } else { kind(u) };
                let same = uses.iter().filter(fits).find(|u| u.entry.family == this.entry.family);
                let Some(other) = same.or_else(|| uses.iter().find(fits)) else { continue };
                report(doc, spellings, this, other, &uses, out);
            }
        }
    }
}

fn report<'a>(doc: &'a Document, spellings: &Spellings, this: &Use, other: &Use, uses: &[Use], out: &mut Findings<'a>) {
    let better = spellings.other(this.entry);
    let side = |entry: Entry| spellings.sides[usize::from(entry.side) - 1].clone();
    let mut finding = Finding::new(doc, this.span)
        .slot("word", doc.slice(this.span))
        .slot("better", better.as_str())
        .slot("side", side(this.entry))
        .slot("other", side(other.entry))
        .related(other.span);
    for again in uses.iter().filter(|u| u.word.id == this.word.id) {
        finding = finding.replace(again.span, in_case_of(doc.slice(again.span), &better));
    }
    out.push(finding);
}

fn build(spellings: &Spellings) -> Table {
    let words: usize = spellings.groups.iter().map(|g| g.stems.len() * g.forms.len() * 2).sum();
    let mut table = Table::with_capacity(words);
    let mut family = 0;
    let mut word = String::new();
    for (index, group) in spellings.groups.iter().enumerate() {
        for stem_index in 0..group.stems.len() {
            family += 1;
            for (form, endings) in group.forms.iter().enumerate().filter_map(|(n, f)| Some((n, f.split_once('/')?))) {
                for (side, ending) in [(1, endings.0), (2, endings.1)] {
                    let (stem, form) = (stem_index as u16, form as u16);
                    let entry = Entry { family, group: index as u16, side, stem, form };
                    word.clear();
                    word.push_str(&group.stems[stem_index]);
                    word.push_str(ending);
                    table.insert(word_hash(&word), entry);
                }
            }
        }
    }
    table
}

/// A word without the ending of the genitive.
fn bare(word: &str) -> &str {
    word.strip_suffix("'s").unwrap_or(word)
}

/// The uses that are the writer's own: no names, no short quotations.
fn uses(doc: &Document, known: &[Option<Entry>], spellings: &Spellings) -> Vec<Use> {
    let mut out = Vec::new();
    let mut names = FxHashSet::<u32>::default();
    for block in doc.blocks() {
        let words = doc.words_of(block);
        let mut quotations = None;
        for (index, &word) in words.iter().enumerate() {
            let Some(entry) = known[word.id as usize] else { continue };
            let group = &spellings.groups[usize::from(entry.group)];
            if is_name(doc, words, index) {
                names.insert(word.id);
                continue;
            }
            let before = index.checked_sub(1).map(|i| words[i]);
            let counted = |w: Word| {
                doc.folded(w).starts_with(|c: char| c.is_ascii_digit()) || spellings.numbers.has(doc.folded(w))
            };
            if group.measure && entry.side == 1 && !before.is_some_and(counted) {
                continue;
            }
            let quoted = quotations.get_or_insert_with(|| short_quotations(doc, block, words));
            if quoted.iter().any(|q| q.contains(word.span)) {
                continue;
            }
            let text = doc.slice(word.span);
            let length = bare(doc.folded(word)).len().min(text.len());
            out.push(Use { word, span: Span::new(word.span.start, word.span.start + length as u32), entry });
        }
    }
    // “Labor says …” where “federal Labor” is a name.
    out.retain(|this| !(names.contains(&this.word.id) && doc.slice(this.span).starts_with(char::is_uppercase)));
    out
}

/// Whether a word is part of a name: it has a capital and does not just begin a sentence.
fn is_name(doc: &Document, words: &[Word], index: usize) -> bool {
    let capital = |w: &Word| doc.slice(w.span).starts_with(char::is_uppercase);
    if !capital(&words[index]) {
        return false;
    }
    let gap = |a: &Word, b: &Word| doc.slice(a.span.until(b.span));
    let begins =
        index == 0 || gap(&words[index - 1], &words[index]).contains(['.', '!', '?', ':', '"', '“', '\n', '•']);
    let next = words.get(index + 1).is_some_and(|next| capital(next) && gap(&words[index], next).trim().is_empty());
    !begins || next
}

/// Quotations of few words in a block.
fn short_quotations(doc: &Document, block: &Block, words: &[Word]) -> Vec<Span> {
    let mut out = Vec::new();
    let mut open: Option<u32> = None;
    let text = block.span.slice(doc.text());
    for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '"' | '“' | '”')) {
        let here = block.span.start + at as u32;
        match open.take() {
            Some(start) if c != '“' => {
                let first = words.partition_point(|w| w.span.start < start);
                let last = words.partition_point(|w| w.span.start < here);
                if last - first < SHORT_QUOTATION {
                    out.push(Span::new(start, here));
                }
            }
            _ if c != '”' => open = Some(here),
            _ => {}
        }
    }
    out
}

/// A spelling with the capitals of the word in whose place it comes.
fn in_case_of(word: &str, spelling: &str) -> String {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if letters > 1 && word.chars().all(|c| !c.is_lowercase()) {
        return spelling.to_uppercase();
    }
    let mut chars = spelling.chars();
    match (word.starts_with(char::is_uppercase), chars.next()) {
        (true, Some(first)) => first.to_uppercase().chain(chars).collect(),
        _ => spelling.to_owned(),
    }
}
