//! What a format hands over, before it is split into sentences and words.

use super::block::{BlockKind, Mask, MaskKind};
use super::code::Code;
use super::drift::Drift;
use super::lang::Lang;
use super::origin::Origin;
use super::span::Span;

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
    /// The inline codes of a side of a unit, in the order of the file; their `at` is a stretch of the source. An article has
    /// none.
    pub codes: Vec<Code>,
    /// What is the matter with the timing, if it is a cue of subtitles.
    pub drifts: Vec<Drift>,
    /// What the markup makes beside blocks of text, in the order of the source.
    pub parts: Vec<Part>,
    /// The language that the text itself declares (front matter).
    pub lang: Option<Lang>,
    /// The language that the markup gives the whole of the text (`<html lang>`): it often comes from a template, so
    /// what a record or the front matter says goes before.
    pub markup_lang: Option<Lang>,
    /// Stretches inside of blocks with the language that the markup gives them, in any order.
    pub declared: Vec<(Span, Lang)>,
    /// Comments, where ignore directives may stand.
    pub comments: Vec<Comment>,
    /// What could not be read as it should: reported, never fatal.
    pub problems: Vec<Problem>,
    /// How text is written into the source.
    pub escape: Escape,
    /// Where front matter ends in the source: a value there is written by the rules of another syntax.
    pub front: u32,
}

impl Draft {
    /// Masks stretches of the source, which come in order, besides those that the format masked.
    pub fn mask(&mut self, stretches: impl Iterator<Item = (Span, MaskKind)>) {
        let read = stretches.filter_map(|(source, kind)| Some(Mask { span: self.origin.read_from(source)?, kind }));
        let read: Vec<Mask> = read.collect();
        self.masks.extend(read);
        self.masks.sort_by_key(|mask| (mask.span.start, mask.span.end));
    }
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

/// What the markup makes beside blocks of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Where in the source.
    pub at: Span,
}

/// A kind of [`Part`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PartKind {
    /// The whole of a heading, of this level.
    Heading(u8),
    /// A block of code, its fences included.
    Code,
    /// The name that a heading is linked to by, `#name`.
    Anchor,
    /// A template tag, short-code or component.
    Tag,
    /// A key of the front matter.
    Key,
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
