//! Lists of people: two of their entries are two people, however like.

use crate::text::names::Mention;
use crate::text::{Block, BlockKind, Document, Word};

/// A list of people has entries of no more words.
const ENTRY: usize = 4;

/// Whether a mention is an entry of a list of people: a sentence of its own, of names only, or the credit of a list's item,
/// “clarify the flags (Ada Lovelace)”.
pub(super) fn in_roster(doc: &Document, mention: &Mention) -> bool {
    if credited(doc, mention) > 0 || is_entry(doc, mention) {
        return true;
    }
    let words = doc.words_in(&doc.sentences()[mention.sentence as usize]);
    // Before anything is counted: a long sentence may hold thousands of mentions.
    if !(2..=ENTRY + PARTICLES).contains(&words.len()) {
        return false;
    }
    let capital = |word: &Word| doc.slice(word.span).starts_with(char::is_uppercase);
    // “Mathijs van de Nes”.
    let particle = |word: &Word| is_particle(doc.slice(word.span));
    words.len() - words.iter().filter(|word| particle(word)).count().min(PARTICLES) <= ENTRY
        && words.iter().all(|word| capital(word) || particle(word))
        && words.first().is_some_and(capital)
        && words.last().is_some_and(capital)
}

/// Whether a mention stands in an item of a few words, and such items stand before or after it: “- Ada Lovelace (adal)”.
fn is_entry(doc: &Document, mention: &Mention) -> bool {
    let blocks = doc.blocks();
    let Some(at) = blocks.partition_point(|block| block.span.start <= mention.span.start).checked_sub(1) else {
        return false;
    };
    let short = |block: &Block| block.kind == BlockKind::ListItem && doc.words_of(block).len() <= ENTRY + PARTICLES;
    let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| blocks.get(at));
    short(&blocks[at]) && beside.into_iter().any(short)
}

/// “du”, “von”, “van”: particles have no more letters.
const PARTICLE: usize = 3;
/// So many of them stand in one name.
const PARTICLES: usize = 2;

fn is_particle(word: &str) -> bool {
    word.len() <= PARTICLE && word.chars().all(char::is_lowercase)
}

/// Further than this from a mention, in bytes, no bracket of a credit opens or closes.
const CREDIT: usize = 80;

/// How many words a credit has that a mention is part of: in brackets that hold a name and nothing else, in an item of a
/// list. 0 where it is none.
pub(super) fn credited(doc: &Document, mention: &Mention) -> usize {
    let after = doc.blocks().partition_point(|block| block.span.start <= mention.span.start);
    let Some(block) = after.checked_sub(1).map(|at| &doc.blocks()[at]) else { return 0 };
    if block.kind != BlockKind::ListItem {
        return 0;
    }
    let (text, start, end) = (doc.text(), mention.span.start as usize, mention.span.end as usize);
    let from = text.floor_char_boundary(start.saturating_sub(CREDIT)).max(block.span.start as usize);
    let to = text.floor_char_boundary(end + CREDIT).min(block.span.end as usize);
    let (before, behind) = (&text[from..start], &text[end.min(to)..to]);
    let (Some(open), Some(close)) = (before.rfind('('), behind.find(')')) else { return 0 };
    let name = [&before[open + 1..], doc.slice(mention.span), &behind[..close]].concat();
    // “Antoine du Hamel”: a particle may stand inside a name.
    let is_part = |(at, word): (usize, &str)| word.starts_with(char::is_uppercase) || at > 0 && is_particle(word);
    let count = name.split_whitespace().take(ENTRY + 1).count();
    if count <= ENTRY && name.split_whitespace().enumerate().all(is_part) { count } else { 0 }
}
