//! A block that stands in several articles: what a site puts around or between its texts, known without any list.
//!
//! Blocks are compared as cc_net does (Wenzek et al., CCNet, 2020): case folded, numbers as 0, punctuation left out.

mod index;
mod judgement;

use serde::{Deserialize, Serialize};

use super::Check;
use super::furniture::key;
use crate::corpus::{CorpusCheck, Evidence, Index};
use crate::diagnostic::Findings;
use crate::text::{Block, BlockKind, Document, Hash, Lang, Language, Source, Span, word_hash};

use index::BlockIndex;

/// Data of a definition.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RecurringBlock {
    /// The least number of articles, copies of one article counted once.
    articles: Articles,
}

/// A number of articles; three unless set, as the published filters for web text have it.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(transparent)]
struct Articles(u32);

impl Default for Articles {
    fn default() -> Articles {
        Articles(3)
    }
}

/// The blocks of a document, in order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BlockMarks {
    /// The same for an article and its translations, as far as their paths tell.
    article: Option<u64>,
    marks: Vec<BlockMark>,
}

/// A block as it is compared.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct BlockMark {
    /// Equal keys, equal blocks.
    key: u64,
    span: Span,
    /// Its number among the blocks that hold words: neighbours have neighbouring numbers.
    number: u32,
    /// How many words it has; in languages without spaces every other character counts.
    words: u16,
    kind: Kind,
}

/// What a block counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Kind {
    /// Running text.
    Prose,
    /// An item of a list: those of recipes, timetables and release notes come again by right.
    Item,
    /// A title, a caption, a byline: a template gives them to every article.
    Title,
    /// Verse: refrains and doxologies come again by right.
    Verse,
}

impl Kind {
    /// `None` for a cell of a table.
    fn of(kind: BlockKind) -> Option<Kind> {
        Some(match kind {
            BlockKind::Paragraph | BlockKind::Quotation => Kind::Prose,
            BlockKind::ListItem => Kind::Item,
            BlockKind::Headline | BlockKind::Heading | BlockKind::Caption | BlockKind::Byline => Kind::Title,
            BlockKind::Verse => Kind::Verse,
            BlockKind::TableCell => return None,
        })
    }
}

impl Check for RecurringBlock {
    fn document<'a>(&self, _: &'a Document, _: &mut Findings<'a>) {}

    fn corpus(&self) -> Option<&dyn CorpusCheck> {
        Some(self)
    }
}

impl CorpusCheck for RecurringBlock {
    fn gather(&self, doc: &Document) -> Option<Evidence> {
        let mut keys = Keys { of_word: vec![0; doc.vocabulary().len()], buffer: String::new() };
        let mut marks = Vec::with_capacity(doc.blocks().len());
        let mut number = 0;
        for block in doc.blocks() {
            let count = doc.words_of(block).len();
            // A row of stars or a lone address parts nothing.
            if count == 0 {
                continue;
            }
            if let Some(kind) = Kind::of(block.kind) {
                let words = if block.lang.is_unspaced() { count / 2 } else { count };
                let words = words.clamp(1, usize::from(u16::MAX)) as u16;
                marks.push(BlockMark { key: keys.of(doc, block), span: block.span, number, words, kind });
            }
            number += 1;
        }
        (!marks.is_empty()).then(|| Evidence::Blocks(BlockMarks { article: article(doc.source()), marks }))
    }

    fn index(&self) -> Box<dyn Index> {
        Box::new(BlockIndex::new(self.articles.0))
    }
}

/// What an article and its translations have in common: the path without what names a language, `fr/ferry.md` or
/// `ferry.fr.md`, and for a record its line. `None` where the path names no language.
fn article(source: &Source) -> Option<u64> {
    let is_language =
        |part: &str| part.len() <= 7 && Lang::parse(part).is_some_and(|lang| !Language::of(lang).name.is_empty());
    let (mut hash, mut named) = (Hash::EMPTY, false);
    for part in source.path().iter().map(|part| part.to_string_lossy()) {
        let pieces = if is_language(&part) { Vec::new() } else { part.split('.').collect() };
        let others: Vec<&str> = pieces.iter().copied().filter(|piece| !is_language(piece)).collect();
        named |= pieces.is_empty() || others.len() < pieces.len();
        hash = others.iter().fold(hash, |hash, piece| hash.with(piece.as_bytes()).with(b".")).with(b"/");
    }
    let hash = source.record().map_or(hash, |record| hash.with(&record.line.to_le_bytes()));
    named.then_some(hash.0)
}

/// The keys of the words of a document, found out once for each.
struct Keys {
    of_word: Vec<u64>,
    buffer: String,
}

impl Keys {
    fn of(&mut self, doc: &Document, block: &Block) -> u64 {
        let mut all = 0_u64;
        for word in doc.words_of(block) {
            let known = &mut self.of_word[word.id as usize];
            if *known == 0 {
                let folded = doc.folded(*word);
                // Most words are written in that form as they stand.
                *known = if folded.bytes().all(|b| b.is_ascii_lowercase()) {
                    doc.vocabulary().hash(word.id)
                } else {
                    self.buffer.clear();
                    key::normalise(folded, &mut self.buffer);
                    word_hash(&self.buffer)
                };
            }
            all = (all.rotate_left(23) ^ *known).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
        all
    }
}
