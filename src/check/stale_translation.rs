//! A translation of what the original no longer says.

use serde::Deserialize;

use super::Check;
use crate::diagnostic::{Finding, Findings};
use crate::text::{Span, Translation};

/// Data of a definition.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct StaleTranslation {}

/// So many paragraphs of the original are shown.
const SHOWN: usize = 5;

impl Check for StaleTranslation {
    fn translation<'a>(&self, whole: &Translation<'a>, out: &mut Findings<'a>) {
        let Some(revision) = &whole.circumstances().revision else { return };
        let blocks = whole.source().blocks();
        let changed: Vec<Span> =
            revision.changed.iter().filter_map(|number| Some(blocks.get(*number as usize)?.span)).collect();
        let (how, count, text) = match (&changed[..], &revision.removed[..]) {
            ([one], _) => ("one", 1, whole.source().slice(*one)),
            ([first, ..], _) => ("several", changed.len(), whole.source().slice(*first)),
            ([], [first, ..]) => ("removed", revision.removed.len(), first.as_str()),
            ([], []) => return,
        };
        let Some(at) = place(whole, revision.changed.first()) else { return };
        let when = if revision.date.is_some() { "dated" } else { "undated" };
        let mut finding = Finding::new(whole.target(), at)
            .phrase("how", how)
            .phrase("when", when)
            .slot("date", revision.date.clone().unwrap_or_default())
            .slot("count", count.to_string())
            .slot("text", text);
        for span in changed.iter().take(SHOWN) {
            finding = finding.related_in(whole.source(), *span);
        }
        out.push(finding);
    }

    fn needs_source(&self) -> bool {
        true
    }

    fn needs_history(&self) -> bool {
        true
    }
}

/// Where the first paragraph that has changed is rendered, or the next one; else the beginning.
fn place(whole: &Translation<'_>, first: Option<&u32>) -> Option<Span> {
    let blocks = whole.target().blocks();
    let rendered = first.and_then(|first| {
        whole.alignment().blocks().iter().find(|bead| bead.source.end > *first && !bead.target.is_empty())
    });
    let block = rendered.and_then(|bead| blocks.get(bead.target.start as usize)).or(blocks.first())?;
    // The first word: a finding on a whole paragraph would hide what else is found there.
    whole.target().words_of(block).first().map(|word| word.span)
}
