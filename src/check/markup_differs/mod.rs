//! Markup that is not that of the original: tags of strings, and what Markdown makes beside its text.

mod parts;
mod tags;

use std::collections::HashSet;

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Document, Span, Translation};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MarkupDiffers {
    /// The elements of HTML and BBCode that strings are written with: other words in angle brackets are words.
    elements: HashSet<String>,
}

impl Check for MarkupDiffers {
    fn translation<'a>(&self, whole: &Translation<'a>, out: &mut Findings<'a>) {
        self.tags(whole, out);
        parts::headings(whole, out);
        parts::code_spans(whole, out);
        parts::code_blocks(whole, out);
        parts::names(whole, out);
    }

    fn needs_source(&self) -> bool {
        true
    }
}

/// A finding at a place of the source of a translation.
fn at<'a>(doc: &'a Document, span: Span) -> Finding<'a> {
    Finding::in_source(doc, span)
}

/// A finding at the last word of a stretch of a translation, or at all of the text where there is no word.
fn behind<'a>(doc: &'a Document, span: Span) -> Finding<'a> {
    let words = doc.words();
    let end = words.partition_point(|word| word.span.end <= span.end);
    match words[..end].last() {
        Some(word) => Finding::new(doc, word.span),
        None => Finding::in_source(doc, Span::of(0..doc.source().text().len())),
    }
}

/// All of a document's text.
fn all(doc: &Document) -> Span {
    Span::of(0..doc.text().len())
}
