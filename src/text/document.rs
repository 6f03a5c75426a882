//! What a reader reads: text without markup, in blocks, sentences and words.

use std::ops::Range;
use std::sync::Arc;

use super::lang::Lang;
use super::language::Language;
use super::origin::Origin;
use super::source::Source;
use super::span::Span;
use super::vocabulary::Vocabulary;
use super::{mask, sentence, words};

/// An article, or one record of a file of articles, as a reader reads it.
///
/// Spans index `text`; [`Document::in_source`] takes them back to where they were written.
#[derive(Debug)]
pub struct Document {
    source: Arc<Source>,
    lang: Lang,
    text: Arc<str>,
    origin: Origin,
    blocks: Vec<Block>,
    sentences: Vec<Sentence>,
    words: Vec<Word>,
    masks: Vec<Mask>,
    vocabulary: Vocabulary,
    escape: Escape,
    comments: Vec<Comment>,
    problems: Vec<Problem>,
}

/// What a format makes of a source: the text with its blocks, before it is split into sentences and words.
#[derive(Debug, Default)]
pub struct Draft {
    /// The text; `None` when it is the source's text as it stands.
    pub text: Option<String>,
    /// From `text` to the source; empty when they are the same.
    pub origin: Origin,
    /// Blocks in order, not overlapping; what lies in none is white space or no part of the article.
    pub blocks: Vec<DraftBlock>,
    /// Code, placeholders and the like, in order. Addresses are found afterwards.
    pub masks: Vec<Mask>,
    /// The language that the text itself declares (front matter).
    pub lang: Option<Lang>,
    /// The language that the markup gives the whole of the text (`<html lang>`): it often comes from a template, so
    /// what a record or the front matter says goes before.
    pub markup_lang: Option<Lang>,
    /// Comments, where ignore directives may stand.
    pub comments: Vec<Comment>,
    /// What could not be read as it should: reported, never fatal.
    pub problems: Vec<Problem>,
    /// How text is written into the source.
    pub escape: Escape,
}

/// How text is written into a source by a fix, so that it reads there as it should.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Escape {
    /// As it is.
    #[default]
    None,
    /// `&`, `<` and `>` as entities.
    Html,
    /// Characters that Markdown gives a meaning, with a backslash.
    Markdown,
}

/// A block as a format hands it over.
#[derive(Debug, Clone)]
pub struct DraftBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Where its text stands.
    pub span: Span,
    /// Its own language, where markup says so.
    pub lang: Option<Lang>,
}

/// A comment of the markup.
#[derive(Debug, Clone)]
pub struct Comment {
    /// What it says, without the comment marks.
    pub text: String,
    /// Where it stands in the source.
    pub source: Span,
    /// The offset in the document's text at which it stands: text from here on comes after it.
    pub at: u32,
}

/// Something that could not be read, at a place of the source.
#[derive(Debug, Clone)]
pub struct Problem {
    /// What is wrong, in a sentence without final stop.
    pub message: String,
    /// Where in the source.
    pub at: Span,
}

/// What a block is, as far as a reader can tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockKind {
    /// The title of the article.
    Headline,
    /// A heading inside it.
    Heading,
    /// Running prose.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A block quotation.
    Quotation,
    /// Text under or beside a picture or table.
    Caption,
    /// Who wrote it, where and when.
    Byline,
    /// A cell of a table.
    TableCell,
    /// Lines that are broken on purpose: poems, lyrics, addresses.
    Verse,
}

impl BlockKind {
    /// The name as printed by `copydesk tree`.
    pub fn name(self) -> &'static str {
        match self {
            BlockKind::Headline => "headline",
            BlockKind::Heading => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::ListItem => "list-item",
            BlockKind::Quotation => "quotation",
            BlockKind::Caption => "caption",
            BlockKind::Byline => "byline",
            BlockKind::TableCell => "table-cell",
            BlockKind::Verse => "verse",
        }
    }

    /// Whether it is made of whole sentences: a paragraph, an item or a quotation.
    pub fn is_prose(self) -> bool {
        matches!(self, BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quotation)
    }
}

/// A paragraph, heading, item …: no sentence reaches over its edges.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands, white space at the edges left out.
    pub span: Span,
    /// Its language; [`Lang::UNKNOWN`] where none is declared and none could be told.
    pub lang: Lang,
    sentences: Range<u32>,
    words: Range<u32>,
}

/// A sentence, or what stands in the place of one, white space at the edges left out.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Whether it ends in an end mark of its language, closing quotes and brackets aside.
    pub ended: bool,
    words: Range<u32>,
}

/// A word by UAX #29 (see [`words`]).
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// Where it stands.
    pub span: Span,
    /// Its number in the [`Vocabulary`]: equal ids, equal words whatever their case.
    pub id: u32,
}

/// A stretch that is no prose. No word lies in it and no finding touches it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mask {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: MaskKind,
}

/// Why a stretch is masked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MaskKind {
    /// Code.
    Code,
    /// A web or mail address, a path.
    Address,
    /// A template variable or shortcode.
    Placeholder,
    /// Markup that shows in the text.
    Markup,
}

/// A word of running text takes about so many bytes, the space behind it included.
const WORD: usize = 6;

impl Document {
    /// Splits what a format read into sentences and words. `given` is the language as far as it is known from
    /// outside (the configuration, a record); without it the text's own declaration holds, then that of the markup,
    /// and at last the language is told from the text where that is safe.
    pub fn new(source: Arc<Source>, draft: Draft, given: Option<Lang>) -> Document {
        let declared = given.or(draft.lang).or(draft.markup_lang);
        let (mut document, blocks) = Document::bare(source, draft);
        document.lang = declared.unwrap_or_else(|| super::detect::language(&document.text, &blocks));
        document.vocabulary = Vocabulary::for_length(document.text.len());
        document.words = Vec::with_capacity(document.text.len() / WORD);
        let mut mask = 0;
        for block in blocks {
            document.add(block, &mut mask);
        }
        document
    }

    /// The same without language, sentences and words, for those who only show places in it: that costs little.
    pub fn outline(source: Arc<Source>, draft: Draft) -> Document {
        let (mut document, blocks) = Document::bare(source, draft);
        for block in blocks {
            let span = block.span.trim(&document.text);
            if !span.is_empty() {
                let lang = block.lang.unwrap_or(document.lang);
                document.blocks.push(Block { kind: block.kind, span, lang, sentences: 0..0, words: 0..0 });
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
            masks,
            vocabulary: Vocabulary::default(),
            escape: draft.escape,
            comments: draft.comments,
            problems: draft.problems,
        };
        (document, draft.blocks)
    }

    /// Adds a block with its words and sentences; `mask` is the first mask that may still matter.
    fn add(&mut self, draft: DraftBlock, mask: &mut usize) {
        let span = draft.span.trim(&self.text);
        if span.is_empty() {
            return;
        }
        let lang = draft.lang.unwrap_or(self.lang);
        let first_word = self.words.len() as u32;
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
        let first_sentence = self.sentences.len() as u32;
        let mut word = first_word;
        let language = Language::of(lang);
        for (part, ended) in sentence::split(&self.text, span, language, &self.masks[..]) {
            let start = word;
            while self.words.get(word as usize).is_some_and(|w| w.span.start < part.end) {
                word += 1;
            }
            self.sentences.push(Sentence { span: part, ended, words: start..word });
        }
        self.blocks.push(Block {
            kind: draft.kind,
            span,
            lang,
            sentences: first_sentence..self.sentences.len() as u32,
            words: first_word..self.words.len() as u32,
        });
    }

    fn add_words(&mut self, span: Span) {
        let text = &self.text[span.range()];
        words::for_each_word(text, |a, b| {
            let id = self.vocabulary.add(&text[a..b]);
            let span = Span::new(span.start + a as u32, span.start + b as u32);
            self.words.push(Word { span, id });
        });
    }

    /// Where the text was written.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The language of the document as a whole.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// The text, markup gone and entities decoded.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The blocks in order.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// All sentences in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// All words in order.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Masked stretches in order.
    pub fn masks(&self) -> &[Mask] {
        &self.masks
    }

    /// The distinct words.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The sentences of a block.
    pub fn sentences_of(&self, block: &Block) -> &[Sentence] {
        &self.sentences[block.sentences.start as usize..block.sentences.end as usize]
    }

    /// The words of a block.
    pub fn words_of(&self, block: &Block) -> &[Word] {
        &self.words[block.words.start as usize..block.words.end as usize]
    }

    /// The words of a sentence.
    pub fn words_in(&self, sentence: &Sentence) -> &[Word] {
        &self.words[sentence.words.start as usize..sentence.words.end as usize]
    }

    /// The text of a span of this document.
    ///
    /// # Panics
    ///
    /// If the span reaches past the end or into a character: it belongs to another text.
    pub fn slice(&self, span: Span) -> &str {
        span.slice(&self.text)
    }

    /// The places of a sentence's words in [`Document::words`].
    pub fn word_numbers(&self, sentence: &Sentence) -> Range<u32> {
        sentence.words.clone()
    }

    /// The folded form of a word.
    pub fn folded(&self, word: Word) -> &str {
        self.vocabulary.word(word.id)
    }

    /// The block that holds a byte of the text.
    pub fn block_at(&self, at: u32) -> Option<&Block> {
        let next = self.blocks.partition_point(|b| b.span.start <= at);
        self.blocks[..next].last().filter(|b| at < b.span.end)
    }

    /// Whether a span begins or ends inside a masked stretch, or lies in one.
    pub fn is_masked(&self, span: Span) -> bool {
        let first = self.masks.partition_point(|m| m.span.end <= span.start);
        let cuts = |m: &Mask| {
            m.span.overlaps(span) && !(span.start <= m.span.start && m.span.end <= span.end && span != m.span)
        };
        self.masks[first..].iter().take_while(|m| m.span.start < span.end).any(cuts)
    }

    /// Where a stretch of the text was written: bytes of the source's text.
    pub fn in_source(&self, span: Span) -> Span {
        self.origin.map(span)
    }

    /// Whether a stretch can be replaced in the source without taking markup with it.
    pub fn is_whole_in_source(&self, span: Span) -> bool {
        self.origin.is_whole(span)
    }

    /// A text as it has to be written into the source.
    pub fn escape(&self, text: &str) -> String {
        match self.escape {
            Escape::None => text.to_owned(),
            Escape::Html => text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"),
            Escape::Markdown => {
                let mut out = String::with_capacity(text.len());
                for c in text.chars() {
                    if matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '&') {
                        out.push('\\');
                    }
                    out.push(c);
                }
                out
            }
        }
    }

    /// The comments of the markup, in order.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// What could not be read as it should.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}
