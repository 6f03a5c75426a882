//! From lines to pieces: what belongs together in a run of lines without a blank one between them.

use super::marks;
use crate::text::span::Span;

/// Longer lines (in characters) are whole paragraphs, not lines of a wrapped one.
const WIDEST: usize = 120;
/// Prose is not wrapped narrower than this (in characters); lines that are shorter are broken on purpose.
const NARROWEST: usize = 36;
/// The longest line of a verse, in characters.
const VERSE: usize = 64;

/// A stretch of lines that is one block, before it has its kind.
#[derive(Debug, Clone, Copy)]
pub struct Piece {
    /// From its first character to its last.
    pub span: Span,
    /// What the lines alone tell.
    pub shape: Shape,
}

/// What the lines of a piece look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Text.
    Plain,
    /// Begins with a bullet or number.
    Item,
    /// A row of a table.
    Row,
    /// Lines broken on purpose.
    Verse,
    /// Marked with `>` as in mail.
    Quoted,
}

/// The lines of a text without their breaks. CR, LF and CRLF all end one line.
pub fn of(text: &str) -> impl Iterator<Item = Span> {
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

/// Cuts a chunk of lines into pieces.
pub fn cut(text: &str, chunk: &[Span], out: &mut Vec<Piece>) {
    let (Some(&first), Some(&last)) = (chunk.first(), chunk.last()) else { return };
    let line = |l: &Span| l.slice(text);
    if chunk.len() == 1 {
        let shape = if marks::is_item(line(&first)) { Shape::Item } else { quoted(line(&first)) };
        return push(text, first, shape, out);
    }
    if chunk.iter().all(|l| quoted(line(l)) == Shape::Quoted) {
        return push(text, first.to(last), Shape::Quoted, out);
    }
    if chunk.iter().filter(|l| is_row(line(l))).count() * 3 >= chunk.len() * 2 {
        return chunk.iter().for_each(|&l| push(text, l, Shape::Row, out));
    }
    let widths: Vec<usize> = chunk.iter().map(|l| line(l).trim().chars().count()).collect();
    let items = chunk.iter().any(|l| marks::is_item(line(l)));
    let wrapped = is_wrapped(text, chunk, &widths);
    if !wrapped && !items && is_verse(text, chunk, &widths) {
        return push(text, first.to(last), Shape::Verse, out);
    }
    let caseless = marks::is_ended(line(&last));
    let mut start = 0;
    for at in 1..=chunk.len() {
        if at < chunk.len() {
            let (before, after) = (line(&chunk[at - 1]), line(&chunk[at]));
            let item = marks::is_item(after);
            let in_item = marks::is_item(line(&chunk[start]));
            let joined = wrapped
                && (!in_item || indent(after) > indent(line(&chunk[start])) || !marks::is_ended(before))
                || in_item && indent(after) > indent(line(&chunk[start]))
                || runs_on(before, after, caseless);
            let paragraph = wrapped && !in_item && indent(after) >= 2 && indent(before) == 0;
            if joined && !item && !paragraph {
                continue;
            }
        }
        let shape = if marks::is_item(line(&chunk[start])) { Shape::Item } else { Shape::Plain };
        push(text, chunk[start].to(chunk[at - 1]), shape, out);
        start = at;
    }
}

fn push(text: &str, span: Span, shape: Shape, out: &mut Vec<Piece>) {
    let span = span.trim(text);
    if !span.is_empty() {
        out.push(Piece { span, shape });
    }
}

fn quoted(line: &str) -> Shape {
    if line.trim_start().starts_with('>') { Shape::Quoted } else { Shape::Plain }
}

/// White space before a line, a tab counted as four.
fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).take(80).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

/// Whether a line is a row of a table: cells parted by tabs, bars, or two gaps of several spaces.
fn is_row(line: &str) -> bool {
    let line = line.trim();
    let bars = memchr::memchr_iter(b'|', line.as_bytes()).take(2).count();
    bars >= 2 || line.contains('\t') || {
        let mut gaps = 0;
        for at in memchr::memmem::find_iter(line.as_bytes(), b"   ").take(8) {
            // The end of a gap: what follows is no space, and what stands before is no end of a sentence.
            gaps += usize::from(line.as_bytes().get(at + 3) != Some(&b' '));
        }
        gaps >= 1
    }
}

/// Whether the lines are those of prose set to a width: nearly every line is full, so that the first word of the next
/// would not have fitted.
fn is_wrapped(text: &str, chunk: &[Span], widths: &[usize]) -> bool {
    let width = widths.iter().copied().max().unwrap_or(0);
    if !(NARROWEST..=WIDEST).contains(&width) {
        return false;
    }
    let joints = chunk.len() - 1;
    let (mut full, mut ended) = (0, 0);
    for at in 0..joints {
        let next = chunk[at + 1].slice(text).split_whitespace().next().unwrap_or("");
        full += usize::from(widths[at] + 1 + next.chars().count() > width);
        ended += usize::from(marks::is_ended(chunk[at].slice(text)));
    }
    // Lines that all end a sentence are paragraphs. Of two lines one tells little: it must be long, and open.
    full * 5 >= joints * 4 && ended * 2 <= joints && (joints > 1 || ended == 0 && widths[0] >= 50)
}

/// Whether a sentence runs over the break between two lines: no end mark before it, and a small letter after it. In a
/// script without case an end mark at the end of the chunk stands in for the small letter.
fn runs_on(before: &str, after: &str, ended: bool) -> bool {
    let before = before.trim_end();
    let open = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | '،' | '、' | '-' | ')' | '”' | '"'));
    if !open || marks::is_ended(before) {
        return false;
    }
    match after.trim_start().chars().next() {
        Some(c) if c.is_lowercase() => before.chars().take(8).count() == 8 || before.ends_with(','),
        Some(c) if marks::is_caseless(c) => ended && before.chars().take(16).count() == 16,
        _ => false,
    }
}

/// Whether lines are broken on purpose: short, of like length, each with a capital, and none full of sentences.
fn is_verse(text: &str, chunk: &[Span], widths: &[usize]) -> bool {
    let (longest, shortest) = (widths.iter().max(), widths.iter().min());
    let (Some(&longest), Some(&shortest)) = (longest, shortest) else { return false };
    let starts = |l: &Span| {
        let first = l.slice(text).trim_start().trim_start_matches(['“', '"', '‘', '\'', '«', '„', '—', '–', ' ', '…']);
        first.starts_with(|c: char| c.is_uppercase() || marks::is_caseless(c))
    };
    let capitals = chunk.iter().filter(|l| starts(l)).count();
    let ended = chunk.iter().filter(|l| marks::is_ended(l.slice(text))).count();
    chunk.len() >= 3
        && longest <= VERSE
        && shortest * 3 >= longest
        && capitals * 4 >= chunk.len() * 3
        && ended < chunk.len()
}
