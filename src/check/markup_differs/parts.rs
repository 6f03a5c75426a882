//! What Markdown makes beside its text: levels of headings, code, names of anchors, tags and front matter.
//!
//! A page is translated by hand, and lags behind its original now and then. So nothing is told for what may be but newer or
//! older: only what has its place in both and differs there.

use std::collections::HashSet;

use super::{all, at};
use crate::diagnostic::Findings;
use crate::text::{Block, Document, MaskKind, PartKind, Span, Translation};

/// Headings of another level than those they render. The first speaks for all: a page that begins a level lower has
/// none right.
pub(super) fn headings<'a>(whole: &Translation<'a>, out: &mut Findings<'a>) {
    let (source, target) = (whole.source(), whole.target());
    if source.parts().is_empty() || target.parts().is_empty() {
        return;
    }
    for bead in whole.alignment().blocks().iter().filter(|bead| !bead.moved) {
        let ([own], [other]) = whole.blocks(bead) else { continue };
        let (Some(wanted), Some(found)) = (level(source, own), level(target, other)) else { continue };
        if wanted != found {
            let finding = crate::diagnostic::Finding::new(target, other.span).phrase("how", "level");
            let finding = finding.slot("text", found.to_string()).slot("wanted", wanted.to_string());
            out.push(finding.related_in(source, own.span));
            return;
        }
    }
}

/// The level of a heading.
fn level(doc: &Document, block: &Block) -> Option<u8> {
    let place = doc.in_source(block.span);
    let parts = doc.parts();
    let next = parts.partition_point(|part| part.at.start <= place.start);
    parts[..next]
        .iter()
        .rev()
        .find_map(|part| match part.kind {
            PartKind::Heading(level) => Some((level, part.at)),
            _ => None,
        })
        .filter(|(_, at)| at.contains(place))
        .map(|(level, _)| level)
}

/// Code spans that are not those of the original. What the other side has anywhere as code is in another place; what it has
/// as plain text lost its marks only.
pub(super) fn code_spans<'a>(whole: &Translation<'a>, out: &mut Findings<'a>) {
    let (source, target) = (whole.source(), whole.target());
    let set = |doc: &'a Document| -> HashSet<&'a str> { spans(doc, all(doc)).map(|span| doc.slice(span)).collect() };
    let (owns, others) = (set(source), set(target));
    if owns.is_empty() || others.is_empty() {
        return;
    }
    for pair in whole.pairs() {
        let foreign = |span: &Span, there: &HashSet<&str>, own: &Document, text: &str| {
            let said = own.slice(*span);
            !there.contains(said) && !text.contains(said)
        };
        let missing = spans(source, pair.source.span).filter(|span| foreign(span, &others, source, pair.target.text()));
        let extra = spans(target, pair.target.span).filter(|span| foreign(span, &owns, target, pair.source.text()));
        let (missing, extra): (Vec<Span>, Vec<Span>) = (missing.collect(), extra.collect());
        // As many on both sides: each was changed. Else it is not known which is which.
        let all_of = |doc, span| spans(doc, span).count();
        if all_of(source, pair.source.span) != all_of(target, pair.target.span) || missing.len() != extra.len() {
            continue;
        }
        for (own, other) in missing.into_iter().zip(extra) {
            let (wanted, found) = (source.slice(own), target.slice(other));
            if is_code(wanted) && is_slip(wanted, found, whole) {
                let finding = at(target, target.in_source(other)).phrase("how", "code").slot("found", found);
                out.push(finding.slot("text", wanted).related_in(source, own));
            }
        }
    }
}

/// Whether a code span is for a machine: words in plain letters may be shown in the language of the page.
fn is_code(text: &str) -> bool {
    text.is_ascii()
        && text.bytes().any(|b| b.is_ascii_punctuation() || b.is_ascii_digit())
        && !text.contains(['"', '\'', ' '])
}

/// Longer pieces of code are not set against each other letter by letter.
const LONGEST: usize = 200;

/// Whether two pieces of code differ by a slip of one letter, or of a case, in one of their words. A word that was put in the
/// place of another is one of the example's, said in the language of the page, and so are numbers: one side may be newer.
fn is_slip(wanted: &str, found: &str, whole: &Translation<'_>) -> bool {
    let words = |text: &str| -> Vec<String> {
        let is_part = |c: char| c.is_alphabetic() || c == '_';
        text.split(|c| !is_part(c)).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    if wanted.len().max(found.len()) > LONGEST {
        return false;
    }
    let rest = |text: &str| -> String { text.chars().filter(|c| !c.is_alphabetic() && !c.is_whitespace()).collect() };
    let (theirs, ours) = (words(wanted), words(found));
    if theirs.len() != ours.len() || rest(wanted) != rest(found) {
        return false;
    }
    let mut differing = theirs.iter().zip(&ours).filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (differing.next(), differing.next()) else { return false };
    let tags = [whole.source().lang(), whole.target().lang()];
    let is_tag = |word: &str| tags.iter().any(|tag| tag.as_str() == word);
    let slip = a.len() > 3 && strsim::damerau_levenshtein(a, b) == 1 || a.to_lowercase() == b.to_lowercase();
    slip && !is_tag(b)
}

fn spans(doc: &Document, within: Span) -> impl Iterator<Item = Span> + '_ {
    let masks = doc.masks();
    let first = masks.partition_point(|mask| mask.span.end <= within.start);
    let own = masks[first..].iter().take_while(move |mask| mask.span.start < within.end);
    own.filter(|mask| mask.kind == MaskKind::Code).map(|mask| mask.span)
}

/// Blocks of code with a line that is not in the original, where both sides have as many of them.
pub(super) fn code_blocks<'a>(whole: &Translation<'a>, out: &mut Findings<'a>) {
    let (source, target) = (whole.source(), whole.target());
    let of = |doc: &'a Document| doc.parts().iter().filter(|part| part.kind == PartKind::Code).map(|part| part.at);
    let (own, other): (Vec<Span>, Vec<Span>) = (of(source).collect(), of(target).collect());
    if own.len() != other.len() {
        return;
    }
    for (own, other) in own.into_iter().zip(other) {
        let (theirs, ours) = (own.slice(source.source().text()), other.slice(target.source().text()));
        let known: HashSet<&str> = theirs.lines().map(str::trim).collect();
        let there: HashSet<&str> = ours.lines().map(str::trim).collect();
        let lost = theirs.lines().map(str::trim).filter(|line| is_bare(line) && !there.contains(line));
        let lost: Vec<&str> = lost.collect();
        let new = ours.lines().filter(|line| is_bare(line.trim()) && !known.contains(line.trim()));
        let new: Vec<&str> = new.collect();
        // A line more or less: one side is newer.
        if let ([wanted], [line]) = (&lost[..], &new[..])
            && is_slip(wanted, line, whole)
            && theirs.lines().count() == ours.lines().count()
        {
            let start = other.start + (line.as_ptr() as usize - ours.as_ptr() as usize) as u32;
            let span = Span::new(start, start + line.len() as u32).trim(target.source().text());
            let finding = at(target, span).phrase("how", "code-line").slot("found", line.trim());
            let place = near(source, own);
            out.push(finding.slot("text", *wanted).related_in(source, place));
        }
    }
}

/// Whether a line of code says nothing to people: no comment, no text in quotes or between tags.
fn is_bare(line: &str) -> bool {
    let says = ["//", "#", "--", "/*", "<!", "*", ">"].iter().any(|mark| line.contains(mark));
    line.len() > 2 && line.is_ascii() && !says && !line.contains(['"', '\'', '`'])
}

/// The block of text before a place of the source.
fn near(doc: &Document, place: Span) -> Span {
    let blocks = doc.blocks();
    let next = blocks.partition_point(|block| doc.in_source(block.span).end <= place.start);
    let block = next.checked_sub(1).map_or_else(|| blocks.first(), |n| blocks.get(n));
    block.map_or(Span::default(), |block| block.span)
}

/// Names that were translated: of keys, anchors and tags. The other side has none of this name, and one that is not known
/// here.
pub(super) fn names<'a>(whole: &Translation<'a>, out: &mut Findings<'a>) {
    let (source, target) = (whole.source(), whole.target());
    for (kind, how) in [(PartKind::Key, "key"), (PartKind::Anchor, "anchor"), (PartKind::Tag, "tag")] {
        let of = |doc: &'a Document| -> Vec<(&'a str, Span)> {
            let parts = doc.parts().iter().filter(|part| part.kind == kind);
            parts.filter_map(|part| name(part.at.slice(doc.source().text()), part.at)).collect()
        };
        let (own, other) = (of(source), of(target));
        let named = |all: &[(&'a str, Span)]| -> HashSet<&'a str> { all.iter().map(|(name, _)| *name).collect() };
        let (owns, others) = (named(&own), named(&other));
        let mut seen = HashSet::new();
        let lost: Vec<_> = own.iter().filter(|(name, _)| !others.contains(name) && seen.insert(*name)).collect();
        let new: Vec<_> = other.iter().filter(|(name, _)| !owns.contains(name) && seen.insert(*name)).collect();
        // As many on either side, or one side is newer. Of several it is not known which is which.
        if own.len() != other.len() {
            continue;
        }
        if let ([(wanted, place)], [(found, span)]) = (&lost[..], &new[..]) {
            let finding = at(target, *span).phrase("how", how).slot("found", *found).slot("text", *wanted);
            out.push(finding.related_in(source, near(source, *place)));
        }
    }
}

/// The name of a tag; an import has none, and an expression none that is only a name.
fn name(written: &str, at: Span) -> Option<(&str, Span)> {
    let inner = written.trim_start_matches(['<', '{', '%', '/', '-', '#', ' ']);
    let end = inner.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))).unwrap_or(inner.len());
    let start = at.start + (written.len() - inner.len()) as u32;
    let word = &inner[..end];
    let is_import = matches!(word, "import" | "export") && !written.starts_with(['<', '{']);
    (end > 0 && !is_import).then(|| (word, Span::new(start, start + end as u32)))
}
