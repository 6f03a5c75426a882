//! A stretch of a text, in bytes.

use std::ops::Range;

/// A stretch of a text: byte offsets, the end excluded. Files are read up to 4 GiB, so 32 bits do.
///
/// A span says nothing of which text it belongs to: spans of a [`Document`](crate::text::Document) index its
/// `text`; only the step from finding to diagnostic turns them into offsets of the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` up to, not including, `end`.
    pub fn new(start: u32, end: u32) -> Span {
        debug_assert!(start <= end, "reversed span {start}..{end}");
        Span { start, end }
    }

    /// The same from `usize` offsets; texts over 4 GiB are refused where they are read.
    pub fn of(range: Range<usize>) -> Span {
        Span::new(range.start as u32, range.end as u32)
    }

    /// For slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// From the start of this to the end of `last`.
    pub fn to(self, last: Span) -> Span {
        Span::new(self.start, last.end)
    }

    /// The gap between this and a later span.
    pub fn until(self, next: Span) -> Span {
        Span::new(self.end, next.start)
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The text it marks.
    pub fn slice(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// The same span without white space at either edge.
    pub fn trim(self, text: &str) -> Span {
        let marked = self.slice(text);
        let end = self.start + marked.trim_end().len() as u32;
        let start = self.end - marked.trim_start().len() as u32;
        if start >= end { Span::new(self.start, self.start) } else { Span::new(start, end) }
    }
}
