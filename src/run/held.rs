//! What is kept of a file when its text is forgotten: while the other files are looked at, or until the next run.

use std::hash::Hasher;
use std::sync::Arc;

use super::{FileOutcome, Look};
use crate::corpus::DocId;
use crate::diagnostic::{Diagnostic, Fix, Label, Place, Severity};
use crate::lint::{Lint, Taken};
use crate::text::{Lang, Source, Span};

/// What is kept of a file between the two looks.
#[derive(Debug)]
pub struct Held {
    /// Without findings.
    pub outcome: FileOutcome,
    /// The number of its first document.
    pub first: DocId,
    pub sheets: Vec<HeldSheet>,
    pub text: Text,
}

/// Where the text of a file is to be had.
#[derive(Debug)]
pub enum Text {
    /// Here: it came through a pipe.
    Kept(Arc<Source>),
    /// In its file, if the bytes of that still have this hash.
    OnDisk(u64),
    /// It was never read.
    Nowhere,
}

/// What is kept of a document.
#[derive(Debug)]
pub struct HeldSheet {
    pub record: Option<(u32, Span)>,
    pub taken: Vec<Taken>,
    pub findings: Vec<HeldFinding>,
}

/// A finding without its source.
#[derive(Debug)]
pub struct HeldFinding {
    pub lint: Arc<Lint>,
    pub severity: Severity,
    pub message: String,
    pub help: String,
    pub at: Span,
    /// Second places, and whether they are in the original.
    pub related: Vec<(bool, Span, String)>,
    pub fix: Option<Fix>,
    pub block: Span,
    pub lang: Lang,
}

impl Held {
    pub fn of(mut look: Look, first: DocId) -> Held {
        let text = match (look.source.take(), look.hash) {
            (Some(source), _) if look.only_here => Text::Kept(source),
            (_, Some(hash)) => Text::OnDisk(hash),
            (_, None) => Text::Nowhere,
        };
        let sheets = HeldSheet::all(&mut look);
        Held { outcome: look.outcome, first, sheets, text }
    }
}

/// By what it is known whether a file was changed while we looked.
pub fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}

impl HeldFinding {
    pub fn of(d: Diagnostic) -> HeldFinding {
        let Diagnostic { lint, severity, message, help, at, related, fix, block, lang } = d;
        let related = related.into_iter().map(|label| {
            let in_original = !Arc::ptr_eq(&label.at.source, &at.source);
            (in_original, label.at.span, label.message)
        });
        let related = related.collect();
        HeldFinding { lint, severity, message, help, at: at.span, related, fix, block, lang }
    }

    /// With its places in a text, and in the original of that where there is one.
    pub fn restored(&self, source: &Arc<Source>, original: Option<&Arc<Source>>) -> Diagnostic {
        let place = |span: Span| Place { source: source.clone(), span };
        let label = |(in_original, span, message): &(bool, Span, String)| {
            let source = if *in_original { original? } else { source };
            Some(Label { at: Place { source: source.clone(), span: *span }, message: message.clone() })
        };
        Diagnostic {
            lint: self.lint.clone(),
            severity: self.severity,
            message: self.message.clone(),
            help: self.help.clone(),
            at: place(self.at),
            related: self.related.iter().filter_map(label).collect(),
            fix: self.fix.clone(),
            block: self.block,
            lang: self.lang,
        }
    }
}

impl HeldSheet {
    /// What is kept of the documents of a file; its findings are taken out of what was seen.
    pub fn all(look: &mut Look) -> Vec<HeldSheet> {
        let mut findings = std::mem::take(&mut look.outcome.diagnostics).into_iter().map(HeldFinding::of);
        let sheets = std::mem::take(&mut look.sheets).into_iter().map(|sheet| HeldSheet {
            record: sheet.record,
            taken: sheet.taken,
            findings: findings.by_ref().take(sheet.findings).collect(),
        });
        sheets.collect()
    }
}
