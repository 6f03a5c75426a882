//! Page furniture left in an article: what a site puts around its articles, known by its phrases, by its neighbours and
//! by where it stands.

pub(super) mod key;
mod layout;
mod phrases;
mod references;

use serde::Deserialize;

use self::layout::{Layout, Run};
use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Document, Span};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Furniture {}

impl Check for Furniture {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        let layout = Layout::of(doc);
        for Run { first, last, shown, category } in layout.runs() {
            let blocks = doc.blocks();
            let span = blocks[first].span.to(blocks[last].span);
            // The run goes with the blank lines on one of its sides: those after it, or at the end those before it.
            let cut = match (blocks.get(last + 1), first.checked_sub(1)) {
                (Some(next), _) => Span::new(span.start, next.span.start),
                (None, Some(before)) => Span::new(blocks[before].span.end, span.end),
                (None, None) => span,
            };
            let finding =
                Finding::new(doc, span).slot("phrase", doc.slice(blocks[shown].span)).phrase("category", category);
            out.push(finding.delete(cut));
        }
        for (span, category) in layout.glued() {
            let start = doc.text()[..span.start as usize].trim_end().len() as u32;
            let finding = Finding::new(doc, span).slot("phrase", doc.slice(span)).phrase("category", category);
            out.push(finding.delete(Span::new(start, span.end)));
        }
    }
}
