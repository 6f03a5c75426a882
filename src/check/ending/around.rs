//! What stands around the end of a block and takes a sentence on: code, an address, the next clause of a law.

use crate::text::{Block, Document, Part, PartKind};

/// Whether a block of code stands between two blocks: sentences run around it.
pub fn is_code_between(doc: &Document, before: &Block, after: &Block) -> bool {
    let (start, end) = (doc.in_source(before.span).end, doc.in_source(after.span).start);
    let between = doc.source().text().get(start as usize..end.max(start) as usize).unwrap_or_default();
    let parts = &doc.parts()[doc.parts().partition_point(|part| part.at.start < start)..];
    let mut here = parts.iter().take_while(|part| part.at.start < end);
    // Inside components of MDX a fence may stand deeper than Markdown has it.
    here.any(|part: &Part| part.kind == PartKind::Code)
        || !doc.parts().is_empty() && ["```", "~~~"].iter().any(|f| between.contains(f))
        // A line of nothing but code makes no block.
        || between.lines().any(|line| line.len() > 2 && line.starts_with('`') && line.trim_end().ends_with('`'))
}

/// Whether a block is nothing but an address, a line of code or a formula, which may be a word of the sentence before it.
pub fn is_set_apart(doc: &Document, block: &Block) -> bool {
    doc.is_masked(block.span) || doc.slice(block.span).starts_with("$$")
}

/// Whether two paragraphs are clauses of one sentence, as the recitals of a law are: “Having regard to …,”.
pub fn is_recital(doc: &Document, block: &Block, other: &Block) -> bool {
    let (first, second) = (doc.slice(block.span), doc.slice(other.span));
    let capital = |text: &str| text.starts_with(char::is_uppercase);
    capital(first) && capital(second) && second.ends_with([',', ';'])
}
