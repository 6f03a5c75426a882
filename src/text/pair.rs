//! An original and its translation, side by side.

use std::ops::Range;

use super::align::{self, Alignment, Bead};
use super::block::{Block, Sentence};
use super::document::Document;
use super::revision::Revision;
use super::span::Span;

/// A place as a check sees it: a stretch of a document's text.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    /// The document.
    pub doc: &'a Document,
    /// Where in its text.
    pub span: Span,
}

impl<'a> At<'a> {
    /// The words there.
    pub fn text(&self) -> &'a str {
        self.doc.slice(self.span)
    }
}

/// A stretch of the original with the stretch of the translation that renders it. Both are whole blocks or sentences.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'a> {
    /// In the original.
    pub source: At<'a>,
    /// In the translation.
    pub target: At<'a>,
}

/// What is known of a translation beside its texts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Circumstances {
    /// What tells it from translations of the same words that mean something else.
    pub context: Option<String>,
    /// The written form of the language, where [`Lang`](super::Lang) does not tell it: `pt-br`, `sr-latn`.
    pub variety: Option<String>,
    /// Whether it is a unit of a file of such, to be taken as a whole however its lines are broken.
    pub is_unit: bool,
    /// Whether other translations of the same words are right beside it: somebody has still to look at this one, or it is
    /// what people say in a film.
    pub varies: bool,
    /// What has become of the original since it was translated, where something has.
    pub revision: Option<Revision>,
}

/// An original and its translation as wholes, with what corresponds to what.
#[derive(Debug)]
pub struct Translation<'a> {
    source: &'a Document,
    target: &'a Document,
    alignment: Alignment,
    circumstances: Circumstances,
}

impl<'a> Translation<'a> {
    /// Sets two documents side by side. Takes time and memory in proportion to their length, see [`align`].
    pub fn of(source: &'a Document, target: &'a Document) -> Translation<'a> {
        let alignment = align::documents(source, target);
        Translation { source, target, alignment, circumstances: Circumstances::default() }
    }

    /// Sets two documents side by side of which it is known what corresponds to what: block by block.
    pub fn of_blocks(source: &'a Document, target: &'a Document, beads: Vec<Bead>) -> Translation<'a> {
        let alignment = align::given(source, target, beads);
        Translation { source, target, alignment, circumstances: Circumstances::default() }
    }

    /// The same, with what else is known of it.
    pub fn in_circumstances(self, circumstances: Circumstances) -> Translation<'a> {
        Translation { circumstances, ..self }
    }

    /// What is known of it beside its texts.
    pub fn circumstances(&self) -> &Circumstances {
        &self.circumstances
    }

    /// The original.
    pub fn source(&self) -> &'a Document {
        self.source
    }

    /// The translation.
    pub fn target(&self) -> &'a Document {
        self.target
    }

    /// What corresponds to what.
    pub fn alignment(&self) -> &Alignment {
        &self.alignment
    }

    /// The blocks of both sides of a bead.
    pub fn blocks(&self, bead: &Bead) -> (&'a [Block], &'a [Block]) {
        (&self.source.blocks()[range(&bead.source)], &self.target.blocks()[range(&bead.target)])
    }

    /// The sentences of both sides of a bead of [`Alignment::sentences`].
    pub fn sentences(&self, bead: &Bead) -> (&'a [Sentence], &'a [Sentence]) {
        (&self.source.sentences()[range(&bead.source)], &self.target.sentences()[range(&bead.target)])
    }

    /// Blocks with the blocks that render them, in the order of the translation; those that were only moved too.
    pub fn pairs(&self) -> impl Iterator<Item = Pair<'a>> + '_ {
        self.alignment.blocks().iter().filter_map(|bead| {
            let (source, target) = self.blocks(bead);
            let whole = |blocks: &[Block]| Some(blocks.first()?.span.to(blocks.last()?.span));
            self.pair(whole(source)?, whole(target)?)
        })
    }

    /// Sentences with the sentences that render them, in the order of the translation.
    pub fn sentence_pairs(&self) -> impl Iterator<Item = Pair<'a>> + '_ {
        self.alignment.sentences().iter().filter_map(|bead| {
            let (source, target) = self.sentences(bead);
            let whole = |sentences: &[Sentence]| Some(sentences.first()?.span.to(sentences.last()?.span));
            self.pair(whole(source)?, whole(target)?)
        })
    }

    fn pair(&self, source: Span, target: Span) -> Option<Pair<'a>> {
        Some(Pair { source: At { doc: self.source, span: source }, target: At { doc: self.target, span: target } })
    }
}

pub(super) fn range(numbers: &Range<u32>) -> Range<usize> {
    numbers.start as usize..numbers.end as usize
}
