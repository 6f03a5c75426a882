//! What a text is made of: blocks, sentences, words, and the stretches that are no prose.

use std::ops::Range;

use super::lang::Lang;
use super::language::Language;
use super::span::Span;

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
    /// What that language is like.
    pub language: &'static Language,
    pub(super) sentences: Range<u32>,
    pub(super) words: Range<u32>,
    pub(super) marks: Range<u32>,
}

impl Block {
    /// A block of which nothing more is known yet.
    pub(super) fn new(kind: BlockKind, span: Span, lang: Option<Lang>) -> Block {
        let lang = lang.unwrap_or(Lang::UNKNOWN);
        Block { kind, span, lang, language: Language::of(lang), sentences: 0..0, words: 0..0, marks: 0..0 }
    }
}

/// A sentence, or what stands in the place of one, white space at the edges left out.
#[derive(Debug, Clone)]
pub struct Sentence {
    /// Where it stands.
    pub span: Span,
    /// Whether it ends in an end mark of its language, closing quotes and brackets aside.
    pub ended: bool,
    pub(super) words: Range<u32>,
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
