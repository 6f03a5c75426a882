//! From pieces to blocks: what each is, by its look and by what stands around it.

use super::labels;
use super::lines::{Piece, Shape};
use super::marks;
use crate::text::{BlockKind, DraftBlock};

/// Longer lines (in words) are not headings, whatever they lack.
const HEADING: usize = 15;
/// Lines up to this length (in words) without an end mark are headings even in a text that has no others.
const SHORT: usize = 6;
/// Right above or under a short heading a line of so many words is no other heading.
const BESIDE: usize = 8;
/// … and this, where a comma of Chinese parts clauses in them: titles have a space there. In other languages nothing
/// speaks for it: tried on edited text, two headings with a comma came up for each cut sentence.
const CLAUSES: usize = 10;
/// A first line up to this length (in bytes) can be the headline.
const HEADLINE: usize = 200;
/// So many lines without end marks one after the other are a list, whatever they look like.
const RUN: usize = 3;

/// What can be told of a piece on its own. Of one that has its end mark nothing else is known.
pub(super) struct Look {
    pub ended: bool,
    pub lead_in: bool,
    pub sentences: bool,
    pub words: usize,
}

/// Gives every piece its kind.
pub fn name(text: &str, pieces: Vec<Piece>) -> Vec<DraftBlock> {
    let looks: Vec<Look> = pieces.iter().map(|p| look(p.span.slice(text))).collect();
    let mut kinds: Vec<BlockKind> = pieces.iter().map(|p| by_shape(p.shape)).collect();
    for (at, piece) in pieces.iter().enumerate() {
        if kinds[at] == BlockKind::Paragraph && !looks[at].ended {
            kinds[at] = labels::named(piece.span.slice(text), &looks[at]);
        }
    }
    lists(&looks, &mut kinds);
    headings(text, &pieces, &looks, &mut kinds);
    pieces.iter().zip(kinds).map(|(p, kind)| DraftBlock { kind, span: p.span, lang: None }).collect()
}

fn look(piece: &str) -> Look {
    // Most pieces have their end mark and so are neither headings nor anything else without one: nobody asks for the rest.
    if marks::is_ended(piece) {
        return Look { ended: true, lead_in: false, sentences: false, words: 0 };
    }
    Look {
        ended: false,
        lead_in: marks::is_lead_in(piece),
        sentences: marks::has_sentences(piece),
        words: marks::words(piece, 60),
    }
}

fn by_shape(shape: Shape) -> BlockKind {
    match shape {
        Shape::Plain => BlockKind::Paragraph,
        Shape::Item => BlockKind::ListItem,
        Shape::Row => BlockKind::TableCell,
        Shape::Verse => BlockKind::Verse,
        Shape::Quoted => BlockKind::Quotation,
    }
}

/// Items without bullets: lines without end marks after a lead-in, or many one after the other.
fn lists(looks: &[Look], kinds: &mut [BlockKind]) {
    let mut at = 0;
    while at < looks.len() {
        let bare =
            |i: usize| kinds[i] == BlockKind::Paragraph && !looks[i].ended && !looks[i].lead_in && !looks[i].sentences;
        if !bare(at) {
            at += 1;
            continue;
        }
        let end = (at..looks.len()).find(|&i| !bare(i)).unwrap_or(looks.len());
        let led = at > 0 && (looks[at - 1].lead_in || kinds[at - 1] == BlockKind::ListItem && !looks[at - 1].ended);
        // Where a list with bullets comes after them, lines without are none of its items.
        let led = led && kinds.get(end) != Some(&BlockKind::ListItem);
        // The first lines of a text are its headline and what belongs to it.
        if at > 0 && (led || end - at >= RUN && !is_paragraph_among(&looks[at..end])) {
            kinds[at..end].fill(BlockKind::ListItem);
        }
        at = end;
    }
}

/// Whether one of three lines is far longer than the others: a paragraph that lost its end between headings.
fn is_paragraph_among(looks: &[Look]) -> bool {
    if looks.len() > RUN {
        return false;
    }
    let mut longest = [0, 0];
    for look in looks {
        if look.words > longest[0] {
            longest = [look.words, longest[0]];
        } else {
            longest[1] = longest[1].max(look.words);
        }
    }
    longest[0] > HEADING && longest[1] * 2 <= longest[0]
}

/// The headline, and headings: short lines without end marks. In a text whose other blocks all have their marks, one
/// that lacks it and is not short is a paragraph that lost it.
fn headings(text: &str, pieces: &[Piece], looks: &[Look], kinds: &mut [BlockKind]) {
    if pieces.len() < 2 {
        return;
    }
    let is_bare = |at: usize, kind: BlockKind| kind == BlockKind::Paragraph && !looks[at].ended && !looks[at].lead_in;
    // A paragraph that lost its end stands first now and then: it has several sentences, a comma at its end, or goes on
    // in small letters.
    let first = pieces[0].span.slice(text);
    let goes_on = pieces[1].span.slice(text).starts_with(char::is_lowercase);
    let lost = looks[0].sentences && looks[0].words > SHORT * 2 || first.ends_with([',', '，', '、', '،']) || goes_on;
    if is_bare(0, kinds[0]) && pieces[0].span.len() <= HEADLINE && !lost {
        kinds[0] = BlockKind::Headline;
    }
    let short = |at: usize, kind: BlockKind| is_bare(at, kind) && looks[at].words <= HEADING && !looks[at].sentences;
    let habit = (1..pieces.len()).filter(|&at| short(at, kinds[at])).count() >= 3;
    for at in 1..pieces.len() {
        if !is_bare(at, kinds[at]) || looks[at].sentences {
            continue;
        }
        let words = looks[at].words;
        let line = pieces[at].span.slice(text);
        // Small letters go on with a sentence.
        if line.starts_with(char::is_lowercase) {
            continue;
        }
        let titled = words <= 2 * HEADING && words > 2 && is_titled(line);
        let may_be = habit && words <= if line.contains('，') { CLAUSES } else { HEADING };
        if words <= SHORT || titled || may_be {
            kinds[at] = BlockKind::Heading;
        }
    }
    // Two headings, one right under the other, are of one size: a far longer one is a paragraph that lost its end.
    for at in 1..pieces.len() {
        let words = looks[at].words;
        let beside = |other: usize| {
            kinds.get(other) == Some(&BlockKind::Heading)
                && looks[other].words <= SHORT
                && 2 * looks[other].words <= words
        };
        let titled = || is_titled(pieces[at].span.slice(text));
        if kinds[at] == BlockKind::Heading && words >= BESIDE && (beside(at - 1) || beside(at + 1)) && !titled() {
            kinds[at] = BlockKind::Paragraph;
        }
    }
}

/// Whether nearly all longer words have a capital: a title in the English fashion.
fn is_titled(line: &str) -> bool {
    let long = line.split_whitespace().filter(|w| w.len() >= 4);
    let (mut all, mut capital) = (0, 0);
    for word in long {
        all += 1;
        capital += usize::from(
            word.trim_start_matches(['(', '"', '“', '‘', '\''])
                .starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()),
        );
    }
    all >= 2 && capital * 5 >= all * 4
}
