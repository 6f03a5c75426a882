//! Follows a value of front matter through the way it was written: quotes, escapes, folded lines.

use std::ops::Range;

/// The pieces of a value, each with its place in what was written, in order. `None` where the two do not go together,
/// as far as we know the syntax: what the parser read is never doubted.
pub fn pieces<'t>(raw: &str, text: &'t str) -> Option<Vec<(Range<usize>, &'t str)>> {
    let text = text.trim();
    let quote = raw.chars().next()?;
    let mut at = match quote {
        '\'' | '"' => 1,
        '>' | '|' => raw.find('\n')?,
        _ => 0,
    };
    at += raw[at..].len() - raw[at..].trim_start().len();
    let mut out: Vec<(Range<usize>, &str)> = Vec::new();
    let (mut done, mut goes_on) = (0, false);
    while let Some(c) = text[done..].chars().next() {
        let rest = &raw[at..];
        let blank = &rest[..rest.len() - rest.trim_start().len()];
        let (written, read, verbatim) = match rest.chars().next()? {
            '\\' if quote == '"' => (escape(rest, c)?, c.len_utf8(), false),
            '\'' if quote == '\'' => (rest.starts_with("''").then_some(2).filter(|_| c == '\'')?, 1, false),
            // A fold: the white space on both sides of a line break goes with it.
            _ if blank.contains(['\n', '\r']) => {
                let read = text[done..].len() - text[done..].trim_start().len();
                (blank.len(), Some(read).filter(|n| *n > 0)?, false)
            }
            _ if !blank.is_empty() && text[done..].starts_with(blank) => (blank.len(), blank.len(), true),
            same if same == c && blank.is_empty() => (c.len_utf8(), c.len_utf8(), true),
            _ => return None,
        };
        let from = match out.last() {
            // What stands as it was written goes on.
            Some(last) if verbatim && goes_on => (last.0.start, done - last.1.len()),
            _ => (at, done),
        };
        if from.0 < at {
            out.pop();
        }
        (at, done, goes_on) = (at + written, done + read, verbatim);
        out.push((from.0..at, &text[from.1..done]));
    }
    Some(out)
}

/// The length of the escape that begins here and stands for this character.
fn escape(rest: &str, c: char) -> Option<usize> {
    let length = match rest.as_bytes().get(1)? {
        b'x' => 4,
        b'u' if c as u32 > 0xffff => 12,
        b'u' => 6,
        b'U' => 10,
        b'\n' | b'\r' => return None,
        _ => 2,
    };
    rest.is_char_boundary(length).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded<'t>(raw: &'t str, text: &'t str) -> Option<Vec<(&'t str, &'t str)>> {
        let pieces = pieces(raw, text)?;
        assert_eq!(pieces.iter().map(|(_, text)| *text).collect::<String>(), text.trim());
        Some(pieces.into_iter().map(|(at, text)| (&raw[at], text)).collect())
    }

    #[test]
    fn pieces_are_what_was_written() {
        assert_eq!(decoded("'It''s on'", "It's on"), Some(vec![("It", "It"), ("''", "'"), ("s on", "s on")]));
        assert_eq!(
            decoded(r#""A \"b\" caf\u00e9""#, "A \"b\" café"),
            Some(vec![("A ", "A "), (r#"\""#, "\""), ("b", "b"), (r#"\""#, "\""), (" caf", " caf"), (r"\u00e9", "é")])
        );
        assert_eq!(
            decoded(">\n  One two \n  three\n", "One two three\n"),
            Some(vec![("One two", "One two"), (" \n  ", " "), ("three", "three")])
        );
        assert_eq!(decoded("One\n  two", "One two"), Some(vec![("One", "One"), ("\n  ", " "), ("two", "two")]));
        assert_eq!(decoded("'One'", "Two"), None);
        assert_eq!(decoded("\"One \\\n  two\"", "One two"), None);
    }
}
