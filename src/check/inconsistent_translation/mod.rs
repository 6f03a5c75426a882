//! One paragraph of the original, or one unit of a file of translations, translated in two ways.
//!
//! Compared is what an original says letter for letter, white space apart: with other marks or another case it may be
//! another thing (a button, a heading, a question). Of translations only the letters and figures are compared: where
//! two differ in marks, spaces, case or placeholders, other lints say so.

mod index;

use serde::{Deserialize, Serialize};

use super::Check;
use crate::corpus::{CorpusCheck, Evidence, Index};
use crate::diagnostic::Findings;
use crate::text::{Block, Document, Hash, MaskKind, Span, Translation, fold};

use index::RenderingIndex;

/// Data of a definition.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InconsistentTranslation {}

/// Fewer words of the original are a label, which is a noun in one place and a verb in the next: “Search”, “Login”,
/// “Start services”. Read in the catalogues of an installer of 120 parts in German and French: of the originals with four
/// words and more that are translated in two ways, all but some fragments mean one thing; of those with one or two, half.
const FEWEST: usize = 4;
/// The same for writing without spaces, where each character counts as a word.
const FEWEST_UNSPACED: usize = 8;

/// What a document translates how.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Renderings(Vec<Rendering>);

/// A stretch of the original with its translation.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Rendering {
    /// Equal keys, equal originals to be translated into one language.
    source: u64,
    /// Equal keys, equal translations.
    target: u64,
    /// The translation.
    span: Span,
}

impl Check for InconsistentTranslation {
    fn document<'a>(&self, _: &'a Document, _: &mut Findings<'a>) {}

    fn needs_source(&self) -> bool {
        true
    }

    fn corpus(&self) -> Option<&dyn CorpusCheck> {
        Some(self)
    }
}

impl CorpusCheck for InconsistentTranslation {
    fn gather(&self, _: &Document) -> Option<Evidence> {
        None
    }

    fn gather_translation(&self, whole: &Translation<'_>) -> Option<Evidence> {
        let (source, target) = (whole.source(), whole.target());
        if whole.circumstances().varies || source.lang() == target.lang() {
            return None;
        }
        let mut all = Vec::new();
        if whole.circumstances().is_unit {
            all.extend(rendering(whole, source.blocks(), target.blocks()));
            return (!all.is_empty()).then_some(Evidence::Renderings(Renderings(all)));
        }
        let beads = whole.alignment().blocks();
        let single = |at: usize| {
            beads.get(at).is_none_or(|bead| bead.source.len() == 1 && bead.target.len() == 1 && !bead.moved)
        };
        let end = whole.alignment().lost().unwrap_or(beads.len());
        for (at, bead) in beads.iter().enumerate().take(end) {
            // Beside a paragraph that was split or lost, another may be taken for the one that renders it.
            if !single(at) || !single(at + 1) || at > 0 && !single(at - 1) {
                continue;
            }
            let (own, rendered) = whole.blocks(bead);
            all.extend(rendering(whole, own, rendered));
        }
        (!all.is_empty()).then_some(Evidence::Renderings(Renderings(all)))
    }

    fn index(&self) -> Box<dyn Index> {
        Box::new(RenderingIndex::default())
    }
}

/// What is kept of blocks of the original and of those that render them.
fn rendering(whole: &Translation<'_>, own: &[Block], rendered: &[Block]) -> Option<Rendering> {
    let (source, target) = (whole.source(), whole.target());
    let fewest = if own.first()?.lang.is_unspaced() { FEWEST_UNSPACED } else { FEWEST };
    if own.iter().map(|block| source.words_of(block).len()).sum::<usize>() < fewest {
        return None;
    }
    let letters_of = |doc: &Document, blocks: &[Block]| {
        blocks.iter().fold(Hash::EMPTY, |hash, block| letters(doc, block.span, hash)).0
    };
    let letters = letters_of(target, rendered);
    // What is left as it is was not translated, which is another matter.
    if letters == Hash::EMPTY.0 || letters == letters_of(source, own) {
        return None;
    }
    let span = rendered.first()?.span.to(rendered.last()?.span);
    Some(Rendering { source: original(whole, own), target: letters, span })
}

/// Adds the letters and figures of a stretch, those in code too: whether something is marked as code is a matter of markup.
/// Placeholders are left out.
fn letters(doc: &Document, span: Span, hash: Hash) -> Hash {
    let (mut hash, mut at) = (hash, span.start);
    let from = doc.masks().partition_point(|mask| mask.span.end <= span.start);
    let masks = doc.masks()[from..].iter().take_while(|mask| mask.span.start < span.end);
    let mut left_out: Vec<Span> =
        masks.filter(|mask| mask.kind == MaskKind::Placeholder).map(|mask| mask.span).collect();
    left_out.push(Span::new(span.end, span.end));
    for gap in left_out {
        let said = doc.slice(Span::new(at, gap.start.clamp(at, span.end)));
        for piece in said.split(|c: char| !c.is_alphanumeric()).filter(|piece| !piece.is_empty()) {
            hash = hash.with(fold(piece).as_bytes());
        }
        at = gap.end.clamp(at, span.end);
    }
    hash
}

/// The key of an original: its words, what kind of blocks they are, and what is known of their meaning and of the language
/// that they are to be said in.
fn original(whole: &Translation<'_>, blocks: &[Block]) -> u64 {
    let circumstances = whole.circumstances();
    let [lang, source_lang] = [whole.target().lang(), whole.source().lang()];
    let of = |text: &Option<String>| text.clone().unwrap_or_default();
    let (context, variety) = (of(&circumstances.context), of(&circumstances.variety));
    let with = |hash: Hash, part: &str| hash.with(part.as_bytes()).with(&[0]);
    let head = [lang.as_str(), &variety, &context, source_lang.as_str()].into_iter().fold(Hash::EMPTY, with);
    let said = blocks.iter().fold(head, |hash, block| {
        // A unit is one thing, whatever its lines look like.
        let hash = if circumstances.is_unit { hash } else { hash.with(&[block.kind as u8]) };
        whole.source().slice(block.span).split_whitespace().fold(hash, with)
    });
    said.mixed()
}
