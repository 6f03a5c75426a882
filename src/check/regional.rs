//! Two regional spellings in one article: “defense” here, “defence” there.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Block, Document, Lang, PerLanguage, Span, Word, WordSet};

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
}

type Table = FxHashMap<String, (Entry, String)>;

/// A place where a word of the table stands.
#[derive(Debug, Clone, Copy)]
struct Use {
    word: Word,
    span: Span,
    entry: Entry,
}

impl Check for Regional {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        let Some(spellings) = self.spellings.get(Lang::ENGLISH).filter(|_| doc.lang() == Lang::ENGLISH) else { return };
        let table = self.built.get_or_init(|| build(spellings));
        let vocabulary = doc.vocabulary();
        let known: Vec<Option<Entry>> =
            (0..vocabulary.len() as u32).map(|id| table.get(bare(vocabulary.word(id))).map(|e| e.0)).collect();
        if ![1, 2].iter().all(|&side| known.iter().flatten().any(|e| e.side == side)) {
            return;
        }
        let uses = uses(doc, &known, spellings);
        let group = |u: &Use| &spellings.groups[usize::from(u.entry.group)];
        let strong = |u: &Use| group(u).shared != u.entry.side;
        let count = |side: u8, of: &dyn Fn(&Use) -> bool| uses.iter().filter(|u| u.entry.side == side && of(u)).count();
        // Of two sides that are even, the one that comes first sets the style.
        let less = |of: &dyn Fn(&Use) -> bool| {
            let (one, two) = (count(1, of), count(2, of));
            let first = uses.iter().find(|u| of(u)).map_or(1, |u| u.entry.side);
            (one > 0 && two > 0).then(|| match one.cmp(&two) {
                std::cmp::Ordering::Less => 1,
                std::cmp::Ordering::Greater => 2,
                std::cmp::Ordering::Equal => 3 - first,
            })
        };
        let overall = less(&strong);
        let mut told: Vec<u32> = Vec::new();
        for this in &uses {
            if told.contains(&this.word.id) {
                continue;
            }
            let by_style = overall == Some(this.entry.side) && strong(this);
            // Where one spelling is right everywhere, only its own kind is compared: -ise beside -ize.
            let kind = |u: &Use| u.entry.group == this.entry.group;
            let by_kind = || {
                let same = uses.iter().any(|u| u.entry.family == this.entry.family && u.entry.side != this.entry.side);
                let enough = same || group(this).stems.len() > 1 && count(3 - this.entry.side, &kind) >= 2;
                group(this).shared != 0 && !group(this).apart && enough && less(&kind) == Some(this.entry.side)
            };
            if by_style || by_kind() {
                told.push(this.word.id);
                let fits = |u: &&Use| u.entry.side != this.entry.side && if by_style { strong(u) } else { kind(u) };
                let same = uses.iter().filter(fits).find(|u| u.entry.family == this.entry.family);
                let Some(other) = same.or_else(|| uses.iter().find(fits)) else { continue };
                self.report(doc, spellings, table, this, other, &uses, out);
            }
        }
    }
}

impl Regional {
    #[allow(clippy::too_many_arguments)]
    fn report<'a>(
        &self,
        doc: &'a Document,
        spellings: &Spellings,
        table: &Table,
        this: &Use,
        other: &Use,
        uses: &[Use],
        out: &mut Findings<'a>,
    ) {
        let Some((_, better)) = table.get(bare(doc.folded(this.word))) else { return };
        let side = |entry: Entry| spellings.sides[usize::from(entry.side) - 1].clone();
        let mut finding = Finding::new(doc, this.span)
            .slot("word", doc.slice(this.span))
            .slot("better", better)
            .slot("side", side(this.entry))
            .slot("other", side(other.entry))
            .related(other.span);
        for again in uses.iter().filter(|u| u.word.id == this.word.id) {
            finding = finding.replace(again.span, in_case_of(doc.slice(again.span), better));
        }
        out.push(finding);
    }
}

fn build(spellings: &Spellings) -> Table {
    let mut table = Table::default();
    let mut family = 0;
    for (index, group) in spellings.groups.iter().enumerate() {
        for stem in &group.stems {
            family += 1;
            for form in &group.forms {
                let Some((first, second)) = form.split_once('/') else { continue };
                let (one, two) = (format!("{stem}{first}"), format!("{stem}{second}"));
                let entry = |side| Entry { family, group: index as u16, side };
                table.insert(one.clone(), (entry(1), two.clone()));
                table.insert(two, (entry(2), one));
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
    for block in doc.blocks() {
        let words = doc.words_of(block);
        let mut quotations = None;
        for (index, &word) in words.iter().enumerate() {
            let Some(entry) = known[word.id as usize] else { continue };
            let group = &spellings.groups[usize::from(entry.group)];
            if is_name(doc, words, index) {
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
