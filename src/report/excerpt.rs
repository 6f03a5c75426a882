//! The rows of a source that a snippet shows: a paragraph is often one line of a thousand characters, so a row is a
//! window of it around the marked words, with the true number of its line.

use std::ops::Range;

use codespan_reporting::files::{Error, Files};

use super::visible::{is_hidden, stand_in};
use crate::diagnostic::Diagnostic;
use crate::text::{Source, Span, Unit};

/// How far a row reaches to each side of the marked words, in bytes, before it is cut at a space.
const REACH: u32 = 80;
/// A marked stretch longer than this is shown by its beginning and its end is clipped, in bytes.
const LONGEST: u32 = 160;

/// What the snippet printer sees in place of the file.
pub struct Excerpt {
    name: String,
    text: String,
    rows: Vec<Row>,
}

struct Row {
    /// Where it stands in the source.
    source: Span,
    /// Where it stands in the excerpt, its line break included.
    shown: Range<usize>,
    line: usize,
    column: usize,
    /// Byte of the source for each byte step of the excerpt: (source, shown), at every character.
    steps: Vec<(u32, usize)>,
    index: usize,
}

impl Excerpt {
    /// The rows for all places of a diagnostic.
    pub fn of(d: &Diagnostic) -> Excerpt {
        Excerpt::around(&d.at.source, [d.at.span].into_iter().chain(d.related.iter().map(|l| l.at.span)))
    }

    /// The rows for some places of a source.
    pub fn around(source: &Source, places: impl Iterator<Item = Span>) -> Excerpt {
        let mut windows: Vec<Span> = places.map(|s| window(source, s)).collect();
        windows.sort();
        let mut merged: Vec<Span> = Vec::new();
        for w in windows {
            match merged.last_mut() {
                Some(last) if w.start <= last.end => last.end = last.end.max(w.end),
                _ => merged.push(w),
            }
        }
        let record = source.record().map(|r| format!("[{}]", r.id)).unwrap_or_default();
        let name = super::visible(&format!("{}{record}", source.path().display())).into_owned();
        let mut excerpt = Excerpt { name, text: String::new(), rows: Vec::new() };
        for w in merged {
            excerpt.add(source, w);
        }
        excerpt
    }

    fn add(&mut self, source: &Source, span: Span) {
        let mut at = span.start;
        while at < span.end || at == span.start {
            let position = source.position(at, Unit::Char);
            let line = source.line(position.line).unwrap_or(span);
            let end = line.end.min(span.end).max(at);
            let start = self.text.len();
            let mut steps = Vec::new();
            for (offset, c) in source.text()[at as usize..end as usize].char_indices() {
                steps.push((at + offset as u32, self.text.len()));
                self.text.push(if is_hidden(c) { stand_in(c) } else { c });
            }
            steps.push((end, self.text.len()));
            self.text.push('\n');
            // The printer joins rows of neighbouring index; a gap makes it show one.
            let index = match self.rows.last() {
                Some(last) if last.line + 1 == position.line as usize => last.index + 1,
                Some(last) => last.index + 3,
                None => 0,
            };
            self.rows.push(Row {
                source: Span::new(at, end),
                shown: start..self.text.len(),
                line: position.line as usize,
                column: position.column as usize,
                steps,
                index,
            });
            let next = source.line(position.line + 1).map_or(span.end, |l| l.start);
            if next <= at || next >= span.end {
                break;
            }
            at = next;
        }
    }

    /// Where a stretch of the source stands in the excerpt, clipped to what is shown.
    pub fn place(&self, span: Span) -> Range<usize> {
        let start = self.offset(span.start, false);
        start..self.offset(span.end, true).max(start)
    }

    fn offset(&self, at: u32, end: bool) -> usize {
        let after = self.rows.partition_point(|r| if end { r.source.start < at } else { r.source.start <= at });
        let Some(row) = self.rows[..after].last().or(self.rows.first()) else { return 0 };
        let step = row.steps.partition_point(|s| s.0 < at).min(row.steps.len() - 1);
        row.steps[step].1
    }
}

/// The stretch of a line to show around a marked one.
fn window(source: &Source, span: Span) -> Span {
    let text = source.text();
    let end = if span.end - span.start > LONGEST { floor(text, span.start + LONGEST) } else { span.end };
    let line = |at: u32| source.line(source.position(at, Unit::Char).line).unwrap_or(span);
    let (first, last) = (line(span.start), line(end));
    let start = if span.start - first.start.min(span.start) <= REACH + 20 {
        first.start.min(span.start)
    } else {
        let from = floor(text, span.start - REACH);
        text[from as usize..span.start as usize].find(' ').map_or(from, |n| from + n as u32 + 1)
    };
    let stop = if last.end.saturating_sub(end) <= REACH + 20 {
        last.end.max(end)
    } else {
        let to = floor(text, end + REACH);
        text[end as usize..to as usize].rfind(' ').map_or(to, |n| end + n as u32)
    };
    Span::new(start, stop)
}

fn floor(text: &str, at: u32) -> u32 {
    let mut at = (at as usize).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at as u32
}

impl<'a> Files<'a> for Excerpt {
    type FileId = ();
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(&self.name)
    }

    fn source(&'a self, (): ()) -> Result<&'a str, Error> {
        Ok(&self.text)
    }

    fn line_index(&'a self, (): (), byte: usize) -> Result<usize, Error> {
        let after = self.rows.partition_point(|r| r.shown.start <= byte);
        Ok(self.rows[after.saturating_sub(1)].index)
    }

    fn line_number(&'a self, (): (), index: usize) -> Result<usize, Error> {
        Ok(self.row(index)?.line)
    }

    fn column_number(&'a self, (): (), index: usize, byte: usize) -> Result<usize, Error> {
        let row = self.row(index)?;
        let shown = self.text.get(row.shown.start..byte).unwrap_or_default();
        Ok(row.column + shown.chars().count())
    }

    fn line_range(&'a self, (): (), index: usize) -> Result<Range<usize>, Error> {
        Ok(self.row(index)?.shown.clone())
    }
}

impl Excerpt {
    fn row(&self, index: usize) -> Result<&Row, Error> {
        self.rows
            .iter()
            .find(|r| r.index == index)
            .ok_or(Error::LineTooLarge { given: index, max: self.rows.last().map_or(0, |r| r.index) })
    }
}
