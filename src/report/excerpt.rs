//! The rows of a source that a snippet shows: a paragraph is often one line of a thousand characters, so a row is a
//! window of it around the marked words, cut at sentences or spaces, with the true numbers of line and column.

use std::ops::Range;

use codespan_reporting::files::{Error, Files};

use super::visible::{shown, visible, visible_path};
use super::window::{self, Window};
use crate::diagnostic::Diagnostic;
use crate::text::{Source, Span, Unit};

/// Second places are shown as long as the rows take up no more than this, in bytes; the rest is counted.
const MOST: usize = 1200;

/// What the snippet printer sees in place of the files.
pub struct Excerpt<'s> {
    parts: Vec<Part<'s>>,
    /// For each place that is shown, the part and the bytes of it.
    places: Vec<(usize, Range<usize>)>,
    /// How many second places are not shown.
    pub left_out: usize,
}

/// The rows of one source: a file, or a record.
struct Part<'s> {
    source: &'s Source,
    name: String,
    text: String,
    rows: Vec<Row>,
}

struct Row {
    /// Where it stands in the source.
    source: Span,
    /// Where it stands in the text of the part, its line break included.
    shown: Range<usize>,
    line: usize,
    /// For every character that is shown its byte in the source and in the part; the end of the row at last.
    steps: Vec<(u32, usize)>,
    /// The printer joins rows of neighbouring index, and shows a gap where the difference is three or more.
    index: usize,
}

impl<'s> Excerpt<'s> {
    /// The rows for the places of a diagnostic.
    pub fn of(d: &'s Diagnostic) -> Excerpt<'s> {
        let places = [&d.at].into_iter().chain(d.related.iter().map(|label| &label.at));
        Excerpt::around(places.map(|at| (&*at.source, at.span)))
    }

    /// The rows for some places, the most important first.
    pub fn around(at: impl Iterator<Item = (&'s Source, Span)>) -> Excerpt<'s> {
        let mut groups: Vec<(&Source, Vec<Span>, Vec<Window>)> = Vec::new();
        let mut places = Vec::new();
        let (mut size, mut left_out) = (0, 0);
        for (source, span) in at {
            if left_out > 0 {
                left_out += 1;
                continue;
            }
            let windows = window::around(source, span);
            let bytes: usize = windows.iter().map(|w| w.span.len()).sum();
            if !places.is_empty() && size + bytes > MOST {
                left_out = 1;
                continue;
            }
            size += bytes;
            let part = groups.iter().position(|(known, ..)| std::ptr::eq(*known, source)).unwrap_or_else(|| {
                groups.push((source, Vec::new(), Vec::new()));
                groups.len() - 1
            });
            groups[part].1.push(span);
            groups[part].2.extend(windows);
            places.push((part, span));
        }
        let home = groups.first().map(|(source, ..)| *source);
        let beside = |source: &Source| home.is_some_and(|home| source.is_beside(home));
        let part = |(source, spans, windows): (&'s Source, Vec<Span>, Vec<Window>)| {
            let part = Part::new(source, &spans, windows);
            // Both sides of a record have its name.
            if beside(source) { Part { name: format!("{} source", part.name), ..part } } else { part }
        };
        let parts: Vec<Part> = groups.into_iter().map(part).collect();
        let places = places.into_iter().map(|(part, span)| (part, parts[part].place(span))).collect();
        Excerpt { parts, places, left_out }
    }

    /// Where the places stand in the excerpt, each with its part: first the finding itself, then the second places.
    pub fn places(&self) -> &[(usize, Range<usize>)] {
        &self.places
    }

    fn part(&self, id: usize) -> Result<&Part<'s>, Error> {
        self.parts.get(id).ok_or(Error::FileMissing)
    }
}

impl<'s> Part<'s> {
    fn new(source: &'s Source, marked: &[Span], windows: Vec<Window>) -> Part<'s> {
        let mut name = visible_path(source.path());
        if let Some(record) = source.record() {
            name.push_str(&format!("[{}]", window::clip(&visible(&record.id), 40)));
        }
        let mut part = Part { source, name, text: String::new(), rows: Vec::new() };
        let windows = window::merge(windows);
        let mut rest = windows.as_slice();
        while let Some(first) = rest.first() {
            // Windows between which a marked stretch runs on in the same line make one row.
            let tied = |a: &Window, b: &Window| {
                a.line == b.line && marked.iter().any(|m| m.start < a.span.end && b.span.start < m.end)
            };
            let length = 1 + rest.windows(2).take_while(|pair| tied(&pair[0], &pair[1])).count();
            let (row, after) = rest.split_at(length);
            part.add(first.line, row);
            rest = after;
        }
        part
    }

    /// Adds a row of windows of one line, with an ellipsis wherever something is left out.
    fn add(&mut self, line: u32, windows: &[Window]) {
        let Some((first, last)) = windows.first().zip(windows.last()) else { return };
        let whole = self.source.line(line).unwrap_or(first.span);
        let start = self.text.len();
        let mut steps = Vec::new();
        if first.span.start > whole.start {
            self.text.push_str("… ");
        }
        for (n, window) in windows.iter().enumerate() {
            if n > 0 {
                self.text.push_str(" … ");
            }
            let text = window.span.slice(self.source.text());
            for (offset, c) in text.char_indices() {
                steps.push((window.span.start + offset as u32, self.text.len()));
                self.text.push(shown(c, &text[offset..]));
            }
        }
        steps.push((last.span.end, self.text.len()));
        if last.span.end < whole.end {
            self.text.push_str(" …");
        }
        self.text.push('\n');
        let index = match self.rows.last() {
            Some(row) if row.line + 1 == line as usize => row.index + 1,
            Some(row) => row.index + 3,
            None => 0,
        };
        let source = Span::new(first.span.start, last.span.end);
        self.rows.push(Row { source, shown: start..self.text.len(), line: line as usize, steps, index });
    }

    /// Where a stretch of the source stands here, clipped to what is shown.
    fn place(&self, span: Span) -> Range<usize> {
        let start = self.offset(span.start, false);
        start..self.offset(span.end, !span.is_empty()).max(start)
    }

    fn offset(&self, at: u32, end: bool) -> usize {
        let after = self.rows.partition_point(|r| if end { r.source.start < at } else { r.source.start <= at });
        let Some(row) = self.rows[..after].last().or(self.rows.first()) else { return 0 };
        let step = row.steps.partition_point(|s| s.0 < at).min(row.steps.len() - 1);
        row.steps[step].1
    }

    /// The row of an index; for an index in a gap between rows, the row before it. The printer asks for those when a
    /// marked stretch runs over the gap, and does not show them.
    fn row(&self, index: usize) -> Result<&Row, Error> {
        let after = self.rows.partition_point(|r| r.index <= index);
        self.rows[..after].last().ok_or(Error::LineTooLarge { given: index, max: 0 })
    }
}

impl<'a> Files<'a> for Excerpt<'_> {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.part(id)?.name)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.part(id)?.text)
    }

    fn line_index(&'a self, id: usize, byte: usize) -> Result<usize, Error> {
        let rows = &self.part(id)?.rows;
        let after = rows.partition_point(|r| r.shown.start <= byte);
        Ok(rows.get(after.saturating_sub(1)).map_or(0, |row| row.index))
    }

    fn line_number(&'a self, id: usize, index: usize) -> Result<usize, Error> {
        Ok(self.part(id)?.row(index)?.line)
    }

    fn column_number(&'a self, id: usize, index: usize, byte: usize) -> Result<usize, Error> {
        let part = self.part(id)?;
        let row = part.row(index)?;
        let step = row.steps.partition_point(|s| s.1 < byte).min(row.steps.len() - 1);
        Ok(part.source.position(row.steps[step].0, Unit::Char).column as usize)
    }

    fn line_range(&'a self, id: usize, index: usize) -> Result<Range<usize>, Error> {
        Ok(self.part(id)?.row(index)?.shown.clone())
    }
}
