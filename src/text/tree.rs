//! Prints a document as it was read, for authors of lints and formats.

use std::fmt::Write as _;

use serde::Serialize;

use super::block::{Block, BlockKind, MaskKind, Sentence};
use super::document::Document;
use super::lang::Lang;
use super::source::Unit;
use super::span::Span;

/// A document, to be serialised. Offsets are bytes of the source's text.
#[derive(Debug, Serialize)]
pub struct Tree {
    /// The language of the whole.
    pub lang: Lang,
    /// The blocks in order.
    pub blocks: Vec<Node>,
    /// What stands in comments of the markup.
    pub comments: Vec<String>,
    /// What could not be read as it should.
    pub problems: Vec<String>,
}

/// A block.
#[derive(Debug, Serialize)]
pub struct Node {
    /// What it is.
    pub kind: BlockKind,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Its language.
    pub lang: Lang,
    /// How many words it has.
    pub words: usize,
    /// Its sentences.
    pub sentences: Vec<Leaf>,
    /// Its masked stretches.
    pub masks: Vec<Masked>,
}

/// A sentence.
#[derive(Debug, Serialize)]
pub struct Leaf {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Whether it ends in an end mark.
    pub ended: bool,
    /// How many words it has.
    pub words: usize,
    /// Its text, markup gone.
    pub text: String,
}

/// A masked stretch.
#[derive(Debug, Serialize)]
pub struct Masked {
    /// Why it is masked.
    pub kind: MaskKind,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Its text.
    pub text: String,
}

impl Tree {
    /// The tree of a document.
    pub fn of(doc: &Document) -> Tree {
        Tree {
            lang: doc.lang(),
            blocks: doc.blocks().iter().map(|b| node(doc, b)).collect(),
            comments: doc.comments().iter().map(|c| c.text.clone()).collect(),
            problems: doc.problems().iter().map(|p| p.message.clone()).collect(),
        }
    }
}

fn node(doc: &Document, block: &Block) -> Node {
    let span = doc.in_source(block.span);
    let masks = doc.masks().iter().filter(|m| m.span.overlaps(block.span));
    Node {
        kind: block.kind,
        start: span.start,
        end: span.end,
        lang: block.lang,
        words: doc.words_of(block).len(),
        sentences: doc.sentences_of(block).iter().map(|s| leaf(doc, s)).collect(),
        masks: masks
            .map(|m| {
                let at = doc.in_source(m.span);
                Masked { kind: m.kind, start: at.start, end: at.end, text: doc.slice(m.span).to_owned() }
            })
            .collect(),
    }
}

fn leaf(doc: &Document, sentence: &Sentence) -> Leaf {
    let span = doc.in_source(sentence.span);
    Leaf {
        start: span.start,
        end: span.end,
        ended: sentence.ended,
        words: doc.words_in(sentence).len(),
        text: doc.slice(sentence.span).to_owned(),
    }
}

/// The tree for people: a line a block, with its place in the source, below it a line a sentence, with `+` before
/// those that are ended; masked text stands between `‹` and `›`.
pub fn print(doc: &Document) -> String {
    let mut out = format!("language {}\n", doc.lang());
    for problem in doc.problems() {
        let _ = writeln!(out, "problem {}: {}", place(doc, problem.at), problem.message);
    }
    let mut comments = doc.comments().iter().peekable();
    for block in doc.blocks() {
        while let Some(comment) = comments.next_if(|c| c.at <= block.span.start) {
            let _ = writeln!(out, "comment {}: {}", place(doc, comment.source), shown(&comment.text));
        }
        let span = doc.in_source(block.span);
        let _ = write!(out, "{} {} [{}..{}]", block.kind.name(), place(doc, span), span.start, span.end);
        if block.lang != doc.lang() {
            let _ = write!(out, " {}", block.lang);
        }
        let words = doc.words_of(block).len();
        let _ = writeln!(out, " {words} word{}", if words == 1 { "" } else { "s" });
        for sentence in doc.sentences_of(block) {
            let mark = if sentence.ended { '+' } else { '-' };
            let _ = writeln!(out, "  {mark} {}", marked(doc, sentence.span));
        }
    }
    for comment in comments {
        let _ = writeln!(out, "comment {}: {}", place(doc, comment.source), shown(&comment.text));
    }
    out
}

fn place(doc: &Document, span: Span) -> String {
    let at = doc.source().position(span.start, Unit::Char);
    format!("{}:{}", at.line, at.column)
}

fn marked(doc: &Document, span: Span) -> String {
    let mut out = String::new();
    let mut at = span.start;
    let first = doc.masks().partition_point(|m| m.span.end <= span.start);
    for mask in doc.masks()[first..].iter().take_while(|m| m.span.start < span.end) {
        let (start, end) = (mask.span.start.max(at), mask.span.end.min(span.end));
        out.push_str(&shown(doc.slice(Span::new(at, start))));
        let _ = write!(out, "‹{}›", shown(doc.slice(Span::new(start, end))));
        at = end;
    }
    out.push_str(&shown(doc.slice(Span::new(at, span.end))));
    out
}

/// Line breaks and whatever steers a terminal are shown, not printed.
fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => out.push('⏎'),
            c if c.is_control() => out.extend(c.escape_unicode()),
            '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{a0}' | '\u{feff}' => {
                out.extend(c.escape_unicode());
            }
            c => out.push(c),
        }
    }
    out
}
