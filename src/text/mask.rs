//! Finds addresses in running text: web and mail addresses, paths.

use memchr::memmem;

use super::document::{Mask, MaskKind};
use super::span::Span;

/// The masks of a format, with the addresses of the text added; in order, none overlapping another.
pub fn with_addresses(text: &str, mut masks: Vec<Mask>) -> Vec<Mask> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut note = |at: usize| {
        let span = chunk(text, at);
        if found.last().is_none_or(|last: &Span| last.end <= span.start) && !span.is_empty() {
            found.push(span);
        }
    };
    for at in memmem::find_iter(bytes, b"://") {
        note(at);
    }
    let mut addresses = std::mem::take(&mut found);
    let mut note = |at: usize| addresses.push(chunk(text, at));
    for at in memmem::find_iter(bytes, b"www.") {
        note(at);
    }
    for at in memchr::memchr_iter(b'@', bytes) {
        // A handle, or a mail address with something before the sign.
        // Doubled signs are the marks of a translation tool.
        let doubled = at > 0 && bytes[at - 1] == b'@';
        if !doubled && bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_') {
            note(at);
        }
    }
    masks.extend(addresses.into_iter().map(|span| Mask { span, kind: MaskKind::Address }));
    masks.retain(|m| !m.span.is_empty());
    masks.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    let mut end = 0;
    masks.retain_mut(|m| {
        if m.span.end <= end {
            return false;
        }
        m.span.start = m.span.start.max(end);
        end = m.span.end;
        true
    });
    masks
}

/// The stretch without white space around a byte, without brackets, quotes and end marks at its edges.
fn chunk(text: &str, at: usize) -> Span {
    let breaks = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»');
    let start = text[..at].char_indices().rev().find(|&(_, c)| breaks(c)).map_or(0, |(i, c)| i + c.len_utf8());
    let end = text[at..].find(breaks).map_or(text.len(), |i| at + i);
    let inner = text[start..end].trim_start_matches(['(', '[', '{', '\'', '‘']);
    let start = end - inner.len();
    let inner = inner.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '’', '…']);
    Span::of(start..start + inner.len())
}
