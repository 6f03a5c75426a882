//! Where the marks of a text stand: punctuation, brackets, quotation marks, signs. They are few, and most checks look at
//! nothing else, so they are found once for all.

use super::eights;
use super::span::Span;

/// No mark begins with this byte.
const NEVER: u8 = 0;
/// A mark begins with it.
const ALWAYS: u8 = 1;
/// The byte after it tells.
const MAYBE: u8 = 2;

const LEAD: [u8; 256] = {
    let mut lead = [NEVER; 256];
    let mut byte = 0;
    while byte < 256 {
        lead[byte] = match byte as u8 {
            ascii @ ..0x80 if ascii.is_ascii_punctuation() => ALWAYS,
            0xe2 | 0xef => ALWAYS,
            0xc2 | 0xc4 | 0xcd | 0xd6 | 0xd8 | 0xdb | 0xe0 | 0xe1 | 0xe3 => MAYBE,
            _ => NEVER,
        };
        byte += 1;
    }
    lead
};

/// Whether these two bytes begin a mark: Latin-1 signs but the space; `Ġ`, the Greek question mark, marks of Armenian,
/// Arabic, the Indic scripts, Burmese, Ethiopic and Khmer, and those of Chinese and Japanese.
fn is_lead(first: u8, second: u8) -> bool {
    match first {
        0xc2 => second != 0xa0,
        0xc4 => second == 0xa0,
        0xcd => second == 0xbe,
        0xd6 => second == 0x89,
        0xd8 => matches!(second, 0x8c | 0x9b | 0x9f),
        0xdb => second == 0x94,
        0xe0 => second == 0xa5,
        0xe1 => matches!(second, 0x81 | 0x8d | 0x9f),
        0xe3 => second == 0x80,
        _ => true,
    }
}

/// Appends the first byte of every mark in a span; now and then of a letter that begins like one.
pub fn find(text: &str, span: Span, out: &mut Vec<u32>) {
    let bytes = &text.as_bytes()[..span.end as usize];
    let mut at = eights::plain_end(bytes, span.start as usize);
    while let Some(&first) = bytes.get(at) {
        let is_mark = match LEAD[first as usize] {
            NEVER => false,
            ALWAYS => true,
            _ => bytes.get(at + 1).is_some_and(|&next| is_lead(first, next)),
        };
        if is_mark {
            out.push(at as u32);
        }
        at = eights::plain_end(bytes, at + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Language, is_closer, is_end_mark};

    fn marks(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        find(text, Span::of(0..text.len()), &mut out);
        out.into_iter().map(|at| &text[at as usize..]).collect()
    }

    #[test]
    fn marks_and_no_letters() {
        assert_eq!(marks("ab, c\u{a0}d.\nß жя ñ"), [", c\u{a0}d.\nß жя ñ", ".\nß жя ñ"]);
        assert_eq!(marks("中文"), Vec::<&str>::new());
    }

    /// Whoever looks at marks alone misses none.
    #[test]
    fn every_end_mark_and_closer_is_found() {
        let languages: Vec<&Language> = Language::known().map(Language::of).collect();
        for c in (0..=0x10ffff).filter_map(char::from_u32) {
            if is_closer(c) || languages.iter().any(|language| is_end_mark(c, language)) {
                let text = c.to_string();
                assert_eq!(marks(&text), [text.as_str()], "{c:?}");
            }
        }
    }
}
