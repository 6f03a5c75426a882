//! Tells the blocks of plain text from its layout and from the habits of the text itself.

use super::document::{BlockKind, DraftBlock};
use super::language::Language;
use super::sentence::{is_closer, is_end_mark};
use super::span::Span;

/// Lines longer than this (in bytes) are taken for whole paragraphs, not for lines of a hard-wrapped one.
const WRAP: usize = 120;

/// The blocks of a plain text: paragraphs parted by blank lines; where a paragraph's lines are not hard-wrapped,
/// each line is a block of its own.
pub fn blocks(text: &str) -> Vec<DraftBlock> {
    let mut out: Vec<DraftBlock> = Vec::new();
    let mut chunk: Vec<Span> = Vec::new();
    for line in lines(text) {
        if line.slice(text).trim().is_empty() {
            flush(text, &mut chunk, &mut out);
        } else {
            chunk.push(line);
        }
    }
    flush(text, &mut chunk, &mut out);
    name_headline(text, &mut out);
    out
}

fn lines(text: &str) -> impl Iterator<Item = Span> {
    let bytes = text.as_bytes();
    let mut start = 0;
    let mut ends = memchr::memchr2_iter(b'\n', b'\r', bytes);
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let end = ends.next().unwrap_or_else(|| {
            done = true;
            bytes.len()
        });
        let line = Span::of(start..end);
        start = (end + 1).min(bytes.len());
        // The break of CRLF is one break: its second half would be a blank line.
        if bytes.get(end) == Some(&b'\r') && bytes.get(end + 1) == Some(&b'\n') {
            start = ends.next().map_or(bytes.len(), |n| n + 1);
        }
        Some(line)
    })
}

fn flush(text: &str, chunk: &mut Vec<Span>, out: &mut Vec<DraftBlock>) {
    let (Some(&first), Some(&last)) = (chunk.first(), chunk.last()) else { return };
    let longest = chunk.iter().map(|l| l.len()).max().unwrap_or(0);
    let body = &chunk[..chunk.len() - 1];
    let even = longest >= 40 && body.iter().all(|l| l.len() * 2 >= longest);
    let runs_on = chunk[1..].iter().all(|l| l.slice(text).trim_start().starts_with(char::is_lowercase));
    let wrapped = longest <= WRAP && (even || runs_on);
    if wrapped || chunk.len() == 1 {
        out.push(block(text, first.to(last)));
    } else {
        out.extend(chunk.iter().map(|&line| block(text, line)));
    }
    chunk.clear();
}

fn block(text: &str, span: Span) -> DraftBlock {
    let span = span.trim(text);
    let line = span.slice(text);
    let bullet = line.starts_with(['•', '‣', '▪', '◦', '·', '–', '—', '*', '-', '+'])
        && line.chars().nth(1).is_some_and(char::is_whitespace);
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = number.len() < line.len() && number.len() + 3 >= line.len() && number.starts_with([')', '.']);
    let kind = if bullet || numbered { BlockKind::ListItem } else { BlockKind::Paragraph };
    DraftBlock { kind, span, lang: None }
}

/// The first block is the headline if it is short and does not end as the prose under it does.
fn name_headline(text: &str, blocks: &mut [DraftBlock]) {
    let neutral = Language::default();
    let ended = |b: &DraftBlock| b.span.slice(text).trim_end_matches(is_closer).ends_with(|c| is_end_mark(c, &neutral));
    let many = blocks.len() > 1;
    if let Some(first) = blocks.first_mut().filter(|b| many && b.span.len() <= 200 && !ended(b)) {
        first.kind = BlockKind::Headline;
    }
}
