//! Finds addresses in running text: web and mail addresses, paths.

use memchr::memmem;

use super::block::{Mask, MaskKind};
use super::span::Span;

/// The masks of a format, with the addresses of the text added; in order, none overlapping another.
pub fn with_addresses(text: &str, mut masks: Vec<Mask>) -> Vec<Mask> {
    let bytes = text.as_bytes();
    let mut addresses = Vec::new();
    masks.retain(|m| !m.span.is_empty());
    masks.sort_by_key(|m| (m.span.start, std::cmp::Reverse(m.span.end)));
    // An address in code ends with the code: what is glued to it, “(`https://…`)”, is no part of it.
    let is_bare = |at: &usize| {
        let next = masks.partition_point(|m| m.span.end as usize <= *at);
        masks.get(next).is_none_or(|m| m.span.start as usize > *at)
    };
    note(text, memmem::find_iter(bytes, b"://").filter(is_bare), &mut addresses);
    note(text, memmem::find_iter(bytes, b"www.").filter(is_bare), &mut addresses);
    // A handle, or a mail address with something before the sign. Doubled signs are the marks of a translation tool.
    let is_sign = |at: &usize| {
        let doubled = *at > 0 && bytes[at - 1] == b'@';
        !doubled && bytes.get(at + 1).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
    };
    note(text, memchr::memchr_iter(b'@', bytes).filter(is_sign).filter(is_bare), &mut addresses);
    addresses.retain(|span| !span.is_empty());
    masks.extend(addresses.into_iter().map(|span| Mask { span, kind: MaskKind::Address }));
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

/// Notes the addresses around signs that come in order. A second sign in one stretch is not looked at: a text that is
/// one line of signs would be searched from end to end for each of them.
fn note(text: &str, signs: impl Iterator<Item = usize>, addresses: &mut Vec<Span>) {
    let mut seen = 0;
    for at in signs {
        if at < seen {
            continue;
        }
        let start = text[seen..at]
            .char_indices()
            .rev()
            .find(|&(_, c)| breaks(c))
            .map_or(seen, |(i, c)| seen + i + c.len_utf8());
        let end = text[at..].find(breaks).map_or(text.len(), |i| at + i);
        // `[embed]https://…[/embed]`: a shortcode around an address is no part of it.
        let end = text[at..end].find("[/").map_or(end, |i| at + i);
        let start = text[start..at].rfind(']').map_or(start, |i| start + i + 1);
        addresses.push(bare(text, start, end));
        seen = end;
    }
}

/// What an address does not reach over.
fn breaks(c: char) -> bool {
    let wide = matches!(
        c,
        '（' | '）'
            | '「'
            | '」'
            | '『'
            | '』'
            | '【'
            | '】'
            | '《'
            | '》'
            | '、'
            | '。'
            | '，'
            | '；'
            | '：'
            | '！'
            | '？'
    );
    c.is_whitespace() || wide || matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»')
}

/// The stretch without brackets, quotes and end marks at its edges.
fn bare(text: &str, start: usize, end: usize) -> Span {
    let inner = text[start..end].trim_start_matches(['(', '[', '{', '\'', '‘']);
    let start = end - inner.len();
    let inner = inner.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '\'', '’', '…']);
    Span::of(start..start + inner.len())
}
