//! A string in quotes, and what its escapes stand for.

use crate::format::bilingual::passage::Passage;
use crate::text::Span;

/// Whether a stretch is a string in quotes, with no quotation mark inside that is not escaped.
pub(super) fn is_string(bytes: &[u8]) -> bool {
    let [b'"', inside @ .., b'"'] = bytes else { return false };
    let mut at = 0;
    while at < inside.len() {
        match inside[at] {
            b'"' => return false,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    at == inside.len()
}

/// Copies what stands between the quotes of a string.
pub(super) fn unescape(passage: &mut Passage<'_>, text: &str, string: Span) {
    let mut at = string.start as usize;
    let end = string.end as usize;
    while at < end {
        let plain = memchr::memchr(b'\\', &text.as_bytes()[at..end]).map_or(end, |n| at + n);
        passage.copy(Span::of(at..plain));
        if plain == end {
            break;
        }
        let rest = &text[plain + 1..end];
        let Some(c) = rest.chars().next() else { break };
        let mut length = 1 + c.len_utf8();
        let of_digits = |digits: &str, base: u32| u32::from_str_radix(digits, base).ok().and_then(char::from_u32);
        let count = |text: &str, most: usize, is: fn(&char) -> bool| text.chars().take(most).take_while(is).count();
        let said = match c {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'a' => '\u{7}',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'v' => '\u{b}',
            '0'..='7' => {
                let digits = count(rest, 3, |c| c.is_digit(8));
                length = 1 + digits;
                of_digits(&rest[..digits], 8).filter(char::is_ascii).unwrap_or('\u{fffd}')
            }
            'x' => {
                let digits = count(&rest[1..], 2, char::is_ascii_hexdigit);
                length = 2 + digits;
                of_digits(&rest[1..1 + digits], 16).filter(char::is_ascii).unwrap_or('\u{fffd}')
            }
            c => c,
        };
        passage.decoded(said.encode_utf8(&mut [0; 4]), Span::of(plain..plain + length));
        at = plain + length;
    }
}
