//! What is kept of a document when its text is forgotten: the findings that it has by itself, without their source, so
//! that what is found beside others can be put to them once all are read.

use std::hash::{Hash, Hasher};
use std::path::Path;
use std::sync::Arc;

use super::{Look, document, kind};
use crate::config::Setup;
use crate::corpus::{Found, Open};
use crate::diagnostic::{Diagnostic, Fix, Label, Place, Severity};
use crate::format::{self, Kind, json_lines};
use crate::ignore::Ignores;
use crate::lint::{Lint, Taken};
use crate::text::{Document, Lang, Source, Span};

/// What is kept of a document.
pub(crate) struct HeldSheet {
    record: Option<(u32, Span)>,
    taken: Vec<Taken>,
    findings: Vec<HeldFinding>,
}

/// A finding without its source.
pub(crate) struct HeldFinding {
    lint: Arc<Lint>,
    severity: Severity,
    message: String,
    help: String,
    at: Span,
    related: Vec<(Span, String)>,
    fix: Option<Fix>,
    block: Span,
    lang: Lang,
}

/// By which a text is known again.
pub(crate) fn hash(text: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    text.hash(&mut hasher);
    hasher.finish()
}

impl HeldFinding {
    fn of(d: Diagnostic) -> HeldFinding {
        let Diagnostic { lint, severity, message, help, at, related, fix, block, lang } = d;
        let related = related.into_iter().map(|label| (label.at.span, label.message)).collect();
        HeldFinding { lint, severity, message, help, at: at.span, related, fix, block, lang }
    }

    fn restored(&self, source: &Arc<Source>) -> Diagnostic {
        let place = |span: Span| Place { source: source.clone(), span };
        let label = |(span, message): &(Span, String)| Label { at: place(*span), message: message.clone() };
        Diagnostic {
            lint: self.lint.clone(),
            severity: self.severity,
            message: self.message.clone(),
            help: self.help.clone(),
            at: place(self.at),
            related: self.related.iter().map(label).collect(),
            fix: self.fix.clone(),
            block: self.block,
            lang: self.lang,
        }
    }
}

impl HeldSheet {
    /// What is kept of the documents of a file; its findings are taken out of what was seen.
    pub(crate) fn all(look: &mut Look) -> Vec<HeldSheet> {
        let mut findings = std::mem::take(&mut look.outcome.diagnostics).into_iter().map(HeldFinding::of);
        let sheets = std::mem::take(&mut look.sheets).into_iter().map(|sheet| HeldSheet {
            record: sheet.record,
            taken: sheet.taken,
            findings: findings.by_ref().take(sheet.findings).collect(),
        });
        sheets.collect()
    }

    /// Whether the document by itself has no finding.
    pub(crate) fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// All findings of the document in order of place: its own, and what was found beside others. `file` is the text that
    /// was looked at.
    pub(crate) fn diagnostics(
        &self,
        setup: &Setup,
        format: &dyn format::Format,
        file: &Arc<Source>,
        found: &[(Arc<Lint>, Found)],
        open: &Open<'_>,
    ) -> Vec<Diagnostic> {
        if self.findings.is_empty() && found.is_empty() {
            return Vec::new();
        }
        let Some((text, lang)) = self.text(setup, file) else { return Vec::new() };
        let mut all: Vec<Diagnostic> = self.findings.iter().map(|finding| finding.restored(&text)).collect();
        if found.is_empty() {
            return all;
        }
        let outline = Document::outline(text.clone(), format.parse(&text, &setup.reading));
        if Ignores::of(&outline, &setup.linter.house().own_lints).is_empty() {
            all.extend(setup.linter.word_found(&outline, found, &self.taken, open));
            all.sort_by(|a, b| a.order().cmp(&b.order()));
        } else {
            // Comments speak of all findings together.
            let document = document(setup, format, text, lang);
            all = setup.linter.check_among(&document, found, open).diagnostics;
        }
        setup.silence(&mut all);
        all
    }

    /// The text of the document, with the language that its record gives it.
    pub(crate) fn text(&self, setup: &Setup, file: &Arc<Source>) -> Option<(Arc<Source>, Option<Lang>)> {
        match self.record {
            None => Some((file.clone(), None)),
            Some((line, at)) => {
                let entry = json_lines::record(file, line, at, &setup.reading).ok()?;
                Some((Arc::new(entry.source), entry.lang))
            }
        }
    }
}

/// The format of the documents of a file.
pub(crate) fn format_of<'s>(setup: &'s Setup, path: &Path) -> &'s dyn format::Format {
    match kind(setup, path) {
        Some(Kind::Records) => setup.reading.record_format(),
        Some(Kind::Text(format)) => *format,
        None => format::PLAIN,
    }
}
