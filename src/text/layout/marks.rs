//! What the edges of a line tell: bullets and numbers before it, an end mark behind it.

use crate::text::language::Language;
use crate::text::sentence::{is_closer, is_end_mark};

/// Whether a text ends in an end mark, closing quotes and brackets aside. Layout knows no language: the marks that
/// hold in all of them do.
pub fn is_ended(text: &str) -> bool {
    static NEUTRAL: std::sync::LazyLock<Language> = std::sync::LazyLock::new(Language::default);
    let inner = text.trim_end_matches(|c: char| is_closer(c) || c.is_whitespace());
    inner.ends_with(|c| is_end_mark(c, &NEUTRAL))
}

/// Whether a text leads in to what follows: it ends in a colon.
pub fn is_lead_in(text: &str) -> bool {
    text.trim_end_matches(is_closer).ends_with([':', '：'])
}

/// Whether a line begins as an item of a list does: a bullet, a dash, or a number or letter with a stop or bracket.
pub fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let mut chars = line.chars();
    let Some(first) = chars.next() else { return false };
    let second = chars.next();
    if matches!(
        first,
        '•' | '‣'
            | '▪'
            | '◦'
            | '·'
            | '●'
            | '○'
            | '■'
            | '□'
            | '►'
            | '✓'
            | '✔'
            | '–'
            | '—'
            | '*'
            | '-'
            | '+'
    ) {
        return second.is_some_and(char::is_whitespace) && !(matches!(first, '–' | '—') && is_speech(line));
    }
    let open = first == '(';
    let label = if open { &line[1..] } else { line };
    let end = label.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(label.len());
    let (label, rest) = label.split_at(end);
    let numeral = (1..=3).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_digit());
    let letter = label.len() == 1;
    let roman = (1..=4).contains(&label.len()) && label.bytes().all(|b| matches!(b, b'i' | b'v' | b'x'));
    let mut rest = rest.chars();
    let close = rest.next();
    let spaced = rest.next().is_none_or(char::is_whitespace);
    match close {
        Some(')') => spaced && (numeral || letter || roman),
        // “A. Smith” is a name: a letter with a stop is an item's only in small letters.
        Some('.') => spaced && !open && (numeral || roman || letter && label.bytes().all(|b| b.is_ascii_lowercase())),
        _ => false,
    }
}

/// Whether a line that begins with a dash is what somebody says, and not an item: it is said by whom behind another dash,
/// in small letters: “— Nous partons, — dit-elle.”
fn is_speech(line: &str) -> bool {
    line.match_indices([',', '!', '?', '.', '…']).any(|(at, mark)| {
        let after = line[at + mark.len()..].strip_prefix(' ').unwrap_or_default();
        let said = after.strip_prefix(['–', '—']).and_then(|after| after.strip_prefix([' ', '\u{a0}']));
        said.is_some_and(|said| said.starts_with(char::is_lowercase))
    })
}

/// Words of a line, roughly and cheaply: what stands between white space; in scripts without spaces two characters are
/// counted as one word. Counting stops at `enough`.
pub fn words(line: &str, enough: usize) -> usize {
    let mut count = 0;
    // The first bytes of characters that are dense, in UTF-8: without them only spaces matter.
    if line.is_ascii() || !line.bytes().any(|b| matches!(b, 0xe0 | 0xe3..=0xe9)) {
        let mut space = true;
        for (at, byte) in line.bytes().enumerate() {
            let here = match byte {
                b' ' | b'\t'..=b'\r' => true,
                // A space beyond ASCII, or what follows the first byte of a character.
                0x80..0xc0 => space,
                0xc2 | 0xe1 | 0xe2 => line[at..].starts_with(char::is_whitespace),
                _ => false,
            };
            count += usize::from(std::mem::replace(&mut space, here) && !here);
            if count >= enough {
                break;
            }
        }
        return count;
    }
    let mut dense = 0;
    for token in line.split_whitespace() {
        count += 1;
        if !token.is_ascii() {
            dense += token.chars().take(2 * enough).filter(|&c| is_dense(c)).count();
        }
        if count + dense / 2 >= enough {
            break;
        }
    }
    count + dense / 2
}

fn is_dense(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{0e00}'..='\u{0e7f}')
}

/// Whether there is an end mark inside a text, with more text behind it: two sentences or more.
pub fn has_sentences(text: &str) -> bool {
    let text = text.trim_end();
    let bytes = text.as_bytes();
    let mut at = 0;
    // Only marks are looked at, and what may be one.
    while let Some(step) = bytes[at..].iter().position(|&b| matches!(b, b'.' | b'!' | b'?' | 0x80..)) {
        at += step;
        let mut chars = text[at..].chars();
        let Some(c) = chars.next() else { break };
        let before = text[..at].chars().next_back().unwrap_or(' ');
        at += c.len_utf8();
        match c {
            '。' | '！' | '？' if chars.clone().next().is_some_and(|n| !is_closer(n)) => return true,
            // An initial or a number before the stop says nothing.
            '.' | '!' | '?' | '।' | '۔' | '؟' if before.is_lowercase() || is_caseless(before) || is_closer(before) =>
            {
                let mut rest = chars.skip_while(|&c| is_closer(c));
                let spaced = rest.next().is_some_and(char::is_whitespace);
                if spaced && rest.next().is_some_and(|n| !n.is_lowercase()) {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

/// A letter of a script without capitals.
pub fn is_caseless(c: char) -> bool {
    c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
}
