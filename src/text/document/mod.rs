//! What a reader reads: text without markup, in blocks, sentences and words.

mod making;

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::block::{Block, Mask, Sentence, Word};
use super::code::Code;
use super::draft::{Comment, Escape, Part, Problem};
use super::drift::Drift;
use super::lang::Lang;
use super::names::Mentions;
use super::origin::Origin;
use super::source::Source;
use super::span::Span;
use super::vocabulary::Vocabulary;

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
    marks: Vec<u32>,
    masks: Vec<Mask>,
    codes: Vec<Code>,
    drifts: Vec<Drift>,
    parts: Vec<Part>,
    vocabulary: Vocabulary,
    declared: Vec<Declared>,
    mentions: OnceLock<Mentions>,
    escape: Escape,
    front: u32,
    comments: Vec<Comment>,
    problems: Vec<Problem>,
}

/// A stretch inside a block with the language that the markup gives it.
#[derive(Debug, Clone, Copy)]
struct Declared {
    span: Span,
    lang: Lang,
    /// How far it or one before it reaches.
    reach: u32,
}

impl Document {
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

    /// The inline codes, if it is a side of a unit; their `at` is a stretch of the source's text.
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    /// What is the matter with its timing, if it is a cue of subtitles beside an original.
    pub fn drifts(&self) -> &[Drift] {
        &self.drifts
    }

    /// What the markup makes beside blocks of text, at places of the source, in its order.
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The words that may be names; found out when they are first asked for.
    pub fn mentions(&self) -> &Mentions {
        self.mentions.get_or_init(|| Mentions::of(self))
    }

    /// Where the marks of a block stand, in order: the first bytes of all characters that are neither letters nor figures
    /// nor white space, masked ones too.
    pub fn marks_of(&self, block: &Block) -> &[u32] {
        &self.marks[block.marks.start as usize..block.marks.end as usize]
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

    /// Whether a span begins or ends inside a masked stretch, or lies in one or in several with nothing but white space
    /// between them.
    pub fn is_masked(&self, span: Span) -> bool {
        let first = self.masks.partition_point(|m| m.span.end <= span.start);
        let mut bare = span.start;
        let mut covered = true;
        for mask in self.masks[first..].iter().take_while(|m| m.span.start < span.end) {
            if mask.span.start < span.start || mask.span.end > span.end {
                return true;
            }
            covered &= self.slice(Span::new(bare, mask.span.start)).trim().is_empty();
            bare = mask.span.end;
        }
        bare > span.start && covered && self.slice(Span::new(bare, span.end)).trim().is_empty()
    }

    /// Whether a stretch stands in the front matter.
    pub fn is_in_front(&self, span: Span) -> bool {
        self.in_source(span).start < self.front
    }

    /// Where a stretch of the text was written: bytes of the source's text.
    pub fn in_source(&self, span: Span) -> Span {
        self.origin.map(span)
    }

    /// Whether a stretch can be replaced in the source without taking markup with it.
    pub fn is_whole_in_source(&self, span: Span) -> bool {
        self.origin.is_whole(span) && self.source.is_whole_in_file(self.origin.map(span))
    }

    /// Whether a text can be put in the place of a stretch: in front matter a quotation mark would end the value, and a
    /// backslash, colon or number sign may mean something else; the syntax around a record has limits of its own.
    pub fn admits(&self, span: Span, text: &str) -> bool {
        let (at, text) = (self.in_source(span), self.escape(text));
        let fits = !self.is_in_front(span) || !text.contains(['"', '\'', '\\', ':', '#', '\n', '\r']);
        fits && self.source.written(at, &text).is_some()
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

    /// Whether the markup says of some text in a span of a block that it is in another language than the block.
    pub fn is_declared_foreign(&self, span: Span, block: &Block) -> bool {
        let before = self.declared.partition_point(|d| d.span.start < span.end);
        let near = self.declared[..before].iter().rev().take_while(|d| d.reach > span.start);
        near.into_iter().any(|d| d.lang != block.lang && d.span.overlaps(span))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{self, Kind, Reading};

    #[test]
    fn a_stretch_is_masked_where_a_mask_cuts_it_or_leaves_nothing_of_it() {
        let source = Arc::new(Source::new("a.md", "Take `one` `two` home."));
        let Kind::Text(markdown) = &format::named("markdown").unwrap().kind else { panic!("it holds one text") };
        let doc = Document::new(source.clone(), markdown.parse(&source, &Reading::default()), None);
        let is_masked = |words: &str| {
            let at = doc.text().find(words).unwrap();
            doc.is_masked(Span::of(at..at + words.len()))
        };
        for masked in ["one", "one two", "one two ", "ne", "tw", "Take on"] {
            assert!(is_masked(masked), "{masked}");
        }
        for bare in ["Take", "home", "Take one", "two home", "Take one two home"] {
            assert!(!is_masked(bare), "{bare}");
        }
    }

    #[cfg(feature = "html")]
    #[test]
    fn the_language_that_markup_gives_reaches_over_what_is_inside() {
        let text =
            "<p lang=en>We read <i lang=fr>la mer <b lang=de>der See</b> est calme</i> on the <b lang=en>old</b> wall.";
        let source = Arc::new(Source::new("a.html", text));
        let Kind::Text(html) = &format::named("html").unwrap().kind else { panic!("it holds one text") };
        let doc = Document::new(source.clone(), html.parse(&source, &Reading::default()), None);
        let is_foreign = |words: &str| {
            let at = doc.text().find(words).unwrap();
            doc.is_declared_foreign(Span::of(at..at + words.len()), &doc.blocks()[0])
        };
        for foreign in ["la mer", "der See", "est calme", "calme on", "We read la"] {
            assert!(is_foreign(foreign), "{foreign}");
        }
        for own in ["We read", "on the", "old", "wall"] {
            assert!(!is_foreign(own), "{own}");
        }
    }
}
