//! A text as its author addresses it: a file, or one record of a file of records; offsets to lines and columns.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::origin::Origin;
use super::span::Span;
use super::writing::Writing;

/// How columns are counted. Lines and columns start at 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Unicode code points: what people and SARIF count.
    Char,
    /// UTF-16 code units: what editors count.
    Utf16,
}

/// A place for people: line and column, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1; LF, CRLF and a lone CR end a line.
    pub line: u32,
    /// Column, from 1, in the [`Unit`] that was asked for.
    pub column: u32,
}

/// Where a line begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineStart {
    /// Its number, from 0.
    pub number: u32,
    /// Its first byte.
    pub start: u32,
}

/// A text that findings are addressed in. For a UTF-8 file `text` is the file's bytes, without its byte order mark.
#[derive(Debug)]
pub struct Source {
    path: PathBuf,
    text: Arc<str>,
    /// Bytes that stand before `text` in the decoded file: 3 for a UTF-8 byte order mark, else 0.
    bom: u32,
    encoding: Encoding,
    record: Option<Record>,
    index: OnceLock<Index>,
}

/// How the bytes of the file were turned into text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8: offsets in the text are offsets in the file, after the byte order mark.
    Utf8,
    /// Anything else, by its name in the WHATWG Encoding Standard.
    Other(&'static str),
}

/// Where a source stands when it is one record of a file.
#[derive(Debug)]
pub struct Record {
    /// What the record calls itself, or its line number.
    pub id: String,
    /// The line of the file it stands on, from 1.
    pub line: u32,
    /// The file.
    pub file: Arc<Source>,
    /// From the record's text to the bytes of `file`, escapes included.
    pub origin: Origin,
    /// How its text is written there …
    pub writing: Writing,
    /// … save in these stretches of the text, in order, which stand in `CDATA` sections.
    pub cdata: Vec<Span>,
}

#[derive(Debug)]
struct Index {
    /// First byte of each line.
    lines: Vec<u32>,
    /// Code points and UTF-16 units before every `STEP`th byte; empty when all is ASCII. Without it a finding
    /// at the end of a line of a gigabyte would count that gigabyte, and so would the next one.
    marks: Vec<(u32, u32)>,
}

const STEP: usize = 4096;

impl Source {
    /// A UTF-8 text under a name. A byte order mark at its start is set aside.
    pub fn new(path: impl Into<PathBuf>, text: impl Into<Arc<str>>) -> Source {
        let text = text.into();
        let (text, bom) = match text.strip_prefix('\u{feff}') {
            Some(rest) => (Arc::from(rest), 3),
            None => (text, 0),
        };
        Source { path: path.into(), text, bom, encoding: Encoding::Utf8, record: None, index: OnceLock::new() }
    }

    /// The same, for text decoded from another encoding.
    pub fn with_encoding(mut self, encoding: Encoding) -> Source {
        self.encoding = encoding;
        self
    }

    /// The same file with another text, a byte order mark kept.
    pub fn rewritten(&self, text: impl Into<Arc<str>>) -> Source {
        Source {
            path: self.path.clone(),
            text: text.into(),
            bom: self.bom,
            encoding: self.encoding,
            record: None,
            index: OnceLock::new(),
        }
    }

    /// A record of a file.
    pub fn of_record(text: impl Into<Arc<str>>, record: Record) -> Source {
        Source {
            path: record.file.path.clone(),
            text: text.into(),
            bom: 0,
            encoding: record.file.encoding,
            record: Some(record),
            index: OnceLock::new(),
        }
    }

    /// The path as it was given.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The decoded text, without a byte order mark.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, to be shared.
    pub fn shared_text(&self) -> Arc<str> {
        self.text.clone()
    }

    /// Length of the byte order mark in the decoded file, in bytes of UTF-8: 0 or 3.
    pub fn bom(&self) -> u32 {
        self.bom
    }

    /// How the file is encoded.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The record this is, if it is one.
    pub fn record(&self) -> Option<&Record> {
        self.record.as_ref()
    }

    /// Whether it is the original of the translation `home`, or the other way round, and one record holds both.
    pub fn is_beside(&self, home: &Source) -> bool {
        let record = |source: &Source| source.record().map(|record| (Arc::as_ptr(&record.file), record.line));
        !std::ptr::eq(self, home) && record(self).is_some() && record(self) == record(home)
    }

    /// The line and column of a byte. Offsets past the end or inside a character are moved back to a boundary.
    pub fn position(&self, at: u32, unit: Unit) -> Position {
        let at = self.boundary(at);
        let line = self.index().lines.partition_point(|&start| start <= at) - 1;
        let start = self.index().lines[line];
        let column = self.units(at, unit) - self.units(start, unit) + 1;
        Position { line: line as u32 + 1, column }
    }

    /// The line of a byte: its number from 0, and its first byte. Offsets past the end are in the last line.
    pub fn line_at(&self, at: u32) -> LineStart {
        let lines = &self.index().lines;
        let number = lines.partition_point(|&start| start <= at) - 1;
        LineStart { number: number as u32, start: lines[number] }
    }

    /// The line of a byte, from 1: the same as [`Source::position`] tells, for those who need no column, which takes longer.
    pub fn line_of(&self, at: u32) -> u32 {
        self.line_at(at).number + 1
    }

    /// Start and end of a line's text, its line break left out. Lines count from 1.
    pub fn line(&self, line: u32) -> Option<Span> {
        let lines = &self.index().lines;
        let start = *lines.get(line.checked_sub(1)? as usize)?;
        let end = lines.get(line as usize).copied().unwrap_or(self.text.len() as u32);
        let text = &self.text[start as usize..end as usize];
        let text = text.strip_suffix('\n').unwrap_or(text);
        let text = text.strip_suffix('\r').unwrap_or(text);
        Some(Span::new(start, start + text.len() as u32))
    }

    /// How many lines there are; an empty text has one.
    pub fn line_count(&self) -> u32 {
        self.index().lines.len() as u32
    }

    /// The file: this source itself, or the one that the record stands in.
    pub fn file(&self) -> &Source {
        self.record.as_ref().map_or(self, |record| &record.file)
    }

    /// Where a byte of this text lies in the file: the byte itself, or for a record the byte its text comes from.
    pub fn in_file(&self, span: Span) -> Span {
        match &self.record {
            Some(record) => record.origin.map(span),
            None => span,
        }
    }

    /// Whether a stretch of this text can be replaced in the file without taking markup with it.
    pub fn is_whole_in_file(&self, span: Span) -> bool {
        self.record.as_ref().is_none_or(|record| record.origin.is_whole(span))
    }

    /// A text as it has to be written into the file in the place of a stretch of this one; `None` where it would not be
    /// read there as it should.
    pub fn written<'t>(&self, span: Span, text: &'t str) -> Option<Cow<'t, str>> {
        let Some(record) = &self.record else { return Some(Cow::Borrowed(text)) };
        // What is put between two characters stands with the one before.
        let near = record.cdata.partition_point(|cdata| cdata.end < span.start.max(1));
        let inside = |cdata: &Span| match span.is_empty() {
            true => cdata.start < span.start.max(1),
            false => cdata.overlaps(span),
        };
        let in_cdata = record.cdata[near..].iter().take(2).any(inside);
        let writing = if in_cdata { Writing::Cdata } else { record.writing };
        let (file, at) = (record.file.text(), record.origin.map(span));
        writing.write(text, &file[..at.start as usize], &file[at.end as usize..])
    }

    fn boundary(&self, at: u32) -> u32 {
        let mut at = (at as usize).min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at as u32
    }

    /// Units from the start of the text to `at`, which is a character boundary.
    fn units(&self, at: u32, unit: Unit) -> u32 {
        let marks = &self.index().marks;
        if marks.is_empty() {
            return at;
        }
        let step = (at as usize) / STEP;
        let (chars, utf16) = marks[step];
        let rest = &self.text.as_bytes()[step * STEP..at as usize];
        let (more_chars, more_utf16) = count(rest);
        match unit {
            Unit::Char => chars + more_chars,
            Unit::Utf16 => utf16 + more_utf16,
        }
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let mut lines = vec![0];
            for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
                if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                    lines.push(at as u32 + 1);
                }
            }
            let mut marks = Vec::new();
            if !self.text.is_ascii() {
                let mut sum = (0, 0);
                for piece in bytes.chunks(STEP) {
                    marks.push(sum);
                    let (chars, utf16) = count(piece);
                    sum = (sum.0 + chars, sum.1 + utf16);
                }
                marks.push(sum);
            }
            Index { lines, marks }
        })
    }
}

/// Code points and UTF-16 units that begin in these bytes of UTF-8.
fn count(bytes: &[u8]) -> (u32, u32) {
    let chars = bytes.iter().filter(|&&b| b & 0xC0 != 0x80).count() as u32;
    let astral = bytes.iter().filter(|&&b| b >= 0xF0).count() as u32;
    (chars, chars + astral)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(text: &str, at: u32) -> (u32, u32) {
        let p = Source::new("a.txt", text).position(at, Unit::Char);
        (p.line, p.column)
    }

    #[test]
    fn every_line_ending_ends_a_line_once() {
        assert_eq!(position("a\nb", 2), (2, 1));
        assert_eq!(position("a\r\nb", 3), (2, 1));
        assert_eq!(position("a\rb", 2), (2, 1));
        assert_eq!(position("a\r\n\rb", 4), (3, 1));
    }

    #[test]
    fn columns_count_code_points_or_utf16_units() {
        let source = Source::new("a.txt", "é😀x");
        assert_eq!(source.position(6, Unit::Char).column, 3);
        assert_eq!(source.position(6, Unit::Utf16).column, 4);
        // Inside the emoji: moved back to its start.
        assert_eq!(source.position(4, Unit::Char).column, 2);
        assert_eq!(source.position(99, Unit::Char).column, 4);
    }

    #[test]
    fn long_lines_are_counted_from_marks() {
        let text = "é".repeat(10_000);
        let source = Source::new("a.txt", text.as_str());
        assert_eq!(source.position(20_000, Unit::Char).column, 10_001);
        assert_eq!(source.position(8_194, Unit::Char).column, 4_098);
    }

    #[test]
    fn a_line_comes_without_its_break() {
        let source = Source::new("a.txt", "one\r\ntwo\n");
        assert_eq!(source.line(1).unwrap().slice(source.text()), "one");
        assert_eq!(source.line(2).unwrap().slice(source.text()), "two");
        assert_eq!(source.line(3).unwrap().slice(source.text()), "");
        assert_eq!(source.line(4), None);
    }

    #[test]
    fn what_is_put_in_at_the_end_of_a_cdata_section_stands_in_it() {
        let file = Arc::new(Source::new("a.xlf", "<t>a<![CDATA[bc]]>d</t>"));
        let mut origin = Origin::default();
        origin.push(Span::new(0, 1), Span::new(3, 4));
        origin.push(Span::new(1, 3), Span::new(13, 15));
        origin.push(Span::new(3, 4), Span::new(18, 19));
        let cdata = vec![Span::new(1, 3)];
        let record = Record { id: "1".into(), line: 1, file, origin, writing: Writing::Xml, cdata };
        let source = Source::of_record("abcd", record);
        let written = |start, end| source.written(Span::new(start, end), "&").unwrap();
        assert_eq!([written(2, 2), written(3, 3), written(1, 3)], ["&", "&", "&"]);
        assert_eq!([written(0, 0), written(1, 1), written(4, 4), written(3, 4)], ["&amp;"; 4]);
    }
}
