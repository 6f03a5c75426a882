//! Splits a block into sentences, by end marks and the abbreviations of a language.

use super::document::Mask;
use super::language::Language;
use super::span::Span;
use super::vocabulary::fold;

/// Sentences of a block in order, edges trimmed, each with whether it ends in an end mark.
///
/// A sentence ends at a run of end marks, with closing quotes and brackets, that is followed by white space (for
/// full-width marks also by nothing) and does not belong to an abbreviation or an initial. A lower-case word after
/// the mark does not keep the sentence open: that is how a spliced tail is seen at all.
pub fn split(text: &str, block: Span, language: &Language, masks: &[Mask]) -> Vec<(Span, bool)> {
    let body = block.slice(text);
    let bytes = body.as_bytes();
    let mut out = Vec::new();
    let mut start = 0;
    let mut at = 0;
    let first_mask = masks.partition_point(|m| m.span.end <= block.start);
    let mut masks = masks[first_mask..].iter().peekable();
    while at < bytes.len() {
        let b = bytes[at];
        if b < 0x80 && !matches!(b, b'.' | b'!' | b'?') {
            at += 1;
            continue;
        }
        let Some(c) = body[at..].chars().next() else { break };
        if !is_end_mark(c, language) {
            at += c.len_utf8();
            continue;
        }
        let here = block.start + at as u32;
        while masks.peek().is_some_and(|m| m.span.end <= here) {
            masks.next();
        }
        if let Some(mask) = masks.peek().filter(|m| m.span.start <= here) {
            at = (mask.span.end - block.start) as usize;
            continue;
        }
        let run = body[at..].find(|c| !is_end_mark(c, language)).map_or(body.len(), |n| at + n);
        let closed = body[run..].find(|c| !is_closer(c)).map_or(body.len(), |n| run + n);
        let wide = is_wide(c);
        let next = body[closed..].chars().next();
        let breaks = wide || next.is_none_or(char::is_whitespace);
        if breaks && !(b == b'.' && run == at + 1 && is_abbreviation(&body[start..at], &body[closed..], language)) {
            let span = Span::of(block.start as usize + start..block.start as usize + closed).trim(text);
            if !span.is_empty() {
                out.push((span, true));
            }
            start = closed;
        }
        at = closed;
    }
    let rest = Span::of(block.start as usize + start..block.end as usize).trim(text);
    if !rest.is_empty() {
        out.push((rest, false));
    }
    out
}

/// Whether a character ends sentences, in any language or in this one.
pub fn is_end_mark(c: char, language: &Language) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '‼' | '⁇' | '⁈' | '⁉' | '؟' | '۔' | '।' | '॥' | '։' | '።' | '፧' | '။')
        || is_wide(c)
        || (!language.end_marks.is_empty() && language.end_marks.contains(c))
}

/// Full-width marks: the next sentence follows without a space.
fn is_wide(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '．' | '｡')
}

/// Marks that close a quotation or bracket, and may stand after an end mark.
pub fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '›'
            | ')'
            | ']'
            | '}'
            | '」'
            | '』'
            | '）'
            | '】'
            | '》'
            | '〉'
            | '“'
            | '*'
            | '_'
    )
}

/// Whether the full stop after `before` belongs to an abbreviation, an initial or an ordinal.
fn is_abbreviation(before: &str, after: &str, language: &Language) -> bool {
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '/' | '-' | '–' | '—'))
        .next()
        .unwrap_or("");
    if word.is_empty() {
        return false;
    }
    let next = after.trim_start().chars().next();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    // “J. Smith”, “U.S. troops”, “e.g.”: an initial, or letters with stops between them.
    if letters == 1 && word.chars().count() == 1 && word.chars().all(char::is_uppercase) {
        return next.is_some();
    }
    if word.contains('.') && word.split('.').all(|p| p.chars().count() <= 2) {
        return next.is_some_and(|c| !c.is_uppercase()) || language.abbreviations.has(&fold(word));
    }
    // A number and a small letter: an ordinal (“3. mars”), not the end of a sentence.
    if word.chars().all(|c| c.is_ascii_digit()) {
        return word.len() <= 2 && next.is_some_and(char::is_lowercase);
    }
    language.abbreviations.has(&fold(word)) && next.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    fn sentences(text: &str) -> Vec<&str> {
        let all = Span::of(0..text.len());
        split(text, all, Language::of(Lang::ENGLISH), &[]).into_iter().map(|(s, _)| s.slice(text)).collect()
    }

    #[test]
    fn end_marks_end_sentences() {
        assert_eq!(sentences("One. Two! “Three?” Four"), ["One.", "Two!", "“Three?”", "Four"]);
        assert_eq!(sentences("Over. much of it."), ["Over.", "much of it."]);
        assert_eq!(sentences("他来了。她走了。"), ["他来了。", "她走了。"]);
    }

    #[test]
    fn abbreviations_initials_and_numbers_do_not() {
        assert_eq!(
            sentences("Mr. Weld of the U.S. army met J. Orr at 3.30 p.m. today."),
            ["Mr. Weld of the U.S. army met J. Orr at 3.30 p.m. today."]
        );
    }
}
