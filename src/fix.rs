//! Applies fixes to a text. What is written to disk, and how, is the business of the command line.

use crate::diagnostic::{Diagnostic, Edit, Fix, Safety};
use crate::text::Span;

/// The edits to apply out of these diagnostics, in order and not overlapping.
///
/// A fix is applied whole or not at all. Where two touch, the one that comes first in the text wins, and of two at one
/// place the one of the more severe lint, then of the lint first by id; the other has its turn in the next round.
pub fn select<'a>(diagnostics: impl IntoIterator<Item = &'a Diagnostic>, least: Safety) -> Vec<&'a Fix> {
    let mut offers: Vec<(&Diagnostic, &Fix)> = diagnostics
        .into_iter()
        .filter_map(|d| Some((d, d.fix.as_ref()?)))
        .filter(|(_, fix)| fix.safety >= least && !fix.edits.is_empty())
        .collect();
    offers.sort_by(|(a, x), (b, y)| {
        let key = |d: &Diagnostic, f: &Fix| (f.edits[0].span.start, std::cmp::Reverse(d.severity));
        key(a, x).cmp(&key(b, y)).then_with(|| a.lint.id.cmp(&b.lint.id)).then_with(|| a.at.span.cmp(&b.at.span))
    });
    let mut taken: Vec<Span> = Vec::new();
    let mut chosen = Vec::new();
    for (_, fix) in offers {
        // Touching counts as overlapping: an insertion at the edge of a deletion has no defined order.
        if fix.edits.iter().any(|e| taken.iter().any(|t| e.span.start <= t.end && t.start <= e.span.end)) {
            continue;
        }
        taken.extend(fix.edits.iter().map(|e| e.span));
        chosen.push(fix);
    }
    chosen
}

/// The text with these edits applied; bytes outside their spans stay as they are.
pub fn apply<'a>(text: &str, fixes: impl IntoIterator<Item = &'a Fix>) -> String {
    let mut edits: Vec<&Edit> = fixes.into_iter().flat_map(|f| &f.edits).collect();
    edits.sort_by_key(|e| (e.span.start, e.span.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.span.start as usize]);
        out.push_str(&edit.text);
        at = edit.span.end as usize;
    }
    out.push_str(&text[at..]);
    out
}
