//! Findings to pass over, named in the configuration: for plain text, JSON Lines and the like, which have no comments.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::diagnostic::Diagnostic;
use crate::lint::Phrases;
use crate::text::{Source, Span};

/// An entry of `[[silence]]`. The file it is for is settled when it comes to a finding.
#[derive(Debug)]
pub struct Silence {
    /// The id of the record, where one is meant.
    pub record: Option<String>,
    /// The lint, where one is meant.
    pub lint: Option<String>,
    /// Words of the article, where some are quoted.
    pub words: Option<Phrases>,
    /// The configuration and the place of the entry in it.
    pub source: Arc<Source>,
    /// See `source`.
    pub at: Span,
    /// Whether it is for one file that is named without wildcards.
    pub one_file: bool,
    /// Whether a file that it is for was checked.
    pub met: AtomicBool,
    /// Whether it silenced anything.
    pub used: AtomicBool,
}

impl Silence {
    fn silences(&self, d: &Diagnostic) -> bool {
        let record = d.at.source.record().map(|record| record.id.as_str());
        let text = d.at.source.text();
        self.record.as_deref().is_none_or(|id| record == Some(id))
            && self.lint.as_ref().is_none_or(|lint| *lint == d.lint.id)
            && self.words.as_ref().is_none_or(|words| words.cover(text, d.at.span) || words.lie_in(text, d.at.span))
    }
}

/// Takes the findings out that an entry silences. Every entry that fits counts as used, not the first alone: which one
/// silenced a finding must not depend on their order.
pub fn apply(silences: &[Arc<Silence>], diagnostics: &mut Vec<Diagnostic>) {
    for silence in silences {
        silence.met.store(true, Ordering::Relaxed);
    }
    diagnostics.retain(|d| {
        let mut kept = true;
        for silence in silences.iter().filter(|silence| silence.silences(d)) {
            silence.used.store(true, Ordering::Relaxed);
            kept = false;
        }
        kept
    });
}
