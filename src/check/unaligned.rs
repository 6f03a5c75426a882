//! What a translation lacks of its original, and what it adds to it.

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::align::Bead;
use crate::text::{Document, Span, Translation};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Unaligned {
    /// What is looked for.
    what: What,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum What {
    /// Blocks of the original that the translation lacks.
    #[default]
    MissingParagraph,
    /// Blocks of the translation that the original lacks.
    ExtraParagraph,
    /// Sentences of the original that a block of the translation lacks.
    MissingSentence,
}

/// A sentence with fewer letters or digits may be left out without a loss: an exclamation, a number.
const SENTENCE: usize = 25;

impl Check for Unaligned {
    fn translation<'a>(&self, whole: &Translation<'a>, out: &mut Findings<'a>) {
        match self.what {
            What::MissingParagraph => missing(whole, out),
            What::ExtraParagraph => extra(whole, out),
            What::MissingSentence => sentences(whole, out),
        }
    }

    fn needs_source(&self) -> bool {
        true
    }
}

fn missing<'a>(whole: &Translation<'a>, out: &mut Findings<'a>) {
    let beads = whole.alignment().blocks();
    let sound = whole.alignment().lost().unwrap_or(beads.len());
    let blocks = whole.source().blocks();
    for run in runs(&beads[..sound], Bead::is_missing) {
        let (first, last) = (run[0].source.start as usize, run[run.len() - 1].source.end as usize);
        let all = blocks[first].span.to(blocks[last - 1].span);
        let finding = gap(whole.target(), run[0].target.start);
        let count = last - first;
        out.push(
            finding
                .phrase("how", if count == 1 { "one" } else { "several" })
                .slot("count", count.to_string())
                .slot("text", whole.source().slice(blocks[first].span))
                .related_in(whole.source(), all),
        );
    }
    if let Some(bead) = beads.get(sound) {
        let at = blocks.get(bead.source.start as usize).or(blocks.last());
        let mut finding = gap(whole.target(), bead.target.start).phrase("how", "lost").slot("count", "");
        if let Some(block) = at {
            finding = finding.slot("text", whole.source().slice(block.span)).related_in(whole.source(), block.span);
        }
        out.push(finding);
    }
}

fn extra<'a>(whole: &Translation<'a>, out: &mut Findings<'a>) {
    let beads = whole.alignment().blocks();
    let sound = whole.alignment().lost().unwrap_or(beads.len());
    let (blocks, sources) = (whole.target().blocks(), whole.source().blocks());
    for run in runs(&beads[..sound], Bead::is_extra) {
        let (first, last) = (run[0].target.start as usize, run[run.len() - 1].target.end as usize);
        let count = last - first;
        let mut finding = Finding::new(whole.target(), blocks[first].span.to(blocks[last - 1].span))
            .phrase("how", if count == 1 { "one" } else { "several" })
            .slot("count", count.to_string())
            .slot("text", whole.target().slice(blocks[first].span));
        // The place of the original where it would stand.
        let before = (run[0].source.start as usize).checked_sub(1).and_then(|at| sources.get(at));
        if let Some(block) = before.or(sources.first()) {
            finding = finding.related_in(whole.source(), block.span);
        }
        out.push(finding);
    }
}

fn sentences<'a>(whole: &Translation<'a>, out: &mut Findings<'a>) {
    let beads = whole.alignment().sentences();
    let (sources, targets) = (whole.source().sentences(), whole.target().sentences());
    for (at, bead) in beads.iter().enumerate().filter(|(_, bead)| bead.is_missing()) {
        let span = sources[bead.source.start as usize].span.to(sources[bead.source.end as usize - 1].span);
        let text = whole.source().slice(span);
        if text.chars().filter(|c| c.is_alphanumeric()).count() < SENTENCE {
            continue;
        }
        let near = |bead: &&Bead| !bead.is_missing();
        let before = beads[..at].iter().rev().find(near).filter(|bead| bead.target.end > 0);
        let after = beads[at..].iter().find(near);
        let finding = match (before, after) {
            (Some(bead), _) => at_end(whole.target(), targets[bead.target.end as usize - 1].span, "after"),
            (None, Some(bead)) => at_start(whole.target(), targets[bead.target.start as usize].span, "before"),
            (None, None) => continue,
        };
        out.push(finding.slot("text", text).related_in(whole.source(), span));
    }
}

/// Neighbouring beads that are so.
fn runs(beads: &[Bead], is: fn(&Bead) -> bool) -> impl Iterator<Item = &[Bead]> {
    beads.chunk_by(move |a, b| is(a) == is(b)).filter(move |run| is(&run[0]))
}

/// The place where a block would stand: at the end of the block before it.
fn gap<'a>(doc: &'a Document, block: u32) -> Finding<'a> {
    let before = (block as usize).checked_sub(1).and_then(|at| doc.blocks().get(at));
    match (before, doc.blocks().get(block as usize)) {
        (Some(block), _) => at_end(doc, block.span, "after"),
        (None, Some(block)) => at_start(doc, block.span, "before"),
        (None, None) => Finding::new(doc, Span::default()).phrase("where", "after").slot("word", ""),
    }
}

fn at_end<'a>(doc: &'a Document, span: Span, side: &'static str) -> Finding<'a> {
    let words = words(doc, span);
    place(doc, words.last().map_or(span, |word| word.span), side)
}

fn at_start<'a>(doc: &'a Document, span: Span, side: &'static str) -> Finding<'a> {
    let words = words(doc, span);
    place(doc, words.first().map_or(span, |word| word.span), side)
}

fn words(doc: &Document, span: Span) -> &[crate::text::Word] {
    let words = doc.words();
    let first = words.partition_point(|word| word.span.start < span.start);
    let end = words.partition_point(|word| word.span.end <= span.end);
    &words[first.min(end)..end]
}

fn place<'a>(doc: &'a Document, span: Span, side: &'static str) -> Finding<'a> {
    Finding::new(doc, span).phrase("where", side).slot("word", doc.slice(span))
}
