//! A paragraph of running prose that ends without an end mark where its neighbours have one.

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Block, BlockKind, Document};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct EndMark {
    /// A paragraph of fewer words is rather a heading or a caption.
    shortest: usize,
}

impl Check for EndMark {
    fn document<'a>(&self, doc: &'a Document, out: &mut Findings<'a>) {
        let prose: Vec<&Block> = doc.blocks().iter().filter(|b| b.kind == BlockKind::Paragraph).collect();
        let long = |b: &&&Block| doc.words_of(b).len() >= self.shortest;
        let ended = |b: &&&Block| doc.sentences_of(b).last().is_some_and(|s| s.ended);
        let (all, with) = (prose.iter().filter(long).count(), prose.iter().filter(long).filter(ended).count());
        // Where most paragraphs go without, that is the habit of the text.
        if with * 2 < all {
            return;
        }
        for block in prose.iter().filter(long).filter(|b| !ended(b)) {
            let Some(last) = doc.words_of(block).last() else { continue };
            // “he said:” leads in to what follows; a comma or a dash is another defect.
            if last.span.end != block.span.end {
                continue;
            }
            let end = crate::text::Span::new(last.span.end, last.span.end);
            out.push(Finding::new(doc, last.span).slot("word", doc.slice(last.span)).replace(end, "."));
        }
    }
}
