//! How text is written at a place of a file of records, so that it is read there as it should be.

use std::borrow::Cow;

/// The syntax around the text of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// Between the quotes of a JSON string.
    Json,
    /// Between the quotes of a string of a PO file. Line breaks are escapes there.
    Po,
    /// Character data of XML.
    Xml,
    /// Between the quotes of an attribute of XML.
    Attribute,
    /// A `CDATA` section of XML, where nothing can be escaped.
    Cdata,
    /// A cell of a table that stands in no quotes; the cells are parted by this character.
    Cell {
        /// What parts the cells: a comma, a semicolon, a tab.
        separator: u8,
        /// Whether a cell that begins with a quotation mark would stand in quotes.
        quotes: bool,
    },
    /// A cell of a table between its quotes.
    QuotedCell,
    /// A cue of subtitles, which a blank line ends.
    Cue,
    /// A cue of WebVTT, where `<` and `&` have a meaning besides.
    MarkedCue,
}

impl Writing {
    /// A text as it has to be written between `before` and `after`, which are the rest of the file; `None` where it
    /// would be read there as something else.
    pub fn write<'t>(self, text: &'t str, before: &str, after: &str) -> Option<Cow<'t, str>> {
        match self {
            Writing::Json => {
                let quoted = serde_json::Value::from(text).to_string();
                Some(Cow::Owned(quoted[1..quoted.len() - 1].to_owned()))
            }
            Writing::Po => escaped(text, |c| match c {
                '\\' => Some("\\\\"),
                '"' => Some("\\\""),
                '\n' => Some("\\n"),
                '\r' => Some("\\r"),
                '\t' => Some("\\t"),
                _ => None,
            }),
            Writing::Xml => escaped(text, entity),
            // A line break in an attribute is read as a space.
            Writing::Attribute => escaped(text, |c| match c {
                '\n' => Some("&#10;"),
                '\t' => Some("&#9;"),
                '\r' => Some("&#13;"),
                c => entity(c),
            }),
            Writing::Cdata => {
                let joined = [last(before, 2), text, first(after, 2)].concat();
                let ends = joined.contains("]]>");
                (!ends && text.chars().all(is_plain)).then_some(Cow::Borrowed(text))
            }
            Writing::Cell { separator, quotes } => {
                let begins = last(before, 1).is_empty() || before.ends_with([char::from(separator), '\n', '\r']);
                let opens = quotes && begins && if text.is_empty() { after } else { text }.starts_with('"');
                // What parts the cells is told from how often there is a comma, a semicolon or a tab.
                let guessed = |c: char| quotes && matches!(c, ',' | ';' | '\t');
                let parts = |c: char| c == char::from(separator) || matches!(c, '\n' | '\r') || quotes && c == '"';
                let parts = |c: char| parts(c) || guessed(c);
                (!opens && !text.contains(parts)).then_some(Cow::Borrowed(text))
            }
            Writing::QuotedCell => {
                escaped(text, |c| (c == '"').then_some("\"\"")).filter(|_| text.chars().all(is_plain))
            }
            Writing::Cue | Writing::MarkedCue => cue(text, self == Writing::MarkedCue, before, after),
        }
    }
}

fn entity(c: char) -> Option<&'static str> {
    match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&quot;"),
        // XML reads a carriage return as a line feed.
        '\r' => Some("&#13;"),
        _ => None,
    }
}

/// Whether a character can stand in any of these files without an escape.
fn is_plain(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}') || matches!(c, '\n' | '\t' | '\r' | '\u{85}')
}

/// The text with escapes; `None` where it holds a character that cannot be written.
fn escaped(text: &str, escape: impl Fn(char) -> Option<&'static str>) -> Option<Cow<'_, str>> {
    if text.chars().all(|c| is_plain(c) && escape(c).is_none()) {
        return Some(Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match escape(c) {
            Some(written) => out.push_str(written),
            None if is_plain(c) => out.push(c),
            None => return None,
        }
    }
    Some(Cow::Owned(out))
}

/// A text as part of a cue: it must leave no blank line and no line that looks like the timing of another cue. A line
/// break in it would be read as a space.
fn cue<'t>(text: &'t str, marked: bool, before: &str, after: &str) -> Option<Cow<'t, str>> {
    let is_break = |c: char| matches!(c, '\n' | '\r');
    let written = match marked {
        true => escaped(text, |c| match c {
            '&' | '<' | '>' => entity(c),
            _ => None,
        })?,
        false => escaped(text, |_| None)?,
    };
    let start = &before[before.rfind(is_break).map_or(0, |n| n + 1)..];
    let end = &after[..after.find(is_break).unwrap_or(after.len())];
    let line = [start, &written, end].concat();
    let fits = !line.trim().is_empty() && !line.contains("-->") && !text.contains(is_break);
    fits.then_some(written)
}

fn last(text: &str, bytes: usize) -> &str {
    let at = text.len().saturating_sub(bytes);
    text.get(at..).unwrap_or_default()
}

fn first(text: &str, bytes: usize) -> &str {
    text.get(..bytes.min(text.len())).unwrap_or_default()
}
