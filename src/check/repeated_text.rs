//! The same sentence or paragraph again, next to it or later.

use std::hash::Hasher;

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Block, BlockKind, Document, MaskKind, PartKind, Sentence, Span, Word};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RepeatedText {
    /// What is compared.
    unit: Unit,
}

/// What is compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Unit {
    /// Sentences that are not part of a repeated paragraph.
    #[default]
    Sentence,
    /// Paragraphs; a run of them that comes again is one finding.
    Paragraph,
}

/// Shorter sentences (in words) right after each other are formulas: “No comment.”
const ADJACENT: usize = 5;
/// Shorter sentences or paragraphs (in words) come again by right: “Please update to the latest version.”
const LATER: usize = 8;
/// Longer headings, in bytes, are not compared.
const HEADING: usize = 200;
/// What stands so often in one text is a refrain, or a formula of the house.
const FORMULA: usize = 3;

impl Check for RepeatedText {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        match self.unit {
            Unit::Paragraph => report_paragraphs(doc, &paragraphs(doc), out),
            Unit::Sentence => report_sentences(doc, out),
        }
    }
}

/// What a block is to those before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Again {
    /// None has its words.
    No,
    /// This one has, and one of the two is a slip.
    Slip(u32),
    /// One has them, as it should.
    ByRight,
}

/// For every block the block that it repeats.
fn paragraphs(doc: &Document) -> Vec<Again> {
    let blocks = doc.blocks();
    let code = Code::of(doc);
    let mut table = Copies::default();
    let mut all: Vec<Again> = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        let words = doc.words_of(block);
        let counts = is_running(block) && words.len() >= least(block, LATER);
        let first = counts.then(|| table.add(at as u32, words, |id| doc.words_of(&blocks[id as usize]))).flatten();
        // Items of lists come again by right, in release notes and timetables; side by side they do not.
        let may_be_slip = |f: u32| {
            let twin = &blocks[f as usize];
            let side_by_side = f as usize + 1 == at;
            (side_by_side
                || block.kind != BlockKind::ListItem
                    && !leads_on(doc, block)
                    && !code.parts(doc, twin.span, block.span))
                && names_the_same(doc, twin.span, block.span)
        };
        all.push(match first {
            Some(first) if are_parallel(doc, first as usize, at) => Again::ByRight,
            Some(first) if may_be_slip(first) => Again::Slip(first),
            _ => Again::No,
        });
    }
    let formula = |again: Again| match again {
        Again::Slip(first) if table.count(first) >= FORMULA => Again::No,
        again => again,
    };
    all.into_iter().map(formula).collect()
}

/// Whether two paragraphs stand each under a heading of its own, and the headings are the same but for a number: “Version
/// 2.5”, “Version 2.6”. Of two things of a kind the same is true.
fn are_parallel(doc: &Document, first: usize, again: usize) -> bool {
    let is_heading = |block: &&Block| block.kind == BlockKind::Heading && block.span.len() <= HEADING;
    let above = |at: usize| doc.blocks()[..at].last().filter(is_heading);
    let (Some(one), Some(other)) = (above(first), above(again)) else { return false };
    let shape = |span: Span| doc.slice(span).chars().filter(|c| !c.is_numeric() && *c != '.').collect::<String>();
    doc.slice(one.span) != doc.slice(other.span) && shape(one.span) == shape(other.span)
}

fn report_paragraphs<'a>(doc: &'a Document, copies: &[Again], out: &mut Findings<'a>) {
    let blocks = doc.blocks();
    let mut at = 0;
    while at < copies.len() {
        let Again::Slip(first) = copies[at] else {
            at += 1;
            continue;
        };
        // A run of paragraphs that comes again in the same order is one slip.
        let run = (1..).take_while(|&n| copies.get(at + n) == Some(&Again::Slip(first + n as u32))).count();
        let span = blocks[at].span.to(blocks[at + run].span);
        let twin = blocks[first as usize].span.to(blocks[first as usize + run].span);
        let gap = if at > 0 { Span::new(blocks[at - 1].span.end, span.end) } else { span };
        out.push(Finding::new(doc, span).slot("text", doc.slice(span)).related(twin).delete(gap));
        at += run + 1;
    }
}

fn report_sentences<'a>(doc: &'a Document, out: &mut Findings<'a>) {
    let sentences = doc.sentences();
    let code = Code::of(doc);
    let mut table = Copies::default();
    // Sentence, its twin, its block.
    let mut found: Vec<(usize, u32, usize)> = Vec::new();
    let mut at = 0;
    for (number, block) in doc.blocks().iter().enumerate() {
        let end = at + doc.sentences_of(block).len();
        for i in at..end {
            let words = doc.words_in(&sentences[i]);
            if !is_running(block) || words.len() < least(block, ADJACENT) {
                continue;
            }
            let first = table.add(i as u32, words, |id| doc.words_in(&sentences[id as usize]));
            let Some(first) = first else { continue };
            let adjacent = first as usize + 1 == i && first as usize >= at;
            let (twin, copy) = (sentences[first as usize].span, sentences[i].span);
            let later = words.len() >= least(block, LATER)
                && !is_set_apart(doc, block, &sentences[i])
                && !code.parts(doc, twin, copy)
                && names_the_same(doc, twin, copy);
            if adjacent || later {
                found.push((i, first, number));
            }
        }
        at = end;
    }
    // Most documents are done here. What is part of a repeated paragraph is reported with it.
    if !found.is_empty() {
        let paragraphs = paragraphs(doc);
        found.retain(|&(_, _, block)| paragraphs[block] == Again::No);
    }
    for (i, first, _) in found {
        let (twin, copy) = (&sentences[first as usize], &sentences[i]);
        let adjacent = first as usize + 1 == i;
        if table.count(first) >= FORMULA && !adjacent {
            continue;
        }
        let start = if i > 0 { sentences[i - 1].span.end } else { copy.span.start };
        let finding = Finding::new(doc, copy.span).slot("text", doc.slice(copy.span)).related(twin.span);
        let finding = finding.delete(Span::new(start, copy.span.end));
        // The very same words right after each other say nothing twice; further off one of them may be meant.
        let same = adjacent && doc.slice(twin.span) == doc.slice(copy.span);
        out.push(if same { finding } else { finding.unsafe_fix() });
    }
}

/// Prose in which a repetition is a slip: not a heading, caption or table.
fn is_running(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::Quotation | BlockKind::ListItem)
}

/// The least length in words; where every character is a word, twice that.
fn least(block: &Block, words: usize) -> usize {
    if block.lang.is_unspaced() { 2 * words } else { words }
}

/// Whether a sentence may come again further off: an item of a list, or a quotation shown once more beside the text.
fn is_set_apart(doc: &Document, block: &Block, sentence: &Sentence) -> bool {
    let text = doc.slice(block.span);
    block.kind == BlockKind::ListItem
        || doc.sentences_of(block).len() <= 2
            && sentence.span.start == block.span.start
            && text.starts_with(['“', '"', '„', '«', '»', '‘', '「', '\''])
}

/// Whether a paragraph leads on to something that is another each time: “Your project should now hold these files:”.
fn leads_on(doc: &Document, block: &Block) -> bool {
    doc.slice(block.span).trim_end().ends_with([':', '：'])
}

/// Where blocks of code begin in the source, in order.
struct Code(Vec<u32>);

impl Code {
    fn of(doc: &Document) -> Code {
        let code = doc.parts().iter().filter(|part| part.kind == PartKind::Code);
        let mut starts: Vec<u32> = code.map(|part| part.at.start).collect();
        starts.sort_unstable();
        Code(starts)
    }

    /// Whether a block of code stands between two copies: a manual says once with each piece of code what to do with it.
    fn parts(&self, doc: &Document, first: Span, second: Span) -> bool {
        let (from, to) = (doc.in_source(first).end, doc.in_source(second).start);
        self.0.get(self.0.partition_point(|start| *start < from)).is_some_and(|start| *start < to)
    }
}

/// Whether two copies hold the same code and addresses, which are no words: entries of a log may differ in nothing else.
fn names_the_same(doc: &Document, first: Span, second: Span) -> bool {
    let named = |span: Span| {
        let from = doc.masks().partition_point(|mask| mask.span.end <= span.start);
        let masks = doc.masks()[from..].iter().take_while(move |mask| mask.span.start < span.end);
        masks.filter(|mask| matches!(mask.kind, MaskKind::Code | MaskKind::Address)).map(|mask| doc.slice(mask.span))
    };
    named(first).eq(named(second))
}

/// First uses by their words, with how often each came again.
#[derive(Default)]
struct Copies {
    table: HashTable<(u64, u32)>,
    counts: rustc_hash::FxHashMap<u32, usize>,
}

impl Copies {
    /// Notes a unit and returns the first with the same words.
    fn add<'a>(&mut self, unit: u32, words: &[Word], other: impl Fn(u32) -> &'a [Word]) -> Option<u32> {
        let mut hasher = FxHasher::default();
        words.iter().for_each(|w| hasher.write_u32(w.id));
        let hash = hasher.finish();
        let same = |&(h, id): &(u64, u32)| {
            let twin = other(id);
            h == hash && twin.len() == words.len() && twin.iter().zip(words).all(|(a, b)| a.id == b.id)
        };
        if let Some(&(_, first)) = self.table.find(hash, same) {
            *self.counts.entry(first).or_insert(1) += 1;
            return Some(first);
        }
        self.table.insert_unique(hash, (hash, unit), |&(h, _)| h);
        None
    }

    /// How often the words of a first use stand in the document.
    fn count(&self, first: u32) -> usize {
        self.counts.get(&first).copied().unwrap_or(1)
    }
}
