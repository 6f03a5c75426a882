//! How a document is made of what a format read.

use std::sync::{Arc, OnceLock};

use super::{Declared, Document};
use crate::text::block::{Block, Sentence, Word};
use crate::text::draft::{Draft, DraftBlock};
use crate::text::lang::Lang;
use crate::text::language::Language;
use crate::text::source::Source;
use crate::text::span::Span;
use crate::text::vocabulary::Vocabulary;
use crate::text::{detect, marks, mask, sentence, words};

/// A word of running text takes about so many bytes, the space behind it included.
const WORD: usize = 6;
/// … and a sentence about so many; short ones make up for it.
const SENTENCE: usize = 100;
/// … and a mark in so many.
const MARK: usize = 25;

impl Document {
    /// Splits what a format read into sentences and words. `given` is the language as far as it is known from
    /// outside (the configuration, a record); without it the text's own declaration holds, then that of the markup,
    /// and at last the language is told from the text where that is safe.
    pub fn new(source: Arc<Source>, draft: Draft, given: Option<Lang>) -> Document {
        let known = given.or(draft.lang).or(draft.markup_lang);
        let (mut document, blocks) = Document::bare(source, draft);
        let length = document.text.len();
        document.vocabulary = Vocabulary::for_length(length);
        document.sentences = Vec::with_capacity(length / SENTENCE);
        document.words = Vec::with_capacity(length / WORD);
        document.marks = Vec::with_capacity(length / MARK);
        let mut mask = 0;
        for block in blocks {
            document.add(block, &mut mask);
        }
        document.lang = known.unwrap_or_else(|| detect::language(&document));
        document.split();
        document
    }

    /// The same without language, sentences and words, for those who only show places in it: that costs little.
    pub fn outline(source: Arc<Source>, draft: Draft) -> Document {
        let (mut document, blocks) = Document::bare(source, draft);
        for block in blocks {
            let span = block.span.trim(&document.text);
            if !span.is_empty() {
                document.blocks.push(Block::new(block.kind, span, block.lang));
            }
        }
        document
    }

    /// A document that has no blocks yet.
    fn bare(source: Arc<Source>, draft: Draft) -> (Document, Vec<DraftBlock>) {
        let text: Arc<str> = match draft.text {
            Some(text) => text.into(),
            None => source.shared_text(),
        };
        let masks = mask::with_addresses(&text, draft.masks);
        let document = Document {
            source,
            lang: Lang::UNKNOWN,
            text,
            origin: draft.origin,
            blocks: Vec::with_capacity(draft.blocks.len()),
            sentences: Vec::new(),
            words: Vec::new(),
            marks: Vec::new(),
            masks,
            codes: draft.codes,
            drifts: draft.drifts,
            parts: draft.parts,
            vocabulary: Vocabulary::default(),
            declared: declared(draft.declared),
            mentions: OnceLock::new(),
            escape: draft.escape,
            front: draft.front,
            comments: draft.comments,
            problems: draft.problems,
        };
        (document, draft.blocks)
    }

    /// Adds a block with its words; `mask` is the first mask that may still matter.
    fn add(&mut self, draft: DraftBlock, mask: &mut usize) {
        let span = draft.span.trim(&self.text);
        if span.is_empty() {
            return;
        }
        let (first_word, first_mark) = (self.words.len() as u32, self.marks.len() as u32);
        marks::find(&self.text, span, &mut self.marks);
        let mut at = span.start;
        while at < span.end {
            while self.masks.get(*mask).is_some_and(|m| m.span.end <= at) {
                *mask += 1;
            }
            let hidden = self.masks.get(*mask).map(|m| m.span).filter(|m| m.start < span.end);
            let stop = hidden.map_or(span.end, |m| m.start.max(at));
            self.add_words(Span::new(at, stop));
            at = hidden.map_or(span.end, |m| m.end);
        }
        self.blocks.push(Block {
            words: first_word..self.words.len() as u32,
            marks: first_mark..self.marks.len() as u32,
            ..Block::new(draft.kind, span, draft.lang)
        });
    }

    fn add_words(&mut self, span: Span) {
        let (start, text) = (span.start as usize, &self.text[..span.end as usize]);
        words::for_each_word(&text[start..], |a, b| {
            let at = start + a..start + b;
            let span = Span::of(at.clone());
            self.words.push(Word { span, id: self.vocabulary.add(text, at) });
        });
    }

    /// Splits the blocks into sentences, now that the language is known; a block that has none of its own is in that
    /// of the document.
    fn split(&mut self) {
        let Document { text, blocks, sentences, words, marks, masks, .. } = self;
        let mut known = (self.lang, Language::of(self.lang));
        for block in blocks {
            if !block.lang.is_known() {
                block.lang = self.lang;
            }
            if block.lang != known.0 {
                known = (block.lang, Language::of(block.lang));
            }
            block.language = known.1;
            let first_sentence = sentences.len() as u32;
            let mut word = block.words.start;
            let marks = &marks[block.marks.start as usize..block.marks.end as usize];
            let own = &words[block.words.start as usize..block.words.end as usize];
            sentence::split(text, block.span, block.language, marks, own, masks, |span, ended| {
                let start = word;
                while word < block.words.end && words[word as usize].span.start < span.end {
                    word += 1;
                }
                sentences.push(Sentence { span, ended, words: start..word });
            });
            block.sentences = first_sentence..sentences.len() as u32;
        }
    }
}

fn declared(mut stretches: Vec<(Span, Lang)>) -> Vec<Declared> {
    stretches.sort_by_key(|(span, _)| *span);
    let mut reach = 0;
    let declared = stretches.into_iter().map(|(span, lang)| {
        reach = reach.max(span.end);
        Declared { span, lang, reach }
    });
    declared.collect()
}
