//! What in a translation corresponds to what in its original.
//!
//! Blocks are aligned by the kind of block, by length and by what both languages write alike (`keys`): numbers,
//! addresses, names, words of one root. How much each says is a matter of likelihood (`score`); the best path through
//! the two documents is found by dynamic programming in a band around what is certain (`path`). Blocks that are left
//! over on both sides and fit each other were moved (`moved`), and so were neighbours that fit each other far better the
//! other way round (`swapped`). The sentences of blocks that correspond are aligned in
//! the same way.

mod keys;
mod moved;
mod path;
mod piece;
mod score;
mod swapped;
#[cfg(test)]
mod tests;

use std::ops::Range;

use super::document::Document;
use super::pair::range;

use keys::Keys;
use piece::Piece;
use score::Scores;

/// Neighbouring pieces of the original with the neighbouring pieces of the translation that render them; one of the two
/// may be empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Bead {
    /// Numbers of blocks or sentences of the original.
    pub source: Range<u32>,
    /// … and of the translation. Empty ranges stand where the piece would.
    pub target: Range<u32>,
    /// Whether it stands elsewhere in the translation than its place in the original is.
    pub moved: bool,
}

impl Bead {
    /// Pieces that stand in their place.
    pub fn new(source: Range<u32>, target: Range<u32>) -> Bead {
        Bead { source, target, moved: false }
    }

    /// Whether the original holds something that the translation does not.
    pub fn is_missing(&self) -> bool {
        self.target.is_empty()
    }

    /// Whether the translation holds something that the original does not.
    pub fn is_extra(&self) -> bool {
        self.source.is_empty()
    }
}

/// What corresponds to what, in the order of the translation; what is missing there stands where it would.
#[derive(Debug, Default)]
pub struct Alignment {
    blocks: Vec<Bead>,
    sentences: Vec<Bead>,
    lost: Option<usize>,
}

impl Alignment {
    /// Blocks by number.
    pub fn blocks(&self) -> &[Bead] {
        &self.blocks
    }

    /// Sentences by number, counted over the document, of those beads of blocks that have both sides.
    pub fn sentences(&self) -> &[Bead] {
        &self.sentences
    }

    /// From which bead of blocks on the two sides no longer go together, if that is so: what follows it says nothing
    /// of what is missing or added.
    pub fn lost(&self) -> Option<usize> {
        self.lost
    }
}

/// Aligns two documents.
///
/// Time is in proportion to their length; memory too, for articles of up to some thousand blocks and for longer ones
/// whose sides share names and numbers to hold on to. 10,000 blocks a side take less than two seconds.
pub fn documents(source: &Document, target: &Document) -> Alignment {
    if let ([_], [_]) = (source.blocks(), target.blocks()) {
        return given(source, target, vec![Bead::new(0..1, 0..1)]);
    }
    let mut keys = Keys::default();
    let sides = [piece::sentences(source, &mut keys), piece::sentences(target, &mut keys)];
    let blocks = [piece::blocks(source, &sides[0]), piece::blocks(target, &sides[1])];
    let scores = Scores::of(&blocks[0], &blocks[1], keys.len());
    let beads = path::best(&scores, 0..blocks[0].len(), 0..blocks[1].len());
    // What holds for the ones that surely correspond tells how much longer one language is than the other.
    let scores = scores.fitted(&beads);
    let mut beads = path::best(&scores, 0..blocks[0].len(), 0..blocks[1].len());
    swapped::find(&scores, &mut beads);
    moved::rejoin(&mut beads);
    moved::find(&scores, &mut beads);
    let lost = score::lost(&scores, &beads);
    let sentences = of_sentences(source, target, &beads, &sides, keys.len(), Some(&scores));
    Alignment { blocks: beads, sentences, lost }
}

/// The alignment of documents whose blocks are known to correspond; only sentences are aligned.
pub(super) fn given(source: &Document, target: &Document, beads: Vec<Bead>) -> Alignment {
    let mut keys = Keys::default();
    let sides = [piece::sentences(source, &mut keys), piece::sentences(target, &mut keys)];
    let sentences = of_sentences(source, target, &beads, &sides, keys.len(), None);
    Alignment { blocks: beads, sentences, lost: None }
}

/// The sentences of each bead of blocks.
fn of_sentences(
    source: &Document,
    target: &Document,
    blocks: &[Bead],
    sides: &[Vec<Piece>; 2],
    keys: usize,
    known: Option<&Scores<'_>>,
) -> Vec<Bead> {
    let mut out = Vec::new();
    let scores = Scores::of(&sides[0], &sides[1], keys);
    let scores = match known {
        Some(known) => scores.with_ratio_of(known),
        None => scores,
    };
    for bead in blocks.iter().filter(|bead| !bead.is_missing() && !bead.is_extra()) {
        let numbers = |doc: &Document, blocks: &Range<u32>| {
            let blocks = &doc.blocks()[range(blocks)];
            let first = blocks.first().map_or(0, |b| b.sentences.start);
            first..blocks.last().map_or(first, |b| b.sentences.end)
        };
        let (s, t) = (numbers(source, &bead.source), numbers(target, &bead.target));
        if s.is_empty() || t.is_empty() {
            continue;
        }
        if s.len() == 1 && t.len() == 1 {
            out.push(Bead { source: s, target: t, moved: bead.moved });
            continue;
        }
        let beads = path::best(&scores, range(&s), range(&t));
        out.extend(beads.into_iter().map(|b| Bead { moved: bead.moved, ..b }));
    }
    out
}
