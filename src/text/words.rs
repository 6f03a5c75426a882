//! Words by UAX #29, with a fast path for ASCII that agrees with it.

use unicode_segmentation::UnicodeSegmentation;

use super::eights;

/// Calls `each` with the byte range of every word of `text`, in order.
///
/// Words are the segments of UAX #29 that hold a letter or a number. No word reaches over ASCII white space, so the
/// text is cut there first; a chunk of characters that the table below knows goes through the table, any other through
/// the Unicode rules.
pub fn for_each_word(text: &str, mut each: impl FnMut(usize, usize)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if CLASS[bytes[at] as usize] == SPACE {
            at += 1;
            continue;
        }
        let start = at;
        let mut ascii = true;
        // Most chunks are letters, with at most one mark behind them.
        at = eights::letters_end(bytes, at);
        let ends = |at: usize| bytes.get(at).is_none_or(|&b| CLASS[b as usize] == SPACE);
        let is_mark = |&b: &u8| b < 0x80 && !matches!(CLASS[b as usize], DIGIT | JOIN);
        if at > start && (ends(at) || bytes.get(at).is_some_and(is_mark) && ends(at + 1)) {
            each(start, at);
            at += 1;
            continue;
        }
        while at < bytes.len() && CLASS[bytes[at] as usize] != SPACE {
            ascii &= bytes[at] < 0x80;
            at += 1;
        }
        let chunk = &bytes[start..at];
        if ascii {
            table_words(chunk, |chunk, at| (CLASS[chunk[at] as usize], 1), |a, b| each(start + a, start + b));
        } else if is_known(chunk) {
            table_words(chunk, class, |a, b| each(start + a, start + b));
        } else {
            for (offset, word) in text[start..at].unicode_word_indices() {
                each(start + offset, start + offset + word.len());
            }
        }
    }
}

const OTHER: u8 = 0;
const SPACE: u8 = 1;
const LETTER: u8 = 2;
const DIGIT: u8 = 3;
/// `_`, which joins letters and digits (ExtendNumLet).
const JOIN: u8 = 4;
/// `:`, which stays inside a word between letters (MidLetter).
const MID_LETTER: u8 = 5;
/// `,` and `;`, which stay inside a number between digits (MidNum).
const MID_NUMBER: u8 = 6;
/// `.` and `'`, which do both (MidNumLet, Single_Quote).
const MID_BOTH: u8 = 7;

const CLASS: [u8; 256] = {
    let mut class = [OTHER; 256];
    let mut b = 0;
    while b < 256 {
        class[b] = match b as u8 {
            b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C => SPACE,
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'0'..=b'9' => DIGIT,
            b'_' => JOIN,
            b':' => MID_LETTER,
            b',' | b';' => MID_NUMBER,
            b'.' | b'\'' => MID_BOTH,
            _ => OTHER,
        };
        b += 1;
    }
    class
};

/// A character that is none of the above and is left to the Unicode rules.
const UNKNOWN: u8 = 8;

/// The class of the character that begins at a byte, and its length: of ASCII, the letters of Latin, Cyrillic and
/// Vietnamese alphabets, typographic quotation marks, dashes and the ellipsis.
fn class(chunk: &[u8], at: usize) -> (u8, usize) {
    let next = |n: usize| chunk.get(at + n).copied().unwrap_or_default();
    match (chunk[at], next(1), next(2)) {
        (ascii @ ..0x80, ..) => (CLASS[ascii as usize], 1),
        (0xc3, 0x97 | 0xb7, _) => (OTHER, 2),
        (0xc3..=0xc5 | 0xd0 | 0xd1, ..) => (LETTER, 2),
        (0xc2, 0xab | 0xbb, _) => (OTHER, 2),
        (0xe1, 0xb8..=0xbb, _) => (LETTER, 3),
        (0xe2, 0x80, 0x98 | 0x99) => (MID_BOTH, 3),
        (0xe2, 0x80, 0x93 | 0x94 | 0x9c | 0x9d | 0x9e | 0xa6) => (OTHER, 3),
        _ => (UNKNOWN, 1),
    }
}

/// Whether the table knows every character of a chunk.
fn is_known(chunk: &[u8]) -> bool {
    let mut at = 0;
    while at < chunk.len() {
        let (class, length) = class(chunk, at);
        if class == UNKNOWN {
            return false;
        }
        at += length;
    }
    true
}

/// The words of a chunk, by the class and length of each of its characters.
fn table_words(chunk: &[u8], class: impl Fn(&[u8], usize) -> (u8, usize), mut each: impl FnMut(usize, usize)) {
    let class = |at: usize| if at < chunk.len() { class(chunk, at) } else { (OTHER, 1) };
    let mut at = 0;
    while at < chunk.len() {
        let (mut here, mut length) = class(at);
        if !matches!(here, LETTER | DIGIT | JOIN) {
            at += length;
            continue;
        }
        let start = at;
        let mut before = OTHER;
        let mut wordlike = false;
        loop {
            match here {
                LETTER | DIGIT => wordlike = true,
                JOIN => {}
                MID_LETTER if before == LETTER && class(at + length).0 == LETTER => {}
                MID_NUMBER if before == DIGIT && class(at + length).0 == DIGIT => {}
                MID_BOTH if matches!(before, LETTER | DIGIT) && class(at + length).0 == before => {}
                _ => break,
            }
            at += length;
            before = here;
            (here, length) = class(at);
        }
        if wordlike {
            each(start, at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        for_each_word(text, |a, b| out.push(&text[a..b]));
        out
    }

    #[test]
    fn words_of_a_sentence() {
        assert_eq!(
            words("Don't pay U.S. $3.50, e_mail a:b 1,000;x __"),
            vec!["Don't", "pay", "U.S", "3.50", "e_mail", "a:b", "1,000", "x"]
        );
        assert_eq!(words("the country’s 中国"), vec!["the", "country’s", "中", "国"]);
    }

    proptest! {
        #[test]
        fn the_fast_path_agrees_with_the_standard(text in "[ -~\n\t]{0,40}") {
            prop_assert_eq!(words(&text), text.unicode_words().collect::<Vec<_>>());
        }

        #[test]
        fn and_so_does_the_cut_at_spaces(text in "[a-z0-9 .,'’‘“”„«»–—…:;éÿ×÷łжẼ中\u{301}_\n-]{0,30}") {
            // A combining mark right after a space belongs to the space; there the cut may differ.
            prop_assume!(!text.contains(" \u{301}") && !text.contains("\n\u{301}") && !text.starts_with('\u{301}'));
            prop_assert_eq!(words(&text), text.unicode_words().collect::<Vec<_>>());
        }
    }
}
