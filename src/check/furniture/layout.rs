//! Where the article is among its furniture.
//!
//! The body is the stretch of blocks that outweighs all others, where prose weighs for it and known phrases and short
//! lines against it (Pasternack and Roth, Extracting article text from the web with maximum subsequence segmentation,
//! 2009). What lies before and after it is furniture where phrases say so; in the body only phrases that stand nowhere
//! else are.

use super::phrases::{Evidence, evidence};
use super::references::{forgive_references, is_kept_by_its_site, is_titled};
use crate::text::{Block, BlockKind, Document, Span};

/// Shorter blocks without an end mark are lines, not prose. In bytes.
const LINE: usize = 100;
/// Prose has at least this many words.
const PROSE: usize = 6;

/// A page of more blocks than this …
const LONG: usize = 40;
/// … with less prose than this, in bytes, is a list.
const LITTLE: usize = 1200;
/// So many short lines before the first phrase of a tail belong to it.
const BACK: usize = 3;

/// The blocks of a document with what is known of each.
pub struct Layout<'a> {
    doc: &'a Document,
    lines: Vec<Line>,
    /// The blocks of the article proper.
    body: std::ops::Range<usize>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub evidence: Option<Evidence>,
    /// Whole sentences.
    pub prose: bool,
    /// Short and without an end mark.
    short: bool,
    pub item: bool,
}

impl Line {
    fn points(&self) -> u32 {
        self.evidence.map_or(0, |e| e.points)
    }

    fn strong(&self) -> bool {
        self.evidence.is_some_and(|e| e.strong)
    }
}

/// Neighbouring blocks of furniture.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    /// The first block.
    pub first: usize,
    /// The last block.
    pub last: usize,
    /// The block to quote.
    pub shown: usize,
    /// What it is: a key of the definition's phrases.
    pub category: &'static str,
}

impl<'a> Layout<'a> {
    /// Looks at the blocks of a document.
    pub fn of(doc: &'a Document) -> Layout<'a> {
        let mut buffer = String::new();
        let mut lines: Vec<Line> = doc.blocks().iter().map(|block| line(doc, block, &mut buffer)).collect();
        if let Some(first) = lines.first_mut().filter(|_| is_titled(doc)) {
            first.evidence = None;
        }
        if is_kept_by_its_site(doc) {
            forgive_references(doc, &mut lines);
        }
        let body = body(doc, &lines);
        let mut layout = Layout { doc, lines, body };
        let end = layout.lines.len();
        if layout.is_prose_heavy(0..layout.body.start) {
            layout.body.start = 0;
        }
        if layout.is_prose_heavy(layout.body.end..end) {
            layout.body.end = end;
        }
        // Where there is hardly any prose the body cannot be told from the rest: only the phrases themselves count.
        let prose = layout.prose(layout.body.clone());
        if layout.lines.len() > LONG && prose < LITTLE {
            layout.body = 0..end;
        }
        layout
    }

    /// The runs of furniture, in order.
    pub fn runs(&self) -> Vec<Run> {
        let mut out = Vec::new();
        out.extend(self.head());
        self.middle(&mut out);
        out.extend(self.tail());
        out
    }

    /// Before the body: from the first phrase to the last. The headline and the byline stand after it.
    fn head(&self) -> Option<Run> {
        let known = |i: &usize| self.lines[*i].evidence.is_some();
        let points: u32 = self.lines[..self.body.start].iter().map(Line::points).sum();
        let first = (0..self.body.start).find(known)?;
        let last = (0..self.body.start).rfind(known)?;
        let strong = self.lines[first..=last].iter().any(Line::strong);
        // A lone word above a headline may be its section; a button is none.
        let button =
            first == 0 && self.body.start > last + 1 && self.lines[0].evidence.is_some_and(|e| is_button(e.category));
        if !(strong || points >= 3 || button) {
            return None;
        }
        Some(self.run(if points >= 4 { 0 } else { first }, last))
    }

    /// After the body.
    fn tail(&self) -> Option<Run> {
        let all = self.body.end..self.lines.len();
        let lines = &self.lines[all.clone()];
        let points: u32 = lines.iter().map(Line::points).sum();
        let known = lines.iter().filter(|l| l.evidence.is_some()).count();
        let bare = lines.iter().all(|l| l.evidence.is_some() || l.short && !l.item);
        let enough = lines.iter().any(Line::strong)
            || points >= 3
            || points >= 2 && bare
            || known > 0 && known == lines.len()
            || heads_a_list(lines);
        let known = all.clone().find(|&i| self.lines[i].evidence.is_some())?;
        // The lines right before the first phrase are most likely part of what it heads.
        let back = (all.start..known).rev().take(BACK).take_while(|&i| self.lines[i].short && !self.lines[i].item);
        let first = back.last().unwrap_or(known);
        if enough {
            let last = all.clone().rfind(|&i| self.lines[i].evidence.is_some() || self.lines[i].short)?;
            return Some(self.run(first, last));
        }
        None
    }

    /// In the body: phrases that stand nowhere else. In an article with headings of its own a phrase that may head
    /// a section is taken for one.
    fn middle(&self, out: &mut Vec<Run>) {
        let lines = &self.lines[self.body.clone()];
        let headings = lines.iter().filter(|l| l.evidence.is_none() && l.short && !l.item).count() >= 2;
        let mut at = self.body.start;
        while at < self.body.end {
            let heads = headings && self.lines[at].evidence.is_some_and(|e| may_head(e.category));
            if !self.lines[at].strong() || heads || self.lines[at].item {
                at += 1;
                continue;
            }
            let mut last = at;
            while last + 1 < self.body.end && self.lines[last + 1].evidence.is_some() {
                last += 1;
            }
            out.push(self.run(at, last));
            at = last + 1;
        }
    }

    /// Whether a stretch outside the body holds more prose than the body: then the body was not found.
    fn is_prose_heavy(&self, part: std::ops::Range<usize>) -> bool {
        self.prose(part) * 2 > self.prose(self.body.clone())
    }

    /// Bytes of prose in a stretch of blocks.
    fn prose(&self, part: std::ops::Range<usize>) -> usize {
        let blocks = self.lines[part.clone()].iter().zip(&self.doc.blocks()[part]);
        blocks.filter(|(l, _)| l.prose).map(|(_, b)| b.span.len()).sum()
    }

    fn run(&self, first: usize, last: usize) -> Run {
        let lines = &self.lines[first..=last];
        let best = lines.iter().position(Line::strong).or_else(|| lines.iter().position(|l| l.evidence.is_some()));
        let shown = first + best.unwrap_or(0);
        let category = self.lines[shown].evidence.map_or("layout", |e| e.category);
        Run { first, last, shown, category }
    }

    /// Phrases at the end of a paragraph, after its last sentence.
    pub fn glued(&self) -> Vec<(Span, &'static str)> {
        let mut out = Vec::new();
        let mut buffer = String::new();
        for (block, line) in self.doc.blocks().iter().zip(&self.lines) {
            let sentences = self.doc.sentences_of(block);
            let [.., before, last] = sentences else { continue };
            if line.evidence.is_some() || !before.ended || block.kind == BlockKind::Verse {
                continue;
            }
            let Some(found) = evidence(self.doc.slice(last.span), block.lang, &mut buffer) else { continue };
            let text = self.doc.slice(last.span);
            let begins = text.starts_with(|c: char| !c.is_lowercase() && (c.is_alphanumeric() || c == '©'));
            // A whole sentence is furniture only where it is one word for word.
            let sentence =
                found.strong && found.whole && !matches!(found.category, "paywall" | "loading" | "video-player");
            // “(now 41 %, vs. 12 % today)”: the end of a bracket.
            let inside = text.ends_with(')') && !text.contains('(');
            if begins && !inside && (!last.ended || sentence) {
                out.push((last.span, found.category));
            }
        }
        out
    }
}

/// Whether phrases of this kind also stand above sections of an article.
fn may_head(category: &str) -> bool {
    matches!(
        category,
        "navigation"
            | "follow"
            | "tip-line"
            | "cookie-consent"
            | "read-more"
            | "app-download"
            | "republished"
            | "video-player"
            | "loading"
            | "timestamp"
            | "tags-categories"
            | "byline"
            | "reading-time"
    )
}

/// Whether a word of this kind is a button or a label, and no section of a paper.
fn is_button(category: &str) -> bool {
    matches!(
        category,
        "share" | "newsletter" | "print-email" | "advertisement" | "comment-form" | "paywall" | "popular-latest"
    )
}

/// Whether what follows the body is a heading of the page (“Related articles”, “Share this”) with nothing but titles or
/// names under it.
fn heads_a_list(lines: &[Line]) -> bool {
    let Some((first, list)) = lines.split_first() else { return false };
    let heads = |e: Evidence| e.whole && matches!(e.category, "related-posts" | "popular-latest" | "share");
    first.evidence.is_some_and(heads) && !list.is_empty() && list.iter().all(|line| line.short)
}

fn line(doc: &Document, block: &Block, buffer: &mut String) -> Line {
    let text = doc.slice(block.span);
    let words = doc.words_of(block).len();
    let ended = doc.sentences_of(block).last().is_some_and(|s| s.ended) || text.ends_with([':', ';', ',']);
    let item = matches!(block.kind, BlockKind::ListItem | BlockKind::TableCell);
    // The words for a picture in the source of an article stand on no page.
    let alternative = doc.source().text()[..doc.in_source(block.span).start as usize].ends_with("![");
    let evidence = if alternative { None } else { evidence(text, block.lang, buffer) };
    let prose = evidence.is_none() && (ended && words >= PROSE || block.span.len() > LINE);
    Line { evidence, prose, short: !ended && block.span.len() <= LINE, item }
}

/// The stretch that weighs most.
fn body(doc: &Document, lines: &[Line]) -> std::ops::Range<usize> {
    let mut best = (0.0, 0..0);
    let (mut sum, mut start) = (0.0, 0);
    for (index, (line, block)) in lines.iter().zip(doc.blocks()).enumerate() {
        if sum <= 0.0 {
            (sum, start) = (0.0, index);
        }
        sum += match line {
            Line { evidence: Some(e), .. } => -1.5 * f64::from(e.points.min(2)),
            Line { prose: true, .. } => (block.span.len() as f64 / 50.0).clamp(1.0, 6.0),
            Line { item: true, .. } => 0.0,
            Line { short: true, .. } => -0.7,
            _ => 0.2,
        };
        if sum > best.0 {
            best = (sum, start..index + 1);
        }
    }
    if best.1.is_empty() { 0..lines.len() } else { best.1 }
}
