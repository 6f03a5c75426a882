//! What is kept of a file when its text is forgotten: while the other files are looked at, or until the next run.

use std::hash::Hasher;
use std::path::Path;
use std::sync::Arc;

use super::{FileOutcome, Look, kind};
use crate::config::Setup;
use crate::corpus::DocId;
use crate::diagnostic::{Diagnostic, Fix, Label, Place, Severity};
use crate::format::{self, Kind, json_lines};
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
    pub related: Vec<(Span, String)>,
    pub fix: Option<Fix>,
    pub block: Span,
    pub lang: Lang,
}

impl Held {
    pub fn of(mut look: Look, first: DocId) -> Held {
        let text = match (look.source, look.hash) {
            (Some(source), _) if look.only_here => Text::Kept(source),
            (_, Some(hash)) => Text::OnDisk(hash),
            (_, None) => Text::Nowhere,
        };
        let mut findings = std::mem::take(&mut look.outcome.diagnostics).into_iter().map(HeldFinding::of);
        let sheets = look.sheets.into_iter().map(|sheet| HeldSheet {
            record: sheet.record,
            taken: sheet.taken,
            findings: findings.by_ref().take(sheet.findings).collect(),
        });
        let sheets = sheets.collect();
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
        let related = related.into_iter().map(|label| (label.at.span, label.message)).collect();
        HeldFinding { lint, severity, message, help, at: at.span, related, fix, block, lang }
    }

    pub fn restored(&self, source: &Arc<Source>) -> Diagnostic {
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
    /// The text of the document, with the language that its record gives it.
    pub fn text(&self, setup: &Setup, file: &Arc<Source>) -> Option<(Arc<Source>, Option<Lang>)> {
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
pub fn format_of<'s>(setup: &'s Setup, path: &Path) -> &'s dyn format::Format {
    match kind(setup, path) {
        Some(Kind::Records) => setup.reading.record_format(),
        Some(Kind::Text(format)) => *format,
        None => format::PLAIN,
    }
}
