//! Sequences of characters that are one character of UTF-8 read in a legacy encoding, and how sure that is.

use unicode_script::{Script, UnicodeScript};

use super::tables::{self, IBM_437, MACINTOSH, WINDOWS_1251, WINDOWS_1254, WINDOWS_1256};
use crate::text::Lang;

/// A misread character.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sequence {
    pub start: usize,
    pub end: usize,
    /// What was meant; `None` where a part of it is lost and nothing can be said.
    pub meant: Option<char>,
    pub sure: Sure,
}

/// How sure a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sure {
    /// Right if others stand next to it.
    Weak,
    /// Misread for certain, but a part is lost: what was meant is a guess.
    Lossy,
    /// No writer puts these characters side by side.
    Strong,
}

/// What the text is written in, as far as known.
#[derive(Clone, Copy)]
pub(super) struct Context {
    pub lang: Lang,
    pub script: Script,
}

/// All sequences of a text, in order.
pub(super) fn read(text: &str, context: Context) -> Vec<Sequence> {
    let bytes = text.as_bytes();
    let mut found: Vec<Sequence> = Vec::new();
    let mut at = 0;
    while let Some(next) = next_non_ascii(bytes, at) {
        at = next;
        let Some(c) = text[at..].chars().next() else { break };
        let sequence = one(text, at, c, context);
        at = sequence.map_or(at + c.len_utf8(), |s| s.end);
        found.extend(sequence);
    }
    found
}

/// The offset of the next byte above 127, eight bytes at a step.
fn next_non_ascii(bytes: &[u8], mut at: usize) -> Option<usize> {
    while let Some(eight) = bytes.get(at..at + 8).and_then(|b| <[u8; 8]>::try_from(b).ok()) {
        let high = u64::from_le_bytes(eight) & 0x8080_8080_8080_8080;
        if high != 0 {
            return Some(at + high.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    bytes[at..].iter().position(|b| *b >= 0x80).map(|n| at + n)
}

fn one(text: &str, at: usize, c: char, context: Context) -> Option<Sequence> {
    let after = at + c.len_utf8();
    if c == char::REPLACEMENT_CHARACTER {
        let run = text[after..].find(|c| c != char::REPLACEMENT_CHARACTER).unwrap_or(text.len() - after);
        return Some(Sequence { start: at, end: after + run, meant: None, sure: Sure::Lossy });
    }
    let leads = tables::leads(c);
    let next = text[after..].chars().next();
    let mut shared = leads & next.map_or(0, tables::tails);
    while shared != 0 {
        let encoding = shared.trailing_zeros() as usize;
        shared &= shared - 1;
        if let Some((meant, length)) = tables::decode(encoding, &text[at..])
            && let Some(sure) = weigh(text, at, at + length, encoding, meant, context)
        {
            return Some(Sequence { start: at, end: at + length, meant: Some(meant), sure });
        }
    }
    // A control character where Windows-1252 has a mark: text that was read as Latin-1.
    if matches!(c, '\u{80}'..='\u{9f}') && c != '\u{85}' {
        let byte = [c as u32 as u8];
        let (decoded, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
        let meant = decoded.chars().next().filter(|d| *d != c);
        let quote = matches!(c, '\u{91}'..='\u{97}');
        let sure = if quote { Sure::Strong } else { Sure::Lossy };
        return Some(Sequence { start: at, end: after, meant, sure });
    }
    if leads == 0 { None } else { lossy(text, at, c, next, context.lang) }
}

/// How sure it is that the characters from `start` to `end` stand for `meant`; `None` where they do not.
fn weigh(text: &str, start: usize, end: usize, encoding: usize, meant: char, context: Context) -> Option<Sure> {
    let code = meant as u32;
    let (before, after) = (text[..start].chars().next_back(), text[end..].chars().next());
    let tail = text[start..end].chars().next_back()?;
    // Marks that may follow a letter tell nothing at the end of a word in capitals (“IRMÃ”, “VOILÀ »”), or behind a
    // letter that stands for itself (“Å…”). In encodings of Eastern Europe later bytes are letters too.
    let common = is_common_mark(tail) || encoding > WINDOWS_1254 && tail.is_alphabetic();
    let inside = before.is_some_and(char::is_lowercase) || after.is_some_and(|c| c.is_ascii_lowercase());
    let alone = text[start..].starts_with("Ã\u{a0}")
        && before.is_none_or(char::is_whitespace)
        && text[end..].trim_start().starts_with(char::is_lowercase);
    let telling = !common || inside || alone;
    let native = match meant.script() {
        Script::Hiragana | Script::Katakana => context.script == Script::Han,
        script => script == context.script,
    };
    let sure = |strong: bool| Some(if strong { Sure::Strong } else { Sure::Weak });
    match code {
        // A layer deeper there is a mark.
        0x80..=0x9f => Some(Sure::Weak),
        0xa0..=0xff => match encoding {
            // “В « …”, with the space that does not break: Russian.
            WINDOWS_1251 => sure(code >= 0xc0 && !common),
            // Arabic letters before Arabic marks.
            WINDOWS_1256 => Some(Sure::Weak),
            _ => sure(telling),
        },
        // Letters of Latin alphabets.
        0x100..=0x17f | 0x192 | 0x1a0 | 0x1a1 | 0x1af | 0x1b0 | 0x218..=0x21b | 0x259 | 0x2c6 | 0x2dc => {
            if encoding == MACINTOSH || encoding == IBM_437 {
                return None;
            }
            sure(telling && encoding < WINDOWS_1251)
        }
        // Those that begin with “Ì”. “PROHLÍŽEČ” holds none of the others, which hardly anybody writes.
        0x300..=0x33f => before.filter(char::is_ascii_alphabetic).and(sure(!common)),
        0x370..=0x6ff => {
            if !meant.is_alphabetic() && !matches!(meant, '،' | '؛' | '؟') && meant.script() != Script::Inherited {
                return None;
            }
            if encoding == MACINTOSH || encoding == IBM_437 {
                return None;
            }
            sure(
                native
                    && telling
                    && encoding < WINDOWS_1251
                    && !matches!(text[start..].chars().next(), Some('×' | 'Ñ')),
            )
        }
        0x1e00..=0x1eff => sure(context.lang.as_str() == "vi"),
        0x2010..=0x203a | 0x20a0..=0x20bf | 0x2100..=0x214f | 0x2190..=0x22ff | 0x25a0..=0x27bf => Some(Sure::Strong),
        0xfb00..=0xfb06 | 0xfeff | 0xfffd => Some(Sure::Strong),
        0x1f300..=0x1faff => Some(Sure::Strong),
        // Other scripts: two in a row are no chance.
        0x900..=0x11ff | 0x1780..=0x17ff | 0x3000..=0x30ff | 0x3400..=0x9fff | 0xac00..=0xd7a3 | 0xff01..=0xffee => {
            sure(native && encoding <= WINDOWS_1254)
        }
        _ => None,
    }
}

/// Marks that writers put behind a letter.
fn is_common_mark(c: char) -> bool {
    let quote = matches!(c, '“' | '”' | '„' | '‘' | '’' | '‚' | '‹' | '›' | '«' | '»');
    quote || matches!(c, '–' | '—' | '…' | '™' | '®' | '\u{a0}')
}

/// What is left of a sequence when one of its characters was lost on the way.
fn lossy(text: &str, at: usize, c: char, next: Option<char>, lang: Lang) -> Option<Sequence> {
    let after = at + c.len_utf8();
    let before = text[..at].chars().next_back();
    let open = next.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation());
    let follows = text[after..].trim_start().chars().next();
    let in_running_text = before.is_some_and(|c| c.is_lowercase() || c.is_ascii_digit())
        || before.is_none_or(char::is_whitespace) && follows.is_some_and(char::is_lowercase);
    let guess = |end: usize, meant: Option<char>| Some(Sequence { start: at, end, meant, sure: Sure::Lossy });
    match c {
        // “â€” with its third character gone is a closing quotation mark: that third one is no character at all.
        'â' if next == Some('€') => guess(after + '€'.len_utf8(), Some('”')),
        'â' => guess(after, Some(quote_or_dash(text, at, after, lang)?)),
        // The second byte of these was a space that does not break, and became one that does.
        'Ã' if open && in_running_text && next.is_some() => guess(after, Some('à')),
        'Â' if open && in_running_text && next == Some(' ') => guess(after, None),
        // A capital of these inside a word: the control character behind it is gone.
        'Ã' | 'Ä' | 'Å' if before.is_some_and(char::is_lowercase) && !open => guess(after, None),
        'á' if lang.as_str() == "vi"
            && matches!(next, Some('»' | 'º'))
            && text[after..].chars().nth(1).is_some_and(char::is_alphabetic) =>
        {
            guess(after + 2, None)
        }
        'Ä' if lang.as_str() == "vi" => guess(after, Some('đ')),
        _ => None,
    }
}

/// What “â” stands for when the two control characters behind it are gone, in a language that does not write it.
fn quote_or_dash(text: &str, at: usize, after: usize, lang: Lang) -> Option<char> {
    let (before, next) = (text[..at].chars().next_back(), text[after..].chars().next());
    let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
    if blank(before) && blank(next) {
        return next.map(|_| '–');
    }
    if !matches!(
        lang.as_str(),
        "en" | "de" | "nl" | "es" | "it" | "pl" | "cs" | "hu" | "id" | "sw" | "sv" | "da" | "fi"
    ) {
        return None;
    }
    let rest = &text[after..];
    let suffix = &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())];
    let elided = lang.as_str() == "it"
        && before.is_some_and(|c| "ldnstvr".contains(c))
        && suffix.starts_with(['a', 'e', 'i', 'o', 'u', 'h', 'A', 'E', 'I', 'O', 'U']);
    if before.is_some_and(char::is_alphabetic)
        // “isn’t”; but “marchât” is French.
        && (elided || matches!(suffix, "s" | "re" | "ve" | "ll" | "d" | "m") || suffix == "t" && before == Some('n'))
    {
        return Some('’');
    }
    if blank(before) && !suffix.is_empty() {
        return Some('“');
    }
    let closes = before.is_some_and(|c| c.is_alphabetic() || matches!(c, '.' | ',' | '!' | '?'));
    (closes && suffix.is_empty()).then_some('”')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_is_skipped_and_nothing_else() {
        for text in ["", "plain", "plain text é", "é", "twelve chars é and then some more of it ü"] {
            let mut at = 0;
            let mut seen = String::new();
            while let Some(n) = next_non_ascii(text.as_bytes(), at) {
                let c = text[n..].chars().next().unwrap_or_default();
                seen.push(c);
                at = n + c.len_utf8();
            }
            assert_eq!(seen, text.chars().filter(|c| !c.is_ascii()).collect::<String>());
        }
    }
}
