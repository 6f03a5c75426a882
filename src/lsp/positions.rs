//! Lines and characters, as the protocol counts them, and bytes.

use gen_lsp_types::{Position, PositionEncodingKind, Range};

use crate::text::{Source, Span, Unit};

/// What a character is: the unit that client and server agreed upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16.
    Utf16,
    /// Code points.
    Utf32,
}

impl Encoding {
    /// The one that costs least of those that a client offers; without an offer it is UTF-16.
    pub fn among(offered: Option<&[PositionEncodingKind]>) -> Encoding {
        let offers = |kind: PositionEncodingKind| offered.is_some_and(|all| all.contains(&kind));
        match () {
            () if offers(PositionEncodingKind::UTF8) => Encoding::Utf8,
            () if offers(PositionEncodingKind::UTF32) => Encoding::Utf32,
            () => Encoding::Utf16,
        }
    }

    /// As the protocol calls it.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn count(self, text: &str) -> u32 {
        match self {
            Encoding::Utf8 => text.len() as u32,
            Encoding::Utf16 if text.is_ascii() => text.len() as u32,
            Encoding::Utf16 => text.encode_utf16().count() as u32,
            Encoding::Utf32 => text.chars().count() as u32,
        }
    }

    /// The byte of so many characters of a text, or its end; a place inside a character is moved back to its start.
    fn byte(self, text: &str, character: u32) -> usize {
        let mut left = character as usize;
        if self != Encoding::Utf32 && text.as_bytes().iter().take(left).all(u8::is_ascii) {
            return left.min(text.len());
        }
        for (at, c) in text.char_indices() {
            let width = match self {
                Encoding::Utf8 => c.len_utf8(),
                Encoding::Utf16 => c.len_utf16(),
                Encoding::Utf32 => 1,
            };
            if left < width {
                return at;
            }
            left -= width;
        }
        text.len()
    }
}

/// The text of a document in an editor, with the starts of its lines.
#[derive(Debug, Clone)]
pub struct Lines {
    text: String,
    /// First byte of each line.
    starts: Vec<usize>,
}

impl Lines {
    /// The lines of a text; LF, CRLF and a lone CR end one.
    pub fn new(text: String) -> Lines {
        let mut lines = Lines { text, starts: Vec::new() };
        lines.find(0);
        lines
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Finds the starts anew of all lines after the one that begins at `from`.
    fn find(&mut self, from: usize) {
        let bytes = self.text.as_bytes();
        self.starts.truncate(self.starts.partition_point(|start| *start < from));
        self.starts.push(from);
        for at in memchr::memchr2_iter(b'\n', b'\r', &bytes[from..]).map(|at| from + at) {
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                self.starts.push(at + 1);
            }
        }
    }

    /// The byte of a position. One past the end of its line is that end, one past the last line the end of the text.
    pub fn byte(&self, position: Position, encoding: Encoding) -> usize {
        let Some(&start) = self.starts.get(position.line as usize) else { return self.text.len() };
        let end = self.starts.get(position.line as usize + 1).copied().unwrap_or(self.text.len());
        let line = &self.text[start..end];
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        start + encoding.byte(line, position.character)
    }

    /// Puts a text in the place of a stretch. One that ends before it begins is taken the other way round, as the text
    /// library of the protocol's authors does.
    pub fn replace(&mut self, range: Range, text: &str, encoding: Encoding) {
        let (a, b) = (self.byte(range.start, encoding), self.byte(range.end, encoding));
        let (start, end) = (a.min(b), a.max(b));
        self.text.replace_range(start..end, text);
        // The line of the change, or the one before: a CR there may have met an LF.
        let line = self.starts.partition_point(|line| *line <= start.saturating_sub(1)) - 1;
        self.find(self.starts[line]);
    }
}

/// Positions in a source.
#[derive(Clone, Copy)]
pub struct Places<'s> {
    source: &'s Source,
    encoding: Encoding,
}

impl<'s> Places<'s> {
    /// Positions in the file of a source, a byte order mark counted as the editor does.
    pub fn of(source: &'s Source, encoding: Encoding) -> Places<'s> {
        Places { source, encoding }
    }

    /// The position of a byte.
    pub fn position(&self, at: u32) -> Position {
        let line = self.source.line_at(at);
        let mark = if line.start == 0 && self.source.bom() > 0 { self.encoding.count("\u{feff}") } else { 0 };
        let before = match self.encoding {
            Encoding::Utf8 => at.min(self.source.text().len() as u32) - line.start,
            Encoding::Utf16 => self.source.position(at, Unit::Utf16).column - 1,
            Encoding::Utf32 => self.source.position(at, Unit::Char).column - 1,
        };
        Position { line: line.number, character: mark + before }
    }

    /// The positions of both ends of a stretch.
    pub fn range(&self, span: Span) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn the_cheapest_unit_is_chosen() {
        use PositionEncodingKind as Kind;
        assert_eq!(Encoding::among(None), Encoding::Utf16);
        assert_eq!(Encoding::among(Some(&[Kind::UTF16, Kind::UTF32])), Encoding::Utf32);
        assert_eq!(Encoding::among(Some(&[Kind::UTF16, Kind::UTF8])), Encoding::Utf8);
    }

    #[test]
    fn places_outside_are_moved_to_the_nearest_inside() {
        let lines = Lines::new("é😀\r\nb".into());
        let byte = |line, character, encoding| lines.byte(Position { line, character }, encoding);
        assert_eq!(byte(0, 99, Encoding::Utf16), 6);
        assert_eq!(byte(9, 0, Encoding::Utf16), 9);
        assert_eq!(byte(0, 2, Encoding::Utf16), 2, "inside the second character");
        assert_eq!(byte(0, 1, Encoding::Utf8), 0);
        assert_eq!(byte(0, 2, Encoding::Utf32), 6);
    }

    proptest! {
        #[test]
        fn places_and_bytes_lead_to_each_other(text in "[aé😀\r\n\u{feff}]{0,40}") {
            let source = Source::new("a.txt", text.as_str());
            let lines = Lines::new(text.clone());
            for encoding in ALL {
                let places = Places::of(&source, encoding);
                for (at, c) in text.char_indices() {
                    let at = at as u32;
                    // What stands inside a line break has no place of its own, and the mark is not of the text.
                    if at < source.bom() || c == '\n' && at > 0 && text.as_bytes()[at as usize - 1] == b'\r' {
                        continue;
                    }
                    let position = places.position(at - source.bom());
                    prop_assert_eq!(lines.byte(position, encoding), at as usize);
                }
            }
        }

        #[test]
        fn lines_after_edits_are_those_of_the_text(
            text in "[aé\r\n]{0,20}",
            edits in prop::collection::vec((0u32..6, 0u32..6, 0u32..6, 0u32..6, "[b😀\r\n]{0,3}"), 0..8),
        ) {
            let mut lines = Lines::new(text);
            for (l1, c1, l2, c2, new) in edits {
                let range = Range {
                    start: Position { line: l1, character: c1 },
                    end: Position { line: l2, character: c2 },
                };
                lines.replace(range, &new, Encoding::Utf16);
                prop_assert_eq!(&lines.starts, &Lines::new(lines.text.clone()).starts);
            }
        }
    }
}
