//! How text is written in a source, by the rules of the formats: the other way round than the readers go, and apart
//! from them.

use copydesk::text::Source;

/// How a format writes what it reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spelling {
    /// As it stands.
    Plain,
    /// With references to characters, and white space that counts as one space.
    Markup,
}

/// The spelling of a format.
pub fn of_format(name: &str) -> Spelling {
    if name == "text" { Spelling::Plain } else { Spelling::Markup }
}

/// Whether `raw`, a stretch of a source, may be read as `text`.
pub fn says(spelling: Spelling, raw: &str, text: &str) -> bool {
    if raw == text {
        return true;
    }
    spelling == Spelling::Markup && matches(raw, &folded(text))
}

/// Markup read against the text that it should say. Some markup can be read in two ways (a reference inside code is
/// none), so this keeps all places of the text that may have been reached.
fn matches(mut raw: &str, text: &[char]) -> bool {
    let mut reached = vec![0];
    while let Some(c) = raw.chars().next() {
        let (length, said) = match c {
            c if is_space(c) => (1, Said::Space),
            '\\' if raw[1..].starts_with(['\n', '\r']) => (1, Said::Space),
            '\\' if raw[1..].starts_with(|next: char| next.is_ascii_punctuation()) => (1, Said::Nothing),
            '<' => line_break(raw).map_or((1, Said::Itself), |length| (length, Said::Space)),
            '&' => reference(raw).unwrap_or((1, Said::Itself)),
            c => (c.len_utf8(), Said::Itself),
        };
        let itself: Vec<char> = raw[..length].chars().collect();
        let mut next = Vec::new();
        for at in reached {
            if !is_space(c) && text[at..].starts_with(&itself) {
                next.push(at + itself.len());
            }
            match said {
                Said::Itself => {}
                Said::Nothing => next.push(at),
                Said::Space if text.get(at) == Some(&' ') => next.push(at + 1),
                Said::Space if at == 0 || at == text.len() || text[at - 1] == ' ' => next.push(at),
                Said::Space => {}
                Said::Char(c) => next.extend((text.get(at) == Some(&c)).then_some(at + 1)),
                Said::Unknown => next.extend([at + 1, at + 2].into_iter().filter(|at| *at <= text.len())),
            }
        }
        next.sort_unstable();
        next.dedup();
        reached = next;
        raw = &raw[length..];
    }
    reached.contains(&text.len())
}

/// The length of the tag `<br>` at the start of a text.
fn line_break(raw: &str) -> Option<usize> {
    let named = raw.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br"));
    let whole = named && raw[3..].starts_with(|c| is_space(c) || matches!(c, '/' | '>'));
    if whole { raw.find('>').map(|n| n + 1) } else { None }
}

/// What a piece of markup says, if it is not to be taken as it stands.
#[derive(Clone, Copy)]
enum Said {
    Itself,
    /// The backslash of an escape, where the format has them.
    Nothing,
    /// White space: any amount is one space, at the edges none.
    Space,
    Char(char),
    /// A name that this does not know: one character or two.
    Unknown,
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\r' | '\t' | '\u{b}' | '\u{c}')
}

/// A text with any white space as one space, at the edges none.
fn folded(text: &str) -> Vec<char> {
    let words: Vec<&str> = text.split(is_space).filter(|word| !word.is_empty()).collect();
    words.join(" ").chars().collect()
}

/// The length of a reference at the start of a text, and what it stands for.
fn reference(raw: &str) -> Option<(usize, Said)> {
    const KNOWN: [(&str, char); 16] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("nbsp", '\u{a0}'),
        ("eacute", 'é'),
        ("Eacute", 'É'),
        ("ouml", 'ö'),
        ("copy", '©'),
        ("hellip", '…'),
        ("mdash", '—'),
        ("ldquo", '“'),
        ("rdquo", '”'),
        ("rsquo", '’'),
        ("apos", '\''),
        ("ndash", '–'),
    ];
    let body = raw.strip_prefix('&')?;
    let number = body.strip_prefix('#');
    let hex = number.and_then(|n| n.strip_prefix(['x', 'X']));
    let digits = hex.or(number).unwrap_or(body);
    let is_part = |c: &char| match (hex, number) {
        (Some(_), _) => c.is_ascii_hexdigit(),
        (None, Some(_)) => c.is_ascii_digit(),
        (None, None) => c.is_ascii_alphanumeric(),
    };
    let length = digits.chars().take_while(is_part).count();
    if length == 0 {
        return None;
    }
    let end = raw.len() - digits.len() + length;
    let end = end + usize::from(raw[end..].starts_with(';'));
    let name = &digits[..length];
    let said = match number {
        // What a page writes as 128 to 159 was meant in an old encoding, and NUL or a surrogate stands for nothing.
        Some(_) => u32::from_str_radix(name, if hex.is_some() { 16 } else { 10 })
            .ok()
            .filter(|n| !matches!(n, 0 | 0x80..=0x9f))
            .and_then(char::from_u32),
        None => KNOWN.iter().find(|(known, _)| *known == name).map(|(_, c)| *c),
    };
    Some((end, said.map_or(Said::Unknown, |c| if is_space(c) { Said::Space } else { Said::Char(c) })))
}

/// What a stretch of a JSON string says. A lone surrogate says U+FFFD.
pub fn of_json(raw: &str) -> String {
    let mut units: Vec<u16> = Vec::new();
    let mut out = String::new();
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        let escape = rest.strip_prefix('\\');
        if let Some(digits) = escape.and_then(|e| e.strip_prefix('u')).and_then(|d| d.get(..4)) {
            units.push(u16::from_str_radix(digits, 16).expect("a parser has read it"));
            rest = &rest[6..];
            continue;
        }
        out.push_str(&String::from_utf16_lossy(&std::mem::take(&mut units)));
        match escape.and_then(|e| e.chars().next()) {
            Some(named) => {
                out.push(match named {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    'b' => '\u{8}',
                    'f' => '\u{c}',
                    other => other,
                });
                rest = &rest[1 + named.len_utf8()..];
            }
            None => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out + &String::from_utf16_lossy(&units)
}

/// Where the front matter of a text ends, if it has one: what stands there is written by the rules of YAML, TOML and
/// JSON.
pub fn front_matter(source: &Source) -> u32 {
    let text = source.text();
    if text.starts_with('{') {
        return text.rfind('}').map_or(0, |at| at as u32 + 1);
    }
    if !text.starts_with("---") && !text.starts_with("+++") {
        return 0;
    }
    let ends = ["\n---", "\r---", "\n+++", "\r+++", "\n...", "\r..."];
    ends.iter().filter_map(|end| Some(3 + text[3..].find(end)?)).min().map_or(0, |at| at as u32)
}
